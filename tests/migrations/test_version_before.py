"""An instance of a version before.

Its backup is restored and brought up to date, its proof holds, and it gives the answers that it
gave.

`version_0001.tar.gz` and `version_0004.tar.gz` are backups of the demonstration, made by the
program at schema 0001 and 0004 (with another key, and without passwords). `version_0001.json` is
what that program said on 29 November 2026 of each item: standing, verdict, change, spent;
`version_0004.json` is its whole export, but for texts, and its rates.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
DAY = "2026-11-29"
WENT_WITH_ITS_ENTRY = {"2025/nbi-2": "28712.50"}
"""An entry was corrected there, and $750.00 of it counted all the same; what is corrected counts as
never said, its money too.
"""


def brought_up_to_date(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[Command, str]:
    """On SQLite, as it was; and what `restore` said."""
    for variable in ("TRACKER_INSTANCE", "TRACKER_BASE_URL", "TRACKER_DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    command = Command(tmp_path / "older", capsys, monkeypatch)
    restored = command("restore", HERE / name)
    assert restored.status == 0
    assert command("init").status == 0
    return command, restored.err


@pytest.fixture
def updated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    command, output = brought_up_to_date("version_0001.tar.gz", tmp_path, capsys, monkeypatch)
    assert "made by an older version and has no list of SHA-256" in output
    return command


def exported(command: Command, folder: Path) -> dict[str, dict[str, Any]]:
    """Of each convention and code, what the export says of the item."""
    item_by_address = {}
    for convention in ("2022", "2025", "2026", "2026-special"):
        file = folder / f"{convention}.json"
        words = ("export", "items", "--convention", convention, "--format", "json")
        assert command(*words, "--as-of", DAY, "--output", file).status == 0
        for item in json.loads(file.read_text())["items"]:
            item_by_address[f"{convention}/{item['code']}"] = item
    return item_by_address


def test_its_proof_holds_with_its_anchors(updated: Command) -> None:
    proved = updated("verify")
    assert proved.status == 0, proved.out
    assert "683 events in 2 chains" in proved.out and ": proved." in proved.out


def test_the_columns_that_went_off_the_pages_are_named(updated: Command) -> None:
    assert "school-workers/2022: Remarks" in updated("doctor").out


def test_it_gives_the_answers_that_it_gave(updated: Command, tmp_path: Path) -> None:
    names = ("standing", "verdict", "change", "spent")
    answers = {
        code: [item[name] for name in names] for code, item in exported(updated, tmp_path).items()
    }
    before = json.loads((HERE / "version_0001.json").read_text())
    for code, spent in WENT_WITH_ITS_ENTRY.items():
        assert before[code][-1] != spent
        before[code][-1] = spent
    assert answers == before


def test_the_same_export_and_rates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One derivation took the place of several; an instance from before says what it said, and its
    proof and anchors hold.
    """
    command, _ = brought_up_to_date("version_0004.tar.gz", tmp_path, capsys, monkeypatch)
    proved = command("verify")
    assert proved.status == 0 and "688 events in 2 chains" in proved.out
    assert command("rebuild", "--check").status == 0
    before = json.loads((HERE / "version_0004.json").read_text())
    items = exported(command, tmp_path)
    assert items.keys() == before["items"].keys()
    for code, item in before["items"].items():
        assert {name: items[code][name] for name in item} == item, code
    rates = json.loads(command("rates", "--json", "--as-of", DAY).out)
    assert [
        {
            **cohort,
            "rates": [
                {k: v for k, v in rate.items() if k != "definition"} for rate in cohort["rates"]
            ],
        }
        for cohort in rates
    ] == before["rates"]
