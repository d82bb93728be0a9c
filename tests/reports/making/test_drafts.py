"""Drafts of reports: one for the same request, frozen at an event, deleted after their time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import ENGINES, fresh_url
from tests.factories import recorded_union
from tests.factories.application import new_application
from tracker.acts import conventions
from tracker.acts.act_context import for_body
from tracker.config import Settings
from tracker.extensions import db
from tracker.jobs import table
from tracker.jobs.table import Job, JobState
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.record.ledger_tables import Event
from tracker.record.report_drafts import ReportDraft
from tracker.reports.collecting import collect
from tracker.reports.making import drafts, tasks
from tracker.reports.models import Report, ReportKind
from tracker.reports.printing import render
from tracker.reports.printing.render import RenderedReport
from tracker.reports.requests import ReportRequest
from tracker.rules.permissions import COMMAND_LINE
from tracker.worker import make_worker

NOW = recorded_union.NOW


@dataclass
class Office:
    """An instance with the small union, whose reports are laid out in no time."""

    app: Flask
    settings: Settings
    body: int
    convention: int

    @property
    def request(self) -> ReportRequest:
        return ReportRequest(kind=ReportKind.SHORT, convention_ids=(self.convention,))

    def ask(self, request: ReportRequest | None = None) -> drafts.AskedReport:
        with Session(db.engine) as session:
            asked = drafts.ask(session, self.settings, request or self.request, self.body, 7, NOW)
            session.commit()
            return asked

    def make(self, request: ReportRequest | None = None) -> int:
        job_id = self.ask(request).job_id
        make_worker(self.app).perform(job_id)
        return job_id

    def draft(self, job_id: int) -> ReportDraft | None:
        with Session(db.engine) as session:
            return session.get(ReportDraft, job_id)

    def job(self, job_id: int) -> Job | None:
        with Session(db.engine) as session:
            return session.get(Job, job_id)

    def record_something(self) -> None:
        with Session(db.engine) as session:
            context = for_body(session, self.body, COMMAND_LINE, NOW)
            conventions.rename(
                context, session.get_one(Convention, self.convention), "Another name", None
            )
            session.commit()

    def tidy(self, at: datetime) -> None:
        with Session(db.engine) as session:
            drafts.tidy(session, self.settings, at)
            session.commit()

    @property
    def files(self) -> list[Path]:
        return sorted(self.settings.reports.glob("*"))


@pytest.fixture(params=ENGINES)
def office(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("drafts")
    app = new_application(folder, fresh_url(request.param, request, tmp_path_factory))
    app.config["CLOCK"] = lambda: NOW

    def write(report: Report, target: Path, progress: tasks.Progress) -> RenderedReport:
        progress("layout", 1, 2)
        target.write_bytes(b"%PDF")
        return RenderedReport(pages=3)

    monkeypatch.setattr(render, "write", write)
    with app.app_context():
        db.create_all()
        with Session(db.engine) as session:
            ledger.begin(session)
            union, convention = recorded_union.running_union(session)
            session.commit()
            body_id, convention_id = union.context.body_id, convention.id
        yield Office(app, app.config["SETTINGS"], body_id, convention_id)
        db.session.remove()
        db.engine.dispose()


def test_a_draft_keeps_the_event_at_which_it_is_frozen(office: Office) -> None:
    job_id = office.make()
    draft = office.draft(job_id)
    assert draft is not None
    with Session(db.engine) as session:
        head = session.scalars(
            sa.select(Event).order_by(Event.id.desc()).where(Event.id < (office.body + 1) * 10**10)
        ).first()
        assert head is not None
        assert (draft.up_to, draft.newest_event, draft.head_hash) == (head.id, head.id, head.hash)
    assert ReportRequest.from_arguments(json.loads(draft.request)) == office.request
    assert (draft.request_key, draft.made_by) == (office.request.key, 7)
    assert (draft.convention_id, draft.pages) == (office.convention, 3)
    assert len(draft.data_sha256) == 64 and "What became of the items" in draft.title
    assert draft.kept_until - draft.made_at == timedelta(days=30)
    job = office.job(job_id)
    assert job is not None and job.state is JobState.DONE
    assert office.files == [office.settings.instance / str(job.result)]


def test_the_same_request_twice_is_one_job(office: Office) -> None:
    first = office.ask()
    assert first.is_new and office.ask() == replace(first, is_new=False), "it waits"
    make_worker(office.app).perform(first.job_id)
    assert office.ask() == replace(first, is_new=False), "nothing was recorded since"
    other = replace(office.request, large=True)
    assert office.ask(other).job_id != first.job_id
    office.record_something()
    again = office.ask()
    assert again.is_new and again.job_id != first.job_id


def test_a_draft_without_its_file_is_made_anew(office: Office) -> None:
    job_id = office.make()
    office.files[0].unlink()
    assert office.ask().job_id != job_id


def test_a_draft_of_an_earlier_day_is_not_todays(office: Office) -> None:
    job_id = office.make()
    with Session(db.engine) as session:
        tomorrow = NOW + timedelta(days=1)
        asked = drafts.ask(session, office.settings, office.request, office.body, 7, tomorrow)
        assert asked.is_new and asked.job_id != job_id


def test_cancelled_while_it_is_made_nothing_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = office.ask().job_id

    def write(report: Report, target: Path, progress: tasks.Progress) -> RenderedReport:
        target.write_bytes(b"half a file")
        with Session(db.engine) as session:
            assert table.cancel(session, job_id, NOW)
            session.commit()
        progress("layout", 1, 2)
        raise AssertionError("it went on")

    monkeypatch.setattr(render, "write", write)
    make_worker(office.app).perform(job_id)
    job = office.job(job_id)
    assert job is not None and (job.state, job.error) == (JobState.CANCELLED, None)
    assert office.files == [] and office.draft(job_id) is None
    assert office.ask().is_new, "it can be asked for again"


def test_cancelled_at_the_last_moment_nothing_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = office.ask().job_id
    written = render.write

    def write(report: Report, target: Path, progress: tasks.Progress) -> RenderedReport:
        rendered = written(report, target, progress)
        with Session(db.engine) as session:
            table.cancel(session, job_id, NOW)
            session.commit()
        return rendered

    monkeypatch.setattr(render, "write", write)
    make_worker(office.app).perform(job_id)
    assert office.files == [] and office.draft(job_id) is None


def test_drafts_are_deleted_after_thirty_days(office: Office) -> None:
    old = office.make()
    cancelled = office.ask(replace(office.request, large=True)).job_id
    with Session(db.engine) as session:
        table.cancel(session, cancelled, NOW)
        session.commit()
    file = office.files[0]
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    office.tidy(NOW + timedelta(days=29))
    assert office.draft(old) and file.exists() and office.job(cancelled)
    office.tidy(NOW + timedelta(days=31))
    assert office.draft(old) is None and not file.exists()
    assert office.job(old) is None and office.job(cancelled) is None


def test_what_a_killed_worker_had_begun_goes(office: Office) -> None:
    job_id = office.make()
    folder = office.settings.reports
    part, kept = folder / f"{job_id}-union.123.part", folder / "notes.txt"
    for file in (part, kept):
        file.write_bytes(b"half")
    at = datetime.now(UTC)
    office.tidy(at)
    assert part.exists(), "it may be of a worker that works on it now"
    office.tidy(at + timedelta(hours=2))
    assert not part.exists() and kept.exists()


def test_what_is_not_on_record_has_no_draft(office: Office) -> None:
    item = ReportRequest(kind=ReportKind.ITEM, convention_ids=(office.convention,), item_id=0)
    job_id = office.make(item)
    job = office.job(job_id)
    assert job is not None and job.state is JobState.FAILED and job.error
    assert office.draft(job_id) is None
    with Session(db.engine) as session, pytest.raises(collect.NotOnRecord):
        collect.collect_convention(session, item, NOW)
