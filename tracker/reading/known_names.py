"""Names of people that the record of a body knows: its people of today and of before, by all their
names, and who stood on the floor.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import FloorPerson, Item
from tracker.record.ledger_tables import Text
from tracker.record.people import Person, PersonName
from tracker.rules.mentions import NamesOnRecord
from tracker.rules.telephone_numbers import region_of


def known_names(session: Session, body_id: int, zone: ZoneInfo) -> NamesOnRecord:
    """One statement, whatever the number of people."""
    of_people = sa.select(Person.name).where(Person.body_id == body_id)
    renamed = (
        sa.select(PersonName.name)
        .join(Person, Person.id == PersonName.person_id)
        .where(Person.body_id == body_id)
    )
    of_floor = (
        sa.select(FloorPerson.name)
        .join(Item, Item.id == FloorPerson.item_id)
        .where(Item.body_id == body_id, FloorPerson.name.is_not(None))
    )
    digests: sa.CompoundSelect[str | None] = sa.union(of_people, renamed, of_floor)
    words = sa.select(Text.words).where(Text.digest.in_(digests)).order_by(Text.words)
    names = [name for name in session.connection().scalars(words) if name]
    return NamesOnRecord(names, region_of(zone))
