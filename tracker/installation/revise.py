"""For developers: `python -m tracker.installation.revise "what it does"` writes the next migration, from what the models have more."""
from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tracker import create_app
from tracker.config import DATABASE, Settings

from . import migrations


def main() -> None:
    with TemporaryDirectory() as folder:
        app = create_app(Settings(Path(folder), "no secret: this database is thrown away", f"sqlite:///{Path(folder) / DATABASE}"))
        with app.app_context():
            migrations.upgrade()
            migrations.revise(" ".join(sys.argv[1:]) or "changes")


if __name__ == "__main__":
    main()
