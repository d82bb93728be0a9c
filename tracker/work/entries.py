"""Logging an entry: one form with buttons to submit, preview and keep it, and to add files."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import begins_reading, requires, writing
from tracker.accounts.body_limits import takes_files
from tracker.acts import drafts, progress
from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import text_of
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _

from .blueprint import ITEM_ADDRESS, work
from .entry_files import evidence_of, keep_new_files, refuse_pictures_without_copy
from .entry_form import EntryForm
from .entry_page import EntryPage, load_loggable, received_page, render_first_page
from .new_entry import new_entry
from .targets import find_item, parse_key, staff_address

NOT_IN_A_DRAFT = ("csrf_token", "seen", "submit", "draft", "preview", "add", "drop")


@work.route(f"{ITEM_ADDRESS}/log", methods=["GET", "POST"])
@takes_files
@requires(Permission.LOG)
@begins_reading
def log(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    """Shows the form, and does what the pressed button of the form says."""
    target = find_item(body, convention_slug, spelling)
    item = load_loggable(target)
    if request.method == "GET":
        return render_first_page(target, item)
    form = EntryForm()
    keep_new_files(target, form)
    page = received_page(target, item, form)
    return _action_of_button()(page)


def _action_of_button() -> Callable[[EntryPage], ResponseReturnValue]:
    """A form that names no button, as one sent by the Enter key, is submitted."""
    actions = {
        "draft": _save_draft,
        "add": _change_evidence,
        "drop": _change_evidence,
        "preview": _preview,
    }
    for button, action in actions.items():
        if button in request.form:
            return action
    return _submit


def _change_evidence(page: EntryPage) -> ResponseReturnValue:
    """The files are added or taken off by now; a link gets a new row."""
    if "link" in request.form.getlist("add"):
        page.form.links.append_entry()
    if page.form.files.errors:
        return page.render(HTTPStatus.UNPROCESSABLE_ENTITY)
    return page.render()


def _preview(page: EntryPage) -> ResponseReturnValue:
    """Only what is shown as it was understood must be valid: the length of the words, and the
    amount."""
    form = page.form
    words_are_valid = form.words.validate(form)
    amount_is_valid = form.amount.validate(form)
    if not (words_are_valid and amount_is_valid):
        return page.render(HTTPStatus.UNPROCESSABLE_ENTITY)
    return page.render(preview=text_of(form.words))


def _save_draft(page: EntryPage) -> ResponseReturnValue:
    target = page.target
    upload_ids = [upload.id for upload, _file_form in page.files]
    fields = _draft_fields(page)
    with writing() as session:
        drafts.save(target.context(session), target.item(session), {"form": fields}, upload_ids)
    flash(_("The draft is kept. Nobody else reads it; it is no entry until you submit it."))
    return redirect(url_for("work.my_work"), HTTPStatus.SEE_OTHER)


def _draft_fields(page: EntryPage) -> list[list[str]]:
    """Names and values as they were sent, with the files that are kept by now."""
    fields = [
        [name, value]
        for name, value in request.form.items(multi=True)
        if name not in NOT_IN_A_DRAFT and not name.startswith("kept-")
    ]
    for row, (upload, file_form) in enumerate(page.files):
        fields.append([f"kept-{row}-upload", str(upload.id)])
        if file_form.opens.data:
            fields.append([f"kept-{row}-opens", "y"])
    return fields


def _submit(page: EntryPage) -> ResponseReturnValue:
    target, form = page.target, page.form
    form.validate()
    refuse_pictures_without_copy(page.files)
    if form_errors(form):
        return page.render(HTTPStatus.UNPROCESSABLE_ENTITY)
    entry = new_entry(form, evidence_of(page.files))
    upload_ids = [upload.id for upload, _file_form in page.files]
    try:
        with writing() as session:
            context, item = target.context(session, form.seen.data), target.item(session)
            entry_id = progress.log(context, item, entry).id
            drafts.submitted(context, item, (entry.corrects, entry.answers), upload_ids)
    except Refused as refused:
        return _render_refused(page, refused.code)
    if form.is_internal:
        flash(_("The entry is on record, for staff only."))
    else:
        flash(_("The entry is submitted. It shows to members once it is released."))
    address = staff_address(page.item.item, _anchor=f"entry-{entry_id}")
    return redirect(address, HTTPStatus.SEE_OTHER)


def _render_refused(page: EntryPage, code: Refusal) -> ResponseReturnValue:
    """With what others recorded meanwhile beside the person's words, or with the refusal."""
    item = load_loggable(page.target)
    page = received_page(page.target, item, page.form)
    form = page.form
    if code is Refusal.CHANGED_MEANWHILE:
        recorded_meanwhile = item.since(parse_key(form.seen.data) or 0, list(form.answered_clauses))
        form.seen.data = str(item.newest_event)
        return page.render(HTTPStatus.CONFLICT, recorded_meanwhile=recorded_meanwhile)
    if form.show_refusal(code):
        return page.render(HTTPStatus.UNPROCESSABLE_ENTITY)
    return page.render(HTTPStatus.UNPROCESSABLE_ENTITY, page_errors=[refusal_sentence(code)])


@work.post(f"{ITEM_ADDRESS}/draft/drop")
@requires(Permission.LOG)
@begins_reading
def drop_draft(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    target = find_item(body, convention_slug, spelling)
    with writing() as session:
        drafts.drop(target.context(session), target.item(session))
    flash(_("The draft and its files are thrown away."))
    return redirect(url_for("work.my_work"), HTTPStatus.SEE_OTHER)
