"""Rows pasted from a spreadsheet into the page for filling in many items: what is understood stands
in the rows and is not saved; what is not is said with row and column, and stays in the field.
"""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.test import TestResponse

from tests.factories.staffed_union import Union, item_row
from tests.office.item_page_forms import facts_of
from tests.office.test_fill_in import PAGE, counts, lead, typed
from tracker.acts import floor, items
from tracker.acts.items import NewVersion
from tracker.office.items.fill_in_pasting import MOST_ROWS
from tracker.record.conventions import Convention
from tracker.rules.codes import Floor


def tabbed(*rows: tuple[str, ...]) -> str:
    return "\r\n".join("\t".join(row) for row in rows)


def paste(union: Union, rows: str, who: str = "walter", **more: str) -> TestResponse:
    office = union.client(who)
    fields = typed(office.get(f"{PAGE}?show=all").text)
    fields |= {"paste-rows": rows, "do": "paste"} | more
    return office.post(f"{PAGE}?show=all", data=fields)


def test_rows_stand_in_the_table_and_one_save_records_them(union: Union) -> None:
    """In the order that the page says, without headings."""
    before = counts(union)
    rows = tabbed(
        ("1", "", "", "Center for Safety", "Hollis", "4 March 2027"),
        ("NBI 3", "Defeated", "7/24/2026"),
        ("nbi-4", "", "", "", "ray", "2027-03-05"),
    )
    answer = paste(union, rows)
    assert answer.status_code == 200, answer.text
    assert "3 rows are changed, and not saved yet." in answer.text
    assert counts(union) == before
    fields = typed(answer.text)
    assert "Item number 2" not in answer.text  # nothing was pasted of it
    assert fields["items"] == " ".join(str(union.items[number]) for number in (1, 3, 4))
    hollis = lead(union, "Center for Safety", "hollis")
    assert fields[f"i{union.items[1]}-person"] == hollis["person"]
    assert fields[f"i{union.items[3]}-acted_on"] == "2026-07-24"
    assert union.client("walter").post(PAGE, data=fields).status_code == 303
    assert facts_of(union, 1).assignments[-1].person_id == union.people["hollis"]
    assert facts_of(union, 1).due_dates[0].due_on == date(2027, 3, 4)
    assert facts_of(union, 3).floor[0].action is Floor.DEFEATED
    assert facts_of(union, 4).assignments[-1].person_id == union.people["ray"]  # brings the unit


def test_headings_say_what_the_columns_hold(union: Union) -> None:
    rows = "Due date,Title,Item no.\n2027-03-04,Anything,1\n2027-03-05,Else,2\n"
    answer = paste(union, rows)
    assert answer.status_code == 200
    assert "No cell here holds these columns: Title." in answer.text
    assert typed(answer.text)[f"i{union.items[2]}-due_on"] == "2027-03-05"


def test_what_was_typed_beside_the_pasted_rows_stays(union: Union) -> None:
    answer = paste(union, "1\t\t\t\t\t2027-03-04", **{f"i{union.items[2]}-due_on": "2027-05-06"})
    fields = typed(answer.text)
    assert fields[f"i{union.items[1]}-due_on"] == "2027-03-04"
    assert fields[f"i{union.items[2]}-due_on"] == "2027-05-06"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("99\tAdopted", "Row 2, A: “99” is none of these items."),
        ("\tAdopted", "Row 2, A: The row names no item."),
        ("1\tSung", "Row 2, B: “Sung” is no floor action that we know."),
        ("1\t\tsoon", "Row 2, C: &#39;soon&#39; is no date that we know."),
        ("1\t\t\t\t\t1/2/2027", "day and month cannot be told apart"),
        ("1\t\t\tCenter of Gravity", "Row 2, D: “Center of Gravity” is no unit on record"),
        ("1\t\t\t\tNemo", "Row 2, E: “Nemo” is nobody to whom you can give it"),
        ("1\t\t\tCenter for Safety\tDana", "Row 2, E: “Dana” is nobody to whom you can give it"),
        ("2\tAdopted", "Row 2, A: “2” stands in a row above already."),
    ],
)
def test_what_is_not_understood_is_said_and_stays(union: Union, row: str, sentence: str) -> None:
    """The other rows stand in the table."""
    rows = f"2\t\t\t\t\t2027-03-04\n{row}"
    answer = paste(union, rows)
    assert answer.status_code == 422 and sentence in answer.text, answer.text
    assert f"{rows}</textarea>" in answer.text.replace("\r\n", "\n")
    assert typed(answer.text)[f"i{union.items[2]}-due_on"] == "2027-03-04"


def test_nothing_and_no_table_are_refused_in_words(union: Union) -> None:
    assert "nothing stands in the field" in paste(union, " \n").text
    assert (
        "cannot be told apart"
        not in paste(union, "1\t\t\t\t\t1/2/2027", **{"paste-order": "day_first"}).text
    )
    too_many = paste(union, "1\n" * (MOST_ROWS + 1))
    assert too_many.status_code == 422
    assert f"{MOST_ROWS + 1} rows were pasted, at most {MOST_ROWS}" in too_many.text


def test_a_name_that_is_nearly_one_is_taken_and_said(union: Union) -> None:
    answer = paste(union, "1\t\t\tResearch\tDanna")
    assert answer.status_code == 200
    assert "“Research” is taken as Center for Research." in answer.text
    assert "“Danna” is taken as Dana." in answer.text


def test_two_hundred_rows_come_in_at_one_go(union: Union) -> None:
    with union.context() as context:
        session = context.session
        convention = session.get_one(Convention, item_row(session, union, 1).convention_id)
        for number in range(5, 205):
            text = NewVersion(title=f"Item number {number}")
            item = items.register(context, convention, "new_business_item", str(number), text)
            union.items[number] = item.id
    rows = [(str(number), "Adopted", "2026-07-26", "Center for Safety") for number in range(5, 205)]
    answer = paste(union, tabbed(*rows))
    assert answer.status_code == 200 and "200 rows are changed" in answer.text
    saved = union.client("walter").post(PAGE, data=typed(answer.text))
    assert saved.status_code == 303
    for number in (5, 204):
        assert facts_of(union, number).floor[0].action is Floor.ADOPTED
        assert facts_of(union, number).assignments[0].unit_id == union.units["Center for Safety"]


def test_a_manager_pastes_what_is_theirs(union: Union) -> None:
    rows = tabbed(
        ("1", "", "", "", "Ray"),
        ("2", "Defeated"),
        ("3", "", "", "", "Ray"),
        ("4", "", "", "Safety"),
    )
    answer = paste(union, rows, who="ray")
    assert answer.status_code == 422
    for sentence in (
        "Row 2, B: This is not for you to change here.",
        "Row 3, A: “3” is none of these items.",
        "Row 4, D: “Safety” is no unit on record",
    ):
        assert sentence in answer.text
    fields = typed(answer.text)
    person = lead(union, "Center for Research", "ray")["person"]
    assert fields[f"i{union.items[1]}-person"] == person


def test_a_number_of_two_kinds_is_asked_about(union: Union) -> None:
    with union.context() as context:
        session = context.session
        convention = session.get_one(Convention, item_row(session, union, 1).convention_id)
        item = items.register(context, convention, "motion", "1", NewVersion(title="A motion"))
        floor.record_floor_action(context, item, Floor.ADOPTED, None)
    answer = paste(union, "1\t\t\t\t\t2027-03-04\nmot-1\t\t\t\t\t2027-03-05")
    assert "Row 1, A: “1” may be nbi-1, mot-1. Write its code." in answer.text
    assert typed(answer.text)[f"i{item.id}-due_on"] == "2027-03-05"
