"""The lists that a body imported: who, when, which file, how many rows, whether it was undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.conventions import ListImport
from tracker.record.ledger_tables import Event

from .body_context import BodyContext


@dataclass(frozen=True, kw_only=True)
class Undoing:
    """When an import was undone, and by whom; None: at the terminal."""

    at: datetime
    who: str | None


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
    undone: Undoing | None


def import_lines(
    session: Session, context: BodyContext, *, offset: int, most: int
) -> tuple[list[ImportLine], int]:
    """The newest first, and how many there are."""
    rows = session.execute(
        select_imports(context).order_by(ListImport.id.desc()).offset(offset).limit(most)
    ).all()
    of_body = ListImport.body_id == context.body.id
    total = session.scalar(sa.select(sa.func.count()).select_from(ListImport).where(of_body)) or 0
    return [import_line(context, *row) for row in rows], total


def find_line(
    session: Session, context: BodyContext, import_id: int
) -> tuple[ListImport, ImportLine] | None:
    """One import of the body."""
    row = session.execute(select_imports(context).where(ListImport.id == import_id)).one_or_none()
    return None if row is None else (row[0], import_line(context, *row))


def select_imports(context: BodyContext) -> sa.Select[ListImport, datetime, int, datetime, int]:
    """What `import_line` is made of."""
    undoing = aliased(Event)
    return (
        sa.select(
            ListImport, Event.recorded_at, Event.actor_id, undoing.recorded_at, undoing.actor_id
        )
        .join(Event, Event.id == ListImport.recorded_by)
        .outerjoin(undoing, undoing.id == ListImport.retracted_by)
        .where(ListImport.body_id == context.body.id)
    )


def import_line(
    context: BodyContext,
    list_import: ListImport,
    at: datetime,
    actor_id: int,
    undone_at: datetime | None,
    undone_by: int | None,
) -> ImportLine:
    zone = context.settings.zone
    undone = None
    if undone_at is not None:
        undone = Undoing(at=undone_at.astimezone(zone), who=context.people.get(undone_by or 0))
    return ImportLine(
        id=list_import.id,
        file_name=list_import.file_name,
        at=at.astimezone(zone),
        who=context.people.get(actor_id),
        rows=list_import.rows,
        new=list_import.new_rows,
        changed=list_import.changed_rows,
        undone=undone,
    )
