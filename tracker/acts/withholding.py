"""Withholding what was published: at once, by the office, and lifting that again. It keeps its
effect; its display goes.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.items import FloorPerson, Item
from tracker.record.ledger_tables import Text
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry, Evidence, Lifting, Withholding
from tracker.rules import item_preconditions, refusals
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal
from tracker.rules.rosters import name_key

from .act_context import ActContext

Subject = Entry | Outcome | Evidence | FloorPerson
COLUMNS = {
    Entry: "entry_id",
    Outcome: "outcome_id",
    Evidence: "evidence_id",
    FloorPerson: "floor_person_id",
}


def withhold(
    context: ActContext, item: Item, what: Subject, kind: WithheldFor, note: str | None = None
) -> None:
    """In its place stands "withheld on DATE by the governance office: KIND".

    Of somebody on the floor the name is withheld, and the delegation stays. `note`: why, for
    governance and the auditor.
    """
    context.require(Permission.GOVERN)
    refusals.need(what.item_id == item.id, Refusal.NOT_THERE)
    with context.record("withheld", item) as act:
        already = standing_withholding(context, what) is not None
        facts = context.facts(item)
        if isinstance(what, FloorPerson):
            item_preconditions.withhold_name(_name(context, what), already)
        else:
            entry_id, outcome_id = _published_with(what)
            item_preconditions.withhold(facts, already, entry=entry_id, outcome=outcome_id)
        act.add(
            Withholding(
                item_id=item.id,
                kind=kind,
                note=act.keep_optional_text((note or "").strip()),
                **{COLUMNS[type(what)]: what.id},
            )
        )


def lift(context: ActContext, item: Item, withholding: Withholding, note: str) -> None:
    """Readers read it again, of every day; why is for governance and the auditor."""
    context.require(Permission.GOVERN)
    refusals.need(withholding.item_id == item.id, Refusal.NOT_THERE)
    with context.record("withholding_lifted", item) as act:
        standing = sa.select(Withholding.id).where(
            Withholding.id == withholding.id,
            Withholding.ended_by.is_(None),
            Withholding.retracted_by.is_(None),
        )
        stands = context.session.connection().scalar(standing) is not None
        item_preconditions.lift(stands, note)
        act.end(Withholding, withholding.id)
        act.add(
            Lifting(
                item_id=item.id, withholding_id=withholding.id, note=act.keep_text(note.strip())
            )
        )


def standing_withholding(context: ActContext, what: Subject) -> int | None:
    """The key of the withholding that holds; None: readers read it.

    A name is withheld wherever it stands at the item.
    """
    standing = sa.select(Withholding.id).where(
        Withholding.item_id == what.item_id,
        Withholding.ended_by.is_(None),
        Withholding.retracted_by.is_(None),
    )
    if not isinstance(what, FloorPerson):
        subject = getattr(Withholding, COLUMNS[type(what)])
        return context.session.connection().scalar(standing.where(subject == what.id))
    names = context.session.connection().execute(
        standing.join(FloorPerson, FloorPerson.id == Withholding.floor_person_id)
        .join(Text, Text.digest == FloorPerson.name)
        .with_only_columns(Withholding.id, Text.words)
    )
    name = name_key(_name(context, what))
    return next((key for key, words in names if name_key(words) == name), None)


def find(session: Session, kind: str, key: int) -> Subject | None:
    """What a page or a command names; None where there is no such fact."""
    match kind:
        case "entry":
            return session.get(Entry, key)
        case "outcome":
            return session.get(Outcome, key)
        case "evidence":
            return session.get(Evidence, key)
        case "maker":
            return session.get(FloorPerson, key)
    return None


def _name(context: ActContext, person: FloorPerson) -> str | None:
    words = sa.select(Text.words).where(Text.digest == person.name)
    return context.session.connection().scalar(words)


def _published_with(what: Entry | Outcome | Evidence) -> tuple[int | None, int | None]:
    """The key of the entry, or of the outcome, whose release published it."""
    if isinstance(what, Evidence):
        return what.entry_id, what.outcome_id
    if isinstance(what, Entry):
        return what.id, None
    return None, what.id
