"""Heads of the chains, kept outside the database: a line for each commit that sealed something, and how such lines are read back as anchors."""
from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .ledger import CHAIN, HEAD, Event, subscribers

OPTION = "heads_file"  # the engine's execution option that names the file
LINE = re.compile(r"^(?:\S+\s+)?(\d+)\s+(\d+)\s+([0-9a-f]{64})$")  # [time] chain, sequence, hash


def keep(engine: sa.Engine, file: Path) -> None:
    """From now on each commit on this engine appends its heads to the file."""
    engine.update_execution_options(**{OPTION: str(file)})


def _note(session: Session, event: Event) -> None:
    session.info.setdefault("sealed", set()).add(event.id // CHAIN)


subscribers.append(_note)


@sa.event.listens_for(Session, "before_commit")
def _read(session: Session) -> None:
    """Inside the transaction: what an inner one, rolled back, had sealed is not among the heads."""
    if session.in_nested_transaction() or not (sealed := session.info.pop("sealed", None)):
        return
    session.flush()
    connection = session.connection()
    if file := connection.get_execution_options().get(OPTION):
        heads = connection.execute(sa.select(HEAD.c.event_id, HEAD.c.hash).where(HEAD.c.chain.in_(sealed)).order_by(HEAD.c.chain))
        session.info["heads"] = file, [(key, hash_) for key, hash_ in heads]


@sa.event.listens_for(Session, "after_commit")
def _append(session: Session) -> None:
    """After it: a head that is in the file was committed. A line is small enough to be written whole beside other processes."""
    file, heads = session.info.pop("heads", (None, ()))
    if file:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        lines = "".join(f"{at} {key // CHAIN} {key % CHAIN} {hash_}\n" for key, hash_ in heads)
        target = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(target, lines.encode())
        finally:
            os.close(target)


@sa.event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("heads", None)


class Unreadable(ValueError):
    """The file holds no heads; its text names the line."""


def read(file: Path) -> Iterator[tuple[int, str]]:
    """The anchors of a file: (event id, hash). Lines as this module writes them, or what `verify --json` printed. Raises Unreadable, OSError."""
    words = file.read_text(encoding="utf-8", errors="replace")
    if words.lstrip().startswith("{"):
        try:
            yield from ((int(each["chain"]) * CHAIN + int(each["events"]), str(each["head"])) for each in json.loads(words)["heads"])
        except (ValueError, KeyError, TypeError) as wrong:
            raise Unreadable(f"{file} is not what `verify --json` prints.") from wrong
        return
    lines = words.splitlines()
    for number, line in enumerate(lines, 1):
        if found := LINE.match(line.strip()):
            yield int(found[1]) * CHAIN + int(found[2]), found[3]
        elif line.strip() and number < len(lines):  # a last line may have been cut by a loss of power
            raise Unreadable(f"{file}, line {number}: not a head (time, chain, number, hash).")


def together(heads: Iterable[str]) -> str:
    """One value for all chains: SHA-256 over their sorted heads, a line each."""
    return hashlib.sha256("\n".join(sorted(heads)).encode()).hexdigest()
