"""Lists of bodies that the importer has not met, as their offices write them.

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
from tracker.importing.planning.models import Preview
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.tables import column_reader, headings
from tracker.importing.values import kinds, sponsors, statuses
from tracker.importing.values.sponsors import PeopleColumn

TODAY = date(2026, 11, 29)


@pytest.fixture
def office(session: Session) -> Iterator[Office]:
    yield Office(session, TODAY)


def fields_of(headings: Sequence[str], *rows: Sequence[str]) -> dict[str, Field]:
    return {column.heading: column.field for column in column_reader.understand(headings, rows)}


def row(preview: Preview, number: int) -> ImportedRow:
    return next(item_row.row for item_row in preview.rows if item_row.item_number == str(number))


def actions(preview: Preview, number: int) -> list[str]:
    return [action.action.value for action in row(preview, number).floor]


# --- a committee that dealt with an item before the floor did -----------------------------------

OVERTURES = [
    ("1", "Care of pastors", "Committee 5", "Approved"),
    ("2", "Divestment", "Committee 8", "Disapproved"),
    ("3", "A hymnal", "Committee 11", "Answered by overture 2"),
    ("4", "Boundaries", "Committee 3", "Referred to the Rules Commission"),
]


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


# --- columns whose headings are of another thing than their cells -------------------------------


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


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings(heading: str) -> None:
    field_and_sure = headings.named(heading)
    assert field_and_sure is not None and field_and_sure[0] is HEADINGS[heading]


# --- one column for each action -----------------------------------------------------------------


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


# --- words of a status --------------------------------------------------------------------------


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


# --- days, numbers, kinds -----------------------------------------------------------------------


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


# --- bodies and persons -------------------------------------------------------------------------


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
