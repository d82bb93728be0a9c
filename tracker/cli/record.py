"""The commands about the record as a whole: `rates`, `verify`, `rebuild`. What a rate is, and what a proof, is not known here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.clock import now as moment
from tracker.config import Settings
from tracker.formatting import headlines
from tracker.installation import proof
from tracker.reading import rates as reading
from tracker.record import anchors, summary
from tracker.record.bodies import Body

from . import Problem, progress
from .opened import as_of, convention_of, echo, instance, session, today

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option(
    "--convention",
    "address",
    help="`2017`, or `nea/2017` where several bodies have one; all unless it is named.",
)
@click.option(
    "--as-of",
    "day",
    type=DAY,
    help="As was known at the end of that day in the body's time zone; today unless it is named.",
)
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@click.pass_obj
def rates(path: Path, address: str | None, day: datetime | None, as_json: bool) -> None:
    """Of each convention: what share of its items was carried out, and how that is counted."""
    with instance(path), progress.working(_("Counting")):
        found = list(_rates(address, day))
    if as_json:
        echo(json.dumps(found, indent=1))
        return
    for each in found:
        of_which = f"{each['body']}/{each['convention']}"
        echo(
            _("%(convention)s, as of %(day)s", convention=of_which, day=each["as_of"])
            if each["kept"]
            else _(
                "%(convention)s, as of %(day)s: follow-through is not kept, no rates",
                convention=of_which,
                day=each["as_of"],
            )
        )
        for rate in each["rates"] if each["kept"] else ():
            part, of = rate["numerator"], rate["denominator"]
            share = (
                _("not known")
                if part is None
                else _("%(part)s of %(of)s", part=part, of=of)
                if of
                else _("no items")
            )
            echo(
                "  "
                + _(
                    "%(name)s of %(of)s %(share)s",
                    name=f"{rate['name']:20}",
                    of=f"{rate['of']:9}",
                    share=share,
                )
            )
    if not found:
        echo(_("There is no convention yet."))


def _rates(address: str | None, day: datetime | None) -> Iterator[dict[str, Any]]:
    only = convention_of(address) if address else None
    for body in session().scalars(
        sa.select(Body).where(Body.id == only.body_id if only else sa.true()).order_by(Body.slug)
    ):
        for each in reading.rates(session(), body.id, as_of(body, day.date() if day else None)):
            if only is None or each.convention.id == only.id:
                given = {(figure.name, figure.of): figure for figure in each.figures}
                yield {
                    "body": body.slug,
                    "convention": each.convention.slug,
                    "as_of": each.as_of.isoformat(),
                    "kept": bool(each.figures),
                    "rates": [_rate(name, of, given.get((name, of))) for name, of in ALL],
                }


ALL = [
    *((name, "adopted") for name in reading.NAMES),
    ("decided", "referred"),
    *((name, "accepted") for name in reading.NAMES),
]


def _rate(name: str, of: str, figure: reading.Figure | None) -> dict[str, Any]:
    return {
        "name": name,
        "of": of,
        "numerator": figure and figure.numerator,
        "denominator": figure and figure.denominator,
        "definition": headlines.definition(name),
    }


@click.command("verify")
@click.option(
    "--anchor",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Heads that were kept elsewhere: a copy of heads.log, or what `verify --json` printed.",
)
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@click.pass_obj
def verify_record(path: Path, anchor: Path | None, as_json: bool) -> int:
    """Prove the record: that no event and no fact was changed, added or cut off since it was recorded."""
    with instance(path) as app, progress.working(_("Proving the record")):
        settings: Settings = app.config["SETTINGS"]
        try:
            found = proof.prove(settings, session(), moment(), anchor)
        except anchors.UnreadableAnchors as wrong:
            raise Problem(str(wrong)) from wrong
    said = {
        "ok": not found.problems,
        "events": found.events,
        "head": anchors.together(each.head for each in found.heads),
        "chains": len(found.heads),
        "heads": [asdict(each) for each in found.heads],
        "problems": [asdict(each) for each in found.problems],
        "cannot_see": [str(words) for words in proof.CANNOT_SEE],
    }
    if as_json:
        echo(json.dumps(said, indent=1))
    else:
        for each in found.problems:
            where = (
                _("chain %(chain)s", chain=each.chain) if each.chain is not None else _("record")
            )
            echo(
                _(
                    "%(where)s, event %(event)s: %(what)s",
                    where=where,
                    event=each.event,
                    what=each.what,
                )
                if each.event
                else _("%(where)s: %(what)s", where=where, what=each.what)
            )
        counted = {"events": found.events, "chains": len(found.heads), "head": said["head"]}
        problems = len(found.problems)
        echo(
            ngettext(
                "%(events)s events in %(chains)s chains, head %(head)s: %(num)s problems.",
                "%(events)s events in %(chains)s chains, head %(head)s: %(num)s problems.",
                problems,
                **counted,
            )
            if problems
            else _("%(events)s events in %(chains)s chains, head %(head)s: proved.", **counted)
        )
        echo(_("What this proof cannot see:"))
        for words in proof.CANNOT_SEE:
            echo(f"- {words}")
    return 1 if found.problems else 0


@click.command()
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; tell what differs, and exit with 1 if anything does.",
)
@click.pass_obj
def rebuild(path: Path, check: bool) -> int:
    """Derive anew what lists read of each item: standing, verdict, change, last word."""
    differs = 0
    with instance(path):
        bodies = session().scalars(sa.select(Body).order_by(Body.slug)).all()
        for body in progress.steps(bodies, _("Deriving"), len(bodies)):
            for words in summary.rebuild(session(), body.id, today(body), check):
                differs += 1
                echo(_("%(body)s: %(words)s", body=body.slug, words=words))
        session().commit()
    echo(
        ngettext(
            "%(num)s items differ: `tracker rebuild` derives them anew.",
            "%(num)s items differ: `tracker rebuild` derives them anew.",
            differs,
        )
        if differs
        else _("What is kept is what follows from the facts.")
        if check
        else _("Derived anew.")
    )
    return 1 if differs else 0


commands = [rates, verify_record, rebuild]
