"""The rates of a convention as they are shown, and which rows lie behind each. The rule that counts is `rules.rates`. The same for everybody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import summary
from tracker.record.as_of import AsOf
from tracker.record.keys import Among
from tracker.record.summary import ItemSummary, counted, on_day
from tracker.rules.codes import Group, Verdict
from tracker.rules.rates import NAMES, SEGMENTS, Counted, Rate, cohort, items_in, segment_of
from tracker.rules.terms import Clock

from .body_context import BodyContext, load_body_context
from .item_models import ConventionDetails
from .listing import derived
from .revision_cache import RevisionCache

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


@dataclass(frozen=True)
class Figure:
    """A rate. `name` is the code of the rate and of its definition."""

    name: str  # one of NAMES, or decided
    of: str  # adopted, referred, accepted
    numerator: int | None  # None: it cannot be given
    denominator: int | None
    percent: (
        Decimal | None
    )  # None as well where the record has fewer items than were published, or none is due

    @property
    def rows(self) -> str:
        """What leads to the rows of the numerator."""
        return f"{self.name}.{self.of}"


@dataclass(frozen=True)
class Segment:
    """A field of the stacked bar, in the order of the design."""

    code: str  # change, done, partly, reported, notyet, no, noword
    count: int
    start: Decimal  # per cent of the bar
    length: Decimal
    percent: Decimal | None  # None: the record has fewer items than were published

    @property
    def middle(self) -> Decimal:
        return self.start + self.length / 2

    @property
    def rows(self) -> str:
        return f"chart.{self.code}"


def figures(clock: Clock, counts: Collection[Counted], published: int | None) -> tuple[Figure, ...]:
    """Adopted, referred, accepted; empty where follow-through is not kept."""
    found = cohort(clock, dict(enumerate(counts)), published)
    if found is None:
        return ()

    def figure(name: str, of: str, rate: Rate | None) -> Figure:
        return Figure(
            name,
            of,
            rate.part if rate else None,
            rate.of if rate else None,
            rate.share if rate else None,
        )

    adopted = [figure(name, "adopted", getattr(found.adopted, name)) for name in NAMES]
    accepted = [figure(name, "accepted", getattr(found.accepted, name)) for name in NAMES]
    return (*adopted, figure("decided", "referred", found.decided), *accepted)


def chart(adopted: Collection[Counted], percent: bool = True) -> tuple[Segment, ...]:
    """The fields that have items, each with its share of the bar."""
    counts = Counter[str]()
    for each in adopted:
        counts[segment_of(each)] += each.items
    found, start, total = [], Decimal(0), counts.total()
    for code in SEGMENTS:
        if count := counts[code]:
            length = Decimal(100 * count) / total
            found.append(
                Segment(
                    code,
                    count,
                    start.quantize(Decimal("0.01")),
                    length.quantize(Decimal("0.01")),
                    length if percent else None,
                )
            )
            start += length
    return tuple(found)


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

    def __hash__(self) -> int:
        """By what tells most apart: a hash of all figures would cost more than to compare the few that share one."""
        return hash((self.convention.id, self.as_of, self.items, self.adopted))


@cache
def _counts() -> sa.Select[int, str, int, int, int, date | None]:
    """Of each convention, one row for all items that have every code in common."""
    own = ItemSummary
    return (
        sa.select(
            own.convention_id,
            own.counts_as,
            sa.func.count(),
            sa.cast(sa.func.sum(own.clauses), sa.BigInteger),
            sa.cast(sa.func.sum(own.clauses_done), sa.BigInteger),
            sa.func.max(own.done_on),
        )
        .where(Among(own.convention_id), on_day(sa.bindparam("day", type_=sa.Date)))
        .group_by(own.convention_id, own.counts_as)
    )


def _counted(session: Session, near: BodyContext, as_of: AsOf) -> Mapping[int, list[Counted]]:
    """By convention: of today by the database, of an earlier day each item by itself."""
    rows: Iterable[Sequence[Any]]
    if as_of.recorded is None and not as_of.happened:
        given = {"keys": list(near.conventions), "day": as_of.on}
        rows = session.connection().execute(_counts(), given)
    else:
        rows = [
            (each.convention_id, each.counts_as, 1, each.clauses, each.clauses_done, each.done_on)
            for each in derived(session, near.body.id, as_of, near.conventions)
        ]
    found: dict[int, list[Counted]] = defaultdict(list)
    for convention_id, codes, items, clauses, clauses_done, done_on in rows:
        found[convention_id].append(
            counted(codes, items=items, clauses=clauses, clauses_done=clauses_done, done_on=done_on)
        )
    return found


def rates(session: Session, body_id: int, as_of: AsOf) -> Sequence[ConventionRates]:
    """Of each convention of a body, the newest first; those without a year at the end. Two statements beside the surroundings."""
    return at_a_glance(session, load_body_context(session, body_id, as_of), as_of)


_cache: RevisionCache[Sequence[ConventionRates]] = RevisionCache()


def at_a_glance(session: Session, near: BodyContext, as_of: AsOf) -> Sequence[ConventionRates]:
    """The same, where the surroundings are known. Nothing is counted while the body's chain ends as it did when it was asked last."""
    revision = (near.body.id, near.head_hash, as_of)
    if (kept := _cache.get(revision)) is not None:
        return kept
    found = _at_a_glance(session, near, as_of)
    if summary.is_derived(session):
        _cache.put(found, revision)
    return found


def _at_a_glance(session: Session, near: BodyContext, as_of: AsOf) -> Sequence[ConventionRates]:
    counts = _counted(session, near, as_of)
    found = [_rates(near, own, counts.get(key, []), as_of) for key, own in near.conventions.items()]
    return sorted(
        found,
        key=lambda each: (
            each.convention.closes_on or date(each.convention.year or 1, 12, 31),
            each.convention.id,
        ),
        reverse=True,
    )


def _rates(
    near: BodyContext, own: ConventionDetails, mine: Sequence[Counted], as_of: AsOf
) -> ConventionRates:
    due = [each for each in mine if each.due]
    referred = [each for each in due if each.group in (Group.REFERRED, Group.ACCEPTED)]
    adopted = [each for each in due if each.group not in (Group.REFERRED, Group.ACCEPTED)]
    items = items_in(mine)
    missing = (own.published_items or 0) > items
    return ConventionRates(
        convention=own,
        as_of=as_of.on,
        items=items,
        adopted=items_in(adopted),
        referred=items_in(referred),
        not_known=items_in(each for each in mine if each.verdict is Verdict.DECISION_NOT_KNOWN),
        not_decided=items_in(each for each in mine if each.verdict is Verdict.NOT_DECIDED),
        figures=figures(near.clocks[own.id], mine, own.published_items) if own.kept else (),
        chart=chart(adopted, not missing) if own.kept else (),
    )
