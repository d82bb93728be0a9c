"""The baselines of the report: WeasyPrint as anybody calls it, in a process with nothing of ours.

It writes a line of JSON: the seconds without imports, and the pages. Its one argument is a folder,
which holds the document (document.html), its style sheets (*.css, in the order of their names), the
configuration of fonts (fonts.conf) and the address that others start from (base).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    folder = Path(sys.argv[1])
    os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    text = (folder / "document.html").read_text()
    sheets = [path.read_text() for path in sorted(folder.glob("*.css"))]
    base = (folder / "base").read_text()
    target = folder / "document.pdf"
    began = time.perf_counter()
    fonts = FontConfiguration()
    weasyprint.HTML(string=text, base_url=base).write_pdf(
        target,
        stylesheets=[
            weasyprint.CSS(string=sheet, base_url=base, font_config=fonts) for sheet in sheets
        ],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
    )
    seconds = time.perf_counter() - began

    import pikepdf

    with pikepdf.open(target) as pdf:
        pages = len(pdf.pages)
    print(json.dumps({"seconds": seconds, "pages": pages}))
