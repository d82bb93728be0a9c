"""Processes that lay out pages.

They come from a server that has loaded WeasyPrint once (`forkserver` of the standard library), not
from this process, whose threads and connections they would inherit. Each ends with the connection
to whoever asked.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

from . import contract
from .layout import LayoutRequest, Made
from .pages import PageStore

SECONDS_WITHOUT_PAGE = 120
"""Where a process makes no page for so long, it is given up."""

PRELOADED = ("weasyprint", "tracker.reports.linked.packing")


def start_server(preloaded: Sequence[str]) -> None:
    """Begins to load what processes will need; nobody waits for it. Once it runs, nothing.

    :param preloaded: modules that the server loads besides WeasyPrint
    """
    multiprocessing.set_forkserver_preload([*PRELOADED, *preloaded])
    forkserver.ensure_running()


class LayoutFailed(Exception):
    """A process could not lay out its pages, or has ended."""


class PageTask(Protocol):
    """What a process is asked to do; it is sent to it."""

    def perform(self, request: LayoutRequest, store: PageStore) -> Iterator[Made]:
        """Says of each page that it is in the store."""


class ContractBroken(Exception):
    """WeasyPrint is not as single pages need it. Who made the request is told by LayoutFailed."""


class Watch(Protocol):
    """Is told of each page; may raise, to stop."""

    def __call__(self, made: Made) -> None: ...


class Processes:
    """Some processes for the pages of one report. They begin when they are needed.

    A context manager: with it they end, whatever happens.

    :param preloaded: modules that the server loads besides WeasyPrint; the first report decides
    """

    def __init__(
        self,
        count: int,
        request: LayoutRequest,
        folder: Path,
        holds_for_all: str,
        preloaded: Sequence[str] = (),
    ) -> None:
        self._preloaded = preloaded
        self.count = count
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

    def run(self, tasks: Sequence[PageTask], watch: Watch) -> None:
        """Does all tasks, the earlier ones first. Raises LayoutFailed."""
        waiting = deque(tasks)
        self._begin(min(self.count, len(waiting)))
        busy: set[Connection] = set()
        for _process, connection in self._running:
            if waiting:
                connection.send(waiting.popleft())
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
                    connection.send(waiting.popleft())
                else:
                    busy.remove(connection)

    def _begin(self, count: int) -> None:
        start_server(self._preloaded)
        context = multiprocessing.get_context("forkserver")
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
    """What such a process does: task after task, until nobody asks any more."""
    threading.Thread(target=_end_with_who_asked, daemon=True).start()
    gc.disable()
    store = PageStore(folder, holds_for_all)
    try:
        for task in _tasks(connection):
            try:
                check_contract()
                for made in task.perform(request, store):
                    connection.send(made)
                connection.send(None)
            except OSError:
                raise
            except Exception as error:
                connection.send(f"{type(error).__name__}: {error}")
    except OSError:  # whoever asked has ended
        return


def check_contract() -> None:
    """Raises ContractBroken."""
    if broken := contract.broken():
        raise ContractBroken("; ".join(broken))


def _end_with_who_asked() -> None:
    """Be it killed, in the middle of a page: its parent is the server, which lives as long as any
    process that it made.
    """
    who_asked = multiprocessing.parent_process()
    if who_asked is not None:
        who_asked.join()
        os._exit(1)


def _tasks(connection: Connection) -> Iterator[PageTask]:
    while True:
        try:
            yield connection.recv()
        except EOFError:
            return
