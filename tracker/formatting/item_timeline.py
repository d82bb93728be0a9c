"""The lines of the record of an item: the heading and the signature of each moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.reading.item_models import Moment
from tracker.reading.models import MinutesDetails
from tracker.rules.codes import By, Claimed, Effect, WithheldFor
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels, phrases
from .amounts import listing, money, number
from .dates import day, short_day
from .item_sentences import confirmed_by, floor_line, meeting, sent_back
from .phrases import lower, ref_name, sentence

# What an entry claims, and of which clauses; without numbers of the whole item.
Claims = Sequence[tuple[Claimed | None, tuple[int, ...]]]


def clauses(numbers: tuple[int, ...]) -> str:
    """Clauses 1 and 2; empty for the whole item."""
    if not numbers:
        return ""
    return ngettext(
        "Clause %(list)s",
        "Clauses %(list)s",
        len(numbers),
        list=listing([number(clause) for clause in numbers]),
    )


def heading(moment: Moment, currency: str) -> str:
    """The act, in bold; a line whose kind has no sentence of its own is "Recorded"."""
    match moment.what:
        case "entry":
            return _entry(moment, currency)
        case "confirmed" | "returned" | "reopened":
            return _review(moment)
        case "assigned" if moment.code == "lead":
            return _of_clauses(moment, _("Assigned to %(unit)s", unit=moment.unit))
        case "assigned":
            return _of_clauses(moment, _("%(unit)s contributes", unit=moment.unit))
        case "unassigned":
            return _("No longer with %(unit)s", unit=moment.unit)
        case "due":
            return _due(moment)
        case "appropriated" if moment.amount is not None:
            return _appropriated(moment.amount, currency)
        case "spent" if moment.amount is not None:
            return amount_spent(moment.amount, currency)
        case "explained":
            return _difference_explained()
        case "decided":
            return _decision(moment)
        case "outcome" if moment.level:
            return _("What changed: %(level)s", level=lower(labels.level(moment.level)))
        case "taken_on" if moment.item:
            return phrases.taken_on_by(ref_name(moment.item, moment.item.path))
        case "carried" if moment.item:
            return phrases.carried_over_to(ref_name(moment.item))
        case "withheld" if moment.withheld and moment.withheld_on:
            return withheld(moment.withheld, moment.withheld_on)
        case "floor" if moment.floor:
            return _of_clauses(moment, floor_line(moment.floor))
        case "submitted":
            return _("Submitted")
    return _("Recorded")


def withheld(kind: WithheldFor, on: date) -> str:
    return _(
        "Withheld on %(day)s by the governance office: %(kind)s",
        day=day(on),
        kind=labels.withheld(kind),
    )


def _of_clauses(moment: Moment, text: str) -> str:
    """Clause 2: assigned to the Center for Research."""
    clause_names = clauses(moment.clauses)
    return f"{clause_names}: {lower(text)}" if clause_names else text


# --- entries ---


def _entry(moment: Moment, currency: str) -> str:
    if only_money(moment) and not moment.corrects:
        if moment.explains:
            return _difference_explained()
        return amount_spent(moment.amount or Decimal(0), currency)
    text = entry_claims(moment.claims)
    if not moment.corrects:
        return text
    return _(
        "Correction of the entry of %(day)s: %(text)s",
        day=day(moment.corrects),
        text=lower(text),
    )


def entry_claims(claims: Claims) -> str:
    """Clause 1 reported done; clause 2: no change."""
    if not claims:
        return _("Progress entry")
    first, *others = [_claim(code, numbers) for code, numbers in claims]
    return "; ".join([first, *map(lower, others)])


def _claim(code: Claimed | None, numbers: tuple[int, ...]) -> str:
    clause_names = clauses(numbers)
    return _claim_of_clauses(code, clause_names) if clause_names else _claim_of_item(code)


def _claim_of_clauses(code: Claimed | None, clause_names: str) -> str:
    match code:
        case Claimed.STARTED:
            return _("%(clauses)s started", clauses=clause_names)
        case Claimed.PROGRESS:
            return _("%(clauses)s: progress", clauses=clause_names)
        case Claimed.BLOCKED:
            return _("%(clauses)s blocked", clauses=clause_names)
        case Claimed.DONE:
            return _("%(clauses)s reported done", clauses=clause_names)
        case Claimed.WILL_NOT_BE_DONE:
            return _("%(clauses)s will not be done", clauses=clause_names)
    return _("%(clauses)s: no change", clauses=clause_names)


def _claim_of_item(code: Claimed | None) -> str:
    if code is None:
        return _("Progress entry")
    return phrases.upper(labels.claimed(code))


def only_money(moment: Moment) -> bool:
    """An entry that claims nothing: it says what was spent, or why more or less was."""
    if moment.what != "entry" or any(code is not None for code, _numbers in moment.claims):
        return False
    return moment.explains or moment.amount is not None


# --- reviews, due dates, decisions, money ---


def _review(moment: Moment) -> str:
    clause_names = clauses(moment.clauses)
    match moment.what:
        case "confirmed" if moment.level is not None:
            return _("What changed was confirmed")
        case "confirmed":
            if clause_names:
                return _("%(clauses)s confirmed", clauses=clause_names)
            return _("Confirmed")
        case "returned" if clause_names:
            return _("%(clauses)s sent back once for better evidence", clauses=clause_names)
        case "returned":
            return sent_back(1)
    if clause_names:
        return _("%(clauses)s reopened for better evidence", clauses=clause_names)
    return _("Reopened for better evidence")


def _due(moment: Moment) -> str:
    due, clause_names = moment.due, clauses(moment.clauses)
    if due is None:
        return ""
    if due.extended_on:
        return _(
            "%(clauses)s now due %(day)s; first due %(first)s",
            clauses=clause_names or _("The item"),
            day=day(due.due_on),
            first=day(due.first_due_on),
        )
    if clause_names:
        return _("%(clauses)s due %(day)s", clauses=clause_names, day=day(due.due_on))
    return phrases.due(due.due_on)


def _decision(moment: Moment) -> str:
    if moment.decision is None:
        return ""
    return _(
        "%(decision)s by %(unit)s",
        decision=labels.decision(moment.decision.decision),
        unit=moment.decision.unit,
    )


def _appropriated(amount: Decimal, currency: str) -> str:
    printed = money(abs(amount), currency)
    if amount < 0:
        return _("Appropriation cut by %(amount)s", amount=printed)
    return _("%(amount)s appropriated", amount=printed)


def amount_spent(amount: Decimal, currency: str) -> str:
    """A reversing entry takes back."""
    printed = money(abs(amount), currency)
    if amount < 0:
        return _("%(amount)s taken back from what was spent", amount=printed)
    return _("%(amount)s spent", amount=printed)


def _difference_explained() -> str:
    return _("The difference was explained")


# --- the rest of a line ---


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
    """Who says it: a unit; a person where names are shown; the file from which it came.

    Of a confirmation its kind.
    """
    parts = []
    if moment.confirmation and moment.confirmation.by is By.MEETING:
        parts.append(meeting(moment.confirmation))
    elif moment.confirmation and moment.what == "returned":
        parts.append(_("Looked at %(how)s", how=confirmed_by(moment.confirmation)))
    elif moment.confirmation:
        parts.append(_("Confirmed %(how)s", how=confirmed_by(moment.confirmation)))
    elif moment.by_office:
        parts.append(_("Recorded by the office"))
    elif moment.unit and moment.what not in ("assigned", "unassigned", "decided"):
        parts.append(moment.unit)
    if moment.person:
        parts.append(moment.person)
    if moment.source and moment.source_row:
        row = str(moment.source_row)
        parts.append(_("from %(file)s, row %(row)s", file=moment.source, row=row))
    elif moment.source:
        parts.append(_("from %(file)s", file=moment.source))
    if moment.code and moment.what == "appropriated":
        parts.append(_("from the %(fund)s", fund=moment.code))
    return sentence(", ".join(parts))


def minutes(moment: Moment) -> MinutesDetails | None:
    """Of the meeting that decided it, where they may be opened."""
    if moment.confirmation:
        return moment.confirmation.minutes
    return moment.decision.minutes if moment.decision else None


def point(moment: Moment) -> str | None:
    """Where the minutes of a meeting say that it confirmed it."""
    return moment.confirmation.point if moment.confirmation else None


def when(moment: Moment) -> str:
    return short_day(moment.on) if moment.on else phrases.day_not_known()
