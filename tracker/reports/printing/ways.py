"""The two ways from a document to a PDF."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum


class PrintEngine(StrEnum):
    """Both give the same pages. LINKED takes those that are kept, and lays out the others in
    processes of their own; PLAIN lays out all in one go.
    """

    LINKED = "linked"
    PLAIN = "plain"


def _processors() -> int:
    return min(2, os.cpu_count() or 1)


@dataclass(frozen=True)
class Way:
    """How a report is to be made.

    :param keeps_pages: takes pages that are kept, and keeps those that are made
    """

    engine: PrintEngine = PrintEngine.LINKED
    keeps_pages: bool = True
    processes: int = _processors()


USUAL = Way()

PRELOADED = ("tracker.reports.printing.preloaded",)
"""What the server of the processes that lay out pages loads besides WeasyPrint."""


def prepare(way: Way) -> None:
    """Before the data are collected: what the way needs is loaded meanwhile."""
    if way.engine is PrintEngine.LINKED:
        from tracker.reports.linked.processes import start_server

        start_server(PRELOADED)
