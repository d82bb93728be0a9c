"""The rates of a convention as they are shown, and which rows lie behind each. The rule that counts is `rules.rates`. The same for everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.now import counts_of
from tracker.rules.codes import Change, Group, Verdict
from tracker.rules.rates import YEAR, Counted, Rate, cohort
from tracker.rules.terms import Clock

from .around import Around, around
from .judged import convention_of_items, judged
from .shown import ConventionShown

NAMES = (
    "carried_out",
    "change_followed",
    "no_word",
    "reported_done",
    "within_the_year",
    "clauses_carried_out",
)


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


def figures(
    clock: Clock, answers: Mapping[int, Counted], published: int | None
) -> tuple[Figure, ...]:
    """Adopted, referred, accepted; empty where follow-through is not kept."""
    found = cohort(clock, answers, published)
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


def in_figure(rows: str, item: Counted, clock: Clock) -> bool:
    """Whether an item is one of the rows behind a figure or a field of the chart; of clauses, whether it has any that is carried out."""
    name, _, of = rows.partition(".")
    referred = item.group in (Group.REFERRED, Group.ACCEPTED)
    if not item.due:
        return False
    if name == "chart":
        return not referred and segment_of(item) == of
    wanted = {
        "adopted": not referred,
        "referred": referred,
        "accepted": item.group is Group.ACCEPTED,
    }
    if not wanted.get(of, False):
        return False
    match name:
        case "due":
            return True
        case "decided":
            return item.decided
        case "carried_out" | "no_word" | "reported_done":
            return item.verdict is Verdict(name)
        case "change_followed":
            return item.change is Change.CHANGE_FOLLOWED
        case "within_the_year":
            return item.verdict is Verdict.CARRIED_OUT and bool(
                item.done_on and clock.closes_on and (item.done_on - clock.closes_on).days <= YEAR
            )
        case "clauses_carried_out":
            return item.clauses_done > 0
    return False


class Answered(Protocol):
    @property
    def verdict(self) -> Verdict: ...
    @property
    def change(self) -> Change | None: ...


SEGMENTS = ("change", "done", "partly", "reported", "notyet", "no", "noword")
_SEGMENT = {
    Verdict.CARRIED_OUT: "done",
    Verdict.PARTLY_CARRIED_OUT: "partly",
    Verdict.REPORTED_DONE: "reported",
    Verdict.NOT_YET: "notyet",
    Verdict.WILL_NOT_BE_DONE: "no",
    Verdict.DECLINED: "no",
    Verdict.UNFINISHED: "no",
    Verdict.NO_WORD: "noword",
}


def segment_of(item: Answered) -> str:
    return (
        "change"
        if item.verdict is Verdict.CARRIED_OUT and item.change is Change.CHANGE_FOLLOWED
        else _SEGMENT.get(item.verdict, "notyet")
    )


def chart(adopted: Collection[Answered], percent: bool = True) -> tuple[Segment, ...]:
    """The fields that have items, each with its share of the bar."""
    codes = [segment_of(each) for each in adopted]
    found, start, total = [], Decimal(0), len(codes)
    for code in SEGMENTS:
        if count := codes.count(code):
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


@dataclass(frozen=True)
class ConventionRates:
    """For the command `rates`, and for conventions at a glance."""

    convention: ConventionShown
    as_of: date
    items: int
    adopted: int
    referred: int
    not_known: int
    not_decided: int
    figures: tuple[Figure, ...]  # empty where not kept
    chart: tuple[Segment, ...]


def rates(session: Session, body_id: int, as_of: AsOf) -> list[ConventionRates]:
    """Of each convention of a body, the newest first; those without a year at the end. Eight statements."""
    return at_a_glance(session, around(session, body_id, as_of), as_of)


def at_a_glance(session: Session, near: Around, as_of: AsOf) -> list[ConventionRates]:
    """The same, where the surroundings are known."""
    answers, of = judged(session, near.body.id, as_of), convention_of_items(session, near.body.id)
    found = []
    for key, own in near.conventions.items():
        mine = {item: counts_of(now) for item, now in answers.items() if of[item] == key}
        due = [each for each in mine.values() if each.due]
        referred = [each for each in due if each.group in (Group.REFERRED, Group.ACCEPTED)]
        adopted = [each for each in due if each.group not in (Group.REFERRED, Group.ACCEPTED)]
        missing = (own.published_items or 0) > len(mine)
        found.append(
            ConventionRates(
                own,
                as_of.on,
                len(mine),
                len(adopted),
                len(referred),
                sum(each.verdict is Verdict.DECISION_NOT_KNOWN for each in mine.values()),
                sum(each.verdict is Verdict.NOT_DECIDED for each in mine.values()),
                figures(near.clocks[key], mine, own.published_items) if own.kept else (),
                chart(adopted, not missing) if own.kept else (),
            )
        )
    return sorted(
        found,
        key=lambda each: (
            each.convention.closes_on or date(each.convention.year or 1, 12, 31),
            each.convention.id,
        ),
        reverse=True,
    )
