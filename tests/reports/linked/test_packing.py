"""A small document is packed page by page and joined again: it has what it has in one go."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
import pytest
from PIL import Image

from tests.reports.linked import comparing
from tracker.paths import STATIC
from tracker.reports.linked import fragment, packing, structure
from tracker.reports.linked.catalog import DocumentMarks
from tracker.reports.linked.fragment import FragmentHeader
from tracker.reports.linked.linker import LinkedPage, link
from tracker.reports.linked.packing import CannotBePacked, PlaceOfNumber, cut, pack
from tracker.reports.linked.page_objects import UnknownValue
from tracker.reports.printing.fetching import BASE, PackagedOnly

SHEET = f"""
@font-face {{ font-family: X; src: url("{BASE}fonts/public-sans-latin-400.woff2") }}
@page {{ size: 100mm 80mm; margin: 10mm }} @page cover {{ margin: 12mm }}
html {{ font: 10pt X }} .front {{ page: cover }}
table {{ width: 100% }} .n {{ text-align: right }} ul {{ list-style: decimal }}
.page {{ display: inline-block; width: 12mm; text-decoration: none }}
.page {{ font-variant-numeric: tabular-nums; letter-spacing: .1pt }}
.sign {{ background: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' \
height='9'><path d='M0 0h9v9z'/></svg>") no-repeat; padding-left: 12px }}
"""
PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='20' viewBox='0 0 60 20'>"
    "<title>A chart</title><linearGradient id='g'><stop offset='0' stop-color='red'/>"
    "<stop offset='1' stop-color='blue' stop-opacity='.3'/></linearGradient>"
    "<rect width='40' height='20' fill='url(#g)'/><text x='42' y='12' font-size='8'>12</text></svg>"
)
ODD = "Odd: ) ( \\ 5 0 R ] TJ 000 endstream &lt;b&gt; &amp; é ñ"
ZEROS = "0000"
ROWS = 24


def picture(kind: str, mode: str) -> str:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((30, 20)).convert(mode).save(file, kind)
    data = base64.b64encode(file.getvalue()).decode()
    return f'<img alt="{kind} {mode}" src="data:image/{kind.lower()};base64,{data}">'


def document_text(scheme: str, number: str) -> str:
    """:param scheme: of links within the document
    :param number: of the page on which "last" is
    """
    rows = "".join(
        f'<tr><th scope="row" id="item-{n}">{n}</th><td class="sign">Words <b>of</b> it</td>'
        f'<td class="n"><a class="page" href="{scheme}last">{number}</a></td></tr>'
        for n in range(1, ROWS + 1)
    )
    return f"""<html lang="en"><title>Small</title><body>
    <div class="front"><h1 id="front">Front</h1><p>{ODD}</p>
    <p><a href="https://example.org/(a)?b=é">out of <b>it</b></a>, <a href="{scheme}last">to the
    end</a></p></div>
    <h1>Rows</h1><table><thead><tr><th>No</th><th>What</th><th>Page</th></tr></thead>
    <tbody>{rows}</tbody></table>
    <ul><li>One</li> <li>Two<ul><li>within</li></ul></li></ul>
    <p>{PICTURE}{picture("PNG", "RGB")}{picture("PNG", "RGBA")}{picture("JPEG", "L")}</p>
    <div style="opacity: .5; background: linear-gradient(red, blue)"><h2 id="last">Last</h2></div>
    """


def laid_out(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.environ["FONTCONFIG_FILE"] = str(STATIC / "report" / "fonts.conf")
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
    fetcher = PackagedOnly()
    sheet = weasyprint.CSS(string=SHEET, url_fetcher=fetcher, font_config=fonts)
    return weasyprint.HTML(string=text, base_url=BASE, url_fetcher=fetcher).render(
        stylesheets=[sheet], font_config=fonts, pdf_variant=structure.VARIANT
    )


class Folder:
    """Keeps fragments and fonts, and counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fonts = path / "fonts"
        self.fonts.mkdir()
        self.next_number = fragment.FIRST_FREE

    def allocate(self, count: int) -> int:
        self.next_number += count
        return self.next_number - count

    def store_font(self, code: str, content: bytes) -> str:
        name = hashlib.sha256(content).hexdigest()
        (self.fonts / name).write_bytes(content)
        return name

    def pack(self, document: Any) -> list[Path]:
        paths = []
        for number, page in enumerate(document.pages):
            made = pack(
                page,
                document,
                places=[f"place {number}"],
                allocate=self.allocate,
                store_font=self.store_font,
            )
            path = self.path / f"{number}.fragment"
            path.write_bytes(made)
            paths.append(path)
        return paths


@dataclass(frozen=True)
class Both:
    """The document written in one go, and joined from its pages."""

    plain: Path
    linked: Path
    headers: list[FragmentHeader]


MARKS = DocumentMarks(
    title="Small",
    language="en",
    author="",
    description="",
    created="2026-11-30",
    producer="",
    xmp=b"",
    files=(),
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    path = tmp_path_factory.mktemp("packing")
    plain, linked = path / "plain.pdf", path / "linked.pdf"
    document = laid_out(document_text(packing.LINK_SCHEME, ZEROS))
    folder = Folder(path)
    fragments = folder.pack(document)
    link([LinkedPage(path) for path in fragments], linked, MARKS, folder.fonts)
    laid_out(document_text("#", str(len(fragments)))).write_pdf(
        plain,
        finisher=lambda _document, pdf: structure.tidy(pdf),
        pdf_variant=structure.VARIANT,
    )
    return Both(plain, linked, [fragment.read_header(path) for path in fragments])


def test_what_is_joined_is_what_is_written_in_one_go(both: Both) -> None:
    """Text, tags, links, outline, names, and each page as it looks."""
    found = comparing.differences(both.plain, both.linked)
    assert [line for line in found if not line.startswith("metadata")] == []
    with pikepdf.open(both.linked) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == len(both.headers) > 3


def test_the_header_says_what_is_on_a_page(both: Both) -> None:
    first, *_others, last = both.headers
    assert (first.name, last.name) == ("cover", "")
    assert [header.places for header in both.headers] == [
        (f"place {number}",) for number in range(len(both.headers))
    ]
    assert [bookmark.title for bookmark in first.bookmarks] == ["Front"]
    assert [anchor.name for anchor in last.anchors] == ["last"]
    assert first.targets == ("last",) and first.late == ()
    late = [number for header in both.headers for number in header.late]
    assert len(late) == ROWS and {number.target for number in late} == {"last"}
    assert {number.digits for number in late} == {len(ZEROS)}


def test_no_number_of_an_object_is_used_twice(both: Both) -> None:
    ends = [header.base + header.count for header in both.headers]
    assert [header.base for header in both.headers] == [fragment.FIRST_FREE, *ends[:-1]]
    for header in both.headers:
        own = range(header.base, header.base + header.count)
        assert {header.page, *header.roots, *(number for number, _ in header.streams)} <= set(own)


def test_the_same_page_is_the_same_bytes(tmp_path: Path) -> None:
    document = laid_out('<html lang="en"><title>A</title><p>Words <a href="goto:x">x</a>')
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(Folder(tmp_path / name).pack(document)[0].read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "body",
    [
        "<p>A character without a sign: \u6f22</p>",
        '<p><a class="page" href="goto:x">12</a></p>',
        '<p><a class="page" href="goto:x"></a></p>',
    ],
)
def test_what_a_fragment_cannot_hold_is_refused(body: str, tmp_path: Path) -> None:
    with pytest.raises(CannotBePacked):
        Folder(tmp_path).pack(laid_out(f'<html lang="en"><title>A</title>{body}'))


def test_content_is_cut_at_late_numbers() -> None:
    items: list[Any] = [
        *("/Link", {"MCID": 0}, b"BDC", b"/F 9 Tf", b"[<0001>] TJ", b"EMC"),
        *(b"/G 9 Tf", "/Link", {"MCID": 1}, b"BDC", b"[<0013>4.97<0013>4.97<0013>] TJ", b"EMC"),
    ]
    items[1], items[8] = pydyf.Dictionary(items[1]), pydyf.Dictionary(items[8])
    before, number, after = cut(items, {1: "x"})
    assert isinstance(before, bytes) and before.startswith(b"q\n/Link") and b"<0001>" in before
    assert number == PlaceOfNumber("x", "G", digits=3, kerning=4.97, zero=0x13)
    assert after == b"EMC\nQ"
    with pytest.raises(UnknownValue):
        list(cut(items, {2: "x"}))
