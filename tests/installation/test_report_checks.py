"""What the doctor says of the files of issued reports."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from flask import Flask

from tests.factories import records
from tests.factories.stored_reports import issue_report, withhold_files
from tracker.clock import now
from tracker.config import Settings
from tracker.extensions import db
from tracker.files import store
from tracker.installation.doctor import CheckState
from tracker.installation.report_checks import CHECKS
from tracker.rules.codes import FileVariant

PDF = b"%PDF of a report"


def test_files_that_are_gone_and_that_should_be(app: Flask) -> None:
    with app.app_context():
        settings: Settings = app.config["SETTINGS"]
        check = CHECKS["reports"]
        context = records.context_of_new_body(db.session(), now())
        convention = records.new_convention(context, 2026, date(2026, 5, 1), date(2026, 5, 3))
        report = issue_report(context, convention, {FileVariant.SHORT: PDF}, settings.files)
        db.session.commit()
        assert check(settings) == (CheckState.WELL, "1 file of issued reports is in place")
        digest = sha256(PDF).hexdigest()
        store.drop(settings.files, digest)
        state, words = check(settings)
        assert state is CheckState.PROBLEM and report.number in words
        store.keep(settings.files, PDF)
        withhold_files(context, report)
        db.session.commit()
        state, words = check(settings)
        assert state is CheckState.WARNING and report.number in words
        store.drop(settings.files, digest)
        assert check(settings)[0] is CheckState.WELL
