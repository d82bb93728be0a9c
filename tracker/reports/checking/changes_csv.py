"""What has changed since a report, as CSV: one line for each part of an item that differs."""

from __future__ import annotations

import csv
import io

from tracker.formatting.spreadsheets import marked
from tracker.rules.report_changes import ReportChanges, Row

from .verification import CheckedReport

HEADINGS = ("report", "as_of", "convention", "code", "number", "title", "part", "then", "now")

ITEM = "item"
"""The part of an item that is new, or gone."""


def changes_csv(report: CheckedReport, changes: ReportChanges) -> str:
    """What a spreadsheet would read as a formula is written as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for item in changes.changed:
        row = item.row
        about = [
            report.line.number,
            report.line.as_of.isoformat(),
            *(_cell(row, name) for name in ("convention", "code", "number", "title")),
        ]
        if item.then is None or item.now is None:
            sides = ["yes" if item.then else "", "yes" if item.now else ""]
            writer.writerow([marked(cell) for cell in (*about, ITEM, *sides)])
            continue
        for part in item.parts:
            sides = [_cell(item.then, part), _cell(item.now, part)]
            writer.writerow([marked(cell) for cell in (*about, part, *sides)])
    return "\ufeff" + out.getvalue()


def _cell(row: Row, name: str) -> str:
    match row.get(name):
        case None:
            return ""
        case bool(value):
            return "yes" if value else "no"
        case list(values):
            return "; ".join(str(value) for value in values)
        case value:
            return str(value)
