"""Whether a name is nearly another: a slip of the hand, an abbreviation, initials, the same words with others that say little."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_SAYS_LITTLE = frozenset(
    (
        "the",
        "of",
        "for",
        "and",
        "on",
        "in",
        "to",
        "a",
        "an",
        "department",
        "dept",
        "depts",
        "departments",
        "division",
        "center",
        "centre",
        "office",
        "unit",
        "committee",
        "cmte",
        "team",
        "section",
        "bureau",
        "staff",
        "group",
        "de",
        "la",
        "el",
        "los",
        "las",
        "y",
        "del",
        "departamento",
        "unidad",
        "oficina",
        "comité",
        "comite",
        "et",
        "du",
        "des",
        "le",
        "les",
        "und",
        "für",
        "der",
        "die",
        "das",
        "abteilung",
        "och",
        "för",
        "enhet",
    )
)
_SHORTEST = 4  # letters of a word in which a slip can be told
_ROMAN = re.compile(r"[ivx]+")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that this is nearly; None where it is one of them, or near to none or to several."""
    others = list(dict.fromkeys(known))
    if any(_words(name) == _words(other) for other in others):
        return None
    for test in (_same_but_little, _slip, _short_for):
        near = [other for other in others if test(name, other)]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _words(name: str) -> list[str]:
    plain = (
        unicodedata.normalize("NFKC", name)
        .casefold()
        .replace("&", " and ")
        .replace("'", "")
        .replace("’", "")
    )
    return re.findall(r"\w+", plain)


def _telling(name: str) -> list[str]:
    return [word for word in _words(name) if word not in _SAYS_LITTLE]


def _counts(word: str) -> bool:
    """A number or a letter by which units of one kind are told apart: "Region 1", "Committee B", "District IV"."""
    return len(word) == 1 or any(map(str.isdigit, word)) or bool(_ROMAN.fullmatch(word))


def _same_but_little(name: str, other: str) -> bool:
    """ "Research" and "Center for Research"."""
    one, two = _telling(name), _telling(other)
    return bool(one) and sorted(one) == sorted(two)


def _slip(name: str, other: str) -> bool:
    """One letter more, less, other, or two that changed places, in one word; all other words are the same."""
    one, two = _words(name), _words(other)
    if len(one) != len(two):
        return " ".join(one).replace(" ", "") == " ".join(two).replace(" ", "")
    differing = [(word, against) for word, against in zip(one, two, strict=True) if word != against]
    return len(differing) == 1 and _one_letter(*differing[0])


def _one_letter(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SHORTEST or _counts(word) or _counts(other):
        return False
    edits = [
        edit
        for edit in difflib.SequenceMatcher(None, word, other, autojunk=False).get_opcodes()
        if edit[0] != "equal"
    ]
    if len(word) == len(other):
        places = [place for place in range(len(word)) if word[place] != other[place]]
        swapped = (
            len(places) == 2
            and places[1] == places[0] + 1
            and word[places[0]] == other[places[1]]
            and word[places[1]] == other[places[0]]
        )
        return len(places) == 1 or swapped
    return (
        len(edits) == 1 and abs(len(word) - len(other)) == 1 and edits[0][0] in ("insert", "delete")
    )


def _short_for(name: str, other: str) -> bool:
    """ "Comms" and "Communications", "Gov Rel" and "Government Relations", "CFR" and "Center for Research": either way round."""
    return _shortens(name, other) or _shortens(other, name)


def _shortens(short: str, long: str) -> bool:
    words = _words(long)
    telling = [
        word
        for word in words
        if word not in ("the", "of", "for", "and", "on", "in", "to", "a", "an", "de", "la")
    ]
    letters = "".join(_words(short))
    if 3 <= len(letters) <= 6 and len(_words(short)) == 1:
        initials = {
            "".join(word[0] for word in kind)
            for kind in (words, telling)
            if len(kind) == len(letters)
        }
        if letters in initials:
            return True
    pairs = list(zip(_telling(short), _telling(long), strict=False))
    if not pairs or len(_telling(short)) != len(_telling(long)):
        return False
    return all(one == two or _abbreviates(one, two) for one, two in pairs) and any(
        one != two for one, two in pairs
    )


def _abbreviates(short: str, long: str) -> bool:
    """Its letters stand in the other in their order, and it begins as the other, or has consonants alone."""
    if (
        _counts(short)
        or _counts(long)
        or not 3 <= len(short) < len(long) - 1
        or short[0] != long[0]
    ):
        return False
    letters = iter(long)
    in_order = all(letter in letters for letter in short)
    begins = short[:3] == long[:3]
    return in_order and (begins or not re.search(r"[aeiou]", short[1:]))
