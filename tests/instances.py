"""Instances that were written once and are copied for each test.

Writing them anew takes most of a test.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from flask import Flask

from tracker.config import Settings
from tracker.extensions import db
from tracker.record import ledger

from .postgres import make_database

_copies = tempfile.TemporaryDirectory(prefix="tracker-saved-")
_numbers = count(1)


@dataclass(frozen=True)
class SavedInstance:
    folder: Path  # the files of the instance, an SQLite database among them
    database: str | None  # the name of the copy on PostgreSQL


_empty: dict[str, SavedInstance] = {}  # by the kind of database


def make_tables(app: Flask) -> None:
    """Make the database with all tables, the guards, and the installation's chain."""
    kind = db_kind(app)
    if kind in _empty:
        restore_instance(app, _empty[kind])
        return
    database = _leave(app)
    if database is not None:
        make_database(database)
    with app.app_context():
        db.create_all()
        ledger.begin(db.session())
        db.session.commit()
    _empty[kind] = save_instance(app)


def db_kind(app: Flask) -> str:
    with app.app_context():
        return db.engine.dialect.name


def save_instance(app: Flask) -> SavedInstance:
    """A copy of the instance as it stands; nobody may be in it meanwhile."""
    folder = Path(_copies.name) / str(next(_numbers))
    database = _leave(app)
    shutil.copytree(_folder(app), folder)
    if database is None:
        return SavedInstance(folder, None)
    saved = f"saved_{os.getpid()}_{folder.name}"
    make_database(saved, template=database)
    return SavedInstance(folder, saved)


def restore_instance(app: Flask, saved: SavedInstance) -> None:
    """Put the copy in the place of what is there."""
    database = _leave(app)
    shutil.rmtree(_folder(app))
    shutil.copytree(saved.folder, _folder(app))
    if database is not None:
        assert saved.database
        make_database(database, template=saved.database)


def _leave(app: Flask) -> str | None:
    """Closes all connections; returns the name of the database on PostgreSQL."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        return db.engine.url.database if db.engine.dialect.name == "postgresql" else None


def _folder(app: Flask) -> Path:
    settings: Settings = app.config["SETTINGS"]
    return settings.instance
