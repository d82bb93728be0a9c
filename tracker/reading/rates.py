"""The rates of a convention as they are shown, and which rows lie behind each.

The rule that counts is `rules.rates`. They are the same for everybody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import kept_summaries
from tracker.record.as_of import AsOf
from tracker.record.keys import Among
from tracker.record.prepared import Row
from tracker.record.summary import LIVE, ItemSummary, counted, on_day
from tracker.rules.codes import Group, Verdict
from tracker.rules.rates import NAMES, SEGMENTS, Counted, Rate, cohort, items_in, segment_of
from tracker.rules.terms import Clock

from .body_context import BodyContext, load_body_context
from .listing import derived
from .models import ConventionDetails
from .revision_cache import RevisionCache
from .tallies import DAY, UP_TO

__all__ = [
    "NAMES",
    "ConventionRates",
    "Figure",
    "Segment",
    "at_a_glance",
    "chart",
    "figures",
    "rates",
]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A rate. `name` is the code of the rate and of its definition."""

    name: str  # one of NAMES, or decided
    of: str  # adopted, referred, accepted
    numerator: int | None  # None: it cannot be given
    denominator: int | None
    # None as well where the record has fewer items than were published, or none is due.
    percent: Decimal | None

    @property
    def rows(self) -> str:
        """What leads to the rows of the numerator."""
        return f"{self.name}.{self.of}"


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A field of the stacked bar, in the order of the design."""

    code: str  # change, done, partly, reported, notyet, no, noword
    count: int
    start: Decimal  # per cent of the bar
    length: Decimal  # per cent of the bar
    percent: Decimal | None  # None: the record has fewer items than were published

    @property
    def middle(self) -> Decimal:
        return self.start + self.length / 2

    @property
    def rows(self) -> str:
        return f"chart.{self.code}"


@dataclass(frozen=True, kw_only=True)
class ConventionRates:
    """For the command `rates`, and for conventions at a glance."""

    convention: ConventionDetails
    as_of: date
    items: int
    adopted: int
    referred: int
    not_known: int
    not_decided: int
    figures: tuple[Figure, ...]  # empty where not kept
    chart: tuple[Segment, ...]
    by_edition: bool = False  # as the newest edition has it, whose day `as_of` is

    def __hash__(self) -> int:
        """By what tells most apart.

        A hash of all figures would cost more than to compare the few that share one.
        """
        return hash((self.convention.id, self.as_of, self.items, self.adopted))


def figures(clock: Clock, counts: Collection[Counted], published: int | None) -> tuple[Figure, ...]:
    """Adopted, referred, accepted; empty where follow-through is not kept."""
    rates_of = cohort(clock, dict(enumerate(counts)), published)
    if rates_of is None:
        return ()
    adopted = [_figure(name, "adopted", getattr(rates_of.adopted, name)) for name in NAMES]
    accepted = [_figure(name, "accepted", getattr(rates_of.accepted, name)) for name in NAMES]
    return (*adopted, _figure("decided", "referred", rates_of.decided), *accepted)


def _figure(name: str, of: str, rate: Rate | None) -> Figure:
    return Figure(
        name=name,
        of=of,
        numerator=rate.part if rate else None,
        denominator=rate.of if rate else None,
        percent=rate.share if rate else None,
    )


def chart(adopted: Collection[Counted], percent: bool = True) -> tuple[Segment, ...]:
    """The fields that have items, each with its share of the bar."""
    counts = Counter[str]()
    for counted_items in adopted:
        counts[segment_of(counted_items)] += counted_items.items
    segments = []
    start = Decimal(0)
    for code in SEGMENTS:
        if not counts[code]:
            continue
        length = Decimal(100 * counts[code]) / counts.total()
        segment = Segment(
            code=code,
            count=counts[code],
            start=start.quantize(Decimal("0.01")),
            length=length.quantize(Decimal("0.01")),
            percent=length if percent else None,
        )
        segments.append(segment)
        start += length
    return tuple(segments)


# --- the conventions of a body ---


_cache: RevisionCache[Sequence[ConventionRates]] = RevisionCache()


def rates(session: Session, body_id: int, as_of: AsOf) -> Sequence[ConventionRates]:
    """Of each convention of a body, the newest first; those without a year at the end.

    Two statements beside those of the body's context.
    """
    return at_a_glance(session, load_body_context(session, body_id, as_of), as_of)


def at_a_glance(
    session: Session, body_context: BodyContext, as_of: AsOf
) -> Sequence[ConventionRates]:
    """The same, where the body's context is known.

    Nothing is counted while the body's chain ends as it did when it was last asked for.
    """
    revision = (body_context.body.id, body_context.head_hash, as_of)
    cached = _cache.get(revision)
    if cached is not None:
        return cached
    convention_rates = _at_a_glance(session, body_context, as_of)
    if kept_summaries.is_derived(session):
        _cache.put(convention_rates, revision)
    return convention_rates


def of_one(
    session: Session, body_context: BodyContext, convention: ConventionDetails, as_of: AsOf
) -> ConventionRates:
    """Of one convention, as an edition has it; kept as those of all are."""
    revision = (body_context.body.id, body_context.head_hash, as_of)
    cached = _cache.get(revision, convention.id)
    if cached is not None:
        return cached[0]
    counts = _counted(session, body_context, as_of, [convention.id])[convention.id]
    one = _rates(body_context.clocks[convention.id], convention, counts, as_of)
    if kept_summaries.is_derived(session):
        _cache.put([one], revision, convention.id)
    return one


def in_order(convention_rates: Iterable[ConventionRates]) -> list[ConventionRates]:
    """The newest first; those without a year at the end."""
    return sorted(convention_rates, key=lambda one: recency(one.convention), reverse=True)


def _at_a_glance(
    session: Session, body_context: BodyContext, as_of: AsOf
) -> Sequence[ConventionRates]:
    counts = _counted(session, body_context, as_of, body_context.conventions)
    return in_order(
        _rates(body_context.clocks[convention.id], convention, counts[convention.id], as_of)
        for convention in body_context.conventions.values()
    )


def recency(convention: ConventionDetails) -> tuple[date, int]:
    """By which conventions are put in order."""
    return convention.closes_on or date(convention.year or 1, 12, 31), convention.id


def _rates(
    clock: Clock, convention: ConventionDetails, counts: Sequence[Counted], as_of: AsOf
) -> ConventionRates:
    due = [count for count in counts if count.due]
    referred = [count for count in due if count.group in (Group.REFERRED, Group.ACCEPTED)]
    adopted = [count for count in due if count.group not in (Group.REFERRED, Group.ACCEPTED)]
    items = items_in(counts)
    published = convention.published_items
    is_complete = (published or 0) <= items
    return ConventionRates(
        convention=convention,
        as_of=as_of.on,
        items=items,
        adopted=items_in(adopted),
        referred=items_in(referred),
        not_known=_items_with(counts, Verdict.DECISION_NOT_KNOWN),
        not_decided=_items_with(counts, Verdict.NOT_DECIDED),
        figures=figures(clock, counts, published) if convention.kept else (),
        chart=chart(adopted, percent=is_complete) if convention.kept else (),
        by_edition=as_of.up_to is not None and as_of.is_kept,
    )


def _items_with(counts: Sequence[Counted], verdict: Verdict) -> int:
    return items_in(count for count in counts if count.verdict is verdict)


def _counted(
    session: Session, body_context: BodyContext, as_of: AsOf, convention_ids: Collection[int]
) -> Mapping[int, list[Counted]]:
    """By convention: of today, and of an edition, by the database; of an earlier day each item by
    itself.
    """
    rows: Iterable[Row]
    if as_of.is_kept:
        parameters = {
            "keys": list(convention_ids),
            "day": as_of.on,
            "up_to": as_of.up_to or LIVE,
        }
        rows = session.connection().execute(_counts(), parameters)
    else:
        rows = [
            (item.convention_id, item.counts_as, 1, item.clauses, item.clauses_done, item.done_on)
            for item in derived(session, body_context.body.id, as_of, convention_ids)
        ]
    counts: dict[int, list[Counted]] = defaultdict(list)
    for convention_id, codes, items, clauses, clauses_done, done_on in rows:
        counts[convention_id].append(
            counted(codes, items=items, clauses=clauses, clauses_done=clauses_done, done_on=done_on)
        )
    return counts


@cache
def _counts() -> sa.Select[int, str, int, int, int, date | None]:
    """Of each convention, one row for all items that have every code in common."""
    item = ItemSummary
    return (
        sa.select(
            item.convention_id,
            item.counts_as,
            sa.func.count(),
            sa.cast(sa.func.sum(item.clauses), sa.BigInteger),
            sa.cast(sa.func.sum(item.clauses_done), sa.BigInteger),
            sa.func.max(item.done_on),
        )
        .where(Among(item.convention_id), on_day(DAY, UP_TO))
        .group_by(item.convention_id, item.counts_as)
    )
