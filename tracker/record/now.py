"""What lists read: the answer for each item, kept in the transaction of each act; it may be thrown away and made again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from tracker.extensions import Base
from tracker.rules import codes
from tracker.rules.rates import Counted, counted
from tracker.rules.verdict import Answer, answer

from .as_of import AsOf
from .items import Item, Link
from .ledger import CHAIN, Event, Head, canonical, names, plain, subscribers
from .load import load, zone_of


class Now(Base):
    """One item's answer as it holds until `holds_until`. Not a fact: derived, and replaced."""

    __tablename__ = "now"
    item_id: Mapped[int] = mapped_column(
        sa.ForeignKey("item.id"), primary_key=True, autoincrement=False
    )
    standing: Mapped[codes.Standing]
    late: Mapped[bool]
    verdict: Mapped[codes.Verdict]
    change: Mapped[codes.Change | None]
    reason: Mapped[str] = mapped_column(
        sa.Text
    )  # a code and its values; words are made where it is shown
    by_way_of: Mapped[int | None]
    last_word: Mapped[date | None]
    quiet_since: Mapped[
        date | None
    ]  # from which silence is measured; None where the floor asked for nothing
    due: Mapped[bool]
    group: Mapped[codes.Group | None]
    decided: Mapped[bool]
    done_on: Mapped[date | None]
    clauses: Mapped[int]
    clauses_done: Mapped[int]
    holds_until: Mapped[date | None] = mapped_column(index=True)


def derive(session: Session, body_id: int, item_ids: Collection[int], as_of: AsOf) -> list[Now]:
    every = load(session, body_id, item_ids, as_of)
    return [_now(key, answer(key, every)) for key in sorted(every.keys() & set(item_ids))]


def _now(key: int, said: Answer) -> Now:
    counts = counted(said)
    reason = canonical(
        [said.reason.code.value, {name: plain(value) for name, value in said.reason.values}]
    )
    quiet = [
        each.look.quiet_since
        for each in said.standing.clauses
        if each.look.duty_from and each.look.quiet_since
    ]
    return Now(
        item_id=key,
        standing=counts.standing,
        late=said.standing.late,
        verdict=counts.verdict,
        change=counts.change,
        reason=reason,
        by_way_of=said.by_way_of,
        last_word=said.word.heard_on if said.word else None,
        quiet_since=max(quiet, default=None),
        due=counts.due,
        group=counts.group,
        decided=counts.decided,
        done_on=counts.done_on,
        clauses=counts.clauses,
        clauses_done=counts.clauses_done,
        holds_until=said.holds_until,
    )


def counts_of(now: Now) -> Counted:
    """What the rates ask of it."""
    return Counted(
        now.standing,
        now.verdict,
        now.change,
        now.due,
        now.group,
        now.decided,
        now.done_on,
        now.clauses,
        now.clauses_done,
    )


KEPT = cast(sa.Table, Now.__table__)
CHANGE = sa.update(KEPT).where(KEPT.c.item_id == sa.bindparam("key"))


def keep(session: Session, now: Now) -> None:
    values = {name: getattr(now, name) for name in names(KEPT)}
    if not session.connection().execute(CHANGE, {"key": now.item_id, **values}).rowcount:
        session.connection().execute(sa.insert(KEPT), values)


def _touched() -> sa.Select[int]:
    """An item, and all that links ever joined with it: duties and verdicts follow them both ways, and the act may have ended one."""
    link = aliased(Link)
    reached = (
        sa.select(Item.id)
        .where(Item.id == sa.bindparam("item", type_=sa.BigInteger))
        .cte("reached", recursive=True)
    )
    other = sa.case((link.item_id == reached.c.id, link.target_id), else_=link.item_id)
    step = sa.select(other).join(
        reached, sa.or_(link.item_id == reached.c.id, link.target_id == reached.c.id)
    )
    return sa.select(reached.union(step).c.id)


TOUCHED = _touched()


def refresh(session: Session, event: Event) -> None:
    """The subscriber: whatever an act may have changed is derived anew, at once or, for many acts together, at their end."""
    body_id = event.id // CHAIN
    waiting: dict[int, set[int]] | None = session.info.get("now_waits")
    match event.subject_type:
        case "item":
            touched = (
                {event.subject_id}
                if waiting is not None
                else set(session.connection().scalars(TOUCHED, {"item": event.subject_id}))
            )
        case (
            "convention" | "body_setting" | "added_kind"
        ):  # the closing of one convention ends the term of another
            touched = set(session.scalars(sa.select(Item.id).where(Item.body_id == body_id)))
        case _:
            return
    if waiting is not None:
        waiting.setdefault(body_id, set()).update(touched)
    else:
        _keep_all(session, body_id, touched, event.recorded_at)


def _keep_all(session: Session, body_id: int, touched: Collection[int], at: datetime) -> None:
    today = at.astimezone(zone_of(session, body_id)).date()
    for now in derive(session, body_id, touched, AsOf(today)):
        keep(session, now)


@contextmanager
def kept_at_the_end(session: Session, batch: int = 500) -> Iterator[None]:
    """For many acts in one transaction (an import, a demonstration): what lists read is derived once, after the last of them."""
    if "now_waits" in session.info:
        yield
        return
    waiting: dict[int, set[int]] = {}
    session.info["now_waits"] = waiting
    try:
        yield
    finally:
        del session.info["now_waits"]
    for body_id, items in waiting.items():
        touched = {
            key for item in items for key in session.connection().scalars(TOUCHED, {"item": item})
        }
        at = session.connection().scalar(sa.select(Head.recorded_at).where(Head.chain == body_id))
        assert at is not None
        keys = sorted(touched)
        for start in range(0, len(keys), batch):
            _keep_all(session, body_id, keys[start : start + batch], at)


def current(
    session: Session, body_id: int, item_ids: Collection[int], today: date
) -> dict[int, Now]:
    """Reads what is kept; what midnight has overtaken is derived anew (and not written: reading writes nothing)."""
    kept = {
        now.item_id: now
        for now in session.scalars(
            sa.select(Now)
            .where(Now.item_id.in_(item_ids))
            .execution_options(populate_existing=True)
        )
    }
    stale = [key for key, now in kept.items() if now.holds_until and now.holds_until < today]
    return (
        kept | {now.item_id: now for now in derive(session, body_id, stale, AsOf(today))}
        if stale
        else kept
    )


def rebuild(
    session: Session, body_id: int, today: date, check: bool = False, batch: int = 500
) -> Iterator[str]:
    """Derive all anew; with `check` write nothing and tell what differs."""
    keys = list(
        session.scalars(sa.select(Item.id).where(Item.body_id == body_id).order_by(Item.id))
    )
    for start in range(0, len(keys), batch):
        part = keys[start : start + batch]
        kept = current(session, body_id, part, today)
        for now in derive(session, body_id, part, AsOf(today)):
            if not check:
                keep(session, now)
            elif differs := _differs(kept.get(now.item_id), now):
                yield f"item {now.item_id}: {differs}"


def _differs(kept: Now | None, derived: Now) -> str:
    """In which columns, and how; empty where nothing differs."""
    if kept is None:
        return "nothing is kept"
    pairs = {name: (getattr(kept, name), getattr(derived, name)) for name in names(KEPT)}
    said = [
        f"{name}: kept {old}, derived {new}"
        for name, (old, new) in pairs.items()
        if name != "holds_until" and old != new
    ]
    old, new = pairs["holds_until"]
    if new is not None and (
        old is None or old > new
    ):  # to hold for a shorter time than it could is no harm: it is derived anew then
        said.append(f"holds_until: kept {old}, derived {new}")
    return "; ".join(said)


subscribers.append(refresh)
