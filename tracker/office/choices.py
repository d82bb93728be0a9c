"""Options that several forms of the office offer."""

from __future__ import annotations

from collections.abc import Mapping


def unit_choices(units: Mapping[int, str]) -> list[tuple[str, str]]:
    by_name = sorted(units.items(), key=lambda unit: unit[1].casefold())
    return [(str(key), name) for key, name in by_name]
