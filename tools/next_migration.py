"""Writes the next migration, from what the models have more than the migrations: `make migration`.

Called as `python tools/next_migration.py "what it does"`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

import tracker
from tracker import create_app
from tracker.config import DATABASE, Settings
from tracker.installation import migrations


def every_table() -> None:
    """Enter every room, so that no table is unknown to the metadata."""
    for module in walk_packages(tracker.__path__, "tracker."):
        if module.name != "tracker.wsgi":  # it needs an instance
            import_module(module.name)


def main() -> None:
    every_table()
    with TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                instance=Path(folder),
                secret_key="no secret: this database is thrown away",
                database_url=f"sqlite:///{Path(folder) / DATABASE}",
            )
        )
        with app.app_context():
            migrations.revise(" ".join(sys.argv[1:]) or "changes")


if __name__ == "__main__":
    main()
