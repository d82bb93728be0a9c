"""What `tracker doctor` says of printing: parts of WeasyPrint that changed, and the folder of pages
that are kept.
"""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cli.conftest import Command
from tracker.cli.printing_checks import CHECKS
from tracker.config import Settings
from tracker.installation.doctor import CheckState
from tracker.reports.linked import contract


def test_a_part_of_weasyprint_that_changed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        settings: Settings = app.config["SETTINGS"]
        assert CHECKS["printing"](settings)[0] is CheckState.WELL
        monkeypatch.setattr(contract, "broken", lambda: ("breaks are found in another way",))
        state, words = CHECKS["printing"](settings)
    assert state is CheckState.WARNING
    assert "the plain way" in words and "(breaks are found in another way)" in words


def test_the_folder_of_pages(app: Flask) -> None:
    check = CHECKS["pages"]
    with app.app_context():
        settings: Settings = app.config["SETTINGS"]
        assert check(settings)[0] is CheckState.WELL
        settings.report_pages.mkdir(mode=0o700)
        (settings.report_pages / "page").write_bytes(bytes(3 * 2**20))
        state, words = check(settings)
        assert state is CheckState.WELL and "3 MB" in words
        settings.report_pages.chmod(0o750)
        state, words = check(settings)
        assert state is CheckState.PROBLEM and f"chmod 700 {settings.report_pages}" in words
        (settings.report_pages / "page").unlink()
        settings.report_pages.rmdir()
        settings.report_pages.write_text("")
        state, words = check(settings)
        assert state is CheckState.WARNING and "the plain way" in words


def test_the_doctor_asks(with_a_body: Command) -> None:
    lines = with_a_body("doctor").out.splitlines()
    assert {"printing", "pages"} <= {line.split()[1] for line in lines}
