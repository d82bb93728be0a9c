"""The database's version: whether migrations wait, running them, and writing the next.

The migrations themselves are in migrations/.
"""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from tracker.engine import READING
from tracker.extensions import db
from tracker.translation import gettext as _


class UnknownVersion(Exception):
    """The database was made by a program that knows more migrations than this one; the text says
    what to do.
    """


def _config(guarded: bool = True) -> Config:
    config: Config = current_app.extensions["migrate"].migrate.get_config()
    config.attributes["guarded"] = guarded
    return config


def newest() -> str | None:
    """The version that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def version() -> str | None:
    """The version that the database has; None: it is empty."""
    with db.engine.connect() as connection:
        reading = connection.execution_options(**READING)
        with reading.begin():
            return MigrationContext.configure(reading).get_current_revision()


def pending() -> bool:
    """Whether the database is of another version than this program's."""
    return version() != newest()


def require_known() -> None:
    """Raises UnknownVersion."""
    has = version()
    if has is not None and has not in {
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    }:
        raise UnknownVersion(
            _(
                "The database has version %(has)s, which this program does not know: a newer one "
                "made it. Install that one.",
                has=has,
            )
        )


def upgrade() -> None:
    """Bring the database up to date, in one transaction; where nothing waits, only the guards are
    put back.

    Raises UnknownVersion.
    """
    require_known()
    command.upgrade(_config(), "head")


def downgrade(to: str) -> None:
    """Back to an older version, "base" for none.

    What newer columns hold is lost: meant for tests, and for making a demonstration anew.
    """
    command.downgrade(_config(), to)


def revise(message: str) -> None:
    """Write the migration that leads from the newest version to the models, a draft to be read.

    The database is thrown away: it gets no guards, which would name tables that it does not have
    yet.
    """
    command.upgrade(_config(guarded=False), "head")
    command.revision(_config(guarded=False), message, autogenerate=True)
