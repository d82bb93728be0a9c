"""An edition pins an event: what is recorded after it changes none of its answers, on any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.acts.test_undoing import FIRST, OPTIONS, undo
from tests.factories.import_office import Office
from tests.record.player import SHORT, Move, Player, kept_values, moves
from tracker.record import summary
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.ledger_tables import Head
from tracker.record.loader import load
from tracker.record.surroundings import clocks_of, settings, zone_of
from tracker.rules.item_facts import Facts


def head(session: Session, body_id: int) -> int:
    return session.get_one(Head, body_id, populate_existing=True).event_id


def read(player: Player, as_of: AsOf) -> tuple[object, ...]:
    """All that follows from the facts, but for what is withheld: that is judged by today."""
    session, body_id = player.session, player.context.body_id
    keys = [item.id for item in player.items]
    facts = load(session, body_id, keys, as_of, words=True)
    summaries = summary.derive(session, body_id, keys, as_of)
    zone = player.context.zone
    return (
        {key: replace(of_item, withholdings=()) for key, of_item in facts.items()},
        {one.item_id: kept_values(one) for one in summaries},
        settings(session, body_id, as_of),
        clocks_of(session, body_id, as_of, zone),
    )


@pytest.mark.slow
@SHORT
@given(history=moves, pinned=st.integers(0, 25))
def test_it_says_the_same_whatever_is_recorded_after_it(
    engine: sa.Engine, history: list[Move], pinned: int
) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        pinned = min(pinned, len(history))
        for move in history[:pinned]:
            player.play(move)
        today, zone = player.context.today, player.context.zone
        up_to = head(session, player.context.body_id)
        live = read(player, AsOf(today))
        known_then = player.seen[len(player.seen) // 2][0].on
        past = read(player, AsOf.known_on(known_then, zone))
        for move in history[pinned:]:
            player.play(move)
        session.expire_all()
        assert read(player, AsOf(today, up_to=up_to)) == live
        assert read(player, AsOf.known_on(known_then, zone, up_to)) == past
        session.rollback()


def facts_of(office: Office, as_of: AsOf) -> dict[int, Facts]:
    body_id = office.convention().body_id
    keys = office.session.scalars(sa.select(Item.id).where(Item.body_id == body_id)).all()
    return load(office.session, body_id, keys, as_of, words=True)


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def test_an_import_that_is_undone_after_it_stays_in_it(office: Office) -> None:
    """On the edition's own day, and on days before it."""
    office.take(FIRST, **OPTIONS)
    body_id = office.convention().body_id
    before = head(office.session, body_id)
    edition = AsOf(office.today, up_to=before)
    known = AsOf.known_on(
        office.today + timedelta(days=1), zone_of(office.session, body_id), before
    )
    held = facts_of(office, edition)
    assert len(held) == 2
    undo(office)
    assert facts_of(office, edition) == held
    assert facts_of(office, known).keys() == held.keys()
    after = head(office.session, body_id)
    assert facts_of(office, replace(edition, up_to=after)) == {}
    assert facts_of(office, replace(known, up_to=after)) == {}
