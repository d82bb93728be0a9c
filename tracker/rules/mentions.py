"""What of some words names a person or a firm: people whom the record knows, addresses of e-mail,
telephone numbers, firms, and payees who look like persons.

A plain check before words become public. It refuses nothing, and it can miss a name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import NamedTuple

from .firm_words import FIRM_WORDS, LEGAL_FORMS
from .folding import fold
from .telephone_numbers import DEFAULT_REGION, telephone_numbers

LONGEST_READ = 20_000  # characters of one passage

_WORD = re.compile(r"[^\W\d_]+")
_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_TITLES = frozenset(("mr", "mrs", "ms", "mx", "miss", "dr", "prof", "professor", "sr", "sra"))

_CAPITALISED = r"[^\W\d_a-z][\w'’.-]*"
_FIRM = re.compile(
    rf"\b{_CAPITALISED}(?:,?[ \u00a0](?:(?:&|and|of|the)[ \u00a0])?{_CAPITALISED}){{0,5}}?"
    rf",?[ \u00a0](?:{'|'.join(LEGAL_FORMS)}|Co\.)(?!\w)"
)


class MentionKind(StrEnum):
    PERSON = auto()  # whom the record knows
    EMAIL = auto()
    TELEPHONE = auto()
    FIRM = auto()
    PAID_PERSON = auto()  # a payee who looks like a person


class MentionPlace(StrEnum):
    """Where it stands."""

    WORDS = auto()
    REASON = auto()  # why a thing is blocked, or will not be done
    DECIDED_BY = auto()
    TIE = auto()  # what ties a change to the item
    EVIDENCE = auto()  # title or address of a piece
    EXPENSE = auto()  # what it was for, or its payee


@dataclass(frozen=True)
class CheckedWords:
    """Some words, and where they stand."""

    place: MentionPlace
    words: str


@dataclass(frozen=True)
class Mention:
    kind: MentionKind
    text: str  # a known person by the name on record; else as it is written
    place: MentionPlace


class _Word(NamedTuple):
    folded: str
    has_capital: bool


class NamesOnRecord:
    """What is known of a body, made ready once for many texts: names of people, and the country
    (`region`) whose telephone numbers stand there without a +.
    """

    def __init__(self, names: Iterable[str], region: str = DEFAULT_REGION) -> None:
        self.region = region
        self._by_last_name: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            parts = tuple(word.folded for word in _words(name))
            if parts:
                self._by_last_name[parts[-1]].append((name, parts))

    def in_words(self, text: str) -> Iterator[str]:
        """Those that the text names: in full, by first name and surname in either order, by an
        initial or a title and the surname. A name of one word has a capital letter.
        """
        words = _words(text)
        for index, word in enumerate(words):
            for name, parts in self._by_last_name.get(word.folded, ()):
                if _is_named(words, index, parts):
                    yield name


def mentions(
    passages: Iterable[CheckedWords], payees: Collection[str], known: NamesOnRecord
) -> tuple[Mention, ...]:
    """Each once for each place, in the order of the passages; payees at the end."""
    found: dict[Mention, None] = {}
    for passage in passages:
        for kind, text in _in_text(passage.words[:LONGEST_READ], payees, known):
            found[Mention(kind, text, passage.place)] = None
    for payee in payees:
        if looks_like_a_person(payee, known):
            found[Mention(MentionKind.PAID_PERSON, payee.strip(), MentionPlace.EXPENSE)] = None
    return tuple(found)


def looks_like_a_person(payee: str, known: NamesOnRecord) -> bool:
    """A payee whom the record knows as a person, or two to four words such as names are of."""
    if any(known.in_words(payee)):
        return True
    if _FIRM.search(payee) or re.search(r"[\d&@/]", payee):
        return False
    words = _words(payee)
    return (
        2 <= len(words) <= 4
        and all(word.has_capital for word in words)
        and not any(word.folded in FIRM_WORDS for word in words)
    )


def _in_text(
    text: str, payees: Collection[str], known: NamesOnRecord
) -> Iterator[tuple[MentionKind, str]]:
    for name in known.in_words(text):
        yield MentionKind.PERSON, name
    for match in _EMAIL.finditer(text):
        yield MentionKind.EMAIL, match[0].rstrip(".-")
    for number in telephone_numbers(_EMAIL.sub(" ", text), known.region):
        yield MentionKind.TELEPHONE, number
    for match in _FIRM.finditer(text):
        yield MentionKind.FIRM, match[0]
    folded = f" {' '.join(word.folded for word in _words(text))} "
    for payee in payees:
        words = " ".join(word.folded for word in _words(payee))
        if words and f" {words} " in folded:
            is_person = looks_like_a_person(payee, known)
            yield MentionKind.PAID_PERSON if is_person else MentionKind.FIRM, payee.strip()


def _is_named(words: Sequence[_Word], index: int, parts: tuple[str, ...]) -> bool:
    """Whether the word at `index`, which is the surname, stands there as part of this name."""
    if len(parts) == 1:
        return words[index].has_capital
    first = parts[0]
    before = [word.folded for word in words[max(index - len(parts) - 1, 0) : index]]
    after = [word.folded for word in words[index + 1 : index + 2]]
    if after == [first] or tuple(before[-len(parts) + 1 :]) == parts[:-1]:
        return True
    if not before:
        return False
    if before[-1] in (first, *_TITLES) or (before[-1] == first[0] and words[index].has_capital):
        return True
    # a name or an initial between them
    between = before[-1]
    return len(before) > 1 and before[-2] == first and (len(between) == 1 or between in parts)


def _words(text: str) -> list[_Word]:
    return [
        _Word(folded, match[0] != match[0].lower() or match[0] == match[0].upper())
        for match in _WORD.finditer(text)
        if (folded := fold(match[0]))
    ]
