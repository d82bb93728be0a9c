"""What tests of importing may ask for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.factories.import_office import Office
from tracker.cli import main

from .commands import Run
from .published_list import PUBLISHED_LIST

# Its tests are collected only where the list is there.
collect_ignore = [] if PUBLISHED_LIST.exists() else ["test_published_list.py"]


@pytest.fixture
def office(session: Session) -> Office:
    """An office with an empty record, as of its usual day; a test may have one of its own."""
    return Office(session)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty instance, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("made") / "instance"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["tracker", "--instance", str(folder), "init"])
        patch.delenv("TRACKER_DATABASE_URL", raising=False)
        with pytest.raises(SystemExit):
            main()
    return folder


@pytest.fixture
def tracker(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    shutil.copytree(made, tmp_path / "instance")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.delenv("TRACKER_DATABASE_URL", raising=False)

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["tracker", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run
