"""The security log: who signed in, who failed to, who was refused, who got a role.

What people record is in the ledger, faults are in `logs`.

A file for each day lies in `security/` of the instance, a line of JSON for each event. Network
addresses are taken out after 90 days. No password, no token, no word that a visitor typed goes in:
callers give numbers of accounts and people, codes, and templates of addresses.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from pathlib import Path

import structlog
from flask import current_app, has_app_context, has_request_context, request

from .clock import now

ADDRESSES_KEPT = timedelta(days=90)
LINES_KEPT = timedelta(days=730)
LARGEST_FILE = 20 * 2**20  # bytes a day: a flood of failures does not fill the disk
ADDRESS = "network_address"

log = structlog.get_logger("tracker.security")


class SecurityEvent(StrEnum):
    """What is noted."""

    SIGNED_IN = auto()
    SIGN_IN_FAILED = auto()
    SIGN_IN_DELAYED = auto()  # too many attempts
    SIGNED_OUT = auto()
    PASSWORD_SET = auto()
    LINK_MADE = auto()
    ACCOUNT_CREATED = auto()
    ACCOUNT_CLOSED = auto()
    ACCOUNT_JOINED = auto()
    SESSIONS_ENDED = auto()
    ROLE_GIVEN = auto()
    ROLE_LIMITED = auto()  # its last day was named
    ROLE_ENDED = auto()
    ACCOUNT_OPENED = auto()  # again
    SECOND_FACTOR_ADDED = auto()
    SECOND_FACTOR_REMOVED = auto()  # by its owner
    SECOND_FACTOR_RESET = auto()  # all of them, by an administrator or the command
    SECOND_FACTOR_FAILED = auto()  # a wrong code after the right password
    RECOVERY_CODES_MADE = auto()
    RECOVERY_CODE_USED = auto()
    SET_UP_LINK_MADE = auto()
    MEMBERS_CODE_MADE = auto()
    MEMBERS_CODE_FAILED = auto()  # somebody typed another code of the hall
    OFFICE_SET_UP = auto()  # its first account was made by such a link
    REFUSED = auto()  # a signed-in person asked for what their roles do not allow


def record(event: SecurityEvent, **facts: str | int | None) -> None:
    """Append one event, with the network address of the request if there is one.

    Call it after the commit of what it tells of. It never raises: where the line cannot be written,
    the ordinary log says so.
    """
    if not has_app_context():
        return
    moment = now()
    line: dict[str, str | int] = {"at": moment.isoformat(timespec="seconds"), "event": event.value}
    line.update({name: value for name, value in facts.items() if value is not None})
    if has_request_context() and request.remote_addr:
        line[ADDRESS] = request.remote_addr
    try:
        _append(_folder() / f"{moment:%Y-%m-%d}.log", json.dumps(line) + "\n")
    except OSError as wrong:
        log.error(
            "the security log cannot be written", reason=wrong.strerror, event_lost=event.value
        )


def newest_first(folder: Path, until: date | None = None) -> Iterator[dict[str, str | int]]:
    """The lines of the log, the newest first; with `until` (UTC), of that day and before.

    A file is read when its turn comes. A line that was cut by a loss of power is left out.
    """
    for file in sorted(folder.glob("????-??-??.log"), reverse=True):
        if until is not None and file.stem > until.isoformat():
            continue
        for line in reversed(file.read_text(encoding="utf-8", errors="replace").splitlines()):
            try:
                facts = json.loads(line)
            except ValueError:
                continue
            yield facts


def prune(folder: Path, moment: datetime) -> int:
    """Take the network addresses out of lines older than 90 days, and drop files older than two
    years.

    Files of past days are written by nobody, so that they can be replaced. Gives back how many
    files were changed.
    """
    changed = 0
    for file in sorted(folder.glob("????-??-??.log")):
        day = file.stem
        if day < f"{moment - LINES_KEPT:%Y-%m-%d}":
            file.unlink(missing_ok=True)
            changed += 1
        elif day < f"{moment - ADDRESSES_KEPT:%Y-%m-%d}":
            changed += _without_addresses(file)
    return changed


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].security_log
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _append(file: Path, line: str) -> None:
    """One write, so that lines of several processes stay whole."""
    target = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(target).st_size < LARGEST_FILE:
            os.write(target, line.encode())
    finally:
        os.close(target)


# files that were read and hold no address: path, time of change, size; of this process
_known_without: set[tuple[Path, int, int]] = set()


def _without_addresses(file: Path) -> bool:
    """Whether the file was changed.

    One that holds no address any more is read once by each process, not every time.
    """
    about = file.stat()
    seen = (file, about.st_mtime_ns, about.st_size)
    if seen in _known_without:
        return False
    before = file.read_text(encoding="utf-8", errors="replace")
    after = "".join(_line_without_address(line) for line in before.splitlines(keepends=True))
    if after == before:
        _known_without.add(seen)
        return False
    part = file.with_suffix(".part")
    with open(
        os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as out:
        out.write(after)
    part.replace(file)
    return True


def _line_without_address(line: str) -> str:
    """A line that was cut by a loss of power cannot be read: it goes, as an address may be in
    it.
    """
    try:
        facts = json.loads(line)
    except ValueError:
        return ""
    if ADDRESS not in facts:
        return line
    del facts[ADDRESS]
    return json.dumps(facts) + "\n"
