"""Eight processes at one record.

Nothing is lost, nothing fails, the chain proves; and whoever only reads waits for no writer.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.records import log_progress
from tracker.acts.act_context import for_body
from tracker.engine import READING, connect
from tracker.record import kept_summaries, ledger_tables
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.loader import load
from tracker.record.progress import Entry
from tracker.record.verification import verify
from tracker.rules.codes import Role
from tracker.rules.permissions import Actor, Grant

from .player import START, Player

WRITERS, EACH = 8, 6
OFFICE = frozenset({Grant(Role.GOVERNANCE)})
Place = tuple[str, int, list[int]]  # the database, the body, its items


@pytest.fixture(scope="module")
def place(engine: sa.Engine) -> Iterator[Place]:
    with Session(engine) as session:
        player = Player.begin(session)
        session.commit()
        yield (
            engine.url.render_as_string(hide_password=False),
            player.context.body_id,
            [item.id for item in player.items],
        )


def writer(place: Place, number: int, failures: multiprocessing.Queue[list[str]]) -> None:
    """Logs EACH entries, every one in a transaction of its own, all writers at the same items."""
    url, body_id, items = place
    engine, failed = connect(url), []
    for n in range(EACH):
        try:
            with Session(engine) as session:
                log_progress(
                    for_body(session, body_id, Actor(number, OFFICE), START),
                    session.get_one(Item, items[n % len(items)]),
                    f"{number} {n}",
                )
                session.commit()
        except sa.exc.DatabaseError as error:
            failed.append(str(error))
    engine.dispose()
    failures.put(failed)


def test_eight_processes(engine: sa.Engine, place: Place) -> None:
    # quick; a child opens a connection of its own and touches none of ours
    context = multiprocessing.get_context("fork")
    failures: multiprocessing.Queue[list[str]] = context.Queue()
    processes = [
        context.Process(target=writer, args=(place, number, failures), daemon=True)
        for number in range(1, WRITERS + 1)
    ]
    for process in processes:
        process.start()
    failed = [failures.get(timeout=120) for _ in processes]
    for process in processes:
        process.join()
    assert failed == [[]] * WRITERS
    with Session(engine) as session:
        by = session.execute(
            sa.select(Entry.author_id, sa.func.count())
            .where(Entry.author_id > 0)
            .group_by(Entry.author_id)
        ).all()
        # none lost
        assert sorted(map(tuple, by)) == [(number, EACH) for number in range(1, WRITERS + 1)]
        assert list(verify(session, place[1])) == []
        assert list(kept_summaries.rebuild(session, place[1], START.date(), check=True)) == []


def test_reading_waits_for_no_writer(engine: sa.Engine, place: Place) -> None:
    """A GET begins deferred.

    It answers, with what was committed, while a writer holds the chain (else it would wait in vain
    for this very thread, and be refused); and the writer is not disturbed.
    """
    _, body_id, items = place
    with Session(engine) as writing, Session(engine.execution_options(**READING)) as reading:
        entries = sa.select(sa.func.count(Entry.id))
        before = reading.scalar(entries)
        reading.rollback()
        log_progress(
            for_body(writing, body_id, Actor(1, OFFICE), START),
            writing.get_one(Item, items[0]),
            "not committed yet",
        )
        assert len(load(reading, body_id, items, AsOf(START.date()))) == len(items)
        assert reading.scalar(entries) == before
        writing.commit()
        reading.rollback()
        assert reading.scalar(entries) == before + 1  # type: ignore[operator]


def test_writers_queue(engine: sa.Engine, place: Place) -> None:
    """The second writer waits at the chain, then continues what the first has written.

    No event is lost, none has the same number.
    """
    _, body_id, items = place
    order: list[str] = []

    def second() -> None:
        with Session(engine) as session:
            context = for_body(session, body_id, Actor(2, OFFICE), START)
            with context.record("progress_seen", session.get_one(Item, items[1])):
                order.append("second")
            session.commit()

    with Session(engine) as session:
        context = for_body(session, body_id, Actor(1, OFFICE), START)
        thread = threading.Thread(target=second)
        with context.record("progress_seen", session.get_one(Item, items[0])):
            thread.start()
            time.sleep(0.3)
            order.append("first")
        session.commit()
    thread.join(30)
    assert order == ["first", "second"]
    with Session(engine) as session:
        assert list(verify(session, body_id)) == []


def test_what_is_rolled_back_leaves_no_gap(engine: sa.Engine, place: Place) -> None:
    _, body_id, items = place
    with Session(engine) as session:
        context = for_body(session, body_id, Actor(1, OFFICE), START)
        head = session.get_one(ledger_tables.Head, body_id).event_id
        log_progress(context, session.get_one(Item, items[0]), "never mind")
        session.rollback()
        log_progress(
            replace(context, actor=Actor(2, OFFICE)),
            session.get_one(Item, items[0]),
            "this instead",
        )
        session.commit()
        assert (
            session.get_one(ledger_tables.Head, body_id, populate_existing=True).event_id
            == head + 1
        )
        assert list(verify(session, body_id)) == []
