"""What a backup may hold: the names of its members.

All else in an archive is not ours, and is not brought in.
"""

from __future__ import annotations

import re
import tarfile

from tracker.config import DATABASE, HEADS, KEY_FILE

FORMAT = 2
WITHOUT_SUMS = 1  # the version before: no list of SHA-256
MANIFEST = "tracker-backup.json"  # the first member
SUMS = "sha256.json"  # the last: of every other member
DUMP = "record.pgdump"
ACCOUNTS = "demonstration-accounts.txt"
FOLDERS = ("files", "reports", "uploads")
SINGLE = frozenset({MANIFEST, SUMS, HEADS, DATABASE, DUMP, KEY_FILE, ACCOUNTS})
STORED = re.compile(r"(?:files|uploads)/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}")
REPORT = re.compile(r"reports/[0-9]+-[\w-][\w.-]{0,240}\.pdf")
FOLDER = re.compile(r"files|uploads|reports|(?:files|uploads)/[0-9a-f]{2}(?:/[0-9a-f]{2})?")
# of a write that a crash ended
LEFT_OVER = re.compile(r"(?:(?:files|uploads)/[0-9a-f]{2}/[0-9a-f]{2}|reports)/[\w.-]+\.part")


def is_ours(name: str) -> bool:
    """Whether a backup holds a file of that name. No such name leads out of the instance."""
    return name in SINGLE or bool(STORED.fullmatch(name) or REPORT.fullmatch(name))


def is_file(member: tarfile.TarInfo) -> bool:
    """A plain file: no link, no device, nothing sparse."""
    return member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()


def is_passed_over(member: tarfile.TarInfo) -> bool:
    """What the version before wrote along: its folders, and halves of files that a crash had
    left.
    """
    return bool(
        FOLDER.fullmatch(member.name)
        if member.isdir()
        else is_file(member) and LEFT_OVER.fullmatch(member.name)
    )
