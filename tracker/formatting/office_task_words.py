"""What the start page of the office says of each thing that waits: what is so, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tracker.rules.office_tasks import OfficeTaskKind
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import role_words
from .amounts import number
from .dates import day, moment
from .role_words import HasRole


class HasSubject(Protocol):
    @property
    def day(self) -> date | None: ...
    @property
    def role(self) -> HasRole | None: ...
    @property
    def count(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class OfficeTaskWords:
    title: str  # what is so
    what_to_do: str
    button: str = ""  # of those that have a page of their own; others lead to each person's
    since: str = ""  # the title, where a moment is known


WORDS: dict[OfficeTaskKind, OfficeTaskWords] = {
    OfficeTaskKind.WORKER_DOWN: OfficeTaskWords(
        title=N_("The worker does not run"),
        since=N_("The worker does not run; it was last seen on %(moment)s"),
        what_to_do=N_(
            "Reports and mail wait until it runs; nothing of them is lost. Ask whoever runs the "
            "server: “tracker serve” starts it, “tracker doctor” says what is wrong."
        ),
    ),
    OfficeTaskKind.NO_BACKUP: OfficeTaskWords(
        title=N_("No backup was made yet"),
        what_to_do=N_(
            "Should the disk be lost, so is the record. Ask whoever runs the server for “tracker "
            "backup”, each night."
        ),
    ),
    OfficeTaskKind.BACKUP_OLD: OfficeTaskWords(
        title=N_("The last backup is old"),
        since=N_("The last backup is of %(moment)s"),
        what_to_do=N_(
            "What was recorded since would be lost with the disk. Ask whoever runs the server why "
            "“tracker backup” does not run."
        ),
    ),
    OfficeTaskKind.NOT_OPENED: OfficeTaskWords(
        title=N_("The pages are not open yet"),
        what_to_do=N_("When the list reads as it should, open them: then everybody can read them."),
        button=N_("See the pages"),
    ),
    OfficeTaskKind.NOBODY_CONFIRMS: OfficeTaskWords(
        title=N_("Nobody can confirm"),
        what_to_do=N_(
            "What is reported done stays “not yet checked”. Give the role of confirmer to somebody "
            "who does not work on the items."
        ),
        button=N_("Give the role"),
    ),
    OfficeTaskKind.UNIT_WITHOUT_MANAGER: OfficeTaskWords(
        title=N_("Units that lead items and have no manager"),
        what_to_do=N_(
            "Their entries wait for the governance office. Give somebody of the unit the role of "
            "manager."
        ),
        button=N_("Give the role"),
    ),
    OfficeTaskKind.CLOSED_LEAD: OfficeTaskWords(
        title=N_("Items led by somebody whose account is closed"),
        what_to_do=N_(
            "Nobody writes what becomes of them. The governance office hands them on, under "
            "“Somebody leaves”."
        ),
    ),
    OfficeTaskKind.DRAFT_TO_SIGN_OFF: OfficeTaskWords(
        title=N_("Drafts that wait to be signed off"),
        what_to_do=N_(
            "The body asks for a second person of governance. Read each, and sign it off or leave "
            "it; somebody else issues it then."
        ),
        button=N_("Read the drafts"),
    ),
    OfficeTaskKind.DRAFT_TO_ISSUE: OfficeTaskWords(
        title=N_("Drafts that wait to be issued"),
        what_to_do=N_(
            "Issued, a report has a number and stands for everybody who may read its convention. A "
            "draft goes after 30 days."
        ),
        button=N_("See the drafts"),
    ),
    OfficeTaskKind.PASSWORD_TRIED: OfficeTaskWords(
        title=N_("A password is tried again and again, in vain"),
        what_to_do=N_(
            "Counted in the last 15 minutes. Ask whether it was they themselves; the log of "
            "security says from where."
        ),
        button=N_("Read the log"),
    ),
    OfficeTaskKind.MAIL_GIVEN_UP: OfficeTaskWords(
        title=N_("Mail that could not be sent"),
        what_to_do=N_(
            "The page of outgoing mail says why. Mend the address, or tell them in another way."
        ),
        button=N_("Outgoing mail"),
    ),
    OfficeTaskKind.NO_ACCOUNT: OfficeTaskWords(
        title=N_("Roles held without an account"),
        what_to_do=N_("They cannot sign in. Invite them by the same name: the role goes along."),
        button=N_("Invite"),
    ),
    OfficeTaskKind.INVITATION_OVER: OfficeTaskWords(
        title=N_("Invitations that are over"),
        what_to_do=N_("The link was not used in time. Make a new one on the person’s page."),
    ),
    OfficeTaskKind.INVITATION_WAITS: OfficeTaskWords(
        title=N_("Invitations not taken up yet"),
        what_to_do=N_(
            "Did the link arrive? A new one can be made on the person’s page; the old one ends "
            "then."
        ),
    ),
    OfficeTaskKind.ROLE_ENDS: OfficeTaskWords(
        title=N_("Roles that end within 30 days"),
        what_to_do=N_(
            "Where one is to go on, give it again on the person’s page, with a later last day."
        ),
    ),
}


def title(kind: OfficeTaskKind, at: datetime | None = None) -> str:
    """`at`: when the worker was last seen, or the backup made."""
    if at is not None:
        return _(WORDS[kind].since, moment=moment(at))
    return _(WORDS[kind].title)


def what_to_do(kind: OfficeTaskKind) -> str:
    return _(WORDS[kind].what_to_do)


def button(kind: OfficeTaskKind) -> str:
    return _(WORDS[kind].button)


def details(kind: OfficeTaskKind, subject: HasSubject) -> str:
    """What stands behind a name: Manager, Center for Research, until 12 December 2026."""
    if subject.day and subject.role:
        return _(
            "%(role)s, until %(day)s", role=role_words.name(subject.role), day=day(subject.day)
        )
    if subject.day:
        return _("link until %(day)s", day=day(subject.day))
    count = subject.count or 0
    if kind is OfficeTaskKind.CLOSED_LEAD:
        return ngettext("%(count)s item", "%(count)s items", count, count=number(count))
    if kind is OfficeTaskKind.PASSWORD_TRIED:
        return ngettext("%(count)s try", "%(count)s tries", count, count=number(count))
    return ""
