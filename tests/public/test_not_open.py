"""The first page of an installation whose only body has not opened its pages."""

from __future__ import annotations

import pytest

from tests.factories.staffed_union import PEOPLE, Union
from tracker.acts import bodies, people
from tracker.record.people import Person
from tracker.rules.codes import Role

OFFICE, WORK = 'href="/office">To your first step', 'href="/my-work">To your first step'
FIRST_STEPS = {
    Role.ADMINISTRATOR: OFFICE,
    Role.GOVERNANCE: OFFICE,
    Role.AUDITOR: OFFICE,
    Role.MANAGER: WORK,
    Role.STAFF: WORK,
    Role.CONFIRMER: WORK,
    Role.READER: None,
}


@pytest.fixture
def closed(union: Union) -> Union:
    with union.context() as at:
        bodies.set_setting(at, "pages", "closed")
    return union


def test_a_stranger_reads_that_the_pages_are_not_open_and_can_sign_in(closed: Union) -> None:
    page = closed.client(None).get("/").text
    assert "<h1>The pages are not open</h1>" in page and 'href="/sign-in"' in page
    assert "Federation of Testers" not in page and "tracker " not in page


def test_people_with_a_role_are_led_to_their_first_step(closed: Union) -> None:
    for who, (role, _unit) in PEOPLE.items():
        page = closed.client(who).get("/").text
        step = FIRST_STEPS[role]
        assert "The pages are not open yet" in page and "Federation of Testers" in page, who
        assert [link for link in (OFFICE, WORK) if link in page] == ([step] if step else []), who


def test_an_account_without_a_role_reads_whom_to_ask(closed: Union) -> None:
    with closed.context() as at:
        people.end_role(at, at.session.get_one(Person, closed.people["joy"]), Role.READER)
    page = closed.client("joy").get("/").text
    assert "Your account holds no role today" in page and "Federation of Testers" not in page


def test_open_pages_are_listed_as_ever(union: Union) -> None:
    for who in (None, "imani"):
        page = union.client(who).get("/").text
        assert "Did it lead anywhere?" in page and "not open" not in page
