"""Which module has which command: the table knows all of them, and a command imports little."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

from tracker import cli
from tracker.cli import collected

HEAVY = {
    "alembic",
    "flask_security",
    "flask_wtf",
    "huey",
    "phonenumbers",
    "pikepdf",
    "psycopg",
    "rapidfuzz",
    "rich",
    "weasyprint",
    "xlsxwriter",
    "tracker.accounts",
    "tracker.application",
    "tracker.importing",
}
"""What a report needs late, or not at all."""


def test_each_command_is_in_the_table() -> None:
    found = {
        command.name: module.name
        for module in iter_modules(cli.__path__)
        for command in getattr(import_module(f"tracker.cli.{module.name}"), "commands", ())
    }
    assert found == collected.MODULES


def test_help_says_what_the_commands_say() -> None:
    whole = {}
    for name in collected.MODULES:
        command = collected.load(name)
        assert command is not None
        whole[name] = command.get_short_help_str(1000)
    assert whole == collected.SUMMARIES


def test_a_report_begins_without_what_pages_need() -> None:
    begin = "import sys; from tracker.cli import opened, reports; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", begin], capture_output=True, text=True, check=True)
    assert not HEAVY.intersection(done.stdout.split())


def test_help_begins_without_the_database() -> None:
    begin = (
        "import sys; sys.argv = ['tracker', '--help']\nfrom tracker.cli import main\n"
        "try: main()\nexcept SystemExit: print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", begin], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n") and "report      Printed reports." in done.stdout
