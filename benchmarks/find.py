"""Finding items as the record grows.

One body of 1,000 items and one of 100,000, on both engines: queries that find as many items in each
of them, and a mixture of what people type with words of the worst kind.

    python -m benchmarks.find [--json] [--rounds 5] [--engines sqlite,postgresql] [--items 100000]
                              [--mixed 300]

Both grow out of the demonstration, by copying (grown.py), and each item gets words of its own.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable
from datetime import date
from random import Random
from time import perf_counter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.engine import READING, connect
from tracker.reading.find import find
from tracker.reading.find_models import FindResults
from tracker.record.as_of import AsOf
from tracker.record.items import Item

from .figures import figures, rounds, show
from .grown import Size, made_up_word, vary_words
from .growth import Place, place

SMALL = Size(conventions=5, items=200)
HITS = {"tenfold": 10, "hundredfold": 100, "fivehundredfold": 500}
"""Words that so many items say, in either body."""
ANSWERS = 9  # of each query in a round; their median counts
GROWN, SLOWEST = 2.0, 10.0  # targets: large to small; the slowest of a hundred to the median
WORST = (
    "a",
    "the of and",
    " ".join(f"word{number}" for number in range(1000)),
    "' OR 1=1 --",
    'NEAR("a" *) AND : {words}',
    "🤷 🤷",
    "\u202eשלום",  # noqa: RUF001
    "shall",
    "sh",
    "union members shall",
)


class Body:
    """The largest body of one database."""

    def __init__(self, url: str) -> None:
        self.engine = connect(url)
        with self.engine.connect() as connection:
            items = sa.select(Item.body_id, Item.convention_id, sa.func.count().label("items"))
            grouped = items.group_by(Item.body_id, Item.convention_id)
            largest = connection.execute(grouped.order_by(sa.desc("items"))).first()
        assert largest is not None
        self.id, self.convention_id, _items = largest

    def find(self, typed: str) -> FindResults:
        with Session(self.engine) as session:
            session.connection(execution_options=READING)
            return find(session, self.id, typed, as_of=AsOf(date(2026, 12, 1)))

    def milliseconds(self, typed: str) -> float:
        began = perf_counter()
        self.find(typed)
        return (perf_counter() - began) * 1000

    def median(self, typed: str) -> Callable[[], float]:
        return lambda: statistics.median(self.milliseconds(typed) for _ in range(ANSWERS))


def mixture(queries_wanted: int, seed: int = 1) -> list[str]:
    """What people type: one to three words, some misspelt, some in quotation marks."""
    dice = Random(seed)
    queries = list(WORST)
    while len(queries) < queries_wanted:
        words = [made_up_word(dice) for _ in range(dice.choice([1, 1, 2, 3]))]
        if dice.random() < 0.2:
            words[0] = words[0][:-1] + "x"
        if dice.random() < 0.1:
            words = [f'"{" ".join(words)}"']
        queries.append(" ".join(words))
    return queries


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--engines", default="sqlite,postgresql")
    options.add_argument("--items", type=int, default=100_000)
    options.add_argument("--mixed", type=int, default=300)  # queries of the mixture
    given = options.parse_args()
    for engine in given.engines.split(","):
        with place(engine) as where:
            measure(where, Size(conventions=20, items=given.items // 20), given)


def measure(where: Place, large: Size, given: argparse.Namespace) -> None:
    where.demonstration()
    source = Body(where.url("demo"))
    with source.engine.connect() as connection:
        slug = connection.scalar(
            sa.text("SELECT slug FROM convention WHERE id = :id"), {"id": source.convention_id}
        )
    source.engine.dispose()
    bodies = {}
    for name, size in (("small", SMALL), ("large", large)):
        where.grown(name, str(slug), size)
        vary_words(where.url(name), HITS)
        bodies[name] = Body(where.url(name))
    small, large_ = f"{SMALL.all_items:,} items", f"{large.all_items:,} items"
    measures, against = {}, {}
    for word, hits in HITS.items():
        assert all(body.find(word).count.items == hits for body in bodies.values()), word
        measures[f"{hits} hits, {small}"] = bodies["small"].median(word)
        measures[f"{hits} hits, {large_}"] = bodies["large"].median(word)
        against[f"{hits} hits, {large_}"] = (f"{hits} hits, {small}", GROWN)
    typed_twice = mixture(given.mixed) * 2
    mixed = sorted((bodies["large"].milliseconds(typed), typed) for typed in typed_twice)
    times = [milliseconds for milliseconds, _typed in mixed]
    median, slowest = statistics.median(times), statistics.quantiles(times, n=100)[98]
    # each by itself: among hundreds of queries one bad word would hide
    worst = sorted(
        ((bodies["large"].median(typed)() / median, typed[:40]) for typed in WORST), reverse=True
    )
    show(
        f"Finding, {where.engine}",
        "milliseconds an answer",
        figures(rounds(measures, given.rounds), against),
        given.json,
        **{
            f"mixture, {large_}: median": round(median, 1),
            "slowest of a hundred": round(slowest, 1),
            f"ratio (target {SLOWEST:g})": round(slowest / median, 1),
            f"worst words, x median (target {SLOWEST:g})": [
                (round(ratio, 1), typed) for ratio, typed in worst[:4]
            ],
            "slowest": [(round(milliseconds), typed[:40]) for milliseconds, typed in mixed[-5:]],
        },
    )
    for body in bodies.values():
        body.engine.dispose()


if __name__ == "__main__":
    main()
