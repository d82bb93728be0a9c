"""What was corrected or withheld of a body's items, by whomever it could be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.as_of import NOW, at
from tracker.record.items import Designation, FloorPerson, Item
from tracker.record.ledger_tables import Event, Text
from tracker.record.progress import Entry, Evidence, Release, Withholding
from tracker.record.replaced_facts import replaced_facts
from tracker.rules.codes import WithheldFor
from tracker.rules.facts import Fact

from .body_context import BodyContext
from .errata_models import EntryWords, KindAndNumber, WithheldSubject
from .identity import published
from .office_facts import SHAPES

Value = Fact | EntryWords | KindAndNumber


@dataclass(frozen=True, kw_only=True)
class OfAnItem:
    """What stood from the event `first` on, and was changed by `event`."""

    item_id: int
    first: int
    event: int
    on: date  # of that event, in the body's zone


@dataclass(frozen=True, kw_only=True)
class Corrected(OfAnItem):
    before: tuple[Value, ...]
    after: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Withheld(OfAnItem):
    subject: WithheldSubject
    kind: WithheldFor
    lifted_on: date | None


def corrected_facts(session: Session, context: BodyContext) -> Iterator[Corrected]:
    """Facts that the office or a list put in the place of others, or took back."""
    zone = context.settings.zone
    for replaced in replaced_facts(session, context.body.id, SHAPES.values()):
        yield Corrected(
            item_id=replaced.item_id,
            first=min(fact.event for fact in replaced.before),
            event=replaced.event,
            on=replaced.recorded_at.astimezone(zone).date(),
            before=tuple(replaced.before),
            after=tuple(replaced.after),
        )


def corrected_entries(session: Session, context: BodyContext) -> Iterator[Corrected]:
    """Released entries in whose place a later one was released."""
    first, later = aliased(Entry), aliased(Entry)
    heard, released = aliased(Release), aliased(Release)
    first_event, later_event, over = aliased(Event), aliased(Event), aliased(Event)
    first_words, later_words = aliased(Text), aliased(Text)
    first_withheld, later_withheld = aliased(Withholding), aliased(Withholding)
    rows = session.connection().execute(
        sa.select(
            first.item_id,
            heard.recorded_by,
            over.id,
            over.recorded_at,
            first_words.words,
            first_withheld.kind,
            first_event.effective_on,
            later_words.words,
            later_withheld.kind,
            later_event.effective_on,
        )
        .select_from(later)
        .join(first, first.id == later.corrects_id)
        .join(Item, Item.id == first.item_id)
        .join(heard, heard.entry_id == first.id)
        .join(released, released.entry_id == later.id)
        .join(over, over.id == released.recorded_by)
        .join(first_event, first_event.id == first.recorded_by)
        .join(later_event, later_event.id == later.recorded_by)
        .outerjoin(first_words, first_words.digest == first.words)
        .outerjoin(later_words, later_words.digest == later.words)
        .outerjoin(first_withheld, _withholds(first_withheld, first))
        .outerjoin(later_withheld, _withholds(later_withheld, later))
        .where(Item.body_id == context.body.id, first.retracted_by == released.recorded_by)
    )
    for item_id, since, event, recorded_at, words, kind, on, new_words, new_kind, new_on in rows:
        yield Corrected(
            item_id=item_id,
            first=since,
            event=event,
            on=recorded_at.astimezone(context.settings.zone).date(),
            before=(_entry_words(words, kind, on),),
            after=(_entry_words(new_words, new_kind, new_on),),
        )


def _withholds(withholding: type[Withholding], entry: type[Entry]) -> sa.ColumnElement[bool]:
    return sa.and_(withholding.entry_id == entry.id, at(withholding, NOW))


def _entry_words(words: str | None, kind: WithheldFor | None, on: date) -> EntryWords:
    return EntryWords(words=None if kind else words, withheld=kind, on=on)


def corrected_designations(session: Session, context: BodyContext) -> Iterator[Corrected]:
    """Kinds and numbers that were typed wrong."""
    rows = session.connection().execute(
        sa.select(
            Item.id,
            Item.recorded_by,
            Item.kind,
            Item.number,
            Item.as_published,
            Designation.kind,
            Designation.number,
            Designation.as_published,
            Event.id,
            Event.recorded_at,
        )
        .join(Designation, Designation.item_id == Item.id)
        .join(Event, Event.id == Designation.recorded_by)
        .where(Item.body_id == context.body.id, Designation.retracted_by.is_(None))
        .order_by(Item.id, Designation.recorded_by, Designation.id)
    )
    standing: tuple[int, int, KindAndNumber] | None = None  # item, since when, what it was
    for item_id, recorded_by, *named, event, recorded_at in rows:
        kind, number, as_published, new_kind, new_number, newly_published = named
        if standing is None or standing[0] != item_id:
            first = KindAndNumber(kind=kind, number=published(number, as_published))
            standing = item_id, recorded_by, first
        corrected = KindAndNumber(kind=new_kind, number=published(new_number, newly_published))
        _item, since, before = standing
        if corrected != before:
            yield Corrected(
                item_id=item_id,
                first=since,
                event=event,
                on=recorded_at.astimezone(context.settings.zone).date(),
                before=(before,),
                after=(corrected,),
            )
        standing = item_id, event, corrected


def withheld_facts(session: Session, context: BodyContext) -> Iterator[Withheld]:
    """What was published, and was withheld then; lifted or not."""
    over, lifted = aliased(Event), aliased(Event)
    of_evidence = sa.or_(
        Withholding.entry_id == Release.entry_id,
        Withholding.outcome_id == Release.outcome_id,
        Evidence.entry_id == Release.entry_id,
        Evidence.outcome_id == Release.outcome_id,
    )
    released = (
        sa.select(sa.func.min(Release.recorded_by))
        .where(of_evidence, Release.item_id == Withholding.item_id)
        .correlate(Withholding, Evidence)
        .scalar_subquery()
    )
    rows = session.connection().execute(
        sa.select(
            Withholding.item_id,
            sa.func.coalesce(released, FloorPerson.recorded_by, Withholding.recorded_by),
            Withholding.kind,
            Withholding.entry_id,
            Withholding.outcome_id,
            Withholding.evidence_id,
            over.id,
            over.recorded_at,
            lifted.recorded_at,
        )
        .join(Item, Item.id == Withholding.item_id)
        .join(over, over.id == Withholding.recorded_by)
        .outerjoin(lifted, lifted.id == Withholding.ended_by)
        .outerjoin(Evidence, Evidence.id == Withholding.evidence_id)
        .outerjoin(FloorPerson, FloorPerson.id == Withholding.floor_person_id)
        .where(Item.body_id == context.body.id, Withholding.retracted_by.is_(None))
    )
    zone = context.settings.zone
    for item_id, first, kind, *keys, event, recorded_at, lifted_at in rows:
        yield Withheld(
            item_id=item_id,
            first=first,
            event=event,
            on=recorded_at.astimezone(zone).date(),
            subject=_subject(*keys),
            kind=kind,
            lifted_on=lifted_at.astimezone(zone).date() if lifted_at else None,
        )


def _subject(
    entry_id: int | None, outcome_id: int | None, evidence_id: int | None
) -> WithheldSubject:
    if entry_id is not None:
        return WithheldSubject.ENTRY
    if outcome_id is not None:
        return WithheldSubject.OUTCOME
    return WithheldSubject.NAME if evidence_id is None else WithheldSubject.EVIDENCE
