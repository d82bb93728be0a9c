"""`report convention --issue --sign`: what is issued and written, and what keeps it from being."""

from __future__ import annotations

import base64
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.factories.certificates import OFFICE, PASSPHRASE, made_up_key
from tracker.acts import bodies, items, publications
from tracker.cli import opened
from tracker.cli.report_issue import as_boards_copy
from tracker.reading.audience import PUBLIC
from tracker.reading.issued_reports import IssuedReportLine, issued_reports
from tracker.record.conventions import Convention
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import FileVariant, Visibility

from .conftest import Command, Done

pytestmark = pytest.mark.slow


def record_an_item(command: Command, *, sign_off: bool = False) -> None:
    with opened.instance(command.instance):
        context = opened.context_for(opened.body_of("union"))
        convention = opened.session().query(Convention).filter_by(slug="2025").one()
        words = items.NewVersion(words="The union shall review.", title="A review")
        items.register(context, convention, "new_business_item", "2", words)
        if sign_off:
            bodies.set_setting(context, "sign_off", "yes")
        opened.session().commit()


def test_of_a_convention_by_edition_its_boards_copy_is_issued(with_a_body: Command) -> None:
    record_an_item(with_a_body)
    with opened.instance(with_a_body.instance):
        body = opened.body_of("union")
        context = opened.context_for(body)
        convention = opened.session().query(Convention).filter_by(slug="2025").one()
        request = ReportRequest(kind=ReportKind.SHORT, convention_ids=(convention.id,))
        edition = publications.pin_edition(context, convention)
        publications.publish_edition(context, edition)
        assert as_boards_copy(body, request) == request, "readers read it live"
        publications.set_publication(context, convention, Visibility.PUBLIC, by_edition=True)
        assert as_boards_copy(body, request) == replace(request, edition_id=edition.id)
        live = replace(request, live=True)
        assert as_boards_copy(body, live) == live
        opened.session().rollback()


def report(command: Command, *words: object) -> Done:
    return command("report", "convention", "2025", "--item", "nbi-2", *words)


def issued(command: Command) -> tuple[IssuedReportLine, ...]:
    with opened.instance(command.instance):
        body = opened.body_of("union")
        return issued_reports(opened.session(), body.id, PUBLIC)


def test_it_is_issued_and_its_files_are_made_at_once(with_a_body: Command, tmp_path: Path) -> None:
    record_an_item(with_a_body)
    pdf, data = tmp_path / "r.pdf", tmp_path / "r.csv"
    done = report(with_a_body, "--issue", "--output", pdf, "--data", data)
    [line] = issued(with_a_body)
    assert done.status == 0, done.err
    assert done.out.splitlines()[0].startswith(f"{pdf}: {len(PdfReader(pdf).pages)} page")
    assert f"Issued as {line.number}, SHA-256 " in done.out and "Not signed" in done.out
    assert line.number == "UNION-2025-1"
    for file, variant in ((pdf, FileVariant.REPORT), (data, FileVariant.CSV)):
        stored = line.file(variant)
        assert stored and sha256(file.read_bytes()).hexdigest() == stored.sha256
    packed = base64.b64encode(made_up_key().packed()).decode()
    with_a_body.patch.setenv("TRACKER_SIGNING_PKCS12", f"base64:{packed}")
    with_a_body.patch.setenv("TRACKER_SIGNING_PASSPHRASE", PASSPHRASE)
    signed = report(with_a_body, "--issue", "--sign", "--output", pdf)
    assert signed.status == 0 and f"Signed by {OFFICE}" in signed.out, signed
    for name in ("PKCS12", "PASSPHRASE"):
        with_a_body.patch.delenv(f"TRACKER_SIGNING_{name}")
    [newest, _first] = issued(with_a_body)
    assert newest.number == "UNION-2025-2" and newest.files[0].signed_by == OFFICE


def test_without_a_certificate_it_is_not_signed(with_a_body: Command, tmp_path: Path) -> None:
    record_an_item(with_a_body)
    pdf = tmp_path / "r.pdf"
    done = report(with_a_body, "--issue", "--sign", "--output", pdf)
    assert done.status == 1 and "There is no certificate to sign with" in done.err
    assert issued(with_a_body) == () and not pdf.exists()
    alone = report(with_a_body, "--sign", "--output", pdf)
    assert alone.status == 2 and "--sign goes with --issue" in alone.err


def test_where_the_body_asks_for_a_sign_off(with_a_body: Command, tmp_path: Path) -> None:
    record_an_item(with_a_body, sign_off=True)
    pdf = tmp_path / "r.pdf"
    done = report(with_a_body, "--issue", "--output", pdf)
    assert done.status == 1 and "The body asks for a sign-off." in done.err
    assert issued(with_a_body) == () and not pdf.exists()
