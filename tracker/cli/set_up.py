"""The address at which an office begins: the command that prints it, and what `serve` says."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tracker import security_log
from tracker.accounts.first_run import set_up_links
from tracker.clock import now
from tracker.config import Settings
from tracker.record.bodies import Body
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from . import CommandProblem
from .opened import body_of, echo, instance, session


def is_terminal() -> bool:
    """Whether a person reads what is printed; else it goes into a log, where no secret belongs."""
    return sys.stdout.isatty()


@click.command("setup-link")
@click.option(
    "--body", "body_slug", help="The body's slug; may be left out where there is only one, or none."
)
@click.pass_obj
def setup_link(path: Path, body_slug: str | None) -> None:
    """Print a one-time address at which the first account is made, and the body where there is none
    yet. It is good for one day; the one before stops working.
    """
    with instance(path) as app:
        settings: Settings = app.config["SETTINGS"]
        if set_up_links.is_set_up(session()):
            raise CommandProblem(
                _(
                    "There is an account already: sign in with it. `tracker user create` makes "
                    "another, `tracker user list` names them."
                )
            )
        token = _make_link(_body(body_slug))
        echo(_("One-time address, good for one day, to set up the office:"))
        echo(set_up_links.address(token, settings.base_url or "http://127.0.0.1:5000"))


def _body(slug: str | None) -> Body | None:
    """The one that is named, or the only one; None: there is none yet."""
    if slug is not None:
        return body_of(slug)
    bodies = set_up_links.bodies(session())
    if len(bodies) > 1:
        raise CommandProblem(
            _(
                "More than one body is on record: say --body, one of %(bodies)s.",
                bodies=", ".join(body.slug for body in bodies),
            )
        )
    return bodies[0] if bodies else None


def _make_link(body: Body | None) -> str:
    token = set_up_links.make(session(), now(), body)
    session().commit()
    security_log.record(SecurityEvent.SET_UP_LINK_MADE, body=body.id if body else None)
    return token


def say_how_to_begin(path: Path, base_url: str) -> None:
    """While there is no account: on a terminal the address, in a log only the command that prints
    it, alone on its line.
    """
    if set_up_links.is_set_up(session()):
        return
    bodies = set_up_links.bodies(session())
    if is_terminal() and len(bodies) < 2:
        token = _make_link(bodies[0] if bodies else None)
        echo(_("The office is not set up. One-time address, good for one day, to do that:"))
        echo(set_up_links.address(token, base_url))
    else:
        echo(
            _(
                "The office of %(path)s is not set up. This command, for the same instance, prints "
                "the address at which that is done:",
                path=path,
            )
        )
        echo("tracker setup-link" + (" --body BODY" if len(bodies) > 1 else ""))


commands = [setup_link]
