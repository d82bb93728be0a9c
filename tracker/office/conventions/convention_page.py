"""The office's page of a convention: what is on record of it, a form for each fact, the ways to all
that is done with its items, and its items.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.access import actor_in, begins_reading, requires, trying, writing
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.office.blueprint import OfficeTarget, find_body, office, whole_number
from tracker.reading.convention import Filters
from tracker.reading.convention_effects import ConventionEffects, answers_of_body, effects
from tracker.reading.models import ConventionDetails
from tracker.reading.office_convention import OfficeConvention, office_convention
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.rules.permissions import NotAllowed, Permission, is_permitted
from tracker.rules.refusals import Refused

from .convention_forms import (
    FORMS,
    ConventionDatesForm,
    ConventionFactForm,
    ConventionNameForm,
    KeptFromForm,
    PublishedItemsForm,
)

CONVENTION = "/office/<body>/<convention_slug>/convention"
ON_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class OfficeConventionTarget:
    """The convention that an address names, as it is now."""

    found: OfficeTarget
    convention: ConventionDetails

    @property
    def path(self) -> str:
        return url_for(
            "office.convention",
            body=self.convention.body.slug,
            convention_slug=self.convention.slug,
        )

    def path_of(self, form: ConventionFactForm) -> str:
        """Where a form is sent."""
        return f"{self.path}/{form.NAME}"

    def load(self) -> OfficeConvention:
        """With the items that the address asks for."""
        page = whole_number(request.args.get("page")) or 1
        words = request.args.get("q", "").strip()[:200]
        loaded = office_convention(
            db.session(),
            self.found.context,
            self.convention.id,
            AsOf(self.found.today),
            Filters(words=words, page=page, size=ON_A_PAGE),
        )
        if loaded is None:
            abort(404)
        return loaded


def find_convention(body: str, slug: str) -> OfficeConventionTarget:
    """404 where the body has none of this slug."""
    found = find_body(body)
    for convention in found.context.conventions.values():
        if convention.slug == slug:
            return OfficeConventionTarget(found=found, convention=convention)
    abort(404)


@office.get(CONVENTION)
@requires(Permission.READ_ALL)
def convention(body: str, convention_slug: str) -> ResponseReturnValue:
    target = find_convention(body, convention_slug)
    return _render(target, target.load())


@office.post(f"{CONVENTION}/{ConventionNameForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def rename_convention(body: str, convention_slug: str) -> ResponseReturnValue:
    return _save(find_convention(body, convention_slug), ConventionNameForm)


@office.post(f"{CONVENTION}/{ConventionDatesForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def date_convention(body: str, convention_slug: str) -> ResponseReturnValue:
    return _save(find_convention(body, convention_slug), ConventionDatesForm)


@office.post(f"{CONVENTION}/{PublishedItemsForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def count_published(body: str, convention_slug: str) -> ResponseReturnValue:
    return _save(find_convention(body, convention_slug), PublishedItemsForm)


@office.post(f"{CONVENTION}/{KeptFromForm.NAME}")
@requires(Permission.GOVERN)
@begins_reading
def set_kept_from(body: str, convention_slug: str) -> ResponseReturnValue:
    return _save(find_convention(body, convention_slug), KeptFromForm)


def _save(
    target: OfficeConventionTarget, form_class: type[ConventionFactForm]
) -> ResponseReturnValue:
    """Records what a form says, or shows what would follow from it; or the form comes back."""
    loaded = target.load()
    form = form_class(loaded, is_sent=True)
    if not form.validate():
        return _render(target, loaded, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if "preview" in request.form:
            follows = _what_follows(target, form)
            return _render(target, loaded, form, follows=follows)
        with writing() as session:
            _record(target, form, session)
    except (Refused, NotAllowed) as error:
        return _come_back(target, form_class, error)
    flash(str(form.DONE))
    return redirect(f"{target.path}#{form.NAME}", HTTPStatus.SEE_OTHER)


def _what_follows(target: OfficeConventionTarget, form: ConventionFactForm) -> ConventionEffects:
    body_id, today = target.found.body_id, target.found.today
    before = answers_of_body(db.session(), body_id, today)
    with trying() as session:
        _record(target, form, session)
        return effects(before, answers_of_body(session, body_id, today))


def _record(target: OfficeConventionTarget, form: ConventionFactForm, session: Session) -> None:
    body_id = target.found.body_id
    seen = whole_number(form.seen.data) or 0
    context = for_body(session, body_id, actor_in(body_id), now(), seen)
    form.record(context, session.get_one(Convention, target.convention.id))


def _come_back(
    target: OfficeConventionTarget,
    form_class: type[ConventionFactForm],
    error: Refused | NotAllowed,
) -> ResponseReturnValue:
    """The page as it is now, and the form with what was written; sent again, it is about that."""
    target = find_convention(target.convention.body.slug, target.convention.slug)
    loaded = target.load()
    form = form_class(loaded, is_sent=True)
    form.validate()
    page_errors, status = form.take_error(error, loaded.newest_event)
    return _render(target, loaded, form, page_errors=page_errors, status=status)


def _render(
    target: OfficeConventionTarget,
    loaded: OfficeConvention,
    sent: ConventionFactForm | None = None,
    *,
    follows: ConventionEffects | None = None,
    page_errors: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    """`sent`: the form that is shown with what was written."""
    actor = target.found.actor
    may_govern = is_permitted(actor, Permission.GOVERN)
    forms = {
        form_class.NAME: sent if isinstance(sent, form_class) else form_class(loaded)
        for form_class in FORMS
        if may_govern
    }
    body, filters = loaded.details.body, loaded.page.filters

    def address(number: int) -> str:
        return url_for(
            "office.convention",
            body=body.slug,
            convention_slug=loaded.details.slug,
            q=filters.words or None,
            page=number,
            _anchor="items",
        )

    page = render_template(
        "office/convention.html",
        body=body,
        convention=loaded.details,
        loaded=loaded,
        forms=forms,
        target=target,
        follows=follows,
        page_errors=page_errors,
        address=address,
        may_govern=may_govern,
        may_administer=is_permitted(actor, Permission.ADMINISTER),
    )
    return page, status
