"""Options that several forms of the office offer."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]


def unit_choices(units: Mapping[int, str]) -> list[SelectChoice]:
    by_name = sorted(units.items(), key=lambda unit: unit[1].casefold())
    return [SelectChoice(str(key), name) for key, name in by_name]
