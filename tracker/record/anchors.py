"""Heads of the chains, kept outside the database.

A line for each commit that sealed something, and how such lines are read back as anchors.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from .ledger import HEAD, Act, subscribers
from .ledger_tables import CHAIN, Event

OPTION = "heads_file"  # the engine's execution option that names the file
# [time] chain, sequence, hash
LINE = re.compile(r"^(?:\S+\s+)?(\d{1,8})\s+(\d{1,10})\s+([0-9a-f]{64})$")
END_OF_FILE = 100_000  # bytes, in which the newest head of a chain is looked for
LONGEST_LINE = 200  # bytes, far above what is ever written
log = logging.getLogger("tracker.record")


def keep(engine: sa.Engine, file: Path) -> None:
    """From now on each commit on this engine appends its heads to the file."""
    engine.update_execution_options(**{OPTION: str(file)})


def _note(session: Session, event: Event, act: Act) -> None:
    session.info.setdefault("sealed", set()).add(event.id // CHAIN)


subscribers.append(_note)


@sa.event.listens_for(Session, "before_commit")
def _read(session: Session) -> None:
    """Inside the transaction: what an inner one, rolled back, had sealed is not among the heads."""
    if session.in_nested_transaction():
        return
    sealed = session.info.pop("sealed", None)
    if not sealed:
        return
    session.flush()
    connection = session.connection()
    if file := connection.get_execution_options().get(OPTION):
        heads = connection.execute(
            sa.select(HEAD.c.event_id, HEAD.c.hash)
            .where(HEAD.c.chain.in_(sealed))
            .order_by(HEAD.c.chain)
        )
        session.info["heads"] = file, [(key, hash_) for key, hash_ in heads]


@sa.event.listens_for(Session, "after_commit")
def _append(session: Session) -> None:
    """After it: a head that is in the file was committed.

    What is committed stands, whatever becomes of the file: a fault is logged and found by `tracker
    doctor`, and never raised.
    """
    file, heads = session.info.pop("heads", (None, ()))
    if not file:
        return
    at = datetime.now(UTC).isoformat(timespec="seconds")
    lines = "".join(f"{at} {key // CHAIN} {key % CHAIN} {hash_}\n" for key, hash_ in heads)
    try:
        _write(Path(file), lines.encode())
    except OSError as wrong:
        log.error(
            "heads not kept: %s cannot be written (%s). The acts are recorded. Their heads: %s",
            file,
            wrong.strerror or wrong,
            lines.strip().replace("\n", "; "),
        )


def _write(file: Path, lines: bytes) -> None:
    """Append, one process at a time. Raises OSError."""
    target = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(target, fcntl.LOCK_EX)
        _end_last_line(target)
        while lines:
            lines = lines[os.write(target, lines) :]
    finally:
        os.close(target)


def _end_last_line(target: int) -> None:
    """A last line that a crash or a full disk cut goes, so that the next does not stand in the
    middle of it.
    """
    about = os.fstat(target)
    if not stat.S_ISREG(about.st_mode) or not about.st_size:
        return
    start = max(about.st_size - LONGEST_LINE, 0)
    last_line = os.pread(target, LONGEST_LINE, start).rpartition(b"\n")[2]
    if not last_line:
        return
    if LINE.match(last_line.decode(errors="replace")) or len(last_line) == LONGEST_LINE:
        os.write(target, b"\n")
    else:
        os.ftruncate(target, about.st_size - len(last_line))


@sa.event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("heads", None)


class UnreadableAnchors(ValueError):
    """The file holds no heads at all; its text says why."""


@dataclass(frozen=True)
class KeptHead:
    """What a file of heads holds. `anchors`: (event id, hash)."""

    anchors: tuple[tuple[int, str], ...]
    # their numbers; a last one may have been cut by a crash, and is not among them
    unreadable_lines: tuple[int, ...] = ()


def read(file: Path) -> KeptHead:
    """Lines as this module writes them, or what `verify --json` printed.

    Raises Unreadable, OSError.
    """
    words = file.read_text(encoding="utf-8", errors="replace")
    if words.lstrip().startswith("{"):
        return _printed(file, words)
    anchors, unreadable_lines, last = [], [], 0
    for number, line in enumerate(words.split("\n"), 1):
        written = line.strip(" \t\r\0")  # a loss of power may leave zeros
        if not written:
            continue
        last = number
        if head := LINE.match(written):
            anchors.append((int(head[1]) * CHAIN + int(head[2]), head[3]))
        else:
            unreadable_lines.append(number)
    if unreadable_lines and not anchors:
        raise UnreadableAnchors(
            f"{file}, line {unreadable_lines[0]}: not a head (time, chain, number, hash)."
        )
    return KeptHead(tuple(anchors), tuple(number for number in unreadable_lines if number != last))


def _printed(file: Path, words: str) -> KeptHead:
    try:
        heads = [
            (int(load["chain"]), int(load["events"]), str(load["head"]))
            for load in json.loads(words)["heads"]
        ]
        if not all(LINE.match(f"{chain} {number} {hash_}") for chain, number, hash_ in heads):
            raise ValueError("no head")
    except (ValueError, KeyError, TypeError) as wrong:
        raise UnreadableAnchors(f"{file} is not what `verify --json` prints.") from wrong
    return KeptHead(tuple((chain * CHAIN + number, hash_) for chain, number, hash_ in heads))


class NewestHead(NamedTuple):
    """The last head of a chain that was kept outside the database."""

    event_id: int
    hash: str
    at: datetime | None  # None: the line does not say


def newest(file: Path, chain: int) -> NewestHead | None:
    """From the end of the file; None where it is not there, or its end names no head of the chain.

    Raises OSError where it cannot be read.
    """
    if not file.exists():
        return None
    with file.open("rb") as opened:
        opened.seek(max(opened.seek(0, os.SEEK_END) - END_OF_FILE, 0))
        lines = opened.read().decode(errors="replace").splitlines()
    for line in reversed(lines):
        head = LINE.match(line.strip())
        if head and int(head[1]) == chain:
            first, *others = line.split()
            at = datetime.fromisoformat(first) if len(others) == 3 else None
            return NewestHead(chain * CHAIN + int(head[2]), head[3], at)
    return None


def combined_head(heads: Iterable[str]) -> str:
    """One value for all chains: SHA-256 over their sorted heads, a line each."""
    return hashlib.sha256("\n".join(sorted(heads)).encode()).hexdigest()
