"""Processes that lay out pages.

They come from a server that has loaded WeasyPrint once (`forkserver` of the standard library), not
from this process, whose threads and connections they would inherit. Each ends with the connection
to whoever asked.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from .flow import Flow
from .layout import LayoutRequest, Made, Stretch, lay_out, prepared
from .pages import PageStore

SECONDS_WITHOUT_PAGE = 120
"""Where a process makes no page for so long, it is given up."""

PRELOADED = ["weasyprint", "weasyprint.pdf", "tracker.reports.linked.layout"]


class LayoutFailed(Exception):
    """A process could not lay out its pages, or has ended."""


class Watch(Protocol):
    """Is told of each page; may raise, to stop."""

    def __call__(self, made: Made) -> None: ...


class Processes:
    """Some processes for the pages of one report. They begin when they are needed.

    A context manager: with it they end, whatever happens.
    """

    def __init__(self, count: int, request: LayoutRequest, folder: Path, holds_for_all: str):
        self._count = count
        self._arguments = (request, folder, holds_for_all)
        self._running: list[tuple[BaseProcess, Connection]] = []

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_exception: object) -> None:
        for process, connection in self._running:
            connection.close()
            process.terminate()
        for process, _connection in self._running:
            process.join()

    def run(self, flow: Flow, stretches: Sequence[Stretch], watch: Watch) -> None:
        """Lays out all stretches, the earlier ones first. Raises LayoutFailed."""
        waiting = deque(stretches)
        self._begin(min(self._count, len(waiting)))
        busy: set[Connection] = set()
        for _process, connection in self._running:
            if waiting:
                connection.send((flow, waiting.popleft()))
                busy.add(connection)
        while busy:
            ready = wait(busy, SECONDS_WITHOUT_PAGE)
            if not ready:
                raise LayoutFailed(f"no page within {SECONDS_WITHOUT_PAGE} seconds")
            for connection in busy.intersection(ready):
                message = _received(connection)
                if isinstance(message, Made):
                    watch(message)
                elif isinstance(message, str):
                    raise LayoutFailed(message)
                elif waiting:
                    connection.send((flow, waiting.popleft()))
                else:
                    busy.remove(connection)

    def _begin(self, count: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        while len(self._running) < count:
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs, *self._arguments), daemon=True)
            process.start()
            theirs.close()
            self._running.append((process, ours))


def _received(connection: Connection) -> object:
    try:
        return connection.recv()
    except (EOFError, OSError) as error:
        raise LayoutFailed("a process has ended") from error


def serve(connection: Connection, request: LayoutRequest, folder: Path, holds_for_all: str) -> None:
    """What such a process does: stretch after stretch, until nobody asks any more."""
    gc.disable()
    store = PageStore(folder, holds_for_all)
    try:
        for flow, stretch in _asked(connection):
            try:
                for made in lay_out(flow, stretch, prepared(request), store):
                    connection.send(made)
                connection.send(None)
            except OSError:
                raise
            except Exception as error:
                connection.send(f"{type(error).__name__}: {error}")
    except OSError:  # whoever asked has ended
        return


def _asked(connection: Connection) -> Iterator[tuple[Flow, Stretch]]:
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return
