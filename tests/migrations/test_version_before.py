"""An instance of the version before: its backup is restored and brought up to date, its proof holds, and it gives the answers that it gave.

`version_0001.tar.gz` is a backup of the demonstration, made by the program at schema 0001 (with another key, and without passwords);
`version_0001.json` is what that program said on 29 November 2026 of each item: standing, verdict, change, spent.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
DAY = "2026-11-29"
WENT_WITH_ITS_ENTRY = {"2025/nbi-2": "28712.50"}
"""An entry was corrected there, and $750.00 of it counted all the same; what is corrected counts as never said, its money too."""


@pytest.fixture
def updated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    """On SQLite, as it was."""
    for name in ("TRACKER_INSTANCE", "TRACKER_BASE_URL", "TRACKER_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    command = Command(tmp_path / "older", capsys, monkeypatch)
    restored = command("restore", HERE / "version_0001.tar.gz")
    assert restored.status == 0
    assert "made by an older version and has no list of SHA-256" in restored.err
    assert command("init").status == 0
    return command


def test_its_proof_holds_with_its_anchors(updated: Command) -> None:
    proved = updated("verify")
    assert proved.status == 0, proved.out
    assert "683 events in 2 chains" in proved.out and ": proved." in proved.out


def test_the_columns_that_went_off_the_pages_are_named(updated: Command) -> None:
    assert "school-workers/2022: Remarks" in updated("doctor").out


def test_it_gives_the_answers_that_it_gave(updated: Command, tmp_path: Path) -> None:
    said = {}
    for convention in ("2022", "2025", "2026", "2026-special"):
        file = tmp_path / f"{convention}.json"
        exported = updated(
            "export",
            "items",
            "--convention",
            convention,
            "--format",
            "json",
            "--as-of",
            DAY,
            "--output",
            file,
        )
        assert exported.status == 0
        for item in json.loads(file.read_text())["items"]:
            said[f"{convention}/{item['code']}"] = [
                item[name] for name in ("standing", "verdict", "change", "spent")
            ]
    before = json.loads((HERE / "version_0001.json").read_text())
    for code, spent in WENT_WITH_ITS_ENTRY.items():
        assert before[code][-1] != spent
        before[code][-1] = spent
    assert said == before
