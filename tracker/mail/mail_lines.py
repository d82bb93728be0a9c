"""What a page or a command shows of a mail in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.formatting.dates import moment
from tracker.record.outgoing_mail import MailState, MailTrouble, OutgoingMail


@dataclass(frozen=True, kw_only=True)
class MailLine:
    """Its moments are in words, in the body's zone."""

    id: int
    to: str
    subject: str
    state: MailState
    made_at: str
    ended_at: str | None
    next_try_at: str | None
    is_due: bool  # the worker sends it at its next look
    attempts: int
    trouble: MailTrouble | None
    said: str | None  # by the mail server
    text: tuple[str, ...]  # by lines; empty where it may not be read, or is over


def mail_line(mail: OutgoingMail, zone: ZoneInfo, now: datetime, may_be_read: bool) -> MailLine:
    """`may_be_read`: only in a made-up installation, as a mail can hold a link that lives."""
    return MailLine(
        id=mail.id,
        to=mail.to_address,
        subject=mail.subject,
        state=mail.state,
        made_at=moment(mail.made_at.astimezone(zone)),
        ended_at=moment(mail.ended_at.astimezone(zone)) if mail.ended_at else None,
        next_try_at=moment(mail.next_try_at.astimezone(zone)) if mail.next_try_at else None,
        is_due=mail.state is MailState.WAITING
        and mail.next_try_at is not None
        and mail.next_try_at <= now,
        attempts=mail.attempts,
        trouble=mail.trouble,
        said=mail.said,
        text=tuple((mail.text or "").splitlines()) if may_be_read else (),
    )
