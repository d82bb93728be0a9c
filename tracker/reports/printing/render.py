"""Makes the PDF of collected data, by the linked way or by the plain one.

No record is read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from tracker.reports.body_models import YearsReport
from tracker.reports.linked.engine import LaidOut
from tracker.reports.models import CollectedReport, Report, ReportKind, has_more, has_sections
from tracker.reports.printed_items import ONE_ITEM, WHOLE

from . import archive_check, characters, document, linked_pages, plain_pages, ways
from .added_fonts import NONE_ADDED, font_files
from .characters import NO_BOXES, Boxes
from .shortened import pages_of_long_items, within_limits
from .ways import PrintEngine, Way

if TYPE_CHECKING:
    from weasyprint import Document

Progress = Callable[[str, int | None, int | None], None]
"""Is told the stage, how many items are done, and of how many."""

log = logging.getLogger("tracker.reports")

PAGES_WITH_CONTENTS = 8
"""A report of more pages than this has a table of contents."""

PAGES_WITH_INDEX = 20
"""A report of more pages than this has an index too."""

PAGES_OF_ONE_ITEM, PAGES_OF_ONE_ITEM_IN_LARGE = 2, 5


@dataclass(frozen=True)
class RenderedReport:
    """What was made.

    `boxes` are the characters for which no font has a sign, and the items in which they stand.
    """

    pages: int
    boxes: Boxes = NO_BOXES
    engine: PrintEngine = PrintEngine.PLAIN
    laid_out: int | None = None  # how many of the pages were not known; None: all


def no_progress(stage: str, done: int | None, total: int | None) -> None:
    """For a caller who does not want to know how far it is."""


def write(
    report: CollectedReport,
    target: Path,
    progress: Progress = no_progress,
    way: Way = ways.USUAL,
) -> RenderedReport:
    """Writes the PDF (PDF/A-3a and PDF/UA-1); in an application context.

    The stages are "template", "layout" (items done, of all), "write", "archive" and
    "check".
    """
    progress("template", None, None)
    if way.engine is PrintEngine.LINKED and report.kind is not ReportKind.ITEM:
        try:
            return _write_linked(report, target, progress, way)
        except linked_pages.FAILURES as error:
            log.exception("a report is laid out in the plain way")
            if isinstance(error, linked_pages.DAMAGES):
                linked_pages.forget_pages(way)
    return _write_plain(report, target, progress)


def _write_linked(
    report: CollectedReport, target: Path, progress: Progress, way: Way
) -> RenderedReport:
    added = NONE_ADDED
    if font_files():
        added = characters.fonts_for(document.html(report, False))
    with linked_pages.linking(report, way, progress, added) as linking:

        def lay_out(text: str) -> LaidOut:
            return linking.lay_out(characters.with_boxes(text))

        laid_out, text = _with_guides(report, lay_out)
        linking.write(laid_out, target)
    progress("check", None, None)
    archive_check.check(target, decodes=report.imprint is not None)
    return RenderedReport(
        pages=len(laid_out.pages),
        boxes=_boxes(report, text),
        engine=PrintEngine.LINKED,
        laid_out=laid_out.made,
    )


def _write_plain(report: CollectedReport, target: Path, progress: Progress) -> RenderedReport:
    if report.kind is ReportKind.ITEM:
        pages, text = _lay_out_one_item(report, progress)
    else:
        pages, text = _with_guides(report, lambda text: plain_pages.lay_out(report, text, progress))
    plain_pages.write(pages, report, target, progress)
    progress("check", None, None)
    archive_check.check(target)
    return RenderedReport(pages=len(pages.pages), boxes=_boxes(report, text))


def _boxes(report: CollectedReport, text: str) -> Boxes:
    if not characters.without_sign(text):
        return NO_BOXES
    return characters.boxes(within_limits(report, WHOLE)[0], text)


class HasPages(Protocol):
    """What is laid out."""

    @property
    def pages(self) -> Sequence[object]: ...


Pages = TypeVar("Pages", bound=HasPages)


def _with_guides(report: CollectedReport, lay_out: Callable[[str], Pages]) -> tuple[Pages, str]:
    """The pages with a table of contents and an index, where there are so many; and the text."""
    has_contents, has_index = _guides(report, expected_pages(report))
    text = document.html(report, has_contents, has_index=has_index)
    pages = lay_out(text)
    needs_contents, needs_index = _guides(report, len(pages.pages))
    if needs_contents > has_contents or needs_index > has_index:
        # The estimate was too low. Such a report is not long, so it is soon laid out again.
        text = document.html(report, needs_contents, has_index=needs_index)
        pages = lay_out(text)
    return pages, text


def _guides(report: CollectedReport, pages: int) -> tuple[bool, bool]:
    """Whether a report of so many pages has a table of contents, and an index."""
    is_whole = report.kind in (ReportKind.SHORT, ReportKind.FULL)
    return pages > PAGES_WITH_CONTENTS, is_whole and pages > PAGES_WITH_INDEX


def _lay_out_one_item(report: CollectedReport, progress: Progress) -> tuple[Document, str]:
    most = PAGES_OF_ONE_ITEM_IN_LARGE if report.options.large else PAGES_OF_ONE_ITEM
    for limits in ONE_ITEM:
        text = document.html(report, False, limits)
        pages = plain_pages.lay_out(report, text, progress)
        if len(pages.pages) <= most:
            break
    return pages, text


def expected_pages(report: CollectedReport) -> int:
    """About how many pages there will be."""
    if isinstance(report, YearsReport):
        return 5
    pages = 6 if isinstance(report, Report) else 2
    pages += len(report.items) // 22
    if isinstance(report, Report):
        pages += len(report.silent) // 28
        pages += len(report.items_with_money) // 32
    if has_sections(report):
        pages += sum(7 if has_more(item) else 1 for item in report.items) // 6
        pages += pages_of_long_items(report)
    return 5 * pages // 2 if report.options.large else pages
