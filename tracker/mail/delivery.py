"""What the worker does for mail: it sends what is due, notes what became of it, and forgets what is
over. The schedule of tries is in `rules.mail_retries`.

A mail is taken by moving its next try ahead, so that of two workers one sends it. If that one is
killed before it could note that the mail is sent, it is sent once more, later, with the same
Message-ID.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from flask import Flask
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.config import Settings
from tracker.engine import READING
from tracker.mail_server import MailServer
from tracker.reading.bodies import all_made_up
from tracker.record.outgoing_mail import ENDED, MailState, MailTrouble, OutgoingMail
from tracker.rules.mail_retries import GIVEN_UP_AFTER, next_try

from .transport import MailConnection, MailNotSent, Patience, connected, email_of

LOOKS_EVERY = 3.0  # seconds
AT_ONCE = 50  # mails, in one connection
LEFT_BEHIND_AFTER = timedelta(minutes=10)  # longer than the patience with a server
KEPT_FOR = timedelta(days=90)  # to whom a mail went, and when, after it is over

log = structlog.get_logger("tracker.mail")


def keep_sending(app: Flask, engine: sa.Engine, ended: threading.Event) -> None:
    """Send what is due, until `ended` is set. Whatever goes wrong is in the log."""
    settings: Settings = app.config["SETTINGS"]
    if settings.mail_server is None:
        return
    delivery = Delivery(engine, settings.mail_server, lambda: now(app))
    while not ended.wait(LOOKS_EVERY):
        try:
            delivery.send_due(ended)
        except Exception:  # the database cannot be written: another time
            log.exception("mail cannot be sent")


@dataclass
class Delivery:
    """Sends to one mail server."""

    engine: sa.Engine
    server: MailServer
    clock: Callable[[], datetime]
    patience: Patience = field(default_factory=Patience)

    def send_due(self, ended: threading.Event | None = None) -> int:
        """Sends what is due, over one connection; gives back how many mails were taken.

        If the server cannot be reached, that counts as a try of each of them. If it stops
        answering in the middle, the others are tried the next time.
        """
        due = self._due()
        if not due:
            return 0
        sent = 0
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(connected(self.server, self.patience))
            except MailNotSent as why:
                for mail_id in due:
                    if (mail := self._take(mail_id)) is not None:
                        self._failed(mail, why)
                return 0
            for mail_id in due:
                if ended is not None and ended.is_set():
                    break
                mail = self._take(mail_id)
                if mail is None:
                    continue
                try:
                    self._hand_over(connection, mail)
                except MailNotSent as why:
                    self._failed(mail, why)
                    if not connection.is_open:
                        break
                else:
                    self._end(mail, MailState.SENT)
                    sent += 1
        return sent

    def _due(self) -> list[int]:
        with Session(self.engine.execution_options(**READING)) as session:
            return list(
                session.scalars(
                    sa.select(OutgoingMail.id)
                    .where(
                        OutgoingMail.state == MailState.WAITING,
                        OutgoingMail.next_try_at <= self.clock(),
                    )
                    .order_by(OutgoingMail.next_try_at, OutgoingMail.id)
                    .limit(AT_ONCE)
                )
            )

    def _take(self, mail_id: int) -> OutgoingMail | None:
        """The mail, if nobody else has taken it and it is still worth sending."""
        at = self.clock()
        with Session(self.engine, expire_on_commit=False) as session:
            taken = session.connection().execute(
                sa.update(OutgoingMail)
                .where(
                    OutgoingMail.id == mail_id,
                    OutgoingMail.state == MailState.WAITING,
                    OutgoingMail.next_try_at <= at,
                )
                .values(
                    next_try_at=at + LEFT_BEHIND_AFTER,
                    attempts=OutgoingMail.attempts + 1,
                    tried_at=at,
                )
            )
            session.commit()
            if not taken.rowcount:
                return None
            mail = session.get_one(OutgoingMail, mail_id)
            session.expunge(mail)
        if mail.good_until is not None and mail.good_until <= at:
            self._failed(mail, MailNotSent(MailTrouble.LINK_OVER, "", is_final=True))
            return None
        return mail

    def _hand_over(self, connection: MailConnection, mail: OutgoingMail) -> None:
        try:
            email = email_of(mail, self.server.sender)
        except (ValueError, UnicodeError) as wrong:  # nothing that we know of; nobody waits for it
            raise MailNotSent(MailTrouble.NOT_SUPPORTED, type(wrong).__name__, True) from wrong
        connection.hand_over(email, self.server.sender, mail.to_address)

    def _failed(self, mail: OutgoingMail, why: MailNotSent) -> None:
        at = self.clock()
        again = (
            None
            if why.is_final
            else next_try(mail.attempts, at, made_at=mail.made_at, good_until=mail.good_until)
        )
        if again is None:
            log.error("mail given up", mail=mail.id, trouble=why.trouble.value)
            self._end(mail, MailState.GIVEN_UP, trouble=why.trouble, said=why.said)
        else:
            self._note(mail, next_try_at=again, trouble=why.trouble, said=why.said)

    def _end(self, mail: OutgoingMail, state: MailState, **values: object) -> None:
        values = {"trouble": None, "said": None} | values
        self._note(mail, **ENDED, state=state, ended_at=self.clock(), **values)

    def _note(self, mail: OutgoingMail, **values: object) -> None:
        """Unless it was ended meanwhile, as an erasure does."""
        with Session(self.engine) as session:
            session.execute(
                sa.update(OutgoingMail)
                .where(OutgoingMail.id == mail.id, OutgoingMail.state == MailState.WAITING)
                .values(**values)
                .execution_options(synchronize_session=False)
            )
            session.commit()


def try_now(session: Session, mail: OutgoingMail, at: datetime) -> bool:
    """Makes a waiting mail due; tells whether it was not due, and nobody is sending it, until now.

    What a worker has taken stays with it: the mail would be sent twice.
    """
    if mail.next_try_at is None or mail.next_try_at <= at:
        return False
    if mail.tried_at is not None and mail.next_try_at == mail.tried_at + LEFT_BEHIND_AFTER:
        return False
    made_due = session.connection().execute(
        sa.update(OutgoingMail)
        .where(
            OutgoingMail.id == mail.id,
            OutgoingMail.state == MailState.WAITING,
            OutgoingMail.next_try_at == mail.next_try_at,
        )
        .values(next_try_at=at)
    )
    return bool(made_due.rowcount)


def tidy(session: Session, settings: Settings, at: datetime) -> None:
    """Forgets the words of what is waiting without a mail server, or was shown, for three days;
    and after 90 days that there was a mail.
    """
    old = OutgoingMail.made_at < at - GIVEN_UP_AFTER
    if settings.mail_server is None:
        _end_all(session, at, MailTrouble.NO_SERVER, OutgoingMail.state == MailState.WAITING, old)
    is_shown = OutgoingMail.state == MailState.SHOWN
    is_over = old if all_made_up(session) else sa.true()
    _forget_words(session, is_shown, is_over, OutgoingMail.text.is_not(None))
    session.execute(sa.delete(OutgoingMail).where(OutgoingMail.ended_at < at - KEPT_FOR))
    session.execute(sa.delete(OutgoingMail).where(is_shown, OutgoingMail.made_at < at - KEPT_FOR))


def end_after_restore(session: Session, at: datetime) -> None:
    """What waited when a backup was made may have been sent since, and its links are over."""
    _end_all(session, at, MailTrouble.RESTORED, OutgoingMail.state == MailState.WAITING)
    _forget_words(session, OutgoingMail.state == MailState.SHOWN)


def _end_all(
    session: Session, at: datetime, trouble: MailTrouble, *which: sa.ColumnElement[bool]
) -> None:
    session.execute(
        sa.update(OutgoingMail)
        .where(*which)
        .values(**ENDED, state=MailState.GIVEN_UP, ended_at=at, trouble=trouble, said=None)
        .execution_options(synchronize_session=False)
    )


def _forget_words(session: Session, *which: sa.ColumnElement[bool]) -> None:
    session.execute(
        sa.update(OutgoingMail)
        .where(*which)
        .values(text=None, html=None)
        .execution_options(synchronize_session=False)
    )
