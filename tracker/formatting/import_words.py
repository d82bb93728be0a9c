"""How the page of a list speaks: of fields, of how sure a column is, of what changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from tracker.rules.codes import Claimed, Decision, Floor
from tracker.translation import N_
from tracker.translation import gettext as _

from . import labels
from .dates import short_day
from .import_values import Json

# The codes of importing/codes.py, in the order in which a page offers them.
FIELDS = {
    "number": N_("Number"),
    "code": N_("Code, as nbi-2"),
    "kind": N_("Kind of item"),
    "title": N_("Title"),
    "text": N_("Text"),
    "text_truncated": N_("Whether the text is cut off"),
    "rationale": N_("Rationale"),
    "convention": N_("Convention or meeting"),
    "year": N_("Year"),
    "submitted_by": N_("Submitted by"),
    "maker": N_("Maker"),
    "seconder": N_("Seconder"),
    "contact": N_("Contact"),
    "contact_state": N_("Delegation of the contact"),
    "status": N_("Status: floor action, follow-through, or both"),
    "floor_action": N_("Floor action"),
    "floor_date": N_("Date of the floor action"),
    "referred_to": N_("Referred to"),
    "referral_decision": N_("Decision on the referral"),
    "referral_decided_on": N_("Date of that decision"),
    "merged_into": N_("Merged into"),
    "recommendation": N_("Recommendation"),
    "vote": N_("Vote"),
    "votes_for": N_("Votes for"),
    "votes_against": N_("Votes against"),
    "abstained": N_("Abstained"),
    "cost": N_("Estimate, in words or as an amount"),
    "estimate_amount": N_("Amount of the estimate"),
    "estimate_currency": N_("Currency of the estimate"),
    "estimate_basis": N_("Basis of the estimate"),
    "estimate_conditional": N_("Whether the estimate is conditional"),
    "estimate_assumption": N_("Assumption of the estimate"),
    "lead": N_("Unit that has the lead"),
    "person": N_("Person in it"),
    "due": N_("Due"),
    "progress": N_("Status of the follow-through"),
    "complete": N_("Complete: yes or no"),
    "completed_on": N_("Completed on"),
    "update": N_("Update, in words"),
    "updated_on": N_("Date of the update"),
    "spent": N_("Spent, the total"),
    "appropriated": N_("Appropriated, the total"),
    "fund": N_("Fund"),
    "source": N_("Kept as published, for staff"),
    "left_out": N_("Left out"),
}
"""Further ones stand in the record's own exports only, and are nobody's to choose."""
OF_AN_EXPORT = {
    "spent_waiting": N_("Spent, waits for release"),
    "sheet_of_unit": N_("Whose sheet it is"),
    "revision_of_record": N_("Up to where the file knows the record"),
    "derived": N_("The record’s own answer: not read back"),
}
CHANGED = {
    "movers": N_("Mover"),
    "estimate": N_("Estimate"),
    "entry": N_("Entry"),
    "claim": N_("Claim"),
    "expense": N_("Expense"),
    "appropriation": N_("Appropriated"),
    "due_on": N_("Due"),
    "cells": N_("Kept as published"),
    "decision": N_("Decision on the referral"),
}
"""Of what changes, where it is called otherwise than the column."""
NOTES = {
    "month_first": N_("the month comes first: a later value proves it"),
    "day_first": N_("the day comes first: a later value proves it"),
    "order_not_known": N_("no value says whether the month or the day comes first"),
    "another_body": N_("of another body than the floor"),
    "other_column": N_("another column fills this field"),
    "by_values": N_("by its values, not by its heading"),
    "also_an_action": N_("a yes tells a further action of the floor"),
    "before_the_floor": N_("of a committee before the floor"),
}
SURE = {1: N_("Please check"), 2: N_("Likely"), 3: N_("Sure")}
SIGNS = {1: "warning", 2: "info", 3: "check"}
STAGES = {
    "read": N_("Reading the file"),
    "rows": N_("Comparing its rows with the record"),
    "write": N_("Writing, in one step: all, or nothing"),
}
FIRST = 5  # values of a column
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def field(code: str) -> str:
    known = FIELDS.get(code) or CHANGED.get(code) or OF_AN_EXPORT.get(code)
    return _(known) if known else code.replace("_", " ").capitalize()


def changed_field(code: str) -> str:
    return _(CHANGED[code]) if code in CHANGED else field(code)


def note(code: str) -> str:
    return _(NOTES[code]) if code in NOTES else code.replace("_", " ")


def sure(degree: int) -> str:
    return _(SURE[degree])


def sign_of(degree: int) -> str:
    return SIGNS[degree]


def stage(code: str | None) -> str:
    return _(STAGES[code]) if code in STAGES else _("Begun")


def code(word: str) -> str:
    """One code of a status, in the words of the record; what is no code stands as it is."""
    if word == Floor.UNKNOWN:
        return _("not known")  # also of the basis of an estimate
    if word in frozenset(Floor):
        return labels.floor(Floor(word))
    if word in frozenset(Claimed):
        return labels.claimed(Claimed(word))
    if word in frozenset(Decision):
        return labels.decision(Decision(word))
    return word.replace("_", " ")


def floor_codes() -> list[str]:
    return [action.value for action in Floor if action is not Floor.UNKNOWN]


def claim_codes() -> list[str]:
    return [claim.value for claim in Claimed]


def meanings(meaning_of: Sequence[tuple[str, Sequence[str]]]) -> str:
    """ "A: adopted. REF: referred. Blank: not known"; not of a value that says it itself."""
    in_words = [
        (value, ", ".join(map(code, codes)) or _("not known"))
        for value, codes in meaning_of[:FIRST]
    ]
    return "; ".join(
        f"{value}: {words}" for value, words in in_words if value.casefold() != words.casefold()
    )


def meaning(of: str, codes: str) -> str:
    """What a word of lists means: the field of a heading, the codes of a status, joined by "+"."""
    if of == "heading":
        return field(codes)
    return ", ".join(code(word.strip()) for word in codes.split("+")) or _("nothing")


def value(plain: Json) -> str:
    """A value of a field on one line: codes as words, days as the locale writes them."""
    if plain is None or plain == "":
        return _("nothing on record")
    if isinstance(plain, bool):
        return _("yes") if plain else _("no")
    if isinstance(plain, list | dict):
        members = plain.values() if isinstance(plain, dict) else plain
        return ", ".join(value(part) for part in members if part not in (None, "", [], False))
    words = " ".join(str(plain).split())
    if _DAY.fullmatch(words):
        return short_day(date.fromisoformat(words))
    return code(words) if re.fullmatch(r"[a-z_]+", words) else words


def floor(actions: Sequence[tuple[str, str | None]]) -> str:
    if not actions:
        return _("not known")
    return "; ".join(value([action, on]) for action, on in actions)
