"""My work, and the staff's page of an item with what may be done there: withdraw, reopen, explain. Logging, releasing, confirming are next door."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from tracker.accounts.access import actor_in, actors, begins_reading, requires, writing
from tracker.acts import money, progress, reviews
from tracker.clock import now
from tracker.errors import refusal_sentence
from tracker.extensions import db
from tracker.reading import entries
from tracker.reading import my_work as reading
from tracker.record.loader import zone_of
from tracker.record.progress import Entry
from tracker.rules.codes import Result
from tracker.rules.permissions import Permission, is_permitted_somewhere
from tracker.rules.preconditions import Refusal, Refused
from tracker.translation import gettext as _

from .door import ADDRESS, MEANWHILE, TO_MEND, work
from .forms import ExplainForm, ReopenForm
from .targets import ItemTarget, context_in, find_item, stored_item

HERE = (Permission.LOG, Permission.RELEASE, Permission.CONFIRM)
ROWS = 50


@work.get("/my-work")
@requires(*HERE)
def my_work() -> Any:
    """Of every body in which the account has something to do."""
    found = [
        reading.my_work(
            db.session(), body_id, actor, now().astimezone(zone_of(db.session(), body_id)).date()
        )
        for body_id, actor in actors().items()
        if any(is_permitted_somewhere(actor, each) for each in HERE)
    ]
    asked = request.args.get("page", "1")
    page = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    pages = max(1, max((-(-len(each.led) // ROWS) for each in found), default=1))
    page = min(page, pages)
    return render_template(
        "work/my_work.html",
        works=found,
        body=found[0].body if len(found) == 1 else None,
        person=current_user.name,
        page=page,
        pages=pages,
        rows=slice((page - 1) * ROWS, page * ROWS),
    )


@work.get(ADDRESS)
@requires(Permission.READ_INTERNAL)
def item(body: str, convention_slug: str, spelling: str) -> Any:
    return _item(find_item(body, convention_slug, spelling), ReopenForm(formdata=None))


def _item(
    where: ItemTarget,
    form: ReopenForm | ExplainForm,
    status: int = 200,
    reopening: int | None = None,
    more: tuple[str, ...] = (),
) -> Any:
    """`form`: the one that comes back, with its errors."""
    found = entries.staff_item(
        db.session(), where.body_id, where.item_id, actor_in(where.body_id), where.today
    )
    if found is None:
        abort(404)
    form.seen.data = str(found.newest_event)
    return render_template(
        "work/item.html",
        found=found,
        item=found.page,
        body=found.page.body,
        convention=found.page.convention,
        form=form,
        explain=form if isinstance(form, ExplainForm) else ExplainForm(formdata=None),
        reopening=reopening,
        more=more,
    ), status


@work.post(f"{ADDRESS}/entries/<int:entry>/withdraw")
@requires(Permission.LOG)
@begins_reading
def withdraw(body: str, convention_slug: str, spelling: str, entry: int) -> Any:
    where = find_item(body, convention_slug, spelling)
    try:
        with writing() as session:
            row = session.get(Entry, entry)
            if row is None or row.item_id != where.item_id:
                abort(404)
            progress.withdraw(
                context_in(session, where.body_id), stored_item(session, where.item_id), row
            )
    except Refused as no:
        return _item(where, ReopenForm(formdata=None), TO_MEND, more=(refusal_sentence(no.code),))
    flash(_("The entry is withdrawn. It counts as never said."))
    return redirect(
        url_for("work.item", body=body, convention_slug=convention_slug, spelling=spelling), 303
    )


@work.post(f"{ADDRESS}/claims/<int:claim>/reopen")
@requires(Permission.REOPEN)
@begins_reading
def reopen(body: str, convention_slug: str, spelling: str, claim: int) -> Any:
    where, form = find_item(body, convention_slug, spelling), ReopenForm()
    if not form.validate():
        return _item(where, form, TO_MEND, reopening=claim)
    seen = form.seen.data
    try:
        with writing() as session:
            reviews.review(
                context_in(session, where.body_id, seen),
                stored_item(session, where.item_id),
                claim,
                Result.REOPENED,
                form.reason.data,
            )
    except Refused as no:
        wrote = _(
            "You wrote: “%(words)s”", words=form.reason.data
        )  # the form may be gone with what was decided meanwhile
        return _item(where, form, TO_MEND, reopening=claim, more=(refusal_sentence(no.code), wrote))
    flash(_("It is reopened. The lead finds it under “My work”."))
    return redirect(
        url_for("work.item", body=body, convention_slug=convention_slug, spelling=spelling), 303
    )


@work.post(f"{ADDRESS}/explain")
@requires(Permission.LOG)
@begins_reading
def explain(body: str, convention_slug: str, spelling: str) -> Any:
    where, form = find_item(body, convention_slug, spelling), ExplainForm()
    if not form.validate():
        return _item(where, form, TO_MEND)
    seen, words = form.seen.data, form.words.data or ""
    try:
        with writing() as session:
            money.explain(
                context_in(session, where.body_id, seen), stored_item(session, where.item_id), words
            )
    except Refused as no:
        return _item(
            where,
            form,
            MEANWHILE if no.code is Refusal.CHANGED_MEANWHILE else TO_MEND,
            more=(refusal_sentence(no.code),),
        )
    flash(_("The explanation is submitted. It shows beside the amounts once it is released."))
    return redirect(
        url_for("work.item", body=body, convention_slug=convention_slug, spelling=spelling)
        + "#h-money",
        303,
    )
