"""Workbooks as offices save them, written for a test."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter


def workbook(*sheets: tuple[str, list[list[object]]], merged: str | None = None) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(place, column, value, day)  # type: ignore[arg-type]
                elif value is not None:
                    sheet.write(place, column, value)
        if merged:
            sheet.merge_range(merged, rows[int(merged.split(":")[0][1:]) - 1][0])
    book.close()
    return out.getvalue()
