"""The answer to "did it lead anywhere?": was it done, and what changed. The lines are those of domain.md section 4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .clause_state import ClauseState, Word
from .codes import Change, Group, Level, Result, Standing, Verdict
from .facts import Facts, newest
from .reasons import Reason, ReasonCode, adding, because, events_of
from .standing import ItemStanding, item_standing


@dataclass(frozen=True)
class Answer:
    """All that is derived of one item on a day."""

    standing: ItemStanding
    verdict: Verdict
    reason: Reason
    due: bool  # in its own cohort
    change: Change | None  # None: the item is not due
    by_way_of: int | None  # the item at the end of the chain that carries the duty on
    done_on: date | None
    word: Word | None
    group: Group | None  # None: the floor asked for nothing here
    decided: bool  # of a referral
    holds_until: (
        date | None
    )  # the last day on which, with no further event, all this is sure to hold


def _same(standing: ItemStanding) -> tuple[Verdict, Reason] | None:
    codes = (
        Standing.DECISION_NOT_KNOWN,
        Standing.NOT_DECIDED,
        Standing.NOT_DUE,
        Standing.NOT_TRACKED,
        Standing.WILL_NOT_BE_DONE,
        Standing.DECLINED,
    )
    if standing.code in codes:
        return Verdict(standing.code.value), standing.reason
    if standing.code in (
        Standing.SUPERSEDED,
        Standing.CARRIED_OVER,
    ):  # the latter is replaced by the verdict at the chain's end
        return Verdict.NOT_DUE, standing.reason
    return None


def _carried_out(standing: ItemStanding) -> tuple[Verdict, Reason] | None:
    return (Verdict.CARRIED_OUT, standing.reason) if standing.code is Standing.DONE else None


def _partly(standing: ItemStanding) -> tuple[Verdict, Reason] | None:
    return (
        (Verdict.PARTLY_CARRIED_OUT, standing.reason)
        if standing.code is Standing.PARTLY_DONE
        else None
    )


def _reported_done(standing: ItemStanding) -> tuple[Verdict, Reason] | None:
    """The least advanced open clause is reported done: so all that is open is."""
    return (
        (Verdict.REPORTED_DONE, standing.reason)
        if standing.code is Standing.REPORTED_DONE
        else None
    )


def _unfinished(standing: ItemStanding) -> tuple[Verdict, Reason] | None:
    return (
        (Verdict.UNFINISHED, standing.reason)
        if standing.code is Standing.LAPSED and not standing.unheard
        else None
    )


def _no_word(standing: ItemStanding) -> tuple[Verdict, Reason] | None:
    if standing.code is Standing.LAPSED:
        return _waits(standing) or (
            Verdict.NO_WORD,
            replace(standing.reason, code=ReasonCode.NO_WORD_EVER),
        )
    done = any(each.code in (Standing.DONE, Standing.REPORTED_DONE) for each in standing.clauses)
    if done or not all(each.state.quiet for each in standing.clauses):
        return None
    last = max(
        (each.state for each in standing.counted), key=lambda state: state.quiet_since or date.min
    )
    word = _last_word(standing)
    since = max((day for day in (last.quiet_since, word and word.heard_on) if day), default=None)
    return _waits(standing) or (
        Verdict.NO_WORD,
        because(ReasonCode.QUIET, word.fact if word else last.duty_start, since=since),
    )


def _waits(standing: ItemStanding) -> tuple[Verdict, Reason] | None:
    """Nobody is without a word whose entry, of a day within the silence limit, waits for its release."""
    facts = standing.clauses[0].state.facts
    entry = newest(each for each in facts.waiting_news if facts.today <= facts.speaks_until(each))
    return (
        (Verdict.NOT_YET, because(ReasonCode.WAITS_FOR_RELEASE, entry, on=entry.on))
        if entry
        else None
    )


def _not_yet(standing: ItemStanding) -> tuple[Verdict, Reason]:
    done = [each.reason for each in standing.clauses if each.code is Standing.DONE]
    if done:
        return Verdict.NOT_YET, Reason(
            ReasonCode.SOME_DONE,
            events_of([*done, standing.reason]),
            (("done", len(done)), ("of", len(standing.counted))),
        )
    return Verdict.NOT_YET, standing.reason


VERDICTS: tuple[Callable[[ItemStanding], tuple[Verdict, Reason] | None], ...] = (
    _same,
    _carried_out,
    _partly,
    _reported_done,
    _unfinished,
    _no_word,
    _not_yet,
)


def _last_word(standing: ItemStanding) -> Word | None:
    """On any of its clauses."""
    return max(
        (each.state.word for each in standing.clauses if each.state.word),
        key=lambda word: (word.heard_on, word.fact.event),
        default=None,
    )


def _besides(standing: ItemStanding, verdict: Verdict, reason: Reason) -> Reason:
    """What must be said with the reason of an open item: its last word, and a referral that has had no answer, whoever has the lead."""
    word, undecided = _last_word(standing), standing.undecided
    if word and reason.code in (ReasonCode.QUIET, ReasonCode.TERM_ENDED):
        reason = adding(reason, last=word.heard_on)
    referral = undecided.referral if undecided else None
    if (
        not undecided
        or not referral
        or verdict not in STILL_OPEN
        or reason.code is ReasonCode.REFERRED
    ):
        return reason
    back = undecided.reported_back
    return adding(
        reason,
        referral="undecided",
        referred_unit=referral.unit_id,
        purpose=referral.purpose,
        reported_back=back.on if back else None,
    )


STILL_OPEN = (Verdict.NOT_YET, Verdict.REPORTED_DONE, Verdict.NO_WORD, Verdict.UNFINISHED)


def change(facts: Facts) -> tuple[Change, Reason | None]:
    """From confirmed outcomes; what followed stands before what was not found."""
    for code, level in (
        (Change.CHANGE_FOLLOWED, Level.CHANGE_FOLLOWED),
        (Change.NONE_FOUND, Level.NONE_FOUND),
    ):
        for outcome in facts.outcomes:
            review = facts.review(outcome=outcome.id)
            if outcome.level is level and review and review.result is Result.CONFIRMED:
                return code, because(ReasonCode.CONFIRMED, outcome, review, on=outcome.on)
    return Change.NOTHING_ON_RECORD, None


def _next_in_chain(standing: ItemStanding) -> int | None:
    """Where the duty of an item went that is carried over or superseded as a whole."""
    if standing.code not in (Standing.CARRIED_OVER, Standing.SUPERSEDED):
        return None
    return next(
        (
            each.state.link.target_id
            for each in standing.clauses
            if each.code is standing.code and each.state.link
        ),
        None,
    )


def _group(standing: ItemStanding) -> tuple[Group | None, bool]:
    """By what the floor did with the clauses that count, or, if none does here, with those that are carried on."""
    states: list[ClauseState] = [each.state for each in standing.clauses if each.state.duty_start]
    if any(state.directs_follow_through for state in states):
        return Group.ADOPTED, False
    referred = [state for state in states if state.to_decide]
    if not referred:
        return None, False
    accepted = any(state.acceptance for state in referred)
    return (Group.ACCEPTED if accepted else Group.REFERRED), any(
        state.decided for state in referred
    )


OPEN_ENDS = (Verdict.DECISION_NOT_KNOWN, Verdict.NOT_DECIDED, Verdict.NOT_TRACKED, Verdict.NOT_DUE)
NEVER_DUE = (
    Standing.DECISION_NOT_KNOWN,
    Standing.NOT_DECIDED,
    Standing.NOT_DUE,
    Standing.NOT_TRACKED,
    Standing.SUPERSEDED,
)


def answer(item_id: int, every: Mapping[int, Facts], seen: frozenset[int] = frozenset()) -> Answer:
    """`every` has the item's facts and those of the items that carry its duty on."""
    facts = every[item_id]
    standing = item_standing(facts, every)
    verdict, reason = next(found for line in VERDICTS if (found := line(standing)))
    reason = _besides(standing, verdict, reason)
    due = standing.code not in NEVER_DUE
    changed = change(facts)[0] if due else None
    done_on, by_way_of = standing.done_on, None
    turns = [day for each in standing.clauses for day in each.state.turns()]
    target = _next_in_chain(standing)
    if target is not None and target not in seen:
        then = end = answer(target, every, seen | {item_id})
        by_way_of = target
        if then.by_way_of is not None and then.by_way_of not in seen:
            by_way_of, end = then.by_way_of, answer(then.by_way_of, every, seen | {item_id, target})
        turns += [each.holds_until for each in (then, end) if each.holds_until]
        if standing.code is Standing.CARRIED_OVER:
            open_end = end.verdict in OPEN_ENDS  # "carried over to ...", with the item at the end
            verdict, said = (
                (Verdict.NOT_YET, replace(standing.reason, values=(("target", by_way_of),)))
                if open_end
                else (end.verdict, end.reason)
            )
            reason = replace(said, events=events_of([standing.reason, end.reason]))
            changed, done_on = (
                min(
                    (each for each in (changed, end.change) if each),
                    key=list(Change).index,
                    default=None,
                ),
                end.done_on,
            )
    word = _last_word(standing)
    group, decided = _group(standing)
    return Answer(
        standing,
        verdict,
        reason,
        due,
        changed,
        by_way_of,
        done_on,
        word,
        group,
        decided,
        min(turns, default=None),
    )
