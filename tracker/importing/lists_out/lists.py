"""What a list that goes out has in its rows: all items of a convention, or those of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.formatting import labels
from tracker.importing import export
from tracker.importing.export import ItemExport
from tracker.importing.tables.column_reader import NOTES_OF_A_UNIT
from tracker.reading.audience import Audience
from tracker.reading.body_context import BodyContext
from tracker.reading.item import ItemPage, pages
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.loader import load
from tracker.rules.permissions import units_of

from .choices import choices_of
from .columns import UNIT_SHEET, WHOLE_LIST, ListColumn
from .workbook import as_workbook


@dataclass(frozen=True, kw_only=True)
class ListOut:
    """`rows` have the cells of all columns, by name, as a CSV has them."""

    columns: Sequence[ListColumn]
    rows: Sequence[dict[str, str]]

    def as_csv(self) -> str:
        """The whole list has its columns in the order of the command's export."""
        headings = [column.name for column in self.columns]
        is_whole = set(headings) == set(export.HEADINGS)
        return export.csv_of(export.HEADINGS if is_whole else headings, self.rows)

    def as_workbook(self, context: BodyContext) -> bytes:
        return as_workbook(self.columns, self.rows, choices_of(context))


def whole_list(items: ItemExport, revision: int) -> ListOut:
    return ListOut(columns=WHOLE_LIST, rows=export.cells_of_rows(items, revision))


def unit_sheet(items: ItemExport, revision: int, unit: str) -> ListOut:
    """What is new is filled in: words of progress, what was done, its day, the total spent."""
    rows = []
    for page, cells in zip(items.pages, export.cells_of_rows(items, revision), strict=True):
        money = page.money
        known = [amount for amount in (money.spent, money.spent_waiting) if amount is not None]
        notes = [cell.words for cell in page.source if cell.column == NOTES_OF_A_UNIT]
        cells |= {
            "sheet_of_unit": unit,
            "title": page.title,
            "standing": labels.standing(page.standing),
            "progress": "",
            "update": "",
            "updated_on": "",
            "spent": f"{sum(known):.2f}" if known else "",
            NOTES_OF_A_UNIT: notes[0] if notes else "",
        }
        rows.append({column.name: cells[column.name] for column in UNIT_SHEET})
    return ListOut(columns=UNIT_SHEET, rows=rows)


def pages_of_unit(
    session: Session,
    convention: Convention,
    unit_ids: frozenset[int],
    as_of: AsOf,
    audience: Audience,
) -> list[ItemPage]:
    """The items that these units (one, and what was merged into it) lead or contribute to, in the
    order of a printed list.
    """
    item_ids = session.scalars(
        sa.select(Item.id).where(Item.convention_id == convention.id).order_by(Item.id)
    ).all()
    facts = load(session, convention.body_id, item_ids, as_of)
    of_unit = [
        item_id for item_id in item_ids if item_id in facts and units_of(facts[item_id]) & unit_ids
    ]
    by_id = pages(session, convention.body_id, of_unit, as_of, audience)
    return sorted(by_id.values(), key=export.printed_order)
