"""Who may read a convention of which visibility; when an edition is signed off and published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .codes import Visibility
from .refusals import Refusal, need

NO_NEWER_AFTER = 120
"""Days after the day of an edition from which its pages say that no newer one came since."""


@dataclass(frozen=True, kw_only=True)
class EditionState:
    """What the rules ask of an edition."""

    made_by: int  # the person who made the board's copy
    is_replaced: bool  # its copy was made anew
    is_signed_off: bool
    is_published: bool


def may_read(visibility: Visibility, *, reads_hidden: bool, is_member: bool) -> bool:
    """:param reads_hidden: the office and staff: any role but that of a reader
    :param is_member: a reader of the body, or whoever typed the convention's code
    """
    if reads_hidden or visibility is Visibility.PUBLIC:
        return True
    return is_member and visibility is Visibility.MEMBERS


def sign_off(edition: EditionState, actor_id: int) -> None:
    """By a second person, before it is published."""
    _need_open(edition)
    need(not edition.is_signed_off, Refusal.ALREADY_SIGNED_OFF)
    need(actor_id != edition.made_by, Refusal.COPY_IS_YOUR_OWN)


def publish(edition: EditionState, *, needs_sign_off: bool) -> None:
    _need_open(edition)
    need(edition.is_signed_off or not needs_sign_off, Refusal.NEEDS_A_SIGN_OFF)


def schedule(edition: EditionState, *, needs_sign_off: bool, at: datetime, now: datetime) -> None:
    """It is published at that hour, so all that publishing needs is asked now and then."""
    publish(edition, needs_sign_off=needs_sign_off)
    need(at > now, Refusal.HOUR_IS_PAST)


def _need_open(edition: EditionState) -> None:
    """Neither published nor made anew since it was looked at."""
    need(not edition.is_published, Refusal.ALREADY_PUBLISHED)
    need(not edition.is_replaced, Refusal.CHANGED_MEANWHILE)


def days_without_a_newer_one(on: date, today: date) -> int | None:
    """Of the edition that readers see: after how many days its pages say so; None: not yet."""
    days = (today - on).days
    return days if days > NO_NEWER_AFTER else None
