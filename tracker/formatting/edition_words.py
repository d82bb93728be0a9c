"""The words of the page "Going public": what readers see, what the next edition would change, and
how far it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tracker.reading.edition_changes import AmountPart, EditionChanges, UnitPart
from tracker.reading.models import ConventionDetails
from tracker.record.editions import EditionRecord, Editions
from tracker.rules.codes import Visibility
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import convention_headline
from .amounts import number, whole_money
from .dates import day, moment

UNIT_PARTS: Mapping[UnitPart, str] = {
    UnitPart.LEAD: N_("Who has it"),
    UnitPart.REFERRED_TO: N_("Referred to"),
}
AMOUNT_PARTS: Mapping[AmountPart, str] = {
    AmountPart.ESTIMATED: N_("Estimated"),
    AmountPart.APPROPRIATED: N_("Appropriated"),
    AmountPart.SPENT: N_("Spent"),
}
_VISIBILITIES: Mapping[Visibility, str] = {
    Visibility.HIDDEN: N_("hidden"),
    Visibility.MEMBERS: N_("for members"),
    Visibility.PUBLIC: N_("public"),
}


def part(code: UnitPart | AmountPart) -> str:
    return _(UNIT_PARTS[code] if isinstance(code, UnitPart) else AMOUNT_PARTS[code])


def kicker(convention: ConventionDetails) -> str:
    """Port Alder 2026: public, by edition."""
    publication = convention.publication
    return _(
        "%(convention)s: %(visibility)s, %(reading)s",
        convention=convention.name,
        visibility=_(_VISIBILITIES[publication.visibility]),
        reading=_("by edition") if publication.by_edition else _("live"),
    )


# --- what readers see now ---


def heading(convention: ConventionDetails) -> str:
    publication = convention.publication
    if publication.visibility is Visibility.HIDDEN:
        return _("Readers see nothing of it yet")
    is_for_members = publication.visibility is Visibility.MEMBERS
    if not publication.by_edition:
        if is_for_members:
            return _("Members see the record as it is")
        return _("Readers see the record as it is")
    if publication.edition is None:
        return _("Members see no edition yet") if is_for_members else _("No edition yet")
    on = day(publication.edition.on)
    if is_for_members:
        return _("Members see the record of %(day)s", day=on)
    return _("Readers see the record of %(day)s", day=on)


def besides(
    convention: ConventionDetails,
    editions: Editions,
    changes: EditionChanges | None,
    *,
    today: date,
    needs_sign_off: bool,
) -> str:
    """How old it is, how many items read differently in the next edition, how far that is."""
    texts = []
    publication, newest = convention.publication, editions.newest
    if publication.visibility is Visibility.HIDDEN:
        texts.append(_("It is hidden: only the office and staff read it."))
    elif not publication.by_edition:
        texts.append(_("Every release shows at once."))
    if newest and publication.by_edition:
        texts.append(_age(newest, today))
    if changes and changes.before:
        texts.append(_differing(changes, editions.pinned, editions.next_number))
    if editions.pinned:
        texts.append(_how_far(editions.pinned, needs_sign_off))
    elif publication.by_edition and newest is None:
        texts.append(_("The first one has not been made."))
    return " ".join(texts)


def _age(newest: EditionRecord, today: date) -> str:
    """That is edition 2, 89 days old."""
    days = (today - newest.on).days
    if not days:
        return _("That is edition %(number)s, of today.", number=number(newest.number))
    return ngettext(
        "That is edition %(number)s, %(days)s day old.",
        "That is edition %(number)s, %(days)s days old.",
        days,
        number=number(newest.number),
        days=number(days),
    )


def _differing(changes: EditionChanges, pinned: EditionRecord | None, next_number: int) -> str:
    """15 of 26 items read differently in edition 3."""
    count, items = changes.differing, len(changes.after.rows)
    if pinned:
        return ngettext(
            "%(count)s of %(items)s items reads differently in edition %(number)s.",
            "%(count)s of %(items)s items read differently in edition %(number)s.",
            count,
            count=number(count),
            items=number(items),
            number=number(next_number),
        )
    return ngettext(
        "%(count)s of %(items)s items would read differently in an edition of today.",
        "%(count)s of %(items)s items would read differently in an edition of today.",
        count,
        count=number(count),
        items=number(items),
    )


def _how_far(pinned: EditionRecord, needs_sign_off: bool) -> str:
    edition = number(pinned.number)
    if pinned.schedule:
        return _("Edition %(number)s has a set hour.", number=edition)
    if needs_sign_off and pinned.sign_off is None:
        return _("Edition %(number)s waits for its sign-off.", number=edition)
    if needs_sign_off:
        return _("Edition %(number)s is signed off and can go out.", number=edition)
    return _("Edition %(number)s is made and can go out.", number=edition)


# --- what the next edition would change ---


def title(edition: EditionRecord | None, next_number: int, today: date) -> str:
    """Edition 2, 1 September 2026; where none is made: what it would be."""
    if edition is None:
        return _(
            "Edition %(number)s, if it were made today, %(day)s",
            number=number(next_number),
            day=day(today),
        )
    return _("Edition %(number)s, %(day)s", number=number(edition.number), day=day(edition.on))


def changes_heading(edition: EditionRecord | None, next_number: int) -> str:
    if edition is None:
        return _("What edition %(number)s would change", number=number(next_number))
    return _("What edition %(number)s changes", number=number(next_number))


def answer(changes: EditionChanges, *, is_before: bool) -> str:
    """The sentence that accounts for every item, with what was spent."""
    page = changes.before if is_before else changes.after
    assert page is not None
    texts = [convention_headline.answer(page), *convention_headline.besides(page)]
    money = page.money
    if money.spent is not None:
        texts.append(_("%(amount)s spent.", amount=whole_money(money.spent, money.currency)))
    return " ".join(texts)


# --- how far it is ---


def at(instant: datetime) -> str:
    """27 November 2026, 9:40: `instant` is in the body's zone."""
    return moment(instant)


def who(person_id: int, people: Mapping[int, str]) -> str:
    if not person_id:
        return _("the command line")
    return people.get(person_id) or _("somebody whose name is gone")


def published(edition: int, set_hour: datetime | None) -> str:
    """What is said once it is on record; `set_hour` is in the body's zone."""
    if set_hour is None:
        return _("Edition %(number)s is published.", number=number(edition))
    return _(
        "Edition %(number)s is published on %(moment)s.",
        number=number(edition),
        moment=moment(set_hour),
    )


def set_hour(convention: ConventionDetails) -> str:
    """Edition 3 is published on 1 December 2026, 9:00: what staff read on its pages."""
    publication = convention.publication
    assert publication.set_hour is not None
    edition = publication.edition.number + 1 if publication.edition else 1
    at_hour = publication.set_hour.astimezone(ZoneInfo(convention.body.zone))
    return _(
        "Edition %(number)s is published on %(moment)s.",
        number=number(edition),
        moment=moment(at_hour),
    )


def waiting(waits: Mapping[int, int], next_number: int) -> str:
    """What was released since the copy, by item; it waits for the edition after it."""
    count = sum(waits.values())
    if not count:
        return _("Nothing was released since.")
    return ngettext(
        "What was released since, %(count)s entry or outcome, waits for edition %(number)s.",
        "What was released since, %(count)s entries or outcomes, waits for edition %(number)s.",
        count,
        count=number(count),
        number=number(next_number),
    )


def checked_names(changes: EditionChanges) -> str:
    """What a plain check found in the new words."""
    if changes.before is None:
        return ""
    if not changes.naming:
        return _("New words were looked through: they name no person of the record, and no firm.")
    return ngettext(
        "New words were looked through: %(count)s of them names a person or a firm.",
        "New words were looked through: %(count)s of them name a person or a firm.",
        len(changes.naming),
        count=number(len(changes.naming)),
    )
