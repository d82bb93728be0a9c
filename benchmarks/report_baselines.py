"""The documents that `one_shot` prints: the very HTML and sheets of a report, and a bare table."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.extensions import db
from tracker.paths import STATIC
from tracker.reports.collecting import collect
from tracker.reports.linked.flow import MARK
from tracker.reports.models import ReportKind
from tracker.reports.printing import document, render, styles
from tracker.reports.printing.fetching import BASE
from tracker.reports.requests import ReportRequest

FILES = STATIC.as_uri() + "/"
"""In place of the host that only our own fetcher knows."""


def write_report(folder: Path, form: ReportKind, convention_id: int) -> None:
    """In an application context."""
    with Session(db.engine) as session:
        collect.one_moment(session)
        report = collect.collect_convention(
            session, ReportRequest(kind=form, convention_ids=(convention_id,)), now()
        )
    pages = render.expected_pages(report)
    text = document.html(
        report, pages > render.PAGES_WITH_CONTENTS, has_index=pages > render.PAGES_WITH_INDEX
    )
    sheets = styles.sheets(report, other_scripts=False)
    _write(folder, MARK.sub("", text), [sheet.replace(BASE, FILES) for sheet in sheets])


def write_bare_table(folder: Path, rows: int) -> None:
    """A table of as many rows as a short report has, in its font."""
    _write(folder, bare_document(rows), [bare_sheet()])


def bare_document(rows: int) -> str:
    cells = "".join(
        f"<tr><td>{n}<td>What the locals need, part {n}<td>Carried out<td>nothing on "
        "record<td>$1,000"
        for n in range(1, rows + 1)
    )
    return f'<html lang="en"><title>Bare</title><table>{cells}</table>'


def bare_sheet() -> str:
    return (
        f'@font-face {{ font-family: X; src: url("{FILES}fonts/public-sans-latin-400.woff2") }} '
        "html { font-family: X }"
    )


def _write(folder: Path, document: str, sheets: list[str]) -> None:
    folder.mkdir()
    (folder / "document.html").write_text(document)
    for number, sheet in enumerate(sheets):
        (folder / f"{number:02}.css").write_text(sheet)
    (folder / "base").write_text(f"{FILES}report/")
    (folder / "fonts.conf").write_bytes((STATIC / "report" / "fonts.conf").read_bytes())
