"""The text of a report is read by the quick parser as by that of HTML."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

import pytest
import weasyprint
from weasyprint.urls import URLFetcher

from tracker.reports.linked.layout import LayoutRequest, prepared
from tracker.reports.linked.source import ReportHTML, element_tree
from tracker.reports.linked.structure import VARIANT
from tracker.reports.printing.fetchers import BASE, FONT_CONFIGURATION, packaged_only

FONT = """
@font-face { font-family: X; src: url("public-sans-latin-400.ttf"); }
html { font: 10pt X; } svg { width: 1cm; }"""

TEXT = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>A &amp; B</title></head>
  <body>
    <table><colgroup><col><col class="w8"></colgroup><tbody>
      <tr><td title="&lt;1&#34;">one<br>two<br> three</td><td></td></tr>
    </tbody></table>
    <p><img src="data:," alt="mark"> text <b>bold</b> after</p>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" /></svg>
  </body>
</html>
"""


def parts(root: Element) -> list[tuple[object, ...]]:
    return [
        (
            element.tag,
            sorted(pair for pair in element.attrib.items() if not pair[0].endswith("xmlns")),
            (element.text or "").strip(),
            (element.tail or "").strip(),
        )
        for element in root.iter()
    ]


def of(text: str) -> ReportHTML:
    return ReportHTML(
        string=text,
        base_url="https://packaged.invalid/",
        url_fetcher=URLFetcher(),
    )


def test_both_parsers_read_the_same() -> None:
    assert parts(element_tree(TEXT)) == parts(weasyprint.HTML(string=TEXT).etree_element)


def test_it_is_laid_out_as_before() -> None:
    """With one font for both: which fonts a machine has is not asked."""
    setting = prepared(LayoutRequest((FONT,), packaged_only, BASE, VARIANT, FONT_CONFIGURATION))
    options = {"stylesheets": list(setting.sheets), "font_config": setting.fonts}
    quick = of(TEXT).render(**options)
    assert len(quick.pages) == len(weasyprint.HTML(string=TEXT).render(**options).pages)
    assert quick.metadata.title == "A & B"
    assert quick.metadata.lang == "en"


def test_what_is_not_well_formed_is_read_by_the_parser_of_html() -> None:
    text = "<title>Ä</title><p>one<p>two &nbsp;"
    with pytest.raises(ParseError):
        element_tree(text)
    assert [element.text for element in of(text).etree_element.iter("p")] == ["one", "two \xa0"]
