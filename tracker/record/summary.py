"""What lists read of each item: its state, kept in the transaction of each act for all days ahead.

It may be thrown away and made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from tracker.extensions import Base
from tracker.rules import codes, item_code
from tracker.rules.item_facts import Facts
from tracker.rules.item_state import ItemState, spans
from tracker.rules.item_state import derive as derive_state
from tracker.rules.rates import Counted

from .applied import applied
from .as_of import AsOf
from .canonical_form import canonical_json, column_names, plain
from .items import Item, Link
from .keys import Among
from .ledger import Act, subscribers
from .ledger_tables import CHAIN, Event, Head
from .loader import load, zone_of


class ItemSummary(Base):
    """One item's state from `first_day` to `last_day`, days in which nothing changes unless
    something is recorded.

    Not a fact: derived, and replaced. Words and names are not in it, so that an erasure leaves it
    as it is.
    """

    __tablename__ = "item_summary"
    item_id: Mapped[int] = mapped_column(
        sa.ForeignKey("item.id"), primary_key=True, autoincrement=False
    )
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
        sa.Index(
            "ix_item_summary_counts",
            "convention_id",
            "counts_as",
            "first_day",
            "last_day",
            "clauses",
            "clauses_done",
            "done_on",
        ),  # what figures are counted from, without a look at the rows themselves
        sa.Index("ix_item_summary_order", "convention_id", "sort_key"),
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
    states = [derive_state(key, every) for key in sorted(every.keys() & set(item_ids))]
    return [
        ItemSummary(**_values(state, as_of.on, state.holds_until or date.max)) for state in states
    ]


def _values(state: ItemState, first: date, last: date) -> dict[str, Any]:
    counts, money = state.counted, state.money
    reason = state.answer.reason
    values = {name: plain(value) for name, value in reason.values}
    return {
        "item_id": state.item_id,
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
DAYS = ("first_day", "last_day")
FORGET = sa.delete(KEPT).where(Among(KEPT.c.item_id))
Row = dict[str, Any]


def on_day(day: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """The rows of one day."""
    return sa.and_(ItemSummary.first_day <= day, ItemSummary.last_day >= day)


def _rows_ahead(item_id: int, every: Mapping[int, Facts]) -> list[Row]:
    """The rows of all days ahead; neighbours that say the same are one."""
    rows: list[Row] = []
    for span in spans(item_id, every):
        row = _values(span.state, span.first, span.last)
        if rows and not _differing(rows[-1], row):
            rows[-1]["last_day"] = span.last
        else:
            rows.append(row)
    return rows


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return [name for name in one if name not in DAYS and one[name] != other[name]]


def _touched() -> sa.Select[int]:
    """Items, and all that links ever joined with them.

    Duties and verdicts follow them both ways, and the act may have ended one.
    """
    link = aliased(Link)
    reached = sa.select(Item.id).where(Among(Item.id)).cte("reached", recursive=True)
    other = sa.case((link.item_id == reached.c.id, link.target_id), else_=link.item_id)
    step = sa.select(other).join(
        reached, sa.or_(link.item_id == reached.c.id, link.target_id == reached.c.id)
    )
    return sa.select(reached.union(step).c.id)


TOUCHED = _touched()


# Acts on these change the answers of many items: the closing of one convention ends the term of
# another.
CONCERNS_ALL_ITEMS = ("convention", "body_setting", "added_kind")
SUMMARIES_THAT_WAIT = "summaries_wait"  # in a session's info


def refresh(session: Session, event: Event, act: Act) -> None:
    """The subscriber: whatever an act may have changed is derived anew, at once or, for many acts
    together, at their end.
    """
    body_id = event.id // CHAIN
    of_item = event.subject_type == "item"
    if not of_item and event.subject_type not in CONCERNS_ALL_ITEMS:
        return
    waiting: dict[int, set[int]] | None = session.info.get(SUMMARIES_THAT_WAIT)
    if waiting is not None:
        items_to_derive = {event.subject_id} if of_item else _items_of(session, body_id)
        waiting.setdefault(body_id, set()).update(items_to_derive)
        return
    if not of_item:
        _keep_all(session, body_id, _items_of(session, body_id), event.recorded_at)
        return
    every = applied(act, event)
    if every:
        _write(session, every, every)
        return
    touched = set(session.connection().scalars(TOUCHED, {"keys": [event.subject_id]}))
    _keep_all(session, body_id, touched, event.recorded_at)


def _items_of(session: Session, body_id: int) -> set[int]:
    return set(session.scalars(sa.select(Item.id).where(Item.body_id == body_id)))


def _keep_all(session: Session, body_id: int, touched: Collection[int], at: datetime) -> None:
    today = at.astimezone(zone_of(session, body_id)).date()
    keep(session, body_id, touched, today)


def keep(session: Session, body_id: int, item_ids: Collection[int], today: date) -> None:
    """Derive anew what is kept of these items, for today and all days ahead."""
    _write(session, item_ids, load(session, body_id, item_ids, AsOf(today)))


def _write(session: Session, item_ids: Collection[int], every: Mapping[int, Facts]) -> None:
    rows: list[Row] = []
    for item_id in sorted(every.keys() & set(item_ids)):
        rows += _rows_ahead(item_id, every)
    session.connection().execute(FORGET, {"keys": list(item_ids)})
    if rows:
        session.connection().execute(sa.insert(KEPT), rows)


@contextmanager
def kept_at_the_end(session: Session, batch: int = 500) -> Iterator[None]:
    """For many acts in one transaction (an import, a demonstration).

    What lists read is derived once, after the last of them.
    """
    if SUMMARIES_THAT_WAIT in session.info:
        yield
        return
    waiting: dict[int, set[int]] = {}
    session.info[SUMMARIES_THAT_WAIT] = waiting
    try:
        yield
    finally:
        del session.info[SUMMARIES_THAT_WAIT]
    for body_id, item_ids in waiting.items():
        touched: set[int] = set()
        for keys in batched(sorted(item_ids), batch):
            touched.update(session.connection().scalars(TOUCHED, {"keys": keys}))
        at = session.connection().scalar(sa.select(Head.recorded_at).where(Head.chain == body_id))
        assert at is not None
        for keys in batched(sorted(touched), batch):
            _keep_all(session, body_id, keys, at)


def batched(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The keys in their order, so many at a time."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def is_derived(session: Session) -> bool:
    """Whether all that this transaction recorded is in what lists read; not yet, within
    `kept_at_the_end`.
    """
    return SUMMARIES_THAT_WAIT not in session.info


def current(session: Session, item_ids: Collection[int], today: date) -> dict[int, ItemSummary]:
    """What is kept of these items for a day, be it after midnight: nothing is derived."""
    rows = session.scalars(
        sa.select(ItemSummary)
        .where(ItemSummary.item_id.in_(item_ids), on_day(today))
        .execution_options(populate_existing=True)
    )
    return {summary.item_id: summary for summary in rows}


def rebuild(
    session: Session, body_id: int, today: date, check: bool = False, batch: int = 500
) -> Iterator[str]:
    """Derive all anew; with `check` write nothing and tell what differs, of today and of all days
    ahead.
    """
    keys = list(
        session.scalars(sa.select(Item.id).where(Item.body_id == body_id).order_by(Item.id))
    )
    for item_ids in batched(keys, batch):
        if not check:
            keep(session, body_id, item_ids, today)
            continue
        kept = _kept(session, item_ids, today)
        every = load(session, body_id, item_ids, AsOf(today))
        for item_id in item_ids:
            difference = _difference(kept.get(item_id, []), _rows_ahead(item_id, every))
            if difference:
                yield f"item {item_id}: {difference}"


def _kept(session: Session, item_ids: Collection[int], today: date) -> dict[int, list[Row]]:
    """By item, the rows of today and of the days ahead, in their order."""
    rows_by_item: dict[int, list[Row]] = {}
    rows = session.connection().execute(
        sa.select(KEPT)
        .where(KEPT.c.item_id.in_(item_ids), KEPT.c.last_day >= today)
        .order_by(KEPT.c.item_id, KEPT.c.first_day)
    )
    for row in rows.mappings():
        rows_by_item.setdefault(row["item_id"], []).append(dict(row))
    return rows_by_item


def _difference(kept: list[Row], derived: list[Row]) -> str:
    """In which columns of which days they differ, and how; empty where nothing does.

    From when the first row holds is not compared: it was derived on an earlier day.
    """
    if not kept:
        return "nothing is kept"
    differences: list[str] = []
    for place, row in enumerate(derived):
        if place >= len(kept):
            differences.append(f"nothing is kept from {row['first_day']} on")
            break
        for name in column_names(KEPT):
            is_compared = name != "first_day" or place > 0
            if is_compared and kept[place][name] != row[name]:
                differences.append(f"{name}: kept {kept[place][name]}, derived {row[name]}")
    for row in kept[len(derived) :]:
        differences.append(f"first_day: kept {row['first_day']}, derived none")
    return "; ".join(differences)


subscribers.append(refresh)
