"""The small turns of phrase that sentences are made of: how an item is named, how days are said, how a sentence begins and ends."""

from __future__ import annotations

from tracker.reading.models import ItemRef
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import number


def lower(word: str) -> str:
    """The word inside a sentence."""
    return word[:1].lower() + word[1:]


def sentence(word: str) -> str:
    """With a capital and a full stop."""
    ends = word.endswith((".", "!", "?", "…", ".”", "!”", "?”", "…”"))
    return word[:1].upper() + word[1:] + ("" if ends or not word else ".")


def item_name(kind: str, item_number: str | None) -> str:
    """New business item 2."""
    return (
        f"{labels.kind(kind)}\u00a0{item_number}"
        if item_number
        else _("%(kind)s without a number", kind=labels.kind(kind))
    )


def ref_name(ref: ItemRef, beside: str = "") -> str:
    """New business item 2 of 2024, inside a sentence. `beside`: the address of the item that speaks; inside one convention nobody says the year."""
    name = lower(item_name(ref.kind, ref.number))
    inside = ref.path.rpartition("/")[0] == beside.rpartition("/")[0]
    return (
        _("%(item)s of %(year)s", item=name, year=str(ref.year))
        if ref.year and not inside
        else name
    )


def ago(days: int) -> str:
    if days <= 0:
        return (
            _("today")
            if days == 0
            else ngettext("in %(count)s day", "in %(count)s days", -days, count=number(-days))
        )
    return ngettext("%(count)s day ago", "%(count)s days ago", days, count=number(days))


def without_a_word(days: int, limit: int) -> str:
    """134 days without a word; the rule is 90."""
    return ngettext(
        "%(count)s day without a word; the rule is %(limit)s",
        "%(count)s days without a word; the rule is %(limit)s",
        days,
        count=number(days),
        limit=number(limit),
    )


def name_of(ref: ItemRef) -> str:
    """New business item 8: inside one convention nobody says the year."""
    return item_name(ref.kind, ref.number)
