"""Taking a list out: all items of a convention, or the sheet of one unit, to be filled in and
brought back by an import. Governance and auditor take any; managers the sheets of their units.
"""

from __future__ import annotations

import io
from http import HTTPStatus

import sqlalchemy as sa
from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.accounts.access import audience_in, requires
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.importing import export
from tracker.importing.export import ItemExport
from tracker.importing.lists_out import lists
from tracker.importing.lists_out.lists import ListOut
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.rules import slugs
from tracker.rules.permissions import Permission, is_permitted, permitted_units
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import OfficeTarget, find_body, office
from .choices import unit_choices

ADDRESS = "/office/<body>/list-out"
XLSX, CSV = "xlsx", "csv"
MEDIA_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv",
}


class ListOutForm(FlaskForm):  # type: ignore[misc]
    """Sent by GET: nothing is written."""

    class Meta:
        csrf = False

    convention = SelectField(_l("Convention"))
    unit = SelectField(
        _l("Which items"),
        description=_l("Of a unit: the items that it leads, or to which it contributes."),
    )
    format = RadioField(
        _l("As"),
        choices=[
            SelectChoice(XLSX, _l("Workbook (XLSX), with words to choose from and locked ids")),
            SelectChoice(CSV, _l("CSV, for other programs")),
        ],
        default=XLSX,
    )


@office.get(ADDRESS)
@requires(Permission.READ_ALL, Permission.ASSIGN)
def list_out(body: str) -> ResponseReturnValue:
    """What can be taken out, and what of it comes back."""
    found = find_body(body)
    return _render(found, _form(found))


@office.get(f"{ADDRESS}/file")
@requires(Permission.READ_ALL, Permission.ASSIGN)
def list_out_file(body: str) -> ResponseReturnValue:
    """What the address does not say is as the form shows it at first."""
    found = find_body(body)
    form = _form(found)
    if not form.validate():
        return _render(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    out = _list_out(found, form)
    if form.format.data == XLSX:
        content = out.as_workbook(found.context)
    else:
        content = ("\ufeff" + out.as_csv()).encode()
    return send_file(
        io.BytesIO(content),
        mimetype=MEDIA_TYPES[form.format.data],
        as_attachment=True,
        download_name=_file_name(found, form),
        max_age=0,
    )


def _form(found: OfficeTarget) -> ListOutForm:
    """With what this person may take out, the newest convention first."""
    conventions = sorted(
        found.context.conventions.values(), key=lambda convention: convention.slug, reverse=True
    )
    units = unit_choices(_units(found))
    if is_permitted(found.actor, Permission.READ_ALL):
        units = [SelectChoice("", _("All items")), *units]
    said = MultiDict(request.args)
    if conventions and units:
        said.setdefault("convention", conventions[0].slug)
        said.setdefault("unit", units[0].value)
    said.setdefault("format", XLSX)
    form = ListOutForm(said)
    form.convention.choices = [SelectChoice(line.slug, line.name) for line in conventions]
    form.unit.choices = units
    return form


def _units(found: OfficeTarget) -> dict[int, str]:
    """The open units whose sheets this person may take out, with their names."""
    names = found.context.unit_names
    open_units = {row.id: row.name for row in names.rows.values() if row.is_open}
    if is_permitted(found.actor, Permission.READ_ALL):
        return open_units
    own = permitted_units(found.actor, Permission.ASSIGN)
    return {key: name for key, name in open_units.items() if key in own}


def _list_out(found: OfficeTarget, form: ListOutForm) -> ListOut:
    session, as_of = db.session(), AsOf(found.today)
    slug = form.convention.data
    convention = session.scalars(
        sa.select(Convention).where(Convention.body_id == found.body_id, Convention.slug == slug)
    ).one()
    names, unit_id = found.context.unit_names, int(form.unit.data or 0)
    if unit_id:
        family = frozenset(names.family(unit_id))
        pages = lists.pages_of_unit(session, convention, family, as_of, audience_in(found.body_id))
    else:
        pages = export.item_pages(session, convention, as_of)
    items = ItemExport(
        body=found.context.body.slug,
        convention=slug,
        day=found.today,
        pages=pages,
        base_url=current_settings().base_url,
    )
    revision = export.revision(session, found.body_id, as_of)
    if unit_id:
        return lists.unit_sheet(items, revision, names.shown[unit_id])
    return lists.whole_list(items, revision)


def _file_name(found: OfficeTarget, form: ListOutForm) -> str:
    unit = found.context.units[int(form.unit.data)] if form.unit.data else ""
    parts = (found.context.body.slug, form.convention.data, slugs.slug_of(unit))
    return f"{'-'.join(filter(None, parts))}.{form.format.data}"


def _render(found: OfficeTarget, form: ListOutForm) -> str:
    return render_template(
        "office/list_out.html",
        body=found.context.body,
        form=form,
        may_import=is_permitted(found.actor, Permission.GOVERN),
        reads_all=is_permitted(found.actor, Permission.READ_ALL),
    )
