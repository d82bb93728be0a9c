"""A mail server for tests, at a port of this machine: it keeps what it takes, and answers as it is
told.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TAKEN = "250 taken"
PORTS: set[int] = set()  # of the servers of this process: mail may go to these only


class SmtpServer:
    """Down until `up`."""

    def __init__(self) -> None:
        self.port = free_port()
        PORTS.add(self.port)
        self.arrived = threading.Condition()
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.signed_in_as: list[str] = []
        self.on_taken: Callable[[], None] | None = None  # before it answers that it has taken it
        self.to_recipient = self.to_mail = TAKEN  # what it answers
        self.waits = 0.0  # seconds, before it answers a mail

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.to_recipient == TAKEN:
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.waits)
        if self.to_mail == TAKEN:
            content = cast(bytes, envelope.content)
            with self.arrived:
                self.taken.append(cast(EmailMessage, message_from_bytes(content, policy=POLICY)))
                self.recipients += envelope.rcpt_tos
                self.arrived.notify_all()
            if self.on_taken is not None:
                self.on_taken()
        return self.to_mail

    def wait_for(self, mails: int) -> list[EmailMessage]:
        """What it has taken, as soon as it is so many mails."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.taken) >= mails, 30), self.recipients
            return list(self.taken)

    @contextmanager
    def up(
        self,
        *,
        smtputf8: bool = True,
        starttls: ssl.SSLContext | None = None,
        account: tuple[str, str] | None = None,
    ) -> Iterator[None]:
        """`account`: the user and the password without which it takes nothing."""

        def authenticate(
            _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, sent: LoginPassword
        ) -> AuthResult:
            self.signed_in_as.append(sent.login.decode())
            fits = (sent.login.decode(), sent.password.decode()) == account
            return AuthResult(success=fits, handled=False)

        controller = Controller(
            self,
            "127.0.0.1",
            self.port,
            enable_SMTPUTF8=smtputf8,
            server_hostname="mail.test",
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=account is not None,
            auth_require_tls=starttls is not None,
            authenticator=authenticate if account else None,
        )
        controller.start()
        try:
            yield
        finally:
            controller.stop()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
