"""Facts as of any event, from what was read once, are those that the loader would read as of it."""

from __future__ import annotations

import random

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.everything import record_everything
from tests.statements import counting
from tracker.record.as_of import AsOf
from tracker.record.fact_history import FactHistory
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN, Event
from tracker.record.loader import load

from .player import Player, history


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_facts_are_those_of_the_loader_as_of_each_event(engine: sa.Engine, seed: int) -> None:
    with Session(engine, expire_on_commit=False) as session:
        player = Player.begin(session)
        for move in history(seed):
            player.play(move)
        if seed == 1:
            record_everything(player)
        session.commit()
        body_id, zone = player.context.body_id, player.context.zone
        keys = session.scalars(sa.select(Item.id).where(Item.body_id == body_id)).all()
        of_body = sa.and_(Event.id > body_id * CHAIN, Event.id < (body_id + 1) * CHAIN)
        events = session.execute(sa.select(Event.id, Event.recorded_at).where(of_body)).all()
        facts = FactHistory(session, body_id, keys)
        for event, recorded_at in random.Random(seed).sample(list(events), min(12, len(events))):
            day = recorded_at.astimezone(zone).date()
            for number in (event - 1, event):
                expected = load(session, body_id, keys, AsOf(day, up_to=number))
                for key in keys:
                    then = facts.as_of(number, key, day)
                    assert then.get(key) == expected.get(key), (event, number, key)
                    assert then.items() <= expected.items()


def test_the_number_of_statements_is_that_of_one_item(engine: sa.Engine) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        for move in history(4):
            player.play(move)
        session.commit()
        body_id = player.context.body_id
        keys = session.scalars(sa.select(Item.id).where(Item.body_id == body_id)).all()
        sent = []
        for wanted in (keys[:1], keys):
            with counting(engine) as statements:
                FactHistory(session, body_id, wanted)
            sent.append(len(statements))
        assert len(keys) > 1 and sent[0] == sent[1]
