"""What is shown of a convention: the headline that accounts for every due item, figures with their definitions, the chart, and the rows of its items.

Shown to whom. The same to everybody who may read the body: all of it rests on released facts. Rows name units and delegations, never persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.record import summary
from tracker.record.as_of import AsOf
from tracker.rules import item_code
from tracker.rules.codes import Change, Effect, Floor, Group, Verdict

from .body_context import BodyContext, load_body_context
from .item_models import ConventionDetails
from .listing import ConventionList, Filters, Sum, Tally, Totals, spent_waiting
from .rates import Figure, Segment, chart, figures
from .revision_cache import RevisionCache
from .rows import ItemListRow, rows

__all__ = [
    "ConventionPage",
    "Counts",
    "Figure",
    "Filters",
    "ItemListRow",
    "MoneyTotals",
    "Segment",
    "page",
    "spent_waiting",
]


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class ConventionPage:
    convention: ConventionDetails
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
    rows: tuple[ItemListRow, ...]  # of this page of the list
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
    """None if the convention was not recorded by then. As of today nothing is derived, and the number of statements depends on no number of
    items."""
    near = load_body_context(session, body_id, as_of)
    own = near.conventions.get(convention_id)
    if own is None:
        return None
    items = ConventionList(session, near, convention_id, as_of)
    revision = (body_id, near.head_hash, as_of)
    whole = _cache.get(revision, convention_id)
    if whole is None:
        whole = _without_rows(near, own, items.totals(), as_of)
        if summary.is_derived(session):
            _cache.put(whole, revision, convention_id)
    chosen = items.chosen(filters or Filters(), whole.counts.items)
    return replace(
        whole,
        rows=tuple(rows(session, near, chosen.items, as_of)),
        found=chosen.found,
        filters=chosen.filters,
        pages=chosen.pages,
    )


_cache: RevisionCache[ConventionPage] = RevisionCache()
"""Of each convention all that no filter changes."""


def _without_rows(
    near: BodyContext, own: ConventionDetails, totals: Totals, as_of: AsOf
) -> ConventionPage:
    every = totals.tallies
    adopted = [each for each in every if each.counted.due and not _referred(each)]
    referred = [each for each in every if each.counted.due and _referred(each)]
    counts = _counts(every, items(adopted), items(referred), own.published_items)
    return ConventionPage(
        convention=own,
        as_of=as_of.on,
        today=as_of.recorded is None and not as_of.happened,
        record_began=near.record_began,
        age_days=(as_of.on - own.closes_on).days if own.closes_on else None,
        term_left_days=(own.term_ends_on - as_of.on).days if own.term_ends_on else None,
        counts=counts,
        verdicts=_by_verdict(adopted),
        referred_verdicts=_by_verdict(referred),
        floor=_by_floor(every),
        figures=figures(near.clocks[own.id], [each.counted for each in every], own.published_items)
        if own.kept
        else (),
        chart=chart([each.counted for each in adopted], percent=not counts.missing)
        if own.kept
        else (),
        changed=items(
            each
            for each in adopted
            if each.counted.verdict is Verdict.CARRIED_OUT
            and each.counted.change is Change.CHANGE_FOLLOWED
        ),
        unheard=items(filter(_unheard, adopted)),
        referred_unheard=items(filter(_unheard, referred)),
        money=_money(
            near.settings.currency,
            adopted + referred if own.kept else [each for each in every if _directs(each)],
        ),
        rows=(),
        found=0,
        filters=Filters(),
        pages=0,
        delegations=_choices(near.delegations, totals.delegations),
        units=_choices(near.units, totals.units),
        kinds=tuple(
            sorted({each.kind for each in every}, key=lambda kind: item_code.sort_key(kind, ""))
        ),
    )


def items(tallies: Iterable[Tally]) -> int:
    return sum(tally.counted.items for tally in tallies)


def _referred(tally: Tally) -> bool:
    return tally.counted.group in (Group.REFERRED, Group.ACCEPTED)


def _unheard(tally: Tally) -> bool:
    return tally.counted.verdict is Verdict.NO_WORD and tally.without_a_word


def _directs(tally: Tally) -> bool:
    return any(action.effect is Effect.DIRECTS for action in tally.floor)


def _by_verdict(tallies: Iterable[Tally]) -> Counter[Verdict]:
    found = Counter[Verdict]()
    for tally in tallies:
        found[tally.counted.verdict] += tally.counted.items
    return found


def _by_floor(tallies: Iterable[Tally]) -> dict[Floor, int]:
    """What is adopted and referred counts as adopted. In the order of the codes."""
    found = Counter[Floor]()
    for tally in tallies:
        if tally.floor:
            directs = (each for each in tally.floor if each.effect is Effect.DIRECTS)
            found[next(directs, tally.floor[0])] += tally.counted.items
    return {action: found[action] for action in Floor if found[action]}


def _choices(names: Mapping[int, str], keys: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted({names[key] for key in keys if key in names}, key=str.casefold))


def _counts(every: Sequence[Tally], adopted: int, referred: int, published: int | None) -> Counts:
    def count(verdict: Verdict) -> int:
        return items(
            each for each in every if not each.counted.due and each.counted.verdict is verdict
        )

    need = [
        each
        for each in every
        if each.follows_through
        and not (each.floor and each.floor[0].effect in (Effect.ENDS, Effect.MERGES))
    ]
    unknown = [each for each in need if each.counted.verdict is Verdict.DECISION_NOT_KNOWN]
    return Counts(
        items=items(every),
        adopted=adopted,
        referred=referred,
        not_decided=count(Verdict.NOT_DECIDED),
        not_known=count(Verdict.DECISION_NOT_KNOWN),
        not_tracked=count(Verdict.NOT_TRACKED),
        not_due=count(Verdict.NOT_DUE),
        need_follow_through=items(need),
        need_unknown=items(unknown),
        missing=max((published or 0) - items(every), 0),
    )


def _money(currency: str, found: Sequence[Tally]) -> MoneyTotals:
    estimated, appropriated, spent = (
        _total(sums)
        for sums in (
            [each.estimated for each in found],
            [each.appropriated for each in found],
            [each.spent for each in found],
        )
    )
    return MoneyTotals(
        currency=currency,
        estimated=estimated.amount,
        estimated_items=estimated.items,
        appropriated=appropriated.amount,
        appropriated_items=appropriated.items,
        spent=spent.amount,
        spent_items=spent.items,
        not_accounted_items=sum(each.not_accounted for each in found),
    )


def _total(sums: Iterable[Sum]) -> Sum:
    known = [each for each in sums if each.amount is not None]
    amounts = [each.amount for each in known if each.amount is not None]
    return Sum(
        amount=sum(amounts, Decimal(0)) if known else None, items=sum(each.items for each in known)
    )
