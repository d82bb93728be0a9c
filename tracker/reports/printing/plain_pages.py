"""The pages of a report by the plain way: laid out and written by WeasyPrint in one go.

Only packaged fonts are used. WeasyPrint is imported when it is needed, never by a web process.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.reports.linked.flow import MARK
from tracker.reports.models import CollectedReport
from tracker.reports.words import item_wording

from . import archival, characters, styles
from .fetchers import BASE, FONT_CONFIGURATION
from .garbage import collected_seldom
from .layout_progress import items_laid_out

if TYPE_CHECKING:
    from weasyprint import Document

Progress = Callable[[str, int | None, int | None], None]


def lay_out(report: CollectedReport, text: str, progress: Progress) -> Document:
    """The document, laid out on pages."""
    use_packaged_fonts_only()
    text = MARK.sub("", characters.with_boxes(text))
    with warnings.catch_warnings():
        # It warns that the machine has no fonts, which is what is wanted.
        warnings.simplefilter("ignore")
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from tracker.reports.linked.source import ReportHTML

        from .fetching import PackagedOnly

        fonts = FontConfiguration()
        fetcher = PackagedOnly()
    # As one sheet: each is asked for each element.
    other_scripts = bool(characters.OTHER_SCRIPTS.search(text))
    sheets = styles.sheets(report, other_scripts=other_scripts)
    rules = "\n".join(characters.fonts_for(text).over(sheets))
    sheet = weasyprint.CSS(string=rules, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
    with collected_seldom(), items_laid_out(_item_anchors(report, text), progress):
        return ReportHTML(string=text, base_url=BASE, url_fetcher=fetcher).render(
            stylesheets=[sheet], font_config=fonts, pdf_variant=archival.PDF_VARIANT
        )


def use_packaged_fonts_only() -> None:
    """Before WeasyPrint is loaded."""
    os.environ["FONTCONFIG_FILE"] = FONT_CONFIGURATION


def _item_anchors(report: CollectedReport, text: str) -> list[str]:
    """Of the items that the document has: of their sections, or of their rows."""
    anchors = (item_wording.anchor(report, item) for item in report.items)
    return [anchor for anchor in anchors if f'id="{anchor}"' in text]


def write(document: Document, report: CollectedReport, target: Path, progress: Progress) -> None:
    """Writes what is laid out, with the marks of an archive and the data inside."""
    progress("write", None, None)
    with collected_seldom():
        document.write_pdf(
            target,
            pdf_variant=archival.PDF_VARIANT,
            attachments=archival.attachments(report),
            finisher=archival.finisher(report, progress),
        )
    archival.mend_ends_of_streams(target)
