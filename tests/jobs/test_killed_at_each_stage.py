"""A worker process that is killed at a stage of a report: the next one makes it, once and right.

What kills it is in the process itself, so that each stage is met, however short.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.conftest import fresh_url
from tests.factories import recorded_union
from tracker import create_app
from tracker.clock import now
from tracker.config import KEY_FILE, Settings, read
from tracker.extensions import db
from tracker.jobs.table import Job, JobState
from tracker.record import ledger
from tracker.record.items import Item
from tracker.record.report_drafts import ReportDraft
from tracker.reports.making import drafts
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest

pytestmark = pytest.mark.slow

AT_A_NOTE = """
import os, signal, sys
from tracker.jobs.worker import Worker
noted = Worker._progress
def note(self, job_id, stage, done=None, of=None):
    noted(self, job_id, stage, done, of)
    if stage == {stage!r}:
        os.kill(os.getpid(), signal.SIGKILL)
Worker._progress = note
"""
BEFORE_THE_END = """
import os, signal, sys
from tracker.reports.making.collected_draft import CollectedDraft
def store(self, session, pages, at):
    os.kill(os.getpid(), signal.SIGKILL)
CollectedDraft.store = store
"""
KILLERS = {
    **{
        stage: AT_A_NOTE.format(stage=stage)
        for stage in ("collect", "template", "layout", "archive", "write")
    },
    "its file is in its place, and nothing is stored": BEFORE_THE_END,
}
RUN = "from tracker.worker import main\nsys.exit(main(['--instance', {folder!r}]))\n"
WITHIN = 30  # seconds until the next worker has taken it up
LONGEST = 120  # seconds until it is made, on a machine that does other work

CASES = [
    pytest.param(
        engine,
        stage,
        marks=[] if (engine, stage) == ("sqlite", list(KILLERS)[-1]) else [pytest.mark.soak],
        id=f"{engine}: {stage}",
    )
    for engine in ("sqlite", "postgresql")
    for stage in KILLERS
]


@dataclass
class Served:
    app: Flask
    settings: Settings
    body: int
    request: ReportRequest
    environment: dict[str, str]

    def worker(self, killer: str = "import sys\n") -> subprocess.Popen[bytes]:
        script = killer + RUN.format(folder=str(self.settings.instance))
        root = Path(__file__).parents[2]
        return subprocess.Popen([sys.executable, "-c", script], cwd=root, env=self.environment)

    def job(self, job_id: int) -> Job:
        with Session(db.engine) as session:
            return session.get_one(Job, job_id)


@pytest.fixture
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    engine = request.getfixturevalue("engine_name")
    folder = tmp_path_factory.mktemp("instance")
    (folder / KEY_FILE).write_text("a key of the tests, long enough to be one")
    url = {"TRACKER_DATABASE_URL": fresh_url(engine, request, tmp_path_factory)}
    settings = read(folder, url)
    app = create_app(settings)
    with app.app_context():
        db.create_all()
        with Session(db.engine) as session:
            ledger.begin(session)
            union, convention = recorded_union.running_union(session)
            session.commit()
            item_id = session.scalars(sa.select(Item.id).order_by(Item.id)).first()
            wanted = ReportRequest(
                kind=ReportKind.ITEM, convention_ids=(convention.id,), item_id=item_id
            )
            body_id = union.context.body_id
        yield Served(app, settings, body_id, wanted, {**os.environ, **url})
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(("engine_name", "stage"), CASES)
def test_it_is_made_once_and_right(served: Served, engine_name: str, stage: str) -> None:
    with Session(db.engine) as session:
        job_id = drafts.ask(
            session, served.settings, served.request, served.body, 0, now(served.app)
        ).job_id
        session.commit()
    first = served.worker(KILLERS[stage])
    assert first.wait(120) == -9, "it was not killed"
    assert served.job(job_id).state is JobState.RUNNING
    begun = time.monotonic()
    second = served.worker()
    try:
        taken_up_after = None
        while not (job := served.job(job_id)).over:
            seconds = time.monotonic() - begun
            if taken_up_after is None and job.attempts == 2:
                taken_up_after = seconds
            assert seconds < LONGEST, "it took too long"
            time.sleep(0.1)
    finally:
        second.kill()
        second.wait()
    assert (job.state, job.attempts, job.error) == (JobState.DONE, 2, None)
    assert list(served.settings.reports.iterdir()) == [served.settings.instance / str(job.result)]
    with Session(db.engine) as session:
        draft = session.scalars(sa.select(ReportDraft)).one()
        assert draft.job_id == job_id
        pages = draft.pages
    assert len(PdfReader(served.settings.instance / str(job.result)).pages) == pages
    assert taken_up_after is not None and taken_up_after < WITHIN
