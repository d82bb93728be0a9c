"""Which issued reports an act concerns that takes something from readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .codes import FileVariant


@dataclass(frozen=True, kw_only=True)
class TakenFromReaders:
    """What an act takes: since which event it is on record, and where it may have been read."""

    since: int = 0  # the event that recorded it; 0: whatever is on record
    convention_ids: frozenset[int] | None = None  # None: in reports of any convention

    def may_stand_in(self, up_to: int, convention_id: int | None) -> bool:
        """Whether a report of that convention (None: of several), frozen at an event, can show it.

        What was recorded later no report can show.
        """
        is_within = self.convention_ids is None or convention_id in {None, *self.convention_ids}
        return self.since <= up_to and is_within


def files_that_showed_it(
    before: Mapping[FileVariant, str], after: Mapping[FileVariant, str]
) -> frozenset[FileVariant]:
    """The files that would be made otherwise now: by what each says before the act and after it.

    A short report that does not print an entry's words is the same, and stays.
    """
    return frozenset(variant for variant, words in before.items() if after.get(variant) != words)


@dataclass(frozen=True, kw_only=True)
class ReportIssuedAnew:
    """An issued report whose files are withheld, and the one that takes its place."""

    number: str
    title: str
    files: frozenset[FileVariant]  # that showed what was taken from readers
    anew: str  # its number
