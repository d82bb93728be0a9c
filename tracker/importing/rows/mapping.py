"""What an office says of how a list is to be understood.

Reading it from a file is in `mapping_file`; what of it does not fit a list, in `mapping_problems`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tracker.importing.values.dates import Order
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")  # an address of a convention


@dataclass(frozen=True, kw_only=True)
class ListMapping:
    """Everything may be left out. Words of a list are keys with their case folded."""

    # heading, or letter of a column, to a field
    columns: Mapping[str, str] = field(default_factory=dict)
    # words of a status to codes joined by +
    statuses: Mapping[str, str] = field(default_factory=dict)
    # a unit as the list writes it to its name
    units: Mapping[str, str] = field(default_factory=dict)
    # a meeting as the list names it to its address
    conventions: Mapping[str, str] = field(default_factory=dict)
    date_order: Order | None = None
    votes_order: tuple[str, ...] = ()
    floor_action: str | None = None  # where a row says none
    kind: str | None = None
    year: int | None = None
    header_row: int | None = None
    sheet: str | None = None
    encoding: str | None = None
    # the words above whose case is folded, as the office wrote them
    written: Mapping[str, str] = field(default_factory=dict)

    def unit(self, words: str) -> str:
        """The name of a unit that a list writes so."""
        return self.units.get(name_key(words), words)

    def convention(self, words: str) -> str | None:
        """The address of the meeting that a list names so, where the office says one."""
        return self.conventions.get(name_key(words))


def nearest_words(words: str, known: Iterable[str]) -> str:
    """The end of a sentence on words that fit nothing: which of the known ones are nearest."""
    spelt = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(words.casefold().strip(), list(spelt), n=3, cutoff=0.6)
    if not close:
        return ""
    return _("; nearest: %(words)s", words=", ".join(repr(spelt[name]) for name in close))
