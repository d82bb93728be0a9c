"""Sentences of a search: how many items say it, where each stands, where in it the words stand."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.markdown import plain
from tracker.reading.find_models import Count, FewerWords, FindResults, Hit
from tracker.reading.models import ConventionDetails
from tracker.reading.rows import ItemListRow
from tracker.search.excerpts import Found
from tracker.search.passages import Place
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import item_answers, labels, phrases
from .amounts import listing, number
from .dates import day

LONGEST_TITLE = 80  # characters of what was typed, in a heading
LONGEST_CHANGE = 120  # of what changed

# Where words stand; an entry and the like with its day, where that is known.
PLACES = {
    Place.DELEGATION: N_("Brought by"),
    Place.UNIT: N_("With"),
    Place.TEXT: N_("In the text"),
    Place.CLAUSE: N_("In a clause"),
    Place.ENTRY: N_("In an entry"),
    Place.DECISION: N_("In the reason of a decision"),
    Place.OUTCOME: N_("In what changed"),
    Place.EVIDENCE: N_("In the title of a piece of evidence"),
}
PLACES_OF_A_DAY = {
    Place.ENTRY: N_("In the entry of %(day)s"),
    Place.DECISION: N_("In the reason of the decision of %(day)s"),
    Place.OUTCOME: N_("In what changed, %(day)s"),
}


# --- the heading, and what stands under it ---


def heading(results: FindResults) -> str:
    """4 items say “monitors”."""
    if not results.typed:
        return _("Find an item")
    words = _short(results.looked_for)
    if not results.count.items:
        return _("No item says “%(words)s”", words=words)
    items = count(results.count)
    if results.by_address:
        return ngettext(
            "%(items)s item has the number “%(words)s”",
            "%(items)s items have the number “%(words)s”",
            results.count.items,
            items=items,
            words=words,
        )
    return ngettext(
        "%(items)s item says “%(words)s”",
        "%(items)s items say “%(words)s”",
        results.count.items,
        items=items,
        words=words,
    )


def count(items: Count) -> str:
    """4, or 500+."""
    return f"{number(items.items)}+" if items.more else number(items.items)


def corrected(results: FindResults) -> str:
    """That nothing says a misspelt word, and what was looked for in its place."""
    typed = [_("“%(words)s”", words=correction.typed) for correction in results.corrections]
    meant = [_("“%(words)s”", words=correction.meant) for correction in results.corrections]
    return _(
        "No item says %(typed)s, so these are the results for %(meant)s.",
        typed=listing(typed),
        meant=listing(meant),
    )


def as_typed(results: FindResults) -> str:
    return _("Look for “%(words)s” as typed", words=_short(results.typed))


def left_out(results: FindResults) -> str:
    """Of a very long search, what was not looked for."""
    words = results.left_out_words
    shown = [_("“%(words)s”", words=_short(word)) for word in words[:3]]
    return ngettext(
        "The words before it were looked for, and %(words)s was left out.",
        "The first words were looked for; %(num)d were left out, beginning with %(words)s.",
        len(words),
        words=listing(shown),
    )


def not_on_that_day(results: FindResults) -> str:
    return ngettext(
        "%(num)d more item says it today, and did not on %(day)s.",
        "%(num)d more items say it today, and did not on %(day)s.",
        results.not_on_that_day,
        day=day(results.as_of),
    )


def _short(words: str) -> str:
    return _cut(words, LONGEST_TITLE)


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[:longest].rstrip()}…"


# --- one item ---


def at(hit: Hit) -> str:
    """Port Alder 2026, new business item 26. Oregon; Center for Health and Safety."""
    row = hit.row
    name = phrases.lower(phrases.item_name(row.kind, row.number))
    where = _("%(convention)s, %(item)s", convention=hit.convention.name, item=name)
    has_it = row.lead or (phrases.referred_to(row.referred_to) if row.referred_to else "")
    people = "; ".join([*row.delegations, *([has_it] if has_it else [])])
    return f"{where}. {people}" if people else where


def what_changed(row: ItemListRow) -> str:
    """A change followed: fans in all 31 classrooms."""
    if row.change is None:
        return ""
    if not row.change_words:
        return item_answers.change_line(row.change)
    words = _cut(plain(row.change_words), LONGEST_CHANGE)
    return _("%(change)s: %(words)s", change=labels.change(row.change), words=words)


def place(found: Found) -> str:
    """In the entry of 19 October 2026."""
    if found.on is not None and found.place in PLACES_OF_A_DAY:
        return _(PLACES_OF_A_DAY[found.place], day=day(found.on))
    return _(PLACES[found.place])


# --- the list ---


def range_of(results: FindResults) -> str:
    """1 to 50 of 131 items."""
    if not results.hits:
        return _("No item")
    first = results.first_number
    return ngettext(
        "%(first)s to %(last)s of %(items)s item",
        "%(first)s to %(last)s of %(items)s items",
        results.count.items,
        first=number(first),
        last=number(first + len(results.hits) - 1),
        items=count(results.count),
    )


def none_in(conventions: Sequence[ConventionDetails]) -> str:
    names = listing([convention.name for convention in conventions])
    return _("No item of %(conventions)s says it.", conventions=names)


def name(value: str) -> str:
    """Of a delegation or unit: as it is."""
    return value


def orders() -> list[tuple[str, str]]:
    """The codes of the orders of the results, with their names."""
    return [
        ("match", _("How well it matches")),
        ("newest", _("Newest convention first")),
        ("number", _("Number")),
    ]


def without_filters(results: FindResults) -> str:
    every = results.any_convention
    return ngettext(
        "Without these filters %(items)s item is found.",
        "Without these filters %(items)s items are found.",
        every.items,
        items=count(every),
    )


def what_is_read() -> str:
    return _(
        "A search reads what everybody may read: numbers, titles, texts, who brought an item and "
        "who has it, released words, and titles of evidence."
    )


# --- nothing was found ---


def looked_through(results: FindResults) -> str:
    """56 items of 4 conventions were looked through."""
    texts = [
        ngettext(
            "%(items)s was looked through.",
            "%(items)s were looked through.",
            _items(results),
            items=_items_of_conventions(results),
        )
    ]
    years = [found.convention.year for found in results.looked_through if found.convention.year]
    if years:
        texts.append(
            _(
                "That it is not found does not mean that it was never moved: conventions before "
                "%(year)s are not in this record.",
                year=min(years),
            )
        )
    return " ".join(texts)


def _items(results: FindResults) -> int:
    return sum(found.count.items for found in results.looked_through)


def _items_of_conventions(results: FindResults) -> str:
    """56 items of 4 conventions."""
    items = _items(results)
    conventions = len(results.looked_through)
    return _(
        "%(items)s of %(conventions)s",
        items=ngettext("%(items)s item", "%(items)s items", items, items=number(items)),
        conventions=ngettext(
            "%(conventions)s convention",
            "%(conventions)s conventions",
            conventions,
            conventions=number(conventions),
        ),
    )


def can_be_found(results: FindResults) -> str:
    """Among 56 items of 4 conventions."""
    return _("Among %(items)s.", items=_items_of_conventions(results))


def all_items_of(convention: ConventionDetails, items: int) -> str:
    if not items:
        return _("%(convention)s: no items yet", convention=convention.name)
    if items == 2:
        return _("Both items of %(convention)s", convention=convention.name)
    return ngettext(
        "The only item of %(convention)s",
        "All %(items)s items of %(convention)s",
        items,
        items=number(items),
        convention=convention.name,
    )


def alone(fewer: FewerWords) -> str:
    """What one word finds by itself."""
    words = _short(fewer.typed)
    if not fewer.count.items:
        return _("“%(words)s” alone finds none.", words=words)
    return ngettext(
        "“%(words)s” alone finds %(items)s item:",
        "“%(words)s” alone finds %(items)s items.",
        fewer.count.items,
        words=words,
        items=count(fewer.count),
    )


def show_alone(fewer: FewerWords) -> str:
    return ngettext(
        "Show the item for “%(words)s”",
        "Show the %(items)s items for “%(words)s”",
        fewer.count.items,
        words=_short(fewer.typed),
        items=count(fewer.count),
    )
