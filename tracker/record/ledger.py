"""The ledger: acts, sealed as events of a hash chain, with the rows that they wrote, ended or
retracted.

Knows no fact table by name: whatever inherits from `FactTable` is written once, announced by an
event, and guarded by triggers (`guards`).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from tracker.extensions import Base, Instant
from tracker.rules.item_facts import Facts
from tracker.rules.refusals import Refusal, need

from .bulk import Bulk, Row, waiting
from .canonical_form import Payload, column_names, content_of_values, digest_of
from .keys import Among
from .ledger_tables import (
    CHAIN,
    INSTALLATION,
    NONCE,
    Erasure,
    Event,
    FactTable,
    Head,
    Text,
)

# by which two clocks may differ, and an act may have waited for its turn
CLOCK_TOLERANCE = timedelta(minutes=5)
# between two acts, before somebody must say that the clock is right
LONGEST_PAUSE = timedelta(days=400)


F = TypeVar("F", bound=FactTable)


@dataclass(kw_only=True)
class Act:
    """One act while it is being recorded."""

    session: Session
    key: int
    at: datetime
    on: date
    subject: Base | None = None
    payload: Payload = field(default_factory=Payload)
    added: list[FactTable] = field(default_factory=list)
    facts: Mapping[int, Facts] = field(default_factory=dict)
    """Of items, as its rule saw them, before anything was written."""
    items: set[int] = field(default_factory=set)
    """Items that it changes beside its subject, or where its subject is none."""

    def keep_known_facts(self, facts: Mapping[int, Facts]) -> None:
        """Keep the facts, by item, that were loaded for the rules before the act wrote anything."""
        if not self.added and not any(self.payload.over.values()):
            self.facts = {**self.facts, **facts}

    def add(self, *facts: F) -> F:
        """Write facts of one kind, in one INSERT; gives back the last, with its id."""
        table = cast(sa.Table, facts[0].__table__)
        for fact in facts:
            fact.recorded_by = self.key
        columns = [name for name in column_names(table) if name != "id"]
        rows = [{name: getattr(fact, name) for name in columns} for fact in facts]
        keys = self._inserted(type(facts[0]), rows)
        for fact, row, key in zip(facts, rows, keys, strict=True):
            fact.id = key
            self.added.append(fact)
            self.payload.wrote[table.name][key] = content_of_values(table, {"id": key, **row})
        return facts[-1]

    def _inserted(self, kind: type[FactTable], rows: list[Row]) -> Sequence[int]:
        """The keys of rows that are written now, or, in bulk, with others."""
        bulk = bulk_of(self.session)
        if bulk is None:
            return self.session.connection().scalars(_insert(kind), rows).all()
        table = cast(sa.Table, kind.__table__)
        keys = [bulk.key(table) for _row in rows]
        for row, key in zip(rows, keys, strict=True):
            bulk.add(table, {"id": key, **row})
        return keys

    def add_all(self, facts: Sequence[FactTable]) -> None:
        """Facts of one kind, or none."""
        if facts:
            self.add(*facts)

    def end(self, kind: type[FactTable], *keys: int) -> None:
        """They were true until this act's date."""
        self._over("ended_by", kind, keys)

    def retract(self, kind: type[FactTable], *keys: int) -> None:
        """They count as never said, from this recording on."""
        self._over("retracted_by", kind, keys)

    def _over(self, ending: str, kind: type[FactTable], keys: Iterable[int]) -> None:
        over = list(keys)
        if not over:
            return
        statement = sa.update(kind).where(Among(kind.id)).values({ending: self.key})
        self.session.connection().execute(statement, {"keys": over})
        self.payload.over[ending][kind.__tablename__].update(over)
        for key in over:
            if (known := self.session.identity_map.get(identity_key(kind, key))) is not None:
                self.session.expire(known)

    def keep_optional_text(self, words: str | None) -> str | None:
        """As `keep_text`; None where there is no text."""
        return self.keep_text(words) if words else None

    def keep_text(self, words: str) -> str:
        """Writes a text; gives back its digest, which facts keep in place of the words."""
        nonce = secrets.token_bytes(NONCE)
        digest = hashlib.sha256(nonce + words.encode()).hexdigest()
        _write(self.session, Text, {"digest": digest, "nonce": nonce, "words": words})
        return digest


@cache
def _insert(kind: type[Base]) -> Any:
    """Plain INSERTs: nothing written once needs a unit of work, and rows go in in the order in
    which the act names them.
    """
    statement = sa.insert(kind)
    return (
        statement.returning(kind.id, sort_by_parameter_order=True)
        if issubclass(kind, FactTable)
        else statement
    )


def _write(session: Session, kind: type[Base], row: Row) -> None:
    """A row whose key is known, at once or with the others that wait."""
    bulk = bulk_of(session)
    if bulk is not None:
        bulk.add(cast(sa.Table, kind.__table__), row)
    else:
        session.connection().execute(_insert(kind), row)


HEAD = cast(sa.Table, Head.__table__)
LOCK = sa.select(HEAD).where(HEAD.c.chain == sa.bindparam("of")).with_for_update()
MOVE = sa.update(HEAD).where(HEAD.c.chain == sa.bindparam("of"))
NEWEST = sa.select(sa.type_coerce(sa.func.max(HEAD.c.recorded_at), Instant())).where(
    HEAD.c.event_id % CHAIN != 0
)
subscribers: list[Callable[[Session, Event, Act], None]] = []


class HeadNow(NamedTuple):
    """The end of a chain while its lock is held."""

    chain: int
    event_id: int
    recorded_at: datetime
    hash: str


def _locked(session: Session, chain: int) -> HeadNow:
    """Takes the chain's lock, which the transaction holds to its end."""
    heads = session.info.get(HEADS_THAT_WAIT)
    if heads is not None and chain in heads:
        return cast(HeadNow, heads[chain])
    return HeadNow(*session.connection().execute(LOCK, {"of": chain}).one())


def lock(session: Session, chain: int) -> None:
    """For whoever looks before they act: nothing is recorded in the chain until the transaction
    ends.
    """
    _locked(session, chain)


def next_event(session: Session, chain: int) -> int:
    """The key of the next event of a chain, which is locked with it."""
    return _locked(session, chain).event_id + 1


def _move(session: Session, head: HeadNow) -> None:
    heads = session.info.get(HEADS_THAT_WAIT)
    if heads is not None:
        heads[head.chain] = head
    else:
        _write_head(session, head)


def _write_head(session: Session, head: HeadNow) -> None:
    moved = {"event_id": head.event_id, "recorded_at": head.recorded_at, "hash": head.hash}
    session.connection().execute(MOVE, {"of": head.chain, **moved})


BULK, HEADS_THAT_WAIT = "bulk", "heads that wait"  # in a session's info


def bulk_of(session: Session) -> Bulk | None:
    return session.info.get(BULK)


@contextmanager
def in_bulk(session: Session) -> Iterator[None]:
    """For many acts in one transaction (an import): their rows and events are written some
    thousands at a time.

    Nothing else changes: whatever is asked of the database meanwhile has them written first.
    """
    if BULK in session.info:
        yield
        return
    heads: dict[int, HeadNow] = {}

    def write_heads() -> None:
        for head in heads.values():
            _write_head(session, head)

    session.info[HEADS_THAT_WAIT] = heads
    try:
        with waiting(session, write_heads) as session.info[BULK]:
            yield
    finally:
        del session.info[HEADS_THAT_WAIT]
        session.info.pop(BULK, None)


@contextmanager
def record(
    session: Session,
    *,
    chain: int,
    actor_id: int,
    kind: str,
    now: datetime,
    on: date,
    subject: Base | None = None,
    imported: bool = False,
    day_known: bool = True,
    clock_is_right: bool = False,
) -> Iterator[Act]:
    """Lock the chain, let the caller check its rule and write its facts, then seal them in one
    event.

    `recorded_at` rises strictly within a chain, so that any instant names one prefix of it. `now`
    must fit the chain's end; `clock_is_right`: somebody has looked, be it that a long time has
    passed.
    """
    session.flush()
    head = _locked(session, chain)
    need(now >= head.recorded_at - CLOCK_TOLERANCE, Refusal.CLOCK_IS_BEHIND)
    need(
        clock_is_right
        or now <= head.recorded_at + LONGEST_PAUSE
        or not paused_too_long(session, now),
        Refusal.CLOCK_IS_FAR_AHEAD,
    )
    act = Act(
        session=session,
        key=head.event_id + 1,
        at=max(now, head.recorded_at + timedelta(microseconds=1)),
        on=on,
        subject=subject,
    )
    session.info[OPEN_ACT] = act
    try:
        yield act
    finally:
        session.info.pop(OPEN_ACT, None)
    if act.subject is None:
        raise ValueError(f"{kind}: an act needs a subject")
    subject_id: int = act.subject.id  # type: ignore[attr-defined]
    event = Event(
        id=act.key,
        recorded_at=act.at,
        effective_on=on,
        actor_id=actor_id,
        kind=kind,
        subject_type=act.subject.__tablename__,
        subject_id=subject_id,
        imported=imported,
        day_known=day_known,
        payload=str(act.payload),
        previous_hash=head.hash,
    )
    event.hash = digest_of(event)
    _write(session, Event, {name: getattr(event, name) for name in column_names(Event.__table__)})
    _move(session, HeadNow(chain, event.id, event.recorded_at, event.hash))
    for subscriber in subscribers:
        subscriber(session, event, act)
    if (bulk := bulk_of(session)) is not None:
        bulk.write_if_many()


OPEN_ACT = "open act"  # in a session's info


def open_act(session: Session) -> Act | None:
    """The act that is being recorded."""
    return session.info.get(OPEN_ACT)


def paused_too_long(session: Session, now: datetime) -> bool:
    """Whether the newest event of all chains is so old that the clock may be wrong."""
    newest = session.connection().scalar(NEWEST)
    return newest is not None and now > newest + LONGEST_PAUSE


def begin(session: Session) -> None:
    """The installation's chain, once; each body's begins when it is founded."""
    if session.get(Head, INSTALLATION) is None:
        session.add(
            Head(chain=INSTALLATION, event_id=0, recorded_at=datetime(2000, 1, 1, tzinfo=UTC))
        )
        session.flush()


def erase(session: Session, digest: str, reason: str, **envelope: Any) -> None:
    """Blank one text for ever; that it was blanked is itself on record."""
    with record(session, kind="text_erased", **envelope) as act:
        act.add(Erasure(digest=digest, reason=reason))
        session.execute(sa.update(Text).where(Text.digest == digest).values(nonce=None, words=None))
