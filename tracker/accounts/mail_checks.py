"""The check of `tracker doctor` for mail: whether a server is set, what last left, what did not."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from tracker.config import Settings
from tracker.engine import READING
from tracker.extensions import db
from tracker.installation.doctor import CheckState, StateAndWords
from tracker.record.outgoing_mail import MailState, OutgoingMail
from tracker.translation import gettext as _


def _mail(settings: Settings) -> StateAndWords:
    if settings.mail_server is None:
        return CheckState.WELL, _("no mail leaves: TRACKER_MAIL_URL is not set")
    count = sa.select(sa.func.count())
    given_up_mails = count.where(OutgoingMail.state == MailState.GIVEN_UP)
    failing_mails = count.where(
        OutgoingMail.state == MailState.WAITING, OutgoingMail.trouble.is_not(None)
    )
    newest = sa.select(sa.func.max(OutgoingMail.ended_at)).where(
        OutgoingMail.state == MailState.SENT
    )
    with db.engine.connect().execution_options(**READING) as connection:
        given_up = connection.scalar(given_up_mails) or 0
        failing = connection.scalar(failing_mails) or 0
        last = connection.scalar(newest)
    sent = (
        _("last sent %(at)s UTC", at=f"{last:%Y-%m-%d %H:%M}") if last else _("none was sent yet")
    )
    if given_up or failing:
        return CheckState.WARNING, _(
            "%(host)s: %(sent)s; tried in vain and waiting: %(failing)s; given up in 90 days: "
            "%(given_up)s. The page of outgoing mail says why.",
            host=settings.mail_server.host,
            sent=sent,
            failing=failing,
            given_up=given_up,
        )
    return CheckState.WELL, _("%(host)s: %(sent)s", host=settings.mail_server.host, sent=sent)


CHECKS: dict[str, Callable[[Settings], StateAndWords]] = {"mail": _mail}
