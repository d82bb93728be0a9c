"""What the start page of the office shows of a body, by what the person may do there: what waits,
each with where it is done, and the pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask import url_for
from sqlalchemy.orm import Session

from tracker.accounts.office_tasks import (
    OfficeTask,
    TaskSubject,
    tasks_of_body,
    tasks_of_installation,
)
from tracker.config import Settings
from tracker.reading.body_context import BodyContext, load_body_context
from tracker.record.as_of import AsOf
from tracker.record.surroundings import zone_of
from tracker.rules import slugs
from tracker.rules.office_tasks import OfficeTaskKind
from tracker.rules.permissions import Actor, Permission, is_permitted
from tracker.rules.rosters import Roster
from tracker.translation import N_
from tracker.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class OfficePage:
    label: str
    what: str  # is done there
    path: str


@dataclass(frozen=True, kw_only=True)
class NamedSubject:
    subject: TaskSubject
    path: str | None  # of the person


@dataclass(frozen=True, kw_only=True)
class TaskCard:
    """One thing that waits."""

    task: OfficeTask
    named: tuple[NamedSubject, ...]  # the first of its subjects
    path: str | None = None  # where it is done; None: on the page of each, or not here

    @property
    def more(self) -> int:
        """How many are not named."""
        return len(self.task.subjects) - len(self.named)


@dataclass(frozen=True, kw_only=True)
class OfficeStart:
    """One body on the start page."""

    context: BodyContext
    has_tasks: bool  # whether something can wait for this person here
    tasks: tuple[TaskCard, ...]
    pages: tuple[OfficePage, ...]
    has_conventions: bool


class _Page(NamedTuple):
    endpoint: str
    permissions: tuple[Permission, ...]  # one of them opens it; the first is for what is done there
    label: str
    what: str
    roster: Roster | None = None  # that its address names
    reads: str | None = None  # what is there for whoever only reads


PAGES: tuple[_Page, ...] = (
    _Page(
        "office.setting_up",
        (Permission.ADMINISTER, Permission.GOVERN),
        N_("Setting up"),
        N_("The steps by which an office begins: which are done, which comes next."),
    ),
    _Page(
        "office.people",
        (Permission.ADMINISTER,),
        N_("People and roles"),
        N_("Who may do what; invitations, ending roles, closing accounts."),
    ),
    _Page(
        "office.settings",
        (Permission.ADMINISTER, Permission.READ_ALL),
        N_("Settings"),
        N_("What holds for the body today, since when and by whom; change one."),
        reads=N_("What holds for the body today, since when and by whom."),
    ),
    _Page(
        "office.roster",
        (Permission.ADMINISTER, Permission.READ_ALL),
        N_("Units"),
        N_("What each has; add, rename or close one, or merge it into another."),
        Roster.UNITS,
        N_("What each has, and how each was called."),
    ),
    _Page(
        "office.roster",
        (Permission.ADMINISTER, Permission.READ_ALL),
        N_("Delegations"),
        N_("Who moves items on the floor; add, rename or close one, or merge it into another."),
        Roster.DELEGATIONS,
        N_("Who moves items on the floor, and how each was called."),
    ),
    _Page(
        "office.funds",
        (Permission.ADMINISTER, Permission.READ_ALL),
        N_("Funds"),
        N_("What conventions set up to pay for adopted items; add or change one."),
        reads=N_("What conventions set up to pay for adopted items."),
    ),
    _Page(
        "office.kinds",
        (Permission.ADMINISTER, Permission.READ_ALL),
        N_("Kinds of items"),
        N_("How addresses begin, and what needs follow-through; add one, or close it."),
        reads=N_("How addresses begin, and what needs follow-through."),
    ),
    _Page(
        "office.imports",
        (Permission.GOVERN, Permission.READ_ALL),
        N_("Imports"),
        N_("Bring a list in: look at what would change, correct it, confirm. All lists that came."),
        reads=N_("All lists that came, and those that are looked at before they come in."),
    ),
    _Page(
        "office.reports",
        (Permission.GOVERN, Permission.READ_ALL),
        N_("Reports"),
        N_("Make a draft, sign one off, issue it; what is being made."),
        reads=N_("Make a draft, read the drafts; what is being made."),
    ),
    _Page(
        "office.outside",
        (Permission.GOVERN, Permission.READ_ALL),
        N_("Confirmation from outside"),
        N_("Ask somebody from outside, by a one-time link; what became of the links."),
        reads=N_("Who from outside was asked to confirm what, and what they said."),
    ),
    _Page(
        "office.meetings_of_body",
        (Permission.GOVERN, Permission.READ_ALL),
        N_("Meetings"),
        N_("What meetings decided, with their minutes; record the decisions of one."),
        reads=N_("What meetings decided, with their minutes."),
    ),
    _Page(
        "work.load",
        (Permission.GOVERN, Permission.READ_ALL),
        N_("Who has what in hand"),
        N_("Of each unit and person: what they lead, what is due, what was not heard of."),
    ),
    _Page(
        "office.leaving_people",
        (Permission.GOVERN, Permission.READ_ALL),
        N_("Somebody leaves"),
        N_("All that they lead goes to another person, or to a unit, in one act."),
        reads=N_("What each person has in hand, before it is handed on."),
    ),
    _Page(
        "office.history",
        (Permission.READ_ALL,),
        N_("History"),
        N_("Who recorded what, when, and what it changed: of the body, a convention, an item."),
    ),
    _Page(
        "office.security",
        (Permission.READ_SECURITY,),
        N_("Log of security"),
        N_("Who came in, who failed to, who was given or lost a role."),
    ),
    _Page(
        "office.mail",
        (Permission.ADMINISTER,),
        N_("Outgoing mail"),
        N_("To whom mail went or waits, and what could not be sent."),
    ),
)

MOST_NAMED = 8  # of one thing that waits
PLACES: dict[OfficeTaskKind, tuple[str, str | None]] = {
    OfficeTaskKind.NOT_OPENED: ("office.opening_pages", None),
    OfficeTaskKind.NOBODY_CONFIRMS: ("office.people", None),
    OfficeTaskKind.UNIT_WITHOUT_MANAGER: ("office.people", None),
    OfficeTaskKind.PASSWORD_TRIED: ("office.security", None),
    OfficeTaskKind.MAIL_GIVEN_UP: ("office.mail", None),
    OfficeTaskKind.NO_ACCOUNT: ("office.people", None),
    OfficeTaskKind.DRAFT_TO_SIGN_OFF: ("office.reports", "made"),
    OfficeTaskKind.DRAFT_TO_ISSUE: ("office.reports", "made"),
}
"""Where it is done: an endpoint of a body, and where on its page."""


def task_card(task: OfficeTask, body_slug: str, actor: Actor) -> TaskCard:
    """A person leads to the page on which something can be done about them."""
    governs = is_permitted(actor, Permission.GOVERN)
    hands_on = task.kind is OfficeTaskKind.CLOSED_LEAD and governs
    person_page = "office.leaving_person" if hands_on else "office.person"
    named = tuple(
        NamedSubject(
            subject=subject,
            path=url_for(person_page, body=body_slug, person_id=subject.person_id)
            if subject.person_id
            else None,
        )
        for subject in task.subjects[:MOST_NAMED]
    )
    path = None
    if task.kind in PLACES:
        endpoint, anchor = PLACES[task.kind]
        path = url_for(endpoint, body=body_slug, _anchor=anchor)
    return TaskCard(task=task, named=named, path=path)


def _what(page: _Page, actor: Actor) -> str:
    """What is done there, or, for whoever only reads, what is to be read."""
    if page.reads is None or is_permitted(actor, page.permissions[0]):
        return page.what
    return page.reads


def start_of_body(session: Session, body_id: int, actor: Actor, now: datetime) -> OfficeStart:
    today = now.astimezone(zone_of(session, body_id)).date()
    context = load_body_context(session, body_id, AsOf(today))
    pages = tuple(
        OfficePage(
            label=_(page.label),
            what=_(_what(page, actor)),
            path=url_for(page.endpoint, body=context.body.slug, roster=page.roster),
        )
        for page in PAGES
        if any(is_permitted(actor, permission) for permission in page.permissions)
    )
    is_trial = slugs.is_for_trying(context.body.slug)
    tasks = [] if is_trial else tasks_of_body(session, context, actor, now)
    return OfficeStart(
        context=context,
        has_tasks=is_permitted(actor, Permission.ADMINISTER) and not is_trial,
        tasks=tuple(task_card(task, context.body.slug, actor) for task in tasks),
        pages=pages,
        has_conventions=is_permitted(actor, Permission.READ_ALL),
    )


def server_cards(
    starts: Sequence[OfficeStart], settings: Settings, now: datetime
) -> tuple[TaskCard, ...]:
    """What waits for whoever runs the server; shown to administrators, who can ask."""
    administered = [start.context for start in starts if start.has_tasks]
    if not administered:
        return ()
    tasks = tasks_of_installation(
        settings,
        now,
        since=min(context.record_began for context in administered),
        zone=administered[0].settings.zone,
        keeps_backups=not all(context.settings.made_up for context in administered),
    )
    return tuple(TaskCard(task=task, named=()) for task in tasks)
