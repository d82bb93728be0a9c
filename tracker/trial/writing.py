"""Writes the made-up convention, by the acts by which an office writes a real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import (
    assignments,
    bodies,
    conventions,
    floor,
    items,
    money,
    outcomes,
    people,
    progress,
    reviews,
)
from tracker.acts.act_context import ActContext, for_body
from tracker.acts.evidence import NewEvidence
from tracker.acts.floor import Referral
from tracker.acts.items import Mover, NewVersion
from tracker.acts.money import NewEstimate, NewExpense
from tracker.acts.progress import NewEntry
from tracker.record import ledger
from tracker.record.as_of import NOW
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.kept_summaries import kept_at_the_end
from tracker.record.people import Person
from tracker.record.progress import Claim
from tracker.record.surroundings import settings
from tracker.rules import slugs
from tracker.rules.codes import (
    Basis,
    Claimed,
    EvidenceKind,
    Floor,
    FloorPart,
    Kind,
    Level,
    MoneySaid,
    Part,
    Result,
    Role,
    Stage,
    Visibility,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import COMMAND_LINE, Actor, Grant, Permission

from .stories import ITEMS, UNITS, TrialEntry, TrialItem

NAME = "Made-up association"
CONVENTION, CONVENTION_NAME, PLACE = "example", "Made-up convention", "Nowhere"
SINCE_CLOSING = timedelta(days=150)
LASTED = timedelta(days=3)
ROLES = (Role.ADMINISTRATOR, Role.GOVERNANCE, Role.CONFIRMER)
"""Of whoever puts it in: all that can be tried without a second person."""


@dataclass(frozen=True, kw_only=True)
class Writers:
    """Contexts of acts: of the office, of the lead's person, of one who confirms."""

    office: ActContext
    lead: ActContext
    confirmer: ActContext
    lead_id: int


def put_in(context: ActContext, *, user_id: int, name: str) -> Body:
    """`context`: of the administrator, in the body of the office; it only says who asks, and gives
    the zone and the currency. The account is somebody in the new body, with `ROLES`.
    """
    context.require(Permission.ADMINISTER)
    with kept_at_the_end(context.session), ledger.in_bulk(context.session):
        return _write(context, user_id, name)


def _write(context: ActContext, user_id: int, name: str) -> Body:
    session = context.session
    own = settings(session, context.body_id, NOW)
    body = bodies.found_body(
        session,
        next(_free_slugs(session)),
        {
            "name": NAME,
            "time_zone": str(own.zone),
            "currency": own.currency,
            "pages": "closed",
            "made_up": "yes",
        },
        context.now,
    )
    command = for_body(session, body.id, COMMAND_LINE, context.now)
    tester = people.add(command, name)
    people.join_account(command, tester, user_id)
    for role in ROLES:
        people.give_role(command, tester, role)
    units = {unit: bodies.add_unit(command, unit).id for unit in UNITS}
    writers = _writers(command, units[UNITS[0]])
    closed_on = context.today - SINCE_CLOSING
    convention = conventions.record(
        command,
        CONVENTION,
        CONVENTION_NAME,
        conventions.Dates(
            year=closed_on.year,
            opens_on=closed_on - LASTED,
            closes_on=closed_on,
            published_items=len(ITEMS),
        ),
        PLACE,
        visibility=Visibility.HIDDEN,
    )
    conventions.open_follow_through(command, convention, closed_on)
    delegations: dict[str, int] = {}
    for number, story in enumerate(ITEMS, 1):
        if story.delegation not in delegations:
            delegation = bodies.add_delegation(command, story.delegation)
            delegations[story.delegation] = delegation.id
        mover = Mover(FloorPart.MAKER, delegations[story.delegation])
        _write_item(writers, convention, number, story, units, mover, closed_on)
    return body


def _free_slugs(session: Session) -> Iterator[str]:
    taken = set(session.scalars(sa.select(Body.slug)))
    return (slug for slug in map(f"{slugs.MADE_UP}-{{}}".format, count(1)) if slug not in taken)


def _writers(command: ActContext, unit_id: int) -> Writers:
    """What was said earlier counts on its own day: it is written as a list brings it."""

    def made_up(name: str) -> Person:
        return people.add(command, name, unit_id)

    lead, office, confirmer = map(made_up, ("Ada Brook", "Ben Quill", "Cleo Marsh"))
    governance = frozenset({Grant(Role.GOVERNANCE)})
    return Writers(
        office=replace(command, actor=Actor(office.id, governance), importing=True),
        lead=replace(command, actor=Actor(lead.id, governance), importing=True),
        confirmer=replace(command, actor=Actor(confirmer.id, frozenset({Grant(Role.CONFIRMER)}))),
        lead_id=lead.id,
    )


def _write_item(
    writers: Writers,
    convention: Convention,
    number: int,
    story: TrialItem,
    units: dict[str, int],
    mover: Mover,
    closed_on: date,
) -> None:
    office = writers.office
    item = items.register(
        office,
        convention,
        Kind.NEW_BUSINESS_ITEM,
        str(number),
        NewVersion(words=story.words, title=story.title, stage=Stage.AS_ADOPTED),
        as_published=str(number),
        movers=(mover,),
    )
    refers = story.floor is Floor.REFERRED
    unit_id = units[story.unit] if story.unit else None
    referral = Referral(unit_id=unit_id) if refers else None
    floor.record_floor_action(office, item, story.floor, closed_on, referral=referral)
    if unit_id is not None and not refers:
        assignments.assign(office, item, Part.LEAD, unit_id, on=closed_on)
    if story.estimate is not None:
        estimate = NewEstimate(
            sentence=f"This costs an additional {story.estimate:,.0f}.",
            basis=Basis.ADDITIONAL,
            amount=story.estimate,
        )
        money.estimate(office, item, estimate)
    for entry in story.entries:
        _write_entry(writers, item, entry, closed_on + timedelta(days=entry.after))
    if story.decided is not None and unit_id is not None:
        after, decision, reason = story.decided
        floor.decide(office, item, decision, unit_id, closed_on + timedelta(days=after), reason)
    if story.change is not None:
        _write_change(writers, item, story.change, closed_on)


def _write_entry(writers: Writers, item: Item, story: TrialEntry, on: date) -> None:
    clause = writers.lead.facts(item).clauses[0]
    asked = story.spent is not None
    claim = NewClaim(
        clause_id=clause.id,
        claimed=story.claimed,
        reason=story.reason,
        money=MoneySaid.AMOUNT if asked else None,
    )
    entry = progress.log(
        writers.lead,
        item,
        NewEntry(
            words=story.words,
            on=on,
            claims=[claim],
            evidence=[_link(story.link)] if story.link else [],
            expenses=[NewExpense(amount=story.spent, on=on)] if story.spent else [],
        ),
    )
    if not story.released:
        return
    progress.release(writers.office, item, entry)
    if story.confirmed and story.claimed is Claimed.DONE:
        claim_id = writers.office.session.scalars(
            sa.select(Claim.id).where(Claim.entry_id == entry.id)
        ).one()
        reviews.review(writers.confirmer, item, claim_id, Result.CONFIRMED)


def _write_change(
    writers: Writers, item: Item, change: tuple[int, str, str], closed_on: date
) -> None:
    after, words, tie = change
    outcome = outcomes.state(
        writers.lead,
        item,
        Level.CHANGE_FOLLOWED,
        words,
        closed_on + timedelta(days=after),
        tie,
        [_link("The counts")],
    )
    outcomes.release(writers.office, item, outcome)
    reviews.review_outcome(writers.confirmer, item, outcome, Result.CONFIRMED)


def _link(title: str) -> NewEvidence:
    """It leads nowhere: what it would show does not exist."""
    return NewEvidence(
        kind=EvidenceKind.LINK, title=title, url="https://example.org/made-up", internal=False
    )
