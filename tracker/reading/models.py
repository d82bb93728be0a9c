"""The small frozen objects of which pages are made.

A body, a convention, a reason, a piece of evidence, a line of the floor. None stands for "not on
record" or "not known" throughout. Dates are in the body's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.rules.body_mark import BodyMark
from tracker.rules.codes import By, Decision, Floor, FloorPart, Purpose, Stage, WithheldFor
from tracker.rules.reasons import ReasonCode

from . import addresses
from .publications import PublicationState


@dataclass(frozen=True, kw_only=True)
class BodyDetails:
    id: int
    slug: str
    name: str
    zone: str  # the name of its time zone
    currency: str  # its code: USD
    open: bool  # everybody may read its pages
    show_names: bool
    made_up: bool  # the demonstration's union
    silence_days: int
    variance_percent: Decimal
    mark: BodyMark | None

    @property
    def path(self) -> str:
        return addresses.body_path(self.slug)


@dataclass(frozen=True, kw_only=True)
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
    published_items: int | None  # how many items were published
    publication: PublicationState  # of today, whatever day is asked for

    @property
    def path(self) -> str:
        return addresses.convention_path(self.body.slug, self.slug)


@dataclass(frozen=True, kw_only=True)
class ItemRef:
    """Enough of another item to name it and to lead there."""

    id: int
    path: str
    code: str
    kind: str  # a code of rules.codes.Kind, or one that the body added
    number: str | None
    title: str
    year: int | None  # of its convention


Value = str | int | date | ItemRef
"""A value of a reason."""


@dataclass(frozen=True)
class NamedReason:
    """A code of the rules and its values, with names in place of ids (see `reasons`)."""

    code: ReasonCode
    values: Mapping[str, Value] = field(hash=False)  # compared, but a mapping has no hash


@dataclass(frozen=True, kw_only=True)
class EvidenceDetails:
    """A link, a stored file, or the row of an imported list.

    What this audience may not open is left out.
    """

    id: int
    label: str
    # Where it opens: our address of a file, else the link. None for a row, whose words are here.
    path: str | None
    stored: bool  # it is a file
    words: str | None = None  # of a row: its cells, one a line
    media_type: str | None = None
    size: int | None = None  # bytes
    sha256: str | None = None
    on: date | None = None
    internal: bool = False  # shown to staff only


@dataclass(frozen=True, kw_only=True)
class MinutesDetails:
    """Of one meeting: a link, a stored file, or words that say where they are."""

    meeting: int
    path: str | None  # where they open; None: words alone
    label: str | None  # of a file, its name
    words: str | None
    media_type: str | None
    size: int | None  # bytes
    open: bool  # everybody may open them; else staff only

    @property
    def stored(self) -> bool:
        return self.media_type is not None


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    by: By
    on: date
    met_on: date | None = None
    meeting: str | None = None  # which body met: "the audit committee"
    point: str | None = None  # where it stands in the minutes
    minutes: MinutesDetails | None = None  # where this audience may open them
    person: str | None = None  # only where names are shown
    role: str | None = None  # from outside: "an industrial hygienist"; None where it was erased
    organisation: str | None = None


@dataclass(frozen=True, kw_only=True)
class VersionDetails:
    """A version of the text."""

    id: int
    stage: Stage
    title: str | None
    words: str | None
    rationale: str | None
    truncated: bool  # the source cuts it off
    on: date | None


BROUGHT_IT = (FloorPart.MAKER, FloorPart.SPONSOR)
"""Who brought an item to the floor. A seconder and a contact person did not."""


@dataclass(frozen=True)
class Sponsor:
    """A person or delegation on the floor."""

    part: str  # maker, seconder, contact, sponsor
    delegation: str | None
    name: str | None  # of a person, only where names are shown, and not where it is withheld
    delegation_then: str | None = None  # what it was called when it was recorded, if otherwise
    key: str | None = None  # by which the name is withheld: maker-3; None: it is not read
    withheld: WithheldFor | None = None  # of the name, where names are shown
    withheld_on: date | None = None


@dataclass(frozen=True)
class Vote:
    votes_for: int | None
    against: int | None
    abstained: int | None
    voice: bool


@dataclass(frozen=True, kw_only=True)
class FloorLine:
    """One floor action."""

    id: int
    action: Floor
    on: date | None
    referred_to: str | None
    purpose: Purpose | None  # of a referral
    decides_by: date | None  # of a referral
    vote: Vote | None
    session: str | None
    note: str | None
    clause: int | None  # its number; None: the whole item


@dataclass(frozen=True, kw_only=True)
class DecisionLine:
    """What a receiving unit decided about a referral."""

    id: int
    decision: Decision
    unit: str
    on: date | None
    reason: str | None
    clause: int | None  # its number; None: the whole item
    minutes: MinutesDetails | None = None  # of the meeting that decided, where they may be opened


@dataclass(frozen=True, kw_only=True)
class DueDetails:
    """The due date in force, and the first."""

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
