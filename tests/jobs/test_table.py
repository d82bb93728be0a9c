"""A job is held by one worker, done once, and taken up again when its worker is gone."""

from __future__ import annotations

from collections.abc import Iterator
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
