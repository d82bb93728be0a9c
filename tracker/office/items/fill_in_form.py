"""All that the page for filling in many items sends and shows: the rows, what is put into many of
them, and what was pasted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import MultiDict

from tracker.extensions import db
from tracker.formatting.form_fields import form_errors
from tracker.importing.codes import Field
from tracker.importing.planning.own_words import own_words
from tracker.importing.problems import Severity, Unreadable
from tracker.importing.rows.pasted_rows import PasteReading, read_pasted
from tracker.office.blueprint import OfficeTarget, whole_number
from tracker.reading.fill_in import FillInItem
from tracker.reading.handing_on import Receiver
from tracker.reading.models import ConventionDetails
from tracker.record.import_previews import WordOf
from tracker.translation import gettext as _

from .fill_in_filters import FillInFilters
from .fill_in_many import ExtensionFields, ForTheTicked
from .fill_in_pasting import MOST_ROWS, PastedCells, PasteForm, PasteNames, pasted_cells
from .fill_in_rows import FillInRow, RowContext

Sent = MultiDict[str, str]


@dataclass(frozen=True, kw_only=True)
class FillInTarget:
    """A convention, with its items and to whom this person can give them."""

    found: OfficeTarget
    convention: ConventionDetails
    all_items: Mapping[int, FillInItem]
    receivers: Sequence[Receiver]

    @property
    def items(self) -> dict[int, FillInItem]:
        """Those that this person may change something of."""
        return {key: item for key, item in self.all_items.items() if item.may_assign}

    @property
    def governs(self) -> bool:
        return self.found.actor.governs

    @property
    def row_context(self) -> RowContext:
        return RowContext(
            convention=self.convention,
            today=self.found.today,
            receivers=self.receivers,
            units=self.found.context.units,
            people=self.found.context.people,
        )

    def rows(self, keys: Sequence[int], sent: Sent | None) -> list[FillInRow]:
        context = self.row_context
        return [FillInRow(self.all_items[key], context, sent) for key in keys]

    def filters(self) -> FillInFilters:
        return FillInFilters(list(self.items.values()), self.found.context.units)

    def matching(self, filters: FillInFilters) -> list[int]:
        return [key for key, item in self.items.items() if filters.fit(item)]


class FillInForm:
    """All that the page sends: rows, what is put into many of them, what was pasted."""

    def __init__(self, target: FillInTarget, keys: Sequence[int], sent: Sent | None = None) -> None:
        self.target, self._sent = target, sent
        self.rows = target.rows(keys, sent)
        self.many = ForTheTicked(target.receivers, sent)
        self.extension = ExtensionFields(sent)
        self.paste = PasteForm(sent)
        self.remarks: list[str] = []  # that keep nobody from saving
        self.page_errors: list[str] = []

    @classmethod
    def sent(cls, target: FillInTarget) -> FillInForm:
        named = [whole_number(text) for text in request.form.get("items", "").split()]
        keys = [key for key in dict.fromkeys(named) if key in target.all_items]
        return cls(target, [key for key in keys if key is not None][:MOST_ROWS], request.form)

    @property
    def keys(self) -> list[int]:
        return [row.on_record.item.id for row in self.rows]

    def check(self) -> bool:
        """Whether all of it can be recorded; what cannot is said at its field."""
        for row in self.rows:
            row.validate()
            if row.is_changed:
                row.check()
        self.extension.validate()
        if any(row.extends for row in self.rows):
            self.extension.check()
        return bool(self.rows) and not self.has_errors

    @property
    def has_errors(self) -> bool:
        forms = (*self.rows, self.many, self.extension, self.paste)
        return bool(self.page_errors) or any(form_errors(form) for form in forms)

    @property
    def changed(self) -> int:
        """In how many rows something stands that is not on record."""
        return sum(row.is_changed for row in self.rows)

    @property
    def asks_for_extension(self) -> bool:
        """Whether a date that can be extended stands in a row."""
        return any(row.on_record.due_on and row.may_change("due_on") for row in self.rows)

    def put_into_ticked(self) -> FillInForm:
        """The form with one lead, one date in all rows that are ticked; this one where something
        of that is to be mended.
        """
        values = self.many.values_for(self.rows)
        if not values:
            return self
        kept = {name: value for name, value in request.form.items() if name[:5] != "many-"}
        return FillInForm(self.target, self.keys, MultiDict(kept | values))

    def with_record_of(self, target: FillInTarget) -> FillInForm:
        """The same beside what is on record by now."""
        return FillInForm(target, self.keys, self._sent)

    def put_pasted(self) -> FillInForm:
        """The form with what was pasted in its rows; beside these only those that were changed."""
        pasted = self._read_pasted()
        if pasted is None:
            return self
        changed = {row.on_record.item.id for row in self.rows if row.is_changed}
        wanted = changed.union(pasted.item_ids)
        keys = [key for key in self.target.all_items if key in wanted]
        sent = MultiDict(dict(request.form.items()) | pasted.values)
        form = FillInForm(self.target, keys if pasted.item_ids else self.keys, sent)
        form.remarks += self.remarks
        for problem in pasted.problems:
            where = _("Row %(row)s, %(column)s:", row=problem.row, column=problem.column or "A")
            is_remark = problem.severity is Severity.WARNING
            (form.remarks if is_remark else form.page_errors).append(f"{where} {problem.message}")
        if not form.page_errors:
            form.paste.rows.data = ""  # all of it is in the rows
        return form

    def _read_pasted(self) -> PastedCells | None:
        """None where it is no table, or one that is too long."""
        target, words = self.target, self.paste.rows.data or ""
        own = own_words(db.session(), target.found.body_id)
        reading = PasteReading(
            year=target.convention.year,
            order=self.paste.day_order,
            statuses={word.key: word.meaning for word in own if word.of == WordOf.STATUS},
            own_headings={
                word.key: Field(word.meaning) for word in own if word.of == WordOf.HEADING
            },
        )
        try:
            table = read_pasted(words, reading)
        except Unreadable as error:
            self.page_errors.append(str(error))
            return None
        if not table.rows:
            self.page_errors.append(_("Paste rows first: nothing stands in the field."))
            return None
        if len(table.rows) > MOST_ROWS:
            too_many = _(
                "%(count)s rows were pasted, at most %(most)s come in at once: paste them in "
                "parts, or import the list.",
                count=len(table.rows),
                most=MOST_ROWS,
            )
            self.page_errors.append(too_many)
            return None
        names = PasteNames(
            items=target.items,
            receivers=target.receivers,
            units=target.found.context.unit_names,
        )
        pasted = pasted_cells(table, names)
        if table.left_out:
            columns = ", ".join(table.left_out)
            self.remarks.append(
                _("No cell here holds these columns: %(columns)s.", columns=columns)
            )
        return pasted
