"""The comparing tool sees what it must see, and nothing in how a file is written."""

from __future__ import annotations

import os
from pathlib import Path

import pikepdf
import pytest

from tracker.paths import STATIC

from .comparing import differences

FONT = (STATIC / "fonts" / "public-sans-latin-400.woff2").as_uri()

DOCUMENT = f"""<html lang="en"><head><title>Report</title><meta name="author" content="Office">
<style>@font-face {{font-family: Sans; src: url('{FONT}')}}
body {{font: 12pt Sans}} h1, h2 {{break-before: page}} h2 {{bookmark-level: 2}}
@page {{size: 10cm; @top-left {{content: "Draft"}} @bottom-right {{content: counter(page)}}}}
p.deep {{text-indent: 2em}}</style></head><body>
<h1 id="one">First</h1><p>Of six items <a href="#two">two</a> were carried out.</p>
<svg width="20" height="20"><title>A square</title><rect width="9" height="9"/></svg>
<h2 id="two">Second</h2><table><tr><th scope="row">Sum</th><td>14</td></tr></table>
<p class="deep">See <a href="https://tracker.example/">the record</a>.</p><p id="end">End</p>
</body></html>"""


def written(file: Path, document: str = DOCUMENT, attached: str = "1,2") -> Path:
    os.environ["FONTCONFIG_FILE"] = str(STATIC / "report" / "fonts.conf")
    import weasyprint

    attachment = weasyprint.Attachment(string=attached, name="rows.csv", relationship="Data")
    weasyprint.HTML(string=document).write_pdf(
        file, pdf_variant="pdf/a-3a", attachments=[attachment]
    )
    return file


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("comparing") / "plain.pdf")


@pytest.mark.parametrize(
    ("parts", "before", "after"),
    [
        ({"pages", "structure", "words", "pictures"}, "six items", "nine items"),
        ({"pages", "outline", "pictures"}, "size: 10cm", "size: 10cm 11cm"),
        ({"pages", "words", "pictures"}, '"Draft"', '"Drafts"'),
        ({"links", "structure"}, '<a href="#two">two</a>', "two"),
        ({"links", "structure"}, 'href="#two"', 'href="#one"'),
        ({"links", "structure"}, "tracker.example", "tracker.invalid"),
        ({"outline"}, "bookmark-level: 2", "bookmark-level: 1"),
        ({"anchors"}, '<p id="end">', "<p>"),
        ({"structure"}, '<p id="end">End</p>', '<div id="end">End</div>'),
        ({"structure"}, "<td>14</td>", '<td colspan="2">14</td>'),
        ({"structure"}, "A square", "A circle"),
        ({"metadata"}, 'lang="en"', 'lang="de"'),
        ({"fonts"}, "font-family: Sans;", "font-family: Sans; font-family: Other;"),
        ({"pictures"}, 'width="9"', 'width="20"'),
        ({"pictures"}, "2em", "5em"),
    ],
)
def test_it_sees(file: Path, tmp_path: Path, parts: set[str], before: str, after: str) -> None:
    assert before in DOCUMENT
    other = written(tmp_path / "other.pdf", DOCUMENT.replace(before, after))
    assert parts <= {line.partition(":")[0] for line in differences(file, other)}


def test_it_sees_other_data(file: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "other.pdf", attached="1,3")
    lines = differences(file, other)
    assert lines and all(line.startswith("attachments") for line in lines)


def test_it_sees_content_that_leads_to_another_element(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    with pikepdf.open(file) as pdf:
        leaf = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        leaf[0], leaf[1] = leaf[1], leaf[0]
        pdf.save(other)
    assert any(line.startswith("astray") for line in differences(file, other))


def test_it_does_not_see_how_a_file_is_written(file: Path, tmp_path: Path) -> None:
    """Other numbers of objects, other compression, a content stream in two pieces."""
    other = tmp_path / "other.pdf"
    with pikepdf.open(file) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        half = content.index(b"BDC") + 3
        pieces = [pdf.make_stream(content[:half]), pdf.make_stream(content[half:])]
        pdf.pages[0].Contents = pikepdf.Array(pieces)
        pdf.save(other, compress_streams=False, linearize=True, fix_metadata_version=False)
    assert differences(file, other) == []
