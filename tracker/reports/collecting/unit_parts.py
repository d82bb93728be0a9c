"""What a unit was given of an item: it led it, it was referred to it, it decided about it."""

from __future__ import annotations

from tracker.reading.item_models import ItemPage
from tracker.reports.body_models import GivenToUnit
from tracker.rules.codes import Effect


def part_of(item: ItemPage, unit: str) -> GivenToUnit | None:
    """None: it only contributed, or was named by what was put right since.

    `unit` is the name that pages show, which what was merged into the unit has as well.
    """
    leads = [clause.lead for clause in item.clauses if clause.lead and clause.lead.unit == unit]
    assigned = [
        moment.on
        for moment in item.record
        if moment.what == "assigned" and moment.code == "lead" and moment.unit == unit
    ]
    led_from = min((lead.since for lead in leads if lead.since), default=None)
    if not leads:
        led_from = min((on for on in assigned if on), default=None)
    referrals = [
        line
        for line in item.floor
        if line.action.effect is Effect.REFERS and line.referred_to == unit
    ]
    decisions = tuple(line for line in item.decisions if line.unit == unit)
    if not (leads or assigned or referrals or decisions):
        return None
    return GivenToUnit(
        leads=bool(leads),
        led_from=led_from,
        led_once=bool(assigned) and not leads,
        referral=referrals[0] if referrals else None,
        decisions=decisions,
    )
