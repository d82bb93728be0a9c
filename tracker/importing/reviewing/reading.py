"""A stored preview is made: the file is read and planned as the command does it, and what came of
that is kept.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts.own_words import WordSaid
from tracker.importing.planning.models import Preview, RowOutcome
from tracker.importing.planning.options import RowPlace
from tracker.importing.planning.own_words import LONGEST_WORDS, key_of
from tracker.importing.planning.preview import Advance, preview
from tracker.importing.tables import item_tables, sheets
from tracker.importing.tables.headings import plain
from tracker.importing.tables.sources import Source
from tracker.record.bodies import Body
from tracker.record.import_previews import (
    ImportPreview,
    ImportPreviewRow,
    KeptMapping,
    PreviewState,
    WordOf,
)

from . import choices, shown, shown_problems
from .choices import Choices

ROWS_A_STEP = 500  # that are stored at once
_WRITES = (RowOutcome.NEW, RowOutcome.CHANGED)


def look(
    session: Session, stored: ImportPreview, content: bytes, today: date, advance: Advance
) -> tuple[Preview, Source, Choices]:
    """The preview, with the mapping that is kept for a list of this shape.

    Reads the record, writes nothing. Raises Unreadable.
    """
    body = session.get_one(Body, stored.body_id)
    source = sheets.read_bytes(content, stored.file_name)
    said = choices.from_json(stored.choices)
    if not said.knows_shape:
        table = item_tables.table(source, sheet=said.sheet)
        kept = find_kept_mapping(session, stored.body_id, shown.shape_of(table.headings))
        said = replace(said.with_kept(kept.mapping) if kept else said, knows_shape=True)
    plan = preview(session, source, said.mapping(), said.options(body.slug), today, advance)
    return plan, source, said


def find_kept_mapping(session: Session, body_id: int, shape: str) -> KeptMapping | None:
    return session.scalar(
        sa.select(KeptMapping).where(KeptMapping.body_id == body_id, KeptMapping.shape == shape)
    )


def words_said(
    session: Session, stored: ImportPreview, plan: Preview, said: Choices
) -> list[WordSaid]:
    """What was said of headings and statuses on the page of this list, and holds for every later
    one; not what was kept of lists with these headings.
    """
    kept = find_kept_mapping(session, stored.body_id, shown.shape_of(_headings(plan)))
    before = Choices().with_kept(kept.mapping) if kept is not None else Choices()
    headings = set(map(plain, _headings(plan)))
    said_now = [
        (of, words, meaning)
        for of, table, table_before in (
            (WordOf.HEADING, said.columns, before.columns),
            (WordOf.STATUS, said.statuses, before.statuses),
        )
        for words, meaning in table.items()
        if table_before.get(words) != meaning
    ]
    return [
        WordSaid(of=of, key=key_of(of, words), words=words, meaning=meaning)
        for of, words, meaning in said_now
        if 0 < len(key_of(of, words)) <= LONGEST_WORDS >= len(words)
        and (of is WordOf.STATUS or plain(words) in headings)  # else it is the letter of a column
    ]


def _headings(plan: Preview) -> list[str]:
    return [column.heading for column in plan.columns]


def store(
    session: Session, stored: ImportPreview, plan: Preview, source: Source, said: Choices
) -> None:
    """Keeps what is shown of it, in place of what was there."""
    drop_rows(session, stored)
    stored.choices = choices.as_json(said)
    stored.summary = json.dumps(shown.summary(plan, source), ensure_ascii=False)
    stored.rejected = shown_problems.rejected_csv(plan)
    stored.state, stored.trouble, stored.differs = PreviewState.READY, None, None
    rows = (
        {
            "preview_id": stored.id,
            "place": place,
            "key": choices.key_of(row.place)[:200],
            "outcome": row.outcome.value,
            "keeps": bool(row.line["kept"]),
            "digest": row.digest,
            "content": json.dumps(row.line, ensure_ascii=False),
        }
        for place, row in enumerate(shown.shown_rows(plan))
    )
    while some := list(islice(rows, ROWS_A_STEP)):
        session.execute(sa.insert(ImportPreviewRow), some)


def drop_rows(session: Session, stored: ImportPreview) -> None:
    session.execute(sa.delete(ImportPreviewRow).where(ImportPreviewRow.preview_id == stored.id))


def digests_looked_at(
    session: Session, stored: ImportPreview, said: Choices
) -> dict[RowPlace, str]:
    """What each row would write that was shown and is not left out."""
    rows = session.execute(
        sa.select(ImportPreviewRow.key, ImportPreviewRow.digest).where(
            ImportPreviewRow.preview_id == stored.id,
            ImportPreviewRow.outcome.in_([outcome.value for outcome in _WRITES]),
        )
    )
    places = {choices.place_of(key): digest for key, digest in rows}
    return {
        place: digest
        for place, digest in places.items()
        if place is not None and place not in said.left_out
    }
