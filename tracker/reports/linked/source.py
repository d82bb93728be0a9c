"""The HTML of a report, for WeasyPrint, with as few of its own rules as a report needs.

WeasyPrint's rules for all HTML give six pseudo-elements to each element (list markers, calls and
markers of notes), each with a style that is computed. A report has no notes, and its lists have the
usual markers.

The templates write HTML that is XML but for elements without an end. So Python's XML parser, which
is written in C, reads it in a twentieth of the time; what it refuses goes to the HTML parser.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]
import weasyprint
from weasyprint.html import UA

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

log = logging.getLogger("tracker.reports")

NOT_NEEDED = re.compile(r"^(::[a-z-]+|\[dir.*?|\[dir\] .*?) \{[^}]*\}$", re.MULTILINE)
"""Rules of notes and markers, and of texts with a direction of their own."""

WITHOUT_END = re.compile(r"<(br|col|img|meta)\b([^<>]*?)\s*/?>")
"""Elements that HTML does not close."""


class ReportHTML(weasyprint.HTML):  # type: ignore[misc]
    """If WeasyPrint no longer asks for its rules here, they are all used: that is slower."""

    def __init__(self, *, string: str, base_url: str, url_fetcher: URLFetcher) -> None:
        try:
            root = element_tree(string)
        except ElementTree.ParseError:
            log.warning("a report is read by the slow parser", exc_info=True)
            super().__init__(string=string, base_url=base_url, url_fetcher=url_fetcher)
            return
        self.base_url = base_url
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [_rules()]


def element_tree(text: str) -> ElementTree.Element:
    """Raises ElementTree.ParseError where the text is not well-formed."""
    text = text.replace("&nbsp;", "\N{NO-BREAK SPACE}")  # a name that XML does not know
    return ElementTree.fromstring(WITHOUT_END.sub(r"<\1\2/>", text.strip()))


@cache
def _rules() -> Any:
    return weasyprint.CSS(string=NOT_NEEDED.sub("", UA))
