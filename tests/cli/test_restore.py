"""`restore` believes nothing.

What a backup does not write is refused, a damaged archive is no instance, and it is whole or not at
all.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import make_database
from tracker.config import DATABASE, KEY_FILE
from tracker.files import store
from tracker.installation import restore
from tracker.installation.archive import DUMP, MANIFEST, SUMS

from .conftest import DATABASE_URL, Command

pytestmark = pytest.mark.slow

Members = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
def whole(with_a_body: Command, tmp_path: Path) -> Path:
    """A backup of an instance with a stored file."""
    store.keep(with_a_body.instance / "files", b"evidence")
    assert with_a_body("backup", tmp_path / "whole").status == 0
    return tmp_path / "whole"


@pytest.fixture
def empty_database(monkeypatch: pytest.MonkeyPatch, with_a_body: Command) -> None:
    """PostgreSQL: where to restore."""
    if with_a_body.engine == "postgresql":
        monkeypatch.setenv(DATABASE_URL, make_database("t_restore_target"))


def members_of(file: Path) -> Members:
    with tarfile.open(file) as archive:
        return [
            (member, (archive.extractfile(member) or io.BytesIO()).read())
            for member in archive.getmembers()
        ]


def write(file: Path, members: Members, sums: bool = True) -> None:
    """An archive of these; `sums`: with a list that fits."""
    if sums:
        listed = {
            member.name: hashlib.sha256(content).hexdigest()
            for member, content in members
            if member.name != SUMS
        }
        members = [member for member in members if member[0].name != SUMS] + [
            plain(SUMS, json.dumps(listed).encode())
        ]
    with tarfile.open(file, "w:gz") as archive:
        for member, content in members:
            archive.addfile(member, io.BytesIO(content))


def plain(
    name: str, content: bytes, kind: bytes = tarfile.REGTYPE, leads_to: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = len(content), kind, leads_to
    return member, content


def refuses(command: Command, file: Path, instance: Path) -> str:
    """In one line, and nothing is left; gives back the line."""
    before = sorted(path.name for path in instance.parent.iterdir())
    refused = command("restore", file, instance=instance)
    assert (
        refused.status == 1
        and refused.err.count("\n") == 1
        and "Nothing was restored" in refused.err
    ), refused.err
    assert sorted(path.name for path in instance.parent.iterdir()) == before
    return refused.err


LONG = "files/" + "ab/cd/" + "abcd" + "0" * 60
FOREIGN = {
    "the worker's queue": plain("jobs.sqlite3", b"what the worker would run"),
    "the queue by another way": plain("files/../jobs.sqlite3", b"what the worker would run"),
    "out of the folder": plain("../out", b""),
    "out of the folder, deep": plain("files/ab/cd/../../../../out", b""),
    "an absolute name": plain("/etc/x", b""),
    "a link": plain(LONG, b"", tarfile.SYMTYPE, "../secret-key"),
    "a hard link": plain(LONG, b"", tarfile.LNKTYPE, KEY_FILE),
    "a device": plain(LONG, b"", tarfile.CHRTYPE),
    "a pipe": plain(LONG, b"", tarfile.FIFOTYPE),
    "a folder in place of a file": plain(LONG, b"", tarfile.DIRTYPE),
    "a foreign folder": plain("scripts", b"", tarfile.DIRTYPE),
    "a file that is no digest": plain("files/ab/cd/evil.py", b""),
    "a file in the wrong folder": plain("files/ab/ce/" + "abcd" + "0" * 60, b""),
    "a name with a line feed": plain(LONG + "\n", b""),
    "another spelling": plain("./secret-key", b"x" * 50),
    "a report that is none": plain("reports/../x.pdf", b""),
    "a program": plain("reports/1-x.py", b""),
    "write-ahead log": plain("record.sqlite3-wal", b""),
    "the same name twice": plain(KEY_FILE, b"another key that is long enough to be one"),
}


@pytest.mark.parametrize("kind", FOREIGN)
@pytest.mark.parametrize("place", ["first", "last"])
def test_what_a_backup_does_not_write_is_not_brought_in(
    with_a_body: Command, whole: Path, empty_database: None, tmp_path: Path, kind: str, place: str
) -> None:
    members = members_of(whole)
    members.insert(1 if place == "first" else len(members), FOREIGN[kind])
    write(tmp_path / "foreign", members)
    error = refuses(with_a_body, tmp_path / "foreign", tmp_path / "other")
    assert "no backup of the tracker" in error


def database_of(words: str) -> bytes:
    """An SQLite database made by these statements."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(words)
    content: bytes = connection.serialize()
    connection.close()
    return content


WRONG_DATABASES = {
    "an empty file as database": (b"", "is empty, damaged"),
    "no database": (b"no database at all", "cannot be opened"),
    "an empty database": (database_of("CREATE TABLE x (y); DROP TABLE x;"), "is empty, damaged"),
    "another program's database": (
        database_of("CREATE TABLE x (y); INSERT INTO x VALUES (1);"),
        "is empty, damaged",
    ),
}
WRONG_MEMBERS = {
    "a short key": (KEY_FILE, b"short", "no secret key"),
    "a manifest that is none": (MANIFEST, b"[]", "no backup of the tracker"),
    "a list of sums that is none": (SUMS, b"[]", "no backup of the tracker"),
    "a list of sums of others": (SUMS, b"{}", "own list of SHA-256"),
}


def put_in_its_place(whole: Path, name: str, content: bytes) -> Members:
    """The members of an archive, one of them with another content."""
    return [
        plain(name, content) if member.name == name else (member, old)
        for member, old in members_of(whole)
    ]


@pytest.mark.parametrize("kind", WRONG_MEMBERS)
def test_each_member_of_an_archive_is_looked_at(
    with_a_body: Command, whole: Path, empty_database: None, tmp_path: Path, kind: str
) -> None:
    name, content, words = WRONG_MEMBERS[kind]
    write(tmp_path / "wrong", put_in_its_place(whole, name, content), sums=name != SUMS)
    assert words in refuses(with_a_body, tmp_path / "wrong", tmp_path / "other")


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", WRONG_DATABASES)
def test_a_file_that_is_no_database_of_ours_is_not_restored(
    with_a_body: Command, whole: Path, tmp_path: Path, kind: str
) -> None:
    """On SQLite: of PostgreSQL an archive holds a dump."""
    content, words = WRONG_DATABASES[kind]
    write(tmp_path / "wrong", put_in_its_place(whole, DATABASE, content))
    assert words in refuses(with_a_body, tmp_path / "wrong", tmp_path / "other")


@pytest.mark.parametrize("name", [DATABASE, KEY_FILE, SUMS, MANIFEST, "heads.log"])
def test_a_member_that_is_missing_is_missed(
    with_a_body: Command, whole: Path, empty_database: None, tmp_path: Path, name: str
) -> None:
    if name == DATABASE and with_a_body.engine == "postgresql":
        name = DUMP
    write(
        tmp_path / "less",
        [member for member in members_of(whole) if member[0].name != name],
        sums=False,
    )
    refuses(with_a_body, tmp_path / "less", tmp_path / "other")


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
def test_a_damaged_page_of_the_database_is_found(
    with_a_body: Command, whole: Path, tmp_path: Path
) -> None:
    """On SQLite: of PostgreSQL an archive holds a dump."""
    members = members_of(whole)
    [database] = [content for member, content in members if member.name == DATABASE]
    damaged = database[:8192] + b"\xff" * 4096 + database[12288:]
    write(tmp_path / "damaged", put_in_its_place(whole, DATABASE, damaged))
    assert "The database" in refuses(with_a_body, tmp_path / "damaged", tmp_path / "other")


def test_an_archive_of_the_version_before_is_restored_with_a_warning(
    with_a_body: Command, whole: Path, empty_database: None, tmp_path: Path
) -> None:
    old = []
    for member, content in members_of(whole):
        if member.name == MANIFEST:
            content = json.dumps(json.loads(content) | {"format": 1}).encode()
        if member.name != SUMS:
            old.append(plain(member.name, content))
    old += [
        plain("files", b"", tarfile.DIRTYPE),
        plain("files/ab/cd/.0123456789abcdef.part", b"left over"),
    ]
    write(tmp_path / "old", old, sums=False)
    done = with_a_body("restore", tmp_path / "old", instance=tmp_path / "other")
    assert done.status == 0 and "no list of SHA-256" in done.err, done.err
    assert with_a_body("verify", "--json", instance=tmp_path / "other").json["ok"] is True
    assert not list((tmp_path / "other").rglob("*.part"))


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
def test_a_trigger_in_the_archives_database_is_named(
    with_a_body: Command, whole: Path, tmp_path: Path
) -> None:
    """On SQLite: of PostgreSQL an archive holds a dump."""
    members = members_of(whole)
    [database] = [content for member, content in members if member.name == DATABASE]
    (tmp_path / "database").write_bytes(database)
    connection = sqlite3.connect(tmp_path / "database")
    connection.execute(
        "CREATE TRIGGER helps AFTER INSERT ON event BEGIN DELETE FROM item_summary; END"
    )
    connection.close()
    content = (tmp_path / "database").read_bytes()
    write(tmp_path / "helped", put_in_its_place(whole, DATABASE, content))
    done = with_a_body("restore", tmp_path / "helped", instance=tmp_path / "other")
    assert done.status == 0 and "helps" in done.err


def test_whole_or_not_at_all(
    with_a_body: Command,
    whole: Path,
    empty_database: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever fails at the end, nothing is left, and the same archive can be restored
    afterwards.
    """

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    there = tmp_path / "there"
    there.mkdir()
    for place in (tmp_path / "other", there):
        with monkeypatch.context() as patch:
            patch.setattr(restore, "_put_in_place", fails)
            assert "No space left" in refuses(with_a_body, whole, place)
    assert not list(there.iterdir())
    for place in (tmp_path / "other", there):
        done = with_a_body("restore", whole, instance=place)
        assert done.status == 0, done.err
        if with_a_body.engine == "postgresql":
            break


def test_nothing_is_lost_that_was_there(with_a_body: Command, whole: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "letters.txt").write_text("Dear all")
    refuses(with_a_body, whole, there)
    assert (there / "letters.txt").read_text() == "Dear all"


# --- flipped bits ---


def content_of(folder: Path) -> dict[str, bytes]:
    names = (KEY_FILE, "heads.log")
    content = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and (path.name in names or len(path.name) == 64)
    }
    connection = sqlite3.connect(folder / DATABASE)
    content["record"] = "\n".join(connection.iterdump()).encode()
    connection.close()
    return content


@pytest.fixture
def flipped(whole: Path, tmp_path: Path) -> Iterator[Iterator[Path]]:
    """The archive with one bit turned, again and again; the first and last bytes, and others by
    chance.
    """
    content, dice = whole.read_bytes(), random.Random(10)
    places = [
        *range(10),
        *range(len(content) - 8, len(content)),
        *(dice.randrange(len(content)) for _ in range(182)),
    ]

    def archives() -> Iterator[Path]:
        for place in places:
            turned = bytearray(content)
            turned[place] ^= 1 << dice.randrange(8)
            (tmp_path / "turned").write_bytes(turned)
            yield tmp_path / "turned"

    yield archives()


def restored_with_other_content(
    command: Command, whole: Path, flipped: Iterator[Path], tmp_path: Path
) -> tuple[int, int]:
    """How many were restored, and how many of them hold something else than the whole one."""
    assert command("restore", whole, instance=tmp_path / "right").status == 0
    right, restored, other = content_of(tmp_path / "right"), 0, 0
    for number, file in enumerate(flipped):
        target = tmp_path / f"target-{number}"
        if command("restore", file, instance=target).status == 0:
            restored += 1
            other += content_of(target) != right
        else:
            assert not target.exists()
    return restored, other


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
def test_a_flipped_bit_restores_nothing_else(
    with_a_body: Command, whole: Path, flipped: Iterator[Path], tmp_path: Path
) -> None:
    some = (file for number, file in enumerate(flipped) if number % 8 == 3)
    restored, other = restored_with_other_content(with_a_body, whole, some, tmp_path)
    assert other == 0 and restored < 10


@pytest.mark.soak
@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
def test_200_flipped_bits_restore_nothing_else(
    with_a_body: Command, whole: Path, flipped: Iterator[Path], tmp_path: Path
) -> None:
    _restored, other = restored_with_other_content(with_a_body, whole, flipped, tmp_path)
    assert other == 0


def test_a_flipped_bit_inside_is_found_by_the_list_of_sums(
    with_a_body: Command, whole: Path, empty_database: None, tmp_path: Path
) -> None:
    """Where gzip's own sum fits again, as after a repair."""
    content = bytearray(gzip.decompress(whole.read_bytes()))
    place = content.index(b"evidence")
    content[place] ^= 1
    (tmp_path / "repaired").write_bytes(gzip.compress(bytes(content)))
    assert "own list of SHA-256" in refuses(with_a_body, tmp_path / "repaired", tmp_path / "other")


@pytest.mark.parametrize("left", [0.1, 0.5, 0.9, 0.999])
def test_an_archive_that_was_cut_is_none(
    with_a_body: Command, whole: Path, empty_database: None, tmp_path: Path, left: float
) -> None:
    content = whole.read_bytes()
    (tmp_path / "cut").write_bytes(content[: int(len(content) * left)])
    refuses(with_a_body, tmp_path / "cut", tmp_path / "other")


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
def test_a_backup_that_is_made_while_others_write_is_consistent(
    with_a_body: Command, tmp_path: Path
) -> None:
    """On SQLite: PostgreSQL's own pg_dump reads one moment."""
    from tracker.acts import bodies
    from tracker.application import open_instance
    from tracker.cli import opened

    begun, ended = threading.Event(), threading.Event()

    def writes() -> None:
        with open_instance(with_a_body.instance):
            begun.set()
            number = 0
            while not ended.is_set():
                number += 1
                bodies.add_unit(opened.context_for(opened.body_of("union")), f"Unit {number}")
                store.keep(with_a_body.instance / "files", f"file {number}".encode())
                opened.session().commit()

    writer = threading.Thread(target=writes)
    writer.start()
    # two applications are not made at the same time in one process: Python's parser has one stack
    begun.wait(60)
    try:
        backups = [tmp_path / f"backup-{number}" for number in range(3)]
        for file in backups:
            assert with_a_body("backup", file).status == 0
    finally:
        ended.set()
        writer.join()
    counts = []
    for number, file in enumerate(backups):
        assert with_a_body("restore", file, instance=tmp_path / f"restored-{number}").status == 0
        proof = with_a_body("verify", "--json", instance=tmp_path / f"restored-{number}").json
        assert proof["ok"], proof["problems"]
        counts.append(proof["events"])
    assert counts == sorted(counts)
