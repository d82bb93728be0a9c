"""The commands about outgoing mail: `mail test`."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.clock import now
from tracker.config import Settings, WrongSetting
from tracker.formatting import mail_words
from tracker.translation import gettext as _

from . import CommandProblem
from .opened import echo, instance, session


@click.group()
def mail() -> None:
    """Outgoing mail."""


@mail.command("test")
@click.argument("address")
@click.pass_obj
def send_test(path: Path, address: str) -> None:
    """Send one mail to ADDRESS at once, by the server of TRACKER_MAIL_URL, and say what that
    server answered.
    """
    from tracker.mail import trial
    from tracker.mail.transport import MailNotSent

    with instance(path) as app:
        settings: Settings = app.config["SETTINGS"]
        server = settings.mail_server
        if server is None:
            raise WrongSetting(
                _("No mail leaves: TRACKER_MAIL_URL is not set. The operator guide says how.")
            )
        where = f"{server.host}:{server.port}"
        try:
            answer = trial.send_test(session(), server, address, now())
        except MailNotSent as why:
            raise CommandProblem(
                _(
                    "%(where)s: %(trouble)s It was: %(said)s",
                    where=where,
                    trouble=mail_words.trouble(why.trouble),
                    said=why.said or _("no answer"),
                )
            ) from why
        echo(
            _(
                "%(where)s has taken the mail to %(address)s: %(answer)s",
                where=where,
                address=address,
                answer=answer,
            )
        )


commands = [mail]
