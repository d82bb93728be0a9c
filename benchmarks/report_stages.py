"""The report by stage, the plain way, as ratios to a bare table of as many rows in the same run.

Collect, template, layout, write, archive (write again, with the data inside, and look at it).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import weasyprint
from sqlalchemy.orm import Session
from weasyprint.text.fonts import FontConfiguration

from tracker.clock import now
from tracker.extensions import db
from tracker.reports.collecting import collect
from tracker.reports.models import ReportKind
from tracker.reports.printing import document, plain_pages, render
from tracker.reports.requests import ReportRequest

from .figures import Figure, figures, rounds
from .report_baselines import bare_document, bare_sheet

BASELINE = "bare table of as many rows"
Stage = Callable[[], Any]


def measured(convention_id: int, items: int, folder: Path, times: int) -> list[Figure]:
    """In an application context."""
    plain_pages.use_packaged_fonts_only()
    measures: dict[str, Stage] = {BASELINE: lambda: _bare(items)}
    for form in (ReportKind.SHORT, ReportKind.FULL):
        measures |= _stages(form, convention_id, folder / f"{form}.pdf")
    took = rounds({name: partial(_timed, stage) for name, stage in measures.items()}, times)
    for form in (ReportKind.SHORT, ReportKind.FULL):
        own = [
            name
            for name in took
            # what is archived was written in the same go
            if name.startswith(form.value) and not name.endswith(": write")
        ]
        took[f"{form.value}: all"] = [
            sum(values) for values in zip(*(took[name] for name in own), strict=True)
        ]
    return figures(took, {name: (BASELINE, None) for name in took if name != BASELINE})


def _timed(stage: Stage) -> float:
    start = time.perf_counter()
    stage()
    return (time.perf_counter() - start) * 1000


def _bare(rows: int) -> None:
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(string=bare_sheet(), font_config=fonts)
    weasyprint.HTML(string=bare_document(rows)).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def _stages(form: ReportKind, convention_id: int, target: Path) -> dict[str, Stage]:
    """One after the other: each uses what the one before has made."""
    made: dict[str, Any] = {}

    def collecting() -> None:
        with Session(db.engine) as session:
            collect.one_moment(session)
            made["report"] = collect.collect_convention(
                session, ReportRequest(kind=form, convention_ids=(convention_id,)), now()
            )

    def template() -> None:
        made["html"] = document.html(made["report"], contents=True)

    def layout() -> None:
        made["document"] = plain_pages.lay_out(made["report"], made["html"], render.no_progress)

    return {
        f"{form.value}: collect": collecting,
        f"{form.value}: template": template,
        f"{form.value}: layout": layout,
        f"{form.value}: write": lambda: made["document"].write_pdf(target, pdf_variant="pdf/ua-1"),
        f"{form.value}: archive": lambda: plain_pages.write(
            made["document"], made["report"], target, render.no_progress
        ),
    }
