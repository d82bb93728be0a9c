"""What a union's list may hold must not break the page.

Endless texts, words without a gap, other scripts, characters without a sign.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.reports.conftest import Place, Printed
from tracker.reading.item_models import ItemPage
from tracker.reading.models import VersionDetails
from tracker.reports.models import ReportKind
from tracker.reports.printing import paper, plain_pages, render
from tracker.reports.printing.characters import Boxes
from tracker.reports.printing.fetching import BASE, NotPackaged, PackagedOnly

pytestmark = pytest.mark.slow

PAGE = re.compile(r'<page width="([\d.]+)"')
WORD = re.compile(r'<word xMin="(-?[\d.]+)".*xMax="(-?[\d.]+)".*>(.*)</word>')


def _with_text(printed: Printed, **changes: Any) -> dict[int, ItemPage]:
    """The items, the first of them changed."""
    key, first = next(iter(printed.report.items_by_id.items()))
    if words := changes.pop("words", None):
        version: VersionDetails = replace(first.versions[0], words=words)
        changes["versions"] = (version,)
    return {**printed.report.items_by_id, key: replace(first, **changes)}


def _outside(file: Path) -> Iterator[str]:
    """Words that stand beyond the edge of their page."""
    boxes = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    width = 0.0
    for line in boxes.splitlines():
        page = PAGE.search(line)
        if page:
            width = float(page[1])
        word = WORD.search(line)
        if word and not 0 <= float(word[1]) <= float(word[2]) <= width:
            yield word[3][:40]


def test_endless_texts_break_nothing(place: Place, full: Printed) -> None:
    items = _with_text(full, words="word " * 200_000, title="W" * 400)
    report = replace(
        full.report,
        items_by_id=items,
        page=replace(full.report.page, rows=(replace(full.report.page.rows[0], title="Ω" * 400),)),
    )
    with place.app.app_context():
        made = render.write(report, place.folder / "endless.pdf")
        alone = replace(
            full.report, kind=ReportKind.ITEM, items_by_id=dict([next(iter(items.items()))])
        )
        one = render.write(alone, place.folder / "endless-one.pdf")
    assert (
        made.pages < 40
        and one.pages <= 2
        and not list(_outside(place.folder / "endless.pdf"))
        and not list(_outside(place.folder / "endless-one.pdf"))
    )
    text = " ".join(
        subprocess.run(
            ["pdftotext", place.folder / "endless.pdf", "-"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
    )
    assert "988,000 more characters are on the item’s page." in text


def test_other_scripts_and_characters_without_a_sign(place: Place, full: Printed) -> None:
    words = "Ελληνικά, кириллица, עברית, العربية, Tiếng Việt, ≤ → ✓ and 漢字\x00\x0c end."
    key = next(iter(full.report.items_by_id))
    report = replace(
        full.report, kind=ReportKind.ITEM, items_by_id={key: _with_text(full, words=words)[key]}
    )
    file = place.folder / "scripts.pdf"
    with place.app.app_context():
        made = render.write(report, file)
    assert made.boxes.characters == "字漢" and not list(_outside(file))
    text = subprocess.run(
        ["pdftotext", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in ("Ελληνικά", "кириллица", "Tiếng Việt", "✓", "end."):
        assert words in text
    fonts = subprocess.run(
        ["pdffonts", file], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts and all(
        line.split()[-5] == "yes" and re.search(r"\+(Public-Sans|Newsreader|Noto-)", line)
        for line in fonts
    ), fonts


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://example.org/x.css",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "x.css",
        f"{BASE}../tracker/config.py",
        f"{BASE}report/../../pyproject.toml",
        f"{BASE}report/fonts.conf",
        "https://packaged.invalid.example.org/report/report.css",
    ],
)
def test_the_renderer_opens_nothing_else(address: str) -> None:
    with pytest.raises(NotPackaged):
        PackagedOnly().fetch(address)


def test_the_renderer_opens_packaged_files_and_data() -> None:
    assert b"@font-face" in PackagedOnly().fetch(f"{BASE}report/report.css").read()
    assert PackagedOnly().fetch("data:text/plain,words").read() == b"words"


def test_what_a_text_asks_for_is_not_fetched(
    place: Place, full: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where markup got through, which it does not."""
    addresses: list[str] = []
    fetch = PackagedOnly.fetch
    monkeypatch.setattr(
        PackagedOnly,
        "fetch",
        lambda self, url, headers=None: addresses.append(url) or fetch(self, url, headers),
    )
    with place.app.app_context():
        document = (
            '<html lang="en"><title>x</title><img src="file:///etc/passwd" alt="x">'
            '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">words'
        )
        assert len(plain_pages.lay_out(full.report, document, render.no_progress).pages) == 1
    assert {"file:///etc/passwd", "http://127.0.0.1:1/x.css"} <= set(addresses)


def test_the_paper_is_that_of_the_country() -> None:
    assert (
        paper.size("America/New_York") == "Letter"
        and paper.size("Europe/Berlin") == "A4"
        and paper.size("UTC") == "A4"
    )
    assert paper.quoted('a "b" \\ \n</style>') == '"a \\22 b\\22  \\5c  \\a \\3c /style\\3e "'


def test_the_last_page_says_what_is_shortened_and_what_is_a_box(
    place: Place, full: Printed
) -> None:
    """And the item says it itself; text without any font is in no other item."""
    first = next(iter(full.report.items_by_id.values()))
    moment = next(moment for moment in first.record if moment.words)
    items = _with_text(
        full,
        words="漢字" * 20_000,
        record=(replace(moment, words="- " * 5_000 + "x"), *first.record),
        clauses=tuple(
            replace(first.clauses[0], number=number, words="To do. " * 70)
            for number in range(1, 1_001)
        ),
    )
    file = place.folder / "said.pdf"
    with place.app.app_context():
        made = render.write(replace(full.report, items_by_id=items), file)
    said = Printed(full.report, made, file)
    assert made.boxes == Boxes("字漢", ("New business item\xa01",))
    last = said.page(-1)
    assert (
        "1 item is printed shortened, and is whole on its page: New business item 1" in last
        and "U+5B57 CJK UNIFIED IDEOGRAPH-5B57; U+6F22 CJK UNIFIED IDEOGRAPH-6F22" in last
        and "They stand in: New business item 1" in last
    )
    assert "28,000 more characters are on the item’s page." in said.text
    assert re.search(
        r"Left out here, and on the item’s page: [\d,]+ characters and 9\d\d clauses", said.text
    )
