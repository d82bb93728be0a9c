"""Asking somebody from outside to confirm: when a link is made, how long it works, what became of
it.

Each `need_` function returns None, or raises `Refused` with a code.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum, auto

from .codes import OutsideDecision, Result, Role
from .permissions import Actor
from .refusals import Refusal, need

LINK_LIFETIME = timedelta(days=30)
MOST_SUBJECTS = 20  # of one packet: as many as somebody looks at for one answer

RESULTS = {
    OutsideDecision.CONFIRMED: Result.CONFIRMED,
    OutsideDecision.RETURNED: Result.RETURNED,
}
"""What a decision makes of a claim or an outcome; "I cannot say" makes nothing of it."""


class OutsideState(StrEnum):
    """What became of a request."""

    OPEN = auto()
    ANSWERED = auto()
    REVOKED = auto()
    EXPIRED = auto()
    LINK_ENDED = auto()  # with all links of the installation, when a backup was restored


def expires_on(today: date) -> date:
    return today + LINK_LIFETIME


def state(
    *, is_answered: bool, is_revoked: bool, has_link: bool, last_day: date, today: date
) -> OutsideState:
    if is_answered:
        return OutsideState.ANSWERED
    if is_revoked:
        return OutsideState.REVOKED
    if last_day < today:
        return OutsideState.EXPIRED
    return OutsideState.OPEN if has_link else OutsideState.LINK_ENDED


def need_asked(name: str, role: str, organisation: str) -> None:
    """Who is asked has a name; pages name the role and the organisation."""
    need(all(words.strip() for words in (name, role, organisation)), Refusal.NEEDS_WHO_IS_ASKED)


def need_subjects(subjects: int) -> None:
    need(subjects > 0, Refusal.NEEDS_SOMETHING_TO_ASK)
    need(subjects <= MOST_SUBJECTS, Refusal.TOO_MUCH_TO_ASK)


def need_reason(decision: OutsideDecision, reason: str | None) -> None:
    """A return needs its reason; a confirmation, and "I cannot say", need none."""
    is_given = bool(reason and reason.strip())
    need(decision is not OutsideDecision.RETURNED or is_given, Refusal.NEEDS_A_REASON)


def need_outsider(signed_in: Actor | None, involved: Collection[int] = ()) -> None:
    """Who is signed in where the link is opened has no role in the body, but that of a reader, and
    neither made the link nor stated, released or worked on what it is about.
    """
    if signed_in is None:
        return
    need(not has_a_part(signed_in), Refusal.NOT_FROM_OUTSIDE)
    need(signed_in.person_id not in involved, Refusal.NOT_YOUR_OWN)


def has_a_part(actor: Actor) -> bool:
    """Whether somebody has a role in the body by which they do more than read."""
    return any(grant.role is not Role.READER for grant in actor.grants)
