"""Which module has which command, and what `tracker --help` says of it.

A module is imported when its command is called: most commands need little of the program.
"""

from __future__ import annotations

from importlib import import_module

import click

MODULES = {
    "backup": "installation",
    "body": "bodies",
    "columns": "columns",
    "convention": "bodies",
    "demo": "installation",
    "doctor": "installation",
    "erase": "withholding",
    "export": "importing",
    "import": "importing",
    "init": "installation",
    "mail": "mail",
    "rates": "record",
    "rebuild": "record",
    "report": "reports",
    "restore": "installation",
    "serve": "installation",
    "setup-link": "set_up",
    "user": "people",
    "verify": "record",
    "withhold": "withholding",
}
"""The module beside this one that has the command."""

SUMMARIES = {
    "backup": "Write the whole instance into one FILE: database, files and secret key.",
    "body": "Bodies, and their settings.",
    "columns": "Columns of lists that no field holds: internal until the office opens them.",
    "convention": "Conventions, and what is known of them.",
    "demo": "Load the made-up union.",
    "doctor": "Look whether this installation is well, and say what to do where it is not.",
    "erase": "Blank texts of BODY for ever: words of entries, reasons, titles, names of people.",
    "export": "Give lists out.",
    "import": "Bring lists in.",
    "init": "Make the instance: its folder, its secret key, its empty database.",
    "mail": "Outgoing mail.",
    "rates": "Of each convention: what share of its items was carried out, and how that is "
    "counted.",
    "rebuild": "Derive anew what lists read of each item (standing, verdict, change, last word), "
    "and by which words it is found.",
    "report": "Printed reports.",
    "restore": "Make the instance from a backup FILE.",
    "serve": "Serve the pages, and run the worker that makes reports, until interrupted.",
    "setup-link": "Print a one-time address at which the first account is made, and the body "
    "where there is none yet.",
    "user": "Accounts and roles of the people who act.",
    "verify": "Prove the record: that no event and no fact was changed, added or cut off since it "
    "was recorded.",
    "withhold": "Take what was published of the item ADDRESS (`nea/2017/nbi-2`) off every page, "
    "at once, or with --lift show it again.",
}
"""The first sentence of the command's help."""


def load(name: str) -> click.Command | None:
    """The command of that name; None: there is none."""
    if name not in MODULES:
        return None
    module = import_module(f".{MODULES[name]}", __package__)
    commands: list[click.Command] = module.commands
    return next(command for command in commands if command.name == name)
