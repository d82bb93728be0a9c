"""The style sheets of a report, by its print options: paper, large print, black and white.

The look is in static/report: report.css, large.css over it, scripts.css for other scripts.
"""

from __future__ import annotations

import re
from functools import cache

from tracker.paths import STATIC
from tracker.reports.linked.margins import MarginSheets
from tracker.reports.models import CollectedReport, PrintOptions
from tracker.reports.words import wording

from . import marks, paper
from .fetchers import BASE_SHEETS

COLOUR = re.compile(r"#[0-9a-f]{6}\b")
WHITE, BLACK = "#ffffff", "#000000"


def sheets(report: CollectedReport, *, other_scripts: bool) -> list[str]:
    """In the order in which they hold."""
    return [*look(report.options, other_scripts=other_scripts), margins(report)]


def look(options: PrintOptions, *, other_scripts: bool) -> list[str]:
    """The sheets of what stands between the margins. The first has all fonts, and is the same for
    most reports.
    """
    names = BASE_SHEETS if other_scripts else BASE_SHEETS[:1]
    base = "\n".join(_packaged(name, options.mono) for name in names)
    larger = [_packaged("large.css", options.mono)] if options.large else []
    return [base, *larger, marks.sheet(options.mono)]


def margins(report: CollectedReport) -> str:
    """The sheet of the paper, and of what its margins say."""
    return paper.sheet(paper_size(report), _margin_texts(report), large=report.options.large)


def margins_apart(report: CollectedReport) -> MarginSheets:
    """The same for margins that are drawn apart from the pages."""
    texts, large = _margin_texts(report), report.options.large

    def below(number: str) -> str:
        return paper.below(texts, paper.quoted(number), large=large)

    return MarginSheets(
        above=paper.above(texts, large=large),
        below=below,
        number=paper.number_words,
        head=paper.HEAD,
    )


def _margin_texts(report: CollectedReport) -> paper.Margins:
    return paper.Margins(
        title=wording.heading(report),
        mark=wording.mark(report),
        as_of=wording.as_of(report),
        foot=wording.publisher(report),
    )


def paper_size(report: CollectedReport) -> str:
    """As a style sheet names it."""
    return paper.size(report.body.zone, report.options.paper)


@cache
def _packaged(name: str, mono: bool) -> str:
    text = (STATIC / "report" / name).read_text()
    return COLOUR.sub(_black_or_white, text) if mono else text


def _black_or_white(colour: re.Match[str]) -> str:
    return WHITE if colour[0] == WHITE else BLACK
