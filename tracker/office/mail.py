"""The page of outgoing mail: to whom, about what, and what became of it; never its link, but in a
made-up installation, where the mail itself can be read.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.access import requires
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.mail.mail_lines import MailLine, mail_line
from tracker.reading.bodies import all_made_up
from tracker.record.bodies import Body
from tracker.record.outgoing_mail import MailState, OutgoingMail
from tracker.rules.permissions import Permission

from .blueprint import find_body, office

MOST_SHOWN = 100


@office.get("/office/<body>/mail")
@requires(Permission.ADMINISTER)
def mail(body: str) -> ResponseReturnValue:
    found = find_body(body)
    lines = _lines(db.session(), found.body_id, found.target.zone)
    return render_template(
        "office/mail.html",
        body=found.context.body,
        lines=lines,
        given_up=sum(line.state is MailState.GIVEN_UP for line in lines),
        has_server=current_settings().mail_server is not None,
        most_shown=MOST_SHOWN,
    )


def _lines(session: Session, body_id: int, zone: ZoneInfo) -> list[MailLine]:
    """The newest. Mail in nobody's name is the body's where it is the only one."""
    of_body = OutgoingMail.body_id == body_id
    if session.scalar(sa.select(sa.func.count()).select_from(Body)) == 1:
        of_body = sa.or_(of_body, OutgoingMail.body_id.is_(None))
    newest = sa.select(OutgoingMail).where(of_body).order_by(OutgoingMail.id.desc())
    may_be_read = all_made_up(session)
    mails = session.scalars(newest.limit(MOST_SHOWN))
    return [mail_line(mail, zone, may_be_read=may_be_read) for mail in mails]
