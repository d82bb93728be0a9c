"""The commands, gathered from their modules.

Each has `commands`, a list of click commands and groups; groups of one name become one.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

MODULES = (
    "installation",
    "set_up",
    "bodies",
    "people",
    "mail",
    "withholding",
    "importing",
    "columns",
    "record",
    "reports",
)


def add_to(group: click.Group, modules: tuple[str, ...] = MODULES) -> None:
    for module in modules:
        if find_spec(f"tracker.cli.{module}") is None:
            continue
        for command in import_module(f"tracker.cli.{module}").commands:
            already = group.commands.get(command.name or "")
            if isinstance(already, click.Group) and isinstance(command, click.Group):
                for inner in command.commands.values():
                    already.add_command(inner)
            else:
                group.add_command(command)
