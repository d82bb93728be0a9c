"""Evidence of an entry or of an outcome: links, stored files, rows of a list.

Written with the entry or outcome that it belongs to; opened by its release.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.record import ledger
from tracker.record.items import Item
from tracker.record.progress import Evidence, OpenedEvidence
from tracker.rules.codes import EvidenceKind

from .act_context import ActContext


@dataclass(frozen=True, kw_only=True)
class NewEvidence:
    """A link (url), a stored file (sha256, media_type, size in bytes; the bytes are in files/
    already) or a row (words).
    """

    kind: EvidenceKind
    title: str
    url: str | None = None
    words: str | None = None
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = None
    internal: bool = True


def write_evidence(
    act: ledger.Act,
    item: Item,
    new_evidence: Collection[NewEvidence],
    *,
    entry_id: int | None = None,
    outcome_id: int | None = None,
) -> None:
    act.add_all(
        [
            Evidence(
                item_id=item.id,
                kind=evidence.kind,
                title=act.keep_text(evidence.title),
                entry_id=entry_id,
                outcome_id=outcome_id,
                url=act.keep_optional_text(evidence.url),
                words=act.keep_optional_text(evidence.words),
                sha256=evidence.sha256,
                media_type=evidence.media_type,
                size=evidence.size,
                internal=evidence.internal,
            )
            for evidence in new_evidence
        ]
    )


@dataclass(frozen=True)
class Opening:
    """How a release settles who may open what.

    The evidence that stays inside, against or with the author's wish; and, of images, the SHA-256
    of the public copy without metadata, by the SHA-256 of the original.
    """

    stays_inside: Collection[int] | None = None  # ids; None: as the author asked
    public_copies: Mapping[str, str] | None = None


AS_THE_AUTHOR_ASKED = Opening()


def open_evidence(
    act: ledger.Act,
    context: ActContext,
    item: Item,
    opening: Opening,
    *,
    entry_id: int | None = None,
    outcome_id: int | None = None,
) -> None:
    """Lets members open the evidence of a released entry or outcome that does not stay inside."""
    evidence = context.session.execute(
        sa.select(Evidence.id, Evidence.internal, Evidence.sha256).where(
            Evidence.entry_id == entry_id if entry_id else Evidence.outcome_id == outcome_id,
            Evidence.retracted_by.is_(None),
        )
    ).all()
    stays_inside = opening.stays_inside
    if stays_inside is None:
        stays_inside = {key for key, internal, _ in evidence if internal}
    opened = [
        OpenedEvidence(
            item_id=item.id,
            evidence_id=key,
            public_sha256=(opening.public_copies or {}).get(sha256 or ""),
        )
        for key, _, sha256 in evidence
        if key not in stays_inside
    ]
    act.add_all(opened)
