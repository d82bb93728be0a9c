"""The minutes of meetings that decided: what is shown of them beside a decision, and one stored
file of them for whoever opens it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.as_of import NOW, at
from tracker.record.items import Item, ReferralDecision
from tracker.record.ledger_tables import Text
from tracker.record.meetings import Meeting
from tracker.record.progress import Review
from tracker.rules.item_facts import Facts

from .addresses import minutes_path
from .models import MinutesDetails


@dataclass(frozen=True, kw_only=True)
class StoredMinutes:
    """The file of a meeting's minutes, and the conventions of which it decided something.

    `recorded_by`: the event of the meeting, before those of its decisions.
    """

    body_id: int
    name: str
    sha256: str
    media_type: str
    public_sha256: str  # what others than staff get: of a picture, the copy without metadata
    open: bool
    convention_ids: frozenset[int]
    recorded_by: int


def meetings_named(every: Iterable[Facts]) -> set[int]:
    """The meetings that decisions of these items name."""
    named = set[int | None]()
    for facts in every:
        named.update(review.meeting_id for review in facts.reviews)
        named.update(decision.meeting_id for decision in facts.decisions)
    return {meeting_id for meeting_id in named if meeting_id is not None}


def minutes_of(session: Session, meeting_ids: Collection[int]) -> Mapping[int, MinutesDetails]:
    """By meeting. One statement; none where no meeting is named."""
    if not meeting_ids:
        return {}
    words, url, name = aliased(Text), aliased(Text), aliased(Text)
    rows = session.connection().execute(
        sa.select(
            Meeting.id,
            Meeting.open,
            Meeting.media_type,
            Meeting.size,
            words.words,
            url.words,
            name.words,
        )
        .outerjoin(words, words.digest == Meeting.words)
        .outerjoin(url, url.digest == Meeting.url)
        .outerjoin(name, name.digest == Meeting.file_name)
        .where(Meeting.id.in_(meeting_ids))
    )
    return {
        key: MinutesDetails(
            meeting=key,
            path=link or (minutes_path(key) if media_type else None),
            label=file_name,
            words=said,
            media_type=media_type,
            size=size,
            open=is_open,
        )
        for key, is_open, media_type, size, said, link, file_name in rows
    }


def stored_minutes(session: Session, meeting_id: int) -> StoredMinutes | None:
    """None: there is no such file. Two statements."""
    row = session.execute(
        sa.select(Meeting, Text.words)
        .outerjoin(Text, Text.digest == Meeting.file_name)
        .where(Meeting.id == meeting_id, at(Meeting, NOW))
    ).first()
    if row is None:
        return None
    meeting, name = row
    if meeting.sha256 is None:
        return None
    decided = sa.union(
        *(
            sa.select(Item.convention_id)
            .join(table, table.item_id == Item.id)
            .where(table.meeting_id == meeting_id)
            for table in (Review, ReferralDecision)
        )
    )
    return StoredMinutes(
        body_id=meeting.body_id,
        name=name or "file",
        sha256=meeting.sha256,
        media_type=meeting.media_type or "application/octet-stream",
        public_sha256=meeting.public_sha256 or meeting.sha256,
        open=meeting.open,
        convention_ids=frozenset(session.scalars(decided)),
        recorded_by=meeting.recorded_by,
    )
