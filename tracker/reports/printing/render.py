"""Makes the PDF of collected data: HTML from the templates, laid out by WeasyPrint.

Only packaged fonts are used, and no record is read. WeasyPrint is imported when it is needed,
never by a web process.
"""

from __future__ import annotations

import base64
import logging
import os
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from flask import current_app
from markupsafe import Markup

from tracker.current_settings import current_settings
from tracker.files import store
from tracker.formatting import number
from tracker.reading.convention import Segment
from tracker.reports import data
from tracker.reports.body_models import YearsReport
from tracker.reports.linked.engine import LaidOut
from tracker.reports.linked.flow import MARK
from tracker.reports.models import (
    CollectedReport,
    PrintOptions,
    Report,
    ReportKind,
    has_more,
    has_sections,
)
from tracker.reports.printed_items import (
    ONE_ITEM,
    WHOLE,
    PrintLimits,
    without_surplus_marks,
)
from tracker.reports.words import (
    body_wording,
    imprint_wording,
    item_wording,
    kind_wording,
    money_wording,
    omission_wording,
    wording,
)
from tracker.rules.body_mark import SVG, BodyMark

from . import (
    archival,
    archive_check,
    characters,
    chart,
    cover_code,
    grey,
    item_index,
    linked_pages,
    styles,
    ways,
)
from .characters import NO_BOXES, Boxes
from .fetchers import BASE, FONT_CONFIGURATION
from .garbage import collected_seldom
from .layout_progress import items_laid_out
from .shortened import pages_of_long_items, within_limits
from .ways import Engine, Way

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

TEMPLATES = {
    ReportKind.SHORT: "reports/report.html",
    ReportKind.FULL: "reports/report.html",
    ReportKind.ITEM: "reports/one.html",
    ReportKind.DELEGATION: "reports/delegation.html",
    ReportKind.UNIT: "reports/unit.html",
    ReportKind.YEARS: "reports/years.html",
    ReportKind.SILENT: "reports/without_a_word.html",
    ReportKind.MONEY: "reports/against_the_fund.html",
}

SPACES_AROUND_CELLS = re.compile(
    r"\s{0,200}(</?(?:table|colgroup|col|thead|tbody|tr|th|td)\b[^>]*>)\s{0,200}"
)
"""Not more spaces than templates have: a text of spaces alone would take its time."""


@dataclass(frozen=True)
class Screen:
    """What the document has on a screen, and not in print."""

    style: str  # its whole style sheet

    @property
    def style_element(self) -> Markup:
        """The sheet is our own, from the packaged files."""
        return Markup("<style>{}</style>").format(Markup(self.style))


@dataclass(frozen=True)
class RenderedReport:
    """What was made.

    `boxes` are the characters for which no font has a sign, and the items in which they stand.
    """

    pages: int
    boxes: Boxes = NO_BOXES
    engine: Engine = Engine.PLAIN
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
    if way.engine is Engine.LINKED and report.kind is not ReportKind.ITEM:
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
    with linked_pages.linking(report, way, progress) as linking:

        def lay_out(text: str) -> LaidOut:
            return linking.lay_out(characters.with_boxes(text))

        laid_out, text = _with_guides(report, lay_out)
        linking.write(laid_out, target)
    progress("check", None, None)
    archive_check.check(target)
    return RenderedReport(
        pages=len(laid_out.pages),
        boxes=_boxes(report, text),
        engine=Engine.LINKED,
        laid_out=laid_out.made,
    )


def _write_plain(report: CollectedReport, target: Path, progress: Progress) -> RenderedReport:
    document, text = _lay_out_report(report, progress)
    save(document, report, target, progress)
    return RenderedReport(pages=len(document.pages), boxes=_boxes(report, text))


def _boxes(report: CollectedReport, text: str) -> Boxes:
    if not characters.without_sign(text):
        return NO_BOXES
    return characters.boxes(within_limits(report, WHOLE)[0], text)


def save(document: Document, report: CollectedReport, target: Path, progress: Progress) -> None:
    """Writes what is laid out, with the marks of an archive and the data inside."""
    progress("write", None, None)
    with collected_seldom():
        document.write_pdf(
            target,
            pdf_variant=archival.PDF_VARIANT,
            attachments=archival.attachments(report),
            finisher=archival.finisher(report, progress),
        )
    archival.mend_ends_of_streams(target)
    progress("check", None, None)
    archive_check.check(target)


def html(
    report: CollectedReport,
    contents: bool,
    limits: PrintLimits = WHOLE,
    screen: Screen | None = None,
    *,
    has_index: bool = False,
) -> str:
    """The document, for print or for a screen; in an application context.

    Its last page says which items are shortened, and what is printed as boxes.
    """
    report, omissions = within_limits(report, limits)
    bar_of = partial(_bar, report.options)
    bar: tuple[chart.BarField, ...] = ()
    if isinstance(report, Report) and report.has_rates:
        bar = bar_of(report.page.chart)
    data_sha256 = data.data_sha256(report)
    template = current_app.jinja_env.get_template(TEMPLATES[report.kind])
    render = partial(
        template.render,
        report=report,
        omissions=omissions,
        omission_wording=omission_wording,
        wording=wording,
        item_wording=item_wording,
        money_wording=money_wording,
        kind_wording=kind_wording,
        body_wording=body_wording,
        has_sections=has_sections(report),
        bar_of=bar_of,
        imprint_wording=imprint_wording,
        data_sha256=data_sha256,
        code=cover_code.cover_code(report, data_sha256),
        check_address=cover_code.check_address(report, data_sha256),
        screen=screen,
        bar=bar,
        contents=contents,
        has_index=has_index,
        item_index=item_index,
        has_more=has_more,
        mark_address=_mark_address(report.body.mark, report.options.mono),
    )
    text = _printable(render(boxes=NO_BOXES))
    if screen:
        return MARK.sub("", text)
    boxes = characters.boxes(report, text)
    return _printable(render(boxes=boxes)) if boxes.characters else text


def _printable(text: str) -> str:
    return _without_spaces_around_cells(without_surplus_marks(characters.printable(text)))


def _without_spaces_around_cells(text: str) -> str:
    """White space between the parts of a table means nothing; each would be a box."""
    return SPACES_AROUND_CELLS.sub(r"\1", text)


def _bar(options: PrintOptions, segments: Sequence[Segment]) -> tuple[chart.BarField, ...]:
    counts = [number(segment.count) for segment in segments]
    return chart.bar(segments, counts, large=options.large, mono=options.mono)


def _mark_address(mark: BodyMark | None, mono: bool) -> str | None:
    """The mark inside the document: the renderer opens no stored file. None where there is none, or
    its bytes are not those that were stored.
    """
    if mark is None:
        return None
    try:
        content = store.read(current_settings().files, mark.sha256)
    except (OSError, ValueError):
        log.warning("the mark cannot be printed", exc_info=True)
        return None
    if mono:
        content = grey.svg(content) if mark.kind == SVG else grey.png(content)
    media_type = "image/svg+xml" if mark.kind == SVG else "image/png"
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def _lay_out_report(report: CollectedReport, progress: Progress) -> tuple[Document, str]:
    if report.kind is ReportKind.ITEM:
        return _lay_out_one_item(report, progress)
    return _with_guides(report, lambda text: layout(report, text, progress))


class HasPages(Protocol):
    """What is laid out."""

    @property
    def pages(self) -> Sequence[object]: ...


Pages = TypeVar("Pages", bound=HasPages)


def _with_guides(report: CollectedReport, lay_out: Callable[[str], Pages]) -> tuple[Pages, str]:
    """The pages with a table of contents and an index, where there are so many; and the text."""
    has_contents, has_index = _guides(report, expected_pages(report))
    text = html(report, has_contents, has_index=has_index)
    pages = lay_out(text)
    needs_contents, needs_index = _guides(report, len(pages.pages))
    if needs_contents > has_contents or needs_index > has_index:
        # The estimate was too low. Such a report is not long, so it is soon laid out again.
        text = html(report, needs_contents, has_index=needs_index)
        pages = lay_out(text)
    return pages, text


def _guides(report: CollectedReport, pages: int) -> tuple[bool, bool]:
    """Whether a report of so many pages has a table of contents, and an index."""
    is_whole = report.kind in (ReportKind.SHORT, ReportKind.FULL)
    return pages > PAGES_WITH_CONTENTS, is_whole and pages > PAGES_WITH_INDEX


def _lay_out_one_item(report: CollectedReport, progress: Progress) -> tuple[Document, str]:
    most = PAGES_OF_ONE_ITEM_IN_LARGE if report.options.large else PAGES_OF_ONE_ITEM
    for limits in ONE_ITEM:
        text = html(report, False, limits)
        document = layout(report, text, progress)
        if len(document.pages) <= most:
            break
    return document, text


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


def layout(report: CollectedReport, text: str, progress: Progress) -> Document:
    """The document, laid out on pages."""
    _use_packaged_fonts_only()
    text = MARK.sub("", characters.with_boxes(text))
    with warnings.catch_warnings():
        # It warns that the machine has no fonts, which is what is wanted.
        warnings.simplefilter("ignore")
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from tracker.reports.linked.source import ReportHTML

        from .fetching import PackagedOnly

        fonts = FontConfiguration()
        fetcher = PackagedOnly()
    # As one sheet: each is asked for each element.
    other_scripts = bool(characters.OTHER_SCRIPTS.search(text))
    rules = "\n".join(styles.sheets(report, other_scripts=other_scripts))
    sheet = weasyprint.CSS(string=rules, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    with collected_seldom(), items_laid_out(_item_anchors(report, text), progress):
        return ReportHTML(string=text, base_url=BASE, url_fetcher=fetcher).render(
            stylesheets=[sheet], font_config=fonts, pdf_variant=archival.PDF_VARIANT
        )


def _use_packaged_fonts_only() -> None:
    os.environ["FONTCONFIG_FILE"] = FONT_CONFIGURATION


def _item_anchors(report: CollectedReport, text: str) -> list[str]:
    """Of the items that the document has: of their sections, or of their rows."""
    anchors = (item_wording.anchor(report, item) for item in report.items)
    return [anchor for anchor in anchors if f'id="{anchor}"' in text]
