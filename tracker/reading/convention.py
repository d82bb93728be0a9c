"""What is shown of a convention: the headline that accounts for every due item, figures with their definitions, the chart, and the rows of its items.

Shown to whom. The same to everybody who may read the body: all of it rests on released facts. Rows name units and delegations, never persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.load import load
from tracker.record.now import Now, counts_of
from tracker.rules import item_code
from tracker.rules.codes import Change, Effect, Floor, Group, Kind, Verdict
from tracker.rules.terms import Clock

from .around import Around, around
from .judged import judged
from .rates import Figure, Segment, chart, figures, in_figure
from .rows import Row, rows
from .shown import ConventionShown

__all__ = [
    "ConventionPage",
    "Counts",
    "Figure",
    "Filters",
    "MoneyTotals",
    "Row",
    "Segment",
    "page",
    "spent_waiting",
]


@dataclass(frozen=True)
class MoneyTotals:
    """Sums over the items with something to carry out, and over how many items each is; None: nothing recorded."""

    currency: str
    estimated: Decimal | None
    estimated_items: int
    appropriated: Decimal | None
    appropriated_items: int
    spent: Decimal | None
    spent_items: int
    not_accounted_items: (
        int  # reported done with the cost "not known yet", and nothing recorded since
    )


@dataclass(frozen=True)
class Filters:
    """What the address asks for. `words`: a number, words of title or text, a maker's delegation. `rows`: the rows behind a figure
    ("carried_out.adopted") or a field of the chart ("chart.done"). `size` 0: all on one page."""

    words: str = ""
    verdict: str = ""
    delegation: str = ""
    unit: str = ""
    kind: str = ""
    rows: str = ""
    order: str = "number"  # number, word, spent
    page: int = 1
    size: int = 50

    @property
    def any(self) -> bool:
        return bool(
            self.words or self.verdict or self.delegation or self.unit or self.kind or self.rows
        )


@dataclass(frozen=True)
class Counts:
    """Every item once: items = adopted + referred + not_decided + not_known + not_tracked + not_due."""

    items: int
    adopted: int  # due, by what the floor adopted
    referred: int  # due, only referred; those accepted among them
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
    floor: Mapping[
        Floor, int
    ]  # the floor's decision in force, of all items; what is adopted and referred counts as adopted
    figures: tuple[Figure, ...]  # empty where not kept
    chart: tuple[Segment, ...]
    changed: int  # of adopted due items: carried out, and a change followed
    unheard: int  # of adopted due items: without a word, and none was ever heard
    referred_unheard: int  # of due items that were only referred
    money: MoneyTotals
    rows: tuple[Row, ...]  # of this page of the list
    found: int  # rows that the filters leave
    filters: Filters
    pages: int
    delegations: tuple[str, ...]  # choices of the filters
    units: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.convention.path


def page(
    session: Session, body_id: int, convention_id: int, as_of: AsOf, filters: Filters | None = None
) -> ConventionPage | None:
    """None if the convention was not recorded by then. Seven statements as of today (more where midnight has overtaken what is kept)."""
    near = around(session, body_id, as_of)
    own = near.conventions.get(convention_id)
    if own is None:
        return None
    answers = judged(session, body_id, as_of, convention_id)
    every = rows(session, near, answers, as_of)
    return _page(
        near, own, {key: answers[key] for key in answers}, every, as_of, filters or Filters()
    )


def spent_waiting(session: Session, convention_id: int, as_of: AsOf) -> Decimal | None:
    """Beside the total, for those who read everything: what is on record in entries that are not released."""
    body_id = session.get_one(Convention, convention_id).body_id
    items = session.scalars(sa.select(Item.id).where(Item.convention_id == convention_id)).all()
    amounts = [
        expense.amount
        for facts in load(session, body_id, items, as_of).values()
        if facts.item.convention_id == convention_id
        for expense in facts.expenses
        if not facts.was_released(expense.entry_id)
    ]
    return sum(amounts, Decimal(0)) if amounts else None


def _page(
    near: Around,
    own: ConventionShown,
    answers: Mapping[int, Now],
    every: Collection[Row],
    as_of: AsOf,
    filters: Filters,
) -> ConventionPage:
    clock = near.clocks[own.id]
    adopted = [
        each for each in every if each.due and each.group not in (Group.REFERRED, Group.ACCEPTED)
    ]
    referred = [
        each for each in every if each.due and each.group in (Group.REFERRED, Group.ACCEPTED)
    ]
    counts = _counts(every, len(adopted), len(referred), own.published_items)
    found = [each for each in every if _matches(each, filters, answers[each.id], clock)]
    found.sort(key=_order(filters.order))
    size = filters.size or max(len(found), 1)
    pages = max(1, -(-len(found) // size))
    filters = replace(filters, page=min(max(filters.page, 1), pages), size=size)
    start = (filters.page - 1) * size
    return ConventionPage(
        own,
        as_of.on,
        as_of.recorded is None and not as_of.happened,
        near.record_began,
        (as_of.on - own.closes_on).days if own.closes_on else None,
        (own.term_ends_on - as_of.on).days if own.term_ends_on else None,
        counts,
        Counter(each.verdict for each in adopted),
        Counter(each.verdict for each in referred),
        Counter(_counts_as(each.floor) for each in every if each.floor),
        figures(clock, {key: counts_of(each) for key, each in answers.items()}, own.published_items)
        if own.kept
        else (),
        chart(adopted, percent=not counts.missing) if own.kept else (),
        sum(
            each.verdict is Verdict.CARRIED_OUT and each.change is Change.CHANGE_FOLLOWED
            for each in adopted
        ),
        sum(map(_unheard, adopted)),
        sum(map(_unheard, referred)),
        _money(
            near.settings.currency,
            adopted + referred if own.kept else [each for each in every if each.directs],
        ),
        tuple(found[start : start + size]),
        len(found),
        filters,
        pages,
        _choices(name for each in every for name in each.delegations),
        _choices(each.lead for each in every),
        tuple(dict.fromkeys(each.kind for each in sorted(every, key=_order("number")))),
    )


def _unheard(row: Row) -> bool:
    return row.verdict is Verdict.NO_WORD and row.last_word is None


def _counts_as(floor: tuple[Floor, ...]) -> Floor:
    return next((each for each in floor if each.effect is Effect.DIRECTS), floor[0])


def _choices(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=str.casefold))


def _counts(every: Collection[Row], adopted: int, referred: int, published: int | None) -> Counts:
    def count(verdict: Verdict) -> int:
        return sum(each.verdict is verdict for each in every if not each.due)

    need = [
        each
        for each in every
        if each.follows_through
        and not (each.floor and each.floor[0].effect in (Effect.ENDS, Effect.MERGES))
    ]
    return Counts(
        len(every),
        adopted,
        referred,
        count(Verdict.NOT_DECIDED),
        count(Verdict.DECISION_NOT_KNOWN),
        count(Verdict.NOT_TRACKED),
        count(Verdict.NOT_DUE),
        len(need),
        sum(each.verdict is Verdict.DECISION_NOT_KNOWN for each in need),
        max((published or 0) - len(every), 0),
    )


def _money(currency: str, found: Collection[Row]) -> MoneyTotals:
    def total(amounts: Iterable[Decimal | None]) -> tuple[Decimal | None, int]:
        known = [amount for amount in amounts if amount is not None]
        return (sum(known, Decimal(0)), len(known)) if known else (None, 0)

    return MoneyTotals(
        currency,
        *total(each.estimate for each in found),
        *total(each.appropriated for each in found),
        *total(each.spent for each in found),
        sum(each.not_accounted_for for each in found),
    )


def _matches(row: Row, filters: Filters, now: Now, clock: Clock) -> bool:
    if filters.verdict and row.verdict.value != filters.verdict:
        return False
    if (filters.delegation and filters.delegation not in row.delegations) or (
        filters.unit and filters.unit != row.lead
    ):
        return False
    if filters.kind and filters.kind != row.kind:
        return False
    if filters.rows and not in_figure(filters.rows, counts_of(now), clock):
        return False
    return not filters.words or _speaks_of(row, filters.words)


def _speaks_of(row: Row, words: str) -> bool:
    """A code or a number finds the item that has it; other words must all occur in title, text or delegation."""
    said = item_code.parse(words, row.year)
    if said:
        return row.code == "-".join(said)
    number = item_code.normalised(words)
    if number and number == row.normalised:
        return True
    text = row.search.casefold()
    return all(word in text for word in words.casefold().split())


def _order(name: str) -> Callable[[Row], Any]:
    kinds = list(Kind)

    def by_number(row: Row) -> tuple[object, ...]:
        place = kinds.index(Kind(row.kind)) if row.kind in kinds else len(kinds)
        return place, row.kind, item_code.order(row.normalised)

    def by_word(row: Row) -> tuple[object, ...]:
        return -(row.last_word.toordinal() if row.last_word else 0), *by_number(row)

    def by_spent(row: Row) -> tuple[object, ...]:
        return -(row.spent if row.spent is not None else Decimal(-1)), *by_number(row)

    return {"word": by_word, "spent": by_spent}.get(name, by_number)
