"""Sentences of the staff's pages: what waits and why, what an entry claims, why a file is not taken."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.files.sniff import NotTaken, Unfit
from tracker.reading.desk import DeskPage
from tracker.reading.releases import Said
from tracker.reading.shown import Moment
from tracker.reading.work import Task, Work
from tracker.rules.codes import Claimed, MoneySaid

from . import moments, words
from .amounts import day, days, money, number, size
from .sentences import lower, ref_name


def things(work: Sequence[Work]) -> str:
    """The h1 of "My work"."""
    count = sum(each.things for each in work)
    if not count:
        return _("Nothing waits for you")
    small = {1: _("One thing waits for you"), 2: _("Two things wait for you"), 3: _("Three things wait for you"), 4: _("Four things wait for you"),
             5: _("Five things wait for you"), 6: _("Six things wait for you"), 7: _("Seven things wait for you"),
             8: _("Eight things wait for you"), 9: _("Nine things wait for you")}
    return small.get(count) or ngettext("%(count)s thing waits for you", "%(count)s things wait for you", count, count=number(count))


def name(task: Task) -> str:
    return _("%(item)s: %(title)s", item=ref_name(task.item), title=task.item.title)


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
                return _("Was due %(days)s ago, on %(day)s", days=days(-task.days), day=day(task.on))
            return _("Due in %(days)s, on %(day)s", days=days(task.days), day=day(task.on))
    if task.days < 0:
        gone = task.silence.days if task.silence and task.silence.days is not None else limit
        return _("%(days)s without a word; the rule is %(limit)s", days=days(gone), limit=number(limit))
    if task.days == 0:
        return _("%(days)s without a word today", days=days(limit))
    return _("%(limit)s without a word on %(day)s, in %(days)s", limit=days(limit), day=day(task.on), days=days(task.days))


def look(task: Task) -> tuple[str, str]:
    """Its colour and its sign."""
    return {"due": ("is-notyet", "calendar"), "silent": ("is-noword", "s-silent"), "draft": ("is-notyet", "pencil")}.get(
        task.why, ("is-notyet", "returned"))


def rest(task: Task) -> str:
    """What else is to be known."""
    clause = _("Clause %(number)s: %(words)s", number=task.clause, words=task.clause_words or "") if task.clause else ""
    if task.why in ("returned_claim", "reopened") and task.counts_as:
        which = _("Clause %(number)s", number=task.clause) if task.clause else _("It")
        return _("%(which)s counts as “%(standing)s” until you answer.", which=which, standing=lower(words.standing(task.counts_as)))
    if task.why == "silent":
        last = task.silence.last_word if task.silence else None
        said = _("The last word is of %(day)s.", day=day(last)) if last else _("No word is on record yet.")
        return said + " " + _("One sentence that says “no change” is a word too.")
    if task.why == "due" and task.silence and task.silence.last_word and task.silence.days is not None:
        return " ".join(part for part in (clause, _("Last word %(days)s ago.", days=days(task.silence.days))) if part)
    return clause


def act(task: Task) -> str:
    """The verb on its button."""
    if task.why in ("returned_claim", "returned", "reopened"):
        return _("Answer")
    return _("Go on") if task.why == "draft" else _("Log progress")


def claims(said: Sequence[tuple[Claimed | None, tuple[int, ...]]]) -> str:
    """Clause 1 reported done; clause 2: no change."""
    return moments.heading(Moment("entry", None, date.min, 0, claims=tuple(said)), "")


def will_count(said: Said) -> str:
    """What a released entry makes of one clause."""
    which = _("Clause %(number)s", number=said.clause) if said.clause else _("The item")
    if said.counts_as is None:
        return _("%(which)s stays as it is; the days without a word begin anew.", which=which)
    return _("%(which)s will show as “%(standing)s”.", which=which, standing=lower(words.standing(said.counts_as)))


def money_said(said: MoneySaid | None) -> str:
    return {MoneySaid.NOTHING_BEYOND_THE_BUDGET: _("nothing beyond the usual budget"), MoneySaid.NOT_KNOWN_YET: _("not known yet, finance will say"),
            MoneySaid.AMOUNT: _("an amount, recorded with the entry")}[said] if said else ""


def money_line(page: DeskPage) -> str:
    """$51,870.00 spent of $54,000.00 estimated."""
    found, parts = page.money, []
    against = moments.money_spent_of(found)
    if found.spent is not None:
        parts.append(_("%(amount)s spent %(against)s", amount=money(found.spent, found.currency), against=against).strip() + ".")
    elif found.estimate and found.estimate.amount is not None:
        parts.append(_("%(amount)s estimated; nothing recorded as spent.", amount=money(found.estimate.amount, found.currency)))
    if page.money_said is MoneySaid.NOTHING_BEYOND_THE_BUDGET:
        parts.append(_("The lead says: nothing beyond the usual budget."))
    if page.money_said is MoneySaid.NOT_KNOWN_YET:
        parts.append(_("The lead says: not known yet, finance will say."))
    return " ".join(parts) or _("Nothing on record.")


def not_taken(no: NotTaken) -> str:
    """Why a file is not taken, and what to do instead."""
    return {
        Unfit.EMPTY: _("%(name)s is empty. Choose the file again.", name=no.name),
        Unfit.TOO_LARGE: _("%(name)s is larger than %(most)s. Send a smaller one, or a link to where it lies.", name=no.name, most=size(25_000_000)),
        Unfit.WEB_PAGE: _("%(name)s is a web page, whatever its name says. Give its address as a link, or save it as PDF.", name=no.name),
        Unfit.PROGRAM: _("%(name)s is a program, and programs are not taken. Send the document itself.", name=no.name),
        Unfit.NOT_WHOLE: _("%(name)s begins like a picture, and cannot be read as one. Send it again, or as PDF.", name=no.name),
        Unfit.TOO_MANY_PIXELS: _("%(name)s has more pixels than can be shown. Send it smaller.", name=no.name),
    }[no.why]
