"""The commands about the record as a whole: `rates`, `verify`, `rebuild`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TypedDict

import click
import sqlalchemy as sa

from tracker.clock import now as moment
from tracker.config import Settings
from tracker.formatting import definitions, phrases
from tracker.installation import proof
from tracker.reading import rates as reading
from tracker.record import anchors, kept_summaries
from tracker.record.bodies import Body
from tracker.record.proof import Proof, ProofProblem
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import CommandProblem, progress
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
        conventions = list(_rates(address, day))
    if as_json:
        echo(json.dumps(conventions, indent=1))
        return
    for convention in conventions:
        of_which = f"{convention['body']}/{convention['convention']}"
        if not convention["kept"]:
            echo(
                _(
                    "%(convention)s, as of %(day)s: follow-through is not kept, no rates",
                    convention=of_which,
                    day=convention["as_of"],
                )
            )
            continue
        echo(_("%(convention)s, as of %(day)s", convention=of_which, day=convention["as_of"]))
        for rate in convention["rates"]:
            words = _(
                "%(name)s of %(of)s %(share)s",
                name=f"{rate['name']:20}",
                of=f"{rate['of']:9}",
                share=_share(rate["numerator"], rate["denominator"]),
            )
            echo(f"  {words}")
    if not conventions:
        echo(_("There is no convention yet."))


def _share(numerator: int | None, denominator: int | None) -> str:
    if numerator is None:
        return phrases.not_known()
    if not denominator:
        return phrases.no_items()
    return phrases.part_of(numerator, denominator)


class RateData(TypedDict):
    name: str
    of: str
    numerator: int | None
    denominator: int | None
    definition: str


class ConventionData(TypedDict):
    body: str
    convention: str
    as_of: str
    kept: bool
    rates: list[RateData]


def _rates(address: str | None, day: datetime | None) -> Iterator[ConventionData]:
    only = convention_of(address) if address else None
    on_day = day.date() if day else None
    bodies = sa.select(Body).where(Body.id == only.body_id if only else sa.true())
    for body in session().scalars(bodies.order_by(Body.slug)):
        for convention_rates in reading.rates(session(), body.id, as_of(body, on_day)):
            if only is None or convention_rates.convention.id == only.id:
                yield _as_data(body.slug, convention_rates)


def _as_data(body_slug: str, convention_rates: reading.ConventionRates) -> ConventionData:
    figures = {(figure.name, figure.of): figure for figure in convention_rates.figures}
    return {
        "body": body_slug,
        "convention": convention_rates.convention.slug,
        "as_of": convention_rates.as_of.isoformat(),
        "kept": bool(convention_rates.figures),
        "rates": [_rate(name, of, figures.get((name, of))) for name, of in ALL],
    }


ALL = [
    *((name, "adopted") for name in reading.NAMES),
    ("decided", "referred"),
    *((name, "accepted") for name in reading.NAMES),
]


def _rate(name: str, of: str, figure: reading.Figure | None) -> RateData:
    return {
        "name": name,
        "of": of,
        "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "definition": definitions.rate(name),
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
    """Prove the record: that no event and no fact was changed, added or cut off since it was
    recorded.
    """
    with instance(path) as app, progress.working(_("Proving the record")):
        settings: Settings = app.config["SETTINGS"]
        try:
            proved = proof.prove(settings, session(), moment(), anchor)
        except anchors.UnreadableAnchors as wrong:
            raise CommandProblem(str(wrong)) from wrong
    head = anchors.together(chain.head for chain in proved.heads)
    answer = {
        "ok": not proved.problems,
        "events": proved.events,
        "head": head,
        "chains": len(proved.heads),
        "heads": [asdict(chain) for chain in proved.heads],
        "problems": [asdict(problem) for problem in proved.problems],
        "cannot_see": [str(words) for words in proof.CANNOT_SEE],
    }
    if as_json:
        echo(json.dumps(answer, indent=1))
    else:
        for problem in proved.problems:
            echo(_problem_line(problem))
        echo(_proof_line(proved, head))
        echo(_("What this proof cannot see:"))
        for words in proof.CANNOT_SEE:
            echo(f"- {words}")
    return 1 if proved.problems else 0


def _problem_line(problem: ProofProblem) -> str:
    where = _("record")
    if problem.chain is not None:
        where = _("chain %(chain)s", chain=problem.chain)
    if not problem.event:
        return _("%(where)s: %(what)s", where=where, what=problem.what)
    return _(
        "%(where)s, event %(event)s: %(what)s",
        where=where,
        event=problem.event,
        what=problem.what,
    )


def _proof_line(proved: Proof, head: str) -> str:
    figures = {"events": proved.events, "chains": len(proved.heads), "head": head}
    if not proved.problems:
        return _("%(events)s events in %(chains)s chains, head %(head)s: proved.", **figures)
    return ngettext(
        "%(events)s events in %(chains)s chains, head %(head)s: %(num)s problems.",
        "%(events)s events in %(chains)s chains, head %(head)s: %(num)s problems.",
        len(proved.problems),
        **figures,
    )


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
            for words in kept_summaries.rebuild(session(), body.id, today(body), check):
                differs += 1
                echo(_("%(body)s: %(words)s", body=body.slug, words=words))
        session().commit()
    if differs:
        echo(
            ngettext(
                "%(num)s items differ: `tracker rebuild` derives them anew.",
                "%(num)s items differ: `tracker rebuild` derives them anew.",
                differs,
            )
        )
        return 1
    if check:
        echo(_("What is kept is what follows from the facts."))
    else:
        echo(_("Derived anew."))
    return 0


commands = [rates, verify_record, rebuild]
