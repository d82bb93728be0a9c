"""A disk that is full, files that may not be written, a database that is gone.

Said as what it is, on pages and by the command; what was committed is named.
"""

from __future__ import annotations

import errno
import io
import sqlite3
from typing import Any, NoReturn

import pytest
import sqlalchemy as sa

from tests.factories.staffed_union import ITEM, Union
from tracker.engine import READING
from tracker.extensions import db
from tracker.files import store
from tracker.jobs import queue
from tracker.jobs.table import Job
from tracker.record.progress import Entry
from tracker.storage import StorageTrouble, trouble_of


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


@pytest.mark.slow
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("PRAGMA query_only = ON", "may not write"),
        ("PRAGMA max_page_count = 1", "disk of the server is full"),
    ],
)
def test_a_database_that_takes_nothing(union: Union, setting: str, sentence: str) -> None:
    limited(union, setting)
    words = "a" * 15_000  # more than the pages that are there have room for
    answer = union.log("dana", 4, words=words)
    assert (
        answer.status_code == 503
        and sentence in answer.text
        and "Nothing of this was recorded" in answer.text
        and "fault is ours" not in answer.text
    )
    assert union.client(None).get("/union/2026/nbi-4").status_code == 200
    with union.app.app_context(), db.engine.connect().execution_options(**READING) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(Entry)) == 0


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


def test_a_report_that_was_asked_for_is_named_though_nobody_could_be_told(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "open_queue", full)
    walter = union.client("walter")
    answer = walter.post("/office/union/2026/report", data={"form": "short"})
    assert answer.status_code == 303
    with union.session() as session:
        number = session.scalar(sa.select(sa.func.max(Job.id)))
    assert f"Report {number} is asked for" in walter.get("/office/union/2026/report").text


def test_a_fault_that_is_ours_is_still_said_as_ours(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tracker.work.item.find_item",
        lambda *_: (_ for _ in ()).throw(FileNotFoundError(errno.ENOENT, "gone")),
    )
    answer = union.client("dana").get(ITEM.format(4))
    assert answer.status_code == 500 and "fault is ours" in answer.text
