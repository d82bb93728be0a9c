"""Putting in a made-up convention to try things out, and taking it away."""

from __future__ import annotations

from http import HTTPStatus

import sqlalchemy as sa
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in, actors, begins_reading, requires, writing
from tracker.acts import trials
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.record.bodies import Body
from tracker.rules import slugs
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _

from .blueprint import find_body, office

ADDRESS = "/office/<body>/setting-up/made-up"


def own_trial(session: Session) -> str | None:
    """The slug of the body of a made-up convention that whoever asks can take away."""
    administered = [
        body_id for body_id, actor in actors().items() if is_permitted(actor, Permission.ADMINISTER)
    ]
    found = session.scalars(sa.select(Body.slug).where(Body.id.in_(administered)).order_by(Body.id))
    return next((slug for slug in found if slugs.is_for_trying(slug)), None)


@office.post(ADDRESS)
@requires(Permission.ADMINISTER)
@begins_reading
def put_trial_in(body: str) -> ResponseReturnValue:
    from tracker import trial  # words that hardly any request needs

    found = find_body(body)
    if own_trial(db.session()) is not None:
        flash(_("A made-up convention is in already."))
        return _to_steps(body)
    user_id, name = current_user.id, current_user.name
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            trial.put_in(context, user_id=user_id, name=name)
    except Refused as refused:
        flash(refusal_sentence(refused.code))
        return _to_steps(body)
    flash(_("The made-up convention is in. Nobody but you sees it."))
    return redirect(url_for("office.setting_up", body=body, _anchor="trial"), HTTPStatus.SEE_OTHER)


@office.post(f"{ADDRESS}/away")
@requires(Permission.ADMINISTER)
@begins_reading
def take_trial_away(body: str) -> ResponseReturnValue:
    """From the page of steps of the office's own body, or from its own."""
    slug = own_trial(db.session())
    if slug is None or request.form.get("trial") != slug:
        flash(_("It was taken away already."))
        return _to_steps(body)
    with writing() as session:
        body_id = session.scalars(sa.select(Body.id).where(Body.slug == slug)).one()
        trials.take_away(for_body(session, body_id, actor_in(body_id), now()))
    flash(_("The made-up convention is gone: no page shows anything of it any more."))
    if body == slug:
        return redirect(url_for("office.home"), HTTPStatus.SEE_OTHER)
    return _to_steps(body)


def _to_steps(body: str) -> ResponseReturnValue:
    return redirect(url_for("office.setting_up", body=body), HTTPStatus.SEE_OTHER)
