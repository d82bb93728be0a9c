"""Sentences of "My work": what waits for whom, since when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tracker.reading.led_items import LedItem
from tracker.reading.models import ConventionDetails
from tracker.reading.my_work import MyWork
from tracker.reading.tasks import Task
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import labels, phrases
from .amounts import listing, number
from .dates import day, days, weekday
from .phrases import lower, name_of

# Small numbers are written out.
HEADINGS = {
    0: N_("Nothing waits for you"),
    1: N_("One thing waits for you"),
    2: N_("Two things wait for you"),
    3: N_("Three things wait for you"),
    4: N_("Four things wait for you"),
    5: N_("Five things wait for you"),
    6: N_("Six things wait for you"),
    7: N_("Seven things wait for you"),
    8: N_("Eight things wait for you"),
    9: N_("Nine things wait for you"),
}


def heading(work: Sequence[MyWork]) -> str:
    """The h1 of "My work"."""
    count = sum(work_in_body.things for work_in_body in work)
    if count in HEADINGS:
        return _(HEADINGS[count])
    return ngettext(
        "%(count)s thing waits for you",
        "%(count)s things wait for you",
        count,
        count=number(count),
    )


def opening(work: MyWork) -> str:
    """Monday, 31 March 2025. Center for Research. You lead 7 items of Harbor City 2024; …"""
    texts = [weekday(work.today)]
    if work.units:
        texts.append(listing(work.units))
    if work.led:
        texts.append(_led(work))
    return " ".join(f"{text}." for text in texts)


def _led(work: MyWork) -> str:
    conventions = list(dict.fromkeys(item.convention.name for item in work.led))
    led = ngettext(
        "You lead %(count)s item of %(conventions)s",
        "You lead %(count)s items of %(conventions)s",
        len(work.led),
        count=number(len(work.led)),
        conventions=listing(conventions),
    )
    if not work.term_ends_on:
        return led
    return _("%(led)s; the next term ends on %(day)s", led=led, day=day(work.term_ends_on))


def nothing_waits(work: MyWork) -> str:
    if work.next_due:
        return _("The next date is %(day)s.", day=day(work.next_due))
    if work.led or work.may_release:
        return _("What comes back, falls due or waits for your release comes here.")
    return _("No item is with you at present.")


def name(task: Task) -> str:
    """New business item 8: Safe routes."""
    return _("%(item)s: %(title)s", item=name_of(task.item), title=task.item.title)


def by_convention(led: Sequence[LedItem]) -> list[tuple[ConventionDetails, list[LedItem]]]:
    """In the order of the list."""
    groups = groupby(led, lambda item: item.convention)
    return [(convention, list(items)) for convention, items in groups]


# --- why a task is here ---


def why(task: Task, limit: int) -> str:
    """In bold. `limit`: the days of the body's silence rule."""
    match task.why:
        case "returned_claim":
            return _("Returned to you by the confirmer on %(day)s", day=day(task.on))
        case "reopened":
            return phrases.reopened(task.on)
        case "returned":
            return _("Your entry came back on %(day)s", day=day(task.on))
        case "draft":
            return _("Your draft of %(day)s, not submitted", day=day(task.on))
        case "due":
            return _due(task)
    return _silent(task, limit)


def _due(task: Task) -> str:
    if task.days == 0:
        return _("Due today")
    if task.days < 0:
        return _("Was due %(days)s ago, on %(day)s", days=days(-task.days), day=day(task.on))
    return _("Due in %(days)s, on %(day)s", days=days(task.days), day=day(task.on))


def _silent(task: Task, limit: int) -> str:
    if task.days < 0:
        silent_days = task.silence.quiet_days if task.silence else None
        return phrases.without_a_word(limit if silent_days is None else silent_days, limit)
    if task.days == 0:
        return _("%(days)s without a word today", days=days(limit))
    return _(
        "%(limit)s without a word on %(day)s, in %(days)s",
        limit=days(limit),
        day=day(task.on),
        days=days(task.days),
    )


# --- what else is to be known ---


def details(task: Task) -> str:
    """Empty where nothing is."""
    texts = [_details(task)]
    if task.draft_on:
        texts.append(
            _("Your draft of %(day)s is kept; it is not submitted.", day=day(task.draft_on))
        )
    return " ".join(text for text in texts if text)


def _details(task: Task) -> str:
    if task.why in ("returned_claim", "reopened") and task.counts_as:
        return _(
            "%(which)s counts as “%(standing)s” until you answer.",
            which=phrases.clause_or_item(task.clause) if task.clause else _("It"),
            standing=lower(labels.standing(task.counts_as)),
        )
    if task.why == "silent":
        return f"{_last_word(task)} {_('One sentence that says “no change” is a word too.')}"
    texts = []
    if task.clause:
        words = task.clause_words or ""
        texts.append(_("Clause %(number)s: %(words)s", number=task.clause, words=words))
    silence = task.silence
    if task.why == "due" and silence and silence.last_word and silence.days is not None:
        texts.append(_("Last word %(days)s ago.", days=days(silence.days)))
    return " ".join(texts)


def _last_word(task: Task) -> str:
    if task.silence and task.silence.last_word:
        return _("The last word is of %(day)s.", day=day(task.silence.last_word))
    return _("No word is on record yet.")


def verb(task: Task) -> str:
    """The verb on its button."""
    if task.why == "draft" or task.draft_on:
        return _("Go on")
    if task.why in ("returned_claim", "returned", "reopened"):
        return _("Answer")
    return _("Log progress")
