"""Rows that were pasted from a spreadsheet, put into the rows of the page: items, units and people
are found by what they are called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.importing.codes import Field
from tracker.importing.planning.nearest_names import nearest
from tracker.importing.problems import Problem, Severity
from tracker.importing.rows.mapping import nearest_words
from tracker.importing.rows.pasted_rows import PastedRow, PastedTable
from tracker.importing.values.dates import Order
from tracker.reading.fill_in import FillInItem
from tracker.reading.handing_on import Receiver
from tracker.rules.rosters import NamesInForce, name_key
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fill_in_rows import CELL_OF, sent_name

MOST_ROWS = 300  # at once


class PasteForm(Form):
    rows = TextAreaField(
        _l("Rows"),
        description=_l(
            "Copied out of a spreadsheet. Columns in this order: number, floor action, date, unit, "
            "person, due; or any of them in any order, under their headings."
        ),
    )
    order = SelectField(
        _l("Days are written"),
        choices=[
            SelectChoice("", _l("As the rows themselves show")),
            SelectChoice(Order.DAY_FIRST.value, _l("Day first: 31/3/2025")),
            SelectChoice(Order.MONTH_FIRST.value, _l("Month first: 3/31/2025")),
        ],
        default="",
        validate_choice=False,
    )

    def __init__(self, sent: MultiDict[str, str] | None = None) -> None:
        super().__init__(sent, prefix="paste-")

    @property
    def day_order(self) -> Order | None:
        return Order(self.order.data) if self.order.data in list(Order) else None


@dataclass(frozen=True, kw_only=True)
class PasteNames:
    """What the cells may name, for this person."""

    items: Mapping[int, FillInItem]
    receivers: Sequence[Receiver]
    units: NamesInForce


@dataclass(kw_only=True)
class PastedCells:
    """What goes into the rows of the page, by the names of their fields; and what does not."""

    item_ids: list[int] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def pasted_cells(table: PastedTable, names: PasteNames) -> PastedCells:
    cells = PastedCells(problems=list(table.problems))
    for row in table.rows:
        _PastedRowCells(row, table, names, cells).put()
    cells.problems.sort(key=lambda problem: (problem.row or 0, problem.column or ""))
    return cells


class _PastedRowCells:
    """One row."""

    def __init__(
        self, row: PastedRow, table: PastedTable, names: PasteNames, cells: PastedCells
    ) -> None:
        self.row, self.table, self.names, self.cells = row, table, names, cells

    def put(self) -> None:
        item = self._item()
        if item is None:
            return
        if item.item.id in self.cells.item_ids:
            self._say(
                Field.NUMBER,
                _("“%(item)s” stands in a row above already.", item=self.row.item[:60]),
                _("Paste one row for each item."),
            )
            return
        self.cells.item_ids.append(item.item.id)
        if self.row.action:
            self._put(item, "action", self.row.action.value, Field.FLOOR_ACTION)
        if self.row.acted_on:
            self._put(item, "acted_on", self.row.acted_on.isoformat(), Field.FLOOR_DATE)
        if self.row.due_on:
            self._put(item, "due_on", self.row.due_on.isoformat(), Field.DUE)
        receiver = self._receiver()
        if receiver:
            named_by = Field.LEAD if self.row.unit else Field.PERSON
            self._put(item, "unit", str(receiver.unit_id), named_by)
            if receiver.person_id is not None:
                self._put(item, "person", receiver.code, named_by)
            elif receiver.unit_id != item.unit_id:
                self._put(item, "person", "", named_by)

    def _put(self, item: FillInItem, name: str, value: str, field_: Field) -> None:
        if CELL_OF[name] in item.may_change:
            self.cells.values[sent_name(item.item.id, name)] = value
        elif CELL_OF[name] in item.by_clause:
            self._say(
                field_,
                _("Its clauses differ in this."),
                _("Change it on the item’s own page."),
            )
        else:
            self._say(field_, _("This is not for you to change here."), "")

    def _item(self) -> FillInItem | None:
        """By its code, or by its number where that is of one kind only."""
        words, code = self.row.item.strip(), self.row.code
        items = list(self.names.items.values())
        named = [item for item in items if item.item.code == words.casefold()]
        numbers = {code.normalised, code.lettered} - {"", None}
        if not named and not code.several:
            named = [
                item
                for item in items
                if item.item.code.partition("-")[2] in numbers
                and code.kind in (None, item.item.kind)
            ]
        if len(named) == 1:
            return named[0]
        if named:
            codes = ", ".join(item.item.code for item in named)
            what = _("“%(item)s” may be %(codes)s.", item=words[:60], codes=codes)
            self._say(Field.NUMBER, what, _("Write its code."))
        elif words:
            what = _("“%(item)s” is none of these items.", item=words[:60])
            self._say(Field.NUMBER, what, _("Write its number, or its code."))
        else:
            self._say(Field.NUMBER, _("The row names no item."), _("Write its number."))
        return None

    def _receiver(self) -> Receiver | None:
        """The unit, or the person in it; a person alone brings the unit."""
        receivers = self.names.receivers
        if self.row.unit:
            unit_id = self._unit_id(self.row.unit)
            receivers = [receiver for receiver in receivers if receiver.unit_id == unit_id]
            if unit_id is None:
                return None
        if self.row.person:
            return self._person(self.row.person, receivers)
        return next((one for one in receivers if self.row.unit and one.person is None), None)

    def _unit_id(self, words: str) -> int | None:
        offered = {receiver.unit: receiver.unit_id for receiver in self.names.receivers}
        known = self.names.units.find(words)
        if known is not None and known in offered.values():
            return known
        near = nearest(words, offered) if known is None else None
        if near:
            self._say_taken(Field.LEAD, words, near)
            return offered[near]
        if known is not None:
            what = _("“%(unit)s” is no unit to which you can give it.", unit=words[:60])
        else:
            close = nearest_words(words, offered)
            what = _("“%(unit)s” is no unit on record%(nearest)s.", unit=words[:60], nearest=close)
        self._say(Field.LEAD, what, _("Choose it in the row."))
        return None

    def _person(self, words: str, receivers: Sequence[Receiver]) -> Receiver | None:
        """None where nobody is so called, or somebody in each of several units."""
        people = [receiver for receiver in receivers if receiver.person is not None]
        of_that_name = [one for one in people if name_key(one.person) == name_key(words)]
        names = {one.person for one in people if one.person}
        near = None if of_that_name else nearest(words, names)
        if near:
            of_that_name = [one for one in people if one.person == near]
        if len(of_that_name) == 1:
            if near:
                self._say_taken(Field.PERSON, words, near)
            return of_that_name[0]
        if of_that_name:
            units = ", ".join(one.unit for one in of_that_name)
            what = _("“%(person)s” is in %(units)s.", person=words[:60], units=units)
            self._say(Field.PERSON, what, _("Write the unit, too."))
        else:
            what = _(
                "“%(person)s” is nobody to whom you can give it%(nearest)s.",
                person=words[:60],
                nearest=nearest_words(words, names),
            )
            self._say(Field.PERSON, what, _("Choose unit and person in the row."))
        return None

    def _say_taken(self, field_: Field, words: str, near: str) -> None:
        self._say(
            field_,
            _("“%(words)s” is taken as %(name)s.", words=words[:60], name=near),
            _("Look at the row."),
            Severity.WARNING,
        )

    def _say(
        self, field_: Field, what: str, to_do: str, severity: Severity = Severity.ERROR
    ) -> None:
        self.cells.problems.append(
            Problem(
                severity=severity,
                what=what,
                to_do=to_do,
                row=self.row.number,
                column=self.table.headings.get(field_),
            )
        )
