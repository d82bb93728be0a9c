"""Staff's page of an item, with what may be done there: withdraw an entry, reopen a claim, explain
a difference of money.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import begins_reading, requires, writing
from tracker.acts import money, progress, reviews
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading import entries
from tracker.reading.entries import StaffItem
from tracker.record.progress import Entry
from tracker.rules.codes import Result
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _

from .blueprint import ITEM_ADDRESS, work
from .decision_forms import ExplainForm, ReopenForm
from .targets import ItemTarget, find_item


@work.get(ITEM_ADDRESS)
@requires(Permission.READ_INTERNAL)
def item(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    return _render(find_item(body, convention_slug, spelling))


@work.post(f"{ITEM_ADDRESS}/entries/<int:entry>/withdraw")
@requires(Permission.LOG)
@begins_reading
def withdraw(body: str, convention_slug: str, spelling: str, entry: int) -> ResponseReturnValue:
    target = find_item(body, convention_slug, spelling)
    try:
        with writing() as session:
            row = session.get(Entry, entry)
            if row is None or row.item_id != target.item_id:
                abort(404)
            progress.withdraw(target.context(session), target.item(session), row)
    except Refused as refused:
        return _render(
            target, HTTPStatus.UNPROCESSABLE_ENTITY, page_errors=[refusal_sentence(refused.code)]
        )
    flash(_("The entry is withdrawn. It counts as never said."))
    return redirect(_address(body, convention_slug, spelling), HTTPStatus.SEE_OTHER)


@work.post(f"{ITEM_ADDRESS}/claims/<int:claim>/reopen")
@requires(Permission.REOPEN)
@begins_reading
def reopen(body: str, convention_slug: str, spelling: str, claim: int) -> ResponseReturnValue:
    target = find_item(body, convention_slug, spelling)
    form = ReopenForm()
    if not form.validate():
        return _render(
            target, HTTPStatus.UNPROCESSABLE_ENTITY, reopen_form=form, reopened_claim=claim
        )
    try:
        with writing() as session:
            reviews.review(
                target.context(session, form.seen.data),
                target.item(session),
                claim,
                Result.REOPENED,
                form.reason.data,
            )
    except Refused as refused:
        # the form may be gone from the page with what was decided meanwhile
        words = _("You wrote: “%(words)s”", words=form.reason.data)
        return _render(
            target,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            reopen_form=form,
            reopened_claim=claim,
            page_errors=[refusal_sentence(refused.code), words],
        )
    flash(_("It is reopened. The lead finds it under “My work”."))
    return redirect(_address(body, convention_slug, spelling), HTTPStatus.SEE_OTHER)


@work.post(f"{ITEM_ADDRESS}/explain")
@requires(Permission.LOG)
@begins_reading
def explain(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    target = find_item(body, convention_slug, spelling)
    form = ExplainForm()
    if not form.validate():
        return _render(target, HTTPStatus.UNPROCESSABLE_ENTITY, explain_form=form)
    try:
        with writing() as session:
            context = target.context(session, form.seen.data)
            money.explain(context, target.item(session), form.words.data or "")
    except Refused as refused:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if refused.code is Refusal.CHANGED_MEANWHILE:
            status = HTTPStatus.CONFLICT
        return _render(
            target, status, explain_form=form, page_errors=[refusal_sentence(refused.code)]
        )
    flash(_("The explanation is submitted. It shows beside the amounts once it is released."))
    address = _address(body, convention_slug, spelling, anchor="h-money")
    return redirect(address, HTTPStatus.SEE_OTHER)


def _address(body: str, convention_slug: str, spelling: str, anchor: str | None = None) -> str:
    return url_for(
        "work.item",
        body=body,
        convention_slug=convention_slug,
        spelling=spelling,
        _anchor=anchor,
    )


def _render(
    target: ItemTarget,
    status: HTTPStatus = HTTPStatus.OK,
    *,
    reopen_form: ReopenForm | None = None,
    reopened_claim: int | None = None,
    explain_form: ExplainForm | None = None,
    page_errors: Sequence[str] = (),
) -> ResponseReturnValue:
    """A form comes back with its errors; the other is empty. `reopened_claim`: of which claim the
    form of reopening is. `page_errors`: errors that belong to no field."""
    staff_item = entries.staff_item(
        db.session(), target.body_id, target.item_id, target.actor, target.today
    )
    if staff_item is None:
        abort(404)
    page = render_template(
        "work/item.html",
        staff_item=staff_item,
        item=staff_item.page,
        body=staff_item.page.body,
        convention=staff_item.page.convention,
        form=reopen_form or explain_form or ReopenForm(formdata=None),
        reopen_forms=_reopen_forms(staff_item, reopened_claim, reopen_form),
        reopened_claim=reopened_claim,
        explain_form=explain_form or ExplainForm(formdata=None),
        is_explaining=explain_form is not None,
        page_errors=page_errors,
    )
    return page, status


def _reopen_forms(
    staff_item: StaffItem, reopened_claim: int | None, sent: ReopenForm | None
) -> dict[int, ReopenForm]:
    """A form for each claim that may be reopened: the one that was sent, and empty ones."""
    forms = {}
    for claim, _clause, _on in staff_item.reopenable:
        if sent is not None and claim == reopened_claim:
            forms[claim] = sent
        else:
            forms[claim] = ReopenForm(formdata=None)
            forms[claim].reason.id = f"reason-{claim}"  # no id stands twice on a page
    return forms
