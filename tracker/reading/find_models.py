"""What a search of a body's items gives: frozen objects for the page, the command and the tests.

They hold codes, names and texts in pieces; sentences and marks are made where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.search.excerpts import Found, Piece

from .models import BodyDetails, ConventionDetails
from .rows import ItemListRow


@dataclass(frozen=True, kw_only=True)
class FindFilters:
    """What narrows a search down, and how it is shown; "" asks for nothing."""

    convention: str = ""  # its slug
    verdict: str = ""  # a code of `rules.codes.Verdict`
    delegation: str = ""  # its name
    unit: str = ""  # its name
    kind: str = ""
    order: str = "match"  # match, newest (convention first), number
    page: int = 1
    size: int = 50
    as_typed: bool = False  # a misspelt word is looked for as it is

    @property
    def any(self) -> bool:
        """Whether any of them leaves items out."""
        return bool(self.convention or self.verdict or self.delegation or self.unit or self.kind)


@dataclass(frozen=True, kw_only=True)
class Count:
    items: int
    more: bool = False  # there are more than these: "500+"


@dataclass(frozen=True, kw_only=True)
class FacetChoice:
    """One value by which the results may be narrowed down, and what it leaves of them."""

    value: str  # a code, or a name
    count: Count


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One filter with its values among the items that the other filters leave."""

    chosen: str  # "": none
    any: Count  # items, whatever their value
    choices: tuple[FacetChoice, ...]  # those of most items first; the chosen one among them


@dataclass(frozen=True, kw_only=True)
class ConventionCount:
    convention: ConventionDetails
    count: Count  # 0: none of its items is found


@dataclass(frozen=True, kw_only=True)
class Hit:
    row: ItemListRow
    convention: ConventionDetails
    title: tuple[Piece, ...]  # empty where the item has none
    # Where it was found besides its title and code: the first says the most.
    found: tuple[Found, ...]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """No item says the one, so the other was looked for."""

    typed: str
    meant: str


@dataclass(frozen=True, kw_only=True)
class FewerWords:
    """What one of the words finds by itself, where all together find nothing."""

    typed: str
    count: Count
    row: ItemListRow | None  # of the only item


@dataclass(frozen=True, kw_only=True)
class FindResults:
    body: BodyDetails
    as_of: date
    typed: str
    looked_for: str  # as typed, or corrected
    corrections: tuple[Correction, ...]
    left_out_words: tuple[str, ...]  # of a long query: what was not looked for
    filters: FindFilters  # with the page that there is
    count: Count  # items that the filters leave
    pages: int
    hits: tuple[Hit, ...]  # of this page
    conventions: tuple[ConventionCount, ...]  # all of the body, the newest first
    any_convention: Count
    verdicts: Facet
    delegations: Facet
    units: Facet
    kinds: Facet
    by_address: bool  # a code or a number alone was typed, and there are items that have it
    leads_to: str | None  # the address of the only item that has it
    # On an earlier day: items that say it now, and did not, or were not there, on that day.
    not_on_that_day: int
    # How many items can be found at all, by convention; where nothing is shown.
    looked_through: tuple[ConventionCount, ...]
    fewer_words: tuple[FewerWords, ...]  # where nothing was found

    @property
    def first_number(self) -> int:
        """The place of the first hit of this page among all."""
        return (self.filters.page - 1) * self.filters.size + 1

    @property
    def without_hits(self) -> Iterator[ConventionDetails]:
        """Conventions of which no item is found."""
        return (found.convention for found in self.conventions if not found.count.items)
