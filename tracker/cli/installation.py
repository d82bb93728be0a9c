"""The commands about this installation: `init`, `serve`, `demo`, `backup`, `restore`, `doctor`."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import config, logs, worker
from tracker.accounts import doctor_checks as of_accounts
from tracker.accounts import mail_checks as of_mail
from tracker.accounts import signing_checks as of_signing
from tracker.accounts.body_limits import largest_body
from tracker.acts import clock
from tracker.application import open_instance
from tracker.clock import now
from tracker.config import Settings
from tracker.extensions import db
from tracker.installation import backup as archives
from tracker.installation import create, migrations, report_checks
from tracker.installation import doctor as examination
from tracker.installation import restore as restoring
from tracker.installation import serve as serving
from tracker.installation.archive import ACCOUNTS
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import CommandProblem, printing_checks, progress, set_up
from .opened import echo, instance

if TYPE_CHECKING:
    from tracker.demonstration import DemoAccount

GETS_OLD = timedelta(days=14)
OTHER_CHECKS = (
    of_accounts.CHECKS
    | of_mail.CHECKS
    | of_signing.CHECKS
    | report_checks.CHECKS
    | printing_checks.CHECKS
)
PRIVATE = 0o077  # what these commands make inside the instance, only its owner may read


@click.command()
@click.pass_obj
def init(path: Path) -> None:
    """Make the instance: its folder, its secret key, its empty database. Of one that exists: bring
    its database up to date.
    """
    new = not config.is_instance(path)
    os.umask(PRIVATE)
    ran = _make(path)
    if new:
        echo(_("Made the instance %(path)s. Next: import a list, or `tracker serve`.", path=path))
    else:
        echo(
            _("The database of %(path)s was brought up to date.", path=path)
            if ran
            else _("%(path)s is up to date.", path=path)
        )


def _make(path: Path) -> bool:
    """The instance, where it is not there; its database as this version has it. Tells whether a
    migration ran.
    """
    if not config.is_instance(path):
        try:
            create.make(path)
        except create.CannotMakeInstance as wrong:
            raise CommandProblem(_("%(why)s Nothing was made.", why=wrong)) from wrong
    with open_instance(path), progress.working(_("Bringing the database up to date")):
        try:
            return create.bring_up_to_date()
        except migrations.UnknownVersion as wrong:
            raise CommandProblem(str(wrong)) from wrong


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; 0.0.0.0 for all.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=min(os.cpu_count() or 1, 4),
    help="Processes that answer. Default: one for each core, at most 4.",
)
@click.pass_obj
def serve(path: Path, host: str, port: int, workers: int) -> None:
    """Serve the pages, and run the worker that makes reports, until interrupted.

    On a terminal the instance is made where it is not there.
    """
    os.umask(PRIVATE)
    if not config.is_instance(path) and set_up.is_terminal():
        _make(path)
        echo(_("Made the instance %(path)s.", path=path))
    with instance(path) as app:
        settings: Settings = app.config["SETTINGS"]
    try:
        listening = serving.listen(host, port)
    except serving.CannotListen as why:
        raise CommandProblem(
            _(
                "Nothing can listen at %(host)s, port %(port)s (%(why)s): choose another with "
                "--port.",
                host=host,
                port=port,
                why=why,
            )
        ) from why
    logs.configure()
    supervisor = serving.supervisor(
        app,
        listening=listening,
        host=host,
        port=port,
        workers=workers,
        largest_body=largest_body,
        run_worker=worker.run,
    )
    address = settings.base_url or supervisor.address
    with app.app_context():
        set_up.say_how_to_begin(path, address)
        db.session.remove()
        db.engine.dispose()  # no connection is open when the processes start
    click.echo(
        _("Serving %(path)s at %(address)s - Ctrl+C ends it.", path=path, address=address), err=True
    )
    supervisor.run()


@click.command()
@click.option(
    "--reset",
    is_flag=True,
    help="Throw the demonstration that is there away, and make it anew, as of today.",
)
@click.option(
    "--if-empty", is_flag=True, help="Where something is on record already, only say what."
)
@click.pass_obj
def demo(path: Path, reset: bool, if_empty: bool) -> None:
    """Load the made-up union. Only into an instance that is empty, or a demonstration."""
    os.umask(PRIVATE)
    from tracker import demonstration  # a large table of made-up words, for this command alone

    with instance(path) as app:
        settings: Settings = app.config["SETTINGS"]
        if not demonstration.is_empty(db.session()):
            if not demonstration.is_demonstration(db.session()):
                if if_empty and not reset:
                    echo(_("%(path)s holds a real record; it is served as it is.", path=path))
                    return
                raise CommandProblem(
                    _(
                        "%(path)s holds a real record: the demonstration goes into an instance of "
                        "its own (`tracker --instance OTHER init`).",
                        path=path,
                    )
                )
            if not reset:
                _say_what_is_there(settings, demonstration.age(db.session(), now()))
                return
            _throw_away(settings)
        with progress.working(_("Writing two years of a made-up union")):
            accounts = demonstration.load(db.session(), now(), settings)
            demonstration.mail_links(db.session(), now(), settings)
            _keep(settings, accounts)
            db.session.commit()
        echo((settings.instance / ACCOUNTS).read_text().rstrip())


def _say_what_is_there(settings: Settings, age: timedelta) -> None:
    kept = settings.instance / ACCOUNTS
    if kept.exists():
        echo(kept.read_text().rstrip())
    days = max(age.days, 0)
    if not days:
        sentence = _("The demonstration is there since today.")
    elif days == 1:
        sentence = _("The demonstration is there since yesterday.")
    else:
        sentence = ngettext(
            "The demonstration is there since %(num)s day ago.",
            "The demonstration is there since %(num)s days ago.",
            days,
        )
    again = (
        " " + _("Its dates are old: `tracker demo --reset` makes it anew.")
        if age > GETS_OLD
        else ""
    )
    echo(sentence + again)


def _throw_away(settings: Settings) -> None:
    """The record of a demonstration, and what lies beside it."""
    db.session.rollback()
    migrations.downgrade("base")
    for file in (settings.heads_file, settings.instance / ACCOUNTS):
        file.unlink(missing_ok=True)
    for folder in (settings.files, settings.reports, settings.uploads):
        shutil.rmtree(folder, ignore_errors=True)
    create.bring_up_to_date()


def _keep(settings: Settings, accounts: list[DemoAccount]) -> None:
    wide = max(len(account.email) for account in accounts)
    lines = [_("Accounts of the demonstration (address, password, who it is):")]
    for account in accounts:
        who = f"{account.name}, {account.role.value}"
        if account.unit:
            who = _(
                "%(name)s, %(role)s of %(unit)s",
                name=account.name,
                role=account.role.value,
                unit=account.unit,
            )
        lines.append(f"{account.email:{wide}}  {account.password}  {who}")
    create.write_private(settings.instance / ACCOUNTS, "\n".join(lines) + "\n")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(path: Path, file: Path) -> None:
    """Write the whole instance into one FILE: database, files and secret key. Keep it where only
    the office gets at it.
    """
    with instance(path, pending_allowed=True) as app, progress.working(_("Backing up")):
        try:
            archives.back_up(app.config["SETTINGS"], file)
        except (archives.CannotBackUp, OSError) as wrong:
            raise CommandProblem(_("No backup was made: %(why)s", why=wrong)) from wrong
    size = f"{file.stat().st_size / 1000:,.0f}"
    echo(
        _(
            "Wrote %(file)s, %(size)s kB. It holds the secret key: keep it safe.",
            file=file,
            size=size,
        )
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def restore(path: Path, file: Path) -> None:
    """Make the instance from a backup FILE. Refuses where there is one already."""
    os.umask(PRIVATE)
    kind = (
        "postgresql"
        if os.environ.get("TRACKER_DATABASE_URL", "").startswith("postgres")
        else "sqlite"
    )
    with progress.working(_("Restoring")):
        try:
            restored = restoring.restore(file, path, kind, open_instance)
        except (create.CannotMakeInstance, restoring.NotABackup) as wrong:
            raise CommandProblem(_("%(why)s Nothing was restored.", why=wrong)) from wrong
        except OSError as wrong:
            raise CommandProblem(
                _(
                    "%(path)s cannot be written (%(why)s). Nothing was restored.",
                    path=path,
                    why=wrong.strerror or wrong,
                )
            ) from wrong
    from tracker.accounts import user_accounts
    from tracker.mail import delivery

    with open_instance(path):
        user_accounts.end_ways_in(db.session())
        delivery.end_after_restore(db.session(), now())
        db.session.commit()
    for warning in restored.warnings:
        click.echo(warning, err=True)
    echo(
        _(
            "Restored %(path)s as of %(made_at)s. `tracker verify` proves the record.",
            path=path,
            made_at=restored.made_at,
        )
    )


@click.command()
@click.option(
    "--clock-is-right",
    is_flag=True,
    help="After more than 400 days without any act: the clock is right, acts are recorded again.",
)
@click.pass_obj
def doctor(path: Path, clock_is_right: bool) -> None:
    """Look whether this installation is well, and say what to do where it is not."""
    problems = 0
    with open_instance(path) as app:
        if clock_is_right:
            _confirm_clock()
        for result in examination.examine(app.config["SETTINGS"], OTHER_CHECKS):
            problems += result.state is examination.CheckState.PROBLEM
            echo(f"{result.state.value:8} {result.about:12} {result.words}")
    if problems:
        raise CommandProblem(
            ngettext("%(num)s problem found.", "%(num)s problems found.", problems)
        )


def _confirm_clock() -> None:
    is_recorded = clock.confirm(db.session(), now())
    db.session.commit()
    if is_recorded:
        echo(_("It is on record that the clock is right."))
    else:
        echo(_("Nobody asked: the newest event is younger than 400 days."))


commands = [init, serve, demo, backup, restore, doctor]
