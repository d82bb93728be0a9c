"""Makes the PDF of collected data: HTML from the templates, laid out by WeasyPrint with packaged fonts only. Reads no record.

WeasyPrint is imported when it is needed, never by a web process.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app

from tracker.formatting import number
from tracker.paths import STATIC

from . import chart, marks, paper, wording
from .models import Report, ReportKind, has_more

Progress = Callable[[str, int | None, int | None], None]  # stage, how many are done, of how many
LONG = 8  # pages from which on there is a table of contents
BASE = "https://packaged.invalid/report/"  # never asked for: the fetcher opens the packaged files below static/ instead
OTHER_SCRIPTS = re.compile(
    r"[^\x00-\u024f\u02b0-\u02ff\u2000-\u206f\u20a0-\u20cf\u2122\u2190-\u2193\u2212\u2215\ufeff\ufffd]"
)
UNPRINTABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
)


@dataclass(frozen=True)
class PrintLimits:
    """How much of what can be long is printed: characters of a text and of an entry, lines of a record."""

    characters: int
    entry: int
    lines: int


WHOLE = PrintLimits(12_000, 1_500, 120)
ONE_ITEM = (
    PrintLimits(6_000, 700, 40),
    PrintLimits(3_000, 300, 16),
    PrintLimits(1_500, 160, 8),
    PrintLimits(700, 80, 4),
)  # the first that fits on two pages


@dataclass(frozen=True)
class RenderedReport:
    """What was made. `boxes`: characters for which no packaged font has a sign; they are printed as boxes."""

    pages: int
    boxes: str


def html(report: Report, contents: bool, room: PrintLimits = WHOLE) -> str:
    """The document; in an application context."""
    bar = (
        chart.bar(report.page.chart, [number(each.count) for each in report.page.chart])
        if report.due
        else ()
    )
    template = current_app.jinja_env.get_template(
        "reports/one.html" if report.form is ReportKind.ITEM else "reports/report.html"
    )
    return template.render(
        report=report,
        tell=wording,
        bar=bar,
        contents=contents,
        room=room,
        has_more=has_more,
    ).translate(UNPRINTABLE)


def write(
    report: Report, target: Path, progress: Progress = lambda stage, done, of: None
) -> RenderedReport:
    """Writes the PDF (PDF/UA-1). Stages: template, layout (pages done, about how many), write."""
    progress("template", None, None)
    document, text = _laid_out(report, progress)
    progress("write", None, None)
    document.write_pdf(target, pdf_variant="pdf/ua-1")
    return RenderedReport(len(document.pages), _without_sign(text))


def _laid_out(report: Report, progress: Progress) -> tuple[Any, str]:
    if report.form is ReportKind.ITEM:
        for room in ONE_ITEM:
            text = html(report, False, room)
            document = layout(report, text, progress, 2)
            if len(document.pages) <= 2:
                break
        return document, text
    about = expected(report)
    text = html(report, about > LONG)
    document = layout(report, text, progress, about)
    if (len(document.pages) > LONG) != (
        about > LONG
    ):  # guessed wrong: a short report, so it is soon laid out again
        text = html(report, len(document.pages) > LONG)
        document = layout(report, text, progress, len(document.pages))
    return document, text


def expected(report: Report) -> int:
    """About how many pages there will be."""
    sections = (
        sum(4 if has_more(item) else 1 for item in report.shown) // 3
        if report.form is ReportKind.FULL
        else 0
    )
    return (
        6
        + len(report.page.rows) // 22
        + len(report.silent) // 28
        + len(report.paid) // 32
        + sections
    )


def layout(report: Report, text: str, progress: Progress, about: int) -> Any:
    """A WeasyPrint document, laid out."""
    _only_packaged_fonts()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that the machine has no fonts: that is meant
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from .fetching import PackagedOnly

        fonts, fetcher = FontConfiguration(), PackagedOnly()
    page = report.page
    sheets = [
        marks.sheet(),
        paper.sheet(
            paper.size(page.convention.body.zone),
            wording.heading(report),
            wording.as_of(report),
            page.convention.body.name,
        ),
    ]
    names = ["report.css", "scripts.css"] if OTHER_SCRIPTS.search(text) else ["report.css"]
    styles = [
        weasyprint.CSS(url=BASE + name, url_fetcher=fetcher, font_config=fonts) for name in names
    ]
    styles += [
        weasyprint.CSS(string=sheet, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
        for sheet in sheets
    ]
    with _pages_heard(progress, about):
        return weasyprint.HTML(string=text, base_url=BASE, url_fetcher=fetcher).render(
            stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1"
        )


def _only_packaged_fonts() -> None:
    """Fonts of the machine are not looked for, so that a report looks the same wherever it is made."""
    os.environ["FONTCONFIG_FILE"] = str(STATIC / "report" / "fonts.conf")


class _Heard(logging.Handler):
    def __init__(self, progress: Progress, about: int) -> None:
        super().__init__(logging.INFO)
        self.progress, self.about = progress, about

    def emit(self, record: logging.LogRecord) -> None:
        if (
            record.args
            and "Page" in str(record.msg)
            and isinstance(record.args, tuple)
            and isinstance(record.args[0], int)
        ):
            self.progress("layout", record.args[0], max(self.about, record.args[0]))


@contextmanager
def _pages_heard(progress: Progress, about: int) -> Iterator[None]:
    """WeasyPrint tells its log which page it sets."""
    log, heard = logging.getLogger("weasyprint.progress"), _Heard(progress, about)
    level, propagates = log.level, log.propagate
    log.addHandler(heard)
    log.setLevel(logging.INFO)
    log.propagate = False
    progress("layout", 0, about)
    try:
        yield
    finally:
        log.removeHandler(heard)
        log.setLevel(level)
        log.propagate = propagates


def _without_sign(text: str) -> str:
    """The characters that no packaged font has."""
    unusual = set(OTHER_SCRIPTS.findall(text))
    if not unusual:
        return ""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    known: set[int] = set()
    for path in [*(STATIC / "report").glob("*.woff2"), *(STATIC / "fonts").glob("*-400.woff2")]:
        with TTFont(path, lazy=True) as font:
            known |= font.getBestCmap().keys()
    return "".join(sorted(each for each in unusual if ord(each) not in known))
