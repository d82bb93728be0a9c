"""The page of one import that is on record, and its undoing."""

from __future__ import annotations

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import undoing
from tracker.acts.act_context import for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.office.blueprint import OfficeTarget, find_body, office
from tracker.reading.import_page import ImportPage, import_page
from tracker.record.conventions import ListImport
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _

ADDRESS = "/office/<body>/imports/on-record/<int:import_id>"


@office.get(ADDRESS)
@requires(Permission.GOVERN, Permission.READ_ALL)
def import_on_record(body: str, import_id: int) -> ResponseReturnValue:
    """Who, when, which file, which items; what waits of it, and what was built on it."""
    found = find_body(body)
    return _render(found, _find(found, import_id))


@office.post(ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def undo_import(body: str, import_id: int) -> ResponseReturnValue:
    """Undoes it once the box is ticked that says what this means."""
    found = find_body(body)
    page = _find(found, import_id)
    if not request.form.get("understood"):
        return _render(found, page, not_ticked=True), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now())
            undoing.undo_import(context, session.get_one(ListImport, import_id))
    except Refused as refused:
        found = find_body(body)
        sentence = refusal_sentence(refused.code)
        return _render(found, _find(found, import_id), refused=sentence), HTTPStatus.CONFLICT
    flash(_("The import is undone. What it brought is public on no day."))
    address = url_for("office.import_on_record", body=body, import_id=import_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _find(found: OfficeTarget, import_id: int) -> ImportPage:
    """404 where the body has no such import."""
    page = max(1, request.args.get("page", 1, type=int))
    details = import_page(db.session(), found.context, import_id, found.today, page)
    if details is None:
        abort(404)
    return details


def _render(
    found: OfficeTarget, page: ImportPage, *, not_ticked: bool = False, refused: str | None = None
) -> str:
    return render_template(
        "office/import_on_record.html",
        body=found.context.body,
        details=page,
        not_ticked=not_ticked,
        refused=refused,
        may_undo=is_permitted(found.actor, Permission.GOVERN),
    )
