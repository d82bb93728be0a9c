"""The forms on the office's page of a convention: each records one fact, by one act."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from tracker.acts import conventions
from tracker.acts.act_context import ActContext
from tracker.acts.conventions import Dates
from tracker.forms.fields import DayField, add_error
from tracker.forms.folded_form import FoldedForm
from tracker.forms.record_form import RefusalPlace, RefusalPlaces
from tracker.reading.models import ConventionDetails
from tracker.reading.office_convention import OfficeConvention
from tracker.record.conventions import Convention
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.rules.terms import need_days_in_order
from tracker.translation import lazy_gettext as _l

from .convention_fields import DateFields, NameFields, published_field

UNCHANGED = _l("It is so already: write something else, or leave it.")


class ConventionFactForm(FoldedForm):
    """A form of the page. It holds what is on record until somebody writes in it."""

    def __init__(self, office_convention: OfficeConvention, *, is_sent: bool = False) -> None:
        self.convention = office_convention.details
        self.today = office_convention.page.as_of
        super().__init__(
            office_convention.newest_event, is_sent=is_sent, **self.on_record(self.convention)
        )

    @staticmethod
    def on_record(convention: ConventionDetails) -> dict[str, Any]:
        """What each field holds. For forms to override."""
        return {}

    def record(self, context: ActContext, row: Convention) -> None:
        """Calls the act. For forms to override."""


class ConventionNameForm(NameFields, ConventionFactForm):
    NAME = "name"
    TITLE = _l("Change its name or place")
    VERB = _l("Record it")
    DONE = _l("Name and place are on record. Its addresses stay as they are.")
    LAYOUT = (("name", "place"),)
    SHOWS_WHAT_FOLLOWS = False

    @staticmethod
    def on_record(convention: ConventionDetails) -> dict[str, Any]:
        return {"name": convention.name, "place": convention.place}

    def check(self) -> None:
        if (self.stated_name, self.stated_place) == (self.convention.name, self.convention.place):
            add_error(self.name, UNCHANGED)

    def record(self, context: ActContext, row: Convention) -> None:
        conventions.rename(context, row, self.stated_name, self.stated_place)


class ConventionDatesForm(DateFields, ConventionFactForm):
    NAME = "dates"
    TITLE = _l("Change its dates")
    VERB = _l("Record the dates")
    DONE = _l("The dates are on record.")
    LAYOUT = (("opens_on", "closes_on"), ("year",), ("special",))
    REFUSAL_PLACES = DateFields.DATE_PLACES

    @staticmethod
    def on_record(convention: ConventionDetails) -> dict[str, Any]:
        return {
            "year": convention.year,
            "opens_on": convention.opens_on,
            "closes_on": convention.closes_on,
            "special": convention.special,
        }

    def check(self) -> None:
        dates = self.dates(self.convention.published_items)
        self.ask(need_days_in_order, dates.opens_on, dates.closes_on)
        if dates == _dates_of(self.convention) and not self.errors:
            add_error(self.opens_on, UNCHANGED)

    def record(self, context: ActContext, row: Convention) -> None:
        conventions.set_dates(context, row, self.dates(self.convention.published_items))


class PublishedItemsForm(ConventionFactForm):
    NAME = "published"
    TITLE = _l("Change how many were published")
    VERB = _l("Record it")
    DONE = _l("How many were published is on record.")
    LAYOUT = (("items",),)
    SHOWS_WHAT_FOLLOWS = False
    items = published_field()

    @staticmethod
    def on_record(convention: ConventionDetails) -> dict[str, Any]:
        return {"items": convention.published_items}

    def check(self) -> None:
        if self.items.data == self.convention.published_items and not self.items.errors:
            add_error(self.items, UNCHANGED)

    def record(self, context: ActContext, row: Convention) -> None:
        dates = replace(_dates_of(self.convention), published_items=self.items.data)
        conventions.set_dates(context, row, dates)


class KeptFromForm(ConventionFactForm):
    NAME = "kept-from"
    TITLE = _l("Set from when it is kept")
    VERB = _l("Record the day")
    DONE = _l("From when it is kept is on record. It holds for all of its items.")
    LAYOUT = (("since",),)
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("since"),
    }
    since = DayField(
        _l("Kept from"),
        description=_l(
            "For all items as a whole, so that nobody enters only the successes. No silence is "
            "measured from an earlier day."
        ),
    )

    @staticmethod
    def on_record(convention: ConventionDetails) -> dict[str, Any]:
        return {"since": convention.kept_from}

    def check(self) -> None:
        self.need(self.since, _l("Write the day from which it is kept"))
        self.ask(need_day_reached, self.since.data, self.today)
        if self.since.data and self.since.data == self.convention.kept_from:
            add_error(self.since, UNCHANGED)

    def record(self, context: ActContext, row: Convention) -> None:
        assert self.since.data is not None  # it was validated
        conventions.open_follow_through(context, row, self.since.data)


FORMS: tuple[type[ConventionFactForm], ...] = (
    ConventionNameForm,
    ConventionDatesForm,
    PublishedItemsForm,
    KeptFromForm,
)


def _dates_of(convention: ConventionDetails) -> Dates:
    """What is on record of its dates, and of the length of its list."""
    return Dates(
        year=convention.year,
        opens_on=convention.opens_on,
        closes_on=convention.closes_on,
        special=convention.special,
        published_items=convention.published_items,
    )
