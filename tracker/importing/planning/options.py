"""What the call of an import says beside the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

DEFAULT_CURRENCY = "USD"
DEFAULT_ZONE = "UTC"


RowPlace = tuple[str, int]  # the name of the sheet ("" without one), and the number in it
RowField = tuple[str, int, str]  # the same, and a field


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """`body` is a slug; `create`: a body and conventions that are missing are made.

    `opened` and `closed_on` are the convention's days; `kept_from` opens the follow-through of
    conventions whose items' term had not ended then; `updates_on` is the day of updates that the
    list does not date. `closed`, `currency` and `time_zone` are settings of the body.

    `left_out`: rows that are not to come in, and with each all rows on the same item. `file_wins`:
    fields in which the file is taken over what a hand has set. `cells`: what stands in place of
    cells of the file, by heading.
    """

    body: str
    convention: str | None = None
    create: bool = False
    closed: bool = False
    opened: date | None = None
    closed_on: date | None = None
    kept_from: date | None = None
    updates_on: date | None = None
    currency: str | None = None
    time_zone: str | None = None
    left_out: frozenset[RowPlace] = frozenset()
    file_wins: frozenset[RowField] = frozenset()
    cells: Mapping[RowPlace, Mapping[str, str]] = field(default_factory=dict)
