"""Days as lists write them, in any national order; a whole column decides which of two numbers is the month, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from functools import cache

from babel.dates import get_month_names

from tracker.importing.vocabulary.date_words import (
    COMPACT,
    EXCEL_BEGINS,
    ISO,
    ISO_INSIDE,
    LANGUAGES,
    MONTH_AND_TWO,
    NUMERIC,
    ONE_OF_SEVERAL,
    SAYS_NOTHING,
    SERIAL,
    SPELT,
    WEEKDAY,
)

FIRST_YEAR, LAST_YEAR = 1850, 2199  # before it nobody kept such lists; 9999 stands for "never"


_TIME_OF_A_YEAR = re.compile(r"\b(?:q[1-4]|spring|summer|fall|autumn|winter|(?:19|20)\d\d)\b")


class Order(StrEnum):
    DAY_FIRST = auto()
    MONTH_FIRST = auto()


@dataclass(frozen=True)
class Day:
    """`doubt` is a code of why there is no date: `order`, `no_day`, `several`, `no_date`."""

    on: date | None = None
    doubt: str | None = None


def order_of(cells: Iterable[str]) -> Order | None:
    """What the values of a column prove: a first number above 12 is a day, a second one too. None where none or both are proved."""
    proved = set()
    for cell in cells:
        if match := NUMERIC.fullmatch(cell.strip()):
            first, second = int(match["a"]), int(match["b"])
            if 12 < first <= 31 and 1 <= second <= 12:
                proved.add(Order.DAY_FIRST)
            elif 12 < second <= 31 and 1 <= first <= 12:
                proved.add(Order.MONTH_FIRST)
    return proved.pop() if len(proved) == 1 else None


def names_a_time(words: str) -> bool:
    """Words that hold a month, a season, a quarter or a year: "Status update (Nov.)", "Spring report"."""
    said = words.casefold()
    return any(map(month, re.findall(r"[^\W\d_]{3,}", said))) or bool(_TIME_OF_A_YEAR.search(said))


def looks_like_a_day(cell: str) -> bool:
    cell = WEEKDAY.sub("", cell.strip())
    return bool(
        ISO.fullmatch(cell)
        or (NUMERIC.fullmatch(cell) and not re.fullmatch(r"\d+\.\d+", cell))
        or _spelt(cell, 2000).on
    )


def read(cell: str, order: Order | None = None, year: int | None = None) -> Day:
    """The day that a cell says. `year` stands in where the cell has none; `order` is what its column, or the mapping, decides."""
    cell = WEEKDAY.sub("", re.sub(r"\s+", " ", cell.strip()))
    if SAYS_NOTHING.fullmatch(cell):
        return Day()
    if match := ISO.fullmatch(cell) or COMPACT.fullmatch(cell):
        return _day(int(match["y"]), int(match["m"]), int(match["d"]))
    if SERIAL.fullmatch(cell):
        serial = int(float(cell))
        return (
            Day(EXCEL_BEGINS + timedelta(days=serial))
            if 20_000 <= serial <= 80_000
            else Day(doubt="no_date")
        )
    if match := NUMERIC.fullmatch(cell):
        return _numeric(match, order, year)
    if re.fullmatch(r"(?:19|20)\d\d", cell) or (
        re.fullmatch(r"[^\W\d_]{3,}\.? ,?(?:19|20)\d\d", cell) and month(cell.split()[0])
    ):
        return Day(doubt="no_day")
    if MONTH_AND_TWO.fullmatch(cell) and month(cell.split("-")[0]):
        return Day(doubt="no_day")
    return _spelt(cell, year)


def find(words: str, year: int | None = None) -> Day:
    """The one spelt-out or ISO day inside other words ("adopted July 4, 2017"); numbers alone are not looked for."""
    found = {
        day.on
        for match in (*ISO_INSIDE.finditer(words), *_spelt_inside(words))
        if (match.groupdict().get("y") or year)
        and (day := read(match[0].strip(" ,-"), year=year)).on
    }
    return Day(found.pop()) if len(found) == 1 else Day(doubt="several" if found else "no_date")


def _spelt_inside(words: str) -> Iterator[re.Match[str]]:
    """Days in words that do not overlap; "Adopted 14" in "Adopted 14 March 2025" is none, since no month is so called."""
    start = 0
    while match := SPELT.search(words, start):
        before, after = words[: match.start()][-1:], words[match.end() :][:1]
        alone = not before.isalnum() and not after.isdigit()
        is_a_day = alone and month(match["m1"] or match["m2"])
        if is_a_day:
            yield match
        start = match.end() if is_a_day else match.start() + 1


def _numeric(match: re.Match[str], order: Order | None, year: int | None) -> Day:
    first, second = int(match["a"]), int(match["b"])
    whole = _year(match["y"]) if match["y"] else year
    if whole is None:
        return Day(doubt="no_day")
    fits = [
        candidate
        for candidate in (Order.DAY_FIRST, Order.MONTH_FIRST)
        if _day(whole, *((second, first) if candidate is Order.DAY_FIRST else (first, second))).on
    ]
    if not fits:
        return Day(doubt="no_date")
    if first != second and len(fits) == 2:
        if order is None:
            return Day(doubt="order")
        fits = [order]
    return _day(whole, *((second, first) if fits[0] is Order.DAY_FIRST else (first, second)))


def _spelt(cell: str, year: int | None) -> Day:
    match = SPELT.fullmatch(cell)
    if not match:
        return Day(
            doubt="several"
            if len(ONE_OF_SEVERAL.findall(cell)) > 1 or re.search(r"\d ?[-–] ?\d{1,2}\b", cell)
            else "no_date"
        )
    number = month(match["m1"] or match["m2"])
    whole = _year(match["y"].lstrip("'")) if match["y"] else year
    if not number:
        return Day(doubt="no_date")
    return _day(whole, number, int(match["d1"] or match["d2"])) if whole else Day(doubt="no_day")


def _year(digits: str) -> int:
    value = int(digits)
    return value if len(digits) == 4 else value + (2000 if value < 70 else 1900)


def _day(year: int, month: int, day: int) -> Day:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Day(doubt="no_date")
    try:
        return Day(date(year, month, day))
    except ValueError:
        return Day(doubt="no_date")


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(
                    width, context=context, locale=language
                ).items():
                    names.setdefault(name.casefold().strip(". "), number)
    return names | {
        "sept": 9,
        "set": 9,
        "ene": 1,
        "abr": 4,
        "ago": 8,
        "dic": 12,
        "mrz": 3,
        "okt": 10,
        "dez": 12,
    }


def month(name: str) -> int | None:
    """The number of a month by its name, in full or shortened, in the languages that are known."""
    return _months().get(name.casefold().strip(". "))
