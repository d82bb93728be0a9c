"""Fact tables: conventions.

The identity never changes; what is known of it is a fact of its own, and may be replaced.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .ledger_tables import FactTable


class Convention(FactTable):
    """One meeting of a body; the slug is its address, unique in the body."""

    __tablename__ = "convention"
    __table_args__ = (sa.UniqueConstraint("body_id", "slug"),)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    slug: Mapped[str] = mapped_column(sa.String(60))


class ConventionName(FactTable):
    """What it is called, and where it meets; the newest counts."""

    __tablename__ = "convention_name"
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    place: Mapped[str | None] = mapped_column(sa.String(200), default=None)


class ConventionDates(FactTable):
    """What is known of a convention's dates, and how many items its list has; the newest counts."""

    __tablename__ = "convention_dates"
    __table_args__ = (sa.CheckConstraint("opens_on <= closes_on", name="opens_first"),)
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    special: Mapped[bool] = mapped_column(default=False)
    year: Mapped[int | None] = mapped_column(default=None)
    opens_on: Mapped[date | None] = mapped_column(default=None)
    closes_on: Mapped[date | None] = mapped_column(default=None)
    published_items: Mapped[int | None] = mapped_column(default=None)


class FollowThrough(FactTable):
    """What is done about a convention's items is kept, as a whole.

    Settled with its recording if their term was still running, else by the office.
    """

    __tablename__ = "follow_through"
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    kept_from: Mapped[date]


class OpenedColumn(FactTable):
    """Members may read the cells that the convention's lists have under this heading, until that is
    ended.
    """

    __tablename__ = "opened_column"
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    heading: Mapped[str] = mapped_column(sa.String(200))


class ListImport(FactTable):
    """A list was read in: its file, by name and SHA-256, and how many rows it had, brought and
    changed.

    The events of its rows are those from `first_event` to its own, which is the last. Older lists
    do not say the last three. It is retracted when it is undone, with what its rows brought.
    """

    __tablename__ = "list_import"
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    rows: Mapped[int]
    new_rows: Mapped[int | None] = mapped_column(default=None)
    changed_rows: Mapped[int | None] = mapped_column(default=None)
    first_event: Mapped[int | None] = mapped_column(default=None)
