"""A convention for the office: what is on record of it with who recorded it and when, its funds,
the lists that brought its items, and its items.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.as_of import NOW, AsOf, at
from tracker.record.conventions import ConventionDates, ConventionName, FollowThrough, ListImport
from tracker.record.items import Clause, Item
from tracker.record.ledger_tables import Event

from .body_context import BodyContext
from .convention import ConventionPage, Filters, page
from .funds import FundDetails, fund_details
from .imports import ImportLine, import_line, select_imports
from .models import ConventionDetails
from .office_facts import RecordedBy

FACTS: Mapping[str, type[ConventionName | ConventionDates | FollowThrough]] = {
    "name": ConventionName,
    "dates": ConventionDates,
    "kept_from": FollowThrough,
}
MOST_IMPORTS = 5  # that are named, the newest first


@dataclass(frozen=True, kw_only=True)
class OfficeConvention:
    page: ConventionPage  # with the items that its filters leave
    recorded: Mapping[str, RecordedBy]  # by name of FACTS; not there: not on record
    funds: tuple[FundDetails, ...]
    imports: tuple[ImportLine, ...]
    newest_event: int

    @property
    def details(self) -> ConventionDetails:
        return self.page.convention


def office_convention(
    session: Session, body_context: BodyContext, convention_id: int, as_of: AsOf, filters: Filters
) -> OfficeConvention | None:
    """None where the body has no such convention. `body_context` has names of people."""
    convention_page = page(session, body_context.body.id, convention_id, as_of, filters)
    if convention_page is None:
        return None
    return OfficeConvention(
        page=convention_page,
        recorded=_recorded(session, body_context, convention_id),
        funds=tuple(
            details
            for details in fund_details(session, body_context)
            if details.convention.id == convention_id
        ),
        imports=_imports(session, body_context, convention_id),
        newest_event=body_context.head,
    )


def _recorded(
    session: Session, body_context: BodyContext, convention_id: int
) -> dict[str, RecordedBy]:
    """The newest of each sort counts. One statement."""
    newest = sa.union_all(
        *(
            sa.select(
                sa.literal(name).label("name"), sa.func.max(fact.recorded_by).label("event_id")
            ).where(fact.convention_id == convention_id, at(fact, NOW))
            for name, fact in FACTS.items()
        )
    ).subquery()
    rows = session.execute(
        sa.select(newest.c.name, Event.actor_id, Event.recorded_at, Event.imported).join(
            Event, Event.id == newest.c.event_id
        )
    )
    zone = body_context.settings.zone
    return {
        name: RecordedBy(
            person=body_context.people.get(actor_id),
            on=recorded_at.astimezone(zone).date(),
            imported=imported,
        )
        for name, actor_id, recorded_at, imported in rows
    }


def _imports(
    session: Session, body_context: BodyContext, convention_id: int
) -> tuple[ImportLine, ...]:
    """The lists with which items came, but for those that were undone."""
    rows = session.execute(
        select_imports(body_context)
        .where(
            ListImport.retracted_by.is_(None),
            sa.or_(
                sa.select(Clause.id)
                .join(Item, Item.id == Clause.item_id)
                .where(
                    Item.convention_id == convention_id,
                    Clause.recorded_by.between(ListImport.first_event, ListImport.recorded_by),
                )
                .correlate(ListImport)
                .exists(),
                ListImport.recorded_by.in_(_older_imports(body_context, convention_id)),
            ),
        )
        .order_by(ListImport.id.desc())
        .limit(MOST_IMPORTS)
    )
    return tuple(import_line(body_context, *row) for row in rows)


def _older_imports(body_context: BodyContext, convention_id: int) -> sa.Select[int | None]:
    """Of lists that do not say which events are of them: their items were recorded next after."""
    newer = aliased(ListImport)
    is_of_newer = (
        sa.select(newer.id)
        .where(Item.recorded_by.between(newer.first_event, newer.recorded_by))
        .correlate(Item)
        .exists()
    )
    older = aliased(ListImport)
    newest_before = (
        sa.select(sa.func.max(older.recorded_by))
        .where(
            older.body_id == body_context.body.id,
            older.first_event.is_(None),
            older.recorded_by < Item.recorded_by,
        )
        .correlate(Item)
        .scalar_subquery()
    )
    return (
        sa.select(newest_before)
        .select_from(Item)
        .join(Event, Event.id == Item.recorded_by)
        .where(Item.convention_id == convention_id, Event.imported, ~is_of_newer)
    )
