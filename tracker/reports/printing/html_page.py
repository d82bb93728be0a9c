"""A report as one page of HTML that needs nothing besides: for a phone, and a screen reader.

The templates are those of the printed report, the look is that of the pages, light and dark. No
script, and no address that is opened by itself.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache

from tracker.paths import STATIC
from tracker.reports.models import CollectedReport

from . import document, marks
from .html_tables import with_roles

FACE = re.compile(r'src: url\("\.\./fonts/([\w-]+\.woff2)"\) format\("woff2"\)')
DRAWN = re.compile(r"data:image/svg\+xml;base64,([\w+/=]+)")

FACES = ("public-sans-basic-var", "newsreader-basic-400", "newsreader-headline-basic-600")
"""Those that are inside; letters with accents stand in a font of the reader's."""

DARK = {
    "#0b5158": "#7fd0c9",
    "#1d5fa3": "#8dbdf0",
    "#2c6cb0": "#6aa6e6",
    "#4a668c": "#a9bfdd",
    "#7190bd": "#5b78a3",
    "#3b318f": "#b6abff",
    "#735b06": "#e0c06a",
    "#a8862f": "#b3913a",
    "#98381a": "#f0a184",
    "#b04a25": "#d1724c",
    "#5c5566": "#c5bccf",
    "#857e90": "#8b8397",
    "#4b5159": "#b9bcbf",
    "#191c20": "#eeece6",
    "#ffffff": "#14171a",
}
"""Of each colour that is drawn in signs and bars, the one on dark paper (static/css/tokens.css)."""


def html_page(report: CollectedReport) -> str:
    """The page; in an application context."""
    return with_roles(document.html(report, contents=False, screen=document.Screen(style=_style())))


@cache
def _style() -> str:
    tokens = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    own = (STATIC / "report" / "screen.css").read_text(encoding="utf-8")
    signs = marks.sheet()
    dark = [DRAWN.sub(_darkened, signs), *_dark_drawings()]
    return "\n".join(
        [
            *_faces(tokens),
            tokens[tokens.index("@layer tokens") :],
            own,
            signs,
            "@media (prefers-color-scheme: dark) {",
            *dark,
            "}",
        ]
    )


def _faces(tokens: str) -> Iterator[str]:
    """The faces of the pages, with their files inside."""
    for line in tokens.splitlines():
        face = FACE.search(line)
        if face and face[1].removesuffix(".woff2") in FACES:
            content = base64.b64encode((STATIC / "fonts" / face[1]).read_bytes()).decode()
            yield line.replace(face[0], f'src: url("data:font/woff2;base64,{content}")')


def _darkened(drawing: re.Match[str]) -> str:
    svg = base64.b64decode(drawing[1]).decode()
    for light, dark in DARK.items():
        svg = svg.replace(light, dark)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _dark_drawings() -> Iterator[str]:
    """Of what is drawn in the document itself; the code stays dark on light, as cameras want it."""
    for light, dark in DARK.items():
        yield f'svg:not(.code) [fill="{light}"] {{ fill: {dark}; }}'
        yield f'svg:not(.code) [stroke="{light}"] {{ stroke: {dark}; }}'
