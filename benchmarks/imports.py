"""A list with follow-through, from its bytes to the record.

Seconds of each stage, the peak of memory, and the ratio to the same rows inserted bare.

    python -m benchmarks.imports [--json] [--items 10000] [--again] [--engines sqlite,postgresql]

"bare": every row that the import wrote, inserted into an empty database by one INSERT for each
table, in one transaction. "again": the same list once more, which must change nothing. The import
runs in a process of its own, whose peak is printed.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import multiprocessing
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

import sqlalchemy as sa
from flask import Flask
from flask_babel import Babel
from sqlalchemy.orm import Session

from tracker import translation
from tracker.engine import connect
from tracker.extensions import Base
from tracker.importing.planning import preview
from tracker.importing.planning.conventions import Conventions
from tracker.importing.planning.models import RowOutcome
from tracker.importing.planning.options import ImportOptions
from tracker.importing.rows import row_reader
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.tables import column_reader, item_tables
from tracker.importing.tables.sheets import read_bytes
from tracker.importing.writing import plan_writer
from tracker.record import kept_summaries, ledger, proof

from .writes import urls

NOW = datetime(2018, 9, 1, 12, tzinfo=UTC)
OPENED, CLOSED_ON = date(2018, 7, 1), date(2018, 7, 5)
HEADINGS = (
    "Number",
    "Title",
    "Text",
    "Maker",
    "Cost implications",
    "Floor action",
    "Floor date",
    "Lead",
    "Due date",
    "Status",
    "Update",
    "Updated on",
    "Spent",
    "Goal area",
)
UNITS = ("Center for Research", "Government Relations", "Member Benefits", "Center for Teaching")
STATES = ("Vermont", "Ohio", "New Mexico", "Oregon", "Maine")
TEXT = (
    "The union shall ask its locals what they need, publish what they say in plain words, "
    "and send it to every member before the next assembly. "
)
UPDATE = (
    "Forty locals were asked in writing; thirty have answered, and their answers are published."
)


def a_list(count: int) -> bytes:
    """Three in four are adopted; half of those have an update, a third of these are complete; fixed
    dice.
    """
    dice, out = random.Random(7), io.StringIO()
    table = csv.writer(out)
    table.writerow(HEADINGS)
    for number in range(1, count + 1):
        adopted = dice.random() < 0.75
        told = adopted and dice.random() < 0.5
        status = dice.choice(("Complete", "In progress", "Not started")) if told else ""
        day = CLOSED_ON + timedelta(days=dice.randint(1, 50))
        table.writerow(
            (
                f"NBI {number}",
                f"What the locals need, part {number}",
                TEXT * dice.randint(1, 6),
                f"{dice.choice(STATES)}, T. Quill",
                dice.choice(("$12,000", "No cost", "Within the current budget", "$4,500")),
                "Adopted" if adopted else dice.choice(("Defeated", "Ruled out of order")),
                CLOSED_ON.isoformat(),
                dice.choice(UNITS) if adopted else "",
                date(2019, 5, 31).isoformat() if adopted else "",
                status,
                f"{UPDATE} ({number})" if told else "",
                day.isoformat() if told else "",
                f"{dice.randint(100, 9000)}.00" if status == "Complete" else "",
                f"G-{dice.randint(1, 9)}",
            )
        )
    return out.getvalue().encode()


class Stages:
    """Seconds by stage; a stage inside another is taken out of it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.open: list[list[float]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        inside = [0.0]
        self.open.append(inside)
        start = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - start
            self.open.pop()
            self.seconds[name] += took - inside[0]
            if self.open:
                self.open[-1][0] += took

    def timing(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*args, **named)

        return timed


def timed_functions() -> Iterator[tuple[str, object, str]]:
    """A stage, and the function that it is, where the import finds it."""
    yield "read", item_tables, "table"
    yield "understand", column_reader, "understand"
    yield "understand", row_reader, "read_rows"
    yield "settle", Conventions, "place_all"
    yield "settle", Conventions, "plan"
    yield "on record", preview, "_recorded_by_key"
    yield "summaries", kept_summaries, "_keep_all"


@dataclass(frozen=True)
class Told:
    seconds: dict[str, float]
    processor: float  # seconds, of all stages: what other programs take does not count
    megabytes: float
    outcomes: dict[str, int]


def bring_in(url: str, data: bytes, answers: Any) -> None:
    """Of a process of its own: reads the list, previews it and applies it; tells how long each
    stage took.
    """
    engine, stages, application = connect(url), Stages(), Flask("bench")
    begun = time.process_time()
    Babel(application)
    translation.init_app(application)
    options = ImportOptions(
        body="union",
        create=True,
        opened=OPENED,
        closed_on=CLOSED_ON,
        currency="USD",
        time_zone="UTC",
    )
    with ExitStack() as stack:
        stack.enter_context(application.test_request_context())
        for name, where, function in timed_functions():
            timed = stages.timing(name, getattr(where, function))
            stack.enter_context(mock.patch.object(where, function, timed))
        session = stack.enter_context(Session(engine))
        with stages.stage("read"):
            source = read_bytes(data, "list.csv")
        with stages.stage("compare"):
            shown = preview.preview(session, source, ListMapping(), options, NOW.date())
        with stages.stage("apply"):
            plan_writer.apply(session, shown, NOW)
        with stages.stage("commit"):
            session.commit()
    outcomes = {outcome.value: shown.count(outcome) for outcome in RowOutcome}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answers.put(Told(dict(stages.seconds), time.process_time() - begun, peak, outcomes))


def in_a_process(url: str, data: bytes) -> Told:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=bring_in, args=(url, data, answers))
    process.start()
    while True:
        try:
            told = answers.get(timeout=5)
            break
        except Exception:
            if not process.is_alive():
                raise SystemExit("the import failed") from None
    process.join()
    return told


def bare(from_url: str, to_url: str) -> tuple[int, float]:
    """How many rows the import wrote, and the seconds of inserting them with nothing else."""
    source, target = connect(from_url), connect(to_url)
    Base.metadata.create_all(target)
    content: list[tuple[sa.Table, list[dict[str, Any]]]] = []
    with source.connect() as connection:
        for table in Base.metadata.sorted_tables:
            content.append(
                (table, [dict(row._mapping) for row in connection.execute(sa.select(table))])
            )
    start = time.perf_counter()
    with target.begin() as connection:
        for table, written in content:
            if written:
                connection.execute(sa.insert(table), written)
    seconds = time.perf_counter() - start
    source.dispose()
    target.dispose()
    return sum(len(written) for _table, written in content), seconds


def bench(kind: str, count: int, again: bool) -> dict[str, object]:
    data = a_list(count)
    with urls(kind) as new:
        url, empty = new("record"), new("bare")
        engine = connect(url)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            ledger.begin(session)
            session.commit()
        told = in_a_process(url, data)
        more: dict[str, object] = {}
        if again:
            second = in_a_process(url, data)
            more["again"] = {"seconds": second.seconds, "outcomes": second.outcomes}
        with Session(engine) as session:
            more["problems"] = len(proof.prove(session).problems)
        engine.dispose()
        written, seconds = bare(url, empty)
    total = sum(told.seconds.values())
    return {
        "engine": kind,
        "items": count,
        "seconds": told.seconds,
        "total": total,
        "of the processor": told.processor,
        "peak in MB": told.megabytes,
        "rows written": written,
        "bare": seconds,
        "ratio": total / seconds,
        "outcomes": told.outcomes,
        **more,
    }


def show(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(told))
        return
    print(f"Import of {told['items']} items with follow-through, {told['engine']} (seconds)")
    for name, seconds in told["seconds"].items():
        print(f"  {name:14}{seconds:8.2f}")
    print(f"  {'in all':14}{told['total']:8.2f}  {told['ratio']:6.1f} x bare (targets 60 s, 10 x)")
    print(f"  {'processor':14}{told['of the processor']:8.2f}")
    print(f"  {'bare':14}{told['bare']:8.2f}  {told['rows written']} rows")
    print(f"  peak of memory {told['peak in MB']:.0f} MB (target 200)")
    print(f"  {told['outcomes']}; problems of the record: {told['problems']}")
    if "again" in told:
        second = told["again"]
        print(f"  again: {sum(second['seconds'].values()):.2f} s, {second['outcomes']}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--again", action="store_true", help="Import it a second time.")
    parser.add_argument("--engines", default="sqlite")
    asked = parser.parse_args()
    for kind in asked.engines.split(","):
        show(bench(kind, asked.items, asked.again), asked.json)


if __name__ == "__main__":
    main()
