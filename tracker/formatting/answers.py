"""The two answers of an item in words: its verdict's line, the reason, on what it rests."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tracker.reading.convention import Row
from tracker.reading.shown import FloorLine, ItemPage, ItemRef, Reason
from tracker.rules.codes import Change, Effect, Floor, Standing, Verdict
from tracker.rules.reasons import Because

from . import words
from .amounts import day, listing, number, short_day
from .catalog import gettext as _
from .catalog import ngettext
from .markdown import plain
from .phrases import ago, lower, ref_name, sentence, without_a_word

Judged = ItemPage | Row


def _date(reason: Reason, name: str) -> date | None:
    found = reason.values.get(name)
    return found if isinstance(found, date) else None


def _count(reason: Reason, name: str) -> int:
    found = reason.values.get(name)
    return found if isinstance(found, int) else 0


def _unit(reason: Reason) -> str:
    return str(reason.values.get("unit") or _("the appropriate committee"))


def _known(reason: Reason) -> bool:
    """Whether the days that the reason rests on are known, not assumed."""
    return reason.values.get("day") != "not_known"


def _days_to(shown: Judged, reason: Reason, name: str) -> int | None:
    on, today = _date(reason, name), _date(reason, "today")
    return (today - on).days if on and today else None


# --- the first answer ---


def verdict_line(shown: Judged) -> str:
    """The first answer in full, without its full stop."""
    reason = shown.reason
    match shown.verdict:
        case Verdict.CARRIED_OUT if shown.late:
            return _("Carried out, after its due date")
        case Verdict.PARTLY_CARRIED_OUT if _count(reason, "of"):
            return _("Carried out in part: %(done)s of %(of)s clauses", done=number(_count(reason, "done")), of=number(_count(reason, "of")))
        case Verdict.NO_WORD if since := _date(reason, "since"):
            return _("No word since %(day)s", day=day(since))
        case Verdict.NO_WORD:
            return _("No word on record")
        case Verdict.NOT_YET if reason.code is Because.SOME_DONE:
            return _("Not yet: %(done)s of %(of)s clauses done", done=number(_count(reason, "done")), of=number(_count(reason, "of")))
        case Verdict.NOT_YET if shown.by_way_of:
            return _("Not yet: carried over to %(item)s", item=ref_name(shown.by_way_of, shown.path))
        case Verdict.NOT_DUE if shown.by_way_of:
            return _("No follow-through due: by way of %(item)s", item=ref_name(shown.by_way_of, shown.path))
    return words.verdict(shown.verdict)


def verdict_short(shown: Judged) -> str:
    """The first answer as a list has it."""
    since = _date(shown.reason, "since")
    if shown.verdict is Verdict.NO_WORD and since:
        return _("No word since %(day)s", day=short_day(since))
    if shown.verdict is Verdict.CARRIED_OUT and shown.late:
        return _("Carried out, late")
    return words.verdict(shown.verdict)


# --- its reason ---


def _floor_ended(shown: Judged) -> str:
    action = words.floor(Floor(str(shown.reason.values.get("action", Floor.UNKNOWN))))
    on = _date(shown.reason, "on")
    if on and _known(shown.reason):
        return _("%(action)s on %(day)s", action=action, day=day(on))
    return action


def _decided_by_floor(shown: Judged) -> str:
    """Adopted on 4 July 2017; referred to the Board."""
    codes = shown.floor if isinstance(shown, Row) else tuple(line.action for line in in_force(shown))
    actions = [lower(words.floor(each)) for each in sorted(codes, key=lambda each: each.effect is Effect.REFERS)]
    text = listing(actions) or lower(words.floor(Floor.UNKNOWN))
    on = shown.floor_on if isinstance(shown, Row) else next((line.on for line in in_force(shown)), None)
    return _("%(actions)s on %(day)s", actions=text, day=day(on)) if on else text


def in_force(shown: ItemPage) -> tuple[FloorLine, ...]:
    """The floor's newest action, and what stands beside it: what directs beside what refers, of one day."""
    if not shown.floor:
        return ()
    first = shown.floor[0]
    beside = (Effect.DIRECTS, Effect.REFERS)
    return (first, *(each for each in shown.floor[1:] if each.on == first.on and first.action.effect in beside and each.action.effect in beside
                     and each.action.effect is not first.action.effect))[:2]


def _some_done(shown: Judged) -> str:
    done, of = _count(shown.reason, "done"), _count(shown.reason, "of")
    if done < of:
        text = _("%(done)s of %(of)s clauses done and confirmed", done=number(done), of=number(of))
        return text if isinstance(shown, Row) else _and_the_rest(shown, text)
    if isinstance(shown, Row):
        last = shown.done_on
        text = _("Both clauses") if of == 2 else ngettext("Its one clause", "All %(count)s clauses", of, count=number(of))
        return _("%(clauses)s, last on %(day)s", clauses=text, day=short_day(last)) if last and of > 1 else (
            _("%(clauses)s, on %(day)s", clauses=text, day=short_day(last)) if last else text)
    if of == 2:
        return _("Both acts that it directs were done, and confirmed by others than those who did them")
    return ngettext("What it directs was done, and confirmed by somebody other than those who did it",
                    "All %(count)s acts that it directs were done, and confirmed by others than those who did them", of, count=number(of))


def _and_the_rest(shown: ItemPage, text: str) -> str:
    """What became of the clauses that are not done: of an open item, its least advanced; else who ended them, or that the term did."""
    if shown.verdict is Verdict.NOT_YET and shown.standing_reason.code is not Because.SOME_DONE:
        return _("%(text)s. For the rest: %(rest)s", text=text, rest=REASONS[shown.standing_reason.code](
            replace(shown, reason=shown.standing_reason)))
    if any(each.will_not for each in shown.clauses):
        return f"{text}. {sentence(_will_not(shown))}"
    if any(each.standing is Standing.LAPSED for each in shown.clauses):
        return _("%(text)s. What is left was not finished when the term ended", text=text)
    return text


def _quiet(shown: Judged) -> str:
    days, limit = _days_to(shown, shown.reason, "since"), _count(shown.reason, "limit")
    text = without_a_word(days, limit) if days is not None and limit else ""
    if clause := _count(shown.reason, "clause"):
        return _("Clause %(number)s: %(silence)s", number=number(clause), silence=text)
    if shown.verdict is not Verdict.NO_WORD and isinstance(shown, ItemPage) and len(shown.clauses) > 1:
        return _("On one of its clauses: %(silence)s", silence=text)
    undecided = shown.standing is Standing.WITH_ANOTHER_BODY or (isinstance(shown, Row) and shown.group == "referred")
    if undecided:
        referred = _referred_to(shown)
        text = _("%(referred)s, no decision on record. %(silence)s", referred=referred, silence=text) if text else referred
    elif isinstance(shown, ItemPage) and shown.silence.last_word:
        text = _("The last word was of %(day)s. %(silence)s", day=day(shown.silence.last_word), silence=text)
    return _counted_from(shown, text)


def _counted_from(shown: Judged, text: str) -> str:
    """Where the day of the floor's decision is assumed, a page says from which it counts."""
    since = _date(shown.reason, "since")
    if _known(shown.reason) or isinstance(shown, Row) or not since:
        return text
    return _("%(text)s. The day of the floor’s decision is not known, so it is counted from %(day)s", text=text, day=day(since))


def _referred_to(shown: Judged) -> str:
    if isinstance(shown, Row):
        unit = shown.referred_to
    else:
        unit = next((each.referred_to for each in shown.floor if each.action.effect is Effect.REFERS), None)
    return _("Referred to %(unit)s", unit=unit) if unit else _("Referred to the appropriate committee")


def _referred(shown: Judged) -> str:
    text, on, by = _referred_to(shown), _date(shown.reason, "on"), _date(shown.reason, "by")
    if on and _known(shown.reason) and isinstance(shown, ItemPage):
        text = _("%(referred)s on %(day)s", referred=text, day=day(on))
    text = _("%(referred)s; no decision is on record yet", referred=text)
    return _("%(text)s, and one is asked for by %(day)s", text=text, day=day(by)) if by else text


def _will_not(shown: Judged) -> str:
    on = _date(shown.reason, "on")
    if isinstance(shown, ItemPage):
        for clause in shown.clauses:
            if clause.will_not:
                said = clause.will_not
                who, when = said.decided_by or _("The governance office"), said.decided_on or on
                text = _("%(who)s decided on %(day)s", who=who, day=day(when)) if when else _("%(who)s decided", who=who)
                return _("%(text)s: “%(reason)s”", text=text, reason=said.reason.rstrip()) if said.reason else text
    return _("Decided on %(day)s", day=day(on)) if on and _known(shown.reason) else _("So decided")


def _declined(shown: Judged) -> str:
    on, unit = _date(shown.reason, "on"), _unit(shown.reason)
    text = _("%(unit)s considered it on %(day)s", unit=unit, day=day(on)) if on and _known(shown.reason) else _("%(unit)s considered it", unit=unit)
    if isinstance(shown, ItemPage):
        reason = next((each.reason for each in shown.decisions if each.reason), None)
        if reason:
            return _("%(text)s: “%(reason)s”", text=text, reason=reason.rstrip())
    return text


def _claimed_done(shown: Judged) -> str:
    on = _date(shown.reason, "on")
    days = _days_to(shown, shown.reason, "since")
    if on is None or not _known(shown.reason):
        text = _("Reported done; the day is not known")
    elif isinstance(shown, Row):
        text = _("Since %(day)s", day=short_day(on))
    else:
        text = _("Reported done on %(day)s", day=day(on))
    if days:
        text = ngettext("%(text)s; it has waited %(count)s day", "%(text)s; it has waited %(count)s days", days, text=text, count=number(days))
    return text if isinstance(shown, Row) else _("%(text)s. Somebody else still has to confirm it", text=text)


def _nobody_leads(shown: Judged) -> str:
    days = _days_to(shown, shown.reason, "since")
    if days is None or not _known(shown.reason):
        return _("Nobody has the lead yet")
    return _("Adopted %(ago)s; nobody has the lead yet", ago=ago(days))


def _term_ended(shown: Judged) -> str:
    ended, last = _date(shown.reason, "on"), shown.last_word if isinstance(shown, Row) else shown.silence.last_word
    text = _("The term ended on %(day)s", day=day(ended)) if ended else _("Its term has ended")
    if last and shown.reason.code is Because.TERM_ENDED:
        return _("The last word was of %(day)s. %(term)s", day=day(last), term=text)
    if isinstance(shown, Row):
        return _("%(term)s, no word is on record", term=text)
    return _counted_from(shown, _("%(term)s, and no word is on record. A missing word is not taken for failure", term=text))


def _blocked(shown: Judged) -> str:
    on = _date(shown.reason, "on")
    text = _("Blocked since %(day)s", day=day(on)) if on and _known(shown.reason) else _("Blocked")
    cause = next((each.blocked_by for each in shown.clauses if each.blocked_by), None) if isinstance(shown, ItemPage) else None
    return _("%(text)s: %(cause)s", text=text, cause=cause) if cause else text


def _target(shown: Judged) -> str:
    found = shown.reason.values.get("target")
    target = found if isinstance(found, ItemRef) else shown.by_way_of
    return ref_name(target, shown.path) if target else _("another item")


def _merged(shown: Judged) -> str:
    """By the floor, or by the office's link inside the convention."""
    merges = [each if isinstance(each, Floor) else each.action for each in shown.floor]
    if any(each.effect is Effect.MERGES for each in merges):
        return _("Merged on the floor into %(item)s", item=_target(shown))
    return _("Taken on by %(item)s", item=_target(shown))


def _merged_outside(shown: Judged) -> str:
    other = shown.merged_into if isinstance(shown, ItemPage) else None
    return _("Merged on the floor into %(item)s, which is not in this record", item=other) if other else (
        _("Merged on the floor into another item, which is not in this record"))


def _kind_needs_none(shown: Judged) -> str:
    return _("%(kinds)s ask for nothing to be carried out", kinds=words.kinds(shown.kind))


def _waits(shown: Judged) -> str:
    on = _date(shown.reason, "on")
    return _("An entry of %(day)s waits for release", day=day(on)) if on else _("An entry waits for release")


def _has_lead(shown: Judged) -> str:
    return _("%(unit)s has the lead; nothing is reported yet", unit=_unit(shown.reason))


def _work(shown: Judged) -> str:
    on = _date(shown.reason, "on")
    return _("Work is under way; last reported on %(day)s", day=day(on)) if on and _known(shown.reason) else _("Work is under way")


def _not_kept(shown: Judged) -> str:
    if isinstance(shown, Row):
        return _("The floor: %(decision)s", decision=_decided_by_floor(shown))
    return _("The floor’s decision is here: %(decision)s. What was done about it is not kept in this record", decision=_decided_by_floor(shown))


def _no_decision(shown: Judged) -> str:
    if isinstance(shown, Row):
        return _("The source does not say it")
    if shown.reason.code is Because.NO_FLOOR_ACTION:
        return _("No decision of the floor is on record. That is neither “pending” nor “defeated”")
    return _("The source does not say what the floor decided. That is neither “pending” nor “defeated”")


REASONS: dict[Because, Callable[[Judged], str]] = {
    Because.NO_FLOOR_ACTION: _no_decision,
    Because.FLOOR_UNKNOWN: _no_decision,
    Because.OPEN_WHEN_CLOSED: lambda shown: _("It was open when the convention closed, and no later decision is on record"),
    Because.FLOOR_OPEN: lambda shown: words.floor(Floor(str(shown.reason.values.get("action", Floor.AWAITING_DEBATE)))),
    Because.FLOOR_ENDED: _floor_ended,
    Because.DECLARATION: lambda shown: _("It declares something: its adoption made it so, and nothing is left to carry out"),
    Because.KIND_NEEDS_NONE: _kind_needs_none,
    Because.NOT_KEPT: _not_kept,
    Because.CONFIRMED: _some_done,
    Because.SOME_DONE: _some_done,
    Because.MERGED: _merged,
    Because.MERGED_OUTSIDE_THE_RECORD: _merged_outside,
    Because.CARRIED_ON: lambda shown: _("Carried over to %(item)s", item=_target(shown)),
    Because.SAID_WILL_NOT: _will_not,
    Because.RESCINDED: lambda shown: _("The convention rescinded it afterwards; what was open then will not be done"),
    Because.DECLINED: _declined,
    Because.CLAIMED_DONE: _claimed_done,
    Because.TERM_ENDED: _term_ended,
    Because.NO_WORD_EVER: _term_ended,
    Because.REFERRED: _referred,
    Because.NOBODY_LEADS: _nobody_leads,
    Because.QUIET: _quiet,
    Because.CLAIMED_BLOCKED: _blocked,
    Because.CLAIMED_WORK: _work,
    Because.LEAD_BUT_NO_CLAIM: _has_lead,
    Because.WAITS_FOR_RELEASE: _waits,
}


def why(shown: Judged) -> str:
    """The reason of the verdict, in one or two sentences; in a list, in a few words without a full stop."""
    text = REASONS[shown.reason.code](shown)
    if isinstance(shown, Row):
        return text
    said = [sentence(text)] + ([_("This is of the part that was accepted.")] if shown.of_the_part_accepted else [])
    outcome = next((each.words for each in shown.outcomes if each.id == shown.change_outcome), None)
    return " ".join(said + ([sentence(plain(outcome))] if outcome else []))


def follows_from(shown: ItemPage) -> str:
    """On what both answers rest: three confirmations and no confirmed outcome."""
    done = sum(each.confirmation is not None for each in shown.clauses)
    claims = sum(each.standing is Standing.REPORTED_DONE for each in shown.clauses)
    parts = [ngettext("%(count)s confirmation", "%(count)s confirmations", done, count=number(done))] if done else []
    if claims:
        parts.append(ngettext("%(count)s claim that waits to be confirmed", "%(count)s claims that wait to be confirmed", claims,
                              count=number(claims)))
    if not parts:
        floor = _("the floor’s decision") if shown.floor else _("what the source says")
        parts.append(_("what is on record below") if shown.silence.last_word else floor)
    if shown.change:
        confirmed = sum(each.confirmation is not None for each in shown.outcomes)
        parts.append(ngettext("%(count)s confirmed outcome", "%(count)s confirmed outcomes", confirmed, count=number(confirmed)) if confirmed else (
            _("no confirmed outcome")))
    return listing(parts)


def waiting(shown: ItemPage) -> str:
    """How many entries wait for release, beside the one that the reason speaks of."""
    count = shown.waiting - (shown.reason.code is Because.WAITS_FOR_RELEASE)
    return ngettext("One entry waits for release.", "%(count)s entries wait for release.", count, count=number(count)) if count > 0 else ""


def change_line(code: Change) -> str:
    """What changed: nothing on record."""
    return _("What changed: %(change)s", change=lower(words.change(code)))
