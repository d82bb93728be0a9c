"""A report as one page of HTML: the data of the printed one, in its order, and nothing from
outside.
"""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import DESK, PHONE
from tests.reports.conftest import Place, Printed, report_of
from tracker.reports.models import Imprint
from tracker.reports.printing.html_page import html_page
from tracker.reports.printing.html_tables import with_roles
from tracker.rules.report_number import NumberInFile

PAPER = {"light": "rgb(251, 250, 246)", "dark": "rgb(20, 23, 26)"}
LEFT_OUT = ("style", "title", "nav", "header", "thead")
"""What is on a screen alone, what names a drawing, and heads, which print repeats on each page."""


@pytest.fixture(scope="module")
def page_of_short(place: Place) -> str:
    with place.app.app_context():
        return html_page(report_of(place))


def without_spaces(words: str) -> str:
    return "".join(words.split())


class WordsOf(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in LEFT_OUT:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.words.append(data)


def words_of(page: str) -> str:
    parser = WordsOf()
    parser.feed(page)
    return without_spaces("".join(parser.words))


def structure_of(file: Path) -> Iterator[str]:
    """The words of a PDF in the order of its tags, without heads of tables."""
    tree = subprocess.run(
        ["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True
    ).stdout
    head: int | None = None  # how deep the head stands that is read
    for line in tree.splitlines():
        depth = len(line) - len(line.lstrip())
        if head is not None and depth <= head:
            head = None
        if line.strip() == "THead":
            head = depth
        if head is None and line.strip().startswith('"'):
            yield without_spaces(line.strip()[1:-1])


@pytest.mark.slow
def test_a_screen_reader_reads_the_same_in_the_same_order(
    short: Printed, page_of_short: str
) -> None:
    words = words_of(page_of_short)
    assert len(words) > 3000 and "".join(structure_of(short.file)) == words


def test_an_issued_page_bears_its_number_for_a_check(place: Place) -> None:
    report = report_of(place)
    imprint = Imprint(number="PA-2024-1", issued_on=report.as_of)
    finder = NumberInFile()
    with place.app.app_context():
        finder.feed(html_page(replace(report, imprint=imprint)).encode())
    assert finder.number == "PA-2024-1"


def test_it_needs_nothing_from_outside(page_of_short: str) -> None:
    assert not re.search(r"<(script|link|iframe|form|base)\b", page_of_short)
    assert not re.search(r" (src|href|on\w+|style)=\"(?!#|data:)", page_of_short)
    assert set(re.findall(r"url\(\"(\w+):", page_of_short)) == {"data"}
    assert "@import" not in page_of_short


def test_each_cell_has_the_name_of_its_column() -> None:
    table = (
        '<!DOCTYPE html><p>a &amp; b<table class="x"><thead><tr><th scope="col">No.</th>'
        '<th scope="col">Who &amp; <b>what</b></th></tr></thead><tbody>'
        '<tr><th scope="rowgroup" colspan="2">Motions</th></tr>'
        "<tr><td>1</td><td>A&#8217;s</td></tr><tr><td colspan='2'>gap</td></tr></tbody></table>"
    )
    assert with_roles(table) == (
        '<!DOCTYPE html><p>a &amp; b<table class="x" role="table"><thead role="rowgroup">'
        '<tr role="row"><th scope="col" role="columnheader">No.</th>'
        '<th scope="col" role="columnheader">Who &amp; <b>what</b></th></tr></thead>'
        '<tbody role="rowgroup"><tr role="row">'
        '<th scope="rowgroup" colspan="2" role="rowheader">Motions</th></tr>'
        '<tr role="row"><td role="cell" data-label="No.">1</td>'
        '<td role="cell" data-label="Who &amp; what">A&#8217;s</td></tr>'
        '<tr role="row"><td colspan=\'2\' role="cell">gap</td></tr></tbody></table>'
    )


@pytest.mark.browser
def test_everybody_can_read_it_on_a_phone_and_a_desk(
    page_of_short: str, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    (style,) = re.findall(r"<style>(.*?)</style>", page_of_short, re.DOTALL)
    checksum = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{checksum}'; img-src data:; font-src data:"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    file.write_text(page_of_short.replace("<head>", f"<head>{meta}", 1), encoding="utf-8")
    for size, scheme in ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")):
        # axe itself is a script, which the policy would not let in
        context = browser.new_context(
            viewport=size, color_scheme=scheme, bypass_csp=scheme == "dark"
        )
        page = context.new_page()
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert background == PAPER[scheme]
        if scheme == "dark":
            violations = Axe().run(page).response["violations"]
            assert violations == [], [violation["id"] for violation in violations]
        context.close()
