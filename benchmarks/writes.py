"""Staff writes: 8 processes log progress, as the form does, as a ratio to the same rows written
bare in the same run; SQLite, PostgreSQL beside it.

    python -m benchmarks.writes [--json] [--rounds 5] [--seconds 3] [--engines sqlite,postgresql]

"whole": permission, rule, facts, ledger and what lists read, in one transaction. "bare rows": the
rows of the entry and nothing else. "bare commits": one row of three columns. Afterwards nothing may
be lost, failed, unproved, or kept otherwise than it is derived.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.postgres import Server
from tracker.acts import (
    act_context,
    assignments,
    bodies,
    conventions,
    floor,
    items,
    people,
    progress,
)
from tracker.engine import connect
from tracker.extensions import Base
from tracker.record import items as tables
from tracker.record import kept_summaries, ledger, ledger_tables, proof
from tracker.record import progress as entries
from tracker.rules.codes import Claimed, Floor, Kind, Part, Role
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant

from .figures import Figure, figures, rounds, show

# WARM: acts of each writer before the clock starts, so that statements are compiled
WRITERS, ITEMS, WARM = (
    8,
    200,
    5,
)
START, NOW = datetime(2017, 7, 3, 12, tzinfo=UTC), datetime(2018, 3, 1, 12, tzinfo=UTC)
WORDS = "What was done, in a sentence or two. " * 4
MODES = ("whole", "bare rows", "bare commits")
# acknowledged writes are on the disk, as with SQLite's synchronous = FULL
DURABLE = [
    "max_connections=60",
    "listen_addresses=",
]


@dataclass(frozen=True)
class Place:
    """A database with a body of ITEMS adopted items, each led by the unit of one manager."""

    url: str
    body_id: int
    manager: Actor
    clauses: dict[int, int]  # of each item


def place(url: str) -> Place:
    engine = connect(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ledger.begin(session)
        body = bodies.found_body(
            session,
            "union",
            {"name": "A union", "time_zone": "America/New_York", "currency": "USD"},
            START,
        )
        context = act_context.for_body(
            session,
            body.id,
            Actor(0, frozenset({Grant(Role.ADMINISTRATOR), Grant(Role.GOVERNANCE)})),
            START,
        )
        convention = conventions.record(
            context,
            "2017",
            "2017",
            conventions.Dates(year=2017, opens_on=date(2017, 6, 30), closes_on=date(2017, 7, 5)),
        )
        unit = bodies.add_unit(context, "Research").id
        manager = Actor(
            people.add(context, "A manager", unit).id, frozenset({Grant(Role.MANAGER, unit)})
        )
        with kept_summaries.kept_at_the_end(session):
            for n in range(1, ITEMS + 1):
                item = items.register(
                    context,
                    convention,
                    Kind.NEW_BUSINESS_ITEM,
                    str(n),
                    items.NewVersion(words=f"Item {n}"),
                )
                floor.record_floor_action(context, item, Floor.ADOPTED, context.today)
                assignments.assign(context, item, Part.LEAD, unit)
        clauses = dict(session.execute(sa.select(tables.Clause.item_id, tables.Clause.id)).all())
        session.commit()
        made = Place(url, body.id, manager, clauses)
    engine.dispose()
    return made


def whole(engine: sa.Engine, at: Place, dice: random.Random) -> None:
    with Session(engine) as session:
        key = dice.choice([*at.clauses])
        context = act_context.for_body(session, at.body_id, at.manager, NOW)
        progress.log(
            context,
            session.get_one(tables.Item, key),
            progress.NewEntry(
                words=WORDS,
                on=date(2018, 2, 20),
                claims=[NewClaim(clause_id=at.clauses[key], claimed=Claimed.PROGRESS)],
            ),
        )
        session.commit()


def bare_rows(engine: sa.Engine, at: Place, dice: random.Random) -> None:
    """The same rows: a text, an entry, a claim."""
    with Session(engine) as session:
        item = session.get_one(tables.Item, dice.choice([*at.clauses]))
        # any event that is there
        digest, event = (
            os.urandom(32).hex(),
            at.body_id * ledger_tables.CHAIN + 1,
        )
        session.execute(
            sa.insert(ledger_tables.Text),
            {"digest": digest, "nonce": os.urandom(16), "words": WORDS},
        )
        entry = session.scalars(
            sa.insert(entries.Entry).returning(entries.Entry.id),
            [
                {
                    "item_id": item.id,
                    "author_id": 1,
                    "words": digest,
                    "internal": False,
                    "by_office": False,
                    "recorded_by": event,
                }
            ],
        ).one()
        session.execute(
            sa.insert(entries.Claim),
            {
                "item_id": item.id,
                "entry_id": entry,
                "clause_id": at.clauses[item.id],
                "claimed": Claimed.PROGRESS,
                "recorded_by": event,
            },
        )
        session.commit()


def bare_commit(engine: sa.Engine, at: Place, dice: random.Random) -> None:
    with engine.begin() as connection:
        connection.execute(
            sa.insert(ledger_tables.Head),
            {"chain": dice.getrandbits(60), "event_id": 0, "recorded_at": NOW, "hash": ""},
        )


ACTS: dict[str, Callable[[sa.Engine, Place, random.Random], None]] = dict(
    zip(MODES, (whole, bare_rows, bare_commit), strict=True)
)


def writer(number: int, places: dict[str, Place], orders: Any, start: Any, told: Any) -> None:
    """A process: waits for (mode, seconds), writes, tells how long each act took, how many were
    acknowledged, and what failed.
    """
    dice, engines = random.Random(number), {mode: connect(at.url) for mode, at in places.items()}
    for mode, seconds in iter(orders.get, None):
        took, acknowledged, errors = list[float](), 0, list[str]()
        begins = None
        while begins is None or time.perf_counter() < begins + seconds:
            if begins is None and acknowledged == WARM:
                start.wait()
                begins = time.perf_counter()
            before = time.perf_counter()
            try:
                ACTS[mode](engines[mode], places[mode], dice)
                acknowledged += 1
                took.append(time.perf_counter() - before)
            except sa.exc.DatabaseError as error:
                errors.append(str(error)[:200])
        told.put((took[WARM:], acknowledged, errors))


class Crew:
    """Eight writers, started once; each measure sends all of them to work at the same moment."""

    def __init__(self, places: dict[str, Place], seconds: float) -> None:
        context = multiprocessing.get_context("spawn")
        self.seconds, self.told, self.start = seconds, context.Queue(), context.Barrier(WRITERS)
        self.orders = [context.Queue() for _ in range(WRITERS)]
        self.processes = [
            context.Process(
                target=writer, args=(n, places, orders, self.start, self.told), daemon=True
            )
            for n, orders in enumerate(self.orders)
        ]
        self.took: dict[str, list[float]] = {mode: [] for mode in MODES}
        self.acknowledged, self.errors = dict.fromkeys(MODES, 0), list[str]()
        for process in self.processes:
            process.start()

    def measure(self, mode: str) -> float:
        """Acts a second, of all together."""
        for orders in self.orders:
            orders.put((mode, self.seconds))
        found = [self.told.get(timeout=300) for _ in self.processes]
        self.took[mode] += [each for took, _, _ in found for each in took]
        self.acknowledged[mode] += sum(acknowledged for _, acknowledged, _ in found)
        self.errors += [error for _, _, errors in found for error in errors]
        return sum(len(took) for took, _, _ in found) / self.seconds

    def end(self) -> None:
        for orders in self.orders:
            orders.put(None)
        for process in self.processes:
            process.join()

    def waiting(self, mode: str) -> str:
        """Milliseconds of one act."""
        took = sorted(self.took[mode])
        p50, p99, longest = took[len(took) // 2], took[int(len(took) * 0.99)], took[-1]
        return f"p50 {p50 * 1e3:.0f}, p99 {p99 * 1e3:.0f}, longest {longest * 1e3:.0f} ms"


def sound(at: Place, acknowledged: int) -> dict[str, int]:
    """What was acknowledged and is not there; what `tracker verify` and `tracker rebuild --check`
    find.
    """
    engine = connect(at.url)
    with Session(engine) as session:
        lost = acknowledged - session.scalars(sa.select(sa.func.count(entries.Entry.id))).one()
        differs = len([*kept_summaries.rebuild(session, at.body_id, NOW.date(), check=True)])
    with Session(engine) as session:
        problems = len(proof.prove(session).problems)
    engine.dispose()
    return {"lost": lost, "problems": problems, "kept otherwise than derived": differs}


@contextmanager
def urls(kind: str) -> Iterator[Callable[[str], str]]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield lambda name: f"sqlite:///{Path(folder) / name}.sqlite3"
        return
    server = Server(DURABLE)
    try:
        with sa.create_engine(
            server.url.format("postgres"), isolation_level="AUTOCOMMIT"
        ).connect() as connection:

            def made(name: str) -> str:
                connection.exec_driver_sql(f"CREATE DATABASE {name}")
                return server.url.format(name)

            yield made
    finally:
        server.stop()


def bench(kind: str, times: int, seconds: float) -> tuple[list[Figure], dict[str, object]]:
    with urls(kind) as new:
        record, bare = place(new("record")), place(new("bare"))
        crew = Crew({"whole": record, "bare rows": bare, "bare commits": bare}, seconds)
        measures = {mode: lambda mode=mode: crew.measure(mode) for mode in MODES}
        found = rounds(measures, times)  # type: ignore[arg-type]
        crew.end()
        made = figures(
            found,
            {
                "whole": ("bare rows", 0.3 if kind == "sqlite" else 0.15),
                "bare rows": ("bare commits", None),
            },
        )
        return made, {
            "errors": len(crew.errors),
            **sound(record, crew.acknowledged["whole"]),
            "an act waits": crew.waiting("whole"),
            "bare rows wait": crew.waiting("bare rows"),
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--engines", default="sqlite,postgresql")
    asked = parser.parse_args()
    for kind in asked.engines.split(","):
        made, more = bench(kind, asked.rounds, asked.seconds)
        show(
            f"Staff writes with {WRITERS} processes, {kind}",
            "acts a second",
            made,
            asked.json,
            **more,
        )


if __name__ == "__main__":
    main()
