"""What may be done with an entry: written, answered, corrected, released, withdrawn, sent back.

Each function returns None, or raises `Refused` with a code. Who may do it, by the actor's roles, is
in `permissions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .clause_state import clause_states
from .codes import Claimed, MoneySaid, Result
from .item_facts import Facts
from .money import in_force
from .refusals import Refusal, Refused, need, need_day_reached, need_unchanged

NEXT_WORD_LIMIT = timedelta(days=180)


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


def need_words(words: str | None) -> None:
    """An entry says in words what happened."""
    need(words and words.strip(), Refusal.NEEDS_WORDS)


def need_amount(money: Collection[MoneySaid | None], has_expenses: bool) -> None:
    """Who answers that an amount was spent gives it. `money`: the answers of the entry's claims."""
    need(MoneySaid.AMOUNT not in money or has_expenses, Refusal.NEEDS_THE_AMOUNT)


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
    need_unchanged(seen, claims_by_others)
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
        need_unchanged(seen, [entry for entry in facts.entries if entry.corrects_id == corrects])
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
