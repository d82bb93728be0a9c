"""Words of the office's page of an item that are no sentence of the public pages."""

from __future__ import annotations

from tracker.markdown import plain
from tracker.reading.handing_on import Receiver
from tracker.reading.item_models import ClauseDetails, OutcomeDetails
from tracker.reading.office_item import PartLine, RecordedBy
from tracker.translation import gettext as _

from . import labels, phrases
from .dates import short_day

LONGEST_CHOICE = 60  # characters


def receiver(choice: Receiver) -> str:
    """A unit alone, or a person in it."""
    if choice.person is None:
        return _("%(unit)s, nobody named", unit=choice.unit)
    return _("%(person)s, %(unit)s", person=choice.person, unit=choice.unit)


def part(line: PartLine) -> str:
    """Center for Research, Dana: lead of clause 2."""
    return _("%(who)s: %(part)s", who=holder(line), part=part_alone(line))


def holder(line: PartLine) -> str:
    return ", ".join(name for name in (line.unit, line.person) if name)


def part_alone(line: PartLine) -> str:
    if line.clause is None:
        return labels.part(line.part)
    return _("%(part)s of clause %(number)s", part=labels.part(line.part), number=line.clause)


def outcome(details: OutcomeDetails) -> str:
    """A change followed, 3 Jul 2025: Calls fell by a third."""
    return _(
        "%(level)s, %(day)s: %(words)s",
        level=labels.level(details.level),
        day=short_day(details.on),
        words=shortened(plain(details.words or phrases.words_erased())),
    )


def shortened(text: str) -> str:
    """The beginning, as a list of choices has it."""
    if len(text) <= LONGEST_CHOICE:
        return text
    return text[:LONGEST_CHOICE].rsplit(" ", 1)[0] + "…"


def recorded(by: RecordedBy) -> str:
    """Noor Castell, 8 Jul 2024."""
    if by.imported:
        return _("a list, %(day)s", day=short_day(by.on))
    return _("%(who)s, %(day)s", who=by.person or _("the command line"), day=short_day(by.on))


def clause_words(clause: ClauseDetails) -> str:
    if clause.whole:
        return _("The item as a whole")
    return clause.words or phrases.words_erased()
