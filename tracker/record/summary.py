"""What lists read of each item: its state on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.extensions import Base
from tracker.rules import codes, item_code
from tracker.rules.item_state import ItemState
from tracker.rules.item_state import derive as derive_state
from tracker.rules.rates import Counted

from .as_of import AsOf
from .canonical_form import canonical_json, plain
from .loader import load

LIVE = 0  # in place of the event that an edition pins: the record as it is


class ItemSummary(Base):
    """One item's state from `first_day` to `last_day`, days in which nothing changes unless
    something is recorded; or its state in an edition, on the day of the edition (`up_to`).

    Not a fact: derived, and replaced. Words and names are not in it, so that an erasure leaves it
    as it is.
    """

    __tablename__ = "item_summary"
    item_id: Mapped[int] = mapped_column(
        sa.ForeignKey("item.id"), primary_key=True, autoincrement=False
    )
    # LIVE: the record as it is; else the event that an edition pins
    up_to: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    last_day: Mapped[date]  # 9999-12-31: for good
    convention_id: Mapped[int]
    sort_key: Mapped[bytes]  # compared byte by byte on both engines, whatever their language
    kind: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[str] = mapped_column(sa.String(40))
    as_published: Mapped[str | None] = mapped_column(sa.String(80))
    follows_through: Mapped[bool]
    standing: Mapped[codes.Standing]
    unheard: Mapped[bool]
    late: Mapped[bool]
    past_term: Mapped[bool]
    verdict: Mapped[codes.Verdict]
    # a code and its values; words are made where it is shown
    reason: Mapped[str] = mapped_column(sa.Text)
    by_way_of: Mapped[int | None]
    change: Mapped[codes.Change | None]
    change_outcome_id: Mapped[int | None]  # the outcome that says so
    due: Mapped[bool]
    group: Mapped[codes.Group | None]
    decided: Mapped[bool]
    done_on: Mapped[date | None]
    clauses: Mapped[int]
    clauses_done: Mapped[int]
    # all codes by which rates count it, in one: see `counted`
    counts_as: Mapped[str] = mapped_column(sa.String(240))
    # codes of the figures behind which it is a row, each between blanks
    figures: Mapped[str] = mapped_column(sa.Text)
    last_word: Mapped[date | None]
    # from which silence is measured; None where the floor asked for nothing
    quiet_since: Mapped[date | None]
    floor: Mapped[str] = mapped_column(sa.String(80))  # one code, or two, with a blank between
    floor_on: Mapped[date | None]
    referral_id: Mapped[int | None]  # the floor action that refers
    referred_unit_id: Mapped[int | None]
    lead_unit_id: Mapped[int | None]
    lead_ended: Mapped[bool]
    units: Mapped[str] = mapped_column(sa.Text)  # that lead any of its clauses, each between blanks
    estimate: Mapped[Decimal | None]
    appropriated: Mapped[Decimal | None]
    spent: Mapped[Decimal | None]
    not_accounted_for: Mapped[bool]
    entries_waiting: Mapped[int]  # this and the next for staff alone
    spent_waiting: Mapped[Decimal | None]
    __table_args__ = (
        # What figures are counted from, without a look at the rows themselves.
        sa.Index(
            "ix_item_summary_counts",
            "convention_id",
            "up_to",
            "counts_as",
            "first_day",
            "last_day",
            "clauses",
            "clauses_done",
            "done_on",
        ),
        sa.Index("ix_item_summary_order", "convention_id", "up_to", "sort_key"),
    )


class ListedItem(NamedTuple):
    """What the row of a list is made of: these columns of a summary, of one day."""

    item_id: int
    convention_id: int
    kind: str
    number: str
    as_published: str | None
    follows_through: bool
    standing: codes.Standing
    unheard: bool
    late: bool
    past_term: bool
    verdict: codes.Verdict
    reason: str
    by_way_of: int | None
    change: codes.Change | None
    change_outcome_id: int | None
    due: bool
    group: codes.Group | None
    done_on: date | None
    last_word: date | None
    floor: str
    floor_on: date | None
    referral_id: int | None
    referred_unit_id: int | None
    lead_unit_id: int | None
    lead_ended: bool
    estimate: Decimal | None
    appropriated: Decimal | None
    spent: Decimal | None
    not_accounted_for: bool

    @classmethod
    def of(cls, summary: ItemSummary) -> ListedItem:
        return cls._make(getattr(summary, name) for name in cls._fields)


LISTED = tuple(getattr(ItemSummary, name) for name in ListedItem._fields)
"""The columns to select for it."""


def derive(
    session: Session, body_id: int, item_ids: Collection[int], as_of: AsOf
) -> list[ItemSummary]:
    """As of one day, be it an earlier one; nothing is kept of it."""
    every = load(session, body_id, item_ids, as_of)
    summaries = []
    for item_id in sorted(every.keys() & set(item_ids)):
        state = derive_state(item_id, every)
        last_day = state.holds_until or date.max
        summaries.append(ItemSummary(**summary_values(state, as_of.on, last_day)))
    return summaries


def summary_values(state: ItemState, first: date, last: date, up_to: int = LIVE) -> dict[str, Any]:
    counts, money = state.counted, state.money
    reason = state.answer.reason
    values = {name: plain(value) for name, value in reason.values}
    return {
        "item_id": state.item_id,
        "up_to": up_to,
        "first_day": first,
        "last_day": last,
        "convention_id": state.convention_id,
        "sort_key": item_code.sort_key(state.kind, state.number),
        "kind": state.kind,
        "number": state.number,
        "as_published": state.as_published,
        "follows_through": state.follows_through,
        "standing": counts.standing,
        "unheard": state.unheard,
        "late": state.answer.standing.late,
        "past_term": state.past_term,
        "verdict": counts.verdict,
        "reason": canonical_json([reason.code.value, values]),
        "by_way_of": state.answer.by_way_of,
        "change": counts.change,
        "change_outcome_id": state.change_outcome,
        "due": counts.due,
        "group": counts.group,
        "decided": counts.decided,
        "done_on": counts.done_on,
        "clauses": counts.clauses,
        "clauses_done": counts.clauses_done,
        "counts_as": _counts_as(state),
        "figures": _between_blanks(state.figures),
        "last_word": state.last_word,
        "quiet_since": state.quiet_since,
        "floor": " ".join(action.action.value for action in state.floor),
        "floor_on": state.floor_on,
        "referral_id": state.referral.id if state.referral else None,
        "referred_unit_id": state.referral.unit_id if state.referral else None,
        "lead_unit_id": state.lead.unit_id if state.lead else None,
        "lead_ended": state.lead_ended,
        "units": _between_blanks(state.units),
        "estimate": money.estimated,
        "appropriated": money.appropriated,
        "spent": money.spent,
        "not_accounted_for": money.not_accounted_for,
        "entries_waiting": state.waiting.entries,
        "spent_waiting": state.waiting.spent,
    }


def _between_blanks(values: Iterable[str | int]) -> str:
    """So that one is found by " value ", and never a part of another."""
    joined = " ".join(map(str, values))
    return f" {joined} " if joined else ""


NONE = "-"


def _counts_as(state: ItemState) -> str:
    counts = state.counted
    within = any(code.startswith("within_the_year.") for code in state.figures)
    return " ".join(
        (
            counts.standing,
            counts.verdict,
            counts.change or NONE,
            counts.group or NONE,
            "due" if counts.due else NONE,
            "decided" if counts.decided else NONE,
            "within" if within else NONE,
        )
    )


def counted(
    counts_as: str, *, items: int, clauses: int, clauses_done: int, done_on: date | None
) -> Counted:
    """Items that have all codes in common, as rates count them; the amounts are sums, the day is
    the last.
    """
    standing, verdict, change, group, due, decided, _within = counts_as.split(" ")
    return Counted(
        standing=codes.Standing(standing),
        verdict=codes.Verdict(verdict),
        change=None if change == NONE else codes.Change(change),
        due=due != NONE,
        group=None if group == NONE else codes.Group(group),
        decided=decided != NONE,
        done_on=done_on,
        clauses=clauses,
        clauses_done=clauses_done,
        items=items,
    )


KEPT = cast(sa.Table, ItemSummary.__table__)


def on_day(
    day: date | sa.BindParameter[date], up_to: int | sa.BindParameter[int] = LIVE
) -> sa.ColumnElement[bool]:
    """The rows of one day: of the record as it is, or of the edition that pins this event."""
    return sa.and_(
        ItemSummary.up_to == up_to, ItemSummary.first_day <= day, ItemSummary.last_day >= day
    )


def kept_of(as_of: AsOf) -> sa.ColumnElement[bool]:
    """The rows of an as-of whose answers are kept."""
    return on_day(as_of.on, as_of.up_to or LIVE)


def current(session: Session, item_ids: Collection[int], today: date) -> dict[int, ItemSummary]:
    """What is kept of these items for a day, be it after midnight: nothing is derived."""
    rows = session.scalars(
        sa.select(ItemSummary)
        .where(ItemSummary.item_id.in_(item_ids), on_day(today))
        .execution_options(populate_existing=True)
    )
    return {summary.item_id: summary for summary in rows}
