"""Signing the draft of a report off, issuing it under a number, as itself or as an erratum to
another; the row of each file that the worker made; asking for files anew.

How a report is collected and printed is not known here: whoever calls says what its data are now.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.jobs import table
from tracker.jobs.table import Job
from tracker.record import ledger
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.record.editions import edition_record
from tracker.record.issued_reports import (
    IssuedFile,
    IssuedReport,
    ReportSignOff,
    ReportWithholding,
)
from tracker.record.ledger_tables import Event
from tracker.record.publications import by_edition_today, visibility_today
from tracker.record.surroundings import settings
from tracker.rules import refusals, report_issue
from tracker.rules.codes import FileVariant, Visibility
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal
from tracker.rules.report_issue import DraftState

from .act_context import ActContext

ISSUE = "issue-report"
"""The kind of the jobs that make the files of an issued report."""


@dataclass(frozen=True, kw_only=True)
class DraftOfReport:
    """What a draft was made of."""

    kind: str
    convention_ids: tuple[int, ...]  # that are in it, at least one
    request: str  # canonical JSON, with the event at which the record is frozen
    request_key: str
    title: str
    as_of: date
    up_to: int
    data_sha256: str
    live: bool = False  # it is of the record as it is
    edition_id: int | None = None  # of the board's copy of an edition


@dataclass(frozen=True, kw_only=True)
class IssueOptions:
    """What whoever issues a report decides."""

    variants: tuple[FileVariant, ...]
    on_convention_page: bool = True
    line: str | None = None  # for readers, beside it


@dataclass(frozen=True, kw_only=True)
class ErratumTo:
    report_id: int  # that it corrects
    correction: str  # what is put right


def sign_off(
    context: ActContext, draft: DraftOfReport, data_sha256_now: str, note: str | None = None
) -> ReportSignOff:
    """By one of governance; somebody else issues it then.

    `data_sha256_now`: of its data, collected again under the chain's lock.
    """
    context.require(Permission.GOVERN)
    with context.record("report_signed_off", _subject(context, draft)) as act:
        report_issue.sign_off(_state(context, draft, data_sha256_now))
        return act.add(
            ReportSignOff(
                body_id=context.body_id,
                request_key=draft.request_key,
                data_sha256=draft.data_sha256,
                note=act.keep_optional_text((note or "").strip()),
            )
        )


def issue(
    context: ActContext,
    draft: DraftOfReport,
    data_sha256_now: str,
    options: IssueOptions,
    erratum: ErratumTo | None = None,
) -> IssuedReport:
    """Under the next number; a job for its files is asked for in the same transaction."""
    context.require(Permission.GOVERN)
    kind = "report_corrected" if erratum else "report_issued"
    with context.record(kind, _subject(context, draft)) as act:
        needs_sign_off = settings(context.session, context.body_id, AsOf(context.today)).sign_off
        state = _state(context, draft, data_sha256_now)
        report_issue.issue(state, context.actor_id, needs_sign_off=needs_sign_off)
        if erratum:
            _need_erratum(context, draft, erratum)
        report = act.add(_report(context, act, draft, options, erratum))
    ask_for_files(context, report)
    return report


def issue_anew(context: ActContext, act: ledger.Act, report: IssuedReport) -> IssuedReport:
    """In place of a report whose files are withheld, within the act that withholds them: the same
    request as of the same event, under the next number; no second sign-off is asked for. Whoever
    calls asks for its files, once the act is sealed.
    """
    convention_id = report.convention_id
    number, running = _next_number(context, convention_id)
    return act.add(
        IssuedReport(
            body_id=report.body_id,
            convention_id=convention_id,
            number=number,
            running=running,
            kind=report.kind,
            request=report.request,
            request_key=report.request_key,
            title=report.title,
            as_of=report.as_of,
            up_to=report.up_to,
            data_sha256=None,
            variants=report.variants,
            on_convention_page=report.on_convention_page,
            line=report.line,
            replaces_id=report.id,
            edition_id=report.edition_id,
        )
    )


def ask_for_files(context: ActContext, report: IssuedReport) -> Job:
    """The job that makes its files, in the transaction of the act that issued it."""
    return table.ask_for(
        context.session,
        ISSUE,
        {"report": report.id, "number": report.number},
        context.body_id,
        context.actor_id,
        context.now,
    )


def make_files_again(context: ActContext, report: IssuedReport) -> Job:
    """Of a report whose job was given up: under the same number. Nothing is recorded by it."""
    context.require(Permission.GOVERN)
    refusals.need(report.body_id == context.body_id, Refusal.NOT_THERE)
    ledger.lock(context.session, context.body_id)
    report_issue.make_files_again(
        have_files=_has_files(context, report),
        is_withheld=_is_withheld(context, report.id),
        is_in_work=any(not job.over for job in _jobs_of(context, report)),
    )
    return ask_for_files(context, report)


def record_files(context: ActContext, report: IssuedReport, files: Sequence[IssuedFile]) -> bool:
    """All files of a report, once, in one event; False where that is done already, or the report
    is withheld meanwhile. The worker does it.
    """
    context.require(Permission.GOVERN)
    ledger.lock(context.session, context.body_id)
    if _has_files(context, report) or _is_withheld(context, report.id):
        return False
    with context.record("report_files_made", report) as act:
        act.add(*files)
    return True


def _has_files(context: ActContext, report: IssuedReport) -> bool:
    files = sa.select(IssuedFile.id).where(IssuedFile.report_id == report.id)
    return context.session.connection().scalar(files.limit(1)) is not None


def _jobs_of(context: ActContext, report: IssuedReport) -> list[Job]:
    """Those that make, or made, its files; oldest first."""
    jobs = context.session.scalars(
        sa.select(Job).where(Job.kind == ISSUE, Job.body_id == report.body_id).order_by(Job.id)
    )
    return [job for job in jobs if job.decoded_arguments.get("report") == report.id]


def _report(
    context: ActContext,
    act: ledger.Act,
    draft: DraftOfReport,
    options: IssueOptions,
    erratum: ErratumTo | None,
) -> IssuedReport:
    ids = draft.convention_ids
    convention_id = ids[0] if len(ids) == 1 else None
    number, running = _next_number(context, convention_id)
    return IssuedReport(
        body_id=context.body_id,
        convention_id=convention_id,
        number=number,
        running=running,
        kind=draft.kind,
        request=draft.request,
        request_key=draft.request_key,
        title=act.keep_text(draft.title),
        as_of=draft.as_of,
        up_to=draft.up_to,
        data_sha256=draft.data_sha256,
        variants=" ".join(variant.value for variant in options.variants),
        on_convention_page=options.on_convention_page,
        line=act.keep_optional_text((options.line or "").strip()),
        corrects_id=erratum.report_id if erratum else None,
        correction=act.keep_text(erratum.correction.strip()) if erratum else None,
        edition_id=draft.edition_id,
    )


def _next_number(context: ActContext, convention_id: int | None) -> tuple[str, int]:
    """Under the chain's lock."""
    session = context.session
    body = session.get_one(Body, context.body_id)
    setting = settings(session, body.id, AsOf(context.today)).report_prefix
    slug = session.get_one(Convention, convention_id).slug if convention_id else None
    stem = report_issue.number_stem(report_issue.prefix_in_force(setting, body.slug), slug)
    numbers = session.connection().scalars(
        sa.select(IssuedReport.number).where(
            IssuedReport.number.startswith(f"{stem}-", autoescape=True)
        )
    )
    running = report_issue.next_running(stem, numbers)
    return f"{stem}-{running}", running


def _subject(context: ActContext, draft: DraftOfReport) -> Convention | Body:
    """The convention; the body, of a report of several."""
    refusals.need(draft.convention_ids, Refusal.NOT_THERE)
    if len(draft.convention_ids) == 1:
        return context.session.get_one(Convention, draft.convention_ids[0])
    return context.session.get_one(Body, context.body_id)


def _state(context: ActContext, draft: DraftOfReport, data_sha256_now: str) -> DraftState:
    """Under the chain's lock."""
    connection = context.session.connection()
    issued = sa.select(IssuedReport.id).where(
        IssuedReport.body_id == context.body_id,
        IssuedReport.request_key == draft.request_key,
        IssuedReport.up_to == draft.up_to,
        IssuedReport.replaces_id.is_(None),
    )
    signed = (
        sa.select(Event.actor_id)
        .join(ReportSignOff, ReportSignOff.recorded_by == Event.id)
        .where(
            ReportSignOff.body_id == context.body_id,
            ReportSignOff.request_key == draft.request_key,
            ReportSignOff.data_sha256 == draft.data_sha256,
        )
    )
    edition = edition_record(context.session, draft.edition_id) if draft.edition_id else None
    signed_off_by = connection.scalar(signed)
    if edition is not None and edition.sign_off is not None:
        signed_off_by = edition.sign_off.by
    return DraftState(
        agrees=data_sha256_now == draft.data_sha256,
        is_issued=connection.scalar(issued) is not None,
        signed_off_by=signed_off_by,
        of_hidden=_is_any_hidden(context, draft.convention_ids),
        of_live=draft.live and _is_any_by_edition(context, draft.convention_ids),
        of_edition=draft.edition_id is not None,
        edition_published=edition is not None and edition.publication is not None,
    )


def _is_any_hidden(context: ActContext, convention_ids: Collection[int]) -> bool:
    visibilities = context.session.connection().scalars(
        sa.select(visibility_today(Convention.__table__.c.id)).where(
            Convention.id.in_(convention_ids)
        )
    )
    return Visibility.HIDDEN in list(visibilities)


def _is_any_by_edition(context: ActContext, convention_ids: Collection[int]) -> bool:
    by_edition = context.session.connection().scalars(
        sa.select(by_edition_today(Convention.__table__.c.id)).where(
            Convention.id.in_(convention_ids)
        )
    )
    return True in list(by_edition)


def _need_erratum(context: ActContext, draft: DraftOfReport, erratum: ErratumTo) -> None:
    corrected = context.session.get(IssuedReport, erratum.report_id)
    refusals.need(corrected and corrected.body_id == context.body_id, Refusal.NOT_THERE)
    assert corrected
    ids = draft.convention_ids
    report_issue.erratum(
        erratum.correction,
        same_conventions=corrected.convention_id == (ids[0] if len(ids) == 1 else None),
        is_withheld=_is_withheld(context, corrected.id),
    )


def _is_withheld(context: ActContext, report_id: int) -> bool:
    withheld = sa.select(ReportWithholding.id).where(ReportWithholding.report_id == report_id)
    return context.session.connection().scalar(withheld) is not None
