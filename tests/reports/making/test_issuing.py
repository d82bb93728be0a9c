"""From a draft to the files of an issued report: once, right, whoever was killed on the way."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import ENGINES, fresh_url
from tests.factories import recorded_union
from tests.factories.application import new_application
from tracker.acts import conventions, erasing, publications, reports
from tracker.acts.act_context import ActContext, for_body
from tracker.acts.reports import ErratumTo, IssueOptions
from tracker.config import Settings
from tracker.extensions import db
from tracker.files import store
from tracker.jobs.table import Job, JobState
from tracker.reading.audience import PUBLIC
from tracker.reading.issued_reports import IssuedReportLine, issued_reports
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedReport
from tracker.record.items import Version
from tracker.record.ledger_tables import Event
from tracker.record.report_drafts import ReportDraft
from tracker.record.verification import verify
from tracker.reports.making import drafts, issued_files, issuing, signing
from tracker.reports.making.signing import SignatureWords, Signer
from tracker.reports.making.tasks import Progress
from tracker.reports.models import CollectedReport, ReportKind, ReportStatus
from tracker.reports.printing import render
from tracker.reports.printing.render import RenderedReport
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import FileVariant, Visibility, WithheldFor
from tracker.rules.permissions import COMMAND_LINE
from tracker.rules.refusals import Refusal, Refused
from tracker.worker import make_worker

NOW = recorded_union.NOW
BOTH = IssueOptions(
    variants=(FileVariant.SHORT, FileVariant.FULL, FileVariant.CSV, FileVariant.JSON)
)
ONE = IssueOptions(variants=(FileVariant.REPORT, FileVariant.JSON))
STAGES = ("collect", "template", "layout", "archive", "write", "sign", "stored", "recorded")


@dataclass
class IssuingOffice:
    """An instance with the small union, whose reports are laid out in no time, each time with other
    bytes, as signed ones are.
    """

    app: Flask
    settings: Settings
    body: int
    convention: int
    printed: list[CollectedReport] = field(default_factory=list)
    killed_at: str | None = None  # the stage at which the process that makes files is killed

    def context(self, session: Session) -> ActContext:
        return for_body(session, self.body, COMMAND_LINE, NOW)

    def draft(self, kind: ReportKind = ReportKind.SHORT) -> int:
        request = ReportRequest(kind=kind, convention_ids=(self.convention,))
        with Session(db.engine) as session:
            asked = drafts.ask(session, self.settings, request, self.body, 7, NOW)
            session.commit()
        make_worker(self.app).perform(asked.job_id)
        return asked.job_id

    def issue(
        self, draft: int, erratum: ErratumTo | None = None, options: IssueOptions | None = None
    ) -> tuple[int, int]:
        """The keys of the report and of the job that makes its files."""
        with Session(db.engine) as session:
            row = session.get_one(ReportDraft, draft)
            report = issuing.issue_draft(self.context(session), row, options or BOTH, erratum)
            job_id = max(self._jobs(session))
            session.commit()
            return report.id, job_id

    def _jobs(self, session: Session) -> list[int]:
        return list(session.scalars(sa.select(Job.id).where(Job.kind == reports.ISSUE)))

    def record_something(self, name: str = "Another name") -> None:
        with Session(db.engine) as session:
            convention = session.get_one(Convention, self.convention)
            conventions.rename(self.context(session), convention, name, None)
            session.commit()

    def erase_a_title(self) -> None:
        with Session(db.engine) as session:
            titled = sa.select(Version.title).where(Version.title.is_not(None))
            digest = session.scalars(titled.order_by(Version.id)).first()
            assert digest
            erasing.erase(self.context(session), digest, WithheldFor.LEGAL)
            session.commit()

    def read(self) -> tuple[IssuedReportLine, ...]:
        with Session(db.engine) as session:
            return issued_reports(session, self.body, PUBLIC)

    def job(self, job_id: int) -> Job:
        with Session(db.engine) as session:
            return session.get_one(Job, job_id)

    def stored(self) -> set[str]:
        return {path.name for path in self.settings.files.rglob("*") if path.is_file()}

    def unfinished(self) -> list[Path]:
        return list(self.settings.reports.glob("*.part"))

    def at(self, stage: str) -> None:
        if self.killed_at == stage:
            os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(params=ENGINES)
def office(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[IssuingOffice]:
    folder = tmp_path_factory.mktemp("issuing")
    app = new_application(folder, fresh_url(request.param, request, tmp_path_factory))
    app.config["CLOCK"] = lambda: NOW
    with app.app_context():
        db.create_all()
        with Session(db.engine) as session:
            ledger.begin(session)
            union, convention = recorded_union.running_union(session)
            session.commit()
            office = IssuingOffice(
                app, app.config["SETTINGS"], union.context.body_id, convention.id
            )
        _print_in_no_time(office, monkeypatch)
        yield office
        db.session.remove()
        db.engine.dispose()


def _print_in_no_time(office: IssuingOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    collected, kept, recorded = issued_files.collect, store.keep, reports.record_files

    def collect(*arguments: object, **more: object) -> CollectedReport:
        office.at("collect")
        return collected(*arguments, **more)  # type: ignore[arg-type]

    def write(report: CollectedReport, target: Path, progress: Progress) -> RenderedReport:
        for stage in ("template", "layout", "archive", "write"):
            office.at(stage)
            progress(stage, 1, 2)
        office.printed.append(report)
        target.write_bytes(b"%PDF" + os.urandom(8))
        return RenderedReport(pages=3)

    def sign(signer: Signer, path: Path) -> SignatureWords:
        office.at("sign")
        return SignatureWords("The office", NOW)

    def keep(folder: Path, content: bytes) -> str:
        sha256 = kept(folder, content)
        office.at("stored")
        return sha256

    def record_files(*arguments: object) -> bool:
        is_recorded = recorded(*arguments)  # type: ignore[arg-type]
        office.at("recorded")
        return is_recorded

    monkeypatch.setattr(issued_files, "collect", collect)
    monkeypatch.setattr(render, "write", write)
    monkeypatch.setattr(signing, "signer", lambda settings: object())
    monkeypatch.setattr(signing, "sign", sign)
    monkeypatch.setattr(store, "keep", keep)
    monkeypatch.setattr(reports, "record_files", record_files)


def in_a_process(work: Callable[[], object]) -> int | None:
    """Its exit status; negative: the signal that killed it."""

    def run() -> None:
        db.engine.dispose(close=False)  # a connection belongs to the process that opened it
        work()
        os._exit(0)

    process = multiprocessing.get_context("fork").Process(target=run, daemon=True)
    process.start()
    process.join(60)
    return process.exitcode


def test_a_draft_is_issued_with_all_its_files(office: IssuingOffice) -> None:
    draft = office.draft()
    office.record_something()
    office.printed.clear()
    report_id, job_id = office.issue(draft)
    assert office.read() == (), "its files are not made yet"
    make_worker(office.app).perform(job_id)
    job = office.job(job_id)
    assert (job.state, job.error, job.result) == (JobState.DONE, None, None)
    [line] = office.read()
    assert line.id == report_id and line.number.endswith("-2024-1")
    assert [file.variant for file in line.files] == list(BOTH.variants)
    for file in line.files:
        content = store.read(office.settings.files, file.sha256)
        assert len(content) == file.size and file.data_sha256 == line.data_sha256
        is_pdf = file.variant.is_pdf
        assert (file.pages, file.signed_by) == ((3, "The office") if is_pdf else (None, None))
    assert [(report.kind, report.status) for report in office.printed] == [
        (ReportKind.SHORT, ReportStatus.ISSUED),
        (ReportKind.FULL, ReportStatus.ISSUED),
    ]
    imprint = office.printed[0].imprint
    assert imprint and imprint.number == line.number
    in_json = json.loads(store.read(office.settings.files, line.files[-1].sha256).decode())[
        "report"
    ]
    assert (in_json["number"], in_json["data_sha256"]) == (line.number, line.data_sha256)
    assert "Another name" not in in_json["title"], "recorded after the draft"
    assert office.unfinished() == []
    with Session(db.engine) as session:
        assert list(verify(session, office.body)) == []


def test_what_was_erased_since_the_draft_keeps_it_from_being_issued(office: IssuingOffice) -> None:
    draft = office.draft()
    office.erase_a_title()
    with pytest.raises(Refused) as refused:
        office.issue(draft)
    assert refused.value.code is Refusal.DRAFT_HAS_CHANGED
    office.issue(office.draft())


def test_killed_at_each_stage_it_is_done_once_by_the_next(office: IssuingOffice) -> None:
    """A process of its own is killed at the stage; nothing of it is left, and no row is twice."""
    office.issue(office.draft())  # stays in the queue
    for stage in STAGES:
        office.record_something(f"Before {stage}")
        report_id, job_id = office.issue(office.draft())
        before = office.stored()
        office.killed_at = stage
        status = in_a_process(lambda: make_worker(office.app).perform(job_id))
        assert status == -signal.SIGKILL, stage
        office.killed_at = None
        assert all(line.id != report_id for line in office.read()), stage
        worker = make_worker(office.app)
        assert job_id in worker.sweep(), stage
        worker.perform(job_id)
        job = office.job(job_id)
        assert (job.state, job.attempts) == (JobState.DONE, 2), stage
        line = next(line for line in office.read() if line.id == report_id)
        named = {file.sha256 for file in line.files}
        assert len(named) == len(BOTH.variants)
        assert office.stored() == before | named, stage
        for sha256 in named:
            content = store.read(office.settings.files, sha256)
            assert hashlib.sha256(content).hexdigest() == sha256
        assert office.unfinished() == [], stage
    with Session(db.engine) as session:
        events = sa.select(sa.func.count()).where(Event.kind == "report_files_made")
        assert session.scalar(events) == len(STAGES)
        assert list(verify(session, office.body)) == []


def test_a_report_of_all_conventions_is_of_those_that_everybody_may_read(
    office: IssuingOffice,
) -> None:
    """One that is hidden is not in it, and keeps nobody from reading it."""
    with Session(db.engine) as session:
        context = office.context(session)
        conventions.record(context, "2029", "Open", conventions.Dates(year=2029))
        hidden = conventions.record(context, "2030", "Hidden", conventions.Dates(year=2030))
        publications.set_publication(context, hidden, Visibility.HIDDEN)
        hidden_id = hidden.id
        session.commit()
    request = ReportRequest(kind=ReportKind.YEARS)
    with Session(db.engine) as session:
        asked = drafts.ask(session, office.settings, request, office.body, 7, NOW)
        session.commit()
    make_worker(office.app).perform(asked.job_id)
    _, job_id = office.issue(asked.job_id, options=ONE)
    make_worker(office.app).perform(job_id)
    [line] = office.read()
    assert line.number.endswith("-all-1") and hidden_id not in line.convention_ids
    assert office.convention in line.convention_ids


def test_two_workers_make_its_files_once(office: IssuingOffice) -> None:
    """The second was slow: its lease was lost, and the first is done."""
    report_id, job_id = office.issue(office.draft())
    with Session(db.engine) as session:
        again = reports.ask_for_files(
            office.context(session), session.get_one(IssuedReport, report_id)
        ).id
        session.commit()
    worker = make_worker(office.app)
    slow = issued_files.perform({"report": report_id}, again, lambda *done: None)
    assert slow is not None
    worker.perform(job_id)
    [line] = office.read()
    stored = office.stored()
    with Session(db.engine) as session:
        slow.keep(session)
        session.commit()
    slow.drop()
    assert office.read() == (line,) and office.stored() == stored
    worker.perform(again)
    assert office.job(again).state is JobState.DONE and office.read() == (line,)


def test_a_job_that_was_given_up_is_done_under_the_same_number(
    office: IssuingOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id, job_id = office.issue(office.draft())
    with monkeypatch.context() as broken:
        broken.setattr(signing, "signer", _no_signer)
        make_worker(office.app).perform(job_id)
    assert office.job(job_id).state is JobState.FAILED and office.read() == ()
    assert office.unfinished() == []
    with Session(db.engine) as session:
        report = session.get_one(IssuedReport, report_id)
        again = reports.make_files_again(office.context(session), report).id
        session.commit()
    make_worker(office.app).perform(again)
    [line] = office.read()
    assert line.id == report_id and line.number.endswith("-1")


def _no_signer(settings: Settings) -> Signer:
    raise signing.CannotSign("no key")


def test_two_at_once_get_two_numbers_and_one_draft_is_issued_once(office: IssuingOffice) -> None:
    different = [office.draft(), office.draft(ReportKind.FULL)]

    def issue(draft: int) -> Callable[[], object]:
        def run() -> None:
            try:
                office.issue(draft)
            except Refused as refused:
                os._exit(3 if refused.code is Refusal.ALREADY_ISSUED else 1)

        return run

    context = multiprocessing.get_context("fork")

    def start(work: Callable[[], object]) -> multiprocessing.process.BaseProcess:
        def run() -> None:
            db.engine.dispose(close=False)
            work()
            os._exit(0)

        process = context.Process(target=run, daemon=True)
        process.start()
        return process

    processes = [start(issue(draft)) for draft in (*different, different[0])]
    for process in processes:
        process.join(60)
    assert sorted(process.exitcode or 0 for process in processes) == [0, 0, 3]
    with Session(db.engine) as session:
        numbers = list(session.scalars(sa.select(IssuedReport.number).order_by(IssuedReport.id)))
        assert [number.rpartition("-")[2] for number in numbers] == ["1", "2"]


def test_an_erratum_says_what_it_corrects(office: IssuingOffice) -> None:
    first, job_id = office.issue(office.draft())
    make_worker(office.app).perform(job_id)
    office.record_something()
    _, job_id = office.issue(office.draft(), ErratumTo(report_id=first, correction="Row 9."))
    make_worker(office.app).perform(job_id)
    imprint = office.printed[-1].imprint
    erratum, corrected = office.read()
    assert imprint and (imprint.corrects, imprint.correction) == (corrected.number, "Row 9.")
    assert erratum.corrects and erratum.corrects.number == corrected.number


def test_the_boards_copy_is_issued_once_its_edition_is_published(office: IssuingOffice) -> None:
    with Session(db.engine) as session:
        convention = session.get_one(Convention, office.convention)
        edition = publications.pin_edition(office.context(session), convention).id
        session.commit()
        record = publications.edition_record(session, edition)
        assert record
        asked = drafts.ask_for_copy(session, office.settings, record, office.body, 7, NOW)
        session.commit()
    make_worker(office.app).perform(asked.job_id)
    with pytest.raises(Refused) as refused:
        office.issue(asked.job_id)
    assert refused.value.code is Refusal.EDITION_NOT_PUBLISHED
    with Session(db.engine) as session:
        publications.publish_edition(
            office.context(session), session.get_one(publications.Edition, edition)
        )
        session.commit()
    _, job_id = office.issue(asked.job_id)
    make_worker(office.app).perform(job_id)
    [line] = office.read()
    assert line.edition_number == 1
