"""The whole record proved: every chain that is named anywhere, the texts, the heads that were kept
elsewhere.

One chain's proof is verify.py's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.engine import READING

from . import kept_summaries, summary, verification
from .bodies import Body
from .items import Item
from .ledger_tables import CHAIN, ENDINGS, GENESIS, INSTALLATION, Event, Head, fact_tables
from .spelling import misspelled
from .stored_files import NamedFile, named_files
from .surroundings import zone_of


@dataclass(frozen=True)
class ChainHead:
    """Where a chain ends.

    `body`: its slug; None: the installation's chain, or one that no body owns.
    """

    chain: int
    body: str | None
    events: int
    head: str


@dataclass(frozen=True)
class ProofProblem:
    """What does not fit. `event`: its number in the chain; None: not of one event."""

    chain: int | None
    event: int | None
    what: str


@dataclass(frozen=True)
class Proof:
    heads: tuple[ChainHead, ...]
    problems: tuple[ProofProblem, ...]

    @property
    def events(self) -> int:
        return sum(head.events for head in self.heads)


def prove(
    session: Session,
    anchors: Iterable[tuple[int, str]] = (),
    at: datetime | None = None,
    digest_of_file: Callable[[str], str | None] | None = None,
) -> Proof:
    """Reads one state of the database, while others write.

    `anchors`: (event id, hash), gathered before this is called: none of them is younger. `at`: the
    present moment, for what lists read and for times to come; these are not looked at without it.
    `digest_of_file`: of the stored file of that SHA-256, what its bytes give, None where it is
    gone; files are not looked at without it.
    """
    kept: dict[int, set[str]] = defaultdict(set)
    for key, hash_ in anchors:
        kept[key].add(hash_)
    if not session.in_transaction():
        sqlite = session.get_bind().dialect.name == "sqlite"
        session.connection(
            execution_options=READING if sqlite else {"isolation_level": "REPEATABLE READ"}
        )
    problems = list(_problems(session, kept, at))
    if at is not None:
        problems += _kept_for_lists(session, at)
    if digest_of_file is not None:
        problems += _files(session, digest_of_file)
    return Proof(tuple(_heads(session)), tuple(problems))


def _heads(session: Session) -> Iterator[ChainHead]:
    events = {
        chain: count
        for chain, count in session.execute(
            sa.select(_chain(Event.id), sa.func.count()).group_by(_chain(Event.id))
        )
    }
    slugs = {key: slug for key, slug in session.execute(sa.select(Body.id, Body.slug))}
    for chain, head in session.execute(sa.select(Head.chain, Head.hash).order_by(Head.chain)):
        yield ChainHead(chain, slugs.get(chain), events.get(chain, 0), head)


def _chain(key: sa.ColumnElement[int] | sa.orm.InstrumentedAttribute[int]) -> sa.ColumnElement[int]:
    return sa.cast(key, sa.BigInteger).op("/", return_type=sa.BigInteger())(
        sa.literal_column(str(CHAIN))
    )


def _problems(
    session: Session, anchors: dict[int, set[str]], at: datetime | None
) -> Iterator[ProofProblem]:
    for key, hashes in anchors.items():
        if len(hashes) > 1:
            yield ProofProblem(
                key // CHAIN, key % CHAIN, "the heads that were kept name two hashes of one event"
            )
    one = [
        (key, min(hashes)) for key, hashes in anchors.items() if key % CHAIN or hashes != {GENESIS}
    ]
    for chain in sorted(_chains(session) | {key // CHAIN for key in anchors}):
        try:
            for finding in verification.verify(session, chain, one, now=at):
                yield ProofProblem(chain, finding.event_id % CHAIN, finding.what)
        except (ValueError, LookupError, TypeError, ArithmeticError) as wrong:
            # A value that none of our columns can hold was written by force.
            yield ProofProblem(chain, None, f"a value that cannot be read: {wrong}")
    yield from _outside_chains(session)
    yield from _without_event(session)
    yield from (ProofProblem(None, None, words) for words in misspelled(session))
    try:
        for words in verification.verify_texts(session):
            yield ProofProblem(None, None, words)
    except (ValueError, TypeError, AttributeError) as wrong:
        yield ProofProblem(None, None, f"a text that cannot be read: {wrong}")


def _chains(session: Session) -> set[int]:
    named = [sa.select(Head.chain), sa.select(Body.id), sa.select(_chain(Event.id)).distinct()]
    return {INSTALLATION, *(int(chain) for query in named for chain in session.scalars(query))}


def _outside_chains(session: Session) -> Iterator[ProofProblem]:
    """Events, and heads, to which the walk along the chains of the installation and of its bodies
    does not come.
    """
    for key in session.scalars(
        sa.select(Event.id).where(sa.or_(Event.id <= 0, Event.id % CHAIN == 0))
    ):
        yield ProofProblem(None, None, f"event {key} is in no chain")
    owners = {INSTALLATION, *session.scalars(sa.select(Body.id))}
    for chain in sorted(_chains(session) - owners):
        yield ProofProblem(chain, None, "the chain belongs to no body")


def _without_event(session: Session) -> Iterator[ProofProblem]:
    """Facts that name an event which is not there: the walk along the chains may not come by."""
    for table in fact_tables():
        for name in ("recorded_by", *ENDINGS):
            over = table.c[name]
            there = sa.select(Event.id).where(Event.id == over).correlate(table).exists()
            for key, event in session.execute(
                sa.select(table.c.id, over).where(over.is_not(None), ~there)
            ):
                yield ProofProblem(
                    None,
                    None,
                    f"{table.name} {key}: {name} names event {event}, which is in no chain",
                )


def _kept_for_lists(session: Session, at: datetime) -> Iterator[ProofProblem]:
    """What lists read must be what follows from the facts."""
    for body in session.scalars(sa.select(Body.id).order_by(Body.id)).all():
        try:
            today = at.astimezone(zone_of(session, body)).date()
            for differs in kept_summaries.rebuild(session, body, today, check=True):
                yield ProofProblem(body, None, f"{differs} (`tracker rebuild` derives it anew)")
        except sa.exc.DBAPIError:
            raise
        except Exception as wrong:  # facts changed by force: whatever the rules stumble over
            yield ProofProblem(
                body, None, f"what lists read cannot be derived: {type(wrong).__name__}: {wrong}"
            )
    for key in session.scalars(
        sa.select(summary.ItemSummary.item_id)
        .where(summary.ItemSummary.item_id.not_in(sa.select(Item.id)))
        .distinct()
    ):
        yield ProofProblem(
            None, None, f"something is kept for lists of item {key}, which is not there"
        )


def _files(session: Session, digest_of_file: Callable[[str], str | None]) -> Iterator[ProofProblem]:
    """The bytes of all that facts name, and of withheld reports that they are gone.

    A file whose name was erased may be gone.
    """
    stored: dict[str, list[NamedFile]] = defaultdict(list)
    for file in named_files(session):
        stored[file.sha256].append(file)
    for sha256, naming in stored.items():
        try:
            digest = digest_of_file(sha256)
        except (OSError, ValueError) as wrong:
            yield _file_problem(naming[0], f"cannot be read: {wrong}")
            continue
        if digest is None and not all(file.may_be_gone for file in naming):
            yield _file_problem(naming[0], "is gone, and no event erased it")
        elif digest not in (None, sha256):
            yield _file_problem(naming[0], "was changed")
        elif digest is not None and all(file.is_withheld for file in naming):
            yield _file_problem(naming[0], "was withheld, and its bytes are still there")


def _file_problem(file: NamedFile, what: str) -> ProofProblem:
    words = f"the file of {file.named_by} ({file.sha256[:12]}) {what}"
    return ProofProblem(file.event // CHAIN, file.event % CHAIN, words)
