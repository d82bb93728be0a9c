"""Writers that are killed (kill -9) at any moment.

What was acknowledged is on record, what was not is there whole or not at all, and the chain proves.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.records import log_progress
from tracker.acts.act_context import for_body
from tracker.engine import connect
from tracker.record import anchors, kept_summaries, ledger_tables
from tracker.record.items import Item
from tracker.record.progress import Entry
from tracker.record.verification import verify
from tracker.rules.codes import Role
from tracker.rules.permissions import Actor, Grant

from .player import START, Player

WRITERS = 4
OFFICE = frozenset({Grant(Role.GOVERNANCE)})


@dataclass(frozen=True, kw_only=True)
class SharedRecord:
    url: str
    body_id: int
    items: list[int]
    acknowledged: Path  # a line for each commit that has returned: the entry's id and its words
    heads: Path


@pytest.fixture
def place(engine: sa.Engine, tmp_path: Path) -> Iterator[SharedRecord]:
    anchors.keep(engine, tmp_path / "heads.log")
    with Session(engine) as session:
        player = Player.begin(session)
        session.commit()
        yield SharedRecord(
            url=engine.url.render_as_string(hide_password=False),
            body_id=player.context.body_id,
            items=[item.id for item in player.items],
            acknowledged=tmp_path / "acknowledged",
            heads=tmp_path / "heads.log",
        )


def write(place: SharedRecord, number: int) -> None:
    """Entries, each in a transaction of its own, until somebody ends it.

    A line is written after the commit, as an answer is sent after it.
    """
    engine = connect(place.url)
    anchors.keep(engine, place.heads)
    acknowledged = os.open(place.acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    chance = random.Random(number)
    while True:
        words = f"Written by {number}: {chance.random()}"
        with Session(engine) as session:
            context, item = (
                for_body(session, place.body_id, Actor(1, OFFICE), START),
                session.get_one(Item, chance.choice(place.items)),
            )
            entry = log_progress(context, item, words).id
            session.commit()
        os.write(acknowledged, f"{entry} {words}\n".encode())


def kill_while_writing(
    place: SharedRecord, wanted: int, seed: int, longest_pause: float = 0.6
) -> int:
    """Kills and starts writers until so many commits were acknowledged; how many were killed."""
    context, chance = multiprocessing.get_context("fork"), random.Random(seed)
    started = killed = 0
    writers: list[multiprocessing.process.BaseProcess] = []
    until = time.monotonic() + 600
    while (
        sum(1 for _ in place.acknowledged.open()) < wanted if place.acknowledged.exists() else True
    ):
        assert time.monotonic() < until, "too slow"
        while len(writers) < WRITERS:
            started += 1
            writer = context.Process(target=write, args=(place, started), daemon=True)
            writer.start()
            writers.append(writer)
        time.sleep(chance.uniform(0.05, longest_pause))
        victim = writers.pop(chance.randrange(len(writers)))
        assert victim.exitcode is None, "a writer failed by itself"
        assert victim.pid is not None
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        killed += 1
    for writer in writers:
        writer.kill()
        writer.join()
    return killed


def examine(engine: sa.Engine, place: SharedRecord, wanted: int) -> None:
    acknowledged = dict(
        line.rstrip("\n").split(" ", 1) for line in place.acknowledged.read_text().splitlines()
    )
    assert len(acknowledged) >= wanted
    with Session(engine) as session:
        rows = session.execute(
            sa.select(Entry.id, ledger_tables.Text.words).join(
                ledger_tables.Text, ledger_tables.Text.digest == Entry.words
            )
        )
        kept = {str(key): words for key, words in rows}
        lost = {key: words for key, words in acknowledged.items() if kept.get(key) != words}
        assert not lost, f"{len(lost)} of {len(acknowledged)} acknowledged writes are lost"
        assert list(verify(session, place.body_id)) == []
        assert list(kept_summaries.rebuild(session, place.body_id, START.date(), check=True)) == []
        session.rollback()
        kept_heads = anchors.read(place.heads)
        events = session.scalar(sa.select(sa.func.count()).select_from(ledger_tables.Event))
        assert events is not None and events >= len(acknowledged) and kept_heads.anchors
        ids = [key for key, _hash in kept_heads.anchors]
        hashes = {
            key: hash_
            for key, hash_ in session.execute(
                sa.select(ledger_tables.Event.id, ledger_tables.Event.hash).where(
                    ledger_tables.Event.id.in_(ids)
                )
            )
        }
        assert all(hashes.get(key) == hash_ for key, hash_ in kept_heads.anchors), (
            "a head outside the database that it does not have"
        )


def test_a_few(engine: sa.Engine, place: SharedRecord) -> None:
    assert kill_while_writing(place, 25, 1) > 0
    examine(engine, place, 25)


@pytest.mark.soak
def test_a_thousand_acknowledged_writes_and_none_is_lost(
    engine: sa.Engine, place: SharedRecord
) -> None:
    assert kill_while_writing(place, 1000, random.randrange(10**6), longest_pause=2.5) > 5
    examine(engine, place, 1000)
