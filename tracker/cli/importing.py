"""The commands that bring a list in and give it out: `import items`, `export items`.

What they print is all that is known here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tracker.cli import import_data, import_preview
from tracker.clock import now
from tracker.config import Settings
from tracker.engine import READING, long_act
from tracker.extensions import db
from tracker.importing import export
from tracker.importing.planning.models import Preview, RowOutcome
from tracker.importing.planning.options import DEFAULT_ZONE, ImportOptions
from tracker.importing.planning.preview import Advance, no_progress, preview
from tracker.importing.problems import Unreadable
from tracker.importing.rows import mapping_file as mapping_files
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.tables import sheets
from tracker.importing.writing import plan_writer
from tracker.reading.publications import visibility_of
from tracker.record.bodies import Body
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _

from . import CommandProblem
from .bodies import currency, time_zone
from .opened import as_of, convention_of, instance, session, today

DAY = click.DateTime(["%Y-%m-%d"])
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("import")
def import_group() -> None:
    """Bring lists in."""


@click.group("export")
def export_group() -> None:
    """Give lists out."""


@import_group.command("items")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--body", "body_slug", required=True, help="The body's slug, the first part of its addresses."
)
@click.option(
    "--convention",
    help="Its slug: rows that name no other are of this one. Else the list says the year and the "
    "meeting.",
)
@click.option(
    "--create-conventions",
    "create",
    is_flag=True,
    help="Make the body and the conventions that are missing, open to the public.",
)
@click.option("--closed", is_flag=True, help="Readers only: the body's pages are closed.")
@click.option("--opened", type=DAY, help="The convention's first day.")
@click.option("--closed-on", type=DAY, help="The convention's last day.")
@click.option(
    "--kept-from",
    type=DAY,
    help="Open the follow-through of the file's conventions whose term had not ended on that day.",
)
@click.option("--updates-on", type=DAY, help="The day of updates that the list does not date.")
@click.option(
    "--currency", callback=currency, help="Of the body: three letters. USD unless it is said."
)
@click.option("--time-zone", callback=time_zone, help="Of the body. UTC unless it is said.")
@click.option(
    "--mapping",
    "mapping_file",
    type=FILE,
    help="How columns are understood: TOML or JSON. --dry-run writes it where it is missing.",
)
@click.option(
    "--release",
    "released",
    is_flag=True,
    help="The list is public already: release at once what it says was done and spent.",
)
@click.option(
    "--accept-rejects", is_flag=True, help="Leave rejected rows out, and take the others."
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Show what would be done; write nothing but a mapping file to edit.",
)
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@click.pass_obj
def import_items(
    path: Path,
    /,
    file: Path,
    body_slug: str,
    convention: str | None,
    create: bool,
    closed: bool,
    mapping_file: Path | None,
    accept_rejects: bool,
    dry_run: bool,
    released: bool,
    as_json: bool,
    currency: str | None,
    time_zone: str | None,
    **days: datetime | None,
) -> int:
    """Bring the list FILE in (CSV or XLSX), with its follow-through. Without --dry-run it is
    written, in one transaction.
    """
    on = {name: day.date() if day else None for name, day in days.items()}
    options = ImportOptions(
        body=body_slug,
        convention=convention,
        create=create,
        closed=closed,
        currency=currency,
        time_zone=time_zone,
        opened=on["opened"],
        closed_on=on["closed_on"],
        kept_from=on["kept_from"],
        updates_on=on["updates_on"],
    )
    with instance(path), _announced(dry_run):
        current_day = _today(body_slug, time_zone)
        _no_later_than(current_day, kept_from=options.kept_from, updates_on=options.updates_on)
        with _nothing_written_if_refused(), _progress(as_json) as advance:
            list_mapping = _read_mapping(mapping_file, may_be_missing=dry_run)
            plan = preview(
                session(),
                sheets.read_file(file, list_mapping.encoding),
                mapping=list_mapping,
                options=options,
                today=current_day,
                advance=advance("Reading"),
            )
            rejected = plan.count(RowOutcome.REJECTED)
            applies = not dry_run and (accept_rejects or not rejected)
            if applies:
                plan_writer.apply(
                    session(), plan, now(), advance=advance("Writing"), release=released
                )
                session().commit()
            else:
                session().rollback()
    written = _write_mapping(file, mapping_file, plan) if dry_run else None
    if as_json:
        click.echo(json.dumps(import_data.as_data(plan, written), ensure_ascii=False, indent=1))
    else:
        console = Console(soft_wrap=True, highlight=False)
        import_preview.show(console, plan, applied=applies, mapping=written, released=released)
    return 1 if rejected and not accept_rejects else 0


def _announced(dry_run: bool) -> AbstractContextManager[None]:
    """Whoever writes on a page meanwhile is told that it takes long; what only looks holds up
    nobody.
    """
    if dry_run:
        session().connection(execution_options=READING)
        return nullcontext()
    return long_act(db.engine)


@contextmanager
def _nothing_written_if_refused() -> Iterator[None]:
    """A list that cannot be used, and what the record refuses, are problems of the command."""
    try:
        yield
    except Unreadable as unreadable:
        session().rollback()
        raise CommandProblem(str(unreadable)) from unreadable
    except Refused as refused:
        session().rollback()
        raise CommandProblem(
            f"The record refuses it ({refused.code.value.replace('_', ' ')}): nothing was written."
        ) from refused


def _read_mapping(file: Path | None, may_be_missing: bool) -> ListMapping:
    """A dry run writes the mapping where it is missing."""
    if file is None or (may_be_missing and not file.exists()):
        return ListMapping()
    return mapping_files.read(file)


def _today(slug: str, zone: str | None) -> date:
    """In the body's zone, or in the one that a new body is to have."""
    body = session().scalar(sa.select(Body).where(Body.slug == slug))
    if body:
        return today(body)
    return now().astimezone(ZoneInfo(zone or DEFAULT_ZONE)).date()


def _no_later_than(on: date, **days: date | None) -> None:
    for name, day in days.items():
        if day and day > on:
            raise click.UsageError(f"--{name.replace('_', '-')} {day} is after today.")


def _write_mapping(file: Path, named: Path | None, plan: Preview) -> str | None:
    """Writes a mapping to edit, beside the list unless it is named; one that is there stays as it
    is. The name of what was written, None where nothing was.
    """
    target = named or file.with_name(f"{file.stem}.mapping.toml")
    if target.exists():
        return None
    if target.suffix == ".json":
        fields = {column.heading: column.field for column in plan.columns if column.heading}
        words = json.dumps({"columns": fields}, ensure_ascii=False, indent=1)
    else:
        words = mapping_files.to_edit(plan.columns, plan.unclear_statuses, plan.order_missing)
    try:
        target.write_text(words, "utf-8")
    except OSError as error:
        if named:
            raise CommandProblem(
                f"The mapping file {target} cannot be written ({error.strerror})."
            ) from error
        return None
    return str(target)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str], Advance]]:
    """A bar on a terminal for what takes longer than a second, on standard error; else nothing."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _words: no_progress
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:

        def task_of(words: str) -> Advance:
            task = progress.add_task(words, total=None)
            return lambda done, total: progress.update(task, completed=done, total=total)

        yield task_of


@export_group.command("items")
@click.option(
    "--convention",
    "address",
    required=True,
    help="`2017`, or `nea/2017` where several bodies have one.",
)
@click.option("--format", "form", type=click.Choice(["csv", "json"]), required=True)
@click.option(
    "--as-of",
    "day",
    type=DAY,
    help="As was known at the end of that day in the body's time zone; today unless it is named.",
)
@click.option("--output", type=FILE, required=True)
@click.pass_obj
def export_items(
    path: Path, /, address: str, form: str, day: datetime | None, output: Path
) -> None:
    """Write a convention's items to a file. The CSV comes back in with `import items`: change a
    cell, import it again. It is the record as it is, also where readers read editions.
    """
    with instance(path) as app:
        settings: Settings = app.config["SETTINGS"]
        convention = convention_of(address)
        body = session().get_one(Body, convention.body_id)
        at = as_of(body, day.date() if day else None)
        publication = visibility_of(session(), body.id)[convention.id]
        if publication.by_edition:
            click.echo(
                _("The record as it is: readers of this convention read editions."), err=True
            )
        items = export.ItemExport(
            body=body.slug,
            convention=convention.slug,
            day=at.on,
            pages=export.item_pages(session(), convention, at),
            base_url=settings.base_url,
        )
        if form == "json":
            words = json.dumps(export.as_data(items), ensure_ascii=False, indent=1) + "\n"
        else:
            revision = export.revision(session(), body.id, at)
            words = "\ufeff" + export.as_csv(items, revision)
    try:
        output.write_text(words, "utf-8", newline="")
    except OSError as error:
        raise CommandProblem(
            f"{output} cannot be written ({error.strerror}): name another file."
        ) from error


commands = [import_group, export_group]
