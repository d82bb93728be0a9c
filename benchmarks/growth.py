"""Pages as the record grows.

One answer of a convention, an item and a body in databases of several sizes, on both engines,
rendered anew.

    python -m benchmarks.growth [--json] [--rounds 5] [--engines sqlite,postgresql] [--items 100000]

"small" holds 1,000 items in conventions of 200, "large" 100,000; "wide" is a body of 20 conventions
with 500 items each. All grow out of one demonstration, by copying (grown.py); its own convention
and body are measured beside them.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.postgres import Server

from .figures import figures, rounds, show
from .grown import Size, grow
from .pages import APP, NOT_KEPT, Pages, richest
from .serving import HERE, Process, got, one_by_one, served

SMALL = Size(conventions=5, items=200)
WIDE = Size(conventions=20, items=500)
ANSWERS = 15  # of each page in a round; their median counts
GROWN, WIDER = 1.2, 2.0  # targets of the ratios


class Place:
    """Where one engine keeps the demonstration and what has grown out of it."""

    def __init__(self, engine: str, folder: Path, server: Server | None) -> None:
        self.engine, self.folder, self.server = engine, folder, server

    def url(self, name: str) -> str:
        if self.server is None:
            return f"sqlite:///{self.folder / name / 'record.sqlite3'}"
        return self.server.url.format(name)

    def environment(self, name: str) -> dict[str, str]:
        return NOT_KEPT | {
            "TRACKER_INSTANCE": str(self.folder / name),
            "TRACKER_DATABASE_URL": self.url(name),
        }

    def demonstration(self) -> None:
        if self.server is not None:
            self._create("demo", "template0")
        for words in (["init"], ["demo"]):
            subprocess.run(
                [sys.executable, "-c", "from tracker.cli import main; main()", *words],
                env=self.environment("demo"),
                cwd=HERE,
                check=True,
                stdout=subprocess.DEVNULL,
            )

    def grown(self, name: str, source: str, size: Size) -> None:
        """A copy of the demonstration's instance, grown."""
        if self.server is not None:
            self._create(name, "demo")
        else:
            with sqlite3.connect(self.folder / "demo" / "record.sqlite3") as whole:
                whole.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(self.folder / "demo", self.folder / name)
        grow(self.url(name), source, size)

    def _create(self, name: str, template: str) -> None:
        server = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        server.dispose()


@contextmanager
def place(engine: str) -> Iterator[Place]:
    server = Server() if engine == "postgresql" else None
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Place(engine, Path(folder), server)
    finally:
        if server is not None:
            server.stop()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--engines", default="sqlite,postgresql")
    options.add_argument("--items", type=int, default=100_000)
    given = options.parse_args()
    for engine in given.engines.split(","):
        with place(engine) as where:
            measure(where, Size(conventions=given.items // 200, items=200), given)


def measure(where: Place, large: Size, given: argparse.Namespace) -> None:
    where.demonstration()
    with ExitStack() as stack:
        with served(sys.executable, APP, where.environment("demo")) as process:
            pages = richest(process)
        sizes = {"small": SMALL, "large": large, "wide": WIDE}
        for name, size in sizes.items():
            where.grown(name, pages.convention.strip("/").partition("/")[2], size)
        processes = {
            name: stack.enter_context(served(sys.executable, APP, where.environment(name)))
            for name in ("demo", *sizes)
        }
        grown = Pages(*_of_the_first_copy(pages, processes["small"]), pages.body)

        def time_of(name: str, path: str) -> Callable[[], float]:
            return lambda: one_by_one(processes[name], path, ANSWERS)

        small, large_ = f"{SMALL.all_items:,} items", f"{large.all_items:,} items"
        found = rounds(
            {
                f"convention of 200, {small}": time_of("small", grown.convention),
                f"convention of 200, {large_}": time_of("large", grown.convention),
                f"item, {small}": time_of("small", grown.item),
                f"item, {large_}": time_of("large", grown.item),
                "demonstration's convention": time_of("demo", pages.convention),
                f"convention of {WIDE.items}": time_of("wide", grown.convention),
                "demonstration's body": time_of("demo", pages.body),
                f"body with {WIDE.all_items:,} items": time_of("wide", pages.body),
            },
            given.rounds,
        )
    show(
        f"Growth, {where.engine}",
        "milliseconds an answer",
        figures(
            found,
            {
                f"convention of 200, {large_}": (f"convention of 200, {small}", GROWN),
                f"item, {large_}": (f"item, {small}", GROWN),
                f"convention of {WIDE.items}": ("demonstration's convention", WIDER),
                f"body with {WIDE.all_items:,} items": ("demonstration's body", WIDER),
            },
        ),
        given.json,
    )


def _of_the_first_copy(pages: Pages, process: Process) -> tuple[str, str]:
    """The addresses of the richest item and of its convention there."""
    convention = f"{pages.convention.rstrip('/')}-1/"
    item = pages.item.replace(pages.convention, convention)
    assert " 200 OK" in got(process, item)[:20], item
    return item, convention


if __name__ == "__main__":
    main()
