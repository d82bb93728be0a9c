"""Cells that a spreadsheet would take for formulas."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.formatting.spreadsheets import marked
from tracker.importing.rows.cells import unmarked


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=50))
def test_what_is_marked_as_text_is_unmarked_again(cell: str) -> None:
    assert unmarked(marked(cell)) == cell
    assert not marked(cell).startswith(("=", "+", "-", "@"))
