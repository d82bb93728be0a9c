"""Anybody checks a report: by its file, which is kept nowhere, by its number, by a checksum; and
reads what has changed since.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from limits import parse
from werkzeug.test import TestResponse

from tests.factories.certificates import PASSPHRASE, made_up_key
from tests.factories.checked_reports import IssuedForCheck, issue_for_check, later, pdf_of
from tests.factories.staffed_union import NOW, Union
from tracker.accounts import attempts
from tracker.accounts.body_limits import LARGEST_FORM, LARGEST_READ, LARGEST_TO_STREAM, largest_body
from tracker.acts import bodies, publications
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import store
from tracker.reading.audience import PUBLIC
from tracker.record import ledger_tables
from tracker.record.conventions import Convention
from tracker.record.issued_reports import ReportWithholding
from tracker.reports.checking import verification
from tracker.reports.making import signing
from tracker.rules.codes import FileVariant, Visibility, WithheldFor
from tracker.rules.report_verification import ReportCheckResult
from tracker.signing_key import SigningKey

GENUINE = "Genuine. It is"
ALTERED = "Not as issued. The file was changed."
UNKNOWN = "Not known here. No report that we issued is this file."
NO_SUCH_NUMBER = "Not known here. No report that we issued has this number or checksum."


@pytest.fixture
def issued(union: Union) -> IssuedForCheck:
    return issue(union, signed_by="Governance office (made up)", signature_time=NOW)


def issue(union: Union, days: int = 0, **options: Any) -> IssuedForCheck:
    with union.context() as context:
        convention = context.session.scalars(sa.select(Convention)).one()
        return issue_for_check(later(context, NOW + timedelta(days=days)), convention, **options)


def check(
    union: Union, content: bytes, who: str | None = None, name: str = "report.pdf"
) -> TestResponse:
    return union.client(who).post("/verify", data={"file": (io.BytesIO(content), name)})


def look_up(union: Union, number: str, who: str | None = None, **more: str) -> str:
    response = union.client(who).get("/verify", query_string={"number": number, **more})
    assert response.status_code == 200
    return unescape(response.text)


def test_the_page_has_both_forms(union: Union) -> None:
    page = union.client(None).get("/verify")
    assert page.status_code == 200 and "Set-Cookie" not in page.headers
    assert 'enctype="multipart/form-data"' in page.text and 'name="number"' in page.text


def test_a_file_as_issued_is_genuine(union: Union, issued: IssuedForCheck) -> None:
    for variant, content in issued.files.items():
        response = check(union, content)
        assert response.status_code == 200, variant
        assert f"{GENUINE} {issued.number}, as issued." in response.text, variant
        assert hashlib.sha256(content).hexdigest() in response.text
        signed = "with it the signature of Governance office (made up)" in response.text
        assert signed is (variant is FileVariant.SHORT)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers


def test_no_altered_file_is_genuine(union: Union, issued: IssuedForCheck) -> None:
    middle = len(issued.pdf) // 2
    flipped = issued.pdf[:middle] + bytes([issued.pdf[middle] ^ 1]) + issued.pdf[middle + 1 :]
    for content in (flipped, issued.pdf + b" ", issued.pdf[1:], b"x" + issued.pdf):
        text = check(union, content).text
        assert ALTERED in text and f"It calls itself {issued.number}." in text
        assert "Genuine" not in text and "signature of" not in text
    for content in (b"%PDF-1.7", issued.pdf[:middle], b"\0" * 100, pdf_of("HC-2025-1")):
        text = check(union, content).text
        assert UNKNOWN in text and "Genuine" not in text


def test_bytes_that_hash_to_the_checksum_of_the_data_are_no_file(
    union: Union, issued: IssuedForCheck
) -> None:
    with union.app.app_context():
        found = verification.verify(db.session(), lambda _id: PUBLIC, issued.data_sha256, None)
    assert found.result is ReportCheckResult.UNKNOWN


@pytest.mark.parametrize("is_signed", [True, False])
def test_of_200_files_with_one_byte_flipped_none_is_genuine(
    union: Union, tmp_path: Path, is_signed: bool
) -> None:
    def signed(content: bytes) -> bytes:
        packed = "base64:" + base64.b64encode(made_up_key().packed()).decode()
        key = SigningKey(pkcs12=packed, passphrase=PASSPHRASE)
        signer = signing.signer(replace(current_settings(), signing_key=key))
        assert signer is not None
        (tmp_path / "report.pdf").write_bytes(content)
        signing.sign(signer, tmp_path / "report.pdf")
        return (tmp_path / "report.pdf").read_bytes()

    pdf = issue(union, finish=signed if is_signed else bytes).pdf
    with union.app.app_context():

        def result(content: bytes) -> ReportCheckResult:
            sha256 = hashlib.sha256(content).hexdigest()
            return verification.verify(db.session(), lambda _id: PUBLIC, sha256, None).result

        assert result(pdf) is ReportCheckResult.GENUINE
        for number in range(200):
            at = number * len(pdf) // 200
            flipped = pdf[:at] + bytes([pdf[at] ^ (1 << number % 8)]) + pdf[at + 1 :]
            assert result(flipped) is ReportCheckResult.UNKNOWN, at


def test_an_empty_file_is_unknown_and_none_is_asked_for(union: Union) -> None:
    assert UNKNOWN in check(union, b"").text
    for data in ({}, {"file": (io.BytesIO(b""), "")}):
        response = union.client(None).post("/verify", data=data)
        assert response.status_code == 422 and "Choose the file" in response.text


@pytest.fixture
def no_temporary_file(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a file was kept")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, never)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", never)
    yield


class Zeros(io.RawIOBase):
    """A multipart body of so many zeros, made as it is read."""

    HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    TAIL = b"\r\n--x--\r\n"

    def __init__(self, size: int) -> None:
        self.size = size
        self.length = len(self.HEAD) + size + len(self.TAIL)
        self.at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray) -> int:
        end = min(self.at + len(into), self.length)
        whole = b"".join(
            [
                self.HEAD[self.at : end],
                bytes(
                    max(
                        0,
                        min(end, len(self.HEAD) + self.size) - max(self.at, len(self.HEAD)),
                    )
                ),
                self.TAIL[
                    max(0, self.at - len(self.HEAD) - self.size) : max(
                        0, end - len(self.HEAD) - self.size
                    )
                ],
            ]
        )
        into[: len(whole)] = whole
        self.at += len(whole)
        return len(whole)


def send_zeros(union: Union, size: int) -> TestResponse:
    body = Zeros(size)
    return union.client(None).post(
        "/verify",
        environ_overrides={
            "wsgi.input": body,
            "CONTENT_LENGTH": str(body.length),
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
        },
    )


@pytest.mark.usefixtures("no_temporary_file")
def test_a_large_file_streams_by(union: Union) -> None:
    response = send_zeros(union, LARGEST_READ)
    assert response.status_code == 200 and UNKNOWN in response.text
    assert hashlib.sha256(bytes(LARGEST_READ)).hexdigest() in response.text
    for size in (LARGEST_READ + 1, LARGEST_TO_STREAM):
        response = send_zeros(union, size)
        assert response.status_code == 413 and "larger than 50 MB" in response.text


def test_a_server_receives_so_much_for_the_check_alone(union: Union) -> None:
    assert largest_body(union.app, "POST", "/verify", "") == LARGEST_TO_STREAM
    assert largest_body(union.app, "GET", "/verify", "") == LARGEST_FORM
    assert largest_body(union.app, "POST", "/union/verify", "") == LARGEST_FORM


def test_checks_are_limited_by_network(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything of the file is read."""
    monkeypatch.setattr(attempts, "PER_NETWORK_CHECKED", parse("2 per 15 minutes"))
    union.app.config["RATELIMIT_ENABLED"] = True
    statuses = [check(union, b"%PDF").status_code for _ in range(2)]
    refused = send_zeros(union, LARGEST_READ)
    union.app.config["RATELIMIT_ENABLED"] = False
    assert statuses == [200, 200] and refused.status_code == 429
    assert "Too many files were checked from here." in refused.text
    assert int(refused.headers["Retry-After"]) > 0


def test_a_number_or_a_checksum_leads_to_the_report(union: Union, issued: IssuedForCheck) -> None:
    sha256 = hashlib.sha256(issued.pdf).hexdigest()
    for typed in (
        issued.number,
        issued.number.lower(),
        sha256,
        sha256[:12],
        f" {sha256[:4]} {sha256[4:8]} {sha256[8:12].upper()} ",
        issued.data_sha256,
    ):
        page = look_up(union, typed)
        assert f"{issued.number} is a report that we issued." in page, typed
        assert "Genuine" not in page and "still part of the record" in page
    for typed in ("PA-2026-1", sha256[:11], "f" * 12, "%", "'", "x" * 201):
        response = union.client(None).get("/verify", query_string={"number": typed})
        assert response.status_code == 200 and "that we issued." not in response.text.replace(
            NO_SUCH_NUMBER, ""
        )


def test_the_code_of_a_cover_names_its_data_and_its_seal(
    union: Union, issued: IssuedForCheck
) -> None:
    with union.session() as session:
        head = session.scalars(
            sa.select(ledger_tables.Event.hash).order_by(ledger_tables.Event.id)
        ).all()
    right = look_up(union, issued.number, data=issued.data_sha256[:16])
    assert "still part of the record" in right and "do not trust it" not in right
    assert "do not trust it" not in look_up(union, f"{issued.number} {issued.data_sha256}")
    assert "do not trust it" in look_up(union, f"{issued.number} {'0' * 64}")
    for other in ({"data": "0" * 64}, {"head": head[0]}, {"data": "nonsense"}):
        assert "do not trust it" in look_up(union, issued.number, **other)


def test_what_has_changed_since_is_said_item_by_item(union: Union, issued: IssuedForCheck) -> None:
    assert "since then 0 of 4 items have changed" in look_up(union, issued.number)
    union.log("dana", 4, "done", files=[(io.BytesIO(b"%PDF-1.7 a"), "a.pdf")])
    union.decide("ray", union.entry(4))
    page = check(union, issued.pdf).text
    assert "since then 1 of 4 items has changed" in page
    assert "Item number 4" in page and "Reported done" in page and "Item number 3" not in page
    assert "3 items are the same" in page
    csv = union.client(None).get("/verify/changes.csv", query_string={"number": issued.number})
    assert csv.mimetype == "text/csv"
    head, *lines = csv.text.splitlines()
    assert head.endswith("report,as_of,convention,code,number,title,part,then,now")
    verdict = next(line for line in lines if ",verdict," in line)
    assert "Item number 4" in verdict and verdict.endswith(",reported_done")
    missing = union.client(None).get("/verify/changes.csv", query_string={"number": "X-1"})
    assert missing.status_code == 404


def test_what_took_its_place_is_said(union: Union, issued: IssuedForCheck) -> None:
    newer = issue(union, days=1)
    erratum = issue(union, days=2, corrects=(newer.id, "Row 9 was missing"))
    old = check(union, issued.pdf).text
    assert f"Genuine, and superseded. It is {issued.number}." in old
    assert f"A newer report, {newer.number}, was issued on" in old
    corrected = check(union, newer.pdf).text
    assert "Genuine, and corrected since" in corrected
    assert f"It was corrected by {erratum.number}." in corrected
    assert (
        f"It is an erratum to {newer.number}: Row 9 was missing." in check(union, erratum.pdf).text
    )


def withhold(union: Union, report: IssuedForCheck) -> None:
    with union.context() as context:
        with context.record("report_withheld", context.session.get_one(Convention, 1)) as act:
            act.add(ReportWithholding(report_id=report.id, kind=WithheldFor.PERSONAL_DATA))
        for content in report.files.values():
            sha256 = hashlib.sha256(content).hexdigest()
            store.path_of(union.app.config["SETTINGS"].files, sha256).unlink()


def test_of_a_withheld_report_its_data_are_not_shown(union: Union, issued: IssuedForCheck) -> None:
    withhold(union, issued)
    page = check(union, issued.pdf).text
    assert f"Genuine, and withheld since. It is {issued.number}." in page
    assert "Its files were withheld on" in page and "What has changed since" not in page
    csv = union.client(None).get("/verify/changes.csv", query_string={"number": issued.number})
    assert csv.status_code == 404
    assert ALTERED in check(union, issued.pdf + b" ").text


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.MEMBERS])
def test_of_what_one_may_not_read_nothing_is_known(
    union: Union, issued: IssuedForCheck, visibility: Visibility
) -> None:
    with union.context("walter") as context:
        convention = context.session.scalars(sa.select(Convention)).one()
        publications.set_publication(context, convention, visibility)
    for who, reads in (
        (None, False),
        ("joy", visibility is Visibility.MEMBERS),
        ("dana", True),
        ("walter", True),
        ("ewan", True),
    ):
        assert ("Genuine" in check(union, issued.pdf, who).text) is reads, who
        assert (ALTERED in check(union, issued.pdf + b" ", who).text) is reads, who
        assert (NO_SUCH_NUMBER in look_up(union, issued.number, who)) is not reads, who
        csv = union.client(who).get("/verify/changes.csv", query_string={"number": issued.number})
        assert csv.status_code == (200 if reads else 404), who


def test_reports_of_a_closed_body_are_known_to_its_readers(
    union: Union, issued: IssuedForCheck
) -> None:
    with union.context("imani") as context:
        bodies.set_setting(context, "pages", "closed")
    assert UNKNOWN in check(union, issued.pdf).text
    assert UNKNOWN in check(union, issued.pdf + b" ").text
    assert NO_SUCH_NUMBER in look_up(union, issued.number)
    assert GENUINE in check(union, issued.pdf, "joy").text
