"""One's own page, and a forgotten password."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import (
    NOW,
    PASSWORD,
    PEOPLE,
    StaffClient,
    Union,
    build_union,
    give_password,
)
from tracker.accounts import sessions, user_accounts
from tracker.extensions import db
from tracker.mail import outbox
from tracker.record.outgoing_mail import OutgoingMail

NEW = "seven quiet lamps beneath"


@pytest.fixture
def union(app: Flask) -> Union:
    union = build_union(app)
    with app.app_context():
        give_password(db.session(), "dana")
        db.session.commit()
    return union


@pytest.fixture
def mail_set_up(monkeypatch: pytest.MonkeyPatch, union: Union) -> Union:
    """The union is made up, so that outgoing mail is kept on its page."""
    monkeypatch.setattr(outbox, "is_mail_set_up", lambda _session: True)
    return union


def other_browser(union: Union, who: str) -> StaffClient:
    """A second session of the account."""
    with union.app.app_context():
        account = user_accounts.find_account(db.session(), f"{who}@example.org")
        assert account
        token = sessions.begin(db.session(), account, NOW)
        uniquifier = account.fs_uniquifier
        db.session.commit()
    client = union.client(None)
    with client.session_transaction() as session:
        session.update({"_user_id": uniquifier, "_fresh": True, sessions.TOKEN: token})
    return client


def test_everybody_with_a_role_has_the_page_and_reaches_it_by_their_name(union: Union) -> None:
    for who in PEOPLE:
        client = union.client(who)
        page = client.get("/account")
        assert page.status_code == 200, who
        assert re.search(rf'href="/account"[^>]*>{who.title()}</a>', page.text), who
    assert union.client(None).get("/account").status_code == 302


def test_a_name_is_changed(union: Union) -> None:
    client = union.client("dana")
    form = {"name": "  Dana  W. ", "seen": "Dana"}
    assert client.post("/account/name", data=form).status_code == 303
    assert "Dana W." in client.get("/account").text
    answer = client.post("/account/name", data={"name": " ", "seen": "Dana W."})
    assert answer.status_code == 422 and "Write your name" in answer.text


def test_pages_show_the_new_name(union: Union) -> None:
    form = {"name": "Dana Winter", "seen": "Dana"}
    assert union.client("dana").post("/account/name", data=form).status_code == 303
    assert "Dana Winter" in union.client("dana").get("/my-work").text
    listed = union.client("imani").get("/office/union/people").text
    assert "Dana Winter" in listed and ">Dana<" not in listed
    item = union.client("walter").get("/my-work/union/2026/nbi-1").text
    assert "Dana Winter" in item


def test_a_name_that_an_administrator_changed_meanwhile(union: Union) -> None:
    client = union.client("dana")
    form = {"name": "Dana Winter", "seen": "Dana"}
    assert client.post("/account/name", data=form).status_code == 303
    answer = client.post("/account/name", data={"name": "Dana Summer", "seen": "Dana"})
    assert answer.status_code == 409 and 'value="Dana Summer"' in answer.text
    assert (
        client.post("/account/name", data={"name": "D", "seen": "Dana Winter"}).status_code == 303
    )


def test_a_password_is_changed_and_other_browsers_are_signed_out(union: Union) -> None:
    here, there = union.client("dana"), other_browser(union, "dana")
    assert "Sign out everywhere else" in here.get("/account").text
    answer = here.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302
    sign_in = {"email": "dana@example.org", "password": NEW}
    assert union.client(None).post("/sign-in", data=sign_in).status_code == 303


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"current": "not this one at all", "password": NEW}, "This is not the password"),
        ({"current": PASSWORD, "password": "tiny"}, "too short"),
        ({"current": "", "password": NEW}, "Enter the password that you have"),
    ],
)
def test_a_wrong_change_of_password(union: Union, form: dict[str, str], sentence: str) -> None:
    answer = union.client("dana").post("/account/password", data=form)
    assert answer.status_code == 422 and sentence in answer.text
    assert form["password"] not in answer.text
    old = {"email": "dana@example.org", "password": PASSWORD}
    assert union.client(None).post("/sign-in", data=old).status_code == 303


def test_one_signs_out_everywhere(union: Union) -> None:
    here, there = union.client("dana"), other_browser(union, "dana")
    assert here.post("/account/sign-out-everywhere").status_code == 303
    assert here.get("/account").status_code == there.get("/account").status_code == 302


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        ("curl/8.5.0", "curl"),
        ("", "A browser that is not known"),
        ("<script>" * 999, "A browser that is not known"),
    ],
)
def test_a_browser_is_named_as_people_know_it(union: Union, user_agent: str, words: str) -> None:
    client = union.client(None)
    headers = {"User-Agent": user_agent}
    sign_in = {"email": "dana@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=sign_in, headers=headers).status_code == 303
    assert words in client.get("/account").text


def keys(page: str) -> list[str]:
    return re.findall(r'name="session" value="(\w+)"', page)


def test_one_browser_is_signed_out_and_others_stay(union: Union) -> None:
    here, there, third = union.client("dana"), other_browser(union, "dana"), union.client("ray")
    [key] = keys(here.get("/account").text)
    assert "already" in sign_out_one(third, key) and there.get("/account").status_code == 200
    assert "1 browser is signed out." in sign_out_one(here, key)
    assert there.get("/account").status_code == 302
    assert keys(here.get("/account").text) == []
    assert "already" in sign_out_one(here, key)


def sign_out_one(client: StaffClient, key: str) -> str:
    form = {"session": key}
    return client.post("/account/sign-out-one", data=form, follow_redirects=True).text


def test_all_others_are_signed_out(union: Union) -> None:
    here, others = union.client("dana"), [other_browser(union, "dana") for _ in range(2)]
    answer = here.post("/account/sign-out-elsewhere", follow_redirects=True)
    assert answer.status_code == 200 and "2 browsers are signed out." in answer.text
    assert {other.get("/account").status_code for other in others} == {302}


def mails(union: Union) -> list[Any]:
    with union.session() as session:
        return list(session.execute(sa.select(OutgoingMail.to_address, OutgoingMail.text)))


def test_without_mail_the_page_says_whom_to_ask(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "is_mail_set_up", lambda _session: False)
    assert 'href="/account/forgotten"' in union.client(None).get("/sign-in").text
    page = union.client(None).get("/account/forgotten").text
    assert "Ask an administrator" in page and '<form class="form"' not in page
    answer = union.client(None).post("/account/forgotten", data={"email": "dana@example.org"})
    assert answer.status_code == 422 and mails(union) == []


def test_who_has_forgotten_gets_a_link_by_mail(mail_set_up: Union) -> None:
    union = mail_set_up
    visitor, there = union.client(None), union.client("dana")
    answer = visitor.post("/account/forgotten", data={"email": " DANA@example.org"})
    assert answer.status_code == 303
    [(address, text)] = mails(union)
    assert address == "dana@example.org"
    [link] = re.findall(r"https?://[^/\s]+(/account/password/\S+)", text)
    assert visitor.post(link, data={"password": NEW}).status_code == 303
    assert there.get("/account").status_code == 302


def test_the_answer_does_not_say_whether_an_address_is_known(mail_set_up: Union) -> None:
    answers = [
        mail_set_up.client(None).post(
            "/account/forgotten", data={"email": email}, follow_redirects=True
        )
        for email in ("dana@example.org", "nobody@example.org")
    ]
    texts = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert texts[0] == texts[1]
    assert len(mails(mail_set_up)) == 1


def test_a_closed_account_gets_no_link(mail_set_up: Union) -> None:
    with mail_set_up.app.app_context():
        account = user_accounts.find_account(db.session(), "dana@example.org")
        assert account
        user_accounts.close_account(db.session(), account)
        db.session.commit()
    mail_set_up.client(None).post("/account/forgotten", data={"email": "dana@example.org"})
    assert mails(mail_set_up) == []
