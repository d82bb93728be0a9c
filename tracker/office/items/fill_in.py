"""The page on which many items of a convention are filled in at once: one save, all or nothing.

What it sends is in `fill_in_form`.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.accounts.body_limits import takes_many_rows
from tracker.acts import filling_in
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.office.blueprint import find_body, office, whole_number
from tracker.reading.fill_in import fill_in_items
from tracker.reading.handing_on import receivers
from tracker.record.items import Item
from tracker.rules.permissions import (
    NotAllowed,
    Permission,
    is_permitted_in_units,
    is_permitted_somewhere,
)
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .fill_in_filters import ON_A_PAGE, FillInFilters, filter_arguments
from .fill_in_form import FillInForm, FillInTarget
from .fill_in_rows import FillInRow

ADDRESS = "/office/<body>/<convention_slug>/fill-in"


@office.get(ADDRESS)
@requires(Permission.ASSIGN, Permission.READ_ALL)
def fill_in(body: str, convention_slug: str) -> ResponseReturnValue:
    """The page with its fields; as words for whoever only reads."""
    target = _find_convention(body, convention_slug)
    if not is_permitted_somewhere(target.found.actor, Permission.ASSIGN):
        return _render_to_read(target)
    filters = target.filters()
    matching = target.matching(filters)
    pages = max(1, -(-len(matching) // ON_A_PAGE))
    page = min(max(1, whole_number(request.args.get("page")) or 1), pages)
    keys = matching[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return _render(FillInForm(target, keys), filters, page, pages)


@office.post(ADDRESS)
@requires(Permission.ASSIGN)
@begins_reading
@takes_many_rows
def save_filled_in(body: str, convention_slug: str) -> ResponseReturnValue:
    """All rows that were changed, in one transaction; or the page comes back as it was typed."""
    form = FillInForm.sent(_find_convention(body, convention_slug))
    button = request.form.get("do")
    if button == "paste":
        return _come_back(form.put_pasted())
    if button == "many" or form.many.is_used:
        form = form.put_into_ticked()
    if button == "many" or form.has_errors:
        return _come_back(form)
    if not form.check():
        return _come_back(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    changed = [row for row in form.rows if row.is_changed]
    current = None
    try:
        with writing() as session:
            for current in changed:
                body_id, seen = form.target.found.body_id, whole_number(current.seen.data)
                context = for_body(session, body_id, actor_in(body_id), now(), seen)
                item = session.get_one(Item, current.on_record.item.id)
                filling_in.fill_in(context, item, current.filled_in(form.extension.extension))
    except (Refused, NotAllowed) as refusal:
        assert current is not None  # an act refused it
        return _refused(form, current, refusal)
    flash(
        ngettext("%(num)d item is filled in.", "%(num)d items are filled in.", len(changed))
        if changed
        else _("Nothing was changed.")
    )
    arguments = filter_arguments()
    if button == "next":
        target = _find_convention(body, convention_slug)
        arguments["page"] = _page_after(target, target.matching(target.filters()), form.keys)
    address = url_for("office.fill_in", body=body, convention_slug=convention_slug, **arguments)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _refused(
    form: FillInForm, refused_row: FillInRow, refusal: Refused | NotAllowed
) -> ResponseReturnValue:
    """Beside what was typed stands what is on record by now; sent again, it is about that."""
    convention = form.target.convention
    target = _find_convention(convention.body.slug, convention.slug)
    again = form.with_record_of(target)
    row = next(row for row in again.rows if row.on_record.item.id == refused_row.on_record.item.id)
    if isinstance(refusal, NotAllowed):
        row.show_not_allowed()
        return _come_back(again, HTTPStatus.CONFLICT)
    row.show_refusal(refusal.code)
    is_conflict = refusal.code is Refusal.CHANGED_MEANWHILE
    return _come_back(
        again, HTTPStatus.CONFLICT if is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    )


def _come_back(form: FillInForm, status: HTTPStatus | None = None) -> ResponseReturnValue:
    if status is None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.has_errors else HTTPStatus.OK
    return _render(form, form.target.filters(), 1, 1), status


def _page_after(target: FillInTarget, matching: Sequence[int], keys: Sequence[int]) -> int:
    """The page that shows the item behind the last of these; what was filled in may have gone."""
    order = list(target.items)
    last = max((order.index(key) for key in keys if key in target.items), default=-1)
    passed = sum(order.index(key) <= last for key in matching)
    return passed // ON_A_PAGE + 1


def _find_convention(body: str, convention_slug: str) -> FillInTarget:
    """404 where there is no such convention."""
    found = find_body(body)
    for convention in found.context.conventions.values():
        if convention.slug == convention_slug:
            items = fill_in_items(
                db.session(), found.context, convention.id, found.today, found.actor
            )
            return FillInTarget(
                found=found,
                convention=convention,
                all_items={item.item.id: item for item in items},
                receivers=[
                    receiver
                    for receiver in receivers(db.session(), found.context)
                    if is_permitted_in_units(found.actor, Permission.ASSIGN, [receiver.unit_id])
                ],
            )
    abort(404)


def _render_to_read(target: FillInTarget) -> str:
    items = list(target.all_items.values())
    pages = max(1, -(-len(items) // ON_A_PAGE))
    context = target.found.context

    def address(number: int) -> str:
        return url_for(
            "office.fill_in",
            body=context.body.slug,
            convention_slug=target.convention.slug,
            page=number,
        )

    return render_template(
        "office/fill_in_to_read.html",
        body=context.body,
        convention=target.convention,
        items=items,
        units=context.units,
        people=context.people,
        page=min(max(1, whole_number(request.args.get("page")) or 1), pages),
        pages=pages,
        per_page=ON_A_PAGE,
        address=address,
    )


def _render(form: FillInForm, filters: FillInFilters, page: int, pages: int) -> str:
    target, shown = form.target, filter_arguments()

    def address(number: int) -> str:
        return url_for(
            "office.fill_in",
            body=target.found.context.body.slug,
            convention_slug=target.convention.slug,
            page=number,
            **shown,
        )

    matching = target.matching(filters)
    return render_template(
        "office/fill_in.html",
        body=target.found.context.body,
        convention=target.convention,
        governs=target.governs,
        form=form,
        filters=filters,
        matching=len(matching),
        all_items=len(target.items),
        has_next=bool(matching) and bool(form.keys) and matching[-1] not in form.keys,
        page=page,
        pages=pages,
        address=address,
        shown=shown,
    )
