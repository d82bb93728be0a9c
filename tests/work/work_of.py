"""What "My work" holds for one of the people of the staffed union."""

from __future__ import annotations

from datetime import date

from tests.factories.staffed_union import Union
from tracker.extensions import db
from tracker.reading.my_work import MyWork, my_work


def work_of(union: Union, who: str, today: date | None = None) -> MyWork:
    with union.context(who) as context:
        return my_work(db.session(), union.body_id, context.actor, today or union.today)
