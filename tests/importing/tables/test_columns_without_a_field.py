"""Cells for which the record has no field.

They stay inside until the office opens their column, on every page, report and day.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter

from tests.factories.import_office import Office, counts, messages, table
from tracker.acts import act_context, progress
from tracker.acts import columns as acts
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence, Opening
from tracker.importing.tables import hidden_cells
from tracker.importing.tables.sheets import read_bytes
from tracker.reading.audience import OFFICE, PUBLIC, Audience, staff
from tracker.reading.columns import columns
from tracker.reading.item import page, pages
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body, Unit
from tracker.record.items import Item
from tracker.record.ledger_tables import Event
from tracker.record.progress import Entry
from tracker.record.verification import verify
from tracker.rules.codes import ColumnVisibility, EvidenceKind, Role
from tracker.rules.columns import Guard
from tracker.rules.permissions import COMMAND_LINE, Actor, Grant, NotAllowed
from tracker.rules.refusals import Refusal, Refused

HEADINGS = (
    "NBI #",
    "Title",
    "Text",
    "Disposition",
    "Date",
    "Dept",
    "Goal area",
    "Staff memo",
    "E-mail",
    "Complete?",
)
ROW = (
    "1",
    "Guide to air",
    "NEA shall print a guide.",
    "Adopted",
    "2018-07-03",
    "Publishing",
    "Seen in minutes",
    "SECRET memo",
    "ana@example.org",
    "Y",
)
WHOLE = {"opened": date(2018, 7, 2), "closed_on": date(2018, 7, 5)}


def context_for(office: Office, actor: Actor = COMMAND_LINE, days: int = 0) -> ActContext:
    office.now += timedelta(seconds=1)
    return act_context.for_body(
        office.session, office.convention().body_id, actor, office.now + timedelta(days=days)
    )


def seen(office: Office, audience: Audience = PUBLIC, as_of: AsOf | None = None) -> list[str]:
    item_id = office.item("nbi-1").id
    shown = page(
        office.session, office.convention().body_id, item_id, as_of or AsOf(office.today), audience
    )
    assert shown
    return [cell.column for cell in shown.source]


def test_they_are_inside_until_the_office_opens_their_column(office: Office) -> None:
    office.take(table(HEADINGS, ROW), **WHOLE)
    assert seen(office) == []
    assert "SECRET" not in str(
        pages(
            office.session,
            office.convention().body_id,
            [office.item("nbi-1").id],
            AsOf(office.today),
            PUBLIC,
        )
    )
    publishing = office.session.scalars(
        sa.select(Unit.id).where(Unit.body_id == office.convention().body_id)
    ).one()
    everything = ["Goal area", "Staff memo", "E-mail"]
    assert seen(office, OFFICE) == seen(office, staff(frozenset({publishing}))) == everything
    assert seen(office, staff(frozenset({publishing + 1}))) == []
    assert all(cell.internal for cell in office.item("nbi-1").source)
    acts.open_column(context_for(office), office.convention(), ["Goal area"])
    assert seen(office) == ["Goal area"]
    assert [cell.internal for cell in office.item("nbi-1").source] == [False, True, True]
    acts.close_column(context_for(office), office.convention(), ["Goal area"])
    assert seen(office) == [] and seen(office, OFFICE) == everything
    assert list(verify(office.session, office.convention().body_id)) == []


def test_openness_is_judged_by_today_whatever_the_day(office: Office) -> None:
    office.take(table(HEADINGS, ROW), **WHOLE)
    zone = context_for(office).zone
    first_day = AsOf.known_on(office.today, zone)
    acts.open_column(context_for(office, days=3), office.convention(), ["Goal area"])
    assert seen(office, as_of=first_day) == ["Goal area"]
    acts.close_column(context_for(office, days=5), office.convention(), ["Goal area"])
    assert seen(office, as_of=AsOf.known_on(office.today + timedelta(days=4), zone)) == []
    assert seen(office, as_of=AsOf.happened_by(office.today)) == []


def test_what_comes_later_into_an_open_column_shows(office: Office) -> None:
    office.take(table(HEADINGS, ROW), **WHOLE)
    acts.open_column(context_for(office), office.convention(), ["Goal area"])
    office.take(table(HEADINGS, (*ROW[:6], "A second remark", *ROW[7:])))
    assert [cell.words for cell in office.item("nbi-1").source if not cell.internal] == [
        "A second remark"
    ]


def test_the_row_that_is_evidence_holds_no_closed_cell(office: Office) -> None:
    office.take(table(HEADINGS, ROW), **WHOLE)
    item = office.session.get_one(Item, office.item("nbi-1").id)
    entry = office.session.scalars(sa.select(Entry).where(Entry.item_id == item.id)).one()
    progress.release(context_for(office), item, entry, Opening(stays_inside=[]))
    public = page(office.session, office.convention().body_id, item.id, AsOf(office.today), PUBLIC)
    assert public and "Disposition: Adopted" in str(public.record)
    assert (
        "SECRET" not in str(public)
        and "ana@example.org" not in str(public)
        and "Seen in minutes" not in str(public)
    )


def test_rows_of_earlier_versions_are_shown_without_closed_cells(office: Office) -> None:
    """They hold all cells of the row: those of closed columns are left out when members read it."""
    office.take(table(HEADINGS, ROW), **WHOLE)
    item = office.session.get_one(Item, office.item("nbi-1").id)
    old = NewEvidence(
        kind=EvidenceKind.ROW,
        title="list.csv, 2",
        words="Title: Guide to air\nGoal area: Seen in minutes\nStaff memo: SECRET memo\nDept: x",
        internal=False,
    )
    entry = progress.log(
        context_for(office),
        item,
        progress.NewEntry(words="Word", on=office.today, claims=[], evidence=[old]),
    )
    progress.release(
        context_for(office, Actor(9, frozenset({Grant(Role.GOVERNANCE)}))), item, entry
    )

    def words() -> list[str | None]:
        public = page(
            office.session, office.convention().body_id, item.id, AsOf(office.today), PUBLIC
        )
        assert public
        return [evidence.words for moment in public.record for evidence in moment.evidence]

    assert words() == ["Title: Guide to air\nDept: x"]
    acts.open_column(context_for(office), office.convention(), ["Goal area"])
    assert words() == ["Title: Guide to air\nGoal area: Seen in minutes\nDept: x"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GOVERNANCE])
@pytest.mark.parametrize("act", [acts.open_column, acts.close_column])
def test_only_governance_opens_and_closes(
    office: Office, act: Callable[..., None], role: Role
) -> None:
    office.take(table(HEADINGS, ROW), **WHOLE)
    actor = Actor(9, frozenset({Grant(role, 1 if role in (Role.MANAGER, Role.STAFF) else None)}))
    with pytest.raises(NotAllowed):
        act(context_for(office, actor), office.convention(), ["Goal area"])
    acts.open_column(
        context_for(office, Actor(9, frozenset({Grant(Role.GOVERNANCE)}))),
        office.convention(),
        ["Goal area"],
    )
    with pytest.raises(NotAllowed):
        act(context_for(office, actor), office.convention(), ["Goal area"])


def test_a_guarded_column_opens_only_alone(office: Office) -> None:
    office.take(table(HEADINGS, ROW), **WHOLE)
    with pytest.raises(Refused) as refused:
        acts.open_column(context_for(office), office.convention(), ["Goal area", "Staff memo"])
    assert refused.value.code is Refusal.COLUMN_OPENS_ALONE
    office.session.rollback()
    acts.open_column(context_for(office), office.convention(), ["Staff memo"])
    body = office.session.get_one(Body, office.convention().body_id)
    assert [
        (column.heading, column.items, column.guard, column.open)
        for column in columns(office.session, body)
    ] == [
        ("E-mail", 1, Guard.PERSONAL, False),
        ("Goal area", 1, None, False),
        ("Staff memo", 1, Guard.CONFIDENTIAL, True),
    ]
    assert not any(column.closed_by_upgrade for column in columns(office.session, body))


# --- what a workbook hides ----------------------------------------------------------------------


def workbook(
    *rows: tuple[str, ...],
    hidden: tuple[int, ...] = (),
    narrow: tuple[int, ...] = (),
    hidden_rows: tuple[int, ...] = (),
    more: bool = False,
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Items")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    for place in hidden:
        sheet.set_column(place, place, None, None, {"hidden": True})
    for place in narrow:
        sheet.set_column(place, place, 0)
    for place in hidden_rows:
        sheet.set_row(place, None, None, {"hidden": True})
    if more:
        other = book.add_worksheet("Working notes")
        other.write_row(0, 0, rows[0])
        other.hide()
    book.close()
    return out.getvalue()


PLAIN = ("NBI #", "Title", "Text", "Disposition", "Goal area", "Rationale")
FIRST = ("1", "Guide to air", "NEA shall print a guide.", "Adopted", "Goal 3", "A hidden reason")
SECOND = (
    "2",
    "Safe buses",
    "NEA shall survey buses.",
    "Adopted",
    "Another",
    "Another hidden reason",
)


@pytest.mark.parametrize("how", ["hidden", "narrow"])
def test_hidden_columns_are_kept_inside_and_fill_no_field(office: Office, how: str) -> None:
    office.file = "list.xlsx"
    places: Any = {how: (4, 5)}
    preview = office.take(workbook(PLAIN, FIRST, SECOND, **places), **WHOLE)
    assert "hides the column" in messages(preview) and "not taken as rationale" in messages(preview)
    item = office.item("nbi-1")
    assert (
        item.text
        and item.text.rationale is None
        and [cell.column for cell in item.source] == ["Goal area", "Rationale"]
    )
    body = office.session.get_one(Body, office.convention().body_id)
    assert {column.heading: column.guard for column in columns(office.session, body)} == {
        "Goal area": Guard.HIDDEN,
        "Rationale": Guard.HIDDEN,
    }


def test_the_mapping_may_say_that_a_hidden_column_is_meant(office: Office) -> None:
    office.file = "list.xlsx"
    preview = office.take(
        workbook(PLAIN, FIRST, hidden=(5,)), {"columns": {"Rationale": "rationale"}}, **WHOLE
    )
    assert "hides" not in messages(preview)
    item = office.item("nbi-1")
    assert item.text and item.text.rationale == "A hidden reason"


def test_hidden_numbers_still_say_which_item_it_is(office: Office) -> None:
    office.file = "list.xlsx"
    assert counts(office.take(workbook(PLAIN, FIRST, SECOND, hidden=(0,)), **WHOLE)) == (2, 0, 0, 0)
    assert set(office.items()) == {"nbi-1", "nbi-2"}


def test_a_column_that_is_shown_is_as_before(office: Office) -> None:
    office.file = "list.xlsx"
    preview = office.take(workbook(PLAIN, FIRST, SECOND), **WHOLE)
    assert "hid" not in messages(preview)
    item = office.item("nbi-1")
    assert item.text and item.text.rationale == "A hidden reason"
    body = office.session.get_one(Body, office.convention().body_id)
    assert {column.heading: column.guard for column in columns(office.session, body)} == {
        "Goal area": None
    }


def test_hidden_rows_and_sheets_are_left_out_and_named(office: Office) -> None:
    office.file = "list.xlsx"
    preview = office.take(workbook(PLAIN, FIRST, SECOND, hidden_rows=(2,), more=True), **WHOLE)
    assert counts(preview) == (1, 0, 0, 0)
    assert "warning: 3 None: The row is hidden" in messages(
        preview
    ) and "'Working notes' is hidden" in messages(preview)


def test_confidential_headings_fill_no_field(office: Office) -> None:
    preview = office.take(
        table(
            (
                "NBI #",
                "Title",
                "Disposition",
                "Internal rationale",
                "Contact e-mail",
                "Contact",
                "Confidential update",
            ),
            ("1", "Guide", "Adopted", "Because", "ana@example.org", "Ana Roe", "Unhappy maker"),
        ),
        **WHOLE,
    )
    item = office.item("nbi-1")
    assert (item.text is None or item.text.rationale is None) and item.waiting == 0, messages(
        preview
    )
    assert [cell.column for cell in item.source] == [
        "Internal rationale",
        "Contact e-mail",
        "Confidential update",
    ]
    assert [sponsor.name for sponsor in item.sponsors] == ["Ana Roe"]


NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<?xml version="1.0"?>
<office:document-content xmlns:office="{NAMESPACE}:office:1.0"
  xmlns:table="{NAMESPACE}:table:1.0" xmlns:text="{NAMESPACE}:text:1.0" office:version="1.2">
<office:body><office:spreadsheet>
<table:table table:name="Items">
<table:table-column table:number-columns-repeated="2"/>
<table:table-column table:visibility="collapse"/>
ROWS
</table:table>
</office:spreadsheet></office:body></office:document-content>"""
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
MANIFEST = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{NAMESPACE}:manifest:1.0"/>'


def ods(*rows: tuple[str, ...], last: str = "") -> bytes:
    rows_of_xml = []
    for cells in rows:
        attribute = last if cells is rows[-1] else ""
        cells_of_xml = "".join(ODS_CELL.format(cell) for cell in cells)
        rows_of_xml.append(f"<table:table-row{attribute}>{cells_of_xml}</table:table-row>")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", ODS.replace("ROWS", "".join(rows_of_xml)))
        package.writestr("META-INF/manifest.xml", MANIFEST)
    return out.getvalue()


def test_ods_tells_what_it_hides() -> None:
    read = read_bytes(
        ods(
            ("No", "Title", "Notes"),
            ("1", "Guide", "x"),
            ("2", "Buses", "y"),
            last=' table:visibility="filter"',
        ),
        "list.ods",
    )
    assert read.sheets[0].hidden_columns == frozenset({2}) and read.sheets[
        0
    ].hidden_rows == frozenset({2})


def test_a_package_that_defines_entities_tells_nothing() -> None:
    plain = workbook(PLAIN, FIRST)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aa">]><worksheet', 1)
            after.writestr(name, data)
    try:
        sheets = read_bytes(out.getvalue(), "list.xlsx").sheets
    except Exception as error:  # the reader of cells may refuse it as well
        assert "list.xlsx" in str(error)
    else:
        assert sheets[0].hidden_columns is None


def test_what_is_not_told_opens_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden_cells, "of_package", lambda package: None)
    office.file = "list.xlsx"
    preview = office.take(workbook(PLAIN, FIRST), **WHOLE)
    assert {column.visibility for column in preview.columns} == {ColumnVisibility.NOT_TOLD}
    body = office.session.get_one(Body, office.convention().body_id)
    assert [column.guard for column in columns(office.session, body)] == [Guard.NOT_TOLD]


# --- updates without a day ----------------------------------------------------------------------


def test_an_update_without_a_day_is_an_entry_that_waits(office: Office) -> None:
    headings = ("NBI #", "Title", "Disposition", "Update", "Progress")
    row = ("1", "Guide to air", "Adopted", "Letter sent to nobody", "In progress")
    preview = office.take(table(headings, row), **WHOLE)
    assert "its day is not known" in messages(preview)
    item = office.item("nbi-1")
    waiting = [moment for moment in item.record if moment.waiting]
    assert (
        item.waiting == len(waiting) == 1
        and waiting[0].words == "Letter sent to nobody"
        and item.source == ()
    )
    entry = office.session.scalars(sa.select(Entry).where(Entry.item_id == item.id)).one()
    event = office.session.get_one(Event, entry.recorded_by)
    assert event.effective_on == office.today and not event.day_known
    public = page(office.session, office.convention().body_id, item.id, AsOf(office.today), PUBLIC)
    assert public and "Letter sent" not in str(public)
    assert counts(office.look(table(headings, row))) == (0, 0, 1, 0)
    office.today += timedelta(days=30)
    assert counts(office.look(table(headings, row))) == (0, 0, 1, 0)


def test_one_with_a_day_is_as_before(office: Office) -> None:
    office.take(
        table(
            ("NBI #", "Title", "Disposition", "Update"), ("1", "Guide", "Adopted", "Letter sent")
        ),
        updates_on=date(2018, 8, 1),
        **WHOLE,
    )
    assert [
        (moment.words, moment.on) for moment in office.item("nbi-1").record if moment.waiting
    ] == [("Letter sent", date(2018, 8, 1))]
