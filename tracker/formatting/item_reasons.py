"""The reason of a verdict in words: one sentence for each ReasonCode, as the page of an item and a list have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tracker.reading.convention import (
    ItemListRow,
)
from tracker.reading.item_models import (
    ItemPage,
    ItemRef,
    NamedReason,
)
from tracker.rules.codes import (
    Decision,
    Effect,
    Floor,
    Purpose,
    Standing,
    Verdict,
)
from tracker.rules.reasons import ReasonCode
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import listing, number
from .dates import day, short_day
from .phrases import ago, lower, ref_name, sentence, without_a_word

AnsweredItem = ItemPage | ItemListRow


def date_of(reason: NamedReason, name: str) -> date | None:
    found = reason.values.get(name)
    return found if isinstance(found, date) else None


def count_of(reason: NamedReason, name: str) -> int:
    found = reason.values.get(name)
    return found if isinstance(found, int) else 0


def _unit(reason: NamedReason) -> str:
    return str(reason.values.get("unit") or _("the appropriate committee"))


def _known(reason: NamedReason) -> bool:
    """Whether the days that the reason rests on are known, not assumed."""
    return reason.values.get("day") != "not_known"


def _numbers(reason: NamedReason) -> list[int]:
    """The clauses of which the reason speaks; empty where it speaks of the item."""
    several = str(reason.values.get("clauses") or "")
    return (
        [count_of(reason, "clause")]
        if count_of(reason, "clause")
        else [int(each) for each in several.split()]
    )


def _of_clauses(shown: AnsweredItem, text: str) -> str:
    """Clauses 1 and 3: nobody has the lead yet."""
    numbers = _numbers(shown.reason)
    if not numbers:
        return text
    said = text if text.startswith(_unit(shown.reason)) else lower(text)
    which = listing([number(each) for each in numbers])
    return ngettext(
        "Clause %(numbers)s: %(text)s",
        "Clauses %(numbers)s: %(text)s",
        len(numbers),
        numbers=which,
        text=said,
    )


def _days_to(shown: AnsweredItem, reason: NamedReason, name: str) -> int | None:
    on, today = date_of(reason, name), date_of(reason, "today")
    return (today - on).days if on and today else None


def _floor_ended(shown: AnsweredItem) -> str:
    action = labels.floor(Floor(str(shown.reason.values.get("action", Floor.UNKNOWN))))
    on = date_of(shown.reason, "on")
    if on and _known(shown.reason):
        return _("%(action)s on %(day)s", action=action, day=day(on))
    return action


def _decided_by_floor(shown: AnsweredItem) -> str:
    """Adopted on 4 July 2017; referred to the Board."""
    codes = (
        shown.floor
        if isinstance(shown, ItemListRow)
        else tuple(line.action for line in shown.floor_in_force)
    )
    actions = [
        lower(labels.floor(each))
        for each in sorted(codes, key=lambda each: each.effect is Effect.REFERS)
    ]
    text = listing(actions) or lower(labels.floor(Floor.UNKNOWN))
    on = (
        shown.floor_on
        if isinstance(shown, ItemListRow)
        else next((line.on for line in shown.floor_in_force), None)
    )
    return _("%(actions)s on %(day)s", actions=text, day=day(on)) if on else text


def _some_done(shown: AnsweredItem) -> str:
    done, of = count_of(shown.reason, "done"), count_of(shown.reason, "of")
    if done < of:
        text = _("%(done)s of %(of)s clauses done and confirmed", done=number(done), of=number(of))
        return text if isinstance(shown, ItemListRow) else _and_the_rest(shown, text)
    if isinstance(shown, ItemListRow):
        last = shown.done_on
        text = (
            _("Both clauses")
            if of == 2
            else ngettext("Its one clause", "All %(count)s clauses", of, count=number(of))
        )
        return (
            _("%(clauses)s, last on %(day)s", clauses=text, day=short_day(last))
            if last and of > 1
            else (_("%(clauses)s, on %(day)s", clauses=text, day=short_day(last)) if last else text)
        )
    if of == 2:
        return _(
            "Both acts that it directs were done, and confirmed by others than those who did them"
        )
    return ngettext(
        "What it directs was done, and confirmed by somebody other than those who did it",
        "All %(count)s acts that it directs were done, and confirmed by others than those who did them",
        of,
        count=number(of),
    )


def _and_the_rest(shown: ItemPage, text: str) -> str:
    """What became of the clauses that are not done: of an open item, its least advanced; else who ended them, or that the term did."""
    if shown.verdict is Verdict.NOT_YET and shown.standing_reason.code is not ReasonCode.SOME_DONE:
        rest = REASONS[shown.standing_reason.code](replace(shown, reason=shown.standing_reason))
        if _numbers(shown.standing_reason):
            return f"{text}. {rest}"
        return _("%(text)s. For the rest: %(rest)s", text=text, rest=rest)
    if any(each.will_not for each in shown.clauses):
        return f"{text}. {sentence(_will_not(shown))}"
    lapsed = [each for each in shown.clauses if each.standing is Standing.LAPSED]
    if lapsed and all(each.unheard for each in lapsed):
        return _(
            "%(text)s. Of what is left no word is on record, and its term has ended", text=text
        )
    if lapsed:
        return _("%(text)s. What is left was not finished when the term ended", text=text)
    return text


def _quiet(shown: AnsweredItem) -> str:
    days, limit = _days_to(shown, shown.reason, "since"), count_of(shown.reason, "limit")
    text = without_a_word(days, limit) if days is not None and limit else ""
    if shown.verdict is not Verdict.NO_WORD:
        return _of_clauses(shown, text)
    last = date_of(shown.reason, "last")
    if isinstance(shown, ItemPage) and last:
        text = _counted_later(shown, text, last)
        text = _("The last word was of %(day)s. %(silence)s", day=day(last), silence=text)
    if shown.reason.values.get("referral"):
        text = _("%(referred)s. %(silence)s", referred=no_answer(shown), silence=text)
    return _counted_from(shown, text)


def _counted_later(shown: AnsweredItem, text: str, last: date) -> str:
    """A silence may be counted from a later day than that of the last word: the floor acted since, or the record began."""
    since = date_of(shown.reason, "since")
    return (
        _("%(text)s, counted from %(day)s", text=text, day=day(since))
        if since and since > last
        else text
    )


def _counted_from(shown: AnsweredItem, text: str) -> str:
    """Where the day of the floor's decision is assumed, a page says from which it counts."""
    since = date_of(shown.reason, "since")
    if _known(shown.reason) or isinstance(shown, ItemListRow) or not since:
        return text
    return _(
        "%(text)s. The day of the floor’s decision is not known, so it is counted from %(day)s",
        text=text,
        day=day(since),
    )


def _referred_to(shown: AnsweredItem) -> str:
    named = shown.reason.values.get(
        "referred_unit" if shown.reason.values.get("referral") else "unit"
    )
    if named is None and isinstance(shown, ItemListRow):
        named = shown.referred_to
    if named is None and isinstance(shown, ItemPage):
        named = next(
            (each.referred_to for each in shown.floor if each.action.effect is Effect.REFERS), None
        )
    return (
        _("Referred to %(unit)s", unit=named)
        if named
        else _("Referred to the appropriate committee")
    )


def no_answer(shown: AnsweredItem) -> str:
    """Referred to the Board; no decision is on record yet."""
    return _answer_owed(shown, _referred_to(shown))


def _answer_owed(shown: AnsweredItem, referred: str) -> str:
    """What the body to which it was referred still owes, and what it has given."""
    back, for_report = (
        date_of(shown.reason, "reported_back"),
        shown.reason.values.get("purpose") == Purpose.REPORT,
    )
    if back and for_report:
        return _(
            "%(referred)s; it reported back on %(day)s, and that does not settle it yet",
            referred=referred,
            day=day(back),
        )
    if back:
        return _(
            "%(referred)s; it reported back on %(day)s, and no decision is on record yet",
            referred=referred,
            day=day(back),
        )
    if for_report:
        return _("%(referred)s; no report is on record yet", referred=referred)
    return _("%(referred)s; no decision is on record yet", referred=referred)


def _referred(shown: AnsweredItem) -> str:
    text, on, by = _referred_to(shown), date_of(shown.reason, "on"), date_of(shown.reason, "by")
    if on and _known(shown.reason) and isinstance(shown, ItemPage):
        text = _("%(referred)s on %(day)s", referred=text, day=day(on))
    text = _of_clauses(shown, _answer_owed(shown, text))
    return _("%(text)s, and one is asked for by %(day)s", text=text, day=day(by)) if by else text


def _will_not(shown: AnsweredItem) -> str:
    """By whom it was decided and when, as far as that is on record; the day of the entry that says so is another."""
    said = (
        next((each.will_not for each in shown.clauses if each.will_not), None)
        if isinstance(shown, ItemPage)
        else None
    )
    on = date_of(shown.reason, "on")
    if said is None:
        return (
            _("Said in an entry of %(day)s", day=day(on))
            if on and _known(shown.reason)
            else _("So decided")
        )
    if said.decided_by and said.decided_on:
        text = _("%(who)s decided on %(day)s", who=said.decided_by, day=day(said.decided_on))
    elif said.decided_by:
        text = _("%(who)s decided", who=said.decided_by)
    elif said.decided_on:
        text = _("So decided on %(day)s; by whom is not on record", day=day(said.decided_on))
    else:
        text = _("So decided; by whom, and when, is not on record")
    return (
        _("%(text)s: “%(reason)s”", text=text, reason=said.reason.rstrip()) if said.reason else text
    )


def _declined(shown: AnsweredItem) -> str:
    on, unit = date_of(shown.reason, "on"), _unit(shown.reason)
    text = (
        _("%(unit)s considered it on %(day)s", unit=unit, day=day(on))
        if on and _known(shown.reason)
        else _("%(unit)s considered it", unit=unit)
    )
    if isinstance(shown, ItemPage):
        reason = next(
            (
                each.reason
                for each in shown.decisions
                if each.reason and each.decision is Decision.DECLINED
            ),
            None,
        )
        if reason:
            return _("%(text)s: “%(reason)s”", text=text, reason=reason.rstrip())
    return text


def _claimed_done(shown: AnsweredItem) -> str:
    on = date_of(shown.reason, "on")
    days = _days_to(shown, shown.reason, "since")
    if on is None or not _known(shown.reason):
        text = _("Reported done; the day is not known")
    elif isinstance(shown, ItemListRow):
        text = _("Since %(day)s", day=short_day(on))
    else:
        text = _("Reported done on %(day)s", day=day(on))
    if days:
        text = ngettext(
            "%(text)s; it has waited %(count)s day",
            "%(text)s; it has waited %(count)s days",
            days,
            text=text,
            count=number(days),
        )
    text = _of_clauses(shown, text)
    return (
        text
        if isinstance(shown, ItemListRow)
        else _("%(text)s. Somebody else still has to confirm it", text=text)
    )


def _nobody_leads(shown: AnsweredItem) -> str:
    """Not "yet" where somebody had the lead before."""
    nobody = _("nobody has the lead now") if shown.lead_ended else _("nobody has the lead yet")
    days = _days_to(shown, shown.reason, "since")
    if days is None or not _known(shown.reason):
        return _of_clauses(shown, sentence(nobody).rstrip("."))
    text = {
        Effect.DIRECTS: _("Adopted %(ago)s; %(nobody)s", ago=ago(days), nobody=nobody),
        Effect.REFERS: _("Referred %(ago)s; %(nobody)s", ago=ago(days), nobody=nobody),
    }
    act = shown.reason.values.get("act")
    if act not in text:
        return _of_clauses(
            shown, _("Its duty came here %(ago)s; %(nobody)s", ago=ago(days), nobody=nobody)
        )
    return _of_clauses(shown, text[Effect(str(act))])


def _term_ended(shown: AnsweredItem) -> str:
    ended, last = date_of(shown.reason, "on"), date_of(shown.reason, "last")
    text = _("The term ended on %(day)s", day=day(ended)) if ended else _("Its term has ended")
    if shown.reason.code is ReasonCode.TERM_ENDED:
        return (
            _("The last word was of %(day)s. %(term)s", day=day(last), term=text) if last else text
        )
    if isinstance(shown, ItemListRow):
        return _("%(term)s, no word is on record", term=text)
    return _counted_from(
        shown,
        _("%(term)s, and no word is on record. A missing word is not taken for failure", term=text),
    )


def _blocked(shown: AnsweredItem) -> str:
    on, numbers = date_of(shown.reason, "on"), _numbers(shown.reason)
    text = _of_clauses(
        shown,
        _("Blocked since %(day)s", day=day(on)) if on and _known(shown.reason) else _("Blocked"),
    )
    causes = (
        [
            each.blocked_by
            for each in shown.clauses
            if each.blocked_by and (not numbers or each.number in numbers)
        ]
        if isinstance(shown, ItemPage)
        else []
    )
    return _("%(text)s: %(cause)s", text=text, cause=causes[0]) if causes else text


def _target(shown: AnsweredItem) -> str:
    found = shown.reason.values.get("target")
    target = found if isinstance(found, ItemRef) else shown.by_way_of
    return ref_name(target, shown.path) if target else _("another item")


def _merged(shown: AnsweredItem) -> str:
    """By the floor, or by the office's link inside the convention."""
    merges = [each if isinstance(each, Floor) else each.action for each in shown.floor]
    if any(each.effect is Effect.MERGES for each in merges):
        return _("Merged on the floor into %(item)s", item=_target(shown))
    return _("Taken on by %(item)s", item=_target(shown))


def _merged_outside(shown: AnsweredItem) -> str:
    other = shown.merged_into if isinstance(shown, ItemPage) else None
    return (
        _("Merged on the floor into %(item)s, which is not in this record", item=other)
        if other
        else (_("Merged on the floor into another item, which is not in this record"))
    )


def _kind_needs_none(shown: AnsweredItem) -> str:
    return _("%(kinds)s ask for nothing to be carried out", kinds=labels.kinds(shown.kind))


def _waits(shown: AnsweredItem) -> str:
    on = date_of(shown.reason, "on")
    return (
        _("An entry of %(day)s waits for release", day=day(on))
        if on
        else _("An entry waits for release")
    )


def _has_lead(shown: AnsweredItem) -> str:
    last = date_of(shown.reason, "last")
    text = (
        _("%(unit)s has the lead", unit=_unit(shown.reason))
        if shown.reason.values.get("unit")
        else _("It is assigned")
    )
    if last:
        return _of_clauses(shown, _("%(text)s; last reported on %(day)s", text=text, day=day(last)))
    return _of_clauses(shown, _("%(text)s; nothing is reported yet", text=text))


def _work(shown: AnsweredItem) -> str:
    last = date_of(shown.reason, "last")
    text = (
        _("Work is under way; last reported on %(day)s", day=day(last))
        if last
        else _("Work is under way")
    )
    return _of_clauses(shown, text)


def _not_kept(shown: AnsweredItem) -> str:
    if isinstance(shown, ItemListRow):
        return _("The floor: %(decision)s", decision=_decided_by_floor(shown))
    return _(
        "The floor’s decision is here: %(decision)s. What was done about it is not kept in this record",
        decision=_decided_by_floor(shown),
    )


def _no_decision(shown: AnsweredItem) -> str:
    if isinstance(shown, ItemListRow):
        return _("The source does not say it")
    if shown.reason.code is ReasonCode.NO_FLOOR_ACTION:
        return _("No decision of the floor is on record. That is neither “pending” nor “defeated”")
    return _(
        "The source does not say what the floor decided. That is neither “pending” nor “defeated”"
    )


REASONS: dict[ReasonCode, Callable[[AnsweredItem], str]] = {
    ReasonCode.NO_FLOOR_ACTION: _no_decision,
    ReasonCode.FLOOR_UNKNOWN: _no_decision,
    ReasonCode.OPEN_WHEN_CLOSED: lambda shown: _(
        "It was open when the convention closed, and no later decision is on record"
    ),
    ReasonCode.FLOOR_OPEN: lambda shown: labels.floor(
        Floor(str(shown.reason.values.get("action", Floor.AWAITING_DEBATE)))
    ),
    ReasonCode.FLOOR_ENDED: _floor_ended,
    ReasonCode.DECLARATION: lambda shown: _(
        "It declares something: its adoption made it so, and nothing is left to carry out"
    ),
    ReasonCode.KIND_NEEDS_NONE: _kind_needs_none,
    ReasonCode.NOT_KEPT: _not_kept,
    ReasonCode.CONFIRMED: _some_done,
    ReasonCode.SOME_DONE: _some_done,
    ReasonCode.MERGED: _merged,
    ReasonCode.MERGED_OUTSIDE_THE_RECORD: _merged_outside,
    ReasonCode.CARRIED_ON: lambda shown: _("Carried over to %(item)s", item=_target(shown)),
    ReasonCode.SAID_WILL_NOT: _will_not,
    ReasonCode.RESCINDED: lambda shown: _(
        "The convention rescinded it afterwards; what was open then will not be done"
    ),
    ReasonCode.DECLINED: _declined,
    ReasonCode.CLAIMED_DONE: _claimed_done,
    ReasonCode.TERM_ENDED: _term_ended,
    ReasonCode.NO_WORD_EVER: _term_ended,
    ReasonCode.REFERRED: _referred,
    ReasonCode.NOBODY_LEADS: _nobody_leads,
    ReasonCode.QUIET: _quiet,
    ReasonCode.CLAIMED_BLOCKED: _blocked,
    ReasonCode.CLAIMED_WORK: _work,
    ReasonCode.LEAD_BUT_NO_CLAIM: _has_lead,
    ReasonCode.WAITS_FOR_RELEASE: _waits,
}
