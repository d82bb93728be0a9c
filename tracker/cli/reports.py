"""The commands `report convention` and `report body`: the PDF, made here and now, without a job.

Several conventions have no address of their own: they are asked for of their body.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click
from flask import Flask

from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.reading import addresses
from tracker.reading.report_subjects import items_named
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.translation import gettext as _

from . import CommandProblem, report_checks, report_files
from .opened import body_of, convention_of, echo, instance, session
from .report_issue import as_boards_copy, issue, need_signer
from .report_options import (
    ReportOptions,
    need_one_of,
    need_places,
    not_written,
    report_options,
    request_of,
    way_of,
)
from .report_stages import Note, StageTimes, noted

if TYPE_CHECKING:
    from tracker.reports.collecting.collect import NotOnRecord
    from tracker.reports.models import CollectedReport
    from tracker.reports.printing.render import RenderedReport
    from tracker.reports.printing.ways import Way
    from tracker.reports.requests import ReportRequest


@click.group()
def report() -> None:
    """Printed reports."""


@report.command()
@click.argument("slug")
@click.option(
    "--form",
    type=click.Choice(["short", "full"]),
    help="short (unless it is said): a row an item; full: also a section for each.",
)
@click.option(
    "--kind",
    type=click.Choice(["short", "full", "silent", "money"]),
    help="silent: items without a word; money: money against the fund; else as --form.",
)
@click.option(
    "--item", "code", help="One item alone: its number, its code (nbi-2), or words of it."
)
@click.option("--delegation", help="What became of what it moved: its name.")
@click.option("--unit", help="What it was given: its name.")
@report_options
@click.option(
    "--live",
    is_flag=True,
    help="The record as it is, of a convention that readers read by edition; else the newest one.",
)
@click.pass_obj
def convention(
    path: Path,
    slug: str,
    form: str | None,
    kind: str | None,
    code: str | None,
    delegation: str | None,
    unit: str | None,
    live: bool,
    **options: Unpack[ReportOptions],
) -> None:
    """What became of the items of the convention SLUG, as a PDF to print: `2017`, or `nea/2017`
    where several bodies have one.
    """
    need_one_of(form=form, kind=kind, item=code, delegation=delegation, unit=unit)
    need_places(options)
    with instance(path, pages=options["issue"]) as app, noted() as note:
        own = convention_of(slug)
        body = session().get_one(Body, own.body_id)
        request = request_of(
            body,
            options,
            kind=kind or form or "short",
            convention_ids=(own.id,),
            item_id=_item(body, own, code) if code else None,
            delegation=delegation,
            unit=unit,
            live=live,
        )
        _make(app, body, request, options, note, names=(slug, code))


@report.command("body")
@click.argument("slug", metavar="BODY")
@click.option("--delegation", help="What became of what it moved: its name.")
@click.option("--unit", help="What it was given: its name.")
@click.option(
    "--convention",
    "slugs",
    multiple=True,
    help="One of those of which it is, may be repeated; all that everybody may read, else.",
)
@report_options
@click.option(
    "--live",
    is_flag=True,
    help="The record as it is, of conventions that readers read by edition; else the newest ones.",
)
@click.pass_obj
def body_report(
    path: Path,
    slug: str,
    delegation: str | None,
    unit: str | None,
    slugs: tuple[str, ...],
    live: bool,
    **options: Unpack[ReportOptions],
) -> None:
    """A report of several conventions of BODY: each measured at the same age, with the chart over
    the years; or of one delegation, or of one unit.
    """
    need_one_of(delegation=delegation, unit=unit)
    need_places(options)
    with instance(path, pages=options["issue"]) as app, noted() as note:
        body = body_of(slug)
        request = request_of(
            body,
            options,
            kind="years",
            convention_ids=tuple(convention_of(f"{slug}/{one}").id for one in slugs),
            delegation=delegation,
            unit=unit,
            live=live,
        )
        _make(app, body, request, options, note, names=(slug, None))


def _make(
    app: Flask,
    body: Body,
    request: ReportRequest,
    options: ReportOptions,
    note: Note,
    names: tuple[str, str | None],
) -> None:
    """Makes it, or hands out what was made before, and says what was written. `names`: of what it
    is, as it was typed.
    """
    from tracker.reports.collecting.moment import one_moment
    from tracker.reports.printing.ways import prepare

    stages = StageTimes(note)
    need_signer(app, options)
    if options["issue"]:
        request = as_boards_copy(body, request)
    body_id = body.id
    session().rollback()
    one_moment(session())
    stages("collect", None, None)
    if options["issue"]:
        data = _collect(body_id, request, names)
        issue(app, session().get_one(Body, body_id), request, data, options)
        return
    way = way_of(options)
    key = report_files.key_of(body_id, request, way)
    if way.keeps_pages and not options["data"]:
        kept = report_files.copy_kept(key, options["output"])
        if kept is not None:
            report_files.say_written(kept, options["output"])
            if options["explain"]:
                stages.show()
                echo(_("Nothing has changed: it is the file that was made before."))
            return
    prepare(way)
    data = _collect(body_id, request, names)
    rendered = _write(data, options["output"], stages, way)
    if options["data"]:
        _write_data(data, options["data"])
    made = report_files.made_file(data, rendered, options["output"])
    report_files.say_written(made, options["output"])
    if options["explain"]:
        stages.show()
        echo(_how_made(rendered))
    if way.keeps_pages:
        report_files.keep(key, made)


def _collect(
    body_id: int, request: ReportRequest, names: tuple[str, str | None]
) -> CollectedReport:
    from tracker.reports.collecting import collect

    base_url = current_settings().base_url
    try:
        return collect.collect(session(), body_id, request, now(), base_url=base_url)
    except collect.NotOnRecord as missing:
        raise _not_on_record(missing, *names, request.as_of) from missing


def _write_data(data: CollectedReport, output: Path) -> None:
    from tracker.reports.data import to_csv, to_json

    text = to_csv(data) if output.suffix == ".csv" else to_json(data)
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as wrong:
        raise not_written(output, wrong) from wrong


def _not_on_record(
    missing: NotOnRecord, slug: str, code: str | None, on: date | None
) -> CommandProblem:
    when = on or _("that day")
    if missing.what == "item":
        return CommandProblem(
            _(
                "The item %(code)s was not on record on %(when)s: name a later day.",
                code=code,
                when=when,
            )
        )
    if missing.what == "edition":
        return CommandProblem(
            _("There is no edition of %(slug)s yet: add --live for the record as it is.", slug=slug)
        )
    if missing.what in ("delegation", "unit"):
        return CommandProblem(
            _("It was not on record by that name on %(when)s: name a later day.", when=when)
        )
    return CommandProblem(
        _(
            "The convention %(slug)s was not on record on %(when)s: name a later day.",
            slug=slug,
            when=when,
        )
    )


def _how_made(rendered: RenderedReport) -> str:
    if rendered.laid_out is None:
        return _("All pages were laid out in one go.")
    return _(
        "%(laid_out)s of %(pages)s pages were laid out; the others were known.",
        laid_out=rendered.laid_out,
        pages=rendered.pages,
    )


def _write(data: CollectedReport, output: Path, note: Note, way: Way) -> RenderedReport:
    from tracker.reports.printing import render

    try:
        return render.write(data, output, note, way)
    except OSError as wrong:
        raise not_written(output, wrong) from wrong


def _item(body: Body, convention: Convention, words: str) -> int:
    """The item that a code, a number or words name."""
    target = addresses.resolve(session(), body.slug, convention.slug)
    assert target is not None
    matches = items_named(session(), target, words, AsOf(target.today(now())))
    if matches.only is not None:
        return matches.only.id
    where = f"{body.slug}/{convention.slug}"
    if not matches.count:
        raise CommandProblem(
            _(
                "There is no item %(code)s in %(convention)s: name its number, its code (the last "
                "part of its address, as nbi-2), or words of it.",
                code=repr(words),
                convention=where,
            )
        )
    raise CommandProblem(
        _(
            "%(count)s items of %(convention)s fit %(words)s: name one by its code. %(items)s",
            count=matches.count,
            convention=where,
            words=repr(words),
            items="; ".join(f"{match.code}, {match.name}" for match in matches.shown),
        )
    )


report.add_command(report_checks.verify)

commands = [report]
