"""A report with its items as they are printed, within the limits of `reports.printed_items`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tracker.reports.models import CollectedReport, ReportKind, has_sections
from tracker.reports.printed_items import WHOLE, Omitted, PrintLimits, printed_item

CHARACTERS_OF_A_PAGE = 4_500
"""Of the section of a long item."""


def within_limits(
    report: CollectedReport, limits: PrintLimits
) -> tuple[CollectedReport, dict[int, Mapping[Omitted, int]]]:
    """The report with items as they are printed; and what is left out, of those that are shortened.

    A report without sections of its items prints nothing long of them.
    """
    if not (has_sections(report) or report.kind is ReportKind.ITEM):
        return report, {}
    printed = {key: printed_item(item, limits) for key, item in report.items_by_id.items()}
    omissions = {key: part.omitted for key, part in printed.items() if part.omitted}
    items = {key: part.item for key, part in printed.items()}
    return replace(report, items_by_id=items), omissions


def pages_of_long_items(report: CollectedReport) -> int:
    """More than an item has that is not long."""
    sizes = (printed_item(item, WHOLE).characters for item in report.items)
    return sum(size // CHARACTERS_OF_A_PAGE for size in sizes)
