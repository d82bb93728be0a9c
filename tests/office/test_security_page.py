"""The page of the security log: who reads it, what it says, filters and pages; no secret."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from tests.factories.staffed_union import NOW, PEOPLE, Union
from tracker.accounts.security_lines import ON_A_PAGE
from tracker.acts import bodies, people
from tracker.config import Settings
from tracker.extensions import db
from tracker.formatting.security_words import EVENTS
from tracker.record.people import Person
from tracker.rules.codes import Role
from tracker.security_log import SecurityEvent

PAGE = "/office/union/security"


def write_lines(union: Union, *lines: dict[str, object], days_ago: int = 0) -> None:
    settings: Settings = union.app.config["SETTINGS"]
    settings.security_log.mkdir(exist_ok=True)
    at = NOW - timedelta(days=days_ago)
    with (settings.security_log / f"{at:%Y-%m-%d}.log").open("a") as file:
        for line in lines:
            file.write(json.dumps({"at": at.isoformat(timespec="seconds"), **line}) + "\n")


def account_of(union: Union, who: str) -> int:
    from tracker.accounts.user_accounts import find_account

    with union.session() as session:
        account = find_account(session, f"{who}@example.org")
        assert account
        return account.id


def rows(page: str) -> list[str]:
    """The text of each row of the table."""
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("<tr role=")[1:]]


def test_administrator_and_auditor_read_it(union: Union) -> None:
    for who in PEOPLE:
        expected = 200 if who in ("imani", "ewan") else 403
        assert union.client(who).get(PAGE).status_code == expected, who
        assert (f'href="{PAGE}"' in union.client(who).get("/office").text) == (expected == 200), who
    assert union.client("imani").get("/office/nowhere/security").status_code == 404


def test_every_event_has_its_words() -> None:
    assert set(EVENTS) == set(SecurityEvent)


def test_it_says_who_what_and_by_whom(union: Union) -> None:
    with union.context("imani") as context:
        joy = context.session.get_one(Person, union.people["joy"])
        people.give_role(context, joy, Role.MANAGER, union.units["Center for Safety"])
    with union.context("imani") as context:
        joy = context.session.get_one(Person, union.people["joy"])
        people.end_role(context, joy, Role.MANAGER, union.units["Center for Safety"])
    write_lines(union, {"event": "sign_in_failed", "network_address": "192.0.2.7"})
    failed, ended, given, *_rest = rows(union.client("ewan").get(PAGE).text)
    assert "Failed to sign in" in failed and "nobody known here" in failed
    assert "192.0.2.7" in failed
    for words, row in (("Role ended", ended), ("Role given", given)):
        assert words in row and "Manager, Center for Safety" in row
        assert "Joy by Imani" in row


def test_filters_by_kind_person_and_day(union: Union) -> None:
    dana, ray = account_of(union, "dana"), account_of(union, "ray")
    write_lines(union, {"event": "signed_in", "account": ray}, days_ago=3)
    write_lines(
        union, {"event": "signed_out", "account": dana}, {"event": "signed_in", "account": dana}
    )
    auditor = union.client("ewan")

    def found(query: str) -> list[str]:
        return rows(auditor.get(f"{PAGE}?{query}").text)

    assert len(found("event=signed_in")) == 2
    assert len(found("event=signed_out")) == 1
    assert all("Dana" in row for row in found(f"person={union.people['dana']}&event=signed_in"))
    assert len(found(f"person={union.people['ray']}&event=signed_in")) == 1
    day_before = (NOW - timedelta(days=1)).date()
    assert all("Ray" in row for row in found(f"until={day_before}&event=signed_in"))
    page = auditor.get(f"{PAGE}?event=nonsense&person=x&until=soon&page=-1")
    assert page.status_code == 200 and "Not a valid" in page.text


def test_pages_of_fifty(union: Union) -> None:
    dana = account_of(union, "dana")
    lines = [{"event": "signed_in", "account": dana, "session": n} for n in range(ON_A_PAGE + 3)]
    write_lines(union, *lines)
    auditor = union.client("ewan")
    first = auditor.get(f"{PAGE}?event=signed_in").text
    assert len(rows(first)) == ON_A_PAGE and "page=2" in first and 'rel="prev"' not in first
    second = auditor.get(f"{PAGE}?event=signed_in&page=2").text
    assert len(rows(second)) == 3 and 'rel="next"' not in second and 'rel="prev"' in second


def test_what_is_of_another_body_is_not_shown(union: Union) -> None:
    with union.app.app_context():
        other = bodies.found_body(db.session(), "other", {"name": "Other"}, NOW)
        db.session.commit()
        other_id = other.id
    write_lines(
        union,
        {"event": "role_given", "body": other_id, "person": 99, "role": "auditor"},
        {"event": "refused", "body": "other", "asked": "/elsewhere"},
        {"event": "signed_in", "account": 987654},
        {"event": "something_unknown"},
    )
    page = union.client("ewan").get(f"{PAGE}?until={NOW.date()}").text
    assert "/elsewhere" not in page and "Auditor" not in "".join(rows(page)[:4])


def test_no_more_is_read_for_a_page_than_so_many_lines(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.accounts import security_lines

    monkeypatch.setattr(security_lines, "MOST_READ", 2)
    write_lines(union, *({"event": "sign_in_failed"} for _ in range(4)))
    page = union.client("ewan").get(PAGE).text
    assert len(rows(page)) == 2 and "Older lines were not looked through" in page
