"""Mutable, outside the ledger: the decisions of a meeting that somebody has not recorded yet.

None of it is a fact.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base


class MeetingDraft(Base):
    """What one person's form holds for one body, and the file of the minutes that came with it.

    Its bytes lie under their SHA-256 in the uploads of the instance.
    """

    __tablename__ = "meeting_draft"
    __table_args__ = (sa.UniqueConstraint("person_id", "body_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    saved_at: Mapped[datetime]
    # JSON: the names and values of the form; None: only its file is kept
    fields: Mapped[str | None] = mapped_column(sa.Text, default=None)
    sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True, default=None)
    file_name: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    media_type: Mapped[str | None] = mapped_column(sa.String(80), default=None)
    size: Mapped[int | None] = mapped_column(default=None)  # bytes
