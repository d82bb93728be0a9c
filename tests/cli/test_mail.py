"""`tracker mail test`: one mail at once, and what the server answered."""

from __future__ import annotations

from typing import cast

import pytest

from tests.factories.smtp_server import SmtpServer

from .conftest import Command


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> SmtpServer:
    server = SmtpServer()
    url = f"smtp://127.0.0.1:{server.port}?from=tracker@example.org"
    monkeypatch.setenv("TRACKER_MAIL_URL", url)
    return server


def test_one_mail_is_sent_at_once(with_a_body: Command, server: SmtpServer) -> None:
    with server.up():
        answer = with_a_body("mail", "test", "ada@example.org")
    assert answer.status == 0
    assert answer.out == (
        f"127.0.0.1:{server.port} has taken the mail to ada@example.org: 250 taken\n"
    )
    [email] = server.taken
    assert (email["To"], email["Subject"]) == ("ada@example.org", "A test of outgoing mail")
    plain = email.get_body(("plain",))
    assert plain and "this one has arrived" in str(cast(object, plain))


def test_what_is_wrong_is_said(with_a_body: Command, server: SmtpServer) -> None:
    answer = with_a_body("mail", "test", "ada@example.org")
    assert answer.status == 1
    assert answer.err.startswith(f"127.0.0.1:{server.port}: The mail server does not answer.")
    server.to_recipient = "550 5.1.1 no such user"
    with server.up():
        answer = with_a_body("mail", "test", "nobody@example.org")
        assert answer.status == 1
        assert "refuses the address. It was: 550 5.1.1 no such user" in answer.err
        assert "This cannot be an address." in with_a_body("mail", "test", "nobody").err


def test_without_a_mail_server(with_a_body: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACKER_MAIL_URL", raising=False)
    answer = with_a_body("mail", "test", "ada@example.org")
    assert answer.status == 2 and "TRACKER_MAIL_URL is not set" in answer.err
