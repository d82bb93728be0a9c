"""Sentences of the pages on which decisions of meetings are recorded and read."""

from __future__ import annotations

from datetime import date

from tracker.reading.meeting_desk import DecidedMeanwhile, DeskRow, MeetingDesk, ReferredClause
from tracker.reading.meetings import DecidedLine, MeetingLine
from tracker.rules.codes import Decision, MoneySaid, Result
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import number
from .dates import day
from .item_sentences import by_meeting, without_article
from .phrases import lower, sentence, upper


def waiting(desk: MeetingDesk, unit: str | None) -> str:
    """12 things wait that the Executive Committee may decide: 4 claims, 6 outcomes, 2 referrals."""
    kinds = [
        text
        for rows, text in (
            (desk.claims, ngettext("%(num)d claim", "%(num)d claims", len(desk.claims))),
            (desk.outcomes, ngettext("%(num)d outcome", "%(num)d outcomes", len(desk.outcomes))),
            (
                desk.referrals,
                ngettext("%(num)d referral", "%(num)d referrals", len(desk.referrals)),
            ),
        )
        if rows
    ]
    count = len(desk.rows)
    if not count:
        return _("Nothing waits that a meeting could decide.")
    if unit:
        what = ngettext(
            "One thing waits that the %(unit)s may decide",
            "%(count)s things wait that the %(unit)s may decide",
            count,
            count=number(count),
            unit=unit,
        )
    else:
        what = ngettext(
            "One thing waits that a meeting may decide",
            "%(count)s things wait that a meeting may decide",
            count,
            count=number(count),
        )
    rest = _("One decision a row; what you leave stays where it is.")
    return f"{what}: {', '.join(kinds)}. {rest}"


def about_claim(row: DeskRow) -> str:
    """Clause 2, Port Alder 2026; Center for Research. Money: not known yet. Waits 9 days."""
    where = row.convention.name
    if row.clause is not None:
        where = _("Clause %(number)s, %(convention)s", number=row.clause, convention=where)
    where = f"{where}; {row.unit}" if row.unit else where
    parts = [where]
    if row.money_said is MoneySaid.NOT_KNOWN_YET:
        parts.append(_("Money: not known yet"))
    return _sentences(*parts, _waits(row))


def about_outcome(row: DeskRow) -> str:
    """Port Alder 2026. “Diaries show 3 hours fewer.” A change followed. Waits 12 days."""
    level = labels.level(row.level) if row.level else ""
    quoted = f"“{row.words}”" if row.words else ""
    return " ".join(
        part
        for part in (_sentences(row.convention.name), quoted, _sentences(level, _waits(row)))
        if part
    )


def about_referral(row: DeskRow, unit: str | None) -> str:
    """Port Alder 2026; referred to the Executive Committee, which decides by 13 January 2027."""
    convention, whom = row.convention.name, unit or ""
    if not row.is_of_unit:
        to_whom = _(
            "%(convention)s; referred to %(whom)s",
            convention=convention,
            whom=row.referred_to or _("a body that is not named"),
        )
        return _sentences(to_whom, _("A decision here says that it is this one"), _waits(row))
    if row.decides_by:
        text = _(
            "%(convention)s; referred to the %(unit)s, which decides by %(day)s",
            convention=convention,
            unit=whom,
            day=day(row.decides_by),
        )
    else:
        text = _("%(convention)s; referred to the %(unit)s", convention=convention, unit=whom)
    if row.purpose:
        text = f"{text}, {labels.purpose(row.purpose)}"
    return _sentences(text, _waits(row))


def _waits(row: DeskRow) -> str:
    return ngettext("Waits %(num)d day", "Waits %(num)d days", row.days)


def _sentences(*parts: str) -> str:
    return " ".join(sentence(part) for part in parts if part)


def clause(referred: ReferredClause) -> str:
    """3. Print it."""
    return f"{number(referred.number)}. {referred.words or ''}".strip()


def decided_meanwhile(meanwhile: DecidedMeanwhile) -> str:
    """Of a row that somebody else decided while this one was being filled in."""
    if meanwhile.result is None and meanwhile.decision is None:
        return _("It does not wait any more; nothing of this row is recorded")
    what = (
        labels.result(meanwhile.result)
        if meanwhile.result
        else labels.decision(meanwhile.decision or Decision.ACCEPTED)
    )
    text = _("%(what)s meanwhile, on %(day)s", what=what, day=day(meanwhile.on))
    if meanwhile.person:
        text = _("%(text)s, by %(who)s", text=text, who=meanwhile.person)
    return _("%(text)s. Nothing of this row is recorded", text=text)


def name(name: str) -> str:
    """As a heading: "the audit committee" is "Audit committee"."""
    return upper(without_article(name))


def counts(line: MeetingLine) -> str:
    """3 confirmed, 1 returned, 2 accepted."""
    parts = [
        f"{number(line.counts[code.value])} {lower(label)}"
        for code, label in (
            *((result, labels.result(result)) for result in Result),
            *((decision, labels.decision(decision)) for decision in Decision),
        )
        if line.counts[code.value]
    ]
    return ", ".join(parts) or _("nothing that still counts")


def decided(line: DecidedLine) -> str:
    """Confirmed; of an outcome with what it says, of one that was reopened with its day."""
    if line.decision:
        return labels.decision(line.decision)
    text = labels.result(line.result or Result.CONFIRMED)
    if line.level:
        text = f"{text}: {lower(labels.level(line.level))}"
    if line.reopened_on:
        text = _("%(text)s, reopened on %(day)s", text=text, day=day(line.reopened_on))
    return text


def example(unit: str | None, met_on: date | None, today: date) -> str:
    """What pages will say of these decisions, as far as it is known."""
    return by_meeting(unit or _("Executive Committee"), met_on or today)
