"""The reason of a verdict in words.

One sentence for each ReasonCode, as the page of an item and a list have it.

`REASONS` has the function for each code. A page says all of a reason; a row of a list a few words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tracker.reading.convention import ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.reading.models import ItemRef
from tracker.rules.codes import Decision, Effect, Floor, Purpose, Standing, Verdict
from tracker.rules.reasons import ReasonCode
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels, phrases
from .amounts import listing, number
from .dates import day, short_day
from .phrases import ago, lower, ref_name, sentence, without_a_word
from .reason_values import (
    clause_numbers,
    count_of,
    date_of,
    day_is_known,
    days_since,
    known_day,
    unit_name,
)

AnsweredItem = ItemPage | ItemListRow


def _of_clauses(item: AnsweredItem, text: str) -> str:
    """Clauses 1 and 3: nobody has the lead yet."""
    numbers = clause_numbers(item.reason)
    if not numbers:
        return text
    begins_with_name = text.startswith(unit_name(item.reason))
    return ngettext(
        "Clause %(numbers)s: %(text)s",
        "Clauses %(numbers)s: %(text)s",
        len(numbers),
        numbers=listing([number(clause) for clause in numbers]),
        text=text if begins_with_name else lower(text),
    )


# --- the floor ---


def _no_decision(item: AnsweredItem) -> str:
    if isinstance(item, ItemListRow):
        return _("The source does not say it")
    if item.reason.code is ReasonCode.NO_FLOOR_ACTION:
        return _("No decision of the floor is on record. That is neither “pending” nor “defeated”")
    return _(
        "The source does not say what the floor decided. That is neither “pending” nor “defeated”"
    )


def _open_when_closed(item: AnsweredItem) -> str:
    return _("It was open when the convention closed, and no later decision is on record")


def _floor_open(item: AnsweredItem) -> str:
    return labels.floor(Floor(str(item.reason.values.get("action", Floor.AWAITING_DEBATE))))


def _floor_ended(item: AnsweredItem) -> str:
    action = labels.floor(Floor(str(item.reason.values.get("action", Floor.UNKNOWN))))
    on = known_day(item.reason)
    return phrases.with_day(action, on) if on else action


def _declaration(item: AnsweredItem) -> str:
    return _("It declares something: its adoption made it so, and nothing is left to carry out")


def _kind_needs_none(item: AnsweredItem) -> str:
    return _("%(kinds)s ask for nothing to be carried out", kinds=labels.kinds(item.kind))


def _not_kept(item: AnsweredItem) -> str:
    if isinstance(item, ItemListRow):
        return _("The floor: %(decision)s", decision=_floor_decision(item))
    return _(
        "The floor’s decision is here: %(decision)s. %(not_kept)s",
        decision=_floor_decision(item),
        not_kept=phrases.not_kept(),
    )


def _floor_decision(item: AnsweredItem) -> str:
    """Adopted and referred on 4 July 2017."""
    if isinstance(item, ItemListRow):
        actions, on = item.floor, item.floor_on
    else:
        actions = tuple(line.action for line in item.floor_in_force)
        on = next((line.on for line in item.floor_in_force), None)
    ordered = sorted(actions, key=lambda action: action.effect is Effect.REFERS)
    names = [lower(labels.floor(action)) for action in ordered]
    text = listing(names) or lower(labels.floor(Floor.UNKNOWN))
    if not on:
        return text
    return _("%(actions)s on %(day)s", actions=text, day=day(on))


def _rescinded(item: AnsweredItem) -> str:
    return _("The convention rescinded it afterwards; what was open then will not be done")


# --- links between items ---


def _target(item: AnsweredItem) -> str:
    target = item.reason.values.get("target")
    ref = target if isinstance(target, ItemRef) else item.by_way_of
    return ref_name(ref, item.path) if ref else _("another item")


def _merged(item: AnsweredItem) -> str:
    """By the floor, or by the office's link inside the convention."""
    if isinstance(item, ItemListRow):
        actions = item.floor
    else:
        actions = tuple(line.action for line in item.floor)
    if any(action.effect is Effect.MERGES for action in actions):
        return _("Merged on the floor into %(item)s", item=_target(item))
    return phrases.taken_on_by(_target(item))


def _merged_outside(item: AnsweredItem) -> str:
    other = item.merged_into if isinstance(item, ItemPage) else None
    if not other:
        return _("Merged on the floor into another item, which is not in this record")
    return _("Merged on the floor into %(item)s, which is not in this record", item=other)


def _carried_on(item: AnsweredItem) -> str:
    return phrases.carried_over_to(_target(item))


# --- done, and in part ---


def _some_done(item: AnsweredItem) -> str:
    done, of = count_of(item.reason, "done"), count_of(item.reason, "of")
    if isinstance(item, ItemListRow):
        return _some_done_in_list(item, done, of)
    if done < of:
        return _with_what_is_left(item, _part_done(done, of))
    if of == 2:
        return _(
            "Both acts that it directs were done, and confirmed by others than those who did them"
        )
    return ngettext(
        "What it directs was done, and confirmed by somebody other than those who did it",
        "All %(count)s acts that it directs were done, "
        "and confirmed by others than those who did them",
        of,
        count=number(of),
    )


def _part_done(done: int, of: int) -> str:
    return _("%(done)s of %(of)s clauses done and confirmed", done=number(done), of=number(of))


def _some_done_in_list(row: ItemListRow, done: int, of: int) -> str:
    if done < of:
        return _part_done(done, of)
    if of == 2:
        text = _("Both clauses")
    else:
        text = ngettext("Its one clause", "All %(count)s clauses", of, count=number(of))
    if not row.done_on:
        return text
    if of > 1:
        return _("%(clauses)s, last on %(day)s", clauses=text, day=short_day(row.done_on))
    return _("%(clauses)s, on %(day)s", clauses=text, day=short_day(row.done_on))


def _with_what_is_left(item: ItemPage, text: str) -> str:
    """What became of the clauses that are not done.

    Of an open item the least advanced is named; else who ended them, or that the term did.
    """
    reason = item.standing_reason
    if item.verdict is Verdict.NOT_YET and reason.code is not ReasonCode.SOME_DONE:
        of_the_rest = REASONS[reason.code](replace(item, reason=reason))
        if clause_numbers(reason):
            return f"{text}. {of_the_rest}"
        return _("%(text)s. For the rest: %(rest)s", text=text, rest=of_the_rest)
    if any(clause.will_not for clause in item.clauses):
        return f"{text}. {sentence(_will_not(item))}"
    lapsed = [clause for clause in item.clauses if clause.standing is Standing.LAPSED]
    if not lapsed:
        return text
    if all(clause.unheard for clause in lapsed):
        return _(
            "%(text)s. Of what is left no word is on record, and its term has ended", text=text
        )
    return _("%(text)s. What is left was not finished when the term ended", text=text)


def _claimed_done(item: AnsweredItem) -> str:
    on = known_day(item.reason)
    days = days_since(item.reason, "since")
    if on is None:
        text = _("Reported done; the day is not known")
    elif isinstance(item, ItemListRow):
        text = _("Since %(day)s", day=short_day(on))
    else:
        text = phrases.reported_done(on)
    if days:
        text = ngettext(
            "%(text)s; it has waited %(count)s day",
            "%(text)s; it has waited %(count)s days",
            days,
            text=text,
            count=number(days),
        )
    text = _of_clauses(item, text)
    if isinstance(item, ItemListRow):
        return text
    return _("%(text)s. Somebody else still has to confirm it", text=text)


# --- will not be done, declined ---


def _will_not(item: AnsweredItem) -> str:
    """By whom it was decided and when, as far as that is on record.

    The day of the entry that says so is another.
    """
    clauses = item.clauses if isinstance(item, ItemPage) else ()
    will_not = next((clause.will_not for clause in clauses if clause.will_not), None)
    if will_not is None:
        on = known_day(item.reason)
        return _("Said in an entry of %(day)s", day=day(on)) if on else _("So decided")
    decider, decided_on = will_not.decided_by, will_not.decided_on
    if decider and decided_on:
        text = _("%(who)s decided on %(day)s", who=decider, day=day(decided_on))
    elif decider:
        text = _("%(who)s decided", who=decider)
    elif decided_on:
        text = _("So decided on %(day)s; by whom is not on record", day=day(decided_on))
    else:
        text = _("So decided; by whom, and when, is not on record")
    return phrases.with_quotation(text, will_not.reason) if will_not.reason else text


def _declined(item: AnsweredItem) -> str:
    on, unit = known_day(item.reason), unit_name(item.reason)
    if on:
        text = _("%(unit)s considered it on %(day)s", unit=unit, day=day(on))
    else:
        text = _("%(unit)s considered it", unit=unit)
    decisions = item.decisions if isinstance(item, ItemPage) else ()
    for decision in decisions:
        if decision.reason and decision.decision is Decision.DECLINED:
            return phrases.with_quotation(text, decision.reason)
    return text


# --- referrals ---


def _referred_to(item: AnsweredItem) -> str:
    unit_name = "referred_unit" if item.reason.values.get("referral") else "unit"
    unit = item.reason.values.get(unit_name)
    if unit is not None:
        return phrases.referred_to(str(unit))
    if isinstance(item, ItemListRow):
        return phrases.referred_to(item.referred_to)
    receivers = (line.referred_to for line in item.floor if line.action.effect is Effect.REFERS)
    return phrases.referred_to(next(receivers, None))


def no_answer(item: AnsweredItem) -> str:
    """Referred to the Board; no decision is on record yet."""
    return _answer_owed(item, _referred_to(item))


def _answer_owed(item: AnsweredItem, referred: str) -> str:
    """What the body to which it was referred still owes, and what it has given."""
    reported_back = date_of(item.reason, "reported_back")
    for_report = item.reason.values.get("purpose") == Purpose.REPORT
    if reported_back and for_report:
        return _(
            "%(referred)s; it reported back on %(day)s, and that does not settle it yet",
            referred=referred,
            day=day(reported_back),
        )
    if reported_back:
        return _(
            "%(referred)s; it reported back on %(day)s, and no decision is on record yet",
            referred=referred,
            day=day(reported_back),
        )
    if for_report:
        return _("%(referred)s; no report is on record yet", referred=referred)
    return _("%(referred)s; no decision is on record yet", referred=referred)


def _referred(item: AnsweredItem) -> str:
    text = _referred_to(item)
    on, decides_by = known_day(item.reason), date_of(item.reason, "by")
    if on and isinstance(item, ItemPage):
        text = phrases.with_day(text, on)
    text = _of_clauses(item, _answer_owed(item, text))
    if not decides_by:
        return text
    return _("%(text)s, and one is asked for by %(day)s", text=text, day=day(decides_by))


# --- silence, and the end of the term ---


def _quiet(item: AnsweredItem) -> str:
    days, limit = days_since(item.reason, "since"), count_of(item.reason, "limit")
    text = without_a_word(days, limit) if days is not None and limit else ""
    if item.verdict is not Verdict.NO_WORD:
        return _of_clauses(item, text)
    last = date_of(item.reason, "last")
    if isinstance(item, ItemPage) and last:
        text = _counted_later(item, text, last)
        text = _("The last word was of %(day)s. %(silence)s", day=day(last), silence=text)
    if item.reason.values.get("referral"):
        text = _("%(referred)s. %(silence)s", referred=no_answer(item), silence=text)
    return _counted_from(item, text)


def _counted_later(item: AnsweredItem, text: str, last: date) -> str:
    """A silence may be counted from a later day than that of the last word.

    So it is where the floor acted since, or the record began.
    """
    since = date_of(item.reason, "since")
    if not since or since <= last:
        return text
    return _("%(text)s, counted from %(day)s", text=text, day=day(since))


def _counted_from(item: AnsweredItem, text: str) -> str:
    """Where the day of the floor's decision is assumed, a page says from which it counts."""
    since = date_of(item.reason, "since")
    if day_is_known(item.reason) or isinstance(item, ItemListRow) or not since:
        return text
    return _(
        "%(text)s. The day of the floor’s decision is not known, so it is counted from %(day)s",
        text=text,
        day=day(since),
    )


def _term_ended(item: AnsweredItem) -> str:
    ended, last = date_of(item.reason, "on"), date_of(item.reason, "last")
    text = _("The term ended on %(day)s", day=day(ended)) if ended else _("Its term has ended")
    if item.reason.code is ReasonCode.TERM_ENDED:
        if not last:
            return text
        return _("The last word was of %(day)s. %(term)s", day=day(last), term=text)
    if isinstance(item, ItemListRow):
        return _("%(term)s, no word is on record", term=text)
    text = _(
        "%(term)s, and no word is on record. A missing word is not taken for failure", term=text
    )
    return _counted_from(item, text)


# --- open ---


def _nobody_leads(item: AnsweredItem) -> str:
    """Not "yet" where somebody had the lead before."""
    nobody = _("nobody has the lead now") if item.lead_ended else _("nobody has the lead yet")
    days = days_since(item.reason, "since")
    if days is None or not day_is_known(item.reason):
        return _of_clauses(item, phrases.upper(nobody))
    match item.reason.values.get("act"):
        case Effect.DIRECTS:
            text = _("Adopted %(ago)s; %(nobody)s", ago=ago(days), nobody=nobody)
        case Effect.REFERS:
            text = _("Referred %(ago)s; %(nobody)s", ago=ago(days), nobody=nobody)
        case _other:
            text = _("Its duty came here %(ago)s; %(nobody)s", ago=ago(days), nobody=nobody)
    return _of_clauses(item, text)


def _has_lead(item: AnsweredItem) -> str:
    last = date_of(item.reason, "last")
    if item.reason.values.get("unit"):
        text = _("%(unit)s has the lead", unit=unit_name(item.reason))
    else:
        text = _("It is assigned")
    if last:
        return _of_clauses(item, _("%(text)s; last reported on %(day)s", text=text, day=day(last)))
    return _of_clauses(item, _("%(text)s; nothing is reported yet", text=text))


def _under_way(item: AnsweredItem) -> str:
    last = date_of(item.reason, "last")
    if last:
        text = _("Work is under way; last reported on %(day)s", day=day(last))
    else:
        text = _("Work is under way")
    return _of_clauses(item, text)


def _blocked(item: AnsweredItem) -> str:
    on, numbers = known_day(item.reason), clause_numbers(item.reason)
    text = _("Blocked since %(day)s", day=day(on)) if on else _("Blocked")
    text = _of_clauses(item, text)
    clauses = item.clauses if isinstance(item, ItemPage) else ()
    for clause in clauses:
        if clause.blocked_by and (not numbers or clause.number in numbers):
            return _("%(text)s: %(cause)s", text=text, cause=clause.blocked_by)
    return text


def _waits_for_release(item: AnsweredItem) -> str:
    on = date_of(item.reason, "on")
    if not on:
        return phrases.entry_waits()
    return _("An entry of %(day)s waits for release", day=day(on))


REASONS: dict[ReasonCode, Callable[[AnsweredItem], str]] = {
    ReasonCode.NO_FLOOR_ACTION: _no_decision,
    ReasonCode.FLOOR_UNKNOWN: _no_decision,
    ReasonCode.OPEN_WHEN_CLOSED: _open_when_closed,
    ReasonCode.FLOOR_OPEN: _floor_open,
    ReasonCode.FLOOR_ENDED: _floor_ended,
    ReasonCode.DECLARATION: _declaration,
    ReasonCode.KIND_NEEDS_NONE: _kind_needs_none,
    ReasonCode.NOT_KEPT: _not_kept,
    ReasonCode.CONFIRMED: _some_done,
    ReasonCode.SOME_DONE: _some_done,
    ReasonCode.MERGED: _merged,
    ReasonCode.MERGED_OUTSIDE_THE_RECORD: _merged_outside,
    ReasonCode.CARRIED_ON: _carried_on,
    ReasonCode.SAID_WILL_NOT: _will_not,
    ReasonCode.RESCINDED: _rescinded,
    ReasonCode.DECLINED: _declined,
    ReasonCode.CLAIMED_DONE: _claimed_done,
    ReasonCode.TERM_ENDED: _term_ended,
    ReasonCode.NO_WORD_EVER: _term_ended,
    ReasonCode.REFERRED: _referred,
    ReasonCode.NOBODY_LEADS: _nobody_leads,
    ReasonCode.QUIET: _quiet,
    ReasonCode.CLAIMED_BLOCKED: _blocked,
    ReasonCode.CLAIMED_WORK: _under_way,
    ReasonCode.LEAD_BUT_NO_CLAIM: _has_lead,
    ReasonCode.WAITS_FOR_RELEASE: _waits_for_release,
}
