"""A job is held by one worker, done once, and taken up again when its worker is gone."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.record.player import Player
from tracker.jobs import table
from tracker.jobs.table import Job, JobState

NOW = datetime(2025, 3, 31, 12, tzinfo=UTC)
LATER = NOW + table.LEASE + timedelta(seconds=1)


@pytest.fixture
def job(session: Session) -> Iterator[int]:
    body = Player.begin(session).context.body_id
    made = table.ask_for(session, "report", {"convention": 1}, body, 0, NOW).id
    session.commit()
    yield made
    session.execute(sa.delete(Job))
    session.commit()


def state(session: Session, job: int) -> JobState:
    session.expire_all()
    return session.get_one(Job, job).state


def test_one_worker_holds_it(session: Session, job: int) -> None:
    assert table.left_behind(session, NOW) == [job]
    assert table.take(session, job, "one", NOW)
    assert not table.take(session, job, "two", NOW)
    assert table.left_behind(session, NOW) == [] and table.workers(session) == ["one"]
    assert table.progress(session, job, "one", NOW, "layout", 3, 9)
    assert not table.progress(session, job, "two", NOW, "layout", 4, 9)
    assert table.finish(session, job, "one", NOW, "reports/1.pdf")
    assert state(session, job) is JobState.DONE and not table.take(session, job, "two", LATER)
    assert session.get_one(Job, job).result == "reports/1.pdf" and session.get_one(
        Job, job
    ).decoded_arguments == {"convention": 1}


def test_what_a_killed_worker_left_is_done_once(session: Session, job: int) -> None:
    table.take(session, job, "killed", NOW)
    assert table.left_behind(session, NOW + timedelta(seconds=20)) == []
    assert table.left_behind(session, LATER) == [job]
    assert table.take(session, job, "second", LATER)
    # it was only slow: what it made is not the job's
    assert not table.finish(session, job, "killed", LATER, "too late")
    assert not table.beat(session, job, "killed", LATER)
    assert table.finish(session, job, "second", LATER, "reports/1.pdf")
    assert session.get_one(Job, job).result == "reports/1.pdf"


def test_a_heartbeat_keeps_it(session: Session, job: int) -> None:
    table.take(session, job, "slow", NOW)
    assert table.beat(session, job, "slow", NOW + timedelta(seconds=25))
    assert not table.take(session, job, "other", LATER)


def test_a_job_that_ends_its_workers_is_given_up(session: Session, job: int) -> None:
    at = NOW
    for turn in range(table.ATTEMPTS):
        assert table.take(session, job, f"worker {turn}", at)
        at += table.LEASE + timedelta(seconds=1)
    assert not table.take(session, job, "one more", at)
    assert table.left_behind(session, at) == []
    assert (
        state(session, job) is JobState.FAILED and session.get_one(Job, job).error == "worker-lost"
    )


def test_told_to_stop_it_gives_back_and_loses_no_attempt(session: Session, job: int) -> None:
    table.take(session, job, "stopped", NOW)
    assert table.give_back(session, "stopped")
    assert state(session, job) is JobState.QUEUED and session.get_one(Job, job).attempts == 0
    table.take(session, job, "killed", NOW)
    assert table.abandon(session, "killed")
    assert table.left_behind(session, NOW) == [job] and session.get_one(Job, job).attempts == 1


def ask_once(session: Session, body: int, key: str = "k", kind: str = "report") -> tuple[Job, bool]:
    return table.ask_once(session, kind, {"convention": 1}, body, 0, NOW, request_key=key)


def test_the_same_request_is_one_job_while_it_is_not_over(session: Session, job: int) -> None:
    body = session.get_one(Job, job).body_id
    one, is_new = ask_once(session, body)
    assert is_new and ask_once(session, body) == (one, False)
    assert ask_once(session, body, "other")[1] and ask_once(session, body, kind="sheet")[1]
    session.commit()
    table.take(session, one.id, "one", NOW)
    assert ask_once(session, body) == (one, False), "while it is being done"
    table.finish(session, one.id, "one", NOW, None)
    again, is_new = ask_once(session, body)
    assert is_new and again.id != one.id
    session.commit()


def test_two_who_ask_at_the_same_moment_have_one_job(
    session: Session, job: int, engine: sa.Engine
) -> None:
    body = session.get_one(Job, job).body_id
    session.rollback()

    def ask(_number: int) -> int:
        with Session(engine) as own:
            asked_job, _is_new = ask_once(own, body, "together")
            own.commit()
            return asked_job.id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(ask, range(8)))) == 1


@pytest.mark.parametrize("is_running", [False, True])
def test_a_cancelled_job_is_nobodys(session: Session, job: int, is_running: bool) -> None:
    if is_running:
        table.take(session, job, "one", NOW)
    assert table.cancel(session, job, NOW)
    session.commit()
    assert state(session, job) is JobState.CANCELLED and session.get_one(Job, job).over
    assert not table.progress(session, job, "one", NOW, "layout", 1, 2)
    kept: list[Session] = []
    assert not table.finish(session, job, "one", NOW, "reports/1.pdf", kept.append) and not kept
    assert not table.take(session, job, "two", LATER) and table.left_behind(session, LATER) == []
    assert not table.cancel(session, job, LATER), "it is over"
    session.commit()


def test_what_is_done_is_not_cancelled(session: Session, job: int) -> None:
    table.take(session, job, "one", NOW)
    kept: list[Session] = []
    table.finish(session, job, "one", NOW, "reports/1.pdf", kept.append)
    assert kept == [session] and not table.cancel(session, job, NOW)
    assert state(session, job) is JobState.DONE


def test_what_cannot_be_kept_is_not_done(session: Session, job: int) -> None:
    def fails(_session: Session) -> None:
        raise OSError("the disk is full")

    table.take(session, job, "one", NOW)
    with pytest.raises(OSError, match="full"):
        table.finish(session, job, "one", NOW, "reports/1.pdf", fails)
    session.rollback()
    assert state(session, job) is JobState.RUNNING
