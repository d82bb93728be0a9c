"""What is shown of a convention.

The headline that accounts for every due item, figures with their definitions, the chart, and the
rows of its items. It is the same to everybody who may read the body: all of it rests on released
facts, and rows name units and delegations, never persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from tracker.record import kept_summaries
from tracker.record.as_of import AsOf
from tracker.rules import item_code
from tracker.rules.codes import Change, Effect, Floor, Group, Verdict

from .audience import PUBLIC, Audience
from .body_context import BodyContext, load_body_context
from .filters import Filters
from .listing import ConventionList, spent_waiting
from .models import ConventionDetails
from .rates import Figure, Segment, chart, figures
from .revision_cache import RevisionCache
from .rows import ItemListRow, rows
from .tallies import Sum, Tally, Totals

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
    """Sums over the items with something to carry out, and over how many items each is.

    None: nothing is recorded.
    """

    currency: str
    estimated: Decimal | None
    estimated_items: int
    appropriated: Decimal | None
    appropriated_items: int
    spent: Decimal | None
    spent_items: int
    # Reported done with the cost "not known yet", and nothing recorded since.
    not_accounted_items: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Every item once.

    items = adopted + referred + not_decided + not_known + not_tracked + not_due.
    """

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
    today: bool  # the as-of day is the current one
    record_began: date
    age_days: int | None  # since its closing; None: not known
    term_left_days: int | None  # negative: ended

    # What became of its items.
    counts: Counts
    verdicts: Mapping[Verdict, int]  # of adopted due items
    referred_verdicts: Mapping[Verdict, int]  # of due items that were only referred
    # The floor's decision in force, of all items; adopted and referred counts as adopted.
    floor: Mapping[Floor, int]
    figures: tuple[Figure, ...]  # empty where not kept
    chart: tuple[Segment, ...]
    changed: int  # of adopted due items: carried out, and a change followed
    unheard: int  # of adopted due items: without a word, and none was ever heard
    referred_unheard: int  # of due items that were only referred
    money: MoneyTotals

    # The list of its items.
    rows: tuple[ItemListRow, ...]  # of this page of the list
    matching: int  # rows that the filters leave
    filters: Filters
    pages: int
    delegations: tuple[str, ...]  # choices of the filters
    units: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def path(self) -> str:
        return self.convention.path


_cache: RevisionCache[ConventionPage] = RevisionCache()
"""Of each convention all that no filter changes."""


def page(
    session: Session,
    body_id: int,
    convention_id: int,
    as_of: AsOf,
    filters: Filters | None = None,
    audience: Audience = PUBLIC,
) -> ConventionPage | None:
    """None if the convention was not recorded by then.

    Who may read the convention is asked elsewhere; items of others are named to this audience.
    As of today nothing is derived, and the number of statements does not depend on the number of
    items.
    """
    body_context = load_body_context(session, body_id, as_of)
    details = body_context.conventions.get(convention_id)
    if details is None:
        return None
    convention_list = ConventionList(session, body_context, convention_id, as_of)
    revision = (body_id, body_context.head_hash, as_of)
    whole = _cache.get(revision, convention_id)
    if whole is None:
        whole = _without_rows(body_context, details, convention_list.totals(), as_of)
        if kept_summaries.is_derived(session):
            _cache.put(whole, revision, convention_id)
    chosen = convention_list.chosen(filters or Filters(), whole.counts.items)
    return replace(
        whole,
        rows=tuple(
            rows(
                session,
                body_context.readable_by(audience, besides=[convention_id]),
                chosen.items,
                as_of,
            )
        ),
        matching=chosen.matching,
        filters=chosen.filters,
        pages=chosen.pages,
    )


def _without_rows(
    body_context: BodyContext, convention: ConventionDetails, totals: Totals, as_of: AsOf
) -> ConventionPage:
    tallies = totals.tallies
    due = [tally for tally in tallies if tally.counted.due]
    adopted = [tally for tally in due if not _is_referred(tally)]
    referred = [tally for tally in due if _is_referred(tally)]
    counts = _counts(
        tallies,
        adopted=items(adopted),
        referred=items(referred),
        published=convention.published_items,
    )
    convention_figures: tuple[Figure, ...] = ()
    convention_chart: tuple[Segment, ...] = ()
    with_money = [tally for tally in tallies if _directs(tally)]
    if convention.kept:
        convention_figures = figures(
            body_context.clocks[convention.id],
            [tally.counted for tally in tallies],
            convention.published_items,
        )
        convention_chart = chart([tally.counted for tally in adopted], percent=not counts.missing)
        with_money = due
    kinds = {tally.kind for tally in tallies}
    return ConventionPage(
        convention=convention,
        as_of=as_of.on,
        today=as_of.is_now,
        record_began=body_context.record_began,
        age_days=(as_of.on - convention.closes_on).days if convention.closes_on else None,
        term_left_days=(
            (convention.term_ends_on - as_of.on).days if convention.term_ends_on else None
        ),
        counts=counts,
        verdicts=_by_verdict(adopted),
        referred_verdicts=_by_verdict(referred),
        floor=_by_floor(tallies),
        figures=convention_figures,
        chart=convention_chart,
        changed=items(tally for tally in adopted if _is_changed(tally)),
        unheard=items(tally for tally in adopted if _is_unheard(tally)),
        referred_unheard=items(tally for tally in referred if _is_unheard(tally)),
        money=_money(body_context.settings.currency, with_money),
        rows=(),
        matching=0,
        filters=Filters(),
        pages=0,
        delegations=_choices(body_context.delegations, totals.delegations),
        units=_choices(body_context.units, totals.units),
        kinds=tuple(sorted(kinds, key=lambda kind: item_code.sort_key(kind, ""))),
    )


def items(tallies: Iterable[Tally]) -> int:
    """How many items these tallies count."""
    return sum(tally.counted.items for tally in tallies)


def _is_referred(tally: Tally) -> bool:
    return tally.counted.group in (Group.REFERRED, Group.ACCEPTED)


def _is_changed(tally: Tally) -> bool:
    carried_out = tally.counted.verdict is Verdict.CARRIED_OUT
    return carried_out and tally.counted.change is Change.CHANGE_FOLLOWED


def _is_unheard(tally: Tally) -> bool:
    return tally.counted.verdict is Verdict.NO_WORD and tally.without_a_word


def _directs(tally: Tally) -> bool:
    return any(action.effect is Effect.DIRECTS for action in tally.floor)


def _by_verdict(tallies: Iterable[Tally]) -> Counter[Verdict]:
    counter = Counter[Verdict]()
    for tally in tallies:
        counter[tally.counted.verdict] += tally.counted.items
    return counter


def _by_floor(tallies: Iterable[Tally]) -> dict[Floor, int]:
    """In the order of the codes. What is adopted and referred counts as adopted."""
    counter = Counter[Floor]()
    for tally in tallies:
        if tally.floor:
            directing = (action for action in tally.floor if action.effect is Effect.DIRECTS)
            counter[next(directing, tally.floor[0])] += tally.counted.items
    return {action: counter[action] for action in Floor if counter[action]}


def _choices(names: Mapping[int, str], keys: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted({names[key] for key in keys if key in names}, key=str.casefold))


def _counts(
    tallies: Sequence[Tally], *, adopted: int, referred: int, published: int | None
) -> Counts:
    def not_due(verdict: Verdict) -> int:
        return items(
            tally for tally in tallies if not tally.counted.due and tally.counted.verdict is verdict
        )

    need = [tally for tally in tallies if tally.follows_through and not _is_over(tally)]
    unknown = [tally for tally in need if tally.counted.verdict is Verdict.DECISION_NOT_KNOWN]
    return Counts(
        items=items(tallies),
        adopted=adopted,
        referred=referred,
        not_decided=not_due(Verdict.NOT_DECIDED),
        not_known=not_due(Verdict.DECISION_NOT_KNOWN),
        not_tracked=not_due(Verdict.NOT_TRACKED),
        not_due=not_due(Verdict.NOT_DUE),
        need_follow_through=items(need),
        need_unknown=items(unknown),
        missing=max((published or 0) - items(tallies), 0),
    )


def _is_over(tally: Tally) -> bool:
    """Whether the floor ended these items, or merged them into others."""
    return bool(tally.floor) and tally.floor[0].effect in (Effect.ENDS, Effect.MERGES)


def _money(currency: str, tallies: Sequence[Tally]) -> MoneyTotals:
    estimated = _total(tally.estimated for tally in tallies)
    appropriated = _total(tally.appropriated for tally in tallies)
    spent = _total(tally.spent for tally in tallies)
    return MoneyTotals(
        currency=currency,
        estimated=estimated.amount,
        estimated_items=estimated.items,
        appropriated=appropriated.amount,
        appropriated_items=appropriated.items,
        spent=spent.amount,
        spent_items=spent.items,
        not_accounted_items=sum(tally.not_accounted for tally in tallies),
    )


def _total(sums: Iterable[Sum]) -> Sum:
    amounts = []
    item_count = 0
    for part in sums:
        if part.amount is not None:
            amounts.append(part.amount)
            item_count += part.items
    return Sum(amount=sum(amounts, Decimal(0)) if amounts else None, items=item_count)
