"""Whether a file is a report as it was issued: what follows from its checksum and its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, auto

SHORTEST_CHECKSUM = 12  # signs, by which a checksum is known
_CHECKSUM = re.compile(r"[0-9a-f]{12,64}")


class CheckResult(StrEnum):
    GENUINE = auto()  # the bytes are those of a file that was issued
    ALTERED = auto()  # it bears the number of a report that was issued, and has other bytes
    FOUND = auto()  # no file: a number or a checksum is that of a report that was issued
    UNKNOWN = auto()


@dataclass(frozen=True, kw_only=True)
class WhatWasTyped:
    """A number or the beginning of a checksum, as people type them."""

    number: str | None = None
    checksum: str | None = None


def read_typed(words: str) -> WhatWasTyped:
    """In groups or not, in capitals or not. What can be both is looked up as both."""
    plain = "".join(words.split())
    checksum = plain.lower()
    is_checksum = _CHECKSUM.fullmatch(checksum) is not None
    return WhatWasTyped(number=plain or None, checksum=checksum if is_checksum else None)


def result_of_file(*, is_issued: bool, bears_known_number: bool) -> CheckResult:
    """Nothing but the bytes makes a file genuine."""
    if is_issued:
        return CheckResult.GENUINE
    return CheckResult.ALTERED if bears_known_number else CheckResult.UNKNOWN
