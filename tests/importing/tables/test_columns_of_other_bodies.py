"""Columns in lists of bodies that the importer has not met, as their offices write them.

Each was misread once without a word. All are invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, messages, table
from tracker.acts.floor import VoteCount
from tracker.importing.codes import Field
from tracker.importing.tables import column_reader, headings

from .other_bodies import TODAY, actions, row

OVERTURES = [
    ("1", "Care of pastors", "Committee 5", "Approved"),
    ("2", "Divestment", "Committee 8", "Disapproved"),
    ("3", "A hymnal", "Committee 11", "Answered by overture 2"),
    ("4", "Boundaries", "Committee 3", "Referred to the Rules Commission"),
]

HEADINGS = {
    "Moved/Seconded": Field.SOURCE,
    "Mover & seconder": Field.SOURCE,
    "Moved by": Field.MAKER,
    "Seconded by": Field.SECONDER,
    "Implementation lead": Field.LEAD,
    "Implementation deadline": Field.DUE,
    "Implementation status": Field.PROGRESS,
    "Implementation notes": Field.UPDATE,
    "Contact for implementation": Field.CONTACT,
    "Budgeted cost": Field.COST,
    "Which resolution are you reporting on?": Field.NUMBER,
    "Which department are you reporting for?": Field.LEAD,
    "What has been done so far?": Field.UPDATE,
    "When do you expect to finish?": Field.DUE,
    "When was it completed?": Field.COMPLETED_ON,
    "Genomfört": Field.COMPLETE,
    "Abst.": Field.ABSTAINED,
    "Follow-up deadline": Field.DUE,
}


@pytest.fixture
def office(session: Session) -> Iterator[Office]:
    yield Office(session, TODAY)


def fields_of(headings: Sequence[str], *rows: Sequence[str]) -> dict[str, Field]:
    return {column.heading: column.field for column in column_reader.understand(headings, rows)}


@pytest.mark.parametrize("heading", ["Referred to", "Committee", "Reference Committee"])
def test_who_dealt_with_an_item_before_the_floor_is_no_referral(
    office: Office, heading: str
) -> None:
    preview = office.take(
        table(("Overture", "Title", heading, "Assembly action"), *OVERTURES), convention="2018"
    )
    assert [actions(preview, number) for number in (1, 2, 3)] == [["adopted"], ["defeated"], []]
    assert [action.unit for action in row(preview, 4).floor] == ["Rules Commission"]
    assert "taken as who dealt with it before" in messages(preview)
    assert (heading, "Committee 5") in row(preview, 1).cells


def test_the_mapping_may_say_that_it_is_a_referral_all_the_same(office: Office) -> None:
    headings = ("Overture", "Title", "Referred to", "Assembly action")
    preview = office.take(
        table(headings, *OVERTURES), {"columns": {"Referred to": "referred_to"}}, convention="2018"
    )
    assert actions(preview, 1) == [
        "adopted",
        "referred",
    ] and "dealt with it before" not in messages(preview)


def test_a_column_of_referrals_stays_one(office: Office) -> None:
    rows = [
        ("1", "Air", "Adopted", ""),
        ("2", "Water", "Referred", "Budget Committee"),
        ("3", "Fire", "Defeated", ""),
        ("4", "Earth", "Adopted", "Review Committee"),
    ]
    preview = office.take(
        table(("NBI", "Title", "Status", "Referred To"), *rows), convention="2018"
    )
    assert actions(preview, 4) == ["adopted", "referred"] and [
        action.unit for action in row(preview, 2).floor
    ] == ["Budget Committee"]


def test_one_lost_item_with_a_referral_is_asked_about(office: Office) -> None:
    rows = [
        ("1", "Air", "Referred", "Budget Committee"),
        ("2", "Water", "Referred", "Budget Committee"),
        ("3", "Fire", "Defeated", "Finance"),
    ]
    preview = office.take(
        table(("NBI", "Title", "Status", "Referred To"), *rows), convention="2018"
    )
    assert actions(preview, 3) == ["defeated"] and "yet it is referred to 'Finance'" in messages(
        preview
    )
    assert ("Referred To", "Finance") in row(preview, 3).cells and [
        action.unit for action in row(preview, 1).floor
    ] == ["Budget Committee"]


def test_the_words_of_the_motions_under_action(office: Office) -> None:
    rows = [
        ("1", "Request the board to publish the data", "Y", "First report is out"),
        ("2", "Oppose mandatory overtime", "N", ""),
        ("3", "Study compact licensure", "Y", "Group has met"),
    ]
    preview = office.take(
        table(("Item", "Action", "Motion Carried?", "Follow-up"), *rows), convention="2018"
    )
    assert row(preview, 1).text == "Request the board to publish the data"
    assert [update.words for update in row(preview, 1).updates] == ["First report is out"]
    assert "understood as text by its values alone" in messages(preview)


def test_a_column_of_actions_beside_a_title_is_no_text() -> None:
    fields = fields_of(
        ("No", "Title", "Action"),
        ("1", "Air", "Adopted"),
        ("2", "Water", "Referred to the board of trustees"),
    )
    assert fields["Action"] is Field.STATUS


def test_votes_that_tell_the_result(office: Office) -> None:
    rows = [
        ("1", "Fund", "Passed 34-2", "Completed"),
        ("2", "Banner", "Passed", "In progress"),
        ("3", "Retreat", "12-15 failed", ""),
        ("4", "Quorum", "Tabled", "Pending"),
    ]
    preview = office.take(
        table(("Motion #", "Description", "Vote", "Status"), *rows), convention="2018"
    )
    assert actions(preview, 1) == ["adopted"] and row(preview, 1).vote == VoteCount(
        34, 2, None, False
    )
    assert [actions(preview, number) for number in (2, 3, 4)] == [
        ["adopted"],
        ["defeated"],
        ["laid_on_the_table"],
    ]


def test_votes_beside_a_result_stay_votes() -> None:
    fields = fields_of(
        ("No", "Title", "Vote", "Result"),
        ("1", "Air", "Carried 34-2", "Carried"),
        ("2", "Sea", "Lost 3-9", "Lost"),
    )
    assert (fields["Vote"], fields["Result"]) == (Field.VOTE, Field.STATUS)


def test_a_status_of_what_was_done_leaves_the_floor_to_a_column_without_a_heading() -> None:
    rows = [
        ("1", "Air", "ADOPTED", "ongoing"),
        ("2", "Sea", "FAILED", ""),
        ("3", "Sun", "ADOPTED AS AMENDED", "done"),
    ]
    fields = fields_of(("No.", "Title", "", "Status"), *rows)
    assert fields[""] is Field.FLOOR_ACTION and fields["Status"] is Field.PROGRESS


def test_headings_in_two_rows(office: Office) -> None:
    sheet = (
        ("Convention 2018", "", "", "", ""),
        ("Item", "Motion", "Disposition", "Follow-through", ""),
        ("No.", "", "", "Lead", "Status"),
        ("1", "Make a webinar.", "ADOPTED", "Teaching", "ongoing"),
        ("2", "Print a poster.", "FAILED", "", ""),
    )
    preview = office.take(table(*sheet))
    assert row(preview, 1).text == "Make a webinar." and actions(preview, 2) == ["defeated"]


def test_a_title_above_the_headings_is_no_heading() -> None:
    fields = fields_of(("No", "", "Status"), ("1", "x", "Adopted"))
    assert fields[""] is Field.SOURCE


def test_the_date_of_an_action_that_followed_is_not_the_floor_s(office: Office) -> None:
    rows = [
        ("1", "Times", "X", "Letter to the superintendent", "2018-08-08"),
        ("2", "Recess", "X", "Posted on the site", "2018-09-01"),
    ]
    headings = ("Res. No.", "Title", "Adopted", "Action Taken", "Date of Action")
    preview = office.take(table(headings, *rows), convention="2018")
    assert row(preview, 1).floor[0].on is None
    assert [(update.on, update.words) for update in row(preview, 1).updates] == [
        (date(2018, 8, 8), "Letter to the superintendent")
    ]
    assert (
        fields_of(
            ("No", "Title", "Convention action", "Date of action"),
            ("1", "Air", "Adopted", "2018-07-01"),
        )["Date of action"]
        is Field.FLOOR_DATE
    )


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings(heading: str) -> None:
    field_and_sure = headings.named(heading)
    assert field_and_sure is not None and field_and_sure[0] is HEADINGS[heading]


def test_a_cross_under_each_action(office: Office) -> None:
    headings = (
        "No.",
        "Motion",
        "Adopted",
        "Adopted as amended",
        "Defeated",
        "Referred",
        "Comments",
    )
    rows = [
        ("1", "Buy land", "X", "", "", "", "Bought"),
        ("2", "Sell barn", "", "X", "", "", ""),
        ("3", "Ban dogs", "", "", "X", "", ""),
        ("4", "Fix roof", "X", "", "", "x", ""),
        ("5", "Paint", "X", "", "X", "", ""),
        ("6", "Wait", "", "", "", "", ""),
    ]
    preview = office.take(table(headings, *rows), convention="2018")
    assert [sorted(actions(preview, number)) for number in range(1, 7)] == [
        ["adopted"],
        ["adopted_as_amended"],
        ["defeated"],
        ["adopted", "referred"],
        [],
        [],
    ]
    assert messages(preview).count("What the floor did cannot be told") == 1
    assert preview.claims == 0
    as_written = {"columns": {column.heading: column.field.value for column in preview.columns}}
    again = office.look(table(headings, *rows), as_written, convention="2018")
    assert [item_row.row.floor for item_row in again.rows] == [
        item_row.row.floor for item_row in preview.rows
    ]


def test_a_list_without_title_and_text_is_asked_about(office: Office) -> None:
    preview = office.look(
        table(
            ("#", "Gist", "Status"),
            ("1", "Hire an archivist", "Adopted"),
            ("2", "Send a letter", "Defeated"),
        ),
        convention="2018",
    )
    assert "items show by their numbers alone" in messages(preview)
    preview = office.look(
        table(("#", "Title", "Status"), ("1", "Hire an archivist", "Adopted")), convention="2018"
    )
    assert "items show by their numbers alone" not in messages(preview)


def test_two_columns_of_costs_that_differ_are_asked_about(office: Office) -> None:
    preview = office.take(
        table(
            ("NBI", "Title", "Status", "Cost", "Budget used"),
            ("1", "Air", "Adopted", "$30,000", "$10,000"),
            ("2", "Sea", "Adopted", "$5,000", "$5,000"),
        ),
        convention="2018",
    )
    assert row(preview, 1).cost.amount == 30_000 and row(preview, 2).cost.amount == 5_000
    assert messages(preview).count("which of them is the estimate") == 1
    assert headings.named("Budget approved")[0] is Field.APPROPRIATED
