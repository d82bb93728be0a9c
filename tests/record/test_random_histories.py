"""Random histories: what is kept is the reading of its moment, no later act changes an earlier one,
rates and proof are sound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tracker.record import kept_summaries, ledger_tables, summary
from tracker.record.as_of import AsOf, at
from tracker.record.fact_selects import ALWAYS, TABLES
from tracker.record.items import OfItem
from tracker.record.ledger_tables import FactTable
from tracker.record.loader import load
from tracker.record.verification import verify, verify_texts
from tracker.rules.rates import Cohort, Rate, cohort, counted
from tracker.rules.verdict import answer

from .player import SETTINGS, SHORT, Move, Player, kept_values, moves

PLAYED: Counter[str] = Counter()
MUST_BE_PLAYED = (
    "confirmed",
    "returned",
    "reopened",
    "decide accepted",
    "decide declined",
    "correct entry",
    "correct floor",
    "correct decision",
    "link",
    "floor, day not known",
)


@pytest.fixture(scope="module")
def enough_was_played() -> Iterator[None]:
    """Looks, after the histories, whether they reached what they are to check."""
    yield
    missing = [name for name in MUST_BE_PLAYED if not PLAYED[name]]
    assert not missing, (missing, PLAYED)
    assert sum(PLAYED.values()) >= 200, PLAYED


@pytest.mark.slow
@pytest.mark.usefixtures("enough_was_played")
@SETTINGS
@given(history=moves)
def test_as_of_is_the_truth_of_its_day(engine: sa.Engine, history: list[Move]) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        for move in history:
            player.play(move)
        session.commit()
        PLAYED.update(player.played)
        body, keys = player.context.body_id, [item.id for item in player.items]
        session.expire_all()
        for n, (as_of, kept, facts) in enumerate(player.seen):
            assert load(session, body, keys, as_of) == facts
            assert {
                item_summary.item_id: kept_values(item_summary)
                for item_summary in summary.derive(session, body, keys, as_of)
            } == kept
            if n % 4 == 0:
                known_had_happened(session, player, as_of)
        for as_of in (
            AsOf(player.context.today),
            AsOf.happened_by(player.seen[len(player.seen) // 2][0].on),
        ):
            numerators_lie_in_their_denominators(session, player, as_of)
        holds_as_long_as_it_says(session, player)
        links_lead_nowhere_back(session, player)
        assert list(kept_summaries.rebuild(session, body, player.context.today, check=True)) == []
        assert list(verify(session, body, batch=7)) == []
        assert list(verify_texts(session)) == []


def known_had_happened(session: Session, player: Player, as_of: AsOf) -> None:
    """What was known on a day, and still stands, had happened by that day."""
    keys, known_on = (
        [item.id for item in player.items],
        AsOf.known_on(as_of.on, player.context.zone),
    )

    def rows(fact: type[FactTable], *where: sa.ColumnElement[bool]) -> set[int]:
        of_items = fact.item_id.in_(keys)  # type: ignore[attr-defined]
        statement = sa.select(fact.id).where(of_items, *where)
        return set(session.scalars(statement))

    for fact in {fact for fact in TABLES.values() if issubclass(fact, OfItem)}:
        known = rows(fact, at(fact, known_on), fact.ended_by.is_(None), fact.retracted_by.is_(None))
        assert known <= rows(fact, at(fact, AsOf.happened_by(as_of.on)))
        assert not rows(fact, at(fact, AsOf.happened_by(as_of.on)), fact.retracted_by.is_not(None))


def numerators_lie_in_their_denominators(session: Session, player: Player, as_of: AsOf) -> None:
    every = load(session, player.context.body_id, [item.id for item in player.items], as_of)
    for convention in player.conventions:
        mine = {
            key: counted(answer(key, every))
            for key, facts in every.items()
            if facts.item.convention_id == convention.id
        }
        if not mine:
            continue
        figures = cohort(every[min(mine)].clock, mine)
        if figures is None:
            continue
        assert isinstance(figures, Cohort)
        assert figures.adopted.due + figures.referred <= len(mine)
        assert (
            figures.accepted.due <= figures.decided.part <= figures.referred == figures.decided.of
        )
        for column in (figures.adopted, figures.accepted):
            for rate in vars(column).values():
                if isinstance(rate, Rate):
                    assert 0 <= rate.part <= rate.of
                    assert (rate.share is None) == (rate.of == 0)
            whole = [column.carried_out, column.no_word, column.reported_done]
            assert sum(rate.part for rate in whole) <= column.due
            assert (
                column.within_the_year is None
                or column.within_the_year.part <= column.carried_out.part
            )


def holds_as_long_as_it_says(session: Session, player: Player) -> None:
    keys = [item.id for item in player.items]
    today = {
        item_summary.item_id: item_summary
        for item_summary in summary.derive(
            session, player.context.body_id, keys, AsOf(player.context.today)
        )
    }
    for until in {
        item_summary.last_day for item_summary in today.values() if item_summary.last_day < date.max
    }:
        then = {
            item_summary.item_id: item_summary
            for item_summary in summary.derive(session, player.context.body_id, keys, AsOf(until))
        }
        for key, item_summary in today.items():
            if item_summary.last_day >= until:
                assert kept_values(then[key]) == kept_values(item_summary), (key, until)


def links_lead_nowhere_back(session: Session, player: Player) -> None:
    leads = load(
        session,
        player.context.body_id,
        [item.id for item in player.items],
        AsOf(player.context.today),
    )
    for key in leads:
        ahead, seen = [key], set[int]()
        while ahead:
            ahead = [
                link.target_id
                for item_id in ahead
                for link in leads[item_id].links
                if link.target_id not in seen
            ]
            seen.update(ahead)
        assert key not in seen


@SHORT
@given(history=moves)
def test_kept_at_the_end_is_kept_at_once(engine: sa.Engine, history: list[Move]) -> None:
    """An import derives what lists read once, after its last act: the same as after each."""
    with Session(engine) as session:
        player = Player.begin(session)
        player.look = lambda: None  # type: ignore[method-assign]  # lists are not read in between
        with kept_summaries.kept_at_the_end(session, batch=3):
            for move in history:
                player.play(move)
        body_id, today = player.context.body_id, player.context.today
        assert list(kept_summaries.rebuild(session, body_id, today, check=True)) == []
        session.rollback()


@pytest.mark.slow
@SHORT
@given(history=moves, seed=st.integers(0, 2**32))
def test_a_clock_that_steps_back(engine: sa.Engine, history: list[Move], seed: int) -> None:
    """recorded_at rises strictly all the same, so that an instant names one prefix of the chain."""
    dice = Random(seed)
    with Session(engine) as session:
        player = Player.begin(session)
        latest = player.context.now
        for move in history:
            player.context = replace(
                player.context,
                now=player.context.now - timedelta(seconds=dice.choice([0, 1, 40, 7000, 90_000])),
            )
            player.play(move)
            latest = max(latest, player.context.now)
        chain = player.context.body_id * ledger_tables.CHAIN
        times = list(
            session.scalars(
                sa.select(ledger_tables.Event.recorded_at)
                .where(ledger_tables.Event.id.between(chain, chain + ledger_tables.CHAIN))
                .order_by(ledger_tables.Event.id)
            )
        )
        assert all(before < after for before, after in pairwise(times))
        assert list(verify(session, player.context.body_id)) == []
        assert (
            list(
                kept_summaries.rebuild(
                    session,
                    player.context.body_id,
                    latest.astimezone(player.context.zone).date(),
                    check=True,
                )
            )
            == []
        )
        session.rollback()


def test_statements_do_not_grow(engine: sa.Engine) -> None:
    counts = []
    with Session(engine) as session:
        player = Player.begin(session)
        session.commit()
        load(session, player.context.body_id, [player.items[0].id], AsOf(player.context.today))
        for keys in ([player.items[0].id], [item.id for item in player.items]):
            statements: list[str] = []
            listener = lambda *args: statements.append(args[2])  # noqa: E731
            sa.event.listen(engine, "before_cursor_execute", listener)
            load(session, player.context.body_id, keys, AsOf(player.context.today))
            sa.event.remove(engine, "before_cursor_execute", listener)
            counts.append(len(statements))
    assert counts == [len(ALWAYS) + 4] * 2  # the items that links join, settings, kinds, clocks
