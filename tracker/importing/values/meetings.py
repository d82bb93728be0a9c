"""Which meeting of a body the words of a list name: its year, its kind, what tells it apart.

Which convention of the record that is, or will be, is decided in `planning.conventions`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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

DAYS_OF_ONE_MEETING = 14  # two days that are farther apart are of two meetings
__all__ = [
    "YEAR",
    "ListedMeeting",
    "in_order",
    "inside",
    "is_a_name",
    "read",
    "same",
    "says_the_same",
    "year_of",
]
_DIGITS = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
_ISO_DAY = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}")
_BEGINS_A_NAME = {"general", "delegate", "representative"}  # of the small words
_WORD = re.compile(r"[^\W\d_]+|\d+(?:st|nd|rd|th)?", re.I)


@dataclass(frozen=True, kw_only=True)
class ListedMeeting:
    """A meeting as words name it. Equal meetings are one."""

    words: str = ""  # as published: the whole cell, or the part of a title that names the meeting
    year: int | None = None
    special: bool | None = None  # None: the words do not say
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
def read(words: str, year: int | None = None) -> ListedMeeting:
    """What a cell that is there to name a meeting says. `year` stands in where it says none."""
    cell = " ".join(words.split())
    if re.fullmatch(r"[a-z][\w-]*/[\w-]+", cell.casefold()):  # an address: "union/2017"
        cell = cell.casefold().rpartition("/")[2]
    slug = cell.casefold()
    if SLUG.fullmatch(slug):
        meeting = _read(slug.replace("-", " "), slug, year)
        return replace(meeting, words=cell, slug=slug)
    return _read(cell, cell, year)


def inside(words: str, year: int | None = None) -> ListedMeeting | None:
    """The meeting that a title, or the name of a sheet or a file, names beside other words.

    Of several the longest name counts. None where no meeting is named.
    """
    words = _joined(AS_OF.sub(" ", words.replace("_", " ")))
    tokens = list(_WORD.finditer(words))
    longest: Sequence[re.Match[str]] = ()
    for run in _runs_of_names(tokens):
        names = [token[0] for token in run]
        if len(run) > len(longest) and _names_a_meeting(names, alone=len(run) == len(tokens)):
            longest = run
    if not longest:
        return None
    return _read(words[longest[0].start() : longest[-1].end()], words, year)


def _runs_of_names(tokens: Sequence[re.Match[str]]) -> list[Sequence[re.Match[str]]]:
    """Neighbouring words that can be of a meeting's name, without small words at their ends."""
    runs: list[list[re.Match[str]]] = [[]]
    for token in tokens:
        if _is_of_a_name(token[0]):
            runs[-1].append(token)
        else:
            runs.append([])
    return [_without_small_words(run) for run in runs]


def _without_small_words(run: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    start, end = 0, len(run)
    while start < end and run[start][0].casefold() in QUALIFIER - _BEGINS_A_NAME:
        start += 1
    while end > start and run[end - 1][0].casefold() in QUALIFIER:
        end -= 1
    return run[start:end]


@lru_cache(2000)
def is_a_name(words: str) -> bool:
    """The words name a meeting, and hold nothing else: "AGM 2025", "Special Session, March"."""
    tokens = _WORD.findall(_joined(words))
    return bool(tokens) and all(map(_is_of_a_name, tokens)) and _names_a_meeting(tokens, alone=True)


def year_of(words: str) -> int | None:
    """The one year that a title or a name speaks of; the day of a print-out is none."""
    years = {int(year) for year in YEAR.findall(AS_OF.sub(" ", words.replace("_", " ")))}
    return years.pop() if len(years) == 1 else None


def same(first: ListedMeeting, second: ListedMeeting) -> bool:
    """Two names that can mean one meeting of the same year: nothing that they say is different.

    A word more ("in Leeds") makes no other meeting of two yearly or of two special ones; beside
    a name that says neither it does ("mid-year").
    """
    if bool(first.special) is not bool(second.special):
        return False
    if first.number and second.number and first.number != second.number:
        return False
    if not _can_be_at_one_time(first, second):
        return False
    if first.special is None or second.special is None:
        words_agree = first.others == second.others
    else:
        words_agree = _one_within_the_other(first.others, second.others)
    if not words_agree:
        return False
    both_have_days = first.day is not None and second.day is not None
    return bool(first.special) or both_have_days or _one_within_the_other(first.nouns, second.nouns)


def _can_be_at_one_time(first: ListedMeeting, second: ListedMeeting) -> bool:
    if first.day and second.day:
        return abs((first.day - second.day).days) <= DAYS_OF_ONE_MEETING
    return not (first.month and second.month) or first.month == second.month


def says_the_same(first: ListedMeeting, second: ListedMeeting) -> bool:
    """Two spellings of one name: "AGM 2025" and "Annual General Meeting 2025"."""
    words_of_first = (first.number, first.others, first.called)
    words_of_second = (second.number, second.others, second.called)
    return (
        same(first, second)
        and words_of_first == words_of_second
        and bool(first.day) is bool(second.day)
        and bool(first.month) is bool(second.month)
    )


def in_order(meetings: Sequence[ListedMeeting]) -> list[ListedMeeting]:
    """By number, else by day or month where all have one, else as they come."""
    if all(meeting.number for meeting in meetings):
        return sorted(meetings, key=lambda meeting: meeting.number or 0)
    if all(meeting.day or meeting.month for meeting in meetings):
        return sorted(meetings, key=_month_and_day)
    return list(meetings)


def _month_and_day(meeting: ListedMeeting) -> tuple[int, int]:
    if meeting.day:
        return meeting.day.month, meeting.day.day
    return meeting.month or 0, 0


def _one_within_the_other(first: frozenset[str], second: frozenset[str]) -> bool:
    return first <= second or second <= first


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
        or _month_of(word)
        or re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d", word)
    )


def _month_of(word: str) -> int | None:
    """The month that a word names; "des" is a small word before it is December."""
    if len(word) < 3 or word in QUALIFIER:
        return None
    return dates.month(word)


def _names_a_meeting(tokens: Sequence[str], alone: bool) -> bool:
    """A noun with something that tells which meeting ("annual", "special", a year).

    An abbreviation may be both. "Special" without a noun counts where the words stand `alone`.
    """
    words = _spelt_out(token.casefold() for token in tokens)
    noun = any(NOUN.fullmatch(word) for word in words)
    says_which = any(REGULAR.fullmatch(word) or SPECIAL.fullmatch(word) for word in words)
    year = any(YEAR.fullmatch(word) for word in words)
    special = any(SPECIAL.fullmatch(word) and word not in ("called", "extra") for word in words)
    return (noun and (says_which or year)) or (special and alone)


def _spelt_out(tokens: Iterable[str]) -> list[str]:
    """Words in place of abbreviations."""
    return [word for token in tokens for word in ABBREVIATED.get(token, token).split()]


def _read(words: str, context: str, year: int | None) -> ListedMeeting:
    """The meeting that `words` name. `context` is all that stands beside them: "special fund"."""
    said_year = YEAR.search(words)
    if said_year:
        year = int(said_year[0])
    plain = ANNUAL_AND_SPECIAL.sub(r"\1 ", _joined(unicodedata.normalize("NFKC", words)))
    day = dates.find(words, year).on
    numeric_days = NUMERIC_DAY.findall(plain)
    if numeric_days or day:
        plain = NUMERIC_DAY.sub(" ", _ISO_DAY.sub(" ", plain))
    tokens = _spelt_out(_WORD.findall(plain.casefold()))
    special = any(map(SPECIAL.fullmatch, tokens)) and not NOT_A_MEETING.search(context)
    regular = any(map(REGULAR.fullmatch, tokens))
    months = [number for number in map(_month_of, tokens) if number]
    month = day.month if day else next(iter(months), None)
    names_a_session = any(token.startswith("session") for token in tokens)
    sitting = not special and (bool(SITTING & set(tokens)) or names_a_session)
    others = {token for token in tokens if not _is_number(token) and not _is_known(token)}
    nouns = {token for token in tokens if NOUN.fullmatch(token)}
    if sitting:
        nouns = {noun for noun in nouns if not noun.startswith("session")}
    return ListedMeeting(
        words=words.strip(),
        year=year,
        special=_special_or_regular(special, regular),
        number=None if sitting else _number(tokens, has_day=bool(day or month)),
        month=month,
        day=day,
        nouns=frozenset(nouns),
        others=frozenset(others | set(numeric_days)),
        called=frozenset(filter(SPECIAL.fullmatch, tokens)) if special else frozenset(),
    )


def _special_or_regular(special: bool, regular: bool) -> bool | None:
    if special:
        return True
    return False if regular else None


def _is_number(token: str) -> bool:
    return bool(_DIGITS.fullmatch(token)) or token in ORDINALS or token in ROMAN


def _is_known(token: str) -> bool:
    """A word that is a part of any meeting's name, and tells no meeting apart."""
    return bool(
        NOUN.fullmatch(token)
        or REGULAR.fullmatch(token)
        or SPECIAL.fullmatch(token)
        or token in QUALIFIER | SITTING
        or YEAR.fullmatch(token)
        or _month_of(token)
    )


def _number(tokens: Sequence[str], has_day: bool) -> int | None:
    """The number of a meeting: "2nd special meeting". Beside a month, bare digits are a day."""
    number: int | None = None
    for token in tokens:
        digits = _DIGITS.fullmatch(token)
        is_day = has_day and digits is not None and not digits[2]
        if number or is_day:
            continue
        if digits:
            number = int(digits[1])
        elif token in ORDINALS:
            number = ORDINALS[token]
        elif token in ROMAN:
            number = ROMAN[token]
    return number
