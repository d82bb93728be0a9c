"""Words of the office's page of an item that are no sentence of the public pages."""

from __future__ import annotations

from tracker.markdown import plain
from tracker.reading.handing_on import Receiver
from tracker.reading.item_models import ClauseDetails, OutcomeDetails
from tracker.reading.office_facts import RecordedBy, RecordedFact, TakenBackFact
from tracker.reading.office_item import PartLine
from tracker.rules import facts as shapes
from tracker.translation import gettext as _

from . import item_sentences, labels, phrases
from .amounts import money
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


def fact(recorded_fact: RecordedFact, currency: str) -> str:
    """What stands, or stood, on record: Adopted, 3 Jul 2024."""
    words = _words_of(recorded_fact, currency)
    if recorded_fact.clause is None:
        return words
    return _("%(fact)s (clause %(number)s)", fact=words, number=recorded_fact.clause)


def _words_of(recorded_fact: RecordedFact, currency: str) -> str:
    match recorded_fact.fact:
        case shapes.FloorActionFact(action=action) as floor_action:
            return _with_day(labels.floor(action), floor_action)
        case shapes.ReferralDecisionFact(decision=decision) as decided:
            return _with_day(_joined(labels.decision(decision), recorded_fact.unit), decided)
        case shapes.VersionFact(stage=stage, title=title, words=words):
            return _joined(labels.stage(stage), title or shortened(words or ""))
        case shapes.FloorPersonFact(part=part, name=name):
            label = item_sentences.floor_part(part)
            return _joined(label, recorded_fact.delegation, name)
        case shapes.RecommendationFact(words=words):
            return _("Recommendation: %(words)s", words=shortened(words or ""))
        case shapes.DueDateFact(due_on=due_on):
            return phrases.due(due_on)
        case shapes.AssignmentFact(part=assigned):
            return _joined(labels.part(assigned), recorded_fact.unit, recorded_fact.person)
        case shapes.EstimateFact(sentence=sentence):
            return _("Estimate: %(sentence)s", sentence=shortened(sentence or ""))
        case shapes.AppropriationFact(fund=fund, amount=amount) as appropriated:
            return _with_day(_joined(fund, money(amount, currency)), appropriated)
        case shapes.LinkFact():
            other = recorded_fact.other
            name = phrases.ref_name(other) if other else phrases.not_known()
            return _("Carried on by %(item)s", item=name)
    raise ValueError(recorded_fact.fact)


def _joined(*names: str | None) -> str:
    return ", ".join(name for name in names if name)


def _with_day(words: str, dated: shapes.Fact) -> str:
    return _joined(words, short_day(dated.on) if dated.day_known else None)


def taken_back(taken: TakenBackFact) -> str:
    """Corrected by Noor Castell, 8 Jul 2024."""
    who = recorded(taken.by)
    if taken.is_corrected:
        return _("corrected by %(who)s", who=who)
    return _("taken back by %(who)s", who=who)
