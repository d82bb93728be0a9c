"""Fields of a convention that its forms share: what it is called, and its days."""

from __future__ import annotations

from typing import ClassVar

from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from tracker.acts.conventions import Dates
from tracker.forms.fields import DayField, text_of
from tracker.forms.record_form import RefusalPlace, RefusalPlaces
from tracker.rules.refusals import Refusal
from tracker.translation import lazy_gettext as _l

MOST_PUBLISHED = 100_000  # items of one list


class NameFields:
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Write the name of the convention")), Length(max=200)],
        description=_l("As its pages show it, for example “Millbrook 2024”."),
    )
    place = StringField(_l("Place"), [Length(max=200)])

    @property
    def stated_name(self) -> str:
        return text_of(self.name)

    @property
    def stated_place(self) -> str | None:
        return text_of(self.place) or None


class DateFields:
    year = IntegerField(
        _l("Year"),
        [Optional(), NumberRange(1800, 2200, _l("Write the year in four digits"))],
        render_kw={"inputmode": "numeric"},
    )
    opens_on = DayField(_l("First day"))
    closes_on = DayField(
        _l("Last day"),
        description=_l(
            "Terms and rates count from it. Empty: 31 December of its year, until it is known."
        ),
    )
    special = BooleanField(_l("A special convention, which ends nobody’s term"))
    DATE_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.OPENS_AFTER_IT_CLOSES: RefusalPlace("closes_on")
    }

    def dates(self, published_items: int | None) -> Dates:
        return Dates(
            year=self.year.data,
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            special=bool(self.special.data),
            published_items=published_items,
        )


def published_field() -> IntegerField:
    return IntegerField(
        _l("Items on the printed list"),
        [
            Optional(),
            NumberRange(0, MOST_PUBLISHED, _l("Write how many items the list has, in figures")),
        ],
        description=_l("So that pages say how many are missing here. Empty: it is not known."),
        render_kw={"inputmode": "numeric"},
    )
