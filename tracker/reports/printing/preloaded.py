"""What each process that lays out pages has loaded: the style sheet of the report, with its fonts.

Imported by the server of these processes, and nowhere else.
"""

from __future__ import annotations

from tracker.paths import STATIC
from tracker.reports.linked.layout import LayoutRequest, prepared
from tracker.reports.linked.structure import VARIANT

from .fetchers import BASE, FONT_CONFIGURATION, packaged_only

prepared(
    LayoutRequest(
        sheets=tuple(
            (STATIC / "report" / name).read_text() for name in ("report.css", "scripts.css")
        ),
        fetcher=packaged_only,
        base_url=BASE,
        variant=VARIANT,
        font_configuration=FONT_CONFIGURATION,
    )
)
