"""What readings are tried on: the union of the report's tests, and beside it what must not show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import recorded_union, records
from tracker.acts import bodies, conventions, floor, items, money, progress
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.acts.items import NewVersion
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.rules.codes import Claimed, EvidenceKind, Floor, Kind, MoneySaid
from tracker.rules.entry_preconditions import NewClaim

SECRETS = (
    "only for the staff",
    "Paid to nobody else",
    "the last page is missing",
    "Person 1",
    "Person 3",
    "still waits to be released",
)
BEGAN = date(2024, 6, 1)


@dataclass(frozen=True)
class Scene:
    """Plain values: whoever holds rows of another session would hold its lock."""

    union: recorded_union.RecordedUnion
    body_id: int
    convention_id: int
    items: dict[str, int]  # by number, of new business items


def scene(session: Session, **settings: str) -> Scene:
    """The running convention, with more than `records.running` has.

    An internal entry, an entry that waits, a payee, a correction, and a number put right.
    """
    union, convention = recorded_union.running_union(session, **settings)
    item_by_number = {
        item.number: item
        for item in session.scalars(
            sa.select(Item).where(
                Item.convention_id == convention.id, Item.kind == Kind.NEW_BUSINESS_ITEM
            )
        )
    }
    mentors, archive = item_by_number["9"], item_by_number["7"]
    context = union.on(date(2025, 3, 20), 1)
    clause = union.clauses(mentors)[0].id
    progress.log(
        context,
        mentors,
        progress.NewEntry(words="This is only for the staff.", on=date(2025, 3, 20), internal=True),
    )
    progress.log(
        context,
        mentors,
        progress.NewEntry(
            words="This still waits to be released.",
            on=date(2025, 3, 20),
            claims=[NewClaim(clause_id=clause, claimed=Claimed.STARTED)],
        ),
    )
    progress.release(
        union.on(date(2025, 3, 20), 2),
        archive,
        money.spend(
            context,
            archive,
            money.NewExpense(
                amount=Decimal("40.00"),
                on=date(2025, 3, 20),
                category="boxes",
                payee="Paid to nobody else",
            ),
        ),
    )
    listed = NewEvidence(
        kind=EvidenceKind.ROW,
        title="list.csv, row 7",
        words="Status: complete\nSpent: $5 <b>",
        internal=False,
    )
    union.say(
        archive,
        date(2025, 3, 20),
        "Complete.",
        Claimed.DONE,
        evidence=listed,
        money_said=MoneySaid.NOT_KNOWN_YET,
    )
    first = union.say(
        mentors, date(2025, 3, 21), "There are **46** mentors.", Claimed.PROGRESS, evidence=None
    )
    corrected = progress.log(
        union.on(date(2025, 3, 22), 1),
        mentors,
        progress.NewEntry(
            words="There are **64** mentors.",
            on=date(2025, 3, 22),
            claims=[NewClaim(clause_id=clause, claimed=Claimed.PROGRESS)],
            corrects=first.id,
        ),
    )
    progress.release(union.on(date(2025, 3, 23), 2), mentors, corrected)
    typo = items.register(
        union.context,
        convention,
        Kind.NEW_BUSINESS_ITEM,
        "70",
        NewVersion(words="It shall be put right.", title="A wrong number"),
    )
    items.correct_designation(union.context, typo, Kind.NEW_BUSINESS_ITEM, "17", "17")
    later = items.register(
        union.on(date(2025, 3, 25)),
        convention,
        Kind.NEW_BUSINESS_ITEM,
        "30",
        NewVersion(words="It came late.", title="A late item"),
    )
    floor.record_floor_action(union.context, later, Floor.ADOPTED, recorded_union.CLOSES)
    recorded = Scene(
        union,
        union.context.body_id,
        convention.id,
        {number: item.id for number, item in item_by_number.items()}
        | {"17": typo.id, "30": later.id},
    )
    session.commit()
    return recorded


def empty_union(session: Session) -> tuple[recorded_union.RecordedUnion, Convention]:
    """A body whose one convention has no items yet."""
    union = recorded_union.RecordedUnion.begin(session, datetime(2025, 3, 1, 15, tzinfo=UTC))
    convention = conventions.record(
        union.context,
        "2026",
        "Riverbend 2026",
        conventions.Dates(year=2026, opens_on=date(2026, 6, 29), closes_on=date(2026, 7, 3)),
    )
    session.commit()
    return union, convention


def closed_union(session: Session) -> tuple[recorded_union.RecordedUnion, Convention]:
    union, convention = recorded_union.old_union(session)
    bodies.set_setting(replace(union.context, now=recorded_union.NOW), "pages", "closed")
    session.commit()
    return union, convention


def union_of_several_years(session: Session) -> ActContext:
    """Three conventions with an item 3 each; those of 2023 and 2024 speak of air monitors."""
    context = records.context_of_new_body(session, recorded_union.NOW, pages="open")
    titles = {2022: "Guide to leave", 2023: "Air monitors", 2024: "More air monitors"}
    for year, title in titles.items():
        convention = records.new_convention(
            context, year, opens_on=date(year, 6, 12), closes_on=date(year, 6, 15)
        )
        records.new_item(context, convention, "3", title)
    session.commit()
    return context
