"""The page of outgoing mail: to whom, about what, and what became of it; never its link, but in a
made-up installation, where the mail itself can be read.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.access import begins_reading, requires, writing
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting import worker_words
from tracker.jobs.heartbeat import worker_state
from tracker.mail import delivery
from tracker.mail.mail_lines import MailLine, mail_line
from tracker.reading.bodies import all_made_up
from tracker.record.bodies import Body
from tracker.record.outgoing_mail import MailState, OutgoingMail
from tracker.rules.permissions import Permission
from tracker.translation import gettext as _

from .blueprint import find_body, office, whole_number

MOST_SHOWN = 100

log = structlog.get_logger("tracker.mail")


@office.get("/office/<body>/mail")
@requires(Permission.ADMINISTER)
def mail(body: str) -> ResponseReturnValue:
    found, at, settings = find_body(body), now(), current_settings()
    lines = _lines(db.session(), found.body_id, found.target.zone, at)
    worker = worker_state(settings, at)
    waits = any(line.state is MailState.WAITING for line in lines)
    return render_template(
        "office/mail.html",
        body=found.context.body,
        lines=lines,
        zone=found.target.zone,
        given_up=sum(line.state is MailState.GIVEN_UP for line in lines),
        has_server=settings.mail_server is not None,
        worker_waits=worker_words.waits(worker, at, found.target.zone)
        if waits and worker.is_down
        else None,
        is_busy=any(line.is_due for line in lines),
        most_shown=MOST_SHOWN,
    )


@office.post("/office/<body>/mail/try")
@requires(Permission.ADMINISTER)
@begins_reading
def try_mail(body: str) -> ResponseReturnValue:
    """Makes a mail that waits due: the worker sends it within seconds."""
    found = find_body(body)
    mail_id = whole_number(request.form.get("mail"))
    is_due = False
    with writing() as session:
        which = sa.and_(OutgoingMail.id == mail_id, _of_body(session, found.body_id))
        waiting = session.scalar(sa.select(OutgoingMail).where(which))
        if waiting is not None:
            is_due = delivery.try_now(session, waiting, now())
    if is_due:
        log.info("mail tried at once", mail=mail_id, by_person=found.actor.person_id)
        flash(_("It is tried within seconds."))
    else:
        flash(_("Nothing to do: this mail does not wait any more, or is being sent now."))
    return redirect(url_for("office.mail", body=body), HTTPStatus.SEE_OTHER)


def _of_body(session: Session, body_id: int) -> sa.ColumnElement[bool]:
    """Mail in nobody's name is the body's where it is the only one."""
    of_body = OutgoingMail.body_id == body_id
    if session.scalar(sa.select(sa.func.count()).select_from(Body)) == 1:
        return sa.or_(of_body, OutgoingMail.body_id.is_(None))
    return of_body


def _lines(session: Session, body_id: int, zone: ZoneInfo, at: datetime) -> list[MailLine]:
    """The newest."""
    of_body = _of_body(session, body_id)
    newest = sa.select(OutgoingMail).where(of_body).order_by(OutgoingMail.id.desc())
    may_be_read = all_made_up(session)
    mails = session.scalars(newest.limit(MOST_SHOWN))
    return [mail_line(mail, zone, at, may_be_read=may_be_read) for mail in mails]
