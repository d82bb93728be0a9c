"""Importing on pages: the lists of a body, and one list from its file to the record.

The worker reads and writes; these pages show what it made, and what the office says of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

import sqlalchemy as sa
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.accounts.body_limits import takes_files
from tracker.acts import import_previews
from tracker.acts.act_context import ActContext, for_body
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files.names import plain_name
from tracker.formatting import worker_words
from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.importing.reviewing import choices, tasks
from tracker.importing.reviewing.choices import Choices
from tracker.jobs import heartbeat, queue
from tracker.jobs.table import ask_for
from tracker.office.blueprint import OfficeTarget, find_body, office, whole_number
from tracker.reading.imported_lists import waiting_by_list
from tracker.reading.imports import import_lines
from tracker.record.import_previews import ImportPreview, PreviewState
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _

from .forms import FileForm, ListForm, in_words, values_of
from .preview_page import PreviewPage, load_page

ADDRESS = "/office/<body>/imports"
LIST_ADDRESS = f"{ADDRESS}/<int:preview_id>"
PER_PAGE = 30


@office.get(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def imports(body: str) -> ResponseReturnValue:
    """The lists that came, those that wait to be looked at, and the form that takes a file."""
    return _render_lists(find_body(body), FileForm(formdata=None))


@office.post(ADDRESS)
@requires(Permission.GOVERN)
@takes_files
def upload_list(body: str) -> ResponseReturnValue:
    found = find_body(body)
    form = FileForm()
    file = form.content() if form.validate() else None
    if file is None:
        return _render_lists(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    name, content = file
    with writing() as session:
        context = _context(session, found)
        preview = import_previews.upload(
            context, current_settings().uploads, plain_name(name), content
        )
        preview_id, job_id = preview.id, _ask(session, context, preview, tasks.READ)
    _wake(job_id)
    return _to_list(body, preview_id)


@office.get(LIST_ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def import_list(body: str, preview_id: int) -> ResponseReturnValue:
    """What an import of the list would do, or how far the worker is; without a form for whoever
    only reads.
    """
    found = find_body(body)
    page = load_page(db.session(), _find(found, preview_id), request.args.get("page", 1, type=int))
    if not is_permitted(found.actor, Permission.GOVERN):
        return _render_to_read(found, page)
    form = ListForm(formdata=None, data=values_of(page.said))
    form.version.data = str(page.preview.version)
    return _render_list(found, page, form)


@office.post(LIST_ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def review_list(body: str, preview_id: int) -> ResponseReturnValue:
    """By the button `do`: read the file again, turn to another page of rows, or import."""
    found = find_body(body)
    page = load_page(db.session(), _find(found, preview_id), request.args.get("page", 1, type=int))
    form = ListForm()
    form.fill(found.context, page.summary, page.said)
    if not form.validate():
        return _render_list(found, page, form), HTTPStatus.UNPROCESSABLE_ENTITY
    said = form.said(page.said, page.summary)
    seen = whole_number(form.version.data) or 0
    wanted = request.form.get("do", "again")
    try:
        with writing() as session:
            context, preview = _context(session, found), session.get_one(ImportPreview, preview_id)
            job_id = _carry_out(session, context, preview, said, seen=seen, wanted=wanted)
    except Refused as refused:
        page = load_page(db.session(), _find(found, preview_id), page.page)
        form.version.data = str(page.preview.version)
        return (
            _render_list(
                found,
                page,
                form,
                refused=refusal_sentence(refused.code),
                said_in_vain=in_words(said, page.said),
            ),
            HTTPStatus.CONFLICT,
        )
    if job_id is not None:
        _wake(job_id)
        return _to_list(body, preview_id)
    return _to_list(body, preview_id, page=whole_number(wanted.removeprefix("page-")))


@office.post(f"{LIST_ADDRESS}/drop")
@requires(Permission.GOVERN)
def drop_list(body: str, preview_id: int) -> ResponseReturnValue:
    """The preview is thrown away, with its file."""
    found = find_body(body)
    _find(found, preview_id)
    try:
        with writing() as session:
            preview = session.get_one(ImportPreview, preview_id)
            import_previews.drop(_context(session, found), preview, current_settings().uploads)
        flash(_("The preview is thrown away, and the file with it. Nothing was written."))
    except Refused as refused:
        flash(refusal_sentence(refused.code))
        return _to_list(body, preview_id)
    return redirect(url_for("office.imports", body=body), HTTPStatus.SEE_OTHER)


@office.get(f"{LIST_ADDRESS}/rejected.csv")
@requires(Permission.GOVERN, Permission.READ_ALL)
def rejected_rows(body: str, preview_id: int) -> ResponseReturnValue:
    """The rows that are left out, as they came, each with the reasons."""
    preview = _find(find_body(body), preview_id)
    if preview.rejected is None:
        abort(404)
    name = f"{preview.file_name.rpartition('.')[0] or 'list'}-left-out.csv"
    answer = Response("\ufeff" + preview.rejected, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


# --- what is done -----------------------------------------------------------------------------


def _carry_out(
    session: Session,
    context: ActContext,
    preview: ImportPreview,
    said: Choices,
    *,
    seen: int,
    wanted: str,
) -> int | None:
    """The job that was asked for; None where the worker has nothing to do."""
    before = choices.from_json(preview.choices)
    words = choices.as_json(said)
    if wanted.startswith("page-"):
        import_previews.leave_out(context, preview, words, seen)
        return None
    if wanted == "import" and not said.need_reading_after(before):
        import_previews.confirm(context, preview, words, seen)
        return _ask(session, context, preview, tasks.WRITE)
    if wanted == "import":
        flash(_("You corrected something: the list is read again before it is imported."))
    import_previews.choose(context, preview, words, seen)
    return _ask(session, context, preview, tasks.READ)


def _ask(session: Session, context: ActContext, preview: ImportPreview, kind: str) -> int:
    """The job is on record before the worker is told."""
    job = ask_for(
        session,
        kind,
        {"preview": preview.id, "version": preview.version, "person": context.actor_id},
        body_id=context.body_id,
        requested_by=context.actor_id,
        now=context.now,
    )
    preview.job_id = job.id
    return job.id


def _wake(job_id: int) -> None:
    if not queue.wake(current_settings(), job_id):
        flash(_("The worker could not be told at once; it will find the list by itself."))


# --- what is shown ----------------------------------------------------------------------------


def _context(session: Session, found: OfficeTarget) -> ActContext:
    return for_body(session, found.body_id, actor_in(found.body_id), now())


def _find(found: OfficeTarget, preview_id: int) -> ImportPreview:
    """404 where there is none in this body."""
    preview = db.session.get(ImportPreview, preview_id)
    if preview is None or preview.body_id != found.body_id:
        abort(404)
    return preview


def _to_list(body: str, preview_id: int, page: int | None = None) -> ResponseReturnValue:
    address = url_for("office.import_list", body=body, preview_id=preview_id, page=page)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _render_lists(found: OfficeTarget, form: FileForm) -> str:
    page = max(1, request.args.get("page", 1, type=int))
    lines, total = import_lines(
        db.session(), found.context, offset=(page - 1) * PER_PAGE, most=PER_PAGE
    )
    previews = db.session.scalars(
        sa.select(ImportPreview)
        .where(ImportPreview.body_id == found.body_id, ImportPreview.state != PreviewState.IMPORTED)
        .order_by(ImportPreview.id.desc())
    ).all()
    return render_template(
        "office/imports.html",
        body=found.context.body,
        zone=found.target.zone,
        people=found.context.people,
        form=form,
        lines=lines,
        waiting=waiting_by_list(db.session(), found.body_id),
        previews=previews,
        worker_waits=_worker_waits(found),
        kept_days=import_previews.KEPT_FOR.days,
        may_import=is_permitted(found.actor, Permission.GOVERN),
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
    )


def _worker_waits(found: OfficeTarget) -> str | None:
    """What is said where the worker does not run."""
    at = now()
    worker = heartbeat.worker_state(current_settings(), at)
    return worker_words.waits(worker, at, found.target.zone) if worker.is_down else None


def _render_to_read(found: OfficeTarget, page: PreviewPage) -> str:
    def address(number: int) -> str:
        return url_for(
            "office.import_list",
            body=found.context.body.slug,
            preview_id=page.preview.id,
            page=number,
        )

    return render_template(
        "office/import_list_to_read.html",
        body=found.context.body,
        zone=found.target.zone,
        people=found.context.people,
        list=page,
        address=address,
    )


def _render_list(
    found: OfficeTarget,
    page: PreviewPage,
    form: ListForm,
    refused: str | None = None,
    said_in_vain: Sequence[str] = (),
) -> str:
    """`said_in_vain`: what a form said that was refused, where the page has no form now."""
    form.fill(found.context, page.summary, page.said)
    return render_template(
        "office/import_list.html",
        body=found.context.body,
        conventions={
            convention.slug: convention.name for convention in found.context.conventions.values()
        },
        zone=found.target.zone,
        list=page,
        worker_waits=_worker_waits(found),
        form=form,
        refused=refused,
        said_in_vain=said_in_vain,
        has_errors=bool(form_errors(form)),
        kept_days=import_previews.KEPT_FOR.days,
    )
