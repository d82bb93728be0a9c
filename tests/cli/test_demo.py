"""`demo`: into an empty instance or over a demonstration, never over a real record; its accounts
are printed and kept for their owner alone.
"""

from __future__ import annotations

import stat
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tracker import demonstration
from tracker.cli import opened
from tracker.record.outgoing_mail import MailState, OutgoingMail

from .conftest import Command

pytestmark = pytest.mark.slow


def test_the_demonstration_comes_and_is_made_anew(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("init")
    loaded = command("demo")
    assert loaded.status == 0 and "@example.org" in loaded.out
    accounts = command.instance / "demonstration-accounts.txt"
    assert (
        accounts.read_text().strip() == loaded.out.strip()
        and stat.S_IMODE(accounts.stat().st_mode) == 0o600
    )
    with opened.instance(command.instance):
        [mail] = opened.session().scalars(sa.select(OutgoingMail))
        assert mail.state is MailState.SHOWN and "/account/password/" in (mail.text or "")
    first = command("verify", "--json").json
    assert first["ok"] and first["events"] > 100
    assert command("rebuild", "--check").status == 0

    again = command("demo")
    assert again.status == 0 and "is there since today" in again.out and "--reset" not in again.out
    monkeypatch.setattr(demonstration, "age", lambda *_: timedelta(days=40))
    assert "`tracker demo --reset` makes it anew" in command("demo", "--if-empty").out

    anew = command("demo", "--reset")
    assert anew.status == 0 and anew.out != loaded.out  # other passwords
    second = command("verify", "--json").json
    assert second["ok"] and second["head"] != first["head"]
    assert len((command.instance / "heads.log").read_text().splitlines()) == second["chains"]


def test_a_real_record_is_left_alone(with_a_body: Command) -> None:
    before = with_a_body("verify", "--json").json["head"]
    for words in (("demo",), ("demo", "--reset"), ("demo", "--reset", "--if-empty")):
        refused = with_a_body(*words)
        assert refused.status == 1 and "holds a real record" in refused.err, words
    served = with_a_body("demo", "--if-empty")
    assert served.status == 0 and "served as it is" in served.out
    assert with_a_body("verify", "--json").json["head"] == before
