"""The confirmer's desk: the claims that wait, and one claim beside its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, actors, begins_reading, requires, writing
from tracker.acts import reviews
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import store
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import text_of
from tracker.reading import claim_page, confirmation_queue, outcome_queue
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.reading.claim_page import AddedEvidence, ClaimPage, DecidedClaim
from tracker.reading.confirmation_queue import ClaimQueue
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.rules.codes import Result
from tracker.rules.permissions import Permission, is_permitted_somewhere
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _

from .blueprint import work
from .decision_forms import ReviewForm
from .targets import context_in, find_body, today_in

CLAIM_ADDRESS = "/my-work/<body>/confirm/<int:claim>"
DESK_PERMISSIONS = (Permission.CONFIRM, Permission.READ_ALL)


@work.get("/my-work/confirm")
@requires(*DESK_PERMISSIONS)
def to_confirm() -> ResponseReturnValue:
    """To the desk of the body in which the person confirms, or reads all; of several, to the first
    with a claim that waits for them."""
    queues = [
        confirmation_queue.claim_queue(db.session(), body_id, actor, today_in(body_id))
        for body_id, actor in actors().items()
        if any(is_permitted_somewhere(actor, permission) for permission in DESK_PERMISSIONS)
    ]
    waiting = [claim_queue for claim_queue in queues if claim_queue.mine]
    first = waiting[0] if waiting else queues[0]
    return redirect(url_for("work.queue", body=first.body.slug))


@work.get("/my-work/<body>/confirm")
@requires(*DESK_PERMISSIONS)
def queue(body: str) -> ResponseReturnValue:
    target = find_body(body)
    claim_queue = _load_queue(target)
    outcomes = outcome_queue.outcome_queue(
        db.session(), target.body_id, actor_in(target.body_id), target.today(now())
    )
    return render_template(
        "work/queue.html", queue=claim_queue, outcomes=outcomes, body=claim_queue.body
    )


@work.get(CLAIM_ADDRESS)
@requires(*DESK_PERMISSIONS)
def claim(body: str, claim: int) -> ResponseReturnValue:
    """One claim beside its evidence; 404 where it does not wait any more."""
    target = find_body(body)
    page = _load_claim(target, claim)
    if page is None:
        abort(404)
    form = ReviewForm(formdata=None)
    form.seen.data = str(page.newest_event)
    return _render_claim(target, page, form)


@work.post(CLAIM_ADDRESS)
@requires(Permission.CONFIRM)
@begins_reading
def review(body: str, claim: int) -> ResponseReturnValue:
    """The decision on a claim; after it comes the next claim that waits."""
    target = find_body(body)
    form = ReviewForm()
    page = _load_claim(target, claim)
    if page is None:
        return _render_decided(target, claim, form)
    if not form.validate() or form.result is None:
        return _render_claim(target, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        with writing() as session:
            reviews.review(
                context_in(session, target.body_id, form.seen.data),
                session.get_one(Item, page.item_id),
                claim,
                form.result,
                text_of(form.reason) or None,
            )
    except Refused as refused:
        return _render_refused(target, claim, form, refused.code)
    if form.result is Result.CONFIRMED:
        flash(_("Confirmed. The page of the item says so from now on."))
    else:
        flash(_("Returned. The lead finds your reason under “My work”."))
    waiting = _load_queue(target).mine
    if not waiting:
        return redirect(url_for("work.queue", body=body), HTTPStatus.SEE_OTHER)
    address = url_for("work.claim", body=body, claim=waiting[0].claim)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _load_queue(target: AddressTarget) -> ClaimQueue:
    return confirmation_queue.claim_queue(
        db.session(), target.body_id, actor_in(target.body_id), target.today(now())
    )


def _load_claim(target: AddressTarget, claim_id: int) -> ClaimPage | None:
    """None for a claim that does not wait any more, or is not there."""
    return claim_page.claim_page(
        db.session(), target.body_id, claim_id, actor_in(target.body_id), target.today(now())
    )


def _render_refused(
    target: AddressTarget, claim_id: int, form: ReviewForm, code: Refusal
) -> ResponseReturnValue:
    page = _load_claim(target, claim_id)
    if page is None:
        return _render_decided(target, claim_id, form)
    errors = [refusal_sentence(code)]
    return _render_claim(target, page, form, status_of(code), page_errors=errors)


def status_of(code: Refusal) -> HTTPStatus:
    """Of the answer to a decision that was refused."""
    is_conflict = code is Refusal.CHANGED_MEANWHILE
    return HTTPStatus.CONFLICT if is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY


def _render_decided(target: AddressTarget, claim_id: int, form: ReviewForm) -> ResponseReturnValue:
    today = target.today(now())
    decided = claim_page.decided_claim(db.session(), target.body_id, claim_id, today)
    return render_decided(target, decided, form)


def render_decided(
    target: AddressTarget, decided: DecidedClaim | None, form: ReviewForm
) -> ResponseReturnValue:
    """Who was deciding is told that somebody else was quicker; 404 where nobody has decided."""
    if decided is None:
        abort(404)
    body_context = load_body_context(db.session(), target.body_id, AsOf(target.today(now())))
    page = render_template(
        "work/claim_over.html", decided_claim=decided, form=form, body=body_context.body
    )
    return page, HTTPStatus.CONFLICT


def _render_claim(
    target: AddressTarget,
    claim_page: ClaimPage,
    form: ReviewForm,
    status: HTTPStatus = HTTPStatus.OK,
    page_errors: Sequence[str] = (),
) -> ResponseReturnValue:
    """`page_errors`: errors that belong to no field."""
    waiting = [queued.claim for queued in _load_queue(target).mine]
    position, next_claim = None, None
    if claim_page.claim in waiting:
        position = waiting.index(claim_page.claim) + 1
        later = waiting[position:]
        next_claim = later[0] if later else None
    page = render_template(
        "work/claim.html",
        page=claim_page,
        form=form,
        body=claim_page.body,
        convention=claim_page.convention,
        position=position,
        total=len(waiting),
        next_claim=next_claim,
        unchanged_files=unchanged_files(claim_page.proofs),
        page_errors=page_errors,
    )
    return page, status


def unchanged_files(proofs: Sequence[AddedEvidence]) -> set[int]:
    """The keys of the evidence whose stored bytes still have the checksum on record."""
    unchanged = set()
    for proof in proofs:
        sha256 = proof.evidence.sha256
        if sha256 and store.unchanged(current_settings().files, sha256):
            unchanged.add(proof.evidence.id)
    return unchanged
