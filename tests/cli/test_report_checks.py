"""`report verify FILE`: the words of the page, 0 of a genuine file and 1 of any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.checked_reports import issue_for_check
from tracker.cli import opened
from tracker.record.conventions import Convention
from tracker.rules.codes import FileVariant

from .conftest import Command

pytestmark = pytest.mark.slow  # the body is made by the command


def test_a_file_is_checked_at_a_terminal(with_a_body: Command, tmp_path: Path) -> None:
    with opened.instance(with_a_body.instance):
        context = opened.context_for(opened.body_of("union"))
        convention = opened.session().query(Convention).filter_by(slug="2025").one()
        report = issue_for_check(context, convention)
        opened.session().commit()
    file = tmp_path / "report.pdf"
    file.write_bytes(report.pdf)
    genuine = with_a_body("report", "verify", file)
    assert genuine.status == 0 and genuine.err == ""
    assert genuine.out.startswith(f"Genuine. It is {report.number}, as issued.\n")
    assert "Signature: none: it was issued unsigned" in genuine.out
    assert report.data_sha256 in genuine.out and "still part of the record" in genuine.out
    file.write_bytes(report.pdf + b" ")
    altered = with_a_body("report", "verify", file)
    assert altered.status == 1 and altered.out.startswith("Not as issued. The file was changed.\n")
    assert f"It calls itself {report.number}." in altered.out and "Signature" not in altered.out
    file.write_bytes(report.files[FileVariant.CSV])
    assert with_a_body("report", "verify", file).status == 0
    file.write_bytes(b"")
    unknown = with_a_body("report", "verify", file)
    assert unknown.status == 1 and unknown.out.startswith("Not known here.")
    assert with_a_body("report", "verify", tmp_path / "none.pdf").status == 2
