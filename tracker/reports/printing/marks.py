"""The signs of verdicts and standings, and the key of the chart, as a style sheet.

They are drawn behind the text, where they mean nothing to a reading machine. They come from the
icons of the pages, so that page and print cannot differ. Colours are those of the light page.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

from flask import current_app

from tracker.paths import STATIC

from . import chart

SVG_NAMESPACE = "http://www.w3.org/2000/svg"
COLOURS = {
    "is-change": "#0b5158",
    "is-done": "#1d5fa3",
    "is-partly": "#4a668c",
    "is-reported": "#3b318f",
    "is-notyet": "#735b06",
    "is-no": "#98381a",
    "is-noword": "#5c5566",
    "is-unknown": "#4b5159",
    "is-untracked": "#4b5159",
    "is-notdue": "#4b5159",
}
BLACK = "#000000"
KEY_SIZE = 12


@cache
def sheet(mono: bool = False) -> str:
    """A class for each sign, named as in icons.svg, and one for each field of the chart.

    The class of a field is `key-` and its code.
    """
    icons = ElementTree.parse(STATIC / "icons.svg").iter(f"{{{SVG_NAMESPACE}}}symbol")
    symbols = {symbol.get("id"): symbol for symbol in icons}
    rules = [
        _rule(sign, _icon(symbols[sign], BLACK if mono else COLOURS[colour_class]))
        for sign, colour_class in sorted(set(_signs()))
        if sign in symbols
    ]
    rules += [_rule(f"key-{code}", _key(code, mono)) for code in chart.PATTERNS]
    return "\n".join(rules)


def _signs() -> Iterator[tuple[str, str]]:
    """Each sign with the class of its colour, as the pages have them."""
    signs: Any = current_app.jinja_env.get_template("components/signs.html").module
    for table in (signs.VERDICTS, signs.STANDINGS):
        for look in table.values():
            yield look["sign"], look["css"]


def _rule(name: str, svg: str) -> str:
    data = base64.b64encode(svg.encode()).decode()
    return f'.{name} {{ background-image: url("data:image/svg+xml;base64,{data}"); }}'


def _svg(content: str, *, size: int, view_box: str) -> str:
    return (
        f'<svg xmlns="{SVG_NAMESPACE}" width="{size}" height="{size}" viewBox="{view_box}">'
        f"{content}</svg>"
    )


def _icon(symbol: ElementTree.Element, colour: str) -> str:
    ElementTree.register_namespace("", SVG_NAMESPACE)
    shapes = [ElementTree.tostring(shape, encoding="unicode") for shape in symbol]
    content = "".join(shapes).replace("currentColor", colour)
    return _svg(content, size=24, view_box=str(symbol.get("viewBox")))


def _key(code: str, mono: bool) -> str:
    field = chart.field(code, chart.Rectangle(0.0, 0.0, KEY_SIZE, KEY_SIZE), mono=mono)
    space = field.rectangle
    content = (
        f'<rect x="{space.x}" y="{space.y}" width="{space.width}" height="{space.height}"'
        f' fill="{field.fill}"'
    )
    if field.stroke:
        content += f' stroke="{field.stroke}" stroke-width="{field.stroke_width}"'
    if field.dash:
        content += f' stroke-dasharray="{field.dash}"'
    content += "/>"
    if field.pattern:
        content += (
            f'<path d="{field.pattern.path}" stroke="{field.colour}"'
            f' stroke-width="{field.pattern.width}" stroke-linecap="round" fill="none"/>'
        )
    return _svg(content, size=KEY_SIZE, view_box=f"0 0 {KEY_SIZE} {KEY_SIZE}")
