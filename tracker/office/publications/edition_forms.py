"""The forms by which the next edition of a convention is signed off and published."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask import request
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from tracker.forms.fields import DayField, add_error, text_of
from tracker.forms.record_form import RecordForm, RefusalPlace, RefusalPlaces
from tracker.record.editions import EditionRecord
from tracker.rules.refusals import Refusal
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

NOW, AT = "now", "at"


class HourField(TimeField):
    """An hour of the day, as the clock of a browser or a person writes it."""

    def __init__(self, label: LazyString, **options: Any) -> None:
        super().__init__(label, [Optional()], format=["%H:%M", "%H:%M:%S"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        try:
            super().process_formdata([text] if text else [])
        except ValueError:
            raise ValueError(_l("This is no hour. Write it as 09:00")) from None


class EditionForm(RecordForm):
    """It is about the copy that its reader looked at: `edition` and `seen` say which."""

    NAME: ClassVar[str]
    edition = HiddenField()
    seen = HiddenField()

    def __init__(
        self,
        record: EditionRecord,
        newest_event: int,
        *,
        is_sent: bool = False,
        **on_record: object,
    ) -> None:
        super().__init__(
            formdata=request.form if is_sent else None,
            prefix=f"{self.NAME}-",
            data={} if is_sent else on_record,
        )
        self.is_sent = is_sent
        if not is_sent:
            self.look_at(record, newest_event)

    def look_at(self, record: EditionRecord, newest_event: int) -> None:
        """Sent from now on, it is about this copy."""
        self.edition.data, self.seen.data = str(record.id), str(newest_event)


class SignOffForm(EditionForm):
    NAME: ClassVar = "sign-off"
    note = TextAreaField(
        _l("A note (if you like)"),
        [Length(max=2000)],
        description=_l("For the office and the auditor: readers do not see it."),
    )


class PublishForm(EditionForm):
    """At once, or at an hour in the body's zone, which its label names."""

    NAME: ClassVar = "publish"
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {Refusal.HOUR_IS_PAST: RefusalPlace("day")}
    when = RadioField(
        _l("When?"),
        choices=[SelectChoice(NOW, _l("Now")), SelectChoice(AT, _l("At a set hour"))],
        default=NOW,
    )
    day = DayField(_l("Day"))
    hour = HourField(_l("Hour"))
    line = StringField(_l("One line for readers (if you like)"), [Length(max=200)])
    zone: ZoneInfo

    def __init__(
        self,
        record: EditionRecord,
        newest_event: int,
        zone: ZoneInfo,
        *,
        is_sent: bool = False,
        **on_record: object,
    ) -> None:
        super().__init__(record, newest_event, is_sent=is_sent, **on_record)
        self.zone = zone
        place = zone.key.rpartition("/")[2].replace("_", " ")
        self.hour.label.text = _("Hour, %(zone)s", zone=place)

    def check(self) -> None:
        has_hour = self.day.data is not None or self.hour.data is not None
        if self.when.data == NOW and has_hour and not self.errors:
            add_error(
                self.when, _l("You wrote a day or an hour: choose the set hour, or empty them")
            )
        if self.when.data == AT:
            if self.day.data is None and not self.day.errors:
                add_error(self.day, _l("Write the day"))
            if self.hour.data is None and not self.hour.errors:
                add_error(self.hour, _l("Write the hour"))

    @property
    def at(self) -> datetime | None:
        """The hour that was set, once the form is validated; None: at once."""
        if self.when.data == NOW:
            return None
        assert self.day.data is not None
        assert self.hour.data is not None
        return datetime.combine(self.day.data, self.hour.data, self.zone)

    @property
    def stated_line(self) -> str | None:
        return text_of(self.line) or None
