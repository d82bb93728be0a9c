"""Tries of a password: refused by account and network, delayed by account; for all processes of the
machine together.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from limits.errors import StorageError
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PASSWORD, Union, build_union, give_password
from tracker import create_app
from tracker.accounts import attempts
from tracker.accounts.attempts import network_of
from tracker.config import Settings
from tracker.extensions import db
from tracker.installation import web_server
from tracker.web_extensions import limiter

HOME, AWAY, ELSEWHERE = "192.0.2.7", "198.51.100.7", "203.0.113.7"


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses, instead of pausing."""
    seconds: list[float] = []
    monkeypatch.setattr(attempts, "sleep", seconds.append)
    return seconds


@pytest.fixture
def union(app: Flask, slept: list[float], monkeypatch: pytest.MonkeyPatch) -> Iterator[Union]:
    """Counted in a file, as in an instance; each `process` is an application of its own."""
    # argon2 takes its time
    monkeypatch.setattr(
        "tracker.accounts.views.verify_password", lambda typed, _hash: typed == PASSWORD
    )
    settings: Settings = app.config["SETTINGS"]
    counted = create_app(
        replace(settings, limits_url=f"sqlite:///{settings.instance / 'limits.sqlite3'}")
    )
    counted.test_client_class, counted.config["WTF_CSRF_ENABLED"] = app.test_client_class, False
    union = build_union(counted)
    with counted.app_context():
        give_password(db.session(), "dana", "ewan")
        db.session.commit()
    yield union
    create_app(settings)  # the limiter is one of the process: it is given back as it was


def attempt(
    union: Union, network: str, password: str = "wrong", email: str = "dana@example.org"
) -> TestResponse:
    return union.client(None).post(
        "/sign-in",
        data={"email": email, "password": password},
        environ_base={"REMOTE_ADDR": network},
    )


def statuses(union: Union, network: str, times: int, **more: str) -> list[int]:
    return [attempt(union, network, **more).status_code for _ in range(times)]


def test_ten_failures_refuse_that_network_and_let_the_right_person_in_from_another(
    union: Union,
) -> None:
    assert statuses(union, AWAY, 11) == [422] * 10 + [429]
    refused = attempt(union, AWAY, PASSWORD)
    assert (
        refused.status_code == 429
        and "Try again in" in refused.text
        and 60 <= int(refused.headers["Retry-After"]) <= 900
    )
    assert attempt(union, HOME, PASSWORD).status_code == 303
    # another account, from there
    assert attempt(union, AWAY, PASSWORD, "ewan@example.org").status_code == 303


def test_two_spellings_of_an_address_are_one_account(union: Union) -> None:
    for email in ("dana@example.org", "DANA@Example.org", " dana@example.org "):
        statuses(union, AWAY, 4, email=email)
    assert attempt(union, AWAY, email="Dana@example.ORG").status_code == 429


def test_an_account_that_many_networks_try_is_delayed_and_never_refused(
    union: Union, slept: list[float]
) -> None:
    for number in range(10):
        assert statuses(union, f"203.0.113.{number}", 10) == [422] * 10
    assert slept[0] == 1.0 and slept[-1] == 4.0 and len(slept) == 90 and sorted(slept) == slept
    # the right one waits as well
    assert attempt(union, HOME, PASSWORD).status_code == 303 and len(slept) == 91
    slept.clear()
    assert attempt(union, HOME, PASSWORD, "ewan@example.org").status_code == 303 and slept == []


def test_what_is_no_account_is_delayed_and_refused_in_the_same_way(
    union: Union, slept: list[float]
) -> None:
    assert statuses(union, AWAY, 11, email="nobody@example.org") == [422] * 10 + [429]
    assert attempt(union, HOME, email="nobody@example.org").status_code == 422 and slept == [1.0]


def test_a_network_is_refused_after_forty_failures(union: Union) -> None:
    assert [
        attempt(union, AWAY, email=f"guess-{number}@example.org").status_code
        for number in range(41)
    ] == [422] * 40 + [429]
    assert (
        attempt(union, AWAY, PASSWORD).status_code == 429
        and attempt(union, HOME, PASSWORD).status_code == 303
    )


def test_the_right_password_costs_no_tries(union: Union, slept: list[float]) -> None:
    for _ in range(6):
        assert statuses(union, HOME, 8) == [422] * 8
        assert attempt(union, HOME, PASSWORD).status_code == 303
        limiter.limiter.clear(attempts.PER_NETWORK, HOME)
    assert [attempt(union, HOME, PASSWORD).status_code for _ in range(45)] == [303] * 45


def test_a_form_without_a_password_is_no_try(union: Union) -> None:
    assert [attempt(union, AWAY, "").status_code for _ in range(12)] == [422] * 12
    assert attempt(union, AWAY, PASSWORD).status_code == 303


def test_the_workers_of_a_machine_count_together(union: Union) -> None:
    """Each with its own application, and with the limiter that belongs to it."""
    settings: Settings = union.app.config["SETTINGS"]
    answers = []
    for _ in range(4):
        worker = replace(union, app=create_app(settings))
        worker.app.test_client_class, worker.app.config["WTF_CSRF_ENABLED"] = (
            union.app.test_client_class,
            False,
        )
        answers += statuses(worker, AWAY, 3)
    assert answers == [422] * 10 + [429] * 2


def test_many_at_once_are_no_more_than_ten(union: Union) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: attempt(union, AWAY).status_code, range(24)))
    assert answers.count(422) == 10 and answers.count(429) == 14


def test_a_crowd_of_delayed_tries_does_not_hold_the_server(
    monkeypatch: pytest.MonkeyPatch, slept: list[float]
) -> None:
    for _ in range(attempts.WAITING_AT_ONCE):
        assert attempts._waiting.acquire(blocking=False)
    try:
        attempts.wait(4.0)
        assert slept == []
    finally:
        for _ in range(attempts.WAITING_AT_ONCE):
            attempts._waiting.release()
    attempts.wait(4.0)
    assert slept == [4.0]


def test_those_who_wait_leave_threads_to_all_others() -> None:
    assert attempts.WAITING_AT_ONCE <= web_server.THREADS // 2


def test_where_the_file_cannot_be_used_the_process_counts_for_itself(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts._own_counts().storage.reset()

    def full(*_: object, **__: object) -> bool:
        raise StorageError(OSError("no space left on device"))

    for question in ("acquire_entry", "get_moving_window", "clear"):
        monkeypatch.setattr(limiter.storage, question, full, raising=False)
    assert statuses(union, AWAY, 11) == [422] * 10 + [429]
    assert attempt(union, HOME, PASSWORD).status_code == 303
    attempts._own_counts().storage.reset()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        (None, ""),
        ("unix:", "unix:"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_network_is_what_one_customer_has(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_addresses_of_one_customer_count_together(union: Union) -> None:
    answers = [attempt(union, f"2001:db8:1:2::{number}").status_code for number in range(11)]
    assert (
        answers == [422] * 10 + [429]
        and attempt(union, "2001:db8:1:3::1", PASSWORD).status_code == 303
    )
