"""The sentences that only the report has: its titles, its last page, its money.

All other sentences of a report are those of the pages (`tracker.formatting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tracker.formatting import (
    convention_headline,
    convention_rates,
    day,
    definitions,
    evidence_files,
    item_sentences,
    labels,
    listing,
    money,
    number,
    percent,
    phrases,
    whole_money,
)
from tracker.reading.convention import Figure, ItemListRow, Segment
from tracker.reading.item_models import (
    AppropriationLine,
    EvidenceDetails,
    ExpenseLine,
    ItemPage,
    MoneyDetails,
)
from tracker.rules.codes import Floor, Verdict
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .models import AmountTotal, FundLine, Report, ReportKind

CHECKSUM_GROUPS = ((0, 4), (4, 8), (60, 64))
"""The digits of a SHA-256 that are printed: enough to compare by eye. All are on the page."""


# --- titles and the cover ---


def heading(report: Report) -> str:
    """What the cover is called, and what stands at the top of each page."""
    if report.kind is not ReportKind.ITEM:
        return _("What became of the items: %(convention)s", convention=report.convention.name)
    return _(
        "%(item)s, %(convention)s",
        item=item_name(report.items[0]),
        convention=report.convention.name,
    )


def title(report: Report) -> str:
    return _("%(title)s, as of %(day)s", title=heading(report), day=day(report.as_of))


def as_of(report: Report) -> str:
    """What stands at the top right of each page; of a made-up union it says so."""
    text = _("As of %(day)s", day=day(report.as_of))
    if report.convention.body.made_up:
        return _("%(as_of)s. Made-up example", as_of=text)
    return text


def description(report: Report) -> str:
    return {
        ReportKind.SHORT: _("Progress report, short form"),
        ReportKind.FULL: _("Progress report, full form"),
        ReportKind.ITEM: _("Progress report on one item"),
    }[report.kind]


def answer(report: Report) -> str:
    """The sentences that account for every item.

    The headline of the convention's page, what that leaves out, and the items that are not due.
    """
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


def sections(report: Report) -> list[tuple[str, str]]:
    """The sections of a whole report: the id that leads to each, and its name."""
    names = [("reading", _("How to read this")), ("summary", _("Summary"))]
    if report.page.rows:
        if report.convention.kept:
            names.append(("silent", _("Items without a word")))
        names.append(("glance", _("The items at a glance")))
        if report.has_money:
            names.append(("money", _("Money")))
    if report.kind is ReportKind.FULL:
        names.append(("items", _("The items, one by one")))
    names.append(("about", _("About this record")))
    return names


def contents_name(item: ItemPage) -> str:
    """An item in the contents and in the bookmarks."""
    return f"{item.number}. {item.title}" if item.number else item.title


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


# --- rows of the items ---


def by_kind(rows: Sequence[ItemListRow]) -> list[tuple[str, list[ItemListRow]]]:
    """The rows of each kind, the kinds in the order in which the list first has them."""
    rows_of: dict[str, list[ItemListRow]] = {}
    for row in rows:
        rows_of.setdefault(row.kind, []).append(row)
    return [(labels.kinds(kind), kind_rows) for kind, kind_rows in rows_of.items()]


def who_has_it(row: ItemListRow) -> str:
    """The lead of an item, else the body to which it was referred."""
    if row.lead:
        return row.lead
    if row.group in ("referred", "accepted"):
        return phrases.referred_to(row.referred_to)
    return phrases.nobody_on_record() if row.due else ""


def changed(row: ItemListRow) -> str:
    """The answer to "What changed?", in a table."""
    if row.change is None:
        if row.verdict is Verdict.NOT_TRACKED:
            return _("not kept")
        if row.verdict in (Verdict.DECISION_NOT_KNOWN, Verdict.NOT_DECIDED):
            return phrases.not_known()
        return _("not due")
    text = labels.change(row.change)
    if row.change_words:
        return _("%(change)s: %(what)s", change=text, what=row.change_words)
    return text


def estimated(row: ItemListRow, currency: str) -> str:
    return whole_money(row.estimate, currency) if row.estimate is not None else ""


def spent(row: ItemListRow, item: ItemPage | None, currency: str) -> str:
    """What stands under the estimate of an item."""
    if row.spent is not None:
        return _("spent %(amount)s", amount=whole_money(row.spent, currency))
    if item and item.money.not_accounted_for:
        return _("money not accounted for")
    return _("nothing spent on record") if row.estimate and row.due else ""


def silence_rule(report: Report) -> str:
    return definitions.silence_rule(report.convention.body.silence_days)


def all_items(report: Report) -> str:
    return ngettext(
        "The one item on record.",
        "All %(count)s items, in the order of their numbers.",
        len(report.page.rows),
        count=number(len(report.page.rows)),
    )


# --- money ---


def amount_name(total: AmountTotal, report: Report) -> str:
    return {
        "estimated": _("Estimated before the vote"),
        "appropriated": _("Appropriated"),
        "spent": _("Spent to %(day)s", day=day(report.as_of)),
    }[total.code]


def amount_share(total: AmountTotal) -> str:
    return percent(total.share) if total.share is not None else ""


def fund(report: Report) -> str:
    """The fund that pays, or that none is on record."""
    if not report.funds:
        return _("No fund of this convention is on record, so the amounts are set against none.")
    lines = [_fund_line(line, report.currency) for line in report.funds]
    return _("Set against: %(funds)s.", funds=listing(lines))


def _fund_line(line: FundLine, currency: str) -> str:
    if line.amount is None:
        return _("%(fund)s, its amount not known", fund=line.name)
    return _("%(fund)s, %(amount)s", fund=line.name, amount=money(line.amount, currency))


def difference(details: MoneyDetails) -> str:
    """How much more or less was spent than was appropriated (else estimated), with its share."""
    if details.difference is None:
        return ""
    if not details.difference:
        return _("none")
    amount = whole_money(abs(details.difference), details.currency)
    sentence = _("%(amount)s more") if details.difference > 0 else _("%(amount)s less")
    text = sentence % {"amount": amount}
    if details.percent is None:
        return text
    return f"{text}, {percent(abs(details.percent))}"


def whole_cell(amount: Decimal | None, currency: str) -> str:
    """An amount without cents, in a table."""
    return whole_money(amount, currency) if amount is not None else _("not on record")


def amount_cell(amount: Decimal | None, currency: str) -> str:
    """An amount with its cents, in a table."""
    return money(amount, currency) if amount is not None else phrases.nothing_on_record()


def expenses(lines: Sequence[ExpenseLine]) -> str:
    return ngettext("%(count)s expense", "%(count)s expenses", len(lines), count=number(len(lines)))


def appropriation(line: AppropriationLine) -> str:
    return ", ".join(part for part in (line.decided_by, line.fund) if part)


# --- one item ---


def item_name(item: ItemPage | ItemListRow) -> str:
    return phrases.item_name(item.kind, item.number)


def brought(item: ItemPage) -> str:
    """Moved by the Ohio council. Adopted as amended on 13 June 2023. For 212; against 31."""
    parts = []
    if item.delegations:
        parts.append(_("Moved by %(delegations)s.", delegations=listing(item.delegations)))
    for line in item.floor_in_force:
        action = item_sentences.floor_line(line, dated=True)
        if not line.on:
            action = _("%(action)s; the day is not known", action=action)
        parts.append(phrases.sentence(action))
        parts.append(item_sentences.vote_line(line))
    text = " ".join(part for part in parts if part)
    return text or phrases.sentence(labels.floor(Floor.UNKNOWN))


def evidence(details: EvidenceDetails) -> str:
    """Guide, PDF, 1.9 MB."""
    if details.path is None:
        return _("%(label)s, as recorded", label=details.label)
    return ", ".join(
        part for part in (details.label, evidence_files.kind_and_size(details)) if part
    )


def checksum(details: EvidenceDetails) -> str:
    """Enough of the checksum of a file to compare it by eye."""
    if not details.sha256:
        return ""
    first, second, last = (details.sha256[start:end] for start, end in CHECKSUM_GROUPS)
    return _("checksum %(first)s %(second)s … %(last)s", first=first, second=second, last=last)


def with_full_stop(text: str) -> str:
    """The text as it was written, with a full stop where it ends without a mark."""
    if text.rstrip().endswith((".", "!", "?", "…", "”")):
        return text
    return f"{text.rstrip()}."


def rest_of_text(characters: int) -> str:
    """What follows where the report prints the beginning of a very long text."""
    return ngettext(
        "%(count)s more character is on the item’s page.",
        "%(count)s more characters are on the item’s page.",
        characters,
        count=number(characters),
    )


def rest_of_record(lines: int) -> str:
    """What follows where the report prints the newest lines of a very long record."""
    return ngettext(
        "%(count)s earlier line is on the item’s page.",
        "%(count)s earlier lines are on the item’s page.",
        lines,
        count=number(lines),
    )


# --- the last page ---


def kept_from(report: Report) -> str:
    start = report.convention.kept_from
    if not report.convention.kept or not start:
        return _("Not kept: what the floor decided is here; what was done about it is not.")
    return _(
        "%(day)s. Of what was done before, the record holds what was entered later, with its date.",
        day=day(start),
    )


def rules(report: Report) -> str:
    """The body's settings that a reader of the report has to know."""
    body = report.convention.body
    names = _("names of people show") if body.show_names else _("names of people do not show")
    return _(
        "%(days)s days without a word; "
        "a difference of money is explained over %(limit)s; %(names)s",
        days=number(body.silence_days),
        limit=percent(body.variance_percent),
        names=names,
    )


def withheld(report: Report) -> list[str]:
    return [
        _(
            "%(item)s, on %(day)s, by the governance office: %(kind)s",
            item=item_name(line.item),
            day=day(line.on),
            kind=labels.withheld(line.kind),
        )
        for line in report.withheld
    ]
