"""The label of each code of the rules: one for each, the same on every page.

Its sign and its colour are in templates/components/signs.html.
"""

from __future__ import annotations

from typing import Protocol

from tracker.rules.codes import (
    By,
    Change,
    Claimed,
    Decision,
    FactorKind,
    Floor,
    Kind,
    Level,
    OutsideDecision,
    Part,
    Purpose,
    Result,
    Role,
    Stage,
    Standing,
    Verdict,
    WithheldFor,
)
from tracker.translation import N_
from tracker.translation import gettext as _

KIND: dict[str, str] = {
    Kind.NEW_BUSINESS_ITEM: N_("New business item"),
    Kind.COMMITTEE_RECOMMENDATION: N_("Committee recommendation"),
    Kind.LEGISLATIVE_AMENDMENT: N_("Legislative amendment"),
    Kind.MOTION: N_("Motion"),
    Kind.ARTICLE: N_("Article"),
    Kind.CONSTITUTIONAL_AMENDMENT: N_("Constitutional amendment"),
    Kind.BYLAW_AMENDMENT: N_("Bylaw amendment"),
    Kind.STANDING_RULE_AMENDMENT: N_("Standing rule amendment"),
    Kind.RESOLUTION_AMENDMENT: N_("Resolution amendment"),
    Kind.RESOLUTION: N_("Resolution"),
    Kind.POLICY_STATEMENT: N_("Policy statement"),
}

KINDS: dict[str, str] = {
    Kind.NEW_BUSINESS_ITEM: N_("New business items"),
    Kind.COMMITTEE_RECOMMENDATION: N_("Committee recommendations"),
    Kind.LEGISLATIVE_AMENDMENT: N_("Legislative amendments"),
    Kind.MOTION: N_("Motions"),
    Kind.ARTICLE: N_("Articles"),
    Kind.CONSTITUTIONAL_AMENDMENT: N_("Constitutional amendments"),
    Kind.BYLAW_AMENDMENT: N_("Bylaw amendments"),
    Kind.STANDING_RULE_AMENDMENT: N_("Standing rule amendments"),
    Kind.RESOLUTION_AMENDMENT: N_("Resolution amendments"),
    Kind.RESOLUTION: N_("Resolutions"),
    Kind.POLICY_STATEMENT: N_("Policy statements"),
}

FACTOR_KINDS: dict[FactorKind, str] = {
    FactorKind.NONE: N_("none"),
    FactorKind.APP: N_("Code from an app"),
    FactorKind.PASSKEY: N_("Passkey"),
}

ROLES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.GOVERNANCE: N_("Governance"),
    Role.MANAGER: N_("Manager"),
    Role.STAFF: N_("Staff"),
    Role.CONFIRMER: N_("Confirmer"),
    Role.AUDITOR: N_("Auditor"),
    Role.READER: N_("Reader"),
}

VERDICTS = {
    Verdict.DECISION_NOT_KNOWN: N_("The floor’s decision is not known"),
    Verdict.NOT_DECIDED: N_("Not decided yet"),
    Verdict.NOT_DUE: N_("No follow-through due"),
    Verdict.NOT_TRACKED: N_("Not kept in this record"),
    Verdict.CARRIED_OUT: N_("Carried out"),
    Verdict.PARTLY_CARRIED_OUT: N_("Carried out in part"),
    Verdict.REPORTED_DONE: N_("Reported done, not yet checked"),
    Verdict.WILL_NOT_BE_DONE: N_("Will not be done"),
    Verdict.DECLINED: N_("Considered, and declined"),
    Verdict.UNFINISHED: N_("Not finished when its term ended"),
    Verdict.NO_WORD: N_("No word"),
    Verdict.NOT_YET: N_("Not yet"),
}

CHANGES = {
    Change.CHANGE_FOLLOWED: N_("A change followed"),
    Change.NONE_FOUND: N_("Looked for, none found"),
    Change.NOTHING_ON_RECORD: N_("Nothing on record"),
}

STANDINGS = {
    Standing.DECISION_NOT_KNOWN: N_("Decision not known"),
    Standing.NOT_DECIDED: N_("Not decided"),
    Standing.NOT_DUE: N_("No follow-through due"),
    Standing.NOT_TRACKED: N_("Not kept"),
    Standing.DONE: N_("Done"),
    Standing.PARTLY_DONE: N_("Partly done"),
    Standing.SUPERSEDED: N_("Superseded"),
    Standing.CARRIED_OVER: N_("Carried over"),
    Standing.WILL_NOT_BE_DONE: N_("Will not be done"),
    Standing.DECLINED: N_("Declined"),
    Standing.REPORTED_DONE: N_("Reported done"),
    Standing.LAPSED: N_("Lapsed"),
    Standing.WITH_ANOTHER_BODY: N_("With another body"),
    Standing.UNASSIGNED: N_("Unassigned"),
    Standing.SILENT: N_("Silent"),
    Standing.BLOCKED: N_("Blocked"),
    Standing.UNDER_WAY: N_("Under way"),
    Standing.ASSIGNED: N_("Assigned"),
}

FLOOR = {
    Floor.ADOPTED: N_("Adopted"),
    Floor.ADOPTED_AS_AMENDED: N_("Adopted as amended"),
    Floor.ADOPTED_AS_MODIFIED: N_("Adopted as modified by the maker"),
    Floor.SUBSTITUTE_ADOPTED: N_("A substitute adopted"),
    Floor.REFERRED: N_("Referred"),
    Floor.REMITTED: N_("Remitted"),
    Floor.CONSOLIDATED: N_("Consolidated with another item"),
    Floor.DEFEATED: N_("Defeated"),
    Floor.WITHDRAWN: N_("Withdrawn"),
    Floor.DEEMED_TO_HAVE_FAILED: N_("Deemed to have failed"),
    Floor.OBJECTION_SUSTAINED: N_("Objection to its consideration sustained"),
    Floor.POSTPONED_INDEFINITELY: N_("Postponed indefinitely"),
    Floor.RULED_OUT_OF_ORDER: N_("Ruled out of order"),
    Floor.NOT_REACHED: N_("Not reached"),
    Floor.RESCINDED: N_("Rescinded"),
    Floor.AWAITING_DEBATE: N_("Awaiting debate"),
    Floor.POSTPONED_TO_A_TIME: N_("Postponed to a time"),
    Floor.LAID_ON_THE_TABLE: N_("Laid on the table"),
    Floor.RECONSIDERED: N_("Reconsidered"),
    Floor.UNKNOWN: N_("The floor’s decision is not known"),
}

CLAIMED = {
    Claimed.STARTED: N_("started"),
    Claimed.PROGRESS: N_("progress"),
    Claimed.BLOCKED: N_("blocked"),
    Claimed.DONE: N_("reported done"),
    Claimed.WILL_NOT_BE_DONE: N_("will not be done"),
    None: N_("no change"),
}

DECISIONS = {
    Decision.ACCEPTED: N_("Accepted"),
    Decision.ACCEPTED_IN_PART: N_("Accepted in part"),
    Decision.DECLINED: N_("Declined"),
    Decision.REPORTED_BACK: N_("Reported back"),
}

STAGES = {
    Stage.AS_SUBMITTED: N_("As submitted"),
    Stage.AS_MODIFIED: N_("As modified by the maker"),
    Stage.AMENDMENT: N_("Amendment"),
    Stage.AS_ADOPTED: N_("As adopted"),
    Stage.AS_PUBLISHED: N_("As published"),
}

LEVELS = {
    Level.OUTPUT_ONLY: N_("Output only"),
    Level.TIE_NOT_SHOWN: N_("Something changed; what ties it to the item is not shown"),
    Level.CHANGE_FOLLOWED: N_("A change followed"),
    Level.NONE_FOUND: N_("Looked for, none found"),
}

PURPOSES = {
    Purpose.DECISION: N_("for decision"),
    Purpose.REPORT: N_("for report"),
}

PARTS = {
    Part.LEAD: N_("lead"),
    Part.CONTRIBUTOR: N_("contributor"),
}

RESULTS = {
    Result.CONFIRMED: N_("Confirmed"),
    Result.RETURNED: N_("Returned"),
    Result.REOPENED: N_("Reopened"),
}

CONFIRMED_BY = {
    By.CONFIRMER: N_("inside the union"),
    By.MEETING: N_("by a meeting"),
    By.FROM_OUTSIDE: N_("from outside the union"),
}

OUTSIDE_DECISIONS = {
    OutsideDecision.CONFIRMED: N_("confirmed"),
    OutsideDecision.RETURNED: N_("returned"),
    OutsideDecision.CANNOT_SAY: N_("could not say"),
}

WITHHELD = {
    WithheldFor.PERSONAL_DATA: N_("personal data"),
    WithheldFor.LEGAL: N_("legal reasons"),
    WithheldFor.NOT_OURS_TO_PUBLISH: N_("not ours to publish"),
    WithheldFor.MISTAKE: N_("recorded by mistake"),
}

BASES = {
    "none": N_("no cost"),
    "additional": N_("additional"),
    "unknown": N_("not said"),
}


def kind(code: str) -> str:
    """With a capital, as a heading has it.

    A kind that a body has added is shown by its own name.
    """
    return _(KIND[code]) if code in KIND else code.replace("_", " ").capitalize()


def kinds(code: str) -> str:
    """The plural, for filters and headings."""
    return _(KINDS[code]) if code in KINDS else code.replace("_", " ").capitalize()


def role(code: Role) -> str:
    """A role in a body."""
    return _(ROLES[code])


def factor_kind(code: FactorKind) -> str:
    """The second factor of an account."""
    return _(FACTOR_KINDS[code])


def verdict(code: Verdict) -> str:
    """The answer to "was it done?" in its shortest form.

    Of `no_word`, the sentence with its day is in `item_answers.verdict_line`.
    """
    return _(VERDICTS[code])


def change(code: Change) -> str:
    """The answer to "what changed?", with a capital."""
    return _(CHANGES[code])


class HasStanding(Protocol):
    """What has a standing: a row, an item, a clause."""

    @property
    def standing(self) -> Standing: ...
    @property
    def unheard(self) -> bool: ...
    @property
    def late(self) -> bool: ...


def standing(code: Standing) -> str:
    return _(STANDINGS[code])


def standing_of(item: HasStanding) -> str:
    """A missing word is never taken for failure: what lapsed without a word ever is called that."""
    return _("Term ended, no word") if item.unheard else standing(item.standing)


def standing_and_lateness(unit: HasStanding) -> str:
    """Done, late."""
    label = standing_of(unit)
    return _("%(standing)s, late", standing=label) if unit.late else label


def past_term() -> str:
    """Beside an open clause or item whose term has ended."""
    return _("Past its term")


def floor(code: Floor) -> str:
    """What the floor did."""
    return _(FLOOR[code])


def claimed(code: Claimed | None) -> str:
    """What an entry says of a clause."""
    return _(CLAIMED[code])


def decision(code: Decision) -> str:
    """What the body to which it was referred decided."""
    return _(DECISIONS[code])


def stage(code: Stage) -> str:
    """Of a version of the text."""
    return _(STAGES[code])


def level(code: Level) -> str:
    """Of an outcome."""
    return _(LEVELS[code])


def purpose(code: Purpose) -> str:
    return _(PURPOSES[code])


def part(code: Part) -> str:
    return _(PARTS[code])


def outside_decision(code: OutsideDecision) -> str:
    return _(OUTSIDE_DECISIONS[code])


def result(code: Result) -> str:
    """What was decided of a claim of done, or of an outcome."""
    return _(RESULTS[code])


def confirmed_by(code: By) -> str:
    """The kind of a confirmation, in a sentence."""
    return _(CONFIRMED_BY[code])


def withheld(code: WithheldFor | None) -> str:
    """The kind of reason for which something is withheld.

    None: it is not, and its words are gone for ever.
    """
    return _(WITHHELD[code]) if code is not None else _("the words were erased")


def basis(code: str) -> str:
    """Of an estimate."""
    return _(BASES[code])
