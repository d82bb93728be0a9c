"""Sentences about one item that are no answer: title, opening, who is responsible, clauses, floor, silence."""

from __future__ import annotations

from tracker.reading.item_models import (
    ClauseDetails,
    Confirmation,
    FloorLine,
    ItemPage,
    Silence,
    Sponsor,
)
from tracker.rules.codes import (
    By,
    Effect,
    Floor,
    Standing,
    Verdict,
)
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import listing, number
from .dates import day
from .item_reasons import AnsweredItem
from .phrases import item_name, sentence, without_a_word


def title(shown: AnsweredItem) -> str:
    """Its title, or kind and number where nothing says one."""
    return shown.title or item_name(shown.kind, shown.number)


def opening(shown: ItemPage) -> str:
    """New business item 2, moved by the Oregon delegation. Adopted as modified by the maker on 3 July 2024."""
    name = item_name(shown.kind, shown.number)
    makers = [
        each.delegation
        for each in shown.sponsors
        if each.delegation and each.part in ("maker", "sponsor")
    ]
    said = [
        _("%(item)s, brought by %(who)s", item=name, who=listing(list(dict.fromkeys(makers))))
        if makers
        else name
    ]
    for line in sorted(shown.floor_in_force, key=lambda line: line.action.effect is Effect.REFERS):
        said.append(floor_line(line, dated=True))
    if not shown.floor:
        said.append(labels.floor(Floor.UNKNOWN))
    if shown.title_is_ours and shown.title:
        said.append(_("The title is ours: the first words of its text"))
    return " ".join(sentence(part) for part in said)


def sponsor_part(found: Sponsor) -> str:
    return {
        "maker": _("Maker"),
        "seconder": _("Seconder"),
        "contact": _("Contact"),
        "sponsor": _("Sponsor"),
    }[found.part]


def sponsor(found: Sponsor) -> str:
    """A name only where names are shown; else the delegation."""
    return ", ".join(part for part in (found.name, found.delegation) if part)


def responsible(shown: ItemPage) -> str:
    """Who has the lead, or to whom it was referred."""
    if shown.lead:
        return shown.lead.unit
    referred = next(
        (line.referred_to for line in shown.floor_in_force if line.action.effect is Effect.REFERS),
        None,
    )
    return _("%(unit)s, by referral", unit=referred) if referred else _("nobody on record")


def clauses_done(shown: ItemPage) -> str:
    """2 of 3 clauses confirmed; empty where all are carried over, or due nowhere."""
    due = [
        each
        for each in shown.clauses
        if each.standing not in (Standing.NOT_DUE, Standing.SUPERSEDED, Standing.CARRIED_OVER)
    ]
    done = sum(each.standing is Standing.DONE for each in due)
    if not due:
        return ""
    return ngettext(
        "%(done)s of %(of)s clause confirmed",
        "%(done)s of %(of)s clauses confirmed",
        len(due),
        done=number(done),
        of=number(len(due)),
    )


def nothing_done(shown: ItemPage) -> str:
    """What stands where the record of what was done is empty."""
    if not shown.due:
        if shown.verdict is Verdict.NOT_TRACKED:
            return _("What was done about it is not kept in this record.")
        if shown.verdict is Verdict.NOT_DUE:
            return _("Nothing is to be carried out, and nothing is on record.")
    return _("Nothing has been put on record about what was done.")


def confirmation(found: Confirmation) -> str:
    """Confirmed by the meeting of 20 March 2025."""
    if found.by is By.MEETING and found.met_on:
        return _("Confirmed %(meeting)s", meeting=meeting(found))
    return _("Confirmed %(how)s, %(day)s", how=labels.confirmed_by(found.by), day=day(found.on))


def meeting(found: Confirmation) -> str:
    """By the meeting of the audit committee of 20 March 2025."""
    on = day(found.met_on or found.on)
    return (
        _("by the meeting of %(who)s of %(day)s", who=found.meeting, day=on)
        if found.meeting
        else _("by the meeting of %(day)s", day=on)
    )


def clause_dates(clause: ClauseDetails) -> str:
    """Due, extended, reported, sent back: the small print of a clause."""
    parts = []
    if clause.due:
        parts.append(_("Due %(day)s", day=day(clause.due.due_on)))
    if clause.reported_on and not clause.confirmation:
        parts.append(_("Reported done on %(day)s", day=day(clause.reported_on)))
    elif clause.done_on:
        parts.append(_("Done on %(day)s", day=day(clause.done_on)))
    if clause.sent_back:
        parts.append(
            ngettext(
                "Sent back once for better evidence",
                "Sent back %(count)s times for better evidence",
                clause.sent_back,
                count=number(clause.sent_back),
            )
        )
    return "".join(f"{part}. " for part in parts).strip()


def floor_line(line: FloorLine, dated: bool = False) -> str:
    """Referred to the Board on 4 July 2024, for decision; to be decided by 1 March 2025. The day only where it is asked for, and known."""
    refers = line.action.effect is Effect.REFERS
    text = labels.floor(line.action)
    if refers:
        text = _(
            "%(action)s to %(unit)s",
            action=text,
            unit=line.referred_to or _("the appropriate committee"),
        )
    if dated and line.on:
        text = _("%(action)s on %(day)s", action=text, day=day(line.on))
    if refers:
        if line.purpose:
            text = f"{text}, {labels.purpose(line.purpose)}"
        if line.decides_by:
            text = _("%(text)s; to be decided by %(day)s", text=text, day=day(line.decides_by))
    return text


def vote_line(line: FloorLine) -> str:
    """For 4,112; against 2,087; abstained 64. Fourth sitting."""
    vote, parts = line.vote, []
    if vote and vote.votes_for is not None:
        parts.append(_("For %(count)s", count=number(vote.votes_for)))
    if vote and vote.against is not None:
        parts.append(_("against %(count)s", count=number(vote.against)))
    if vote and vote.abstained is not None:
        parts.append(_("abstained %(count)s", count=number(vote.abstained)))
    if vote and vote.voice:
        parts.append(_("by voice"))
    text = sentence("; ".join(parts)) if parts else ""
    return " ".join(part for part in (text, sentence(line.session) if line.session else "") if part)


def last_word(silence: Silence) -> str:
    """Why the clock stands where it does."""
    if not silence.runs:
        return _("The clock does not run any more.") if silence.last_word else ""
    if silence.decides_by:
        return _(
            "The clock waits for the decision, asked for by %(day)s.", day=day(silence.decides_by)
        )
    if silence.over and silence.days is not None:
        return sentence(without_a_word(silence.days, silence.limit))
    if silence.next_word_by:
        return _("News is announced for %(day)s.", day=day(silence.next_word_by))
    return ""
