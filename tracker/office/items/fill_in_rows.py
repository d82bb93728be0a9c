"""One row of the page on which many items are filled in: what was changed of it, and what no act
could record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.acts.filling_in import Extension, FilledIn
from tracker.formatting import labels, phrases
from tracker.formatting.dates import short_day
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import DayField, add_error
from tracker.office.choices import chosen_receiver, receiving_people, receiving_units
from tracker.reading.fill_in import FillInCell, FillInItem
from tracker.reading.handing_on import Receiver
from tracker.reading.models import ConventionDetails
from tracker.rules.codes import Effect, Floor
from tracker.rules.refusals import Refusal
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

TOGETHER = (("action", "acted_on"), ("unit", "person"), ("due_on",))
"""Values that say one thing: who changed one of them, means both."""
VALUES = tuple(name for names in TOGETHER for name in names)
CELL_OF = {
    "action": FillInCell.ACTION,
    "acted_on": FillInCell.DAY,
    "unit": FillInCell.LEAD,
    "person": FillInCell.LEAD,
    "due_on": FillInCell.DUE,
}
FIELD_OF = {  # in which a refusal is said; the others concern the whole row
    Refusal.DATED_AFTER_RECORDING: "acted_on",
    Refusal.DUE_BEFORE_ITS_ADOPTION: "due_on",
    Refusal.OTHERS_POINT_AT_IT: "action",
}


@dataclass(frozen=True, kw_only=True)
class RowContext:
    """What the rows of a page have in common."""

    convention: ConventionDetails
    today: date
    receivers: Sequence[Receiver]  # to whom this person can give an item
    units: Mapping[int, str]  # names of all
    people: Mapping[int, str]

    def receivers_for(self, item: FillInItem) -> list[Receiver]:
        """With whoever has it now, whom no form may offer any more."""
        if item.unit_id is None:
            return list(self.receivers)
        holders = [
            Receiver(
                unit_id=item.unit_id,
                unit=self.units[item.unit_id],
                person_id=person_id,
                person=self.people.get(person_id) if person_id is not None else None,
            )
            for person_id in dict.fromkeys((None, item.person_id))
        ]
        return [*self.receivers, *(one for one in holders if one not in self.receivers)]


class FillInRow(Form):
    """One item. Only what the person changed is changed: `was` has the values that stood in it when
    the page was made, `seen` how far the record went by then.
    """

    seen = HiddenField()
    was = HiddenField()
    ticked = BooleanField(_l("Ticked"))
    action = SelectField(_l("Floor action"), default="")
    acted_on = DayField(_l("On"))
    unit = SelectField(_l("Unit"), default="")
    person = SelectField(_l("Person"), default="")
    due_on = DayField(_l("Due"))

    def __init__(
        self,
        item: FillInItem,
        context: RowContext,
        sent: MultiDict[str, str] | None = None,
    ) -> None:
        self.on_record, self.context = item, context
        self.recorded = _recorded(item)
        sent_row = _SentRow(item, self.recorded, sent)
        self.not_allowed = sent_row.not_allowed
        super().__init__(
            sent_row.changes,
            prefix=sent_name(item.item.id, ""),
            data={
                "seen": str(item.newest_event),
                "action": item.action_code,
                "acted_on": item.acted_on,
                "unit": self.recorded["unit"],
                "person": self.recorded["person"],
                "due_on": item.due_on,
            },
        )
        self.was.data = sent_row.was
        self.receivers = context.receivers_for(item)
        self.receiver: Receiver | None = None  # once the row is checked
        self._offer()
        for day_field in (self.acted_on, self.due_on):
            if day_field.raw_data and not day_field.raw_data[0].strip():
                day_field.data = None  # it was emptied, and is not what is on record

    def _offer(self) -> None:
        self.action.choices = [
            SelectChoice("", _("Not known")),
            *(
                SelectChoice(code.value, labels.floor(code))
                for code in Floor
                if code is not Floor.UNKNOWN
            ),
        ]
        self.unit.choices = [
            SelectChoice("", _("Nobody yet")),
            *receiving_units(self.receivers),
        ]
        self.person.choices = [
            SelectChoice("", _("Nobody named")),
            *receiving_people(self.receivers),
        ]

    def may_change(self, name: str) -> bool:
        return CELL_OF[name] in self.on_record.may_change

    def is_by_clause(self, name: str) -> bool:
        return CELL_OF[name] in self.on_record.by_clause

    def _is_changed(self, name: str) -> bool:
        field = self[name]
        if not self.may_change(name):
            return False
        return bool(field.process_errors) or _written(field.data) != self.recorded[name]

    @property
    def is_changed(self) -> bool:
        return bool(self.not_allowed) or any(map(self._is_changed, VALUES))

    @property
    def _acted(self) -> bool:
        return self._is_changed("action") or self._is_changed("acted_on")

    @property
    def _gives(self) -> bool:
        return self._is_changed("unit") or self._is_changed("person")

    @property
    def extends(self) -> bool:
        """A due date that is on record is another."""
        return self._is_changed("due_on") and self.on_record.due_on is not None

    @property
    def _effect(self) -> Effect | None:
        """Of the action that is chosen; None where that is none."""
        return Floor(self.action.data).effect if self.action.data in list(Floor) else None

    @property
    def _refers_anew(self) -> bool:
        before = self.on_record.action
        was_referral = before is not None and before.action.effect is Effect.REFERS
        refers = self._effect is Effect.REFERS
        return self._is_changed("action") and refers and not was_referral

    def filled_in(self, extension: Extension | None) -> FilledIn:
        """Once it is checked."""
        acted = self._acted and bool(self.action.data)
        referred_to = self.receiver.unit_id if self._refers_anew and self.receiver else None
        gives = self._gives
        if referred_to is not None and not self.on_record.has_lead and not self.person.data:
            gives = False  # the unit to which the floor referred it has no lead by that
        lead = None
        if gives and self.receiver:
            lead = (self.receiver.unit_id, self.receiver.person_id)
        return FilledIn(
            action=Floor(self.action.data) if acted else None,
            acted_on=self.acted_on.data,
            replaces=self._replaced if acted else None,
            referred_to=referred_to,
            lead=lead,
            no_lead=gives and lead is None,
            due_on=self.due_on.data if self._is_changed("due_on") else None,
            extension=extension if self.extends else None,
        )

    @property
    def _replaced(self) -> int | None:
        """The action on record; another one of a later day is one more, and comes after it."""
        action = self.on_record.action
        if action is None:
            return None
        known, written = self.on_record.acted_on, self.acted_on.data
        is_another = self.action.data != self.on_record.action_code
        if is_another and known and written and written > known:
            return None
        return action.id

    # --- what no act could record, said at its field ---

    def check(self) -> None:
        """Once each field is valid by itself."""
        if self.not_allowed:
            self.show_not_allowed()
        if self._acted:
            self._check_action()
        if self._gives or self._refers_anew:
            self._check_receiver()
        if self._is_changed("due_on"):
            self._check_due()

    def _check_receiver(self) -> None:
        self.receiver = chosen_receiver(self.unit, self.person, self.receivers)
        if self.receiver or self.person.errors:
            return
        if self._refers_anew:
            add_error(self.unit, _l("Choose the unit to which the floor referred it"))
        elif not self.on_record.has_lead:
            add_error(
                self.unit,
                _l("The floor referred it there: that is corrected on the item’s own page"),
            )

    def _check_action(self) -> None:
        item, day, opens_on = self.on_record, self.acted_on.data, self.context.convention.opens_on
        if day and not self.action.data:
            add_error(self.action, _l("Choose what the floor did on that day"))
        if item.action_code and not self.action.data:
            add_error(self.action, _l("What is on record is not taken back here: choose another"))
        if item.acted_on and day is None and not self.acted_on.errors:
            add_error(self.acted_on, _l("Its day is on record: write it, or another"))
        if day and day > self.context.today:
            add_error(self.acted_on, refusal_sentence(Refusal.DATED_AFTER_RECORDING))
        was_decided = self._effect not in (None, Effect.OPEN)
        if day and was_decided and opens_on and day < opens_on:
            add_error(self.acted_on, self._before_the_convention(opens_on))

    def _check_due(self) -> None:
        due_on, opens_on = self.due_on.data, self.context.convention.opens_on
        acted_on = self.acted_on.data
        if due_on is None:
            if not self.due_on.errors:
                add_error(self.due_on, _l("A due date is extended, and not taken away"))
        elif opens_on and due_on < opens_on:
            add_error(self.due_on, self._before_the_convention(opens_on))
        elif acted_on and due_on < acted_on and self._effect is Effect.DIRECTS:
            add_error(self.due_on, refusal_sentence(Refusal.DUE_BEFORE_ITS_ADOPTION))

    def _before_the_convention(self, opens_on: date) -> str:
        return _("This is before the convention, which opened on %(day)s", day=short_day(opens_on))

    # --- what was refused under the lock ---

    def show_refusal(self, code: Refusal) -> None:
        """Where others recorded something meanwhile, with what is on record by now."""
        sentence = refusal_sentence(code)
        if code is Refusal.CHANGED_MEANWHILE:
            self._take_as_seen()
            sentence = f"{sentence} {self._on_record_now()}"
        add_error(self[FIELD_OF.get(code, "unit")], sentence)

    def show_not_allowed(self) -> None:
        """Its lead went to another unit meanwhile."""
        self._take_as_seen()
        sentence = _("This is not for you to change any more, and stays as it is.")
        add_error(self.unit, f"{sentence} {self._chosen_words()} {self._on_record_now()}")

    def _chosen_words(self) -> str:
        """You wrote: Center for Research, Dana, 2027-03-04."""
        values = {name: self[name].data or "" for name in ("unit", "person")} | self.not_allowed
        names = [
            self._name(name, value) if name in ("unit", "person") else value
            for name, value in values.items()
        ]
        written = ", ".join(filter(None, names)) or phrases.nobody_on_record()
        return _("You wrote: %(words)s.", words=written)

    def _take_as_seen(self) -> None:
        """Sent again, it is about what is on record by now."""
        self.seen.data = str(self.on_record.newest_event)
        self.was.data = ";".join(self.recorded[name] for name in VALUES)

    def _on_record_now(self) -> str:
        """On record now: Adopted, 3 Jul 2024; Center for Research, Dana; due 3 Jul 2025."""
        words = [self.words("action"), self.words("acted_on")]
        whose = [self.words("unit"), self.words("person")]
        due = phrases.due(self.on_record.due_on) if self.on_record.due_on else ""
        facts = [", ".join(filter(None, words)), ", ".join(filter(None, whose)), due]
        return _("On record now: %(facts)s.", facts="; ".join(filter(None, facts)))

    def words(self, name: str) -> str:
        """What is on record, for a cell that is not to be changed; empty where nothing is."""
        item = self.on_record
        if name == "action":
            return labels.floor(item.action.action) if item.action else phrases.not_known()
        if name in ("acted_on", "due_on"):
            day = item.acted_on if name == "acted_on" else item.due_on
            return short_day(day) if day else ""
        return self._name(name, self.recorded[name])

    def _name(self, name: str, value: str) -> str:
        """Of the unit or person of an option; empty for that of nobody."""
        if name == "unit":
            names = {str(receiver.unit_id): receiver.unit for receiver in self.receivers}
        else:
            names = {receiver.code: receiver.person or "" for receiver in self.receivers}
        return names.get(value, "")


def _written(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else (value or "")


def _recorded(item: FillInItem) -> dict[str, str]:
    """What is on record, as the fields send it."""
    unit = str(item.unit_id) if item.unit_id is not None else ""
    return {
        "action": item.action_code,
        "acted_on": _written(item.acted_on),
        "unit": unit,
        "person": f"{unit}-{item.person_id}" if unit and item.person_id is not None else "",
        "due_on": _written(item.due_on),
    }


class _SentRow:
    """What was sent of a row, but for values that were left as they stood: these follow the
    record.
    """

    def __init__(
        self,
        item: FillInItem,
        recorded: Mapping[str, str],
        sent: MultiDict[str, str] | None,
    ) -> None:
        self.changes: MultiDict[str, str] | None = None
        self.not_allowed: dict[str, str] = {}  # what was changed and is not for this person
        before = dict(recorded)
        if sent is not None:
            names = {name: sent_name(item.item.id, name) for name in ("seen", "ticked", *VALUES)}
            stood = sent.get(sent_name(item.item.id, "was"), "").split(";")
            if len(stood) == len(VALUES):
                before = dict(zip(VALUES, stood, strict=True))
            left = [
                name
                for together in TOGETHER
                for name in together
                if all(sent.get(names[one], before[one]) == before[one] for one in together)
            ]
            before |= {name: recorded[name] for name in left}
            changed = [name for name in VALUES if name not in left]
            closed = [name for name in changed if CELL_OF[name] not in item.may_change]
            self.not_allowed = {name: sent.get(names[name], "") for name in closed}
            self.changes = MultiDict(
                (names[name], sent[names[name]])
                for name in names
                if names[name] in sent and name not in (*left, *closed)
            )
        self.was = ";".join(before[name] for name in VALUES)


def sent_name(item_id: int, name: str) -> str:
    """Of a field of a row, as the page sends it."""
    return f"i{item_id}-{name}"
