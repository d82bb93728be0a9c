"""The document of a report: HTML from the templates, for print or for a screen.

No record is read.
"""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import current_app
from markupsafe import Markup

from tracker.current_settings import current_settings
from tracker.files import store
from tracker.formatting import number
from tracker.reading.convention import Segment
from tracker.reports import data
from tracker.reports.linked.flow import MARK
from tracker.reports.models import (
    CollectedReport,
    PrintOptions,
    Report,
    ReportKind,
    has_more,
    has_sections,
)
from tracker.reports.printed_items import WHOLE, PrintLimits, without_surplus_marks
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

from . import characters, chart, cover_code, grey, item_index
from .characters import NO_BOXES
from .page_groups import begins_page
from .shortened import within_limits

log = logging.getLogger("tracker.reports")

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
        begins_page=begins_page,
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
