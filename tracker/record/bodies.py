"""Fact tables: the body, its settings, units, delegations, funds, and the kinds of items that it
adds.

What a unit, delegation or fund was called first stands in its row; later names, closings and
mergers are facts of their own, which hold from their recording (`rules.rosters`).
"""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from .ledger_tables import FactTable

NAME = 200  # the longest name of a unit, a delegation, a fund


class Body(FactTable):
    """An organisation; its id is its chain.

    It is announced in the installation's chain. Its name, zone and currency are settings.
    """

    __tablename__ = "body"
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)


class BodySetting(FactTable):
    """In force from the day of its recording; the newest counts.

    The names are those of `rules.settings`.
    """

    __tablename__ = "body_setting"
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    value: Mapped[str] = mapped_column(sa.String(200))


class Unit(FactTable):
    """A department, center, committee or board: whatever can lead, or receive a referral."""

    __tablename__ = "unit"
    __table_args__ = (sa.UniqueConstraint("body_id", "name"),)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(NAME))


class Delegation(FactTable):
    """Whoever sponsors on the floor: a state, a council, a caucus, "50 delegates", the Board."""

    __tablename__ = "delegation"
    __table_args__ = (sa.UniqueConstraint("body_id", "name"),)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(NAME))


class UnitName(FactTable):
    """Another name of a unit: the newest counts."""

    __tablename__ = "unit_name"
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(NAME))


class UnitClosing(FactTable):
    """A unit is closed, until the fact is ended: no form offers it."""

    __tablename__ = "unit_closing"
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)


class UnitMerger(FactTable):
    """All that a unit had is another's, until the fact is ended."""

    __tablename__ = "unit_merger"
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    into_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)


class DelegationName(FactTable):
    """As `UnitName`."""

    __tablename__ = "delegation_name"
    delegation_id: Mapped[int] = mapped_column(sa.ForeignKey("delegation.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(NAME))


class DelegationClosing(FactTable):
    """As `UnitClosing`."""

    __tablename__ = "delegation_closing"
    delegation_id: Mapped[int] = mapped_column(sa.ForeignKey("delegation.id"), index=True)


class DelegationMerger(FactTable):
    """As `UnitMerger`."""

    __tablename__ = "delegation_merger"
    delegation_id: Mapped[int] = mapped_column(sa.ForeignKey("delegation.id"), index=True)
    into_id: Mapped[int] = mapped_column(sa.ForeignKey("delegation.id"), index=True)


class Fund(FactTable):
    """What pays for adopted items, as the convention set it up. Money in the body's currency."""

    __tablename__ = "fund"
    __table_args__ = (sa.UniqueConstraint("convention_id", "name"),)
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(NAME))
    amount: Mapped[Decimal | None] = mapped_column(default=None)


class AddedKind(FactTable):
    """A kind of item beyond those of docs/glossary.md; whether it needs follow-through is the
    body's choice.
    """

    __tablename__ = "added_kind"
    __table_args__ = (
        sa.UniqueConstraint("body_id", "code"),
        sa.UniqueConstraint("body_id", "prefix"),
    )
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(40))
    prefix: Mapped[str] = mapped_column(sa.String(8))
    follows_through: Mapped[bool]


class FundRevision(FactTable):
    """Another name and amount of a fund: the newest counts."""

    __tablename__ = "fund_revision"
    fund_id: Mapped[int] = mapped_column(sa.ForeignKey("fund.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(NAME))
    amount: Mapped[Decimal | None] = mapped_column(default=None)


class AddedKindClosing(FactTable):
    """No item of the kind is recorded any more, until the fact is ended; those of it stay."""

    __tablename__ = "added_kind_closing"
    added_kind_id: Mapped[int] = mapped_column(sa.ForeignKey("added_kind.id"), index=True)
