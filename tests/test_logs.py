"""What the log holds when something goes wrong.

Where and what, and no word, parameter, token or password of anybody.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import structlog

from tests.factories.staffed_union import ITEM, Union
from tracker import logs
from tracker.extensions import db

MARKER = "Zanzibar-marker-7731"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What would stand on standard error."""
    out = io.StringIO()
    before, level = logging.getLogger().handlers[:], logging.getLogger().level
    monkeypatch.setattr(sys, "stderr", out)
    logs.configure(logging.DEBUG)
    yield out
    logging.getLogger().handlers[:] = before
    logging.getLogger().setLevel(level)
    structlog.reset_defaults()


def raises_with(words: str) -> None:
    try:
        raise KeyError(words)
    except KeyError as first:
        raise ValueError(f"no number: {words}") from first


def test_a_fault_is_logged_without_what_was_written(
    union: Union, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.work.entries.progress.log", lambda *_, **__: raises_with(MARKER))
    answer = union.log("dana", 4, words=MARKER)
    assert answer.status_code == 500
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    fault = next(line for line in lines if line["event"] == "fault")
    assert (
        fault["reference"] in answer.text
        and "raises_with" in fault["exception"]
        and "builtins.ValueError" in fault["exception"]
    )
    assert "builtins.KeyError" in fault["exception"] and MARKER not in written.getvalue()


def test_a_refusal_of_the_database_is_logged_without_its_row(
    union: Union, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        db.session.execute(
            sa.text("INSERT INTO text (digest, words) VALUES (:digest, :words)"),
            {"digest": "same", "words": MARKER},
        )
        db.session.execute(
            sa.text("INSERT INTO text (digest, words) VALUES (:digest, :words)"),
            {"digest": "same", "words": MARKER},
        )

    monkeypatch.setattr("tracker.work.entries.progress.log", refused)
    assert union.log("dana", 4, words=MARKER).status_code == 500
    log = written.getvalue()
    assert "IntegrityError" in log and MARKER not in log
    with union.app.app_context(), pytest.raises(sa.exc.StatementError) as wrong:
        refused()
    assert MARKER not in str(wrong.value)


def test_no_token_and_no_password_is_logged(
    union: Union, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "tracker.accounts.views.user_accounts.find_link_user", lambda *_: raises_with(MARKER)
    )
    assert union.client(None).get(f"/account/password/{MARKER}").status_code == 500
    monkeypatch.setattr("tracker.accounts.views._authenticate", lambda *_: raises_with(MARKER))
    assert (
        union.client(None)
        .post("/sign-in", data={"email": f"{MARKER}@example.org", "password": MARKER})
        .status_code
        == 500
    )
    log = written.getvalue()
    assert log.count('"fault"') == 2 and MARKER not in log and "/account/password/<token>" in log


def test_lines_of_the_server_go_without_the_address(written: io.StringIO) -> None:
    from tracker.installation.web_server import _without_address

    logger = logging.getLogger("waitress")
    logger.addFilter(_without_address)
    try:
        logger.info(f"Client disconnected while serving /account/password/{MARKER}")
        logger.warning("something else")
    finally:
        logger.removeFilter(_without_address)
    assert (
        MARKER not in written.getvalue()
        and "Client disconnected" in written.getvalue()
        and "something else" in written.getvalue()
    )


def test_what_a_database_says_of_its_files_is_told(written: io.StringIO) -> None:
    import sqlite3

    try:
        raise sa.exc.OperationalError(
            "INSERT",
            {"words": MARKER},
            sqlite3.OperationalError("attempt to write a readonly database"),
        )
    except sa.exc.OperationalError:
        logging.getLogger("tracker").exception("trouble")
    assert (
        "attempt to write a readonly database" in written.getvalue()
        and MARKER not in written.getvalue()
    )


def test_whoever_reads_a_form_never_meets_its_words_in_the_log(
    union: Union, written: io.StringIO
) -> None:
    """The ordinary day: an entry written, refused, released and read leaves no word of it."""
    assert union.log("dana", 4, words=MARKER, on="no day at all").status_code == 422
    assert union.log("dana", 4, words=MARKER).status_code == 303
    assert (
        union.decide("ray", union.entry(4), "return", entries__0__reason=MARKER).status_code == 303
    )
    assert (
        union.client("joy")
        .post(ITEM.format(4) + "/log", data=union.form(4, words=MARKER))
        .status_code
        == 403
    )
    assert MARKER not in written.getvalue()
