"""`setup-link`, and what `serve` says while the office is not set up."""

from __future__ import annotations

import re

import pytest

from tracker.accounts.first_run import set_up_links
from tracker.acts import bodies
from tracker.cli import opened, set_up
from tracker.clock import now

from .conftest import Command

ADDRESS = re.compile(r"^http://127\.0\.0\.1:5000/account/set-up/[\w-]{43}$", re.MULTILINE)


def said(command: Command, capsys: pytest.CaptureFixture[str]) -> str:
    """What `serve` says before it serves."""
    with opened.instance(command.instance):
        set_up.say_how_to_begin(command.instance, "http://127.0.0.1:5000")
    return capsys.readouterr().out


def living(command: Command, token: str) -> bool:
    with opened.instance(command.instance):
        return set_up_links.find(opened.session(), token, now()) is not None


def test_each_address_is_printed_once_and_stops_the_one_before(command: Command) -> None:
    command("init")
    first, second = (command("setup-link") for _ in range(2))
    assert first.status == second.status == 0
    tokens = [ADDRESS.findall(done.out)[0].rpartition("/")[2] for done in (first, second)]
    assert [living(command, token) for token in tokens] == [False, True]


def test_it_is_refused_once_there_is_an_account(with_a_body: Command) -> None:
    command = with_a_body
    assert command("setup-link").status == 0
    command("user", "create", "ana@example.org", "--name", "Ana", "--role", "governance")
    refused = command("setup-link")
    assert refused.status == 1 and "There is an account already" in refused.err


def test_with_several_bodies_one_is_named(with_a_body: Command) -> None:
    command = with_a_body
    with opened.instance(command.instance):
        bodies.found_body(opened.session(), "other", {"name": "Other"}, now())
        opened.session().commit()
    assert "say --body, one of other, union" in command("setup-link").err
    assert ADDRESS.search(command("setup-link", "--body", "other").out)
    assert "There is no body 'none'" in command("setup-link", "--body", "none").err


def test_a_log_has_only_the_name_of_the_command(
    command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command("init")
    printed = said(command, capsys)
    assert "tracker setup-link" in printed.splitlines()
    assert "/account/" not in printed
    monkeypatch.setattr(set_up, "is_terminal", lambda: True)
    assert ADDRESS.search(said(command, capsys))
    command("import", "items", "docs/example-list.csv", "--body", "u", "--create-conventions")
    command("user", "create", "ana@example.org", "--name", "Ana", "--role", "governance")
    assert said(command, capsys) == ""
