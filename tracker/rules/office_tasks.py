"""What can wait for whoever administers a body: codes, and the limits by which it waits."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum, auto

ENDS_SOON = timedelta(days=30)  # a role
OLD_BACKUP = timedelta(days=2)
MAIL_WAITS_FOR = timedelta(days=30)  # given up longer ago, it is no task any more
MANY_TRIES = 10  # of a password within 15 minutes, in vain


class OfficeTaskKind(StrEnum):
    """In the order in which they are shown."""

    WORKER_DOWN = auto()
    NO_BACKUP = auto()
    BACKUP_OLD = auto()
    NOT_OPENED = auto()
    NOBODY_CONFIRMS = auto()
    UNIT_WITHOUT_MANAGER = auto()  # a unit that leads something open
    CLOSED_LEAD = auto()  # an account is closed, and its person still leads something open
    DRAFT_TO_SIGN_OFF = auto()  # of a report
    DRAFT_TO_ISSUE = auto()
    PASSWORD_TRIED = auto()
    MAIL_GIVEN_UP = auto()
    NO_ACCOUNT = auto()  # of somebody who holds a role
    INVITATION_OVER = auto()  # its link ended before it was used
    INVITATION_WAITS = auto()
    ROLE_ENDS = auto()


OF_GOVERNANCE = frozenset(
    {
        OfficeTaskKind.CLOSED_LEAD,
        OfficeTaskKind.DRAFT_TO_SIGN_OFF,
        OfficeTaskKind.DRAFT_TO_ISSUE,
    }
)
"""What the governance office sees to; of an item's lead the administrator is told as well."""
