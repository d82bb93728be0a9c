"""A disk that is full, files that may not be written, a database that is gone or held for long.

Said as what it is, on pages and by the command; what was committed is named.
"""

from __future__ import annotations

import errno
import io
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import flask
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.conftest import ENGINES
from tests.factories.staffed_union import ITEM, Union, hidden_field
from tracker import engine as engine_room
from tracker import errors
from tracker.acts import bodies
from tracker.engine import READING, LongActRunning, long_act
from tracker.extensions import db
from tracker.files import store
from tracker.jobs import queue
from tracker.jobs.table import Job
from tracker.record.progress import Entry
from tracker.storage import StorageTrouble, trouble_of

needs_postgresql = pytest.mark.skipif("postgresql" not in ENGINES, reason="not asked for")


class Psycopg(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


def wrapped(orig: Exception) -> sa.exc.OperationalError:
    return sa.exc.OperationalError("INSERT", {"words": "secret"}, orig)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(errno.ENOSPC, "full"), StorageTrouble.DISK_FULL),
        (OSError(errno.EDQUOT, "quota"), StorageTrouble.DISK_FULL),
        (OSError(errno.EROFS, "ro"), StorageTrouble.READ_ONLY),
        (FileNotFoundError(errno.ENOENT, "gone"), None),
        (ValueError("x"), None),
        (
            wrapped(sqlite3.OperationalError("attempt to write a readonly database")),
            StorageTrouble.READ_ONLY,
        ),
        (wrapped(sqlite3.OperationalError("database or disk is full")), StorageTrouble.DISK_FULL),
        (sqlite3.OperationalError("database or disk is full"), StorageTrouble.DISK_FULL),
        (
            wrapped(sqlite3.OperationalError("unable to open database file")),
            StorageTrouble.UNREACHABLE,
        ),
        (wrapped(sqlite3.OperationalError("no such table: x")), None),
        (wrapped(Psycopg("53100")), StorageTrouble.DISK_FULL),
        (wrapped(Psycopg("25006")), StorageTrouble.READ_ONLY),
        (wrapped(Psycopg("57P03")), StorageTrouble.UNREACHABLE),
        (wrapped(Psycopg("53300")), StorageTrouble.UNREACHABLE),
        (wrapped(Psycopg("55P03")), StorageTrouble.BUSY),
        (wrapped(sqlite3.OperationalError("database is locked")), StorageTrouble.BUSY),
        (LongActRunning(datetime(2026, 11, 30, tzinfo=UTC)), StorageTrouble.BUSY),
        (wrapped(Psycopg("23505")), None),
    ],
)
def test_the_trouble_that_an_error_means(error: Exception, trouble: StorageTrouble | None) -> None:
    assert trouble_of(error) is trouble


def limited(union: Union, words: str) -> None:
    """From now on each connection to the database has that setting."""
    with union.app.app_context():
        db.engine.dispose()

        @sa.event.listens_for(db.engine, "connect")
        def _limit(connection: Any, _record: Any) -> None:
            connection.execute(words)
            connection.commit()


FULL_DISK = (
    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100'', MESSAGE = ''no space''; END'",
    "CREATE TRIGGER full_disk BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION full_disk()",
)


def refused(answer: TestResponse, sentence: str) -> None:
    """The page says what is wrong, what was kept, what to do and whom to ask."""
    assert answer.status_code == 503, answer.status
    for words in (
        sentence,
        "Nothing of this was recorded",
        "What to do",
        "Whom to ask",
        "fault is ours",
    ):
        assert (words in answer.text) == (words != "fault is ours"), words


def entries(union: Union) -> int:
    with union.app.app_context(), db.engine.connect().execution_options(**READING) as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(Entry)) or 0


@pytest.mark.slow
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_full_disk_under_sqlite(union: Union) -> None:
    limited(union, "PRAGMA max_page_count = 1")
    words = "a" * 15_000  # more than the pages that are there have room for
    refused(union.log("dana", 4, words=words), "disk of the server is full")
    assert union.client(None).get("/union/2026/nbi-4").status_code == 200
    assert entries(union) == 0


@pytest.mark.slow
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_database_file_that_may_only_be_read(union: Union) -> None:
    with union.app.app_context():
        db.engine.dispose()
        file = db.engine.url.database

        @sa.event.listens_for(db.engine, "do_connect")
        def _only_read(*_: object) -> sqlite3.Connection:
            return sqlite3.connect(f"file:{file}?mode=ro", uri=True, check_same_thread=False)

    refused(union.log("dana", 4, words="A word."), "may not write")
    assert union.client("dana").get("/my-work").status_code == 200
    assert union.client(None).get("/union/2026/nbi-4").status_code == 200
    assert entries(union) == 0


@needs_postgresql
@pytest.mark.slow
@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_full_disk_under_postgresql(union: Union) -> None:
    with union.app.app_context(), db.engine.begin() as connection:
        for statement in FULL_DISK:
            connection.exec_driver_sql(statement)
    refused(union.log("dana", 4, words="A word."), "disk of the server is full")
    assert union.client("dana").get("/my-work").status_code == 200
    assert entries(union) == 0


@needs_postgresql
@pytest.mark.slow
@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_postgresql_that_may_only_be_read(union: Union) -> None:
    limited(union, "SET default_transaction_read_only = on")
    refused(union.log("dana", 4, words="A word."), "may not write")
    assert union.client("dana").get("/my-work").status_code == 200
    assert entries(union) == 0


# --- somebody else writes for long ---


@contextmanager
def writing_for_long(app: Flask) -> Iterator[None]:
    """As an import does: its transaction holds the lock of the body, and is announced."""
    with app.app_context():
        engine = db.engine
    with long_act(engine), Session(engine) as session:
        session.execute(sa.text("UPDATE head SET recorded_at = recorded_at"))
        yield
        session.rollback()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_room, "PATIENCE", 0.05)


def test_what_is_sent_while_a_list_is_imported_can_be_sent_again(
    union: Union, impatient: None
) -> None:
    dana = union.client("dana")
    with writing_for_long(union.app):
        answer = union.log("dana", 4, words="We met & talked.")
        refused(answer, "as when a list is imported")
        assert dana.get(ITEM.format(4)).status_code == 200, "reading works"
        assert "<p>We met &amp; talked.</p>" in answer.text
        assert hidden_field(answer.text, "words") == "We met &amp; talked."
    assert 'action="/my-work/union/2026/nbi-4/log"' in answer.text
    assert entries(union) == 0


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_it_says_since_when_in_the_zone_of_the_body(union: Union, impatient: None) -> None:
    with union.context() as at:
        bodies.set_setting(at, "time_zone", "Asia/Tokyo")
    since = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
    with writing_for_long(union.app), union.app.app_context():
        file = Path(f"{db.engine.url.database}.long-act")
        os.utime(file, (since.timestamp(), since.timestamp()))
        answer = union.log("dana", 4, words="A word.")
    assert "is imported, since 6:05 PM." in answer.text.replace("\u202f", " ")


def test_a_password_is_never_repeated_on_a_page(union: Union, impatient: None) -> None:
    secret = "a password, and its words"
    with writing_for_long(union.app):
        answer = union.client(None).post(
            "/sign-in", data={"email": "dana@example.org", "password": secret}
        )
        own = union.client("dana").post("/account/password", data={"current": secret})
    for page in (answer, own):
        assert secret not in page.text


def test_files_are_chosen_again(union: Union, impatient: None) -> None:
    with writing_for_long(union.app):
        answer = union.log("dana", 4, files=[(io.BytesIO(b"%PDF-1.7"), "a.pdf")])
    assert answer.status_code == 503 and "Send it again</button>" not in answer.text


def test_what_no_page_of_ours_has_sent_is_not_repeated(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"path": ITEM.format(4) + "/log", "method": "POST", "data": {"words": "From elsewhere."}}
    for checked in (False, True):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", checked)
        with app.test_request_context(**sent):
            flask.session["_user_id"] = "somebody"
            assert (errors._sent_form() is None) == checked


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_database_that_is_gone_has_a_page_all_the_same(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    with union.app.app_context():
        db.engine.dispose()

        @sa.event.listens_for(db.engine, "do_connect")
        def _gone(*_: object) -> NoReturn:
            raise sqlite3.OperationalError("unable to open database file")

    answer = union.client(None).get("/union/2026/nbi-4")
    assert answer.status_code == 503
    assert "<h1>The database does not answer</h1>" in answer.text
    assert "All that is on record is untouched." in answer.text and "base" in answer.text


def full(*_: object, **__: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device", "files")


def test_a_file_for_which_there_is_no_room(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "keep", full)
    answer = union.log("dana", 4, files=[(io.BytesIO(b"%PDF-1.7"), "a.pdf")])
    assert (
        answer.status_code == 503
        and "disk of the server is full" in answer.text
        and union.count(Entry) == 0
    )


REPORT = {"report": "short", "convention": "2026", "reading": "known", "says": "edition"}
REPORT |= {"paper": "letter", "size": "usual"}


def test_a_report_that_was_asked_for_is_named_though_nobody_could_be_told(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "open_queue", full)
    walter = union.client("walter")
    answer = walter.post("/office/union/reports", data=REPORT)
    assert answer.status_code == 303
    with union.session() as session:
        number = session.scalar(sa.select(sa.func.max(Job.id)))
    assert f"Report {number} is asked for" in walter.get("/office/union/reports").text


def test_a_fault_that_is_ours_is_still_said_as_ours(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tracker.work.item.find_item",
        lambda *_: (_ for _ in ()).throw(FileNotFoundError(errno.ENOENT, "gone")),
    )
    answer = union.client("dana").get(ITEM.format(4))
    assert answer.status_code == 500 and "fault is ours" in answer.text
