"""One mail to a mail server, by SMTP; and what went wrong, told apart: whether it is the server, or
this one mail, and whether another try can help.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from tracker.mail_server import Encryption, MailServer
from tracker.record.outgoing_mail import MailTrouble, OutgoingMail

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

HELLO_NAME = "localhost"  # asking the system for its name can take as long as a name server does


@dataclass(frozen=True)
class Patience:
    """In seconds: for one answer of the server, and for all that is said over one mail. One that
    sends a byte now and then would keep us for ever otherwise.
    """

    answer: float = 30.0
    mail: float = 180.0


@dataclass(eq=False)
class MailNotSent(Exception):
    trouble: MailTrouble
    said: str  # by the server or the system, on one line
    is_final: bool = False  # no other try can help

    def __str__(self) -> str:
        return f"{self.trouble.value}: {self.said}"


def email_of(mail: OutgoingMail, sender: str) -> EmailMessage:
    """As it is sent: plain text, and the same as HTML."""
    email = EmailMessage(policy=SMTP)
    email["From"] = _address(mail.sender_name, sender)
    email["To"] = _address(mail.to_name, mail.to_address)
    email["Subject"] = mail.subject
    email["Date"] = mail.made_at
    email["Message-ID"] = mail.message_id
    email["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence note comes back
    email.set_content(mail.text or "", cte="quoted-printable")
    email.add_alternative(mail.html or "", subtype="html", cte="quoted-printable")
    return email


def _address(name: str, address: str) -> Address:
    username, _at, domain = address.rpartition("@")
    return Address(name, username=username, domain=domain)


class _Smtp(smtplib.SMTP):
    """Remembers what the server answered to the newest mail, which smtplib lets go."""

    taken_with = ""

    def data(self, msg: ReadableBuffer | str) -> tuple[int, bytes]:
        code, words = super().data(msg)
        self.taken_with = _line(f"{code} {words.decode('utf-8', 'replace')}")
        return code, words


class _SmtpSsl(_Smtp, smtplib.SMTP_SSL):
    """Encrypted from the start."""


class MailConnection:
    """To a mail server, signed in."""

    def __init__(self, smtp: _Smtp, patience: Patience) -> None:
        self._smtp = smtp
        self._patience = patience

    def hand_over(self, email: EmailMessage, sender: str, to: str) -> str:
        """The server has taken it; gives back its answer. Raises MailNotSent."""
        with _told_apart(of_mail=True), _deadline(self._smtp, self._patience):
            self._smtp.send_message(email, from_addr=sender, to_addrs=[to])
        return self._smtp.taken_with

    @property
    def is_open(self) -> bool:
        return self._smtp.sock is not None


@contextmanager
def connected(server: MailServer, patience: Patience) -> Iterator[MailConnection]:
    """Raises MailNotSent where the server cannot be reached, or does not let us in."""
    smtp = _open(server, patience)
    try:
        yield MailConnection(smtp, patience)
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what it took, it has taken
            smtp.quit()
        smtp.close()


def _open(server: MailServer, patience: Patience) -> _Smtp:
    context = ssl.create_default_context()  # who the server is, is checked
    with _told_apart():
        if server.encryption is Encryption.FROM_THE_START:
            smtp: _Smtp = _SmtpSsl(
                server.host, server.port, HELLO_NAME, timeout=patience.answer, context=context
            )
        else:
            smtp = _Smtp(server.host, server.port, HELLO_NAME, timeout=patience.answer)
        try:
            with _deadline(smtp, patience):
                if server.encryption is Encryption.STARTTLS:
                    smtp.starttls(context=context)
                if server.user and server.password:
                    smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
    return smtp


@contextmanager
def _deadline(smtp: _Smtp, patience: Patience) -> Iterator[None]:
    """Ends the connection when the time for one mail is over. Raises MailNotSent then."""
    is_over = threading.Event()

    def cut() -> None:
        is_over.set()
        if smtp.sock is not None:
            with suppress(OSError):
                smtp.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(patience.mail, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (smtplib.SMTPException, OSError) as wrong:
        if is_over.is_set():
            raise MailNotSent(MailTrouble.TOO_SLOW, _line(str(wrong))) from wrong
        raise
    finally:
        timer.cancel()


@contextmanager
def _told_apart(of_mail: bool = False) -> Iterator[None]:
    """What smtplib raises, as MailNotSent. `of_mail`: while one mail is handed over."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as wrong:
        [(code, words)] = wrong.recipients.values()
        raise _answered(MailTrouble.ADDRESS_REFUSED, code, words, final=code >= 500) from wrong
    except smtplib.SMTPDataError as wrong:
        final = wrong.smtp_code >= 500
        raise _answered(
            MailTrouble.MAIL_REFUSED, wrong.smtp_code, wrong.smtp_error, final
        ) from wrong
    except smtplib.SMTPNotSupportedError as wrong:
        raise MailNotSent(MailTrouble.NOT_SUPPORTED, _line(str(wrong)), of_mail) from wrong
    except smtplib.SMTPAuthenticationError as wrong:
        raise _answered(MailTrouble.SIGN_IN_REFUSED, wrong.smtp_code, wrong.smtp_error) from wrong
    except smtplib.SMTPResponseException as wrong:  # the greeting, HELO, the sender
        raise _answered(MailTrouble.SERVER_REFUSED, wrong.smtp_code, wrong.smtp_error) from wrong
    except ssl.SSLError as wrong:
        raise MailNotSent(MailTrouble.NOT_ENCRYPTED, _line(str(wrong))) from wrong
    except (smtplib.SMTPException, OSError) as wrong:
        is_slow = isinstance(wrong.__context__, TimeoutError) or isinstance(wrong, TimeoutError)
        trouble = MailTrouble.TOO_SLOW if is_slow else MailTrouble.NOT_REACHED
        raise MailNotSent(trouble, _line(str(wrong))) from wrong


def _answered(
    trouble: MailTrouble, code: int, words: bytes | str, final: bool = False
) -> MailNotSent:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return MailNotSent(trouble, _line(f"{code} {said}"), final)


def _line(words: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[:300]
