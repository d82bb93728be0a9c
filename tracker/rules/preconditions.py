"""What an act may do by the facts: each function returns None, or raises `Refused` with a code.

Who may do it, by the actor's roles, is in `permissions`. The codes' sentences are in
`tracker.errors`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from .clause_state import clause_states
from .codes import By, Claimed, MoneySaid, Part, Result
from .facts import AssignmentFact, ClaimFact, Fact, Facts, OutcomeFact, ReviewFact
from .money import in_force

NEXT_WORD_LIMIT = timedelta(days=180)


class Refusal(StrEnum):
    """Why not."""

    DATED_AFTER_RECORDING = auto()
    NO_SUCH_CLAUSE = auto()
    REOPEN_FIRST = auto()
    NEEDS_EVIDENCE = auto()
    NEEDS_A_REASON = auto()
    NEEDS_AN_ANSWER_ABOUT_MONEY = auto()
    NEXT_WORD_TOO_FAR = auto()
    NOT_THERE = auto()
    ALREADY_RELEASED = auto()
    ALREADY_SENT_BACK = auto()
    ALREADY_WITHHELD = auto()
    ALREADY_ERASED = auto()
    INTERNAL = auto()
    NOT_RELEASED = auto()
    NOT_YOUR_OWN = auto()
    NOT_YOUR_OWN_ENTRY = auto()
    FOR_THE_OFFICE = auto()
    NOT_FROM_THERE = auto()
    NOT_REFERRED = auto()
    LEADS_BACK_TO_ITSELF = auto()
    CLAIMS_WERE_MADE = auto()
    OTHERS_POINT_AT_IT = auto()
    CHANGED_MEANWHILE = auto()
    ALREADY_THERE = auto()
    SLUG_IS_RESERVED = auto()
    MONEY_IS_RECORDED = auto()
    ROLE_AND_UNIT = auto()
    NEEDS_WORDS = auto()
    NO_SUCH_KIND = auto()
    NEEDS_THE_DECIDER = auto()
    NEEDS_THE_TIE = auto()
    NOT_A_SETTING = auto()
    NEEDS_THE_AMOUNT = auto()
    OPENS_AFTER_IT_CLOSES = auto()
    NO_SUCH_COLUMN = auto()
    COLUMN_IS_OPEN = auto()
    COLUMN_IS_CLOSED = auto()
    COLUMN_OPENS_ALONE = auto()
    CLOCK_IS_BEHIND = auto()
    CLOCK_IS_FAR_AHEAD = auto()


# First parts of other addresses: no body can have one of them as its slug.
RESERVED_SLUGS = frozenset(
    {
        "my-work",
        "office",
        "static",
        "how-we-count",
        "accessibility",
        "items",
        "work",
        "desk",
        "files",
        "sign-in",
        "sign-out",
        "account",
        "accounts",
        "login",
        "logout",
        "reset",
        "verify",
        "api",
        "search",
        "admin",
        "health",
        "favicon.ico",
        "robots.txt",
    }
)


class Refused(Exception):
    """The record does not allow it.

    `facts`: those that came in between, where that is the reason.
    """

    def __init__(self, code: Refusal, facts: Collection[Fact] = ()) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = tuple(facts)


def need(holds: object, otherwise: Refusal) -> None:
    if not holds:
        raise Refused(otherwise)


def unchanged(seen: int | None, facts: Collection[Fact]) -> None:
    """A form carries the newest event that its reader has seen.

    Refuse if one of these facts came after it.
    """
    newer = [fact for fact in facts if seen is not None and fact.event > seen]
    if newer:
        raise Refused(Refusal.CHANGED_MEANWHILE, newer)


@dataclass(frozen=True, kw_only=True)
class NewClaim:
    """What an entry is about to say of one clause."""

    clause_id: int
    claimed: Claimed | None
    reason: str | None = None  # the cause of blocked; why it will not be done
    money: MoneySaid | None = None
    decided_by: str | None = None
    decided_on: date | None = None


def _done_clauses(facts: Facts, every: Mapping[int, Facts]) -> set[int]:
    """The clauses whose newest claim of done is confirmed."""
    return {state.clause.id for state in clause_states(facts, every) if state.done}


@dataclass(frozen=True)
class EntryRefusal:
    """One reason why an entry is not taken as it is."""

    code: Refusal
    clause_id: int | None = None  # of the claim that it concerns; None: the entry itself


def entry_refusals(
    claims: Collection[NewClaim],
    *,
    on: date,
    today: date,
    has_evidence: bool,
    asks_for_money: bool,
    next_word_by: date | None = None,
    imported: bool = False,
) -> Iterator[EntryRefusal]:
    """Every reason why an entry with these claims is not taken, whatever others have recorded.

    A form shows them all at once; `log` raises the first. A claim of done needs evidence, and an
    answer about money where the item asks for one. A list (`imported`) may leave open who decided
    that a clause will not be done, and when.
    """
    if on > today:
        yield EntryRefusal(Refusal.DATED_AFTER_RECORDING)
    for claim in claims:
        for code in _claim_refusals(
            claim,
            today=today,
            has_evidence=has_evidence,
            asks_for_money=asks_for_money,
            imported=imported,
        ):
            yield EntryRefusal(code, claim.clause_id)
    if next_word_by is not None and not today < next_word_by <= today + NEXT_WORD_LIMIT:
        yield EntryRefusal(Refusal.NEXT_WORD_TOO_FAR)


def _claim_refusals(
    claim: NewClaim, *, today: date, has_evidence: bool, asks_for_money: bool, imported: bool
) -> Iterator[Refusal]:
    if claim.claimed is Claimed.DONE:
        if not has_evidence:
            yield Refusal.NEEDS_EVIDENCE
        if asks_for_money and claim.money is None:
            yield Refusal.NEEDS_AN_ANSWER_ABOUT_MONEY
    if claim.claimed in (Claimed.BLOCKED, Claimed.WILL_NOT_BE_DONE) and not claim.reason:
        yield Refusal.NEEDS_A_REASON
    decided = claim.decided_by and claim.decided_on
    if claim.claimed is Claimed.WILL_NOT_BE_DONE and not decided and not imported:
        yield Refusal.NEEDS_THE_DECIDER
    if claim.decided_on is not None and claim.decided_on > today:
        yield Refusal.DATED_AFTER_RECORDING


def need_day_reached(on: date | None, today: date) -> None:
    """Nothing is dated after the day of its recording. None: it has no day of its own."""
    need(on is None or on <= today, Refusal.DATED_AFTER_RECORDING)


def need_words(words: str | None) -> None:
    """An entry says in words what happened."""
    need(words and words.strip(), Refusal.NEEDS_WORDS)


def need_amount(money: Collection[MoneySaid | None], has_expenses: bool) -> None:
    """Who answers that an amount was spent gives it. `money`: the answers of the entry's claims."""
    need(MoneySaid.AMOUNT not in money or has_expenses, Refusal.NEEDS_THE_AMOUNT)


def need_reason(result: Result, reason: str | None) -> None:
    """A claim or an outcome is returned or reopened with a reason; a confirmation needs none."""
    need(result is Result.CONFIRMED or (reason and reason.strip()), Refusal.NEEDS_A_REASON)


def need_reason_to_send_back(reason: str | None) -> None:
    """An entry goes back to its author with a reason."""
    need(reason and reason.strip(), Refusal.NEEDS_A_REASON)


def log(
    facts: Facts,
    every: Mapping[int, Facts],
    claims: Collection[NewClaim],
    *,
    on: date,
    has_evidence: bool,
    next_word_by: date | None = None,
    corrects: int | None = None,
    seen: int | None = None,
    imported: bool = False,
) -> None:
    """Whether an entry is taken: as `entry_refusals` says, and by what is on record.

    :param seen: the newest event that the author has seen; claims that others made of the same
        clauses after it refuse the entry
    """
    need_day_reached(on, facts.today)
    done = _done_clauses(facts, every)
    claimed_clauses = {claim.clause_id for claim in claims if claim.claimed}
    claims_by_others = [
        claim
        for claim in facts.claims
        if claim.clause_id in claimed_clauses and claim.claimed and claim.entry_id != corrects
    ]
    unchanged(seen, claims_by_others)
    known_clauses = {clause.id for clause in facts.clauses}
    for claim in claims:
        need(claim.clause_id in known_clauses, Refusal.NO_SUCH_CLAUSE)
        need(claim.claimed is None or claim.clause_id not in done, Refusal.REOPEN_FIRST)
    estimate = in_force(facts.estimates)
    refusals = entry_refusals(
        claims,
        on=on,
        today=facts.today,
        has_evidence=has_evidence,
        asks_for_money=bool(estimate and estimate.amount),
        next_word_by=next_word_by,
        imported=imported,
    )
    for refusal in refusals:
        raise Refused(refusal.code)
    if corrects is not None:
        unchanged(seen, [entry for entry in facts.entries if entry.corrects_id == corrects])
        _not_confirmed(facts, corrects)


def answer(facts: Facts, entry_id: int, actor: int, any_of: bool) -> None:
    """A new entry takes the place of one that was sent back: its author may, and of a list, which
    is nobody's own, whoever may log.

    :param any_of: the actor may answer for others
    """
    entry = facts.entry(entry_id)
    was_sent_back = any(back.entry_id == entry_id for back in facts.sent_back)
    if entry is None or not was_sent_back:
        raise Refused(Refusal.NOT_THERE)
    need(any(back.entry_id == entry_id for back in facts.unanswered), Refusal.CHANGED_MEANWHILE)
    may_answer = any_of or entry.imported or entry.author_id == actor
    need(may_answer, Refusal.NOT_YOUR_OWN_ENTRY)


def correct(facts: Facts, entry_id: int, actor: int, any_of: bool) -> None:
    """What may be corrected: what was released, or is one's own.

    The words of others that nobody has released are not published by correcting them. What a list
    brought is nobody's own.

    :param any_of: the actor may correct what others wrote
    """
    entry = facts.entry(entry_id)
    if entry is None:
        raise Refused(Refusal.NOT_THERE)
    own = entry.author_id == actor and not entry.imported
    need(own or entry.imported or any_of, Refusal.NOT_YOUR_OWN_ENTRY)
    need(own or facts.released(entry=entry_id), Refusal.NOT_RELEASED)


def corrected_by(facts: Facts, entry_id: int) -> list[int]:
    """The entries in whose place this one comes: what it corrects, what that corrects, and so
    on."""
    corrects = {entry.id: entry.corrects_id for entry in facts.entries}
    corrected = []
    earlier_id = corrects.get(entry_id)
    while earlier_id in corrects:
        corrected.append(earlier_id)
        earlier_id = corrects[earlier_id]
    return corrected


def may_correct(facts: Facts, entry_id: int, actor: int, any_of: bool) -> bool:
    """For the form: whether a correction of it is taken."""
    try:
        correct(facts, entry_id, actor, any_of)
        _not_confirmed(facts, entry_id)
    except Refused:
        return False
    return True


def _not_confirmed(facts: Facts, entry_id: int) -> None:
    """An entry with a confirmed claim is reopened before it is corrected."""
    need(facts.entry(entry_id), Refusal.NOT_THERE)
    for claim in facts.claims:
        if claim.entry_id == entry_id:
            review = facts.review(claim=claim.id)
            confirmed = review is not None and review.result is Result.CONFIRMED
            need(not confirmed, Refusal.REOPEN_FIRST)


def own_release(facts: Facts, entry_id: int, actor: int) -> bool:
    """Whether the actor is its author, and the body lets leads release their own."""
    entry = facts.entry(entry_id)
    return facts.leads_release and entry is not None and entry.author_id == actor


def release(
    facts: Facts, every: Mapping[int, Facts], entry_id: int, actor: int, office: bool
) -> None:
    """An entry for publication is released once, and not by its author, unless the body lets them.

    The author of an imported entry is its source: anybody may release it.

    :param office: the actor governs; "will not be done" is always released by the office
    """
    entry = facts.entry(entry_id)
    if entry is None:
        raise Refused(Refusal.NOT_THERE)
    _still_waits(facts, entry_id)
    need(not entry.internal, Refusal.INTERNAL)
    need(entry.imported or actor != entry.author_id or facts.leads_release, Refusal.NOT_YOUR_OWN)
    done = _done_clauses(facts, every)
    for claim in facts.claims:
        if claim.entry_id == entry_id and claim.claimed:
            need(claim.clause_id not in done, Refusal.REOPEN_FIRST)
            need(office or claim.claimed is not Claimed.WILL_NOT_BE_DONE, Refusal.FOR_THE_OFFICE)
    if entry.corrects_id is not None:
        _not_confirmed(facts, entry.corrects_id)
        for corrected_id in corrected_by(facts, entry_id):
            _not_confirmed(facts, corrected_id)


def withdraw(facts: Facts, entry_id: int, actor: int) -> None:
    """By its author, while it waits or when it has come back."""
    entry = facts.entry(entry_id)
    if entry is None:
        raise Refused(Refusal.NOT_THERE)
    need(not facts.released(entry=entry_id), Refusal.ALREADY_RELEASED)
    need(entry.author_id == actor, Refusal.NOT_YOUR_OWN_ENTRY)


def send_back(facts: Facts, entry_id: int) -> None:
    """An entry that waits is returned to its author."""
    need(facts.entry(entry_id), Refusal.NOT_THERE)
    _still_waits(facts, entry_id)


def _still_waits(facts: Facts, entry_id: int) -> None:
    need(not facts.released(entry=entry_id), Refusal.ALREADY_RELEASED)
    sent_back = any(back.entry_id == entry_id for back in facts.sent_back)
    need(not sent_back, Refusal.ALREADY_SENT_BACK)


# From which result of a review to which; None: there was none.
STEPS = ((None, Result.CONFIRMED), (None, Result.RETURNED), (Result.CONFIRMED, Result.REOPENED))


def review(
    facts: Facts, then: Facts | None, claim: ClaimFact, result: Result, by: By, actor: int
) -> None:
    """A released claim of done is confirmed, returned or reopened.

    A confirmer is not its author, nor the one who released it, nor who led or contributed to the
    clause on the day of the act claimed or on the day of the confirmation. The minutes of a
    meeting are their own proof.

    :param then: what had happened by the day of the act claimed
    """
    need(claim.claimed is Claimed.DONE, Refusal.NOT_FROM_THERE)
    entry = facts.entry(claim.entry_id)
    if entry is None:
        raise Refused(Refusal.NOT_THERE)
    released = facts.released(entry=entry.id)
    if released is None:
        raise Refused(Refusal.NOT_RELEASED)
    _may_follow(facts.review(claim=claim.id), result)
    if by is By.CONFIRMER and result is not Result.REOPENED:
        involved = _worked(facts, then, claim.clause_id) | {released.actor}
        if not entry.imported:  # an import's author is its source
            involved.add(entry.author_id)
        need(actor not in involved, Refusal.NOT_YOUR_OWN)


def review_outcome(
    facts: Facts,
    outcome: OutcomeFact,
    result: Result,
    by: By,
    actor: int,
    then: Facts | None = None,
) -> None:
    """A released outcome is confirmed, returned or reopened, by the same rule as a claim.

    :param then: what had happened by the day on which it was observed
    """
    released = facts.released(outcome=outcome.id)
    if released is None:
        raise Refused(Refusal.NOT_RELEASED)
    _may_follow(facts.review(outcome=outcome.id), result)
    if by is By.CONFIRMER and result is not Result.REOPENED:
        involved = _worked(facts, then) | {released.actor}
        if not outcome.imported:  # an import's author is its source
            involved.add(outcome.author_id)
        need(actor not in involved, Refusal.NOT_YOUR_OWN)


def _may_follow(before: ReviewFact | None, result: Result) -> None:
    step = (before.result if before else None, result)
    need(step in STEPS, Refusal.NOT_FROM_THERE)


def _worked(facts: Facts, then: Facts | None, clause_id: int | None = None) -> set[int]:
    """The lead's person and the contributors of a clause, or of any, on either day."""
    assignments: list[AssignmentFact] = []
    for facts_of_day in (facts, then):
        if facts_of_day is None:
            continue
        for state in clause_states(facts_of_day, {facts_of_day.item.id: facts_of_day}):
            concerned = clause_id in (None, state.clause.id)
            if concerned and isinstance(state.lead, AssignmentFact):
                assignments.append(state.lead)
        for assignment in facts_of_day.assignments:
            concerned = clause_id is None or assignment.clause_id in (None, clause_id)
            if concerned and assignment.part is Part.CONTRIBUTOR:
                assignments.append(assignment)
    return {assignment.person_id for assignment in assignments if assignment.person_id}


def decide(facts: Facts, every: Mapping[int, Facts], clause_id: int | None, on: date) -> None:
    """A unit decides what was referred to it, and not before it was."""
    was_referred = any(
        state.referral is not None and state.referral.on <= on
        for state in clause_states(facts, every)
        if clause_id in (None, state.clause.id)
    )
    need(was_referred, Refusal.NOT_REFERRED)


def link(item_id: int, target_id: int, every: Mapping[int, Facts]) -> None:
    """A link leads to an item of the record, and never back to where it began.

    :param every: facts by item: of the target, and of whatever carries its duty on
    """
    need(target_id in every, Refusal.NOT_THERE)
    reached, to_visit = set[int](), [target_id]
    while to_visit:
        key = to_visit.pop()
        if key not in reached and key in every:
            reached.add(key)
            to_visit += [onward.target_id for onward in every[key].links]
    need(item_id not in reached, Refusal.LEADS_BACK_TO_ITSELF)


def enter_clauses(facts: Facts) -> None:
    """Clauses are entered until the first entry, and until something else is recorded of one
    clause: it would be lost with it.
    """
    need(not facts.entries, Refusal.CLAIMS_WERE_MADE)
    clause_ids = {clause.id for clause in facts.clauses}
    facts_of_clauses = (
        *facts.due_dates,
        *facts.floor,
        *facts.decisions,
        *facts.assignments,
        *facts.links,
        *facts.incoming,
    )
    points_at_one = any(fact.clause_id in clause_ids for fact in facts_of_clauses)
    need(not points_at_one, Refusal.OTHERS_POINT_AT_IT)


def withhold(
    facts: Facts, already: bool, entry: int | None = None, outcome: int | None = None
) -> None:
    """It keeps its effect: what is withheld is its display.

    (Evidence is withheld with the entry or outcome that it belongs to named here.)
    """
    need(not already, Refusal.ALREADY_WITHHELD)
    need(facts.released(entry=entry, outcome=outcome), Refusal.NOT_RELEASED)
