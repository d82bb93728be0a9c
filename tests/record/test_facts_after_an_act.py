"""The facts of an item after an act, made of what its rule was asked about and of what it wrote,
are those that are loaded.
"""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import ledger
from tracker.record.applied import applied
from tracker.record.as_of import AsOf
from tracker.record.ledger import Act
from tracker.record.ledger_tables import CHAIN, Event
from tracker.record.loader import load

from .player import Player, history

OF_EVERY_DAY = {
    "assigned",
    "claim_confirmed",
    "due_date_set",
    "progress_logged",
    "progress_released",
    "referral_decided",
}


def test_what_an_act_wrote_is_what_is_loaded(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: Counter[str] = Counter()  # acts of each kind

    def compare(session: Session, event: Event, act: Act) -> None:
        every = applied(act, event) if event.subject_type == "item" else None
        if every is not None:
            today = AsOf(every[event.subject_id].today)
            loaded = load(session, event.id // CHAIN, [event.subject_id], today)
            assert every == loaded, event.kind
            compared[event.kind] += 1

    monkeypatch.setattr(ledger, "subscribers", [*ledger.subscribers, compare])
    monkeypatch.setattr(Player, "look", lambda player: None)  # lists are not read in between
    with Session(engine) as session:
        for seed in range(10):
            player = Player.begin(session)
            for move in history(seed):
                player.play(move)
            session.rollback()
    assert compared.keys() >= OF_EVERY_DAY
