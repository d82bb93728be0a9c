"""A small tagged PDF of two pages, for tests that ask nothing of what a report says."""

from __future__ import annotations

import os
from functools import cache
from io import BytesIO

from tracker.paths import STATIC

WORDS = "<h1>Progress report</h1><p>One page.</p><p style='break-before: page'>Another.</p>"


@cache
def tagged_pdf(variant: str = "pdf/ua-1") -> bytes:
    os.environ["FONTCONFIG_FILE"] = str(STATIC / "report" / "fonts.conf")
    import weasyprint

    font = (STATIC / "fonts" / "public-sans-latin-400.woff2").as_uri()
    style = f"@font-face {{font-family: Sans; src: url('{font}')}} body {{font-family: Sans}}"
    head = f"<title>Report</title><style>{style}</style>"
    target = BytesIO()
    weasyprint.HTML(
        string=f'<html lang="en"><head>{head}</head><body>{WORDS}</body></html>'
    ).write_pdf(target, pdf_variant=variant)
    return target.getvalue()
