"""Saying who may read a convention: it holds at once."""

from __future__ import annotations

from http import HTTPStatus

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts.act_context import for_body
from tracker.acts.publications import set_publication
from tracker.clock import now
from tracker.formatting.refusal_sentences import error_sentence
from tracker.office.blueprint import office, whole_number
from tracker.office.conventions.convention_page import find_convention
from tracker.record.conventions import Convention
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _

from .going_public import GOING_PUBLIC, render
from .who_reads_form import WhoReadsForm


@office.post(f"{GOING_PUBLIC}/{WhoReadsForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def say_who_reads(body: str, convention_slug: str) -> ResponseReturnValue:
    target = find_convention(body, convention_slug)
    form = WhoReadsForm(target.convention.publication, is_sent=True)
    if not form.validate():
        return render(target, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    visibility, by_edition = form.chosen
    publication = target.convention.publication
    if (publication.visibility, publication.by_edition) != (visibility, by_edition):
        try:
            with writing() as session:
                seen = whole_number(form.seen.data) or 0
                body_id = target.found.body_id
                context = for_body(session, body_id, actor_in(body_id), now(), seen)
                convention = session.get_one(Convention, target.convention.id)
                set_publication(context, convention, visibility, by_edition=by_edition)
        except Refused as refused:
            target = find_convention(body, convention_slug)
            form.see(target.convention.publication)
            errors = [error_sentence(refused)]
            return render(target, form, who_reads_errors=errors, status=HTTPStatus.CONFLICT)
    flash(_("It is so from now on, on every page."))
    address = url_for("office.going_public", body=body, convention_slug=convention_slug)
    return redirect(f"{address}#{WhoReadsForm.NAME}", HTTPStatus.SEE_OTHER)
