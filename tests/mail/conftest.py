"""An installation that sends mail to a server of the tests, by a clock that the test moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.smtp_server import SmtpServer
from tests.factories.staffed_union import Union
from tracker.engine import READING
from tracker.extensions import db
from tracker.mail import outbox
from tracker.mail.delivery import Delivery
from tracker.mail.messages import MailTemplate
from tracker.mail.transport import Patience
from tracker.mail_server import read_mail_url
from tracker.record.bodies import Body
from tracker.record.outgoing_mail import OutgoingMail

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
LINK = "https://tracker.example.org/password/a-token-that-nobody-may-read"
CONTEXT = {"name": "Ada Marlowe", "link": LINK, "until": AT + timedelta(days=7)}


@dataclass
class Mailing:
    """`now` is the clock of the installation."""

    server: SmtpServer
    delivery: Delivery
    now: datetime = AT

    def put(self, to: str = "ada@example.org", **more: object) -> OutgoingMail:
        mail = outbox.send(
            db.session(), MailTemplate.INVITATION, to, {**CONTEXT, **more}, body=body()
        )
        assert mail is not None
        return mail

    def put_for_good(self, to: str = "ada@example.org", **more: object) -> int:
        mail_id = self.put(to, **more).id
        db.session.commit()
        return mail_id

    def wait(self, pause: timedelta) -> None:
        self.now += pause


def body() -> Body:
    return db.session.scalars(sa.select(Body)).one()


def look(mail_id: int) -> OutgoingMail:
    """The row as it stands; no lock is held afterwards."""
    with Session(db.engine.execution_options(**READING)) as session:
        mail = session.get_one(OutgoingMail, mail_id)
        session.expunge(mail)
        return mail


@pytest.fixture
def mailing(app: Flask, union: Union) -> Mailing:
    server = SmtpServer()
    named = read_mail_url(f"smtp://127.0.0.1:{server.port}?from=tracker@example.org")
    delivery = Delivery(db.engine, named, lambda: mailing.now, Patience(answer=5, mail=10))
    mailing = Mailing(server, delivery)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_server=named)
    app.config["CLOCK"] = lambda: mailing.now
    return mailing
