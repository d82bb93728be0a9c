"""What units and people have in hand: who sees which, that each figure is the number of its rows,
and what it costs.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import ITEM, PEOPLE, Union, build_union, item_row
from tests.statements import counting
from tracker.accounts.user import User
from tracker.acts import assignments, items, people
from tracker.extensions import db
from tracker.reading.led_items import LedFigure
from tracker.reading.unit_loads import BodyLoad, Holder, LoadFigure, body_load
from tracker.record.people import Person
from tracker.rules.codes import Part, Role

from .work_of import work_of

PAGE = "/my-work/union/load"
LINK = re.compile(r'<a href="([^"]*show=[^"]*)">(\d+)<span')
ROW = re.compile(r'class="table__title"')


@pytest.fixture
def busy(union: Union) -> Union:
    """Item 1 was due, 2 is due soon and led by two, 3 waits for release, of 4 nobody is named."""
    with union.context("walter") as context:
        rows = {number: item_row(context.session, union, number) for number in union.items}
        research, safety = (union.units[f"Center for {name}"] for name in ("Research", "Safety"))
        items.set_due_date(context, rows[1], union.today - timedelta(days=3))
        items.set_due_date(context, rows[2], union.today + timedelta(days=3))
        second_clause = union.clauses[2][1]
        assignments.assign(
            context, rows[2], Part.LEAD, safety, union.people["teo"], clause_id=second_clause
        )
        assignments.assign(context, rows[1], Part.CONTRIBUTOR, safety, union.people["hollis"])
        assignments.assign(context, rows[4], Part.LEAD, research)
    assert union.log("hollis", 3).status_code == 303
    return union


def load_of(union: Union, who: str) -> BodyLoad:
    with union.context(who) as context:
        return body_load(db.session(), union.body_id, context.actor, union.today)


def counts(loads: BodyLoad) -> dict[tuple[str, str], list[int]]:
    """By unit and person ("": nobody named; "*": the unit): the figures in their order."""
    return {
        (held.unit or "", "*" if held.holder.is_unit else held.person or ""): [
            len(held.rows(figure)) for figure in LoadFigure
        ]
        for held in loads.all_held()
    }


def test_what_each_has(busy: Union) -> None:
    research, safety = "Center for Research", "Center for Safety"
    of_research = {
        (research, "*"): [3, 1, 3, 1, 0, 0],
        (research, ""): [1, 0, 1, 0, 0, 0],
        (research, "Dana"): [2, 1, 2, 1, 0, 0],
        (research, "Ray"): [0, 0, 0, 0, 0, 0],
    }
    of_safety = {
        (safety, "*"): [2, 0, 2, 1, 1, 1],
        (safety, "Hollis"): [1, 0, 1, 0, 1, 1],
        (safety, "Teo"): [1, 0, 1, 1, 0, 0],
    }
    of_nobody = {("", ""): [0, 0, 0, 0, 0, 0]}
    assert counts(load_of(busy, "ray")) == of_research
    assert counts(load_of(busy, "teo")) == of_safety
    for who in ("walter", "ewan"):
        assert counts(load_of(busy, who)) == {**of_research, **of_safety, **of_nobody}, who


def test_what_no_unit_leads_is_for_the_office(busy: Union) -> None:
    with busy.context("walter") as context:
        item = item_row(context.session, busy, 3)
        assignments.unassign(context, item, Part.LEAD)
    assert [row.item.number for row in load_of(busy, "walter").unled.led] == ["3"]  # type: ignore[union-attr]
    assert "1 open item is led by no unit" in busy.client("ewan").get(PAGE).text
    assert load_of(busy, "teo").unled is None
    assert busy.client("teo").get(f"{PAGE}?show=open").status_code == 404


@pytest.mark.parametrize("who", ["ray", "teo", "walter", "ewan"])
def test_each_figure_opens_as_many_rows(busy: Union, who: str) -> None:
    client = busy.client(who)
    links = LINK.findall(client.get(PAGE).text)
    assert len(links) == sum(
        count > 0 for figures in counts(load_of(busy, who)).values() for count in figures
    )
    for address, count in links:
        page = client.get(address.replace("&amp;", "&")).text
        assert len(ROW.findall(page)) == int(count), address
        assert ("Assign or extend" in page) is (who != "ewan")
        of_person = re.search(r"person=[1-9]", address) is not None
        assert ("Hand on all" in page) is (who == "walter" and of_person)


@pytest.mark.parametrize("who", ["dana", "ray", "hollis"])
def test_each_figure_of_my_work_opens_as_many_rows(busy: Union, who: str) -> None:
    work, client = work_of(busy, who), busy.client(who)
    side = client.get("/my-work").text.partition("<aside")[2]
    for figure in LedFigure:
        address = f"/my-work?show={figure}&amp;body=union"
        rows = work.rows(figure)
        assert (address in side) is bool(rows), figure
        page = client.get(address.replace("&amp;", "&"))
        assert page.status_code == 200 and len(ROW.findall(page.text)) == len(rows), figure
        for item in rows:
            assert f'href="{ITEM.format(item.item.number)}"' in page.text
    assert len(work.rows(LedFigure.OPEN)) == len(work.led) > 0


def test_rows_say_who_leads(busy: Union) -> None:
    address = f"{PAGE}?unit={busy.units['Center for Research']}&show=open"
    page = busy.client("ray").get(address).text
    assert page.count("<small>Dana, Center for Research</small>") == 1
    assert "<small>Dana, Center for Research; Teo, Center for Safety</small>" in page
    assert "<small>Center for Research</small>" in page


def test_the_load_leads_to_where_many_are_given_away(busy: Union) -> None:
    unit = busy.units["Center for Research"]
    address = f"{PAGE}?unit={unit}&person={busy.people['dana']}&show=open"
    for who in ("ray", "walter"):
        page = busy.client(who).get(address).text
        assert f'href="/office/union/2026/fill-in?show=all&amp;unit={unit}"' in page, who
        rows = busy.client(who).get(f"/office/union/2026/fill-in?show=all&unit={unit}")
        assert rows.status_code == 200 and "Item number 1" in rows.text
    assert "fill-in" not in busy.client("ewan").get(address).text


def test_a_figure_that_is_not_there(busy: Union) -> None:
    ray = busy.client("ray")
    for address in ("/my-work?show=none", "/my-work?show=open&body=other", f"{PAGE}?show=open"):
        assert ray.get(address).status_code == 404, address
    other_unit = busy.units["Center for Safety"]
    assert ray.get(f"{PAGE}?unit={other_unit}&show=open").status_code == 404
    assert ray.get(f"{PAGE}?unit=x&show=open").status_code == 404


def test_who_comes_in(busy: Union) -> None:
    for who in PEOPLE:
        may = who in ("ray", "teo", "walter", "ewan")
        assert busy.client(who).get(PAGE).status_code == (200 if may else 403), who
    for who in ("ray", "walter"):
        assert f'href="{PAGE}"' in busy.client(who).get("/my-work").text
    assert f'href="{PAGE}"' not in busy.client("dana").get("/my-work").text
    for who in ("walter", "ewan"):
        assert f'href="{PAGE}"' in busy.client(who).get("/office").text


def test_who_left_is_marked(busy: Union) -> None:
    assert "No role in this unit" not in busy.client("ray").get(PAGE).text
    with busy.context() as context:
        dana = context.session.get_one(Person, busy.people["dana"])
        research = busy.units["Center for Research"]
        people.end_role(context, dana, Role.STAFF, research)
        db.session.execute(
            sa.update(User).where(User.email == "hollis@example.org").values(active=False)
        )
    page = busy.client("walter").get(PAGE).text
    assert page.count("No role in this unit today") == 1
    assert page.count("The account is closed") == 1
    held = load_of(busy, "ray").find(
        Holder(unit_id=busy.units["Center for Research"], person_id=busy.people["dana"])
    )
    assert held is not None and not held.has_role and len(held.led) == 2


def test_statements_do_not_depend_on_how_many_items(app: Flask) -> None:
    sent_by_size = []
    for size in (4, 60):
        union = build_union(app, size)
        client = union.client("walter")
        client.get(PAGE)
        with app.app_context(), counting(db.engine) as sent:
            assert client.get(PAGE).status_code == 200
        sent_by_size.append(len(sent))
    assert sent_by_size[0] == sent_by_size[1]
