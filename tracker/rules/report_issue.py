"""When the draft of a report is signed off and issued, which number it gets, and what an erratum
needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .refusals import Refusal, need

LONGEST_PREFIX = 20  # characters
PREFIX = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
SEVERAL = "all"
"""In the number of a report of several conventions, in the place of one's slug."""


@dataclass(frozen=True, kw_only=True)
class DraftState:
    """What the rules ask of a draft."""

    agrees: bool  # collected again, its data are the same
    is_issued: bool
    signed_off_by: int | None  # a person of governance; None: nobody signed it off
    of_hidden: bool = False  # a convention of it is hidden
    of_live: bool = False  # of the record as it is, though readers read editions
    of_edition: bool = False  # it is the board's copy of an edition
    edition_published: bool = False


def is_prefix(words: str) -> bool:
    """Whether the numbers of a body's reports can begin so: letters, digits, hyphens inside."""
    return len(words) <= LONGEST_PREFIX and PREFIX.fullmatch(words) is not None


def prefix_in_force(setting: str, slug: str) -> str:
    """That of the body's setting; where it has none, its slug in capitals."""
    return setting or slug.upper()[:LONGEST_PREFIX].rstrip("-")


def number_stem(prefix: str, convention_slug: str | None) -> str:
    """All of the number but its last part. None: the report is of several conventions."""
    return f"{prefix}-{convention_slug or SEVERAL}"


def next_running(stem: str, numbers: Iterable[str]) -> int:
    """The last part of the next number: after the highest that was ever given."""
    beginning = f"{stem}-"
    last_parts = (
        number.removeprefix(beginning) for number in numbers if number.startswith(beginning)
    )
    return max((int(part) for part in last_parts if _is_number(part)), default=0) + 1


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit()


def sign_off(draft: DraftState) -> None:
    """Once, before it is issued."""
    _need_issuable(draft)
    need(draft.signed_off_by is None, Refusal.ALREADY_SIGNED_OFF)


def issue(draft: DraftState, actor_id: int, *, needs_sign_off: bool) -> None:
    """Once, while its data are what they were. Where the body asks for a sign-off, by somebody
    else than whoever signed it off; that of an edition counts for the board's copy.
    """
    _need_issuable(draft)
    need(draft.edition_published or not draft.of_edition, Refusal.EDITION_NOT_PUBLISHED)
    if not needs_sign_off:
        return
    need(draft.signed_off_by is not None, Refusal.REPORT_NEEDS_A_SIGN_OFF)
    need(draft.of_edition or draft.signed_off_by != actor_id, Refusal.SIGN_OFF_IS_YOUR_OWN)


def _need_issuable(draft: DraftState) -> None:
    """It is not issued yet, still what was made, and of what readers may read."""
    need(not draft.of_hidden, Refusal.REPORT_OF_HIDDEN)
    need(not draft.of_live, Refusal.REPORT_OF_LIVE)
    need(not draft.is_issued, Refusal.ALREADY_ISSUED)
    need(draft.agrees, Refusal.DRAFT_HAS_CHANGED)


def erratum(correction: str, *, same_conventions: bool, is_withheld: bool) -> None:
    """What it puts right is said, of a report of the same conventions whose files are there."""
    need(correction.strip(), Refusal.NEEDS_THE_CORRECTION)
    need(same_conventions, Refusal.CORRECTS_ANOTHER)
    need(not is_withheld, Refusal.FILES_ARE_WITHHELD)


def make_files_again(*, have_files: bool, is_withheld: bool, is_in_work: bool) -> None:
    """Of a report whose job was given up."""
    need(not is_withheld, Refusal.FILES_ARE_WITHHELD)
    need(not have_files, Refusal.FILES_ARE_THERE)
    need(not is_in_work, Refusal.FILES_ARE_BEING_MADE)
