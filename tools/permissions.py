"""Prints docs/permissions.md: `python tools/permissions.py > docs/permissions.md`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tracker import create_app
from tracker.accounts.permissions_page import permissions_page
from tracker.config import Settings


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                instance=Path(folder),
                secret_key="a key that opens nothing and is thrown away",
                database_url="sqlite://",
                testing=True,
            )
        )
        sys.stdout.write(permissions_page(app))


if __name__ == "__main__":
    main()
