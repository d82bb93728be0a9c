"""The command `report convention`: the PDF, made here and now, without a job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from tracker.clock import now
from tracker.reading import addresses
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext, ngettext

from . import CommandProblem
from .opened import as_of, convention_of, echo, instance, session

if TYPE_CHECKING:
    from tracker.reports.collect import NotOnRecord
    from tracker.reports.models import Report
    from tracker.reports.render import RenderedReport

STAGES = {
    "collect": lazy_gettext("Collecting the data"),
    "template": lazy_gettext("Writing"),
    "layout": lazy_gettext("Setting the pages"),
    "write": lazy_gettext("Saving"),
}
Note = Callable[[str, int | None, int | None], None]


@click.group()
def report() -> None:
    """Printed reports."""


@report.command()
@click.argument("slug")
@click.option(
    "--form",
    type=click.Choice(["short", "full"]),
    default="short",
    show_default=True,
    help="short: a row an item; full: also a section for each.",
)
@click.option("--item", "code", help="One item alone, on one or two pages: nbi-2.")
@click.option(
    "--as-of",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As was known at the end of that day in the body's time zone; today unless it is named.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The PDF to write; one that exists is replaced.",
)
@click.option(
    "--live",
    is_flag=True,
    help="The record as it is, of a convention that readers read by edition; else the newest one.",
)
@click.pass_obj
def convention(
    path: Path,
    slug: str,
    form: str,
    code: str | None,
    day: datetime | None,
    output: Path,
    live: bool,
) -> None:
    """What became of the items of the convention SLUG, as a PDF to print: `2017`, or `nea/2017`
    where several bodies have one.
    """
    from tracker.reports import collect
    from tracker.reports.models import ReportKind

    if not output.parent.is_dir():
        raise CommandProblem(
            _(
                "The folder %(folder)s is not there: make it, or name another with --output.",
                folder=output.parent,
            )
        )
    with instance(path) as app, _noted() as note:
        convention = convention_of(slug)
        body = session().get_one(Body, convention.body_id)
        on = as_of(body, day.date()).on if day else None
        item_id = _item(body, convention, code) if code else None
        session().rollback()
        collect.one_moment(session())
        note("collect", None, None)
        try:
            data = collect.collect(
                session(),
                convention.id,
                ReportKind.ITEM if code else ReportKind(form),
                now(),
                as_of=on,
                item_id=item_id,
                base_url=app.config["SETTINGS"].base_url,
                live=live,
            )
        except collect.NotOnRecord as missing:
            raise _not_on_record(missing, slug, code, on) from missing
        rendered = _write(data, output, note)
    echo(
        ngettext(
            "%(output)s: %(num)s page, as of %(day)s",
            "%(output)s: %(num)s pages, as of %(day)s",
            rendered.pages,
            output=output,
            day=data.as_of,
        )
    )
    if rendered.boxes:
        click.echo(
            _(
                "Warning: no packaged font has these characters, so they print as boxes: "
                "%(characters)s",
                characters=" ".join(rendered.boxes[:20]),
            ),
            err=True,
        )


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
    return CommandProblem(
        _(
            "The convention %(slug)s was not on record on %(when)s: name a later day.",
            slug=slug,
            when=when,
        )
    )


def _write(data: Report, output: Path, note: Note) -> RenderedReport:
    from tracker.reports import render

    try:
        return render.write(data, output, note)
    except OSError as wrong:
        raise CommandProblem(
            _(
                "%(output)s cannot be written: %(wrong)s.",
                output=output,
                wrong=wrong.strerror or wrong,
            )
        ) from wrong


def _item(body: Body, convention: Convention, code: str) -> int:
    arrival = addresses.resolve(session(), body.slug, convention.slug)
    item = addresses.resolve_item(session(), arrival, code) if arrival else None
    if item is None:
        raise CommandProblem(
            _(
                "There is no item %(code)s in %(convention)s: its code is the last part of its "
                "address, as nbi-2.",
                code=repr(code),
                convention=f"{body.slug}/{convention.slug}",
            )
        )
    return item[0]


@contextmanager
def _noted() -> Iterator[Note]:
    """A bar on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda stage, done, of: None
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(str(STAGES["collect"]), total=None)
        yield lambda stage, done, of: bar.update(
            task, description=str(STAGES[stage]), completed=done or 0, total=of
        )


commands = [report]
