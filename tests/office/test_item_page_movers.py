"""The office's page of an item: who moved it, and what a board advised."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.factories.staffed_union import Union, hidden_field, item_row
from tests.office.form_reader import fields_of_form
from tests.office.item_page_forms import PAGE, facts_of, send
from tracker.acts import bodies, items
from tracker.record.items import FloorPerson
from tracker.rules.codes import FloorPart

PATH = PAGE.format(4)


def written(union: Union, **changed: str) -> dict[str, str]:
    """The form of movers as the page has it, with what is changed in it."""
    page = union.client("walter").get(PATH).text
    fields = fields_of_form(page, f"{PATH}/movers")
    return fields | {f"movers-people-{name}": value for name, value in changed.items()}


def post(union: Union, fields: dict[str, str]) -> TestResponse:
    return union.client("walter").post(f"{PATH}/movers", data=fields)


def movers(union: Union) -> list[tuple[str, int | None, str | None]]:
    people = facts_of(union, 4).floor_people
    return [(person.part.value, person.delegation_id, person.name) for person in people]


def test_movers_are_named_changed_and_taken_off(union: Union) -> None:
    with union.context() as context:
        ohio, vermont = (bodies.add_delegation(context, name).id for name in ("Ohio", "Vermont"))
    first = written(union, **{"0-delegation": str(ohio), "0-name": "Juno Albright"})
    more = post(union, first | {"more": "1"})
    assert more.status_code == 200 and "Juno Albright" in more.text
    both = fields_of_form(more.text, f"{PATH}/movers") | {
        "movers-people-1-part": "seconder",
        "movers-people-1-delegation": str(vermont),
    }
    assert post(union, both).status_code == 303
    assert movers(union) == [("maker", ohio, "Juno Albright"), ("seconder", vermont, None)]
    assert "Maker, Ohio, Juno Albright" in union.client("walter").get(PATH).text
    kept = facts_of(union, 4).floor_people[0].id
    assert post(union, written(union, **{"1-delegation": ""})).status_code == 303
    [maker] = facts_of(union, 4).floor_people
    assert maker.id == kept and union.count(FloorPerson, 4) == 2  # nothing was written again
    page = union.client("walter").get(PATH).text
    assert "Seconder, Vermont" in page.split('id="h-taken-back"')[1]


def test_a_name_that_is_too_long_comes_back(union: Union) -> None:
    answer = post(union, written(union, **{"0-name": "kept" * 51}))
    assert answer.status_code == 422 and "longer than 200" in answer.text and "kept" in answer.text
    assert post(union, written(union, **{"0-part": "nobody", "0-name": "x"})).status_code == 422
    assert movers(union) == []


def test_two_name_movers(union: Union) -> None:
    """One adds, and one takes off, while the form is open: neither is lost."""
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        items.set_movers(context, item, [items.Mover(FloorPart.MAKER, name="First")])
    mine = written(union, **{"1-name": "Mine"})
    with union.context("walter") as context:
        items.set_movers(context, item_row(context.session, union, 4), [])
    answer = post(union, mine)
    assert answer.status_code == 409 and "Mine" in answer.text
    assert post(union, fields_of_form(answer.text, f"{PATH}/movers")).status_code == 303
    assert [name for _part, _delegation, name in movers(union)] == ["First", "Mine"]


def test_a_recommendation_is_added_and_corrected(union: Union) -> None:
    assert send(union, "walter", 4, "recommendation", words=" ").status_code == 422
    assert send(union, "walter", 4, "recommendation", words="Adopt it.").status_code == 303
    seen = hidden_field(union.client("walter").get(PATH).text, "recommendation-seen")
    [advice] = facts_of(union, 4).recommendations
    path = f"{PATH}/recommendation/{advice.id}"
    office = union.client("walter")
    fields = fields_of_form(office.get(path).text, path)
    assert fields["recommendation-words"] == "Adopt it."
    sent = office.post(path, data=fields | {"recommendation-words": "Refer it."})
    assert sent.status_code == 303
    assert "Refer it." in union.client(None).get("/union/2026/nbi-4").text
    late = send(union, "walter", 4, "recommendation", seen, words="Another.")
    assert late.status_code == 409 and "Another." in late.text
