"""The SELECT of each class of facts: its table, and the columns that its fields name."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.rules import facts as shapes
from tracker.rules.codes import Visibility

# People, meetings: foreign keys point at their tables.
from . import (
    bodies,  # noqa: F401
    conventions,  # noqa: F401
    items,
    meetings,  # noqa: F401
    money,
    outcomes,
    outside_requests,
    people,  # noqa: F401
    progress,
)
from .as_of import NOW, at, ended, recorded, retracted, undone
from .as_of_parameters import Bounds, as_of_with_parameters
from .keys import Among
from .ledger_tables import Event, FactTable, Text
from .prepared import Prepared
from .publications import visibility_today

# The table of each dataclass. Its columns are those that the dataclass names.
ALWAYS: dict[type[shapes.Fact], type[FactTable]] = {
    shapes.ItemFact: items.Item,
    shapes.DesignationFact: items.Designation,
    shapes.ClauseFact: items.Clause,
    shapes.DueDateFact: items.DueDate,
    shapes.FloorActionFact: items.FloorAction,
    shapes.ReferralDecisionFact: items.ReferralDecision,
    shapes.AssignmentFact: items.Assignment,
    shapes.LinkFact: items.Link,
    shapes.EntryFact: progress.Entry,
    shapes.ClaimFact: progress.Claim,
    shapes.ReleaseFact: progress.Release,
    shapes.SentBackFact: progress.SentBack,
    shapes.ReviewFact: progress.Review,
    shapes.OutsideSubjectFact: outside_requests.OutsideRequestSubject,
    shapes.OutcomeFact: outcomes.Outcome,
    shapes.EstimateFact: money.Estimate,
    shapes.AppropriationFact: money.Appropriation,
    shapes.ExpenseFact: money.Expense,
}
WITH_WORDS: dict[type[shapes.Fact], type[FactTable]] = {
    shapes.VersionFact: items.Version,
    shapes.FloorPersonFact: items.FloorPerson,
    shapes.RecommendationFact: items.Recommendation,
    shapes.SourceCellFact: items.SourceCell,
    shapes.EvidenceFact: progress.Evidence,
    shapes.OpenedEvidenceFact: progress.OpenedEvidence,
    shapes.WithholdingFact: progress.Withholding,
    shapes.ExplanationFact: money.Explanation,
}
TABLES = ALWAYS | WITH_WORDS


def is_wanted(item_id: sa.ColumnElement[int], alone: bool) -> sa.ColumnElement[bool]:
    """The one item of the parameter `key` (`alone`), or those of the parameter `keys`.

    For one item, SQLite needs half the time of a list of one.
    """
    if alone:
        return item_id == sa.bindparam("key", type_=sa.BigInteger)
    return Among(item_id)


def key_parameters(keys: list[int]) -> dict[str, object]:
    return {"key": keys[0]} if len(keys) == 1 else {"keys": keys}


class FactSelect(NamedTuple):
    """A SELECT of facts: their item, then these fields.

    `heard_on` is None unless the table has a day of its own (only releases do).
    """

    select: Prepared
    fields: tuple[str, ...]


@cache
def fact_select(
    shape: type[shapes.Fact], bounds: Bounds, words: bool, alone: bool = False
) -> FactSelect:
    """The SELECT for facts of a shape, of several items or (`alone`) of one.

    The items' keys are parameters, no subquery: a planner that cannot see how few they are scans
    every table.
    """
    fact, as_of = TABLES[shape], as_of_with_parameters(bounds)
    table, event, ending = fact.__table__, Event.__table__, Event.__table__.alias()
    source = sa.join(table, event, event.c.id == table.c.recorded_by)
    counts = at(fact, as_of)
    columns = event_columns(table, event)
    for field in dataclasses.fields(shape):
        if field.name in columns or field.name == "heard_on":
            continue
        if shape is shapes.WithholdingFact and field.name == "name":
            source, columns[field.name] = _with_withheld_name(source)
            continue
        if field.name == "retracted":  # retracted facts are loaded too, and marked
            counts = sa.and_(recorded(fact, as_of), sa.not_(undone(fact, as_of)))
            columns[field.name] = retracted(fact, as_of)
        elif field.name == "ended_on":  # ended facts are loaded too, with the day of their end
            counts = sa.and_(recorded(fact, as_of), sa.not_(retracted(fact, as_of)))
            source = sa.outerjoin(
                source, ending, sa.and_(ending.c.id == table.c.ended_by, ended(fact, as_of))
            )
            columns[field.name] = ending.c.effective_on
        elif field.name in CHANGES_READERS:
            columns[field.name] = changes_readers(table, fewer=CHANGES_READERS[field.name])
        elif not is_text(table.c[field.name]):
            columns[field.name] = table.c[field.name]
        elif words:
            text = Text.__table__.alias()
            source = sa.outerjoin(source, text, text.c.digest == table.c[field.name])
            columns[field.name] = text.c.words
    if shape is shapes.WithholdingFact:
        counts = at(fact, NOW)  # whatever day is asked for
    item_id, heard_on = item_of(shape), heard_on_of(table)
    statement = (
        sa.select(item_id, heard_on, *columns.values())
        .select_from(source)
        .where(is_wanted(item_id, alone), counts)
        .order_by(table.c.id)
    )
    return FactSelect(Prepared(statement), ("heard_on", *columns))


CHANGES_READERS = {"waits": True, "comes_unseen": False}
"""Fields of a link: whether fewer read the convention of its target; False: more do."""


def changes_readers(link: sa.FromClause, *, fewer: bool) -> sa.ColumnElement[bool]:
    """Whether fewer (else: more) may read the convention of the target than that of the item; as of
    today, whatever day is asked for.
    """
    item, target = (items.Item.__table__.alias() for _ in range(2))
    before, after = _readers(item.c.convention_id), _readers(target.c.convention_id)
    between = (
        sa.select(sa.literal(1))
        .select_from(sa.join(item, target, target.c.id == link.c.target_id))
        .where(
            item.c.id == link.c.item_id,
            item.c.convention_id != target.c.convention_id,
            after < before if fewer else after > before,
        )
    )
    return between.correlate(link).exists()


def _readers(convention_id: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """The place of its visibility, from the fewest readers to everybody."""
    places = {visibility: place for place, visibility in enumerate(Visibility)}
    return sa.case(places, value=visibility_today(convention_id), else_=places[Visibility.PUBLIC])


ENVELOPE = ("id", "event", "actor", "on", "heard_on", "day_known", "imported", "recorded_at")
"""The fields of a fact that do not come from its own table, and its key."""


def content(
    shape: type[shapes.Fact], source: sa.FromClause
) -> tuple[dict[str, sa.ColumnElement[Any]], sa.FromClause]:
    """The columns of what the fact itself says, its words among them, and the source with the joins
    that they need.
    """
    table = TABLES[shape].__table__
    columns: dict[str, sa.ColumnElement[Any]] = {}
    for field in dataclasses.fields(shape):
        if field.name in ENVELOPE or field.name not in table.c:
            continue
        if is_text(table.c[field.name]):
            text = Text.__table__.alias()
            source = sa.outerjoin(source, text, text.c.digest == table.c[field.name])
            columns[field.name] = text.c.words
        else:
            columns[field.name] = table.c[field.name]
    return columns, source


def _with_withheld_name(source: sa.Join) -> tuple[sa.Join, sa.ColumnElement[str | None]]:
    """A withholding, joined to the name that it concerns."""
    person, text = items.FloorPerson.__table__.alias(), Text.__table__.alias()
    withholding = progress.Withholding.__table__
    source = sa.outerjoin(source, person, person.c.id == withholding.c.floor_person_id)
    source = sa.outerjoin(source, text, text.c.digest == person.c.name)
    return source, text.c.words


def event_columns(table: sa.FromClause, event: sa.FromClause) -> dict[str, sa.ColumnElement[Any]]:
    """What every fact has of its event, by field."""
    return {
        "id": table.c.id,
        "event": event.c.id,
        "actor": event.c.actor_id,
        "on": event.c.effective_on,
        "recorded_at": event.c.recorded_at,
        "day_known": event.c.day_known,
        "imported": event.c.imported,
    }


def item_of(shape: type[shapes.Fact]) -> sa.ColumnElement[int]:
    table = TABLES[shape].__table__
    return table.c.id if shape is shapes.ItemFact else table.c.item_id


def heard_on_of(table: sa.FromClause) -> sa.ColumnElement[Any]:
    """None unless the table has a day of its own."""
    return table.c.heard_on if "heard_on" in table.c else sa.cast(sa.null(), sa.Date())


def is_text(column: sa.ColumnElement[Any]) -> bool:
    return any(key.column.table is Text.__table__ for key in column.foreign_keys)
