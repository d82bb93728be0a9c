"""The two ways from a document to a PDF."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum


class Engine(StrEnum):
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

    engine: Engine = Engine.LINKED
    keeps_pages: bool = True
    processes: int = _processors()


USUAL = Way()
