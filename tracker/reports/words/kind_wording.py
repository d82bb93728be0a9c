"""What each kind of report says of itself: its name, its sentences and the heads of its tables."""

from __future__ import annotations

from tracker.formatting import (
    day,
    item_sentences,
    list_filters,
    listing,
    number,
    phrases,
    short_day,
)
from tracker.reports.body_models import (
    ListReport,
    VerdictCounts,
)
from tracker.reports.models import (
    CollectedReport,
    MoneyGroup,
    MoneySource,
    Reading,
    Report,
    ReportKind,
    SilentItem,
)
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from .verdict_wording import in_table, in_words

HEADINGS = {
    ReportKind.SHORT: N_("What became of the items"),
    ReportKind.FULL: N_("What became of the items"),
    ReportKind.YEARS: N_("The conventions at the same age"),
    ReportKind.SILENT: N_("Items without a word"),
    ReportKind.MONEY: N_("Money against the fund"),
}
DESCRIPTIONS = {
    ReportKind.SHORT: N_("Progress report, short form"),
    ReportKind.FULL: N_("Progress report, full form"),
    ReportKind.ITEM: N_("Progress report on one item"),
    ReportKind.DELEGATION: N_("Report for one delegation"),
    ReportKind.UNIT: N_("Report for one unit"),
    ReportKind.YEARS: N_("Report on several conventions at the same age"),
    ReportKind.SILENT: N_("Report on items without a word"),
    ReportKind.MONEY: N_("Report on money against the fund"),
}


def heading(report: CollectedReport) -> str:
    """What its first page is called."""
    if isinstance(report, ListReport):
        subject = report.subject
        if report.kind is ReportKind.UNIT:
            return _("What the %(unit)s was given", unit=item_sentences.without_article(subject))
        return _("What became of what %(delegation)s moved", delegation=subject)
    return _(HEADINGS[report.kind])


def description(kind: ReportKind) -> str:
    return _(DESCRIPTIONS[kind])


def day_and_reading(report: CollectedReport) -> str:
    """The day of the report, and which of its readings."""
    on = day(report.as_of)
    if report.reading is Reading.HAPPENED:
        return _(
            "%(day)s, as had happened by then, as far as the record knows on %(made)s",
            day=on,
            made=day(report.made_on),
        )
    return _("%(day)s, as known on that day", day=on)


def as_of_means(report: CollectedReport) -> str:
    """What “as of” means, for who reads the report without knowing the record."""
    on = day(report.as_of)
    if report.reading is Reading.HAPPENED:
        return _(
            "“As of %(day)s” means what had happened by that day, whenever it was recorded.", day=on
        )
    return _(
        "“As of %(day)s” means what was known on that day. What was learnt later is in a later "
        "report.",
        day=on,
    )


def of_what(report: CollectedReport) -> str:
    """Of which conventions it is, where they fit in a line, and as of when."""
    conventions = [convention.name for convention in report.conventions]
    names = listing(conventions)
    if len(conventions) > 3:
        names = ngettext(
            "%(count)s convention",
            "%(count)s conventions",
            len(conventions),
            count=number(len(conventions)),
        )
    if not names:
        return _("As of %(day)s", day=day(report.as_of))
    return _("%(convention)s, as of %(day)s", convention=names, day=day(report.as_of))


# --- a selection ---


def selection(report: CollectedReport) -> str:
    """Which items it is of, how many, and of how many."""
    if report.selection is None:
        return ""
    filters = "; ".join(list_filters.names(report.selection.filters).values())
    if not report.selection.items:
        return _(
            "A selection: none of %(of)s items (%(filters)s).",
            of=number(report.selection.of),
            filters=filters,
        )
    return ngettext(
        "A selection: %(count)s of %(of)s item (%(filters)s).",
        "A selection: %(count)s of %(of)s items (%(filters)s).",
        report.selection.of,
        count=number(report.selection.items),
        of=number(report.selection.of),
        filters=filters,
    )


def figures_are_of_all(report: Report) -> str:
    return _(
        "These figures are of all %(count)s items, not of the selection.",
        count=number(report.page.counts.items),
    )


def selected_answer(report: Report) -> str:
    """What became of the items of a selection; they add up."""
    counts = VerdictCounts.of(report.page.rows)
    if not counts.items:
        return ""
    return phrases.sentence(listing(in_words(counts, report.body.silence_days)))


def selected_counts(report: Report) -> list[tuple[str, str]]:
    return in_table(VerdictCounts.of(report.page.rows))


# --- items without a word ---


def silent_answer(report: Report) -> str:
    """How many there are, of how many."""
    page = report.page
    if not page.convention.kept:
        return phrases.not_kept()
    if not report.silent:
        return _(
            "There is none: each item that is open has been heard of within the rule, "
            "or is not yet due for a word."
        )
    if report.selection:
        return ngettext(
            "Of %(of)s item in this selection, on %(count)s there has been no word.",
            "Of %(of)s items in this selection, on %(count)s there has been no word.",
            report.selection.items,
            of=number(report.selection.items),
            count=number(len(report.silent)),
        )
    return _(
        "On %(count)s of %(of)s items whose follow-through is due there has been no word for more "
        "than %(limit)s days.",
        count=number(len(report.silent)),
        of=number(page.counts.adopted + page.counts.referred),
        limit=number(report.body.silence_days),
    )


def silent_since(item: SilentItem) -> str:
    return short_day(item.since) if item.since else phrases.not_known()


# --- money ---


def source_name(group: MoneyGroup) -> str:
    """What a group of items is called."""
    return {
        MoneySource.FUND: group.fund or "",
        MoneySource.SEVERAL: _("Appropriated from several funds"),
        MoneySource.NONE: _("No appropriation on record"),
        MoneySource.UNCOUNTED: _("In no sum, as no follow-through is due"),
    }[group.source]
