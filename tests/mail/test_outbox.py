"""What is put into the outbox: in the caller's transaction, in the body's name, whatever is in the
address and the names.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import Union
from tracker.extensions import db
from tracker.mail import outbox
from tracker.mail.messages import MailTemplate
from tracker.mail_server import read_mail_url
from tracker.record.bodies import Body
from tracker.record.outgoing_mail import MailState, OutgoingMail

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
LINK = "https://tracker.example.org/password/a-token-that-nobody-may-read"
CONTEXT = {"name": "Ada Marlowe", "link": LINK, "until": AT + timedelta(days=7)}


@pytest.fixture
def mailing(app: Flask, union: Union) -> Flask:
    """An installation with a mail server; nothing is sent, as no worker runs."""
    server = read_mail_url("smtp://127.0.0.1:1?from=tracker@example.org")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_server=server)
    app.config["CLOCK"] = lambda: AT
    return app


def body() -> Body:
    return db.session.scalars(sa.select(Body)).one()


def put(to: str = "ada@example.org", **more: object) -> OutgoingMail:
    mail = outbox.send(db.session(), MailTemplate.INVITATION, to, {**CONTEXT, **more}, body=body())
    assert mail is not None
    return mail


def test_a_mail_waits_with_its_words_in_the_name_of_the_body(mailing: Flask) -> None:
    mail = put()
    assert (mail.state, mail.next_try_at, mail.to_name) == (MailState.WAITING, AT, "Ada Marlowe")
    assert mail.sender_name in mail.subject
    assert mail.good_until == CONTEXT["until"]
    assert mail.message_id.endswith("@example.org>")
    assert LINK in (mail.text or "").splitlines()
    assert f'href="{LINK}"' in (mail.html or "")


def test_what_is_rolled_back_is_never_sent(mailing: Flask) -> None:
    put()
    db.session.rollback()
    assert not db.session.scalars(sa.select(OutgoingMail)).all()


def test_without_a_mail_server_nothing_is_kept(app: Flask, union: Union) -> None:
    assert not outbox.is_mail_set_up(db.session())
    assert outbox.send(db.session(), MailTemplate.INVITATION, "ada@example.org", CONTEXT) is None


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@", "@example.org", "ada@example.org\nBcc: eve@example.org", "a b@c"]
)
def test_an_address_that_cannot_be_one_is_given_up_at_once(mailing: Flask, address: str) -> None:
    mail = put(to=address)
    assert (mail.state, mail.text, mail.html) == (MailState.GIVEN_UP, None, None)
    assert mail.error and "\n" not in mail.to_address


def test_names_cannot_add_headers_or_markup(mailing: Flask) -> None:
    mail = put(name="Ada\r\nBcc: eve@example.org\x00 <b>&")
    assert mail.to_name == "Ada Bcc: eve@example.org <b>&"
    assert "<b>" not in (mail.html or "")
    assert "Ada Bcc: eve@example.org" in (mail.text or "")
    assert "\x00" not in (mail.text or "") + (mail.html or "")


def test_an_address_outside_ascii_is_kept_as_servers_take_it(mailing: Flask) -> None:
    assert put(to="ada@bücher.example").to_address == "ada@xn--bcher-kva.example"
    assert put(to="Ünal@example.org").to_address == "Ünal@example.org"
