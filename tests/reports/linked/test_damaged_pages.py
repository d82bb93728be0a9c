"""Whatever became of the pages that are kept, a report is made, and no file is broken."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.reports.conftest import Place, report_of
from tests.reports.printing.test_archive import findings
from tracker.current_settings import current_settings
from tracker.reports.linked import contract
from tracker.reports.linked.processes import (
    ContractBroken,
    LayoutFailed,
    PageTask,
    Processes,
    Watch,
    check_contract,
)
from tracker.reports.models import CollectedReport, Report
from tracker.reports.printing.render import RenderedReport
from tracker.reports.printing.ways import PrintEngine

from .both_ways import BothWays
from .comparing import differences

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def both(place: Place) -> BothWays:
    return BothWays(place)


@pytest.fixture(scope="module")
def report(other_kinds: dict[str, CollectedReport]) -> CollectedReport:
    """Of the shortest kind."""
    return other_kinds["silent"]


@pytest.fixture(scope="module")
def plain(both: BothWays, report: CollectedReport) -> Path:
    return both.plain(report, "whole")


@pytest.fixture
def folder(place: Place, both: BothWays, report: CollectedReport) -> Path:
    """With the report's pages."""
    assert both.linked(report, "kept", keeps_pages=True).engine is PrintEngine.LINKED
    with place.app.app_context():
        return current_settings().report_pages


def cut_off(folder: Path) -> None:
    for page in folder.glob("pages/*/*.fragment"):
        page.write_bytes(page.read_bytes()[:-100])


def other_content(folder: Path) -> None:
    for page in folder.glob("pages/*/*.fragment"):
        page.write_bytes(b"\0" * page.stat().st_size)


def other_notes(folder: Path) -> None:
    for notes in folder.glob("pages/*/*.json"):
        notes.write_text('{"units": 1}')


def no_fonts(folder: Path) -> None:
    for font in folder.glob("fonts/*"):
        font.unlink()


def empty_fonts(folder: Path) -> None:
    for font in folder.glob("fonts/*"):
        font.write_bytes(b"")


def no_number(folder: Path) -> None:
    (folder / "next_number").write_text("many")
    for page in folder.glob("pages/*/*.fragment"):
        page.unlink()


DAMAGES = (cut_off, other_content, other_notes, no_fonts, empty_fonts, no_number)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_folder(
    both: BothWays,
    report: CollectedReport,
    plain: Path,
    folder: Path,
    damage: Callable[[Path], None],
) -> None:
    damage(folder)
    both.linked(report, "damaged", keeps_pages=True)
    assert differences(plain, both.file("damaged"), pictures=False) == []
    assert findings(both.file("damaged")) == []
    again = both.linked(report, "again", keeps_pages=True)
    assert again.engine is PrintEngine.LINKED
    assert differences(plain, both.file("again"), pictures=False) == []


def test_a_folder_that_cannot_be_written(
    both: BothWays,
    report: CollectedReport,
    plain: Path,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A file is in its place. The log has one line."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
    folder.write_text("")
    with caplog.at_level(logging.WARNING):
        made = both.linked(report, "elsewhere", keeps_pages=True)
    folder.unlink()
    assert made.engine is PrintEngine.PLAIN
    assert [record.message for record in caplog.records] == [
        "a report is laid out in the plain way"
    ]
    assert both.file("elsewhere").read_bytes() == plain.read_bytes()


def test_a_full_disk(
    both: BothWays, report: CollectedReport, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is met while pages are stored, by another process, which says so; or here."""

    def run(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Processes, "run", run)
    assert both.linked(report, "full-disk").engine is PrintEngine.PLAIN
    assert both.file("full-disk").read_bytes() == plain.read_bytes()


def test_another_version_of_weasyprint(
    both: BothWays,
    report: CollectedReport,
    plain: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The report is made the plain way, and the log says in one line what is not as it was."""
    monkeypatch.setattr(Processes, "run", in_this_process)
    monkeypatch.setattr(contract, "broken", lambda: ("breaks are found in another way",))
    made = both.linked(report, "another-version")
    assert made.engine is PrintEngine.PLAIN
    assert both.file("another-version").read_bytes() == plain.read_bytes()
    [record] = caplog.records
    assert record.exc_info and "breaks are found in another way" in str(record.exc_info[1])


def in_this_process(_processes: Processes, tasks: Sequence[PageTask], _watch: Watch) -> None:
    """As a process of its own says it."""
    try:
        check_contract()
    except ContractBroken as error:
        raise LayoutFailed(f"{type(error).__name__}: {error}") from error
    raise AssertionError(f"{len(tasks)} tasks would have been performed")


def test_two_at_once(place: Place, both: BothWays, plain: Path, folder: Path) -> None:
    """Neither finds half of what the other writes, and no number of an object is given twice."""
    reports: list[Report] = [report_of(place), report_of(place)]

    def write(number: int) -> RenderedReport:
        return both.linked(reports[number], f"at-once-{number}", keeps_pages=True)

    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(write, range(2)))
    assert [one.engine for one in made] == [PrintEngine.LINKED] * 2
    assert findings(both.file("at-once-0")) == findings(both.file("at-once-1")) == []
    assert differences(both.file("at-once-0"), both.file("at-once-1"), pictures=False) == []
