"""`init`, `backup`, `restore`, `doctor`: what they make, what they refuse, and with which exit
status.
"""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tracker.config import DATABASE, KEY_FILE
from tracker.files import store

from .conftest import DATABASE_URL, Command

pytestmark = pytest.mark.slow  # instances are made, saved and restored by the command


def test_an_instance_is_made_once(command: Command) -> None:
    assert command("verify").status == 2  # no instance
    made = command("init")
    assert made.status == 0 and "Made the instance" in made.out
    assert stat.S_IMODE((command.instance / KEY_FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(command.instance.stat().st_mode) == 0o700
    key = (command.instance / KEY_FILE).read_text()
    again = command("init")
    assert again.status == 0 and "up to date" in again.out
    assert (command.instance / KEY_FILE).read_text() == key
    assert command("verify", "--json").json["ok"] is True


def test_a_folder_with_only_a_gitignore_is_none_yet(command: Command) -> None:
    command.instance.mkdir()
    (command.instance / ".gitignore").write_text("*\n")
    assert command("rates").status == 2
    assert command("init").status == 0


def test_a_folder_with_other_things_stays_as_it_is(command: Command) -> None:
    command.instance.mkdir()
    (command.instance / "letters.txt").write_text("Dear all")
    refused = command("init")
    assert refused.status == 1 and "letters.txt" in refused.err
    assert [path.name for path in command.instance.iterdir()] == ["letters.txt"]


def test_a_wrong_setting_names_what_to_do(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("init")
    monkeypatch.setenv("TRACKER_BASE_URL", "tracker.example.org")
    refused = command("verify")
    assert refused.status == 2 and "TRACKER_BASE_URL" in refused.err


def test_wrong_usage_ends_with_status_2(command: Command) -> None:
    assert command("no-such-command").status == 2
    assert command("serve", "--port", "high").status == 2
    alone = command("import")  # a group, and no command of it
    assert alone.status == 2 and alone.err == "Say which command. Try `tracker import --help`.\n"


def test_pending_migrations_are_refused(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    command("init")
    monkeypatch.setattr("tracker.installation.migrations.newest", lambda: "9999")
    for words in (("verify",), ("serve",), ("rates", "--json"), ("demo",)):
        refused = command(*words)
        assert (
            refused.status == 1 and f"tracker --instance {command.instance} init" in refused.err
        ), words
        assert refused.out == ""


def test_one_file_out_one_file_in(
    with_a_body: Command,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command, file = with_a_body, tmp_path / "backup"
    sha256 = store.keep(command.instance / "files", b"evidence")
    (command.instance / "files" / "letters").mkdir()
    (command.instance / "files" / "letters" / "letter.txt").write_text("nothing of the tracker's")
    (command.instance / "files" / "secrets").symlink_to("/etc")
    before = command("verify", "--json").json
    key = (command.instance / KEY_FILE).read_text()
    assert command("backup", file).status == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    refused = command("backup", file)
    assert refused.status == 1 and "already" in refused.err
    refused = command("restore", file)
    assert refused.status == 1 and "instance already" in refused.err
    if command.engine == "postgresql":
        other = tmp_path / "not-empty"
        refused = command("restore", file, instance=other)
        assert (
            refused.status == 1 and "not empty" in refused.err and not (other / KEY_FILE).exists()
        )
        from tests.postgres import make_database

        monkeypatch.setenv(DATABASE_URL, make_database("t_restored"))
    restored = tmp_path / "restored"
    restored.mkdir()
    (restored / ".gitignore").touch()
    done = command("restore", file, instance=restored)
    assert done.status == 0, done.err
    after = command("verify", "--json", instance=restored).json
    assert after["ok"] and (after["head"], after["events"], after["chains"]) == (
        before["head"],
        before["events"],
        before["chains"],
    )
    assert (restored / KEY_FILE).read_text() == key and stat.S_IMODE(
        (restored / KEY_FILE).stat().st_mode
    ) == 0o600
    assert (
        store.read(restored / "files", sha256) == b"evidence"
        and not (restored / "files" / "letters").exists()
    )
    assert not done.err and not [
        left_over.name
        for left_over in (*tmp_path.iterdir(), *restored.iterdir())
        if left_over.name.startswith((".backup", ".restoring"))
    ]
    for path in restored.rglob("*"):
        if path.name != ".gitignore":
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"\x1f\x8b\x08\x00 cut off"])
def test_what_is_no_backup_makes_no_instance(
    command: Command, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    refused = command("restore", file)
    assert refused.status == 1 and "no backup" in refused.err
    assert not (command.instance / KEY_FILE).exists()
    assert command("init").status == 0  # the folder was left as it had been


def test_a_half_backup_makes_no_instance(with_a_body: Command, tmp_path: Path) -> None:
    whole, half = tmp_path / "whole", tmp_path / "half"
    with_a_body("backup", whole)
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    refused = with_a_body("restore", half, instance=tmp_path / "other")
    assert refused.status == 1
    assert not list((tmp_path / "other").glob("*"))


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
def test_a_damaged_database_is_said_in_one_line(with_a_body: Command) -> None:
    (with_a_body.instance / DATABASE).write_bytes(b"no database at all")
    for left in with_a_body.instance.glob(f"{DATABASE}-*"):
        left.unlink()
    for words in (("verify", "--json"), ("serve",), ("init",)):
        refused = with_a_body(*words)
        assert (
            refused.status == 1
            and refused.err.count("\n") == 1
            and "tracker doctor" in refused.err
            and not refused.out
        )


def test_a_newer_database_is_left_alone(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    command("init")
    monkeypatch.setattr("tracker.installation.migrations.version", lambda: "9999")
    for words in (("verify",), ("serve",), ("init",)):
        refused = command(*words)
        assert (
            refused.status == 1
            and "Install that one" in refused.err
            and refused.err.count("\n") == 1
        ), words


def test_the_doctor_says_what_to_do(with_a_body: Command) -> None:
    well = with_a_body("doctor")
    assert well.status == 0, well.out
    assert {"migrations", "guards", "clock", "pdf", "worker", "disk"} <= {
        line.split()[1] for line in well.out.splitlines()
    }
    (with_a_body.instance / KEY_FILE).chmod(0o644)
    ill = with_a_body("doctor")
    assert ill.status == 1 and "chmod 600" in ill.out
