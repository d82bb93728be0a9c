"""Sessions are kept on the server: what ends one ends every copy of its cookie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import (
    NOW,
    PASSWORD,
    StaffClient,
    Union,
    build_union,
    give_password,
)
from tracker import config, create_app
from tracker.accounts import sessions, user_accounts
from tracker.accounts.user import AccountSession, User
from tracker.config import Settings, WrongSetting
from tracker.extensions import db


@pytest.fixture
def union(app: Flask) -> Union:
    union = build_union(app)
    with app.app_context():
        give_password(db.session(), "dana", "ewan")
        sessions.end_all(db.session())
        db.session.commit()
    return union


@pytest.fixture
def later(union: Union) -> Callable[[timedelta], None]:
    """Puts the clock of the application so long after the beginning."""

    def put(after: timedelta) -> None:
        union.app.config["CLOCK"] = lambda: NOW + after

    return put


def signed_in(union: Union, who: str = "dana") -> StaffClient:
    client = union.client(None)
    answer = client.post("/sign-in", data={"email": f"{who}@example.org", "password": PASSWORD})
    assert answer.status_code == 303
    return client


def copied(union: Union, client: StaffClient) -> StaffClient:
    """Another browser with the same cookie."""
    name = union.app.config["SESSION_COOKIE_NAME"]
    cookie = client.get_cookie(name)
    assert cookie
    other = union.client(None)
    other.set_cookie(name, cookie.value)
    return other


def opens(client: StaffClient) -> bool:
    return client.get("/my-work").status_code == 200


def kept(union: Union) -> int:
    return union.count(AccountSession)


def test_a_copied_cookie_is_dead_after_signing_out(union: Union) -> None:
    client = signed_in(union)
    copy = copied(union, client)
    assert opens(copy)
    answer = client.post("/sign-out")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not opens(copy) and not opens(client) and kept(union) == 0
    assert "You are signed out" in client.get("/sign-in").text


def test_signing_out_ends_that_session_and_no_other(union: Union) -> None:
    here, there, other = signed_in(union), signed_in(union), signed_in(union, "ewan")
    here.post("/sign-out")
    assert not opens(here) and opens(there)
    assert other.get("/office").status_code == 200


def test_signing_out_twice_and_without_a_session(union: Union) -> None:
    client = signed_in(union)
    copy = copied(union, client)
    assert client.post("/sign-out").status_code == 303
    for again in (client, copy, union.client(None)):
        assert again.post("/sign-out").status_code == 303


def test_signing_in_again_ends_the_session_before(union: Union) -> None:
    client = signed_in(union)
    copy = copied(union, client)
    answer = client.post("/sign-in", data={"email": "ewan@example.org", "password": PASSWORD})
    assert answer.status_code == 303 and not opens(copy) and kept(union) == 1


def test_a_session_ends_after_twelve_hours_without_use(
    union: Union, later: Callable[[timedelta], None]
) -> None:
    client = signed_in(union)
    later(timedelta(hours=11, minutes=59))
    assert opens(client)
    later(timedelta(hours=23, minutes=58))
    assert opens(client)  # each use begins the twelve hours anew
    later(timedelta(hours=35, minutes=59))
    assert not opens(client)


def test_a_session_ends_after_seven_days_of_use(
    union: Union, later: Callable[[timedelta], None]
) -> None:
    client, hours = signed_in(union), timedelta(hours=0)
    while hours < timedelta(days=7) - timedelta(hours=8):
        hours += timedelta(hours=8)
        later(hours)
        assert opens(client), hours
    later(timedelta(days=7, minutes=1))
    assert not opens(client)


def test_sessions_whose_time_has_passed_are_forgotten(
    union: Union, later: Callable[[timedelta], None]
) -> None:
    signed_in(union), signed_in(union)
    assert kept(union) == 2
    later(timedelta(hours=13))
    signed_in(union, "ewan")
    assert kept(union) == 1


def test_the_use_of_a_session_is_noted_at_most_once_a_minute(
    union: Union, later: Callable[[timedelta], None]
) -> None:
    client = signed_in(union)

    def seen() -> timedelta:
        with union.session() as session:
            return session.scalars(sa.select(AccountSession.seen_at)).one() - NOW

    later(timedelta(seconds=59))
    client.get("/my-work")
    assert seen() == timedelta(0)
    later(timedelta(seconds=61))
    client.get("/my-work")
    assert seen() == timedelta(seconds=61)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_page_waits_for_no_writer_to_note_it(
    union: Union, later: Callable[[timedelta], None]
) -> None:
    """On SQLite: PostgreSQL's writers do not wait for each other's rows."""
    client = signed_in(union)
    with union.app.app_context():
        later(timedelta(hours=1))
        with db.engine.connect() as writer, writer.begin():
            writer.execute(sa.update(User).values(name=User.name))
            assert opens(client)
        assert opens(client)
        later(timedelta(hours=12, minutes=30))
        assert opens(client)  # the second page was noted


def test_a_new_password_and_a_closed_account_end_its_sessions_alone(union: Union) -> None:
    client, other = signed_in(union), signed_in(union, "ewan")
    for change in (
        lambda session, user: user_accounts.set_password(session, user, "another " + PASSWORD),
        lambda session, user: user_accounts.close_account(session, user),
    ):
        before = union.client("dana")
        assert opens(before)
        with union.app.app_context():
            user = user_accounts.find_account(db.session(), "dana@example.org")
            assert user
            change(db.session(), user)
            db.session.commit()
        assert not opens(before) and not opens(client)
        assert other.get("/office").status_code == 200 and kept(union) == 1


def test_no_cookie_of_ours_opens_anything_without_its_session(union: Union) -> None:
    """Signed with the key, as a copy of the database before a restore would let one make it."""
    with union.session() as session:
        user = user_accounts.find_account(session, "dana@example.org")
        assert user
        uniquifier, token = user.fs_uniquifier, user.get_auth_token()
    for cookie in (
        {"_user_id": uniquifier},
        {"_user_id": uniquifier, sessions.TOKEN: "guessed"},
        {"_user_id": uniquifier, sessions.TOKEN: ""},
    ):
        client = union.client(None)
        with client.session_transaction() as session:
            session.update(cookie, _fresh=True)
        assert not opens(client), cookie
    client = union.client(None)
    assert client.get("/my-work", headers={"Authentication-Token": token}).status_code == 302
    assert client.get("/my-work", query_string={"auth_token": token}).status_code == 302


def test_a_session_of_one_account_does_not_open_another(union: Union) -> None:
    client = signed_in(union)
    with union.session() as session:
        other = user_accounts.find_account(session, "ewan@example.org")
        assert other
        uniquifier = other.fs_uniquifier
    with client.session_transaction() as session:
        session["_user_id"] = uniquifier
    assert not opens(client) and client.get("/office").status_code == 302


def test_only_the_hash_of_the_token_is_kept(union: Union) -> None:
    client = signed_in(union)
    with client.session_transaction() as session:
        token = session[sessions.TOKEN]
    with union.session() as database:
        row = database.scalars(sa.select(AccountSession)).one()
        assert token not in row.token_sha256 and len(token) >= 40


# --- the cookie, and what browsers are told under https ---


def secure(app: Flask, **changes: bool) -> Flask:
    settings: Settings = app.config["SETTINGS"]
    return create_app(replace(settings, secure_cookies=True, **changes))


def test_under_https_the_cookie_belongs_to_this_host_alone(union: Union) -> None:
    app = secure(union.app)
    app.config["WTF_CSRF_ENABLED"] = app.config["RATELIMIT_ENABLED"] = False
    answer = app.test_client().post(
        "https://localhost/sign-in",
        data={"email": "dana@example.org", "password": PASSWORD},
        base_url="https://localhost",
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert (
        "Secure" in cookie
        and "HttpOnly" in cookie
        and "Path=/;" in cookie + ";"
        and "Domain" not in cookie
        and "SameSite=Lax" in cookie
    )
    assert "__Host-" not in signed_in(union).get("/my-work").headers.get("Set-Cookie", "")


def test_browsers_are_told_to_come_over_https(app: Flask) -> None:
    assert "Strict-Transport-Security" not in app.test_client().get("/").headers
    assert (
        secure(app).test_client().get("/").headers["Strict-Transport-Security"]
        == "max-age=31536000"
    )
    every_name = secure(app, hsts_subdomains=True).test_client().get("/")
    assert every_name.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_the_names_below_are_a_setting(tmp_path: Path) -> None:
    (tmp_path / config.KEY_FILE).write_text("k" * config.SHORTEST_KEY)
    https = {"TRACKER_BASE_URL": "https://record.example.org"}
    plain = config.read(tmp_path, {})
    assert (plain.cookie_name, plain.hsts_subdomains) == ("session", False)
    assert (
        config.read(tmp_path, https).cookie_name == "__Host-session"
        and not config.read(tmp_path, https).hsts_subdomains
    )
    assert config.read(tmp_path, https | {"TRACKER_HSTS_SUBDOMAINS": "yes"}).hsts_subdomains
    for wrong in (
        https | {"TRACKER_HSTS_SUBDOMAINS": "perhaps"},
        {"TRACKER_HSTS_SUBDOMAINS": "yes"},
    ):
        with pytest.raises(WrongSetting, match="TRACKER_HSTS_SUBDOMAINS"):
            config.read(tmp_path, wrong)
