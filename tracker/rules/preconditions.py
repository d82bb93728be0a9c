"""What an act may do: each function returns quietly or raises Refused, with a code.

Roles are not looked at here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from .clause_state import clause_states
from .codes import By, Claimed, MoneySaid, Part, Result
from .facts import AssignmentFact, ClaimFact, Fact, Facts, OutcomeFact
from .money import in_force
from .standing import item_standing

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
    return {each.state.clause.id for each in item_standing(facts, every).clauses if each.state.done}


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
    sayings: Collection[NewClaim],
    on: date,
    evidence: bool,
    next_word_by: date | None = None,
    corrects: int | None = None,
    seen: int | None = None,
    imported: bool = False,
) -> None:
    """Whether an entry is taken: as `entry_refusals` says, and by what is on record.

    `evidence`: the entry comes with some. `seen`: the newest event that the author has seen; claims
    that others made of the same clauses after it refuse the entry.
    """
    need_day_reached(on, facts.today)
    done = _done_clauses(facts, every)
    clauses = {saying.clause_id for saying in sayings if saying.claimed}
    unchanged(
        seen,
        [
            each
            for each in facts.claims
            if each.clause_id in clauses and each.claimed and each.entry_id != corrects
        ],
    )
    for saying in sayings:
        need(saying.clause_id in {clause.id for clause in facts.clauses}, Refusal.NO_SUCH_CLAUSE)
        need(saying.claimed is None or saying.clause_id not in done, Refusal.REOPEN_FIRST)
    estimate = in_force(facts.estimates)
    refusals = entry_refusals(
        sayings,
        on=on,
        today=facts.today,
        has_evidence=evidence,
        asks_for_money=bool(estimate and estimate.amount),
        next_word_by=next_word_by,
        imported=imported,
    )
    for refusal in refusals:
        raise Refused(refusal.code)
    if corrects is not None:
        unchanged(seen, [each for each in facts.entries if each.corrects_id == corrects])
        _not_confirmed(facts, corrects)


def answer(facts: Facts, entry_id: int, actor: int, any_of: bool) -> None:
    """A new entry in the place of one that was sent back: by its author; of a list, which is
    nobody's own, by whoever may log.

    `any_of`: the actor may answer for others.
    """
    need(
        facts.entry(entry_id) and any(back.entry_id == entry_id for back in facts.sent_back),
        Refusal.NOT_THERE,
    )
    need(any(back.entry_id == entry_id for back in facts.unanswered), Refusal.CHANGED_MEANWHILE)
    need(
        any_of
        or any(
            each.id == entry_id and (each.imported or each.author_id == actor)
            for each in facts.entries
        ),
        Refusal.NOT_YOUR_OWN_ENTRY,
    )


def correct(facts: Facts, entry_id: int, actor: int, any_of: bool) -> None:
    """What was released, or is one's own: the words of others that nobody has released are not
    published by correcting them.

    `any_of`: the actor may correct what others wrote; what a list brought is nobody's own.
    """
    entry = facts.entry(entry_id)
    if entry is None:
        raise Refused(Refusal.NOT_THERE)
    own = entry.author_id == actor and not entry.imported
    need(own or entry.imported or any_of, Refusal.NOT_YOUR_OWN_ENTRY)
    need(own or facts.released(entry=entry_id), Refusal.NOT_RELEASED)


def corrected_by(facts: Facts, entry_id: int) -> list[int]:
    """The entries in whose place this one comes: what it corrects, what that corrects, and so on."""
    corrects = {each.id: each.corrects_id for each in facts.entries}
    corrected = []
    following = corrects.get(entry_id)
    while following in corrects:
        corrected.append(following)
        following = corrects[following]
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
    need(any(entry.id == entry_id for entry in facts.entries), Refusal.NOT_THERE)
    for claim in facts.claims:
        review = facts.review(claim=claim.id)
        confirmed = review is not None and review.result is Result.CONFIRMED
        need(claim.entry_id != entry_id or not confirmed, Refusal.REOPEN_FIRST)


def own_release(facts: Facts, entry_id: int, actor: int) -> bool:
    """The author, where the body lets leads release their own."""
    return facts.leads_release and any(
        entry.id == entry_id and entry.author_id == actor for entry in facts.entries
    )


def release(
    facts: Facts, every: Mapping[int, Facts], entry_id: int, actor: int, office: bool
) -> None:
    entry = next((each for each in facts.entries if each.id == entry_id), None)
    if entry is None:
        raise Refused(Refusal.NOT_THERE)
    need(not facts.released(entry=entry_id), Refusal.ALREADY_RELEASED)
    need(all(each.entry_id != entry_id for each in facts.sent_back), Refusal.ALREADY_SENT_BACK)
    need(not entry.internal, Refusal.INTERNAL)
    # an import's author is its source
    need(entry.imported or actor != entry.author_id or facts.leads_release, Refusal.NOT_YOUR_OWN)
    done = _done_clauses(facts, every)
    for claim in facts.claims:
        if claim.entry_id == entry_id and claim.claimed:
            need(claim.clause_id not in done, Refusal.REOPEN_FIRST)
            need(office or claim.claimed is not Claimed.WILL_NOT_BE_DONE, Refusal.FOR_THE_OFFICE)
    if entry.corrects_id is not None:
        _not_confirmed(facts, entry.corrects_id)
        for each in corrected_by(facts, entry_id):
            _not_confirmed(facts, each)


def withdraw(facts: Facts, entry_id: int, actor: int) -> None:
    """By its author, while it waits or when it has come back."""
    need(facts.entry(entry_id), Refusal.NOT_THERE)
    need(not facts.released(entry=entry_id), Refusal.ALREADY_RELEASED)
    need(
        any(entry.id == entry_id and entry.author_id == actor for entry in facts.entries),
        Refusal.NOT_YOUR_OWN_ENTRY,
    )


def send_back(facts: Facts, entry_id: int) -> None:
    need(any(entry.id == entry_id for entry in facts.entries), Refusal.NOT_THERE)
    need(not facts.released(entry=entry_id), Refusal.ALREADY_RELEASED)
    need(all(each.entry_id != entry_id for each in facts.sent_back), Refusal.ALREADY_SENT_BACK)


STEPS = ((None, Result.CONFIRMED), (None, Result.RETURNED), (Result.CONFIRMED, Result.REOPENED))


def review(
    facts: Facts, then: Facts | None, claim: ClaimFact, result: Result, by: By, actor: int
) -> None:
    """`then`: what had happened by the day of the act claimed, to see who worked on it on that day."""
    entry = next(each for each in facts.entries if each.id == claim.entry_id)
    released = facts.released(entry=entry.id)
    need(claim.claimed is Claimed.DONE, Refusal.NOT_FROM_THERE)
    if released is None:
        raise Refused(Refusal.NOT_RELEASED)
    before = facts.review(claim=claim.id)
    need((before and before.result, result) in STEPS, Refusal.NOT_FROM_THERE)
    if by is By.CONFIRMER and result is not Result.REOPENED:
        author = set() if entry.imported else {entry.author_id}  # an import's author is its source
        need(
            actor not in author | {released.actor} | _worked(facts, then, claim.clause_id),
            Refusal.NOT_YOUR_OWN,
        )


def _worked(facts: Facts, then: Facts | None, clause_id: int | None = None) -> set[int]:
    """The lead's person and the contributors of a clause, or of any, on either day."""
    parts: list[AssignmentFact] = []
    for day in (facts, then):
        if day is not None:
            leads = [
                state.lead
                for state in clause_states(day, {day.item.id: day})
                if clause_id in (None, state.clause.id)
            ]
            parts += [each for each in leads if isinstance(each, AssignmentFact)]
            parts += [
                each
                for each in day.assignments
                if each.part is Part.CONTRIBUTOR
                and (clause_id is None or each.clause_id in (None, clause_id))
            ]
    return {each.person_id for each in parts if each.person_id}


def review_outcome(
    facts: Facts,
    outcome: OutcomeFact,
    result: Result,
    by: By,
    actor: int,
    then: Facts | None = None,
) -> None:
    """By the same rule; `then`: what had happened by the day on which it was observed."""
    released = facts.released(outcome=outcome.id)
    if released is None:
        raise Refused(Refusal.NOT_RELEASED)
    before = facts.review(outcome=outcome.id)
    need((before and before.result, result) in STEPS, Refusal.NOT_FROM_THERE)
    if by is By.CONFIRMER and result is not Result.REOPENED:
        author = set() if outcome.imported else {outcome.author_id}
        need(actor not in author | {released.actor} | _worked(facts, then), Refusal.NOT_YOUR_OWN)


def decide(facts: Facts, every: Mapping[int, Facts], clause_id: int | None, on: date) -> None:
    """A unit decides what was referred to it, and not before it was."""
    mine = [state for state in clause_states(facts, every) if clause_id in (None, state.clause.id)]
    need(any(state.referral and state.referral.on <= on for state in mine), Refusal.NOT_REFERRED)


def link(item_id: int, target_id: int, every: Mapping[int, Facts]) -> None:
    """`every` has the target and whatever carries its duty on."""
    need(target_id in every, Refusal.NOT_THERE)
    reached, ahead = set[int](), [target_id]
    while ahead:
        key = ahead.pop()
        if key not in reached and key in every:
            reached.add(key)
            ahead += [each.target_id for each in every[key].links]
    need(item_id not in reached, Refusal.LEADS_BACK_TO_ITSELF)


def enter_clauses(facts: Facts) -> None:
    """Until the first entry, and until something else is recorded of one clause: it would be lost
    with it.
    """
    need(not facts.entries, Refusal.CLAIMS_WERE_MADE)
    of_one = (
        *facts.due_dates,
        *facts.floor,
        *facts.decisions,
        *facts.assignments,
        *facts.links,
        *facts.incoming,
    )
    mine = {each.id for each in facts.clauses}
    need(all(each.clause_id not in mine for each in of_one), Refusal.OTHERS_POINT_AT_IT)


def withhold(
    facts: Facts, already: bool, entry: int | None = None, outcome: int | None = None
) -> None:
    """It keeps its effect: what is withheld is its display.

    (Evidence is withheld with the entry or outcome that it belongs to named here.)
    """
    need(not already, Refusal.ALREADY_WITHHELD)
    need(facts.released(entry=entry, outcome=outcome), Refusal.NOT_RELEASED)
