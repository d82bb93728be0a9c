"""Drafts of progress entries and the files of forms that are not submitted yet: kept, taken up
again, thrown away, swept.

None is a fact.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.files import sniff, store
from tracker.files.names import plain_name
from tracker.record.drafts import About, Draft, Upload, about
from tracker.record.import_previews import ImportPreview, PreviewState
from tracker.record.items import Item
from tracker.record.meeting_drafts import MeetingDraft
from tracker.rules.codes import EvidenceKind
from tracker.rules.permissions import Permission

from . import meeting_drafts
from .act_context import ActContext
from .evidence import NewEvidence

KEPT_FOR = timedelta(hours=24)


def save(
    context: ActContext, item: Item, fields: Mapping[str, object], upload_ids: Collection[int]
) -> Draft:
    """What the form holds, and its files; it takes the place of the last draft of the same person
    on the same item.
    """
    context.require(Permission.LOG, context.facts(item))
    draft = find(context.session, context.actor_id, item.id)
    if draft is None:
        draft = Draft(
            person_id=context.actor_id, item_id=item.id, fields="{}", saved_at=context.now
        )
        context.session.add(draft)
    draft.fields, draft.saved_at = json.dumps(dict(fields), ensure_ascii=False), context.now
    context.session.flush()
    for upload in uploads(context.session, context.actor_id, item.id):
        upload.draft_id, upload.uploaded_at = (
            (draft.id, upload.uploaded_at) if upload.id in upload_ids else (None, context.now)
        )
    context.session.flush()
    return draft


def find(session: Session, person_id: int, item_id: int) -> Draft | None:
    return session.scalar(
        sa.select(Draft).where(Draft.person_id == person_id, Draft.item_id == item_id)
    )


def uploads(session: Session, person_id: int, item_id: int) -> list[Upload]:
    """The files of this person's form on this item, in the order in which they came."""
    return list(
        session.scalars(
            sa.select(Upload)
            .where(Upload.person_id == person_id, Upload.item_id == item_id)
            .order_by(Upload.id)
        )
    )


def submitted(context: ActContext, item: Item, what: About, upload_ids: Collection[int]) -> None:
    """What was a draft is an entry now. A draft about another entry stays, with its files."""
    draft = find(context.session, context.actor_id, item.id)
    if draft is None or about(draft.fields) == what:
        drop(context, item)
    else:
        context.session.execute(
            sa.delete(Upload).where(
                Upload.person_id == context.actor_id,
                Upload.item_id == item.id,
                Upload.id.in_(upload_ids),
                Upload.draft_id.is_distinct_from(draft.id),
            )
        )


def taken_up(context: ActContext, item: Item, upload_ids: Collection[int]) -> None:
    """These files are evidence now. Those that a draft of an entry holds, too, stay with it."""
    context.session.execute(
        sa.delete(Upload).where(
            Upload.person_id == context.actor_id,
            Upload.item_id == item.id,
            Upload.id.in_(upload_ids),
            Upload.draft_id.is_(None),
        )
    )


def drop(context: ActContext, item: Item) -> None:
    """The draft and its files go; nothing of them was on record."""
    context.session.execute(
        sa.delete(Upload).where(Upload.person_id == context.actor_id, Upload.item_id == item.id)
    )
    context.session.execute(
        sa.delete(Draft).where(Draft.person_id == context.actor_id, Draft.item_id == item.id)
    )


def take(context: ActContext, item: Item, folder: Path, name: str, content: bytes) -> Upload:
    """A file that came with the form, under what its bytes are; nobody has to choose it again.

    Raises `files.sniff.NotTaken`.
    """
    context.require(Permission.LOG, context.facts(item))
    name = plain_name(name)
    kind = sniff.media_type(content, name)
    sha256 = store.keep(folder, content)
    for known in uploads(context.session, context.actor_id, item.id):
        if (known.sha256, known.name) == (sha256, name):
            return known
    upload = Upload(
        person_id=context.actor_id,
        item_id=item.id,
        sha256=sha256,
        name=name,
        media_type=kind,
        size=len(content),
        uploaded_at=context.now,
    )
    context.session.add(upload)
    context.session.flush()
    return upload


def as_evidence(
    upload: Upload, uploads_folder: Path, files_folder: Path, internal: bool
) -> NewEvidence:
    """The bytes go to the files of the record, before the act that names them; without the act they
    are only bytes that nobody names.
    """
    sha256 = store.keep(files_folder, store.read(uploads_folder, upload.sha256))
    return NewEvidence(
        kind=EvidenceKind.FILE,
        title=upload.name,
        sha256=sha256,
        media_type=upload.media_type,
        size=upload.size,
        internal=internal,
    )


def sweep(session: Session, folder: Path, now: datetime) -> int:
    """Forgets the files of forms that nobody sent again within a day, and bytes that nobody names;
    gives back how many files went.
    """
    over = sa.select(Upload.id).where(
        Upload.draft_id.is_(None), Upload.uploaded_at < now - KEPT_FOR
    )
    session.execute(sa.delete(Upload).where(Upload.id.in_(over)))
    meeting_drafts.forget_files(session, now, KEPT_FOR)
    named = set(session.scalars(sa.select(Upload.sha256)))
    named.update(
        sha256 for sha256 in session.scalars(sa.select(MeetingDraft.sha256)) if sha256 is not None
    )
    named |= set(
        session.scalars(
            sa.select(ImportPreview.sha256).where(ImportPreview.state != PreviewState.IMPORTED)
        )
    )
    gone = 0
    for path in folder.glob("*/*/*"):
        # a form may be storing it at this moment
        old = datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo) < now - timedelta(hours=1)
        if path.name not in named and old:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
