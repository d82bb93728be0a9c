"""Sentences that only the report has: titles, what stands on its last page, its money. All others are those of the pages (formatting)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.formatting import (
    convention_headline,
    convention_rates,
    day,
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
from tracker.rules.codes import Verdict

from .models import AmountTotal, Report, ReportKind

GROUPED = 4  # from so many digits on, a checksum is cut in print: the whole one is on the page


def heading(report: Report) -> str:
    """What the cover is called, and what stands at the top of each page."""
    if report.form is ReportKind.ITEM:
        item = report.shown[0]
        return _(
            "%(item)s, %(convention)s",
            item=phrases.item_name(item.kind, item.number),
            convention=report.page.convention.name,
        )
    return _("What became of the items: %(convention)s", convention=report.page.convention.name)


def title(report: Report) -> str:
    return _("%(title)s, as of %(day)s", title=heading(report), day=day(report.as_of))


def as_of(report: Report) -> str:
    """At the top right; a made-up union says so on every page."""
    text = _("As of %(day)s", day=day(report.as_of))
    return (
        _("%(as_of)s. Made-up example", as_of=text) if report.page.convention.body.made_up else text
    )


def description(report: Report) -> str:
    return {
        ReportKind.SHORT: _("Progress report, short form"),
        ReportKind.FULL: _("Progress report, full form"),
        ReportKind.ITEM: _("Progress report on one item"),
    }[report.form]


def answer(report: Report) -> str:
    """The sentence that accounts for every item: the page's headline, what it leaves out, and the items that are not due."""
    return " ".join(
        [
            convention_headline.answer(report.page),
            *convention_headline.besides(report.page),
            *_besides(report),
        ]
    )


def _besides(report: Report) -> list[str]:
    found, said = report.page.counts, []
    if not report.page.convention.kept or not (found.adopted or found.referred):
        return []
    if found.not_due:
        said.append(
            ngettext(
                "%(count)s asks for no follow-through",
                "%(count)s ask for no follow-through",
                found.not_due,
                count=number(found.not_due),
            )
        )
    if found.not_decided:
        said.append(
            ngettext(
                "%(count)s is not decided yet",
                "%(count)s are not decided yet",
                found.not_decided,
                count=number(found.not_decided),
            )
        )
    if found.not_known:
        said.append(
            _("of %(count)s the floor’s decision is not known", count=number(found.not_known))
        )
    return [_("Besides, %(items)s.", items=listing(said))] if said else []


def parts(report: Report) -> list[tuple[str, str]]:
    """The parts of a whole report, by the id that leads to each."""
    found = [("reading", _("How to read this")), ("summary", _("Summary"))]
    if report.page.rows:
        found += [("silent", _("Items without a word"))] if report.page.convention.kept else []
        found.append(("glance", _("The items at a glance")))
        found += [("money", _("Money"))] if report.has_money else []
    if report.form is ReportKind.FULL:
        found.append(("items", _("The items, one by one")))
    return [*found, ("about", _("About this record"))]


def accepted(figures: Sequence[Figure]) -> str:
    """The rates of items that were referred and then accepted, in a sentence."""
    parts = [
        _(
            "%(name)s, %(count)s",
            name=phrases.lower(convention_rates.figure_name(each)),
            count=convention_rates.figure_count(each),
        )
        for each in figures
    ]
    return _(
        "Of the items that were referred and then accepted: %(figures)s.", figures="; ".join(parts)
    )


def by_kind(rows: Sequence[ItemListRow]) -> list[tuple[str, list[ItemListRow]]]:
    """The rows of each kind, the kinds in the order in which the list has them."""
    order = {kind: place for place, kind in enumerate(dict.fromkeys(row.kind for row in rows))}
    return [
        (labels.kinds(kind), list(found))
        for kind, found in groupby(
            sorted(rows, key=lambda row: order[row.kind]), key=lambda row: row.kind
        )
    ]


def counts(report: Report) -> list[tuple[str, str]]:
    """Every item once, in lines that add up."""
    found = report.page.counts
    lines = [
        (_("Adopted, follow-through due"), found.adopted),
        (_("Only referred: the body that received it owes a decision"), found.referred),
        (_("Not decided yet"), found.not_decided),
        (_("The floor’s decision is not known"), found.not_known),
        (_("What was done is not kept in this record"), found.not_tracked),
        (_("No follow-through due"), found.not_due),
    ]
    return [(label, number(count)) for label, count in lines if count]


def floor_counts(report: Report) -> list[tuple[str, str]]:
    """What the floor decided, of a convention whose follow-through is not kept."""
    return [
        (labels.floor(action), number(count))
        for action, count in report.page.floor.items()
        if count
    ]


def segment(found: Segment) -> str:
    """With a capital, as a key has it."""
    name = convention_rates.segment(found)
    return name[:1].upper() + name[1:]


def segment_share(found: Segment) -> str:
    return percent(found.percent) if found.percent is not None else ""


def who(row: ItemListRow) -> str:
    """Who has it."""
    if row.lead:
        return row.lead
    if row.group in ("referred", "accepted"):
        return (
            _("Referred to %(unit)s", unit=row.referred_to)
            if row.referred_to
            else _("Referred to the appropriate committee")
        )
    return _("nobody on record") if row.due else ""


def changed(row: ItemListRow) -> str:
    """The second answer, in a table."""
    if row.change is None:
        if row.verdict is Verdict.NOT_TRACKED:
            return _("not kept")
        return (
            _("not known")
            if row.verdict in (Verdict.DECISION_NOT_KNOWN, Verdict.NOT_DECIDED)
            else _("not due")
        )
    text = labels.change(row.change)
    return (
        _("%(change)s: %(what)s", change=text, what=row.change_words) if row.change_words else text
    )


def estimated(row: ItemListRow, currency: str) -> str:
    return whole_money(row.estimate, currency) if row.estimate is not None else ""


def spent(row: ItemListRow, item: ItemPage | None, currency: str) -> str:
    """Under the estimate."""
    if row.spent is not None:
        return _("spent %(amount)s", amount=whole_money(row.spent, currency))
    if item and item.money.not_accounted_for:
        return _("money not accounted for")
    return _("nothing spent on record") if row.estimate and row.due else ""


def amount_name(found: AmountTotal, report: Report) -> str:
    return {
        "estimated": _("Estimated before the vote"),
        "appropriated": _("Appropriated"),
        "spent": _("Spent to %(day)s", day=day(report.as_of)),
    }[found.code]


def amount_sum(found: AmountTotal, report: Report) -> str:
    return (
        money(found.sum, report.page.money.currency)
        if found.sum is not None
        else _("nothing on record")
    )


def amount_share(found: AmountTotal) -> str:
    return percent(found.share) if found.share is not None else ""


def fund(report: Report) -> str:
    """The fund that pays, or that none is on record."""
    known = [
        _(
            "%(fund)s, %(amount)s",
            fund=each.name,
            amount=money(each.amount, report.page.money.currency),
        )
        if each.amount is not None
        else _("%(fund)s, its amount not known", fund=each.name)
        for each in report.funds
    ]
    if not known:
        return _("No fund of this convention is on record, so the amounts are set against none.")
    return _("Set against: %(funds)s.", funds=listing(known))


def difference(found: MoneyDetails) -> str:
    """More or less than was appropriated (else estimated), with its share."""
    if found.difference is None:
        return ""
    if not found.difference:
        return _("none")
    amount = whole_money(abs(found.difference), found.currency)
    text = (
        _("%(amount)s more", amount=amount)
        if found.difference > 0
        else _("%(amount)s less", amount=amount)
    )
    return f"{text}, {percent(abs(found.percent))}" if found.percent is not None else text


def whole_cell(amount: Decimal | None, currency: str) -> str:
    return whole_money(amount, currency) if amount is not None else _("not on record")


def amount_cell(amount: Decimal | None, currency: str) -> str:
    return money(amount, currency) if amount is not None else _("nothing on record")


def name(item: ItemPage | ItemListRow) -> str:
    return phrases.item_name(item.kind, item.number)


def contents_name(item: ItemPage) -> str:
    """In the contents and in the bookmarks."""
    return f"{item.number}. {item.title}" if item.number else item.title


def brought(item: ItemPage) -> str:
    """Moved by the Ohio council. Adopted as amended on 13 June 2023. For 212; against 31."""
    said = []
    if item.delegations:
        said.append(_("Moved by %(delegations)s.", delegations=listing(item.delegations)))
    for line in item.floor_in_force:
        text = item_sentences.floor_line(line, dated=True)
        text = text if line.on else _("%(action)s; the day is not known", action=text)
        said += [phrases.sentence(text), item_sentences.vote_line(line)]
    return " ".join(part for part in said if part) or _("The floor’s decision is not known.")


def evidence(found: EvidenceDetails) -> str:
    """Guide, PDF, 1.9 MB."""
    if found.path is None:
        return _("%(label)s, as recorded", label=found.label)
    return ", ".join(part for part in (found.label, evidence_files.kind_and_size(found)) if part)


def checksum(found: EvidenceDetails) -> str:
    """Enough of it to compare by eye."""
    if not found.sha256:
        return ""
    cut = [found.sha256[at : at + GROUPED] for at in (0, GROUPED, 60)]
    return _("checksum %(first)s %(second)s … %(last)s", first=cut[0], second=cut[1], last=cut[2])


def ended(text: str) -> str:
    """With a full stop, and otherwise as it was written."""
    return text if text.rstrip().endswith((".", "!", "?", "…", "”")) else f"{text.rstrip()}."


def expenses(found: tuple[ExpenseLine, ...]) -> str:
    return ngettext("%(count)s expense", "%(count)s expenses", len(found), count=number(len(found)))


def appropriation(found: AppropriationLine) -> str:
    return ", ".join(part for part in (found.decided_by, found.fund) if part)


def made_from(report: Report) -> str:
    kept = report.page.convention.kept_from
    if not report.page.convention.kept or not kept:
        return _("Not kept: what the floor decided is here; what was done about it is not.")
    return _(
        "%(day)s. Of what was done before, the record holds what was entered later, with its date.",
        day=day(kept),
    )


def rules(report: Report) -> str:
    body = report.page.convention.body
    names = _("names of people show") if body.show_names else _("names of people do not show")
    return _(
        "%(days)s days without a word; a difference of money is explained over %(limit)s; %(names)s",
        days=number(body.silence_days),
        limit=percent(body.variance_percent),
        names=names,
    )


def withheld(report: Report) -> list[str]:
    return [
        _(
            "%(item)s, on %(day)s, by the governance office: %(kind)s",
            item=name(each.item),
            day=day(each.on),
            kind=labels.withheld(each.kind),
        )
        for each in report.withheld
    ]


def silence_rule(report: Report) -> str:
    limit = report.page.convention.body.silence_days
    return ngettext(
        "No clause is done or reported done, and nothing was published for more than %(count)s day.",
        "No clause is done or reported done, and nothing was published for more than %(count)s days.",
        limit,
        count=number(limit),
    )


def all_items(report: Report) -> str:
    return ngettext(
        "The one item on record.",
        "All %(count)s items, in the order of their numbers.",
        len(report.page.rows),
        count=number(len(report.page.rows)),
    )


def rest_of_text(left: int) -> str:
    """Where the report prints the beginning of a very long text."""
    return ngettext(
        "%(count)s more character is on the item’s page.",
        "%(count)s more characters are on the item’s page.",
        left,
        count=number(left),
    )


def rest_of_record(left: int) -> str:
    return ngettext(
        "%(count)s earlier line is on the item’s page.",
        "%(count)s earlier lines are on the item’s page.",
        left,
        count=number(left),
    )
