"""Making the board's copy of the next edition, signing it off, publishing it at once or at a set
hour.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import publications
from tracker.acts.act_context import ActContext, for_body
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting import edition_words
from tracker.formatting.refusal_sentences import error_sentence
from tracker.jobs import queue
from tracker.office.blueprint import office, whole_number
from tracker.office.conventions.convention_page import OfficeConventionTarget, find_convention
from tracker.record.conventions import Convention
from tracker.record.editions import EditionRecord, edition_record, editions_of
from tracker.record.publications import Edition
from tracker.reports.making import drafts, tasks
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _

from .edition_box import LONGEST_LINE, edition_box
from .edition_forms import EditionForm, PublishForm, SignOffForm
from .going_public import GOING_PUBLIC, render


@office.post(f"{GOING_PUBLIC}/copy")
@requires(Permission.GOVERN)
@begins_reading
def make_copy(body: str, convention_slug: str) -> ResponseReturnValue:
    """The next edition, or the same anew; the worker makes the PDF."""
    target = find_convention(body, convention_slug)
    try:
        with writing() as session:
            context = _context(session, target, whole_number(request.form.get("seen")) or 0)
            edition = publications.pin_edition(
                context, session.get_one(Convention, target.convention.id)
            )
            record = edition_record(session, edition.id)
            assert record is not None
            job_id = drafts.ask_for_copy(
                session, current_settings(), record, context.body_id, context.actor_id, context.now
            ).job_id
            number = edition.number
    except Refused as refused:
        return _come_back(target, None, refused)
    queue.wake(current_settings(), job_id)
    flash(_("Edition %(number)s is made. The board’s copy is printed now.", number=number))
    return _to_page(target, line=request.form.get("publish-line", "").strip()[:LONGEST_LINE])


@office.post(f"{GOING_PUBLIC}/{SignOffForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def sign_off(body: str, convention_slug: str) -> ResponseReturnValue:
    target = find_convention(body, convention_slug)
    record = _edition_of(target, SignOffForm.NAME)
    if record is None:
        return _come_back(target, None, Refused(Refusal.NOT_THERE))
    form = SignOffForm(record, 0, is_sent=True)
    if not form.validate():
        return _come_back(target, form)
    checksum = _checksum(target, record)
    try:
        with writing() as session:
            publications.sign_edition(
                _context(session, target),
                session.get_one(Edition, record.id),
                (form.note.data or "").strip() or None,
                checksum,
            )
    except Refused as refused:
        return _come_back(target, form, refused)
    flash(_("Edition %(number)s is signed off.", number=record.number))
    return _to_page(target)


@office.post(f"{GOING_PUBLIC}/{PublishForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def publish(body: str, convention_slug: str) -> ResponseReturnValue:
    target = find_convention(body, convention_slug)
    record = _edition_of(target, PublishForm.NAME)
    if record is None:
        return _come_back(target, None, Refused(Refusal.NOT_THERE))
    form = PublishForm(record, 0, target.found.context.settings.zone, is_sent=True)
    if not form.validate():
        return _come_back(target, form)
    at = form.at
    try:
        with writing() as session:
            context = _context(session, target, whole_number(form.seen.data) or 0)
            edition = session.get_one(Edition, record.id)
            if at is None:
                publications.publish_edition(context, edition, form.stated_line)
            else:
                publications.schedule_edition(context, edition, at, form.stated_line)
    except Refused as refused:
        return _come_back(target, form, refused)
    flash(edition_words.published(record.number, at))
    return _to_page(target)


@office.post(f"{GOING_PUBLIC}/stop")
@requires(Permission.GOVERN)
@begins_reading
def stop(body: str, convention_slug: str) -> ResponseReturnValue:
    """The set hour."""
    target = find_convention(body, convention_slug)
    record = _edition_of(target, "stop")
    if record is None:
        return _come_back(target, None, Refused(Refusal.NOT_THERE))
    try:
        with writing() as session:
            edition = session.get_one(Edition, record.id)
            publications.stop_schedule(_context(session, target), edition)
    except Refused as refused:
        return _come_back(target, None, refused)
    flash(_("The set hour is stopped. Readers see what they saw before."))
    return _to_page(target)


def _context(
    session: Session, target: OfficeConventionTarget, seen: int | None = None
) -> ActContext:
    body_id = target.found.body_id
    return for_body(session, body_id, actor_in(body_id), now(), seen)


def _edition_of(target: OfficeConventionTarget, form: str) -> EditionRecord | None:
    """The edition that a form is about, be it made anew since; None where the convention has no
    such edition.
    """
    key = whole_number(request.form.get(f"{form}-edition"))
    record = edition_record(db.session(), key) if key else None
    is_of_it = record is not None and record.convention_id == target.convention.id
    return record if is_of_it else None


def _checksum(target: OfficeConventionTarget, record: EditionRecord) -> str | None:
    """Of the copy that is signed off; None where no file is there."""
    copies = tasks.copies_by_edition(db.session(), record.convention_id, target.found.body_id)
    job = copies.get(record.id)
    file = tasks.file_of(current_settings(), job.result) if job else None
    return hashlib.sha256(file.read_bytes()).hexdigest() if file and file.is_file() else None


def _come_back(
    target: OfficeConventionTarget, form: EditionForm | None, refused: Refused | None = None
) -> ResponseReturnValue:
    """The page as it is now, and the form with what was written; sent again, it is about the copy
    that is there now.
    """
    if refused is None:
        return render(
            target,
            editions=edition_box(db.session(), target, form),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    target = find_convention(target.convention.body.slug, target.convention.slug)
    pinned = editions_of(db.session(), target.convention.id).pinned
    if form is not None and pinned is not None:
        form.look_at(pinned, target.found.context.head)
    is_said = form is not None and form.show_refusal(refused.code)
    errors = [] if is_said else [error_sentence(refused)]
    is_late = refused.code in (Refusal.CHANGED_MEANWHILE, Refusal.ALREADY_PUBLISHED)
    return render(
        target,
        editions=edition_box(db.session(), target, form, errors),
        status=HTTPStatus.CONFLICT if is_late else HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _to_page(target: OfficeConventionTarget, line: str = "") -> ResponseReturnValue:
    """`line`: what was written for readers, and is not on record yet."""
    convention = target.convention
    address = url_for(
        "office.going_public",
        body=convention.body.slug,
        convention_slug=convention.slug,
        line=line or None,
        _anchor="goes-out",
    )
    return redirect(address, HTTPStatus.SEE_OTHER)
