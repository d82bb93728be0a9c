"""The forms of who has an item, and until when: lead, contributors, due dates."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts import assignments, due_dates, items
from tracker.acts.act_context import ActContext
from tracker.formatting import office_item_words
from tracker.forms.fields import DayField, text_of
from tracker.forms.record_form import RefusalPlace, RefusalPlaces
from tracker.office.choices import chosen_receiver, receiving_people, receiving_units
from tracker.reading.handing_on import Receiver
from tracker.reading.office_item import OfficeItem, PartLine
from tracker.record.items import Assignment, DueDate, Item
from tracker.rules import item_preconditions
from tracker.rules.codes import Part
from tracker.rules.facts import AssignmentFact, DueDateFact, Fact
from tracker.rules.refusals import Refusal, need_day_reached
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .fact_form import FactForm, chosen_later, clause_field, known_day

FROM: RefusalPlaces = {Refusal.DATED_AFTER_RECORDING: RefusalPlace("on")}


class AssignForm(FactForm):
    NAME = "assign"
    TITLE = _l("Give somebody a part in it")
    VERB = _l("Assign")
    DONE = _l("It is assigned.")
    LAYOUT = (("part",), ("unit", "person"), ("on",), ("clause",))
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = FROM
    part = RadioField(
        _l("As"),
        choices=[
            SelectChoice(Part.LEAD.value, _l("Lead: responsible for it")),
            SelectChoice(Part.CONTRIBUTOR.value, _l("Contributor: works on it, too")),
        ],
        default=Part.LEAD.value,
    )
    unit = SelectField(_l("Unit"), default="")
    person = SelectField(_l("Person in it"), default="")
    on = DayField(_l("From"), description=_l("Empty: today. A later lead takes the place."))
    clause = clause_field()
    receiver: Receiver | None = None  # once the form is validated
    TABLE = Assignment
    KIND = "assignments"
    CORRECTION = _l("Correct a part in it")

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_assign

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, AssignmentFact)
        unit = self.unit_of(fact.unit_id)
        return {
            "part": fact.part,
            "unit": unit,
            "person": f"{unit}-{fact.person_id}" if fact.person_id else "",
            "on": known_day(fact),
            "clause": self.scope_of(fact.clause_id),
        }

    @cached_property
    def receivers(self) -> list[Receiver]:
        """Those to whom a part can be given, and those who have the one that is corrected."""
        receivers = list(self.item.receivers)
        if isinstance(self.corrected, AssignmentFact):
            recorded = self.item.recorded[self.KIND, self.corrected.id]
            unit_id = self.item.unit_names.target(self.corrected.unit_id)
            unit = recorded.unit or ""
            holders = [
                Receiver(unit_id=unit_id, unit=unit, person_id=None, person=None),
                Receiver(
                    unit_id=unit_id,
                    unit=unit,
                    person_id=self.corrected.person_id,
                    person=recorded.person,
                ),
            ]
            codes = {receiver.code for receiver in receivers}
            receivers += [holder for holder in holders if holder.code not in codes]
        return receivers

    def offer(self) -> None:
        self.offer_scopes(self.all_scopes)
        self.unit.choices = [chosen_later(), *receiving_units(self.receivers)]
        self.person.choices = [
            SelectChoice("", _("Nobody named")),
            *receiving_people(self.receivers),
        ]

    def check(self) -> None:
        self.receiver = chosen_receiver(self.unit, self.person, self.receivers)
        if self.receiver is None and not self.person.errors:
            self.need(self.unit, _l("Choose a unit, or a person in it."))
        self.ask(need_day_reached, self.on.data, self.item.page.as_of)

    def record(self, context: ActContext, row: Item) -> None:
        assert self.receiver is not None  # it was validated
        assignments.assign(
            context,
            row,
            Part(self.part.data),
            self.receiver.unit_id,
            self.receiver.person_id,
            self.clause_id,
            self.on.data,
            corrects=self.wrong(context, Assignment),
        )


class EndPartForm(FactForm):
    NAME = "end-part"
    TITLE = _l("End somebody’s part in it")
    VERB = _l("End it")
    DONE = _l("That part has ended.")
    LAYOUT = (("part", "on"),)
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {**FROM, Refusal.NOT_THERE: RefusalPlace("part")}
    part = SelectField(_l("Whose"), default="")
    on = DayField(_l("On"), description=_l("Empty: today. What was done until then stays."))

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_assign and bool(cls._parts(item))

    @staticmethod
    def _parts(item: OfficeItem) -> dict[str, PartLine]:
        """Of the units whose parts this person gives."""
        unit_ids = {receiver.unit_id for receiver in item.receivers}
        return {str(part.assignment_id): part for part in item.parts if part.unit_id in unit_ids}

    def offer(self) -> None:
        self.part.choices = [
            chosen_later(),
            *(
                SelectChoice(code, office_item_words.part(part))
                for code, part in self._parts(self.item).items()
            ),
        ]

    def check(self) -> None:
        self.need(self.part, _l("Choose whose part ends"))
        self.ask(need_day_reached, self.on.data, self.item.page.as_of)

    def record(self, context: ActContext, row: Item) -> None:
        part = self._parts(self.item)[self.part.data]
        contributor = part.assignment_id if part.part is Part.CONTRIBUTOR else None
        assignments.unassign(context, row, part.part, part.clause_id, self.on.data, contributor)


class DueDateForm(FactForm):
    """The first date of the item, or of a clause."""

    NAME = "due-date"
    TITLE = _l("Set a due date")
    VERB = _l("Set it")
    DONE = _l("The due date is on record.")
    LAYOUT = (("due_on", "clause"),)
    due_on = DayField(_l("Due"))
    clause = clause_field()
    TABLE = DueDate
    KIND = "due_dates"
    CORRECTION = _l("Correct a due date")

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_govern and not _scopes(item) <= item.scopes_with_due_date

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, DueDateFact)
        return {"due_on": fact.due_on, "clause": self.scope_of(fact.clause_id)}

    def offer(self) -> None:
        dated = set(self.item.scopes_with_due_date)
        if isinstance(self.corrected, DueDateFact):
            dated.discard(self.item.scope(self.corrected.clause_id))
        self.offer_scopes([scope for scope in self.all_scopes if scope not in dated])

    def check(self) -> None:
        self.need(self.due_on, _l("Write the day on which it is due"))
        if self.due_on.data:
            rule = item_preconditions.due_date
            self.ask(rule, self.facts, self.due_on.data, at=self.due_on)

    def record(self, context: ActContext, row: Item) -> None:
        assert self.due_on.data is not None  # it was validated
        items.set_due_date(
            context,
            row,
            self.due_on.data,
            clause_id=self.clause_id,
            corrects=self.wrong(context, DueDate),
        )


class ExtendForm(FactForm):
    NAME = "extend"
    TITLE = _l("Extend a due date")
    VERB = _l("Extend")
    DONE = _l("The due date is extended. The first stays shown.")
    LAYOUT = (("due_on", "by_whom"), ("clause",), ("reason",))
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DUE_BEFORE_ITS_ADOPTION: RefusalPlace("due_on"),
        Refusal.NEEDS_A_REASON: RefusalPlace("reason"),
    }
    TABLE = DueDate
    KIND = "due_dates"
    CORRECTION = _l("Correct an extension")
    due_on = DayField(_l("New date"))
    by_whom = StringField(_l("Extended by"), [Length(max=200)])
    clause = clause_field()
    reason = StringField(
        _l("Why"), [Length(max=2000)], description=_l("Published. The first date stays shown.")
    )

    @classmethod
    def is_offered(cls, item: OfficeItem) -> bool:
        return item.may_assign and bool(item.scopes_with_due_date)

    def values_of(self, fact: Fact) -> dict[str, Any]:
        assert isinstance(fact, DueDateFact)
        return {
            "due_on": fact.due_on,
            "by_whom": fact.by_whom,
            "clause": self.scope_of(fact.clause_id),
            "reason": fact.reason,
        }

    def offer(self) -> None:
        dated = self.item.scopes_with_due_date
        self.offer_scopes([scope for scope in self.all_scopes if scope in dated])

    def check(self) -> None:
        self.need(self.due_on, _l("Write the day on which it is due"))
        self.need(self.by_whom, _l("Write who extended it: a committee, the manager"))
        self.need(self.reason, _l("Give the reason in a sentence"))

    def record(self, context: ActContext, row: Item) -> None:
        assert self.due_on.data is not None  # it was validated
        due_dates.extend(
            context,
            row,
            self.due_on.data,
            text_of(self.by_whom),
            text_of(self.reason),
            self.clause_id,
            corrects=self.wrong(context, DueDate),
        )


def _scopes(item: OfficeItem) -> frozenset[int | None]:
    return frozenset([None, *(key for key, _number, _words in item.clauses)])
