"""Codes of the rules to words, signs and colours: one word for each, the same on every page. Sentences are made in `sentences`."""
from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from tracker.rules.codes import By, Change, Claimed, Decision, Floor, Kind, Level, Part, Purpose, Stage, Standing, Verdict, WithheldFor

KIND: dict[str, LazyString] = {
    Kind.NEW_BUSINESS_ITEM: _("New business item"),
    Kind.COMMITTEE_RECOMMENDATION: _("Committee recommendation"),
    Kind.LEGISLATIVE_AMENDMENT: _("Legislative amendment"),
    Kind.MOTION: _("Motion"),
    Kind.ARTICLE: _("Article"),
    Kind.CONSTITUTIONAL_AMENDMENT: _("Constitutional amendment"),
    Kind.BYLAW_AMENDMENT: _("Bylaw amendment"),
    Kind.STANDING_RULE_AMENDMENT: _("Standing rule amendment"),
    Kind.RESOLUTION_AMENDMENT: _("Resolution amendment"),
    Kind.RESOLUTION: _("Resolution"),
    Kind.POLICY_STATEMENT: _("Policy statement"),
}

KINDS: dict[str, LazyString] = {
    Kind.NEW_BUSINESS_ITEM: _("New business items"),
    Kind.COMMITTEE_RECOMMENDATION: _("Committee recommendations"),
    Kind.LEGISLATIVE_AMENDMENT: _("Legislative amendments"),
    Kind.MOTION: _("Motions"),
    Kind.ARTICLE: _("Articles"),
    Kind.CONSTITUTIONAL_AMENDMENT: _("Constitutional amendments"),
    Kind.BYLAW_AMENDMENT: _("Bylaw amendments"),
    Kind.STANDING_RULE_AMENDMENT: _("Standing rule amendments"),
    Kind.RESOLUTION_AMENDMENT: _("Resolution amendments"),
    Kind.RESOLUTION: _("Resolutions"),
    Kind.POLICY_STATEMENT: _("Policy statements"),
}

VERDICTS = {
    Verdict.DECISION_NOT_KNOWN: _("The floor’s decision is not known"),
    Verdict.NOT_DECIDED: _("Not decided yet"),
    Verdict.NOT_DUE: _("No follow-through due"),
    Verdict.NOT_TRACKED: _("Not kept in this record"),
    Verdict.CARRIED_OUT: _("Carried out"),
    Verdict.PARTLY_CARRIED_OUT: _("Carried out in part"),
    Verdict.REPORTED_DONE: _("Reported done, not yet checked"),
    Verdict.WILL_NOT_BE_DONE: _("Will not be done"),
    Verdict.DECLINED: _("Considered, and declined"),
    Verdict.UNFINISHED: _("Not finished when its term ended"),
    Verdict.NO_WORD: _("No word"),
    Verdict.NOT_YET: _("Not yet"),
}

CHANGES = {
    Change.CHANGE_FOLLOWED: _("A change followed"),
    Change.NONE_FOUND: _("Looked for, none found"),
    Change.NOTHING_ON_RECORD: _("Nothing on record"),
}

STANDINGS = {
    Standing.DECISION_NOT_KNOWN: _("Decision not known"),
    Standing.NOT_DECIDED: _("Not decided"),
    Standing.NOT_DUE: _("No follow-through due"),
    Standing.NOT_TRACKED: _("Not kept"),
    Standing.DONE: _("Done"),
    Standing.PARTLY_DONE: _("Partly done"),
    Standing.SUPERSEDED: _("Superseded"),
    Standing.CARRIED_OVER: _("Carried over"),
    Standing.WILL_NOT_BE_DONE: _("Will not be done"),
    Standing.DECLINED: _("Declined"),
    Standing.REPORTED_DONE: _("Reported done"),
    Standing.LAPSED: _("Lapsed"),
    Standing.WITH_ANOTHER_BODY: _("With another body"),
    Standing.UNASSIGNED: _("Unassigned"),
    Standing.SILENT: _("Silent"),
    Standing.BLOCKED: _("Blocked"),
    Standing.UNDER_WAY: _("Under way"),
    Standing.ASSIGNED: _("Assigned"),
}

FLOOR = {
    Floor.ADOPTED: _("Adopted"),
    Floor.ADOPTED_AS_AMENDED: _("Adopted as amended"),
    Floor.ADOPTED_AS_MODIFIED: _("Adopted as modified by the maker"),
    Floor.SUBSTITUTE_ADOPTED: _("A substitute adopted"),
    Floor.REFERRED: _("Referred"),
    Floor.REMITTED: _("Remitted"),
    Floor.CONSOLIDATED: _("Consolidated with another item"),
    Floor.DEFEATED: _("Defeated"),
    Floor.WITHDRAWN: _("Withdrawn"),
    Floor.DEEMED_TO_HAVE_FAILED: _("Deemed to have failed"),
    Floor.OBJECTION_SUSTAINED: _("Objection to its consideration sustained"),
    Floor.POSTPONED_INDEFINITELY: _("Postponed indefinitely"),
    Floor.RULED_OUT_OF_ORDER: _("Ruled out of order"),
    Floor.NOT_REACHED: _("Not reached"),
    Floor.RESCINDED: _("Rescinded"),
    Floor.AWAITING_DEBATE: _("Awaiting debate"),
    Floor.POSTPONED_TO_A_TIME: _("Postponed to a time"),
    Floor.LAID_ON_THE_TABLE: _("Laid on the table"),
    Floor.RECONSIDERED: _("Reconsidered"),
    Floor.UNKNOWN: _("The floor’s decision is not known"),
}

CLAIMED = {
    Claimed.STARTED: _("started"),
    Claimed.PROGRESS: _("progress"),
    Claimed.BLOCKED: _("blocked"),
    Claimed.DONE: _("reported done"),
    Claimed.WILL_NOT_BE_DONE: _("will not be done"),
    None: _("no change"),
}

DECISIONS = {
    Decision.ACCEPTED: _("Accepted"),
    Decision.ACCEPTED_IN_PART: _("Accepted in part"),
    Decision.DECLINED: _("Declined"),
    Decision.REPORTED_BACK: _("Reported back"),
}

STAGES = {
    Stage.AS_SUBMITTED: _("As submitted"),
    Stage.AS_MODIFIED: _("As modified by the maker"),
    Stage.AMENDMENT: _("Amendment"),
    Stage.AS_ADOPTED: _("As adopted"),
    Stage.AS_PUBLISHED: _("As published"),
}

LEVELS = {
    Level.OUTPUT_ONLY: _("Output only"),
    Level.TIE_NOT_SHOWN: _("Something changed; what ties it to the item is not shown"),
    Level.CHANGE_FOLLOWED: _("A change followed"),
    Level.NONE_FOUND: _("Looked for, none found"),
}

PURPOSES = {
    Purpose.DECISION: _("for decision"),
    Purpose.REPORT: _("for report"),
}

PARTS = {
    Part.LEAD: _("lead"),
    Part.CONTRIBUTOR: _("contributor"),
}

CONFIRMED_BY = {
    By.CONFIRMER: _("inside the union"),
    By.MEETING: _("by a meeting"),
    By.FROM_OUTSIDE: _("from outside the union"),
}

WITHHELD = {
    WithheldFor.PERSONAL_DATA: _("personal data"),
    WithheldFor.LEGAL: _("legal reasons"),
    WithheldFor.NOT_OURS_TO_PUBLISH: _("not ours to publish"),
    WithheldFor.MISTAKE: _("recorded by mistake"),
}

BASES = {
    "none": _("no cost"),
    "additional": _("additional"),
    "unknown": _("not said"),
}


def kind(code: str) -> str:
    """With a capital, as a heading has it. A kind that a body has added is shown by its own name."""
    return str(KIND[code]) if code in KIND else code.replace("_", " ").capitalize()


def kinds(code: str) -> str:
    """The plural, for filters and headings."""
    return str(KINDS[code]) if code in KINDS else code.replace("_", " ").capitalize()


def verdict(code: Verdict) -> str:
    """The answer to "was it done?" in its shortest form. Of `no_word`, the sentence with its day is in `sentences.verdict_line`."""
    return str(VERDICTS[code])


def change(code: Change) -> str:
    """The answer to "what changed?", with a capital."""
    return str(CHANGES[code])


def standing(code: Standing) -> str:
    return str(STANDINGS[code])


def floor(code: Floor) -> str:
    """What the floor did."""
    return str(FLOOR[code])


def claimed(code: Claimed | None) -> str:
    """What an entry says of a clause."""
    return str(CLAIMED[code])


def decision(code: Decision) -> str:
    """What the body to which it was referred decided."""
    return str(DECISIONS[code])


def stage(code: Stage) -> str:
    """Of a version of the text."""
    return str(STAGES[code])


def level(code: Level) -> str:
    """Of an outcome."""
    return str(LEVELS[code])


def purpose(code: Purpose) -> str:
    return str(PURPOSES[code])


def part(code: Part) -> str:
    return str(PARTS[code])


def confirmed_by(code: By) -> str:
    """The kind of a confirmation, in a sentence."""
    return str(CONFIRMED_BY[code])


def withheld(code: WithheldFor) -> str:
    """The kind of reason for which something is withheld."""
    return str(WITHHELD[code])


def basis(code: str) -> str:
    """Of an estimate."""
    return str(BASES[code])


# --- signs and colours: class names of the stylesheet and symbols of icons.svg ---

VERDICT_CLASS = {
    Verdict.CARRIED_OUT: "is-done", Verdict.PARTLY_CARRIED_OUT: "is-partly", Verdict.REPORTED_DONE: "is-reported", Verdict.NOT_YET: "is-notyet",
    Verdict.WILL_NOT_BE_DONE: "is-no", Verdict.DECLINED: "is-no", Verdict.UNFINISHED: "is-no", Verdict.NO_WORD: "is-noword",
    Verdict.DECISION_NOT_KNOWN: "is-unknown", Verdict.NOT_DECIDED: "is-unknown", Verdict.NOT_TRACKED: "is-untracked", Verdict.NOT_DUE: "is-notdue",
}
VERDICT_SIGN = {
    Verdict.CARRIED_OUT: "v-done", Verdict.PARTLY_CARRIED_OUT: "v-partly", Verdict.REPORTED_DONE: "v-reported", Verdict.NOT_YET: "v-notyet",
    Verdict.WILL_NOT_BE_DONE: "v-wont", Verdict.DECLINED: "v-declined", Verdict.UNFINISHED: "v-unfinished", Verdict.NO_WORD: "v-noword",
    Verdict.DECISION_NOT_KNOWN: "v-unknown", Verdict.NOT_DECIDED: "s-undecided", Verdict.NOT_TRACKED: "v-untracked", Verdict.NOT_DUE: "v-notdue",
}
STANDING_LOOK = {
    Standing.DONE: ("is-done", "s-done"), Standing.PARTLY_DONE: ("is-partly", "s-partly"), Standing.REPORTED_DONE: ("is-reported", "s-reported"),
    Standing.UNDER_WAY: ("is-notyet", "s-underway"), Standing.ASSIGNED: ("is-notyet", "s-assigned"), Standing.BLOCKED: ("is-notyet", "s-blocked"),
    Standing.SILENT: ("is-noword", "s-silent"), Standing.UNASSIGNED: ("is-noword", "s-unassigned"),
    Standing.WITH_ANOTHER_BODY: ("is-noword", "s-body"), Standing.WILL_NOT_BE_DONE: ("is-no", "s-wont"), Standing.DECLINED: ("is-no", "s-declined"),
    Standing.LAPSED: ("is-no", "s-lapsed"), Standing.SUPERSEDED: ("is-notdue", "s-super"), Standing.CARRIED_OVER: ("is-notdue", "s-carried"),
    Standing.NOT_DUE: ("is-notdue", "s-notdue"), Standing.DECISION_NOT_KNOWN: ("is-unknown", "s-unknown"),
    Standing.NOT_DECIDED: ("is-unknown", "s-undecided"), Standing.NOT_TRACKED: ("is-untracked", "s-untracked"),
}


def verdict_class(code: Verdict, changed: Change | None = None) -> str:
    """One word, "carried out", has two colours: its second answer differs."""
    return "is-change" if code is Verdict.CARRIED_OUT and changed is Change.CHANGE_FOLLOWED else VERDICT_CLASS[code]


def verdict_sign(code: Verdict, changed: Change | None = None) -> str:
    return "v-change" if code is Verdict.CARRIED_OUT and changed is Change.CHANGE_FOLLOWED else VERDICT_SIGN[code]


def standing_class(code: Standing) -> str:
    return STANDING_LOOK[code][0]


def standing_sign(code: Standing) -> str:
    return STANDING_LOOK[code][1]
