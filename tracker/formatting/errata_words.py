"""Words of the errata page: where something was corrected, what it said, what it says now."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.markdown import plain
from tracker.reading.errata_models import (
    CorrectedValue,
    CorrectionLine,
    EntryWords,
    ErrataPage,
    KindAndNumber,
    WithheldSubject,
)
from tracker.rules import facts as shapes
from tracker.rules.facts import Fact
from tracker.rules.word_changes import Pieces, word_changes
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import labels, office_item_words, phrases
from .dates import day

FACTS: Mapping[type[Fact], str] = {
    shapes.FloorActionFact: N_("floor action"),
    shapes.ReferralDecisionFact: N_("decision on the referral"),
    shapes.VersionFact: N_("text"),
    shapes.FloorPersonFact: N_("who moved it"),
    shapes.RecommendationFact: N_("recommendation"),
    shapes.DueDateFact: N_("due date"),
    shapes.AssignmentFact: N_("who has it"),
    shapes.EstimateFact: N_("estimate"),
    shapes.AppropriationFact: N_("money appropriated"),
    shapes.LinkFact: N_("link to another item"),
}
SUBJECTS: Mapping[WithheldSubject, str] = {
    WithheldSubject.ENTRY: N_("an entry"),
    WithheldSubject.OUTCOME: N_("an outcome"),
    WithheldSubject.EVIDENCE: N_("one piece of evidence"),
    WithheldSubject.NAME: N_("the name of who moved it"),
}


def summary(page: ErrataPage) -> str:
    """4 corrections, and 2 things withheld, since 7 May 2025."""
    corrections = ngettext("%(num)d correction", "%(num)d corrections", len(page.corrections))
    withheld = ngettext("%(num)d thing withheld", "%(num)d things withheld", len(page.withheld))
    return _(
        "%(corrections)s, and %(withheld)s, since %(day)s. What was first said stays beside what "
        "holds now.",
        corrections=corrections,
        withheld=withheld,
        day=day(page.since),
    )


def place(correction: CorrectionLine) -> str:
    """Port Alder 2026, new business item 12: floor action."""
    return _(
        "%(convention)s, %(item)s: %(what)s",
        convention=correction.convention.name,
        item=phrases.lower(phrases.name_of(correction.item)),
        what=_what(correction.before[0]),
    )


def withheld_place(convention: str, item: str, subject: WithheldSubject) -> str:
    """Port Alder 2026, new business item 33: an entry."""
    return _(
        "%(convention)s, %(item)s: %(what)s",
        convention=convention,
        item=phrases.lower(item),
        what=_(SUBJECTS[subject]),
    )


def _what(value: CorrectedValue) -> str:
    if isinstance(value, EntryWords):
        return _("entry of %(day)s", day=day(value.on))
    if isinstance(value, KindAndNumber):
        return _("kind or number")
    return _(FACTS[type(value.fact)])


def sides(correction: CorrectionLine, currency: str) -> tuple[Pieces, Pieces]:
    """What it said and what it says now, word by word. Nothing says the second where it was never
    so.
    """
    before = "; ".join(_words(value, currency) for value in correction.before)
    after = "; ".join(_words(value, currency) for value in correction.after)
    return word_changes(before, after)


def never_so() -> str:
    return _("It was never so.")


def detail() -> str:
    """Where the words of both are the same."""
    return _("A detail that is not shown here was put right.")


def _words(value: CorrectedValue, currency: str) -> str:
    match value:
        case EntryWords(withheld=kind) if kind is not None:
            return _("Withheld: %(kind)s", kind=labels.withheld(kind))
        case EntryWords(words=words):
            return plain(words) if words else phrases.words_erased()
        case KindAndNumber(kind=kind, number=number):
            return phrases.item_name(kind, number)
        case _:
            return _fact(value.fact) or office_item_words.fact(value, currency)


def _fact(fact: Fact) -> str | None:
    """In full, where the office's list of facts shortens it."""
    match fact:
        case shapes.VersionFact(title=title, words=words):
            return " ".join(part for part in (title, words) if part) or phrases.words_erased()
        case shapes.RecommendationFact(words=words):
            return words or phrases.words_erased()
        case shapes.EstimateFact(sentence=sentence):
            return sentence or phrases.words_erased()
        case _:
            return None
