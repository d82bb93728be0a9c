"""Cells that go out to a spreadsheet."""

from __future__ import annotations

import re


def marked(cell: str) -> str:
    """What a spreadsheet would read as a formula is written as text.

    The other way round: `importing.rows.cells.unmarked`.
    """
    return "'" + cell if re.match(r"'*[=+\-@]", cell) else cell
