"""The commands about columns of lists for which the record has no field.

What they hold, opening them to readers, closing them again.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

import click
import sqlalchemy as sa
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tracker.acts import columns as acts
from tracker.config import Settings
from tracker.formatting import withholding_words
from tracker.reading.columns import ColumnDetails, columns
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.reports.making import withheld
from tracker.rules.columns import Guard
from tracker.rules.withheld_reports import TakenFromReaders
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import CommandProblem
from .opened import body_of, context_for, echo, instance, session


@click.group("columns")
def columns_group() -> None:
    """Columns of lists that no field holds: internal until the office opens them."""


BODY = click.option(
    "--body", "body_slug", required=True, help="The body's slug, the first part of its addresses."
)
CONVENTION = click.option(
    "--convention",
    "convention_slug",
    help="Its slug. Else all conventions of the body that have the column.",
)


@columns_group.command("list")
@BODY
@click.option("--convention", "convention_slug", help="Its slug. Else all conventions of the body.")
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@click.pass_obj
def list_columns(path: Path, body_slug: str, convention_slug: str | None, as_json: bool) -> None:
    """Which there are, how many items have a cell in them, and whether readers see them."""
    with instance(path):
        columns = _columns(body_of(body_slug), convention_slug)
    if as_json:
        echo(json.dumps([_as_data(column) for column in columns], ensure_ascii=False, indent=1))
        return
    if not columns:
        echo(_("No list of this body has a column that no field holds."))
        return
    table = Table(box=None, pad_edge=False)
    for heading in (_("Convention"), _("Column"), _("Cells"), _("Readers"), _("Opens")):
        table.add_column(heading, overflow="fold")
    for column in columns:
        seen = (
            _("see it since %(day)s", day=column.opened_on) if column.open else _("do not see it")
        )
        table.add_row(
            column.convention, escape(column.heading), str(column.items), seen, _opens(column)
        )
    Console(soft_wrap=True, highlight=False).print(table)


def _as_data(column: ColumnDetails) -> dict[str, object]:
    return {
        "body": column.body,
        "convention": column.convention,
        "column": column.heading,
        "cells": column.items,
        "open": column.open,
        "opened_on": column.opened_on.isoformat() if column.opened_on else None,
        "alone_because": column.guard and column.guard.value,
    }


def _opens(column: ColumnDetails) -> str:
    match column.guard:
        case Guard.HIDDEN:
            return _("alone: the workbook hides it")
        case Guard.CONFIDENTIAL:
            return _("alone: its heading says that it is not for everybody")
        case Guard.PERSONAL:
            return _("alone: it speaks of persons")
        case Guard.NOT_TOLD:
            return _("alone: whether the workbook hides it is not known")
    return _("with others")


@columns_group.command("open")
@BODY
@CONVENTION
@click.option(
    "--all", "every", is_flag=True, help="All that need not be opened alone: see `columns list`."
)
@click.argument("headings", nargs=-1)
@click.pass_obj
def open_columns(
    path: Path, body_slug: str, convention_slug: str | None, every: bool, headings: tuple[str, ...]
) -> None:
    """Let readers see the columns HEADINGS, written as in the list: on pages, in reports, of every
    day.
    """
    if every == bool(headings):
        raise click.UsageError(_("Name the columns, or say --all."))
    with instance(path):
        body = body_of(body_slug)
        known = _columns(body, convention_slug)
        if every:
            wanted = [column for column in known if not column.open and column.guard is None]
            left = [column for column in known if not column.open and column.guard is not None]
        else:
            wanted, left = _named(known, headings, open_now=False), []
            _one_convention(wanted)
        for slug in dict.fromkeys(column.convention for column in wanted):
            acts.open_column(context_for(body), _convention(body, slug), _headings(wanted, slug))
        session().commit()
    for column in wanted:
        echo(
            ngettext(
                "%(convention)s: readers see %(column)s now, %(num)s cell.",
                "%(convention)s: readers see %(column)s now, %(num)s cells.",
                column.items,
                convention=column.convention,
                column=repr(column.heading),
            )
        )
    for column in left:
        echo(
            _(
                "%(convention)s: %(column)s stays closed, it opens %(how)s.",
                convention=column.convention,
                column=repr(column.heading),
                how=_opens(column),
            )
        )
    if every and not wanted:
        echo(_("There was nothing to open."))


@columns_group.command("close")
@BODY
@CONVENTION
@click.argument("headings", nargs=-1, required=True)
@click.pass_obj
def close_columns(
    path: Path, body_slug: str, convention_slug: str | None, headings: tuple[str, ...]
) -> None:
    """Take the columns HEADINGS off the pages and reports again, of every day."""
    with instance(path) as app:
        settings: Settings = app.config["SETTINGS"]
        body = body_of(body_slug)
        context = context_for(body)
        wanted = _named(_columns(body, convention_slug), headings, open_now=True)
        with withheld.withholding_from_reports(
            context, settings, TakenFromReaders(), None
        ) as reports:
            for slug in dict.fromkeys(column.convention for column in wanted):
                acts.close_column(context, _convention(body, slug), _headings(wanted, slug))
        session().commit()
        reports.after_commit(session(), settings)
    for column in wanted:
        echo(
            _(
                "%(convention)s: readers do not see %(column)s any more.",
                convention=column.convention,
                column=repr(column.heading),
            )
        )
    if reports.reports:
        echo(withholding_words.issued_anew(reports.reports))


def _columns(body: Body, convention_slug: str | None) -> list[ColumnDetails]:
    if convention_slug is not None:
        _convention(body, convention_slug)
    return columns(session(), body, convention_slug)


def _convention(body: Body, slug: str) -> Convention:
    convention = session().scalar(
        sa.select(Convention).where(Convention.body_id == body.id, Convention.slug == slug)
    )
    if convention is None:
        known = session().scalars(
            sa.select(Convention.slug)
            .where(Convention.body_id == body.id)
            .order_by(Convention.slug)
        )
        raise CommandProblem(
            _(
                "%(body)s has no convention %(slug)s. On record: %(known)s.",
                body=body.slug,
                slug=repr(slug),
                known=", ".join(known) or _("none yet"),
            )
        )
    return convention


def _named(
    known: Collection[ColumnDetails], headings: Collection[str], open_now: bool
) -> list[ColumnDetails]:
    """Those of these headings that are still to be opened or closed.

    Refuses a heading of which there is none.
    """
    wanted = []
    for heading in dict.fromkeys(headings):
        there = [column for column in known if column.heading == heading]
        if not there:
            names = "; ".join(dict.fromkeys(column.heading for column in known)) or _("none")
            raise CommandProblem(
                _(
                    "There is no column %(column)s. On record: %(known)s.",
                    column=repr(heading),
                    known=names,
                )
            )
        to_do = [column for column in there if column.open is open_now]
        if not to_do:
            raise CommandProblem(
                _("The column %(column)s is not open to readers.", column=repr(heading))
                if open_now
                else _("The column %(column)s is open to readers already.", column=repr(heading))
            )
        wanted += to_do
    return wanted


def _one_convention(wanted: Collection[ColumnDetails]) -> None:
    """What opens alone opens in one convention at a time, and with no other column."""
    guarded = [column for column in wanted if column.guard is not None]
    if not guarded or len(wanted) == 1:
        return
    if len({column.heading for column in wanted}) > 1:
        raise CommandProblem(
            _(
                "%(column)s opens %(how)s. Name it by itself.",
                column=repr(guarded[0].heading),
                how=_opens(guarded[0]),
            )
        )
    slugs = ", ".join(column.convention for column in wanted)
    raise CommandProblem(
        _(
            "%(column)s opens %(how)s. Say of which convention, with --convention: %(slugs)s.",
            column=repr(guarded[0].heading),
            how=_opens(guarded[0]),
            slugs=slugs,
        )
    )


def _headings(wanted: Collection[ColumnDetails], slug: str) -> list[str]:
    return [column.heading for column in wanted if column.convention == slug]


commands = [columns_group]
