"""Sentences of the desk of a confirmer: what waits, who may confirm, what a decision makes of it."""

from __future__ import annotations

from tracker.reading.confirmation_desk import ClaimPage, ReviewDetails
from tracker.rules.codes import (
    MoneySaid,
    Result,
)
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import item_money, labels
from .amounts import money, number
from .dates import day
from .phrases import lower


def heading(count: int) -> str:
    """The h1 of the desk."""
    if not count:
        return _("Nothing waits to be confirmed")
    return (
        _("One claim waits for you")
        if count == 1
        else _("%(count)s claims wait for you", count=number(count))
    )


def empty_desk(others: int) -> str:
    said = _("Nothing is reported done that you may confirm.")
    if not others:
        return said
    return (
        said
        + " "
        + ngettext(
            "One claim waits for somebody else, because you wrote, released or worked on it.",
            "%(num)d claims wait for somebody else, because you wrote, released or worked on them.",
            others,
        )
    )


def may_confirm(page: ClaimPage) -> str:
    """Why this person may confirm, or may not."""
    who = page.person or (
        _("a list, %(source)s", source=page.source) if page.source else page.unit or _("the lead")
    )
    reported = _("Reported done on %(day)s by %(who)s.", day=day(page.recorded_on), who=who)
    if page.fits:
        return (
            reported
            + " "
            + _(
                "You wrote none of it, released none of it and did not work on it, so you may confirm."
            )
        )
    return (
        reported + " " + _("You wrote it, released it or worked on it, so somebody else confirms.")
    )


def origin(page: ClaimPage) -> str:
    """Hollis Brandt, Center for Health and Safety. Act of 21 March, recorded 25 March, released by Pia Lindqvist 26 March."""
    who = ", ".join(
        part
        for part in (
            page.source and _("From %(source)s", source=page.source),
            page.person,
            page.unit,
        )
        if part
    )
    by = (
        _(
            "Act of %(on)s, recorded %(recorded)s, released by %(who)s on %(released)s.",
            on=day(page.acted_on),
            recorded=day(page.recorded_on),
            who=page.released_by,
            released=day(page.released_on),
        )
        if page.released_by
        else _(
            "Act of %(on)s, recorded %(recorded)s, released on %(released)s.",
            on=day(page.acted_on),
            recorded=day(page.recorded_on),
            released=day(page.released_on),
        )
    )
    return f"{who}. {by}" if who else by


def was_decided(found: ReviewDetails) -> str:
    """Returned on 28 March by Marisol Tenney."""
    text = {
        Result.CONFIRMED: _("Confirmed on %(day)s", day=day(found.on)),
        Result.RETURNED: _("Returned on %(day)s", day=day(found.on)),
        Result.REOPENED: _("Reopened on %(day)s", day=day(found.on)),
    }[found.result]
    return _("%(what)s by %(who)s.", what=text, who=found.person) if found.person else f"{text}."


def effect(page: ClaimPage, decision: str) -> str:
    """What a decision makes of it."""
    which = _("Clause %(number)s", number=page.clause) if page.clause else _("The item")
    if decision == "confirmed":
        said = _("%(which)s becomes done, “confirmed inside the union”.", which=which)
        if page.clauses == 1:
            return said + " " + _("It is the only clause, so the item is carried out.")
        return (
            said
            + " "
            + (
                _("All other clauses are done, so the item is carried out.")
                if page.finishes
                else _("Other clauses are still open.")
            )
        )
    return _(
        "%(which)s counts as “%(standing)s” again. The public page says “sent back once for better evidence”.",
        which=which,
        standing=lower(labels.standing(page.counts_then)),
    )


def answer_about_money(said: MoneySaid | None) -> str:
    return (
        {
            MoneySaid.NOTHING_BEYOND_THE_BUDGET: _("nothing beyond the usual budget"),
            MoneySaid.NOT_KNOWN_YET: _("not known yet, finance will say"),
            MoneySaid.AMOUNT: _("an amount, recorded with the entry"),
        }[said]
        if said
        else ""
    )


def money_line(page: ClaimPage) -> str:
    """$51,870.00 spent of $54,000.00 estimated."""
    found, parts = page.money, []
    if found.spent is not None:
        against = item_money.spent_against(found)
        parts.append(
            _(
                "%(amount)s spent %(against)s",
                amount=money(found.spent, found.currency),
                against=against,
            ).strip()
            + "."
        )
    elif found.estimate and found.estimate.amount is not None:
        parts.append(
            _(
                "%(amount)s estimated; nothing recorded as spent.",
                amount=money(found.estimate.amount, found.currency),
            )
        )
    if page.money_said in (MoneySaid.NOTHING_BEYOND_THE_BUDGET, MoneySaid.NOT_KNOWN_YET):
        parts.append(_("The entry says: %(said)s.", said=answer_about_money(page.money_said)))
    return " ".join(parts) or _("Nothing on record.")
