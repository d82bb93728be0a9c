"""What filters and pages an address names; what cannot be understood is left out."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 200  # characters of a filter


def read_text(args: Mapping[str, str], key: str) -> str:
    """A filter: what of it can be printed."""
    return "".join(filter(str.isprintable, args.get(key, ""))).strip()[:LONGEST]


def read_page(args: Mapping[str, str]) -> int:
    page = args.get("page", "1")
    return int(page) if page.isdecimal() and len(page) < 6 else 1
