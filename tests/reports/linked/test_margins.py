"""What stands in the margins: drawn once for each text, with the numbers of each page; and a file
of real pages that validators find nothing in, signed and unsigned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pikepdf
import pytest
from flask import Flask
from pypdf import PdfReader

from tests.factories.application import new_application
from tests.factories.certificates import made_up_key
from tests.reports.linked.test_fragment import MADE
from tests.reports.making.test_signing import packed, settings
from tracker.reports.linked import margins, stamps
from tracker.reports.linked.catalog import DocumentMarks, EmbeddedFile
from tracker.reports.linked.flow import Flow
from tracker.reports.linked.fragment import FragmentHeader, read_header
from tracker.reports.linked.layout import LayoutRequest, Stretch, lay_out, prepared
from tracker.reports.linked.linker import LinkedPage, link
from tracker.reports.linked.margins import MarginSheets, StampTask, stamps_for
from tracker.reports.linked.page_objects import UnknownValue
from tracker.reports.linked.pages import PageStore
from tracker.reports.linked.position import Position
from tracker.reports.linked.stamps import PAGE, PAGES, BrokenStamp, Stamp
from tracker.reports.linked.structure import VARIANT
from tracker.reports.making import signing
from tracker.reports.printing import xmp
from tracker.reports.printing.fetchers import BASE, FONT_CONFIGURATION, packaged_only

TITLE = "Ten pages"
SHEET = """
@font-face { font-family: X; src: url("public-sans-latin-400.ttf"); }
@page { size: 70mm 50mm; margin: 10mm; font-family: X; font-variant-numeric: tabular-nums; }
html { font: 10pt X; } h1 { bookmark-level: 1; font-size: 12pt; } h1, p { margin: 0; }
.next { break-before: page; string-set: place attr(data-place); }
.cover { page: cover; break-after: page; } .page { font-variant-numeric: tabular-nums; }"""
ABOVE = (
    "@page { @top-left { content: string(place); } } @page cover { @top-left { content: none; } }"
)
ITEM = (
    '<!--unit--><section class="next" data-place="Item {0}"><h1 id="i{0}">Item {0}</h1>'
    '<p>See <a href="goto:i3">item 3</a>, page <a class="page" href="goto:i10">000</a></p>'
    "</section>"
)


def below(number: str) -> str:
    return (
        f'@page {{ @bottom-left {{ content: "2 May"; }} @bottom-right {{ content: "{number}"; }} }}'
    )


SHEETS = MarginSheets(ABOVE, below, lambda number, count: f"page {number} of {count}", "place")
REQUEST = LayoutRequest(
    sheets=(SHEET,),
    fetcher=packaged_only,
    base_url=BASE,
    variant=VARIANT,
    font_configuration=FONT_CONFIGURATION,
)


def header(name: str = "", places: tuple[str, ...] = ()) -> FragmentHeader:
    return replace(MADE.header, name=name, places=places)


class Drawing:
    """Draws what is missing, and counts it."""

    def __init__(self, store: PageStore, request: LayoutRequest = REQUEST) -> None:
        self.store, self.request, self.count = store, request, 0

    def __call__(self, task: StampTask) -> None:
        self.count += len(task.wanted)
        assert list(task.perform(self.request, self.store)) == []


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = new_application(tmp_path_factory.mktemp("margins"))
    with app.app_context():
        yield app


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> PageStore:
    return PageStore(tmp_path_factory.mktemp("pages"), "a test")


@pytest.fixture(scope="module")
def file(store: PageStore) -> Path:
    """A cover and ten items, one on a page."""
    items = "".join(ITEM.format(number) for number in range(1, 11))
    text = (
        f'<!--open--><html lang="en"><head><title>{TITLE}</title></head><body><!--in-->'
        f'<!--unit--><div class="cover"><h1>{TITLE}</h1></div>{items}<!--out--></body></html>'
        "<!--close-->"
    )
    flow = Flow.of_text(text)
    list(lay_out(flow, Stretch(Position(0), len(flow.units)), prepared(REQUEST), store))
    fragments = []
    position: Position | None = Position(0)
    while position is not None:
        known = store.find(flow, position)
        assert known is not None
        fragments.append(known.fragment)
        position = known.ends
    both = stamps_for([read_header(file) for file in fragments], SHEETS, store, Drawing(store))
    target = store.fonts.parent / "report.pdf"
    pages = [LinkedPage(*pair) for pair in zip(fragments, both, strict=True)]
    link(pages, target, marks(), store.fonts)
    return target


def marks() -> DocumentMarks:
    schema = xmp.SCHEMA.format(
        name="PDF/UA identification",
        namespace="http://www.aiim.org/pdfua/ns/id/",
        prefix="pdfuaid",
        properties=xmp.PROPERTY.format(
            name="part", type="Integer", category="internal", description="The part"
        ),
    )
    title = f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt></dc:title>'
    packet = xmp.PACKET.format(namespace=xmp.NAMESPACE, properties=title, schemas=schema)
    return DocumentMarks(
        title=TITLE,
        language="en",
        author="",
        description="",
        created="2026-11-30",
        producer="",
        xmp=packet.encode(),
        files=(
            EmbeddedFile(
                name="rows.csv",
                content=b"1\n",
                description="The rows",
                relationship="Data",
                media_type="text/csv",
                dated=date(2026, 11, 30),
            ),
        ),
    )


def findings(file: Path) -> list[str]:
    return [
        f"{failure.rule_id}: {failure.message}"
        for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
        for failure in page.validate_pdf(file, profile=profile).failures
    ]


def test_validators_find_nothing(file: Path) -> None:
    assert findings(file) == []
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_signed_they_find_nothing(app: Flask, file: Path, tmp_path: Path) -> None:
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(file.read_bytes())
    signer = signing.signer(settings(app, packed(made_up_key())))
    assert signer and signing.sign(signer, signed)
    assert findings(signed) == []


def test_each_page_has_its_head_and_its_number(file: Path) -> None:
    """The cover has no head, and the same foot."""
    lines = [page.extract_text().split("\n") for page in PdfReader(file).pages]
    assert lines[0] == [TITLE, "2 May page 1 of 11"]
    for number, shown in enumerate(lines[1:], 1):
        name = f"Item {number}"
        assert shown == [name, "See item 3, page 11", name, f"2 May page {number + 1} of 11"]


def test_what_was_drawn_is_not_drawn_again(store: PageStore, file: Path) -> None:
    """Numbers with as many digits are one stamp, and so are heads with the same words."""
    pages = [header("cover"), *(header(places=(f"Item {number}",)) for number in range(1, 11))]
    again = Drawing(store)
    both = stamps_for(pages, SHEETS, store, again)
    assert again.count == 0 and both[1][1] is both[8][1] and both[8][1] is not both[9][1]
    stamps_for([*pages[:4], header(places=("Item 4a",)), *pages[5:]], SHEETS, store, again)
    assert again.count == 1
    other_day = replace(SHEETS, below=lambda number: below(number).replace("2 May", "3 May"))
    stamps_for(pages, other_day, store, again)
    assert again.count == 1 + 3


def test_a_head_holds_until_the_next_one() -> None:
    pages = [header(), header(places=("a",)), header(), header(places=("b", "c")), header()]
    assert list(margins.running_heads(pages)) == ["", "a", "a", "b", "c"]


def test_a_language_can_say_the_count_first() -> None:
    sheets = replace(SHEETS, number=lambda number, count: f"{count}/{number}")
    wanted = margins.below(sheets, "", 7, 120)
    assert wanted.number == "000/0"
    assert wanted.counters == ((PAGES, 0), (PAGES, 1), (PAGES, 2), (PAGE, 0))


def test_a_head_is_text(store: PageStore) -> None:
    head = '"><b style="color: red">&amp; \\'
    ((above, _below),) = stamps_for([header(places=(head,))], SHEETS, store, Drawing(store))
    glyphs = {used.text for font in above.fonts.values() for used in font.glyphs}
    assert glyphs == set(head)


def test_margins_with_more_than_text_are_refused(store: PageStore) -> None:
    gradient = "@page { @top-left { content: 'x'; background: linear-gradient(red, blue); } }"
    sheets = replace(SHEETS, above=gradient)
    with pytest.raises(UnknownValue, match="more than text"):
        stamps_for([header()], sheets, store, Drawing(store))


def test_a_number_that_is_not_shown_is_refused(store: PageStore) -> None:
    sheets = replace(SHEETS, below=lambda number: "@page { @bottom-left { content: 'x'; } }")
    with pytest.raises(UnknownValue, match="page number"):
        stamps_for([header()], sheets, store, Drawing(store))


def test_a_broken_stamp_is_drawn_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.stamp"
    stamps.write_stamp(path, Stamp(("q", "Q"), (stamps.DigitSlot(PAGE, 0, "A", 7),), {}))
    assert stamps.read_stamp(path).slots[0].zero == 7
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(BrokenStamp):
        stamps.read_stamp(path)
