"""What a report is asked for: one frozen request, its JSON in the table of jobs, and its key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from .models import Paper, PrintOptions, Reading, ReportKind

RequestArguments = dict[str, object]
"""A request as JSON keeps it: ids, codes and ISO dates. What is as usual is left out, so that a
new option changes the key of no older request.
"""

USUAL: Mapping[str, object] = {
    "conventions": [],
    "reading": Reading.KNOWN.value,
    "filters": {},
    "texts": True,
    "large": False,
    "mono": False,
    "live": False,
}
"""Values that are left out; of all other names it is None."""

OF_SEVERAL = (ReportKind.YEARS, ReportKind.DELEGATION, ReportKind.UNIT)
"""The kinds that may be of several conventions, of all where none is named."""

OF_ALL_ITEMS = (ReportKind.ITEM, ReportKind.YEARS)
"""The kinds that are of no selection."""


@dataclass(frozen=True, kw_only=True)
class ReportRequest:
    """Which report, of what, as of when, and how it is printed.

    `filters` are the query arguments of the list page by their names in addresses, without those
    that are empty.
    """

    kind: ReportKind
    convention_ids: tuple[int, ...] = ()  # empty: all of the body (`OF_SEVERAL`)
    item_id: int | None = None
    delegation_id: int | None = None
    unit_id: int | None = None
    as_of: date | None = None  # None: the day on which it is made
    reading: Reading = Reading.KNOWN
    filters: Mapping[str, str] = field(default_factory=dict)
    texts: bool = True
    paper: Paper | None = None  # None: by the body's time zone
    large: bool = False
    mono: bool = False  # safe in black and white
    live: bool = False  # the record as it is, of a convention that readers read by edition
    edition_id: int | None = None  # the edition whose board's copy it is
    up_to: int | None = None  # the event at which the record is frozen; None: its end

    def __post_init__(self) -> None:
        filters = {name: self.filters[name] for name in sorted(self.filters) if self.filters[name]}
        object.__setattr__(self, "filters", filters)

    @property
    def convention_id(self) -> int:
        """Of a report of one convention."""
        (convention_id,) = self.convention_ids
        return convention_id

    @property
    def options(self) -> PrintOptions:
        return PrintOptions(paper=self.paper, large=self.large, mono=self.mono, texts=self.texts)

    @property
    def canonical(self) -> str:
        """Canonical JSON."""
        return json.dumps(self.to_arguments(), sort_keys=True, separators=(",", ":"))

    @property
    def key(self) -> str:
        """SHA-256 of the canonical JSON: the same for the same request."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def frozen(self, up_to: int, as_of: date) -> ReportRequest:
        """The same at an event and a day: collected again, its data are the same, but for what is
        withheld, erased or unnamed since.
        """
        return replace(self, up_to=up_to, as_of=as_of)

    def to_arguments(self) -> RequestArguments:
        arguments: RequestArguments = {
            "kind": self.kind.value,
            "conventions": list(self.convention_ids),
            "item": self.item_id,
            "delegation": self.delegation_id,
            "unit": self.unit_id,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "reading": self.reading.value,
            "filters": dict(self.filters),
            "texts": self.texts,
            "paper": self.paper.value if self.paper else None,
            "large": self.large,
            "mono": self.mono,
            "live": self.live,
            "edition": self.edition_id,
            "up_to": self.up_to,
        }
        return {name: value for name, value in arguments.items() if value != USUAL.get(name)}

    @classmethod
    def from_arguments(cls, arguments: Mapping[str, object]) -> ReportRequest:
        """Of JSON that `to_arguments` made, or of a job of an older version of the program."""
        if "form" in arguments:
            arguments = _of_older_version(arguments)
        as_of, paper = arguments.get("as_of"), arguments.get("paper")
        return cls(
            kind=ReportKind(str(arguments["kind"])),
            convention_ids=tuple(cast(list[int], arguments.get("conventions", []))),
            item_id=_key(arguments, "item"),
            delegation_id=_key(arguments, "delegation"),
            unit_id=_key(arguments, "unit"),
            as_of=date.fromisoformat(str(as_of)) if as_of else None,
            reading=Reading(str(arguments.get("reading", Reading.KNOWN.value))),
            filters=cast(Mapping[str, str], arguments.get("filters", {})),
            texts=bool(arguments.get("texts", True)),
            paper=Paper(str(paper)) if paper else None,
            large=bool(arguments.get("large")),
            mono=bool(arguments.get("mono")),
            live=bool(arguments.get("live")),
            edition_id=_key(arguments, "edition"),
            up_to=_key(arguments, "up_to"),
        )


def _key(arguments: Mapping[str, object], name: str) -> int | None:
    return cast(int | None, arguments.get(name))


def _of_older_version(arguments: Mapping[str, object]) -> RequestArguments:
    """Before there were requests, a job named one convention, and its kind was called form."""
    return {**arguments, "kind": arguments["form"], "conventions": [arguments["convention"]]}
