"""The ledger: acts, sealed as events of a hash chain, and the rows that they wrote, ended or
retracted.

Knows no fact table by name: whatever inherits from `Fact` is written once, announced by an event
and guarded by triggers.
"""

from __future__ import annotations

import enum
import hashlib
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.util import identity_key

from tracker.extensions import DEFERRED, Base, Instant
from tracker.rules.facts import Facts
from tracker.rules.preconditions import Refusal, need

from .bulk import Bulk, waiting

CHAIN = 10**10  # an event's key reads as chain and sequence: 3_0000000042 is number 42 of chain 3
INSTALLATION = 0  # the chain of the installation; a body's chain is its id
GENESIS = "0" * 64
NONCE = 16  # bytes before the words of a text
# by which two clocks may differ, and an act may have waited for its turn
CLOCK_TOLERANCE = timedelta(minutes=5)
# between two acts, before somebody must say that the clock is right
LONGEST_PAUSE = timedelta(days=400)


class Event(Base):
    """The envelope of one act.

    Who, when recorded, when it happened, what, and the content of the rows it wrote.
    """

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime]
    effective_on: Mapped[date]
    actor_id: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(40))
    subject_type: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[int] = mapped_column(index=True)
    imported: Mapped[bool]
    day_known: Mapped[bool]  # else effective_on is assumed: the source gave no day
    # text, not JSON: JSONB would reorder what has been hashed
    payload: Mapped[str] = mapped_column(sa.Text)
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), init=False, default="")


class Head(Base):
    """The end of each chain; its row is the lock under which a body's acts queue up."""

    __tablename__ = "head"
    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    recorded_at: Mapped[datetime]
    hash: Mapped[str] = mapped_column(sa.String(64), default=GENESIS)


class Text(Base):
    """The one place of free text, named by SHA-256(nonce + words).

    Facts and payloads carry the digest alone.
    """

    __tablename__ = "text"
    digest: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    nonce: Mapped[bytes | None]
    words: Mapped[str | None] = mapped_column(sa.Text)


ENDINGS = ("ended_by", "retracted_by")


class FactTable(Base):
    """A row written once, by one event.

    A later one may end it (true until then) or retract it (it was never so).
    """

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    recorded_by: Mapped[int] = mapped_column(
        sa.ForeignKey("event.id", **DEFERRED), index=True, init=False
    )
    ended_by: Mapped[int | None] = mapped_column(
        sa.ForeignKey("event.id", **DEFERRED), init=False, default=None
    )
    retracted_by: Mapped[int | None] = mapped_column(
        sa.ForeignKey("event.id", **DEFERRED), init=False, default=None
    )

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if hasattr(
            cls, "__table__"
        ):  # partial: on a plain index SQLite would look for the many that have not ended
            for name in ENDINGS:
                over = cls.__table__.c[name]
                sa.Index(
                    None, over, sqlite_where=over.is_not(None), postgresql_where=over.is_not(None)
                )


class Erasure(FactTable):
    """A text was blanked; `verify` then expects it to be blank."""

    __tablename__ = "erasure"
    digest: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"), unique=True)
    reason: Mapped[str] = mapped_column(sa.String(80))


F = TypeVar("F", bound=FactTable)


def fact_tables() -> list[sa.Table]:
    facts = (
        mapper.local_table
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, FactTable)
    )
    return sorted(
        (table for table in facts if isinstance(table, sa.Table)), key=lambda table: table.name
    )


# --- the content of rows, and the hash of an event
# ------------------------------------------------------------------


def plain(value: Any) -> str | int:
    """One spelling for each value, whether it comes from Python or back from a database."""
    if type(value) in (str, int, bool):  # nearly all are
        return cast(str | int, value)
    match value:
        case enum.Enum():
            return str(value.value)
        case bool() | int() | str():
            return value
        case Decimal():
            return f"{value:.2f}"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


@cache
def names(table: sa.FromClause) -> tuple[str, ...]:
    return tuple(column.key for column in table.columns)


@cache
def _own_names(table: sa.FromClause) -> tuple[str, ...]:
    """Of the columns that say what a row says: not by which events it came and went."""
    return tuple(name for name in names(table) if name not in ("recorded_by", *ENDINGS))


def content(table: sa.FromClause, row: object) -> dict[str, str | int]:
    """What a row says, be it a mapped object or a result row.

    NULLs are left out: a later column changes no content.
    """
    return _content(table, {name: getattr(row, name) for name in _own_names(table)})


def _content(table: sa.FromClause, values: Mapping[str, Any]) -> dict[str, str | int]:
    return {name: plain(value) for name in _own_names(table) if (value := values[name]) is not None}


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> str:
    return _CANONICAL.encode(value)


class Payload:
    """What one act wrote, ended and retracted, in canonical order, however it was gathered."""

    def __init__(self) -> None:
        self.wrote: dict[str, dict[int, dict[str, str | int]]] = defaultdict(dict)
        self.over: dict[str, dict[str, set[int]]] = {ending: defaultdict(set) for ending in ENDINGS}

    def __str__(self) -> str:
        said: dict[str, Any] = {
            name: [rows[key] for key in sorted(rows)] for name, rows in self.wrote.items()
        }
        for ending, tables in self.over.items():
            if tables:
                said[ending] = {name: sorted(keys) for name, keys in tables.items()}
        return canonical(said)


def digest_of(event: Event | sa.Row[Any]) -> str:
    said = [plain(getattr(event, name)) for name in names(Event.__table__) if name != "hash"]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


# --- recording
# ------------------------------------------------------------------------------------------------------


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

    def knows(self, facts: Mapping[int, Facts]) -> None:
        """The rule was asked about these items, and those that links join with them."""
        if not self.added and not any(self.payload.over.values()):
            self.facts = {**self.facts, **facts}

    def add(self, *facts: F) -> F:
        """Write facts of one kind, in one INSERT; gives back the last, with its id."""
        table = cast(sa.Table, facts[0].__table__)
        for fact in facts:
            fact.recorded_by = self.key
        columns = [name for name in names(table) if name != "id"]
        rows = [{name: getattr(fact, name) for name in columns} for fact in facts]
        keys = self._inserted(type(facts[0]), rows)
        for fact, row, key in zip(facts, rows, keys, strict=True):
            fact.id = key
            self.added.append(fact)
            self.payload.wrote[table.name][key] = _content(table, {"id": key, **row})
        return facts[-1]

    def _inserted(self, kind: type[FactTable], rows: list[dict[str, Any]]) -> Sequence[int]:
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
        for key in keys:
            self.session.connection().execute(
                sa.update(kind).where(kind.id == key).values({ending: self.key})
            )
            self.payload.over[ending][kind.__tablename__].add(key)
            if (known := self.session.identity_map.get(identity_key(kind, key))) is not None:
                self.session.expire(known)

    def maybe(self, words: str | None) -> str | None:
        """The digest of a text, if there is one."""
        return self.text(words) if words else None

    def text(self, words: str) -> str:
        """Keeps a text; gives back the digest by which facts name it."""
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


def _write(session: Session, kind: type[Base], row: dict[str, Any]) -> None:
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
    _write(session, Event, {name: getattr(event, name) for name in names(Event.__table__)})
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


# --- guards
# ---------------------------------------------------------------------------------------------------------


def guards(dialect: str) -> Iterator[str]:
    """The triggers' DDL, from the metadata.

    An event never changes, a fact may be ended and retracted once, a text blanked.
    """
    sqlite = dialect == "sqlite"
    same = "OLD.{0} IS NEW.{0}" if sqlite else "OLD.{0} IS NOT DISTINCT FROM NEW.{0}"
    ending = {name: f"({same.format(name)} OR OLD.{name} IS NULL)" for name in ENDINGS}
    blanking = {name: f"NEW.{name} IS NULL" for name in ("nonce", "words")}
    allowed = {"event": {"hash": "FALSE"}, "text": blanking} | {
        table.name: ending for table in fact_tables()
    }
    if not sqlite:
        yield (
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP; END $$"
        )
    for name, changes in allowed.items():
        change = " AND ".join(
            changes.get(column, same.format(column)) for column in names(Base.metadata.tables[name])
        )
        for act, when in {"UPDATE": f"WHEN (NOT ({change}))", "DELETE": "", "TRUNCATE": ""}.items():
            trigger = f"{name}_{act.lower()}_refused"
            if sqlite and act != "TRUNCATE":
                yield f"DROP TRIGGER IF EXISTS {trigger}"
                yield (
                    f"CREATE TRIGGER {trigger} BEFORE {act} ON {name} {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{name} is written once: {act} refused'); END"
                )
            elif not sqlite:
                each = "STATEMENT" if act == "TRUNCATE" else "ROW"
                yield f"DROP TRIGGER IF EXISTS {trigger} ON {name}"
                yield f"CREATE TRIGGER {trigger} BEFORE {act} ON {name} FOR EACH {each} {when} EXECUTE FUNCTION refuse()"


def guard(connection: sa.Connection) -> None:
    """(Re)create the guards; also to be called at the end of each migration, as batch mode loses
    triggers.
    """
    for statement in guards(connection.dialect.name):
        connection.exec_driver_sql(
            statement.replace("%", "%%") if connection.dialect.name != "sqlite" else statement
        )


@sa.event.listens_for(Base.metadata, "after_create")
def _guard_new_tables(_: sa.MetaData, connection: sa.Connection, **__: Any) -> None:
    guard(connection)
