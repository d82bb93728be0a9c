"""Whether a name is nearly another: a slip of the hand, an abbreviation, initials, or the same
words with others that say little."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

_ENGLISH = (
    "the of for and on in to a an department dept depts departments division center centre office"
    " unit committee cmte team section bureau staff group"
)
_SPANISH = "de la el los las y del departamento unidad oficina comité comite"
_FRENCH = "et du des le les"
_GERMAN = "und für der die das abteilung"
_SWEDISH = "och för enhet"
_SAYS_LITTLE = frozenset(" ".join((_ENGLISH, _SPANISH, _FRENCH, _GERMAN, _SWEDISH)).split())
# words that stand for no letter in the initials of a name
_NO_INITIAL = frozenset(("the", "of", "for", "and", "on", "in", "to", "a", "an", "de", "la"))
_SHORTEST = 4  # letters of a word in which a slip can be told
_ROMAN = re.compile(r"[ivx]+")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that this is nearly.

    None where it is one of them, or near to none or to several.
    """
    others = list(dict.fromkeys(known))
    if any(_words(name) == _words(other) for other in others):
        return None
    for is_near in (_same_but_little, _is_slip, _is_short_for):
        close = [other for other in others if is_near(name, other)]
        if len(close) == 1:
            return close[0]
        if close:
            return None
    return None


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    plain = plain.replace("'", "").replace("’", "")
    return re.findall(r"\w+", plain)


def _telling_words(name: str) -> list[str]:
    return [word for word in _words(name) if word not in _SAYS_LITTLE]


def _counts(word: str) -> bool:
    """A number or a letter by which units of one kind are told apart.

    "Region 1", "Committee B", "District IV".
    """
    has_digit = any(letter.isdigit() for letter in word)
    return len(word) == 1 or has_digit or bool(_ROMAN.fullmatch(word))


def _same_but_little(name: str, other: str) -> bool:
    """ "Research" and "Center for Research"."""
    one, two = _telling_words(name), _telling_words(other)
    return bool(one) and sorted(one) == sorted(two)


def _is_slip(name: str, other: str) -> bool:
    """One letter more, less or other, or two that changed places, in one word; or other spaces."""
    one, two = _words(name), _words(other)
    if len(one) != len(two):
        return "".join(one) == "".join(two)
    differing = [(word, against) for word, against in zip(one, two, strict=True) if word != against]
    if len(differing) != 1:
        return False
    word, against = differing[0]
    return _differ_in_a_letter(word, against)


def _differ_in_a_letter(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SHORTEST or _counts(word) or _counts(other):
        return False
    if len(word) == len(other):
        places = [place for place in range(len(word)) if word[place] != other[place]]
        return len(places) == 1 or _are_swapped(word, other, places)
    if abs(len(word) - len(other)) != 1:
        return False
    matcher = difflib.SequenceMatcher(None, word, other, autojunk=False)
    edits = [kind for kind, *_places in matcher.get_opcodes() if kind != "equal"]
    return edits in (["insert"], ["delete"])


def _are_swapped(word: str, other: str, places: list[int]) -> bool:
    """The two places in which the words differ lie side by side and have each other's letter."""
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return word[first] == other[second] and word[second] == other[first]


def _is_short_for(name: str, other: str) -> bool:
    """ "Comms" and "Communications", "Gov Rel" and "Government Relations", "CFR" and "Center for
    Research": either way round."""
    return _shortens(name, other) or _shortens(other, name)


def _shortens(short: str, long: str) -> bool:
    return _are_initials(short, long) or _abbreviates_words(short, long)


def _are_initials(short: str, long: str) -> bool:
    """Three to six letters, of all words or of those that count."""
    words = _words(short)
    if len(words) != 1 or not 3 <= len(words[0]) <= 6:
        return False
    all_words = _words(long)
    telling = [word for word in all_words if word not in _NO_INITIAL]
    initials = ("".join(word[0] for word in named) for named in (all_words, telling))
    return words[0] in initials


def _abbreviates_words(short: str, long: str) -> bool:
    """Word by word, at least one of them."""
    one, two = _telling_words(short), _telling_words(long)
    if not one or len(one) != len(two) or one == two:
        return False
    return all(
        word == against or _abbreviates(word, against)
        for word, against in zip(one, two, strict=True)
    )


def _abbreviates(short: str, long: str) -> bool:
    """Its letters stand in the other in their order, and it begins as the other does, or has
    consonants alone."""
    if _counts(short) or _counts(long):
        return False
    if not 3 <= len(short) < len(long) - 1 or short[0] != long[0]:
        return False
    letters = iter(long)
    in_order = all(letter in letters for letter in short)
    begins_alike = short[:3] == long[:3]
    has_vowel = bool(re.search(r"[aeiou]", short[1:]))
    return in_order and (begins_alike or not has_vowel)
