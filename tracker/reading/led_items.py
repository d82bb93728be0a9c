"""Items that somebody leads, as lists of staff have them, and the figures that count them.

A figure is the number of its rows: count and rows come from `rows_of` alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from tracker.rules.clause_standing import OPEN
from tracker.rules.codes import Standing
from tracker.rules.facts import AssignmentFact, ReferralDecisionFact

from . import item_sections
from .item_context import ItemContext
from .item_models import Silence
from .models import ConventionDetails, DueDetails, ItemRef
from .tasks import DUE_SOON


@dataclass(frozen=True, kw_only=True)
class LedItem:
    item: ItemRef
    convention: ConventionDetails
    standing: Standing
    unheard: bool  # lapsed without a word ever
    late: bool  # done, and after its day
    past_term: bool
    due: DueDetails | None  # the next of its open clauses
    silence: Silence
    waits: bool  # an entry waits for release
    leads: tuple[tuple[str, str | None], ...]  # of what is open: units, with the person in each

    @property
    def is_open(self) -> bool:
        return self.standing in OPEN


class LedFigure(StrEnum):
    """What is counted of items that are led. The values stand in addresses."""

    OPEN = auto()
    PAST_DUE = auto()
    QUIET = auto()
    DUE_SOON = auto()
    WAITING = auto()  # an entry waits for release
    REPORTED_DONE = auto()
    DONE = auto()
    AT_TERM = auto()  # open, of the conventions whose term ends next


def rows_of(figure: LedFigure, led: Iterable[LedItem], today: date) -> tuple[LedItem, ...]:
    """The rows that a figure counts, in their order."""
    led = tuple(led)
    term_ends_on = next_term(led, today)
    return tuple(item for item in led if _counts(figure, item, today, term_ends_on))


def next_term(led: Iterable[LedItem], today: date) -> date | None:
    """When the next term of items that are open ends."""
    ends = (item.convention.term_ends_on for item in led if item.is_open)
    return min((end for end in ends if end and end >= today), default=None)


def led_item(item: ItemContext) -> LedItem:
    standing = item.answer.standing
    due_dates = [
        item_sections.due(clause.state) for clause in standing.clauses if clause.code in OPEN
    ]
    next_due = min(
        (due for due in due_dates if due is not None), key=lambda due: due.due_on, default=None
    )
    leads = [clause.state.lead for clause in standing.clauses if clause.code in OPEN]
    return LedItem(
        item=item.ref,
        convention=item.identity.convention,
        standing=standing.code,
        unheard=standing.unheard,
        late=standing.late,
        past_term=any(clause.past_term for clause in standing.clauses),
        due=next_due,
        silence=item_sections.silence(item),
        waits=bool(item.facts.waiting),
        leads=tuple(dict.fromkeys(_names(item, lead) for lead in leads if lead)),
    )


def _names(
    item: ItemContext, lead: AssignmentFact | ReferralDecisionFact
) -> tuple[str, str | None]:
    person_id = lead.person_id if isinstance(lead, AssignmentFact) else None
    return item.unit(lead.unit_id) or "", item.person(person_id) if person_id else None


def _counts(figure: LedFigure, item: LedItem, today: date, term_ends_on: date | None) -> bool:
    match figure:
        case LedFigure.OPEN:
            return item.is_open
        case LedFigure.PAST_DUE:
            return item.is_open and item.due is not None and item.due.due_on < today
        case LedFigure.QUIET:
            return item.silence.runs and item.silence.over
        case LedFigure.DUE_SOON:
            due_on = item.due.due_on if item.due else None
            return item.is_open and due_on is not None and today <= due_on <= today + DUE_SOON
        case LedFigure.WAITING:
            return item.waits
        case LedFigure.REPORTED_DONE:
            return item.standing is Standing.REPORTED_DONE
        case LedFigure.DONE:
            return item.standing is Standing.DONE
        case LedFigure.AT_TERM:
            ends_on = item.convention.term_ends_on
            return item.is_open and term_ends_on is not None and ends_on == term_ends_on
