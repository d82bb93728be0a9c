"""The signs of verdicts and standings, and the key of the chart, as a style sheet: drawn behind the text they mean nothing to a reading machine.

They come from the icons of the pages, so that page and print cannot differ. Colours are those of the light page.
"""

from __future__ import annotations

import base64
from functools import cache
from xml.etree import ElementTree

from tracker.formatting import labels
from tracker.paths import STATIC
from tracker.rules.codes import Change, Verdict

from . import chart

SVG = "{http://www.w3.org/2000/svg}"
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


@cache
def sheet() -> str:
    """One class a sign: its name in icons.svg; one a field of the chart: `key-` and its code."""
    looks = {(labels.verdict_sign(each), labels.verdict_class(each)) for each in Verdict}
    looks.add(
        (
            labels.verdict_sign(Verdict.CARRIED_OUT, Change.CHANGE_FOLLOWED),
            labels.verdict_class(Verdict.CARRIED_OUT, Change.CHANGE_FOLLOWED),
        )
    )
    looks |= {(sign, look) for look, sign in labels.STANDING_LOOK.values()}
    symbols = {
        each.get("id"): each
        for each in ElementTree.parse(STATIC / "icons.svg").iter(f"{SVG}symbol")
    }
    rules = [
        _rule(name, _drawn(symbols[name], COLOURS[look]))
        for name, look in sorted(looks)
        if name in symbols
    ]
    rules += [_rule(f"key-{code}", _key(code)) for code in chart.LOOK]
    return "\n".join(rules)


def _rule(name: str, svg: str) -> str:
    data = base64.b64encode(svg.encode()).decode()
    return f'.{name} {{ background-image: url("data:image/svg+xml;base64,{data}"); }}'


def _drawn(symbol: ElementTree.Element, colour: str) -> str:
    ElementTree.register_namespace("", SVG[1:-1])
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in symbol).replace(
        "currentColor", colour
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="{symbol.get("viewBox")}">{inner}</svg>'


def _key(code: str) -> str:
    shape = chart.field(code, 0, 12, 12)
    edge = f' stroke="{shape.stroke}" stroke-width="{shape.stroke_width}"' if shape.stroke else ""
    dash = f' stroke-dasharray="{shape.dash}"' if shape.dash else ""
    drawn = f'<rect x="{shape.x}" y="{shape.y}" width="{shape.width}" height="{shape.height}" fill="{shape.fill}"{edge}{dash}/>'
    if shape.path:
        drawn += f'<path d="{shape.path}" stroke="{chart.LOOK[code][0]}" stroke-width="{shape.path_width}" stroke-linecap="round" fill="none"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12" viewBox="0 0 12 12">{drawn}</svg>'
