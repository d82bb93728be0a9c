"""The pages of units and of delegations: adding one, renaming it, closing it, merging it into
another. Before a change is made, the form says what goes along.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import bodies
from tracker.acts import rosters as acts
from tracker.acts.act_context import ActContext, for_body
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting import roster_words
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading.rosters import RosterRow, names_of, roster_lines, roster_row
from tracker.record.bodies import NAME
from tracker.rules.permissions import Permission, is_permitted
from tracker.rules.refusals import Refusal, Refused
from tracker.rules.rosters import Roster
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import OfficeTarget, find_body, office, whole_number

ADDRESS = "/office/<body>/<any(units, delegations):roster>"
ROW = f"{ADDRESS}/<int:row_id>"
CLOSE = "close"  # in place of the key of a row into which to merge


class RowNameForm(Form):
    name = StringField(
        _l("Name"),
        [Length(max=NAME, message=_l("Write at most 200 characters."))],
        filters=[lambda name: " ".join((name or "").split())],
    )


class CloseForm(Form):
    into = SelectField(validate_choice=False)


@dataclass(frozen=True, kw_only=True)
class RowPage:
    """What the page of one row is made of, besides what is on record."""

    rename_form: RowNameForm
    close_form: CloseForm
    renaming: bool = False  # its form is open
    closing: bool = False  # as `renaming`
    new_name: str | None = None  # whose effect is shown
    target: int | None = None  # as `new_name`: the row into which to merge
    closes: bool = False  # as `new_name`: it is closed, and merged into none
    changed_meanwhile: bool = False


@office.get(ADDRESS)
@requires(Permission.ADMINISTER, Permission.READ_ALL)
def roster(body: str, roster: str) -> ResponseReturnValue:
    return _render_all(find_body(body), Roster(roster), RowNameForm())


@office.post(ADDRESS)
@requires(Permission.ADMINISTER)
@begins_reading
def add_row(body: str, roster: str) -> ResponseReturnValue:
    found, which, form = find_body(body), Roster(roster), RowNameForm(request.form)
    if not form.validate():
        return _render_all(found, which, form), HTTPStatus.UNPROCESSABLE_ENTITY
    name = form.name.data or ""
    add = bodies.add_unit if which is Roster.UNITS else bodies.add_delegation
    try:
        with writing() as session:
            add(for_body(session, found.body_id, actor_in(found.body_id), now()), name)
    except Refused as refused:
        form.name.errors = [_why_not(found, which, refused.code, name)]
        return _render_all(found, which, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("%(name)s was added.", name=name))
    address = url_for("office.roster", body=body, roster=roster)
    return redirect(address, HTTPStatus.SEE_OTHER)


@office.get(ROW)
@requires(Permission.ADMINISTER, Permission.READ_ALL)
def one_row(body: str, roster: str, row_id: int) -> ResponseReturnValue:
    found = find_body(body)
    return _render_row(found, _find_row(found, Roster(roster), row_id))


@office.post(f"{ROW}/name")
@requires(Permission.ADMINISTER)
@begins_reading
def rename_row(body: str, roster: str, row_id: int) -> ResponseReturnValue:
    """Makes the change whose effect was shown; else shows it."""
    found, form = find_body(body), RowNameForm(request.form)
    row = _find_row(found, Roster(roster), row_id)
    name, page = form.name.data or "", {"rename_form": form, "renaming": True}
    if not form.validate():
        return _render_row(found, row, **page), HTTPStatus.UNPROCESSABLE_ENTITY
    mistake = _mistake_in_name(found, row, name)
    if mistake:
        form.name.errors = [mistake]
        return _render_row(found, row, **page), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.form.get("make") != name:
        return _render_row(found, row, new_name=name, **page)
    refused = _act(found, lambda context: acts.rename(context, row.roster, row.id, name))
    if refused is Refusal.CHANGED_MEANWHILE:
        return _come_back(body, row, **page)
    if refused:
        form.name.errors = [_why_not(found, row.roster, refused, name, row.id)]
        return _render_row(found, row, **page), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("%(before)s is called %(name)s from today on.", before=row.name, name=name))
    return _to_row(body, row)


@office.post(f"{ROW}/close")
@requires(Permission.ADMINISTER)
@begins_reading
def close_row(body: str, roster: str, row_id: int) -> ResponseReturnValue:
    """As `rename_row`: what the row has is another's, or it is closed where it has nothing."""
    found = find_body(body)
    row = _find_row(found, Roster(roster), row_id)
    form = _close_form(found, row, from_request=True)
    page = {"close_form": form, "closing": True}
    offered = names_of(found.context, row.roster).offered
    target = whole_number(form.into.data)
    if target is not None and (target not in offered or target == row.id):
        target = None
    closes = form.into.data == CLOSE
    if target is None and not closes:
        form.into.errors = [_("Choose one of them.")]
        return _render_row(found, row, **page), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.form.get("make") != form.into.data:
        return _render_row(found, row, target=target, closes=closes, **page)
    listed = request.form.get("listed", "")

    def act(context: ActContext) -> None:
        if target is None:
            acts.close(context, row.roster, row.id, listed)
        else:
            acts.merge(context, row.roster, row.id, target, listed)

    refused = _act(found, act)
    if refused is Refusal.CHANGED_MEANWHILE:
        return _come_back(body, row, **page)
    if refused:
        form.into.errors = [refusal_sentence(refused)]
        return _render_row(found, row, **page), HTTPStatus.UNPROCESSABLE_ENTITY
    if target is None:
        flash(_("%(name)s is closed.", name=row.name))
    else:
        flash(
            _("All that %(name)s had is with %(other)s now.", name=row.name, other=offered[target])
        )
    return _to_row(body, row)


@office.post(f"{ROW}/open")
@requires(Permission.ADMINISTER)
@begins_reading
def reopen_row(body: str, roster: str, row_id: int) -> ResponseReturnValue:
    found = find_body(body)
    row = _find_row(found, Roster(roster), row_id)
    refused = _act(found, lambda context: acts.reopen(context, row.roster, row.id))
    if refused is Refusal.CHANGED_MEANWHILE:
        return _come_back(body, row)
    if refused:
        flash(refusal_sentence(refused))
    else:
        flash(_("%(name)s is open again.", name=row.name))
    return _to_row(body, row)


def _act(found: OfficeTarget, act: Callable[[ActContext], None]) -> Refusal | None:
    """Does it, unless somebody changed the row since the page was shown; tells why it did not."""
    seen = whole_number(request.form.get("seen")) or 0
    try:
        with writing() as session:
            act(for_body(session, found.body_id, actor_in(found.body_id), now(), seen))
    except Refused as refused:
        return refused.code
    return None


def _come_back(body: str, row: RosterRow, **page: object) -> ResponseReturnValue:
    """What was written is kept; what the page says of the row is what holds now."""
    found = find_body(body)
    row = _find_row(found, row.roster, row.id)
    return _render_row(found, row, changed_meanwhile=True, **page), HTTPStatus.CONFLICT


def _to_row(body: str, row: RosterRow) -> ResponseReturnValue:
    address = url_for("office.one_row", body=body, roster=row.roster.value, row_id=row.id)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _find_row(found: OfficeTarget, roster: Roster, row_id: int) -> RosterRow:
    """404 where the body has none of this key."""
    row = names_of(found.context, roster).rows.get(row_id)
    if row is None:
        abort(404)
    return roster_row(db.session(), found.context, roster, row, found.today)


def _mistake_in_name(found: OfficeTarget, row: RosterRow, name: str) -> str | None:
    if name == row.name:
        return _("It is called so already: write another name, or leave it.")
    if names_of(found.context, row.roster).holder(name, other_than=row.id):
        return _why_not(found, row.roster, Refusal.NAME_IS_TAKEN, name, row.id)
    return None if name else refusal_sentence(Refusal.NEEDS_A_NAME)


def _why_not(
    found: OfficeTarget, roster: Roster, code: Refusal, name: str, row_id: int | None = None
) -> str:
    """Where another has the name, or had it, the sentence says which."""
    holder = names_of(find_body(found.context.body.slug).context, roster).holder(name, row_id)
    if code is Refusal.NAME_IS_TAKEN and holder is not None:
        return roster_words.taken(holder, name)
    return refusal_sentence(code)


def _close_form(found: OfficeTarget, row: RosterRow, from_request: bool = False) -> CloseForm:
    form = CloseForm(request.form if from_request else None)
    form.into.label.text = roster_words.goes_to(row.roster)
    others = names_of(found.context, row.roster).offered
    by_name = sorted(others.items(), key=lambda other: (other[1].casefold(), other[0]))
    choices = [SelectChoice("", _("Choose one"))]
    if row.held.is_empty:
        choices.append(SelectChoice(CLOSE, _("To none: it is only closed")))
    choices += [SelectChoice(str(key), name) for key, name in by_name if key != row.id]
    form.into.choices = choices
    return form


def _render_all(found: OfficeTarget, roster: Roster, form: RowNameForm) -> str:
    lines = roster_lines(db.session(), found.context, roster, found.today)
    return render_template(
        "office/roster.html",
        body=found.context.body,
        roster=roster,
        lines=lines,
        count=sum(line.is_open for line in lines),
        form=form,
        may_change=is_permitted(found.actor, Permission.ADMINISTER),
    )


def _render_row(found: OfficeTarget, row: RosterRow, **page: object) -> str:
    made = {
        "rename_form": RowNameForm(data={"name": row.name}),
        "close_form": _close_form(found, row),
        **page,
    }
    return render_template(
        "office/roster_row.html",
        body=found.context.body,
        people=found.context.people,
        row=row,
        names=names_of(found.context, row.roster),
        page=RowPage(**made),  # type: ignore[arg-type]
        seen=found.context.head,
        today=found.today,
        may_change=is_permitted(found.actor, Permission.ADMINISTER),
        may_govern=is_permitted(found.actor, Permission.GOVERN),
    )
