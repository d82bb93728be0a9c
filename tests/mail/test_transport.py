"""Encryption and signing in, against a real mail server: to whom a password is told, and to whom
nothing is.
"""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from tracker.mail_server import MailServer, read_mail_url
from tracker.record.outgoing_mail import MailState, MailTrouble

from .conftest import Mailing, look

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
USER, PASSWORD = "tracker", "a secret: of / signs?"
ACCOUNT = f"{USER}:a%20secret%3A%20of%20%2F%20signs%3F@"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This system believes the authority of the tests."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def named(
    mailing: Mailing, account: str = "", scheme: str = "smtp", tls: str = "yes"
) -> MailServer:
    options = "" if scheme == "smtps" else f"&tls={tls}"
    port = mailing.server.port
    return read_mail_url(f"{scheme}://{account}127.0.0.1:{port}?from=tracker@example.org{options}")


@pytest.mark.usefixtures("trusted")
def test_with_starttls_and_a_password(mailing: Mailing, certificate: ssl.SSLContext) -> None:
    mailing.delivery.server = named(mailing, ACCOUNT)
    mail_id = mailing.put_for_good()
    with mailing.server.up(starttls=certificate, account=(USER, PASSWORD)):
        assert mailing.delivery.send_due() == 1
    assert look(mail_id).state is MailState.SENT
    assert len(mailing.server.taken) == 1


@pytest.mark.usefixtures("trusted")
def test_a_password_that_is_wrong(mailing: Mailing, certificate: ssl.SSLContext) -> None:
    """A matter of settings: the mail waits until they are corrected."""
    mailing.delivery.server = named(mailing, f"{USER}:wrong@")
    mail_id = mailing.put_for_good()
    with mailing.server.up(starttls=certificate, account=(USER, PASSWORD)):
        assert mailing.delivery.send_due() == 0
    mail = look(mail_id)
    assert (mail.state, mail.trouble) == (MailState.WAITING, MailTrouble.SIGN_IN_REFUSED)
    assert mail.said and mail.said.startswith("535") and "wrong" not in mail.said


def test_a_server_that_is_not_who_it_says(mailing: Mailing, certificate: ssl.SSLContext) -> None:
    mailing.delivery.server = named(mailing, ACCOUNT)
    mail_id = mailing.put_for_good()
    with mailing.server.up(starttls=certificate, account=(USER, PASSWORD)):
        assert mailing.delivery.send_due() == 0
    mail = look(mail_id)
    assert (mail.state, mail.trouble) == (MailState.WAITING, MailTrouble.NOT_ENCRYPTED)
    assert not mailing.server.taken


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_that_cannot_encrypt_is_told_nothing(mailing: Mailing, scheme: str) -> None:
    mailing.delivery.server = named(mailing, ACCOUNT, scheme)
    mail_id = mailing.put_for_good()
    with mailing.server.up(account=(USER, PASSWORD)):
        assert mailing.delivery.send_due() == 0
    mail = look(mail_id)
    assert mail.state is MailState.WAITING
    assert mail.trouble in (MailTrouble.NOT_SUPPORTED, MailTrouble.NOT_ENCRYPTED)
    assert not mailing.server.signed_in_as


def test_on_the_machine_itself_a_password_needs_no_encryption(mailing: Mailing) -> None:
    mailing.delivery.server = named(mailing, ACCOUNT, tls="no")
    mail_id = mailing.put_for_good()
    with mailing.server.up(account=(USER, PASSWORD)):
        assert mailing.delivery.send_due() == 1
    assert look(mail_id).state is MailState.SENT
    assert mailing.server.signed_in_as == [USER]


def test_the_tests_send_to_no_server_but_their_own(mailing: Mailing) -> None:
    mailing.delivery.server = read_mail_url("smtp://mail.example.org?from=tracker@example.org")
    mailing.put_for_good()
    with pytest.raises(AssertionError, match=r"mail to mail\.example\.org:587"):
        mailing.delivery.send_due()
