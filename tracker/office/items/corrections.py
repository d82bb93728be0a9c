"""The addresses at which a fact on the office's page of an item is corrected, or taken back."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from tracker.accounts.access import begins_reading, requires, writing
from tracker.acts import corrections
from tracker.extensions import db
from tracker.office.blueprint import office
from tracker.reading.office_facts import fact_in_force
from tracker.record.items import Item, OfItem
from tracker.rules.permissions import NotAllowed, Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _

from .fact_form import FactForm
from .item import ITEM
from .item_page import FORMS, OfficeItemTarget, come_back, find_item, render, save_form

CORRECTING: dict[str, tuple[type[FactForm], type[OfItem]]] = {
    form_class.NAME: (form_class, form_class.TABLE)
    for form_class in FORMS
    if form_class.TABLE is not None
}


@office.route(f"{ITEM}/<form_name>/<int:fact_id>", methods=["GET", "POST"])
@requires(Permission.GOVERN)
@begins_reading
def correct_fact(
    body: str, convention_slug: str, spelling: str, form_name: str, fact_id: int
) -> ResponseReturnValue:
    """The item's page with a form that holds the fact; sent, it is corrected or taken back."""
    if form_name not in CORRECTING:
        abort(404)
    form_class, table = CORRECTING[form_name]
    target = find_item(body, convention_slug, spelling)
    _need_fact(target, table, fact_id)
    item = target.load()
    fact = form_class.find(item, fact_id)
    if fact is None:
        return _over(target, form_class, fact_id)
    if request.method == "GET":
        return render(target, item, form_class(item, corrected=fact))
    if "never" in request.form:
        return _take_back(target, form_class, table, fact_id)
    return save_form(target, item, form_class(item, is_sent=True, corrected=fact))


def _need_fact(target: OfficeItemTarget, table: type[OfItem], fact_id: int) -> None:
    """404 where the item never had such a fact."""
    try:
        fact_in_force(db.session(), table, target.item_id, fact_id)
    except LookupError:
        abort(404)


def _over(
    target: OfficeItemTarget, form_class: type[FactForm], fact_id: int
) -> ResponseReturnValue:
    """Somebody else corrected it, took it back or ended it meanwhile."""
    if request.method == "POST":
        return come_back(target, form_class, Refused(Refusal.CHANGED_MEANWHILE), fact_id)
    flash(_("That was corrected or taken back meanwhile. This is what stands on record now."))
    return redirect(target.path, HTTPStatus.SEE_OTHER)


def _take_back(
    target: OfficeItemTarget, form_class: type[FactForm], table: type[OfItem], fact_id: int
) -> ResponseReturnValue:
    try:
        with writing() as session:
            context = target.context(session, None)
            item = session.get_one(Item, target.item_id)
            corrections.take_back(context, item, session.get_one(table, fact_id))
    except (Refused, NotAllowed) as error:
        return come_back(target, form_class, error, fact_id)
    flash(_("It is taken back, and counts as never so. It is below, under “Taken back”."))
    return redirect(f"{target.path}#{form_class.NAME}", HTTPStatus.SEE_OTHER)
