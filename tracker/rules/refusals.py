"""Why an act is refused, and the checks that many acts make.

What one act may do is in `entry_preconditions`, `review_preconditions` and `item_preconditions`.
The codes' sentences are in `tracker.formatting.refusal_sentences`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum, auto

from .facts import Fact


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


def need_day_reached(on: date | None, today: date) -> None:
    """Nothing is dated after the day of its recording. None: it has no day of its own."""
    need(on is None or on <= today, Refusal.DATED_AFTER_RECORDING)
