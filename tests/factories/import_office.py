"""An office that imports lists: the whole way from bytes to the record, in a body of its own, on a
fixed day.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.importing import export
from tracker.importing.lists_out import lists
from tracker.importing.lists_out.lists import ListOut
from tracker.importing.planning.models import Preview, RowOutcome
from tracker.importing.planning.options import ImportOptions
from tracker.importing.planning.preview import preview
from tracker.importing.rows import mapping_file
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.tables.sheets import read_bytes
from tracker.importing.writing import plan_writer
from tracker.reading.audience import OFFICE
from tracker.reading.body_context import BodyContext, load_body_context
from tracker.reading.item import ItemPage, pages
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.rules.rosters import name_key

_bodies = count(1)
TODAY = date(2018, 9, 1)
# of a list whose columns are all understood
HEADINGS = (
    "Year",
    "NBI",
    "Title",
    "Text",
    "Submitted by",
    "Status",
    "Date",
    "Cost",
    "Dept",
    "Person",
    "Due",
    "Spent",
    "Budgeted",
)


class Office:
    def __init__(self, session: Session, today: date = TODAY) -> None:
        self.session, self.today, self.body = session, today, f"union-{next(_bodies)}"
        self.now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
        self.file = "list.csv"

    def look(
        self,
        table: str | bytes,
        mapping: dict[str, Any] | ListMapping | None = None,
        **options: Any,
    ) -> Preview:
        data = table.encode() if isinstance(table, str) else table
        if not isinstance(mapping, ListMapping):
            mapping = mapping_file.mapping_of(mapping or {})
        return preview(
            self.session,
            read_bytes(data, self.file),
            mapping,
            ImportOptions(body=self.body, **{"create": True, **options}),
            self.today,
        )

    def take(
        self,
        table: str | bytes,
        mapping: dict[str, Any] | ListMapping | None = None,
        **options: Any,
    ) -> Preview:
        """As `import items FILE` does, rejected rows left out."""
        plan = self.look(table, mapping, **options)
        self.now += timedelta(seconds=1)
        plan_writer.apply(self.session, plan, self.now)
        self.session.commit()
        return plan

    def convention(self, slug: str = "2018") -> Convention:
        return self.session.scalars(
            sa.select(Convention)
            .join(Body, Body.id == Convention.body_id)
            .where(Body.slug == self.body, Convention.slug == slug)
        ).one()

    def item(self, code: str, slug: str = "2018") -> ItemPage:
        return self.items(slug)[code]

    def items(self, slug: str = "2018") -> dict[str, ItemPage]:
        convention = self.convention(slug)
        keys = [item.id for item in self.session.query(Item).filter_by(convention_id=convention.id)]
        by_id = pages(self.session, convention.body_id, keys, AsOf(self.today), OFFICE)
        return {page.code: page for page in by_id.values()}

    def export(self, slug: str = "2018") -> str:
        convention = self.convention(slug)
        at = AsOf(self.today)
        items = export.ItemExport(
            body=self.body,
            convention=slug,
            day=self.today,
            pages=export.item_pages(self.session, convention, at),
        )
        return export.as_csv(items, export.revision(self.session, convention.body_id, at))

    def list_out(self, unit: str | None = None, slug: str = "2018") -> ListOut:
        """The whole list, or the sheet of one unit."""
        convention, at = self.convention(slug), AsOf(self.today)
        names = self.names().unit_names
        revision = export.revision(self.session, convention.body_id, at)
        if unit is None:
            pages = export.item_pages(self.session, convention, at)
        else:
            family = frozenset(names.family(names.by_name[name_key(unit)]))
            pages = lists.pages_of_unit(self.session, convention, family, at, OFFICE)
        items = export.ItemExport(body=self.body, convention=slug, day=self.today, pages=pages)
        return (
            lists.unit_sheet(items, revision, unit) if unit else lists.whole_list(items, revision)
        )

    def workbook(self, out: ListOut) -> bytes:
        return out.as_workbook(self.names())

    def names(self) -> BodyContext:
        """Of units and people, among all that surrounds the items."""
        body_id = self.session.scalars(sa.select(Body.id).where(Body.slug == self.body)).one()
        return load_body_context(self.session, body_id, AsOf(self.today), names=True)


def table(headings: Sequence[str], *rows: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue()


def counts(plan: Preview) -> tuple[int, int, int, int]:
    """new, changed, same, rejected"""
    return (
        plan.count(RowOutcome.NEW),
        plan.count(RowOutcome.CHANGED),
        plan.count(RowOutcome.SAME),
        plan.count(RowOutcome.REJECTED),
    )


def messages(plan: Preview) -> str:
    return "\n".join(
        f"{problem.severity}: {problem.row} {problem.column}: {problem.message}"
        for problem in plan.problems
    )
