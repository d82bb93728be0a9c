"""Instances with the conventions that `report_data` makes; made once, and copied for each run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.acts import clock
from tracker.application import open_instance
from tracker.extensions import db

from .report_data import convention_of

TRACKER = [sys.executable, "-c", "from tracker.cli import main; main()"]


@contextmanager
def instance_with(
    count: int, *, heavy: bool, bodies: int = 1, kept_in: Path | None = None
) -> Iterator[Path]:
    """The folder of an instance with a convention of so many items in each of its bodies.

    :param kept_in: where it is kept as it was made, for the next run
    """
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        name = f"{bodies}-of-{count}-{'heavy' if heavy else 'light'}"
        if kept_in is None:
            _make(instance, count, heavy, bodies)
        else:
            kept = kept_in / name
            if not kept.exists():
                part = kept_in / f"{name}.{os.getpid()}.part"
                _make(part, count, heavy, bodies)
                part.rename(kept)
            shutil.copytree(kept, instance)
        yield instance


def _make(instance: Path, count: int, heavy: bool, bodies: int) -> None:
    instance.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [*TRACKER, "--instance", str(instance), "init"], check=True, stdout=subprocess.DEVNULL
    )
    with open_instance(instance), Session(db.engine) as session:
        for number in range(1, bodies + 1):
            convention_of(session, count, slug=f"bench-{number}", heavy=heavy)
        clock.confirm(session, datetime.now(UTC))  # its acts are of the past
        session.commit()
