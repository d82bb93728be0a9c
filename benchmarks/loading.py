"""What an item's facts cost.

Plain SELECTs, one a table, as a ratio to one UNION that packs all tables in slots, in the same run.

    python -m benchmarks.loading [--json] [--rounds 15] [--items 500] [--engines sqlite,postgresql]

Processor time and waiting together, of one item, of 50 and of all, each with words; and the whole
answer of an item's page, which is where it matters: plain is to cost less than half as much again.
"""

from __future__ import annotations

import argparse
import enum
import gc
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker import create_app
from tracker.acts import (
    act_context,
    assignments,
    bodies,
    conventions,
    floor,
    items,
    money,
    people,
    progress,
)
from tracker.acts.evidence import NewEvidence
from tracker.acts.expenses import NewExpense
from tracker.config import Settings
from tracker.engine import connect
from tracker.extensions import Base, Instant, Key, Money
from tracker.record import as_of_parameters, fact_selects, kept_summaries, ledger, loader
from tracker.record.as_of import AsOf
from tracker.record.items import Clause
from tracker.rules.codes import Basis, Claimed, EvidenceKind, Floor, Kind, Part, Role
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant

from .figures import Figure, figures, rounds, show
from .writes import NOW, START, urls

WORDS = "What was done, in a sentence or two. " * 4


# --- all tables in one statement, as the loader did before: the baseline
# -----------------------------------------------------------

SLOTS: tuple[sa.types.TypeEngine[Any], ...] = (
    *[Key] * 10,
    *[sa.String()] * 6,
    *[sa.Text()] * 3,
    *[sa.Date()] * 4,
    *[sa.Boolean()] * 5,
    Instant(),
    Money(),
)
Slot = tuple[int, type[enum.Enum] | None]


def slots_of(statement: sa.Select[Any]) -> list[Slot]:
    """For each column of a statement the slot that carries it, and the codes to turn it back
    into.
    """
    free, found = list(enumerate(SLOTS)), []
    for column in statement.selected_columns:
        codes = column.type.enum_class if isinstance(column.type, sa.Enum) else None
        slot = next(slot for slot in free if fits(column.type, slot[1]))
        free.remove(slot)
        found.append((slot[0], codes))
    return found


def fits(kind: sa.types.TypeEngine[Any], slot: sa.types.TypeEngine[Any]) -> bool:
    if isinstance(kind, sa.Text):
        return isinstance(slot, sa.Text)
    if isinstance(kind, sa.String):
        return type(slot) is sa.String
    return (
        isinstance(slot, sa.Integer) if isinstance(kind, sa.Integer) else type(kind) is type(slot)
    )


@cache
def packed(
    bounds: as_of_parameters.Bounds,
) -> tuple[sa.CompoundSelect[Any], dict[str, tuple[Any, list[Slot]]]]:
    arms, layouts = [], {}
    for shape in fact_selects.TABLES:
        statement = fact_selects.fact_select(shape, bounds, True).select.statement
        layout = slots_of(statement)
        columns: list[sa.ColumnElement[Any]] = [sa.cast(sa.null(), slot) for slot in SLOTS]
        for (slot, _codes), column in zip(layout, statement.selected_columns, strict=True):
            columns[slot] = sa.type_coerce(column, SLOTS[slot])
        name = sa.literal_column(f"'{shape.__name__}'")
        arms.append(statement.order_by(None).with_only_columns(name, *columns))
        layouts[shape.__name__] = (shape, layout)
    return sa.union_all(*arms), layouts


class Packed(loader.Rows):
    """The same facts by the UNION."""

    def _read(self, connection: sa.Connection, keys: list[int], words: bool) -> loader.FactsByShape:
        if not words:
            return super()._read(connection, keys, words)
        bounds = as_of_parameters.bounds_of(self._as_of)
        parameters = as_of_parameters.parameters(self._as_of, keys=keys)
        statement, layouts = packed(bounds)
        rows: dict[str, list[Any]] = defaultdict(list)
        for name, *slots in connection.execute(statement, parameters):
            values = ((slots[n], codes) for n, codes in layouts[name][1])
            rows[name].append([codes(v) if codes and v is not None else v for v, codes in values])
        return {
            shape: self._build(
                shape,
                fact_selects.fact_select(shape, bounds, True).fields,
                sorted(rows[name], key=lambda row: row[2]),
            )
            for name, (shape, _) in layouts.items()
        }


# --- a record
# ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    url: str
    body_id: int
    items: list[int]


def place(url: str, number: int) -> Place:
    """A body of so many adopted items, each with an estimate, a lead, and two released entries with
    evidence and an expense.
    """
    engine = connect(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ledger.begin(session)
        body = bodies.found_body(
            session,
            "union",
            {
                "name": "A union",
                "time_zone": "America/New_York",
                "currency": "USD",
                "pages": "open",
            },
            START,
        )
        office = Actor(0, frozenset({Grant(Role.ADMINISTRATOR), Grant(Role.GOVERNANCE)}))
        context = act_context.for_body(session, body.id, office, START)
        convention = conventions.record(
            context,
            "2017",
            "2017",
            conventions.Dates(year=2017, opens_on=date(2017, 6, 30), closes_on=date(2017, 7, 5)),
        )
        unit = bodies.add_unit(context, "Research").id
        author = Actor(people.add(context, "Staff", unit).id, frozenset({Grant(Role.STAFF, unit)}))
        by_author = act_context.for_body(session, body.id, author, NOW)
        by_office = act_context.for_body(session, body.id, office, NOW)
        registered = []
        with kept_summaries.kept_at_the_end(session):
            for n in range(1, number + 1):
                text = items.NewVersion(words=f"Item {n}", title=WORDS)
                item = items.register(context, convention, Kind.NEW_BUSINESS_ITEM, str(n), text)
                registered.append(item)
                money.estimate(
                    context,
                    item,
                    money.NewEstimate(
                        sentence="$500.", basis=Basis.ADDITIONAL, amount=Decimal(500)
                    ),
                )
                floor.record_floor_action(context, item, Floor.ADOPTED, context.today)
                assignments.assign(context, item, Part.LEAD, unit)
            for item in registered:
                clause = session.scalars(
                    sa.select(Clause.id).where(Clause.item_id == item.id)
                ).one()
                for day in (3, 20):
                    entry = progress.log(
                        by_author,
                        item,
                        progress.NewEntry(
                            words=WORDS,
                            on=date(2018, 2, day),
                            claims=[NewClaim(clause_id=clause, claimed=Claimed.PROGRESS)],
                            evidence=[
                                NewEvidence(
                                    kind=EvidenceKind.LINK,
                                    title="A page",
                                    url="https://example.org/page",
                                )
                            ],
                            expenses=[
                                NewExpense(
                                    amount=Decimal(20), on=date(2018, 2, day), category="Printing"
                                )
                            ],
                        ),
                    )
                    progress.release(by_office, item, entry)
        session.commit()
        made = Place(url, body.id, [item.id for item in registered])
    engine.dispose()
    return made


# --- measuring
# ------------------------------------------------------------------------------------------


@contextmanager
def by(rows: type[loader.Rows]) -> Iterator[None]:
    usual = loader.Rows
    loader.Rows = rows  # type: ignore[misc]
    try:
        yield
    finally:
        loader.Rows = usual  # type: ignore[misc]


def milliseconds(act: Callable[[], object], times: int) -> float:
    """Of one call: the median of several."""
    took = []
    for _ in range(times):
        before = time.perf_counter()
        act()
        took.append(time.perf_counter() - before)
    return statistics.median(took) * 1e3


def bench(kind: str, times: int, number: int) -> list[Figure]:
    sizes = (1, 50, number)
    measures: dict[str, Callable[[], float]] = {}
    against: dict[str, tuple[str, float | None]] = {}
    with urls(kind) as new, tempfile.TemporaryDirectory() as folder:
        at = place(new("record"), number)
        settings = Settings(
            instance=Path(folder),
            secret_key="a key of the benchmarks, long enough",
            database_url=at.url,
            page_cache=0,
        )
        app = create_app(settings)
        app.config["CLOCK"] = lambda: NOW
        client, as_of = app.test_client(), AsOf(NOW.date())
        engine = connect(at.url)
        with Session(engine) as session:

            def facts(rows: type[loader.Rows], size: int) -> object:
                with by(rows):
                    return loader.load(session, at.body_id, at.items[:size], as_of, words=True)

            def page(rows: type[loader.Rows]) -> object:
                with by(rows):
                    answer = client.get("/union/2017/nbi-1")
                assert answer.status_code == 200, answer.status_code
                return answer

            for size in sizes:
                assert facts(loader.Rows, size) == facts(Packed, size)
            gc.collect()
            gc.freeze()
            for name, rows in (("packed", Packed), ("plain", loader.Rows)):
                for size in sizes:
                    often = 40 if size == 1 else 3
                    measures[f"{name}, {size}"] = lambda rows=rows, size=size, often=often: (
                        milliseconds(lambda: facts(rows, size), often)
                    )
                    if name == "plain":
                        against[f"plain, {size}"] = (f"packed, {size}", None)
                measures[f"{name}, page"] = lambda rows=rows: milliseconds(lambda: page(rows), 20)
            against["plain, page"] = ("packed, page", 1.5)
            found = rounds(measures, times)
        engine.dispose()
    return figures(found, against)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--items", type=int, default=500)
    parser.add_argument("--engines", default="sqlite,postgresql")
    asked = parser.parse_args()
    for kind in asked.engines.split(","):
        made = bench(kind, asked.rounds, asked.items)
        show(f"Facts of items, {kind}; ratios: at most", "milliseconds", made, asked.json)


if __name__ == "__main__":
    main()
