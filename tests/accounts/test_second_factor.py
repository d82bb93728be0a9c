"""A second factor: signing in with it, setting it up, taking it away, and who needs one."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from itertools import islice

import pytest
import sqlalchemy as sa
from flask import Flask
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from tests.factories.staffed_union import (
    NOW,
    PASSWORD,
    PEOPLE,
    StaffClient,
    Union,
    build_union,
    give_password,
)
from tracker import security_log
from tracker.accounts import user_accounts
from tracker.accounts.doctor_checks import CHECKS
from tracker.accounts.second_factors import code_sign_in, second_factor
from tracker.accounts.user import AuthenticatorApp, RecoveryCode
from tracker.acts import bodies
from tracker.config import Settings
from tracker.extensions import db

APP = "/account/second-factor/app"
CODES = "/account/second-factor/recovery-codes"
NEEDED = "/account/second-factor"


@pytest.fixture
def union(app: Flask) -> Union:
    union = build_union(app)
    with app.app_context():
        give_password(db.session(), "dana", "imani", "walter")
        db.session.commit()
    return union


def require(union: Union, value: str = "yes") -> None:
    with union.context() as context:
        bodies.set_setting(context, "second_factor", value)


def password_step(client: StaffClient, who: str, **more: str) -> TestResponse:
    form = {"email": f"{who}@example.org", "password": PASSWORD, **more}
    return client.post("/sign-in", data=form)


def secret_on(page: str) -> str:
    found = re.search(r"<code>([A-Z2-7-]+)</code>", page)
    assert found
    return found[1]


def code_of(secret: str, steps: int = 0) -> str:
    """The code that an app shows, now or so many steps of 30 seconds later."""
    return TOTP(key=secret).generate(time.time() + 30 * steps).token


def recovery_codes_on(page: str) -> list[str]:
    return re.findall(r"<code>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</code>", page)


def set_up(client: StaffClient) -> tuple[str, list[str]]:
    """The secret of the app, and the recovery codes."""
    secret = secret_on(client.get(APP).text)
    answer = client.post(APP, data={"code": code_of(secret)})
    assert answer.status_code == 200
    return secret, recovery_codes_on(answer.text)


def with_app(union: Union, who: str = "dana") -> tuple[StaffClient, str, list[str]]:
    client = union.client(None)
    assert password_step(client, who).status_code == 303
    return client, *set_up(client)


def test_it_is_set_up_and_asked_for_when_one_signs_in(union: Union) -> None:
    client, secret, codes = with_app(union)
    assert len(set(codes)) == 10
    page = client.get("/account").text
    assert "App that shows codes" in page and "10 of 10 not used" in page
    visitor = union.client(None)
    answer = password_step(visitor, "dana", next="/account?a=b")
    assert answer.headers["Location"] == "/sign-in/code"
    assert visitor.get("/my-work").status_code == 302, "the password alone opens nothing"
    assert "Code from your app" in visitor.get("/sign-in/code").text
    answer = visitor.post("/sign-in/code", data={"code": f" {code_of(secret, 1)[:3]} "})
    assert answer.status_code == 422 and "does not fit" in answer.text
    code = code_of(secret, 1)
    answer = visitor.post("/sign-in/code", data={"code": f"{code[:3]} {code[3:]}"})
    assert answer.status_code == 303 and answer.headers["Location"] == "/account?a=b"
    assert visitor.get("/my-work").status_code == 200
    # the code was taken once
    other = union.client(None)
    password_step(other, "dana")
    assert other.post("/sign-in/code", data={"code": code}).status_code == 422
    assert other.get("/my-work").status_code == 302


def test_what_is_stored_tells_neither_secret_nor_codes(union: Union) -> None:
    _client, secret, codes = with_app(union)
    plain = secret.replace("-", "")
    with union.session() as session:
        stored = session.scalar(sa.select(AuthenticatorApp.secret))
        hashes = list(session.scalars(sa.select(RecoveryCode.code_hmac)))
    assert stored and plain not in stored and plain.lower() not in stored.lower()
    assert len(hashes) == 10
    assert not any(code.replace("-", "") in hash_ for code in codes for hash_ in hashes)


def test_a_recovery_code_works_once(union: Union) -> None:
    client, _secret, codes = with_app(union)
    for spelling, status in ((codes[0].upper().replace("-", " "), 303), (codes[0], 422)):
        visitor = union.client(None)
        password_step(visitor, "dana")
        answer = visitor.post("/sign-in/code", data={"recovery_code": spelling})
        assert answer.status_code == status
    assert "9 of 10 not used" in client.get("/account").text
    # new ones end the others, and are shown on the page that answers alone
    answer = client.post(CODES)
    new = recovery_codes_on(answer.text)
    assert len(new) == 10 and not set(new) & set(codes)
    assert not recovery_codes_on(client.get(CODES).text)
    visitor = union.client(None)
    password_step(visitor, "dana")
    assert visitor.post("/sign-in/code", data={"recovery_code": codes[1]}).status_code == 422
    assert visitor.post("/sign-in/code", data={"recovery_code": new[1]}).status_code == 303


def test_of_two_who_bring_the_same_code_one_comes_in(union: Union) -> None:
    """Both have read what is stored before either writes."""
    _client, secret, codes = with_app(union)
    with union.app.app_context():
        user = user_accounts.find_account(db.session(), "dana@example.org")
        assert user
        code = code_of(secret, 1)
        app = db.session.get_one(AuthenticatorApp, user.id)
        before = app.last_counter
        second_factor.take_code(db.session(), user, code)
        second_factor.take_recovery_code(db.session(), user.id, codes[0], NOW)
        db.session.refresh(app)
        assert before is not None and app.last_counter == before + 1
        match = TOTP(key=secret).match(code, window=60)
        with pytest.raises(ValueError):
            second_factor.totp().set_last_counter(user, match)
        with pytest.raises(second_factor.WrongCode):
            second_factor.take_recovery_code(db.session(), user.id, codes[0], NOW)


def test_the_second_step_is_open_for_ten_minutes_and_for_that_password(union: Union) -> None:
    with_app(union)
    visitor, other = union.client(None), union.client(None)
    password_step(visitor, "dana")
    password_step(other, "dana")
    assert visitor.get("/sign-in/code").status_code == 200
    union.app.config["CLOCK"] = lambda: NOW + code_sign_in.PENDING_FOR + timedelta(seconds=1)
    assert visitor.get("/sign-in/code").headers["Location"] == "/sign-in"
    union.app.config["CLOCK"] = lambda: NOW
    with union.app.app_context():
        user = user_accounts.find_account(db.session(), "dana@example.org")
        assert user
        user_accounts.set_password(db.session(), user, "seven quiet lamps beneath")
        db.session.commit()
    assert other.get("/sign-in/code").headers["Location"] == "/sign-in"
    assert union.client(None).get("/sign-in/code").headers["Location"] == "/sign-in"


def test_a_way_back_that_no_cookie_holds_is_left(union: Union) -> None:
    _client, secret, _codes = with_app(union)
    visitor = union.client(None)
    answer = password_step(visitor, "dana", next="/account?" + "a" * 5000)
    assert len(answer.headers["Set-Cookie"]) < 4000
    answer = visitor.post("/sign-in/code", data={"code": code_of(secret, 1)})
    assert answer.headers["Location"] == "/my-work"


def test_a_link_takes_the_place_of_the_password_alone(union: Union) -> None:
    _client, secret, _codes = with_app(union)
    with union.app.app_context():
        user = user_accounts.find_account(db.session(), "dana@example.org")
        assert user
        token = user_accounts.make_link(db.session(), user, NOW)
        db.session.commit()
    visitor = union.client(None)
    form = {"password": "seven quiet lamps beneath"}
    answer = visitor.post(f"/account/password/{token}", data=form)
    assert answer.headers["Location"] == "/sign-in/code"
    assert visitor.get("/account").status_code == 302
    assert visitor.post("/sign-in/code", data={"code": code_of(secret, 1)}).status_code == 303
    assert visitor.get("/account").status_code == 200


def test_each_change_asks_for_the_password_when_it_was_typed_long_ago(union: Union) -> None:
    client = union.client("dana")
    for path in (APP, CODES, f"{APP}/remove"):
        for answer in (client.get(path), client.post(path)):
            assert answer.headers["Location"] == f"/account/confirm?next={path}"
    confirm = f"/account/confirm?next={APP}"
    wrong = client.post(confirm, data={"password": "not this one", "next": APP})
    assert wrong.status_code == 422 and "This is not your password" in wrong.text
    answer = client.post(confirm, data={"password": PASSWORD, "next": APP})
    assert answer.headers["Location"] == APP
    assert client.get(APP).status_code == 200
    union.app.config["CLOCK"] = lambda: NOW + timedelta(minutes=16)
    assert client.get(APP).status_code == 303


def test_a_wrong_code_sets_nothing_up_and_the_picture_stays(union: Union) -> None:
    client = union.client(None)
    password_step(client, "dana")
    page = client.get(APP).text
    assert 'src="data:image/svg+xml;base64,' in page
    for code in ("000000", "", "12", "²²²²²²", "abcdef"):
        answer = client.post(APP, data={"code": code})
        assert answer.status_code == 422 and secret_on(answer.text) == secret_on(page), code
    assert "App that shows codes" not in client.get("/account").text


def test_another_app_takes_the_place_of_the_first(union: Union) -> None:
    client, first, codes = with_app(union)
    second = secret_on(client.get(APP).text)
    assert second != first
    assert client.post(APP, data={"code": code_of(second)}).status_code == 303
    visitor = union.client(None)
    password_step(visitor, "dana")
    assert visitor.post("/sign-in/code", data={"code": code_of(first, 1)}).status_code == 422
    assert visitor.post("/sign-in/code", data={"code": code_of(second, 1)}).status_code == 303
    # the codes of the first time go on
    other = union.client(None)
    password_step(other, "dana")
    assert other.post("/sign-in/code", data={"recovery_code": codes[0]}).status_code == 303


def test_other_browsers_are_signed_out_with_the_first_factor(union: Union) -> None:
    there = union.client("dana")
    assert there.get("/account").status_code == 200
    here, _secret, _codes = with_app(union)
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_it_is_taken_away_with_its_recovery_codes(union: Union) -> None:
    client, _secret, _codes = with_app(union)
    assert "recovery codes end" in client.get(f"{APP}/remove").text
    assert client.post(f"{APP}/remove").status_code == 303
    assert client.post(f"{APP}/remove").status_code == 303, "in another window as well"
    assert password_step(union.client(None), "dana").headers["Location"] == "/my-work"
    with union.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(RecoveryCode)) == 0


# --- who needs one ---


def test_whoever_needs_one_reaches_nothing_before_it_is_set_up(union: Union) -> None:
    in_session = union.client("walter")
    assert in_session.get("/office").status_code == 200
    require(union)
    for path in ("/office", "/account", "/union/", "/my-work", "/nothing/is/here"):
        assert in_session.get(path).headers["Location"] == NEEDED, path
    sent = in_session.post("/account/name", data={"name": "Somebody"})
    assert sent.status_code == 403 and "What you sent was not taken" in sent.text
    assert "requires one of administrators and governance since" in in_session.get(NEEDED).text
    assert in_session.post("/sign-out").status_code == 303
    client = union.client(None)
    assert password_step(client, "walter").status_code == 303
    assert client.get("/office").headers["Location"] == NEEDED
    set_up(client)
    assert client.get("/office").status_code == 200
    # nobody else needs one
    for who in sorted(set(PEOPLE) - {"walter", "imani"}):
        assert union.client(who).get("/account").status_code == 200, who


def test_what_is_needed_is_replaced_and_not_taken_away(union: Union) -> None:
    client, _secret, _codes = with_app(union, "imani")
    require(union)
    assert "this is the only one" in client.get(f"{APP}/remove").text
    assert client.post(f"{APP}/remove").status_code == 409
    second = secret_on(client.get(APP).text)
    assert client.post(APP, data={"code": code_of(second)}).status_code == 303
    require(union, "no")
    assert client.post(f"{APP}/remove").status_code == 303


def test_a_body_that_needs_none_any_more_holds_nobody(union: Union) -> None:
    require(union)
    client = union.client("imani")
    assert client.get("/office").headers["Location"] == NEEDED
    require(union, "no")
    assert client.get("/office").status_code == 200


def test_codes_are_tried_ten_times_from_wherever(union: Union) -> None:
    _client, secret, _codes = with_app(union)
    visitor = union.client(None)
    password_step(visitor, "dana")
    union.app.config["RATELIMIT_ENABLED"] = True
    statuses = [
        visitor.post(
            "/sign-in/code",
            data={"code": "000000"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
        ).status_code
        for number in range(11)
    ]
    assert statuses == [422] * 10 + [429]
    right = visitor.post("/sign-in/code", data={"code": code_of(secret, 1)})
    assert right.status_code == 429 and "this account takes none until then" in right.text


def test_the_settings_page_and_doctor_say_who_has_one(union: Union) -> None:
    settings: Settings = union.app.config["SETTINGS"]
    imani, _secret, _codes = with_app(union, "imani")
    with union.app.app_context():
        assert CHECKS["second factors"](settings)[1] == "no body requires one"
    page = imani.get("/office/union/settings").text
    form = {"second_factor-value": "yes", "second_factor-seen": "0"}
    shown = imani.post("/office/union/settings", data=form)
    assert "1 of 2 of them have one." in shown.text and "1 of 2 of them" not in page
    require(union)
    assert "1 of 2 of them have one." in imani.get("/office/union/settings").text
    with union.app.app_context():
        assert CHECKS["second factors"](settings)[1] == "union: not set up by walter@example.org"


def test_the_log_of_security_has_it(union: Union) -> None:
    _client, _secret, codes = with_app(union)
    visitor = union.client(None)
    password_step(visitor, "dana")
    visitor.post("/sign-in/code", data={"code": "000000"})
    visitor.post("/sign-in/code", data={"recovery_code": codes[0]})
    folder = union.app.config["SETTINGS"].security_log
    lines = islice(security_log.newest_first(folder), 6)
    events = [line["event"] for line in lines]
    assert events == [
        "signed_in",
        "recovery_code_used",
        "second_factor_failed",
        "recovery_codes_made",
        "second_factor_added",
        "signed_in",
    ]
    page = union.client("ewan").get("/office/union/security").text
    assert "Wrong code after the password" in page and codes[1] not in page


def test_after_a_restore_recovery_codes_are_over(union: Union) -> None:
    _client, secret, codes = with_app(union)
    with union.app.app_context():
        user_accounts.end_ways_in(db.session())
        db.session.commit()
    visitor = union.client(None)
    password_step(visitor, "dana")
    assert visitor.post("/sign-in/code", data={"recovery_code": codes[0]}).status_code == 422
    assert visitor.post("/sign-in/code", data={"code": code_of(secret, 1)}).status_code == 303
