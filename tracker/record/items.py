"""Fact tables: items, what the floor did with them, who has them, where their duty went."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from tracker.extensions import enum_type
from tracker.rules.codes import ColumnVisibility, Decision, Floor, FloorPart, Part, Purpose, Stage

from .ledger_tables import FactTable


class Item(FactTable):
    """The identity alone: it never changes, so that everything else may point at it."""

    __tablename__ = "item"
    __table_args__ = (sa.UniqueConstraint("convention_id", "kind", "number"),)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    # a code of `rules.codes.Kind`, or one that the body added
    kind: Mapped[str] = mapped_column(sa.String(40))
    # normalised; "unnumbered-1" where the list gives none
    number: Mapped[str] = mapped_column(sa.String(40))
    as_published: Mapped[str | None] = mapped_column(sa.String(80), default=None)


def on_record(item: type[Item]) -> sa.ColumnElement[bool]:
    """Whether anything is on record of it: an item is recorded with a clause, and has one ever
    after, unless the import that brought it is undone.

    Its identity stays, and is taken up again when it comes in again.
    """
    clause = aliased(Clause)
    standing = sa.select(sa.literal(1)).where(
        clause.item_id == item.id, clause.retracted_by.is_(None)
    )
    return standing.correlate(item).exists()


class OfItem(FactTable):
    """A fact about one item; all of an item's facts are found by one indexed column."""

    __abstract__ = True
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), index=True)


class OfClause(OfItem):
    """A fact about one clause, or about the whole item."""

    __abstract__ = True
    clause_id: Mapped[int | None] = mapped_column(sa.ForeignKey("clause.id"), default=None)


class Designation(OfItem):
    """A kind or number typed wrong, put right: the newest counts, and the addresses before it
    redirect.
    """

    __tablename__ = "designation"
    __table_args__ = (sa.Index("uq_designation_address", "convention_id", "kind", "number"),)
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"))
    kind: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[str] = mapped_column(sa.String(40))
    as_published: Mapped[str | None] = mapped_column(sa.String(80), default=None)


class FloorPerson(OfItem):
    """Maker, seconder, contact or sponsor.

    A delegation, and perhaps a name, which is shown only where the body shows names.
    """

    __tablename__ = "floor_person"
    __table_args__ = (
        sa.CheckConstraint("delegation_id IS NOT NULL OR name IS NOT NULL", name="somebody"),
    )
    part: Mapped[FloorPart]
    delegation_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("delegation.id"), index=True, default=None
    )
    name: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)


class Recommendation(OfItem):
    """What a board advised; never a floor action."""

    __tablename__ = "recommendation"
    words: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))


class SourceCell(OfItem):
    """What a list said of an item and no field holds, kept as published; the newest of a heading
    counts.

    It is internal until the office opens its column (`conventions.OpenedColumn`).
    """

    __tablename__ = "source_cell"
    heading: Mapped[str] = mapped_column(sa.String(200))
    words: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    file_name: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    source_row: Mapped[int | None] = mapped_column(default=None)
    # None: recorded before it was asked
    visibility: Mapped[ColumnVisibility | None] = mapped_column(
        enum_type(ColumnVisibility, "visibility"), default=None
    )


class Version(OfItem):
    """The text at one stage; of each stage the newest counts."""

    __tablename__ = "version"
    stage: Mapped[Stage]
    title: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    words: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    rationale: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    truncated: Mapped[bool] = mapped_column(default=False)  # the source cut the text off


class Clause(OfItem):
    """One directed act, or a declaration.

    The office may replace the default one, the whole, until the first entry.
    """

    __tablename__ = "clause"
    number: Mapped[int]
    # None: the default clause, the whole item
    words: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    declaration: Mapped[bool] = mapped_column(default=False)
    addressee: Mapped[str | None] = mapped_column(sa.String(200), default=None)


class DueDate(OfClause):
    """The first is part of the item; each later one is an extension, by whom and why."""

    __tablename__ = "due_date"
    due_on: Mapped[date]
    by_whom: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    reason: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)


class FloorAction(OfClause):
    """What the floor did, on its event's date; the order in the source counts within a day."""

    __tablename__ = "floor_action"
    action: Mapped[Floor]
    position: Mapped[int] = mapped_column(default=1)
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), default=None)
    purpose: Mapped[Purpose | None] = mapped_column(default=None)
    decides_by: Mapped[date | None] = mapped_column(default=None)
    votes_for: Mapped[int | None] = mapped_column(default=None)
    votes_against: Mapped[int | None] = mapped_column(default=None)
    abstained: Mapped[int | None] = mapped_column(default=None)
    by_voice: Mapped[bool] = mapped_column(default=False)
    session: Mapped[str | None] = mapped_column(sa.String(120), default=None)
    # as published, where it names no unit
    referred_to: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    note: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)


class ReferralDecision(OfClause):
    __tablename__ = "referral_decision"
    decision: Mapped[Decision]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    reason: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    meeting_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("meeting.id"), index=True, default=None
    )


class Assignment(OfClause):
    """A unit, and perhaps a person in it. The newest lead counts; an end leaves nobody."""

    __tablename__ = "assignment"
    part: Mapped[Part]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), default=None)


class Link(OfClause):
    """The duty is carried on by the target. The next link ends the one before."""

    __tablename__ = "link"
    target_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), index=True)
