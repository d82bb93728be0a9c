"""What tests of lists of other bodies look at in a preview."""

from __future__ import annotations

from datetime import date

from tracker.importing.planning.models import Preview
from tracker.importing.rows.imported_row import ImportedRow

TODAY = date(2026, 11, 29)


def row(preview: Preview, number: int) -> ImportedRow:
    return next(item_row.row for item_row in preview.rows if item_row.item_number == str(number))


def actions(preview: Preview, number: int) -> list[str]:
    return [action.action.value for action in row(preview, number).floor]
