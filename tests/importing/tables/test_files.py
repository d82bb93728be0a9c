"""Files as offices have them, and files that are none: encodings, delimiters, workbooks, limits.

Each refusal is one line that says what to do.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.workbooks import workbook
from tracker.importing.codes import Field
from tracker.importing.problems import Unreadable
from tracker.importing.rows import mapping_file
from tracker.importing.tables import column_reader, headings, item_tables, sheets, sources
from tracker.importing.tables.sheets import read_bytes
from tracker.importing.tables.sources import LONGEST_CELL

WORDS = 'Número;Título;Estado\n1;Política de "educación" - año;Aprobado\n2;El niño; \n'


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp1252",
        "latin-1",
        "mac_roman",
        "cp437",
    ],
)
def test_files_in_several_encodings(encoding: str) -> None:
    source = read_bytes(WORDS.encode(encoding), "a.csv")
    assert source.sheets[0].rows[0] == ("Número", "Título", "Estado") and source.sheets[0].rows[
        2
    ] == ("2", "El niño", "")
    assert source.encoding_sure == (encoding.startswith("utf"))


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (
            "Номер;Название\n1;бесплатное питание для учащихся в школах\n"
            "2;Другой пункт повестки дня\n",
            "cp1251",
        ),
        ("番号,件名\n1,学校給食の無償化について\n2,教員の働き方\n", "shift_jis"),
    ],
)
def test_encodings_of_other_scripts(words: str, encoding: str) -> None:
    assert read_bytes(words.encode(encoding), "a.csv").sheets[0].rows[1][1] in words


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    words = (
        end.join(
            delimiter.join(row)
            for row in (
                ["No", "Title", "Cost"],
                ["1", '"a, b; c | d"', "5"],
                ["2", '"two\nlines"', ""],
            )
        )
        + end
    )
    rows = read_bytes(words.encode(), "a.csv").sheets[0].rows
    assert (
        rows[0] == ("No", "Title", "Cost")
        and rows[1] == ("1", "a, b; c | d", "5")
        and rows[2][1] == "two\nlines"
    )


def test_a_spreadsheets_own_word_for_the_delimiter() -> None:
    assert read_bytes(b"sep=;\r\nNo;Title\r\n1;a,b\r\n", "a.csv").sheets[0].rows[1:] == (
        ("No", "Title"),
        ("1", "a,b"),
    )


@settings(derandomize=True, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_bytes(data, "a.csv")
    except Unreadable as refused:
        assert "a.csv" in str(refused) and "\n" not in str(refused)


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return out.getvalue()


FAR = (
    b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    b"</worksheet>"
)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"%PDF-1.7\n\xff\xfe\xfa\x00\x01", "no table"),
        (bytes(range(256)) * 20, "no table"),
        (b"%PDF-1.7 all in plain letters", "no table"),
        (b" <html><table><tr><td>Number</td><td>Title</td></tr></table></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no table"),
        (b"PK\x03\x04 not really", "no table"),
        (_zip(**{"word/document.xml": b"<w/>"}), "no table"),
        (_zip(**{"xl/workbook.xml": b"<broken", "[Content_Types].xml": b""}), "no workbook"),
        (
            _zip(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}),
            "unpacks",
        ),
        (_zip(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": FAR}), "1048576 rows"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\x00" * 512
            + "EncryptedPackage".encode("utf-16-le")
            + b"\x00" * 512,
            "password",
        ),
    ],
)
def test_files_that_are_no_table(data: bytes, what: str) -> None:
    with pytest.raises(Unreadable, match=what) as refused:
        read_bytes(data, "a.xlsx")
    assert "\n" not in str(refused.value)


def test_a_file_too_large_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(sources.LARGEST_FILE + 1)
    for path, what in (
        (large, "the most is 50 MB"),
        (tmp_path / "none.csv", "cannot be opened"),
        (tmp_path, "folder"),
    ):
        with pytest.raises(Unreadable, match=what):
            sheets.read_file(path)


def test_a_workbook_with_title_rows_days_and_several_sheets() -> None:
    data = workbook(
        ("Notes", [["Nothing here"], ["to see"]]),
        (
            "2017",
            [
                ["Our convention"],
                [],
                ["Year", "NBI #", "Title", "Date", "Cost"],
                [2017, 1, "Air", date(2017, 7, 4), 3000.5],
                [2017, "2A", "Water", 42920, None],
            ],
        ),
        ("2018", [["NBI #", "Year", "Title", "Cost", "Date"], [1, 2018, "Fire", None, None]]),
    )
    table = item_tables.table(read_bytes(data, "a.xlsx"))
    assert [row.cells for row in table.rows] == [
        ("2017", "1", "Air", "2017-07-04", "3000.5"),
        ("2017", "2A", "Water", "42920", ""),
        ("2018", "1", "Fire", "", ""),
    ]
    assert [(row.number, row.sheet) for row in table.rows] == [
        (4, "2017"),
        (5, "2017"),
        (2, "2018"),
    ]
    assert (
        "Our convention" in table.titles
        and len(table.problems) == 1
        and "Notes" in table.problems[0].message
    )


def test_merged_cells_speak_for_each_of_their_rows() -> None:
    data = workbook(
        ("S", [["Year", "No", "Title"], [2018, "1", "Air"], [None, "2", "Water"]]), merged="A2:A3"
    )
    assert [row.cells[0] for row in item_tables.table(read_bytes(data, "a.xlsx")).rows] == [
        "2018",
        "2018",
    ]


def test_rows_that_are_no_items() -> None:
    words = (
        'Annual Meeting 2024,,,\n,,,\nNBI #,Title,Disposition,Cost\n1,Air,Adopted,"$3,000"\n,,,\n'
        "BYLAW AMENDMENTS,,,\n2,Water,Defeated,\nNBI #,Title,Disposition,Cost\n"
        '3,Fire,Adopted,\nTotal,,,"$3,000"\n* by voice,,,\n'
    )
    table = item_tables.table(read_bytes(words.encode(), "a.csv"))
    assert [(row.number, row.cells[0], row.section) for row in table.rows] == [
        (4, "1", None),
        (7, "2", "BYLAW AMENDMENTS"),
        (9, "3", "BYLAW AMENDMENTS"),
    ]
    assert [(problem.row, problem.severity.value) for problem in table.problems] == [
        (10, "warning"),
        (11, "warning"),
    ]


def test_no_headings_is_said() -> None:
    with pytest.raises(Unreadable, match="no row has headings"):
        item_tables.table(read_bytes(b"1,Air,5\n2,Water,6\n", "a.csv"))
    assert item_tables.table(
        read_bytes(b"1,Air,5\n2,Water,6\n", "a.csv"), header_row=1
    ).headings == (
        "1",
        "Air",
        "5",
    )


def test_columns_in_an_office_of_its_own() -> None:
    headings = [
        "NBI #",
        "Subject",
        "Disposition",
        "St.",
        "Cost",
        "Dept",
        "Mtg",
        "Complete?",
        "Notes",
    ]
    rows = [
        ["1", "Guide to air", "A", "OR", "$31,000", "CFR", "7/3", "Y", "n"],
        ["2", "Other", "A/M", "NV", "addl 8,400", "COMM", "7/31", "N", ""],
        ["3A", "Third", "REF", "50 dlgts", "", "BEN", "7/4", "", ""],
        ["4", "D", "W/D", "OR", "", "BEN", "7/4", "", ""],
    ]
    understood = {
        column.heading: (column.field, column.note)
        for column in column_reader.understand(headings, rows)
    }
    assert understood == {
        "NBI #": (Field.NUMBER, None),
        "Subject": (Field.TITLE, None),
        "Disposition": (Field.STATUS, None),
        "St.": (Field.SUBMITTED_BY, None),
        "Cost": (Field.COST, None),
        "Dept": (Field.LEAD, None),
        "Mtg": (Field.FLOOR_DATE, "month_first"),
        "Complete?": (Field.COMPLETE, None),
        "Notes": (Field.SOURCE, None),
    }


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Título de la moción", Field.TITLE),
        ("Estado", Field.STATUS),
        ("Costo estimado", Field.COST),
        ("Antrag Nr.", Field.NUMBER),
        ("Beschluss", Field.STATUS),
        ("Zuständige Abteilung", Field.LEAD),
        ("Text of the New Business Item", Field.TEXT),
        ("Implementation Status", Field.PROGRESS),
        ("Board's Recommendation", Field.RECOMMENDATION),
        ("Amount Spent to Date", Field.SPENT),
        ("Last Updated", Field.UPDATED_ON),
        ("Date of Floor Action", Field.FLOOR_DATE),
        ("Styrelsens förslag till beslut", Field.RECOMMENDATION),
        ("Responsible Dept.", Field.LEAD),
        ("Rationale/Background", Field.RATIONALE),
        ("rationale_background", Field.RATIONALE),
        ("Referred To (Committee)", Field.REFERRED_TO),
    ],
)
def test_a_heading_names_its_field(heading: str, field: Field) -> None:
    field_and_sure = headings.named(heading)
    assert field_and_sure and field_and_sure[0] is field


def test_columns_without_words_are_known_by_their_values() -> None:
    columns = column_reader.understand(
        ["A", "B", "Title", "D"],
        [
            ["2017", "1", "x", "Adopted"],
            ["2017", "2", "y", "Defeated"],
            ["2017", "3", "z", "Withdrawn"],
        ],
    )
    assert [(column.field, column.note) for column in columns] == [
        (Field.YEAR, "by_values"),
        (Field.NUMBER, "by_values"),
        (Field.TITLE, None),
        (Field.STATUS, "by_values"),
    ]


def test_a_mapping_is_written_read_and_corrects() -> None:
    columns = column_reader.understand(
        ["No", "What it says", 'Sta"tus'], [["1", "x" * 90, "TBL/REF?"]]
    )
    words = mapping_file.to_edit(columns, ["TBL/REF?"], True)
    path = Path("unused.toml")
    import tomllib

    mapping = mapping_file.mapping_of(tomllib.loads(words), path.name)
    assert mapping.columns == {
        "No": "number",
        "What it says": "text",
        'Sta"tus': mapping.columns['Sta"tus'],
    }
    again = column_reader.understand(
        ["No", "What it says"], [["1", "x" * 90]], {"What it says": "title", "A": "code"}
    )
    assert [column.field for column in again] == [Field.CODE, Field.TITLE]


@pytest.mark.parametrize(
    ("mapping", "what"),
    [
        ({"colums": {}}, "not known"),
        ({"columns": {"No": "nummer"}}, "use one of"),
        ({"date_order": "dmy"}, "day_first"),
        ({"votes_order": ["pro"]}, "votes_order"),
        ({"kind": "thing"}, "kind"),
        ({"year": "2017"}, "whole number"),
        ({"statuses": {"a": 1}}, "words with words"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(mapping: dict[str, object], what: str) -> None:
    with pytest.raises(Unreadable, match=what):
        mapping_file.mapping_of(mapping, "m.toml")


def test_a_cell_of_a_megabyte_is_read() -> None:
    source = read_bytes(b"No,Title\n1," + b"x" * 1_048_576 + b"\n2,short\n", "a.csv")
    assert len(source.sheets[0].rows[1][1]) > LONGEST_CELL and source.sheets[0].rows[2] == (
        "2",
        "short",
    )


def test_more_rows_than_any_list_has() -> None:
    with pytest.raises(Unreadable, match="20000 rows"):
        item_tables.table(read_bytes(b"No,Title\n" + b"1,x\n" * 20_001, "a.csv"))


def test_a_file_of_fifty_megabytes_is_read_in_time() -> None:
    cell = b"x" * 1_000_000
    source = read_bytes(
        b"No,Title\n" + b"".join(b"%d,%s\n" % (number, cell) for number in range(45)), "a.csv"
    )
    assert [
        column.field
        for column in column_reader.understand(source.sheets[0].rows[0], source.sheets[0].rows[1:])
    ] == [Field.NUMBER, Field.TITLE]
