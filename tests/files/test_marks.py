"""A body's mark: what is taken, what is written anew, and what is refused."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from tracker.files import marks
from tracker.files.marks import UnfitMark
from tracker.rules.body_mark import is_mark, read_mark

OPEN = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
DRAWN = b'<path d="M0 0h20v10H0Z" fill="#123456"/>'


def svg(inside: bytes = DRAWN, attributes: bytes = b'viewBox="0 0 20 10"') -> bytes:
    return OPEN + attributes + b">" + inside + b"</svg>"


def png(width: int = 300, height: int = 200, mode: str = "RGBA") -> bytes:
    out, said = io.BytesIO(), PngImagePlugin.PngInfo()
    said.add_text("Comment", "taken at home")
    Image.new(mode, (width, height), "#123456").save(out, "PNG", pnginfo=said)
    return out.getvalue()


def refused(content: bytes) -> UnfitMark:
    with pytest.raises(marks.NotAMark) as caught:
        marks.take(content)
    return caught.value.why


def test_an_svg_is_written_anew_with_its_size() -> None:
    editor = b'<sodipodi:namedview xmlns:sodipodi="http://sodipodi"/><metadata>me</metadata>'
    content, mark = marks.take(
        b'<?xml version="1.0"?><!-- by me --><?xml-stylesheet href="x.css"?>'
        + svg(editor + DRAWN + b'<g data-name="x" id="a"><use xlink:href="#a"/></g>')
    )
    assert (mark.kind, mark.width, mark.height) == ("svg", 20, 10)
    assert b'viewBox="0 0 20 10"' in content and b"M0 0h20v10H0Z" in content
    for gone in (b"by me", b"stylesheet", b"sodipodi", b"metadata", b"data-name", b"<?xml"):
        assert gone not in content
    assert marks.take(content) == (content, mark), "cleaned twice it is the same"


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<path d="M0 0" onload="alert(1)"/>',
        b'<a xlink:href="https://elsewhere.example"><path d="M0 0"/></a>',
        b'<use xlink:href="https://elsewhere.example/x.svg#a"/>',
        b'<use href="data:image/svg+xml,x"/>',
        b'<image href="https://elsewhere.example/x.png"/>',
        b"<foreignObject><p>x</p></foreignObject>",
        b'<p xmlns="http://www.w3.org/1999/xhtml">x</p>',
        b"<style>@import 'https://elsewhere.example/x.css';</style>",
        b"<style>path { fill: url( 'https://elsewhere.example/x') }</style>",
        b"<style>path { background: u\\72l(x) }</style>",
        b'<path d="M0 0" style="fill: url(https://elsewhere.example/x)"/>',
        b'<path d="M0 0" fill="url(//elsewhere.example/x)"/>',
        b'<animate attributeName="href" to="javascript:alert(1)"/>',
        b'<set attributeName="onmouseover" to="alert(1)"/>',
        b"<filter id='f'/>",
        b"<g><g><script/></g></g>",
    ],
)
def test_an_svg_that_acts_or_asks_for_something_elsewhere_is_refused(inside: bytes) -> None:
    assert refused(svg(inside)) is UnfitMark.ACTS


def test_entities_are_refused_before_they_are_read() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg(b"<desc>&b;</desc>")
    assert refused(bomb) is UnfitMark.ACTS
    wide = bomb.decode().encode("utf-16")
    assert refused(wide) is UnfitMark.ACTS


def test_what_may_be_styled_by_its_own_parts_is_taken() -> None:
    content, _mark = marks.take(
        svg(
            b'<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
            b"</defs><style>.a { fill: url('#g') }</style><path class='a' d='M0 0'/>"
            b'<path fill="url(#g)" d="M0 0"/>'
        )
    )
    assert b"linearGradient" in content and b"url('#g')" in content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", UnfitMark.NO_FILE),
        (b"GIF89a", UnfitMark.NO_PICTURE),
        (b"<html><body>x</body></html>", UnfitMark.NO_PICTURE),
        (svg(attributes=b""), UnfitMark.NO_PICTURE),
        (svg(attributes=b'viewBox="0 0 nan 10"'), UnfitMark.NO_PICTURE),
        (svg()[:-9], UnfitMark.NO_PICTURE),
        (svg(DRAWN * 2500), UnfitMark.NO_PICTURE),
        (svg(b"<g>" * 1900 + b"</g>" * 1900), UnfitMark.NO_PICTURE),
        (png()[:60], UnfitMark.NO_PICTURE),
        (svg(attributes=b'viewBox="0 0 90 10"'), UnfitMark.SHAPE),
        (png(30, 70), UnfitMark.SHAPE),
        (svg(b"<desc>" + b"x" * 30_000 + b"</desc>"), UnfitMark.TOO_LARGE),
        (b" " * 600_000, UnfitMark.TOO_LARGE),
    ],
)
def test_what_cannot_be_a_mark(content: bytes, why: UnfitMark) -> None:
    assert refused(content) is why


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "P"])
def test_a_png_is_drawn_anew_no_higher_than_it_is_shown(mode: str) -> None:
    content, mark = marks.take(png(300, 200, mode))
    assert (mark.kind, mark.width, mark.height) == ("png", 144, 96)
    assert b"taken at home" not in content and len(content) < marks.LARGEST
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (144, 96)


def test_how_a_setting_names_it() -> None:
    _content, mark = marks.take(svg())
    assert read_mark(mark.stored) == mark and is_mark(mark.stored) and is_mark("")
    for wrong in ("svg", mark.stored + "x", mark.stored.upper(), mark.stored.replace("svg", "gif")):
        assert not is_mark(wrong) and read_mark(wrong) is None
