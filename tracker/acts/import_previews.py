"""Lists that came by a page: kept, corrected, confirmed, thrown away, swept.

None is a fact: what is confirmed is written by the worker, through `imports`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.files import store
from tracker.record.drafts import Upload
from tracker.record.import_previews import (
    ImportPreview,
    ImportPreviewRow,
    KeptMapping,
    PreviewState,
)
from tracker.rules import refusals
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext

KEPT_FOR = timedelta(days=30)
_IN_HAND = (PreviewState.READING, PreviewState.WRITING)  # the worker's


def upload(context: ActContext, folder: Path, file_name: str, content: bytes) -> ImportPreview:
    """A file to be read; it is on the disk when this returns."""
    context.require(Permission.GOVERN)
    preview = ImportPreview(
        body_id=context.body_id,
        person_id=context.actor_id,
        file_name=file_name,
        sha256=store.keep(folder, content),
        uploaded_at=context.now,
    )
    context.session.add(preview)
    context.session.flush()
    return preview


def choose(context: ActContext, preview: ImportPreview, choices: str, seen: int) -> None:
    """What the office says of it, as JSON; the file is to be read again.

    `seen` is the version that was looked at. Refused while it is written, and once it is imported.
    """
    _change(context, preview, choices, seen)
    preview.state, preview.trouble = PreviewState.READING, None


def leave_out(context: ActContext, preview: ImportPreview, choices: str, seen: int) -> None:
    """What is not to come in; what is shown of the others stays."""
    _change(context, preview, choices, seen)


def confirm(context: ActContext, preview: ImportPreview, choices: str, seen: int) -> None:
    """What was looked at is to be written."""
    _change(context, preview, choices, seen)
    refusals.need(preview.state is PreviewState.READY, Refusal.NOT_FROM_THERE)
    preview.state = PreviewState.WRITING


def drop(context: ActContext, preview: ImportPreview, folder: Path) -> None:
    """Thrown away, with its file; nothing of it was on record."""
    context.require(Permission.GOVERN)
    context.session.refresh(preview, with_for_update=True)
    _need_open(preview)
    sha256 = preview.sha256
    _delete(context.session, [preview.id])
    if not needs_file(context.session, sha256):
        store.drop(folder, sha256)


def _change(context: ActContext, preview: ImportPreview, choices: str, seen: int) -> None:
    context.require(Permission.GOVERN)
    context.session.refresh(preview, with_for_update=True)
    _need_open(preview)
    refusals.need(preview.version == seen, Refusal.CHANGED_MEANWHILE)
    preview.choices, preview.version = choices, preview.version + 1


def _need_open(preview: ImportPreview) -> None:
    is_over = preview.state in (PreviewState.WRITING, PreviewState.IMPORTED)
    refusals.need(not is_over, Refusal.NOT_FROM_THERE)


def needs_file(session: Session, sha256: str) -> bool:
    """Whether a form or a preview that is not over has these bytes."""
    of_preview = sa.select(ImportPreview.id).where(
        ImportPreview.sha256 == sha256, ImportPreview.state != PreviewState.IMPORTED
    )
    of_form = sa.select(Upload.id).where(Upload.sha256 == sha256)
    return any(session.scalar(query.limit(1)) is not None for query in (of_preview, of_form))


def keep_mapping(
    session: Session, body_id: int, *, shape: str, mapping: str | None, now: datetime
) -> None:
    """For the next list with these headings, in place of what was kept; None: nothing was said."""
    session.execute(
        sa.delete(KeptMapping).where(KeptMapping.body_id == body_id, KeptMapping.shape == shape)
    )
    if mapping is not None:
        session.add(KeptMapping(body_id=body_id, shape=shape, mapping=mapping, kept_at=now))


def sweep(session: Session, now: datetime) -> None:
    """Forgets those that nobody confirmed within the time for which they are kept."""
    over = session.scalars(
        sa.select(ImportPreview.id).where(
            ImportPreview.uploaded_at < now - KEPT_FOR,
            ImportPreview.state.not_in(_IN_HAND),
        )
    )
    _delete(session, list(over))


def _delete(session: Session, keys: list[int]) -> None:
    session.execute(sa.delete(ImportPreviewRow).where(ImportPreviewRow.preview_id.in_(keys)))
    session.execute(sa.delete(ImportPreview).where(ImportPreview.id.in_(keys)))
