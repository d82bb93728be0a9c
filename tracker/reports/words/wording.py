"""What a report says of itself: its titles, its cover, its counts, its last page.

What it alone says of items is in `item_wording`, of money in `money_wording`. All its other
sentences are those of the pages (`tracker.formatting`).
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.formatting import (
    convention_headline,
    convention_rates,
    day,
    definitions,
    labels,
    listing,
    number,
    percent,
    phrases,
)
from tracker.reading.convention import Figure, Segment
from tracker.reading.item_models import ItemPage
from tracker.reading.models import ConventionDetails
from tracker.reports.models import CollectedReport, Report, ReportKind, ReportStatus, has_sections
from tracker.rules.codes import Verdict
from tracker.rules.report_number import MARKER
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import body_wording, kind_wording
from .item_wording import item_name

# --- titles and the cover ---


def heading(report: CollectedReport) -> str:
    """What the cover is called, and what stands at the top of each page."""
    if not isinstance(report, Report):
        return kind_wording.heading(report)
    if report.kind is ReportKind.ITEM:
        name = item_name(report.items[0])
        return _("%(item)s, %(convention)s", item=name, convention=report.convention.name)
    return _(
        "%(heading)s: %(convention)s",
        heading=kind_wording.heading(report),
        convention=report.convention.name,
    )


def title(report: CollectedReport) -> str:
    return _("%(title)s, as of %(day)s", title=heading(report), day=day(report.as_of))


def as_of(report: CollectedReport) -> str:
    """What stands at the top right of each page; of a made-up union it says so."""
    text = _("As of %(day)s", day=day(report.as_of))
    if report.body.made_up:
        return _("%(as_of)s. Made-up example", as_of=text)
    return text


def publisher(report: CollectedReport) -> str:
    """What stands at the foot of each page before the day: the body, and the report's number."""
    if report.imprint:
        return f"{report.body.name}. {report.imprint.number}"
    return report.body.name


def mark(report: CollectedReport) -> str:
    """What stands above each page, the cover too, until a report is issued."""
    if report.status is ReportStatus.BOARDS_COPY:
        return _("Board’s copy, not published")
    return _("DRAFT") if report.status is ReportStatus.DRAFT else ""


def identifier(report: CollectedReport) -> str:
    """By which a check knows which report a file is; empty of one without a number."""
    return MARKER + report.imprint.number if report.imprint else ""


def description(report: CollectedReport) -> str:
    if report.status is ReportStatus.SHEET:
        return _("Dated sheet of the public record")
    return kind_wording.description(report.kind)


def answer(report: Report) -> str:
    """The sentences that account for every item.

    The headline of the convention's page, what that leaves out, and the items that are not due. Of
    a selection, which it is, and what became of its items.
    """
    if report.selection:
        return f"{kind_wording.selection(report)} {kind_wording.selected_answer(report)}".strip()
    paragraphs = [
        convention_headline.answer(report.page),
        *convention_headline.besides(report.page),
    ]
    besides = _items_not_due(report)
    if besides:
        paragraphs.append(besides)
    return " ".join(paragraphs)


def _items_not_due(report: Report) -> str:
    counts = report.page.counts
    if not report.convention.kept or not (counts.adopted or counts.referred):
        return ""
    clauses = []
    if counts.not_due:
        clauses.append(
            ngettext(
                "%(count)s asks for no follow-through",
                "%(count)s ask for no follow-through",
                counts.not_due,
                count=number(counts.not_due),
            )
        )
    if counts.not_decided:
        clauses.append(
            ngettext(
                "%(count)s is not decided yet",
                "%(count)s are not decided yet",
                counts.not_decided,
                count=number(counts.not_decided),
            )
        )
    if counts.not_known:
        clauses.append(
            _("of %(count)s the floor’s decision is not known", count=number(counts.not_known))
        )
    if not clauses:
        return ""
    return _("Besides, %(items)s.", items=listing(clauses))


def sections(report: CollectedReport, *, has_index: bool = False) -> list[tuple[str, str]]:
    """The sections of a whole report: the id that leads to each, and its name."""
    names = _own_sections(report) if isinstance(report, Report) else body_wording.sections(report)
    if has_sections(report):
        names.append(("items", _("The items, one by one")))
    if has_index:
        names.append(("index", _("Index")))
    names.append(("about", _("About this record")))
    return names


def _own_sections(report: Report) -> list[tuple[str, str]]:
    if report.kind is ReportKind.SILENT:
        return [("silent", _("Items without a word"))]
    if report.kind is ReportKind.MONEY:
        return [("funds", _("The funds")), ("sources", _("The items by the source of their money"))]
    names = [("reading", _("How to read this")), ("summary", _("Summary"))]
    if report.selection:
        names.append(("selection", _("The selection")))
    if report.page.rows:
        if report.convention.kept:
            names.append(("silent", _("Items without a word")))
        names.append(("glance", _("The items at a glance")))
        if report.has_money:
            names.append(("money", _("Money")))
    return names


def term(report: Report) -> str:
    """When the term of the items ends, or that it has ended; of a convention that has one."""
    ends_on = report.convention.term_ends_on
    if ends_on is None:
        return ""
    if report.page.term_left_days is not None and report.page.term_left_days < 0:
        return _("Their term ended on %(day)s.", day=day(ends_on))
    return _("Their term ends on %(day)s.", day=day(ends_on))


# --- rates and counts ---


def accepted(figures: Sequence[Figure]) -> str:
    """The rates of items that were referred and then accepted."""
    rates = [
        _(
            "%(name)s, %(count)s",
            name=phrases.lower(convention_rates.figure_name(figure)),
            count=convention_rates.figure_count(figure),
        )
        for figure in figures
    ]
    return _(
        "Of the items that were referred and then accepted: %(figures)s.", figures="; ".join(rates)
    )


def counts(report: Report) -> list[tuple[str, str]]:
    """Every item once, in lines that add up."""
    totals = report.page.counts
    lines = [
        (_("Adopted, follow-through due"), totals.adopted),
        (_("Only referred: the body that received it owes a decision"), totals.referred),
        (labels.verdict(Verdict.NOT_DECIDED), totals.not_decided),
        (labels.verdict(Verdict.DECISION_NOT_KNOWN), totals.not_known),
        (_("What was done is not kept in this record"), totals.not_tracked),
        (labels.verdict(Verdict.NOT_DUE), totals.not_due),
    ]
    return [(label, number(count)) for label, count in lines if count]


def floor_counts(report: Report) -> list[tuple[str, str]]:
    """What the floor decided, of a convention whose follow-through is not kept."""
    return [
        (labels.floor(action), number(count))
        for action, count in report.page.floor.items()
        if count
    ]


def segment_share(field: Segment) -> str:
    return percent(field.percent) if field.percent is not None else ""


def silence_rule(report: CollectedReport) -> str:
    return definitions.silence_rule(report.body.silence_days)


# --- the last page ---


def kept_from(convention: ConventionDetails) -> str:
    start = convention.kept_from
    if not convention.kept or not start:
        return _("Not kept: what the floor decided is here; what was done about it is not.")
    return _(
        "%(day)s. Of what was done before, the record holds what was entered later, with its date.",
        day=day(start),
    )


def rules(report: CollectedReport) -> str:
    """The body's settings that a reader of the report has to know."""
    body = report.body
    names = _("names of people show") if body.show_names else _("names of people do not show")
    return _(
        "%(days)s days without a word; "
        "a difference of money is explained over %(limit)s; %(names)s",
        days=number(body.silence_days),
        limit=percent(body.variance_percent),
        names=names,
    )


def withheld(report: CollectedReport) -> list[str]:
    return [
        _(
            "%(item)s, on %(day)s, by the governance office: %(kind)s",
            item=_withheld_item(report, line.item),
            day=day(line.on),
            kind=labels.withheld(line.kind),
        )
        for line in report.withheld
    ]


def _withheld_item(report: CollectedReport, item: ItemPage) -> str:
    """Of several conventions, with its own."""
    if len(report.conventions) == 1:
        return item_name(item)
    return _("%(item)s, %(convention)s", item=item_name(item), convention=item.convention.name)
