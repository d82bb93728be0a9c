"""The outbox: where a mail is put, in the transaction that causes it. It is sent later, by the
worker.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.reading.bodies import all_made_up
from tracker.record.as_of import NOW
from tracker.record.bodies import Body
from tracker.record.outgoing_mail import ENDED, MailState, MailTrouble, OutgoingMail
from tracker.record.surroundings import settings
from tracker.translation import gettext as _
from tracker.translation import in_language

from .messages import MailTemplate, compose

MOST_OF_A_NAME = 200  # characters
MOST_OF_A_SUBJECT = 300
NO_DOMAIN = "tracker.invalid"  # of a mail that no server sends
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def is_mail_set_up(session: Session) -> bool:
    """Whether a mail that is put into the outbox reaches somebody: a mail server is set, or, in a
    made-up installation, it shows on the page of outgoing mail.

    Who has another way to say it asks this first.
    """
    return current_settings().mail_server is not None or all_made_up(session)


def send(
    session: Session,
    template: MailTemplate,
    to: str,
    context: Mapping[str, object],
    body: Body | None = None,
) -> OutgoingMail | None:
    """Puts a mail into the outbox; it leaves after the caller's commit, and only then.

    `to`: one address. `context`: what the template asks for; `name` is whom it greets, `until`
    (aware) is when it stops being of use. It comes in the name of the body, in the body's language
    and with times in its zone.

    None where no mail is set up. An address that cannot be one is no error: the row says so, and
    the page of outgoing mail shows it.
    """
    if not is_mail_set_up(session):
        return None
    mail = compose_mail(session, template, to, context, body)
    session.add(mail)
    session.flush()
    return mail


def compose_mail(
    session: Session,
    template: MailTemplate,
    to: str,
    context: Mapping[str, object],
    body: Body | None = None,
) -> OutgoingMail:
    """The mail as `send` would put it into the outbox; it is in none yet."""
    mail_server = current_settings().mail_server
    at = now()
    sender_name, language, values = _in_the_name_of(session, body, context)
    with in_language(language):
        message = compose(template, values)
    address, refused = _address(to)
    until = context.get("until")
    mail = OutgoingMail(
        message_id=_message_id(mail_server.sender if mail_server else None),
        template=template.value,
        body_id=body.id if body else None,
        sender_name=one_line(sender_name, MOST_OF_A_NAME),
        to_address=address,
        to_name=one_line(str(context.get("name") or ""), MOST_OF_A_NAME),
        subject=one_line(message.subject, MOST_OF_A_SUBJECT),
        text=message.text.replace("\x00", ""),
        html=message.html.replace("\x00", ""),
        made_at=at,
        good_until=until if isinstance(until, datetime) else None,
        state=MailState.WAITING if mail_server else MailState.SHOWN,
        next_try_at=at if mail_server else None,
    )
    if refused is not None:
        mail.state, mail.next_try_at, mail.ended_at = MailState.GIVEN_UP, None, at
        mail.text = mail.html = None
        mail.trouble, mail.said = MailTrouble.NO_ADDRESS, refused
    return mail


def end_links(session: Session, to: str) -> None:
    """Mail to this address whose link is over is not sent any more: the link was used, replaced or
    taken back.
    """
    address, _refused = _address(to)
    session.execute(
        sa.update(OutgoingMail)
        .where(
            OutgoingMail.to_address == address,
            OutgoingMail.good_until.is_not(None),
            OutgoingMail.state == MailState.WAITING,
        )
        .values(
            **ENDED,
            state=MailState.GIVEN_UP,
            ended_at=now(),
            trouble=MailTrouble.LINK_OVER,
            said=None,
        )
        .execution_options(synchronize_session=False)
    )


def _in_the_name_of(
    session: Session, body: Body | None, context: Mapping[str, object]
) -> tuple[str, str | None, dict[str, object]]:
    """The sender's name, the language, and the context with them."""
    if body is None:
        name = _("Convention tracker")
        return name, None, {**context, "body_name": name}
    body_settings = settings(session, body.id, NOW)
    values = {
        key: value.astimezone(body_settings.zone) if isinstance(value, datetime) else value
        for key, value in context.items()
    }
    return body_settings.name, body_settings.language, values | {"body_name": body_settings.name}


def _address(to: str) -> tuple[str, str | None]:
    """The address as it is sent to; and, where it cannot be one, why."""
    try:
        # "test" domains are refused by the mail server, where they do not exist
        found = validate_email(to, check_deliverability=False, test_environment=True)
    except EmailNotValidError as wrong:
        return one_line(to, 320), one_line(str(wrong), 300)
    return found.ascii_email or found.normalized, None


def _message_id(sender: str | None) -> str:
    domain = sender.rpartition("@")[2].encode("idna").decode() if sender else NO_DOMAIN
    return f"<{secrets.token_hex(16)}@{domain}>"


def one_line(words: str, most: int) -> str:
    """What may stand in a header: no line break, no control character."""
    return " ".join(_CONTROLS.sub(" ", words).split())[:most]
