"""Whether a file is a report as it was issued: what follows from its checksum and its number."""

from __future__ import annotations

import re
from enum import StrEnum, auto

_CHECKSUM = re.compile(r"[0-9a-f]{12,64}")


class ReportCheckResult(StrEnum):
    GENUINE = auto()  # the bytes are those of a file that was issued
    ALTERED = auto()  # it bears the number of a report that was issued, and has other bytes
    FOUND = auto()  # no file: a number or a checksum is that of a report that was issued
    UNKNOWN = auto()


def read_checksum(words: str) -> str | None:
    """A SHA-256, or its first twelve signs or more; in groups or not, in capitals or not."""
    checksum = "".join(words.split()).lower()
    return checksum if _CHECKSUM.fullmatch(checksum) else None


def result_of_file(*, is_issued: bool, bears_known_number: bool) -> ReportCheckResult:
    """Nothing but the bytes makes a file genuine."""
    if is_issued:
        return ReportCheckResult.GENUINE
    return ReportCheckResult.ALTERED if bears_known_number else ReportCheckResult.UNKNOWN
