"""One lead and one due date for many rows; and why dates that are on record are extended."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts.filling_in import Extension
from tracker.formatting import phrases
from tracker.formatting.form_fields import form_errors
from tracker.forms.fields import DayField, add_error, text_of
from tracker.office.choices import chosen_receiver, receiving_people, receiving_units
from tracker.reading.handing_on import Receiver
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fill_in_rows import FillInRow, sent_name


class ForTheTicked(Form):
    """What is put into each row that is ticked; a field that is left empty puts nothing."""

    everything = BooleanField(_l("All rows that are shown"))
    unit = SelectField(_l("Unit"), default="")
    person = SelectField(_l("Person"), default="")
    due_on = DayField(_l("Due"))

    def __init__(
        self, receivers: Sequence[Receiver], sent: MultiDict[str, str] | None = None
    ) -> None:
        super().__init__(sent, prefix="many-")
        self.receivers = receivers
        as_they_are = SelectChoice("", _("As each row has it"))
        self.unit.choices = [as_they_are, *receiving_units(receivers)]
        self.person.choices = [SelectChoice("", _("Nobody named")), *receiving_people(receivers)]

    @property
    def is_used(self) -> bool:
        due_on = self.due_on.raw_data and self.due_on.raw_data[0].strip()
        return bool(self.unit.data or self.person.data or due_on)

    def values_for(self, rows: Sequence[FillInRow]) -> dict[str, str]:
        """By the name of a field of a row, what is put into it; empty where something is to be
        mended, which is said at its field.
        """
        self.validate()
        receiver = chosen_receiver(self.unit, self.person, self.receivers)
        ticked = [row for row in rows if row.ticked.data or self.everything.data]
        if not self.is_used:
            add_error(self.unit, _l("Choose a unit, a person or a date for the ticked rows"))
        elif not ticked:
            add_error(self.everything, _l("Tick the rows for which this is meant"))
        values: dict[str, str] = {}
        for row in ticked:
            values |= self._values_for(row, receiver)
        return {} if form_errors(self) else values

    def _values_for(self, row: FillInRow, receiver: Receiver | None) -> dict[str, str]:
        key, due_on = row.on_record.item.id, self.due_on.data
        closed: list[Field] = []
        values = {}
        if receiver and row.may_change("unit"):
            values[sent_name(key, "unit")] = str(receiver.unit_id)
            person = receiver.code if receiver.person_id is not None else ""
            values[sent_name(key, "person")] = person
        elif receiver:
            closed.append(self.unit)
        if due_on and row.may_change("due_on"):
            values[sent_name(key, "due_on")] = due_on.isoformat()
        elif due_on:
            closed.append(self.due_on)
        for field in closed:
            name = phrases.name_of(row.on_record.item)
            add_error(field, _("%(item)s takes it on its own page alone: untick it", item=name))
        return values


class ExtensionFields(Form):
    """Of all rows whose due date was on record, and is another."""

    by_whom = StringField(_l("Extended by"), [Length(max=200)])
    reason = StringField(
        _l("Why"), [Length(max=2000)], description=_l("Published. The first date stays shown.")
    )

    def __init__(self, sent: MultiDict[str, str] | None = None) -> None:
        super().__init__(sent, prefix="extension-")

    def check(self) -> None:
        """What the act refuses."""
        if not text_of(self.by_whom):
            add_error(self.by_whom, _l("Write who extended it: a committee, the manager"))
        if not text_of(self.reason):
            add_error(self.reason, _l("Give the reason in a sentence"))

    @property
    def extension(self) -> Extension:
        return Extension(text_of(self.by_whom), text_of(self.reason))
