"""The page of the kinds of items: adding one, closing one that the body added."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, InputRequired

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import bodies
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading.kinds import kind_details
from tracker.record.bodies import AddedKind
from tracker.rules import added_kinds
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused
from tracker.rules.settings import NO, YES
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import OfficeTarget, find_body, office

ADDRESS = "/office/<body>/kinds"


class KindForm(Form):
    name = StringField(_l("Name, of one item"), [InputRequired(_l("Write a name."))])
    prefix = StringField(
        _l("Beginning of addresses"),
        [InputRequired(_l("Write the letters with which addresses begin."))],
        filters=[lambda text: (text or "").strip().casefold()],
        description=_l("Two to eight letters. With “pet”, item 2 has the address pet-2."),
    )
    follows_through = RadioField(
        _l("What the floor adopts of this kind"),
        [AnyOf((YES, NO), message=_l("Choose one of the two."))],
        choices=[
            SelectChoice(YES, _l("Needs follow-through")),
            SelectChoice(NO, _l("Is done by its adoption")),
        ],
        validate_choice=False,
    )


@office.get(ADDRESS)
@requires(Permission.ADMINISTER, Permission.READ_ALL)
def kinds(body: str) -> ResponseReturnValue:
    return _render(find_body(body), KindForm())


@office.post(ADDRESS)
@requires(Permission.ADMINISTER)
@begins_reading
def add_kind(body: str) -> ResponseReturnValue:
    """Makes the kind whose code was shown; else shows it."""
    found, form = find_body(body), KindForm(request.form)
    if not form.validate():
        return _render(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    code, prefix = added_kinds.code_of(form.name.data or ""), form.prefix.data or ""
    own = [kind for kind in kind_details(db.session(), found.context, found.today) if kind.added_id]
    try:
        added_kinds.need_free(
            code, prefix, [kind.code for kind in own], [kind.prefix for kind in own]
        )
        if request.form.get("make") != f"{code} {prefix} {form.follows_through.data}":
            return _render(found, form, code)
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            bodies.add_kind(context, code, prefix, form.follows_through.data == YES)
    except Refused as refused:
        of_prefix = refused.code in (Refusal.NOT_A_PREFIX, Refusal.PREFIX_IS_TAKEN)
        field = form.prefix if of_prefix else form.name
        field.errors = [refusal_sentence(refused.code)]
        return _render(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The kind was added."))
    return redirect(url_for("office.kinds", body=body), HTTPStatus.SEE_OTHER)


@office.post(f"{ADDRESS}/<int:kind_id>/close")
@requires(Permission.ADMINISTER)
@begins_reading
def close_kind(body: str, kind_id: int) -> ResponseReturnValue:
    """Or opens it again, where it is closed."""
    found = find_body(body)
    kind = db.session().get(AddedKind, kind_id)
    if kind is None or kind.body_id != found.body_id:
        abort(404)
    act = bodies.reopen_kind if request.form.get("again") else bodies.close_kind
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            act(context, session.get_one(AddedKind, kind_id))
    except Refused:
        flash(_("Somebody has changed it meanwhile: the page shows what holds now."))
    else:
        flash(
            _("The kind is open again.") if request.form.get("again") else _("The kind is closed.")
        )
    return redirect(url_for("office.kinds", body=body), HTTPStatus.SEE_OTHER)


def _render(found: OfficeTarget, form: KindForm, code: str | None = None) -> str:
    """`code`: of the kind whose effect is shown."""
    kinds = kind_details(db.session(), found.context, found.today)
    return render_template(
        "office/kinds.html",
        body=found.context.body,
        kinds=kinds,
        form=form,
        code=code,
        may_change=is_permitted(found.actor, Permission.ADMINISTER),
    )
