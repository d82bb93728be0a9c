"""The rates of a convention and the fields of its chart: their names, values and counts."""

from __future__ import annotations

from tracker.reading.convention import (
    ConventionPage,
    Figure,
    MoneyTotals,
    Segment,
)
from tracker.reading.rates import ConventionRates
from tracker.rules.rates import YEAR
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from .amounts import listing, number, percent, whole_money

FIGURES = {
    ("carried_out", "adopted"): N_("Carried out"),
    ("change_followed", "adopted"): N_("A change followed"),
    ("no_word", "adopted"): N_("No word"),
    ("reported_done", "adopted"): N_("Reported done, not yet checked"),
    ("within_the_year", "adopted"): N_("Carried out within a year"),
    ("clauses_carried_out", "adopted"): N_("Clauses carried out"),
    ("decided", "referred"): N_("Referred items decided"),
    ("carried_out", "accepted"): N_("Accepted items carried out"),
    ("change_followed", "accepted"): N_("A change followed an accepted item"),
    ("no_word", "accepted"): N_("Accepted items without a word"),
    ("reported_done", "accepted"): N_("Accepted items reported done"),
    ("within_the_year", "accepted"): N_("Accepted items carried out within a year"),
    ("clauses_carried_out", "accepted"): N_("Clauses of accepted items carried out"),
}

ADOPTED, REFERRED, ACCEPTED = N_("Adopted items"), N_("Referred items"), N_("Accepted items")


SEGMENTS = {
    "change": N_("carried out, and a change followed"),
    "done": N_("carried out"),
    "partly": N_("carried out in part"),
    "reported": N_("reported done, not yet checked"),
    "notyet": N_("not yet"),
    "no": N_("will not be done, declined or not finished"),
    "noword": N_("no word"),
}


def figure_name(found: Figure) -> str:
    return _(FIGURES[found.name, found.of])


def figure_value(found: Figure) -> str:
    """55.4%; the count where no percentage is given; "no items" where none is due."""
    if found.numerator is None:
        return _("not known")
    if not found.denominator:
        return _("no items")
    return percent(found.percent) if found.percent is not None else number(found.numerator)


def figure_count(found: Figure) -> str:
    """41 of 74."""
    return _(
        "%(part)s of %(of)s", part=number(found.numerator or 0), of=number(found.denominator or 0)
    )


def segment(found: Segment) -> str:
    return _(SEGMENTS[found.code])


def chart_label(page: ConventionPage) -> str:
    """The chart in words, for those who do not see it."""
    parts = [f"{number(each.count)} {segment(each)}" for each in page.chart]
    return _(
        "%(count)s adopted items: %(parts)s",
        count=number(page.counts.adopted),
        parts=", ".join(parts),
    )


def segment_name(code: str) -> str:
    """A field of the chart in the key above many bars."""
    text = _(SEGMENTS[code])
    return text[:1].upper() + text[1:]


def worth_showing(page: ConventionPage, found: Figure) -> bool:
    """Figures of items that there are none of are left out, and those that repeat another; the report's tables have them all."""
    if found.of == "accepted":
        return bool(found.denominator) and found.name in ("carried_out", "no_word")
    if found.of == "referred":
        return bool(found.denominator)
    young = found.name == "within_the_year" and (
        page.age_days is None or page.age_days <= YEAR
    )  # it would repeat "carried out"
    return found.name != "reported_done" and not young and bool(page.counts.adopted)


def money_line(found: MoneyTotals) -> str:
    """Of $368,450 appropriated for 49 items, and $412,600 estimated for 52."""
    parts = []
    if found.appropriated is not None:
        parts.append(
            ngettext(
                "%(amount)s appropriated for %(count)s item",
                "%(amount)s appropriated for %(count)s items",
                found.appropriated_items,
                amount=whole_money(found.appropriated, found.currency),
                count=number(found.appropriated_items),
            )
        )
    if found.estimated is not None:
        parts.append(
            ngettext(
                "%(amount)s estimated for %(count)s item",
                "%(amount)s estimated for %(count)s items",
                found.estimated_items,
                amount=whole_money(found.estimated, found.currency),
                count=number(found.estimated_items),
            )
        )
    said = [_("Of %(amounts)s.", amounts=listing(parts))] if parts else []
    if found.spent_items:
        said.append(
            ngettext(
                "Expenses are on record for %(count)s item.",
                "Expenses are on record for %(count)s items.",
                found.spent_items,
                count=number(found.spent_items),
            )
        )
    if found.not_accounted_items:
        said.append(
            ngettext(
                "Of %(count)s item the money is not accounted for.",
                "Of %(count)s items the money is not accounted for.",
                found.not_accounted_items,
                count=number(found.not_accounted_items),
            )
        )
    return " ".join(said)


def _of(each: ConventionRates, name: str, of: str) -> Figure | None:
    for found in each.figures:
        if found.name == name and found.of == of:
            return found
    return None


def glance_label(each: ConventionRates) -> str:
    parts = [f"{number(found.count)} {segment(found)}" for found in each.chart]
    return _(
        "%(convention)s, %(count)s adopted items: %(parts)s",
        convention=each.convention.name,
        count=number(each.adopted),
        parts=", ".join(parts),
    )


def glance_share(each: ConventionRates) -> str:
    """What stands at the end of a bar: the share carried out; that there is no word, where there is none of any."""
    found, no_word = _of(each, "carried_out", "adopted"), _of(each, "no_word", "adopted")
    if no_word and no_word.denominator and no_word.numerator == no_word.denominator:
        return _("no word")
    return _("%(share)s carried out", share=figure_value(found)) if found else ""


def glance_count(each: ConventionRates, name: str, of: str) -> str:
    found = _of(each, name, of)
    return figure_count(found) if found and found.denominator else _("no items")


def glance_note(each: ConventionRates) -> str:
    """What stands in place of a bar."""
    if not each.items:
        return _("No items are on record yet.")
    if not each.convention.kept:
        return _("What was done about its items is not kept in this record.")
    if each.not_known:
        return ngettext(
            "Of %(count)s item the floor’s decision is not known.",
            "Of %(count)s items the floor’s decision is not known.",
            each.not_known,
            count=number(each.not_known),
        )
    if each.not_decided:
        return ngettext(
            "%(count)s item waits for the floor’s decision.",
            "%(count)s items wait for the floor’s decision.",
            each.not_decided,
            count=number(each.not_decided),
        )
    return (
        _("No item asks for follow-through.")
        if not each.referred
        else _("Items were only referred.")
    )
