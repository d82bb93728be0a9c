"""What a list of items is asked for in its address: filters, order, page.

Each filter and each order stands here twice, side by side: for the database, which makes the lists
of today, and for items that were derived as of an earlier day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from tracker.extensions import Money
from tracker.record.as_of import NOW, AsOf
from tracker.record.summary import ItemSummary
from tracker.rules import item_code
from tracker.rules.codes import Verdict
from tracker.rules.rates import FIGURES
from tracker.rules.rosters import NamesInForce

from .arguments import read_page, read_text
from .body_context import BodyContext
from .naming import Naming, delegations
from .tallies import keys_in


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the address asks for; "" asks for nothing."""

    words: str = ""  # a number, words of title or text, a maker's delegation
    verdict: str = ""
    delegation: str = ""
    unit: str = ""
    kind: str = ""
    # The rows behind a figure ("carried_out.adopted") or a field of the chart ("chart.done").
    rows: str = ""
    order: str = "number"  # number, word, spent
    page: int = 1
    size: int = 50  # rows on a page; 0: all on one

    @property
    def any(self) -> bool:
        """Whether any filter is set."""
        filters = (self.words, self.verdict, self.delegation, self.unit, self.kind, self.rows)
        return any(filters)

    @property
    def start(self) -> int:
        """How many items stand on the pages before."""
        return (self.page - 1) * self.size


ARGUMENTS = {
    "words": "q",
    "verdict": "verdict",
    "delegation": "delegation",
    "unit": "department",
    "kind": "kind",
    "rows": "rows",
    "order": "order",
    "page": "page",
    "size": "size",
}
"""By the fields of `Filters`: their names in addresses, and in the requests of reports."""


def read_filters(args: Mapping[str, str]) -> Filters:
    """What cannot be understood is left out."""
    order = args.get("order", "number")
    return Filters(
        words=read_text(args, ARGUMENTS["words"]),
        verdict=read_text(args, ARGUMENTS["verdict"]),
        delegation=read_text(args, ARGUMENTS["delegation"]),
        unit=read_text(args, ARGUMENTS["unit"]),
        kind=read_text(args, ARGUMENTS["kind"]),
        rows=read_text(args, ARGUMENTS["rows"]),
        order=order if order in ORDERS else "number",
        page=read_page(args),
        size=0 if args.get("size") == "all" else Filters.size,
    )


def paged(filters: Filters, matching: int) -> tuple[int, Filters]:
    """The number of pages, and the filters with the page and the size that there are.

    `matching` is the number of items that the filters leave.
    """
    size = filters.size or max(matching, 1)
    pages = max(1, -(-matching // size))
    page = min(max(filters.page, 1), pages)
    return pages, replace(filters, page=page, size=size)


# --- which items ---


def conditions(
    filters: Filters, body_context: BodyContext, as_of: AsOf = NOW
) -> Iterator[sa.ColumnElement[bool]]:
    """All filters but the words: the texts are not in the summary."""
    if filters.verdict:
        known = filters.verdict in list(Verdict)
        yield ItemSummary.verdict == Verdict(filters.verdict) if known else sa.false()
    if filters.kind:
        yield ItemSummary.kind == filters.kind
    if filters.unit:
        units = keys_of_name(body_context.unit_names, filters.unit)
        yield sa.or_(sa.false(), *(ItemSummary.units.contains(f" {unit} ") for unit in units))
    if filters.delegation:
        keys = keys_of_name(body_context.delegation_names, filters.delegation)
        brought = delegations(as_of).where(sa.column("delegation_id").in_(keys))
        yield ItemSummary.item_id.in_(sa.select(brought.subquery().c.item_id))
    if filters.rows:
        if filters.rows in FIGURES:
            yield ItemSummary.figures.contains(f" {filters.rows} ", autoescape=True)
        else:
            yield sa.false()


def matches(item: ItemSummary, naming: Naming, filters: Filters, body_context: BodyContext) -> bool:
    """All filters, of one item."""
    if filters.verdict and item.verdict.value != filters.verdict:
        return False
    if filters.kind and filters.kind != item.kind:
        return False
    if filters.unit:
        units = keys_of_name(body_context.unit_names, filters.unit)
        if units.isdisjoint(keys_in(item.units)):
            return False
    if filters.delegation:
        keys = keys_of_name(body_context.delegation_names, filters.delegation)
        if keys.isdisjoint(naming.delegation_ids):
            return False
    if filters.rows and filters.rows not in item.figures.split():
        return False
    if not filters.words:
        return True
    year = body_context.conventions[item.convention_id].year
    return is_found_by(
        filters.words,
        naming,
        kind=item.kind,
        number=item.number,
        year=year,
        prefixes=body_context.prefixes,
    )


def is_found_by(
    words: str,
    naming: Naming,
    *,
    kind: str,
    number: str,
    year: int | None,
    prefixes: Mapping[str, str],
) -> bool:
    """Whether these words find an item.

    A code or a number finds the item that has it; other words must all occur in title, text or
    delegation. `year` is that of the convention.
    """
    code = item_code.parse(words, year)
    if code:
        return code == (prefixes.get(kind, kind), number)
    if item_code.normalised(words) == number:
        return True
    text = naming.search.casefold()
    return all(word in text for word in words.casefold().split())


def keys_of_name(names: NamesInForce, name: str) -> frozenset[int]:
    """All rows that pages show under this name, or under the one that has taken its place."""
    shown = frozenset(key for key, own_name in names.shown.items() if own_name == name)
    found = None if shown else names.find(name)
    return shown if found is None else names.family(found)


# --- in which order ---


_NOTHING_SPENT = sa.literal(Decimal(-1), Money())
ORDERS: Mapping[str, tuple[sa.SQLColumnExpression[Any], ...]] = {
    "number": (ItemSummary.sort_key, ItemSummary.item_id),
    "word": (
        ItemSummary.last_word.is_(None),
        ItemSummary.last_word.desc(),
        ItemSummary.sort_key,
        ItemSummary.item_id,
    ),
    "spent": (
        sa.func.coalesce(ItemSummary.spent, _NOTHING_SPENT).desc(),
        ItemSummary.sort_key,
        ItemSummary.item_id,
    ),
}


# All keys of one order have one shape, so that they compare.
OrderKey = tuple[Any, ...]


def order_key(order: str) -> Callable[[ItemSummary], OrderKey]:
    """The same orders for items that were derived; by number where there is no such order."""
    return {"word": _by_word, "spent": _by_spent}.get(order, _by_number)


def _by_number(item: ItemSummary) -> tuple[bytes, int]:
    return item.sort_key, item.item_id


def _by_word(item: ItemSummary) -> tuple[int, bytes, int]:
    newest_first = -(item.last_word.toordinal() if item.last_word else 0)
    return newest_first, *_by_number(item)


def _by_spent(item: ItemSummary) -> tuple[Decimal, bytes, int]:
    most_first = -(item.spent if item.spent is not None else Decimal(-1))
    return most_first, *_by_number(item)
