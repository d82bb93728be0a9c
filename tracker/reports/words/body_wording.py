"""What reports of several conventions say: of a delegation, of a unit, over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.formatting import (
    convention_headline,
    convention_rates,
    day,
    labels,
    listing,
    number,
    percent,
    phrases,
    short_day,
)
from tracker.reading.models import ConventionDetails
from tracker.reading.rates import ConventionRates, Segment
from tracker.reading.same_age import LeftOutConvention, SameAge, WhyLeftOut
from tracker.reports.body_models import (
    COUNT_COLUMNS,
    BodyReport,
    ConventionRows,
    GivenToUnit,
    ListReport,
    VerdictCounts,
    YearsReport,
)
from tracker.reports.models import CollectedReport, ReportKind
from tracker.rules.rates import SEGMENTS
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from .verdict_wording import in_table, in_words

COUNT_HEADS = {
    "carried_out": N_("Carried out"),
    "in_part": N_("In part"),
    "reported_done": N_("Reported done"),
    "not_yet": N_("Not yet"),
    "no_word": N_("No word"),
    "ended": N_("Ended undone"),
    "not_due": N_("Not due"),
    "not_known": N_("Not known"),
}
"""By the columns of `VerdictCounts`."""
RATE_HEADS = {
    ("adopted", ""): N_("Adopted, due"),
    ("carried_out", "adopted"): N_("Carried out"),
    ("change_followed", "adopted"): N_("A change followed"),
    ("reported_done", "adopted"): N_("Reported done"),
    ("no_word", "adopted"): N_("No word"),
    ("clauses_carried_out", "adopted"): N_("Clauses carried out"),
    ("decided", "referred"): N_("Referred, decided"),
}
"""By the names of the rates that the table over the years has."""


def sections(report: CollectedReport) -> list[tuple[str, str]]:
    """The id that leads to each, and its name."""
    if isinstance(report, YearsReport):
        return [(section.id, section.name) for section in year_sections(report)]
    return [("rows", _("Item by item"))]


def without(report: BodyReport) -> str:
    """The conventions that are not in it."""
    if not report.without:
        return ""
    return _(
        "Not in this report, as there was no edition of it yet, or as it was not on record: "
        "%(names)s.",
        names=listing(list(report.without)),
    )


def kept_from(convention: ConventionDetails) -> str:
    """From when on what was done about its items is kept, in a line of its own."""
    start = convention.kept_from
    if not convention.kept or not start:
        return _("%(convention)s: not kept", convention=convention.name)
    return _("%(convention)s: %(day)s", convention=convention.name, day=day(start))


# --- one delegation, one unit ---


def also_called(report: ListReport) -> str:
    if not report.also_called:
        return ""
    return _("Also on record as: %(names)s.", names=listing(list(report.also_called)))


def list_answer(report: ListReport) -> str:
    """The sentence that accounts for every item."""
    counts = report.counts
    if not counts.items:
        return _nothing(report)
    if report.selection:
        opening = ngettext(
            "Of %(count)s item", "Of %(count)s items", counts.items, count=number(counts.items)
        )
    elif report.kind is ReportKind.UNIT:
        opening = ngettext(
            "Of %(count)s item that it was given",
            "Of %(count)s items that it was given",
            counts.items,
            count=number(counts.items),
        )
    else:
        opening = ngettext(
            "Of %(count)s item that it moved",
            "Of %(count)s items that it moved",
            counts.items,
            count=number(counts.items),
        )
    return f"{opening}, {listing(in_words(report.counts, report.body.silence_days))}."


def _nothing(report: ListReport) -> str:
    if report.selection:
        return _("Nothing that is on record is in this selection.")
    if report.kind is ReportKind.UNIT:
        return _("Nothing that was given to it is on record.")
    return _("Nothing that it moved is on record.")


def count_heads() -> list[str]:
    return [_(COUNT_HEADS[name]) for name in COUNT_COLUMNS]


def count_cells(counts: VerdictCounts) -> list[str]:
    """Under `count_heads`; a dash for none."""
    return [number(counts.column(name)) if counts.column(name) else "–" for name in COUNT_COLUMNS]


def answer_lines(report: ListReport) -> list[tuple[str, str]]:
    return in_table(report.counts)


def convention_lines(report: ListReport) -> list[tuple[str, str]]:
    return [(group.convention.name, number(group.counts.items)) for group in report.groups]


def group_note(group: ConventionRows) -> str:
    """Beside the name of a convention: its dates, and the edition that is read."""
    texts = [convention_headline.dates(group.convention)]
    if group.edition is not None:
        texts.append(
            _(
                "edition %(number)s, of %(day)s",
                number=number(group.edition),
                day=day(group.page.as_of),
            )
        )
    return "; ".join(texts)


def unit_totals(report: ListReport) -> list[tuple[str, str]]:
    """How many items a unit has in each part; an item may be in several."""
    parts = report.parts.values()
    lines = [
        (_("It leads them"), sum(part.leads for part in parts)),
        (_("It led them, and does so no more"), sum(part.led_once for part in parts)),
        (_("Referred to it"), sum(part.referral is not None for part in parts)),
        (_("Of these, not decided by it yet"), sum(part.owes_a_decision for part in parts)),
        (_("It decided about them"), sum(bool(part.decisions) for part in parts)),
    ]
    return [(label, number(count)) for label, count in lines if count]


def unit_part(part: GivenToUnit) -> list[str]:
    """Led since 14 June 2024. Referred on 14 June 2024, for decision. Declined on 9 November."""
    texts = []
    if part.leads:
        texts.append(
            _("Leads it since %(day)s", day=short_day(part.led_from))
            if part.led_from
            else _("Leads it; the day is not known")
        )
    elif part.led_once:
        texts.append(
            _("Led it once, from %(day)s", day=short_day(part.led_from))
            if part.led_from
            else _("Led it once; the day is not known")
        )
    if part.referral:
        text = (
            _("Referred on %(day)s", day=short_day(part.referral.on))
            if part.referral.on
            else _("Referred; the day is not known")
        )
        if part.referral.purpose:
            text = f"{text}, {phrases.lower(labels.purpose(part.referral.purpose))}"
        if part.referral.decides_by and part.owes_a_decision:
            text = _(
                "%(text)s, to decide by %(day)s", text=text, day=short_day(part.referral.decides_by)
            )
        texts.append(text)
    for line in part.decisions:
        decided = labels.decision(line.decision)
        texts.append(
            _("%(decided)s on %(day)s", decided=decided, day=short_day(line.on))
            if line.on
            else _("%(decided)s; the day is not known", decided=decided)
        )
    if part.owes_a_decision:
        texts.append(_("Its decision is not on record"))
    return texts


# --- several conventions ---


@dataclass(frozen=True)
class YearSection:
    """One way to look at the conventions: at an age, or as they are."""

    id: str
    name: str
    note: str
    measured: SameAge | None  # None: as they are


def year_sections(report: YearsReport) -> list[YearSection]:
    sections = []
    same, year = report.same_age, report.after_a_year
    if same.age is not None:
        sections.append(
            YearSection(
                "same-age",
                _after_closing(same.age),
                _("The age of the youngest: an old convention has no head start over a new one."),
                same,
            )
        )
    if year.conventions and year.age != same.age:
        sections.append(
            YearSection(
                "year",
                _("A year after closing"),
                _("Each as it was %(days)s days after its closing.", days=number(year.age or 0)),
                year,
            )
        )
    sections.append(
        YearSection(
            "present",
            _("As of %(day)s", day=day(report.as_of)),
            _("Each as it is on this day, whatever its age."),
            None,
        )
    )
    return sections


def _after_closing(age: int) -> str:
    return ngettext(
        "%(count)s day after closing", "%(count)s days after closing", age, count=number(age)
    )


@dataclass(frozen=True)
class YearLine:
    """One convention in a section."""

    rates: ConventionRates
    younger: int | None  # its age in days, where it has not come to the age of the section


def year_lines(report: YearsReport, section: YearSection) -> list[YearLine]:
    if section.measured is None:
        return [YearLine(rates, None) for rates in report.at_present]
    return [
        YearLine(one.rates, one.age if one.is_younger else None)
        for one in section.measured.conventions
    ]


def beside_bar(line: YearLine) -> str:
    """How many were adopted; of a convention that is younger than the others, its age."""
    adopted = _("%(count)s adopted", count=number(line.rates.adopted))
    if line.younger is None:
        return adopted
    age = ngettext("%(count)s day", "%(count)s days", line.younger, count=number(line.younger))
    return _("%(adopted)s; younger: %(age)s after closing", adopted=adopted, age=age)


def segments(lines: Sequence[YearLine]) -> list[Segment]:
    """A field of each sort that any of the bars has, for the key."""
    by_code = {segment.code: segment for line in lines for segment in line.rates.chart}
    return [by_code[code] for code in SEGMENTS if code in by_code]


def rate_cells(rates: ConventionRates) -> list[tuple[str, str]]:
    """Under RATE_HEADS: 41 of 74, and 55.4%."""
    figures = {(figure.name, figure.of): figure for figure in rates.figures}
    cells = [(number(rates.adopted), "")]
    for key in RATE_HEADS:
        if key in figures:
            figure = figures[key]
            count = convention_rates.figure_count(figure) if figure.denominator else ""
            share = percent(figure.percent) if figure.percent is not None else ""
            cells.append((count or phrases.no_items(), share))
    return cells


def years_answer(report: YearsReport) -> str:
    """Of 74 items adopted at 2024, 41 were carried out within 269 days of closing."""
    texts = []
    for one in report.same_age.conventions[:2]:
        done = _carried_out(one.rates)
        if done is None:
            continue
        texts.append(
            ngettext(
                "%(convention)s: of %(of)s adopted item, %(done)s was carried out "
                "%(days)s days after closing.",
                "%(convention)s: of %(of)s adopted items, %(done)s were carried out "
                "%(days)s days after closing.",
                one.rates.adopted,
                of=number(one.rates.adopted),
                convention=one.rates.convention.name,
                done=number(done) if done else _("none"),
                days=number(one.age),
            )
        )
    if texts:
        return " ".join(texts)
    if not report.conventions:
        return _("No convention is on record.")
    return _("There is no convention whose adopted items could be measured at an age.")


def _carried_out(rates: ConventionRates) -> int | None:
    for figure in rates.figures:
        if (figure.name, figure.of) == ("carried_out", "adopted") and figure.denominator:
            return figure.numerator
    return None


def left_out(line: LeftOutConvention) -> str:
    """A convention that is not measured, and why."""
    reason = {
        WhyLeftOut.NOT_KEPT: _("what was done about its items was not kept then"),
        WhyLeftOut.NO_CLOSING: _("the day of its closing is not known"),
        WhyLeftOut.NOT_CLOSED: _("it had not closed yet"),
        WhyLeftOut.BEFORE_THE_RECORD: _("it had that age before it was on record"),
    }[line.why]
    return _("%(convention)s: %(reason)s.", convention=line.convention.name, reason=reason)
