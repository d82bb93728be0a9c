"""The pages of reports that are kept: what they say is on record, and goes where that goes."""

from __future__ import annotations

import shutil

from tracker.config import Settings
from tracker.reports.linked import pages

DAYS_KEPT = 30
"""After a report has last used them."""


def tidy(settings: Settings) -> None:
    """Remove pages that no report has used for long."""
    pages.tidy(settings.report_pages, DAYS_KEPT)


def forget(settings: Settings) -> None:
    """Remove all, since something that they may show is taken from readers. A report that is being
    made meanwhile lays out its pages again.
    """
    shutil.rmtree(settings.report_pages, ignore_errors=True)
