"""The geometry of the stacked bar in print: fields, patterns and numbers as lengths and paths.

The template draws them; nothing is counted here. Lengths are in units of the drawing, which is
set 174 mm wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.reading.convention import Segment

WIDTH = 660.0
WIDTH_IN_LARGE = 400.0
HEIGHT = 42.0
PEN = {"lines": 2.2, "grid": 0.9}  # the width of a pattern's lines; else 2
EDGE = {"thick": 1.8, "dashes": 1.0, "hatch": 0.6, "grid": 0.6, "dots": 0.6}  # of a field; else 0
GAP = 1.4  # between two fields
DIGIT_WIDTH = 9.0  # of a count
NARROWEST_WITH_COUNT = 13.0  # a narrower field does not have its count inside

# The colour of each field of the bar, and the pattern that tells it apart in grey.
PATTERNS = {
    "change": ("#0b5158", "solid"),
    "done": ("#2c6cb0", "solid"),
    "partly": ("#7190bd", "hatch"),
    "reported": ("#3b318f", "thick"),
    "notyet": ("#a8862f", "dots"),
    "no": ("#b04a25", "lines"),
    "noword": ("#857e90", "dashes"),
}
PAPER = "#ffffff"
INK, BLACK = "#191c20", "#000000"

# In black and white two solid fields would be one.
PATTERNS_IN_MONO = {code: (BLACK, pattern) for code, (_, pattern) in PATTERNS.items()}
PATTERNS_IN_MONO["done"] = (BLACK, "grid")


@dataclass(frozen=True)
class Rectangle:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """What is drawn over the rectangle of a field."""

    path: str
    width: float
    round: bool  # the ends of its lines


@dataclass(frozen=True, kw_only=True)
class Label:
    """The count of a field, in its middle."""

    text: str
    x: float
    y: float
    ink: str
    halo: Rectangle | None  # of paper, where a pattern is behind it


@dataclass(frozen=True, kw_only=True)
class BarField:
    """One field: a rectangle, the pattern in it, and its count."""

    code: str
    colour: str
    rectangle: Rectangle
    fill: str
    stroke: str | None
    stroke_width: float
    dash: str | None
    pattern: Pattern | None
    label: Label | None


def bar(
    segments: Sequence[Segment],
    counts: Sequence[str],
    *,
    large: bool = False,
    mono: bool = False,
) -> tuple[BarField, ...]:
    """The fields side by side, as long as their counts; `counts` are the counts as written.

    In large print the drawing has fewer units, so that its counts are larger.
    """
    pairs = zip(segments, counts, strict=True)
    filled = [(segment, count) for segment, count in pairs if segment.count]
    total = sum(segment.count for segment, _count in filled)
    room = (WIDTH_IN_LARGE if large else WIDTH) - GAP * max(len(filled) - 1, 0)
    fields = []
    x = 0.0
    for segment, count in filled:
        width = room * segment.count / total
        fields.append(field(segment.code, Rectangle(x, 0.0, width, HEIGHT), count, mono=mono))
        x += width + GAP
    # What has an edge of its own is drawn last, so that the edge is whole.
    return tuple(sorted(fields, key=lambda field: field.dash is not None))


def field(code: str, space: Rectangle, count: str | None = None, *, mono: bool = False) -> BarField:
    """A field of the bar, or, small and without a count, of its key."""
    colour, pattern = (PATTERNS_IN_MONO if mono else PATTERNS)[code]
    ink = BLACK if mono else INK
    is_solid = pattern == "solid"
    inset = {"thick": 0.9, "dashes": 0.5}.get(pattern, 0.0)
    path = _path(pattern, space)
    return BarField(
        code=code,
        colour=colour,
        rectangle=Rectangle(
            space.x + inset,
            space.y + inset,
            space.width - 2 * inset,
            space.height - 2 * inset,
        ),
        fill=colour if is_solid else PAPER,
        stroke=None if is_solid or pattern == "lines" else colour,
        stroke_width=EDGE.get(pattern, 0.0),
        dash="3 2.2" if pattern == "dashes" else None,
        pattern=_pattern(pattern, path) if path else None,
        label=_label(count, space, PAPER if is_solid else ink, over_pattern=bool(path)),
    )


def _label(count: str | None, space: Rectangle, ink: str, *, over_pattern: bool) -> Label | None:
    if not count or space.width < max(NARROWEST_WITH_COUNT, DIGIT_WIDTH * len(count) + 4):
        return None
    middle = space.x + space.width / 2
    halo = None
    if over_pattern:
        width = DIGIT_WIDTH * len(count) + 8
        halo = Rectangle(middle - width / 2, space.y + space.height / 2 - 8.6, width, 17.2)
    return Label(text=count, x=middle, y=space.y + space.height / 2 + 4.7, ink=ink, halo=halo)


def _pattern(pattern: str, path: str) -> Pattern:
    return Pattern(path=path, width=PEN.get(pattern, 2.0), round=pattern == "dots")


def _path(pattern: str, space: Rectangle) -> str | None:
    """What is drawn in a field; None for a field that its fill or its edge tells apart."""
    draw = {"hatch": _hatch, "grid": _grid, "dots": _dots, "lines": _lines}.get(pattern)
    return draw(space) if draw else None


def _hatch(space: Rectangle, step: float = 5.0) -> str:
    """Diagonals, cut off at the edges."""
    x, y, width, height = space.x, space.y, space.width, space.height
    lines = []
    offset = step
    while offset < width + height:
        x1, y1 = (x, y + offset) if offset <= height else (x + offset - height, y + height)
        x2, y2 = (x + offset, y) if offset <= width else (x + width, y + offset - width)
        lines.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
        offset += step
    return "".join(lines)


def _grid(space: Rectangle, step: float = 4.5) -> str:
    """Upright and level lines."""
    columns = range(int(space.width / step) + 1)
    upright = "".join(
        f"M{space.x + step * column:.1f} {space.y:.1f}v{space.height:.1f}" for column in columns
    )
    return upright + _lines(space, step)


def _dots(space: Rectangle, step: float = 4.5) -> str:
    columns = range(int((space.width - 3) / step) + 1)
    rows = range(int((space.height - 3) / step) + 1)
    return "".join(
        f"M{space.x + 3 + column * step:.1f} {space.y + 3 + row * step:.1f}h.01"
        for row in rows
        for column in columns
    )


def _lines(space: Rectangle, step: float = 3.6) -> str:
    rows = range(int((space.height - 1.6) / step) + 1)
    return "".join(
        f"M{space.x:.1f} {space.y + 1.6 + step * row:.1f}h{space.width:.1f}" for row in rows
    )
