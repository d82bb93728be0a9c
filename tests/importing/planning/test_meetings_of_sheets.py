"""Which convention rows go to by what stands above or around them.

Names of sheets and of files, titles, and lines between the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, counts, messages
from tests.factories.workbooks import workbook
from tracker.importing.writing import plan_writer

from .meeting_lists import TODAY, places, take_book

ROWS = [["No.", "Title", "Status"], [1, "A", "Adopted"], [2, "B", "Defeated"]]
MORE = [["No.", "Title", "Status"], [3, "C", "Adopted"]]


@pytest.fixture
def office(session: Session) -> Iterator[Office]:
    yield Office(session, TODAY)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("AGM 2025", "EGM March 2025", ["2025", "2025", "2025-special"]),
        ("2024", "2025", ["2024", "2024", "2025"]),
        ("2025", "Special 2025", ["2025", "2025", "2025-special"]),
        ("Motions 2025", "2025 Special Meeting", ["2025", "2025", "2025-special"]),
    ],
)
def test_sheets_that_are_named_for_a_meeting(
    office: Office, one: str, two: str, expected: list[str]
) -> None:
    plan = take_book(office, workbook((one, ROWS), (two, MORE)))
    assert list(places(plan).values()) == expected, messages(plan)
    plan_writer.apply(office.session, plan, office.now)
    assert counts(take_book(office, workbook((one, ROWS), (two, MORE)))) == (0, 0, 3, 0)
    plan = take_book(office, workbook((one, ROWS), (two, MORE)), convention=expected[0])
    assert list(places(plan).values()) == [
        expected[0],
        expected[0],
        None,
    ] and f"The sheet '{two}'" in messages(plan)
    assert (
        list(
            places(
                take_book(
                    office,
                    workbook((one, ROWS), (two, MORE)),
                    {"year": 2025, "conventions": {two: expected[0]}},
                    convention=expected[0],
                )
            ).values()
        )[2]
        == expected[0]
    )


def test_a_sheet_whose_name_is_a_year_and_its_cells_another(office: Office) -> None:
    data = workbook(("2025", [["Year", "No.", "Title"], [2024, 1, "A"], [2025, 1, "B"]]))
    assert list(places(take_book(office, data)).values()) == ["2024", "2025"]


def test_a_sheet_of_another_year_by_the_mapping(office: Office) -> None:
    data = workbook(("2024", ROWS))
    assert set(places(take_book(office, data, convention="2025")).values()) == {None}
    assert set(places(take_book(office, data, {"year": 2025}, convention="2025")).values()) == {
        "2025"
    }


@pytest.mark.parametrize(
    "name", ["As of 2026-01-05", "Status Jan 2026", "Printed 5 January 2026", "Sheet1"]
)
def test_the_day_of_a_print_out_is_no_year(office: Office, name: str) -> None:
    assert set(places(take_book(office, workbook((name, ROWS)), convention="2025")).values()) == {
        "2025"
    }


def test_each_sheet_has_a_title_of_its_own(office: Office) -> None:
    titled = [
        [["Annual General Meeting 2025"], [], *ROWS],
        [["Special General Meeting, May 2025"], [], *MORE],
    ]
    plan = take_book(office, workbook(("Sheet1", titled[0]), ("Sheet2", titled[1])))
    assert list(places(plan).values()) == ["2025", "2025", "2025-special"], messages(plan)


def test_a_title_of_a_special_meeting(office: Office) -> None:
    listed = (
        "Motions to the Special General Meeting in March 2025,,\n"
        ",,\n"
        "No.,Title,Status\n"
        "1,A,Adopted\n"
    )
    plan = office.take(listed)
    assert places(plan) == {"A": "2025-special"} and "No column says the meeting" in messages(plan)
    assert places(office.look(listed.replace("March", "October"))) == {"A": "2025-special-2"}
    assert places(office.look(listed, convention="2025")) == {"A": None}
    assert places(
        office.look(
            "Report to the Assembly of 2025 on the items of 2024,,\n"
            ",,\n"
            "No.,Title,Status\n"
            "1,A,Adopted\n",
            convention="2024",
        )
    ) == {"A": "2024"}


def test_the_name_of_a_file(office: Office) -> None:
    office.file = "sgm-2025.csv"
    plan = office.look("No.,Title,Status\n1,A,Adopted\n")
    assert places(plan) == {"A": "2025-special"} and "No column says the meeting" in messages(plan)
    assert places(office.look("No.,Title,Status\n1,A,Adopted\n", convention="2025")) == {
        "A": "2025"
    }
    plan = office.look("No.,Title,Status\n1,A,Adopted\n", convention="2024")
    assert places(plan) == {"A": "2024"} and "The name of the file says 2025" in messages(plan)


def test_lines_between_the_rows(office: Office) -> None:
    listed = (
        "No.,Title,Status,Cost\n"
        "Annual Meeting 2025,,,\n"
        "1,A,Adopted,\n"
        "Bylaw amendments,,,\n"
        "1,B,Adopted,\n"
        ",,,\n"
        '"Special Meeting, 14 March 2025",,,\nNo.,Title,Status,Cost\n1,C,Adopted,\n2024,,,\n1,D,,\n'
    )
    plan = office.look(listed)
    assert places(plan) == {"A": "2025", "B": "2025", "C": "2025-special", "D": "2024"}, messages(
        plan
    )
    assert [row.code for row in plan.rows][1] == "ba-1"


@pytest.mark.parametrize(
    "note",
    [
        "* Adopted at the Annual Meeting 2024",
        "See the minutes of the Annual Meeting 2024",
        "Lost at the Special Meeting",
    ],
)
def test_a_note_below_the_rows_is_no_meeting(office: Office, note: str) -> None:
    plan = office.look(
        f"No.,Title,Status,Cost\n1,A,Adopted,\n{note},,,\n2,B,Adopted,\n", convention="2025"
    )
    assert places(plan) == {"A": "2025", "B": "2025"} and "left out" in messages(plan)


@pytest.mark.parametrize(
    "line",
    ["Motions to the Special Meeting 2025", "Special Meeting 2025: new business items", "EGM 2025"],
)
def test_a_line_that_names_the_meeting_beside_its_items(office: Office, line: str) -> None:
    assert places(office.look(f"No.,Title,Status,Cost\n{line},,,\n1,A,Adopted,\n")) == {
        "A": "2025-special"
    }
