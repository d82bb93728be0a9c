"""How far the layout of a report is: of how many of its items the pages are finished.

WeasyPrint keeps the page of each anchor, for references to pages: so it says of every anchor when
the page on which it stands is finished. An item is done once the next one has begun.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

Progress = Callable[[str, int | None, int | None], None]

STAGE = "layout"


class _LaidOut:
    """The anchors of items that stand on finished pages."""

    def __init__(self, anchors: Collection[str], progress: Progress) -> None:
        self._anchors = frozenset(anchors)
        self._begun: set[str] = set()
        self._progress = progress

    def begins(self, anchor: str) -> None:
        if anchor in self._anchors and anchor not in self._begun:
            self._begun.add(anchor)
            self.note()

    def note(self) -> None:
        if not self._anchors:
            self._progress(STAGE, None, None)
            return
        self._progress(STAGE, max(len(self._begun) - 1, 0), len(self._anchors))

    def ends(self) -> None:
        if self._anchors:
            self._progress(STAGE, len(self._anchors), len(self._anchors))


class _PageHandler(logging.Handler):
    """Says at each page how far it is, be no item done since: so a job that was cancelled ends."""

    def __init__(self, laid_out: _LaidOut) -> None:
        super().__init__(logging.INFO)
        self._laid_out = laid_out

    def emit(self, record: logging.LogRecord) -> None:
        self._laid_out.note()


@contextmanager
def items_laid_out(anchors: Collection[str], progress: Progress) -> Iterator[None]:
    """Tells `progress` of the items while WeasyPrint lays them out.

    :param anchors: of the items that the document has
    """
    from weasyprint import document

    laid_out = _LaidOut(anchors, progress)
    collector_class = document.TargetCollector

    class Collector(collector_class):  # type: ignore[misc, valid-type]
        def cache_target_page_counters(self, anchor_name: str, *place: Any) -> None:
            laid_out.begins(anchor_name)
            super().cache_target_page_counters(anchor_name, *place)

    log = logging.getLogger("weasyprint.progress")
    handler = _PageHandler(laid_out)
    level, propagates = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    document.TargetCollector = Collector
    laid_out.note()
    try:
        yield
        laid_out.ends()
    finally:
        document.TargetCollector = collector_class
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = propagates
