"""All that the page for the decisions of a meeting sends and shows: the meeting, the rows, and
numbers out of its minutes that are put into the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, FileField, Form, StringField
from wtforms.validators import Length

from tracker.acts.meetings import MeetingDecision, MinutesFile, NewMeeting
from tracker.formatting import phrases
from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import DayField, add_error, is_web_address, text_of
from tracker.office.blueprint import OfficeTarget
from tracker.reading.meeting_desk import MeetingDesk
from tracker.reading.models import ItemRef
from tracker.record.meeting_drafts import MeetingDraft
from tracker.rules import item_code
from tracker.rules.codes import Result
from tracker.rules.meeting_decisions import DecisionKey
from tracker.rules.refusals import Refusal, Refused, need_day_reached
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l
from tracker.translation import ngettext

from .rows import ReferralRow, ReviewRow

Sent = MultiDict[str, str]
Row = TypeVar("Row", ReviewRow, ReferralRow)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, kw_only=True)
class DeskTarget:
    """The body, who met and of which convention, and what waits for it."""

    found: OfficeTarget
    unit_id: int | None
    convention_id: int | None
    desk: MeetingDesk
    draft: MeetingDraft | None

    @property
    def unit(self) -> str | None:
        return self.found.context.units.get(self.unit_id) if self.unit_id is not None else None


class MeetingFields(Form):
    name = StringField(_l("Which body met?"), [Length(max=200)])
    met_on = DayField(_l("It met on"))
    file = FileField(_l("Its minutes, as a file"))
    url = StringField(_l("Or a link to them"), [Length(max=2000)])
    words = StringField(_l("Or where they are, in words"), [Length(max=2000)])
    open = BooleanField(
        _l("Everybody may open the minutes"),
        description=_l(
            "Otherwise staff only. The public page names the meeting and its day in any case."
        ),
    )
    take_off = BooleanField(_l("Take this file off"))


class NumbersForm(Form):
    """Numbers of items, as the minutes have them."""

    confirmed = StringField(_l("Confirmed"), [Length(max=2000)], description=_l("As 9, 20, 2025 A"))
    returned = StringField(
        _l("Returned"), [Length(max=2000)], description=_l("Each then asks for its reason")
    )


class DeskForm:
    """The whole page. What does not wait any more stays in it, with what was typed."""

    def __init__(self, target: DeskTarget, sent: Sent | None, kept_file: str | None) -> None:
        self.target, self.sent = target, sent
        self.meeting = MeetingFields(sent, prefix="meeting-")
        self.numbers = NumbersForm(sent, prefix="numbers-")
        desk = target.desk
        self.claims = [ReviewRow(row, sent) for row in desk.claims]
        self.outcomes = [ReviewRow(row, sent) for row in desk.outcomes]
        self.referrals = [ReferralRow(row, sent) for row in desk.referrals]
        self.kept_file = None if self.meeting.take_off.data else kept_file
        self.remarks: list[str] = []  # that keep nobody from recording
        self.page_errors: list[str] = []

    @property
    def rows(self) -> list[ReviewRow | ReferralRow]:
        return [*self.claims, *self.outcomes, *self.referrals]

    @property
    def decided(self) -> list[ReviewRow | ReferralRow]:
        return [row for row in self.rows if row.is_decided]

    @property
    def keys(self) -> str:
        """Of the rows that the page shows, for the form that it sends."""
        return " ".join(str(row.on_record.key) for row in self.rows)

    @property
    def has_conflict(self) -> bool:
        return any(row.on_record.meanwhile is not None for row in self.decided)

    @property
    def has_errors(self) -> bool:
        forms: Sequence[Form] = (self.meeting, self.numbers, *self.rows)
        return bool(self.page_errors) or any(form_errors(form) for form in forms)

    # --- what is to be recorded ---

    def check(self) -> bool:
        """Whether all of it can be recorded; what cannot is said at its field."""
        for form in (self.meeting, self.numbers, *self.rows):
            form.validate()
        self._check_meeting()
        for row in self.decided:
            row.check()
        if not self.decided:
            self.page_errors.append(refusal_sentence(Refusal.NOTHING_DECIDED))
        if any(text_of(field) for field in (self.numbers.confirmed, self.numbers.returned)):
            self.page_errors.append(
                _(
                    "Numbers out of the minutes are not in the rows yet: put them there, or take "
                    "them out."
                )
            )
        return not self.has_errors

    def _check_meeting(self) -> None:
        meeting = self.meeting
        if self.target.unit_id is None and not text_of(meeting.name):
            add_error(meeting.name, _l("Write which body met"))
        if meeting.met_on.data is None and not meeting.met_on.errors:
            add_error(meeting.met_on, _l("Write the day of the meeting"))
        try:
            need_day_reached(meeting.met_on.data, self.target.found.today)
        except Refused as no:
            add_error(meeting.met_on, refusal_sentence(no.code))
        url = text_of(meeting.url)
        if url and not is_web_address(url):
            add_error(meeting.url, _l("A link begins with https:// or http://"))
        if url and self.kept_file:
            add_error(meeting.url, _l("Give the file or the link, not both"))
        if not (url or text_of(meeting.words) or self.kept_file):
            add_error(meeting.file, refusal_sentence(Refusal.NEEDS_MINUTES))

    def new_meeting(self, file: MinutesFile | None) -> NewMeeting:
        meeting = self.meeting
        assert meeting.met_on.data is not None  # it was validated
        return NewMeeting(
            name=self.target.unit or text_of(meeting.name),
            met_on=meeting.met_on.data,
            unit_id=self.target.unit_id,
            words=text_of(meeting.words) or None,
            url=text_of(meeting.url) or None,
            file=file,
            open=bool(meeting.open.data),
        )

    @property
    def decisions(self) -> list[MeetingDecision]:
        return [row.as_decided() for row in self.decided]

    def show_refusals(self, codes: dict[DecisionKey, Refusal]) -> None:
        """Of rows that the act refused; what belongs to no row here is said above them."""
        by_key = {row.on_record.key: row for row in self.rows}
        for key, code in codes.items():
            if key in by_key:
                by_key[key].show_refusal(code)
            else:
                self.page_errors.append(refusal_sentence(code))

    # --- numbers out of the minutes ---

    def put_numbers(self) -> DeskForm:
        """The form with the numbers in its rows; this one where one of them cannot be placed."""
        values: dict[str, str] = {}
        for field, result in (
            (self.numbers.confirmed, Result.CONFIRMED),
            (self.numbers.returned, Result.RETURNED),
        ):
            for words in re.split(r"[,;\n]+", text_of(field)):
                if words.strip():
                    values |= self._values(field, words.strip(), result, values)
        if self.has_errors:
            return self
        if not values:
            add_error(self.numbers.confirmed, _l("Write the numbers of items, with commas"))
            return self
        kept = MultiDict(
            (name, value)
            for name, value in (self.sent or MultiDict()).items(multi=True)
            if name not in values and not name.startswith("numbers-")
        )
        kept.update(values)
        form = DeskForm(self.target, kept, self.kept_file)
        form.remarks.append(
            ngettext(
                "%(num)d row is filled in, and not recorded yet.",
                "%(num)d rows are filled in, and not recorded yet.",
                len(values),
            )
        )
        return form

    def _values(
        self, field: Field, words: str, result: Result, earlier: dict[str, str]
    ) -> dict[str, str]:
        """The fields of all rows of the item that these words mean."""
        rows = [
            row
            for row in (*self.claims, *self.outcomes)
            if row.on_record.meanwhile is None and _is_meant(row.on_record.item, words)
        ]
        items = {row.on_record.item.id: row.on_record for row in rows}
        if not items:
            add_error(field, _("“%(words)s” is none of these items", words=words[:60]))
        elif len(items) > 1:
            names = ", ".join(
                f"{phrases.name_of(row.item)}, {row.convention.name}" for row in items.values()
            )
            add_error(
                field,
                _(
                    "“%(words)s” may be %(names)s: write the year or the code, too",
                    words=words[:60],
                    names=names,
                ),
            )
        values = {row.decision.name: result.value for row in rows}
        if any(earlier.get(name, value) != value for name, value in values.items()):
            add_error(field, _("“%(words)s” stands among both", words=words[:60]))
        return values


def _is_meant(item: ItemRef, words: str) -> bool:
    """As "9", "2025 A", "nbi-9"."""
    year = YEAR.search(words)
    without_year = YEAR.sub("", words, count=1).strip() if year else words
    if year and without_year and item.year == int(year[0]) and _is_number(item, without_year):
        return True
    return _is_number(item, words)


def _is_number(item: ItemRef, words: str) -> bool:
    if words.casefold() == item.code:
        return True
    number = item_code.normalised(words)
    return bool(number) and number == item.code.partition("-")[2]
