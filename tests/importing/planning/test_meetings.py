"""Lists of several meetings: which convention each row goes to, with and without --convention, and
again next month.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, counts, messages, table
from tracker.importing.planning.models import Preview
from tracker.importing.planning.options import ImportOptions
from tracker.importing.planning.preview import preview
from tracker.importing.problems import Severity
from tracker.importing.rows import mapping_file
from tracker.importing.tables.sheets import read_bytes
from tracker.importing.values import meetings
from tracker.importing.writing import plan_writer
from tracker.record.bodies import Body
from tracker.record.conventions import Convention, ConventionDates, ConventionName

from ..tables.test_files import workbook

HEADINGS = ("Meeting", "No.", "Title", "Status")


@pytest.fixture
def office(session: Session) -> Iterator[Office]:
    yield Office(session, date(2025, 12, 1))


def places(plan: Preview) -> dict[str, str | None]:
    return {row.title: row.convention if row.outcome != "rejected" else None for row in plan.rows}


def of(*named: str) -> str:
    """A list with one item for each name of a meeting, all with the number 1."""
    rows = [
        (words, str(number), f"Buses, part {chr(64 + number)}", "Adopted")
        for number, words in enumerate(named, 1)
    ]
    return table(HEADINGS, *rows)


def slugs(
    office: Office, *named: str, mapping: dict[str, Any] | None = None, **options: Any
) -> list[str | None]:
    return list(places(office.look(of(*named), mapping, **options)).values())


def on_record(office: Office) -> dict[str, tuple[str, bool]]:
    rows = office.session.execute(
        sa.select(Convention.slug, ConventionName.name, ConventionDates.special)
        .join(Body, Body.id == Convention.body_id)
        .join(ConventionName, ConventionName.convention_id == Convention.id)
        .join(ConventionDates, ConventionDates.convention_id == Convention.id)
        .where(Body.slug == office.body)
    )
    return {slug: (name, bool(special)) for slug, name, special in rows}


def take_book(
    office: Office,
    data: bytes,
    mapping: dict[str, Any] | None = None,
    file: str = "book.xlsx",
    **options: Any,
) -> Preview:
    plan = preview(
        office.session,
        read_bytes(data, file),
        mapping_file.mapping_of(mapping or {}),
        ImportOptions(body=office.body, create=True, **options),
        office.today,
    )
    return plan


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (
            ("Annual General Meeting 2025", "Special General Meeting March 2025"),
            ["2025", "2025-special"],
        ),
        (
            ("Yearly Meeting 2025", "Extraordinary Meeting 1 2025", "Extraordinary Meeting 2 2025"),
            ["2025", "2025-special", "2025-special-2"],
        ),
        (
            (
                "Special Meeting, 3 November 2025",
                "Special Meeting, 14 March 2025",
                "Annual Meeting 2025",
            ),
            ["2025-special-2", "2025-special", "2025"],
        ),
        (
            ("AGM 2025", "Annual General Meeting 2025", "2025", "2025 Annual Meeting", "EGM 2025"),
            ["2025", "2025", "2025", "2025", "2025-special"],
        ),
        (("AGM 2025", "EGM (2) 2025", "EGM 1 2025"), ["2025", "2025-special-2", "2025-special"]),
        (
            ("2nd Special Session 2025", "First Special Session 2025"),
            ["2025-special-2", "2025-special"],
        ),
        (("AGM 2024", "AGM 2025", "SGM 2024"), ["2024", "2025", "2024-special"]),
        (("Årsmöte 2025", "Extra årsmöte 2025"), ["2025", "2025-special"]),
        (
            ("Jahreshauptversammlung 2025", "Außerordentliche Mitgliederversammlung 2025"),
            ["2025", "2025-special"],
        ),
        (("Congrès ordinaire 2025", "Congrès extraordinaire 2025"), ["2025", "2025-special"]),
        (
            (
                "Annual Meeting, 14 June 2025",
                "Annual Meeting, 15 June 2025",
                "Called Meeting, 2 May 2025",
            ),
            ["2025", "2025", "2025-special"],
        ),
        (("Annual and Special Meeting 2025",), ["2025"]),
        (("Special Education Conference 2025",), ["2025"]),
        (
            ("Special session of the Annual Meeting 2025", "Annual Meeting 2025"),
            ["2025-special", "2025"],
        ),
        (("2025-special", "2025"), ["2025-special", "2025"]),
        (("2025 (special)", "2025"), ["2025-special", "2025"]),
        (
            ("union/2025", "Business Session 2, 2025", "Monday morning 2025"),
            ["2025", "2025", "2025"],
        ),
    ],
)
def test_two_meetings_are_two_conventions(
    office: Office, named: tuple[str, ...], expected: list[str]
) -> None:
    plan = office.take(of(*named))
    assert (
        list(places(plan).values()) == expected
        and "may be" not in messages(plan)
        and "not which" not in messages(plan)
    )
    recorded = on_record(office)
    assert recorded.keys() == set(expected) and all(
        special is ("special" in slug) for slug, (_name, special) in recorded.items()
    )
    again = office.look(of(*named))
    assert list(places(again).values()) == expected and counts(again) == (0, 0, len(named), 0), (
        messages(again)
    )
    lines = of(*named).splitlines()  # in another order the same
    assert (
        list(places(office.look("\n".join([lines[0], *reversed(lines[1:])]))).values())
        == expected[::-1]
    )


def test_a_new_one_has_the_name_of_the_list(office: Office) -> None:
    office.take(
        table(
            ("Year", *HEADINGS),
            ("2025", "Annual General Meeting", "1", "A", ""),
            ("2025", "Special General Meeting", "1", "B", ""),
        )
    )
    assert on_record(office) == {
        "2025": ("Annual General Meeting 2025", False),
        "2025-special": ("Special General Meeting 2025", True),
    }


@pytest.mark.parametrize(
    "named",
    [
        ("Spring Assembly 2025", "Autumn Assembly 2025"),
        ("Annual Meeting 2025", "Mid-Year Meeting 2025"),
        ("Conference 2025", "Assembly 2025"),
        ("Annual Meeting March 2025", "Annual Meeting October 2025"),
    ],
)
def test_where_no_word_says_which_is_the_yearly_one_it_asks(
    office: Office, named: tuple[str, str]
) -> None:
    plan = office.take(of(*named))
    assert list(places(plan).values()) == ["2025", "2025-special"] and "[conventions]" in messages(
        plan
    )
    again = office.look(of(*named))
    assert list(places(again).values()) == ["2025", "2025-special"] and counts(again) == (
        0,
        0,
        2,
        0,
    )
    mapping = {"conventions": {named[0]: "2026-spring", named[1]: "2025"}}
    assert slugs(office, *named, mapping=mapping) == ["2026-spring", "2025"]


def test_two_names_of_special_meetings_that_may_be_one(office: Office) -> None:
    plan = office.look(of("Special Meeting March 2025", "Special Meeting 2025"))
    assert set(places(plan).values()) == {
        "2025-special",
        "2025-special-2",
    } and "may be one meeting" in messages(plan)
    plan = office.take(of("Special Called Meeting 2025", "Emergency Meeting 2025"))
    assert list(places(plan).values()) == [
        "2025-special",
        "2025-special-2",
    ] and "may be one meeting" in messages(plan)
    again = office.look(of("Emergency Meeting 2025", "Special Called Meeting 2025"))
    assert list(places(again).values()) == [
        "2025-special-2",
        "2025-special",
    ] and "may be" not in messages(again)


def test_next_months_list_finds_its_own(office: Office) -> None:
    office.take(of("AGM 2025", "EGM March 2025"))
    assert slugs(office, "EGM September 2025", "EGM March 2025", "Annual General Meeting 2025") == [
        "2025-special-2",
        "2025-special",
        "2025",
    ]
    plan = office.look(of("Extraordinary General Meeting 2025"))  # no other is on record
    assert list(places(plan).values()) == ["2025-special"] and "taken as 2025-special" in messages(
        plan
    )


def test_a_meeting_within_the_days_of_one_on_record(office: Office) -> None:
    office.take(
        of("Special Meeting 2025"),
        convention="2025-special",
        opened=date(2025, 3, 14),
        closed_on=date(2025, 3, 15),
    )
    assert slugs(office, "Special Meeting, 15 March 2025", "Special Meeting, October 2025") == [
        "2025-special",
        "2025-special-2",
    ]


def test_a_convention_says_nothing_else(office: Office) -> None:
    """--convention takes no row of another year or meeting, and says the ways out."""
    listed = of("AGM 2025", "EGM 2025", "AGM 2024", "2025", "")
    plan = office.take(listed, convention="2025")
    assert list(places(plan).values()) == ["2025", None, None, "2025", "2025"]
    errors = [problem for problem in plan.problems if problem.severity is Severity.ERROR]
    assert [error.row for error in errors] == [3, 4]
    assert all(
        words in error.message
        for error in errors
        for words in ("column convention", "[conventions]", "year in the mapping file")
    )
    assert on_record(office).keys() == {"2025"} and len(office.items("2025")) == 3
    assert list(places(office.look(listed, convention="2025-special")).values()) == [
        None,
        "2025-special",
        None,
        "2025-special",
        "2025-special",
    ]


def test_an_address_of_ones_own(office: Office) -> None:
    assert slugs(
        office, "Delegate Assembly 2025", "Delegate Assembly 2025", convention="2025-da"
    ) == ["2025-da", "2025-da"]
    assert slugs(office, "EGM 2025", convention="2025-egm") == ["2025-egm"]
    assert slugs(office, "AGM 2025", convention="2025-egm") == [None]
    assert slugs(office, "AGM 2025", convention="spring-assembly") == ["spring-assembly"]
    assert slugs(office, "AGM 2025", "AGM 2024", convention="spring-assembly") == [None, None]


def test_a_list_that_says_nothing_of_a_meeting_goes_where_it_is_sent(office: Office) -> None:
    listed = table(("No.", "Title"), ("1", "A"))
    assert list(places(office.look(listed, convention="2025-special")).values()) == ["2025-special"]
    assert list(
        places(
            office.look(
                table(("Year", "No.", "Title"), ("2025", "1", "A")), convention="2025-special"
            )
        ).values()
    ) == ["2025-special"]


def test_a_row_that_leaves_the_meeting_out(office: Office) -> None:
    rows = [
        ("2025", "AGM", "1", "A", ""),
        ("2025", "EGM", "1", "B", ""),
        ("2025", "", "2", "C", ""),
    ]
    plan = office.look(table(("Year", *HEADINGS), *rows))
    assert list(places(plan).values()) == [
        "2025",
        "2025-special",
        None,
    ] and "does not say which" in messages(plan)
    plan = office.look(table(("Year", *HEADINGS), rows[0], rows[2]))
    assert list(places(plan).values()) == ["2025", "2025"]


def test_the_year_and_the_meeting_must_agree(office: Office) -> None:
    plan = office.look(
        table(
            ("Year", *HEADINGS),
            ("2024", "AGM 2025", "1", "A", ""),
            ("2025", "AGM 2025", "2", "B", ""),
        )
    )
    assert list(places(plan).values()) == [None, "2025"]


def test_a_special_meeting_in_the_column_of_years(office: Office) -> None:
    rows = [("2025", "1", "A"), ("2025", "2", "B"), ("2025 (special)", "1", "C")]
    assert list(places(office.look(table(("Year", "No.", "Title"), *rows))).values()) == [
        "2025",
        "2025",
        "2025-special",
    ]


@pytest.mark.parametrize(
    "heading", ["Meeting type", "Type of meeting", "Which meeting", "Gathering"]
)
def test_other_headings_of_the_meeting(office: Office, heading: str) -> None:
    rows = [
        ("2025", "Annual Meeting", "1", "A"),
        ("2025", "Special Meeting", "1", "B"),
        ("2025", "Annual Meeting", "2", "C"),
    ]
    assert list(places(office.look(table(("Year", heading, "No.", "Title"), *rows))).values()) == [
        "2025",
        "2025-special",
        "2025",
    ]


def test_days_of_two_meetings(office: Office) -> None:
    rows = [
        ("1", "A", "2025-06-14", "Adopted"),
        ("2", "B", "2025-06-15", "Adopted"),
        ("1", "C", "2025-02-01", "Adopted"),
    ]
    plan = office.take(table(("No.", "Title", "Meeting date", "Status"), *rows))
    assert list(places(plan).values()) == [
        "2025",
        "2025",
        "2025-special",
    ] and "[conventions]" in messages(plan)
    assert counts(office.look(table(("No.", "Title", "Meeting date", "Status"), *rows))) == (
        0,
        0,
        3,
        0,
    )
    mapping = {
        "conventions": {
            "2025-06-14": "2025-special",
            "2025-06-15": "2025-special",
            "2025-02-01": "2025",
        }
    }
    assert list(
        places(
            office.look(table(("No.", "Title", "Meeting date", "Status"), *rows), mapping)
        ).values()
    ) == ["2025-special", "2025-special", "2025"]
    plan = office.look(
        table(("No.", "Title", "Date", "Status"), *rows[:1], ("3", "C", "2025-02-01", "Adopted"))
    )
    assert set(places(plan).values()) == {"2025"} and "far from each other" in messages(plan)


def test_the_days_of_one_convention(office: Office) -> None:
    rows = [(str(day), f"Buses, part {day}", f"2025-07-0{day}", "Adopted") for day in range(2, 7)]
    plan = office.take(table(("No.", "Title", "Meeting date", "Status"), *rows))
    assert set(places(plan).values()) == {"2025"} and on_record(office) == {"2025": ("2025", False)}
    assert "far" not in messages(plan) and "[conventions]" not in messages(plan)


# --- sheets, titles, lines between the rows, names of files -------------------------------------

ROWS = [["No.", "Title", "Status"], [1, "A", "Adopted"], [2, "B", "Defeated"]]
MORE = [["No.", "Title", "Status"], [3, "C", "Adopted"]]


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


def test_an_export_comes_back_into_the_right_one(office: Office) -> None:
    office.take(of("AGM 2025", "EGM March 2025"))
    for slug in ("2025", "2025-special"):
        exported = office.export(slug)
        assert counts(office.look(exported)) == (0, 0, 1, 0)
        assert {row.convention for row in office.look(exported).rows} == {slug}
    assert counts(office.look(office.export("2025-special"), convention="2025"))[3] == 1


def test_only_regular_ones_end_a_term(office: Office) -> None:
    """The closing of a special convention of the same list does not shorten the term of the yearly
    one.
    """
    plan = office.take(of("AGM 2024", "EGM November 2025"), kept_from=date(2025, 11, 30))
    assert {
        convention.slug: (convention.special, convention.opens_from)
        for convention in plan.body.conventions
    } == {
        "2024": (False, date(2025, 11, 30)),
        "2025-special": (True, date(2025, 11, 30)),
    }


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (
            "Motions to the Special General Meeting in March 2025 held in Leeds",
            "Special General Meeting in March 2025",
        ),
        ("Special_General_Meeting_2025", "Special General Meeting 2025"),
        ("New Business Items 2018", None),
        ("Specialist training 2024", None),
        ("Extra columns", None),
        ("Special items", None),
        ("Status of the items, Jan 2018", None),
        ("EGM motions", "EGM"),
    ],
)
def test_a_meeting_beside_other_words(words: str, named: str | None) -> None:
    meeting = meetings.inside(words)
    assert (meeting.words if meeting else None) == named
