"""Whether what was corrected had been read outside before; else it is no erratum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .codes import Visibility


@dataclass(frozen=True, kw_only=True)
class VisibilityChange:
    """From this event on it holds."""

    event: int
    visibility: Visibility
    by_edition: bool


@dataclass(frozen=True, kw_only=True)
class EditionPublished:
    """An edition, which stops at `up_to`, was published by `event`."""

    event: int
    up_to: int


@dataclass(frozen=True)
class PublicationHistory:
    """Of one convention, in the order of recording. Before the first change it was public, and read
    live.
    """

    changes: Sequence[VisibilityChange] = ()
    editions: Sequence[EditionPublished] = ()

    def was_read(self, first: int, until: int) -> bool:
        """Whether what stood in the record from one event to another could be read outside."""
        return any(
            self._has_edition(first, until, end)
            if by_edition
            else max(first, start) < (until if end is None else min(until, end))
            for start, end, by_edition in self._open_periods()
        )

    def _has_edition(self, first: int, until: int, end: int | None) -> bool:
        """Whether an edition that was published before `end` holds it."""
        return any(
            first <= edition.up_to < until and (end is None or edition.event < end)
            for edition in self.editions
        )

    def _open_periods(self) -> Iterator[tuple[int, int | None, bool]]:
        """First event, the one that ended it, and whether it was read by edition."""
        start, is_open, by_edition = 0, True, False
        for change in self.changes:
            if is_open:
                yield start, change.event, by_edition
            start, by_edition = change.event, change.by_edition
            is_open = change.visibility is not Visibility.HIDDEN
        if is_open:
            yield start, None, by_edition
