"""The lists that a body imported: who, when, which file, how many rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.conventions import ListImport
from tracker.record.ledger_tables import Event

from .body_context import BodyContext


@dataclass(frozen=True, kw_only=True)
class ImportLine:
    """One list. `who` is None where it came at the terminal; `new` and `changed` where an older
    version of the program wrote it.
    """

    id: int
    file_name: str
    at: datetime
    who: str | None
    rows: int
    new: int | None
    changed: int | None


def import_lines(
    session: Session, context: BodyContext, *, offset: int, most: int
) -> tuple[list[ImportLine], int]:
    """The newest first, and how many there are."""
    of_body = ListImport.body_id == context.body.id
    rows = session.execute(
        sa.select(ListImport, Event.recorded_at, Event.actor_id)
        .join(Event, Event.id == ListImport.recorded_by)
        .where(of_body)
        .order_by(ListImport.id.desc())
        .offset(offset)
        .limit(most)
    ).all()
    total = session.scalar(sa.select(sa.func.count()).select_from(ListImport).where(of_body)) or 0
    return [import_line(context, *row) for row in rows], total


def import_line(context: BodyContext, row: ListImport, at: datetime, actor_id: int) -> ImportLine:
    """Of a list that came at this moment."""
    return ImportLine(
        id=row.id,
        file_name=row.file_name,
        at=at.astimezone(context.settings.zone),
        who=context.people.get(actor_id),
        rows=row.rows,
        new=row.new_rows,
        changed=row.changed_rows,
    )
