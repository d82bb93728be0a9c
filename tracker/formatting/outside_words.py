"""Sentences of the page behind a one-time link for somebody from outside, and of the office's list
of such links.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.reading.outside_packet import Asked, AskedClaim, OutsidePacket
from tracker.reading.outside_requests import RequestedSubject, RequestLine
from tracker.rules.codes import OutsideDecision
from tracker.rules.outside_requests import OutsideState
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import labels, phrases
from .dates import day

STATES = {
    OutsideState.OPEN: N_("waits for an answer"),
    OutsideState.ANSWERED: N_("answered"),
    OutsideState.REVOKED: N_("taken back"),
    OutsideState.EXPIRED: N_("its days have passed"),
    OutsideState.LINK_ENDED: N_("its link ended when a backup was restored"),
}


def heading(asked: Sequence[Asked]) -> str:
    if asked and all(isinstance(subject, AskedClaim) for subject in asked):
        return _("Does the evidence show that it was done?")
    return _("Does the evidence show it?")


def who_asks_whom(packet: OutsidePacket) -> str:
    """The Federation asks R. Fjelstad, an industrial hygienist of Lakeshore, about 2 things."""
    about = ngettext(
        "about one thing", "about %(num)d things", len(packet.asked) + len(packet.over)
    )
    who = packet.name
    if packet.name and packet.role and packet.organisation:
        who = _(
            "%(name)s, %(role)s of %(organisation)s,",
            name=packet.name,
            role=packet.role,
            organisation=packet.organisation,
        )
    if not who:
        return _("%(body)s asks you %(about)s.", body=packet.body.name, about=about)
    return _("%(body)s asks %(who)s %(about)s.", body=packet.body.name, who=who, about=about)


def until(packet: OutsidePacket) -> str:
    return _(
        "This link works until the end of %(day)s, and for one answer. It shows what is asked "
        "here, and nothing else of the record.",
        day=day(packet.expires_on),
    )


def how_pages_say_it(packet: OutsidePacket) -> str:
    if not (packet.role and packet.organisation):
        return _("Public pages will say “confirmed from outside the union”.")
    return _(
        "Public pages will say “confirmed from outside, by %(role)s of %(organisation)s”. Your "
        "name is read by staff only.",
        role=packet.role,
        organisation=packet.organisation,
    )


def place(subject: Asked) -> str:
    """Port Alder 2026, new business item 20, clause 2."""
    parts = [subject.convention.name, phrases.lower(phrases.name_of(subject.item))]
    if isinstance(subject, AskedClaim) and subject.clause:
        parts.append(_("clause %(number)s", number=subject.clause))
    return ", ".join(parts)


def which(subject: Asked) -> str:
    name = phrases.lower(phrases.name_of(subject.item))
    if isinstance(subject, AskedClaim) and subject.clause:
        return _("%(name)s, clause %(number)s", name=name, number=subject.clause)
    return name


def origin(subject: Asked) -> str:
    """Center for Health and Safety. Act of 13 November 2026."""
    if isinstance(subject, AskedClaim):
        when = _("Act of %(day)s.", day=day(subject.acted_on))
    else:
        when = _("Observed on %(day)s.", day=day(subject.observed_on))
    return f"{subject.unit}. {when}" if subject.unit else when


def meaning(subject: Asked, decision: str) -> str:
    """What stands beside each of the three answers."""
    if decision == OutsideDecision.CANNOT_SAY:
        return _("Leave it to somebody else")
    if isinstance(subject, AskedClaim):
        if decision == OutsideDecision.CONFIRMED:
            return _("The evidence shows that it was done")
        return _("The evidence does not show it yet")
    if decision == OutsideDecision.CONFIRMED:
        return _("The evidence shows what is stated")
    return _("The evidence does not show it")


def effect_of_return(subject: Asked) -> str:
    if isinstance(subject, AskedClaim):
        return _("The public page says “sent back once for better evidence”.")
    return _("It stays on the public page, and does not count.")


# --- the office's list ---


def asked_as(role: str | None, organisation: str | None) -> str:
    """As pages name who is asked."""
    if role and organisation:
        return _("%(role)s of %(organisation)s", role=role, organisation=organisation)
    return phrases.words_erased()


def subject_name(subject: RequestedSubject) -> str:
    name = phrases.name_of(subject.item)
    if subject.is_outcome:
        return _("%(name)s, what changed", name=name)
    if subject.clause:
        return _("%(name)s, clause %(number)s", name=name, number=subject.clause)
    return name


def answered(subject: RequestedSubject) -> str:
    """Empty where it was not answered."""
    return labels.outside_decision(subject.decision) if subject.decision else ""


def state(line: RequestLine) -> str:
    """Answered on 3 July 2026; waits for an answer until 30 December 2026."""
    text = _(STATES[line.state])
    if line.state is OutsideState.ANSWERED and line.answered_on:
        return _("%(state)s on %(day)s", state=text, day=day(line.answered_on))
    if line.state is OutsideState.OPEN:
        return _("%(state)s until %(day)s", state=text, day=day(line.expires_on))
    return text
