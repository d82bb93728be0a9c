"""What the call of an import says beside the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DEFAULT_CURRENCY = "USD"
DEFAULT_ZONE = "UTC"


@dataclass(frozen=True, kw_only=True)
class ImportOptions:
    """`body` is a slug; `create`: a body and conventions that are missing are made.

    `opened` and `closed_on` are the convention's days; `kept_from` opens the follow-through of
    conventions whose items' term had not ended then; `updates_on` is the day of updates that the
    list does not date. `closed`, `currency` and `time_zone` are settings of the body.
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
