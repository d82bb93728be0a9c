"""Sentences of "My work": what waits for whom, since when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tracker.reading.item_models import (
    ConventionDetails,
)
from tracker.reading.my_work import LedItem, MyWork
from tracker.reading.tasks import Task
from tracker.rules.codes import (
    Standing,
)
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import listing, number
from .dates import day, days, weekday
from .phrases import lower, name_of


def heading(work: Sequence[MyWork]) -> str:
    """The h1 of "My work"."""
    count = sum(each.things for each in work)
    if not count:
        return _("Nothing waits for you")
    small = {
        1: _("One thing waits for you"),
        2: _("Two things wait for you"),
        3: _("Three things wait for you"),
        4: _("Four things wait for you"),
        5: _("Five things wait for you"),
        6: _("Six things wait for you"),
        7: _("Seven things wait for you"),
        8: _("Eight things wait for you"),
        9: _("Nine things wait for you"),
    }
    return small.get(count) or ngettext(
        "%(count)s thing waits for you",
        "%(count)s things wait for you",
        count,
        count=number(count),
    )


def opening(work: MyWork) -> str:
    """Monday, 31 March 2025. Center for Research. You lead 7 items of Harbor City 2024; their term ends on 4 July."""
    parts = [weekday(work.today), *([listing(work.units)] if work.units else [])]
    text = ". ".join(parts) + "."
    if not work.led:
        return text
    conventions = list(dict.fromkeys(each.convention.name for each in work.led))
    led = ngettext(
        "You lead %(count)s item of %(conventions)s",
        "You lead %(count)s items of %(conventions)s",
        len(work.led),
        count=number(len(work.led)),
        conventions=listing(conventions),
    )
    ends = (
        _("%(led)s; the next term ends on %(day)s.", led=led, day=day(work.term_ends_on))
        if work.term_ends_on
        else f"{led}."
    )
    return f"{text} {ends}"


def nothing_waits(work: MyWork) -> str:
    if work.next_due:
        return _("The next date is %(day)s.", day=day(work.next_due))
    return (
        _("What comes back, falls due or waits for your release comes here.")
        if work.led or work.may_release
        else _("No item is with you at present.")
    )


def counts(work: MyWork) -> list[tuple[str, str]]:
    """Of all that is led."""
    standings = [each.standing for each in work.led]
    found = [
        (_("Carried out"), standings.count(Standing.DONE)),
        (_("Reported done, not yet checked"), standings.count(Standing.REPORTED_DONE)),
        (
            _("Without a word for %(days)s", days=days(work.body.silence_days)),
            sum(each.silence.runs and each.silence.over for each in work.led),
        ),
    ]
    if work.term_ends_on:
        found.append(
            (
                _(
                    "Open when their term ends on %(day)s, if nothing is done",
                    day=day(work.term_ends_on),
                ),
                work.open_then,
            )
        )
    return [(label, number(count)) for label, count in found]


def page_address(page: int) -> str:
    return f"?page={page}"


def name(task: Task) -> str:
    return _("%(item)s: %(title)s", item=name_of(task.item), title=task.item.title)


def by_convention(led: Sequence[LedItem]) -> list[tuple[ConventionDetails, list[LedItem]]]:
    """In the order of the list."""
    return [
        (convention, list(found))
        for convention, found in groupby(led, lambda each: each.convention)
    ]


def why(task: Task, limit: int) -> str:
    """Why it is here, in bold."""
    match task.why:
        case "returned_claim":
            return _("Returned to you by the confirmer on %(day)s", day=day(task.on))
        case "reopened":
            return _("Reopened on %(day)s", day=day(task.on))
        case "returned":
            return _("Your entry came back on %(day)s", day=day(task.on))
        case "draft":
            return _("Your draft of %(day)s, not submitted", day=day(task.on))
        case "due":
            if task.days == 0:
                return _("Due today")
            if task.days < 0:
                return _(
                    "Was due %(days)s ago, on %(day)s", days=days(-task.days), day=day(task.on)
                )
            return _("Due in %(days)s, on %(day)s", days=days(task.days), day=day(task.on))
    if task.days < 0:
        gone = task.silence.days if task.silence and task.silence.days is not None else limit
        return _(
            "%(days)s without a word; the rule is %(limit)s", days=days(gone), limit=number(limit)
        )
    if task.days == 0:
        return _("%(days)s without a word today", days=days(limit))
    return _(
        "%(limit)s without a word on %(day)s, in %(days)s",
        limit=days(limit),
        day=day(task.on),
        days=days(task.days),
    )


def details(task: Task) -> str:
    """What else is to be known."""
    draft = (
        _("Your draft of %(day)s is kept; it is not submitted.", day=day(task.draft_on))
        if task.draft_on
        else ""
    )
    return " ".join(part for part in (_details(task), draft) if part)


def _details(task: Task) -> str:
    clause = (
        _("Clause %(number)s: %(words)s", number=task.clause, words=task.clause_words or "")
        if task.clause
        else ""
    )
    if task.why in ("returned_claim", "reopened") and task.counts_as:
        which = _("Clause %(number)s", number=task.clause) if task.clause else _("It")
        return _(
            "%(which)s counts as “%(standing)s” until you answer.",
            which=which,
            standing=lower(labels.standing(task.counts_as)),
        )
    if task.why == "silent":
        last = task.silence.last_word if task.silence else None
        said = (
            _("The last word is of %(day)s.", day=day(last))
            if last
            else _("No word is on record yet.")
        )
        return said + " " + _("One sentence that says “no change” is a word too.")
    if (
        task.why == "due"
        and task.silence
        and task.silence.last_word
        and task.silence.days is not None
    ):
        return " ".join(
            part
            for part in (clause, _("Last word %(days)s ago.", days=days(task.silence.days)))
            if part
        )
    return clause


def verb(task: Task) -> str:
    """The verb on its button."""
    if task.why == "draft" or task.draft_on:
        return _("Go on")
    return (
        _("Answer") if task.why in ("returned_claim", "returned", "reopened") else _("Log progress")
    )
