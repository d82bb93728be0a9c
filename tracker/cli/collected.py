"""The commands, gathered from their modules: each has `commands`, a list of click commands and groups; groups of one name become one."""
from __future__ import annotations

import click


def add_to(group: click.Group) -> None:
    from . import bodies, importing, installation, people, record, reports

    for module in (installation, bodies, people, importing, record, reports):
        for command in module.commands:
            already = group.commands.get(command.name or "")
            if isinstance(already, click.Group) and isinstance(command, click.Group):
                for inner in command.commands.values():
                    already.add_command(inner)
            else:
                group.add_command(command)
