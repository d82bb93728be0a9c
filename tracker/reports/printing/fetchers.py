"""What the layout of a report may open, said without loading WeasyPrint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.paths import STATIC

if TYPE_CHECKING:
    from .fetching import PackagedOnly

BASE = "https://packaged.invalid/report/"
"""Never asked for: the fetcher opens the packaged files below static/ instead."""

BASE_SHEETS = ("report.css", "scripts.css")
"""The rules of all reports, and their fonts."""

FONT_CONFIGURATION = str(STATIC / "report" / "fonts.conf")
"""Fonts of the machine are not looked for, so that a report looks the same everywhere."""


def packaged_only() -> PackagedOnly:
    """The fetcher of the addresses in a report's style sheets and texts."""
    from .fetching import PackagedOnly

    return PackagedOnly()
