"""The units and the delegations of a body by name: which name is in force, which were before, what
is closed, and what was merged into another.

A merger is one fact. From its day on the merged row is shown under the other's name, and whoever
has a role in one has it in both; what was recorded of it stays as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from . import refusals
from .refusals import Refusal


class Roster(StrEnum):
    """What a body keeps by name."""

    UNITS = "units"
    DELEGATIONS = "delegations"

    @property
    def table(self) -> str:
        """The table of its rows: what an event's subject is called."""
        return "unit" if self is Roster.UNITS else "delegation"


def name_key(name: str | None) -> str:
    """A name as it is compared with others: without needless blanks, and its case folded."""
    return " ".join(unicodedata.normalize("NFC", name or "").split()).casefold()


@dataclass(frozen=True, kw_only=True)
class NamedRow:
    """A unit or a delegation, as of a day."""

    id: int
    names: tuple[str, ...]  # the newest first
    named_by: tuple[tuple[int, str], ...] = ()  # events, and the name that each gave; oldest first
    is_closed: bool = False
    into: int | None = None  # the row into which it was merged

    @property
    def name(self) -> str:
        """Its own, be it merged or not."""
        return self.names[0]

    @property
    def is_open(self) -> bool:
        return not self.is_closed and self.into is None


@dataclass(frozen=True)
class NamesInForce:
    """All rows of one roster, as of a day."""

    rows: Mapping[int, NamedRow]

    @cached_property
    def shown(self) -> Mapping[int, str]:
        """The name that pages show, by key: of a merged row, that of the one that has it now."""
        return {key: self.rows[self.target(key)].name for key in self.rows}

    @cached_property
    def offered(self) -> Mapping[int, str]:
        """The names that forms offer, by key: neither closed nor merged."""
        return {key: row.name for key, row in self.rows.items() if row.is_open}

    def target(self, key: int) -> int:
        """The row that has what this one had: itself, unless it was merged."""
        return target(key, self._mergers)

    def family(self, key: int) -> frozenset[int]:
        """The row that has what this one had, and all that were merged into it."""
        return family(key, self._mergers)

    def name_at(self, key: int, event: int) -> str:
        """The row's own name when this event was recorded."""
        row = self.rows[key]
        given = [name for named_by, name in row.named_by if named_by <= event]
        return given[-1] if given else row.names[-1]

    def earlier(self, key: int) -> tuple[str, ...]:
        """Other names under which the row was known: its own, and those of what it is in now."""
        names: list[str] = []
        place: int | None = key
        while place is not None:
            names += self.rows[place].names
            place = self.rows[place].into
        return tuple(name for name in dict.fromkeys(names) if name != self.shown[key])

    def find(self, name: str) -> int | None:
        """The row that has this name, else the one that had it, or has what had it."""
        return self.by_name.get(name_key(name))

    def now_called(self, name: str) -> str:
        """The name in place of one that pages show no more; any other stays as it is."""
        return self.former.get(name_key(name), name)

    def holder(self, name: str, other_than: int | None = None) -> NamedRow | None:
        """The row that has or had this name."""
        wanted = name_key(name)
        held = [
            row
            for row in self.rows.values()
            if row.id != other_than and wanted in map(name_key, row.names)
        ]
        held.sort(key=lambda row: (name_key(row.name) != wanted, row.id))
        return held[0] if held else None

    @cached_property
    def all_names(self) -> frozenset[str]:
        """Those in force, and those before."""
        return frozenset(name for row in self.rows.values() for name in row.names)

    @cached_property
    def former(self) -> Mapping[str, str]:
        """By their keys, names that pages show no more, each with the name shown in its place."""
        shown = {name_key(name) for name in self.shown.values()}
        return {name: self.shown[key] for name, key in self.by_name.items() if name not in shown}

    @cached_property
    def _mergers(self) -> dict[int, int]:
        return {row.id: row.into for row in self.rows.values() if row.into is not None}

    @cached_property
    def by_name(self) -> Mapping[str, int]:
        """By the keys of all names that are or were in force: the row that has what had it.

        The newest name wins over one that was given up, and an open row over a closed one.
        """
        by_name: dict[str, int] = {}
        in_order = sorted(self.rows.values(), key=lambda row: (row.is_open, row.id))
        for row in in_order:
            for name in row.names[1:]:
                by_name[name_key(name)] = self.target(row.id)
        for row in in_order:
            by_name[name_key(row.name)] = self.target(row.id)
        return by_name


def need_free(names: NamesInForce, name: str, other_than: int | None = None) -> None:
    """Whether a row may be called so: no other is, or was, and it can be found by it."""
    refusals.need(name_key(name), Refusal.NEEDS_A_NAME)
    refusals.need(names.holder(name, other_than) is None, Refusal.NAME_IS_TAKEN)


def target(key: int, mergers: Mapping[int, int]) -> int:
    """Where mergers lead; `mergers` is by the row that was merged."""
    while key in mergers:
        key = mergers[key]
    return key


def family(key: int, mergers: Mapping[int, int]) -> frozenset[int]:
    """Where mergers lead from here, and all that they lead to the same place."""
    place = target(key, mergers)
    return frozenset({place, *(other for other in mergers if target(other, mergers) == place)})


def in_force(
    names: Iterable[tuple[int, int, str]], closed: Iterable[int], mergers: Mapping[int, int]
) -> NamesInForce:
    """`names`: events, each with the row to which it gave a name, in the order of recording."""
    by_key: dict[int, list[tuple[int, str]]] = {}
    for event, key, name in names:
        by_key.setdefault(key, []).append((event, name))
    closed_keys = set(closed)
    return NamesInForce(
        {
            key: NamedRow(
                id=key,
                names=tuple(dict.fromkeys(name for _event, name in reversed(own))),
                named_by=tuple(own),
                is_closed=key in closed_keys,
                into=mergers.get(key) if mergers.get(key) in by_key else None,
            )
            for key, own in by_key.items()
        }
    )
