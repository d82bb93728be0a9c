"""The whole record proved: every chain that is named anywhere, the texts, the heads that were kept elsewhere. One chain's proof is verify.py's."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.engine import READING

from . import verify
from .bodies import Body
from .ledger import CHAIN, ENDINGS, GENESIS, INSTALLATION, Event, Head, fact_tables


@dataclass(frozen=True)
class ChainHead:
    """Where a chain ends. `body`: its slug; None: the installation's chain, or one that no body owns."""

    chain: int
    body: str | None
    events: int
    head: str


@dataclass(frozen=True)
class Found:
    """What does not fit. `event`: its number in the chain; None: not of one event."""

    chain: int | None
    event: int | None
    what: str


@dataclass(frozen=True)
class Proof:
    heads: tuple[ChainHead, ...]
    problems: tuple[Found, ...]

    @property
    def events(self) -> int:
        return sum(each.events for each in self.heads)


def prove(session: Session, anchors: Iterable[tuple[int, str]] = ()) -> Proof:
    """Reads one state of the database, while others write. `anchors`: (event id, hash), gathered before this is called: none of them is younger."""
    kept: dict[int, set[str]] = defaultdict(set)
    for key, hash_ in anchors:
        kept[key].add(hash_)
    sqlite = session.get_bind().dialect.name == "sqlite"
    session.connection(execution_options=READING if sqlite else {"isolation_level": "REPEATABLE READ"})
    return Proof(tuple(_heads(session)), tuple(_problems(session, kept)))


def _heads(session: Session) -> Iterator[ChainHead]:
    events = {chain: count for chain, count in session.execute(sa.select(_chain(Event.id), sa.func.count()).group_by(_chain(Event.id)))}
    slugs = {key: slug for key, slug in session.execute(sa.select(Body.id, Body.slug))}
    for chain, head in session.execute(sa.select(Head.chain, Head.hash).order_by(Head.chain)):
        yield ChainHead(chain, slugs.get(chain), events.get(chain, 0), head)


def _chain(key: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]) -> sa.ColumnElement[int]:
    return sa.cast(key, sa.BigInteger).op("/", return_type=sa.BigInteger())(sa.literal_column(str(CHAIN)))


def _problems(session: Session, anchors: dict[int, set[str]]) -> Iterator[Found]:
    for key, hashes in anchors.items():
        if len(hashes) > 1:
            yield Found(key // CHAIN, key % CHAIN, "the heads that were kept name two hashes of one event")
    one = [(key, min(hashes)) for key, hashes in anchors.items() if key % CHAIN or hashes != {GENESIS}]
    for chain in sorted(_chains(session) | {key // CHAIN for key in anchors}):
        try:
            for each in verify.verify(session, chain, one):
                yield Found(chain, each.event_id % CHAIN, each.what)
        except (ValueError, LookupError, TypeError, ArithmeticError) as wrong:  # a value that none of our columns can hold was written by force
            yield Found(chain, None, f"a value that cannot be read: {wrong}")
    yield from _without_event(session)
    try:
        for words in verify.verify_texts(session):
            yield Found(None, None, words)
    except (ValueError, TypeError, AttributeError) as wrong:
        yield Found(None, None, f"a text that cannot be read: {wrong}")


def _chains(session: Session) -> set[int]:
    named = [sa.select(Head.chain), sa.select(Body.id), sa.select(_chain(Event.id)).distinct()]
    return {INSTALLATION, *(int(chain) for query in named for chain in session.scalars(query))}


def _without_event(session: Session) -> Iterator[Found]:
    """Facts that name an event of no chain at all: the walk along the chains does not come by."""
    for table in fact_tables():
        for name in ("recorded_by", *ENDINGS):
            over = table.c[name]
            nobody = sa.or_(over % CHAIN == 0, ~_chain(over).in_(sa.select(Head.chain)))
            for key, event in session.execute(sa.select(table.c.id, over).where(over.is_not(None), nobody)):
                yield Found(None, None, f"{table.name} {key}: {name} names event {event}, which is in no chain")
