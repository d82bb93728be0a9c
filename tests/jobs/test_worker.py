"""The worker process on a real report.

Asked for on the page's way, made once, and made all the same when the worker is killed in the
middle.
"""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tracker import create_app, security_log
from tracker.clock import now as clock
from tracker.config import KEY_FILE, Settings, read
from tracker.extensions import db
from tracker.jobs import queue, table
from tracker.jobs.heartbeat import worker_state
from tracker.jobs.table import Job, JobState
from tracker.jobs.worker import is_gone, make_worker_name
from tracker.record import ledger
from tracker.reports.making import tasks
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.worker import make_worker

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def instance(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Flask, Settings, int, int]]:
    folder = tmp_path_factory.mktemp("instance")
    (folder / KEY_FILE).write_text("a key of the tests, long enough to be one")
    settings = read(folder, {})
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        with Session(db.engine) as session:
            ledger.begin(session)
            union, convention = recorded_union.running_union(session)
            session.commit()
            yield app, settings, union.context.body_id, convention.id
        db.engine.dispose()


def ask(
    body_id: int, convention_id: int, form: ReportKind = ReportKind.FULL, item_id: int | None = None
) -> int:
    request = ReportRequest(kind=form, convention_ids=(convention_id,), item_id=item_id)
    with Session(db.engine) as session:
        job = table.ask_for(
            session,
            tasks.KIND,
            tasks.job_arguments(request),
            body_id,
            0,
            recorded_union.NOW,
        ).id
        session.commit()
        return job


def look(job: int) -> Job:
    with Session(db.engine) as session:
        row = session.get_one(Job, job)
        session.expunge(row)
        return row


def wait(holds: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.02)


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker.worker", "--instance", str(folder)],
        cwd=Path(__file__).parents[2],
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def made(settings: Settings, job: int) -> list[Path]:
    return sorted(settings.reports.glob(f"{job}-*"))


def test_a_killed_workers_report_is_made_all_the_same_once(
    instance: tuple[Flask, Settings, int, int],
) -> None:
    _, settings, body_id, convention_id = instance
    assert worker_state(settings, clock()).is_down
    # nobody was told: the sweep at the start of the worker finds it
    job = ask(body_id, convention_id)
    with running(settings.instance) as first:
        wait(lambda: look(job).stage == "layout")
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert look(job).state is JobState.RUNNING
    assert not worker_state(settings, clock()).is_down, "it was seen a moment ago"
    with running(settings.instance) as second:
        wait(lambda: look(job).over)
        again = ask(body_id, convention_id, ReportKind.SHORT)
        queue.wake(settings, again, again, job)  # told twice, and of one that is over
        wait(lambda: look(again).over)
        second.send_signal(signal.SIGTERM)
        second.wait(20)
    done = look(job)
    assert (done.state, done.attempts, done.error) == (JobState.DONE, 2, None) and done.result
    assert (
        made(settings, job) == [settings.instance / done.result]
        and len(PdfReader(settings.instance / done.result).pages) > 8
    )
    assert (look(again).state, look(again).attempts) == (JobState.DONE, 1) and len(
        made(settings, again)
    ) == 1


def test_what_goes_wrong_has_a_reference(
    instance: tuple[Flask, Settings, int, int], caplog: pytest.LogCaptureFixture
) -> None:
    app, settings, body_id, convention_id = instance
    job = ask(body_id, convention_id, ReportKind.ITEM, item_id=0)
    make_worker(app).perform(job)
    assert (
        look(job).state is JobState.FAILED
        and look(job).error
        and look(job).error in caplog.text
        and made(settings, job) == []
    )


def test_what_was_taken_over_is_left_alone(
    instance: tuple[Flask, Settings, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that was only slow stops at its next note; what it had begun is not the job's."""
    app, settings, body_id, convention_id = instance
    job = ask(body_id, convention_id)
    slow = make_worker(app)

    def note(stage: str, done: int | None = None, of: int | None = None) -> None:
        with Session(db.engine) as session:
            table.abandon(session, slow.name)
            table.take(session, job, "another", table_now())
        slow._progress(job, stage, done, of)

    def table_now() -> object:
        return recorded_union.NOW

    monkeypatch.setattr(tasks, "perform", lambda request, job_id, progress: note("layout"))
    slow.perform(job)
    assert (
        look(job).state is JobState.RUNNING
        and look(job).worker == "another"
        and made(settings, job) == []
    )
    with Session(db.engine) as session:
        table.fail(session, job, "another", recorded_union.NOW, "x")


def test_a_security_log_that_cannot_be_tidied_ends_no_worker(
    instance: tuple[Flask, Settings, int, int],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(security_log, "prune", full)
    make_worker(instance[0]).tidy()
    assert "the security log cannot be tidied" in caplog.text


def test_a_worker_that_has_ended_is_known_at_once() -> None:
    own = make_worker_name()
    assert not is_gone(own) and not is_gone("elsewhere:1:ab") and not is_gone("nonsense")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert is_gone(own.replace(f":{os.getpid()}:", f":{ended.pid}:"))
