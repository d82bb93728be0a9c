"""What is shown of a convention: the headline that accounts for every due item, figures with their definitions, the chart, and the rows of its items.

Shown to whom. The same figures to everybody who may read the body: they rest on released facts. Rows name units and delegations, never persons.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tracker.rules.codes import Change, Floor, Kind, Standing, Verdict

from .audience import Audience
from .shown import ConventionShown, ItemRef, Reason

if TYPE_CHECKING:
    from tracker.record.as_of import AsOf


@dataclass(frozen=True)
class Figure:
    """A rate, or a count. `name` is the code of the rate and of its definition (`formatting.definition`)."""

    name: str  # carried_out, change_followed, no_word, reported_done, within_the_year, clauses_carried_out, decided
    of: str  # adopted, referred, accepted
    numerator: int | None  # None: it cannot be given
    denominator: int | None
    percent: Decimal | None  # None as well where the record has fewer items than were published, or none is due


@dataclass(frozen=True)
class Segment:
    """A field of the stacked bar, in the order of the design; `verdicts` are the filter that leads to its rows."""

    code: str  # change, done, partly, reported, notyet, no, noword
    count: int
    start: Decimal  # per cent of the bar
    length: Decimal
    percent: Decimal | None


@dataclass(frozen=True)
class Row:
    """One item in a list."""

    id: int
    path: str
    code: str
    kind: Kind
    number: str | None
    title: str
    title_is_ours: bool
    delegations: tuple[str, ...]
    floor: tuple[Floor, ...]  # what is in force
    floor_on: date | None
    referred_to: str | None
    lead: str | None  # the unit
    standing: Standing
    late: bool
    past_term: bool
    verdict: Verdict
    reason: Reason
    due: bool
    change: Change | None
    change_words: str | None  # of the outcome that says so
    by_way_of: ItemRef | None
    done_on: date | None
    last_word: date | None
    estimate: Decimal | None
    appropriated: Decimal | None
    spent: Decimal | None
    group: str | None  # adopted, referred, accepted: the cohort's column


@dataclass(frozen=True)
class MoneyTotals:
    """Sums over the due items, and over how many items each is; None: nothing recorded."""

    currency: str
    estimated: Decimal | None
    estimated_items: int
    appropriated: Decimal | None
    appropriated_items: int
    spent: Decimal | None
    spent_items: int
    not_accounted_items: int  # carried out or reported done, and "not known yet"


@dataclass(frozen=True)
class Filters:
    """What the address asks for. Words may be a number, words of title or text, or a maker's delegation."""

    words: str = ""
    verdict: str = ""
    delegation: str = ""
    unit: str = ""
    kind: str = ""
    group: str = ""
    order: str = "number"
    page: int = 1
    size: int = 50

    @property
    def any(self) -> bool:
        return bool(self.words or self.verdict or self.delegation or self.unit or self.kind or self.group)


@dataclass(frozen=True)
class Counts:
    """Every item once: items = adopted + referred (accepted among them) + not_decided + not_known + not_tracked + not_due."""

    items: int
    adopted: int
    referred: int
    not_decided: int
    not_known: int
    not_tracked: int
    not_due: int
    need_follow_through: int  # of a kind that needs it, and not ended or merged by the floor
    need_unknown: int  # of these, the floor's decision is not known
    missing: int  # published, and not in the record


@dataclass(frozen=True)
class ConventionPage:
    convention: ConventionShown
    as_of: date
    today: bool
    record_began: date
    age_days: int | None  # since its closing; None: not known
    term_left_days: int | None  # negative: ended
    counts: Counts
    verdicts: Mapping[Verdict, int]  # of adopted due items
    referred_verdicts: Mapping[Verdict, int]  # of due items that were only referred
    floor: Mapping[Floor, int]  # the floor's decision in force, for a convention that is not kept
    figures: tuple[Figure, ...]  # empty where not kept
    chart: tuple[Segment, ...]
    changed: int  # of adopted due items: carried out, and a change followed
    money: MoneyTotals
    rows: tuple[Row, ...]  # of this page of the list
    found: int  # rows that the filters leave
    filters: Filters
    pages: int
    delegations: tuple[str, ...]  # choices of the filters
    units: tuple[str, ...]
    kinds: tuple[Kind, ...]

    @property
    def path(self) -> str:
        return self.convention.path


def page(session: Session, body_id: int, convention_id: int, as_of: AsOf, audience: Audience,
         filters: Filters | None = None) -> ConventionPage | None:
    """None if the convention was not recorded by then. `filters` with `size=0` gives all rows on one page."""
    raise NotImplementedError
