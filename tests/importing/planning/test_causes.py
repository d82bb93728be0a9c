"""One cause, one line; nothing is said to change where nothing does; what is missing or nearly
another is asked about.
"""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from tests.factories.import_office import Office, counts, messages, table
from tracker.cli import import_data, import_preview
from tracker.importing.planning.causes import causes
from tracker.importing.planning.models import Preview
from tracker.importing.planning.nearest_names import nearest
from tracker.importing.problems import Problem, Severity, Unreadable
from tracker.importing.tables.sheets import read_bytes


def printed(preview: Preview, applied: bool = False) -> str:
    out = io.StringIO()
    import_preview.show(Console(file=out, width=400, highlight=False), preview, applied)
    return out.getvalue()


def test_each_cause_is_one_line_with_its_rows(office: Office) -> None:
    rows = [
        (str(number), "A title", "Adopted", "someday" if number > 3 else "Completed", "no unit")
        for number in range(1, 91)
    ]
    preview = office.look(
        table(("NBI", "Title", "Status", "Due", "Responsible person"), *rows), convention="2018"
    )
    words = printed(preview)
    assert (
        words.count("is no date") == 1
        and "rows 2, 3, 4 and 87 more, Due: 'Completed' is no date" in words
        and "(Likewise: 'someday'.)" in words
    )
    assert words.count("is named, and no unit") == 1 and "and 0 more" not in words
    data = import_data.as_data(preview)
    assert len(data["problems"]) >= 180 and [
        cause for cause in data["causes"] if cause["column"] == "Due"
    ] == [
        {
            "column": "Due",
            "severity": "warning",
            "count": 90,
            "rows": list(range(2, 92)),
            "message": data["causes"][
                next(
                    place for place, cause in enumerate(data["causes"]) if cause["column"] == "Due"
                )
            ]["message"],
        }
    ]


def test_a_rare_cause_shows_behind_a_thousand_others(office: Office) -> None:
    rows = [
        (str(number), "A title", "Adopted", f"word{number} of the list") for number in range(1, 400)
    ]
    preview = office.look(
        table(
            ("NBI", "Title", "Status", "Due"),
            *rows,
            ("7", "Another title", "Adopted", ""),
            ("", "", "Lost", "x"),
        ),
        convention="2018",
    )
    words = printed(preview)
    assert (
        words.index("rejected") < words.index("warning")
        and "stands in row" in words
        and "Neither number, title nor text" in words
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(Severity),
            st.sampled_from(
                ["It's no day.", "'a' is no day.", "'it''s 5' is no day.", "Row 5 is a total."]
            ),
            st.sampled_from([None, "Date", "Due"]),
            st.integers(1, 9) | st.none(),
        )
    )
)
def test_no_problem_is_lost(described: list[tuple[Severity, str, str | None, int | None]]) -> None:
    problems = [
        Problem(severity=severity, what=what, row=row, column=column)
        for severity, what, column, row in described
    ]
    grouped = causes(problems)
    assert sum(cause.count for cause in grouped) == len(problems)
    assert {(problem.severity, problem.column) for problem in problems} == {
        (cause.severity, cause.column) for cause in grouped
    }
    assert {problem.row for problem in problems} - {None} == {
        row for cause in grouped for row in cause.rows
    }
    severities = [cause.severity for cause in grouped]
    assert severities == sorted(severities, key=lambda severity: severity is not Severity.ERROR)


def warning(what: str, row: int, column: str) -> Problem:
    return Problem(severity=Severity.WARNING, what=what, row=row, column=column)


def test_different_causes_stay_apart() -> None:
    problems = [
        warning("'3/4/18': day and month cannot be told apart.", row=2, column="Date"),
        warning("'x' is no day.", row=3, column="Date"),
        warning("'x' is no day.", row=3, column="Due"),
        warning("The body's currency and the list's.", row=4, column="Due"),
        warning("The body's place and the list's.", row=5, column="Due"),
    ]
    assert len(causes(problems)) == 5


# --- what is missing ----------------------------------------------------------------------------

HEADINGS = ("NBI", "Title", "Status", "Lead")
LIST = [(str(number), f"Title {number}", "Adopted", "Safety") for number in range(1, 6)]


def test_an_item_that_is_missing_in_this_list_is_named(office: Office) -> None:
    office.take(table(HEADINGS, *LIST), convention="2018")
    preview = office.take(table(HEADINGS, *LIST[:2], *LIST[3:]), convention="2018")
    assert preview.missing == (
        "2018/nbi-3",
    ) and "1 item of 2018 that an earlier list brought is not in this one: nbi-3." in messages(
        preview
    )
    assert counts(preview) == (0, 0, 4, 0) and "nbi-3" in office.items()
    assert import_data.as_data(preview)["missing"] == ["2018/nbi-3"]


def test_none_is_missing_where_none_is(office: Office) -> None:
    office.take(table(HEADINGS, *LIST), convention="2018")
    assert office.look(table(HEADINGS, *LIST), convention="2018").missing == ()
    # one stands there twice
    assert office.look(table(HEADINGS, *LIST[:1], *LIST), convention="2018").missing == ()
    # of another convention
    assert (
        office.look(table(HEADINGS, ("9", "Other", "Adopted", "")), convention="2019").missing == ()
    )


def test_a_rejected_row_is_there_all_the_same(office: Office) -> None:
    office.take(table(HEADINGS, *LIST), convention="2018")
    again = office.look(
        table(HEADINGS, *LIST, ("3", "Another title", "Adopted", "")), convention="2018"
    )
    assert again.missing == () and counts(again)[3] == 1


# --- days that can be read two ways -------------------------------------------------------------


def test_an_order_that_is_not_known_is_one_question(office: Office) -> None:
    rows = [
        (str(number), "Title", "Adopted", f"{number}/{number + 1}/2018") for number in range(1, 8)
    ]
    preview = office.take(table(("NBI", "Title", "Status", "Date"), *rows), convention="2018")
    words = printed(preview)
    assert words.count("cannot be told apart") == 1 and words.count("Say date_order") == 1
    again = office.look(table(("NBI", "Title", "Status", "Date"), *rows), convention="2018")
    assert counts(again) == (0, 0, 7, 0)


def test_it_changes_nothing_where_the_record_has_the_day(office: Office) -> None:
    headings = ("NBI", "Title", "Status", "Date", "Due", "Update", "Updated")
    office.take(
        table(
            headings,
            ("1", "Guide", "Adopted", "2018-07-03", "2019-03-04", "Draft written", "2018-08-05"),
        ),
        convention="2018",
    )
    preview = office.take(
        table(
            headings, ("1", "Guide", "Adopted", "7/3/2018", "3/4/2019", "Draft written", "8/5/2018")
        ),
        convention="2018",
    )
    assert counts(preview) == (0, 0, 1, 0), [row.changes for row in preview.rows]
    words = printed(preview, applied=True)
    assert (
        "nothing on record" not in words
        and "Imported" not in words
        and "Nothing new" in words
        and words.count("cannot be told apart") == 3
    )


def test_an_update_waits_for_the_answer(office: Office) -> None:
    headings = ("NBI", "Title", "Status", "Update", "Updated")
    row = ("1", "Guide", "Adopted", "Draft written", "8/5/2018")
    office.take(table(headings, row), convention="2018")
    assert office.item("nbi-1").waiting == 0 and [
        cell.words for cell in office.item("nbi-1").source
    ] == ["8/5/2018", "Draft written"]
    assert counts(office.look(table(headings, row), convention="2018")) == (0, 0, 1, 0)
    office.take(table(headings, row), {"date_order": "month_first"}, convention="2018")
    assert [
        (moment.words, moment.on) for moment in office.item("nbi-1").record if moment.waiting
    ] == [("Draft written", date(2018, 8, 5))]


# --- what changes -------------------------------------------------------------------------------


def test_a_further_entry_is_no_change_of_nothing(office: Office) -> None:
    headings = ("NBI", "Title", "Status", "Update", "Updated", "Complete?")
    office.take(
        table(headings, ("1", "Guide", "Adopted", "Draft written", "2018-08-05", "")),
        convention="2018",
    )
    preview = office.look(
        table(headings, ("1", "Guide", "Adopted", "Printed", "2018-08-20", "Y")), convention="2018"
    )
    words = printed(preview)
    assert (
        "nothing on record" not in words
        and "Update: adds Printed" in words
        and "claimed: adds done" in words
    )
    assert all(change["adds"] for change in import_data.as_data(preview)["changes"])
    preview = office.look(
        table((*headings, "Due"), ("1", "Guide", "Adopted", "", "", "", "2019-03-04")),
        convention="2018",
    )
    assert "due: nothing on record -> 2019-03-04" in printed(preview)


# --- units --------------------------------------------------------------------------------------

KNOWN = (
    "Communications",
    "Center for Research",
    "Government Relations",
    "Region 1",
    "Committee A",
    "Safety",
    "Publishing",
    "District IV",
)


@pytest.mark.parametrize(
    "name, there",
    [
        ("Comms", "Communications"),
        ("Comunications", "Communications"),
        ("Communicatoins", "Communications"),
        ("Communication", "Communications"),
        ("Communications Dept.", "Communications"),
        ("Research", "Center for Research"),
        ("Research Center", "Center for Research"),
        ("CFR", "Center for Research"),
        ("Gov Rel", "Government Relations"),
        ("Govt. Relations", "Government Relations"),
        ("Government Relation", "Government Relations"),
        ("Saftey", "Safety"),
        ("Pub", None),
        ("Publishng", "Publishing"),
        ("GR", None),
        ("Region 2", None),
        ("Region 11", None),
        ("Committee B", None),
        ("District VI", None),
        ("Finance", None),
        ("Legal", None),
        ("Safety Net", None),
        ("Communications", None),
        ("communications", None),
        ("Government Affairs", None),
        ("Center for Reading", None),
        ("Public", None),
    ],
)
def test_names_that_are_nearly_others(name: str, there: str | None) -> None:
    assert nearest(name, KNOWN) in (
        (there,) if there else (None, "Publishing") if name == "Pub" else (None,)
    )


def test_a_name_that_is_near_to_two_is_none_of_them() -> None:
    assert nearest("Research", ["Center for Research", "Research Department"]) is None


def test_a_unit_that_is_nearly_one_on_record_asks(office: Office) -> None:
    office.take(table(HEADINGS, ("1", "Guide", "Adopted", "Communications")), convention="2018")
    rows = [(str(number), "Guide", "Adopted", "Comms") for number in range(2, 9)]
    preview = office.look(
        table(HEADINGS, *rows, ("9", "Guide", "Adopted", "Legal")), convention="2018"
    )
    assert preview.creates.units == ("Comms", "Legal")
    assert printed(preview).count(
        "'Comms' is nearly 'Communications', a unit on record"
    ) == 1 and "'Legal' is nearly" not in messages(preview)
    assert "rows 2, 3, 4 and 4 more, Lead" in printed(preview)
    answered = office.look(
        table(HEADINGS, *rows), {"units": {"Comms": "Communications"}}, convention="2018"
    )
    assert answered.creates.units == () and "nearly" not in messages(answered)


def test_the_rarer_of_two_new_names_asks(office: Office) -> None:
    rows = [
        (str(number), "Guide", "Adopted", "Communications" if number < 5 else "Comunications")
        for number in range(1, 6)
    ]
    preview = office.look(table(HEADINGS, *rows), convention="2018")
    assert [problem.row for problem in preview.problems if "nearly" in problem.what] == [6]


# --- NUL ----------------------------------------------------------------------------------------


def test_a_nul_is_told_as_that(office: Office) -> None:
    data = "NBI,Title,Status\n1,Gui\x00de to café,Adopted\n2,Buses,Adopted\n".encode()
    preview = office.take(data, convention="2018")
    assert "warning: 2 None: The row has a NUL character" in messages(
        preview
    ) and "encoding" not in messages(preview)
    assert office.item("nbi-1").title == "Guide to café" and counts(preview) == (2, 0, 0, 0)


def test_what_is_mostly_nul_is_no_table() -> None:
    for data in (
        b"NBI,Title\n1,Guide\n" + b"\x00" * 500,
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00\x01",
    ):
        with pytest.raises(Unreadable):
            read_bytes(data, "list.csv")
    wide = read_bytes("NBI,Title\n1,Guide\n".encode("utf-16-le"), "list.csv")
    assert wide.rows_with_nul == () and wide.sheets[0].rows[1] == ("1", "Guide")
