"""The security log: what goes in, what never does, and when network addresses are taken out."""

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


def log_folder(app: Flask) -> Path:
    settings: Settings = app.config["SETTINGS"]
    return settings.security_log


def log_size(app: Flask) -> int:
    """In bytes, all files together."""
    return sum(file.stat().st_size for file in log_folder(app).glob("*"))


def logged_lines(app: Flask) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for file in sorted(log_folder(app).glob("*.log")):
        lines += [json.loads(line) for line in file.read_text().splitlines()]
    return lines


def logged_lines_of(app: Flask, event: SecurityEvent) -> list[dict[str, Any]]:
    return [line for line in logged_lines(app) if line["event"] == event.value]


def test_a_refusal_is_logged_with_the_template_of_the_address_only(union: Union) -> None:
    assert union.client("joy").get("/my-work/union/release?secret=marker").status_code == 403
    [refusal] = logged_lines_of(union.app, SecurityEvent.REFUSED)
    assert refusal["asked"] == "/my-work/<body>/release"
    assert refusal["body"] == "union"
    assert refusal["account"]
    assert refusal[ADDRESS] == "127.0.0.1"
    assert "marker" not in json.dumps(logged_lines(union.app))


def test_an_act_that_is_refused_is_logged_too(union: Union) -> None:
    assert union.client("dana").get("/my-work/union/2026/nbi-3/log").status_code == 403
    [refusal] = logged_lines_of(union.app, SecurityEvent.REFUSED)
    assert refusal["asked"].endswith("/log")


def test_roles_given_and_ended_are_logged_after_the_commit_only(union: Union) -> None:
    lines_before = len(logged_lines(union.app))
    with union.context() as context:
        joy = context.session.get_one(Person, union.people["joy"])
        people.give_role(context, joy, Role.AUDITOR)
        assert len(logged_lines(union.app)) == lines_before
        context.session.rollback()
    assert len(logged_lines(union.app)) == lines_before

    with union.context("imani") as context:
        joy = context.session.get_one(Person, union.people["joy"])
        people.give_role(context, joy, Role.AUDITOR)
    role_given = logged_lines_of(union.app, SecurityEvent.ROLE_GIVEN)[-1]
    assert role_given["person"] == union.people["joy"]
    assert role_given["role"] == "auditor"
    assert role_given["by_person"] == union.people["imani"]

    with union.context("imani") as context:
        joy = context.session.get_one(Person, union.people["joy"])
        people.end_role(context, joy, Role.AUDITOR)
    role_ended = logged_lines_of(union.app, SecurityEvent.ROLE_ENDED)[-1]
    assert role_ended["person"] == union.people["joy"]


def test_addresses_are_gone_after_90_days(tmp_path: Path) -> None:
    def write(days_old: int, text: str) -> Path:
        """The file of the day that lies so many days before NOW."""
        file = tmp_path / f"{NOW - timedelta(days=days_old):%Y-%m-%d}.log"
        file.write_text(text)
        return file

    facts = {"at": "then", "event": "signed_in", "account": 3, ADDRESS: "203.0.113.9"}
    line = json.dumps(facts) + "\n"
    line_cut_by_loss_of_power = line[:30]
    young_file = write(90, line)
    old_file = write(91, line + line_cut_by_loss_of_power)
    file_older_than_two_years = write(800, line)

    changed_files = security_log.prune(tmp_path, NOW)
    assert changed_files == 2
    assert young_file.read_text() == line
    assert "203.0.113.9" not in old_file.read_text()
    assert json.loads(old_file.read_text())["account"] == 3
    assert not file_older_than_two_years.exists()

    assert security_log.prune(tmp_path, NOW) == 0
    # neither the group nor others may read it
    assert old_file.stat().st_mode & 0o077 == 0


def test_a_file_without_addresses_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker prunes all day long, and two years of files lie there."""
    files = [tmp_path / f"2026-0{month}-01.log" for month in (1, 2, 3)]
    for file in files:
        file.write_text('{"at": "2026-01-01T10:00:00+00:00", "event": "signed_in", "account": 3}\n')
    lines_read: list[str] = []
    line_without_address = security_log._line_without_address

    def read_line(line: str) -> str:
        lines_read.append(line)
        return line_without_address(line)

    monkeypatch.setattr(security_log, "_line_without_address", read_line)
    for _ in range(3):
        assert security_log.prune(tmp_path, NOW) == 0
    assert len(lines_read) == len(files)

    # one that has been written to is read again
    files[0].write_text(json.dumps({"event": "signed_in", ADDRESS: "203.0.113.9"}) + "\n")
    assert security_log.prune(tmp_path, NOW) == 1
    assert "203.0.113.9" not in files[0].read_text()


def test_a_log_that_cannot_be_written_stops_nobody(union: Union) -> None:
    folder = log_folder(union.app)
    for file in folder.glob("*"):
        file.unlink()
    folder.rmdir()
    folder.write_text("a file stands where the folder should be")
    assert union.client("joy").get("/my-work/union/release").status_code == 403


def test_a_flood_does_not_fill_the_disk(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    size_before = log_size(union.app)
    monkeypatch.setattr(security_log, "LARGEST_FILE", size_before + 2000)
    for _ in range(40):
        union.client("joy").get("/my-work/union/release")
    refusals = logged_lines_of(union.app, SecurityEvent.REFUSED)
    assert 0 < len(refusals) < 40
    # the last line may reach beyond the limit
    assert size_before + 2000 <= log_size(union.app) < size_before + 3000
