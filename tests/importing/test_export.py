"""What is given out: the JSON that other programs rely on, and the CSV that comes back in as the
same, whatever the items hold.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories.import_office import HEADINGS, TODAY, Office, counts, messages, table
from tracker.acts import act_context, assignments, floor, items, money
from tracker.acts.items import NewVersion
from tracker.acts.money import NewExpense
from tracker.importing import export
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.rules.codes import Floor, Part, Stage
from tracker.rules.permissions import COMMAND_LINE

NAMES = {"body", "convention", "as_of", "items"}
OF_AN_ITEM = {
    "code",
    "kind",
    "number",
    "title",
    "text",
    "text_truncated",
    "submitted_by",
    "floor_actions",
    "estimate",
    "appropriated",
    "spent",
    "spent_waiting",
    "lead",
    "standing",
    "verdict",
    "change",
    "confirmations",
    "merged_into",
    "url",
}


LIST = table(
    HEADINGS,
    (
        "2018",
        "1",
        "Air",
        "Shall be clean.",
        "Texas",
        "Adopted as modified and referred to the Budget Committee",
        "2018-07-04",
        "If two meet, $31,000 more.",
        "Safety",
        "Ana Roe",
        "2019-01-01",
        "12.5",
        "100",
    ),
    (
        "2018",
        "6A",
        "",
        "A text without a title, and it goes on for more than twelve words in all.",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
    ),
    ("2018", "3", "Fire", "", "", "Consolidated with NBI 1", "", "", "", "", "", "", ""),
    ("2018", "", "Without a number", "", "", "Defeated", "", "No cost", "", "", "", "0", ""),
)


def exported(office: Office) -> dict[str, Any]:
    convention = office.convention()
    items = export.ItemExport(
        body=office.body,
        convention="2018",
        day=office.today,
        pages=export.item_pages(office.session, convention, AsOf(office.today)),
        base_url="https://tracker.example/",
    )
    data: dict[str, Any] = json.loads(json.dumps(export.as_data(items)))
    return data


def test_the_contract_of_the_json(office: Office) -> None:
    office.take(LIST)
    data = exported(office)
    assert set(data) == NAMES and all(set(item) == OF_AN_ITEM for item in data["items"])
    by_code = {item["code"]: item for item in data["items"]}
    assert list(by_code) == ["nbi-1", "nbi-3", "nbi-6a", "nbi-unnumbered-1"]
    air = by_code["nbi-1"]
    assert air["floor_actions"] == [
        {"action": "adopted_as_modified", "date": "2018-07-04", "referred_to": None},
        {"action": "referred", "date": "2018-07-04", "referred_to": "Budget Committee"},
    ]
    assert air["estimate"] == {
        "amount": "31000.00",
        "currency": "USD",
        "basis": "additional",
        "conditional": True,
        "assumption": "two meet",
        "sentence": "If two meet, $31,000 more.",
    }
    assert (
        air["appropriated"],
        air["spent"],
        air["spent_waiting"],
        air["lead"],
        air["submitted_by"],
    ) == ("100.00", None, "12.50", "Safety", "Texas")
    assert air["url"] == f"https://tracker.example/{office.body}/2018/nbi-1"
    assert (
        by_code["nbi-3"]["merged_into"] == "nbi-1"
        and by_code["nbi-6a"]["title"] is None
        and by_code["nbi-6a"]["number"] == "6A"
    )
    last = by_code["nbi-unnumbered-1"]
    assert (
        last["number"],
        last["spent_waiting"],
        last["appropriated"],
        last["estimate"]["amount"],
    ) == (None, "0.00", None, "0.00")
    assert not set(map(str, air.values())) & {"nan", "NaN"}


def test_the_csv_comes_back_in_as_the_same(office: Office) -> None:
    office.take(LIST)
    preview = office.look(office.export())
    assert counts(preview) == (0, 0, 4, 0), [(row.changes, row.kept) for row in preview.rows]
    assert tuple(next(csv.reader(io.StringIO(office.export())))) == export.HEADINGS


def test_an_office_works_in_the_exported_csv(office: Office) -> None:
    office.take(LIST)
    rows = list(csv.DictReader(io.StringIO(office.export())))
    fresh = {
        "lead": "Publishing",
        "person": "Bo Li",
        "due": "2019-03-01",
        "floor_action": "adopted",
        "floor_date": "2018-07-05",
    }
    for row in rows:
        if row["code"] == "nbi-6a":
            row |= fresh
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    preview = office.take(out.getvalue())
    assert counts(preview) == (0, 1, 3, 0), messages(preview)
    item = office.item("nbi-6a")
    assert item.lead and (item.lead.unit, item.lead.person) == ("Publishing", "Bo Li")
    assert [(action.action, action.on) for action in item.floor] == [
        (Floor.ADOPTED, date(2018, 7, 5))
    ]
    assert item.clauses[0].due and item.clauses[0].due.due_on == date(2019, 3, 1)
    assert counts(office.look(office.export())) == (0, 0, 4, 0)


def test_what_was_done_by_hand_is_changed_by_the_csv_but_not_what_came_after_it(
    office: Office,
) -> None:
    office.take("Year,NBI,Title\n2018,1,Air\n")
    item = office.session.get_one(Item, office.item("nbi-1").id)
    by_hand = act_context.for_body(office.session, item.body_id, COMMAND_LINE, office.now)
    items.set_due_date(by_hand, item, date(2019, 1, 1))
    office.session.commit()
    file = office.export().replace("2019-01-01", "2019-02-02")
    assert counts(office.look(file)) == (0, 1, 0, 0)
    items.set_due_date(by_hand, item, date(2019, 5, 5))
    office.session.commit()
    preview = office.look(file)
    assert counts(preview) == (0, 0, 1, 0) and [
        (kept_value.field, kept_value.yours, kept_value.in_file)
        for row in preview.rows
        for kept_value in row.kept
    ] == [("due", date(2019, 5, 5), date(2019, 2, 2))]


WORDS = (
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"),
        min_size=1,
        max_size=60,
    )
    .map(str.strip)
    .filter(lambda words: any(map(str.isalpha, words)))
)
NAME = (
    st.text("abcdefgh ÅÉñ-'", min_size=3, max_size=20)
    .map(lambda name: " ".join(name.split()))
    .filter(lambda name: len(name) > 2 and name[0].isalpha())
)
FLOORS = st.sampled_from(
    [
        (),
        (Floor.ADOPTED,),
        (Floor.ADOPTED_AS_MODIFIED, Floor.REFERRED),
        (Floor.REFERRED,),
        (Floor.DEFEATED,),
        (Floor.AWAITING_DEBATE, Floor.ADOPTED),
        (Floor.WITHDRAWN,),
        (Floor.RULED_OUT_OF_ORDER,),
        (Floor.ADOPTED, Floor.RESCINDED),
    ]
)
DAYS = st.none() | st.dates(date(2018, 7, 1), date(2018, 8, 30))
ITEMS = st.lists(
    st.tuples(
        st.none() | WORDS,
        st.none() | WORDS,
        FLOORS,
        DAYS,
        st.none() | NAME,
        st.none() | NAME,
        DAYS,
        st.lists(st.decimals(0, 10**6, places=2), max_size=2),
        st.none() | WORDS,
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@settings(
    derandomize=True,
    deadline=None,
    max_examples=20,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(ITEMS)
def test_whatever_the_items_hold_the_export_is_the_same(engine: sa.Engine, made: list[Any]) -> None:
    with Session(engine) as session:
        office = Office(session)
        office.take("Year,NBI,Title\n2018,999,First\n")
        convention = office.convention()
        by_hand = act_context.for_body(session, convention.body_id, COMMAND_LINE, office.now)
        from tracker.acts import bodies

        units: dict[str, int] = {}
        unit_names: list[str] = []
        for number, (
            title,
            text,
            actions,
            on,
            unit,
            sponsor,
            due,
            spent,
            sentence,
            truncated,
        ) in enumerate(made, 1):
            movers = (
                [
                    items.Mover(
                        items.FloorPart.SPONSOR,
                        bodies.add_delegation(by_hand, f"{sponsor} {number}").id,
                    )
                ]
                if sponsor
                else []
            )
            item = items.register(
                by_hand,
                convention,
                "new_business_item",
                str(number),
                NewVersion(
                    words=text,
                    title=title,
                    rationale=None,
                    stage=Stage.AS_PUBLISHED,
                    truncated=truncated,
                ),
                movers=movers,
            )
            if unit and unit not in units:
                units[unit] = bodies.add_unit(by_hand, f"{unit} {number}").id
                unit_names.append(f"{unit} {number}")
            for place, action in enumerate(actions, 1):
                referral = (
                    floor.Referral(units.get(unit or "")) if action is Floor.REFERRED else None
                )
                floor.record_floor_action(by_hand, item, action, on, place, referral=referral)
            if unit:
                assignments.assign(by_hand, item, Part.LEAD, units[unit])
            if due:
                items.set_due_date(by_hand, item, due)
            for amount in spent:
                money.spend(by_hand, item, NewExpense(amount=Decimal(amount), on=TODAY))
            if sentence:
                from tracker.importing.values.costs import read

                cost = read(sentence)
                if cost:
                    money.estimate(
                        by_hand,
                        item,
                        money.NewEstimate(
                            sentence=sentence,
                            basis=cost.basis,
                            amount=cost.amount,
                            conditional=cost.conditional,
                            assumption=cost.assumption,
                        ),
                    )
        session.commit()
        sheets = [office.list_out(name) for name in unit_names[:1]]
        for out in (office.list_out(), *sheets):
            for file in (office.workbook(out), out.as_csv()):
                preview = office.look(file)
                assert counts(preview) == (0, 0, len(out.rows), 0), (
                    [(row.changes, row.kept) for row in preview.rows],
                    messages(preview),
                )


def test_what_the_office_wrote_into_the_export_stays_when_the_list_comes_again(
    office: Office,
) -> None:
    headings = (
        "NBI",
        "Title",
        "Text",
        "Status",
        "Date",
        "Department",
        "Staff",
        "Due",
        "Update",
        "Updated on",
        "Spent",
    )
    first = (
        "1",
        "One",
        "The union shall print one.",
        "Adopted",
        "2018-07-03",
        "Research",
        "Lee Chan",
        "2018-12-31",
        "Began",
        "2018-07-20",
        "100",
    )
    office.take(table(headings, first), convention="2018")
    rows = list(csv.DictReader(io.StringIO(office.export())))
    rows[0] |= {
        "title": "One by hand",
        "lead": "Press",
        "person": "Sam Poe",
        "due": "2019-03-31",
        "floor_action": "adopted_as_amended",
        "spent": "250",
        "spent_waiting": "",
    }
    edited = table(tuple(rows[0]), tuple(rows[0].values()))
    assert counts(office.take(edited)) == (0, 1, 0, 0) and counts(office.look(edited)) == (
        0,
        0,
        1,
        0,
    )
    following = (*first[:8], "Going on", "2018-08-20", "100")
    preview = office.take(table(headings, following), convention="2018")
    assert {kept_value.field for kept_value in preview.rows[0].kept} == {
        "title",
        "lead",
        "person",
        "due",
        "floor_action",
        "spent",
    } and counts(preview) == (0, 1, 0, 0)
    page = office.item("nbi-1")
    assert (
        page.lead
        and (page.title, page.lead.unit, page.lead.person) == ("One by hand", "Press", "Sam Poe")
        and page.money.spent_waiting == 250
    )
    assert [action.action for action in page.floor] == [
        Floor.ADOPTED_AS_AMENDED
    ] and page.waiting == 3
    rows = list(csv.DictReader(io.StringIO(office.export())))
    # and what it wrote it may take back
    rows[0] |= {
        "spent": "100.00",
        "spent_waiting": "",
        "floor_action": "defeated",
    }
    office.take(table(tuple(rows[0]), tuple(rows[0].values())))
    page = office.item("nbi-1")
    assert page.money.spent_waiting == 100 and [action.action for action in page.floor] == [
        Floor.DEFEATED
    ]


def test_a_revision_that_a_spreadsheet_rounded_is_told(office: Office) -> None:
    office.take(table(("NBI", "Title", "Status"), ("1", "One", "Adopted")), convention="2018")
    rows = list(csv.DictReader(io.StringIO(office.export())))
    rows[0] |= {"revision_of_record": "1E+11", "lead": "Press"}
    preview = office.take(table(tuple(rows[0]), tuple(rows[0].values())))
    assert counts(preview) == (0, 1, 0, 0) and [problem.column for problem in preview.problems] == [
        "revision_of_record"
    ]
