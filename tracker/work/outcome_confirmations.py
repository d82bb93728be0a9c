"""The confirmer's page of one outcome beside its evidence, and the decision on it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import reviews
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import text_of
from tracker.reading import outcome_queue
from tracker.reading.addresses import AddressTarget
from tracker.reading.outcome_queue import OutcomePage
from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.rules.codes import Result
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _

from .blueprint import work
from .confirmations import DESK_PERMISSIONS, render_decided, status_of, unchanged_files
from .decision_forms import ReviewForm
from .targets import context_in, find_body

OUTCOME_ADDRESS = "/my-work/<body>/confirm/outcomes/<int:outcome>"


@work.get(OUTCOME_ADDRESS)
@requires(*DESK_PERMISSIONS)
def outcome(body: str, outcome: int) -> ResponseReturnValue:
    """One outcome beside its evidence; 404 where it does not wait any more."""
    page = _load(find_body(body), outcome)
    if page is None:
        abort(404)
    form = ReviewForm(formdata=None)
    form.seen.data = str(page.newest_event)
    return _render(page, form)


@work.post(OUTCOME_ADDRESS)
@requires(Permission.CONFIRM)
@begins_reading
def review_outcome(body: str, outcome: int) -> ResponseReturnValue:
    target = find_body(body)
    form = ReviewForm()
    page = _load(target, outcome)
    if page is None:
        return _render_decided(target, outcome, form)
    if not form.validate() or form.result is None:
        return _render(page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with writing() as session:
            reviews.review_outcome(
                context_in(session, target.body_id, form.seen.data),
                session.get_one(Item, page.item_id),
                session.get_one(Outcome, outcome),
                form.result,
                reason=text_of(form.reason) or None,
            )
    except Refused as refused:
        return _render_refused(target, outcome, form, refused.code)
    if form.result is Result.CONFIRMED:
        flash(_("Confirmed. It counts as the answer to “what changed?” from now on."))
    else:
        flash(_("Returned. It stays on the page, and does not count."))
    return redirect(url_for("work.queue", body=body), HTTPStatus.SEE_OTHER)


def _load(target: AddressTarget, outcome_id: int) -> OutcomePage | None:
    """None for one that does not wait any more, or is not there."""
    return outcome_queue.outcome_page(
        db.session(), target.body_id, outcome_id, actor_in(target.body_id), target.today(now())
    )


def _render_refused(
    target: AddressTarget, outcome_id: int, form: ReviewForm, code: Refusal
) -> ResponseReturnValue:
    page = _load(target, outcome_id)
    if page is None:
        return _render_decided(target, outcome_id, form)
    return _render(page, form, status_of(code), page_errors=[refusal_sentence(code)])


def _render_decided(
    target: AddressTarget, outcome_id: int, form: ReviewForm
) -> ResponseReturnValue:
    today = target.today(now())
    decided = outcome_queue.decided_outcome(db.session(), target.body_id, outcome_id, today)
    return render_decided(target, decided, form)


def _render(
    page: OutcomePage,
    form: ReviewForm,
    status: HTTPStatus = HTTPStatus.OK,
    page_errors: Sequence[str] = (),
) -> ResponseReturnValue:
    shown = render_template(
        "work/outcome.html",
        page=page,
        form=form,
        body=page.body,
        convention=page.convention,
        unchanged_files=unchanged_files(page.proofs),
        page_errors=page_errors,
    )
    return shown, status
