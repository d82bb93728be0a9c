"""Words in lists of bodies that the importer has not met, as their offices write them.

Of a status, a day, a number, a body, a person. Each was misread once without a word. All are
invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, messages, table
from tracker.importing.values import kinds, sponsors, statuses
from tracker.importing.values.sponsors import PeopleColumn

from .other_bodies import TODAY, actions, row


@pytest.fixture
def office(session: Session) -> Iterator[Office]:
    yield Office(session, TODAY)


@pytest.mark.parametrize(
    ("cell", "followed"),
    [
        ("Completed, no further action required", "done"),
        ("Completed - closed", "done"),
        ("Closed - completed", "done"),
        ("In progress; no change", "progress"),
        ("Cancelled - hall closed", "will_not_be_done"),
        ("Closed", "word"),
        ("No change", "word"),
        ("Partially complete", "progress"),
        ("Half done", "progress"),
    ],
)
def test_a_word_that_claims_nothing_hides_no_claim(cell: str, followed: str) -> None:
    assert statuses.read(cell).followed == followed


@pytest.mark.parametrize("cell", ["Partially adopted", "Delvis bifall", "Partly approved"])
def test_adopted_in_part_is_asked_for_and_claims_no_progress(cell: str) -> None:
    status = statuses.read(cell)
    assert status.floor == () and status.followed is None and not status.clear


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Failed 2/3", None),
        ("FAILED (needed 2/3) 3,000-2,200", None),
        ("Carried 3/4", "3/4"),
        ("Defeated 7/6", "7/6"),
    ],
)
def test_the_majority_that_was_needed_is_no_day(cell: str, day: str | None) -> None:
    assert statuses.read(cell).floor[0].day == day


@pytest.mark.parametrize(
    ("cell", "whom"),
    [
        ("Adopted as amended, referred to Executive for costing", "Executive"),
        ("Referred to the Center for Teaching", "Center for Teaching"),
        ("Referred to the Committee for Women", "Committee for Women"),
        ("Referred to Finance for further drafting", "Finance"),
    ],
)
def test_what_a_referral_is_for_is_no_part_of_the_name(cell: str, whom: str) -> None:
    assert statuses.read(cell).floor[-1].referred_to == whom


def test_no_action_under_the_floor_s_action_is_asked_for(office: Office) -> None:
    rows = [("1", "Air", "Adopted"), ("2", "Sea", "No action"), ("3", "Sun", "Defeated")]
    preview = office.take(table(("No", "Title", "Assembly action"), *rows), convention="2018")
    assert (
        "'No action': what the floor did cannot be told" in messages(preview)
        and actions(preview, 2) == []
    )


def test_what_became_of_an_amendment_is_not_what_became_of_the_motion(office: Office) -> None:
    rows = [
        ("1", "Pay", "Carried"),
        ("2", "Office", "Amendment lost"),
        ("BA 1", "Dues", "Amendment lost"),
        ("4", "Sea", "Amendments carried"),
    ]
    preview = office.take(table(("No", "Title", "Outcome"), *rows), convention="2018")
    assert [
        [action.action.value for action in item_row.row.floor] for item_row in preview.rows
    ] == [
        ["adopted"],
        [],
        ["defeated"],
        [],
    ]
    assert messages(preview).count("is of an amendment") == 2
    mapping = {"statuses": {"amendment lost": "adopted"}}
    assert actions(
        office.look(table(("No", "Title", "Outcome"), *rows), mapping, convention="2018"), 2
    ) == ["adopted"]


def test_an_interim_body_is_nobody() -> None:
    assert statuses.read("Referred to an interim body").floor[0].referred_to is None
    assert (
        statuses.read("Referred to the Interim Committee on Pay").floor[0].referred_to
        == "Interim Committee on Pay"
    )


def test_the_day_of_done_is_not_that_of_an_earlier_month_s_update(office: Office) -> None:
    headings = (
        "NBI",
        "Title",
        "Disposition",
        "Status Update (Nov.)",
        "Status Update (Feb.)",
        "Complete?",
        "Date Completed",
    )
    preview = office.take(
        table(
            headings,
            (
                "1",
                "Summit",
                "Adopted",
                "Planning started",
                "Held with 210 people",
                "Yes",
                "2/18/2019",
            ),
        ),
        convention="2018",
    )
    assert [update.on for update in row(preview, 1).updates] == [None, None] and row(
        preview, 1
    ).claimed_on == date(2019, 2, 18)


def test_the_day_of_done_is_that_of_the_last_update(office: Office) -> None:
    headings = (
        "NBI",
        "Title",
        "Decision",
        "Progress update 1",
        "Progress update 2",
        "Closed (date)",
    )
    preview = office.take(
        table(headings, ("1", "Shed", "Approved", "Quotes in", "Built", "2019-06-12")),
        convention="2018",
    )
    assert [update.on for update in row(preview, 1).updates] == [None, date(2019, 6, 12)]


def test_the_year_of_the_numbers_comes_before_that_of_days(office: Office) -> None:
    rows = [
        ("R-2021-1", "Times", "Adopted", "2022-05-04"),
        ("R-2021-2", "Recess", "Adopted", "2022-02-01"),
    ]
    preview = office.look(table(("Res. No.", "Title", "Status", "Date"), *rows))
    assert "taken as 2021, from the numbers of the items" in messages(preview) and {
        row.convention for row in preview.rows
    } == {"2021"}
    mixed = office.look(
        table(
            ("Res. No.", "Title", "Status"),
            ("R-2021-1", "Times", "Adopted"),
            ("R-2022-1", "Recess", "Adopted"),
        )
    )
    assert {row.convention for row in mixed.rows} == {None}


@pytest.mark.parametrize(
    ("cell", "number"),
    [("NR2", "nr2"), ("LR7", "lr7"), ("Nr. 2", "2"), ("nr 2", "2"), ("NR 2", "2"), ("No2", "2")],
)
def test_letters_that_look_like_the_word_for_a_number(cell: str, number: str) -> None:
    assert kinds.code_of(cell).normalised == number


def test_the_kind_is_not_asked_for_where_each_number_has_it(office: Office) -> None:
    preview = office.look(
        table(("No", "Title", "Status"), ("NBI 1", "Air", "Adopted"), ("BA 1", "Dues", "Defeated")),
        convention="2018",
    )
    assert "No column says the kind" not in messages(preview)
    preview = office.look(
        table(("No", "Title", "Status"), ("NBI 1", "Air", "Adopted"), ("2", "Dues", "Defeated")),
        convention="2018",
    )
    assert "No column says the kind" in messages(preview)


def test_bylaw_alone_is_a_kind() -> None:
    assert (
        kinds.kind_of("Bylaw") == kinds.kind_of("Bylaws") == "bylaw_amendment"
        and kinds.kind_of("Bylaws committee") is None
    )


def test_movers_that_are_unions(office: Office) -> None:
    rows = [
        ("C1", "Care", "CAREUNION", "Fire Officers", "Carried"),
        ("C2", "Fire", "Shop Workers Assoc", "CAREUNION", "Carried"),
        ("C3", "Dues", "Bakers Union", "Rail & Tram Workers", "Fell"),
    ]
    preview = office.take(
        table(("Motion", "Title", "Mover", "Seconder", "Result"), *rows), convention="2018"
    )
    assert not preview.creates.people
    assert [item_row.row.delegations for item_row in preview.rows] == [
        ("CAREUNION",),
        ("Shop Workers Assoc",),
        ("Bakers Union",),
    ]
    assert preview.rows[1].row.seconders == (("", "CAREUNION"),)


def test_movers_that_are_persons_stay_persons() -> None:
    assert (
        sponsors.people_in_column_of_movers("Mover", ["Smith", "Jones", "Local 12"])
        is PeopleColumn.PERSONS
    )
    assert (
        sponsors.people_in_column_of_movers("Mover (name)", ["Bakers Union", "Fire Officers"])
        is PeopleColumn.PERSONS
    )
    assert (
        sponsors.people_in_column_of_movers("Moved by", ["T. Quill", "A. Roe", "Local 3"])
        is PeopleColumn.PERSONS
    )


def test_two_towns_in_one_cell() -> None:
    assert sponsors.read("Town of Ness, Town of Marwick", PeopleColumn.SPONSORS).delegations == (
        "Town of Ness",
        "Town of Marwick",
    )
    assert sponsors.read("Moor RD and Fenn RD", PeopleColumn.SPONSORS).delegations == (
        "Moor RD",
        "Fenn RD",
    )
    # two, or one in the other
    town_in_a_region = sponsors.read("Central Moorland RD, Town of Ness", PeopleColumn.SPONSORS)
    assert town_in_a_region.unclear and not town_in_a_region.delegations
    assert sponsors.read("Session of First Church, Marwick", PeopleColumn.SPONSORS).delegations == (
        "Session of First Church, Marwick",
    )


def test_a_letter_behind_a_word_is_no_initial() -> None:
    assert sponsors.read("Block A", PeopleColumn.SPONSORS) == sponsors.People(("Block A",))
    assert sponsors.read("T. Quill", PeopleColumn.SPONSORS).persons == (("T. Quill", None),)


def test_the_item_from_which_it_comes_is_no_delegation() -> None:
    assert sponsors.read("Res 4-16", PeopleColumn.SPONSORS).unclear
    assert sponsors.read("Local 12", PeopleColumn.SPONSORS).delegations == ("Local 12",)


def test_persons_who_lead_are_no_units(office: Office) -> None:
    rows = [("1", "Air", "Adopted", "T. Quill"), ("2", "Sea", "Adopted", "A. Roe")]
    preview = office.look(table(("NBI", "Title", "Status", "Owner"), *rows), convention="2018")
    assert preview.creates.units == () and "T. Quill" not in [row.row.lead for row in preview.rows]
    preview = office.look(
        table(("NBI", "Title", "Status", "Owner"), ("1", "Air", "Adopted", "Research")),
        convention="2018",
    )
    assert preview.creates.units == ("Research",)
