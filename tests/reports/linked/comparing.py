"""Says in what two PDFs differ for those who use them: text, structure, links, outline, anchors,
attachments, metadata, and how each page looks. What they hold is read by `reading_pdf`.

Two files that differ only in how they are written (numbers of objects, names of fonts, order of
names, compression, pieces of a content stream) do not differ here.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import unified_diff
from pathlib import Path

from PIL import Image, ImageChops

from .reading_pdf import FileContent, PageContent, StructureElement, read

RESOLUTION = 40  # of the pages that are looked at, in dots an inch
REDUCED = 4  # so many dots become one: a letter may be drawn a quarter of a dot further
NOTICED = 24  # of 255: a dot that differs by less looks the same

PICTURE_HEAD = re.compile(rb"P5\s(\d+)\s(\d+)\s255\s")


def differences(first: Path, second: Path, *, pictures: bool = True) -> list[str]:
    """A line for each that says where it is; empty where there is none."""
    contents = read(first), read(second)
    lines = list(_differences_of_content(*contents))
    if words(first) != words(second):
        lines.append("words: poppler reads another text")
    if pictures:
        lines += _differences_of_pictures(first, second)
    return lines


def _differences_of_content(first: FileContent, second: FileContent) -> Iterator[str]:
    for part in fields(FileContent):
        before, after = (list(_lines(getattr(file, part.name))) for file in (first, second))
        changes = unified_diff(before, after, n=0, lineterm="")
        yield from (f"{part.name}: {line}" for line in changes if line[:3] not in ("---", "+++"))


def _differences_of_pictures(first: Path, second: Path) -> Iterator[str]:
    pairs = zip(page_pictures(first), page_pictures(second), strict=False)
    for number, (before, after) in enumerate(pairs, 1):
        count = dots_off(before, after)
        if count:
            yield f"pictures: page {number}: {count} dots look different"


def words(file: Path) -> str:
    """The text of all pages as poppler reads it, without line breaks."""
    return " ".join(_output("pdftotext", str(file), "-").decode().split())


def page_pictures(file: Path) -> list[Image.Image]:
    """Each page at a low resolution, in greys."""
    content = _output("pdftoppm", "-gray", "-r", str(RESOLUTION), str(file))
    pictures, at = [], 0
    while head := PICTURE_HEAD.match(content, at):
        width, height = int(head[1]), int(head[2])
        at = head.end() + width * height
        picture = Image.frombytes("L", (width, height), content[head.end() : at])
        pictures.append(picture.reduce(REDUCED))
    return pictures


def dots_off(first: Image.Image, second: Image.Image) -> int:
    """How many dots of a page look different."""
    if first.size != second.size:
        return first.width * first.height
    histogram = ImageChops.difference(first, second).histogram()
    return sum(histogram[NOTICED:])


def _lines(value: object, number: int = 0) -> Iterator[str]:
    """One part of a file, so that the line that differs says what it is."""
    match value:
        case StructureElement():
            yield from value.lines
        case PageContent():
            yield f"page {number}: {value.boxes}"
            yield from (f"page {number}: {line}" for line in value.text)
            yield from (f"page {number}, in its margins: {line}" for line in value.margins)
        case tuple():
            for place, part in enumerate(value, 1):
                yield from _lines(part, place)
        case Mapping():
            yield from (f"{name}: {content}" for name, content in sorted(value.items()))
        case _:
            yield str(value)


def _output(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout
