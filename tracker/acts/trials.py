"""Taking a made-up convention away, which somebody put in to try things out (tracker.trial)."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.record.as_of import NOW, at
from tracker.record.bodies import Body, BodySetting
from tracker.record.people import Person, PersonAccount, RoleHeld
from tracker.rules import refusals, slugs
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext


def take_away(context: ActContext) -> None:
    """Closes the pages of its body, and ends every role and account in it, in one act: nobody sees
    anything of it any more, on no page and for no day. Whoever runs the installation still finds it
    in the record.
    """
    context.require(Permission.ADMINISTER)
    body = context.session.get_one(Body, context.body_id)
    refusals.need(slugs.is_for_trying(body.slug), Refusal.NOT_THERE)
    people = sa.select(Person.id).where(Person.body_id == context.body_id)
    with context.record("trial_taken_away", body) as act:
        for table in (RoleHeld, PersonAccount):
            held = sa.select(table.id).where(table.person_id.in_(people), at(table, NOW))
            act.end(table, *context.session.connection().scalars(held).all())
        act.add(BodySetting(body_id=context.body_id, name="pages", value="closed"))
