"""A mail server for tests, at a port of this machine: it keeps what it takes, and answers as it is
told.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 taken"


class SmtpServer:
    """Down until `up`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
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
            self.taken.append(cast(EmailMessage, message_from_bytes(content, policy=POLICY)))
            self.recipients += envelope.rcpt_tos
        return self.to_mail

    @contextmanager
    def up(self, *, smtputf8: bool = True) -> Iterator[None]:
        controller = Controller(
            self, "127.0.0.1", self.port, enable_SMTPUTF8=smtputf8, server_hostname="mail.test"
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
