"""Which meeting of a body the words of a list name: its year, regular or special, and what tells it from others.
Which convention of the record that is, or will be, is decided in `conventions`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.importing.vocabulary.meeting_words import (
    ABBREVIATED,
    ANNUAL_AND_SPECIAL,
    AS_OF,
    JOINED,
    NOT_A_MEETING,
    NOUN,
    NUMERIC_DAY,
    ORDINALS,
    QUALIFIER,
    REGULAR,
    ROMAN,
    SITTING,
    SLUG,
    SPECIAL,
    YEAR,
)

from . import dates

DAYS_OF_ONE_MEETING = 14
__all__ = [
    "YEAR",
    "Meeting",
    "in_order",
    "inside",
    "is_a_name",
    "read",
    "same",
    "says_the_same",
    "year_of",
]
_WORD = re.compile(r"[^\W\d_]+|\d+(?:st|nd|rd|th)?", re.I)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting as words name it. `special` is None where they do not say. Equal meetings are one."""

    words: str = ""  # as published: the whole cell, or the part of a title that names the meeting
    year: int | None = None
    special: bool | None = None
    number: int | None = None  # "2nd special meeting"
    month: int | None = None
    day: date | None = None
    nouns: frozenset[str] = frozenset()  # "meeting", "assembly"
    others: frozenset[str] = frozenset()  # all other words: "spring", "leeds"
    called: frozenset[str] = frozenset()  # "special", "emergency": how a special one is called
    slug: str | None = None  # the words are an address: "2017-special"

    @property
    def says_only_the_year(self) -> bool:
        return self.special is None and not (
            self.nouns or self.others or self.number or self.month or self.day or self.slug
        )


@lru_cache(2000)
def read(words: str, year: int | None = None) -> Meeting:
    """What a cell that is there to name a meeting says. `year` stands in where it says none."""
    cell = " ".join(words.split())
    plain = cell.casefold()
    if re.fullmatch(r"[a-z][\w-]*/[\w-]+", plain):  # an address: "union/2017"
        cell = plain = plain.rpartition("/")[2]
    if SLUG.fullmatch(plain):
        found = _read(plain.replace("-", " "), plain, year)
        return Meeting(
            words=cell,
            year=found.year,
            special=found.special,
            number=found.number,
            month=found.month,
            day=found.day,
            nouns=found.nouns,
            others=found.others,
            called=found.called,
            slug=plain,
        )
    return _read(cell, cell, year)


def inside(words: str, year: int | None = None) -> Meeting | None:
    """The meeting that a title, the name of a sheet or of a file names beside other words; None where it names none."""
    words = _joined(AS_OF.sub(" ", words.replace("_", " ")))
    tokens = list(_WORD.finditer(words))
    known = [_is_of_a_name(token[0]) for token in tokens]
    best: tuple[int, int] | None = None
    start = 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and known[end]:
            end += 1
        while start < end and tokens[start][0].casefold() in QUALIFIER - {
            "general",
            "delegate",
            "representative",
        }:
            start += 1
        last = end
        while last > start and tokens[last - 1][0].casefold() in QUALIFIER:
            last -= 1
        run = [token[0] for token in tokens[start:last]]
        if _names_a_meeting(run, alone=len(run) == len(tokens)) and (
            best is None or last - start > best[1] - best[0]
        ):
            best = (start, last)
        start = max(end, start) + 1
    if best is None:
        return None
    return _read(words[tokens[best[0]].start() : tokens[best[1] - 1].end()], words, year)


@lru_cache(2000)
def is_a_name(words: str) -> bool:
    """The words name a meeting, and hold nothing else: "AGM 2025", "Special Session, March"."""
    tokens = _WORD.findall(_joined(words))
    return bool(tokens) and all(map(_is_of_a_name, tokens)) and _names_a_meeting(tokens, alone=True)


def year_of(words: str) -> int | None:
    """The one year that a title or a name speaks of; the day of a print-out is none."""
    years = {int(found) for found in YEAR.findall(AS_OF.sub(" ", words.replace("_", " ")))}
    return years.pop() if len(years) == 1 else None


def same(one: Meeting, two: Meeting) -> bool:
    """Two names that can mean one meeting of the same year: nothing that they say is different. A word more ("in Leeds") makes no other
    meeting of two yearly or of two special ones; beside a name that says neither it does ("mid-year")."""
    if bool(one.special) is not bool(two.special) or (
        one.number and two.number and one.number != two.number
    ):
        return False
    if one.day and two.day:
        if abs((one.day - two.day).days) > DAYS_OF_ONE_MEETING:
            return False
    elif one.month and two.month and one.month != two.month:
        return False
    alike = (
        one.others == two.others
        if one.special is None or two.special is None
        else _within(one.others, two.others)
    )
    return alike and (
        bool(one.special) or bool(one.day and two.day) or _within(one.nouns, two.nouns)
    )


def says_the_same(one: Meeting, two: Meeting) -> bool:
    """Two spellings of one name: "AGM 2025" and "Annual General Meeting 2025"."""
    return (
        same(one, two)
        and (one.number, one.others, one.called) == (two.number, two.others, two.called)
        and (bool(one.day) is bool(two.day) and bool(one.month) is bool(two.month))
    )


def in_order(meetings: Sequence[Meeting]) -> list[Meeting]:
    """By number, else by day or month where all have one, else as they come."""
    if all(each.number for each in meetings):
        return sorted(meetings, key=lambda each: each.number or 0)
    if all(each.day or each.month for each in meetings):
        return sorted(
            meetings,
            key=lambda each: (
                each.day.month if each.day else each.month,
                each.day.day if each.day else 0,
            ),
        )
    return list(meetings)


def _within(one: frozenset[str], two: frozenset[str]) -> bool:
    return one <= two or two <= one


def _joined(words: str) -> str:
    return JOINED.sub(lambda match: "".join(filter(None, match.groups())), words)


def _is_of_a_name(token: str) -> bool:
    word = unicodedata.normalize("NFKC", token).casefold()
    return bool(
        word in ABBREVIATED
        or word in QUALIFIER
        or word in ORDINALS
        or word in ROMAN
        or word in SITTING
        or NOUN.fullmatch(word)
        or REGULAR.fullmatch(word)
        or SPECIAL.fullmatch(word)
        or (_may_be_a_month(word) and dates.month(word))
        or re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d", word)
    )


def _may_be_a_month(word: str) -> bool:
    return len(word) > 2 and word not in QUALIFIER  # "des" is a word before it is December


def _names_a_meeting(tokens: Sequence[str], alone: bool) -> bool:
    """A noun with something that tells which ("annual", "special", a year), or an abbreviation of both; "special" only where it stands alone."""
    words = [
        spelt
        for token in tokens
        for spelt in ABBREVIATED.get(token.casefold(), token.casefold()).split()
    ]
    noun = any(NOUN.fullmatch(word) for word in words)
    told = any(REGULAR.fullmatch(word) or SPECIAL.fullmatch(word) for word in words)
    year = any(re.fullmatch(r"(?:19|20)\d\d", word) for word in words)
    special = any(SPECIAL.fullmatch(word) and word not in ("called", "extra") for word in words)
    return (noun and (told or year)) or (special and alone)


def _read(words: str, around: str, year: int | None) -> Meeting:
    said_year = next(iter(YEAR.findall(words)), None)
    whole_year = int(said_year) if said_year else year
    plain = ANNUAL_AND_SPECIAL.sub(r"\1 ", _joined(unicodedata.normalize("NFKC", words)))
    day = dates.find(words, whole_year).on
    numeric = NUMERIC_DAY.findall(plain)
    rest = (
        NUMERIC_DAY.sub(" ", re.sub(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}", " ", plain))
        if numeric or day
        else plain
    )
    tokens = [
        spelt
        for token in _WORD.findall(rest.casefold())
        for spelt in ABBREVIATED.get(token, token).split()
    ]
    special = any(map(SPECIAL.fullmatch, tokens)) and not NOT_A_MEETING.search(around)
    regular = any(map(REGULAR.fullmatch, tokens))
    month = (
        day.month
        if day
        else next(
            filter(None, (dates.month(token) for token in tokens if _may_be_a_month(token))), None
        )
    )
    sitting = not special and (
        bool(SITTING & set(tokens)) or any(token.startswith("session") for token in tokens)
    )
    number = None
    others = set(numeric)
    for token in tokens:
        digits = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", token)
        if digits or token in ORDINALS or token in ROMAN:
            if not sitting and not ((day or month) and digits and not digits[2]):
                number = number or (
                    int(digits[1]) if digits else ORDINALS.get(token) or ROMAN[token]
                )
        elif not (
            NOUN.fullmatch(token)
            or REGULAR.fullmatch(token)
            or SPECIAL.fullmatch(token)
            or token in QUALIFIER | SITTING
            or YEAR.fullmatch(token)
            or (_may_be_a_month(token) and dates.month(token))
        ):
            others.add(token)
    nouns = {
        token
        for token in tokens
        if NOUN.fullmatch(token) and not (sitting and token.startswith("session"))
    }
    return Meeting(
        words=words.strip(),
        year=whole_year,
        special=True if special else False if regular else None,
        number=number,
        month=month,
        day=day,
        nouns=frozenset(nouns),
        others=frozenset(others),
        called=frozenset(filter(SPECIAL.fullmatch, tokens)) if special else frozenset(),
    )
