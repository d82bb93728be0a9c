"""The codes of docs/glossary.md: one word for each thing that is recorded or derived.

No dates, no data, no sentences.
"""

from __future__ import annotations

from enum import StrEnum, auto


class Effect(StrEnum):
    DIRECTS = auto()
    REFERS = auto()
    MERGES = auto()
    ENDS = auto()
    OPEN = auto()
    UNKNOWN = auto()


class Floor(StrEnum):
    """What the floor did."""

    ADOPTED = auto()
    ADOPTED_AS_AMENDED = auto()
    ADOPTED_AS_MODIFIED = auto()
    SUBSTITUTE_ADOPTED = auto()
    REFERRED = auto()
    REMITTED = auto()
    CONSOLIDATED = auto()
    DEFEATED = auto()
    WITHDRAWN = auto()
    DEEMED_TO_HAVE_FAILED = auto()
    OBJECTION_SUSTAINED = auto()
    POSTPONED_INDEFINITELY = auto()
    RULED_OUT_OF_ORDER = auto()
    NOT_REACHED = auto()
    RESCINDED = auto()
    AWAITING_DEBATE = auto()
    POSTPONED_TO_A_TIME = auto()
    LAID_ON_THE_TABLE = auto()
    RECONSIDERED = auto()
    UNKNOWN = auto()

    @property
    def effect(self) -> Effect:
        return _EFFECT[self]


_EFFECT = {
    action: effect
    for effect, first, last in (
        (Effect.DIRECTS, Floor.ADOPTED, Floor.SUBSTITUTE_ADOPTED),
        (Effect.REFERS, Floor.REFERRED, Floor.REMITTED),
        (Effect.MERGES, Floor.CONSOLIDATED, Floor.CONSOLIDATED),
        (Effect.ENDS, Floor.DEFEATED, Floor.RESCINDED),
        (Effect.OPEN, Floor.AWAITING_DEBATE, Floor.RECONSIDERED),
        (Effect.UNKNOWN, Floor.UNKNOWN, Floor.UNKNOWN),
    )
    for action in list(Floor)[list(Floor).index(first) : list(Floor).index(last) + 1]
}


class Kind(StrEnum):
    NEW_BUSINESS_ITEM = auto()
    COMMITTEE_RECOMMENDATION = auto()
    LEGISLATIVE_AMENDMENT = auto()
    MOTION = auto()
    ARTICLE = auto()
    CONSTITUTIONAL_AMENDMENT = auto()
    BYLAW_AMENDMENT = auto()
    STANDING_RULE_AMENDMENT = auto()
    RESOLUTION_AMENDMENT = auto()
    RESOLUTION = auto()
    POLICY_STATEMENT = auto()

    @property
    def follows_through(self) -> bool:
        return self in (
            Kind.NEW_BUSINESS_ITEM,
            Kind.COMMITTEE_RECOMMENDATION,
            Kind.LEGISLATIVE_AMENDMENT,
            Kind.MOTION,
            Kind.ARTICLE,
        )


class Purpose(StrEnum):
    """What a referral asks for."""

    DECISION = auto()
    REPORT = auto()


class Decision(StrEnum):
    """What the receiving unit decided."""

    ACCEPTED = auto()
    ACCEPTED_IN_PART = auto()
    DECLINED = auto()
    REPORTED_BACK = auto()


class Part(StrEnum):
    """What somebody has to do with an item or a clause."""

    LEAD = auto()
    CONTRIBUTOR = auto()


class Claimed(StrEnum):
    STARTED = auto()
    PROGRESS = auto()
    BLOCKED = auto()
    DONE = auto()
    WILL_NOT_BE_DONE = auto()


class MoneySaid(StrEnum):
    """The answer about money that a claim of done gives where there is an estimate."""

    AMOUNT = auto()
    NOTHING_BEYOND_THE_BUDGET = auto()
    NOT_KNOWN_YET = auto()


class Result(StrEnum):
    """What a review made of a claim of done, or of an outcome."""

    CONFIRMED = auto()
    RETURNED = auto()
    REOPENED = auto()


class By(StrEnum):
    """The kind of a confirmation."""

    CONFIRMER = auto()
    MEETING = auto()
    FROM_OUTSIDE = auto()


class OutsideDecision(StrEnum):
    """What somebody from outside said of a claim of done, or of an outcome."""

    CONFIRMED = auto()
    RETURNED = auto()
    CANNOT_SAY = auto()  # it decides nothing


class Level(StrEnum):
    """What an outcome says of the change."""

    OUTPUT_ONLY = auto()
    TIE_NOT_SHOWN = auto()
    CHANGE_FOLLOWED = auto()
    NONE_FOUND = auto()


class Basis(StrEnum):
    NONE = auto()
    ADDITIONAL = auto()
    UNKNOWN = auto()


class Stage(StrEnum):
    """The versions of a text."""

    AS_SUBMITTED = auto()
    AS_MODIFIED = auto()
    AMENDMENT = auto()
    AS_ADOPTED = auto()
    AS_PUBLISHED = auto()


# The version adopted counts; else the nearest to it that is on record.
NEAREST_FIRST = (
    Stage.AS_ADOPTED,
    Stage.AMENDMENT,
    Stage.AS_MODIFIED,
    Stage.AS_PUBLISHED,
    Stage.AS_SUBMITTED,
)


class WithheldFor(StrEnum):
    """The kind of reason for which something published is withheld."""

    PERSONAL_DATA = auto()
    LEGAL = auto()
    NOT_OURS_TO_PUBLISH = auto()
    MISTAKE = auto()


class Standing(StrEnum):
    """What has become of a clause, or of an item."""

    DECISION_NOT_KNOWN = auto()
    NOT_DECIDED = auto()
    NOT_DUE = auto()
    NOT_TRACKED = auto()
    DONE = auto()
    PARTLY_DONE = auto()  # of items only
    SUPERSEDED = auto()
    CARRIED_OVER = auto()
    WILL_NOT_BE_DONE = auto()
    DECLINED = auto()
    REPORTED_DONE = auto()
    LAPSED = auto()
    WITH_ANOTHER_BODY = auto()
    UNASSIGNED = auto()
    SILENT = auto()
    BLOCKED = auto()
    UNDER_WAY = auto()
    ASSIGNED = auto()


class Verdict(StrEnum):
    """Was it done?"""

    DECISION_NOT_KNOWN = auto()
    NOT_DECIDED = auto()
    NOT_DUE = auto()
    NOT_TRACKED = auto()
    CARRIED_OUT = auto()
    PARTLY_CARRIED_OUT = auto()
    REPORTED_DONE = auto()
    WILL_NOT_BE_DONE = auto()
    DECLINED = auto()
    UNFINISHED = auto()
    NO_WORD = auto()
    NOT_YET = auto()


class Change(StrEnum):
    """What changed?"""

    CHANGE_FOLLOWED = auto()
    NONE_FOUND = auto()
    NOTHING_ON_RECORD = auto()


class Group(StrEnum):
    """The cohort's columns: what the floor adopted, what it only referred, and what was then
    accepted.
    """

    ADOPTED = auto()
    REFERRED = auto()
    ACCEPTED = auto()


class EvidenceKind(StrEnum):
    LINK = auto()
    FILE = auto()
    ROW = auto()  # of an imported list, as stored


class ColumnVisibility(StrEnum):
    """Whether the workbook that brought a column showed it."""

    SHOWN = auto()
    HIDDEN = auto()
    NOT_TOLD = auto()  # the format of the file does not tell us


class Visibility(StrEnum):
    """Who may read a convention, from the fewest to everybody."""

    HIDDEN = auto()
    MEMBERS = auto()
    PUBLIC = auto()


class FileVariant(StrEnum):
    """The files of an issued report."""

    SHORT = auto()
    FULL = auto()
    LARGE = auto()  # the short form in large print
    REPORT = auto()  # the one PDF of the other kinds
    HTML = auto()
    CSV = auto()
    JSON = auto()

    @property
    def is_pdf(self) -> bool:
        return self not in (FileVariant.HTML, FileVariant.CSV, FileVariant.JSON)


class FloorPart(StrEnum):
    """What somebody was to an item on the floor."""

    MAKER = auto()
    SECONDER = auto()
    CONTACT = auto()
    SPONSOR = auto()


class Role(StrEnum):
    """Held for a body; manager and staff for a unit of it."""

    ADMINISTRATOR = auto()
    GOVERNANCE = auto()
    MANAGER = auto()
    STAFF = auto()
    CONFIRMER = auto()
    AUDITOR = auto()
    READER = auto()


class FactorKind(StrEnum):
    """Which second factor an account has; of both the passkey is named."""

    NONE = auto()
    APP = auto()
    PASSKEY = auto()
