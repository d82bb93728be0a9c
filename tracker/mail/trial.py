"""One mail that is sent at once, to see whether mail leaves. The outbox knows nothing of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.mail_server import MailServer
from tracker.record.outgoing_mail import MailTrouble

from . import outbox
from .messages import MailTemplate
from .transport import MailNotSent, Patience, connected, email_of

PATIENCE = Patience(answer=20.0, mail=60.0)


def send_test(session: Session, server: MailServer, to: str, at: datetime) -> str:
    """Gives back what the server answered when it took the mail. Raises MailNotSent."""
    mail = outbox.compose_mail(session, MailTemplate.TRIAL, to, {"at": at})
    if mail.trouble is MailTrouble.NO_ADDRESS:
        raise MailNotSent(mail.trouble, mail.said or "", is_final=True)
    with connected(server, PATIENCE) as connection:
        return connection.hand_over(email_of(mail, server.sender), server.sender, mail.to_address)
