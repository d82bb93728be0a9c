"""What the start page of the office offers in a body, by what the person may do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from tracker.reading.body_context import BodyContext, load_body_context
from tracker.record.as_of import AsOf
from tracker.record.surroundings import zone_of
from tracker.rules.permissions import Actor, Permission, is_permitted
from tracker.translation import N_
from tracker.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class OfficePage:
    label: str
    what: str  # is done there
    path: str


@dataclass(frozen=True, kw_only=True)
class OfficeStart:
    """One body on the start page."""

    context: BodyContext
    pages: tuple[OfficePage, ...]
    has_reports: bool


PAGES = (
    (
        "office.people",
        (Permission.ADMINISTER,),
        N_("People and roles"),
        N_("Who may do what; invitations, ending roles, closing accounts."),
    ),
    (
        "office.settings",
        (Permission.ADMINISTER, Permission.READ_ALL),
        N_("Settings"),
        N_("What holds for the body today, since when and by whom; change one."),
    ),
    (
        "office.leaving_people",
        (Permission.GOVERN,),
        N_("Somebody leaves"),
        N_("All that they lead goes to another person, or to a unit, in one act."),
    ),
    (
        "office.security",
        (Permission.READ_SECURITY,),
        N_("Log of security"),
        N_("Who came in, who failed to, who was given or lost a role."),
    ),
    (
        "office.mail",
        (Permission.ADMINISTER,),
        N_("Outgoing mail"),
        N_("To whom mail went or waits, and what could not be sent."),
    ),
)
"""Endpoint of a body, who may come in, its name, and what is done there."""


def start_of_body(session: Session, body_id: int, actor: Actor, now: datetime) -> OfficeStart:
    today = now.astimezone(zone_of(session, body_id)).date()
    context = load_body_context(session, body_id, AsOf(today))
    pages = tuple(
        OfficePage(label=_(label), what=_(what), path=url_for(endpoint, body=context.body.slug))
        for endpoint, permissions, label, what in PAGES
        if any(is_permitted(actor, permission) for permission in permissions)
    )
    return OfficeStart(
        context=context, pages=pages, has_reports=is_permitted(actor, Permission.READ_ALL)
    )
