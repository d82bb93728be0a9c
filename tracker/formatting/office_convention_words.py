"""Words of the office's page of a convention: how much of its list is here, and what another day of
it would change.
"""

from __future__ import annotations

from datetime import date

from tracker.reading.convention import Counts
from tracker.reading.convention_effects import ChangedStandings, ChangedTerm
from tracker.reading.models import ConventionDetails
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import number
from .dates import day


def on_record(counts: Counts) -> str:
    """131 items are on record."""
    return ngettext(
        "%(count)s item is on record.",
        "%(count)s items are on record.",
        counts.items,
        count=number(counts.items),
    )


def of_the_list(convention: ConventionDetails, counts: Counts) -> str:
    """How many of those that were published are missing here."""
    if convention.published_items is None:
        return _("How many were published is not known.")
    published = number(convention.published_items)
    if counts.missing:
        return _(
            "%(published)s were published: %(missing)s of them are missing here.",
            published=published,
            missing=number(counts.missing),
        )
    if counts.items > convention.published_items:
        return _("%(published)s were published, so more are here.", published=published)
    return _("%(published)s were published: none is missing.", published=published)


def term(convention: ConventionDetails) -> str:
    if convention.term_ends_on is None:
        return _("No term runs: its year is not known.")
    return _("The term of its items ends on %(day)s.", day=day(convention.term_ends_on))


def kept(convention: ConventionDetails) -> str:
    if convention.kept_from is None:
        return _("Not kept")
    return _("From %(day)s", day=day(convention.kept_from))


def changed_term(changed: ChangedTerm) -> str:
    """Millbrook: the term of its items would end on 6 July 2025, and not on 31 December 2025."""
    return _(
        "%(convention)s: the term of its items would end on %(after)s, and not on %(before)s.",
        convention=changed.convention.name,
        before=_day_or_none(changed.before),
        after=_day_or_none(changed.after),
    )


def _day_or_none(on: date | None) -> str:
    return day(on) if on else _("no day")


def changed_standings(changed: ChangedStandings) -> str:
    """Millbrook 2024: 12 items would be “Lapsed”, and are “Under way”."""
    return ngettext(
        "%(convention)s: %(count)s item would be “%(after)s”, and is “%(before)s”.",
        "%(convention)s: %(count)s items would be “%(after)s”, and are “%(before)s”.",
        changed.count,
        convention=changed.convention.name,
        count=number(changed.count),
        before=labels.standing_and_lateness(changed.before),
        after=labels.standing_and_lateness(changed.after),
    )
