"""Columns of a list for which the record has no field.

Which of them open to readers only one by one, and why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum, auto

from .codes import ColumnVisibility
from .guarded_words import (
    CONFIDENTIAL_PHRASES,
    CONFIDENTIAL_WORDS,
    PERSONAL_PHRASES,
    PERSONAL_WORDS,
)
from .refusals import Refusal, need


class Guard(StrEnum):
    """Why a column opens only by itself, never together with others."""

    HIDDEN = auto()  # the workbook hides it
    CONFIDENTIAL = auto()  # its heading says that it is not for everybody
    # its heading speaks of how to reach a person, or of what belongs to one alone
    PERSONAL = auto()
    NOT_TOLD = auto()  # whether the workbook hides it is not known


def is_confidential(heading: str) -> bool:
    """The heading says that its column is not for everybody."""
    words = _words(heading)
    return bool(CONFIDENTIAL_WORDS & set(words) or CONFIDENTIAL_PHRASES.search(" ".join(words)))


def is_personal(heading: str) -> bool:
    words = _words(heading)
    return bool(PERSONAL_WORDS & set(words) or PERSONAL_PHRASES.search(" ".join(words)))


def _words(heading: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", heading).casefold().replace("_", " ")
    return re.findall(r"\w+", plain)


def guard(heading: str, visibilities: Collection[ColumnVisibility | None]) -> Guard | None:
    """Of a column, by its heading and by how the workbooks showed the cells that are on record."""
    if ColumnVisibility.HIDDEN in visibilities:
        return Guard.HIDDEN
    if is_confidential(heading):
        return Guard.CONFIDENTIAL
    if is_personal(heading):
        return Guard.PERSONAL
    return (
        Guard.NOT_TOLD if visibilities and set(visibilities) != {ColumnVisibility.SHOWN} else None
    )


def open_columns(
    headings: Collection[str], guards: dict[str, Guard | None], open_now: Collection[str]
) -> None:
    """`guards` has every column of the convention. A guarded one is opened alone."""
    need(headings, Refusal.NO_SUCH_COLUMN)
    for heading in headings:
        need(heading in guards, Refusal.NO_SUCH_COLUMN)
        need(heading not in open_now, Refusal.COLUMN_IS_OPEN)
        need(guards[heading] is None or len(headings) == 1, Refusal.COLUMN_OPENS_ALONE)


def close_columns(headings: Collection[str], open_now: Collection[str]) -> None:
    need(headings, Refusal.NO_SUCH_COLUMN)
    for heading in headings:
        need(heading in open_now, Refusal.COLUMN_IS_CLOSED)
