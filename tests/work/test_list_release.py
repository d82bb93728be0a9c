"""What a list brought is released by itself: ticked, or all of it in one act, now or later."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.factories.import_office import table
from tests.factories.staffed_union import NOW, PEOPLE, Union, hidden_field
from tests.office.test_imports import PAGE as IMPORTS
from tests.office.test_imports import press, ready, work
from tracker.record.progress import Release

QUEUE = "/my-work/union/release"
DAY = (NOW - timedelta(days=5)).date().isoformat()
HEADINGS = ["NBI #", "Subject", "Update", "Updated on", "Spent", "Complete?"]
FIRST = table(
    HEADINGS,
    ["1", "Item number 1", "The first was begun.", DAY, "100", ""],
    ["3", "Item number 3", "The third was begun.", DAY, "", ""],
    ["4", "Item number 4", "The fourth is done.", DAY, "20.50", "Y"],
)
SECOND = table(HEADINGS, ["2", "Item number 2", "Of the second list.", DAY, "", ""])


def take(union: Union, content: str, name: str) -> str:
    """Imports a list; gives the address at which its entries are released."""
    path = ready(union, content, name)
    assert press(union, path, "import").status_code == 303
    work(union)
    page = union.client("walter").get(path).text
    found = re.search(rf'href="({QUEUE}\?list=\d+)"', page)
    assert found, page
    return found[1]


def test_the_queue_of_a_list_has_what_it_brought_and_nothing_else(union: Union) -> None:
    assert union.log("dana", 4, words="By hand.").status_code == 303
    first, second = take(union, FIRST, "first.csv"), take(union, SECOND, "second.csv")
    assert first != second
    page = union.client("walter").get(first).text
    assert "3 entries wait for you" in page and "Only what first.csv brought" in page
    assert "By hand." not in page and "Of the second list." not in page
    assert "5 entries wait for you" in union.client("walter").get(QUEUE).text
    # a manager sees those of her unit
    of_unit = union.client("teo").get(first).text
    assert "The third was begun." in of_unit and "The first was begun." not in of_unit
    imports = union.client("walter").get(IMPORTS).text
    assert f'href="{first}"' in imports and f'href="{second}"' in imports
    assert f'href="{first}"' in union.client("ewan").get(IMPORTS).text
    to_read = union.client("ewan").get(first).text
    assert "The first was begun." in to_read and "Of the second list." not in to_read
    assert union.client("walter").get(f"{QUEUE}?list=999999").status_code == 404
    fields = {
        f"entries-{n}-{name}": hidden_field(page, f"entries-{n}-{name}")
        for n in range(3)
        for name in ("entry", "seen")
    }
    ticked = union.client("walter").post(first, data={**fields, "entries-1-decision": "release"})
    assert ticked.status_code == 303 and ticked.headers["Location"] == first
    assert union.count(Release) == 1


def test_all_of_a_list_are_released_in_one_act_after_a_question(union: Union) -> None:
    address = take(union, FIRST, "first.csv")
    take(union, SECOND, "second.csv")
    client = union.client("walter")
    question_address = question_of(union, address)
    question = client.get(question_address).text
    assert "Release all 3 entries of this list?" in question
    assert "3 entries on 3 items are public" in question and "$120.50 spent" in question
    assert "One of them says that something is done" in question
    assert union.count(Release) == 0
    nothing_seen = client.post(question_address, data={})
    assert nothing_seen.status_code == 422 and "Nothing was released" in nothing_seen.text
    # somebody records something of an item meanwhile: it asks anew
    seen = hidden_field(question, "seen")
    assert union.log("dana", 1, words="Meanwhile.").status_code == 303
    assert client.post(question_address, data={"seen": seen}).status_code == 422
    assert union.count(Release) == 0
    seen = hidden_field(client.get(question_address).text, "seen")
    done = client.post(question_address, data={"seen": seen})
    assert done.status_code == 303 and done.headers["Location"] == address
    assert union.count(Release) == 3
    assert "Of the second list." in client.get(QUEUE).text
    assert "Nothing waits for release" in client.get(address).text
    assert client.post(question_address, data={"seen": seen}).status_code == 422


def test_who_may_release_a_list_and_how_much_of_it(union: Union) -> None:
    question_address = question_of(union, take(union, FIRST, "first.csv"))
    for who in PEOPLE:
        may = who in ("walter", "ray", "teo")
        answer = union.client(who).get(question_address)
        assert answer.status_code == (200 if may else 403), who
    assert union.client("walter").get(f"{QUEUE}/list/999999").status_code == 404
    page = union.client("teo").get(question_address).text
    assert "Release the one entry of this list?" in page and "2 more wait for somebody else" in page
    seen = hidden_field(page, "seen")
    assert union.client("teo").post(question_address, data={"seen": seen}).status_code == 303
    assert union.count(Release) == 1 == union.count(Release, 3)


def test_what_is_confirmed_as_done_stays(union: Union) -> None:
    address = take(union, FIRST, "first.csv")
    link = {"links__0__url": "https://example.org/minutes"}
    assert union.log("dana", 4, "done", **link).status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    confirmed = union.client("marisol").post(
        f"/my-work/union/confirm/{union.claim(4)}", data={"decision": "confirmed"}
    )
    assert confirmed.status_code == 303
    question_address = question_of(union, address)
    question = union.client("walter").get(question_address).text
    assert (
        "Release all 2 entries" in question and "One more speaks of what is confirmed" in question
    )
    seen = hidden_field(question, "seen")
    assert union.client("walter").post(question_address, data={"seen": seen}).status_code == 303
    assert "The fourth is done." in union.client("walter").get(address).text


def question_of(union: Union, address: str) -> str:
    found = re.search(rf'href="({QUEUE}/list/\d+)"', union.client("walter").get(address).text)
    assert found
    return found[1]
