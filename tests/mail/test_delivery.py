"""The outbox against a real mail server that takes, refuses, is slow, down, or hangs up: what
leaves, when it is tried again, and what is kept.
"""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import cast

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import Union
from tracker.extensions import db
from tracker.mail import delivery
from tracker.mail.transport import MailConnection, Patience
from tracker.record.outgoing_mail import MailState, MailTrouble, OutgoingMail

from .conftest import LINK, Mailing, look

HOUR = timedelta(hours=1)


def parts(email: EmailMessage) -> tuple[str, str]:
    plain, html = email.get_body(("plain",)), email.get_body(("html",))
    assert plain and html
    return cast(EmailMessage, plain).get_content(), cast(EmailMessage, html).get_content()


def test_a_mail_leaves_once_and_its_link_is_forgotten(mailing: Mailing) -> None:
    mail_id = mailing.put_for_good()
    with mailing.server.up():
        assert mailing.delivery.send_due() == 1
        assert mailing.delivery.send_due() == 0
    [email] = mailing.server.taken
    assert email["To"] == "Ada Marlowe <ada@example.org>"
    assert email["From"].addresses[0].addr_spec == "tracker@example.org"
    assert all(LINK in words for words in parts(email))
    mail = look(mail_id)
    assert email["Message-ID"] == mail.message_id
    assert (mail.state, mail.ended_at) == (MailState.SENT, mailing.now)
    assert (mail.text, mail.html, mail.next_try_at) == (None, None, None)


def test_nothing_of_it_loads_or_tells_that_it_was_read(mailing: Mailing) -> None:
    mailing.put_for_good()
    with mailing.server.up():
        mailing.delivery.send_due()
    _plain, html = parts(mailing.server.taken[0])
    assert not [sign for sign in ("<img", "src=", "style", "<link") if sign in html]
    assert html.count("http") == 1


def test_a_server_that_is_down_for_an_hour(mailing: Mailing) -> None:
    """Each mail keeps its own pauses; all of them leave when it is back."""
    first, second = mailing.put_for_good(), mailing.put_for_good("bo@example.org")
    tries = 0
    began = mailing.now
    while mailing.now < began + HOUR:
        tries += len(mailing.delivery._due())
        assert mailing.delivery.send_due() == 0
        mailing.wait(timedelta(minutes=1))
    assert tries == 2 * 5  # at 0, 1, 6, 21, 51 minutes
    mail = look(first)
    assert (mail.state, mail.attempts, mail.trouble) == (
        MailState.WAITING,
        5,
        MailTrouble.NOT_REACHED,
    )
    assert mail.text and LINK in mail.text
    mailing.wait(HOUR)
    with mailing.server.up():
        assert mailing.delivery.send_due() == 2
    assert look(first).state is look(second).state is MailState.SENT
    assert look(first).trouble is None


def test_after_three_days_it_is_given_up_and_forgotten(mailing: Mailing) -> None:
    mail_id = mailing.put_for_good()
    began = mailing.now
    tried: list[timedelta] = []
    while (at := look(mail_id).next_try_at) is not None:
        mailing.now = at
        tried.append(at - began)
        mailing.delivery.send_due()
    mail = look(mail_id)
    assert (mail.state, mail.trouble) == (MailState.GIVEN_UP, MailTrouble.NOT_REACHED)
    assert tried[-1] == timedelta(days=3) and len(tried) < 25
    assert (mail.text, mail.html) == (None, None)


def test_a_mail_is_not_sent_after_its_link_is_over(mailing: Mailing) -> None:
    mail_id = mailing.put_for_good(until=mailing.now + HOUR)
    mailing.wait(HOUR)
    with mailing.server.up():
        assert mailing.delivery.send_due() == 0
    assert not mailing.server.taken
    assert (look(mail_id).state, look(mail_id).trouble) == (
        MailState.GIVEN_UP,
        MailTrouble.LINK_OVER,
    )


def test_an_address_that_the_server_refuses_is_given_up_and_others_go_on(mailing: Mailing) -> None:
    first = mailing.put_for_good("nobody@example.org")
    mailing.server.to_recipient = "550 5.1.1 no such user"
    with mailing.server.up():
        mailing.delivery.send_due()
        mailing.server.to_recipient = "250 taken"
        second = mailing.put_for_good()
        assert mailing.delivery.send_due() == 1
    refused = look(first)
    assert (refused.state, refused.trouble) == (MailState.GIVEN_UP, MailTrouble.ADDRESS_REFUSED)
    assert (refused.said, refused.text) == ("550 5.1.1 no such user", None)
    assert look(second).state is MailState.SENT


@pytest.mark.parametrize(
    ("answer", "state"),
    [("554 5.7.1 spam", MailState.GIVEN_UP), ("451 4.3.0 later", MailState.WAITING)],
)
def test_a_mail_that_the_server_refuses(mailing: Mailing, answer: str, state: MailState) -> None:
    mail_id = mailing.put_for_good()
    mailing.server.to_mail = answer
    with mailing.server.up():
        mailing.delivery.send_due()
    mail = look(mail_id)
    assert (mail.state, mail.trouble, mail.said) == (state, MailTrouble.MAIL_REFUSED, answer)
    assert (mail.text is None) == (state is MailState.GIVEN_UP)


def test_greylisting_takes_it_a_little_later(mailing: Mailing) -> None:
    mail_id = mailing.put_for_good()
    mailing.server.to_recipient = "450 4.2.0 greylisted"
    with mailing.server.up():
        mailing.delivery.send_due()
        mailing.server.to_recipient = "250 taken"
        assert mailing.delivery.send_due() == 0
        mailing.wait(timedelta(minutes=1))
        assert mailing.delivery.send_due() == 1
    assert look(mail_id).attempts == 2


@pytest.mark.parametrize("patience", [Patience(answer=0.2, mail=9), Patience(answer=9, mail=0.2)])
def test_a_slow_server_is_left_in_time(mailing: Mailing, patience: Patience) -> None:
    """The others are tried the next time, each with its own connection."""
    first, second = mailing.put_for_good(), mailing.put_for_good("bo@example.org")
    mailing.server.waits = 1.0
    mailing.delivery.patience = patience
    with mailing.server.up():
        mailing.delivery.send_due()
    assert (look(first).trouble, look(first).attempts) == (MailTrouble.TOO_SLOW, 1)
    assert (look(second).trouble, look(second).attempts) == (None, 0)


def test_killed_between_sending_and_noting_it(
    mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent once more, ten minutes later, and recognised by its Message-ID."""
    mail_id = mailing.put_for_good()
    with mailing.server.up():
        with monkeypatch.context() as killed:
            killed.setattr(delivery.Delivery, "_end", _killed)
            with pytest.raises(KeyboardInterrupt):
                mailing.delivery.send_due()
        assert mailing.delivery.send_due() == 0
        mailing.wait(delivery.LEFT_BEHIND_AFTER)
        assert mailing.delivery.send_due() == 1
        mailing.wait(timedelta(days=1))
        assert mailing.delivery.send_due() == 0
    assert [email["Message-ID"] for email in mailing.server.taken] == [look(mail_id).message_id] * 2


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_of_two_workers_one_sends_it(mailing: Mailing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one saw the mail as due, and comes while the first is sending."""
    mailing.put_for_good()
    hand_over = MailConnection.hand_over
    due = mailing.delivery._due()

    def meanwhile(self: MailConnection, email: EmailMessage, sender: str, to: str) -> None:
        assert [mailing.delivery._take(mail_id) for mail_id in due] == [None]
        hand_over(self, email, sender, to)

    monkeypatch.setattr(MailConnection, "hand_over", meanwhile)
    with mailing.server.up():
        assert mailing.delivery.send_due() == 1
    assert len(mailing.server.taken) == 1


def test_names_outside_ascii_and_a_megabyte_of_text(mailing: Mailing) -> None:
    words = "Ünïcödé " * 140_000
    mail = mailing.put(name='Ünal "the, chair" <eve@example.org>')
    mail.text, mail.subject = words, "Antrag № 2: Übersetzungen"
    db.session.commit()
    with mailing.server.up():
        assert mailing.delivery.send_due() == 1
    [email] = mailing.server.taken
    assert mailing.server.recipients == ["ada@example.org"]
    assert [address.addr_spec for address in email["To"].addresses] == ["ada@example.org"]
    assert email["To"].addresses[0].display_name == 'Ünal "the, chair" <eve@example.org>'
    assert email["Subject"] == "Antrag № 2: Übersetzungen"
    assert parts(email)[0].strip() == words.strip()


@pytest.mark.parametrize("smtputf8", [True, False])
def test_an_address_outside_ascii(mailing: Mailing, smtputf8: bool) -> None:
    mail_id = mailing.put_for_good("Ünal@example.org")
    with mailing.server.up(smtputf8=smtputf8):
        mailing.delivery.send_due()
    mail = look(mail_id)
    if smtputf8:
        assert mail.state is MailState.SENT
    else:
        assert (mail.state, mail.trouble) == (MailState.GIVEN_UP, MailTrouble.NOT_SUPPORTED)


def test_what_is_over_is_forgotten_after_90_days(app: Flask, mailing: Mailing) -> None:
    mail_id = mailing.put_for_good()
    with mailing.server.up():
        mailing.delivery.send_due()
    for days, left in ((89, 1), (2, 0)):
        mailing.wait(timedelta(days=days))
        delivery.tidy(db.session(), app.config["SETTINGS"], mailing.now)
        db.session.commit()
        ids = sa.select(sa.func.count()).where(OutgoingMail.id == mail_id)
        assert db.session.scalar(ids) == left


def test_after_a_restore_nothing_leaves_that_waited(mailing: Mailing, union: Union) -> None:
    mail_id = mailing.put_for_good()
    delivery.end_after_restore(db.session(), mailing.now)
    db.session.commit()
    with mailing.server.up():
        assert mailing.delivery.send_due() == 0
    mail = look(mail_id)
    assert (mail.state, mail.trouble, mail.text) == (
        MailState.GIVEN_UP,
        MailTrouble.RESTORED,
        None,
    )
