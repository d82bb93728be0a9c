"""A floor action is read where a cell's words, as a whole, say what the floor did.

All else that holds such words is asked for. All cells are invented.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.import_office import Office, messages, table
from tracker.importing.tables import headings
from tracker.importing.values import statuses
from tracker.importing.vocabulary.heading_words import Field
from tracker.rules.codes import Floor

OF_SOMETHING_ELSE = [
    "Request denied by the state",
    "Grant application rejected - will reapply",
    "Awaiting adopted budget",
    "Board approved funds 3/1",
    "Passed to committee",
    "Approved by the State",
    "Rejected by the Senate",
    "Funding approved",
    "Approved funding",
    "Budget passed",
    "State law passed in May",
    "Passed House",
    "Passed in the House, pending in Senate",
    "Declined by vendor",
    "Lost funding",
    "Failed to obtain permits",
    "Permit application withdrawn",
    "Approved for payment",
    "Approved (Board)",
    "Approved - Board of Directors",
    "Board: approved",
    "Adopted by the Executive Council",
    "Reviewed and approved by the Board",
    "Approved and funded by the State",
    "Approved, signed by the Governor",
    "Legislation adopted",
    "Approved $5,000",
    "Approved 500",
    "Bill failed in committee",
    "Insurance claim denied; adopted new policy",
    "Letter sent; adopted",
    "Passed along to staff",
    "Referred to the Board (approved 3/1)",
    "In progress; approved 7/4",
    "Bifall till styrelsens förslag",
    "Aprobado por la Junta",
    "Request for funding referred to the state",
    "Preferred to the Board",
    "3 adopted; 2 defeated",
]
OF_THE_FLOOR = {
    "Adopted by the Convention": "adopted",
    "Adopted by a vote of 3,120 to 2,990": "adopted",
    "Adopted by 62%": "adopted",
    "Adopted (75%)": "adopted",
    "Passed with two-thirds majority": "adopted",
    "Adopted as amended by the delegates": "adopted_as_amended",
    "Carried on a division of the house": "adopted",
    "Adopted on the consent calendar": "adopted",
    "Withdrawn by sponsor": "withdrawn",
    "Withdrawn by the Texas delegation": "withdrawn",
    "Failed for lack of a second": "defeated",
    "Not adopted (38 for, 40 against)": "defeated",
    "23 (2018)Adopted As Amended": "adopted_as_amended",
    "The motion was adopted unanimously": "adopted",
    "Convention adopted the resolution": "adopted",
    "Bifall till motionen": "adopted",
    "Avslag på motionen": "defeated",
    "Aprobada por unanimidad": "adopted",
    "Adopted, Thursday July 4": "adopted",
    "Defeated on a show of hands": "defeated",
    "Adopted at AGM": "adopted",
    "Adopted with friendly amendment": "adopted_as_amended",
    "Adopted/Referred to the Board": "adopted referred",
    "Adopted after debate": "adopted",
    "Adopted; grant application rejected": "adopted",
    "Adopted - board approved funds 3/1": "adopted",
    "Adopted. Request denied by the state.": "adopted",
    "Adopted and forwarded to the Board": "adopted",
    "Adopted, funds requested": "adopted",
}


@pytest.mark.parametrize("cell", OF_SOMETHING_ELSE)
def test_words_of_money_of_the_state_or_of_a_board_say_nothing_of_the_floor(cell: str) -> None:
    status = statuses.read(cell)
    assert status.floor == () and not status.clear


@pytest.mark.parametrize("cell", OF_THE_FLOOR)
def test_words_that_say_as_a_whole_what_the_floor_did(cell: str) -> None:
    status = statuses.read(cell)
    assert " ".join(word.action for word in status.floor) == OF_THE_FLOOR[cell] and status.clear


@pytest.mark.parametrize("cell", OF_SOMETHING_ELSE[:6])
def test_such_a_cell_is_asked_for_and_kept(office: Office, cell: str) -> None:
    preview = office.take(table(("Year", "NBI", "Title", "Status"), ("2018", "1", "Air", cell)))
    item = office.item("nbi-1")
    assert item.floor == () and "no floor action" in messages(preview)
    assert ("Status", cell) in [(source.column, source.words) for source in item.source]


def test_the_floors_decision_beside_that_of_another_body(office: Office) -> None:
    headings = ("Year", "NBI", "Title", "Convention Decision", "Executive Decision")
    rows = [
        ("2018", "1", "Air", "Adopted", "Rejected"),
        ("2018", "2", "Water", "Defeated", "Approved"),
        ("2018", "3", "Fire", "", "Approved"),
    ]
    preview = office.take(table(headings, *rows))
    assert {column.heading: column.field for column in preview.columns}[
        "Executive Decision"
    ] is Field.SOURCE
    assert [
        [step.action for step in office.item(code).floor] for code in ("nbi-1", "nbi-2", "nbi-3")
    ] == [[Floor.ADOPTED], [Floor.DEFEATED], []]
    assert all(row.convention == "2018" for row in preview.rows)


def test_the_decision_of_another_body_is_not_the_floors_where_it_stands_alone(
    office: Office,
) -> None:
    rows = [("2018", str(number), f"Title {number}", "Approved") for number in range(1, 5)]
    preview = office.take(table(("Year", "NBI", "Title", "Board Decision"), *rows))
    assert [column.note for column in preview.columns][-1] == "another_body"
    assert all(page.floor == () for page in office.items().values())


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Convention Decision", Field.FLOOR_ACTION),
        ("Decision of the Convention", Field.FLOOR_ACTION),
        ("Delegates' decision", Field.FLOOR_ACTION),
        ("Annual Meeting outcome", Field.FLOOR_ACTION),
        ("AGM decision", Field.FLOOR_ACTION),
        ("Status at convention", Field.FLOOR_ACTION),
        ("Kongressens beslut", Field.FLOOR_ACTION),
        ("Executive Decision", Field.SOURCE),
        ("Board Action", Field.SOURCE),
        ("Decision of the Executive Committee", Field.SOURCE),
        ("NEC decision", Field.SOURCE),
        ("Styrelsens beslut", Field.SOURCE),
        ("Decision (Board)", Field.SOURCE),
        ("Board's Recommendation", Field.RECOMMENDATION),
        ("Referral decision", Field.REFERRAL_DECISION),
        ("Decision", Field.STATUS),
        ("Convention", Field.CONVENTION),
        ("Convention date", Field.FLOOR_DATE),
        ("Staff action", Field.UPDATE),
    ],
)
def test_whose_decision_a_heading_names(heading: str, field: Field) -> None:
    field_and_sure = headings.named(heading)
    assert field_and_sure and field_and_sure[0] is field


@pytest.mark.parametrize(
    ("heading", "cell", "floor"),
    [
        ("Carried?", "Yes", [Floor.ADOPTED]),
        ("Carried?", "N", [Floor.DEFEATED]),
        ("Passed?", "no", [Floor.DEFEATED]),
        ("Adopted (Y/N)", "Y", [Floor.ADOPTED]),
        ("Adopted (Y/N)", "N", []),
        ("Withdrawn?", "Y", [Floor.WITHDRAWN]),
        ("Withdrawn?", "N", []),
        ("Carried?", "Carried as amended", [Floor.ADOPTED_AS_AMENDED]),
        ("Carried?", "", []),
    ],
)
def test_yes_and_no_under_a_heading_that_asks_what_the_floor_did(
    office: Office, heading: str, cell: str, floor: list[Floor]
) -> None:
    preview = office.take(table(("Year", "NBI", "Title", heading), ("2018", "1", "Air", cell)))
    assert [step.action for step in office.item("nbi-1").floor] == floor
    assert ("no floor action" in messages(preview)) == (
        heading.startswith("Adopted") and cell == "N"
    )


def test_a_later_act_keeps_its_own_day(office: Office) -> None:
    headings = ("Year", "NBI", "Title", "Status", "Date")
    rows = [
        ("2018", "1", "Air", "Adopted, then rescinded 7/16/18", "2018-07-04"),
        ("2018", "2", "Water", "Adopted 2018-07-04; rescinded on July 5, 2018", ""),
        ("2018", "3", "Fire", "Adopted, later rescinded", "2018-07-04"),
        ("2018", "4", "Earth", "Adopted and referred to the Board on July 4, 2018", ""),
        ("2018", "5", "Sky", "Adopted July 4, 2018; Board approved funds March 1, 2018", ""),
    ]
    office.take(table(headings, *rows))

    def days(code: str) -> list[tuple[Floor, date | None]]:
        return sorted((step.action, step.on) for step in office.item(code).floor)

    assert days("nbi-1") == [
        (Floor.ADOPTED, date(2018, 7, 4)),
        (Floor.RESCINDED, date(2018, 7, 16)),
    ]
    assert days("nbi-2") == [(Floor.ADOPTED, date(2018, 7, 4)), (Floor.RESCINDED, date(2018, 7, 5))]
    assert days("nbi-3") == [(Floor.ADOPTED, date(2018, 7, 4)), (Floor.RESCINDED, None)]
    assert days("nbi-4") == [(Floor.ADOPTED, date(2018, 7, 4)), (Floor.REFERRED, date(2018, 7, 4))]
    assert days("nbi-5") == [(Floor.ADOPTED, date(2018, 7, 4))]


def test_a_day_in_a_cell_that_can_be_two_days_is_asked_for(office: Office) -> None:
    sheet = table(
        ("Year", "NBI", "Title", "Status"), ("2018", "1", "Air", "Adopted, then rescinded 7/6/18")
    )
    assert "cannot be told apart" in messages(office.look(sheet))
    preview = office.look(sheet, {"date_order": "month_first"})
    assert [(step.action, step.on) for step in preview.rows[0].row.floor] == [
        (Floor.ADOPTED, None),
        (Floor.RESCINDED, date(2018, 7, 6)),
    ]
