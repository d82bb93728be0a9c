"""Options that several forms of the office offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.forms.fields import add_error
from tracker.reading.handing_on import Receiver
from tracker.translation import gettext as _


def unit_choices(units: Mapping[int, str]) -> list[SelectChoice]:
    by_name = sorted(units.items(), key=lambda unit: unit[1].casefold())
    return [SelectChoice(str(key), name) for key, name in by_name]


def receiving_units(receivers: Iterable[Receiver]) -> list[SelectChoice]:
    """The units to which a part can be given; their keys are the values."""
    units = {receiver.unit_id: receiver.unit for receiver in receivers}
    return [SelectChoice(str(key), name) for key, name in units.items()]


def receiving_people(receivers: Iterable[Receiver]) -> list[SelectChoice]:
    """The people to whom a part can be given, under their units; `Receiver.code` is the value."""
    return [
        SelectChoice(receiver.code, receiver.person, optgroup=receiver.unit)
        for receiver in receivers
        if receiver.person is not None
    ]


def chosen_receiver(
    unit: SelectField, person: SelectField, receivers: Iterable[Receiver]
) -> Receiver | None:
    """The unit that was chosen, or the person in it; a person who was chosen alone brings the unit.

    None where nobody was chosen, and where the person is not of the unit, which is said at the
    field of the person.
    """
    by_code = {receiver.code: receiver for receiver in receivers}
    chosen_person = by_code.get(person.data or "")
    if chosen_person is None:
        return by_code.get(f"{unit.data}-0")
    if not unit.data:
        return chosen_person
    receiver = by_code.get(f"{unit.data}-{chosen_person.person_id}")
    if receiver is None:
        add_error(
            person,
            _(
                "%(person)s is not of this unit: choose somebody of the unit, or another unit",
                person=chosen_person.person,
            ),
        )
    return receiver
