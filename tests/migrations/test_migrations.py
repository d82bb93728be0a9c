"""The migrations make what the models say, and go down again, on both engines, with a record in the
tables.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask

from tests.conftest import ENGINES, fresh_url
from tests.factories.application import new_application
from tests.record.player import Player
from tools.next_migration import every_table
from tracker.engine import connect
from tracker.extensions import Base, db
from tracker.installation import create, migrations
from tracker.paths import MIGRATIONS
from tracker.record.bodies import Body
from tracker.record.proof import prove
from tracker.search.tables import is_described

every_table()


@pytest.fixture(params=ENGINES)
def empty(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application whose database has nothing in it yet."""
    url = fresh_url(request.param, request, tmp_path_factory)
    app = new_application(tmp_path_factory.mktemp("instance"), url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_one_head_and_numbers_without_gaps() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    numbers = sorted(int(walk_revision.revision) for walk_revision in scripts.walk_revisions())
    assert len(scripts.get_heads()) == 1
    assert numbers == list(range(1, len(numbers) + 1))
    assert migrations.newest() == scripts.get_current_head()


def test_models_are_what_the_migrations_make(
    empty: Flask, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    migrations.upgrade()
    with db.engine.connect() as connection:
        assert (
            compare_metadata(
                MigrationContext.configure(
                    connection, opts={"compare_type": True, "include_name": is_described}
                ),
                Base.metadata,
            )
            == []
        )
        made = structure(connection)
    other = connect(
        fresh_url(db.engine.dialect.name, request, tmp_path_factory)
        if db.engine.dialect.name == "sqlite"
        else again(empty)
    )
    Base.metadata.create_all(other)
    with other.connect() as connection:
        assert structure(connection) == made
    other.dispose()


def again(app: Flask) -> str:
    """PostgreSQL: the same database, emptied of what the migrations made."""
    migrations.downgrade("base")
    url: str = app.config["SETTINGS"].database_url
    return url


def _lines(sql: str) -> list[str]:
    """SQLite writes a column that was added later on the line of the one before."""
    return re.sub(r", (\w+ [A-Z]+(?:\(\d+\))?)(?=,)", r",\n\1", sql).splitlines()


def structure(connection: sa.Connection) -> set[str]:
    """All that the database itself knows of its tables.

    Columns, keys, checks, indexes, triggers; but for Alembic's own table.
    """
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> "
            "'alembic_version'"
        )
        return {
            f"{name}: {line}"
            for name, sql in rows
            for line in sorted(re.sub(r"[\s\"]+", " ", part).strip(" ,") for part in _lines(sql))
        }
    queries = (
        "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || "
        "coalesce(' ' || character_maximum_length, '') "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM "
        "pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    )
    return {
        row[0]
        for query in queries
        for row in connection.exec_driver_sql(query)
        if "alembic_version" not in row[0]
    }


WITH_ANOTHER_FACT = """
import sys
from pathlib import Path

from sqlalchemy.orm import Mapped

import tracker.paths

tracker.paths.MIGRATIONS = Path(sys.argv.pop(1))

from tools import next_migration
from tracker.record.ledger import FactTable


class Another(FactTable):
    __tablename__ = "another_fact"
    amount: Mapped[int]


next_migration.main()
"""


@pytest.mark.slow
def test_the_next_migration_is_written_for_a_table_that_is_not_there_yet(tmp_path: Path) -> None:
    """In a process of its own: the table would stay in the metadata of this one."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    known = set(folder.glob("versions/*.py"))
    written = subprocess.run(
        [sys.executable, "-c", WITH_ANOTHER_FACT, folder, "another fact"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert written.returncode == 0, written.stderr
    [new] = set(folder.glob("versions/*.py")) - known
    words = new.read_text()
    assert "another fact" in words
    assert "op.create_table('another_fact'" in words and "op.drop_table('another_fact'" in words


@pytest.mark.slow
def test_up_and_down_with_a_record(empty: Flask) -> None:
    assert migrations.version() is None and migrations.pending()
    assert create.bring_up_to_date()
    assert not migrations.pending()
    player = Player.begin(db.session())
    for move in [(0, 0, 0, 0, 0, 0), (5, 0, 0, 1, 1, 0), (6, 0, 2, 2, 5, 0), (17, 1, 0, 2, 1, 0)]:
        player.play(move)
    db.session.commit()
    assert not create.bring_up_to_date()  # nothing waits; the guards are put back
    with pytest.raises(sa.exc.DatabaseError, match="written once"):
        db.session.execute(sa.update(Body).values(slug="another"))
    db.session.rollback()
    proof = prove(db.session())
    assert not proof.problems and proof.events > 10
    db.session.rollback()
    migrations.downgrade("base")
    with db.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
        if connection.dialect.name == "postgresql":
            assert (
                connection.scalar(sa.text("SELECT count(*) FROM pg_proc WHERE proname = 'refuse'"))
                == 0
            )
    assert create.bring_up_to_date()
