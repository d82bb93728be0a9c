"""The signature of an issued report: PAdES beside the bytes that were there, in a field that keeps
the file PDF/UA-1 and PDF/A-3a.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pikepdf
import pytest
from flask import Flask
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.factories.application import new_application
from tests.factories.certificates import (
    AUTHORITY,
    OFFICE,
    PASSPHRASE,
    MadeUpKey,
    made_up_authority,
    made_up_key,
)
from tests.factories.tagged_pdf import tagged_pdf
from tracker.config import Settings
from tracker.reports.making import signing
from tracker.reports.making.signing import SignatureWords
from tracker.signing_key import SigningKey


@pytest.fixture(scope="module")
def made_up() -> MadeUpKey:
    return made_up_key()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = new_application(tmp_path_factory.mktemp("signing"))
    with app.app_context():
        yield app


def packed(key: MadeUpKey, passphrase: str = PASSPHRASE) -> SigningKey:
    content = "base64:" + base64.b64encode(key.packed()).decode()
    return SigningKey(pkcs12=content, passphrase=passphrase)


def settings(app: Flask, key: SigningKey | None) -> Settings:
    return dataclasses.replace(app.config["SETTINGS"], signing_key=key)


def signer(app: Flask, key: SigningKey) -> signing.Signer:
    signer = signing.signer(settings(app, key))
    assert signer is not None
    return signer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "report.pdf"
    file.write_bytes(tagged_pdf())
    return file


def findings(file: Path, profile: page.ValidationProfile) -> list[tuple[str, str]]:
    failures = page.validate_pdf(file, profile=profile).failures
    return [(failure.rule_id, failure.message) for failure in failures]


def test_without_a_key_reports_are_unsigned(app: Flask, file: Path) -> None:
    assert signing.signer(settings(app, None)) is None
    assert signing.read_signature(file) is None


def test_a_file_is_signed_behind_its_own_bytes(app: Flask, made_up: MadeUpKey, file: Path) -> None:
    before = file.read_bytes()
    words = signing.sign(signer(app, packed(made_up)), file)
    assert words.signed_by == OFFICE and words.authority is None
    assert abs(words.signature_time - datetime.now(UTC)) < timedelta(minutes=1)
    assert file.read_bytes().startswith(before)
    assert signing.read_signature(file) == words
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]
    with file.open("rb") as stream:
        value = PdfFileReader(stream).embedded_signatures[0].sig_object
        assert value["/SubFilter"] == "/ETSI.CAdES.detached"


def test_the_caller_may_have_an_event_loop(app: Flask, made_up: MadeUpKey, file: Path) -> None:
    async def sign() -> SignatureWords:
        return signing.sign(signer(app, packed(made_up)), file)

    with ThreadPoolExecutor(1) as thread:  # the browser of other tests has a loop in this one
        words = thread.submit(copy_context().run, asyncio.run, sign()).result()
    assert words == signing.read_signature(file)


def test_an_authority_vouches_for_the_time(app: Flask, made_up: MadeUpKey, file: Path) -> None:
    stamped = dataclasses.replace(signer(app, packed(made_up)), timestamper=made_up_authority())
    words = signing.sign(stamped, file)
    assert (words.signed_by, words.authority) == (OFFICE, AUTHORITY)
    assert signing.read_signature(file) == words


@pytest.mark.parametrize(
    ("variant", "profile"),
    [
        ("pdf/ua-1", page.ValidationProfile.PDF_UA_1),
        ("pdf/a-3a", page.ValidationProfile.PDF_A_3A),
    ],
)
def test_the_field_keeps_the_file_valid(
    app: Flask,
    made_up: MadeUpKey,
    file: Path,
    variant: str,
    profile: page.ValidationProfile,
) -> None:
    file.write_bytes(tagged_pdf(variant))
    before = findings(file, profile)
    signing.sign(signer(app, packed(made_up)), file)
    assert findings(file, profile) == before
    with pikepdf.open(file) as pdf:
        assert not pdf.check_pdf_syntax()
        last = pdf.pages[-1]
        (widget,) = last.Annots
        (form,) = [element for element in pdf.Root.StructTreeRoot.K[0].K if element.S == "/Form"]
        assert form.K.Obj == widget and last.Tabs == "/S"
        assert str(widget.TU) == f"Signature of {OFFICE}"
        assert list(widget.Rect) == [0, 0, 0, 0] and int(widget.F) & 0b100  # printed, not hidden
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        assert numbers[numbers.index(widget.StructParent) + 1] == form


def test_a_signature_holds_for_the_whole_file_only(
    app: Flask, made_up: MadeUpKey, file: Path
) -> None:
    signing.sign(signer(app, packed(made_up)), file)
    content = bytearray(file.read_bytes())
    content[content.index(b"/MediaBox") + 1] ^= 1
    file.write_bytes(content)
    assert signing.read_signature(file) is None


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_key_is_read_from_pem(
    app: Flask, made_up: MadeUpKey, tmp_path: Path, passphrase: str
) -> None:
    (tmp_path / "key.pem").write_bytes(made_up.key_pem(passphrase))
    key = SigningKey(
        key=str(tmp_path / "key.pem"),
        certificate=made_up.certificate_pem.decode(),
        passphrase=passphrase or None,
    )
    read = signer(app, key)
    assert (read.name, read.issuer) == (OFFICE, OFFICE)
    assert read.valid_from < datetime.now(UTC) < read.valid_until


def test_a_key_that_cannot_be_used_is_refused(app: Flask, made_up: MadeUpKey) -> None:
    other = made_up_key()
    for key in (
        packed(made_up, "another passphrase"),
        SigningKey(pkcs12="base64:" + base64.b64encode(b"no archive").decode()),
        SigningKey(key=made_up.key_pem().decode(), certificate=other.certificate_pem.decode()),
        SigningKey(key=made_up.key_pem("locked").decode(), certificate="-----BEGIN nothing"),
    ):
        with pytest.raises(signing.CannotSign, match="cannot be used"):
            signing.signer(settings(app, key))


def test_nothing_is_signed_with_a_certificate_that_ended(app: Flask, file: Path) -> None:
    before = file.read_bytes()
    ended = signer(app, packed(made_up_key(days=-1, since=9)))
    with pytest.raises(signing.CannotSign, match="not today"):
        signing.sign(ended, file)
    assert file.read_bytes() == before


def test_without_its_time_stamp_nothing_is_signed(
    app: Flask, made_up: MadeUpKey, file: Path
) -> None:
    before = file.read_bytes()
    nowhere = dataclasses.replace(packed(made_up), timestamp_url="http://127.0.0.1:9/")
    with pytest.raises(signing.CannotSign, match="authority did not answer"):
        signing.sign(signer(app, nowhere), file)
    assert file.read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


def test_what_is_no_pdf_is_not_signed(app: Flask, made_up: MadeUpKey, tmp_path: Path) -> None:
    file = tmp_path / "words.pdf"
    file.write_bytes(b"no PDF at all")
    with pytest.raises(signing.CannotSign, match="cannot be signed"):
        signing.sign(signer(app, packed(made_up)), file)
