"""The commands about the record as a whole: `rates`, `verify`, `rebuild`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TypedDict

import click
import sqlalchemy as sa

from tracker.clock import now
from tracker.config import Settings
from tracker.formatting import definitions, phrases
from tracker.installation import proof
from tracker.reading import rates
from tracker.record import anchors, kept_summaries
from tracker.record.bodies import Body
from tracker.record.proof import Proof, ProofProblem
from tracker.search import index
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import CommandProblem, progress
from .opened import as_of, convention_of, echo, instance, session, today

DAY = click.DateTime(["%Y-%m-%d"])

# name, and of which items, in the order in which they are printed
RATES_SHOWN = [
    *((name, "adopted") for name in rates.NAMES),
    ("decided", "referred"),
    *((name, "accepted") for name in rates.NAMES),
]


class RateData(TypedDict):
    """A rate as `--json` prints it; `name` and `of` as in `rates.Figure`."""

    name: str
    of: str
    numerator: int | None  # None: it cannot be given
    denominator: int | None
    definition: str


class ConventionData(TypedDict):
    """A convention as `--json` prints it: its slug and its body's, and its rates on a day."""

    body: str
    convention: str
    as_of: str
    kept: bool  # its follow-through is kept in this record, so it has rates
    rates: list[RateData]


@click.command("rates")
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
def show_rates(path: Path, address: str | None, day: datetime | None, as_json: bool) -> None:
    """Of each convention: what share of its items was carried out, and how that is counted."""
    with instance(path), progress.working(_("Counting")):
        conventions = list(_conventions(address, day))
    if as_json:
        echo(json.dumps(conventions, indent=1))
        return
    for convention in conventions:
        _echo_convention(convention)
    if not conventions:
        echo(_("There is no convention yet."))


def _echo_convention(convention: ConventionData) -> None:
    """A line for the convention, and one for each of its rates."""
    address = f"{convention['body']}/{convention['convention']}"
    day = convention["as_of"]
    if not convention["kept"]:
        echo(
            _(
                "%(convention)s, as of %(day)s: follow-through is not kept, no rates",
                convention=address,
                day=day,
            )
        )
        return
    echo(_("%(convention)s, as of %(day)s", convention=address, day=day))
    for rate in convention["rates"]:
        words = _(
            "%(name)s of %(of)s %(share)s",
            name=rate["name"].ljust(20),
            of=rate["of"].ljust(9),
            share=_share(rate["numerator"], rate["denominator"]),
        )
        echo(f"  {words}")


def _share(numerator: int | None, denominator: int | None) -> str:
    """In words: "3 of 5", or why there is no such rate."""
    if numerator is None:
        return phrases.not_known()
    if not denominator:
        return phrases.no_items()
    return phrases.part_of(numerator, denominator)


def _conventions(address: str | None, day: datetime | None) -> Iterator[ConventionData]:
    """The convention of this address, as `--convention` takes it; None: all, body by body."""
    only_convention = convention_of(address) if address else None
    bodies = sa.select(Body).order_by(Body.slug)
    if only_convention is not None:
        bodies = bodies.where(Body.id == only_convention.body_id)
    for body in session().scalars(bodies):
        known_on = as_of(body, day.date() if day else None)
        for convention_rates in rates.rates(session(), body.id, known_on):
            convention_id = convention_rates.convention.id
            if only_convention is None or convention_id == only_convention.id:
                yield _convention_data(body.slug, convention_rates)


def _convention_data(body_slug: str, convention_rates: rates.ConventionRates) -> ConventionData:
    figures = {(figure.name, figure.of): figure for figure in convention_rates.figures}
    return {
        "body": body_slug,
        "convention": convention_rates.convention.slug,
        "as_of": convention_rates.as_of.isoformat(),
        "kept": bool(convention_rates.figures),
        "rates": [_rate_data(name, of, figures.get((name, of))) for name, of in RATES_SHOWN],
    }


def _rate_data(name: str, of: str, figure: rates.Figure | None) -> RateData:
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
            result = proof.prove(settings, session(), now(), anchor)
        except anchors.UnreadableAnchors as error:
            raise CommandProblem(str(error)) from error
    head = anchors.combined_head(chain.head for chain in result.heads)
    if as_json:
        echo(json.dumps(_proof_data(result, head), indent=1))
    else:
        for problem in result.problems:
            echo(_problem_line(problem))
        echo(_proof_line(result, head))
        echo(_("What this proof cannot see:"))
        for words in proof.CANNOT_SEE:
            echo(f"- {words}")
    return 1 if result.problems else 0


def _proof_data(result: Proof, head: str) -> dict[str, object]:
    return {
        "ok": not result.problems,
        "events": result.events,
        "head": head,
        "chains": len(result.heads),
        "heads": [asdict(chain) for chain in result.heads],
        "problems": [asdict(problem) for problem in result.problems],
        "cannot_see": [str(words) for words in proof.CANNOT_SEE],
    }


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


def _proof_line(result: Proof, head: str) -> str:
    figures = {"events": result.events, "chains": len(result.heads), "head": head}
    if not result.problems:
        return _("%(events)s events in %(chains)s chains, head %(head)s: proved.", **figures)
    return ngettext(
        "%(events)s events in %(chains)s chains, head %(head)s: %(num)s problems.",
        "%(events)s events in %(chains)s chains, head %(head)s: %(num)s problems.",
        len(result.problems),
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
    """Derive anew what lists read of each item (standing, verdict, change, last word), and by which
    words it is found.
    """
    differences = 0
    with instance(path):
        bodies = session().scalars(sa.select(Body).order_by(Body.slug)).all()
        for body in progress.steps(bodies, _("Deriving"), len(bodies)):
            derived = kept_summaries.rebuild(session(), body.id, today(body), check)
            indexed = index.rebuild(session(), body.id, check)
            for words in chain(derived, indexed):
                differences += 1
                echo(_("%(body)s: %(words)s", body=body.slug, words=words))
        session().commit()
    if differences:
        echo(
            ngettext(
                "%(num)s items differ: `tracker rebuild` derives them anew.",
                "%(num)s items differ: `tracker rebuild` derives them anew.",
                differences,
            )
        )
        return 1
    if check:
        echo(_("What is kept is what follows from the facts."))
    else:
        echo(_("Derived anew."))
    return 0


commands = [show_rates, verify_record, rebuild]
