"""Lists that go out as XLSX and CSV come back in as the same, whatever the items hold; what was
changed in one cell is the one change; a unit's sheet brings entries that wait, and nothing else.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories.import_office import HEADINGS, Office, counts, messages, table
from tests.factories.workbooks import workbook
from tracker.importing.codes import Followed
from tracker.importing.lists_out.choices import PROGRESS, choices_of
from tracker.importing.lists_out.columns import UNIT_SHEET, WHOLE_LIST, ChoiceList
from tracker.importing.lists_out.lists import ListOut
from tracker.importing.planning.entry_comparison import CLAIMS
from tracker.importing.planning.models import Preview
from tracker.importing.tables.column_reader import understand
from tracker.importing.tables.columns import Sure
from tracker.importing.tables.sheets import read_bytes
from tracker.importing.tables.sources import CHOICES_SHEET
from tracker.importing.values import statuses
from tracker.importing.writing import plan_writer
from tracker.record.progress import Claim
from tracker.rules.codes import Claimed

LIST = table(
    HEADINGS,
    (
        "2018",
        "1",
        "Air",
        "Shall be clean.",
        "Texas",
        "Adopted as modified and referred to the Budget Committee",
        "2018-07-04",
        "If two meet, $31,000 more.",
        "Safety",
        "Ana Roe",
        "2019-01-01",
        "560750.13",
        "100",
    ),
    ("2018", "003", "=1+1", "", "", "Adopted", "2018-07-05", "", "Press", "", "", "", ""),
    ("2018", "6A", "Fire", "", "", "Consolidated with NBI 1", "", "", "", "", "", "", ""),
)


def came_back(office: Office, out: ListOut) -> tuple[Preview, Preview]:
    """By XLSX and by CSV."""
    by_workbook = office.look(office.workbook(out))
    return by_workbook, office.look(out.as_csv())


def changed(out: ListOut, code: str, **cells: str) -> ListOut:
    rows = [{**row, **cells} if row["code"] == code else row for row in out.rows]
    return ListOut(columns=out.columns, rows=rows)


@pytest.mark.parametrize("unit", [None, "Safety"])
def test_an_unchanged_list_is_the_same_and_asks_nothing(office: Office, unit: str | None) -> None:
    office.take(LIST)
    for preview in came_back(office, office.list_out(unit)):
        assert counts(preview) == (0, 0, 1 if unit else 3, 0), preview.rows
        assert not preview.problems, messages(preview)


def test_every_column_is_understood_for_sure() -> None:
    for columns in (WHOLE_LIST, UNIT_SHEET):
        understood = understand([column.name for column in columns], [])
        assert all(column.sure is Sure.SURE for column in understood)


def test_one_changed_cell_is_the_one_change(office: Office) -> None:
    office.take(LIST)
    for name, before, after in (
        ("due", date(2019, 1, 1), "2019-02-03"),
        ("title", "Air", "Clean air"),
        ("lead", "Safety", "Press"),
        ("appropriated", Decimal(100), "250.10"),
    ):
        edited = changed(office.list_out(), "nbi-1", **{name: after})
        for preview in came_back(office, edited):
            assert counts(preview) == (0, 1, 2, 0), messages(preview)
            [change] = [change for row in preview.rows for change in row.changes]
            assert (change.field, change.before) == (name, before)


def test_the_words_to_choose_from_are_those_that_are_read(office: Office) -> None:
    office.take(LIST)
    choices = choices_of(office.names())
    for claimed, words in PROGRESS.items():
        status = statuses.read(words, yes_is_done=True)
        assert status.clear and not status.floor and not status.not_understood
        assert CLAIMS[status.followed or Followed.NOTHING] is claimed
    for code, _meaning in choices[ChoiceList.FLOOR_ACTIONS]:
        assert [word.action.value for word in statuses.read(code).floor] == [code]
    assert [name for name, _meaning in choices[ChoiceList.UNITS]] == [
        "Budget Committee",
        "Press",
        "Safety",
    ]
    assert [name for name, _meaning in choices[ChoiceList.PEOPLE]] == ["Ana Roe"]


def test_days_amounts_and_words_stand_in_the_workbook_as_such(office: Office) -> None:
    """Words that a spreadsheet would take for a formula stay words; ids are locked."""
    office.take(LIST)
    with zipfile.ZipFile(io.BytesIO(office.workbook(office.list_out()))) as package:
        items = package.read("xl/worksheets/sheet1.xml").decode()
        words = package.read("xl/sharedStrings.xml").decode()
        looks = package.read("xl/styles.xml").decode()
    assert "<f>" not in items and "=1+1" in words
    assert "560750.13" in items and "560750.13" not in words
    assert "2018-07-05" not in words
    assert 'quotePrefix="1"' in looks and 'locked="0"' in looks
    assert "<sheetProtection" in items and "password" not in items
    assert 'state="frozen"' in items
    lists_of_words = re.findall(r"<formula1>([^<]*)</formula1>", items)
    assert len([words for words in lists_of_words if CHOICES_SHEET in words]) == 8


def test_a_text_that_no_cell_can_hold_is_left_out_and_no_change(office: Office) -> None:
    longest = "x" * 32_767
    office.take(
        table(
            ("Year", "NBI", "Title", "Text"),
            ("2018", "1", "One", f"Long. {'word ' * 9000}End."),
            ("2018", "2", "<r>Two</r>", longest),
            ("2018", "3", "Three\ufffe", "'=Three _x000D_"),
            ("2018", "4", "-Four", "'-4"),
        )
    )
    out = office.list_out()
    assert counts(office.look(office.workbook(out))) == (0, 0, 4, 0)
    [items] = read_bytes(office.workbook(out), "list.xlsx").sheets
    assert items.rows[1][2] == "" and len(items.rows[2][2]) == 32_767
    with zipfile.ZipFile(io.BytesIO(office.workbook(out))) as package:
        assert "cannot stand in a cell" in package.read("xl/comments1.xml").decode()


def test_only_our_own_sheet_of_words_is_left_out_without_a_word(office: Office) -> None:
    rows: list[list[object]] = [["Year", "NBI", "Title"], ["2018", "1", "One"]]
    words: list[list[object]] = [["Units"], ["Press"], ["Safety"]]
    with_words = workbook(("List", rows), (CHOICES_SHEET, words))
    assert "sheet" not in messages(office.look(with_words))
    with_another = workbook(("List", rows), ("Something else", words))
    assert "'Something else' has other columns" in messages(office.look(with_another))


def test_the_sheet_of_a_unit_has_its_items_and_brings_entries_that_wait(office: Office) -> None:
    office.take(LIST)
    out = office.list_out("Safety")
    assert [row["code"] for row in out.rows] == ["nbi-1"]
    filled_in = changed(
        out,
        "nbi-1",
        progress="done",
        update="All schools have new filters.",
        updated_on="2018-08-20",
        spent="560800.13",
        title="Another title",
        lead="Press",
        due="2030-01-01",
        notes_for_the_office="Ask Ana.",
    )
    for preview in came_back(office, filled_in):
        assert counts(preview) == (0, 1, 0, 0)
        [row] = preview.rows
        assert {change.field for change in row.changes} == {
            "update",
            "claimed",
            "spent",
            "notes_for_the_office",
        }, row.changes
    plan_writer.apply(
        office.session, office.look(office.workbook(filled_in)), office.now, release=True
    )
    page = office.item("nbi-1")
    assert (page.title, page.lead and page.lead.unit, page.waiting) == ("Air", "Safety", 2)
    assert page.money.spent is None and page.money.spent_waiting == Decimal("560800.13")
    assert counts(office.look(office.workbook(office.list_out("Safety")))) == (0, 0, 1, 0)
    assert counts(office.look(office.workbook(filled_in))) == (0, 0, 1, 0)


@pytest.mark.parametrize(("claimed", "words"), PROGRESS.items())
def test_each_word_of_progress_comes_in_as_its_claim(
    office: Office, claimed: Claimed, words: str
) -> None:
    office.take(LIST)
    filled_in = changed(office.list_out("Press"), "nbi-3", progress=words, update="So it is.")
    office.take(office.workbook(filled_in))
    with_claims = list(office.session.scalars(sa.select(Claim.claimed).order_by(Claim.id)))
    assert office.item("nbi-3").waiting == 1 and with_claims[-1] is claimed
