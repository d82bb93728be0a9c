"""The command `report verify`: whether a file is a report as it was issued."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.clock import now
from tracker.files.checksum_stream import checksum_of
from tracker.reading.audience import OFFICE

from .opened import echo, instance, session


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def verify(path: Path, file: Path) -> None:
    """Whether FILE is a report as it was issued by this installation, as the page /verify says it.

    Exit status 0 of a genuine file, 1 of any other.
    """
    from tracker.reports.checking import verification, verification_wording

    stream = checksum_of(file)
    with instance(path, pages=False):
        found = verification.verify(
            session(), lambda _body_id: OFFICE, stream.sha256, stream.number
        )
        changes = (
            verification.changed_since(session(), found.report, now())
            if found.is_genuine and found.report
            else None
        )
        for line in verification_wording.lines(found, changes):
            echo(line)
    if not found.is_genuine:
        raise SystemExit(1)
