"""The rates of a convention and the fields of its chart: their names, values and counts.

What a rate means is in `definitions`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.reading.convention import ConventionPage, Figure, MoneyTotals, Segment
from tracker.reading.rates import ConventionRates
from tracker.rules.codes import Verdict
from tracker.rules.rates import YEAR
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import labels, phrases
from .amounts import listing, number, percent, whole_money
from .phrases import lower

# By the name of a rate and the items of which it is one.
FIGURES = {
    ("carried_out", "adopted"): labels.VERDICTS[Verdict.CARRIED_OUT],
    ("change_followed", "adopted"): N_("A change followed"),
    ("no_word", "adopted"): labels.VERDICTS[Verdict.NO_WORD],
    ("reported_done", "adopted"): labels.VERDICTS[Verdict.REPORTED_DONE],
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
# The items of which rates are given, by their group.
DUE_ITEMS = {
    "adopted": N_("Adopted items"),
    "referred": N_("Referred items"),
    "accepted": N_("Accepted items"),
}
# A field of the chart that has one verdict is called by it; the other two are here.
VERDICT_OF_SEGMENT = {
    "done": Verdict.CARRIED_OUT,
    "partly": Verdict.PARTLY_CARRIED_OUT,
    "reported": Verdict.REPORTED_DONE,
    "notyet": Verdict.NOT_YET,
    "noword": Verdict.NO_WORD,
}
OTHER_SEGMENTS = {
    "change": N_("Carried out, and a change followed"),
    "no": N_("Will not be done, declined or not finished"),
}


# --- rates ---


def find_figure(page: ConventionPage, name: str, of: str) -> Figure | None:
    """The rate of that name, if the page gives it."""
    return _find(page.figures, name, of)


def _find(figures: Iterable[Figure], name: str, of: str) -> Figure | None:
    for figure in figures:
        if figure.name == name and figure.of == of:
            return figure
    return None


def figure_name(figure: Figure) -> str:
    return _(FIGURES[figure.name, figure.of])


def figure_value(figure: Figure) -> str:
    """55.4%; the count where no percentage is given; "no items" where none is due."""
    if figure.numerator is None:
        return phrases.not_known()
    if not figure.denominator:
        return phrases.no_items()
    if figure.percent is None:
        return number(figure.numerator)
    return percent(figure.percent)


def figure_count(figure: Figure) -> str:
    """41 of 74."""
    return phrases.part_of(figure.numerator or 0, figure.denominator or 0)


def worth_showing(page: ConventionPage, figure: Figure) -> bool:
    """What a page leaves out: figures of no items, and those that repeat another.

    The report's tables have them all.
    """
    if figure.of == "accepted":
        return bool(figure.denominator) and figure.name in ("carried_out", "no_word")
    if figure.of == "referred":
        return bool(figure.denominator)
    if figure.name == "reported_done":
        return False
    if figure.name == "within_the_year" and (page.age_days is None or page.age_days <= YEAR):
        return False  # it would repeat "carried out"
    return bool(page.counts.adopted)


def rows_name(rows: str) -> str:
    """What the rows behind a figure or a field of the chart are called, by the code in the address.

    The code itself where it is none of ours.
    """
    name, _dot, of = rows.partition(".")
    if name == "chart" and of in (*VERDICT_OF_SEGMENT, *OTHER_SEGMENTS):
        return segment_name(of)
    if name == "due" and of in DUE_ITEMS:
        return _(DUE_ITEMS[of])
    if (name, of) in FIGURES:
        return _(FIGURES[name, of])
    return phrases.upper(rows)


# --- the chart ---


def segment_name(code: str) -> str:
    """A field of the chart, with a capital, as a key has it."""
    if code in VERDICT_OF_SEGMENT:
        return labels.verdict(VERDICT_OF_SEGMENT[code])
    return _(OTHER_SEGMENTS[code])


def segment(field: Segment) -> str:
    """A field of the chart after its number."""
    return lower(segment_name(field.code))


def _chart_in_words(fields: Iterable[Segment]) -> str:
    return ", ".join(f"{number(field.count)} {segment(field)}" for field in fields)


def chart_label(page: ConventionPage) -> str:
    """The chart in words, for those who do not see it."""
    return _(
        "%(count)s adopted items: %(parts)s",
        count=number(page.counts.adopted),
        parts=_chart_in_words(page.chart),
    )


# --- money ---


def money_line(totals: MoneyTotals) -> str:
    """Of $368,450 appropriated for 49 items, and $412,600 estimated for 52."""
    amounts = []
    if totals.appropriated is not None:
        amounts.append(
            ngettext(
                "%(amount)s appropriated for %(count)s item",
                "%(amount)s appropriated for %(count)s items",
                totals.appropriated_items,
                amount=whole_money(totals.appropriated, totals.currency),
                count=number(totals.appropriated_items),
            )
        )
    if totals.estimated is not None:
        amounts.append(
            ngettext(
                "%(amount)s estimated for %(count)s item",
                "%(amount)s estimated for %(count)s items",
                totals.estimated_items,
                amount=whole_money(totals.estimated, totals.currency),
                count=number(totals.estimated_items),
            )
        )
    texts = [_("Of %(amounts)s.", amounts=listing(amounts))] if amounts else []
    if totals.spent_items:
        texts.append(
            ngettext(
                "Expenses are on record for %(count)s item.",
                "Expenses are on record for %(count)s items.",
                totals.spent_items,
                count=number(totals.spent_items),
            )
        )
    if totals.not_accounted_items:
        texts.append(
            ngettext(
                "Of %(count)s item the money is not accounted for.",
                "Of %(count)s items the money is not accounted for.",
                totals.not_accounted_items,
                count=number(totals.not_accounted_items),
            )
        )
    return " ".join(texts)


# --- conventions at a glance ---


def glance_label(rates: ConventionRates) -> str:
    """The bar of one convention in words, for those who do not see it."""
    return _(
        "%(convention)s, %(count)s adopted items: %(parts)s",
        convention=rates.convention.name,
        count=number(rates.adopted),
        parts=_chart_in_words(rates.chart),
    )


def glance_share(rates: ConventionRates) -> str:
    """At the end of a bar: the share carried out, or that there is no word of any."""
    carried_out = _find(rates.figures, "carried_out", "adopted")
    no_word = _find(rates.figures, "no_word", "adopted")
    if no_word and no_word.denominator and no_word.numerator == no_word.denominator:
        return lower(labels.verdict(Verdict.NO_WORD))
    if not carried_out:
        return ""
    return _("%(share)s carried out", share=figure_value(carried_out))


def glance_count(rates: ConventionRates, name: str, of: str) -> str:
    """41 of 74, in the table."""
    figure = _find(rates.figures, name, of)
    return figure_count(figure) if figure and figure.denominator else phrases.no_items()


def glance_note(rates: ConventionRates) -> str:
    """What stands in place of a bar."""
    if not rates.items:
        return phrases.no_items_yet()
    if not rates.convention.kept:
        return _("What was done about its items is not kept in this record.")
    if rates.not_known:
        return ngettext(
            "Of %(count)s item the floor’s decision is not known.",
            "Of %(count)s items the floor’s decision is not known.",
            rates.not_known,
            count=number(rates.not_known),
        )
    if rates.not_decided:
        return phrases.undecided(rates.not_decided)
    if rates.referred:
        return _("Items were only referred.")
    return _("No item asks for follow-through.")
