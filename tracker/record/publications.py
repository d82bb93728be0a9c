"""Fact tables: who may read a convention, its editions, and the code that members type in the hall.

The code is no fact: it is replaced, and lies outside the ledger.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from tracker.extensions import Base
from tracker.rules.codes import Visibility

from .ledger_tables import FactTable


class Publication(FactTable):
    """Who may read a convention, and whether they read it live or by edition.

    The newest that is not retracted counts, of today, whatever day is asked for. A convention
    without one is public, and read live.
    """

    __tablename__ = "publication"
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    visibility: Mapped[Visibility]
    by_edition: Mapped[bool]


def visibility_today(convention_id: sa.ColumnElement[int]) -> sa.ScalarSelect[Visibility]:
    """Who may read the convention of this key; null where nobody has settled it."""
    publication = aliased(Publication)
    return (
        sa.select(publication.visibility)
        .where(publication.convention_id == convention_id, publication.retracted_by.is_(None))
        .order_by(publication.recorded_by.desc(), publication.id.desc())
        .limit(1)
        .correlate_except(publication)
        .scalar_subquery()
    )


def by_edition_today(convention_id: sa.ColumnElement[int]) -> sa.ScalarSelect[bool]:
    """Whether readers read the convention of this key by edition; null where nobody settled it."""
    publication = aliased(Publication)
    return (
        sa.select(publication.by_edition)
        .where(publication.convention_id == convention_id, publication.retracted_by.is_(None))
        .order_by(publication.recorded_by.desc(), publication.id.desc())
        .limit(1)
        .correlate_except(publication)
        .scalar_subquery()
    )


class MembersCode(Base):
    """The code that opens a convention for members to whoever types it: its hash alone.

    The number of its version is kept in the session of whoever typed it, and grows with each new
    code, so that a new one closes the convention to those who typed the earlier ones.
    """

    __tablename__ = "members_code"
    convention_id: Mapped[int] = mapped_column(
        sa.ForeignKey("convention.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(200))
    made_at: Mapped[datetime]
    made_by: Mapped[int]  # the person in the body


class Edition(FactTable):
    """The record of a convention as known at one event, which readers see once it is published.

    `up_to` is the newest event of the body's chain when the board's copy was made. Before it is
    published it may be made anew: the earlier row of its number is retracted then.
    """

    __tablename__ = "edition"
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    number: Mapped[int]
    up_to: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))


class EditionSignOff(FactTable):
    """A second person of governance agreed with the board's copy of an edition."""

    __tablename__ = "edition_sign_off"
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), unique=True)
    note: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    # the file that was agreed with; None where it was not made
    copy_sha256: Mapped[str | None] = mapped_column(sa.String(64), default=None)


class EditionSchedule(FactTable):
    """The hour at which an edition is published by the worker. Ended where it was stopped, and
    where the edition was made anew.
    """

    __tablename__ = "edition_schedule"
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), index=True)
    at: Mapped[datetime]
    line: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)


class EditionPublication(FactTable):
    """From its event on, readers see the edition, with one line for them where there is one."""

    __tablename__ = "edition_publication"
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("edition.id"), unique=True)
    line: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    # where the worker published it at its hour
    schedule_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("edition_schedule.id"), default=None
    )
