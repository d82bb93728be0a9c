"""The confirmer's desk: what waits, and one claim beside its evidence, one decision, and the next follows."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from tracker.accounts.access import actor_in, actors, begins_reading, requires, writing
from tracker.acts import reviews
from tracker.clock import now
from tracker.errors import refusal_sentence
from tracker.extensions import db
from tracker.files import store
from tracker.reading import confirmation_desk
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.record.as_of import AsOf
from tracker.record.loader import zone_of
from tracker.rules.codes import Result
from tracker.rules.permissions import Permission, is_permitted_somewhere
from tracker.rules.preconditions import Refusal, Refused
from tracker.translation import gettext as _

from .door import MEANWHILE, TO_MEND, settings, work
from .forms import DecisionForm
from .targets import context_in, find_body, stored_item


@work.get("/my-work/confirm")
@requires(Permission.CONFIRM)
def to_confirm() -> Any:
    """The desk of the one body in which somebody confirms; of several, the first with a claim that waits."""
    found = [
        confirmation_desk.claim_queue(
            db.session(), body_id, actor, now().astimezone(zone_of(db.session(), body_id)).date()
        )
        for body_id, actor in actors().items()
        if is_permitted_somewhere(actor, Permission.CONFIRM)
    ]
    first = next((each for each in found if each.mine), found[0])
    return redirect(url_for("work.queue", body=first.body.slug))


@work.get("/my-work/<body>/confirm")
@requires(Permission.CONFIRM)
def queue(body: str) -> Any:
    arrival = find_body(body)
    found = confirmation_desk.claim_queue(
        db.session(), arrival.body_id, actor_in(arrival.body_id), arrival.today(now())
    )
    return render_template("work/queue.html", queue=found, body=found.body)


@work.route("/my-work/<body>/confirm/<int:claim>", methods=["GET", "POST"])
@requires(Permission.CONFIRM)
@begins_reading
def claim(body: str, claim: int) -> Any:
    arrival, form = find_body(body), DecisionForm()
    page = confirmation_desk.claim_page(
        db.session(), arrival.body_id, claim, actor_in(arrival.body_id), arrival.today(now())
    )
    if page is None:
        return _over(arrival, claim, form)
    if not form.is_submitted():
        form.seen.data = str(page.newest_event)
        return _page(arrival, page, form)
    if not form.validate():
        return _page(arrival, page, form, TO_MEND)
    result = Result(form.decision.data)
    try:
        with writing() as session:
            reviews.review(
                context_in(session, arrival.body_id, form.seen.data),
                stored_item(session, page.item_id),
                claim,
                result,
                (form.reason.data or "").strip() or None,
            )
    except Refused as no:
        again = confirmation_desk.claim_page(
            db.session(), arrival.body_id, claim, actor_in(arrival.body_id), arrival.today(now())
        )
        if again is None:
            return _over(arrival, claim, form)
        return _page(
            arrival,
            again,
            form,
            MEANWHILE if no.code is Refusal.CHANGED_MEANWHILE else TO_MEND,
            (refusal_sentence(no.code),),
        )
    flash(
        _("Confirmed. The page of the item says so from now on.")
        if result is Result.CONFIRMED
        else _("Returned. The lead finds your reason under “My work”.")
    )
    found = confirmation_desk.claim_queue(
        db.session(), arrival.body_id, actor_in(arrival.body_id), arrival.today(now())
    )
    return redirect(
        url_for("work.claim", body=body, claim=found.mine[0].claim)
        if found.mine
        else url_for("work.queue", body=body),
        303,
    )


def _over(arrival: AddressTarget, claim: int, form: DecisionForm) -> Any:
    """A claim that is off the desk is closed. Who was deciding on it is told that somebody else was quicker."""
    over = (
        confirmation_desk.decided_claim(db.session(), arrival.body_id, claim, arrival.today(now()))
        if form.is_submitted()
        else None
    )
    if over is None:
        abort(404)
    near = load_body_context(db.session(), arrival.body_id, AsOf(arrival.today(now())))
    return render_template("work/claim_over.html", over=over, form=form, body=near.body), MEANWHILE


def _page(
    arrival: AddressTarget,
    page: confirmation_desk.ClaimPage,
    form: DecisionForm,
    status: int = 200,
    more: tuple[str, ...] = (),
) -> Any:
    found = confirmation_desk.claim_queue(
        db.session(), arrival.body_id, actor_in(arrival.body_id), arrival.today(now())
    )
    order = [each.claim for each in found.mine]
    place = order.index(page.claim) if page.claim in order else None
    after = order[place + 1] if place is not None and place + 1 < len(order) else None
    whole = {
        proof.evidence.id
        for proof in page.proofs
        if proof.evidence.sha256 and store.unchanged(settings().files, proof.evidence.sha256)
    }
    return render_template(
        "work/claim.html",
        page=page,
        form=form,
        body=page.body,
        place=place,
        total=len(order),
        after=after,
        whole=whole,
        more=more,
    ), status
