"""What an act may do, each refusal once, without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.factories.facts import (
    AUTHOR,
    LEADER,
    MANAGER,
    ONE,
    OTHER,
    TODAY,
    TWO,
    UNIT,
    ago,
    claim,
    entry,
    every,
    facts,
    floor,
    new_fact,
    outcome,
    part,
    released,
    review,
)
from tracker.rules import (
    entry_preconditions,
    item_preconditions,
    refusals,
    review_preconditions,
    slugs,
)
from tracker.rules.codes import Basis, By, Claimed, Decision, Floor, MoneySaid, Part, Result, Stage
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.facts import EstimateFact, LinkFact, ReferralDecisionFact, SentBackFact
from tracker.rules.item_facts import Facts
from tracker.rules.refusals import Refusal, Refused

WORK, DONE, WAITING, INSIDE = entry(40), entry(20), entry(5), entry(3, internal=True)
CLAIM = claim(DONE, Claimed.DONE)
LISTED = facts(
    WORK,
    claim(WORK, Claimed.PROGRESS),
    released(WORK),
    DONE,
    CLAIM,
    released(DONE),
    WAITING,
    claim(WAITING, None),
    INSIDE,
)
CONFIRMED = facts(DONE, CLAIM, released(DONE), review(CLAIM, Result.CONFIRMED))
COSTS = new_fact(
    EstimateFact,
    200,
    basis=Basis.ADDITIONAL,
    stage=Stage.AS_ADOPTED,
    amount=Decimal("31000.00"),
)


def refused(code: Refusal, act: Callable[..., object], *args: object, **more: object) -> None:
    with pytest.raises(Refused) as no:
        act(*args, **more)
    assert no.value.code is code


def log(item: Facts, *claims: NewClaim, on: int = 0, evidence: bool = True, **more: Any) -> None:
    entry_preconditions.log(item, every(item), claims, on=ago(on), has_evidence=evidence, **more)


def test_when_an_entry_is_logged() -> None:
    log(
        LISTED,
        NewClaim(clause_id=ONE, claimed=Claimed.STARTED),
        NewClaim(clause_id=TWO, claimed=None),
    )
    log(LISTED)  # a word on nothing in particular
    refused(Refusal.DATED_AFTER_RECORDING, log, LISTED, on=-1)
    refused(Refusal.NO_SUCH_CLAUSE, log, LISTED, NewClaim(clause_id=99, claimed=Claimed.STARTED))
    refused(Refusal.NEEDS_A_REASON, log, LISTED, NewClaim(clause_id=ONE, claimed=Claimed.BLOCKED))
    log(LISTED, NewClaim(clause_id=ONE, claimed=Claimed.BLOCKED, reason="no room"))


def test_done_needs_evidence_and_an_answer_about_money() -> None:
    log(LISTED, NewClaim(clause_id=ONE, claimed=Claimed.DONE))
    refused(
        Refusal.NEEDS_EVIDENCE,
        log,
        LISTED,
        NewClaim(clause_id=ONE, claimed=Claimed.DONE),
        evidence=False,
    )
    costly = facts(COSTS)
    refused(
        Refusal.NEEDS_AN_ANSWER_ABOUT_MONEY,
        log,
        costly,
        NewClaim(clause_id=ONE, claimed=Claimed.DONE),
    )
    for answer in MoneySaid:
        log(costly, NewClaim(clause_id=ONE, claimed=Claimed.DONE, money=answer))
    free = facts(
        COSTS,
        new_fact(
            EstimateFact, 199, basis=Basis.NONE, stage=Stage.AS_ADOPTED, amount=Decimal("0.00")
        ),
    )
    # the newest of the version adopted counts
    log(free, NewClaim(clause_id=ONE, claimed=Claimed.DONE))
    log(facts(replace(COSTS, amount=None)), NewClaim(clause_id=ONE, claimed=Claimed.DONE))


def test_will_not_be_done_says_why_who_and_when() -> None:
    whole = NewClaim(
        clause_id=ONE,
        claimed=Claimed.WILL_NOT_BE_DONE,
        reason="moot",
        money=None,
        decided_by="the Board",
        decided_on=ago(3),
    )
    log(LISTED, whole)
    log(LISTED, replace(whole, decided_on=TODAY))
    refused(Refusal.NEEDS_A_REASON, log, LISTED, replace(whole, reason=None))
    refused(Refusal.NEEDS_THE_DECIDER, log, LISTED, replace(whole, decided_by=None))
    refused(Refusal.NEEDS_THE_DECIDER, log, LISTED, replace(whole, decided_on=None))
    refused(Refusal.DATED_AFTER_RECORDING, log, LISTED, replace(whole, decided_on=ago(-1)))
    log(LISTED, replace(whole, decided_by=None, decided_on=None), imported=True)


def test_a_done_clause_takes_no_claim() -> None:
    refused(Refusal.REOPEN_FIRST, log, CONFIRMED, NewClaim(clause_id=ONE, claimed=Claimed.PROGRESS))
    log(
        CONFIRMED,
        NewClaim(clause_id=ONE, claimed=None),
        NewClaim(clause_id=TWO, claimed=Claimed.PROGRESS),
    )


def test_next_word_by() -> None:
    for days in (1, 180):
        log(LISTED, next_word_by=TODAY + timedelta(days=days))
    for days in (-1, 0, 181):
        refused(Refusal.NEXT_WORD_TOO_FAR, log, LISTED, next_word_by=TODAY + timedelta(days=days))


def test_correcting() -> None:
    log(LISTED, corrects=WORK.id)
    refused(Refusal.NOT_THERE, log, LISTED, corrects=4)
    refused(Refusal.REOPEN_FIRST, log, CONFIRMED, corrects=DONE.id)
    # another is confirmed
    log(
        facts(WORK, *CONFIRMED.entries, *CONFIRMED.claims, *CONFIRMED.releases, *CONFIRMED.reviews),
        corrects=WORK.id,
    )
    reopened = facts(
        DONE,
        CLAIM,
        released(DONE),
        review(CLAIM, Result.CONFIRMED, 3),
        review(CLAIM, Result.REOPENED, 2),
    )
    log(reopened, corrects=DONE.id)


def test_a_form_that_has_not_seen_the_newest() -> None:
    """Refused if a newer event touched the same clause, and only then."""
    log(LISTED, NewClaim(clause_id=TWO, claimed=Claimed.STARTED), seen=WORK.event)
    log(LISTED, NewClaim(clause_id=ONE, claimed=Claimed.STARTED), seen=CLAIM.event)
    refused(
        Refusal.CHANGED_MEANWHILE,
        log,
        LISTED,
        NewClaim(clause_id=ONE, claimed=Claimed.STARTED),
        seen=WORK.event,
    )
    # what it corrects is no news to it
    log(LISTED, NewClaim(clause_id=ONE, claimed=Claimed.STARTED), corrects=DONE.id, seen=WORK.event)
    better = entry(1, corrects=WORK.id)
    twice = replace(LISTED, entries=(*LISTED.entries, better))
    refused(Refusal.CHANGED_MEANWHILE, log, twice, corrects=WORK.id, seen=better.event - 1)
    log(twice, corrects=DONE.id, seen=better.event - 1)
    with pytest.raises(Refused) as no:
        refusals.need_unchanged(WORK.event, LISTED.claims)
    assert no.value.facts == (CLAIM, LISTED.claims[2])


def test_when_an_entry_is_released() -> None:
    def release(item: Facts, entry_id: int, actor: int = MANAGER, office: bool = False) -> None:
        entry_preconditions.release(item, every(item), entry_id, actor, office)

    release(LISTED, WAITING.id)
    refused(Refusal.NOT_THERE, release, LISTED, 4)
    refused(Refusal.ALREADY_RELEASED, release, LISTED, WORK.id)
    refused(Refusal.INTERNAL, release, LISTED, INSIDE.id)
    refused(Refusal.NOT_YOUR_OWN, release, LISTED, WAITING.id, AUTHOR)
    release(replace(LISTED, leads_release=True), WAITING.id, AUTHOR)
    refused(
        Refusal.ALREADY_SENT_BACK,
        release,
        facts(WAITING, new_fact(SentBackFact, 1, entry_id=WAITING.id)),
        WAITING.id,
    )
    listed = entry(5, imported=True)
    release(facts(listed), listed.id, AUTHOR)  # its author is the list
    wont = facts(WAITING, claim(WAITING, Claimed.WILL_NOT_BE_DONE))
    refused(Refusal.FOR_THE_OFFICE, release, wont, WAITING.id)
    release(wont, WAITING.id, office=True)
    second = entry(4)
    refused(
        Refusal.REOPEN_FIRST,
        release,
        facts(
            *CONFIRMED.entries,
            *CONFIRMED.claims,
            *CONFIRMED.releases,
            *CONFIRMED.reviews,
            second,
            claim(second, Claimed.DONE),
        ),
        second.id,
    )
    better = entry(2, corrects=DONE.id)
    refused(
        Refusal.REOPEN_FIRST,
        release,
        facts(
            *CONFIRMED.entries, *CONFIRMED.claims, *CONFIRMED.releases, *CONFIRMED.reviews, better
        ),
        better.id,
    )


def test_who_releases_their_own() -> None:
    assert not entry_preconditions.own_release(LISTED, WAITING.id, AUTHOR)
    letting = replace(LISTED, leads_release=True)
    assert entry_preconditions.own_release(
        letting, WAITING.id, AUTHOR
    ) and not entry_preconditions.own_release(letting, WAITING.id, MANAGER)
    others = entry(4, author=OTHER)
    assert not entry_preconditions.own_release(
        replace(letting, entries=(*letting.entries, others)), others.id, AUTHOR
    )


def test_sending_back_and_withdrawing() -> None:
    entry_preconditions.send_back(LISTED, WAITING.id)
    refused(Refusal.NOT_THERE, entry_preconditions.send_back, LISTED, 4)
    refused(Refusal.ALREADY_RELEASED, entry_preconditions.send_back, LISTED, WORK.id)
    refused(
        Refusal.ALREADY_SENT_BACK,
        entry_preconditions.send_back,
        facts(WAITING, new_fact(SentBackFact, 1, entry_id=WAITING.id)),
        WAITING.id,
    )
    entry_preconditions.withdraw(LISTED, WAITING.id, AUTHOR)
    refused(Refusal.NOT_YOUR_OWN_ENTRY, entry_preconditions.withdraw, LISTED, WAITING.id, MANAGER)
    refused(Refusal.ALREADY_RELEASED, entry_preconditions.withdraw, LISTED, WORK.id, AUTHOR)


@pytest.mark.parametrize("before", [None, *Result])
@pytest.mark.parametrize("result", Result)
def test_steps_of_a_review(before: Result | None, result: Result) -> None:
    """A claim is confirmed or returned once; what is confirmed can be reopened; nothing else."""
    change = outcome()
    for subject, check in (
        (CLAIM, review_preconditions.review),
        (change, review_preconditions.review_outcome),
    ):
        of = (DONE, CLAIM, released(DONE), change, released(change))
        item = facts(*of, *([review(subject, before)] if before else []))
        args: tuple[Any, ...] = (
            (item, None, CLAIM, result, By.CONFIRMER, OTHER)
            if check is review_preconditions.review
            else (item, change, result, By.CONFIRMER, OTHER)
        )
        if (before, result) in (
            (None, Result.CONFIRMED),
            (None, Result.RETURNED),
            (Result.CONFIRMED, Result.REOPENED),
        ):
            check(*args)
        else:
            refused(Refusal.NOT_FROM_THERE, check, *args)


def test_which_claims_are_reviewed() -> None:
    refused(
        Refusal.NOT_FROM_THERE,
        review_preconditions.review,
        LISTED,
        None,
        LISTED.claims[0],
        Result.CONFIRMED,
        By.CONFIRMER,
        OTHER,
    )
    refused(
        Refusal.NOT_RELEASED,
        review_preconditions.review,
        facts(DONE, CLAIM),
        None,
        CLAIM,
        Result.CONFIRMED,
        By.CONFIRMER,
        OTHER,
    )
    refused(
        Refusal.NOT_RELEASED,
        review_preconditions.review_outcome,
        facts(),
        outcome(),
        Result.CONFIRMED,
        By.CONFIRMER,
        OTHER,
    )


def test_a_confirmer_had_no_part_in_it() -> None:
    """Not the author, nor who released it, nor who led or contributed on the day of the act or of
    the confirmation.
    """
    helper = 21
    now = facts(
        DONE,
        CLAIM,
        released(DONE),
        part(Part.LEAD, person=LEADER),
        part(Part.CONTRIBUTOR, person=helper, clause=ONE),
    )
    then = facts(
        part(Part.LEAD, person=22),
        part(Part.CONTRIBUTOR, person=23),
        part(Part.CONTRIBUTOR, person=24, clause=TWO),
    )
    for result in (Result.CONFIRMED, Result.RETURNED):
        for actor in (AUTHOR, MANAGER, LEADER, helper, 22, 23):
            refused(
                Refusal.NOT_YOUR_OWN,
                review_preconditions.review,
                now,
                then,
                CLAIM,
                result,
                By.CONFIRMER,
                actor,
            )
            # the minutes are their own proof
            review_preconditions.review(now, then, CLAIM, result, By.MEETING, actor)
        for actor in (OTHER, 24):
            review_preconditions.review(now, then, CLAIM, result, By.CONFIRMER, actor)
    change = outcome()
    now = facts(change, released(change), part(Part.LEAD, person=LEADER))
    for actor in (AUTHOR, MANAGER, LEADER, 22, 23, 24):
        refused(
            Refusal.NOT_YOUR_OWN,
            review_preconditions.review_outcome,
            now,
            change,
            Result.CONFIRMED,
            By.CONFIRMER,
            actor,
            then,
        )
    review_preconditions.review_outcome(now, change, Result.CONFIRMED, By.CONFIRMER, OTHER, then)


def test_when_a_referral_is_decided() -> None:
    referred = facts(floor(Floor.REFERRED, 200, UNIT, ONE), floor(Floor.ADOPTED, 200, clause=TWO))
    item_preconditions.decide(referred, every(referred), None, ago(200))
    item_preconditions.decide(referred, every(referred), ONE, ago(0))
    refused(Refusal.NOT_REFERRED, item_preconditions.decide, referred, every(referred), TWO, ago(0))
    refused(
        Refusal.NOT_REFERRED, item_preconditions.decide, referred, every(referred), None, ago(201)
    )
    refused(Refusal.NOT_REFERRED, item_preconditions.decide, facts(), every(facts()), None, ago(0))


def linked(item: Facts, *targets: Facts) -> Facts:
    return replace(
        item,
        links=tuple(
            new_fact(LinkFact, 3, clause_id=None, item_id=item.item.id, target_id=target.item.id)
            for target in targets
        ),
    )


def test_links_lead_back_nowhere() -> None:
    d = facts()
    c = linked(facts(), d)
    b, beside = linked(facts(), c), linked(facts(), c)
    a = facts()
    known = every(a, b, c, d, beside)
    item_preconditions.link(a.item.id, b.item.id, known)
    item_preconditions.link(b.item.id, beside.item.id, known)  # both lead to C: no cycle
    for target in (d, c, b):
        refused(
            Refusal.LEADS_BACK_TO_ITSELF, item_preconditions.link, target.item.id, b.item.id, known
        )
    refused(Refusal.LEADS_BACK_TO_ITSELF, item_preconditions.link, a.item.id, a.item.id, known)
    refused(Refusal.NOT_THERE, item_preconditions.link, a.item.id, 1, known)


def test_when_clauses_are_entered() -> None:
    """Until the first entry; and not where something else was recorded of one of them."""
    item_preconditions.enter_clauses(facts(part(Part.LEAD)))
    refused(Refusal.CLAIMS_WERE_MADE, item_preconditions.enter_clauses, facts(INSIDE))
    for fact in (
        part(Part.LEAD, clause=ONE),
        floor(Floor.ADOPTED, clause=TWO),
        new_fact(ReferralDecisionFact, 3, clause_id=ONE, decision=Decision.DECLINED, unit_id=UNIT),
    ):
        refused(Refusal.OTHERS_POINT_AT_IT, item_preconditions.enter_clauses, facts(fact))


def test_when_an_entry_is_withheld() -> None:
    item_preconditions.withhold(LISTED, False, entry=WORK.id)
    refused(Refusal.ALREADY_WITHHELD, item_preconditions.withhold, LISTED, True, entry=WORK.id)
    refused(Refusal.NOT_RELEASED, item_preconditions.withhold, LISTED, False, entry=WAITING.id)
    refused(Refusal.NOT_RELEASED, item_preconditions.withhold, LISTED, False, outcome=4)


def test_no_slug_is_another_address() -> None:
    assert {
        "my-work",
        "office",
        "static",
        "how-we-count",
        "accessibility",
    } <= slugs.RESERVED_SLUGS
