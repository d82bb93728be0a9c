"""A proxy of which nothing was said is noticed, once, and the doctor names it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from tracker import create_app, proxies
from tracker.config import Settings
from tracker.installation import doctor

pytestmark = pytest.mark.slow

LOCAL, PUBLIC = {"REMOTE_ADDR": "127.0.0.1"}, {"REMOTE_ADDR": "9.9.9.9"}


def ask(app: Flask, address: dict[str, str], **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    assert (
        app.test_client().get("/accessibility", headers=named, environ_base=address).status_code
        == 200
    )


def diagnosis(settings: Settings) -> tuple[str, str]:
    proxy_finding = next(
        finding for finding in doctor.examine(settings) if finding.about == "proxy"
    )
    return proxy_finding.state.value, proxy_finding.words


@pytest.mark.parametrize("header", ["X_Forwarded_For", "Forwarded", "X_Real_IP"])
@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd00::1", ""])
def test_a_proxy_nearby_is_a_problem(app: Flask, header: str, address: str) -> None:
    settings: Settings = app.config["SETTINGS"]
    settings.proxy_file.unlink(missing_ok=True)
    assert diagnosis(settings)[0] == "ok"
    app = create_app(settings)
    ask(app, {"REMOTE_ADDR": address}, **{header: "203.0.113.9"})
    state, words = diagnosis(settings)
    assert (
        state == "problem"
        and "TRACKER_PROXIES=1" in words
        and "203.0.113.9" not in settings.proxy_file.read_text()
    )


def test_what_any_visitor_can_send_is_a_warning_that_a_real_one_replaces(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    ask(app, PUBLIC, X_Forwarded_For="203.0.113.9")
    assert diagnosis(settings)[0] == "warning"
    ask(app, LOCAL, X_Forwarded_For="203.0.113.9")
    assert diagnosis(settings)[0] == "problem"
    ask(create_app(settings), PUBLIC, X_Forwarded_For="203.0.113.9")
    assert diagnosis(settings)[0] == "problem"


def test_the_first_day_is_kept(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    app.config["CLOCK"] = lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)
    ask(app, LOCAL, X_Forwarded_For="203.0.113.9")
    again = create_app(settings)
    again.config["CLOCK"] = lambda: datetime(2026, 4, 1, 12, tzinfo=UTC)
    ask(again, LOCAL, X_Forwarded_For="203.0.113.9")
    assert "2026-03-01" in diagnosis(settings)[1]


def test_a_declared_proxy_and_none_at_all_are_well(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    ask(app, LOCAL)
    assert diagnosis(settings)[0] == "ok" and not settings.proxy_file.exists()
    declared = replace(settings, proxies=1)
    ask(create_app(declared), LOCAL, X_Forwarded_For="203.0.113.9")
    assert diagnosis(declared)[0] == "ok" and not settings.proxy_file.exists()
    ask(app, LOCAL, X_Forwarded_For="203.0.113.9")
    assert diagnosis(declared)[0] == "ok"  # since it was declared, what was noticed before is over


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"first_seen": 1}', json.dumps({"first_seen": "never", "nearby": True})],
)
def test_a_note_that_cannot_be_read_is_none(app: Flask, content: str) -> None:
    settings: Settings = app.config["SETTINGS"]
    settings.proxy_file.write_text(content)
    assert proxies.undeclared(settings) is None and diagnosis(settings)[0] == "ok"


def test_a_folder_that_cannot_be_written_fails_no_page(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    settings.proxy_file.mkdir()
    ask(app, LOCAL, X_Forwarded_For="203.0.113.9")
