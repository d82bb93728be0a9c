"""Sentences of the page on which entries are released."""

from __future__ import annotations

from tracker.reading.releases import ClaimToRelease
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels, phrases
from .amounts import number
from .phrases import lower


def heading(count: int) -> str:
    """The h1 of the page."""
    if not count:
        return _("Nothing waits for release")
    return ngettext(
        "One entry waits for you", "%(count)s entries wait for you", count, count=number(count)
    )


def heading_to_read(count: int) -> str:
    """The h1 for whoever only reads."""
    if not count:
        return _("Nothing waits for release")
    return ngettext(
        "One entry waits for release",
        "%(count)s entries wait for release",
        count,
        count=number(count),
    )


def choices() -> list[tuple[str, str]]:
    """What can be done with an entry, by the value of the form."""
    return [
        ("", _("Leave it for later")),
        ("release", _("Release it")),
        ("return", _("Send it back")),
    ]


def question_before_all(count: int) -> str:
    """The question before all of a page are released at once."""
    return ngettext(
        "Shall this one entry become public?", "Shall these %(num)d entries become public?", count
    )


def yes_to_all(count: int) -> str:
    return ngettext("Yes, release it", "Yes, release these %(num)d", count)


def release_all_of_list(count: int) -> str:
    """The link to the question before all of a list are released, whatever page they are on."""
    return ngettext(
        "Release the one entry of this list",
        "Release all %(count)s of this list",
        count,
        count=number(count),
    )


def question_before_list(count: int) -> str:
    if not count:
        return _("Nothing of this list can be released")
    return ngettext(
        "Release the one entry of this list?",
        "Release all %(count)s entries of this list?",
        count,
        count=number(count),
    )


def what_list_releases(count: int, items: int, claims_of_done: int) -> list[str]:
    """How much it is, in sentences."""
    on_items = ngettext("on one item", "on %(count)s items", items, count=number(items))
    lines = [
        ngettext(
            "One entry %(on_items)s is public from then on.",
            "%(count)s entries %(on_items)s are public from then on.",
            count,
            count=number(count),
            on_items=on_items,
        )
    ]
    if claims_of_done:
        lines.append(
            ngettext(
                "One of them says that something is done: it waits to be confirmed.",
                "%(count)s of them say that something is done: they wait to be confirmed.",
                claims_of_done,
                count=number(claims_of_done),
            )
        )
    return lines


def only_go_back(count: int) -> str:
    """Of entries of a list that are not released with the others."""
    return ngettext(
        "One more speaks of what is confirmed as done: it stays, and can only go back.",
        "%(count)s more speak of what is confirmed as done: they stay, and can only go back.",
        count,
        count=number(count),
    )


def what_is_kept(lost: int, left: int) -> str:
    """Of a form that comes back: `lost` decisions were on entries that others decided meanwhile,
    `left` are still on the page."""
    if not lost:
        return _("Nothing has been recorded yet; your choices are below.")
    if left:
        return _("Nothing has been recorded yet; your other choices are below.")
    return _("Nothing has been recorded yet.")


def will_count(claim: ClaimToRelease) -> str:
    """What a released entry makes of one clause."""
    subject = phrases.clause_or_item(claim.clause)
    if claim.counts_as is None:
        return _("%(which)s stays as it is; the days without a word begin anew.", which=subject)
    return _(
        "%(which)s will show as “%(standing)s”.",
        which=subject,
        standing=lower(labels.standing(claim.counts_as)),
    )
