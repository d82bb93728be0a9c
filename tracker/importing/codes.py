"""The codes that only an import knows.

They say what a column may hold, and what a list says of the follow-through.
"""

from __future__ import annotations

from enum import StrEnum, auto


class Field(StrEnum):
    """What a column may hold. The values are the words of a mapping file."""

    YEAR = auto()
    CONVENTION = auto()
    KIND = auto()
    CODE = auto()
    NUMBER = auto()
    TITLE = auto()
    TEXT = auto()
    TEXT_TRUNCATED = auto()
    RATIONALE = auto()
    SUBMITTED_BY = auto()
    MAKER = auto()
    SECONDER = auto()
    CONTACT = auto()
    CONTACT_STATE = auto()
    COST = auto()
    ESTIMATE_AMOUNT = auto()
    ESTIMATE_CURRENCY = auto()
    ESTIMATE_BASIS = auto()
    ESTIMATE_CONDITIONAL = auto()
    ESTIMATE_ASSUMPTION = auto()
    STATUS = auto()  # the floor's action, follow-through, or both
    FLOOR_ACTION = auto()
    FLOOR_DATE = auto()
    REFERRED_TO = auto()
    RECOMMENDATION = auto()
    VOTE = auto()
    VOTES_FOR = auto()
    VOTES_AGAINST = auto()
    ABSTAINED = auto()
    LEAD = auto()
    PERSON = auto()
    DUE = auto()
    PROGRESS = auto()  # a status of the follow-through
    COMPLETE = auto()  # yes or no
    COMPLETED_ON = auto()  # the day on which it was done
    UPDATE = auto()
    UPDATED_ON = auto()
    SPENT = auto()
    SPENT_WAITING = auto()  # of an export: what waits for release beside it
    APPROPRIATED = auto()
    FUND = auto()
    MERGED_INTO = auto()
    REFERRAL_DECISION = auto()
    REFERRAL_DECIDED_ON = auto()
    REVISION = "revision_of_record"  # of the record, when the file was exported
    SHEET_OF_UNIT = auto()  # of the sheet of one unit: which unit it is
    DERIVED = auto()  # the record's own answers in an export: never read back
    SOURCE = auto()  # kept as published
    LEFT_OUT = auto()


class Followed(StrEnum):
    """What a list says of the follow-through; a claim of done is never confirmed by a list."""

    DONE = auto()
    PROGRESS = auto()
    STARTED = auto()
    BLOCKED = auto()
    WILL_NOT_BE_DONE = auto()
    WORD = auto()  # "no further action": heard, and no claim
    NOTHING = auto()  # "not started": nothing that was done, and no word
