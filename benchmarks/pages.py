"""Public pages of the demonstration on waitress, one process.

Kept, not modified, and rendered anew; as ratios to two baselines of the same run.

    python -m benchmarks.pages [--json] [--rounds 5] [--seconds 3] [--against CHECKOUT]

"hello" is a route of the same application without a database; "bare" a Flask application that is
not ours (bare_app.py). `--against` takes another checkout, with a virtual environment in .venv: its
pages are measured in the same rounds, on a demonstration of its own.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .figures import figures, rounds, show
from .serving import AS_BROWSERS, HERE, Process, got, per_second, served, tag_of

HELLO = "/bench/hello/nothing/here"
APP = "benchmarks.pages_app:app"
NOT_KEPT = {"TRACKER_PAGE_CACHE": "0"}
AGAIN, NOT_MODIFIED = 0.5, 0.6  # targets of the ratio to hello
ANEW = {"item page": 0.35, "convention page": 0.3, "body page": 0.5}  # to the bare application


@dataclass(frozen=True)
class Pages:
    """The addresses of the richest pages of a demonstration."""

    item: str
    convention: str
    body: str

    @property
    def by_name(self) -> dict[str, str]:
        return {
            "item page": self.item,
            "convention page": self.convention,
            "body page": self.body,
        }


@contextmanager
def demonstration(checkout: Path) -> Iterator[dict[str, str]]:
    """The environment of an instance that this checkout has made."""
    with tempfile.TemporaryDirectory() as folder:
        env = {"TRACKER_INSTANCE": str(Path(folder) / "instance")}
        for words in (["init"], ["demo"]):
            subprocess.run(
                [python_of(checkout), "-c", "from tracker.cli import main; main()", *words],
                env=env,
                cwd=checkout,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        yield env


def python_of(checkout: Path) -> str:
    return sys.executable if checkout == HERE else str(checkout / ".venv" / "bin" / "python")


def richest(process: Process) -> Pages:
    body = re.search(r'href="(/[a-z0-9-]+/)"', got(process, "/"))
    assert body, "no body on the first page"
    conventions = set(re.findall(rf'href="({body[1]}[a-z0-9-]+/)"', got(process, body[1])))
    convention = max(conventions, key=lambda path: len(got(process, path)))
    items = set(re.findall(rf'href="({convention}[a-z]+-[a-z0-9-]+)"', got(process, convention)))
    return Pages(max(items, key=lambda path: len(got(process, path))), convention, body[1])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=3)
    options.add_argument("--against", type=Path)
    given = options.parse_args()
    with ExitStack() as stack:
        env = stack.enter_context(demonstration(HERE))
        kept = stack.enter_context(served(sys.executable, APP, env))
        anew = stack.enter_context(served(sys.executable, APP, env | NOT_KEPT))
        bare = stack.enter_context(served(sys.executable, "benchmarks.bare_app:app", {}))
        pages = richest(anew)
        measures: dict[str, Callable[[], float]] = {
            "hello": lambda: per_second(kept, HELLO, given.seconds),
            "bare": lambda: per_second(bare, "/", given.seconds),
        }
        measures |= of_pages("", pages, anew, given.seconds)
        measures |= of_a_crowd("", pages, kept, given.seconds)
        if given.against:
            checkout = given.against.resolve()
            before_env = stack.enter_context(demonstration(checkout))
            python = python_of(checkout)
            before_kept = stack.enter_context(served(python, APP, before_env, checkout))
            before_anew = stack.enter_context(served(python, APP, before_env | NOT_KEPT, checkout))
            before_pages = richest(before_anew)
            measures |= of_pages("before: ", before_pages, before_anew, given.seconds)
            measures |= of_a_crowd("before: ", before_pages, before_kept, given.seconds)
        found = rounds(measures, given.rounds)
    show(
        "Pages",
        "answers a second of the processor's time, one process",
        figures(found, {name: _baseline(name) for name in found if name not in ("hello", "bare")}),
        given.json,
        pages=", ".join(pages.by_name.values()),
    )


def of_pages(
    which: str, pages: Pages, process: Process, seconds: float
) -> dict[str, Callable[[], float]]:
    """Each rendered anew for each request."""

    def measure(path: str) -> Callable[[], float]:
        return lambda: per_second(process, path, seconds)

    return {f"{which}{name}, anew": measure(path) for name, path in pages.by_name.items()}


def of_a_crowd(
    which: str, pages: Pages, process: Process, seconds: float
) -> dict[str, Callable[[], float]]:
    """Many want the same page, compressed as browsers ask for it; or have it already."""

    def again(path: str) -> Callable[[], float]:
        return lambda: per_second(process, path, seconds, AS_BROWSERS)

    def not_modified(path: str) -> Callable[[], float]:
        known = f"If-None-Match: {tag_of(process, path)}\r\n"
        return lambda: per_second(process, path, seconds, AS_BROWSERS + known, 304)

    found: dict[str, Callable[[], float]] = {}
    for name, path in (("item page", pages.item), ("convention page", pages.convention)):
        found[f"{which}{name}, again"] = again(path)
        found[f"{which}{name}, not modified"] = not_modified(path)
    return found


def _baseline(name: str) -> tuple[str, float | None]:
    page, _, how = name.removeprefix("before: ").partition(", ")
    if how == "anew":
        return "bare", ANEW[page]
    return "hello", AGAIN if how == "again" else NOT_MODIFIED


if __name__ == "__main__":
    main()
