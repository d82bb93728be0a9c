"""The characters of a document: which of them no font has, and in which items they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from tracker.paths import STATIC
from tracker.reading.convention import ItemListRow
from tracker.reports.body_models import ListReport
from tracker.reports.models import CollectedReport, Report, has_sections
from tracker.reports.words.item_wording import item_name

from . import added_fonts
from .added_fonts import NONE_ADDED, AddedFonts

OTHER_SCRIPTS = re.compile(
    r"[^\x00-\u024f\u02b0-\u02ff\u2000-\u206f\u20a0-\u20cf\u2122\u2190-\u2193\u2212\u2215"
    r"\ufeff\ufffd]"
)
"""Characters that the fonts of report.css do not have."""

BOX = "\u25a1"

UNPRINTABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
)


@dataclass(frozen=True)
class Boxes:
    """What is printed as boxes, and the names of the items in which it stands."""

    characters: str = ""
    items: tuple[str, ...] = ()


NO_BOXES = Boxes()


def printable(text: str) -> str:
    """Without the characters that no document may have."""
    if UNPRINTABLE.keys().isdisjoint(map(ord, set(text))):
        return text
    return text.translate(UNPRINTABLE)


def without_sign(text: str) -> str:
    """The characters that no font has, each once; in an application context."""
    missing = _not_packaged(text)
    return "".join(sorted(missing - added_fonts.covered(missing)))


def fonts_for(text: str) -> AddedFonts:
    """Of the characters that only fonts of the operator have."""
    missing = _not_packaged(text)
    return added_fonts.added_fonts(missing) if missing else NONE_ADDED


def _not_packaged(text: str) -> set[str]:
    unusual = set(OTHER_SCRIPTS.findall("".join(set(text))))
    known = packaged_characters() if unusual else frozenset()
    return {character for character in unusual if ord(character) not in known}


def with_boxes(text: str) -> str:
    """What no font has is printed as a box: an archive takes no character without a sign."""
    missing = without_sign(text)
    return text.translate(dict.fromkeys(map(ord, missing), BOX)) if missing else text


def boxes(report: CollectedReport, text: str) -> Boxes:
    """Of a document, and of the report from which it was made."""
    missing = without_sign(text)
    if not missing:
        return NO_BOXES
    wanted = frozenset(missing)
    items = {row.id: item_name(row) for row in _rows(report) if not wanted.isdisjoint(row.title)}
    if has_sections(report) or len(report.items) == 1:
        for item in report.items:
            if any(not wanted.isdisjoint(words) for words in _strings(item)):
                items[item.id] = item_name(item)
    return Boxes(missing, tuple(items.values()))


def _rows(report: CollectedReport) -> Iterator[ItemListRow]:
    if isinstance(report, ListReport):
        for group in report.groups:
            yield from group.page.rows
    elif isinstance(report, Report):
        yield from report.page.rows


def _strings(value: object) -> Iterator[str]:
    """All words of frozen data."""
    match value:
        case str():
            yield value
        case tuple():
            for part in value:
                yield from _strings(part)
        case Mapping():
            for part in value.values():
                yield from _strings(part)
    if is_dataclass(value):
        for member in fields(value):
            yield from _strings(getattr(value, member.name))


@cache
def packaged_characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    known: set[int] = set()
    for path in (STATIC / "report").glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            known |= font.getBestCmap().keys()
    return frozenset(known)
