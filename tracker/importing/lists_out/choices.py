"""The words that an import understands for sure, each with what it means to whoever fills in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.formatting import labels
from tracker.reading.body_context import BodyContext
from tracker.rules.codes import Basis, Claimed, Decision, Floor
from tracker.rules.rosters import name_key

from .columns import ChoiceList

Choices = Mapping[ChoiceList, Sequence[tuple[str, str]]]  # each word, and what it means

PROGRESS = {
    Claimed.STARTED: "started",
    Claimed.PROGRESS: "in progress",
    Claimed.BLOCKED: "blocked",
    Claimed.DONE: "done",
    Claimed.WILL_NOT_BE_DONE: "will not be done",
}


def choices_of(context: BodyContext) -> Choices:
    """With the open units of the body, and its people where the context names them."""
    units = [row.name for row in context.unit_names.rows.values() if row.is_open]
    return {
        ChoiceList.YES_OR_NO: [("yes", ""), ("no", "")],
        ChoiceList.FLOOR_ACTIONS: [
            (code.value, labels.floor(code)) for code in Floor if code is not Floor.UNKNOWN
        ],
        ChoiceList.DECISIONS: [(code.value, labels.decision(code)) for code in Decision],
        ChoiceList.BASES: [(code.value, labels.basis(code.value)) for code in Basis],
        ChoiceList.PROGRESS: [(words, labels.claimed(code)) for code, words in PROGRESS.items()],
        ChoiceList.UNITS: _names(units),
        ChoiceList.PEOPLE: _names(context.people.values()),
    }


def _names(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, "") for name in sorted(set(names), key=name_key)]
