"""What is put into the outbox: in the caller's transaction, in the body's name, whatever is in the
address and the names.
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import Union
from tracker.acts import erasing
from tracker.extensions import db
from tracker.mail import outbox
from tracker.mail.messages import MailTemplate
from tracker.record.outgoing_mail import MailState, MailTrouble, OutgoingMail

from .conftest import AT, CONTEXT, LINK, Mailing, look


def test_a_mail_waits_with_its_words_in_the_name_of_the_body(mailing: Mailing) -> None:
    mail = mailing.put()
    assert (mail.state, mail.next_try_at, mail.to_name) == (MailState.WAITING, AT, "Ada Marlowe")
    assert mail.sender_name in mail.subject
    assert mail.good_until == CONTEXT["until"]
    assert mail.message_id.endswith("@example.org>")
    assert LINK in (mail.text or "").splitlines()
    assert f'href="{LINK}"' in (mail.html or "")


def test_what_is_rolled_back_is_never_sent(mailing: Mailing) -> None:
    mailing.put()
    db.session.rollback()
    assert not db.session.scalars(sa.select(OutgoingMail)).all()


def test_without_a_mail_server_nothing_is_kept(app: Flask, union: Union) -> None:
    assert not outbox.is_mail_set_up(db.session())
    assert outbox.send(db.session(), MailTemplate.INVITATION, "ada@example.org", CONTEXT) is None


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@", "@example.org", "ada@example.org\nBcc: eve@example.org", "a b@c"]
)
def test_an_address_that_cannot_be_one_is_given_up_at_once(mailing: Mailing, address: str) -> None:
    mail = mailing.put(to=address)
    assert (mail.state, mail.text, mail.html) == (MailState.GIVEN_UP, None, None)
    assert mail.trouble is MailTrouble.NO_ADDRESS and mail.said and "\n" not in mail.to_address


def test_names_cannot_add_headers_or_markup(mailing: Mailing) -> None:
    mail = mailing.put(name="Ada\r\nBcc: eve@example.org\x00 <b>&")
    assert mail.to_name == "Ada Bcc: eve@example.org <b>&"
    assert "<b>" not in (mail.html or "")
    assert "Ada Bcc: eve@example.org" in (mail.text or "")
    assert "\x00" not in (mail.text or "") + (mail.html or "")


def test_an_address_outside_ascii_is_kept_as_servers_take_it(mailing: Mailing) -> None:
    assert mailing.put(to="ada@bücher.example").to_address == "ada@xn--bcher-kva.example"
    assert mailing.put(to="Ünal@example.org").to_address == "Ünal@example.org"


def test_erased_words_do_not_leave(mailing: Mailing, union: Union) -> None:
    """Of the body's mails, those that hold them are forgotten; others leave."""
    kept, forgotten = mailing.put_for_good(), mailing.put_for_good(name="Bo Erased-Name")
    with union.context() as context:
        erasing._forget_mail(context, "Bo Erased-Name")
    assert look(kept).state is MailState.WAITING
    mail = look(forgotten)
    assert (mail.state, mail.trouble) == (MailState.GIVEN_UP, MailTrouble.ERASED)
    assert (mail.text, mail.html, mail.to_name, mail.subject) == (None, None, "", "")
