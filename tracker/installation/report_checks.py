"""The check of `tracker doctor` for the files of issued reports: that they are there, and that
those that were withheld are gone.

Their bytes are read by `tracker verify`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.engine import READING
from tracker.extensions import db
from tracker.files import store
from tracker.record.stored_files import NamedFile, issued_files, withheld_files
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .doctor import CheckState, StateAndWords


def _issued_reports(settings: Settings) -> StateAndWords:
    with Session(db.engine.execution_options(**READING)) as session:
        standing = [file for file in issued_files(session) if not file.is_withheld]
        withheld = withheld_files(session)
    missing = [file for file in standing if not _is_there(settings, file)]
    if missing:
        return CheckState.PROBLEM, _(
            "%(missing)s of %(count)s files of issued reports are gone (%(first)s): put back the "
            "folder “files” of a backup.",
            missing=len(missing),
            count=len(standing),
            first=missing[0].named_by,
        )
    remaining = [file for file in withheld if _is_there(settings, file)]
    if remaining:
        return CheckState.WARNING, _(
            "Files of withheld reports are still there (%(first)s). Nobody can download them, and "
            "the worker removes them when it starts and each half hour: is it running?",
            first=remaining[0].named_by,
        )
    return CheckState.WELL, ngettext(
        "%(num)s file of issued reports is in place",
        "%(num)s files of issued reports are in place",
        len(standing),
    )


def _is_there(settings: Settings, file: NamedFile) -> bool:
    return store.path_of(settings.files, file.sha256).is_file()


CHECKS: dict[str, Callable[[Settings], StateAndWords]] = {"reports": _issued_reports}
