"""Rates of one convention's cohort.

Each has its numerator within its denominator; none due is "no items", never 0 %.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .codes import Change, Group, Standing, Verdict
from .item_standing import UNSETTLED
from .terms import Clock
from .verdict import Answer

YEAR = 365  # days after the closing


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What the rates ask of one item; or of several that have all codes in common, as the database
    counts them: then `done_on` is the last of their days (all lie within the year, or none), and
    the clauses are those of all.
    """

    standing: Standing
    verdict: Verdict
    change: Change | None
    due: bool
    group: Group | None
    decided: bool
    done_on: date | None
    clauses: int  # that were due in this cohort
    clauses_done: int
    items: int = 1


def counted(answer: Answer) -> Counted:
    clauses = _clauses(answer)
    return Counted(
        standing=answer.standing.code,
        verdict=answer.verdict,
        change=answer.change,
        due=answer.due,
        group=answer.group,
        decided=answer.decided,
        done_on=answer.done_on,
        clauses=len(clauses),
        clauses_done=sum(clauses),
    )


@dataclass(frozen=True)
class Rate:
    part: int
    of: int
    share: Decimal | None  # None: no items, or the record has fewer items than were published


@dataclass(frozen=True, kw_only=True)
class RateColumn:
    due: int
    carried_out: Rate
    change_followed: Rate
    no_word: Rate
    reported_done: Rate
    within_the_year: Rate | None  # None: the closing is not known
    clauses_carried_out: Rate


@dataclass(frozen=True, kw_only=True)
class Cohort:
    adopted: RateColumn
    accepted: RateColumn  # of what was only referred
    referred: int
    decided: Rate
    not_known: tuple[int, ...]  # items counted apart, and named
    not_decided: tuple[int, ...]
    missing: int  # published, and not in the record


def cohort(
    clock: Clock, answers: Mapping[int, Counted], published: int | None = None
) -> Cohort | None:
    """None where the follow-through of the convention is not kept.

    `answers` are those of the convention's items; of several items that were counted together,
    under the key of the first.
    """
    items = answers.values()
    if clock.kept_from is None or any(item.standing is Standing.NOT_TRACKED for item in items):
        return None
    missing = max((published or 0) - items_in(items), 0)

    def rate(part: int, of: int) -> Rate:
        return Rate(part, of, Decimal(100 * part) / of if of and not missing else None)

    def column(due: Collection[Counted]) -> RateColumn:
        def share(holds: Callable[[Counted], bool]) -> Rate:
            return rate(items_in(filter(holds, due)), items_in(due))

        return RateColumn(
            due=items_in(due),
            carried_out=share(lambda item: item.verdict is Verdict.CARRIED_OUT),
            change_followed=share(lambda item: item.change is Change.CHANGE_FOLLOWED),
            no_word=share(lambda item: item.verdict is Verdict.NO_WORD),
            reported_done=share(lambda item: item.verdict is Verdict.REPORTED_DONE),
            within_the_year=share(lambda item: within_the_year(item, clock))
            if clock.dated
            else None,
            clauses_carried_out=rate(
                sum(item.clauses_done for item in due), sum(item.clauses for item in due)
            ),
        )

    due = [item for item in items if item.due]
    referred = [item for item in due if item.group in (Group.REFERRED, Group.ACCEPTED)]
    not_known, not_decided = (
        tuple(key for key, item in answers.items() if item.standing is code) for code in UNSETTLED
    )
    return Cohort(
        adopted=column([item for item in due if item.group is Group.ADOPTED]),
        accepted=column([item for item in due if item.group is Group.ACCEPTED]),
        referred=items_in(referred),
        decided=rate(items_in(item for item in referred if item.decided), items_in(referred)),
        not_known=not_known,
        not_decided=not_decided,
        missing=missing,
    )


def items_in(counted: Iterable[Counted]) -> int:
    return sum(item.items for item in counted)


def within_the_year(item: Counted, clock: Clock) -> bool:
    """Carried out by an act at most a year after the closing."""
    if item.verdict is not Verdict.CARRIED_OUT or not item.done_on or not clock.closes_on:
        return False
    return (item.done_on - clock.closes_on).days <= YEAR


SEGMENTS = ("change", "done", "partly", "reported", "notyet", "no", "noword")
"""The fields of a convention's bar, in their order."""
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


NAMES = (
    "carried_out",
    "change_followed",
    "no_word",
    "reported_done",
    "within_the_year",
    "clauses_carried_out",
)
FIGURES = frozenset(
    (
        *(
            f"{name}.{of}"
            for name in ("due", "decided", *NAMES)
            for of in ("adopted", "referred", "accepted")
        ),
        *(f"chart.{code}" for code in SEGMENTS),
    )
)
"""Codes of figures and of fields of the bar: the rows behind each can be asked for."""


def segment_of(item: Counted) -> str:
    if item.verdict is Verdict.CARRIED_OUT and item.change is Change.CHANGE_FOLLOWED:
        return "change"
    return _SEGMENT.get(item.verdict, "notyet")


def figures_of(item: Counted, clock: Clock) -> tuple[str, ...]:
    """The codes of the figures, and of the field of the bar, behind which the item is a row:
    "carried_out.adopted", "chart.done".

    Of clauses: where any is carried out.
    """
    if not item.due:
        return ()
    referred = item.group in (Group.REFERRED, Group.ACCEPTED)
    holds = {
        "due": True,
        "decided": item.decided,
        "carried_out": item.verdict is Verdict.CARRIED_OUT,
        "change_followed": item.change is Change.CHANGE_FOLLOWED,
        "no_word": item.verdict is Verdict.NO_WORD,
        "reported_done": item.verdict is Verdict.REPORTED_DONE,
        "within_the_year": within_the_year(item, clock),
        "clauses_carried_out": item.clauses_done > 0,
    }
    columns = {
        "adopted": not referred,
        "referred": referred,
        "accepted": item.group is Group.ACCEPTED,
    }
    figures = [
        f"{name}.{column}"
        for column, is_in_column in columns.items()
        for name, is_counted in holds.items()
        if is_in_column and is_counted
    ]
    if not referred:
        figures.append(f"chart.{segment_of(item)}")
    return tuple(figures)


def _clauses(item: Answer) -> list[bool]:
    """Of each clause that was due in this cohort, whether it is carried out; one that is carried
    over counts with the item's verdict.
    """
    carried_out = {Standing.DONE}
    if item.standing.code is Standing.CARRIED_OVER and item.verdict is Verdict.CARRIED_OUT:
        carried_out.add(Standing.CARRIED_OVER)
    return [
        clause.code in carried_out
        for clause in item.standing.clauses
        if clause.code not in (Standing.NOT_DUE, Standing.SUPERSEDED, *UNSETTLED)
    ]
