"""PostgreSQL's own programs, run on this installation's database: pg_dump, pg_restore."""

from __future__ import annotations

import os
import subprocess

import sqlalchemy as sa

from tracker.extensions import db
from tracker.translation import gettext as _


class ProgramFailed(Exception):
    """The program is missing, or ended with a fault; the text says what to do."""


def run(program: str, *words: str, last: str | None = None) -> None:
    """In an application's context.

    The password is passed in the environment, where no list of processes shows it. Raises Failed.
    """
    url = db.engine.url
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    address = sa.URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string()
    try:
        done = subprocess.run(
            [program, *words, address, *([last] if last else [])],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as missing:
        raise ProgramFailed(
            _(
                "%(program)s is not installed: install PostgreSQL's client programs of the "
                "server's version.",
                program=program,
            )
        ) from missing
    if done.returncode:
        why = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else _("it failed")
        raise ProgramFailed(f"{program}: {why}")
