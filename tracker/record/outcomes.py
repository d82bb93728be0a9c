"""Fact tables: what changed. Time is claimed, not cause."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.rules.codes import Level

from .items import OfItem


class Outcome(OfItem):
    """Its own date is the day on which it was observed."""

    __tablename__ = "outcome"
    author_id: Mapped[int]
    level: Mapped[Level]
    words: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    # what ties the change to the item
    tie: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
