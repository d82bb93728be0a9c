"""What the page of one list shows, as it is stored: the whole list, and one page of its rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.importing.reviewing import choices
from tracker.importing.reviewing.choices import Choices
from tracker.importing.reviewing.shown import RowLine, Summary
from tracker.jobs.table import Job, JobState
from tracker.reading.imported_lists import newest_import_of, waiting_by_list
from tracker.record.import_previews import ImportPreview, ImportPreviewRow, PreviewState

ROWS_PER_PAGE = 100
MOST_KEPT = 100  # rows with a value that is kept


@dataclass(frozen=True)
class PreviewRow:
    """A row with its tick; `differs`: it was otherwise when it was confirmed than when it was
    looked at.
    """

    key: str
    outcome: str
    line: RowLine
    taken: bool
    differs: bool


@dataclass(frozen=True, kw_only=True)
class PreviewPage:
    preview: ImportPreview
    said: Choices
    summary: Summary | None
    job: Job | None
    rows: Sequence[PreviewRow] = ()
    keeping: Sequence[RowLine] = ()  # rows with a value that is kept
    differs: Sequence[str] = ()
    page: int = 1
    pages: int = 1
    of_outcome: dict[str, int] = field(default_factory=dict)
    import_id: int | None = None  # of the list on record, once it is imported
    waits: int = 0  # entries of it that wait for release

    @property
    def is_busy(self) -> bool:
        """The worker has it in hand."""
        in_hand = self.preview.state in (PreviewState.READING, PreviewState.WRITING)
        return in_hand and not self.has_failed

    @property
    def has_failed(self) -> bool:
        """The worker could not do its job; the log says why."""
        in_hand = self.preview.state in (PreviewState.READING, PreviewState.WRITING)
        return in_hand and self.job is not None and self.job.state is JobState.FAILED

    @property
    def to_write(self) -> int:
        """Rows that an import would write."""
        out = {choices.key_of(place) for place in self.said.left_out}
        shown_out = sum(row.key in out for row in self.rows)
        counted = self.of_outcome.get("new", 0) + self.of_outcome.get("changed", 0)
        return max(0, counted - shown_out)

    def of(self, outcome: str) -> list[PreviewRow]:
        return [row for row in self.rows if row.outcome == outcome]


def load_page(session: Session, preview: ImportPreview, page: int) -> PreviewPage:
    """The same number of statements however many rows the list has."""
    said = choices.from_json(preview.choices)
    summary = cast(Summary, json.loads(preview.summary)) if preview.summary else None
    job = session.get(Job, preview.job_id) if preview.job_id else None
    if preview.state is PreviewState.IMPORTED:
        import_id = newest_import_of(session, preview.body_id, preview.sha256)
        return PreviewPage(
            preview=preview,
            said=said,
            summary=summary,
            job=job,
            import_id=import_id,
            waits=waiting_by_list(session, preview.body_id).get(import_id or 0, 0),
        )
    if preview.state is not PreviewState.READY:
        return PreviewPage(preview=preview, said=said, summary=summary, job=job)
    of_preview = ImportPreviewRow.preview_id == preview.id
    listed = sa.and_(of_preview, ImportPreviewRow.outcome != "same")
    counted = session.execute(
        sa.select(ImportPreviewRow.outcome, sa.func.count())
        .where(listed)
        .group_by(ImportPreviewRow.outcome)
    )
    of_outcome = {outcome: count for outcome, count in counted}
    pages = max(1, -(-sum(of_outcome.values()) // ROWS_PER_PAGE))
    page = min(max(page, 1), pages)
    differs = cast(list[str], json.loads(preview.differs)) if preview.differs else []
    rows = session.scalars(
        sa.select(ImportPreviewRow)
        .where(listed)
        .order_by(ImportPreviewRow.place)
        .offset((page - 1) * ROWS_PER_PAGE)
        .limit(ROWS_PER_PAGE)
    )
    keeping = session.scalars(
        sa.select(ImportPreviewRow.content)
        .where(of_preview, ImportPreviewRow.keeps)
        .order_by(ImportPreviewRow.place)
        .limit(MOST_KEPT)
    )
    return PreviewPage(
        preview=preview,
        said=said,
        summary=summary,
        job=job,
        rows=[_row(row, said, differs) for row in rows],
        keeping=[cast(RowLine, json.loads(content)) for content in keeping],
        differs=differs,
        page=page,
        pages=pages,
        of_outcome=of_outcome,
    )


def _row(row: ImportPreviewRow, said: Choices, differs: Sequence[str]) -> PreviewRow:
    return PreviewRow(
        key=row.key,
        outcome=row.outcome,
        line=cast(RowLine, json.loads(row.content)),
        taken=choices.place_of(row.key) not in said.left_out,
        differs=row.key in differs,
    )
