"""The answer to "did it lead anywhere?", in two parts: was it done, and what changed.

The verdict is the first line of `VERDICTS` that holds. The codes are explained in
docs/glossary.md, "What follows from it".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .clause_state import Word
from .codes import Change, Group, Level, Result, Standing, Verdict
from .facts import newest
from .item_facts import Facts
from .item_standing import ItemStanding, item_standing
from .reasons import Reason, ReasonCode, adding, because, events_of

VerdictAndReason = tuple[Verdict, Reason]

# Standings that are the verdict as well, under the same code.
SAME_AS_STANDING = (
    Standing.DECISION_NOT_KNOWN,
    Standing.NOT_DECIDED,
    Standing.NOT_DUE,
    Standing.NOT_TRACKED,
    Standing.WILL_NOT_BE_DONE,
    Standing.DECLINED,
)

# Items that never count in their own cohort.
NEVER_DUE = (
    Standing.DECISION_NOT_KNOWN,
    Standing.NOT_DECIDED,
    Standing.NOT_DUE,
    Standing.NOT_TRACKED,
    Standing.SUPERSEDED,
)

# Verdicts at the end of a chain that say nothing yet of the item that was carried over.
OPEN_ENDS = (Verdict.DECISION_NOT_KNOWN, Verdict.NOT_DECIDED, Verdict.NOT_TRACKED, Verdict.NOT_DUE)

STILL_OPEN = (Verdict.NOT_YET, Verdict.REPORTED_DONE, Verdict.NO_WORD, Verdict.UNFINISHED)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """All that is derived of one item on a day."""

    standing: ItemStanding
    verdict: Verdict
    reason: Reason
    due: bool  # in its own cohort
    change: Change | None  # None: the item is not due
    by_way_of: int | None  # the item at the end of the chain that carries the duty on
    done_on: date | None
    word: Word | None  # the last one
    group: Group | None  # None: the floor asked for nothing here
    decided: bool  # of a referral
    # the last day on which, with no further event, all this is sure to hold; None: for good
    holds_until: date | None


# --- was it done? Each line gives the verdict and its reason where it holds, else None ---


def _same_as_standing(standing: ItemStanding) -> VerdictAndReason | None:
    """Superseded is not due in its own cohort. So is carried over, until `answer` puts the
    verdict at the end of the chain in its place."""
    if standing.code in SAME_AS_STANDING:
        return Verdict(standing.code.value), standing.reason
    if standing.code in (Standing.SUPERSEDED, Standing.CARRIED_OVER):
        return Verdict.NOT_DUE, standing.reason
    return None


def _carried_out(standing: ItemStanding) -> VerdictAndReason | None:
    if standing.code is not Standing.DONE:
        return None
    return Verdict.CARRIED_OUT, standing.reason


def _partly_carried_out(standing: ItemStanding) -> VerdictAndReason | None:
    if standing.code is not Standing.PARTLY_DONE:
        return None
    return Verdict.PARTLY_CARRIED_OUT, standing.reason


def _reported_done(standing: ItemStanding) -> VerdictAndReason | None:
    """The least advanced open clause is reported done: so all that is open is."""
    if standing.code is not Standing.REPORTED_DONE:
        return None
    return Verdict.REPORTED_DONE, standing.reason


def _unfinished(standing: ItemStanding) -> VerdictAndReason | None:
    """Lapsed, and there was a word."""
    if standing.code is not Standing.LAPSED or standing.unheard:
        return None
    return Verdict.UNFINISHED, standing.reason


def _waits_for_release(standing: ItemStanding) -> VerdictAndReason | None:
    """Quiet, but an entry of a day within the silence limit waits for its release: then nobody
    is without a word."""
    if not _without_a_word(standing):
        return None
    facts = standing.clauses[0].state.facts
    entry = newest(
        entry for entry in facts.waiting_news if facts.today <= facts.speaks_until(entry)
    )
    if entry is None:
        return None
    return Verdict.NOT_YET, because(ReasonCode.WAITS_FOR_RELEASE, entry, on=entry.on)


def _no_word(standing: ItemStanding) -> VerdictAndReason | None:
    """No word since a day, or, of what lapsed, ever."""
    if not _without_a_word(standing):
        return None
    if standing.code is Standing.LAPSED:
        return Verdict.NO_WORD, replace(standing.reason, code=ReasonCode.NO_WORD_EVER)
    quietest = max(
        (clause.state for clause in standing.counted),
        key=lambda state: state.quiet_since or date.min,
    )
    word = _last_word(standing)
    days = (quietest.quiet_since, word.heard_on if word else None)
    since = max((day for day in days if day), default=None)
    fact = word.fact if word else quietest.duty_start
    return Verdict.NO_WORD, because(ReasonCode.QUIET, fact, since=since)


def _without_a_word(standing: ItemStanding) -> bool:
    """Lapsed without a word ever; or quiet, with no clause done or reported done."""
    if standing.code is Standing.LAPSED:
        return standing.unheard
    return all(
        clause.state.quiet and clause.code not in (Standing.DONE, Standing.REPORTED_DONE)
        for clause in standing.clauses
    )


def _not_yet(standing: ItemStanding) -> VerdictAndReason:
    """All else that is open."""
    done = [clause.reason for clause in standing.clauses if clause.code is Standing.DONE]
    if not done:
        return Verdict.NOT_YET, standing.reason
    reason = Reason(
        ReasonCode.SOME_DONE,
        events_of([*done, standing.reason]),
        (("done", len(done)), ("of", len(standing.counted))),
    )
    return Verdict.NOT_YET, reason


# The first line that holds, from the top, is the verdict of the item; the last one always holds.
VERDICTS: tuple[Callable[[ItemStanding], VerdictAndReason | None], ...] = (
    _same_as_standing,
    _carried_out,
    _partly_carried_out,
    _reported_done,
    _unfinished,
    _waits_for_release,
    _no_word,
    _not_yet,
)


def _first_that_holds(standing: ItemStanding) -> VerdictAndReason:
    for line in VERDICTS:
        verdict = line(standing)
        if verdict:
            return verdict
    raise AssertionError("the last line of VERDICTS always holds")


def _last_word(standing: ItemStanding) -> Word | None:
    """On any of its clauses."""
    words = [clause.state.word for clause in standing.clauses if clause.state.word]
    return max(words, key=lambda word: (word.heard_on, word.fact.event), default=None)


def _with_what_belongs_to_it(standing: ItemStanding, verdict: Verdict, reason: Reason) -> Reason:
    """The reason, and what must be said with it of an open item: its last word, and a referral
    that has had no answer, whoever has the lead."""
    word = _last_word(standing)
    if word and reason.code in (ReasonCode.QUIET, ReasonCode.TERM_ENDED):
        reason = adding(reason, last=word.heard_on)
    undecided = standing.undecided
    if undecided is None or undecided.referral is None:
        return reason
    if verdict not in STILL_OPEN or reason.code is ReasonCode.REFERRED:
        return reason
    return adding(
        reason,
        referral="undecided",
        referred_unit=undecided.referral.unit_id,
        purpose=undecided.referral.purpose,
        reported_back=undecided.reported_back.on if undecided.reported_back else None,
    )


# --- what changed? ---


def change(facts: Facts) -> Change:
    """From confirmed outcomes; what followed stands before what was not found."""
    for code, level in (
        (Change.CHANGE_FOLLOWED, Level.CHANGE_FOLLOWED),
        (Change.NONE_FOUND, Level.NONE_FOUND),
    ):
        for outcome in facts.outcomes:
            review = facts.review(outcome=outcome.id)
            if outcome.level is level and review and review.result is Result.CONFIRMED:
                return code
    return Change.NOTHING_ON_RECORD


# --- both, of an item and of those that carry its duty on ---


def answer(item_id: int, every: Mapping[int, Facts], seen: frozenset[int] = frozenset()) -> Answer:
    """The answer of one item.

    :param every: facts by item: of this one, and of those that carry its duty on
    :param seen: items before it in the chain. In the reading "happened by" a chain may lead back
        to itself; it ends there.
    """
    own = _own_answer(every[item_id], every)
    successor_id = _successor(own.standing)
    if successor_id is None or successor_id in seen:
        return own
    successor = answer(successor_id, every, seen | {item_id})
    end_id, end = successor_id, successor
    if successor.by_way_of is not None and successor.by_way_of not in seen:
        end_id = successor.by_way_of
        end = answer(end_id, every, seen | {item_id, successor_id})
    days = [part.holds_until for part in (own, successor, end) if part.holds_until]
    own = replace(own, by_way_of=end_id, holds_until=min(days, default=None))
    if own.standing.code is Standing.CARRIED_OVER:
        return _carried_over_to(own, end_id, end)
    return own


def _own_answer(facts: Facts, every: Mapping[int, Facts]) -> Answer:
    """The answer without a look at those that carry the duty on."""
    standing = item_standing(facts, every)
    verdict, reason = _first_that_holds(standing)
    due = standing.code not in NEVER_DUE
    group, decided = _group(standing)
    days = [day for clause in standing.clauses for day in clause.state.last_days_unchanged()]
    return Answer(
        standing=standing,
        verdict=verdict,
        reason=_with_what_belongs_to_it(standing, verdict, reason),
        due=due,
        change=change(facts) if due else None,
        by_way_of=None,
        done_on=standing.done_on,
        word=_last_word(standing),
        group=group,
        decided=decided,
        holds_until=min(days, default=None),
    )


def _successor(standing: ItemStanding) -> int | None:
    """Where the duty of an item went that is carried over or superseded as a whole."""
    if standing.code not in (Standing.CARRIED_OVER, Standing.SUPERSEDED):
        return None
    for clause in standing.clauses:
        if clause.code is standing.code and clause.state.link:
            return clause.state.link.target_id
    return None


def _carried_over_to(own: Answer, end_id: int, end: Answer) -> Answer:
    """It has the verdict at the end of the chain; while there is none yet, "not yet, carried over
    to ...", with the item at the end. What changed is the better of the two answers."""
    verdict, reason = end.verdict, end.reason
    if end.verdict in OPEN_ENDS:
        verdict = Verdict.NOT_YET
        reason = replace(own.standing.reason, values=(("target", end_id),))
    changes = [code for code in (own.change, end.change) if code]
    return replace(
        own,
        verdict=verdict,
        reason=replace(reason, events=events_of([own.standing.reason, end.reason])),
        change=min(changes, key=list(Change).index, default=None),
        done_on=end.done_on,
    )


def _group(standing: ItemStanding) -> tuple[Group | None, bool]:
    """In which group the item counts, and whether its referral has had an answer.

    By what the floor did with the clauses that have a duty, those that are carried on among them.
    """
    states = [clause.state for clause in standing.clauses if clause.state.duty_start]
    if any(state.directs_follow_through for state in states):
        return Group.ADOPTED, False
    referred = [state for state in states if state.to_decide]
    if not referred:
        return None, False
    accepted = any(state.acceptance for state in referred)
    decided = any(state.decided for state in referred)
    return (Group.ACCEPTED if accepted else Group.REFERRED), decided
