"""The search of a body in the address: reading it, and the addresses that change it.

What a search finds is the reading's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack
from urllib.parse import urlencode

from flask import url_for

from tracker.reading.arguments import read_page, read_text
from tracker.reading.find_models import FindFilters, FindResults
from tracker.rules.codes import Verdict

ORDERS = ("match", "newest", "number")
LONGEST_QUERY = 1000  # characters

# By the name of each field of `FindFilters`, its name in an address.
NAMES = {
    "convention": "convention",
    "verdict": "verdict",
    "delegation": "delegation",
    "unit": "department",
    "kind": "kind",
    "order": "order",
    "page": "page",
}
USUAL = FindFilters()


def read_words(args: Mapping[str, str]) -> str:
    return args.get("q", "").strip()[:LONGEST_QUERY]


def read_filters(args: Mapping[str, str]) -> FindFilters:
    """What cannot be understood is left out."""
    order = args.get("order", USUAL.order)
    verdict = _text(args, "verdict")
    return FindFilters(
        convention=_text(args, "convention"),
        verdict=verdict if verdict in list(Verdict) else USUAL.verdict,
        delegation=_text(args, "delegation"),
        unit=_text(args, "unit"),
        kind=_text(args, "kind"),
        order=order if order in ORDERS else USUAL.order,
        page=read_page(args),
        as_typed="exact" in args,
    )


def _text(args: Mapping[str, str], name: str) -> str:
    return read_text(args, NAMES[name])


class FilterChanges(TypedDict, total=False):
    """The fields of `FindFilters` that an address changes."""

    convention: str
    verdict: str
    delegation: str
    unit: str
    kind: str
    order: str
    page: int
    as_typed: bool


@dataclass(frozen=True, kw_only=True)
class FindAddresses:
    """The addresses of a search. `as_of` is the day as the address has it; "" for today."""

    body: str  # its slug
    results: FindResults
    as_of: str

    def changed(self, **changes: Unpack[FilterChanges]) -> str:
        """The same words with other filters, on the first page."""
        values = dict(self.fields(**changes))
        return f"{url_for('public.find', body=self.body)}?{urlencode(values)}"

    def of_verdict(self, verdict: str) -> str:
        return self.changed(verdict=verdict)

    def of_delegation(self, delegation: str) -> str:
        return self.changed(delegation=delegation)

    def today(self) -> str:
        """The same search of what is known today."""
        return replace(self, as_of="").changed()

    def of_page(self, number: int) -> str:
        return self.changed(page=number)

    def of_words(self, words: str) -> str:
        """A search for other words, without filters."""
        values = {"q": words} | ({"as_of": self.as_of} if self.as_of else {})
        return f"{url_for('public.find', body=self.body)}?{urlencode(values)}"

    def fields(self, **changes: Unpack[FilterChanges]) -> list[tuple[str, str]]:
        """What an address or a form says, by name; what is as usual is left out."""
        changed: dict[str, object] = {**vars(self.results.filters), "page": 1, **changes}
        fields = [("q", self.results.typed)]
        fields += [
            (name, str(changed[field]))
            for field, name in NAMES.items()
            if changed[field] != getattr(USUAL, field)
        ]
        if changed["as_typed"]:
            fields.append(("exact", "1"))
        if self.as_of:
            fields.append(("as_of", self.as_of))
        return fields
