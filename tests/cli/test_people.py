"""`user list`, `end-role`, `end-sessions`, `reset-second-factor`, `close`: what they end,
what they say, what they refuse.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.postgres import make_database
from tests.statements import counting
from tracker.accounts import account_list, sessions, user_accounts
from tracker.accounts.second_factors import second_factor
from tracker.accounts.user import AccountSession, AuthenticatorApp, OneTimeLink, RecoveryCode
from tracker.acts import bodies
from tracker.cli import opened
from tracker.clock import now
from tracker.config import Settings
from tracker.extensions import db
from tracker.record.people import Person, PersonAccount, RoleHeld

from .conftest import DATABASE_URL, Command

pytestmark = pytest.mark.slow


@pytest.fixture
def staffed(with_a_body: Command) -> Command:
    """Dana, staff of a unit and confirmer; Ewan, auditor; each with two sessions."""
    command = with_a_body
    with opened.instance(command.instance):
        bodies.add_unit(opened.context_for(opened.body_of("union")), "Center for Research")
        opened.session().commit()
    for words in (
        ("dana@example.org", "--name", "Dana", "--role", "staff", "--unit", "Center for Research"),
        ("dana@example.org", "--name", "Dana", "--role", "confirmer"),
        ("ewan@example.org", "--name", "Ewan", "--role", "auditor"),
    ):
        assert command("user", "create", *words).status == 0
    with opened.instance(command.instance):
        for email in ("dana@example.org", "ewan@example.org"):
            account = user_accounts.find_account(opened.session(), email)
            assert account
            for _ in range(2):
                sessions.begin(opened.session(), account, now())
        opened.session().commit()
    return command


def kept(command: Command) -> dict[str, int]:
    """How many sessions each account has."""
    listed = command("user", "list", "--json").json
    return {account["email"].partition("@")[0]: account["sessions"] for account in listed}


def count(command: Command, kind: type, *where: sa.ColumnElement[bool]) -> int:
    with opened.instance(command.instance):
        return (
            opened.session().scalar(sa.select(sa.func.count()).select_from(kind).where(*where)) or 0
        )


def noted(command: Command) -> list[str]:
    with opened.instance(command.instance) as app:
        settings: Settings = app.config["SETTINGS"]
        return [
            json.loads(line)["event"]
            for file in sorted(settings.security_log.glob("*.log"))
            for line in file.read_text().splitlines()
        ]


def test_the_list_names_each_with_its_roles(staffed: Command) -> None:
    dana, ewan = staffed("user", "list", "--json").json
    today = dana["roles"][0]["since"]
    assert date.fromisoformat(today)
    assert (dana["email"], dana["name"], dana["open"], dana["has_password"], dana["sessions"]) == (
        "dana@example.org",
        "Dana",
        True,
        False,
        2,
    )
    assert dana["roles"] == [
        {"body": "union", "role": "staff", "unit": "Center for Research", "since": today},
        {"body": "union", "role": "confirmer", "unit": None, "since": today},
    ]
    assert dana["seen_at"] and ewan["roles"] == [
        {"body": "union", "role": "auditor", "unit": None, "since": today}
    ]
    lines = staffed("user", "list").out.splitlines()
    assert lines[0] == (
        f"Dana <dana@example.org>: no password yet; staff of Center for Research since {today}, "
        f"confirmer of union since {today}; 2 sessions"
    )


def test_the_list_takes_the_same_number_of_statements_whatever_its_length(staffed: Command) -> None:
    statement_counts = []
    for more in (0, 12):
        with opened.instance(staffed.instance):
            for number in range(more):
                account = user_accounts.create_account(
                    opened.session(), f"member{number}@example.org", "Member"
                )
                sessions.begin(opened.session(), account, now())
            opened.session().commit()
            with counting(db.engine) as sent:
                accounts = account_list.list_accounts(opened.session(), now())
            statement_counts.append(len(sent))
            assert len(accounts) == 2 + more and len(accounts[0].roles) == 2
    assert statement_counts == [5, 5]


def test_the_list_of_one_body(staffed: Command) -> None:
    with opened.instance(staffed.instance):
        bodies.found_body(opened.session(), "other", {"name": "Other"}, now())
        opened.session().commit()
    assert (
        staffed(
            "user",
            "create",
            "joy@example.org",
            "--name",
            "Joy",
            "--role",
            "reader",
            "--body",
            "other",
        ).status
        == 0
    )
    assert [
        account["email"] for account in staffed("user", "list", "--body", "other", "--json").json
    ] == ["joy@example.org"]
    assert len(staffed("user", "list", "--json").json) == 3
    assert staffed("user", "list", "--body", "nobody").status == 1


def test_an_empty_list(with_a_body: Command) -> None:
    assert (
        "no account yet" in with_a_body("user", "list").out
        and with_a_body("user", "list", "--json").json == []
    )


def test_a_role_ends_and_with_the_last_the_sessions(staffed: Command) -> None:
    first = staffed(
        "user", "end-role", "Dana@Example.org", "--role", "staff", "--unit", "center for research"
    )
    assert (
        first.status == 0
        and "no longer staff of Center for Research" in first.out
        and "last role" not in first.out
    )
    assert kept(staffed) == {"dana": 2, "ewan": 2}  # she confirms still
    last = staffed("user", "end-role", "dana@example.org", "--role", "confirmer")
    assert last.status == 0 and "It was the last role. 2 sessions ended." in last.out
    assert kept(staffed) == {"dana": 0, "ewan": 2}
    again = staffed("user", "end-role", "dana@example.org", "--role", "confirmer")
    assert again.status == 1 and "does not hold this role. Roles held: none." in again.err
    # that she held them stays on record
    assert count(staffed, RoleHeld) == 3 and count(staffed, Person) == 2
    assert (
        staffed("verify", "--json").json["ok"]
        and noted(staffed).count("role_ended") == 2
        and "sessions_ended" in noted(staffed)
    )


def test_a_role_that_is_not_held_ends_nothing(staffed: Command) -> None:
    events = staffed("verify", "--json").json["events"]
    for words, text in (
        (("ewan@example.org", "--role", "governance"), "Roles held: auditor of union."),
        (("ewan@example.org", "--role", "staff"), "say --unit"),
        (("nobody@example.org", "--role", "staff"), "There is no account of"),
        (("ewan@example.org", "--role", "auditor", "--body", "no"), "no body"),
        (("ewan@example.org", "--role", "staff", "--unit", "Nowhere"), "no unit"),
    ):
        refused = staffed("user", "end-role", *words)
        assert refused.status == 1 and text in refused.err and not refused.out, words
    assert staffed("user", "end-role", "ewan@example.org").status == 2
    assert staffed("verify", "--json").json["events"] == events and kept(staffed) == {
        "dana": 2,
        "ewan": 2,
    }


def test_sessions_end_of_one_and_of_all(staffed: Command) -> None:
    done = staffed("user", "end-sessions", "dana@example.org")
    assert (
        done.status == 0
        and "2 sessions ended" in done.out
        and kept(staffed) == {"dana": 0, "ewan": 2}
    )
    assert "No session was open" in staffed("user", "end-sessions", "dana@example.org").out
    assert (
        "2 sessions ended" in staffed("user", "end-sessions", "--all").out
        and count(staffed, AccountSession) == 0
    )
    assert (
        staffed("user", "end-sessions").status == 2
        and staffed("user", "end-sessions", "dana@example.org", "--all").status == 2
    )
    assert staffed("user", "end-sessions", "nobody@example.org").status == 1


def test_a_closed_account(staffed: Command) -> None:
    done = staffed("user", "close", "dana@example.org")
    assert (
        done.status == 0
        and "No longer staff of Center for Research." in done.out
        and "is closed. 2 sessions ended." in done.out
    )
    dana = staffed("user", "list", "--json").json[0]
    assert (dana["open"], dana["sessions"], dana["roles"]) == (False, 0, [])
    assert (
        count(staffed, OneTimeLink) == 1
        and count(staffed, PersonAccount) == 2
        and count(staffed, RoleHeld) == 3
    )
    for words in (
        ("close", "dana@example.org"),
        ("create", "dana@example.org", "--name", "Dana", "--role", "reader"),
    ):
        refused = staffed("user", *words)
        assert refused.status == 1 and "closed" in refused.err
    assert noted(staffed).count("account_created") == 2 and noted(staffed).count("link_made") == 3
    assert "account_closed" in noted(staffed) and staffed("verify", "--json").json["ok"]


def test_what_was_signed_out_or_used_since_does_not_come_back_with_a_backup(
    staffed: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert staffed("backup", tmp_path / "backup").status == 0
    if staffed.engine == "postgresql":
        monkeypatch.setenv(DATABASE_URL, make_database("t_ways_in"))
    other = tmp_path / "restored"
    done = staffed("restore", tmp_path / "backup", instance=other)
    assert done.status == 0, done.err
    restored = Command(other, staffed.capture, staffed.patch)
    assert kept(restored) == {"dana": 0, "ewan": 0} and count(restored, OneTimeLink) == 0
    assert (
        len(restored("user", "list", "--json").json[0]["roles"]) == 2
        and restored("verify", "--json").json["ok"]
    )


def test_a_lost_second_factor_is_reset(staffed: Command) -> None:
    refused = staffed("user", "reset-second-factor", "dana@example.org")
    assert refused.status == 1 and "has no second factor" in refused.err
    with opened.instance(staffed.instance):
        account = user_accounts.find_account(opened.session(), "dana@example.org")
        assert account
        secret = second_factor.new_secret()
        opened.session().add(AuthenticatorApp(user_id=account.id, secret=secret, since=now()))
        second_factor.make_recovery_codes(opened.session(), account.id, now())
        opened.session().commit()
    done = staffed("user", "reset-second-factor", "dana@example.org")
    assert done.status == 0 and "is reset. 2 sessions ended." in done.out
    assert kept(staffed) == {"dana": 0, "ewan": 2}
    assert count(staffed, AuthenticatorApp) == count(staffed, RecoveryCode) == 0
    assert noted(staffed)[-2:] == ["second_factor_reset", "sessions_ended"]
