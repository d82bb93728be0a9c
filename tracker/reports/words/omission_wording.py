"""The sentences that say what is printed shortened, and what is printed as boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from tracker.formatting import listing, number
from tracker.reading.item_models import ItemPage
from tracker.reports.models import CollectedReport
from tracker.reports.printed_items import Omitted
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .item_wording import item_name

MOST_CHARACTERS = 40  # that are named; of others it is said how many
MOST_NAMES = 8  # characters that have their names beside their code points
MOST_ITEMS = 20  # that are named


def omitted(counts: Mapping[Omitted, int]) -> str:
    """The last line of an item: what else of it is left out. Empty where nothing is."""
    parts = [_part(part, counts[part]) for part in Omitted if part in counts]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    return _("Left out here, and on the item’s page: %(parts)s.", parts=listing(parts))


def _part(part: Omitted, count: int) -> str:
    values = {"count": number(count)}
    match part:
        case Omitted.WORDS:
            return ngettext("%(count)s character", "%(count)s characters", count, **values)
        case Omitted.MARKS:
            return ngettext(
                "%(count)s mark over or under a letter",
                "%(count)s marks over or under letters",
                count,
                **values,
            )
        case Omitted.SPONSORS:
            return ngettext(
                "%(count)s of those who moved it",
                "%(count)s of those who moved it",
                count,
                **values,
            )
        case Omitted.CLAUSES:
            return ngettext("%(count)s clause", "%(count)s clauses", count, **values)
        case Omitted.OUTCOMES:
            return ngettext("%(count)s change", "%(count)s changes", count, **values)
        case Omitted.APPROPRIATIONS:
            return ngettext("%(count)s appropriation", "%(count)s appropriations", count, **values)
        case Omitted.EVIDENCE:
            return ngettext(
                "%(count)s piece of evidence", "%(count)s pieces of evidence", count, **values
            )
        case Omitted.FLOOR:
            return ngettext(
                "%(count)s line of what the floor did",
                "%(count)s lines of what the floor did",
                count,
                **values,
            )
        case Omitted.CELLS:
            return ngettext(
                "%(count)s column of the source", "%(count)s columns of the source", count, **values
            )
    return ""  # text and record say it where they end


def shortened(report: CollectedReport, keys: Collection[int]) -> str:
    """Of the last page: the items with these keys."""
    items = [_name(report, item) for item in report.items if item.id in keys]
    return ngettext(
        "%(count)s item is printed shortened, and is whole on its page: %(items)s",
        "%(count)s items are printed shortened, and are whole on their pages: %(items)s",
        len(items),
        count=number(len(items)),
        items=_items(items),
    )


def boxes(characters: str, items: Sequence[str] = ()) -> str:
    """Of the last page. `items`: the names of those that have one of the characters."""
    sentence = ngettext(
        "No font here has this character, which is printed as a box: %(characters)s",
        "No font here has these %(count)s characters, which are printed as boxes: %(characters)s",
        len(characters),
        count=number(len(characters)),
        characters=code_points(characters),
    )
    if not items:
        return sentence
    return _("%(sentence)s. They stand in: %(items)s", sentence=sentence, items=_items(items))


def warning(characters: str, items: Sequence[str]) -> str:
    """At the terminal, which may have the signs."""
    shown = _with_others(list(characters[:MOST_CHARACTERS]), len(characters) - MOST_CHARACTERS)
    return _(
        "Warning: no font has these characters, so they print as boxes: %(characters)s. "
        "They stand in: %(items)s",
        characters=shown,
        items=_items(items),
    )


def code_points(characters: str) -> str:
    """U+6F22 CJK UNIFIED IDEOGRAPH-6F22; of many without their names."""
    named = characters[:MOST_CHARACTERS]
    points = [f"U+{ord(character):04X}" for character in named]
    if len(characters) <= MOST_NAMES:
        names = [unicodedata.name(character, "") for character in named]
        points = [f"{point} {name}".rstrip() for point, name in zip(points, names, strict=True)]
    return _with_others(points, len(characters) - len(named))


def _items(item_names: Sequence[str]) -> str:
    return _with_others(list(item_names[:MOST_ITEMS]), len(item_names) - MOST_ITEMS)


def _with_others(words: list[str], others: int) -> str:
    text = "; ".join(words)
    if others <= 0:
        return text
    return ngettext(
        "%(words)s and %(count)s more",
        "%(words)s and %(count)s more",
        others,
        words=text,
        count=number(others),
    )


def _name(report: CollectedReport, item: ItemPage) -> str:
    if len(report.conventions) == 1:
        return item_name(item)
    return _("%(item)s, %(convention)s", item=item_name(item), convention=item.convention.name)
