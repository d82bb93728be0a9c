"""The form that asks for a report."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional, ValidationError

from tracker.formatting import day
from tracker.reports.models import ReportKind
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

FORMS = (
    (ReportKind.SHORT, _l("Short: a row for each item")),
    (ReportKind.FULL, _l("Full: a section for each item, besides")),
    (ReportKind.ITEM, _l("One item alone")),
)


class ReportForm(FlaskForm):  # type: ignore[misc]
    form = RadioField(
        _l("Form"),
        choices=[SelectChoice(code.value, label) for code, label in FORMS],
        default=ReportKind.SHORT.value,
    )
    item = StringField(
        _l("Item"),
        [Length(max=60)],
        description=_l("For one item alone: its code, as nbi-2 (the last part of its address)."),
    )
    as_of = DateField(_l("What was known on"), [Optional()], description=_l("Empty: today."))

    def between(self, first: date, today: date) -> bool:
        """Whether the record has an answer for that day; else the field says so."""
        asked = self.as_of.data
        if asked and not first <= asked <= today:
            self.as_of.errors = [
                _("Choose a day from %(first)s, when the record began, to today.", first=day(first))
            ]
            return False
        return True

    def validate_item(self, field: StringField) -> None:
        if self.form.data == ReportKind.ITEM and not (field.data or "").strip():
            raise ValidationError(_("Say which item: its code, as nbi-2."))
