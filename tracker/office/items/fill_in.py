"""The page on which many items of a convention are filled in at once: one save, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SearchField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import filling_in
from tracker.acts.act_context import for_body
from tracker.acts.filling_in import FilledIn
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting import labels, office_item_words, phrases
from tracker.formatting.dates import short_day
from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import DayField, add_error
from tracker.office.blueprint import OfficeTarget, find_body, office, whole_number
from tracker.reading.fill_in import FillInItem, fill_in_items
from tracker.reading.handing_on import Receiver, receivers
from tracker.reading.models import ConventionDetails
from tracker.record.items import Item
from tracker.rules.codes import Floor
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l
from tracker.translation import ngettext

ADDRESS = "/office/<body>/<convention_slug>/fill-in"
ON_A_PAGE = 25
FIELD_OF = {  # in which a refusal is said; the others concern the whole row
    Refusal.DATED_AFTER_RECORDING: "acted_on",
    Refusal.DUE_BEFORE_ITS_ADOPTION: "due_on",
    Refusal.OTHERS_POINT_AT_IT: "action",
}


class FillInFilters(Form):
    show = SelectField(
        _l("Show"),
        choices=[
            SelectChoice("", _l("Only what is missing")),
            SelectChoice("all", _l("All items")),
        ],
        validate_choice=False,
    )
    q = SearchField(_l("Words or number"), [Length(max=200)])


class FillInRow(Form):
    """One item. What is left as it was changes nothing."""

    seen = HiddenField()
    action = SelectField(_l("Floor action"), default="")
    acted_on = DayField(_l("On"))
    lead = SelectField(_l("Lead"), default="")
    due_on = DayField(_l("Due"))

    def __init__(
        self,
        item: FillInItem,
        everybody: Sequence[Receiver],
        sent: MultiDict[str, str] | None = None,
    ) -> None:
        on_record = {
            "seen": str(item.newest_event),
            "action": item.action_code,
            "acted_on": item.acted_on,
            "lead": item.lead,
            "due_on": item.due_on,
        }
        super().__init__(sent, prefix=f"i{item.item.id}-", data=on_record)
        self.on_record = item
        for day_field in (self.acted_on, self.due_on):
            if day_field.raw_data and not day_field.raw_data[0].strip():
                day_field.data = None  # it was emptied, and is not what is on record
        self.action.choices = [
            SelectChoice("", _("Not known")),
            *(
                SelectChoice(code.value, labels.floor(code))
                for code in Floor
                if code is not Floor.UNKNOWN
            ),
        ]
        self._leads = {"": _("Nobody yet")} | {
            receiver.code: office_item_words.receiver(receiver) for receiver in everybody
        }
        if item.lead not in self._leads:
            self._leads[item.lead] = _("As on record")
        self.lead.choices = [SelectChoice(code, label) for code, label in self._leads.items()]

    @property
    def filled_in(self) -> FilledIn | None:
        """None: nothing was changed."""
        item, action = self.on_record, self.action.data
        acted = (action, self.acted_on.data) != (item.action_code, item.acted_on)
        gives_lead = self.lead.data != item.lead
        dates = self.due_on.data != item.due_on
        if not (acted or gives_lead or dates):
            return None
        lead = None
        if gives_lead and self.lead.data:
            unit_id, person_id = map(int, self.lead.data.split("-"))
            lead = (unit_id, person_id or None)
        return FilledIn(
            action=Floor(action) if acted and action else None,
            acted_on=self.acted_on.data,
            replaces=self._replaced if acted else None,
            lead=lead,
            no_lead=gives_lead and not self.lead.data,
            due_on=self.due_on.data if dates else None,
        )

    @property
    def _replaced(self) -> int | None:
        """The action on record; one of a later day is another, and comes after it."""
        action = self.on_record.action
        if action is None:
            return None
        known, written = self.on_record.acted_on, self.acted_on.data
        is_another = self.action.data != self.on_record.action_code
        if is_another and known and written and written > known:
            return None
        return action.id

    def check(self, today: date) -> None:
        """What no act could record, said at its field."""
        item, day = self.on_record, self.acted_on.data
        if day and not self.action.data:
            add_error(self.action, _l("Choose what the floor did on that day"))
        if item.action_code and not self.action.data:
            add_error(self.action, _l("What is on record is not taken back here: choose another"))
        if item.acted_on and day is None and not self.acted_on.errors:
            add_error(self.acted_on, _l("Its day is on record: write it, or another"))
        if day and day > today:
            add_error(self.acted_on, refusal_sentence(Refusal.DATED_AFTER_RECORDING))
        due_on = self.due_on.data
        if item.due_on and due_on != item.due_on and not self.due_on.errors:
            add_error(
                self.due_on, _l("A date that is on record is extended on the item’s own page")
            )
        elif due_on and day and due_on < day:
            add_error(self.due_on, refusal_sentence(Refusal.DUE_BEFORE_ITS_ADOPTION))

    def show_refusal(self, code: Refusal) -> None:
        """Where others recorded something meanwhile, with what is on record by now."""
        sentence = refusal_sentence(code)
        if code is Refusal.CHANGED_MEANWHILE:
            self.seen.data = str(self.on_record.newest_event)
            sentence = f"{sentence} {self._on_record_now()}"
        add_error(self[FIELD_OF.get(code, "lead")], sentence)

    def _on_record_now(self) -> str:
        """On record now: Adopted, 3 Jul 2024; Center for Research, Dana."""
        item = self.on_record
        action = labels.floor(item.action.action) if item.action else phrases.not_known()
        if item.acted_on:
            action = f"{action}, {short_day(item.acted_on)}"
        due = phrases.due(item.due_on) if item.due_on else ""
        facts = "; ".join(text for text in (action, self._leads[item.lead], due) if text)
        return _("On record now: %(facts)s.", facts=facts)


@dataclass(frozen=True, kw_only=True)
class FillInTarget:
    """A convention, with its items."""

    found: OfficeTarget
    convention: ConventionDetails
    items: Mapping[int, FillInItem]
    everybody: Sequence[Receiver]

    def rows(self, keys: Sequence[int], sent: MultiDict[str, str] | None) -> list[FillInRow]:
        return [FillInRow(self.items[key], self.everybody, sent) for key in keys]


@office.get(ADDRESS)
@requires(Permission.GOVERN)
def fill_in(body: str, convention_slug: str) -> ResponseReturnValue:
    target = _find_convention(body, convention_slug)
    filters = FillInFilters(request.args)
    matching = [key for key, item in target.items.items() if _fits(item, filters)]
    page = max(1, whole_number(request.args.get("page")) or 1)
    pages = max(1, -(-len(matching) // ON_A_PAGE))
    page = min(page, pages)
    keys = matching[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return _render(target, target.rows(keys, None), filters, len(matching), page, pages)


@office.post(ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
def save_filled_in(body: str, convention_slug: str) -> ResponseReturnValue:
    """All rows that were changed, in one transaction; or the page comes back as it was typed."""
    target = _find_convention(body, convention_slug)
    sent = dict.fromkeys(whole_number(text) for text in request.form.get("items", "").split())
    keys = [key for key in sent if key is not None and key in target.items][:ON_A_PAGE]
    rows = target.rows(keys, request.form)
    for row in rows:
        if row.validate() and row.filled_in:
            row.check(target.found.today)
    if not rows or any(form_errors(row) for row in rows):
        return _come_back(target, rows, HTTPStatus.UNPROCESSABLE_ENTITY)
    changed = [(row, row.filled_in) for row in rows if row.filled_in]
    current = None
    try:
        with writing() as session:
            for current, filled_in in changed:
                seen = whole_number(current.seen.data)
                body_id = target.found.body_id
                context = for_body(session, body_id, actor_in(body_id), now(), seen)
                item = session.get_one(Item, current.on_record.item.id)
                filling_in.fill_in(context, item, filled_in)
    except Refused as refused:
        assert current is not None  # an act refused it
        return _refused(body, convention_slug, rows, current, refused.code)
    flash(
        ngettext("%(num)d item is filled in.", "%(num)d items are filled in.", len(changed))
        if changed
        else _("Nothing was changed.")
    )
    address = url_for("office.fill_in", body=body, convention_slug=convention_slug, **_shown())
    return redirect(address, HTTPStatus.SEE_OTHER)


def _refused(
    body: str,
    convention_slug: str,
    rows: Sequence[FillInRow],
    refused_row: FillInRow,
    code: Refusal,
) -> ResponseReturnValue:
    """Beside what was typed stands what is on record by now; sent again, it is about that."""
    target = _find_convention(body, convention_slug)
    key = refused_row.on_record.item.id
    again = target.rows([row.on_record.item.id for row in rows], request.form)
    row = next(row for row in again if row.on_record.item.id == key)
    row.show_refusal(code)
    is_conflict = code is Refusal.CHANGED_MEANWHILE
    status = HTTPStatus.CONFLICT if is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    return _come_back(target, again, status)


def _come_back(
    target: FillInTarget, rows: Sequence[FillInRow], status: HTTPStatus
) -> ResponseReturnValue:
    filters = FillInFilters(request.args)
    matching = sum(_fits(item, filters) for item in target.items.values())
    return _render(target, rows, filters, matching, 1, 1), status


def _find_convention(body: str, convention_slug: str) -> FillInTarget:
    """404 where there is no such convention."""
    found = find_body(body)
    for convention in found.context.conventions.values():
        if convention.slug == convention_slug:
            items = fill_in_items(db.session(), found.context, convention.id, found.today)
            return FillInTarget(
                found=found,
                convention=convention,
                items={item.item.id: item for item in items},
                everybody=receivers(db.session(), found.context),
            )
    abort(404)


def _fits(item: FillInItem, filters: FillInFilters) -> bool:
    if filters.show.data != "all" and not item.is_missing:
        return False
    words = (filters.q.data or "").strip().casefold()
    if not words:
        return True
    number = (item.item.number or "").casefold()
    return words in (number, item.item.code) or words in item.item.title.casefold()


def _shown() -> dict[str, Any]:
    """The filters, as addresses have them."""
    return {name: request.args[name] for name in ("show", "q") if request.args.get(name)}


def _render(
    target: FillInTarget,
    rows: Sequence[FillInRow],
    filters: FillInFilters,
    matching: int,
    page: int,
    pages: int,
) -> str:
    shown = _shown()

    def address(number: int) -> str:
        return url_for(
            "office.fill_in",
            body=target.found.context.body.slug,
            convention_slug=target.convention.slug,
            page=number,
            **shown,
        )

    return render_template(
        "office/fill_in.html",
        body=target.found.context.body,
        convention=target.convention,
        rows=rows,
        filters=filters,
        matching=matching,
        all_items=len(target.items),
        page=page,
        pages=pages,
        address=address,
        shown=shown,
    )
