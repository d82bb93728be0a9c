"""Making an instance: its folder, its secret key, its empty database; and bringing one that exists
up to date.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from tracker import config
from tracker.clock import now
from tracker.config import HEADS, KEY_FILE
from tracker.extensions import db
from tracker.record import ledger
from tracker.record.bodies import Body
from tracker.record.kept_summaries import rebuild
from tracker.record.surroundings import zone_of
from tracker.search import index
from tracker.translation import gettext as _

from . import migrations

MAY_LIE_THERE = {".gitignore", "lost+found"}


class CannotMakeInstance(Exception):
    """An instance cannot be made in this folder; the text says why."""


def refuse_unless_empty(folder: Path) -> None:
    """Only an empty folder, or none, becomes an instance. Raises CannotMakeInstance."""
    if config.is_instance(folder):
        raise CannotMakeInstance(_("%(folder)s is an instance already.", folder=folder))
    if folder.exists() and not folder.is_dir():
        raise CannotMakeInstance(_("%(folder)s is a file: name a folder.", folder=folder))
    if folder.is_dir() and (
        other := sorted({path.name for path in folder.iterdir()} - MAY_LIE_THERE)
    ):
        raise CannotMakeInstance(
            _(
                "%(folder)s holds %(other)s: name an empty folder, or one that is not there yet.",
                folder=folder,
                other=repr(other[0]),
            )
        )


def write_private(file: Path, content: str) -> None:
    """A new file that only its owner may read."""
    with open(
        os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as out:
        os.fchmod(out.fileno(), 0o600)
        out.write(content)


def make(folder: Path) -> None:
    """The folder with its key: an instance, though its database is still empty.

    Raises CannotMakeInstance.
    """
    refuse_unless_empty(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / HEADS).touch(mode=0o600)  # from the beginning: that it is gone later shows
    write_private(folder / KEY_FILE, secrets.token_urlsafe(48) + "\n")


def bring_up_to_date() -> bool:
    """Run the migrations that wait, put the guards back, begin the installation's chain, derive
    anew what lists read, as another version may judge otherwise; tells whether any migration
    ran.

    In an application's context.
    """
    ran = migrations.pending()
    migrations.upgrade()
    session = db.session()
    ledger.begin(session)
    for body in session.scalars(sa.select(Body.id)).all():
        today = now().astimezone(zone_of(session, body)).date()
        for _differs in rebuild(session, body, today):
            pass  # it writes, and tells nothing
        for _differs in index.rebuild(session, body):
            pass
    session.commit()
    return ran
