"""The lines of the record of an item: the heading and the signature of each moment."""

from __future__ import annotations

from decimal import Decimal

from tracker.reading.item_models import (
    Moment,
)
from tracker.rules.codes import (
    By,
    Claimed,
    Effect,
)
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import listing, money, number
from .dates import day, short_day
from .item_sentences import floor_line, meeting
from .phrases import lower, ref_name, sentence


def clauses(numbers: tuple[int, ...]) -> str:
    """Clauses 1 and 2; empty for the whole item."""
    if not numbers:
        return ""
    return ngettext(
        "Clause %(list)s",
        "Clauses %(list)s",
        len(numbers),
        list=listing([number(each) for each in numbers]),
    )


def _claimed(code: Claimed | None, numbers: tuple[int, ...]) -> str:
    which = clauses(numbers)
    match code:
        case Claimed.STARTED:
            return _("%(clauses)s started", clauses=which) if which else _("Started")
        case Claimed.PROGRESS:
            return _("%(clauses)s: progress", clauses=which) if which else _("Progress")
        case Claimed.BLOCKED:
            return _("%(clauses)s blocked", clauses=which) if which else _("Blocked")
        case Claimed.DONE:
            return _("%(clauses)s reported done", clauses=which) if which else _("Reported done")
        case Claimed.WILL_NOT_BE_DONE:
            return (
                _("%(clauses)s will not be done", clauses=which) if which else _("Will not be done")
            )
    return _("%(clauses)s: no change", clauses=which) if which else _("Progress entry")


def _review(moment: Moment) -> str:
    which, outcome = clauses(moment.clauses), moment.level is not None
    match moment.what:
        case "confirmed":
            if outcome:
                return _("What changed was confirmed")
            return _("%(clauses)s confirmed", clauses=which) if which else _("Confirmed")
        case "returned":
            return (
                _("%(clauses)s sent back once for better evidence", clauses=which)
                if which
                else _("Sent back once for better evidence")
            )
    return (
        _("%(clauses)s reopened for better evidence", clauses=which)
        if which
        else _("Reopened for better evidence")
    )


def _due(moment: Moment) -> str:
    due, which = moment.due, clauses(moment.clauses)
    if due is None:
        return ""
    text = (
        _("%(clauses)s due %(day)s", clauses=which, day=day(due.due_on))
        if which
        else _("Due %(day)s", day=day(due.due_on))
    )
    if due.extended_on:
        text = _(
            "%(clauses)s now due %(day)s; first due %(first)s",
            clauses=which or _("The item"),
            day=day(due.due_on),
            first=day(due.first_due_on),
        )
    return text


def _decision(moment: Moment) -> str:
    if moment.decision is None:
        return ""
    return _(
        "%(decision)s by %(unit)s",
        decision=labels.decision(moment.decision.decision),
        unit=moment.decision.unit,
    )


def _amount_spent(spent: Decimal | None, currency: str) -> str:
    amount = money(abs(spent or Decimal(0)), currency)
    return (
        _("%(amount)s taken back from what was spent", amount=amount)
        if spent and spent < 0
        else _("%(amount)s spent", amount=amount)
    )


def only_money(moment: Moment) -> bool:
    """An entry that claims nothing: it says what was spent, or why more or less was."""
    claims_nothing = all(code is None for code, _numbers in moment.claims)
    return (
        moment.what == "entry" and claims_nothing and (moment.explains or moment.amount is not None)
    )


def heading(moment: Moment, currency: str) -> str:
    """The act in bold."""
    match moment.what:
        case "entry":
            if not moment.corrects and only_money(moment):
                return (
                    _("The difference was explained")
                    if moment.explains
                    else _amount_spent(moment.amount, currency)
                )
            said = [_claimed(code, numbers) for code, numbers in moment.claims]
            text = "; ".join([said[0], *map(lower, said[1:])]) if said else _("Progress entry")
            return (
                _(
                    "Correction of the entry of %(day)s: %(text)s",
                    day=day(moment.corrects),
                    text=lower(text),
                )
                if moment.corrects
                else text
            )
        case "confirmed" | "returned" | "reopened":
            return _review(moment)
        case "assigned":
            text = (
                _("Assigned to %(unit)s", unit=moment.unit)
                if moment.code == "lead"
                else _("%(unit)s contributes", unit=moment.unit)
            )
            which = clauses(moment.clauses)
            return f"{which}: {lower(text)}" if which else text
        case "unassigned":
            return _("No longer with %(unit)s", unit=moment.unit)
        case "due":
            return _due(moment)
        case "appropriated" if moment.amount is not None:
            amount = money(abs(moment.amount), currency)
            return (
                _("%(amount)s appropriated", amount=amount)
                if moment.amount >= 0
                else _("Appropriation cut by %(amount)s", amount=amount)
            )
        case "spent" if moment.amount is not None:
            return _amount_spent(moment.amount, currency)
        case "explained":
            return _("The difference was explained")
        case "decided":
            return _decision(moment)
        case "outcome" if moment.level:
            return _("What changed: %(level)s", level=lower(labels.level(moment.level)))
        case "taken_on" if moment.item:
            return _("Taken on by %(item)s", item=ref_name(moment.item, moment.item.path))
        case "carried" if moment.item:
            return _("Carried over to %(item)s", item=ref_name(moment.item))
        case "withheld" if moment.withheld and moment.withheld_on:
            return _(
                "Withheld on %(day)s by the governance office: %(kind)s",
                day=day(moment.withheld_on),
                kind=labels.withheld(moment.withheld),
            )
        case "floor" if moment.floor:
            text = floor_line(moment.floor)
            which = clauses(moment.clauses)
            return f"{which}: {lower(text)}" if which else text
        case "submitted":
            return _("Submitted")
    return _("Recorded")


def sign(moment: Moment) -> str:
    """The code under which templates/components/signs.html has its sign and its colour."""
    if only_money(moment) and not moment.corrects:
        return "explained" if moment.explains else "spent"
    if moment.what == "entry":
        if moment.corrects:
            return "correction"
        claimed = moment.claims[0][0] if moment.claims else None
        return claimed.value if claimed else "no_claim"
    if moment.what == "floor" and moment.floor and moment.floor.action.effect is Effect.REFERS:
        return "referred"
    return moment.what


def signature(moment: Moment) -> str:
    """Who says it: a unit; a person where names are shown; the file from which it came; the kind of a confirmation."""
    parts = []
    if moment.confirmation:
        found = moment.confirmation
        parts.append(
            meeting(found)
            if found.by is By.MEETING
            else _("Confirmed %(how)s", how=labels.confirmed_by(found.by))
        )
    elif moment.by_office:
        parts.append(_("Recorded by the office"))
    elif moment.unit and moment.what not in ("assigned", "unassigned", "decided"):
        parts.append(moment.unit)
    if moment.person:
        parts.append(moment.person)
    if moment.source and moment.source_row:
        parts.append(
            _("from %(file)s, row %(row)s", file=moment.source, row=str(moment.source_row))
        )
    elif moment.source:
        parts.append(_("from %(file)s", file=moment.source))
    if moment.code and moment.what == "appropriated":
        parts.append(_("from the %(fund)s", fund=moment.code))
    text = ", ".join(parts)
    return sentence(text) if text else ""


def when(moment: Moment) -> str:
    return short_day(moment.on) if moment.on else _("day not known")
