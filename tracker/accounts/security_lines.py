"""What the page of the security log shows of it to those who read it in a body: lines with names.

How lines are written and kept is in `tracker.security_log`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.record.ledger_tables import Text
from tracker.record.people import (
    COMMAND_LINE,
    IS_RENAMED,
    NAME_OF_TODAY,
    Person,
    PersonAccount,
    PersonName,
    RoleHeld,
)
from tracker.rules.codes import Role
from tracker.security_log import ADDRESS, SecurityEvent

from .user import User

ON_A_PAGE = 50
MOST_READ = 100_000  # lines for one page: older ones are asked for by their day
EVENTS = frozenset(event.value for event in SecurityEvent)
Line = Mapping[str, str | int]


@dataclass(frozen=True, kw_only=True)
class LogReader:
    """Of which body the lines are read, and the names in it."""

    body_id: int
    slug: str
    zone: ZoneInfo
    accounts: Mapping[int, str]  # names, by the key of the account: of those who are somebody here
    people: Mapping[int, str]  # names, by the key of the person
    accounts_of: Mapping[int, frozenset[int]]  # by person
    units: Mapping[int, str]
    roles: Mapping[int, tuple[Role, int | None]]  # by the key of a role held: role and unit


@dataclass(frozen=True, kw_only=True)
class LogFilter:
    event: SecurityEvent | None = None
    person_id: int | None = None
    until: date | None = None  # a day in the body's zone


@dataclass(frozen=True, kw_only=True)
class SecurityLine:
    at: datetime  # in the body's zone
    event: SecurityEvent
    who: str | None  # whom it concerns; None: nobody that is known here
    by: str | None  # who did it, where that is somebody else
    by_command: bool
    role: Role | None
    unit: str | None
    asked: str | None  # the template of the address that was refused
    network_address: str | None  # None: taken out after 90 days, or none


@dataclass(frozen=True, kw_only=True)
class SecurityPage:
    lines: tuple[SecurityLine, ...]
    has_older: bool
    read_all: bool  # else there are lines older than those that were looked through


def load_reader(
    session: Session, body_id: int, slug: str, zone: ZoneInfo, units: Mapping[int, str]
) -> LogReader:
    """The names by which lines are told. Three statements."""
    people = {
        key: name or ""
        for key, name in session.execute(
            sa.select(Person.id, Text.words)
            .select_from(Person)
            .outerjoin(PersonName, IS_RENAMED)
            .join(Text, Text.digest == NAME_OF_TODAY)
            .where(Person.body_id == body_id, Text.words.is_not(None))
        )
    }
    accounts: dict[int, str] = {}
    accounts_of: dict[int, frozenset[int]] = {}
    joined = session.execute(
        sa.select(PersonAccount.person_id, User.id, User.name)
        .join(User, User.id == PersonAccount.user_id)
        .join(Person, Person.id == PersonAccount.person_id)
        .where(Person.body_id == body_id, PersonAccount.retracted_by.is_(None))
    )
    for person_id, account_id, name in joined:
        accounts[account_id] = name
        accounts_of[person_id] = accounts_of.get(person_id, frozenset()) | {account_id}
    held = session.execute(
        sa.select(RoleHeld.id, RoleHeld.role, RoleHeld.unit_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(Person.body_id == body_id)
    )
    return LogReader(
        body_id=body_id,
        slug=slug,
        zone=zone,
        accounts=accounts,
        people=people,
        accounts_of=accounts_of,
        units=units,
        roles={key: (role, unit_id) for key, role, unit_id in held},
    )


def read_page(folder: Path, reader: LogReader, wanted: LogFilter, page: int) -> SecurityPage:
    """A page of lines, the newest first; pages are numbered from 1."""
    counter = _Counted(security_log.newest_first(folder, _last_file(reader, wanted)))
    fitting = (line for line in counter if _fits(line, reader, wanted))
    first = (page - 1) * ON_A_PAGE
    found = list(islice(fitting, first, first + ON_A_PAGE + 1))
    return SecurityPage(
        lines=tuple(_told(line, reader) for line in found[:ON_A_PAGE]),
        has_older=len(found) > ON_A_PAGE,
        read_all=not counter.stopped,
    )


class _Counted:
    """Lines, until so many were read."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines
        self.stopped = False

    def __iter__(self) -> Iterator[Line]:
        for number, line in enumerate(self._lines):
            if number >= MOST_READ:
                self.stopped = True
                return
            yield line


def _last_file(reader: LogReader, wanted: LogFilter) -> date | None:
    """The files are of days in UTC: the last instant of the body's day may lie in the next."""
    if wanted.until is None:
        return None
    return datetime.combine(wanted.until, time.max, reader.zone).astimezone(UTC).date()


def _moment(line: Line, reader: LogReader) -> datetime:
    return datetime.fromisoformat(str(line["at"])).astimezone(reader.zone)


def _fits(line: Line, reader: LogReader, wanted: LogFilter) -> bool:
    if line.get("event") not in EVENTS or not _concerns_body(line, reader):
        return False
    if wanted.event is not None and line["event"] != wanted.event:
        return False
    if wanted.person_id is not None and not _concerns_person(line, reader, wanted.person_id):
        return False
    return wanted.until is None or _moment(line, reader).date() <= wanted.until


def _concerns_body(line: Line, reader: LogReader) -> bool:
    """It names this body; or none, and an account that is somebody here, or no account at all."""
    body = line.get("body")
    if body is not None:
        return body in (reader.body_id, reader.slug)
    account = line.get("account")
    return account is None or account in reader.accounts


def _concerns_person(line: Line, reader: LogReader, person_id: int) -> bool:
    if person_id in (line.get("person"), line.get("by_person")):
        return True
    return line.get("account") in reader.accounts_of.get(person_id, frozenset())


def _told(line: Line, reader: LogReader) -> SecurityLine:
    role, unit_id = _role(line, reader)
    by = line.get("by_person")
    account, person = line.get("account"), line.get("person")
    who = reader.people.get(int(person)) if person is not None else None
    if account is not None:
        who = reader.accounts.get(int(account))
    return SecurityLine(
        at=_moment(line, reader),
        event=SecurityEvent(str(line["event"])),
        who=who,
        by=reader.people.get(int(by)) if by is not None and by != person else None,
        by_command=by == COMMAND_LINE,
        role=role,
        unit=reader.units.get(unit_id) if unit_id is not None else None,
        asked=str(line["asked"]) if line.get("asked") else None,
        network_address=str(line[ADDRESS]) if ADDRESS in line else None,
    )


def _role(line: Line, reader: LogReader) -> tuple[Role | None, int | None]:
    """Of a role that was given the line has both; of one that ended, its key."""
    if "role" in line:
        unit_id = line.get("unit_id")
        return Role(str(line["role"])), int(unit_id) if unit_id is not None else None
    held = line.get("role_held")
    return reader.roles.get(int(held), (None, None)) if held is not None else (None, None)
