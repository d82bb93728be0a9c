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
    """The reason why an act is refused.

    What a person reads is in `REFUSAL_SENTENCES`.
    """

    DATED_AFTER_RECORDING = auto()  # its day lies after today
    NO_SUCH_CLAUSE = auto()
    REOPEN_FIRST = auto()  # it is confirmed as done
    NEEDS_EVIDENCE = auto()
    NEEDS_A_REASON = auto()
    NEEDS_AN_ANSWER_ABOUT_MONEY = auto()  # what a clause reported done has cost
    NEXT_WORD_TOO_FAR = auto()  # the day promised for the next entry is too late
    NOT_THERE = auto()  # what the act concerns is not on record
    ALREADY_RELEASED = auto()
    ALREADY_SENT_BACK = auto()
    ALREADY_WITHHELD = auto()
    NOT_WITHHELD = auto()  # never, or lifted meanwhile
    ALREADY_ERASED = auto()
    INTERNAL = auto()  # an entry for staff only is never released
    NOT_RELEASED = auto()
    NOT_YOUR_OWN = auto()  # decided by somebody else than its author
    NOT_YOUR_OWN_ENTRY = auto()  # done by its author only
    FOR_THE_OFFICE = auto()  # done by the governance office only
    NOT_FROM_THERE = auto()  # not in the state in which it is now
    NOT_REFERRED = auto()
    LEADS_BACK_TO_ITSELF = auto()  # links would lead from an item to itself
    CLAIMS_WERE_MADE = auto()  # the clauses cannot be entered anew
    OTHERS_POINT_AT_IT = auto()  # other facts refer to it
    CHANGED_MEANWHILE = auto()  # somebody recorded something after the form was loaded
    ALREADY_THERE = auto()  # it is on record already
    SLUG_IS_RESERVED = auto()  # the site has another page at this address
    MONEY_IS_RECORDED = auto()  # the currency stays as it is
    ENDS_BEFORE_IT_BEGINS = auto()  # a role
    LAST_ADMINISTRATOR = auto()  # nobody would be left who can give roles
    ACCOUNT_IS_CLOSED = auto()
    OWN_SECOND_FACTOR = auto()  # one's own is replaced on one's own page
    ACCOUNT_IS_ELSEWHERE = auto()  # it is somebody in a body that others administer
    ROLE_AND_UNIT = auto()  # a unit is named where the role has none, or the other way round
    DUE_BEFORE_ITS_ADOPTION = auto()
    CUT_BELOW_NOTHING = auto()  # more would be cut than was appropriated
    SAME_PERSON = auto()  # what somebody leads is handed on to themselves
    BEFORE_THEY_HAD_IT = auto()  # handed on from a day before it was theirs
    NEEDS_A_NAME = auto()  # of a unit, a delegation, a fund, a kind
    NAME_IS_TAKEN = auto()  # another row of the same roster has this name, or had it
    NOTHING_DECIDED = auto()  # by a meeting
    NEEDS_MINUTES = auto()  # of a meeting
    NEEDS_THE_PARTS = auto()  # which clauses a unit accepted in part
    NOT_A_PREFIX = auto()  # of a kind of item
    PREFIX_IS_TAKEN = auto()  # another kind has it, or is read by it
    IS_CLOSED = auto()  # a unit or delegation that nothing new is given to
    HAS_OPEN_WORK = auto()  # a unit that is to be closed
    NEEDS_WORDS = auto()  # the text is empty
    NO_SUCH_KIND = auto()  # of item
    NEEDS_THE_DECIDER = auto()  # who decided that it will not be done, and when
    NEEDS_THE_TIE = auto()  # what ties a change to the item
    NOT_A_SETTING = auto()  # the setting, or its value, is not allowed
    NEEDS_THE_AMOUNT = auto()
    OPENS_AFTER_IT_CLOSES = auto()
    NO_SUCH_COLUMN = auto()  # of a convention's published lists; so are the next three
    COLUMN_IS_OPEN = auto()
    COLUMN_IS_CLOSED = auto()
    COLUMN_OPENS_ALONE = auto()  # a column that needs care is named alone
    IMPORT_IS_UNDONE = auto()  # already
    IMPORT_IS_TOO_OLD = auto()  # which rows it wrote was not kept
    IMPORT_IS_BUILT_ON = auto()  # others recorded something on top of it
    COPY_IS_YOUR_OWN = auto()  # whoever made the copy of an edition does not sign it off
    ALREADY_SIGNED_OFF = auto()
    NEEDS_A_SIGN_OFF = auto()  # an edition, where the body asks for one
    ALREADY_PUBLISHED = auto()
    REPORT_OF_HIDDEN = auto()  # the draft is of a convention that is hidden
    REPORT_OF_LIVE = auto()  # the draft has what waits for the next edition
    ALREADY_ISSUED = auto()  # the draft of a report
    DRAFT_HAS_CHANGED = auto()  # something in it was withheld, erased or unnamed since
    EDITION_NOT_PUBLISHED = auto()  # whose board's copy is to be issued
    REPORT_NEEDS_A_SIGN_OFF = auto()  # where the body asks for one
    SIGN_OFF_IS_YOUR_OWN = auto()  # whoever signed the draft off does not issue it
    NEEDS_THE_CORRECTION = auto()  # what an erratum puts right
    CORRECTS_ANOTHER = auto()  # the erratum is not of the conventions of what it corrects
    FILES_ARE_WITHHELD = auto()  # of an issued report
    FILES_ARE_THERE = auto()  # they need not be made again
    FILES_ARE_BEING_MADE = auto()  # a job for them waits or runs
    REPORT_PREFIX_IS_TAKEN = auto()  # another body numbers its reports so
    HOUR_IS_PAST = auto()  # at which an edition is to be published
    NEEDS_WHO_IS_ASKED = auto()  # the name, role and organisation of somebody from outside
    NEEDS_SOMETHING_TO_ASK = auto()  # no claim and no outcome is ticked
    TOO_MUCH_TO_ASK = auto()  # for one answer
    WAITS_NO_MORE = auto()  # it was decided, or withheld, meanwhile
    NOT_FROM_OUTSIDE = auto()  # the bearer of the link is signed in with a role in the body
    LINK_IS_OVER = auto()  # used, revoked or expired
    CLOCK_IS_BEHIND = auto()  # the machine's clock is before the newest event
    CLOCK_IS_FAR_AHEAD = auto()  # the machine's clock is long after the newest event


class Refused(Exception):
    """The record does not allow an act.

    `facts` are those that were recorded meanwhile, where the code is CHANGED_MEANWHILE.
    """

    def __init__(self, code: Refusal, facts: Collection[Fact] = ()) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = tuple(facts)


def need(holds: object, otherwise: Refusal) -> None:
    """Refuse, with this code, unless the condition is true (as `if` takes it)."""
    if not holds:
        raise Refused(otherwise)


def need_unchanged(seen: int | None, facts: Collection[Fact]) -> None:
    """Refuse if one of these facts was recorded after the act's form was loaded.

    `seen` is the newest event on record when it was loaded; None: there was no form.
    """
    if seen is None:
        return
    newer = [fact for fact in facts if fact.event > seen]
    if newer:
        raise Refused(Refusal.CHANGED_MEANWHILE, newer)


def need_day_reached(on: date | None, today: date) -> None:
    """Refuse what is dated after the day of its recording. None: it has no day of its own."""
    need(on is None or on <= today, Refusal.DATED_AFTER_RECORDING)
