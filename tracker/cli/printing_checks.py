"""The checks of `tracker doctor` for how reports are printed: whether WeasyPrint is as the linked
way needs it, and whether the folder of pages that were laid out before can be used.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress

from tracker.config import Settings
from tracker.formatting import number
from tracker.installation.doctor import MEGABYTE, CheckState, StateAndWords
from tracker.reports.linked import contract
from tracker.reports.printing import added_fonts, characters
from tracker.translation import gettext as _
from tracker.translation import ngettext

PRIVATE = 0o077


def _printing(_settings: Settings) -> StateAndWords:
    broken = contract.broken()
    if broken:
        return CheckState.WARNING, _(
            "Reports are printed the plain way: the same, but none is quicker than the first. Of "
            "WeasyPrint not all is as it was (%(parts)s): install the versions of the lock file.",
            parts="; ".join(broken),
        )
    return CheckState.WELL, _("pages that are kept can be joined to reports")


def _kept_pages(settings: Settings) -> StateAndWords:
    folder = settings.report_pages
    if not folder.exists():
        return CheckState.WELL, _("none yet: the first report makes the folder")
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return CheckState.WARNING, _(
            "%(folder)s is no folder in which this user can write: reports are printed the plain "
            "way.",
            folder=folder,
        )
    if stat.S_IMODE(folder.stat().st_mode) & PRIVATE:
        return CheckState.PROBLEM, _(
            "Others than its owner may use %(folder)s, and what is in it goes into signed files: "
            "chmod 700 %(folder)s",
            folder=folder,
        )
    size = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # the worker removes pages meanwhile
            size += path.stat().st_size
    return CheckState.WELL, _(
        "%(megabytes)s MB in %(folder)s", megabytes=size // MEGABYTE, folder=folder
    )


def _report_fonts(settings: Settings) -> StateAndWords:
    if settings.report_fonts is None:
        return CheckState.WELL, _("reports are printed with the packaged fonts alone")
    files = added_fonts.files_in(settings.report_fonts)
    faces = added_fonts.faces(files)
    known = characters.packaged_characters()
    added = {code for face in faces for code in face.characters if code not in known}
    if not added:
        return CheckState.WARNING, _(
            "No font in %(folder)s adds a character to the packaged ones: TRACKER_REPORT_FONTS "
            "names a folder with TrueType or OpenType fonts, of plain outlines, which may be "
            "embedded.",
            folder=settings.report_fonts,
        )
    return CheckState.WELL, ngettext(
        "%(num)s file of fonts adds %(characters)s characters for reports",
        "%(num)s files of fonts add %(characters)s characters for reports",
        len(faces),
        characters=number(len(added)),
    )


CHECKS: dict[str, Callable[[Settings], StateAndWords]] = {
    "printing": _printing,
    "pages": _kept_pages,
    "report fonts": _report_fonts,
}
"""What the doctor says of printing."""
