"""What readers of a convention would read differently in its next edition: answers, names of units,
amounts, and words that were released since.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.record.as_of import AsOf
from tracker.record.editions import EditionRecord, Editions
from tracker.record.items import Item
from tracker.record.ledger_tables import Event, Text
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry, Release, Withholding
from tracker.rules.mentions import CheckedWords, Mention, MentionPlace, mentions

from .audience import OFFICE
from .body_context import BodyContext
from .convention import ConventionPage, Filters, ItemListRow, page
from .known_names import known_names


class UnitPart(StrEnum):
    """In which part the name of a unit differs."""

    LEAD = auto()
    REFERRED_TO = auto()


class AmountPart(StrEnum):
    ESTIMATED = auto()
    APPROPRIATED = auto()
    SPENT = auto()


@dataclass(frozen=True, kw_only=True)
class ChangedAnswer:
    before: ItemListRow | None  # None: it is new to readers
    after: ItemListRow


@dataclass(frozen=True, kw_only=True)
class ChangedUnit:
    item: ItemListRow
    part: UnitPart
    before: str | None  # None: nothing on record
    after: str | None


@dataclass(frozen=True, kw_only=True)
class ChangedAmount:
    item: ItemListRow
    part: AmountPart
    before: Decimal | None  # None: nothing on record
    after: Decimal | None


@dataclass(frozen=True, kw_only=True)
class NewWords:
    item: ItemListRow
    words: str | None  # None: erased
    released_on: date
    released_by: str | None
    mentions: tuple[Mention, ...]  # whom they name


@dataclass(frozen=True, kw_only=True)
class EditionChanges:
    """Of a convention, from what readers see to what the next edition has."""

    before: ConventionPage | None  # None: nothing was published yet
    after: ConventionPage
    answers: tuple[ChangedAnswer, ...] = ()
    units: tuple[ChangedUnit, ...] = ()
    amounts: tuple[ChangedAmount, ...] = ()
    words: tuple[NewWords, ...] = ()
    same: tuple[ItemListRow, ...] = ()

    @property
    def differing(self) -> int:
        """How many items read differently in at least one way."""
        return len(self.after.rows) - len(self.same)

    @property
    def naming(self) -> tuple[NewWords, ...]:
        """The new words that name a person or a firm."""
        return tuple(new for new in self.words if new.mentions)


def edition_changes(
    session: Session, body_context: BodyContext, convention_id: int, editions: Editions, today: date
) -> EditionChanges | None:
    """From the newest edition that is published to the one that is made, or, where none is, to the
    record as it is today. None where the convention has no items to read.

    The number of statements does not depend on the number of items.
    """
    body_id = body_context.body.id
    pinned, newest = editions.pinned, editions.newest
    after = _page_of(session, body_id, convention_id, _as_of(pinned) or AsOf(today))
    as_published = _as_of(newest)
    before = _page_of(session, body_id, convention_id, as_published) if as_published else None
    if after is None:
        return None
    if newest is None or before is None:
        return EditionChanges(before=None, after=after)
    rows_before = {row.id: row for row in before.rows}
    pairs = [(rows_before.get(row.id), row) for row in after.rows]
    answers, units, amounts = _answers(pairs), _units(pairs), _amounts(pairs)
    words = _new_words(session, body_context, after, newest, pinned)
    differing = {changed.after.id for changed in answers}
    differing.update(changed.item.id for changed in units)
    differing.update(changed.item.id for changed in amounts)
    differing.update(new.item.id for new in words)
    return EditionChanges(
        before=before,
        after=after,
        answers=tuple(answers),
        units=tuple(units),
        amounts=tuple(amounts),
        words=tuple(words),
        same=tuple(row for row in after.rows if row.id not in differing),
    )


def items_that_wait(session: Session, convention_id: int, edition: EditionRecord) -> dict[int, int]:
    """By item, how many entries and outcomes were released after an edition was made: they wait for
    the next one.
    """
    rows = session.execute(
        sa.select(Release.item_id, sa.func.count())
        .join(Item, Item.id == Release.item_id)
        .where(
            Item.convention_id == convention_id,
            Release.recorded_by > edition.up_to,
            Release.retracted_by.is_(None),
        )
        .group_by(Release.item_id)
    )
    return {item_id: count for item_id, count in rows}


def _as_of(edition: EditionRecord | None) -> AsOf | None:
    return AsOf(edition.on, up_to=edition.up_to) if edition else None


def _page_of(
    session: Session, body_id: int, convention_id: int, as_of: AsOf
) -> ConventionPage | None:
    """With all its items."""
    return page(session, body_id, convention_id, as_of, Filters(size=0), OFFICE)


Pairs = Iterable[tuple[ItemListRow | None, ItemListRow]]


def _answers(pairs: Pairs) -> list[ChangedAnswer]:
    return [
        ChangedAnswer(before=before, after=after)
        for before, after in pairs
        if before is None or _answer(before) != _answer(after)
    ]


def _answer(row: ItemListRow) -> tuple[object, ...]:
    """Both answers, without the reason of the first."""
    return row.verdict, row.late, row.change, row.by_way_of and row.by_way_of.id


def _units(pairs: Pairs) -> list[ChangedUnit]:
    return [
        ChangedUnit(item=after, part=part, before=old, after=new)
        for before, after in pairs
        if before is not None
        for part, old, new in (
            (UnitPart.LEAD, before.lead, after.lead),
            (UnitPart.REFERRED_TO, before.referred_to, after.referred_to),
        )
        if old != new
    ]


def _amounts(pairs: Pairs) -> list[ChangedAmount]:
    return [
        ChangedAmount(item=after, part=part, before=old, after=new)
        for before, after in pairs
        if before is not None
        for part, old, new in (
            (AmountPart.ESTIMATED, before.estimate, after.estimate),
            (AmountPart.APPROPRIATED, before.appropriated, after.appropriated),
            (AmountPart.SPENT, before.spent, after.spent),
        )
        if old != new
    ]


def _new_words(
    session: Session,
    body_context: BodyContext,
    after: ConventionPage,
    since: EditionRecord,
    until: EditionRecord | None,
) -> list[NewWords]:
    """Of entries and outcomes that were released between the two, and are not withheld; in the
    order of the items.
    """
    rows = session.execute(
        sa.union_all(
            _released(Entry, Release.entry_id, Withholding.entry_id, after, since, until),
            _released(Outcome, Release.outcome_id, Withholding.outcome_id, after, since, until),
        )
    ).all()
    zone = body_context.settings.zone
    known = known_names(session, body_context.body.id, zone)
    items = {row.id: place for place, row in enumerate(after.rows)}
    new = [
        NewWords(
            item=after.rows[items[item_id]],
            words=words,
            released_on=released_at.astimezone(zone).date(),
            released_by=body_context.people.get(actor_id),
            mentions=mentions([CheckedWords(MentionPlace.WORDS, words)], (), known)
            if words
            else (),
        )
        for item_id, words, released_at, actor_id in rows
        if item_id in items
    ]
    return sorted(new, key=lambda words: (items[words.item.id], words.released_on))


def _released(
    fact: type[Entry] | type[Outcome],
    released: InstrumentedAttribute[int | None],
    withheld: InstrumentedAttribute[int | None],
    after: ConventionPage,
    since: EditionRecord,
    until: EditionRecord | None,
) -> sa.Select[int, str | None, datetime, int]:
    standing = sa.select(Withholding.id).where(
        withheld == fact.id, Withholding.ended_by.is_(None), Withholding.retracted_by.is_(None)
    )
    within = [Release.recorded_by > since.up_to]
    if until is not None:
        within.append(Release.recorded_by <= until.up_to)
    return (
        sa.select(fact.item_id, Text.words, Event.recorded_at, Event.actor_id)
        .join(Release, released == fact.id)
        .join(Item, Item.id == fact.item_id)
        .join(Event, Event.id == Release.recorded_by)
        .join(Text, Text.digest == fact.words)
        .where(
            Item.convention_id == after.convention.id,
            *within,
            fact.retracted_by.is_(None),
            Release.retracted_by.is_(None),
            ~standing.correlate(fact).exists(),
        )
    )
