"""Decisions of a meeting that are not recorded yet, and the file of its minutes: kept, taken up
again, thrown away.

None is a fact.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.files import pictures, sniff, store
from tracker.files.names import plain_name
from tracker.files.public_copies import keep_copy
from tracker.record.meeting_drafts import MeetingDraft
from tracker.rules.permissions import Permission

from .act_context import ActContext
from .meetings import MinutesFile


def save(context: ActContext, fields: Sequence[tuple[str, str]], sha256: str | None) -> None:
    """What the form holds; it takes the place of the person's last draft for this body.

    :param sha256: of the file that the form shows; another that is kept goes
    """
    draft = _draft(context)
    draft.fields = json.dumps({"form": list(fields)}, ensure_ascii=False)
    if draft.sha256 != sha256:
        draft.sha256 = draft.file_name = draft.media_type = draft.size = None
    context.session.flush()


def take(context: ActContext, folder: Path, name: str, content: bytes) -> MeetingDraft:
    """The file that came with the form, under what its bytes are; nobody has to choose it again.

    Raises `files.sniff.NotTaken`.
    """
    draft = _draft(context)
    name = plain_name(name)
    draft.media_type = sniff.media_type(content, name)
    draft.sha256 = store.keep(folder, content)
    draft.file_name, draft.size = name, len(content)
    context.session.flush()
    return draft


def _draft(context: ActContext) -> MeetingDraft:
    context.require(Permission.GOVERN)
    draft = find(context.session, context.actor_id, context.body_id)
    if draft is None:
        draft = MeetingDraft(
            person_id=context.actor_id, body_id=context.body_id, saved_at=context.now
        )
        context.session.add(draft)
    draft.saved_at = context.now
    return draft


def find(session: Session, person_id: int, body_id: int) -> MeetingDraft | None:
    return session.scalar(
        sa.select(MeetingDraft).where(
            MeetingDraft.person_id == person_id, MeetingDraft.body_id == body_id
        )
    )


def drop(context: ActContext) -> None:
    """The draft and its file go; nothing of them was on record."""
    context.session.execute(
        sa.delete(MeetingDraft).where(
            MeetingDraft.person_id == context.actor_id,
            MeetingDraft.body_id == context.body_id,
        )
    )


def as_minutes(draft: MeetingDraft, uploads: Path, files: Path, is_open: bool) -> MinutesFile:
    """The bytes go to the files of the record, before the act that names them. Of a picture that
    everybody may open, a copy without metadata goes there, too.

    Raises ValueError where such a copy cannot be drawn.
    """
    assert draft.sha256 and draft.file_name and draft.media_type  # a draft with a file
    sha256 = store.keep(files, store.read(uploads, draft.sha256))
    copies = is_open and pictures.needs_copy(draft.media_type)
    return MinutesFile(
        name=draft.file_name,
        sha256=sha256,
        media_type=draft.media_type,
        size=draft.size or 0,
        public_sha256=keep_copy(files, sha256, draft.media_type) if copies else None,
    )


def forget_files(session: Session, now: datetime, kept_for: timedelta) -> None:
    """Files of forms that nobody sent again, and that no draft holds."""
    session.execute(
        sa.delete(MeetingDraft).where(
            MeetingDraft.fields.is_(None), MeetingDraft.saved_at < now - kept_for
        )
    )
