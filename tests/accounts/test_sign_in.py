"""Signing in and out, the one-time link, closing an account.

The limits on attempts are tested in test_attempts.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.factories.staffed_union import (
    NOW,
    PASSWORD,
    StaffClient,
    Union,
    build_union,
    give_password,
)
from tracker.accounts import sessions, user_accounts
from tracker.accounts.views import destination
from tracker.extensions import db
from tracker.record.people import Person, PersonAccount, RoleHeld


@pytest.fixture
def union(app: Flask) -> Union:
    union = build_union(app)
    with app.app_context():
        give_password(db.session(), "dana", "ewan")
        db.session.commit()
    return union


def sign_in(
    client: StaffClient, email: str = "dana@example.org", password: str = PASSWORD, **more: str
) -> int:
    return client.post("/sign-in", data={"email": email, "password": password, **more}).status_code


def test_signing_in_and_out(union: Union) -> None:
    client = union.client(None)
    away = client.get("/my-work?page=2")
    assert away.headers["Location"] == "/sign-in?next=%2Fmy-work%3Fpage%3D2"
    form = client.get(away.headers["Location"])
    assert 'value="/my-work?page=2"' in form.text
    answer = client.post(
        "/sign-in",
        data={"email": " Dana@Example.ORG ", "password": PASSWORD, "next": "/my-work?page=2"},
    )
    assert answer.status_code == 303 and answer.headers["Location"] == "/my-work?page=2"
    assert (
        "HttpOnly" in answer.headers["Set-Cookie"]
        and "SameSite=Lax" in answer.headers["Set-Cookie"]
    )
    assert (
        client.get("/my-work").status_code == 200
        and client.get("/sign-in").headers["Location"] == "/my-work"
    )
    # by POST only
    assert (
        client.get("/sign-out", follow_redirects=True).status_code == 404
        and client.get("/my-work").status_code == 200
    )
    assert client.post("/sign-out").status_code == 303 and client.get("/my-work").status_code == 302


def test_who_has_nothing_to_do_there_lands_on_the_record(union: Union) -> None:
    answer = union.client(None).post(
        "/sign-in", data={"email": "ewan@example.org", "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("email", "password", "text"),
    [
        ("dana@example.org", "wrong", "do not fit together"),
        ("nobody@example.org", PASSWORD, "do not fit together"),
        ("hollis@example.org", "", "Enter your password"),
        ("hollis@example.org", PASSWORD, "do not fit together"),
        ("", PASSWORD, "Enter your e-mail address"),
        ("dana@example.org'--", "xxyyzz", "do not fit together"),
    ],
)
def test_what_does_not_fit_comes_destination(
    union: Union, email: str, password: str, text: str
) -> None:
    answer = union.client(None).post("/sign-in", data={"email": email, "password": password})
    assert (
        answer.status_code == 422
        and text in answer.text
        and (not password or password not in answer.text)
    )


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\\\\evil",
        "evil",
        "/\t/evil.example",
        "/\n/evil",
        "//[",
        "http://[",
        "/\t/[",
    ],
)
def test_nobody_is_led_elsewhere(union: Union, path: str) -> None:
    with union.app.test_request_context():
        assert destination(path) == "/"
    answer = union.client(None).post(
        "/sign-in", data={"email": "dana@example.org", "password": PASSWORD, "next": path}
    )
    assert answer.headers["Location"] == "/my-work"


def link(union: Union, who: str = "hollis", ago: timedelta = timedelta(0)) -> str:
    with union.app.app_context():
        user = user_accounts.find_account(db.session(), f"{who}@example.org")
        assert user
        token = user_accounts.make_link(db.session(), user, NOW - ago)
        db.session.commit()
        return f"/account/password/{token}"


def test_the_link_sets_a_password_once(union: Union) -> None:
    address, client = link(union), union.client(None)
    for _ in range(3):
        assert "Choose a password" in client.get(address).text  # looking uses nothing up
    short = client.post(address, data={"password": "too short"})
    assert short.status_code == 422 and "12 characters at least" in short.text
    answer = client.post(address, data={"password": PASSWORD})
    assert answer.status_code == 303 and client.get("/my-work").status_code == 200
    for late in (client.get(address), client.post(address, data={"password": PASSWORD + "2"})):
        assert late.status_code == 410 and "This link is over" in late.text
    assert sign_in(union.client(None), "hollis@example.org") == 303


def test_whose_session_has_ended_reads_so_and_comes_back_to_the_page(union: Union) -> None:
    """A form whose address shows no page leads back to the page on which it stands."""
    client, account = union.client("dana"), "http://localhost/account"
    with union.app.app_context():
        sessions.end_all(db.session())
        db.session.commit()
    away = client.post("/account/name", data={"name": "D."}, headers={"Referer": account})
    assert away.headers["Location"] == "/sign-in?next=%2Faccount"
    assert "You are no longer signed in here" in client.get(away.headers["Location"]).text
    elsewhere = client.post("/account/name", headers={"Referer": "https://example.org/account"})
    assert elsewhere.headers["Location"] == "/sign-in?next=%2F"
    assert "no longer" not in union.client(None).get("/sign-in").text


def test_a_link_ends_after_seven_days_and_with_the_next(union: Union) -> None:
    assert union.client(None).get(link(union, ago=timedelta(days=7, minutes=1))).status_code == 410
    assert union.client(None).get(link(union, ago=timedelta(days=6, hours=23))).status_code == 200
    # one clock for every door
    union.app.config["CLOCK"] = lambda: NOW + timedelta(days=8)
    assert union.client(None).get(link(union)).status_code == 410
    union.app.config["CLOCK"] = lambda: NOW
    first = link(union)
    second = link(union)
    assert (
        union.client(None).get(first).status_code == 410
        and union.client(None).get(second).status_code == 200
    )
    assert union.client(None).get("/account/password/" + "x" * 400).status_code == 410


def test_a_new_password_ends_all_sessions(union: Union) -> None:
    before = union.client("hollis")
    assert before.get("/my-work").status_code == 200
    assert union.client(None).post(link(union), data={"password": PASSWORD}).status_code == 303
    assert before.get("/my-work").status_code == 302


def test_closing_an_account_leaves_what_was_done(union: Union) -> None:
    client = union.client("dana")
    assert union.log("dana", 4).status_code == 303
    facts = [union.count(kind) for kind in (Person, PersonAccount, RoleHeld)]
    pending = link(union, "dana")
    with union.app.app_context():
        user = user_accounts.find_account(db.session(), "dana@example.org")
        assert user
        user_accounts.close_account(db.session(), user)
        db.session.commit()
    assert client.get("/my-work").status_code == 302 and sign_in(union.client(None)) == 422
    assert union.client(None).get(pending).status_code == 410
    assert [union.count(kind) for kind in (Person, PersonAccount, RoleHeld)] == facts
    assert "Dana" in union.client("ray").get("/my-work/union/release").text


def test_forms_carry_a_token(union: Union) -> None:
    union.app.config["WTF_CSRF_ENABLED"] = True
    client = union.client("dana")
    for address in (
        "/sign-out",
        "/sign-in",
        "/my-work/union/2026/nbi-1/log",
        "/my-work/union/release",
        "/my-work/union/2026/nbi-1/draft/drop",
    ):
        assert client.post(address, data={}).status_code == 400, address
    page = client.get("/my-work").text
    assert page.count('name="csrf_token"') == 1  # of signing out
    for address in ("/my-work/union/2026/nbi-1/log", "/sign-in"):
        assert (
            'name="csrf_token"'
            in union.client("dana" if "work" in address else None).get(address).text
        )
    union.app.config["WTF_CSRF_ENABLED"] = False


def test_nothing_private_is_kept_by_others(union: Union) -> None:
    assert union.client("dana").get("/my-work").headers["Cache-Control"] == "no-store"
    assert union.client(None).get(link(union)).headers["Cache-Control"] == "no-store"
