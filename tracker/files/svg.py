"""An SVG that can do nothing but be looked at: read, and written anew with what is known to be
harmless.

Whatever acts, or asks for something elsewhere, refuses the whole file: it is not guessed what it
would look like without. What only an editor reads is left out.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_ELEMENTS = """
svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan
linearGradient radialGradient stop clipPath mask pattern style
"""
_ATTRIBUTES = """
id class style viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points dx dy transform
gradientTransform gradientUnits spreadMethod offset preserveAspectRatio patternUnits
patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits
fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit
stroke-dasharray stroke-dashoffset stroke-opacity stop-color stop-opacity opacity color clip-path
clip-rule mask display visibility font-family font-size font-weight font-style text-anchor
letter-spacing dominant-baseline version
"""
# no filter and no animation: they can keep a browser busy
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
LEFT_OUT = frozenset({"metadata"})
ELSEWHERE = re.compile(
    r"url\((?!\s*['\"]?#)|@|\\|image-set|expression|javascript:|data:", re.IGNORECASE
)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px|pt)?\s*")
MOST_ELEMENTS = 2000
LARGEST_SIDE = 9999


class NotHarmless(ValueError):
    """It could act, or ask for something elsewhere."""


def cleaned(content: bytes) -> tuple[bytes, int, int]:
    """The same picture, written anew, with its width and height.

    Raises NotHarmless, and ValueError for what is no SVG or says no size.
    """
    if DECLARATION.search(content.replace(b"\0", b"")):
        raise NotHarmless("it declares entities")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as broken:
        raise ValueError(f"no XML: {broken}") from broken
    if root.tag != f"{{{SVG}}}svg":
        raise ValueError("no SVG")
    if sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise ValueError("too many parts")
    width, height = _size(root)
    _clean(root)
    root.set("viewBox", root.get("viewBox") or f"0 0 {width} {height}")
    root.set("width", str(width))
    root.set("height", str(height))
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return ElementTree.tostring(root, encoding="utf-8"), width, height


def _clean(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(f"{{{SVG}}}")
    if name == "style" and ELSEWHERE.search("".join(element.itertext())):
        raise NotHarmless("a style that asks for something elsewhere")
    for attribute, value in list(element.attrib.items()):
        if _is_kept(attribute, value):
            continue
        del element.attrib[attribute]
    for child in list(element):
        is_of_svg = isinstance(child.tag, str) and child.tag.startswith(f"{{{SVG}}}")
        child_name = child.tag.removeprefix(f"{{{SVG}}}") if is_of_svg else ""
        if child_name in ELEMENTS:
            _clean(child)
        elif child_name in LEFT_OUT or not _is_drawn(child):
            element.remove(child)
        else:
            raise NotHarmless(f"<{child_name or child.tag}>")


def _is_drawn(element: ElementTree.Element) -> bool:
    """What belongs to no vocabulary of pages is read by editors alone."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.startswith((f"{{{SVG}}}", "{http://www.w3.org/1999/xhtml}")) or "{" not in tag


def _is_kept(attribute: str, value: str) -> bool:
    """Raises NotHarmless for one that acts or asks for something elsewhere."""
    local = attribute.rpartition("}")[2]
    if local.lower().startswith("on"):
        raise NotHarmless(f"{local} acts")
    if local == "href":
        if not value.startswith("#"):
            raise NotHarmless("it asks for something elsewhere")
        return True
    if attribute not in ATTRIBUTES:
        return False
    if ELSEWHERE.search(value):
        raise NotHarmless(f"{local} asks for something elsewhere")
    return True


def _size(root: ElementTree.Element) -> tuple[int, int]:
    """Of the box that is shown; else what the file says itself."""
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    try:
        if len(box) == 4:
            width, height = float(box[2]), float(box[3])
        else:
            width, height = (_number(root.get(side)) for side in ("width", "height"))
    except ValueError as wrong:
        raise ValueError("no size") from wrong
    if not (0 < width < float("inf") and 0 < height < float("inf")):
        raise ValueError("no size")
    scale = min(1.0, LARGEST_SIDE / max(width, height))
    if max(width, height) < 10:  # whole numbers would change its shape
        scale = 100 / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _number(value: str | None) -> float:
    found = NUMBER.fullmatch(value or "")
    if found is None:
        raise ValueError("no size")
    return float(found[1])
