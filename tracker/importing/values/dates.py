"""Days as lists write them, in any national order.

A whole column decides which of two numbers is the month; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from tracker.importing.vocabulary.date_words import (
    COMPACT,
    EXCEL_BEGINS,
    ISO,
    ISO_INSIDE,
    MONTH_AND_TWO,
    MONTHS,
    NUMERIC,
    ONE_OF_SEVERAL,
    SAYS_NOTHING,
    SERIAL,
    SPELT,
    WEEKDAY,
)

FIRST_YEAR = 1850  # before it nobody kept such lists
LAST_YEAR = 2199  # 9999 stands for "never"
CENTURY_TURNS = 70  # '69 is 2069, '70 is 1970
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # of spreadsheets: the years 1954 to 2119
_TIME_OF_A_YEAR = re.compile(r"\b(?:q[1-4]|spring|summer|fall|autumn|winter|(?:19|20)\d\d)\b")


class Order(StrEnum):
    DAY_FIRST = auto()
    MONTH_FIRST = auto()


@dataclass(frozen=True)
class Day:
    """A day that a cell says, or why there is none."""

    on: date | None = None
    doubt: str | None = None  # a code: `order`, `no_day`, `several`, `no_date`


def order_of(cells: Iterable[str]) -> Order | None:
    """What the values of a column prove of the order of day and month.

    A number above 12 is a day. None where the values prove nothing, or both.
    """
    proved = set()
    for cell in cells:
        match = NUMERIC.fullmatch(cell.strip())
        if not match:
            continue
        first, second = int(match["a"]), int(match["b"])
        if 12 < first <= 31 and 1 <= second <= 12:
            proved.add(Order.DAY_FIRST)
        elif 12 < second <= 31 and 1 <= first <= 12:
            proved.add(Order.MONTH_FIRST)
    return proved.pop() if len(proved) == 1 else None


def names_a_time(words: str) -> bool:
    """Words that hold a month, a season, a quarter or a year: "Spring report"."""
    words = words.casefold()
    holds_a_month = any(month(word) for word in re.findall(r"[^\W\d_]{3,}", words))
    return holds_a_month or bool(_TIME_OF_A_YEAR.search(words))


def looks_like_a_day(cell: str) -> bool:
    cell = WEEKDAY.sub("", cell.strip())
    if ISO.fullmatch(cell):
        return True
    is_decimal_number = re.fullmatch(r"\d+\.\d+", cell)
    if NUMERIC.fullmatch(cell) and not is_decimal_number:
        return True
    return _spelt(cell, 2000).on is not None


def read(cell: str, order: Order | None = None, year: int | None = None) -> Day:
    """The day that a cell says.

    `order` is what its column, or the mapping file, decides; `year` stands in where the cell
    has none.
    """
    cell = WEEKDAY.sub("", re.sub(r"\s+", " ", cell.strip()))
    if SAYS_NOTHING.fullmatch(cell):
        return Day()
    if match := ISO.fullmatch(cell) or COMPACT.fullmatch(cell):
        return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    if SERIAL.fullmatch(cell):
        return _of_a_spreadsheet(int(float(cell)))
    if match := NUMERIC.fullmatch(cell):
        return _numeric(match, order, year)
    if _is_a_year_or_a_month(cell):
        return Day(doubt="no_day")
    return _spelt(cell, year)


def find(words: str, year: int | None = None) -> Day:
    """The one day inside other words ("adopted July 4, 2017"), spelt out or as ISO 8601 has it.

    Days in numbers alone are not looked for.
    """
    days = set()
    for match in (*ISO_INSIDE.finditer(words), *_spelt_inside(words)):
        if match.groupdict().get("y") or year:
            days.add(read(match[0].strip(" ,-"), year=year).on)
    days.discard(None)
    if len(days) == 1:
        return Day(days.pop())
    return Day(doubt="several" if days else "no_date")


def _of_a_spreadsheet(serial: int) -> Day:
    """A day as spreadsheets store it: the number of days since their first."""
    if FIRST_SERIAL <= serial <= LAST_SERIAL:
        return Day(EXCEL_BEGINS + timedelta(days=serial))
    return Day(doubt="no_date")


def _is_a_year_or_a_month(cell: str) -> bool:
    """ "2018", "July 2018"; and "Jul-18", which may be a month as well as a day."""
    if re.fullmatch(r"(?:19|20)\d\d", cell):
        return True
    if re.fullmatch(r"[^\W\d_]{3,}\.? ,?(?:19|20)\d\d", cell):
        return month(cell.split()[0]) is not None
    return bool(MONTH_AND_TWO.fullmatch(cell)) and month(cell.split("-")[0]) is not None


def _spelt_inside(words: str) -> Iterator[re.Match[str]]:
    """Days in words that do not overlap.

    "Adopted 14" in "Adopted 14 March 2025" is none, since no month is so called.
    """
    start = 0
    while match := SPELT.search(words, start):
        before, after = words[: match.start()][-1:], words[match.end() :][:1]
        alone = not before.isalnum() and not after.isdigit()
        is_a_day = alone and month(match["m1"] or match["m2"])
        if is_a_day:
            yield match
        start = match.end() if is_a_day else match.start() + 1


def _numeric(match: re.Match[str], order: Order | None, year: int | None) -> Day:
    """Day and month in numbers, in an order that they may prove by themselves."""
    first, second = int(match["a"]), int(match["b"])
    if match["y"]:
        year = _year(match["y"])
    if year is None:
        return Day(doubt="no_day")
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if day_first.on is None or month_first.on is None:
        return day_first if day_first.on else month_first
    if first == second:
        return day_first
    if order is None:
        return Day(doubt="order")
    return day_first if order is Order.DAY_FIRST else month_first


def _spelt(cell: str, year: int | None) -> Day:
    """A day with the name of its month."""
    match = SPELT.fullmatch(cell)
    if not match:
        is_range = re.search(r"\d ?[-–] ?\d{1,2}\b", cell)
        is_several = is_range or len(ONE_OF_SEVERAL.findall(cell)) > 1
        return Day(doubt="several" if is_several else "no_date")
    number = month(match["m1"] or match["m2"])
    if not number:
        return Day(doubt="no_date")
    if match["y"]:
        year = _year(match["y"].lstrip("'"))
    if not year:
        return Day(doubt="no_day")
    return _day(year, number, int(match["d1"] or match["d2"]))


def _year(digits: str) -> int:
    """A year in four digits or in two."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < CENTURY_TURNS else 1900)


def _day(year: int, month: int, day: int) -> Day:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Day(doubt="no_date")
    try:
        return Day(date(year, month, day))
    except ValueError:
        return Day(doubt="no_date")


def month(name: str) -> int | None:
    """The number of a month by its name, in full or shortened, in the languages that are known."""
    return MONTHS.get(name.casefold().strip(". "))
