"""Passkeys: adding, signing in, taking away; and answers that do not fit.

A real browser is in tests/browser/test_passkeys.py.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories.authenticator import PRESENT, Authenticator
from tests.factories.staffed_union import (
    NOW,
    PASSWORD,
    StaffClient,
    Union,
    build_union,
    give_password,
)
from tracker import security_log
from tracker.accounts import user_accounts
from tracker.accounts.second_factors import second_factor
from tracker.acts import bodies
from tracker.extensions import db

ADD = "/account/second-factor/passkey"
SIGN_IN = "/sign-in/passkey"


@pytest.fixture
def union(app: Flask) -> Union:
    union = build_union(app)
    with app.app_context():
        give_password(db.session(), "dana", "imani")
        db.session.commit()
    return union


def signed_in(union: Union, who: str = "dana") -> StaffClient:
    client = union.client(None)
    form = {"email": f"{who}@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def add(client: StaffClient, device: Authenticator, name: str = "my phone") -> TestResponse:
    options = json.loads(client.get(f"{ADD}/options").text)
    return client.post(ADD, data={"name": name, "credential": device.create(options)})


def use(client: StaffClient, device: Authenticator, **more: str) -> TestResponse:
    options = json.loads(client.get(SIGN_IN).text)
    return client.post(SIGN_IN, data={"credential": device.get(options), **more})


def test_one_is_added_and_signs_in_without_the_password(union: Union) -> None:
    device, client = Authenticator(), signed_in(union)
    answer = add(client, device)
    assert answer.status_code == 200 and "Your recovery codes" in answer.text
    page = client.get("/account").text
    assert "my phone" in page and "10 of 10 not used" in page
    visitor = union.client(None)
    answer = use(visitor, device, next="/account")
    assert answer.status_code == 303 and answer.headers["Location"] == "/account"
    assert visitor.get("/my-work").status_code == 200
    # the password was not typed: what changes how one signs in asks for it
    assert visitor.get(ADD).headers["Location"].startswith("/account/confirm")
    assert "Passkey" in union.client("imani").get("/office/union/people?q=dana").text


def test_after_the_password_it_takes_the_place_of_the_code(union: Union) -> None:
    device, client = Authenticator(), signed_in(union)
    add(client, device)
    visitor = union.client(None)
    form = {"email": "dana@example.org", "password": PASSWORD, "next": "/account"}
    answer = visitor.post("/sign-in", data=form)
    assert answer.headers["Location"] == "/sign-in/code"
    page = visitor.get("/sign-in/code").text
    assert "Use a passkey" in page and "Code from your app" not in page
    assert use(visitor, device).headers["Location"] == "/account"


@pytest.mark.parametrize(
    "device",
    [
        Authenticator(origin="http://evil.example"),
        Authenticator(host="evil.example"),
        Authenticator(flags=PRESENT),  # nobody was asked for a finger or a PIN
    ],
    ids=["origin", "host", "verified"],
)
def test_what_does_not_fit_is_not_taken(union: Union, device: Authenticator) -> None:
    client = signed_in(union)
    wrong = (device.origin, device.host, device.flags)
    assert add(client, device).status_code == 422
    good = Authenticator()
    device.origin, device.host, device.flags = good.origin, good.host, good.flags
    assert add(client, device).status_code == 200
    device.origin, device.host, device.flags = wrong
    visitor = union.client(None)
    answer = use(visitor, device)
    assert answer.status_code == 422 and "This passkey was not taken" in answer.text
    assert visitor.get("/my-work").status_code == 302
    assert use(visitor, Authenticator()).status_code == 422, "an unknown one"


@pytest.mark.parametrize("junk", ["", "{}", "[]", "null", "5", '{"id": 5}', "x" * 5000])
def test_junk_is_not_taken(union: Union, junk: str) -> None:
    client, visitor = signed_in(union), union.client(None)
    client.get(f"{ADD}/options")
    visitor.get(SIGN_IN)
    form = {"name": "x", "credential": junk}
    assert client.post(ADD, data=form).status_code == 422
    assert visitor.post(SIGN_IN, data=form).status_code == 422


def test_an_answer_is_taken_once_and_in_time(union: Union) -> None:
    device, client = Authenticator(), signed_in(union)
    add(client, device)
    visitor = union.client(None)
    options = json.loads(visitor.get(SIGN_IN).text)
    form = {"credential": device.get(options)}
    assert visitor.post(SIGN_IN, data=form).status_code == 303
    assert visitor.post(SIGN_IN, data=form).status_code == 422
    late = union.client(None)
    form = {"credential": device.get(json.loads(late.get(SIGN_IN).text))}
    union.app.config["CLOCK"] = lambda: NOW + timedelta(minutes=6)
    assert late.post(SIGN_IN, data=form).status_code == 422


def test_a_device_that_counts_is_not_copied(union: Union) -> None:
    device, client = Authenticator(counter=3), signed_in(union)
    add(client, device)
    device.counter = 4
    assert use(union.client(None), device).status_code == 303
    assert use(union.client(None), device).status_code == 422


def test_of_a_closed_account_it_opens_nothing(union: Union) -> None:
    device, client = Authenticator(), signed_in(union)
    add(client, device)
    with union.app.app_context():
        user = user_accounts.find_account(db.session(), "dana@example.org")
        assert user
        user_accounts.close_account(db.session(), user)
        db.session.commit()
    assert use(union.client(None), device).status_code == 422


def test_it_is_of_one_account(union: Union) -> None:
    device = Authenticator()
    add(signed_in(union), device)
    other = signed_in(union, "imani")
    assert add(other, device).status_code == 422
    device.handle = "AAAA"
    assert use(union.client(None), device).status_code == 422


def test_the_last_one_stays_where_one_is_required(union: Union) -> None:
    client = signed_in(union, "imani")
    assert add(client, Authenticator(), " the blue key ").status_code == 200
    assert add(client, Authenticator(), "my phone").status_code == 303
    with union.context() as context:
        bodies.set_setting(context, "second_factor", "yes")
    first, second = (
        f"/account/second-factor/passkeys/{number}/remove" for number in _keys(union, "imani")
    )
    assert "“the blue key”" in client.get(first).text
    assert signed_in(union).get(first).headers["Location"] == "/account", "of somebody else"
    assert client.post(first).status_code == 303
    assert "this is the only one" in client.get(second).text
    assert client.post(second).status_code == 409
    folder = union.app.config["SETTINGS"].security_log
    line = next(security_log.newest_first(folder))
    assert line["event"] in ("second_factor_removed", "signed_in")


def _keys(union: Union, who: str) -> list[int]:
    with union.session() as session:
        user = user_accounts.find_account(session, f"{who}@example.org")
        assert user
        return [passkey.id for passkey in second_factor.of_account(session, user.id).passkeys]


def test_without_a_name_or_without_a_script_nothing_is_added(union: Union) -> None:
    client = signed_in(union)
    assert "Write a name" in client.post(ADD, data={"name": " "}).text
    answer = client.post(ADD, data={"name": "my phone"})
    assert answer.status_code == 422 and "The browser gave no passkey" in answer.text
    assert "needs a browser with JavaScript" in client.get(ADD).text
