"""Whether this installation is well.

What it stands on, looked at one by one, each with what to do where it is not.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker import proxies
from tracker.clock import now
from tracker.config import KEY_FILE, Settings
from tracker.engine import READING
from tracker.extensions import db
from tracker.jobs.heartbeat import worker_state
from tracker.reading.columns import columns
from tracker.record import anchors, ledger, ledger_tables
from tracker.record.bodies import Body
from tracker.rules.office_tasks import OLD_BACKUP
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import backup, guards, migrations, serve

LITTLE_SPACE = 2**30  # bytes
MEGABYTE = 2**20


class CheckState(StrEnum):
    WELL = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class CheckResult:
    about: str
    state: CheckState
    words: str


def examine(
    settings: Settings, more: Mapping[str, Callable[[Settings], StateAndWords]] | None = None
) -> Iterator[CheckResult]:
    """Every check, in the order in which a problem would stop the next.

    `more`: checks of other rooms. In an application's context.
    """
    for about, check in (CHECKS | dict(more or {})).items():
        try:
            state, words = check(settings)
        except (OSError, SQLAlchemyError, ValueError) as wrong:
            state, words = CheckState.PROBLEM, str(wrong).splitlines()[0]
        yield CheckResult(about, state, words)


StateAndWords = tuple[CheckState, str]


def _python(_settings: Settings) -> StateAndWords:
    return CheckState.WELL, _(
        "Python %(version)s on %(platform)s", version=sys.version.split()[0], platform=sys.platform
    )


def _folder(settings: Settings) -> StateAndWords:
    if not os.access(settings.instance, os.W_OK | os.X_OK):
        return CheckState.PROBLEM, _(
            "%(folder)s cannot be written by this user: it belongs to user %(owner)s.",
            folder=settings.instance,
            owner=settings.instance.stat().st_uid,
        )
    if stat.S_IMODE(settings.instance.stat().st_mode) & 0o077:
        return CheckState.WARNING, _(
            "Others than its owner may look into it: chmod 700 %(folder)s", folder=settings.instance
        )
    return CheckState.WELL, str(settings.instance)


def _key(settings: Settings) -> StateAndWords:
    key = settings.instance / KEY_FILE
    if stat.S_IMODE(key.stat().st_mode) & 0o077:
        return CheckState.PROBLEM, _(
            "Others than its owner may read the secret key: chmod 600 %(key)s", key=key
        )
    if key.stat().st_uid != os.geteuid():
        return CheckState.WARNING, _(
            "The secret key belongs to another user (%(owner)s): run the tracker as that user.",
            owner=key.stat().st_uid,
        )
    return CheckState.WELL, _("only its owner may read it")


def _database(_settings: Settings) -> StateAndWords:
    with db.engine.connect().execution_options(**READING) as connection:
        if connection.dialect.name == "sqlite":
            words = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
            if words != "ok":
                return CheckState.PROBLEM, _(
                    "SQLite finds the file damaged (%(why)s): restore a backup.", why=words
                )
            return (
                CheckState.WELL,
                f"SQLite {connection.exec_driver_sql('SELECT sqlite_version()').scalar_one()}",
            )
        return CheckState.WELL, str(
            connection.exec_driver_sql("SHOW server_version").scalar_one()
        ).join(("PostgreSQL ", ""))


def _migrations(_settings: Settings) -> StateAndWords:
    has, needs = migrations.version(), migrations.newest()
    if has != needs:
        return CheckState.PROBLEM, _(
            "The database has version %(has)s, the program needs %(needs)s: run `tracker init`.",
            has=has or _("none"),
            needs=needs,
        )
    return CheckState.WELL, _("version %(has)s", has=has)


def _guards(_settings: Settings) -> StateAndWords:
    """Triggers that refuse to change what is written once."""
    with db.engine.connect().execution_options(**READING) as connection:
        guards_found = guards.inspect_guards(connection)
    if guards_found.missing:
        return CheckState.PROBLEM, _(
            "%(missing)s of %(wanted)s guards are missing (%(first)s): run `tracker init`, then "
            "`tracker verify`.",
            missing=len(guards_found.missing),
            wanted=len(guards_found.wanted),
            first=guards_found.missing[0],
        )
    if guards_found.changed:
        return CheckState.PROBLEM, _(
            "%(changed)s of %(wanted)s guards are not those of the tracker (%(first)s): run "
            "`tracker init`, then `tracker verify`.",
            changed=len(guards_found.changed),
            wanted=len(guards_found.wanted),
            first=guards_found.changed[0],
        )
    if guards_found.other:
        return CheckState.PROBLEM, _(
            "The database has what the tracker did not make (%(others)s): find out who did, and "
            "take it away.",
            others=", ".join(guards_found.other),
        )
    return CheckState.WELL, _("%(count)s in place", count=len(guards_found.wanted))


def _clock(_settings: Settings) -> StateAndWords:
    now = datetime.now(UTC)
    with db.engine.connect().execution_options(**READING) as connection:
        newest = connection.scalar(ledger.NEWEST)
    if newest and newest > now + ledger.CLOCK_TOLERANCE:
        return CheckState.PROBLEM, _(
            "The system's clock is behind the newest event (%(newest)s UTC): set it. Until then "
            "nothing can be recorded. "
            "If the clock is right, the record was changed: `tracker verify` says more.",
            newest=f"{newest:%Y-%m-%d %H:%M}",
        )
    if newest and now > newest + ledger.LONGEST_PAUSE:
        return CheckState.PROBLEM, _(
            "The newest event is of %(newest)s UTC, more than %(days)s days ago. Look at the "
            "system's clock (%(now)s UTC); "
            "if it is right, run `tracker doctor --clock-is-right` once. Until then nothing can "
            "be recorded.",
            newest=f"{newest:%Y-%m-%d %H:%M}",
            days=ledger.LONGEST_PAUSE.days,
            now=f"{now:%Y-%m-%d %H:%M}",
        )
    return CheckState.WELL, f"{now:%Y-%m-%d %H:%M} UTC"


def _disk(settings: Settings) -> StateAndWords:
    free = shutil.disk_usage(settings.instance).free
    if free < LITTLE_SPACE:
        state = CheckState.PROBLEM if free < LITTLE_SPACE // 10 else CheckState.WARNING
        return state, _("Only %(free)s MB are free: make room.", free=free // MEGABYTE)
    return CheckState.WELL, _("%(free)s MB free", free=f"{free // MEGABYTE:,}")


def _proxy(settings: Settings) -> StateAndWords:
    """Behind a proxy that is not declared all visitors have one address.

    Who tries passwords keeps everybody from signing in.
    """
    if settings.proxies:
        return CheckState.WELL, ngettext(
            "%(num)s proxy is declared", "%(num)s proxies are declared", settings.proxies
        )
    noticed = proxies.undeclared(settings)
    if noticed is None:
        return CheckState.WELL, _("none is declared, and none was noticed")
    first, file = f"{noticed.first_seen:%Y-%m-%d}", settings.proxy_file.name
    if noticed.nearby:
        return CheckState.PROBLEM, _(
            "Requests come through a proxy that is not declared (first on %(first)s): all "
            "visitors count as one. "
            "Set TRACKER_PROXIES=1 (the number of your proxies) and serve again; if there is "
            "none, remove %(file)s.",
            first=first,
            file=file,
        )
    return CheckState.WARNING, _(
        "A request said that it came through a proxy (first on %(first)s). If one stands in "
        "front, set TRACKER_PROXIES=1 "
        "(the number of your proxies); if none does, a visitor made it up: remove %(file)s.",
        first=first,
        file=file,
    )


def _heads(settings: Settings) -> StateAndWords:
    name = settings.heads_file.name
    # The database is read before the file: each of these heads is in it, then.
    with db.engine.connect().execution_options(**READING) as connection:
        newest_events = sa.select(ledger.HEAD.c.event_id).order_by(ledger.HEAD.c.chain)
        heads = connection.scalars(newest_events).all()
    if not settings.heads_file.exists():
        return _no_heads_file(name, heads)
    try:
        with settings.heads_file.open("rb+"):
            kept = anchors.read(settings.heads_file)
    except (OSError, anchors.UnreadableAnchors) as wrong:
        return CheckState.PROBLEM, _(
            "%(file)s cannot be written or read (%(why)s). Acts are recorded all the same, but "
            "that nothing was cut off "
            "cannot be proved: see to its place, its rights, and the disk.",
            file=name,
            why=wrong,
        )
    if kept.unreadable_lines:
        return CheckState.PROBLEM, _(
            "%(file)s, line %(line)s, is not a head: run `tracker verify`.",
            file=name,
            line=kept.unreadable_lines[0],
        )
    return _heads_beside_those_kept(name, heads, kept.anchors)


def _no_heads_file(name: str, heads: Sequence[int]) -> StateAndWords:
    if any(key % ledger_tables.CHAIN for key in heads):
        return CheckState.PROBLEM, _(
            "%(file)s is gone: whether the newest events were cut off cannot be told. Put the "
            "newest copy in its place, and run `tracker verify`.",
            file=name,
        )
    return CheckState.WARNING, _(
        "There is no %(file)s yet: it begins with the next act, and proves then that nothing "
        "was cut off.",
        file=name,
    )


def _heads_beside_those_kept(
    name: str, heads: Sequence[int], kept_heads: Iterable[tuple[int, str]]
) -> StateAndWords:
    """The file may lack the newest: they are written after the commit."""
    newest = {
        key // ledger_tables.CHAIN: key % ledger_tables.CHAIN for key, _hash in sorted(kept_heads)
    }
    for key in heads:
        chain, number = divmod(key, ledger_tables.CHAIN)
        if newest.get(chain, 0) < number:
            return CheckState.WARNING, _(
                "%(file)s ends at event %(kept)s of chain %(chain)s, the record at %(number)s: "
                "some heads could not be written. The next act writes the newest again.",
                file=name,
                kept=newest.get(chain, 0),
                chain=chain,
                number=number,
            )
    return CheckState.WELL, name


def _pdf(_settings: Settings) -> StateAndWords:
    done = subprocess.run(
        [sys.executable, "-P", "-c", "import weasyprint"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return CheckState.WELL, _("WeasyPrint finds its system libraries")
    return CheckState.PROBLEM, _(
        "WeasyPrint's system libraries are missing, no PDF can be made: "
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )


def _worker(settings: Settings) -> StateAndWords:
    running = serve.running(settings.instance)
    worker = worker_state(settings, now())
    seen = f"{worker.seen_at:%Y-%m-%d %H:%M} UTC" if worker.seen_at else _("never")
    if running and "worker" not in running:
        return CheckState.PROBLEM, _(
            "The server runs, its worker does not (last seen: %(seen)s): reports and mail wait. "
            "See its log.",
            seen=seen,
        )
    if running and worker.is_down:
        return CheckState.WARNING, _(
            "The server and its worker run, but the worker was last seen %(seen)s: see its log.",
            seen=seen,
        )
    if running:
        return CheckState.WELL, _("the server and its worker run")
    if not worker.is_down:
        return CheckState.WELL, _("the worker runs by itself, last seen %(seen)s", seen=seen)
    return CheckState.WARNING, _(
        "This instance is not being served: `tracker serve`. Its worker was last seen: %(seen)s.",
        seen=seen,
    )


def _backup(settings: Settings) -> StateAndWords:
    made_at = backup.made_at(settings)
    if made_at is None:
        begun = datetime.fromtimestamp((settings.instance / KEY_FILE).stat().st_mtime, UTC)
        words = _("none was made with `tracker backup` yet")
        is_new = begun > now() - OLD_BACKUP
        return CheckState.WELL if is_new else CheckState.WARNING, words
    words = _("the last was made %(at)s UTC", at=f"{made_at:%Y-%m-%d %H:%M}")
    if made_at < now() - OLD_BACKUP:
        return CheckState.WARNING, _("%(last)s: make one with `tracker backup`.", last=words)
    return CheckState.WELL, words


def _columns(_settings: Settings) -> StateAndWords:
    """Cells that no field holds: earlier versions showed them to everybody."""
    with Session(db.engine.execution_options(**READING)) as session:
        bodies = session.scalars(sa.select(Body).order_by(Body.slug)).all()
        guards_found = [
            column
            for body in bodies
            for column in columns(session, body)
            if column.closed_by_upgrade
        ]
    if not guards_found:
        return CheckState.WELL, _("none was taken off the public pages by an update")
    names = "; ".join(
        f"{column.body}/{column.convention}: {column.heading}" for column in guards_found
    )
    return CheckState.WARNING, _(
        "These columns of lists showed to everybody before the update, and do not any more: "
        "%(names)s. What readers may see, open with `tracker columns open`.",
        names=names,
    )


CHECKS: dict[str, Callable[[Settings], StateAndWords]] = {
    "python": _python,
    "instance": _folder,
    "secret key": _key,
    "disk": _disk,
    "database": _database,
    "migrations": _migrations,
    "guards": _guards,
    "clock": _clock,
    "columns": _columns,
    "heads": _heads,
    "proxy": _proxy,
    "pdf": _pdf,
    "worker": _worker,
    "backup": _backup,
}
