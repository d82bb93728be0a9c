"""A link that is over does not leave: its mail waits no more when the account is closed, the
password set, or a newer link made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.staffed_union import Union
from tracker.accounts import invitations, user_accounts
from tracker.accounts.user import User
from tracker.extensions import db
from tracker.mail import outbox
from tracker.mail.messages import MailTemplate
from tracker.record.outgoing_mail import MailState, MailTrouble

from .conftest import AT, LINK, Mailing, body, look

EndsLinks = Callable[[Session, User, datetime], object]


def close(session: Session, account: User, _at: datetime) -> None:
    user_accounts.close_account(session, account)


def set_password(session: Session, account: User, _at: datetime) -> None:
    user_accounts.set_password(session, account, "seven quiet lamps beneath")


@pytest.mark.parametrize(
    ("ends_links", "leave"),
    [(close, 0), (set_password, 0), (invitations.make_reset_link, 1)],
)
def test_a_link_that_is_over_does_not_leave(
    app: Flask, union: Union, mailing: Mailing, ends_links: EndsLinks, leave: int
) -> None:
    account = user_accounts.find_account(db.session(), "dana@example.org")
    assert account
    others = mailing.put_for_good("ada@example.org")
    token = invitations.make_reset_link(db.session(), account, AT).token
    db.session.commit()
    mail_id = others + 1
    assert look(mail_id).to_address == account.email
    ends_links(db.session(), account, AT)
    db.session.commit()
    assert user_accounts.find_link_user(db.session(), token, AT) is None
    db.session.rollback()
    mail = look(mail_id)
    assert (mail.state, mail.trouble) == (MailState.GIVEN_UP, MailTrouble.LINK_OVER)
    assert (mail.text, mail.html) == (None, None)
    with mailing.server.up():
        assert mailing.delivery.send_due() == 1 + leave
    assert not [email for email in mailing.server.taken if token in email.as_string()]
    assert look(others).state is MailState.SENT


def test_mail_without_a_link_leaves_all_the_same(mailing: Mailing) -> None:
    mail = outbox.send(db.session(), MailTemplate.TRIAL, "ada@example.org", {"at": AT}, body())
    assert mail
    outbox.end_links(db.session(), "ada@example.org")
    db.session.commit()
    assert look(mail.id).state is MailState.WAITING


def test_the_moment_of_a_mail_names_its_zone(mailing: Mailing) -> None:
    assert "(Coordinated Universal Time)" in " ".join((mailing.put().text or "").split())
    assert LINK in (mailing.put().text or "")
