"""One stored file of the record: whose it is, and whether the public may open it.

Its bytes lie in files/; who asks is known to the door.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf, at
from tracker.record.items import Item
from tracker.record.ledger_tables import Text
from tracker.record.loader import load
from tracker.record.prepared import AnySelect
from tracker.record.progress import Evidence, OpenedEvidence, Withholding
from tracker.record.publications import visibility_today
from tracker.rules.codes import EvidenceKind, Visibility
from tracker.rules.permissions import Actor, Permission, is_permitted


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    id: int  # of the evidence
    body_id: int
    item_id: int
    convention_id: int
    visibility: Visibility  # of the convention, today
    name: str
    sha256: str
    media_type: str
    opened: bool  # its release let members open it, and nothing of it was withheld since
    withheld: bool  # by itself, or with the entry or outcome that it belongs to
    public_sha256: str  # what members get: of a picture, the copy without metadata


def stored_file(session: Session, evidence_id: int) -> StoredFile | None:
    """None: there is no such file."""
    row = session.connection().execute(_stored_files(), {"evidence": evidence_id}).first()
    if row is None:
        return None
    (
        body_id,
        item_id,
        convention_id,
        visibility,
        name,
        sha256,
        media_type,
        opened_id,
        public_sha256,
        is_withheld,
    ) = row
    if sha256 is None:
        return None
    return StoredFile(
        id=evidence_id,
        body_id=body_id,
        item_id=item_id,
        convention_id=convention_id,
        visibility=visibility or Visibility.PUBLIC,
        name=name or "file",
        sha256=sha256,
        media_type=media_type or "application/octet-stream",
        opened=opened_id is not None and not is_withheld,
        withheld=is_withheld,
        public_sha256=public_sha256 or sha256,
    )


def is_opened_in(session: Session, evidence_id: int, as_of: AsOf) -> bool:
    """Whether it was opened by then: readers of an edition open what the edition holds."""
    opened = sa.select(OpenedEvidence.id).where(
        OpenedEvidence.evidence_id == evidence_id, at(OpenedEvidence, as_of)
    )
    return session.connection().scalar(opened.limit(1)) is not None


@cache
def _stored_files() -> AnySelect:
    """The file of the parameter `evidence`, with what its release opened."""
    is_withheld = (
        sa.select(Withholding.id)
        .where(
            Withholding.ended_by.is_(None),
            Withholding.retracted_by.is_(None),
            sa.or_(
                Withholding.evidence_id == Evidence.id,
                Withholding.entry_id == Evidence.entry_id,
                Withholding.outcome_id == Evidence.outcome_id,
            ),
        )
        .exists()
    )
    opened = sa.and_(
        OpenedEvidence.evidence_id == Evidence.id, OpenedEvidence.retracted_by.is_(None)
    )
    return (
        sa.select(
            Item.body_id,
            Item.id,
            Item.convention_id,
            visibility_today(Item.__table__.c.convention_id),
            Text.words,
            Evidence.sha256,
            Evidence.media_type,
            OpenedEvidence.id,
            OpenedEvidence.public_sha256,
            is_withheld,
        )
        .join(Item, Item.id == Evidence.item_id)
        .outerjoin(Text, Text.digest == Evidence.title)
        .outerjoin(OpenedEvidence, opened)
        .where(
            Evidence.id == sa.bindparam("evidence"),
            Evidence.kind == EvidenceKind.FILE,
            Evidence.retracted_by.is_(None),
        )
    )


def may_open_original(session: Session, file: StoredFile, actor: Actor, today: date) -> bool:
    """Whether the actor may open the file itself, be it released or not.

    People of the item's units, the office, the auditor, and the confirmer of a claim that waits
    may; what was withheld, only the office and the auditor.
    """
    if not actor.grants:
        return False
    if file.withheld:
        return is_permitted(actor, Permission.READ_ALL)
    facts = load(session, file.body_id, [file.item_id], AsOf(today)).get(file.item_id)
    return facts is not None and is_permitted(actor, Permission.READ_INTERNAL, facts)
