"""The page of steps by which an office is set up, and the forms of those steps that have no page of
their own elsewhere: units by name, items one by one, opening the pages.
"""

from __future__ import annotations

from http import HTTPStatus

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from tracker.accounts import access
from tracker.accounts.access import begins_reading, requires, writing
from tracker.acts import assignments, bodies, floor, items
from tracker.acts.act_context import ActContext, for_body
from tracker.acts.floor import Referral
from tracker.acts.items import Mover
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting import phrases
from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading.setting_up import load_setting_up, newest_first
from tracker.record.conventions import Convention
from tracker.record.rosters import roster_names
from tracker.rules import slugs
from tracker.rules.codes import Floor, FloorPart, Part
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .blueprint import OfficeTarget, find_body, office, whole_number
from .items.item_fields import check_delegation, delegation_to_name, offered_delegations
from .setting_up_forms import REFERRING, ItemForm, PagesForm, UnitsForm
from .trials import own_trial

STEPS = "/office/<body>/setting-up"


@office.get(STEPS)
@requires(Permission.ADMINISTER, Permission.GOVERN)
def setting_up(body: str) -> ResponseReturnValue:
    found = find_body(body)
    return render_template(
        "office/setting_up.html",
        body=found.context.body,
        setting_up=load_setting_up(db.session(), found.context),
        account_name=current_user.name,
        began=found.context.record_began,
        trial=own_trial(db.session()),
        is_trial=slugs.is_for_trying(body),
        may_administer=is_permitted(found.actor, Permission.ADMINISTER),
        may_govern=is_permitted(found.actor, Permission.GOVERN),
    )


# --- units ---


@office.get(f"{STEPS}/units")
@requires(Permission.ADMINISTER)
def first_units(body: str) -> ResponseReturnValue:
    return _units_page(find_body(body), UnitsForm(formdata=None))


@office.post(f"{STEPS}/units")
@requires(Permission.ADMINISTER)
@begins_reading
def add_units(body: str) -> ResponseReturnValue:
    found = find_body(body)
    form = UnitsForm()
    if not form.validate_on_submit():
        return _units_page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    with writing() as session:
        context = _context(session, found)
        known = roster_names(session, found.body_id).units
        added = [name for name in form.unit_names if known.holder(name) is None]
        for name in added:
            bodies.add_unit(context, name)
    flash(
        ngettext("%(num)s unit was added.", "%(num)s units were added.", len(added))
        if added
        else _("These units are there already.")
    )
    return _to_steps(body)


def _units_page(found: OfficeTarget, form: UnitsForm) -> str:
    return render_template(
        "office/setting_up_units.html",
        body=found.context.body,
        form=form,
        units=sorted(found.context.unit_names.offered.values(), key=str.casefold),
    )


# --- items ---


@office.get(f"{STEPS}/items")
@requires(Permission.GOVERN)
def first_items(body: str) -> ResponseReturnValue:
    found = find_body(body)
    return _items_page(found, ItemForm(found.context, found.today, formdata=None))


@office.post(f"{STEPS}/items")
@requires(Permission.GOVERN)
@begins_reading
def record_item(body: str) -> ResponseReturnValue:
    """One item with what the floor did; then the form again, for the next."""
    found = find_body(body)
    form = ItemForm(found.context, found.today)
    if not form.validate_on_submit():
        return _items_page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    check_delegation(db.session(), found, form.delegation)
    if form_errors(form):
        return _items_page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as session:
            _write_item(_context(session, found), session, found, form)
    except Refused as refused:
        form.say(refused.code)
        return _items_page(found, form), HTTPStatus.CONFLICT
    name = phrases.item_name(form.kind.data, form.as_published)
    flash(_("%(item)s is on record.", item=name))
    address = url_for("office.first_items", body=body, convention=form.convention.data)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _write_item(context: ActContext, session: Session, found: OfficeTarget, form: ItemForm) -> None:
    convention = session.scalars(
        sa.select(Convention).where(
            Convention.body_id == found.body_id, Convention.slug == form.convention.data
        )
    ).one()
    delegation_id = delegation_to_name(context, form.delegation)
    item = items.register(
        context,
        convention,
        form.kind.data,
        form.normalised,
        form.text,
        as_published=form.as_published,
        movers=[Mover(FloorPart.MAKER, delegation_id)] if delegation_id else [],
    )
    action = Floor(form.floor_action.data)
    refers = action in REFERRING
    floor.record_floor_action(
        context,
        item,
        action,
        form.floor_on.data,
        referral=Referral(unit_id=form.unit_id) if refers else None,
    )
    if form.unit_id is not None and not refers:
        assignments.assign(context, item, Part.LEAD, form.unit_id)


def _items_page(found: OfficeTarget, form: ItemForm) -> str:
    wanted = request.args.get("convention")
    known = {convention.slug for convention in found.context.conventions.values()}
    if not form.is_submitted() and wanted in known:
        form.convention.data = wanted
    return render_template(
        "office/setting_up_items.html",
        body=found.context.body,
        form=form,
        conventions=newest_first(found.context),
        items=load_setting_up(db.session(), found.context).items,
        delegations=offered_delegations(found.context),
    )


# --- opening the pages ---


@office.get(f"{STEPS}/pages")
@requires(Permission.ADMINISTER)
def opening_pages(body: str) -> ResponseReturnValue:
    found = find_body(body)
    setting = load_setting_up(db.session(), found.context).settings["pages"]
    form = PagesForm(formdata=None, seen=str(setting.seen))
    return _pages_page(found, form)


@office.post(f"{STEPS}/pages")
@requires(Permission.ADMINISTER)
@begins_reading
def open_pages(body: str) -> ResponseReturnValue:
    """That they stay closed is recorded, too: then the step is done."""
    found = find_body(body)
    form = PagesForm()
    seen = whole_number(form.seen.data)
    if not form.validate_on_submit() or seen is None:
        return _pages_page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as session:
            context = for_body(session, found.body_id, access.actor_in(found.body_id), now(), seen)
            bodies.set_setting(context, "pages", form.pages.data)
    except Refused as refused:
        found = find_body(body)
        form.pages.errors = [refusal_sentence(refused.code)]
        if refused.code is Refusal.CHANGED_MEANWHILE:
            newest = load_setting_up(db.session(), found.context).settings["pages"]
            form.seen.data = str(newest.seen)
        return _pages_page(found, form), HTTPStatus.CONFLICT
    flash(
        _("The pages are open: everybody reads them.")
        if form.pages.data == "open"
        else _("The pages stay closed: people with a role read them.")
    )
    return _to_steps(body)


def _pages_page(found: OfficeTarget, form: PagesForm) -> str:
    return render_template(
        "office/setting_up_pages.html",
        body=found.context.body,
        form=form,
        setting_up=load_setting_up(db.session(), found.context),
    )


def _context(session: Session, found: OfficeTarget) -> ActContext:
    return for_body(session, found.body_id, access.actor_in(found.body_id), now())


def _to_steps(body: str) -> ResponseReturnValue:
    return redirect(url_for("office.setting_up", body=body), HTTPStatus.SEE_OTHER)
