"""The office's page of an item, and what its forms do with what they are sent: show what would
follow, record it, or come back with the words kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in, trying, writing
from tracker.acts.act_context import ActContext, for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.office.blueprint import whole_number
from tracker.reading import addresses
from tracker.reading.addresses import AddressTarget
from tracker.reading.item_models import ItemPage
from tracker.reading.office_facts import fact_in_force
from tracker.reading.office_item import OfficeItem, office_item
from tracker.record.items import Item
from tracker.rules.permissions import NotAllowed
from tracker.rules.refusals import Refused
from tracker.translation import lazy_gettext as _l

from .assignment_forms import AssignForm, DueDateForm, EndPartForm, ExtendForm
from .fact_form import FactForm
from .floor_forms import FloorActionForm
from .link_forms import DesignationForm, ItemLinkForm
from .money_forms import AppropriationForm, EstimateForm
from .mover_forms import MoversForm
from .outcome_forms import ConfirmedOutcomeForm, OutcomeForm, ReleaseOutcomeForm
from .referral_forms import ReferralDecisionForm
from .text_forms import ClausesForm, RecommendationForm, TextVersionForm

FORMS: tuple[type[FactForm], ...] = (
    ReferralDecisionForm,
    FloorActionForm,
    TextVersionForm,
    MoversForm,
    RecommendationForm,
    ClausesForm,
    AssignForm,
    EndPartForm,
    DueDateForm,
    ExtendForm,
    EstimateForm,
    AppropriationForm,
    OutcomeForm,
    ReleaseOutcomeForm,
    ConfirmedOutcomeForm,
    ItemLinkForm,
    DesignationForm,
)


@dataclass(frozen=True)
class OfficeItemTarget:
    """The item that an address names."""

    address: AddressTarget
    item_id: int
    path: str  # of its page

    def path_of(self, form: FactForm) -> str:
        """Where a form is sent."""
        if form.corrected is not None:
            return self.correction_path(form.NAME, form.corrected.id)
        return f"{self.path}/{form.NAME}"

    def correction_path(self, name: str, fact_id: int) -> str:
        """The page with the form of this name, filled in with a fact on record."""
        return f"{self.path}/{name}/{fact_id}"

    def load(self, session: Session | None = None) -> OfficeItem:
        """The item as it is now; 404 where it is not there."""
        body_id = self.address.body_id
        item = office_item(
            session or db.session(),
            body_id,
            self.item_id,
            actor_in(body_id),
            self.address.today(now()),
        )
        if item is None:
            abort(404)
        return item

    def context(self, session: Session, seen: str | None) -> ActContext:
        body_id = self.address.body_id
        return for_body(session, body_id, actor_in(body_id), now(), whole_number(seen))


def find_item(body: str, convention_slug: str, spelling: str) -> OfficeItemTarget:
    """The item of this code, however it is spelt; 404 where there is none."""
    address = addresses.resolve(db.session(), body, convention_slug)
    if address is None or address.convention_id is None:
        abort(404)
    item = addresses.resolve_item(db.session(), address, spelling)
    if item is None:
        abort(404)
    item_id, code = item
    path = url_for("office.item", body=body, convention_slug=convention_slug, spelling=code)
    return OfficeItemTarget(address, item_id, path)


def save(target: OfficeItemTarget, form_class: type[FactForm]) -> ResponseReturnValue:
    """Records what a form says, or shows what would follow from it; or the form comes back."""
    item = target.load()
    return save_form(target, item, form_class(item, is_sent=True))


def save_form(target: OfficeItemTarget, item: OfficeItem, form: FactForm) -> ResponseReturnValue:
    if form.grow():
        return render(target, item, form)
    if form.corrected is None and not form.is_offered(item):
        errors = [refusal_sentence(form.NOT_OFFERED)]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(target, item, form, page_errors=errors, status=status)
    if not form.validate():
        return render(target, item, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if "preview" in request.form:
            with trying() as session:
                _record(target, form, session)
                follows = target.load(session).page
            return render(target, item, form, follows=follows)
        with writing() as session:
            _record(target, form, session)
    except (Refused, NotAllowed) as error:
        fact_id = form.corrected.id if form.corrected is not None else None
        return come_back(target, type(form), error, fact_id)
    done = form.DONE
    if form.corrected is not None:
        done = _l("It is corrected. What stood there before is below, under “Taken back”.")
    flash(str(done))
    return redirect(f"{target.path}#{form.NAME}", HTTPStatus.SEE_OTHER)


def _record(target: OfficeItemTarget, form: FactForm, session: Session) -> None:
    form.record(target.context(session, form.seen.data), session.get_one(Item, target.item_id))


def come_back(
    target: OfficeItemTarget,
    form_class: type[FactForm],
    error: Refused | NotAllowed,
    fact_id: int | None = None,
) -> ResponseReturnValue:
    """The page as it is now, and the form with what was written; sent again, it is about that.

    :param fact_id: the fact that it was to correct; another may have taken its place meanwhile
    """
    item = target.load()
    corrected = None
    if fact_id is not None and form_class.TABLE is not None:
        key = fact_in_force(db.session(), form_class.TABLE, target.item_id, fact_id)
        corrected = form_class.find(item, key) if key is not None else None
    form = form_class(item, is_sent=True, corrected=corrected)
    form.validate()
    page_errors, status = form.take_error(error, item.newest_event)
    return render(target, item, form, page_errors=page_errors, status=status)


def render(
    target: OfficeItemTarget,
    item: OfficeItem,
    sent: FactForm | None = None,
    *,
    follows: ItemPage | None = None,
    page_errors: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    """`sent`: the form that is shown with what was written; `follows`: the item as it would be."""
    forms = {
        form_class.NAME: sent if isinstance(sent, form_class) else form_class(item)
        for form_class in FORMS
        if isinstance(sent, form_class) or form_class.is_offered(item)
    }
    page = render_template(
        "office/item.html",
        office_item=item,
        item=item.page,
        body=item.page.body,
        convention=item.page.convention,
        forms=forms,
        target=target,
        follows=follows,
        page_errors=page_errors,
    )
    return page, status
