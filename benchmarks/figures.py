"""How figures are taken and printed.

Rounds of all measures in turn, the median of each, its spread, and its ratio to the baseline of the
same run.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str
    median: float
    lowest: float
    highest: float
    baseline: str | None = None
    ratio: float | None = None
    target: float | None = None  # of the ratio


def rounds(measures: Mapping[str, Callable[[], float]], times: int = 5) -> dict[str, list[float]]:
    """Each measure once a round, in turn, so that what disturbs the machine disturbs all of
    them.
    """
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(times):
        for name, measure in measures.items():
            found[name].append(measure())
    return found


def figures(
    found: Mapping[str, list[float]], against: Mapping[str, tuple[str, float | None]]
) -> list[Figure]:
    """`against`: for a measure its baseline and the target of the ratio.

    The ratio is the median of the rounds' own ratios.
    """
    made = []
    for name, values in found.items():
        baseline, target = against.get(name, (None, None))
        ratio = (
            statistics.median(
                one / other for one, other in zip(values, found[baseline], strict=True)
            )
            if baseline
            else None
        )
        made.append(
            Figure(
                name=name,
                median=statistics.median(values),
                lowest=min(values),
                highest=max(values),
                baseline=baseline,
                ratio=ratio,
                target=target,
            )
        )
    return made


def show(title: str, unit: str, made: list[Figure], as_json: bool, **more: object) -> None:
    """A table, and with `as_json` one line of JSON instead."""
    if as_json:
        print(
            json.dumps(
                {"title": title, "unit": unit, "figures": [each.__dict__ for each in made], **more}
            )
        )
        return
    print(f"{title} ({unit}; median of the rounds, lowest to highest)")
    for each in made:
        ratio = f"{each.ratio:6.2f} x {each.baseline}" if each.ratio is not None else ""
        target = f" (target {each.target:g})" if each.target is not None else ""
        print(
            f"  {each.name:34}{each.median:10.1f}  {each.lowest:9.1f} to {each.highest:9.1f}  "
            f"{ratio}{target}"
        )
    for name, value in more.items():
        print(f"  {name}: {value}")
