"""What TRACKER_MAIL_URL may say, and what is answered to what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command, command
from tracker import config
from tracker.config import WrongSetting
from tracker.mail_server import Encryption, MailServer, read_mail_url

__all__ = ["command"]
SECRET = "geheim"
FROM = "?from=tracker@example.org"


def server(**more: object) -> MailServer:
    usual: dict[str, object] = {
        "host": "mail.example.org",
        "port": 587,
        "encryption": Encryption.STARTTLS,
        "sender": "tracker@example.org",
    }
    return MailServer(**usual | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (f"smtp://mail.example.org{FROM}", server()),
        (f"smtp://mail.example.org:2525{FROM}", server(port=2525)),
        (
            f"smtps://mail.example.org{FROM}",
            server(port=465, encryption=Encryption.FROM_THE_START),
        ),
        (f"smtp://mail.example.org{FROM}&tls=no", server(port=25, encryption=Encryption.NONE)),
        (
            f"smtp://localhost{FROM}",
            server(host="localhost", port=25, encryption=Encryption.NONE),
        ),
        (f"smtp://localhost{FROM}&tls=yes", server(host="localhost")),
        (
            f"smtp://[::1]:1025{FROM}",
            server(host="::1", port=1025, encryption=Encryption.NONE),
        ),
        (
            f"smtp://ada%40example.org:p%40ss%3A%2F@mail.example.org{FROM}",
            server(user="ada@example.org", password="p@ss:/"),
        ),
        (
            "smtp://tracker%40example.org:secret@mail.example.org",
            server(user="tracker@example.org", password="secret"),
        ),
    ],
)
def test_a_url_names_the_server(url: str, expected: MailServer) -> None:
    assert read_mail_url(url) == expected


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mail.example.org:25", "must begin with smtp:// or smtps://"),
        (f"http://user:{SECRET}@mail.example.org{FROM}", "must begin with smtp://"),
        (f"smtp://{FROM}", "name a host"),
        (f"smtp://user:{SECRET}/x@mail.example.org{FROM}", "is written in per cent codes"),
        (f"smtp://mail.example.org:99999{FROM}", "cannot be read as a URL"),
        (f"smtp://user:{SECRET}@mail.example.org", "the address that mail comes from"),
        ("smtp://mail.example.org?from=nobody", "the address that mail comes from"),
        (f"smtp://mail.example.org{FROM}&timeout=3", "no option timeout: there are from and tls"),
        (f"smtp://mail.example.org{FROM}&tls=maybe", "tls must be yes or no"),
        (f"smtps://mail.example.org{FROM}&tls=no", "always yes with smtps"),
        (f"smtp://user:{SECRET}@mail.example.org{FROM}&tls=no", "is sent encrypted only"),
    ],
)
def test_what_is_wrong_is_said_and_the_password_is_not(url: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as wrong:
        read_mail_url(url)
    assert sentence in str(wrong.value)
    assert SECRET not in str(wrong.value)


def test_the_password_shows_in_no_log() -> None:
    assert SECRET not in repr(read_mail_url(f"smtp://user:{SECRET}@mail.example.org{FROM}"))


def test_a_wrong_url_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / config.KEY_FILE).write_text("k" * config.SHORTEST_KEY)
    environ = {"TRACKER_MAIL_URL": f"smtp://user:{SECRET}@mail.example.org"}
    with pytest.raises(WrongSetting, match="It must say the address"):
        config.read(tmp_path, environ)
    assert config.read(tmp_path, {"TRACKER_MAIL_URL": "  "}).mail_server is None


@pytest.mark.parametrize("words", [("doctor",), ("serve",), ("user", "list")])
def test_commands_say_it_on_one_line(
    command: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    command("init")
    monkeypatch.setenv("TRACKER_MAIL_URL", f"smtp://user:{SECRET}@mail.example.org")
    answer = command(*words)
    assert answer.status == 2
    assert answer.err.startswith("TRACKER_MAIL_URL cannot be used.")
    assert SECRET not in answer.err + answer.out
