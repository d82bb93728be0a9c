"""The day of which a page speaks.

Today in the body's zone, or another that the address names (`as_of`). Which edition a page shows is
said by `editions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import request
from werkzeug.exceptions import BadRequest

from tracker.clock import now
from tracker.formatting import day
from tracker.reading.addresses import AddressTarget
from tracker.record.as_of import AsOf
from tracker.translation import gettext as _

Arguments = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class ShownEdition:
    """The edition that a page shows."""

    number: int
    on: date
    line: str | None  # for readers, beside its date
    is_named: bool  # by the address
    is_published: bool
    is_newest: bool  # of those that are published
    earlier: tuple[int, ...]  # the numbers of those published before it, the newest first


@dataclass(frozen=True)
class PageDay:
    """The day that the address asks for, and the edition, where one is shown."""

    as_of: AsOf
    today: date
    text: str  # the day as the address has it; "" for today
    edition: ShownEdition | None = None

    @property
    def arguments(self) -> Arguments:
        """What addresses of pages of the same convention end with."""
        if self.edition and self.edition.is_named:
            return (("edition", str(self.edition.number)),)
        return (("as_of", self.text),) if self.text else ()

    @property
    def suffix(self) -> str:
        """The same, as the end of an address without other arguments."""
        return f"?{urlencode(self.arguments)}" if self.arguments else ""

    @property
    def elsewhere(self) -> str:
        """What addresses of pages of the body and of other conventions end with."""
        return f"?as_of={self.text}" if self.text else ""


def page_day(target: AddressTarget) -> PageDay:
    """The end of the day in the body's zone.

    Raises BadRequest, with a sentence that says what to do, for what is no day or lies ahead.
    """
    today = target.today(now())
    text = request.args.get("as_of", "").strip()
    if not text:
        return PageDay(AsOf(today), today, "")
    try:
        on = date.fromisoformat(text)
    except ValueError:
        printable = "".join(filter(str.isprintable, text))[:40]
        raise BadRequest(
            _(
                "“%(said)s” is no date. Write it as year, month and day: 2025-03-31.",
                said=printable,
            )
        ) from None
    if on > today:
        raise BadRequest(
            _("%(day)s lies ahead. The record can be shown as of any day up to today.", day=day(on))
        )
    if on == today:
        return PageDay(AsOf(today), today, "")
    return PageDay(AsOf.known_on(on, target.zone), today, on.isoformat())
