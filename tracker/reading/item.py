"""What is shown of one item, or of many, in a constant number of statements: for the pages, the report, the export and the command.

Shown to whom. PUBLIC (and readers of a closed body): released entries and their words, unless withheld; public files; units and delegations;
the kind of a confirmation; "sent back once", without the reason; persons only where the body's setting shows names. Staff of the units that
lead or contribute, besides: names, entries that wait or are internal, reasons of returns, all files, payees. The office and the auditor: this of
every item. Whatever else is recorded is not in the object.
"""
from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from .audience import Audience
from .shown import ItemPage

if TYPE_CHECKING:
    from tracker.record.as_of import AsOf


def pages(session: Session, body_id: int, item_ids: Collection[int], as_of: AsOf, audience: Audience) -> dict[int, ItemPage]:
    """By item; one that was not recorded by then is left out. The number of statements does not depend on how many there are."""
    raise NotImplementedError


def page(session: Session, body_id: int, item_id: int, as_of: AsOf, audience: Audience) -> ItemPage | None:
    return pages(session, body_id, [item_id], as_of, audience).get(item_id)
