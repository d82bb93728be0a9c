"""The job "report": from what was asked, as ids, to a file in the instance. Done twice it makes the same file: the newer takes the older's place."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.config import Settings
from tracker.extensions import db

from .collect import collect, one_moment
from .models import Report, ReportKind

KIND = "report"
Progress = Callable[[str, int | None, int | None], None]
PAUSE = 0.7  # seconds between two notes of how far it is


def job_arguments(
    convention_id: int,
    form: ReportKind,
    as_of: date | None = None,
    item_id: int | None = None,
    code: str | None = None,
) -> dict[str, Any]:
    """The arguments of the job: ids; `code` only says on the list of jobs which item it was."""
    return {
        "convention": convention_id,
        "form": form.value,
        "as_of": as_of and as_of.isoformat(),
        "item": item_id,
        "code": code,
    }


def perform(arguments: Mapping[str, Any], job_id: int, progress: Progress) -> str:
    """Gives back the file's name inside the instance. In an application context, and never in a web process."""
    from . import render

    settings: Settings = current_app.config["SETTINGS"]
    progress("collect", None, None)
    with Session(db.engine) as session:
        one_moment(session)
        report = collect(
            session,
            arguments["convention"],
            ReportKind(arguments["form"]),
            now(),
            date.fromisoformat(arguments["as_of"]) if arguments["as_of"] else None,
            arguments["item"],
            settings.base_url,
        )
    settings.reports.mkdir(exist_ok=True)
    target = settings.reports / f"{job_id}-{report_name(report)}"
    for left in settings.reports.glob(f"{job_id}-*.part"):  # by a worker that was killed
        left.unlink(missing_ok=True)
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    try:
        render.write(report, unfinished, _seldom(progress))
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return str(Path(settings.reports.name) / target.name)


def report_name(report: Report) -> str:
    """What the file is called when it is saved."""
    convention, item = (
        report.page.convention,
        report.shown[0].code if report.form is ReportKind.ITEM else report.form.value,
    )
    return re.sub(
        r"[^\w.-]+",
        "-",
        f"{convention.body.slug}-{convention.slug}-{item}-as-of-{report.as_of.isoformat()}.pdf",
    )


FILE = re.compile(r"[0-9]+-[\w-][\w.-]*\.pdf")


def file_of(settings: Settings, result: str | None) -> Path | None:
    """Where the file lies that a job has made, be it there still or not. None where the name is none that `perform` gives: the
    table of jobs is outside the ledger, and what was written into it by force opens and removes no other file."""
    folder, _slash, file_name = (result or "").partition("/")
    ours = folder == settings.reports.name and FILE.fullmatch(file_name)
    return settings.reports / file_name if ours else None


def _seldom(progress: Progress) -> Progress:
    """Notes of one stage that follow each other too quickly are left out."""
    last: dict[str, float] = {}

    def note(stage: str, done: int | None, of: int | None) -> None:
        if time.monotonic() - last.get(stage, 0.0) >= PAUSE:
            last[stage] = time.monotonic()
            progress(stage, done, of)

    return note
