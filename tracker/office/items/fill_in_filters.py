"""Which items of a convention the page for filling in many shows, fifty at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from wtforms import Form, SearchField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.formatting import labels
from tracker.office.choices import unit_choices
from tracker.reading.fill_in import FillInCell, FillInItem
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

ON_A_PAGE = 50
ALL = "all"
NAMES = ("show", "kind", "unit", "q")


class FillInFilters(Form):
    show = SelectField(
        _l("Show"),
        choices=[
            SelectChoice("", _l("Only what is missing")),
            SelectChoice(ALL, _l("All items")),
            SelectChoice(FillInCell.ACTION.value, _l("Missing: floor action")),
            SelectChoice(FillInCell.DAY.value, _l("Missing: its day")),
            SelectChoice(FillInCell.LEAD.value, _l("Missing: unit")),
            SelectChoice(FillInCell.DUE.value, _l("Missing: due")),
        ],
        validate_choice=False,
    )
    kind = SelectField(_l("Kind"), validate_choice=False)
    unit = SelectField(_l("Unit"), validate_choice=False)
    q = SearchField(_l("Words or number"), [Length(max=200)])

    def __init__(self, items: Sequence[FillInItem], units: Mapping[int, str]) -> None:
        super().__init__(request.args)
        kinds = dict.fromkeys(item.item.kind for item in items)
        self.kind.choices = [
            SelectChoice("", _("All kinds")),
            *(SelectChoice(kind, labels.kind(kind)) for kind in kinds),
        ]
        held = {item.unit_id: units[item.unit_id] for item in items if item.unit_id is not None}
        self.unit.choices = [SelectChoice("", _("All units")), *unit_choices(held)]

    def fit(self, item: FillInItem) -> bool:
        show, words = self.show.data, (self.q.data or "").strip().casefold()
        if show != ALL and not (item.missing if not show else show in item.missing):
            return False
        if self.kind.data not in ("", None, item.item.kind):
            return False
        if self.unit.data and self.unit.data != str(item.unit_id):
            return False
        number = (item.item.number or "").casefold()
        is_named = words in (number, item.item.code) or words in item.item.title.casefold()
        return not words or is_named

    @property
    def shows_all(self) -> bool:
        return not any(getattr(self, name).data for name in ("kind", "unit", "q")) and (
            self.show.data == ALL
        )


def filter_arguments() -> dict[str, Any]:
    """The filters, as addresses have them."""
    return {name: request.args[name] for name in NAMES if request.args.get(name)}
