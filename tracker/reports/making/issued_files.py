"""The job "issue-report", which makes the files of an issued report.

They lie among the stored files, under the SHA-256 of their bytes, and their rows are written once,
in the transaction that ends the job. What a killed worker left is made anew, and removed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import file_digest
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import reports
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.config import Settings
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import store
from tracker.jobs.table import Job, JobArguments
from tracker.jobs.worker import JobFile
from tracker.record import ledger
from tracker.record.issued_reports import (
    IssuedFile,
    IssuedReport,
    ReportWithholding,
)
from tracker.record.ledger_tables import Event, Text
from tracker.record.stored_files import named_files
from tracker.reports import data
from tracker.reports.collecting.collect import collect, one_moment
from tracker.reports.models import CollectedReport, Imprint, ReportKind, ReportStatus
from tracker.reports.printing.html_page import html_page
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import FileVariant
from tracker.rules.permissions import COMMAND_LINE

from . import signing
from .signing import SignatureWords, Signer
from .tasks import Progress, seldom

KIND = reports.ISSUE

PROGRESS_FORMS = (FileVariant.SHORT, FileVariant.FULL, FileVariant.LARGE)
"""The PDFs of the progress report of a convention."""

TEXT_FILES: Mapping[FileVariant, Callable[[CollectedReport], str]] = {
    FileVariant.CSV: data.to_csv,
    FileVariant.JSON: data.to_json,
    FileVariant.HTML: html_page,
}
"""The files that every issued report has beside its PDFs."""


class DataHaveChanged(Exception):
    """Collected again, the data of an issued report are not those that were issued."""


# --- which files, and the job that makes them ---


def job_of(session: Session, report: IssuedReport) -> Job:
    """The newest that makes, or made, its files."""
    jobs = session.scalars(
        sa.select(Job)
        .where(Job.kind == KIND, Job.body_id == report.body_id)
        .order_by(Job.id.desc())
    )
    return next(job for job in jobs if job.decoded_arguments.get("report") == report.id)


def own_variant(kind: ReportKind) -> FileVariant:
    """The PDF of a report of this kind, as it was asked for."""
    return {
        ReportKind.SHORT: FileVariant.SHORT,
        ReportKind.FULL: FileVariant.FULL,
    }.get(kind, FileVariant.REPORT)


def usual_variants(kind: ReportKind) -> tuple[FileVariant, ...]:
    """The files that a report of this kind is issued with, unless others are chosen."""
    if kind in (ReportKind.SHORT, ReportKind.FULL):
        return (FileVariant.SHORT, FileVariant.FULL, *TEXT_FILES)
    return (FileVariant.REPORT, *TEXT_FILES)


# --- the job ---


@dataclass(frozen=True, kw_only=True)
class ReportInWork:
    """An issued report whose files are made."""

    id: int
    body_id: int
    request: ReportRequest
    variants: tuple[FileVariant, ...]
    imprint: Imprint
    data_sha256: str | None  # None: issued anew, without what was withheld


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """One file that was made, beside where it will lie."""

    variant: FileVariant
    path: Path
    data_sha256: str
    pages: int | None = None
    signature: SignatureWords | None = None


def perform(arguments: JobArguments, job_id: int, progress: Progress) -> JobFile | None:
    """Makes all files of an issued report; in an application context, and never in a web process.

    Nothing where they are there already, or the report was withheld meanwhile.
    """
    settings = current_settings()
    forget_unfinished(settings, job_id)
    with Session(db.engine) as session:
        one_moment(session)
        in_work = report_in_work(session, int(str(arguments["report"])))
        if in_work is None:
            return None
        progress("collect", None, None)
        files = make_files(session, settings, in_work, job_id, seldom(progress))
    return JobFile(
        name=None,
        keep=lambda session: keep_files(session, settings, in_work, files),
        drop=lambda: _drop(files),
    )


def report_in_work(session: Session, report_id: int) -> ReportInWork | None:
    """None where its files are made, or withheld."""
    report = session.get_one(IssuedReport, report_id)
    files = sa.select(IssuedFile.id).where(IssuedFile.report_id == report_id)
    withheld = sa.select(ReportWithholding.id).where(ReportWithholding.report_id == report_id)
    if session.scalar(files.limit(1)) or session.scalar(withheld):
        return None
    return ReportInWork(
        id=report.id,
        body_id=report.body_id,
        request=ReportRequest.from_arguments(json.loads(report.request)),
        variants=tuple(FileVariant(code) for code in report.variants.split()),
        imprint=_imprint(session, report),
        data_sha256=report.data_sha256,
    )


def make_files(
    session: Session,
    settings: Settings,
    in_work: ReportInWork,
    job_id: int,
    progress: Progress,
) -> tuple[MadeFile, ...]:
    """Each variant, signed where there is a key. None is left behind where one cannot be made."""
    signer = signing.signer(settings)
    settings.reports.mkdir(exist_ok=True)
    report = _collected(session, in_work, settings.base_url)
    data_sha256 = data.data_sha256(report)
    files: list[MadeFile] = []
    try:
        for variant in in_work.variants:
            name = f"{job_id}-{in_work.imprint.number}-{variant}.{os.getpid()}.part"
            path = settings.reports / name
            file = MadeFile(variant=variant, path=path, data_sha256=data_sha256)
            files.append(file)  # it is removed, be it half made
            files[-1] = _make(as_printed(report, variant, in_work.variants), file, signer, progress)
    except BaseException:
        _drop(files)
        raise
    return tuple(files)


def keep_files(
    session: Session,
    settings: Settings,
    in_work: ReportInWork,
    files: tuple[MadeFile, ...],
) -> None:
    """The bytes among the stored files, and all their rows in one event; once, whoever made them.
    In a transaction of the worker's. Under the lock: nobody removes bytes whose row is not written
    yet (`forget_unfinished`).
    """
    ledger.lock(session, in_work.body_id)
    report = session.get_one(IssuedReport, in_work.id)
    context = for_body(session, in_work.body_id, COMMAND_LINE, now())
    rows = [_stored(settings, in_work, file) for file in files]
    if not reports.record_files(context, report, rows):
        _drop_from_store(session, settings, [row.sha256 for row in rows])


def forget_unfinished(settings: Settings, job_id: int) -> None:
    """Remove what a killed worker left: its unfinished files, and their bytes where it had stored
    them and written no row.
    """
    unfinished = list(settings.reports.glob(f"{job_id}-*.part"))
    if not unfinished:
        return
    with Session(db.engine) as session:
        ledger.lock(session, session.get_one(Job, job_id).body_id)
        _drop_from_store(session, settings, [_sha256(path) for path in unfinished])
    for path in unfinished:
        path.unlink(missing_ok=True)


def as_printed(
    report: CollectedReport, variant: FileVariant, variants: Collection[FileVariant]
) -> CollectedReport:
    """As it stands in that file of its files: the short and the full form are of the same data."""
    kind = report.kind
    if variant in PROGRESS_FORMS:
        kind = ReportKind.FULL if variant is FileVariant.FULL else ReportKind.SHORT
    elif FileVariant.FULL in variants:
        kind = ReportKind.FULL  # as one page it has all that any of them has
    large = report.options.large or variant is FileVariant.LARGE
    return replace(report, kind=kind, options=replace(report.options, large=large))


def _collected(session: Session, in_work: ReportInWork, base_url: str | None) -> CollectedReport:
    """Once for all its files."""
    report = collect(session, in_work.body_id, in_work.request, now(), base_url=base_url)
    if in_work.data_sha256 not in (None, data.data_sha256(report)):
        raise DataHaveChanged(in_work.imprint.number)
    return replace(report, status=ReportStatus.ISSUED, imprint=in_work.imprint)


def _make(
    report: CollectedReport, file: MadeFile, signer: Signer | None, progress: Progress
) -> MadeFile:
    if not file.variant.is_pdf:
        file.path.write_bytes(TEXT_FILES[file.variant](report).encode())
        return file
    from tracker.reports.printing import render

    rendered = render.write(report, file.path, progress)
    signature = None
    if signer is not None:
        progress("sign", None, None)
        signature = signing.sign(signer, file.path)
    return replace(file, pages=rendered.pages, signature=signature)


def _stored(settings: Settings, in_work: ReportInWork, file: MadeFile) -> IssuedFile:
    content = file.path.read_bytes()
    signature = file.signature
    return IssuedFile(
        report_id=in_work.id,
        variant=file.variant,
        sha256=store.keep(settings.files, content),
        size=len(content),
        data_sha256=file.data_sha256,
        pages=file.pages,
        signed_by=signature.signed_by[:300] if signature else None,
        signature_time=signature.signature_time if signature else None,
    )


def _imprint(session: Session, report: IssuedReport) -> Imprint:
    words = _words(session, report)
    return Imprint(
        number=report.number,
        issued_on=_issued_on(session, report),
        corrects=_number(session, report.corrects_id),
        correction=words.get(report.correction or ""),
        replaces=_number(session, report.replaces_id),
        line=words.get(report.line or ""),
    )


def _words(session: Session, report: IssuedReport) -> dict[str, str | None]:
    digests = [digest for digest in (report.line, report.correction) if digest]
    rows = session.execute(sa.select(Text.digest, Text.words).where(Text.digest.in_(digests)))
    return {digest: words for digest, words in rows}


def _issued_on(session: Session, report: IssuedReport) -> date:
    return session.get_one(Event, report.recorded_by).effective_on


def _number(session: Session, report_id: int | None) -> str | None:
    return session.get_one(IssuedReport, report_id).number if report_id else None


def _drop(files: tuple[MadeFile, ...] | list[MadeFile]) -> None:
    for file in files:
        file.path.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _drop_from_store(session: Session, settings: Settings, checksums: list[str]) -> None:
    """Bytes that no fact names."""
    needed = {file.sha256 for file in named_files(session)}
    for checksum in set(checksums) - needed:
        store.drop(settings.files, checksum)
