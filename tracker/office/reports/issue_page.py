"""What the page of one draft says before it is signed off and issued, and which forms it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa
from flask import url_for
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.formatting import convention_headline
from tracker.formatting.dates import moment
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.office.blueprint import OfficeTarget
from tracker.reading import convention
from tracker.reading.audience import OFFICE, PUBLIC
from tracker.reading.issued_reports import IssuedReportLine, issued_reports
from tracker.record.conventions import Convention
from tracker.record.editions import edition_record
from tracker.record.issued_reports import ReportSignOff
from tracker.record.ledger_tables import Event, Text
from tracker.record.report_drafts import ReportDraft
from tracker.reports.collecting.collect import known_to_readers
from tracker.reports.collecting.moment import moment_of
from tracker.reports.making import issuing
from tracker.reports.models import Reading
from tracker.reports.requests import ReportRequest
from tracker.rules import report_issue
from tracker.rules.codes import Visibility
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal
from tracker.rules.report_states import ReportState, subject_of
from tracker.translation import gettext as _

from . import lines
from .issue_forms import PROGRESS, IssueForm, ReportSignOffForm


@dataclass(frozen=True, kw_only=True)
class SignOffLine:
    person_id: int
    name: str
    moment: str
    note: str | None


@dataclass(frozen=True, kw_only=True)
class IssuedAs:
    number: str
    path: str


@dataclass(frozen=True, kw_only=True)
class IssuePage:
    """The forms are None where this person cannot do it, or nobody can yet: `why_not` says why."""

    issued_as: IssuedAs | None
    next_number: str
    says: str | None
    happened: bool
    supersedes: IssuedReportLine | None
    needs_sign_off: bool
    sign_off: SignOffLine | None
    head_hash: str
    data_sha256: str
    signature: str  # whether it will be signed
    why_not: str | None
    sign_off_form: ReportSignOffForm | None
    issue_form: IssueForm | None


def issue_page(
    session: Session,
    found: OfficeTarget,
    draft: ReportDraft,
    sign_off_form: ReportSignOffForm | None = None,
    issue_form: IssueForm | None = None,
) -> IssuePage:
    """:param sign_off_form: as it was sent; so `issue_form`"""
    report_request = request_as_issued(session, found, draft)
    issued = issued_reports(session, found.body_id, OFFICE)
    sign_off = find_sign_off(session, found, draft, report_request.edition_id)
    issued_as = lines.issued_as(draft, issued)
    needs_sign_off = found.context.settings.sign_off
    refusal = _why_not(session, found, report_request)
    may_govern = is_permitted(found.actor, Permission.GOVERN) and issued_as is None
    why_not = refusal_sentence(refusal) if refusal and may_govern else None
    may_sign_off = may_govern and refusal is None and needs_sign_off and sign_off is None
    is_signed = not needs_sign_off or sign_off is not None
    if may_govern and refusal is None and not is_signed:
        why_not = _("It is issued once somebody else of governance has signed it off.")
    is_own = sign_off is not None and sign_off.person_id == found.actor.person_id
    if (
        may_govern
        and refusal is None
        and needs_sign_off
        and is_own
        and not report_request.edition_id
    ):
        why_not, is_signed = refusal_sentence(Refusal.SIGN_OFF_IS_YOUR_OWN), False
    may_issue = may_govern and refusal is None and is_signed
    return IssuePage(
        issued_as=_issued_as(found, issued_as) if issued_as else None,
        next_number=_next_number(found, report_request, issued),
        says=_says(session, found, draft, report_request),
        happened=report_request.reading is Reading.HAPPENED,
        supersedes=_supersedes(draft, report_request, issued),
        needs_sign_off=needs_sign_off,
        sign_off=sign_off,
        head_hash=draft.head_hash,
        data_sha256=draft.data_sha256,
        signature=_signature(),
        why_not=why_not,
        sign_off_form=(sign_off_form or ReportSignOffForm()) if may_sign_off else None,
        issue_form=(
            issue_form or IssueForm(report_request.kind, correctable(report_request, issued))
        )
        if may_issue
        else None,
    )


def request_as_issued(session: Session, found: OfficeTarget, draft: ReportDraft) -> ReportRequest:
    """Of all conventions of the body, it is issued as one of those that everybody may read now."""
    report_request = issuing.request_of(draft)
    if report_request.convention_ids:
        return report_request
    publications = found.context.publications
    on_record = session.scalars(
        sa.select(Convention.id)
        .where(Convention.body_id == found.body_id, Convention.recorded_by <= draft.up_to)
        .order_by(Convention.id)
    )
    readable = [key for key in on_record if PUBLIC.reads(key, publications[key].visibility)]
    return replace(report_request, convention_ids=tuple(readable))


def convention_of(report_request: ReportRequest) -> int | None:
    """Whose report it is; None: of several."""
    keys = report_request.convention_ids
    return keys[0] if len(keys) == 1 else None


def correctable(
    report_request: ReportRequest, issued: Iterable[IssuedReportLine]
) -> list[IssuedReportLine]:
    """What it can be an erratum to: of the same conventions, with files."""
    return [
        line
        for line in issued
        if line.convention_id == convention_of(report_request) and not line.is_withheld
    ]


def find_sign_off(
    session: Session, found: OfficeTarget, draft: ReportDraft, edition_id: int | None
) -> SignOffLine | None:
    """Of the draft; of the board's copy of an edition, that of the edition."""
    edition = edition_record(session, edition_id) if edition_id else None
    if edition is not None and edition.sign_off is not None:
        by, at, note = edition.sign_off.by, edition.sign_off.at, edition.sign_off.note
    else:
        row = session.execute(
            sa.select(Event.actor_id, Event.recorded_at, Text.words)
            .join(ReportSignOff, ReportSignOff.recorded_by == Event.id)
            .outerjoin(Text, Text.digest == ReportSignOff.note)
            .where(
                ReportSignOff.body_id == found.body_id,
                ReportSignOff.request_key == draft.request_key,
                ReportSignOff.data_sha256 == draft.data_sha256,
            )
        ).first()
        if row is None:
            return None
        by, at, note = row
    return SignOffLine(
        person_id=by,
        name=lines.who(by, found.context.people),
        moment=moment(at.astimezone(found.context.settings.zone)),
        note=note,
    )


def _why_not(
    session: Session, found: OfficeTarget, report_request: ReportRequest
) -> Refusal | None:
    """What keeps everybody from issuing it, as it is now; the act asks again."""
    publications = found.context.publications
    keys = report_request.convention_ids
    if any(publications[key].visibility is Visibility.HIDDEN for key in keys):
        return Refusal.REPORT_OF_HIDDEN
    if report_request.live and any(publications[key].by_edition for key in keys):
        return Refusal.REPORT_OF_LIVE
    if report_request.edition_id:
        edition = edition_record(session, report_request.edition_id)
        if edition is None or edition.publication is None:
            return Refusal.EDITION_NOT_PUBLISHED
    return None


def _issued_as(found: OfficeTarget, line: IssuedReportLine) -> IssuedAs:
    path = url_for("issued.reports", body=found.context.body.slug, _anchor=line.number)
    return IssuedAs(number=line.number, path=path)


def _next_number(
    found: OfficeTarget, report_request: ReportRequest, issued: tuple[IssuedReportLine, ...]
) -> str:
    """As it would be now: whoever issues another one first takes it."""
    details = found.context.conventions.get(convention_of(report_request) or 0)
    setting = found.context.settings.report_prefix
    prefix = report_issue.prefix_in_force(setting, found.context.body.slug)
    stem = report_issue.number_stem(prefix, details.slug if details else None)
    return f"{stem}-{report_issue.next_running(stem, [line.number for line in issued])}"


def _says(
    session: Session, found: OfficeTarget, draft: ReportDraft, report_request: ReportRequest
) -> str | None:
    """The headline of a whole convention's progress."""
    if report_request.kind not in PROGRESS or draft.convention_id is None:
        return None
    if report_request.reading is Reading.HAPPENED or report_request.filters:
        return None
    edition_id = report_request.edition_id
    edition = edition_record(session, edition_id) if edition_id else None
    at = moment_of(session, found.body_id, report_request, now())
    as_of = known_to_readers(session, found.body_id, report_request, at, edition)
    page = convention.page(session, found.body_id, draft.convention_id, as_of)
    return convention_headline.answer(page) if page else None


def _supersedes(
    draft: ReportDraft, report_request: ReportRequest, issued: tuple[IssuedReportLine, ...]
) -> IssuedReportLine | None:
    """The report of the same subject that holds now."""
    subject = subject_of(report_request.to_arguments())
    holding = (ReportState.NEWEST, ReportState.HOLDS, ReportState.CORRECTED)
    return next(
        (
            line
            for line in issued
            if line.state in holding
            and line.as_of <= draft.as_of
            and subject_of(line.request) == subject
        ),
        None,
    )


def _signature() -> str:
    if current_settings().signing_key is not None:
        return _("It is signed with the office’s certificate.")
    return _("There is no certificate of the office: the file is not signed, and says so.")
