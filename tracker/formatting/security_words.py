"""The words of the page of the security log."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_time

from tracker.security_log import SecurityEvent
from tracker.translation import N_, current_locale
from tracker.translation import gettext as _

from .dates import short_day

EVENTS: dict[SecurityEvent, str] = {
    SecurityEvent.SIGNED_IN: N_("Signed in"),
    SecurityEvent.SIGN_IN_FAILED: N_("Failed to sign in"),
    SecurityEvent.SIGN_IN_DELAYED: N_("Had to wait: too many attempts"),
    SecurityEvent.SIGNED_OUT: N_("Signed out"),
    SecurityEvent.PASSWORD_SET: N_("Set a password"),
    SecurityEvent.LINK_MADE: N_("One-time link made"),
    SecurityEvent.ACCOUNT_CREATED: N_("Account made"),
    SecurityEvent.ACCOUNT_CLOSED: N_("Account closed"),
    SecurityEvent.ACCOUNT_JOINED: N_("Account joined with a person"),
    SecurityEvent.SESSIONS_ENDED: N_("Signed out everywhere"),
    SecurityEvent.ROLE_GIVEN: N_("Role given"),
    SecurityEvent.ROLE_LIMITED: N_("Last day of a role named"),
    SecurityEvent.ROLE_ENDED: N_("Role ended"),
    SecurityEvent.ACCOUNT_OPENED: N_("Account opened again"),
    SecurityEvent.SECOND_FACTOR_ADDED: N_("Second factor set up"),
    SecurityEvent.SECOND_FACTOR_REMOVED: N_("Second factor taken away"),
    SecurityEvent.SECOND_FACTOR_RESET: N_("Second factors reset"),
    SecurityEvent.SECOND_FACTOR_FAILED: N_("Wrong code after the password"),
    SecurityEvent.RECOVERY_CODES_MADE: N_("Recovery codes made"),
    SecurityEvent.RECOVERY_CODE_USED: N_("Signed in with a recovery code"),
    SecurityEvent.SET_UP_LINK_MADE: N_("Set-up address made"),
    SecurityEvent.MEMBERS_CODE_MADE: N_("Code of the hall made"),
    SecurityEvent.MEMBERS_CODE_FAILED: N_("Typed a wrong code of the hall"),
    SecurityEvent.OFFICE_SET_UP: N_("Set up the office: its first account"),
    SecurityEvent.REFUSED: N_("Refused: the roles do not allow it"),
}


def event(code: SecurityEvent) -> str:
    return _(EVENTS[code])


def moment(at: datetime) -> str:
    """Day and time, to the minute: 29 Nov 2026, 14:02."""
    time = format_time(at, "short", locale=current_locale())
    return _("%(day)s, %(time)s", day=short_day(at.date()), time=time)


def browser(name: str | None, system: str | None) -> str:
    """Firefox on Windows."""
    if name and system:
        return _("%(browser)s on %(system)s", browser=name, system=system)
    return name or system or _("A browser that is not known")
