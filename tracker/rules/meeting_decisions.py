"""What a meeting may decide about claims of done, outcomes and referrals, and which referrals wait
for it. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum, auto
from typing import NamedTuple

from .clause_state import ClauseState, clause_states
from .codes import Decision, Result
from .item_facts import Facts
from .refusals import Refusal, need


class DecisionOf(StrEnum):
    """What a meeting decides about."""

    CLAIM = auto()
    OUTCOME = auto()
    REFERRAL = auto()


class DecisionKey(NamedTuple):
    """One thing that a meeting decides about; of a referral the key is that of the item."""

    of: DecisionOf
    id: int

    def __str__(self) -> str:
        return f"{self.of}-{self.id}"


MEETING_RESULTS = (Result.CONFIRMED, Result.RETURNED)
NEEDS_REASON = (Decision.ACCEPTED_IN_PART, Decision.DECLINED)


def owed_decisions(facts: Facts, every: Mapping[int, Facts]) -> list[ClauseState]:
    """The clauses of an item that were referred, and about which nothing is decided yet."""
    return [
        state
        for state in clause_states(facts, every)
        if state.referral is not None and not state.decided
    ]


def need_minutes(*minutes: str | None) -> None:
    """The minutes are the proof of what a meeting decided: words, a link or a file."""
    need(any(part and part.strip() for part in minutes), Refusal.NEEDS_MINUTES)


def clause_decisions(
    decision: Decision,
    referred: Collection[int],
    accepted: Collection[int],
    reason: str | None,
    of_whole_item: bool,
) -> dict[int | None, Decision]:
    """The decision on each clause, by its key; None stands for the item as a whole.

    Of several clauses that are accepted in part some are accepted, and the others declined. Where
    there is one clause, or a part of each is accepted, the reason says which part.

    :param referred: the clauses that the decision concerns
    :param accepted: those of them that were accepted, where it is in part
    :param of_whole_item: whether the clauses that it concerns are all that the item has
    """
    need(decision not in NEEDS_REASON or (reason and reason.strip()), Refusal.NEEDS_A_REASON)
    if decision is Decision.ACCEPTED_IN_PART and len(referred) > 1:
        need(accepted, Refusal.NEEDS_THE_PARTS)
        need(set(accepted) <= set(referred), Refusal.NO_SUCH_CLAUSE)
        if set(accepted) != set(referred):
            return {
                clause_id: Decision.ACCEPTED if clause_id in accepted else Decision.DECLINED
                for clause_id in referred
            }
    if of_whole_item:
        return {None: decision}
    return dict.fromkeys(referred, decision)
