"""The options that all commands of reports share, and the request that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from tracker.reading.filters import ARGUMENTS, read_filters
from tracker.record.as_of import NOW
from tracker.record.bodies import Body
from tracker.record.rosters import roster_names
from tracker.reports.printing.ways import USUAL, PrintEngine, Way
from tracker.rules.rosters import Roster
from tracker.translation import gettext as _

from . import CommandProblem
from .opened import as_of, session

if TYPE_CHECKING:
    from tracker.reports.requests import ReportRequest

Command = TypeVar("Command", bound=Callable[..., Any])

SELECTING = tuple(name for field, name in ARGUMENTS.items() if field not in ("page", "size"))
"""The names that --filter knows: those of the list page's address."""


class ReportOptions(TypedDict):
    """What these options say."""

    day: datetime | None
    happened: bool
    filters: tuple[str, ...]
    no_texts: bool
    paper: str | None
    large: bool
    mono: bool
    output: Path
    data: Path | None
    issue: bool
    sign: bool
    engine: str
    no_cache: bool
    explain: bool


FILE = click.Path(path_type=Path, dir_okay=False)
OPTIONS = (
    click.option(
        "--as-of",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        help="As was known at the end of that day in the body's time zone; today unless it is "
        "named.",
    ),
    click.option(
        "--happened",
        is_flag=True,
        help="What had happened by the day, whenever it was recorded; else what was known.",
    ),
    click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="NAME=VALUE",
        help=f"A selection, as the list page's address has it ({', '.join(SELECTING)}); may be "
        "repeated.",
    ),
    click.option("--no-texts", is_flag=True, help="Without the texts of the items."),
    click.option(
        "--paper", type=click.Choice(["letter", "a4"]), help="By the time zone unless it is named."
    ),
    click.option("--large", is_flag=True, help="Large print: 16 pt."),
    click.option("--mono", is_flag=True, help="Safe in black and white."),
    click.option(
        "--output", type=FILE, required=True, help="The PDF to write; one that exists is replaced."
    ),
    click.option("--data", type=FILE, help="Also its rows, as .csv or .json by the name's ending."),
    click.option(
        "--issue",
        is_flag=True,
        help="Issue it: under a number, for everybody, for good. A draft is made else.",
    ),
    click.option(
        "--sign",
        is_flag=True,
        help="With --issue: end without it where there is no certificate to sign with.",
    ),
    click.option(
        "--engine",
        type=click.Choice([engine.value for engine in PrintEngine]),
        default=USUAL.engine.value,
        help="linked (unless it is said): takes the pages that are kept; plain: lays out all in "
        "one go. The pages are the same.",
    ),
    click.option("--no-cache", is_flag=True, help="Takes nothing that is kept, and keeps nothing."),
    click.option("--explain", is_flag=True, help="Also how long each stage took."),
)


def report_options(command: Command) -> Command:
    """Adds them to a command."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def way_of(options: ReportOptions) -> Way:
    """How the report is to be made."""
    return Way(engine=PrintEngine(options["engine"]), keeps_pages=not options["no_cache"])


def need_one_of(**options: str | None) -> None:
    """At most one of these, by which a report has its kind."""
    named = [f"--{name}" for name, value in options.items() if value]
    if len(named) > 1:
        raise click.UsageError(
            _(
                "%(options)s cannot be together: each is a report of its own.",
                options=", ".join(named),
            )
        )


def need_places(options: ReportOptions) -> None:
    """The folders of the files that will be written."""
    data = options["data"]
    if data is not None and data.suffix not in (".csv", ".json"):
        raise click.UsageError(
            _("%(file)s: the name of the data ends in .csv or .json.", file=data)
        )
    for option, file in (("--output", options["output"]), ("--data", data)):
        if file is not None and not file.parent.is_dir():
            raise CommandProblem(
                _(
                    "The folder %(folder)s is not there: make it, or name another with %(option)s.",
                    folder=file.parent,
                    option=option,
                )
            )


def not_written(file: Path, wrong: OSError) -> CommandProblem:
    return CommandProblem(
        _(
            "%(output)s cannot be written: %(wrong)s.",
            output=file,
            wrong=wrong.strerror or wrong,
        )
    )


def request_of(
    body: Body,
    options: ReportOptions,
    *,
    kind: str,
    convention_ids: tuple[int, ...],
    item_id: int | None = None,
    delegation: str | None = None,
    unit: str | None = None,
    live: bool = False,
) -> ReportRequest:
    """`kind`: a code, where neither an item nor a delegation nor a unit is named."""
    from tracker.reports.models import Paper, Reading, ReportKind
    from tracker.reports.requests import ReportRequest

    day, paper = options["day"], options["paper"]
    report_kind = ReportKind(kind)
    if item_id is not None:
        report_kind = ReportKind.ITEM
    if delegation or unit:
        report_kind = ReportKind.DELEGATION if delegation else ReportKind.UNIT
    return ReportRequest(
        kind=report_kind,
        convention_ids=convention_ids,
        item_id=item_id,
        delegation_id=_key(body, Roster.DELEGATIONS, delegation) if delegation else None,
        unit_id=_key(body, Roster.UNITS, unit) if unit else None,
        as_of=as_of(body, day.date(), happened=options["happened"]).on if day else None,
        reading=Reading.HAPPENED if options["happened"] else Reading.KNOWN,
        filters=_selection(options["filters"], report_kind),
        texts=not options["no_texts"],
        paper=Paper(paper) if paper else None,
        large=options["large"],
        mono=options["mono"],
        live=live,
    )


def _key(body: Body, roster: Roster, name: str) -> int:
    """Of a delegation or a unit, by any name that it has or had."""
    names = roster_names(session(), body.id, NOW).of(roster)
    key = names.find(name)
    if key is None:
        known = ", ".join(sorted(names.offered.values(), key=str.casefold)) or _("none yet")
        raise CommandProblem(
            _("%(name)s is not on record. On record: %(known)s.", name=repr(name), known=known)
        )
    return key


def _selection(pairs: tuple[str, ...], kind: object) -> Mapping[str, str]:
    """Raises UsageError for what the list page would leave out."""
    from tracker.reports.requests import OF_ALL_ITEMS

    filters = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in SELECTING or not value.strip():
            raise click.UsageError(
                _(
                    "--filter %(pair)s: write it as NAME=VALUE, with one of these names: "
                    "%(names)s.",
                    pair=pair,
                    names=", ".join(SELECTING),
                )
            )
        filters[name] = value
    if filters and kind in OF_ALL_ITEMS:
        raise click.UsageError(_("A report of this kind is of no selection: leave out --filter."))
    if filters and not read_filters(filters).any and "order" not in filters:
        raise click.UsageError(_("--filter selects nothing that a list knows."))
    return filters
