"""Sentences of the desk of a confirmer.

What waits, who may confirm, what a decision makes of it.
"""

from __future__ import annotations

from datetime import date

from tracker.reading.claim_page import ClaimPage, ReviewDetails
from tracker.reading.money_models import MoneyDetails
from tracker.reading.outcome_queue import OutcomePage
from tracker.reading.own_decisions import OwnDecision, OwnDecisions
from tracker.rules.codes import MoneySaid, Result
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import item_money, labels, phrases
from .amounts import money, number
from .dates import day
from .phrases import lower, sentence

ANSWERS_ABOUT_MONEY = {
    MoneySaid.NOTHING_BEYOND_THE_BUDGET: N_("nothing beyond the usual budget"),
    MoneySaid.NOT_KNOWN_YET: N_("not known yet, finance will say"),
    MoneySaid.AMOUNT: N_("an amount, recorded with the entry"),
}


def heading(count: int, outcomes: int = 0) -> str:
    """The h1 of the desk: how many claims of done wait, and how many outcomes."""
    if not outcomes:
        if not count:
            return _("Nothing waits to be confirmed")
        return ngettext(
            "One claim waits for you", "%(count)s claims wait for you", count, count=number(count)
        )
    if not count:
        return ngettext(
            "One outcome waits for you",
            "%(count)s outcomes wait for you",
            outcomes,
            count=number(outcomes),
        )
    return _(
        "%(claims)s and %(outcomes)s wait for you",
        claims=ngettext("%(num)d claim", "%(num)d claims", count),
        outcomes=ngettext("%(num)d outcome", "%(num)d outcomes", outcomes),
    )


def heading_to_read(count: int) -> str:
    """The h1 of the desk for whoever only reads."""
    if not count:
        return _("Nothing waits to be confirmed")
    return ngettext(
        "One claim waits to be confirmed",
        "%(count)s claims wait to be confirmed",
        count,
        count=number(count),
    )


def empty_desk(others: int) -> str:
    """`others`: claims that wait for another confirmer."""
    nothing = _("Nothing is reported done that you may confirm.")
    if not others:
        return nothing
    elsewhere = ngettext(
        "One claim waits for somebody else, because you wrote, released or worked on it.",
        "%(num)d claims wait for somebody else, because you wrote, released or worked on them.",
        others,
    )
    return f"{nothing} {elsewhere}"


def may_confirm(page: ClaimPage) -> str:
    """Why this person may confirm, or may not."""
    reported = _(
        "Reported done on %(day)s by %(who)s.", day=day(page.recorded_on), who=_reporter(page)
    )
    if not page.may_confirm:
        reason = _("For you to read: a confirmer who did not work on it decides.")
    elif page.fits:
        reason = _(
            "You wrote none of it, released none of it and did not work on it, so you may confirm."
        )
    else:
        reason = _("You wrote it, released it or worked on it, so somebody else confirms.")
    return f"{reported} {reason}"


def _reporter(page: ClaimPage) -> str:
    if page.person:
        return page.person
    if page.source:
        return _("a list, %(source)s", source=page.source)
    return page.unit or _("the lead")


def origin(page: ClaimPage) -> str:
    """Hollis Brandt, Center for Health and Safety. Act of 21 March, recorded 25 March, …"""
    source = _("From %(source)s", source=page.source) if page.source else None
    who = ", ".join(part for part in (source, page.person, page.unit) if part)
    if page.released_by:
        days = _(
            "Act of %(on)s, recorded %(recorded)s, released by %(who)s on %(released)s.",
            on=day(page.acted_on),
            recorded=day(page.recorded_on),
            who=page.released_by,
            released=day(page.released_on),
        )
    else:
        days = _(
            "Act of %(on)s, recorded %(recorded)s, released on %(released)s.",
            on=day(page.acted_on),
            recorded=day(page.recorded_on),
            released=day(page.released_on),
        )
    return f"{who}. {days}" if who else days


def may_confirm_outcome(page: OutcomePage) -> str:
    """Why this person may confirm it, or may not."""
    if not page.may_confirm:
        return _("For you to read: a confirmer who did not work on it decides.")
    if page.fits:
        return _(
            "You did not state it, did not release it and did not work on the item, so you may "
            "confirm. An outcome counts as the answer once it is confirmed."
        )
    return _("You stated it, released it or worked on the item, so somebody else confirms.")


def origin_of_outcome(page: OutcomePage) -> str:
    """Hollis Brandt, Center for Health and Safety. Observed 21 March, recorded 25 March, …"""
    who = ", ".join(part for part in (page.person, page.unit) if part)
    days = _(
        "Observed on %(on)s, recorded %(recorded)s, released on %(released)s.",
        on=day(page.observed_on),
        recorded=day(page.recorded_on),
        released=day(page.released_on),
    )
    return f"{who}. {days}" if who else days


def effect_on_outcome(decision: str) -> str:
    if decision == "confirmed":
        return _("The evidence shows it: it counts as the answer to “what changed?”.")
    return _("The evidence does not show it: it stays on the page, and does not count.")


def was_decided(review: ReviewDetails) -> str:
    """Returned on 28 March by Marisol Tenney."""
    text = _result(review.result, review.on)
    if not review.person:
        return sentence(text)
    return _("%(what)s by %(who)s.", what=text, who=review.person)


def _result(result: Result, on: date) -> str:
    match result:
        case Result.CONFIRMED:
            return _("Confirmed on %(day)s", day=day(on))
        case Result.RETURNED:
            return _("Returned on %(day)s", day=day(on))
        case Result.REOPENED:
            return phrases.reopened(on)


def effect(page: ClaimPage, decision: str) -> str:
    """What a decision makes of the clause, and of the item."""
    subject = phrases.clause_or_item(page.clause)
    if decision != "confirmed":
        return _(
            "%(which)s counts as “%(standing)s” again. "
            "The public page says “sent back once for better evidence”.",
            which=subject,
            standing=lower(labels.standing(page.counts_then)),
        )
    of_clause = _("%(which)s becomes done, “confirmed inside the union”.", which=subject)
    if page.clauses == 1:
        of_item = _("It is the only clause, so the item is carried out.")
    elif page.finishes:
        of_item = _("All other clauses are done, so the item is carried out.")
    else:
        of_item = _("Other clauses are still open.")
    return f"{of_clause} {of_item}"


def answer_about_money(answer: MoneySaid | None) -> str:
    """What an entry said of its cost; empty where it was not asked."""
    return _(ANSWERS_ABOUT_MONEY[answer]) if answer else ""


def money_line(amounts: MoneyDetails, money_said: MoneySaid | None) -> str:
    """$51,870.00 spent of $54,000.00 estimated."""
    texts = []
    if amounts.spent is not None:
        spent = _(
            "%(amount)s spent %(against)s",
            amount=money(amounts.spent, amounts.currency),
            against=item_money.spent_against(amounts),
        )
        texts.append(f"{spent.strip()}.")
    elif amounts.estimate and amounts.estimate.amount is not None:
        texts.append(
            _(
                "%(amount)s estimated; nothing recorded as spent.",
                amount=money(amounts.estimate.amount, amounts.currency),
            )
        )
    if money_said in (MoneySaid.NOTHING_BEYOND_THE_BUDGET, MoneySaid.NOT_KNOWN_YET):
        texts.append(_("The entry says: %(said)s.", said=answer_about_money(money_said)))
    return " ".join(texts) or sentence(phrases.nothing_on_record())


# --- what one confirmer has decided ---


def own_decisions(decisions: OwnDecisions) -> str:
    """You decided 12 times: 10 confirmed, 2 returned."""
    total, confirmed = decisions.total, decisions.confirmed
    text = ngettext(
        "You decided once: %(confirmed)s confirmed, %(returned)s returned.",
        "You decided %(num)d times: %(confirmed)s confirmed, %(returned)s returned.",
        total,
        confirmed=number(confirmed),
        returned=number(total - confirmed),
    )
    if total > len(decisions.shown):
        shown = number(len(decisions.shown))
        return f"{text} {_('The newest %(count)s are shown.', count=shown)}"
    return text


def own_result(decision: OwnDecision) -> str:
    """Beside its day."""
    return _("Confirmed on") if decision.result is Result.CONFIRMED else _("Returned on")


def since_then(decision: OwnDecision) -> str:
    """Reopened on 3 July; withheld on 4 July."""
    texts = []
    if decision.reopened_on:
        texts.append(_("reopened on %(day)s", day=day(decision.reopened_on)))
    if decision.withheld_on:
        texts.append(_("withheld on %(day)s", day=day(decision.withheld_on)))
    return sentence("; ".join(texts) or _("it stands"))
