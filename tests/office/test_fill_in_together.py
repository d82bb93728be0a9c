"""Two people save the same rows at the same time, and one while a list is written: what the other
recorded stays, and so does what was typed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from html import unescape
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.factories.import_office import table
from tests.factories.staffed_union import StaffClient, Union
from tests.office.item_page_forms import facts_of
from tests.office.test_fill_in import PAGE, lead, typed
from tests.office.test_imports import press, ready, stored, work
from tracker.accounts.access import writing
from tracker.office.items import fill_in as fill_in_page
from tracker.record.import_previews import PreviewState
from tracker.record.verification import verify

LONGEST = 60  # seconds that one waits for the other


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> threading.Barrier:
    """Who saves has read and checked the rows when the other begins to write."""
    barrier = threading.Barrier(2)

    @contextmanager
    def writing_together() -> Iterator[Session]:
        barrier.wait(LONGEST)
        with writing() as session:
            yield session

    monkeypatch.setattr(fill_in_page, "writing", writing_together)
    return barrier


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    results: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        results[place] = acts[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * LONGEST)
    return results


def saves(
    client: StaffClient, union: Union, changes: dict[int, dict[str, str]]
) -> Callable[[], TestResponse]:
    """The page as it stands now, with what is typed over it, to be sent later."""
    fields = typed(client.get(f"{PAGE}?show=all").text)
    for number, changed in changes.items():
        fields |= {f"i{union.items[number]}-{name}": value for name, value in changed.items()}
    return lambda: client.post(f"{PAGE}?show=all", data=fields)


def test_two_people_save_the_same_row(union: Union, together: threading.Barrier) -> None:
    """One is recorded; the other reads what was, keeps all that was typed, and sends it again."""
    ray = lead(union, "Center for Research", "ray")
    changes: dict[str, dict[int, dict[str, str]]] = {
        "walter": {1: {"due_on": "2027-03-04"}, 4: ray | {"person": ""}},
        "ray": {2: ray, 4: ray},
    }
    clients = {who: union.client(who) for who in changes}
    sent = at_once(*(saves(clients[who], union, changes[who]) for who in changes))
    answers: dict[str, TestResponse] = dict(zip(changes, sent, strict=True))
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    [(second, answer)] = [one for one in answers.items() if one[1].status_code == 409]
    people = {"walter": None, "ray": union.people["ray"]}
    first = next(who for who in changes if who != second)
    assert facts_of(union, 4).assignments[-1].person_id == people[first]
    assert "On record now: Adopted" in unescape(answer.text)
    again = typed(answer.text)
    for number, changed in changes[second].items():
        for name, value in changed.items():
            assert again[f"i{union.items[number]}-{name}"] == value
    together.reset()
    post = clients[second].post
    sent = at_once(lambda: post(PAGE, data=again), lambda: together.wait(LONGEST))
    assert sent[0].status_code == 303
    assert facts_of(union, 4).assignments[-1].person_id == people[second]
    assert facts_of(union, 2).assignments[-1].person_id == people["ray"]
    assert facts_of(union, 1).due_dates
    with union.session() as session:
        assert list(verify(session, union.body_id)) == []


def test_one_saves_while_a_list_is_written(union: Union, together: threading.Barrier) -> None:
    """Whichever is first: the other is asked again, and none of its words is gone."""
    content = table(["NBI #", "Subject", "Due"], ["4", "Item number 4", "2027-05-06"])
    path = ready(union, content)
    press(union, path, "import")
    ray = lead(union, "Center for Research", "ray")
    save = saves(union.client("walter"), union, {1: ray, 4: {"due_on": "2027-03-04"}})

    def import_it() -> None:
        together.wait(LONGEST)
        work(union)

    answer, _imported = at_once(save, import_it)
    due = [fact.due_on for fact in facts_of(union, 4).due_dates]
    led_by = facts_of(union, 1).assignments[-1].person_id
    if answer.status_code == 303:
        assert stored(union, path).state is PreviewState.READY  # it shows what differs by now
        assert due == [date(2027, 3, 4)] and led_by == union.people["ray"]
    else:
        assert answer.status_code == 409
        assert stored(union, path).state is PreviewState.IMPORTED
        assert due == [date(2027, 5, 6)] and led_by == union.people["dana"]
        again = typed(answer.text)
        assert again[f"i{union.items[1]}-person"] == ray["person"]
        assert again[f"i{union.items[4]}-due_on"] == "2027-03-04"
        assert "Due 6\u00a0May 2027" in answer.text
    with union.session() as session:
        assert list(verify(session, union.body_id)) == []
