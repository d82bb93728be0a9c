"""What each process that lays out pages has loaded: the first style sheet of most
reports, with their fonts.

Imported by the server of these processes, and nowhere else.
"""

from __future__ import annotations

from tracker.paths import STATIC
from tracker.reports.linked.layout import LayoutRequest, prepared
from tracker.reports.linked.structure import VARIANT

from .fetchers import BASE, BASE_SHEETS, FONT_CONFIGURATION, packaged_only

prepared(
    LayoutRequest(
        sheets=("\n".join((STATIC / "report" / name).read_text() for name in BASE_SHEETS),),
        fetcher=packaged_only,
        base_url=BASE,
        variant=VARIANT,
        font_configuration=FONT_CONFIGURATION,
    )
)
