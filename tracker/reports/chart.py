"""The geometry of the stacked bar in print: fields, patterns and numbers as lengths and paths. The template draws them; nothing is counted here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.convention import Segment

WIDTH, HEIGHT, GAP = 660.0, 42.0, 1.4  # units of the drawing; it is set 174 mm wide
DIGIT, SMALL = (
    9.0,
    13.0,
)  # the width of a digit of a count, and the narrowest field that has its count inside

# Of each field of the bar: its colour, and how it is told apart in grey.
LOOK = {
    "change": ("#0b5158", "solid"),
    "done": ("#2c6cb0", "solid"),
    "partly": ("#7190bd", "hatch"),
    "reported": ("#3b318f", "thick"),
    "notyet": ("#a8862f", "dots"),
    "no": ("#b04a25", "lines"),
    "noword": ("#857e90", "dashes"),
}
PAPER, INK = "#ffffff", "#191c20"


@dataclass(frozen=True)
class BarField:
    """One field: a rectangle, what is drawn in it, and its count, on a halo of paper where a pattern is behind it."""

    code: str
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str | None
    stroke_width: float
    dash: str | None
    path: str | None  # the pattern
    colour: str
    path_width: float
    round: bool
    count: str | None
    middle: float
    base: float
    ink: str
    halo: tuple[float, float, float, float] | None  # x, y, width, height


def _hatch(x: float, y: float, width: float, height: float, step: float = 5.0) -> str:
    """Diagonals, cut off at the edges."""
    parts, at = [], step
    while at < width + height:
        x1, y1 = (x, y + at) if at <= height else (x + at - height, y + height)
        x2, y2 = (x + at, y) if at <= width else (x + width, y + at - width)
        parts.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
        at += step
    return "".join(parts)


def _dots(x: float, y: float, width: float, height: float, step: float = 4.5) -> str:
    across, down = range(int((width - 3) / step) + 1), range(int((height - 3) / step) + 1)
    return "".join(
        f"M{x + 3 + i * step:.1f} {y + 3 + j * step:.1f}h.01" for j in down for i in across
    )


def _lines(x: float, y: float, width: float, height: float, step: float = 3.6) -> str:
    return "".join(
        f"M{x:.1f} {y + 1.6 + step * i:.1f}h{width:.1f}"
        for i in range(int((height - 1.6) / step) + 1)
    )


def field(
    code: str,
    x: float,
    width: float,
    height: float = HEIGHT,
    count: str | None = None,
    y: float = 0.0,
) -> BarField:
    """A field of the bar, or, small and without a count, of its key."""
    colour, pattern = LOOK[code]
    inset = {"thick": 0.9, "dashes": 0.5}.get(pattern, 0.0)
    stroke_width = {"thick": 1.8, "dashes": 1.0, "hatch": 0.6, "dots": 0.6}.get(pattern, 0.0)
    drawn = {"hatch": _hatch, "dots": _dots, "lines": _lines}.get(pattern)
    solid = pattern == "solid"
    if count and width < max(SMALL, DIGIT * len(count) + 4):
        count = None
    label = DIGIT * len(count or "") + 8
    middle, base = x + width / 2, y + height / 2 + 4.7
    return BarField(
        code,
        x=x + inset,
        y=y + inset,
        width=width - 2 * inset,
        height=height - 2 * inset,
        fill=colour if solid else PAPER,
        stroke=None if solid or pattern == "lines" else colour,
        stroke_width=stroke_width,
        dash="3 2.2" if pattern == "dashes" else None,
        path=drawn(x, y, width, height) if drawn else None,
        colour=colour,
        path_width=2.2 if pattern == "lines" else 2.0,
        round=pattern == "dots",
        count=count,
        middle=middle,
        base=base,
        ink=PAPER if solid else INK,
        halo=(middle - label / 2, y + height / 2 - 8.6, label, 17.2) if drawn and count else None,
    )


def bar(segments: Sequence[Segment], counts: Sequence[str]) -> tuple[BarField, ...]:
    """The fields side by side, as long as their counts; `counts` are the counts as they are written."""
    shown = [
        (segment, count) for segment, count in zip(segments, counts, strict=True) if segment.count
    ]
    total, room = sum(segment.count for segment, _ in shown), WIDTH - GAP * max(len(shown) - 1, 0)
    fields, x = [], 0.0
    for segment, count in shown:
        width = room * segment.count / total
        fields.append(field(segment.code, x, width, count=count))
        x += width + GAP
    # What has an edge of its own is drawn last, so that the edge is whole.
    return tuple(sorted(fields, key=lambda each: each.dash is not None))
