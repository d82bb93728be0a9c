"""`--issue --sign` of the reports: what was collected is issued, and its files are made here and
now, by a worker of the command's own.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import sqlalchemy as sa
from flask import Flask

from tracker.files import store
from tracker.jobs.table import Job, JobState
from tracker.reading.publications import visibility_of
from tracker.record.bodies import Body
from tracker.record.editions import editions_of
from tracker.record.issued_reports import IssuedFile
from tracker.rules.codes import FileVariant
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import CommandProblem
from .opened import context_for, echo, session
from .report_options import ReportOptions, not_written

if TYPE_CHECKING:
    from tracker.reports.models import CollectedReport
    from tracker.reports.requests import ReportRequest

LOOKS_EVERY = 0.2  # seconds, for a worker that was quicker to take the job
OF_DATA = {".csv": FileVariant.CSV, ".json": FileVariant.JSON}


def need_signer(app: Flask, options: ReportOptions) -> None:
    """What `--sign` asks for is there, before anything is made."""
    from tracker.reports.making import signing

    if options["sign"] and not options["issue"]:
        raise click.UsageError(_("--sign goes with --issue: a draft is not signed."))
    if not options["issue"]:
        return
    try:
        signer = signing.signer(app.config["SETTINGS"])
    except signing.CannotSign as wrong:
        raise CommandProblem(str(wrong)) from wrong
    if options["sign"] and signer is None:
        raise CommandProblem(
            _(
                "There is no certificate to sign with: set TRACKER_SIGNING_PKCS12, or leave out "
                "--sign."
            )
        )


def as_boards_copy(body: Body, request: ReportRequest) -> ReportRequest:
    """Of a convention that readers read by edition, the board's copy of its newest edition, whose
    sign-off counts; of any other, and of a day or of the record as it is, the request itself.
    """
    if len(request.convention_ids) != 1 or request.live or request.as_of:
        return request
    publication = visibility_of(session(), body.id)[request.convention_id]
    newest = editions_of(session(), request.convention_id).newest
    if not publication.by_edition or newest is None:
        return request
    return replace(request, edition_id=newest.id)


def issue(
    app: Flask,
    body: Body,
    request: ReportRequest,
    data: CollectedReport,
    options: ReportOptions,
) -> None:
    """Issues it, makes its files, and writes the ones that are asked for."""
    from tracker.acts.reports import IssueOptions
    from tracker.reports.making import issued_files, issuing

    session().rollback()
    variant = issued_files.own_variant(request.kind)
    report = issuing.issue_collected(
        context_for(body),
        request,
        data,
        IssueOptions(variants=(variant, *issued_files.TEXT_FILES)),
    )
    number, report_id = report.number, report.id
    job_id = issued_files.job_of(session(), report).id
    session().commit()
    _do(app, job_id, number)
    places: Mapping[FileVariant, Path | None] = {
        variant: options["output"],
        **{OF_DATA[file.suffix]: file for file in [options["data"]] if file is not None},
    }
    files = {
        file.variant: file
        for file in session().scalars(
            sa.select(IssuedFile).where(IssuedFile.report_id == report_id)
        )
    }
    for code, place in places.items():
        if place is not None:
            _write(app, files[code].sha256, place)
    pdf = files[variant]
    echo(
        ngettext(
            "%(output)s: %(num)s page, as of %(day)s",
            "%(output)s: %(num)s pages, as of %(day)s",
            pdf.pages or 0,
            output=options["output"],
            day=data.as_of,
        )
    )
    echo(_("Issued as %(number)s, SHA-256 %(sha256)s", number=number, sha256=pdf.sha256))
    echo(
        _("Signed by %(name)s", name=pdf.signed_by)
        if pdf.signed_by
        else _("Not signed: no certificate is set.")
    )


def _do(app: Flask, job_id: int, number: str) -> None:
    """By a worker of the command's own, or the one that runs beside it and was quicker."""
    from tracker.worker import make_worker

    make_worker(app).perform(job_id)
    while True:
        session().rollback()
        job = session().get_one(Job, job_id, populate_existing=True)
        if job.over:
            break
        time.sleep(LOOKS_EVERY)
    if job.state is not JobState.DONE:
        raise CommandProblem(
            _(
                "It is issued as %(number)s, but its files could not be made (reference "
                "%(reference)s, see the log). Ask for them again on the page of reports.",
                number=number,
                reference=job.error,
            )
        )


def _write(app: Flask, sha256: str, place: Path) -> None:
    try:
        place.write_bytes(store.read(app.config["SETTINGS"].files, sha256))
    except OSError as wrong:
        raise not_written(place, wrong) from wrong
