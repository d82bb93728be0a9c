"""The commands about bodies and conventions that exist: `body set`, `convention set`.

Making them is the import's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import click
import sqlalchemy as sa
from babel.numbers import list_currencies

from tracker.acts import bodies, conventions
from tracker.acts.act_context import ActContext
from tracker.acts.conventions import Dates
from tracker.config import Settings
from tracker.formatting import withholding_words
from tracker.record.bodies import Body, BodySetting
from tracker.record.conventions import Convention, ConventionDates, ConventionName
from tracker.reports.making import withheld
from tracker.rules.settings import DEFAULTS, LANGUAGES
from tracker.translation import gettext as _

from . import CommandProblem
from .opened import body_of, context_for, convention_of, echo, instance, session

ConventionFact = TypeVar("ConventionFact", ConventionName, ConventionDates)
YES_NO = click.Choice(["yes", "no"])
DAY = click.DateTime(["%Y-%m-%d"])


def time_zone(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A zone's name, as in the time zone database."""
    if value is not None and value not in available_timezones():
        raise click.BadParameter(
            _("%(value)s is no time zone: for example America/New_York, or UTC.", value=repr(value))
        )
    return value


def currency(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """ISO 4217."""
    if value is not None and value.upper() not in list_currencies():
        raise click.BadParameter(
            _("%(value)s is no currency: three letters, for example USD.", value=repr(value))
        )
    return value and value.upper()


def _named(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not 0 < len(value.strip()) <= 200:
        raise click.BadParameter(_("1 to 200 characters are wanted."))
    return value and value.strip()


@click.group()
def body() -> None:
    """Bodies, and their settings."""


@body.command("set")
@click.argument("slug")
@click.option("--name", callback=_named, help="As the pages show it.")
@click.option("--time-zone", callback=time_zone, help="In which its days begin and end.")
@click.option("--currency", callback=currency, help="Three letters; settled with the first amount.")
@click.option(
    "--open/--closed",
    "open_",
    default=None,
    help="Whether anybody may read its pages; else people with a role.",
)
@click.option("--leads-release", type=YES_NO, help="Whether leads release their own entries.")
@click.option("--show-names", type=YES_NO, help="Whether people's names show on public pages.")
@click.option(
    "--second-factor",
    type=YES_NO,
    help="Whether administrators and governance need a second factor to sign in.",
)
@click.option(
    "--language",
    type=click.Choice(sorted(LANGUAGES)),
    help="In which its items are written: by its stems words find each other.",
)
@click.pass_obj
def set_body(path: Path, /, slug: str, open_: bool | None, **options: str | None) -> None:
    """Change settings of the body SLUG. Each counts from the day on which it is recorded."""
    wanted = {name: value for name, value in options.items() if value is not None}
    if open_ is not None:
        wanted["pages"] = "open" if open_ else "closed"
    if not wanted:
        raise click.UsageError(_("Say what to set."))
    with instance(path) as app:
        body = body_of(slug)
        context = context_for(body)
        settings: Settings = app.config["SETTINGS"]
        reports = []
        rows = session().execute(
            sa.select(BodySetting.name, BodySetting.value)
            .where(BodySetting.body_id == body.id)
            .order_by(BodySetting.recorded_by, BodySetting.id)
        )
        before = DEFAULTS | {name: value for name, value in rows}
        changed = {name: value for name, value in wanted.items() if before[name] != value}
        for name, value in changed.items():
            with withheld.change_of_setting(context, settings, name, value) as withheld_reports:
                bodies.set_setting(context, name, value)
            reports.append(withheld_reports)
        session().commit()
        for withheld_reports in reports:
            withheld_reports.after_commit(session(), settings)
            if withheld_reports.reports:
                echo(withholding_words.issued_anew(withheld_reports.reports))
        for name, value in changed.items():
            echo(
                _(
                    "%(body)s: %(setting)s is now %(value)s (was %(before)s).",
                    body=slug,
                    setting=name.replace("_", " "),
                    value=value,
                    before=before[name] or _("not set"),
                )
            )
        if not changed:
            echo(_("%(body)s: nothing to change.", body=slug))


@click.group()
def convention() -> None:
    """Conventions, and what is known of them."""


@convention.command("set")
@click.argument("slug")
@click.option("--name", callback=_named, help="As the pages show it.")
@click.option("--place", callback=_named, help="Where it meets.")
@click.option("--opened", type=DAY, help="Its first day.")
@click.option("--closed-on", type=DAY, help="Its last day: terms and rates are counted from it.")
@click.option("--kept-from", type=DAY, help="Open its follow-through as a whole, from this day on.")
@click.pass_obj
def set_convention(path: Path, /, slug: str, **options: Any) -> None:
    """Say what is known of the convention SLUG (`2017`, or `nea/2017` where several bodies have
    one).
    """
    wanted = {
        name: value.date() if hasattr(value, "date") else value
        for name, value in options.items()
        if value is not None
    }
    if not wanted:
        raise click.UsageError(_("Say what to set."))
    with instance(path):
        convention = convention_of(slug)
        changed = list(
            _set(context_for(session().get_one(Body, convention.body_id)), convention, wanted)
        )
        session().commit()
        for words in changed or [_("nothing to change")]:
            echo(_("%(convention)s: %(words)s.", convention=slug, words=words))


def _newest(table: type[ConventionFact], convention: Convention) -> ConventionFact:
    """The fact that counts now."""
    return (
        session()
        .scalars(
            sa.select(table)
            .where(
                table.convention_id == convention.id,
                table.ended_by.is_(None),
                table.retracted_by.is_(None),
            )
            .order_by(table.recorded_by.desc(), table.id.desc())
            .limit(1)
        )
        .one()
    )


def _set(context: ActContext, convention: Convention, wanted: dict[str, Any]) -> Iterator[str]:
    """Records what differs; what each act did, in words.

    :param wanted: by option: name, place, opened, closed_on, kept_from
    """
    yield from _rename(context, convention, wanted)
    yield from _set_dates(context, convention, wanted)
    yield from _open_follow_through(context, convention, wanted.get("kept_from"))


def _rename(context: ActContext, convention: Convention, wanted: dict[str, Any]) -> Iterator[str]:
    recorded = _newest(ConventionName, convention)
    name, place = wanted.get("name", recorded.name), wanted.get("place", recorded.place)
    if (name, place) == (recorded.name, recorded.place):
        return
    conventions.rename(context, convention, name, place)
    if place:
        yield _("it is called %(name)s, in %(place)s", name=name, place=place)
    else:
        yield _("it is called %(name)s", name=name)


def _set_dates(
    context: ActContext, convention: Convention, wanted: dict[str, Any]
) -> Iterator[str]:
    recorded = _newest(ConventionDates, convention)
    opens = wanted.get("opened", recorded.opens_on)
    closes = wanted.get("closed_on", recorded.closes_on)
    if (opens, closes) == (recorded.opens_on, recorded.closes_on):
        return
    if opens and closes and opens > closes:
        raise CommandProblem(
            _(
                "It cannot open on %(opens)s and close on %(closes)s: say both dates.",
                opens=opens,
                closes=closes,
            )
        )
    dates = Dates(
        year=recorded.year,
        opens_on=opens,
        closes_on=closes,
        special=recorded.special,
        published_items=recorded.published_items,
    )
    conventions.set_dates(context, convention, dates)
    unknown = _("a day that is not known")
    yield _(
        "it opened on %(opens)s and closed on %(closes)s",
        opens=opens or unknown,
        closes=closes or unknown,
    )


def _open_follow_through(
    context: ActContext, convention: Convention, since: date | None
) -> Iterator[str]:
    if since is None or since == context.clock(convention.id).kept_from:
        return
    if since > context.today:
        raise CommandProblem(
            _(
                "Follow-through cannot be kept from %(day)s: that day is still to come.",
                day=since,
            )
        )
    conventions.open_follow_through(context, convention, since)
    yield _("its follow-through is kept from %(day)s", day=since)


commands = [body, convention]
