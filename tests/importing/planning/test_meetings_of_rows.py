"""Lists of several meetings: which convention each row goes to.

By the words of its own cells, with and without --convention, and again next month.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, counts, messages, table
from tracker.importing.problems import Severity
from tracker.importing.values import meetings

from .meeting_lists import HEADINGS, TODAY, list_of, on_record, places, slugs


@pytest.fixture
def office(session: Session) -> Iterator[Office]:
    yield Office(session, TODAY)


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
    plan = office.take(list_of(*named))
    assert (
        list(places(plan).values()) == expected
        and "may be" not in messages(plan)
        and "not which" not in messages(plan)
    )
    recorded = on_record(office)
    assert recorded.keys() == set(expected) and all(
        special is ("special" in slug) for slug, (_name, special) in recorded.items()
    )
    again = office.look(list_of(*named))
    assert list(places(again).values()) == expected and counts(again) == (0, 0, len(named), 0), (
        messages(again)
    )
    lines = list_of(*named).splitlines()  # in another order the same
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
    plan = office.take(list_of(*named))
    assert list(places(plan).values()) == ["2025", "2025-special"] and "[conventions]" in messages(
        plan
    )
    again = office.look(list_of(*named))
    assert list(places(again).values()) == ["2025", "2025-special"] and counts(again) == (
        0,
        0,
        2,
        0,
    )
    mapping = {"conventions": {named[0]: "2026-spring", named[1]: "2025"}}
    assert slugs(office, *named, mapping=mapping) == ["2026-spring", "2025"]


def test_two_names_of_special_meetings_that_may_be_one(office: Office) -> None:
    plan = office.look(list_of("Special Meeting March 2025", "Special Meeting 2025"))
    assert set(places(plan).values()) == {
        "2025-special",
        "2025-special-2",
    } and "may be one meeting" in messages(plan)
    plan = office.take(list_of("Special Called Meeting 2025", "Emergency Meeting 2025"))
    assert list(places(plan).values()) == [
        "2025-special",
        "2025-special-2",
    ] and "may be one meeting" in messages(plan)
    again = office.look(list_of("Emergency Meeting 2025", "Special Called Meeting 2025"))
    assert list(places(again).values()) == [
        "2025-special-2",
        "2025-special",
    ] and "may be" not in messages(again)


def test_next_months_list_finds_its_own(office: Office) -> None:
    office.take(list_of("AGM 2025", "EGM March 2025"))
    assert slugs(office, "EGM September 2025", "EGM March 2025", "Annual General Meeting 2025") == [
        "2025-special-2",
        "2025-special",
        "2025",
    ]
    plan = office.look(list_of("Extraordinary General Meeting 2025"))  # no other is on record
    assert list(places(plan).values()) == ["2025-special"] and "taken as 2025-special" in messages(
        plan
    )


def test_a_meeting_within_the_days_of_one_on_record(office: Office) -> None:
    office.take(
        list_of("Special Meeting 2025"),
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
    listed = list_of("AGM 2025", "EGM 2025", "AGM 2024", "2025", "")
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


def test_an_export_comes_back_into_the_right_one(office: Office) -> None:
    office.take(list_of("AGM 2025", "EGM March 2025"))
    for slug in ("2025", "2025-special"):
        exported = office.export(slug)
        assert counts(office.look(exported)) == (0, 0, 1, 0)
        assert {row.convention for row in office.look(exported).rows} == {slug}
    assert counts(office.look(office.export("2025-special"), convention="2025"))[3] == 1


def test_only_regular_ones_end_a_term(office: Office) -> None:
    """The closing of a special convention of the same list does not shorten the term of the yearly
    one.
    """
    plan = office.take(list_of("AGM 2024", "EGM November 2025"), kept_from=date(2025, 11, 30))
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
