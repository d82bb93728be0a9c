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
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from flask import current_app
from markupsafe import Markup

from tracker.current_settings import current_settings
from tracker.files import store
from tracker.formatting import number
from tracker.paths import STATIC
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
from tracker.reports.words import (
    body_wording,
    imprint_wording,
    item_wording,
    kind_wording,
    money_wording,
    wording,
)
from tracker.rules.body_mark import SVG, BodyMark

from . import (
    archival,
    archive_check,
    chart,
    cover_code,
    grey,
    item_index,
    linked_pages,
    styles,
    ways,
)
from .fetchers import BASE, FONT_CONFIGURATION
from .garbage import collected_seldom
from .layout_progress import items_laid_out
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

OTHER_SCRIPTS = re.compile(
    r"[^\x00-\u024f\u02b0-\u02ff\u2000-\u206f\u20a0-\u20cf\u2122\u2190-\u2193\u2212\u2215"
    r"\ufeff\ufffd]"
)
"""Characters that the fonts of report.css do not have."""

BOX = "\u25a1"

SPACES_AROUND_CELLS = re.compile(r"\s*(</?(?:table|colgroup|col|thead|tbody|tr|th|td)\b[^>]*>)\s*")

UNPRINTABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
)


@dataclass(frozen=True)
class PrintLimits:
    """How much of what can be long is printed."""

    characters: int  # of an item's text
    entry: int  # characters of an entry
    lines: int  # of a record


WHOLE = PrintLimits(characters=12_000, entry=1_500, lines=120)
ONE_ITEM = (
    PrintLimits(characters=6_000, entry=700, lines=40),
    PrintLimits(characters=3_000, entry=300, lines=16),
    PrintLimits(characters=1_500, entry=160, lines=8),
    PrintLimits(characters=700, entry=80, lines=4),
)
"""Tried in this order, until one item alone fits on two pages."""


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

    `boxes` are the characters for which no packaged font has a sign: they are printed as boxes.
    """

    pages: int
    boxes: str
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
        except linked_pages.FAILURES:
            log.exception("a report is laid out in the plain way")
    return _write_plain(report, target, progress)


def _write_linked(
    report: CollectedReport, target: Path, progress: Progress, way: Way
) -> RenderedReport:
    with linked_pages.linking(report, way, progress) as linking:

        def lay_out(text: str) -> LaidOut:
            return linking.lay_out(_with_boxes(text))

        laid_out, text = _with_guides(report, lay_out)
        linking.write(laid_out, target)
    progress("check", None, None)
    archive_check.check(target)
    return RenderedReport(
        pages=len(laid_out.pages),
        boxes=_characters_without_sign(text),
        engine=Engine.LINKED,
        laid_out=laid_out.made,
    )


def _write_plain(report: CollectedReport, target: Path, progress: Progress) -> RenderedReport:
    document, text = _lay_out_report(report, progress)
    save(document, report, target, progress)
    return RenderedReport(pages=len(document.pages), boxes=_characters_without_sign(text))


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
    """The document, for print or for a screen; in an application context."""
    bar_of = partial(_bar, report.options)
    bar: tuple[chart.BarField, ...] = ()
    if isinstance(report, Report) and report.has_rates:
        bar = bar_of(report.page.chart)
    data_sha256 = data.data_sha256(report)
    text = current_app.jinja_env.get_template(TEMPLATES[report.kind]).render(
        report=report,
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
        limits=limits,
        has_more=has_more,
        mark_address=_mark_address(report.body.mark, report.options.mono),
    )
    if screen:
        text = MARK.sub("", text)
    return _without_spaces_around_cells(text.translate(UNPRINTABLE))


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
    return 5 * pages // 2 if report.options.large else pages


def layout(report: CollectedReport, text: str, progress: Progress) -> Document:
    """The document, laid out on pages."""
    _use_packaged_fonts_only()
    text = MARK.sub("", _with_boxes(text))
    with warnings.catch_warnings():
        # It warns that the machine has no fonts, which is what is wanted.
        warnings.simplefilter("ignore")
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from tracker.reports.linked.source import ReportHTML

        from .fetching import PackagedOnly

        fonts = FontConfiguration()
        fetcher = PackagedOnly()
    stylesheets = [
        weasyprint.CSS(string=rules, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
        for rules in styles.sheets(report, other_scripts=bool(OTHER_SCRIPTS.search(text)))
    ]
    with collected_seldom(), items_laid_out(_item_anchors(report, text), progress):
        return ReportHTML(string=text, base_url=BASE, url_fetcher=fetcher).render(
            stylesheets=stylesheets, font_config=fonts, pdf_variant=archival.PDF_VARIANT
        )


def _use_packaged_fonts_only() -> None:
    os.environ["FONTCONFIG_FILE"] = FONT_CONFIGURATION


def _item_anchors(report: CollectedReport, text: str) -> list[str]:
    """Of the items that the document has: of their sections, or of their rows."""
    anchors = (item_wording.anchor(report, item) for item in report.items)
    return [anchor for anchor in anchors if f'id="{anchor}"' in text]


def _characters_without_sign(text: str) -> str:
    """The characters that no packaged font has."""
    unusual = set(OTHER_SCRIPTS.findall(text))
    known = _packaged_characters() if unusual else frozenset()
    return "".join(sorted(character for character in unusual if ord(character) not in known))


@cache
def _packaged_characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    known: set[int] = set()
    for path in (STATIC / "report").glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            known |= font.getBestCmap().keys()
    return frozenset(known)


def _with_boxes(text: str) -> str:
    """What no font has is printed as a box: an archive takes no character without a sign."""
    return text.translate(dict.fromkeys(map(ord, _characters_without_sign(text)), BOX))
