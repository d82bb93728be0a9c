"""The page on which something of an item is withheld, at once, and shown again."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from tracker.accounts.access import actor_in, begins_reading, requires, trying, writing
from tracker.acts import withholding
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting import labels, phrases, withholding_words
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import add_error, text_of
from tracker.forms.record_form import LONGEST_TEXT
from tracker.office.blueprint import office
from tracker.reading.published import InItsPlace, PublishedItem, in_its_place, published_item
from tracker.record.items import Item
from tracker.record.progress import Withholding
from tracker.reports.making import withheld
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused
from tracker.rules.withheld_reports import ReportIssuedAnew
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .item import ITEM
from .item_page import OfficeItemTarget, find_item

ADDRESS = f"{ITEM}/withholding"


class WithholdForm(FlaskForm):  # type: ignore[misc]
    # what another withheld meanwhile is no choice any more; the act says so
    what = RadioField(_l("What?"), choices=[], validate_choice=False)
    kind = RadioField(
        _l("Which kind of reason? (published)"),
        [InputRequired(_l("Choose the kind of reason"))],
        choices=[],
        default=WithheldFor.PERSONAL_DATA.value,
    )
    note = TextAreaField(
        _l("Why, in your words"),
        [Length(max=LONGEST_TEXT)],
        description=_l("Read by governance and the auditor only."),
    )

    def offer(self, published: PublishedItem) -> None:
        """What can be chosen; what the address names is, else the first of it."""
        self.what.choices = [
            SelectChoice(fact.key, withholding_words.name(fact)) for fact in published.readable
        ]
        self.kind.choices = [
            SelectChoice(kind.value, phrases.upper(labels.withheld(kind))) for kind in WithheldFor
        ]
        if not self.is_submitted():
            keys = [fact.key for fact in published.readable]
            named = request.args.get("what") or next(iter(keys), "")
            self.what.data = named if named in keys else ""

    def check(self, published: PublishedItem, is_look: bool) -> bool:
        """Why is asked on the page, not in a hurry to look: others have to understand it later."""
        is_understood = bool(self.validate())
        if published.fact(self.what.data or "") is None:
            add_error(self.what, _l("Choose what is withheld"))
            is_understood = False
        if not is_look and not text_of(self.note):
            add_error(self.note, _l("Say why, in a sentence"))
            is_understood = False
        return is_understood


class LiftForm(FlaskForm):  # type: ignore[misc]
    note = TextAreaField(
        _l("Why readers may read it again"),
        [Length(max=LONGEST_TEXT)],
        id="lift-note",
        description=_l("Read by governance and the auditor only."),
    )


@office.get(ADDRESS)
@requires(Permission.READ_ALL)
def withholding_page(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    target = find_item(body, convention_slug, spelling)
    return _render(target, _load(target))


@office.post(ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def withhold(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    """Withholds what was chosen, or shows what readers will see in its place."""
    target = find_item(body, convention_slug, spelling)
    published = _load(target)
    form = WithholdForm()
    form.offer(published)
    is_look = "look" in request.form
    if not form.check(published, is_look):
        return _render(target, published, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if is_look:
        return _render(target, published, form, reports=_would_be_issued_anew(target, form))
    try:
        with writing() as session:
            reports = _withhold(session, target, form)
    except Refused as refused:
        return _come_back(target, form, refused.code)
    reports.after_commit(db.session(), current_settings())
    flash(_("It is withheld, at once. In its place every page says so, with the kind of reason."))
    if reports.reports:
        flash(withholding_words.issued_anew(reports.reports))
    return redirect(f"{_path(target)}#withheld-{form.what.data}", HTTPStatus.SEE_OTHER)


def _withhold(
    session: Session, target: OfficeItemTarget, form: WithholdForm
) -> withheld.WithheldReports:
    """What was chosen, and with it the files of issued reports that show it."""
    kind, _dash, key = form.what.data.partition("-")
    what = withholding.find(session, kind, int(key))
    item = session.get_one(Item, target.item_id)
    if what is None or what.item_id != item.id:
        abort(404)
    context, reason = target.context(session, None), WithheldFor(form.kind.data)
    with withheld.withholding_of(context, current_settings(), item, what, reason) as reports:
        withholding.withhold(context, item, what, reason, form.note.data)
    return reports


def _would_be_issued_anew(
    target: OfficeItemTarget, form: WithholdForm
) -> Sequence[ReportIssuedAnew]:
    """What would follow for issued reports: it is tried, and nothing of it is kept."""
    try:
        with trying() as session:
            return tuple(_withhold(session, target, form).reports)
    except Refused:  # another has withheld it just now: nothing follows any more
        return ()


@office.post(f"{ADDRESS}/<int:withholding_id>/lift")
@requires(Permission.GOVERN)
@begins_reading
def lift_withholding(
    body: str, convention_slug: str, spelling: str, withholding_id: int
) -> ResponseReturnValue:
    target = find_item(body, convention_slug, spelling)
    form = LiftForm()
    errors = []
    if form.validate():
        try:
            with writing() as session:
                _lift(session, target, withholding_id, form.note.data or "")
            flash(_("Readers read it again."))
            return redirect(f"{_path(target)}#lifted-{withholding_id}", HTTPStatus.SEE_OTHER)
        except Refused as refused:
            if refused.code is Refusal.NEEDS_WORDS:
                add_error(form.note, _l("Say why, in a sentence"))
            else:
                errors = [refusal_sentence(refused.code)]
                if form.note.data:
                    errors.append(_("You wrote: “%(words)s”", words=form.note.data))
    return _render(
        target,
        _load(target),
        lift_form=form,
        lifted=withholding_id,
        page_errors=errors,
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _lift(session: Session, target: OfficeItemTarget, withholding_id: int, note: str) -> None:
    row = session.get(Withholding, withholding_id)
    if row is None or row.item_id != target.item_id:
        abort(404)
    item = session.get_one(Item, target.item_id)
    withholding.lift(target.context(session, None), item, row, note)


def _come_back(target: OfficeItemTarget, form: WithholdForm, code: Refusal) -> ResponseReturnValue:
    """The page as it is now, with what was written: another may have withheld it just now."""
    published = _load(target)
    form.offer(published)
    return _render(
        target,
        published,
        form,
        page_errors=[refusal_sentence(code)],
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
    )


def _path(target: OfficeItemTarget) -> str:
    return f"{target.path}/withholding"


def _load(target: OfficeItemTarget) -> PublishedItem:
    """What of the item was released; 404 where it is not there."""
    address = target.address
    published = published_item(db.session(), address.body_id, target.item_id, address.today(now()))
    if published is None:
        abort(404)
    return published


def _render(
    target: OfficeItemTarget,
    published: PublishedItem,
    form: WithholdForm | None = None,
    *,
    reports: Sequence[ReportIssuedAnew] | None = None,
    lift_form: LiftForm | None = None,
    lifted: int | None = None,
    page_errors: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    """`lifted`: the withholding that `lift_form` is about. `reports`: that would be issued anew;
    None: nobody has asked.
    """
    may_withhold = is_permitted(actor_in(target.address.body_id), Permission.GOVERN)
    if form is None and may_withhold:
        form = WithholdForm(formdata=None)
        form.offer(published)
    page = render_template(
        "office/withholding.html",
        published=published,
        item=published.page,
        body=published.page.body,
        convention=published.page.convention,
        path=_path(target),
        office_path=target.path,
        may_withhold=may_withhold,
        form=form,
        chosen=published.fact(form.what.data or "") if form else None,
        place=_place(target, published, form) if form else None,
        reports=reports,
        lift_form=lift_form or LiftForm(formdata=None),
        lifted=lifted,
        page_errors=page_errors,
        today=target.address.today(now()),
    )
    return page, status


def _place(
    target: OfficeItemTarget, published: PublishedItem, form: WithholdForm
) -> InItsPlace | None:
    """What readers will see in place of what is chosen; None: nothing is, or no kind of reason."""
    fact = published.fact(form.what.data or "")
    if fact is None or fact.withheld or form.kind.data not in list(WithheldFor):
        return None
    today = target.address.today(now())
    return in_its_place(published, fact, WithheldFor(form.kind.data), today)
