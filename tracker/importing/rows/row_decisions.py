"""What a row says that the receiving unit decided on a referral."""

from __future__ import annotations

import re
from datetime import date

from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.values import statuses
from tracker.rules.codes import Decision
from tracker.translation import gettext as _

from .cells import Cells

WORDS = {
    Decision.ACCEPTED: ("accepted", "adopted", "approved", "taken_up"),
    Decision.ACCEPTED_IN_PART: ("accepted_in_part", "partly_accepted", "accepted_as_modified"),
    Decision.DECLINED: ("declined", "rejected", "not_accepted", "denied"),
    Decision.REPORTED_BACK: ("reported_back", "reported", "report_made"),
}


def row_decision(
    cells: Cells, year: int | None, floor_on: date | None
) -> tuple[Decision | None, date | None]:
    """The decision with its day: none without it, since an answer rests on the day."""
    field = _field_of_decision(cells)
    cell = cells[field] if field else ""
    if field is None or not cell:
        return None, None
    decision = statuses.decision_in_table(cell, cells.reading.mapping.statuses) or _by_words(cell)
    on = cells.day(
        Field.REFERRAL_DECIDED_ON, year, not_before=floor_on, not_after=cells.reading.today
    )
    if decision is None:
        cells.warn(
            Field.REFERRAL_DECISION,
            _("%(cell)r is no decision that we know.", cell=cell[:60]),
            remedies.say_what_was_decided(),
        )
        return None, None
    if on is None:
        cells.warn(
            field, _("The decision has no day."), _("Give it in a column referral_decided_on.")
        )
        return None, None
    return decision, on


def _field_of_decision(cells: Cells) -> Field | None:
    """Its own column; else one that speaks of the floor too, where the mapping says so."""
    if cells[Field.REFERRAL_DECISION]:
        return Field.REFERRAL_DECISION
    table = cells.reading.mapping.statuses
    for field in (Field.STATUS, Field.FLOOR_ACTION):
        if statuses.decision_in_table(cells[field], table):
            return field
    return None


def _by_words(cell: str) -> Decision | None:
    words = re.sub(r"\W+", "_", cell.casefold()).strip("_")
    return next((decision for decision, known in WORDS.items() if words in known), None)
