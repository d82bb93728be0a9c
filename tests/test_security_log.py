"""The security log.

What goes in, what never does, and that network addresses are gone after 90 days.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.factories.staffed_union import Union
from tracker import security_log
from tracker.acts import people
from tracker.config import Settings
from tracker.record.people import Person
from tracker.rules.codes import Role
from tracker.security_log import ADDRESS, SecurityEvent

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def lines(app: Flask) -> list[dict[str, Any]]:
    settings: Settings = app.config["SETTINGS"]
    return [
        json.loads(line)
        for file in sorted(settings.security_log.glob("*.log"))
        for line in file.read_text().splitlines()
    ]


def of_kind(app: Flask, kind: SecurityEvent) -> list[dict[str, Any]]:
    return [line for line in lines(app) if line["event"] == kind.value]


def test_a_refusal_is_noted_without_the_address_that_was_asked_for(union: Union) -> None:
    assert union.client("joy").get("/my-work/union/release?secret=marker").status_code == 403
    noted = of_kind(union.app, SecurityEvent.REFUSED)
    assert (
        len(noted) == 1
        and noted[0]["asked"] == "/my-work/<body>/release"
        and noted[0]["body"] == "union"
    )
    assert noted[0]["account"] and noted[0][ADDRESS] == "127.0.0.1"
    assert "marker" not in json.dumps(lines(union.app))


def test_an_act_that_refuses_is_noted_too(union: Union) -> None:
    assert union.client("dana").get("/my-work/union/2026/nbi-3/log").status_code == 403
    assert of_kind(union.app, SecurityEvent.REFUSED)[0]["asked"].endswith("/log")


def test_roles_given_and_ended_are_noted_after_the_commit_only(union: Union) -> None:
    before = len(lines(union.app))
    with union.context() as context:
        person = context.session.get_one(Person, union.people["joy"])
        people.give_role(context, person, Role.AUDITOR)
        assert len(lines(union.app)) == before
        context.session.rollback()
    assert len(lines(union.app)) == before
    with union.context("imani") as context:
        people.give_role(
            context, context.session.get_one(Person, union.people["joy"]), Role.AUDITOR
        )
    role_given = of_kind(union.app, SecurityEvent.ROLE_GIVEN)[-1]
    assert (role_given["person"], role_given["role"], role_given["by_person"]) == (
        union.people["joy"],
        "auditor",
        union.people["imani"],
    )
    with union.context("imani") as context:
        people.end_role(context, context.session.get_one(Person, union.people["joy"]), Role.AUDITOR)
    assert of_kind(union.app, SecurityEvent.ROLE_ENDED)[-1]["person"] == union.people["joy"]


def test_addresses_are_gone_after_90_days(tmp_path: Path) -> None:
    def write(age: int, text: str) -> Path:
        file = tmp_path / f"{NOW - timedelta(days=age):%Y-%m-%d}.log"
        file.write_text(text)
        return file

    line = (
        json.dumps({"at": "then", "event": "signed_in", "account": 3, ADDRESS: "203.0.113.9"})
        + "\n"
    )
    young, old, ancient = write(90, line), write(91, line + line[:30]), write(800, line)
    assert security_log.prune(tmp_path, NOW) == 2
    assert young.read_text() == line
    assert "203.0.113.9" not in old.read_text() and json.loads(old.read_text())["account"] == 3
    assert not ancient.exists()
    assert security_log.prune(tmp_path, NOW) == 0
    assert old.stat().st_mode & 0o077 == 0


def test_a_file_without_addresses_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker prunes all day long, and two years of files lie there."""
    files = [tmp_path / f"2026-0{month}-01.log" for month in (1, 2, 3)]
    for file in files:
        file.write_text('{"at": "2026-01-01T10:00:00+00:00", "event": "signed_in", "account": 3}\n')
    looked_at: list[str] = []
    whole = security_log._line_without_address
    monkeypatch.setattr(
        security_log, "_line_without_address", lambda line: looked_at.append(line) or whole(line)
    )
    for _ in range(3):
        assert security_log.prune(tmp_path, NOW) == 0
    assert len(looked_at) == 3
    files[0].write_text(json.dumps({"event": "signed_in", ADDRESS: "203.0.113.9"}) + "\n")
    assert security_log.prune(tmp_path, NOW) == 1 and "203.0.113.9" not in files[0].read_text()


def test_a_log_that_cannot_be_written_stops_nobody(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings: Settings = union.app.config["SETTINGS"]
    for file in settings.security_log.glob("*"):
        file.unlink()
    settings.security_log.rmdir()
    settings.security_log.write_text("a file stands where the folder should be")
    assert union.client("joy").get("/my-work/union/release").status_code == 403


def test_a_flood_does_not_fill_the_disk(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(security_log, "LARGEST_FILE", 2000)
    for _ in range(40):
        union.client("joy").get("/my-work/union/release")
    settings: Settings = union.app.config["SETTINGS"]
    assert sum(file.stat().st_size for file in settings.security_log.glob("*")) < 4000
