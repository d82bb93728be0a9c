"""What the floor did and the office records of an item, step by step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from tracker.acts import assignments, floor, items, money, withholding
from tracker.record.items import FloorAction
from tracker.record.ledger_tables import Text
from tracker.record.progress import Entry, Evidence, Withholding
from tracker.rules.codes import Decision, Effect, EvidenceKind, Part

from . import steps
from .scenes import Scene, World


def record_floor_action(world: World, scene: Scene, step: steps.FloorStep, on: date) -> None:
    floor.record_floor_action(
        world.office(on),
        scene.item,
        step.action,
        on if step.day_known else None,
        position=step.position,
        clause_id=scene.clause_id(step.clause),
        referral=_referral(world, scene, step),
        vote=_vote(step),
        session=step.sitting,
        note=step.note,
    )


def _referral(world: World, scene: Scene, step: steps.FloorStep) -> floor.Referral | None:
    if not step.to:
        return None
    unit_id = world.units.get(step.to)
    return floor.Referral(
        unit_id=unit_id,
        purpose=step.purpose,
        decides_by=world.day(scene, step.decides_by),
        referred_to=None if unit_id else step.to,
    )


def _vote(step: steps.FloorStep) -> floor.VoteCount:
    """What directs or refers without a count was carried by voice."""
    if step.votes:
        return floor.VoteCount(*step.votes)
    return floor.VoteCount(by_voice=step.action.effect in (Effect.DIRECTS, Effect.REFERS))


def correct_floor_action(
    world: World, scene: Scene, step: steps.FloorCorrectionStep, on: date
) -> None:
    wrong = world.session.scalars(
        sa.select(FloorAction)
        .where(FloorAction.item_id == scene.item.id, FloorAction.retracted_by.is_(None))
        .order_by(FloorAction.id.desc())
    ).first()
    assert wrong
    context = world.office(on)
    right = FloorAction(
        item_id=scene.item.id,
        action=step.action,
        position=wrong.position,
        votes_for=wrong.votes_for,
        votes_against=wrong.votes_against,
        abstained=wrong.abstained,
        by_voice=wrong.by_voice,
        session=wrong.session,
    )
    items.correct(context, scene.item, wrong=wrong, right=right, on=context.day_of(wrong))


def decide(world: World, scene: Scene, step: steps.DecisionStep, on: date, day: date) -> None:
    """What the receiving unit decided on `on`, recorded on `day`; what it accepts it leads."""
    floor.decide(
        world.office(day),
        scene.item,
        decision=step.decision,
        unit_id=world.units[step.unit],
        on=on,
        reason=step.reason,
    )
    if step.decision in (Decision.ACCEPTED, Decision.ACCEPTED_IN_PART) and not scene.unit:
        scene.unit = step.unit


def add_version(world: World, scene: Scene, step: steps.TextStep, on: date) -> None:
    version = items.NewVersion(words=step.text, title=step.title, stage=step.stage)
    items.add_version(world.office(on), scene.item, version, on)


def correct_number(world: World, scene: Scene, step: steps.NumberStep, on: date) -> None:
    items.correct_designation(
        world.office(on),
        scene.item,
        kind=scene.story.kind,
        number=step.number.lower(),
        as_published=step.number,
    )


def merge(world: World, scene: Scene, step: steps.MergeStep, on: date) -> None:
    target = world.scenes[step.convention, step.code].item
    items.link(world.office(on), scene.item, target, on)


def assign(world: World, scene: Scene, step: steps.AssignmentStep, on: date) -> None:
    """The lead of the whole item writes its entries from then on."""
    if not step.helps and step.clause is None:
        scene.unit, scene.person = step.unit, step.person
    assignments.assign(
        world.office(on),
        scene.item,
        Part.CONTRIBUTOR if step.helps else Part.LEAD,
        unit_id=world.units[step.unit],
        person_id=world.people[step.person] if step.person else None,
        clause_id=scene.clause_id(step.clause),
        on=on,
    )


def set_due_date(world: World, scene: Scene, step: steps.DueDateStep, on: date) -> None:
    items.set_due_date(
        world.office(on),
        scene.item,
        world.calendar.day(scene.story.convention, step.due),
        on=on,
        clause_id=scene.clause_id(step.clause),
        by_whom=step.by_whom,
        reason=step.reason,
    )


def estimate(world: World, scene: Scene, step: steps.EstimateStep, on: date) -> None:
    new_estimate = money.NewEstimate(
        sentence=step.sentence,
        basis=step.basis,
        amount=Decimal(step.amount) if step.amount else None,
        conditional=step.conditional,
        assumption=step.assumption,
        budget=step.budget,
        stage=step.stage,
    )
    money.estimate(world.office(on), scene.item, new_estimate, on)


def appropriate(world: World, scene: Scene, step: steps.AppropriationStep, on: date) -> None:
    money.appropriate(
        world.office(on),
        scene.item,
        fund=step.fund,
        amount=Decimal(step.amount),
        on=on,
        decided_by=step.decided_by,
    )


def withhold(world: World, scene: Scene, step: steps.WithholdingStep, on: date) -> None:
    """An entry, or the one file of it that the step names."""
    entry = scene.entries[step.entry]
    what = entry if step.paper is None else _file_of(world, entry, step.paper)
    withholding.withhold(world.office(on), scene.item, what, step.kind)


def lift(world: World, scene: Scene, step: steps.WithholdingStep, on: date) -> None:
    """Of an entry."""
    standing = world.session.scalars(
        sa.select(Withholding).where(
            Withholding.entry_id == scene.entries[step.entry].id, Withholding.ended_by.is_(None)
        )
    ).one()
    withholding.lift(world.office(on), scene.item, standing, step.lifted_because)


def _file_of(world: World, entry: Entry, name: str) -> Evidence:
    return world.session.scalars(
        sa.select(Evidence)
        .join(Text, Text.digest == Evidence.title)
        .where(
            Evidence.entry_id == entry.id,
            Evidence.kind == EvidenceKind.FILE,
            Text.words == name,
        )
    ).one()
