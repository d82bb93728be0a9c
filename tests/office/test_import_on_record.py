"""The page of one import: what it brought, what was built on it, and its undoing."""

from __future__ import annotations

import sqlalchemy as sa

from tests.factories.import_office import table
from tests.factories.staffed_union import PEOPLE, Union, hidden_field
from tracker.acts import imports, items
from tracker.record.conventions import ListImport
from tracker.record.items import Item

from .test_imports import PAGE, numbers, press, ready, work

LIST = table(
    ["NBI #", "Subject", "Disposition", "Dept", "Update"],
    ["20", "Guide to air quality", "Adopted", "Center for Safety", "Forty schools were asked."],
    ["21", "Atlas of heating", "Adopted", "Center for Research", ""],
)
ITEM = "/union/2026/nbi-20"


def imported(union: Union, content: str = LIST) -> str:
    """The address of the import."""
    path = ready(union, content)
    assert press(union, path, "import").status_code == 303
    work(union)
    with union.session() as session:
        newest = session.scalar(sa.select(sa.func.max(ListImport.id)))
    address = f"{PAGE}/on-record/{newest}"
    assert f'href="{address}"' in union.client("walter").get(path).text
    return address


def undo(union: Union, path: str, **fields: str) -> tuple[int, str]:
    client = union.client("walter")
    token = hidden_field(client.get(path).text, "csrf_token")
    sent = client.post(path, data={"csrf_token": token, **fields})
    return sent.status_code, sent.text if sent.status_code != 303 else client.get(path).text


def test_who_reads_it_and_who_may_undo_it(union: Union) -> None:
    path = imported(union)
    for who in PEOPLE:
        client, reads = union.client(who), who in ("walter", "ewan")
        answer = client.get(path)
        assert answer.status_code == (200 if reads else 403), who
        if who != "walter":
            assert client.post(path, data={"understood": "yes"}).status_code == 403, who
        if reads:
            assert ("Undo this import" in answer.text) == (who == "walter")
            assert f'href="{path}"' in client.get(PAGE).text
    assert union.client("walter").get(f"{PAGE}/on-record/99999").status_code == 404


def test_undone_by_a_page(union: Union) -> None:
    path = imported(union)
    page = union.client("walter").get(path).text
    assert "Guide to air quality" in page and "2 items" in page and 'href="/my-work/union/' in page
    public = union.client(None)
    assert public.get(ITEM).status_code == 200
    before = public.get("/union/2026/").text
    assert ITEM in public.get("/union/find?q=air+quality").text
    status, text = undo(union, path)
    assert status == 422 and "Nothing was undone" in text and public.get(ITEM).status_code == 200
    status, text = undo(union, path, understood="yes")
    assert status == 303
    assert "This import is undone." in text and "Walter" in text
    assert "Guide to air quality" not in text and "Undo this import" not in text
    assert public.get(ITEM).status_code == 404
    assert public.get(f"{ITEM}?as_of=2026-07-20").status_code == 404
    after = public.get("/union/2026/").text
    assert "Guide to air quality" in before and "Guide to air quality" not in after
    assert (
        "Guide"
        not in public.get("/union/find?q=guide+air")
        .text.split("<main")[1]
        .split("Quotation marks")[-1]
    )
    assert "undone on" in union.client("ewan").get(PAGE).text
    for address in ("/my-work/union/release", "/office/union/fill-in", "/my-work"):
        assert "Guide to air quality" not in union.client("walter").get(address).text
    status, text = undo(union, path, understood="yes")
    assert status == 409 and "undone already" in text
    # the same list is new again, and has the addresses that it had
    again = union.client("walter").get(ready(union, LIST)).text
    assert "Guide to air quality" in again and "There is nothing to import" not in again
    assert {"20", "21"} <= numbers(union)
    imported(union)
    assert "Guide to air quality" in public.get(ITEM).text


def test_what_was_built_on_it_is_listed(union: Union) -> None:
    path = imported(union)
    with union.context() as context:
        item = context.session.scalars(sa.select(Item).where(Item.number == "20")).one()
        items.add_version(context, item, items.NewVersion(title="Guide to clean air"))
    page = union.client("walter").get(path).text
    assert (
        "Built on it" in page and "1 version of the text" in page and "Undo this import" not in page
    )
    assert ITEM in page
    status, text = undo(union, path, understood="yes")
    assert status == 409 and "Nothing was changed" in text
    assert union.client(None).get(ITEM).status_code == 200


def test_an_import_of_an_older_program_says_so(union: Union) -> None:
    with union.context() as context:
        key = imports.record_list(context, "old.csv", "0" * 64, 3).id
    page = union.client("walter").get(f"{PAGE}/on-record/{key}").text
    assert "An older version of the program" in page and "Undo this import" not in page
    status, text = undo(union, f"{PAGE}/on-record/{key}", understood="yes")
    assert status == 409 and "as a whole" in text
