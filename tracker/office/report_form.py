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

KINDS = (
    (ReportKind.SHORT, _l("Short: a row for each item")),
    (ReportKind.FULL, _l("Full: a section for each item, besides")),
    (ReportKind.ITEM, _l("One item alone")),
)


class ReportForm(FlaskForm):  # type: ignore[misc]
    form = RadioField(
        _l("Form"),
        choices=[SelectChoice(code.value, label) for code, label in KINDS],
        default=ReportKind.SHORT.value,
    )
    item = StringField(
        _l("Item"),
        [Length(max=60)],
        description=_l("For one item alone: its code, as nbi-2 (the last part of its address)."),
    )
    as_of = DateField(_l("What was known on"), [Optional()], description=_l("Empty: today."))
    # of a convention that readers read by edition
    says = RadioField(
        _l("What it says"),
        choices=[
            SelectChoice("edition", _l("What readers see: the newest edition")),
            SelectChoice("live", _l("The record as it is")),
        ],
        default="edition",
    )

    @property
    def kind(self) -> ReportKind:
        return ReportKind(self.form.data)

    def validate_item(self, field: StringField) -> None:
        if self.form.data == ReportKind.ITEM and not (field.data or "").strip():
            raise ValidationError(_("Say which item: its code, as nbi-2."))

    def check_day(self, first: date, today: date) -> bool:
        """Whether the record has an answer for the day that was chosen; else the field says so.

        `first`: the day on which the record began.
        """
        day_chosen = self.as_of.data
        if day_chosen is None or first <= day_chosen <= today:
            return True
        self.as_of.errors = [
            _("Choose a day from %(first)s, when the record began, to today.", first=day(first))
        ]
        return False

    @property
    def is_live(self) -> bool:
        return bool(self.says.data == "live")

    def say_no_edition(self) -> None:
        self.says.errors = [_("There is no edition yet: choose the record as it is.")]

    def say_no_such_item(self) -> None:
        self.item.errors = [
            _("There is no item of this code. It is the last part of the item’s address: nbi-2.")
        ]
