"""The file of a report as an archive and a screen reader ask for it: PDF/A-3a and PDF/UA-1 at once,
its data inside, its number in its bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import page
import pikepdf
import pytest

from tests.factories.certificates import MadeUpKey, made_up_key
from tests.factories.tagged_pdf import tagged_pdf
from tests.reports.conftest import Place, Printed
from tests.reports.making.test_signing import packed, settings
from tracker.reports import data
from tracker.reports.making import signing
from tracker.reports.models import (
    CollectedReport,
    Imprint,
    Report,
    ReportKind,
    ReportStatus,
    has_more,
)
from tracker.reports.printing import archival, archive_check, document, render
from tracker.rules.report_number import MARKER, NumberInFile

pytestmark = pytest.mark.slow

NUMBER = "LAKE-2024-1"

MANY = 1000

LIMITS = page.SafetyLimits(max_reference_depth=4096)  # each bookmark leads to the next


def issue(report: Report) -> Report:
    """The same as it is issued."""
    imprint = Imprint(
        number=NUMBER,
        issued_on=date(2025, 4, 2),
        corrects="LAKE-2023-7",
        correction="what was spent on item 3",
        line="Handed out to delegates.",
    )
    return replace(
        report, status=ReportStatus.ISSUED, base_url="https://tracker.example", imprint=imprint
    )


@pytest.fixture(scope="module")
def one(place: Place) -> Printed:
    """One item, issued."""
    draft = place.print(
        place.running, ReportKind.ITEM, "one-draft", item_id=place.items["nbi-1"]
    ).report
    issued = issue(draft)
    file = place.folder / "one-issued.pdf"
    with place.app.app_context():
        return Printed(issued, render.write(issued, file), file)


def findings(file: Path) -> list[str]:
    """Of both profiles, and of qpdf."""
    lines = [
        f"{profile}: {failure.rule_id}: {failure.message}"
        for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
        for failure in page.validate_pdf(file, profile=profile, limits=LIMITS).failures
    ]
    with pikepdf.open(file) as pdf:
        return lines + pdf.check_pdf_syntax()


def test_the_length_of_a_stream_is_plain(tmp_path: Path) -> None:
    """Its last byte is no part of the line's end after it, and nothing else moves."""
    file = tmp_path / "file.pdf"
    before = b"<</Filter /FlateDecode/Length 3>>\nstream\n%b\nendstream\n"
    mended = b"<</Filter/FlateDecode/Length 3>>\nstream\nab\r\r\nendstream\n"
    file.write_bytes((before % b"abc") + (before % b"ab\r") * 2 + (before % b"abd"))
    archival.mend_ends_of_streams(file)
    assert file.read_bytes() == (before % b"abc") + mended * 2 + (before % b"abd")


@pytest.mark.parametrize("name", ["short", "full", "one"])
def test_archives_and_screen_readers_find_nothing(
    name: str, request: pytest.FixtureRequest
) -> None:
    printed: Printed = request.getfixturevalue(name)
    assert findings(printed.file) == []


@pytest.mark.parametrize("kind", ["silent", "money", "unit", "delegation", "years"])
def test_of_no_kind_do_they_find_anything(
    place: Place, other_kinds: dict[str, CollectedReport], kind: str
) -> None:
    file = place.folder / f"{kind}.pdf"
    with place.app.app_context():
        render.write(other_kinds[kind], file)
    assert findings(file) == []


def test_signed_they_find_nothing(place: Place, one: Printed, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(one.file.read_bytes())
    key: MadeUpKey = made_up_key()
    signer = signing.signer(settings(place.app, packed(key)))
    with place.app.app_context():
        assert signer and signing.sign(signer, file)
    assert findings(file) == []
    assert f"{MARKER}{NUMBER}".encode() in file.read_bytes()


def test_a_character_without_a_sign_is_a_box(place: Place, one: Printed) -> None:
    (key,) = one.report.items_by_id
    item = replace(one.report.items_by_id[key], title="漢字 and חבר הסניף")
    file = place.folder / "boxes.pdf"
    with place.app.app_context():
        made = render.write(replace(one.report, items_by_id={key: item}), file)
    assert made.boxes.characters == "字漢" and findings(file) == []


def test_its_data_are_inside(place: Place, short: Printed, one: Printed) -> None:
    for printed, name in ((short, "report-data"), (one, NUMBER)):
        with place.app.app_context():
            rows, document = data.to_csv(printed.report), data.to_json(printed.report)
        contents = {
            f"{name}.csv": ("/Data", rows.encode()),
            f"{name}.json": ("/Data", document.encode()),
            data.SCHEMA.name: ("/Supplement", data.SCHEMA.read_bytes()),
        }
        with pikepdf.open(printed.file) as pdf:
            assert [str(file.UF) for file in pdf.Root.AF] == list(contents)
            for file in pdf.Root.AF:
                relationship, content = contents[str(file.UF)]
                assert file.AFRelationship == relationship and str(file.Desc)
                assert file.EF.F.read_bytes() == content
                embedded = bytes(file.EF.F.Params.CheckSum)
                assert embedded == hashlib.md5(content, usedforsecurity=False).digest()


def test_it_says_what_it_is(place: Place, short: Printed, one: Printed) -> None:
    assert MARKER.encode() not in short.file.read_bytes()
    assert re.findall(rb"TrackerReport:[\w-]+", one.file.read_bytes()) == [
        f"{MARKER}{NUMBER}".encode()
    ]
    with place.app.app_context():
        checksums = {
            printed.report.kind: data.data_sha256(printed.report) for printed in (short, one)
        }
    assert said_of(short) == {
        "status": "draft",
        "asOf": "2025-03-31",
        "dataSha256": checksums[ReportKind.SHORT],
        "headEvent": str(short.report.head.event),
        "headHash": short.report.head.hash,
    }
    assert said_of(one)["number"] == NUMBER
    assert said_of(one)["dataSha256"] == checksums[ReportKind.ITEM]
    with pikepdf.open(one.file) as pdf:
        document = json.loads(pdf.attachments[f"{NUMBER}.json"].get_file().read_bytes())
    assert document["report"]["data_sha256"] == checksums[ReportKind.ITEM]


def test_whoever_checks_it_finds_its_number(short: Printed, one: Printed) -> None:
    for printed, number in ((short, None), (one, NUMBER)):
        in_file = NumberInFile()
        in_file.feed(printed.file.read_bytes())
        assert in_file.number == number


def test_the_last_look_at_a_file(
    one: Printed, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive_check.check(one.file)
    assert not caplog.records
    other = tmp_path / "other.pdf"
    other.write_bytes(tagged_pdf())
    archive_check.check(other)
    assert "pdfaid:part is None" in caplog.text and "no /AF in the catalog" in caplog.text
    broken = one.file.read_bytes()
    other.write_bytes(broken[: len(broken) // 2])
    with pytest.raises(archive_check.BrokenFile):
        archive_check.check(other)


def said_of(printed: Printed) -> Mapping[str, str]:
    """Our own properties of its metadata."""
    with pikepdf.open(printed.file) as pdf, pdf.open_metadata() as metadata:
        start = "{urn:tracker:report:1#}"
        return {
            name.removeprefix(start): str(metadata[name])
            for name in metadata
            if name.startswith(start)
        }


def test_the_same_report_is_the_same_bytes(place: Place, one: Printed) -> None:
    again = place.folder / "one-again.pdf"
    with place.app.app_context():
        render.write(one.report, again)
    assert again.read_bytes() == one.file.read_bytes()


def test_heads_of_tables_have_their_scope(short: Printed) -> None:
    scopes: dict[str, set[str]] = {}
    with pikepdf.open(short.file) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH":
                part = str(element.P.P.S)
                scopes.setdefault(part, set()).add(str(element.A.Scope))
    assert scopes == {"/THead": {"/Column"}, "/TBody": {"/Row", "/Column"}}


def test_text_has_no_element_for_each_line(short: Printed) -> None:
    """It is in its paragraph or its cell; what stands in the margins is in no element."""
    with pikepdf.open(short.file) as pdf:
        elements = [
            element
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem"
        ]
        assert {"/P", "/TD", "/TH", "/LBody"} <= {str(e.S) for e in elements if _has_text(e)}
        for element in elements:
            if element.S in ("/Span", "/NonStruct"):
                assert str(element.P.S) not in ("/P", "/TD", "/TH", "/LBody") or "/Alt" in element
            if element.S in ("/TD", "/TH"):
                assert "/ID" not in element and "/Headers" not in element.get("/A", {})
        for page_of_file in pdf.pages:
            page_of_file.contents_coalesce()  # the linked way has margins in streams of their own
            content = page_of_file.Contents.read_bytes()
            assert content.count(b"/Artifact") and b"/Subtype/Footer" in content
            owners = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
            assert content.count(b"MCID") == len(owners[int(page_of_file.StructParents)])


def _has_text(element: pikepdf.Dictionary) -> bool:
    return any(isinstance(kid, int) for kid in element.K)


def test_a_figure_has_its_words_and_its_place(short: Printed) -> None:
    with pikepdf.open(short.file) as pdf:
        figures = [
            element
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
        ]
        assert figures and all(str(figure.Alt) for figure in figures)
        for figure in figures:
            left, bottom, right, top = (float(value) for value in figure.A.BBox)
            _, _, width, height = (float(value) for value in figure.Pg.MediaBox)
            assert 0 < left < right < width and 0 < bottom < top < height


def with_items(report: Report, count: int) -> Report:
    """The same with as many items, as a large convention has them."""
    rows, items = report.page.rows, list(report.items_by_id.values())
    if count >= MANY:  # of most items of a large convention nothing more is on record
        items = [item for item in items if not has_more(item)]
    many_rows, many_items = [], {}
    for number in range(1, count + 1):
        row, item = rows[number % len(rows)], items[number % len(items)]
        code = f"nbi-{number}"
        many_rows.append(replace(row, id=number, code=code, number=str(number)))
        many_items[number] = replace(item, id=number, code=code, number=str(number))
    page_of_all = replace(report.page, rows=tuple(many_rows))
    return replace(report, page=page_of_all, items_by_id=many_items)


def test_twenty_items_issued_with_a_mark_on_the_cover(
    place: Place, short: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
    )
    monkeypatch.setattr(
        document, "_mark_address", lambda mark, mono: f"data:image/svg+xml,{drawing}"
    )
    report = with_items(issue(short.report), 20)
    file = place.folder / "twenty.pdf"
    with place.app.app_context():
        printed = Printed(report, render.write(report, file), file)
        checksum = data.data_sha256(report)
    assert findings(file) == []
    cover, last = (printed.page(number).replace(" ", "") for number in (0, -1))
    for words in (
        f"{NUMBER}, issued on 2 April 2025",
        "Erratum to LAKE-2023-7. Put right: what was spent on item 3",
        "Handed out to delegates.",
        f"https://tracker.example/verify?number={NUMBER}&data={checksum[:16]}",
    ):
        assert words.replace(" ", "") in cover and words.replace(" ", "") in last, words
    assert checksum in last and report.head.hash in last
    assert not any("DRAFT" in words for words in printed.pages)


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        pytest.param("short", 20, marks=pytest.mark.soak),
        pytest.param("full", 20, marks=pytest.mark.soak),
        pytest.param("short", 160, marks=pytest.mark.soak),
        pytest.param("full", 160, marks=pytest.mark.soak),
        pytest.param("short", MANY, marks=pytest.mark.soak),
        pytest.param("full", MANY, marks=pytest.mark.soak),
    ],
)
def test_many_items(place: Place, request: pytest.FixtureRequest, kind: str, count: int) -> None:
    printed: Printed = request.getfixturevalue(kind)
    file = place.folder / f"{kind}-{count}.pdf"
    with place.app.app_context():
        render.write(with_items(printed.report, count), file)
    assert findings(file) == []
