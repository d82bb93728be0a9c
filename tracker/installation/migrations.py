"""The database's version: whether migrations wait, running them, and writing the next.

The migrations themselves are in migrations/. Alembic is imported where one runs: each command
asks whether one waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import current_app

from tracker.engine import READING
from tracker.extensions import db
from tracker.paths import MIGRATIONS
from tracker.translation import gettext as _

if TYPE_CHECKING:
    from alembic.config import Config


VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))


class UnknownVersion(Exception):
    """The database was made by a program that knows more migrations than this one; the text says
    what to do.
    """


def _config(guarded: bool = True) -> Config:
    from flask_migrate import Migrate

    migrate = Migrate(
        current_app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True
    )
    config: Config = migrate.get_config()
    config.attributes["guarded"] = guarded
    return config


def newest() -> str:
    """The version that this program needs: the number of the last migration, by its file's name."""
    files = (MIGRATIONS / "versions").glob("[0-9]*.py")
    return max(file.name.partition("_")[0] for file in files)


def version() -> str | None:
    """The version that the database has; None: it is empty."""
    with db.engine.connect() as connection:
        reading = connection.execution_options(**READING)
        with reading.begin():
            if not sa.inspect(reading).has_table(VERSION.name):
                return None
            return reading.scalar(sa.select(VERSION.c.version_num))


def pending() -> bool:
    """Whether the database is of another version than this program's."""
    return version() != newest()


def require_known() -> None:
    """Raises UnknownVersion."""
    from alembic.script import ScriptDirectory

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
    from alembic import command

    require_known()
    command.upgrade(_config(), "head")


def downgrade(to: str) -> None:
    """Back to an older version, "base" for none.

    What newer columns hold is lost: meant for tests, and for making a demonstration anew.
    """
    from alembic import command

    command.downgrade(_config(), to)


def revise(message: str) -> None:
    """Write the migration that leads from the newest version to the models, a draft to be read.

    The database is thrown away: it gets no guards, which would name tables that it does not have
    yet.
    """
    from alembic import command

    command.upgrade(_config(guarded=False), "head")
    command.revision(_config(guarded=False), message, autogenerate=True)
