"""Facts of one item, made by hand for tests of the rules.

No database, dates told in days before TODAY.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any, TypeVar

from tracker.rules import facts as f
from tracker.rules import item_facts
from tracker.rules.codes import By, Claimed, Floor, Kind, Level, Part, Result
from tracker.rules.terms import Clock

TODAY = date(2018, 3, 1)
CLOSED = TODAY - timedelta(days=200)
CLOCK = Clock(CLOSED, date(2018, 12, 31), CLOSED, True)
LEADER, AUTHOR, MANAGER, OTHER = 20, 7, 8, 9  # persons
UNIT, ELSEWHERE = 5, 6
F = TypeVar("F", bound=f.Fact)
_keys = count(100)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def new_fact(shape: type[F], days: int, actor: int = 1, imported: bool = False, **values: Any) -> F:
    """A fact of that day, heard on it."""
    key = next(_keys)
    return shape(
        id=key,
        event=key,
        actor=actor,
        on=ago(days),
        heard_on=ago(days),
        day_known=True,
        imported=imported,
        **values,
    )


CLAUSES = tuple(new_fact(f.ClauseFact, 300, number=number, declaration=False) for number in (1, 2))
ONE, TWO = (clause.id for clause in CLAUSES)


def facts(
    *every: f.Fact,
    kind: str = Kind.NEW_BUSINESS_ITEM,
    clock: Clock = CLOCK,
    today: date = TODAY,
    leads_release: bool = False,
    **more: Any,
) -> item_facts.Facts:
    """An item adopted 200 days ago, with two clauses unless others are given, and these facts."""
    fields: dict[type[f.Fact], str] = {
        f.ClauseFact: "clauses",
        f.DueDateFact: "due_dates",
        f.FloorActionFact: "floor",
        f.ReferralDecisionFact: "decisions",
        f.AssignmentFact: "assignments",
        f.LinkFact: "links",
        f.EntryFact: "entries",
        f.ClaimFact: "claims",
        f.OutcomeFact: "outcomes",
        f.ReleaseFact: "releases",
        f.SentBackFact: "sent_back",
        f.ReviewFact: "reviews",
        f.EstimateFact: "estimates",
        f.DesignationFact: "designations",
    }
    by_field: dict[str, list[f.Fact]] = {name: [] for name in fields.values()}
    for fact in every:
        by_field[fields[type(fact)]].append(fact)
    by_field["clauses"] = by_field["clauses"] or [*CLAUSES]
    by_field["floor"] = by_field["floor"] or [floor(Floor.ADOPTED)]
    item = new_fact(f.ItemFact, 300, convention_id=1, kind=kind, imported=True)
    return item_facts.Facts(
        today=today,
        clock=clock,
        silence_days=90,
        leads_release=leads_release,
        item=item,
        **{name: tuple(facts) for name, facts in by_field.items()},
        **more,
    )  # type: ignore[arg-type]


def floor(
    action: Floor,
    days: int = 200,
    unit: int | None = None,
    clause: int | None = None,
    position: int = 1,
) -> f.FloorActionFact:
    return new_fact(
        f.FloorActionFact,
        days,
        clause_id=clause,
        action=action,
        position=position,
        unit_id=unit,
        purpose=None,
        decides_by=None,
    )


def part(
    part: Part,
    unit: int = UNIT,
    person: int | None = None,
    clause: int | None = None,
    days: int = 150,
) -> f.AssignmentFact:
    return new_fact(
        f.AssignmentFact, days, clause_id=clause, part=part, unit_id=unit, person_id=person
    )


def entry(
    days: int,
    author: int = AUTHOR,
    internal: bool = False,
    corrects: int | None = None,
    imported: bool = False,
) -> f.EntryFact:
    return new_fact(
        f.EntryFact,
        days,
        author_id=author,
        internal=internal,
        next_word_by=None,
        corrects_id=corrects,
        actor=author,
        imported=imported,
    )


def claim(of: f.EntryFact, claimed: Claimed | None, clause: int = ONE) -> f.ClaimFact:
    key = next(_keys)
    return f.ClaimFact(
        id=key,
        event=of.event,
        actor=of.actor,
        on=of.on,
        heard_on=of.heard_on,
        day_known=True,
        imported=of.imported,
        entry_id=of.id,
        clause_id=clause,
        claimed=claimed,
        money=None,
    )


def released(of: f.EntryFact | f.OutcomeFact, by: int = MANAGER) -> f.ReleaseFact:
    days = (TODAY - of.on).days
    return new_fact(
        f.ReleaseFact,
        days,
        entry_id=of.id if isinstance(of, f.EntryFact) else None,
        outcome_id=None if isinstance(of, f.EntryFact) else of.id,
        actor=by,
    )


def review(
    of: f.ClaimFact | f.OutcomeFact, result: Result, days: int = 1, by: int = OTHER
) -> f.ReviewFact:
    is_claim = isinstance(of, f.ClaimFact)
    return new_fact(
        f.ReviewFact,
        days,
        claim_id=of.id if is_claim else None,
        outcome_id=None if is_claim else of.id,
        result=result,
        by=By.CONFIRMER,
        actor=by,
    )


def outcome(
    days: int = 10, level: Level = Level.CHANGE_FOLLOWED, author: int = AUTHOR
) -> f.OutcomeFact:
    return new_fact(f.OutcomeFact, days, author_id=author, level=level, actor=author)


def every(*items: item_facts.Facts) -> dict[int, item_facts.Facts]:
    return {item.item.id: item for item in items}
