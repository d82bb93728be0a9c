"""Whatever an office's table holds, it is read without a guess that breaks.

Every row is accounted for, and the same table again changes nothing.
"""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, counts, messages, table
from tracker.importing.problems import Unreadable

HEADINGS = [
    "Year",
    "Kind",
    "NBI #",
    "Title",
    "Text",
    "Disposition",
    "Floor action",
    "Status",
    "Date",
    "Referred to",
    "Recommendation",
    "Vote",
    "Cost",
    "Dept",
    "Staff contact",
    "Due",
    "Complete?",
    "Progress",
    "Update",
    "Update date",
    "Spent",
    "Budgeted",
    "Submitted by",
    "Maker",
    "Seconded by",
    "Contact",
    "Contact state",
    "Merged into",
    "Rationale",
    "Notes",
    "Referral decision",
    "Referral decided on",
    "Code",
    "Cut off",
]
CELLS = [
    "",
    "",
    "",
    "2018",
    "2017",
    "1",
    "2",
    "6A",
    "A",
    "NBI 3",
    "2018-nbi-004",
    "Bylaw Amendment",
    "New Business Item",
    "Adopted",
    "Adopted as modified and referred to the Board",
    "Referred to the appropriate committee",
    "Defeated",
    "W/D",
    "Consolidated with NBI 2",
    "Consolidated with NBI 1",
    "complete",
    "In progress",
    "Y",
    "N",
    "no",
    "not started",
    "payment pending",
    "On hold",
    "will not be done",
    "no further action",
    "7/4/2018",
    "7/31/2018",
    "31/7/2018",
    "2018-07-04",
    "2031-01-01",
    "July 4, 2018",
    "43285",
    "soon",
    "$31,000",
    "$10,000-$20,000",
    "No additional cost",
    "TBD",
    "-5",
    "($7)",
    "1.234,50 €",
    "120-3",
    "38 for, 40 against",
    "voice",
    "accepted",
    "declined",
    "reported back",
    "Board of Directors",
    "Ana Roe, CA",
    "Texas",
    "50 Delegates",
    "Safety",
    "The union shall print a guide.",
    "The review will be posted on",
    "Consolidated with NBI 2\nShall do it",
    "=SUM(A1)",
    "- one\n- two",
    "<script>alert(1)</script>",
    "مرحبا بالعالم",
    "‮evil",
    "naïve café &amp; o\ufb03ce",
    "x" * 300,
    "Total",
    "N/A",
    "0",
    "%s %(x)s {0}",
    "[bold]x[/bold]",
    "ana@example.org",
    "-",
    "None",
    "nan",
    "#N/A",
    "Closed",
    "In progress; see the report of the committee on the matter",
    "Not to exceed $5,000",
    "Lee Chan",
    "\x00\x01",
    "'quoted",
    "''-x",
]
NUMBERS = ["1", "2", "3", "6A", "A", "NBI 4", "2018-nbi-005", ""]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Any columns beside a number and a title, with whatever cells; now and then without them."""
    headings = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=14, unique=True))
    if draw(st.integers(0, 9)):
        headings = list(dict.fromkeys(["NBI #", "Title", *headings]))
    cell = st.sampled_from(CELLS)
    rows = draw(
        st.lists(
            st.lists(cell, min_size=len(headings), max_size=len(headings)), min_size=1, max_size=6
        )
    )
    if "NBI #" in headings:
        for row in rows:
            row[headings.index("NBI #")] = draw(st.sampled_from(NUMBERS))
    return headings, rows


@pytest.mark.slow
@settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(tables(), st.sampled_from([None, "2018"]), st.sampled_from([None, date(2018, 8, 31)]))
def test_any_table(
    engine: sa.Engine,
    made: tuple[list[str], list[list[str]]],
    convention: str | None,
    updates_on: date | None,
) -> None:
    headings, rows = made
    sheet = table(headings, *rows)
    with Session(engine) as session:
        office = Office(session)
        try:
            preview = office.take(sheet, convention=convention, updates_on=updates_on)
        except Unreadable as refused:
            assert "\n" not in str(refused)
            return
        new, changed, same, rejected = counts(preview)
        assert preview.read == new + changed + same + rejected <= len(rows), messages(preview)
        again = office.look(sheet, convention=convention, updates_on=updates_on)
        assert counts(again) == (0, 0, new + changed + same, rejected), [
            (row.code, row.changes, row.kept) for row in again.rows if row.changes or row.kept
        ]
        for slug in {row.convention for row in preview.rows if row.convention and row.code}:
            exported = office.look(office.export(slug))
            assert counts(exported)[:2] == (0, 0), (
                [(row.code, row.changes) for row in exported.rows if row.changes],
                messages(exported),
            )
