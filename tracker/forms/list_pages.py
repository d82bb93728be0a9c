"""Long lists: which page of one the address names, and the addresses of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request, url_for

ROWS_PER_PAGE = 50
LONGEST_PAGE_NUMBER = 5  # digits

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class ListPage:
    number: int
    pages: int
    per_page: int

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Those of this page."""
        return rows[(self.number - 1) * self.per_page : self.number * self.per_page]


def list_page(most_rows: int, per_page: int = ROWS_PER_PAGE) -> ListPage:
    """The page that the address names; the nearest where there is none of that number.

    :param most_rows: of the longest list on the page
    """
    pages = max(1, -(-most_rows // per_page))  # rounded up
    text = request.args.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER
    number = min(max(1, int(text) if is_number else 1), pages)
    return ListPage(number=number, pages=pages, per_page=per_page)


def page_address(page: int) -> str:
    """This page with another part of its lists; what it shows stays."""
    values = {**(request.view_args or {}), **request.args.to_dict(), "page": page}
    return url_for(request.endpoint or "", **values)
