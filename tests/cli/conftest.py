"""The `tracker` command as another program sees it.

Exit status, standard output, standard error; on instances of their own.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from tests.conftest import ENGINES, fresh_url
from tests.postgres import make_database
from tracker import cli
from tracker.acts import bodies, conventions
from tracker.application import open_instance
from tracker.cli import opened
from tracker.clock import now
from tracker.installation import create

DATABASE_URL = "TRACKER_DATABASE_URL"  # names a PostgreSQL in place of the instance's own SQLite


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output is JSON and nothing else."""
        return json.loads(self.out)


@dataclass
class Command:
    """`command("init")`; refusals are one line on standard error, and never a traceback."""

    instance: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    @property
    def engine(self) -> str:
        """Of its database: `sqlite` or `postgresql`."""
        return "postgresql" if DATABASE_URL in os.environ else "sqlite"

    def __call__(self, *words: object, instance: Path | None = None) -> Done:
        self.patch.setattr(
            "sys.argv", ["tracker", "--instance", str(instance or self.instance), *map(str, words)]
        )
        self.capture.readouterr()
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = self.capture.readouterr()
        code = left.value.code
        done = Done(code if isinstance(code, int) else 0, out, err)
        assert "Traceback" not in err
        if done.status:
            assert len(err.strip().splitlines()) == 1 or out, err
        return done


@pytest.fixture(params=ENGINES)
def command(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Command:
    """In an instance that is still to be made, on each engine."""
    for name in ("TRACKER_INSTANCE", "TRACKER_BASE_URL", DATABASE_URL):
        monkeypatch.delenv(name, raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv(DATABASE_URL, fresh_url("postgresql", request, tmp_path_factory))
    return Command(tmp_path / "our-union", capsys, monkeypatch)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, str]]:
    """An instance with a body `union` and its conventions 2017 and 2025, on an engine: made once a
    worker, to be copied.

    Its folder, and its database's name.
    """

    @cache
    def make(kind: str) -> tuple[Path, str]:
        folder, name = (
            tmp_path_factory.mktemp("made") / "instance",
            f"t_made_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}",
        )
        with pytest.MonkeyPatch.context() as patch:
            if kind == "postgresql":
                patch.setenv(DATABASE_URL, make_database(name))
            create.make(folder)
            with open_instance(folder):
                create.bring_up_to_date()
                body = bodies.found_body(
                    opened.session(),
                    "union",
                    {"name": "Our union", "time_zone": "America/New_York", "currency": "USD"},
                    now(),
                )
                context = opened.context_for(body)
                conventions.record(
                    context, "2017", "The convention of 2017", conventions.Dates(year=2017)
                )
                conventions.record(
                    context, "2025", "The convention of 2025", conventions.Dates(year=2025)
                )
                opened.session().commit()
        return folder, name

    return make


@pytest.fixture
def with_a_body(command: Command, made: Callable[[str], tuple[Path, str]]) -> Command:
    """In an instance with a body `union`, and its conventions 2017 (dates not known) and 2025."""
    url = os.environ.get(DATABASE_URL)
    folder, name = made("postgresql" if url else "sqlite")
    shutil.copytree(folder, command.instance)
    if url:
        make_database(sa.make_url(url).database or "", template=name)
    return command
