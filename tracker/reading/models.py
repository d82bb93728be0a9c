"""The small frozen objects of which pages are made: a body, a convention, a reason, a piece of evidence, a line of the floor. None: not on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.rules.codes import By, Decision, Floor, FloorPart, Purpose, Stage
from tracker.rules.reasons import ReasonCode


@dataclass(frozen=True)
class BodyDetails:
    id: int
    slug: str
    name: str
    zone: str
    currency: str
    open: bool
    show_names: bool
    made_up: bool  # the demonstration's union
    silence_days: int
    variance_percent: Decimal

    @property
    def path(self) -> str:
        return f"/{self.slug}/"


@dataclass(frozen=True)
class ConventionDetails:
    id: int
    body: BodyDetails
    slug: str
    name: str
    place: str | None
    year: int | None
    special: bool
    opens_on: date | None
    closes_on: date | None  # None: not known, whatever is assumed for the clock
    kept_from: date | None  # None: what was done about its items is not kept
    kept: bool  # on the as-of day
    term_ends_on: date | None
    published_items: int | None

    @property
    def path(self) -> str:
        return f"{self.body.path}{self.slug}/"


@dataclass(frozen=True)
class ItemRef:
    """Enough of another item to name it and to lead there."""

    id: int
    path: str
    code: str
    kind: str  # a code of rules.codes.Kind, or one that the body added
    number: str | None
    title: str
    year: int | None


Value = str | int | date | ItemRef


@dataclass(frozen=True)
class NamedReason:
    """Why: a code of the rules and its values. A unit is its name here, another item an ItemRef; `days` are counted to the as-of day."""

    code: ReasonCode
    values: Mapping[str, Value]


@dataclass(frozen=True)
class EvidenceDetails:
    """A link, a stored file, or the row of an imported list. What this audience may not open is left out."""

    id: int
    label: str
    path: (
        str | None
    )  # where it opens: a route of ours for a file, else the link; None for a row, whose words are here
    stored: bool
    words: str | None = None  # of a row: its cells, one a line
    media_type: str | None = None
    size: int | None = None  # bytes
    sha256: str | None = None
    on: date | None = None
    internal: bool = False  # shown to staff only


@dataclass(frozen=True)
class Confirmation:
    by: By
    on: date
    met_on: date | None = None
    meeting: str | None = None  # which body met: "the audit committee"
    minutes: str | None = None  # where they are: an address, or words
    person: str | None = None  # only where names are shown


@dataclass(frozen=True)
class VersionDetails:
    """A version of the text."""

    id: int
    stage: Stage
    title: str | None
    words: str | None
    rationale: str | None
    truncated: bool  # the source cuts it off
    on: date | None


BROUGHT_IT = (
    FloorPart.MAKER,
    FloorPart.SPONSOR,
)  # the others on the floor did not: a seconder, a contact person


@dataclass(frozen=True)
class Sponsor:
    """Who brought it to the floor. Persons' names only where names are shown: then `name` may be set."""

    part: str  # maker, seconder, contact, sponsor
    delegation: str | None
    name: str | None


@dataclass(frozen=True)
class Vote:
    votes_for: int | None
    against: int | None
    abstained: int | None
    voice: bool


@dataclass(frozen=True)
class FloorLine:
    """One floor action."""

    id: int
    action: Floor
    on: date | None  # None: day not known
    referred_to: str | None
    purpose: Purpose | None
    decides_by: date | None
    vote: Vote | None
    session: str | None
    note: str | None
    clause: int | None


@dataclass(frozen=True)
class DecisionLine:
    """What a receiving unit decided about a referral."""

    id: int
    decision: Decision
    unit: str
    on: date | None
    reason: str | None
    clause: int | None


@dataclass(frozen=True)
class DueDetails:
    due_on: date
    first_due_on: date
    extended_on: date | None  # None: never extended
    by_whom: str | None
    reason: str | None


@dataclass(frozen=True)
class Lead:
    unit_id: int
    unit: str
    since: date | None
    person: str | None  # only where names are shown
