"""Tasks for processes, and somebody who asks for them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.reports.linked.layout import LayoutRequest, Made
from tracker.reports.linked.pages import PageStore
from tracker.reports.linked.processes import Processes

NO_REQUEST = LayoutRequest((), fetcher=print, base_url="", variant="", font_configuration="")  # type: ignore[arg-type]


class Stopped(Exception):
    """Whoever asked wants no more of it."""


@dataclass(frozen=True)
class Endless:
    """Makes so many pages, and never another. Its process holds the pipe open, and writes its
    number.
    """

    pipe: str
    pages: int = 0

    def perform(self, request: LayoutRequest, store: PageStore) -> Iterator[Made]:
        writing = os.open(self.pipe, os.O_WRONLY)
        os.write(writing, b"%d" % os.getpid())
        yield from (Made(number, number + 1) for number in range(self.pages))
        signal.pause()


@dataclass(frozen=True)
class Fault:
    def perform(self, request: LayoutRequest, store: PageStore) -> Iterator[Made]:
        yield Made(0, 1)
        raise ValueError("not this page")


@dataclass(frozen=True)
class Killed:
    def perform(self, request: LayoutRequest, store: PageStore) -> Iterator[Made]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield Made(0, 1)


def ask(folder: Path, *tasks: object, stops: bool = False) -> None:
    """Raises Stopped at the first page, where it stops."""

    def watch(_made: Made) -> None:
        if stops:
            raise Stopped

    with Processes(1, NO_REQUEST, Path(folder), "tests") as running:
        running.run(tasks, watch)  # type: ignore[arg-type]
