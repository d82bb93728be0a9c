"""Pages are joined to a file: numbers, names, outline, fonts and margins are those of the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import NameTree, NumberTree

from tests.reports.linked.made_up_pages import (
    CODE,
    TABULAR_ZERO,
    WIDTH,
    ZERO,
    MadeUpPage,
    MadeUpPages,
)
from tracker.reports.linked import font_files, fragment
from tracker.reports.linked.catalog import DocumentMarks, EmbeddedFile
from tracker.reports.linked.font_files import UnknownFont
from tracker.reports.linked.fragment import BrokenFragment
from tracker.reports.linked.linker import LinkedPage, link
from tracker.reports.linked.stamps import PAGE, PAGES, DigitSlot, Stamp

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""

ROWS = EmbeddedFile(
    name="rows.csv",
    content=b"item,standing\n1,done\n",
    description="The rows (all)",
    relationship="Data",
    media_type="text/csv",
    dated=date(2026, 11, 30),
)
MEANING = EmbeddedFile(
    name="a meaning.json",
    content=b"{}",
    description="What they mean",
    relationship="Supplement",
    media_type="application/json",
    dated=date(2026, 11, 30),
)
MARKS = DocumentMarks(
    title="What became of it – a (small) \\ report",
    language="en",
    author="A union",
    description="Progress report",
    created="2026-11-30",
    producer="a test",
    xmp=XMP.encode(),
    files=(ROWS, MEANING),
)
COVER = MadeUpPage(words="cover", bookmarks=[(1, "Cover")], anchors=["top", "here"])
CONTENTS = MadeUpPage(words="contents", late=["here", "item"], links=["item", "gone"])
ITEM = MadeUpPage(words="an item", bookmarks=[(2, "Ω"), (4, "deep")], anchors=["item", "here"])
LAST = MadeUpPage(words="the last", bookmarks=[(3, "less"), (1, "Last")], anchors=["a"])


@pytest.fixture
def pages(tmp_path: Path) -> MadeUpPages:
    return MadeUpPages(tmp_path)


def linked(
    pages: MadeUpPages, *made: MadeUpPage, stamps: Sequence[Stamp] = (), name: str = "report.pdf"
) -> Path:
    files = [pages.write(page, f"page-{number}") for number, page in enumerate(made)]
    target = pages.folder / name
    link([LinkedPage(file, tuple(stamps)) for file in files], target, MARKS, pages.fonts)
    return target


@pytest.fixture
def file(pages: MadeUpPages) -> Path:
    return linked(pages, COVER, CONTENTS, ITEM, LAST)


def test_what_reads_a_pdf_finds_nothing(file: Path) -> None:
    failures = page.validate_pdf(file, profile=page.ValidationProfile.PDF_A_3A).failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == [] and pdf.pdf_version == "1.7"


def test_it_says_what_it_is(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        assert str(pdf.docinfo.Title) == MARKS.title and str(pdf.docinfo.Author) == MARKS.author
        assert str(pdf.docinfo.CreationDate) == "D:20261130"
        assert str(pdf.Root.Lang) == "en" and pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.Metadata.read_raw_bytes() == MARKS.xmp
        assert [str(file.UF) for file in pdf.Root.AF] == [ROWS.name, MEANING.name]
        assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Data", "/Supplement"]
        assert sorted(pdf.attachments) == [MEANING.name, ROWS.name]
        assert pdf.attachments[ROWS.name].get_file().read_bytes() == ROWS.content


def test_page_numbers_are_written_late(file: Path) -> None:
    """`here` stands on two pages, and first on the cover. There is room for three digits."""
    with pikepdf.open(file) as pdf:
        first, second = (stream.read_bytes() for stream in list(pdf.pages[1].Contents)[1:4:2])
    assert first == b"[-980<%04x>] TJ" % (TABULAR_ZERO + 1)
    assert second == b"[-980<%04x>] TJ" % (TABULAR_ZERO + 3)


def test_a_page_number_can_have_several_digits(pages: MadeUpPages) -> None:
    many = [MadeUpPage(words="more", anchors=[f"more {number}"]) for number in range(2, 13)]
    file = linked(pages, MadeUpPage(words="first", late=["more 12"]), *many)
    with pikepdf.open(file) as pdf:
        written = pdf.pages[0].Contents[1].read_bytes()
        widths = pdf.pages[0].Resources.Font[f"/{CODE}"].DescendantFonts[0].W
    one, two = TABULAR_ZERO + 1, TABULAR_ZERO + 2
    assert written == b"[-490<%04x>10<%04x>] TJ" % (one, two)
    assert [int(width) for width in widths[-1]] == [WIDTH] * 3 and int(widths[-2]) == TABULAR_ZERO


def test_a_number_of_a_page_that_is_not_there_is_left_out(pages: MadeUpPages) -> None:
    with pikepdf.open(linked(pages, MadeUpPage(words="a", late=["gone"]))) as pdf:
        assert pdf.pages[0].Contents[1].read_bytes() == b""
        assert pdf.check_pdf_syntax() == []


def test_names_lead_to_the_first_page_that_has_them(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        names = NameTree(pdf.Root.Names.Dests)
        numbers = {name: pdf.pages.index(pikepdf.Page(names[name][0])) for name in names}
        written = [str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]]
        links = [str(annotation.Dest) for annotation in pdf.pages[1].Annots]
    assert numbers == {"a": 3, "gone": 0, "here": 0, "item": 2, "top": 0}
    assert written == sorted(written) and links == ["item", "gone"]


def test_the_outline_has_the_levels_of_its_bookmarks(file: Path) -> None:
    """As WeasyPrint makes it: levels that are left out do not count."""
    with pikepdf.open(file) as pdf, pdf.open_outline() as outline:
        (cover, last) = outline.root
        assert [entry.title for entry in cover.children] == ["Ω"]
        assert [entry.title for entry in cover.children[0].children] == ["deep", "less"]
        assert (cover.title, last.title) == ("Cover", "Last")
        assert pdf.Root.Outlines.Count == 5 and pdf.Root.Outlines.First.Count == 3
        assert pikepdf.Page(pdf.Root.Outlines.Last.Dest[0]) == pdf.pages[3]


def test_without_bookmarks_there_is_no_outline(pages: MadeUpPages) -> None:
    with pikepdf.open(linked(pages, CONTENTS)) as pdf:
        assert "/Outlines" not in pdf.Root and pdf.check_pdf_syntax() == []


def test_each_mark_of_the_content_leads_to_its_element(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        owners = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        document = pdf.Root.StructTreeRoot.K[0]
        assert len(document.K) == len(pdf.pages)
        for number, linked_page in enumerate(pdf.pages):
            (owner,) = owners[int(linked_page.StructParents)]
            assert owner == document.K[number] and document == owner.P
            for annotation in linked_page.Annots:
                assert owners[int(annotation.StructParent)] == owner
        assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(owners)


def test_a_font_is_inside_once_with_the_glyphs_in_use(file: Path, pages: MadeUpPages) -> None:
    with pikepdf.open(file) as pdf:
        fonts = {page.Resources.Font[f"/{CODE}"].objgen for page in pdf.pages}
        assert len(fonts) == 1
        font = pdf.pages[0].Resources.Font[f"/{CODE}"]
        signs = dict(re.findall(rb"<(\w{4})> <(\w+)>\n", font.ToUnicode.read_bytes()))
        del signs[b"0000"]  # the range of all codes
        program = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    texts = {bytes.fromhex(text.decode()).decode("utf-16-be") for text in signs.values()}
    assert texts == set("covercontentsanitemthelast 013")
    kept = TTFont(BytesIO(program))
    order = kept.getGlyphOrder()
    drawn = {number for number, name in enumerate(order) if kept["glyf"][name].numberOfContours}
    spaces = {number for number, text in signs.items() if text == b"0020"}
    assert drawn == {int(number, 16) for number in signs.keys() - spaces} | {0}
    assert "GSUB" not in kept and len(program) < len((pages.fonts / pages.font_file).read_bytes())


def test_the_same_pages_are_the_same_bytes(pages: MadeUpPages) -> None:
    first = linked(pages, COVER, ITEM).read_bytes()
    files = [pages.folder / "page-0", pages.folder / "page-1"]
    again = pages.folder / "again.pdf"
    for kept in pages.fonts.glob("*.subset"):
        kept.unlink()
    link([LinkedPage(file) for file in files], again, MARKS, pages.fonts)
    assert again.read_bytes() == first


def test_any_of_the_pages_can_be_joined_in_any_order(pages: MadeUpPages) -> None:
    linked(pages, COVER, CONTENTS, ITEM, LAST)
    some = [LinkedPage(pages.folder / f"page-{number}") for number in (3, 1)]
    target = pages.folder / "some.pdf"
    link(some, target, MARKS, pages.fonts)
    with pikepdf.open(target) as pdf:
        assert pdf.check_pdf_syntax() == [] and len(pdf.pages) == 2
    assert page.validate_pdf(target, profile=page.ValidationProfile.PDF_A_3A).is_compliant


def test_margins_are_behind_the_page_with_its_numbers(pages: MadeUpPages) -> None:
    number = Stamp(
        parts=(f"/Artifact BMC q BT /{CODE} 8 Tf 20 10 Td <", "> Tj <", "", "> Tj ET Q EMC"),
        slots=(
            DigitSlot(PAGE, 0, CODE, TABULAR_ZERO),
            DigitSlot(PAGES, 0, CODE, TABULAR_ZERO),
            DigitSlot(PAGES, 1, CODE, TABULAR_ZERO),
        ),
        fonts={CODE: pages.font("x")},
    )
    file = linked(pages, *[COVER] * 9, ITEM, stamps=[number])
    with pikepdf.open(file) as pdf:
        *_content, margins = pdf.pages[3].Contents
        glyphs = [TABULAR_ZERO + digit for digit in (4, 1, 0)]
        assert b"<%04x> Tj <%04x%04x> Tj" % tuple(glyphs) in margins.read_bytes()
        assert pdf.check_pdf_syntax() == []


def test_digits_that_have_not_one_width_are_refused(pages: MadeUpPages) -> None:
    with pytest.raises(UnknownFont, match="not one width"):
        font_files.digits(pages.fonts, pages.font_file, 0, ZERO)


def test_subsets_are_kept(pages: MadeUpPages) -> None:
    made = font_files.subset(pages.fonts, pages.font_file, 0, [1, 2])
    (kept,) = pages.fonts.glob("*.subset")
    (pages.fonts / pages.font_file).unlink()
    assert font_files.subset(pages.fonts, pages.font_file, 0, [2, 1]) == made
    kept.write_bytes(b"broken")
    with pytest.raises(FileNotFoundError):
        font_files.subset(pages.fonts, pages.font_file, 0, [1, 2])


def test_a_broken_page_leaves_the_file_as_it_was(pages: MadeUpPages) -> None:
    file = linked(pages, COVER)
    before = file.read_bytes()
    broken = pages.folder / "page-0"
    content = broken.read_bytes()
    broken.write_bytes(content[: -fragment.ROW.size])
    with pytest.raises(BrokenFragment):
        link([LinkedPage(broken)], file, MARKS, pages.fonts)
    assert file.read_bytes() == before and not list(pages.folder.glob("*.part"))


def test_two_pages_with_the_same_numbers_are_refused(pages: MadeUpPages) -> None:
    """The same page twice, or one of a folder whose numbers began anew."""
    page = pages.write(COVER, "page")
    with pytest.raises(BrokenFragment):
        link([LinkedPage(page), LinkedPage(page)], pages.folder / "report.pdf", MARKS, pages.fonts)
