"""The draft that a command of reports writes: the one that was made before, where nothing has
changed since; else it is collected and made.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.translation import ngettext

from .opened import echo, session
from .report_options import not_written

if TYPE_CHECKING:
    from tracker.reports.making.kept_files import FileKey, KeptFile
    from tracker.reports.models import CollectedReport
    from tracker.reports.printing.render import RenderedReport
    from tracker.reports.printing.ways import Way
    from tracker.reports.requests import ReportRequest


def key_of(body_id: int, request: ReportRequest, way: Way) -> FileKey:
    """In the moment in which the data would be read."""
    from tracker.reports.making import kept_files

    settings = current_settings()
    return kept_files.key_of(session(), settings, body_id, request, now(), way.engine)


def copy_kept(key: FileKey, output: Path) -> KeptFile | None:
    """Writes the file that was made before; None: there is none."""
    from tracker.reports.making import kept_files

    kept = kept_files.find(current_settings(), key)
    if kept is not None:
        try:
            shutil.copyfile(kept.file, output)
        except OSError as wrong:
            raise not_written(output, wrong) from wrong
    return kept


def keep(key: FileKey, made: KeptFile) -> None:
    """For the next time. What cannot be kept is made anew then."""
    from tracker.reports.making import kept_files

    session().rollback()
    with suppress(OSError):
        kept_files.keep(session(), current_settings(), key, made)


def made_file(data: CollectedReport, rendered: RenderedReport, output: Path) -> KeptFile:
    from tracker.reports.making.kept_files import KeptFile
    from tracker.reports.words import omission_wording

    boxes = rendered.boxes
    warning = omission_wording.warning(boxes.characters, boxes.items) if boxes.characters else ""
    return KeptFile(output, data.as_of, rendered.pages, warning)


def say_written(made: KeptFile, output: Path) -> None:
    echo(
        ngettext(
            "%(output)s: %(num)s page, as of %(day)s",
            "%(output)s: %(num)s pages, as of %(day)s",
            made.pages,
            output=output,
            day=made.as_of,
        )
    )
    if made.warning:
        click.echo(made.warning, err=True)
