"""The page on which the office types in one item of a convention."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import items, money
from tracker.acts.act_context import for_body
from tracker.acts.items import NewVersion
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting import labels, phrases
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import DayField, add_error, text_of
from tracker.forms.record_form import LONGEST_TEXT, RecordForm
from tracker.office.blueprint import office
from tracker.office.conventions.convention_page import OfficeConventionTarget, find_convention
from tracker.reading import addresses
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.rules.codes import Stage
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .estimate_fields import EstimateFields
from .item_fields import ItemFields, MoverFields, offered_delegations

NEW_ITEM = "/office/<body>/<convention_slug>/items/new"


class NewItemForm(ItemFields, MoverFields, EstimateFields, RecordForm):
    stage = SelectField(_l("The text is"))
    rationale = TextAreaField(_l("The maker’s rationale"), [Length(max=LONGEST_TEXT)])
    due_on = DayField(_l("Due"))

    def __init__(self, target: NewItemTarget, *, is_sent: bool = False) -> None:
        kind, stage = request.args.get("kind"), request.args.get("stage", target.usual_stage)
        asked = {} if is_sent else {"kind": kind, "stage": stage}
        super().__init__(formdata=request.form if is_sent else None, data=asked)
        self.target = target
        self.offer_kinds(target.found.context)
        self.stage.choices = [SelectChoice(code.value, labels.stage(code)) for code in Stage]
        self.offer_parts()
        self.offer_bases()

    def check(self) -> None:
        self.check_delegations(db.session(), self.target.found)
        if text_of(self.sentence) or self.amount.data:
            self.check_estimate()

    @property
    def text(self) -> NewVersion:
        return NewVersion(
            words=text_of(self.words) or None,
            title=text_of(self.title) or None,
            rationale=text_of(self.rationale) or None,
            stage=Stage(self.stage.data),
        )


@dataclass(frozen=True, kw_only=True)
class NamedItem:
    """The item that has the kind and number that were written, or would have them."""

    name: str
    code: str | None  # None: it has no number
    path: str | None  # None: it is not there yet


class NewItemTarget(OfficeConventionTarget):
    """The convention to which an item is added."""

    @property
    def awaits_debate(self) -> bool:
        """Whether the convention has not closed yet."""
        closes_on = self.found.context.clocks[self.convention.id].closes_on
        return closes_on is not None and self.found.today <= closes_on

    @property
    def usual_stage(self) -> str:
        return (Stage.AS_SUBMITTED if self.awaits_debate else Stage.AS_PUBLISHED).value

    def named_item(self, form: NewItemForm) -> NamedItem | None:
        """None where that cannot be understood."""
        if form.kind.errors or form.number.errors:
            return None
        name = phrases.item_name(form.kind.data, form.as_published)
        if not form.normalised:
            return NamedItem(name=name, code=None, path=None)
        prefixes = self.found.context.prefixes
        code = f"{prefixes[form.kind.data]}-{form.normalised}"
        address = addresses.resolve(db.session(), self.convention.body.slug, self.convention.slug)
        known = address and addresses.resolve_item(db.session(), address, code)
        return NamedItem(
            name=name,
            code=code,
            path=self.path_of_item(known[1]) if known else None,
        )

    def path_of_item(self, code: str) -> str:
        return url_for(
            "office.item",
            body=self.convention.body.slug,
            convention_slug=self.convention.slug,
            spelling=code,
        )


@office.get(NEW_ITEM)
@requires(Permission.GOVERN)
def new_item(body: str, convention_slug: str) -> ResponseReturnValue:
    target = _find_target(body, convention_slug)
    return _render(target, NewItemForm(target))


@office.post(NEW_ITEM)
@requires(Permission.GOVERN)
@begins_reading
def record_new_item(body: str, convention_slug: str) -> ResponseReturnValue:
    """Records it, or shows how its number is understood; or the form comes back."""
    target = _find_target(body, convention_slug)
    form = NewItemForm(target, is_sent=True)
    if "more" in request.form:
        form.grow()
        return _render(target, form)
    is_valid = form.validate()
    named = target.named_item(form)
    if named and named.path:
        return _already_there(target, form, named)
    if "look" in request.form:
        return _look(target, form, named)
    if not is_valid:
        return _render(target, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as session:
            code = _write(session, target, form)
    except Refused as refused:
        target = _find_target(body, convention_slug)
        if refused.code is Refusal.ALREADY_THERE:
            return _already_there(target, form, target.named_item(form))
        add_error(form.title, refusal_sentence(refused.code))
        return _render(target, form), HTTPStatus.UNPROCESSABLE_ENTITY
    name = phrases.item_name(form.kind.data, form.as_published)
    flash(_("%(item)s is on record, under %(code)s.", item=name, code=code))
    if "another" in request.form:
        address = url_for(
            "office.new_item",
            body=body,
            convention_slug=convention_slug,
            kind=form.kind.data,
            stage=form.stage.data,
        )
    else:
        address = target.path_of_item(code)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _look(
    target: NewItemTarget, validated: NewItemForm, named: NamedItem | None
) -> ResponseReturnValue:
    """How the number is understood. What is missing elsewhere is not spoken of yet."""
    form = NewItemForm(target, is_sent=True)
    form.kind.errors, form.number.errors = validated.kind.errors, validated.number.errors
    status = HTTPStatus.OK if named else HTTPStatus.UNPROCESSABLE_ENTITY
    return _render(target, form, named), status


def _find_target(body: str, convention_slug: str) -> NewItemTarget:
    target = find_convention(body, convention_slug)
    return NewItemTarget(found=target.found, convention=target.convention)


def _write(session: Session, target: NewItemTarget, form: NewItemForm) -> str:
    """Gives back its code."""
    body_id = target.found.body_id
    context = for_body(session, body_id, actor_in(body_id), now())
    item = items.register(
        context,
        session.get_one(Convention, target.convention.id),
        form.kind.data,
        form.normalised,
        form.text,
        as_published=form.as_published,
        movers=form.stated_movers(context),
        due_on=form.due_on.data,
        awaiting_debate=target.awaits_debate,
    )
    if text_of(form.sentence):
        money.estimate(context, item, form.stated_estimate(form.text.stage))
    return _code_of(target, item)


def _code_of(target: NewItemTarget, item: Item) -> str:
    return f"{target.found.context.prefixes[item.kind]}-{item.number}"


def _already_there(
    target: NewItemTarget, form: NewItemForm, named: NamedItem | None
) -> ResponseReturnValue:
    add_error(form.number, refusal_sentence(Refusal.ALREADY_THERE))
    return _render(target, form, named), HTTPStatus.CONFLICT


def _render(
    target: NewItemTarget,
    form: NewItemForm,
    named: NamedItem | None = None,
) -> str:
    return render_template(
        "office/new_item.html",
        body=target.convention.body,
        convention=target.convention,
        target=target,
        form=form,
        named=named,
        delegations=offered_delegations(target.found.context),
    )
