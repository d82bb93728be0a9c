"""Fact table: meetings of a body that decided about items, and their minutes.

What a meeting decided are reviews (`progress`) and decisions on referrals (`items`) that name it.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .ledger_tables import FactTable


class Meeting(FactTable):
    """Who met, on which day, and where the minutes are: a link, a stored file (by SHA-256 of its
    bytes), or words that say it.

    `name` is what the unit was called then. Of a picture that everybody may open, others get a copy
    without its metadata.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        sa.CheckConstraint(
            "words IS NOT NULL OR url IS NOT NULL OR sha256 IS NOT NULL", name="has_minutes"
        ),
        sa.CheckConstraint("url IS NULL OR sha256 IS NULL", name="link_or_file"),
        sa.CheckConstraint("(sha256 IS NULL) = (file_name IS NULL)", name="file_has_name"),
    )
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    met_on: Mapped[date]
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), default=None)
    open: Mapped[bool] = mapped_column(default=False)  # everybody may open the minutes
    words: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    url: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    file_name: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True, default=None)
    public_sha256: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    media_type: Mapped[str | None] = mapped_column(sa.String(80), default=None)
    size: Mapped[int | None] = mapped_column(default=None)  # bytes
