"""The conventions whose reports are measured, made by the acts, and the change of one item.

Light items are those of an ordinary convention: three in four adopted, half of these with entries.
A heavy item has a section of about two pages: four clauses, six entries with evidence and money,
and four connections (who moved and seconded it, who leads and who helps).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import (
    act_context,
    assignments,
    bodies,
    conventions,
    floor,
    items,
    money,
    progress,
    reviews,
)
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.acts.items import Mover
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Assignment, Item
from tracker.record.kept_summaries import kept_at_the_end
from tracker.record.loader import load
from tracker.record.progress import Claim, Entry
from tracker.rules.codes import (
    Basis,
    Claimed,
    EvidenceKind,
    Floor,
    FloorPart,
    Part,
    Result,
    Role,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant

FOUNDED = datetime(2024, 6, 1, 15, tzinfo=UTC)
OPENS, CLOSES = date(2024, 6, 12), date(2024, 6, 14)
DAYS_OF_WORK = 200  # after the close; the report is of a later day
EVERYBODY = frozenset(Grant(role) for role in Role)
AUTHOR, OFFICE, REVIEWER = 1, 2, 3
TEXT = (
    "The union shall ask its locals what they need, publish what they say in plain words, "
    "and send it to every member before the next assembly. "
)
LINK = NewEvidence(
    kind=EvidenceKind.LINK,
    title="Minutes of the committee",
    url="https://example.org/minutes",
    internal=False,
)
SLUG = "2024"

Change = Callable[[Session, int, random.Random, datetime], None]
"""Changes one item of a convention, which the dice choose."""


def convention_of(session: Session, count: int, *, slug: str = "bench", heavy: bool = False) -> int:
    """A body and its running convention of so many items; fixed dice. Gives back the key of the
    convention.
    """
    dice = random.Random(7)
    body = bodies.found_body(
        session,
        slug,
        {
            "name": f"A union ({slug})",
            "time_zone": "America/Chicago",
            "currency": "USD",
            "pages": "open",
        },
        FOUNDED,
    )
    at = act_context.for_body(session, body.id, Actor(AUTHOR, EVERYBODY), FOUNDED)
    convention = conventions.record(
        at,
        SLUG,
        "Lakeside 2024",
        conventions.Dates(year=2024, opens_on=OPENS, closes_on=CLOSES),
    )
    units = [bodies.add_unit(at, name).id for name in ("Center for Research", "Field Services")]
    with kept_at_the_end(session):
        if heavy:
            _heavy_items(at, convention, count, units, dice)
        else:
            _items(at, convention, count, units[0], dice)
    session.commit()
    return convention.id


def _items(
    at: ActContext, convention: Convention, count: int, unit: int, dice: random.Random
) -> None:
    registered = [
        items.register(
            at,
            convention,
            "new_business_item",
            str(n),
            items.NewVersion(
                words=TEXT * dice.randint(2, 8), title=f"What the locals need, part {n}"
            ),
        )
        for n in range(1, count + 1)
    ]
    day = CLOSES
    for item in registered:
        adopted = dice.random() < 0.75
        at = _on(at, CLOSES)
        floor.record_floor_action(at, item, Floor.ADOPTED if adopted else Floor.DEFEATED, CLOSES)
        if not adopted:
            continue
        assignments.assign(at, item, Part.LEAD, unit, on=CLOSES)
        if dice.random() < 0.5:
            continue
        day = _next_day(day)
        at = _on(at, day)
        for claimed in (Claimed.STARTED, Claimed.PROGRESS, Claimed.DONE):
            _released(at, item, day, [claimed], "420.50")
        _confirmed(at, item)


def _heavy_items(
    at: ActContext, convention: Convention, count: int, units: list[int], dice: random.Random
) -> None:
    delegations = [bodies.add_delegation(at, name).id for name in ("Lakeshore", "Northern Plains")]
    registered = []
    for n in range(1, count + 1):
        text = items.NewVersion(
            words=TEXT * dice.randint(6, 12), title=f"What the locals need, part {n}"
        )
        movers = [
            Mover(FloorPart.MAKER, delegations[n % 2], name=f"Delegate {n}"),
            Mover(FloorPart.SECONDER, delegations[(n + 1) % 2], name=f"Delegate {n + 1}"),
        ]
        item = items.register(at, convention, "new_business_item", str(n), text, movers=movers)
        items.enter_clauses(at, item, [f"{TEXT}Part {part} of {n}." for part in range(1, 5)])
        estimate = money.NewEstimate(
            sentence="$9,000 for printing and travel.",
            basis=Basis.ADDITIONAL,
            amount=Decimal(9000),
        )
        money.estimate(at, item, estimate)
        registered.append(item)
    day = CLOSES
    for item in registered:
        day = _next_day(day)
        at = _on(at, day)
        floor.record_floor_action(at, item, Floor.ADOPTED, CLOSES)
        assignments.assign(at, item, Part.LEAD, units[0], on=CLOSES)
        assignments.assign(at, item, Part.CONTRIBUTOR, units[1], on=CLOSES)
        money.appropriate(at, item, "General fund", Decimal(8000), CLOSES)
        for entry in range(6):
            claimed = [Claimed.STARTED if entry == 0 else Claimed.PROGRESS] * (1 + entry % 4)
            _released(at, item, day, claimed, f"{dice.randint(100, 900)}.50")


def _next_day(day: date) -> date:
    return CLOSES + timedelta(days=1 + (day - CLOSES).days % DAYS_OF_WORK)


def _on(at: ActContext, day: date) -> ActContext:
    """At noon of that day, be it not before the newest act."""
    noon = datetime.combine(day, time(17), UTC)
    return replace(at, now=max(at.now, noon), actor=replace(at.actor, person_id=AUTHOR))


def _by(at: ActContext, person_id: int) -> ActContext:
    return replace(at, actor=replace(at.actor, person_id=person_id))


def _released(at: ActContext, item: Item, day: date, claimed: list[Claimed], amount: str) -> None:
    """An entry with evidence and money that claims this of the first clauses."""
    clauses = at.facts(item).clauses
    entry = progress.log(
        at,
        item,
        progress.NewEntry(
            words="Forty locals were asked; thirty have answered.",
            on=day,
            claims=[
                NewClaim(clause_id=clause.id, claimed=claim)
                for clause, claim in zip(clauses, claimed, strict=False)
            ],
            evidence=[LINK],
            expenses=[money.NewExpense(amount=Decimal(amount), on=day, category="printing")],
        ),
    )
    progress.release(_by(at, OFFICE), item, entry)


def _confirmed(at: ActContext, item: Item) -> None:
    """What the newest entry claims."""
    newest = (
        sa.select(Claim.id)
        .join(Entry, Entry.id == Claim.entry_id)
        .where(Entry.item_id == item.id)
        .order_by(Entry.id.desc())
        .limit(1)
    )
    reviews.review(
        _by(at, REVIEWER), item, at.session.execute(newest).scalar_one(), Result.CONFIRMED
    )


# --- the change of one item


def change_item(session: Session, convention_id: int, dice: random.Random, now: datetime) -> None:
    """Title, text and money: the title and the text are put right, and an expense is released. So
    its section, its rows in the lists, and the sums change.
    """
    at, item = _chosen(session, convention_id, dice, now)
    title, words = _newest_text(at, item)
    again = items.NewVersion(
        title=f"{title.partition(' (')[0]} ({dice.randint(100, 999)})",
        words=f"{words}Changed {dice.randint(100, 999)}. ",
    )
    items.add_version(at, item, again)
    expense = money.NewExpense(
        amount=Decimal(dice.randint(1, 90000)) / 100, on=at.today, category="printing"
    )
    entry = money.spend(at, item, expense)
    progress.release(_by(at, OFFICE), item, entry)
    session.commit()


def change_word(session: Session, convention_id: int, dice: random.Random, now: datetime) -> None:
    """One word of the text is another one, of about the same length."""
    at, item = _chosen(session, convention_id, dice, now)
    title, words = _newest_text(at, item)
    before, _word, after = words.split(" ", 2)
    other = f"union{dice.randint(10, 99)}"
    items.add_version(at, item, items.NewVersion(title=title, words=f"{before} {other} {after}"))
    session.commit()


def _chosen(
    session: Session, convention_id: int, dice: random.Random, now: datetime
) -> tuple[ActContext, Item]:
    """An item that somebody leads: of it progress can be recorded."""
    led = sa.select(Assignment.item_id)
    items_led = sa.select(Item).where(Item.convention_id == convention_id, Item.id.in_(led))
    item = dice.choice(session.scalars(items_led.order_by(Item.id)).all())
    return act_context.for_body(session, item.body_id, Actor(AUTHOR, EVERYBODY), now), item


def _newest_text(at: ActContext, item: Item) -> tuple[str, str]:
    facts = load(at.session, at.body_id, [item.id], AsOf(at.today), words=True)[item.id]
    newest = facts.versions[-1]
    return newest.title or "", newest.words or ""


CHANGES: dict[str, Change] = {"item": change_item, "word": change_word}
