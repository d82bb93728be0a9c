"""Sentences about one item that are no answer.

Title, opening, who is responsible, clauses, floor, silence.
"""

from __future__ import annotations

from datetime import date

from tracker.reading.item_models import ClauseDetails, ItemPage, Silence
from tracker.reading.models import Confirmation, FloorLine, Sponsor
from tracker.rules.codes import By, Effect, Floor, Standing, Verdict, WithheldFor
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import labels, phrases
from .amounts import listing, number
from .dates import day
from .item_reasons import AnsweredItem
from .phrases import sentence

SPONSOR_PARTS = {
    "maker": N_("Maker"),
    "seconder": N_("Seconder"),
    "contact": N_("Contact"),
    "sponsor": N_("Sponsor"),
}
NOT_TO_BE_DONE = (Standing.NOT_DUE, Standing.SUPERSEDED, Standing.CARRIED_OVER)


def title(item: AnsweredItem) -> str:
    """Its title, or kind and number where nothing says one."""
    return item.title or phrases.item_name(item.kind, item.number)


def opening(item: ItemPage) -> str:
    """New business item 2, brought by Oregon. Adopted as modified by the maker on 3 July 2024."""
    name = phrases.item_name(item.kind, item.number)
    makers = [
        sponsor.delegation
        for sponsor in item.sponsors
        if sponsor.delegation and sponsor.part in ("maker", "sponsor")
    ]
    if makers:
        who = listing(list(dict.fromkeys(makers)))
        name = _("%(item)s, brought by %(who)s", item=name, who=who)
    lines = sorted(item.floor_in_force, key=lambda line: line.action.effect is Effect.REFERS)
    texts = [name, *(floor_line(line, dated=True) for line in lines)]
    if not item.floor:
        texts.append(labels.floor(Floor.UNKNOWN))
    if item.title_is_ours and item.title:
        texts.append(_("The title is ours: the first words of its text"))
    return " ".join(map(sentence, texts))


def sponsor_part(sponsor: Sponsor) -> str:
    """What somebody did on the floor."""
    return floor_part(sponsor.part)


def floor_part(code: str) -> str:
    return _(SPONSOR_PARTS[code])


def sponsor_name(sponsor: Sponsor) -> str:
    """A name only where names are shown, or that it is withheld; and the delegation."""
    delegation = sponsor.delegation
    if sponsor.delegation_then:
        delegation = _(
            "%(delegation)s (then %(name)s)", delegation=delegation, name=sponsor.delegation_then
        )
    who = ", ".join(part for part in (sponsor.name, delegation) if part)
    if sponsor.withheld is None or sponsor.withheld_on is None:
        return who
    withheld = name_withheld(sponsor.withheld, sponsor.withheld_on)
    return f"{who} ({withheld})" if who else sentence(withheld)


def name_withheld(kind: WithheldFor, on: date) -> str:
    return _(
        "name withheld on %(day)s by the governance office: %(kind)s",
        day=day(on),
        kind=labels.withheld(kind),
    )


def responsible(item: ItemPage) -> str:
    """Who has the lead, or to whom it was referred."""
    if item.lead:
        return item.lead.unit
    receivers = (
        line.referred_to for line in item.floor_in_force if line.action.effect is Effect.REFERS
    )
    receiver = next(receivers, None)
    if not receiver:
        return phrases.nobody_on_record()
    return _("%(unit)s, by referral", unit=receiver)


def clauses_done(item: ItemPage) -> str:
    """2 of 3 clauses confirmed; empty where all are carried over, or due nowhere."""
    standings = [clause.standing for clause in item.clauses]
    due = [standing for standing in standings if standing not in NOT_TO_BE_DONE]
    if not due:
        return ""
    return ngettext(
        "%(done)s of %(of)s clause confirmed",
        "%(done)s of %(of)s clauses confirmed",
        len(due),
        done=number(due.count(Standing.DONE)),
        of=number(len(due)),
    )


def nothing_done(item: ItemPage) -> str:
    """What stands where the record of what was done is empty."""
    if not item.due and item.verdict is Verdict.NOT_TRACKED:
        return sentence(phrases.not_kept())
    if not item.due and item.verdict is Verdict.NOT_DUE:
        return _("Nothing is to be carried out, and nothing is on record.")
    return _("Nothing has been put on record about what was done.")


# --- clauses ---


def clause_dates(clause: ClauseDetails) -> str:
    """Due, reported, sent back: the small print of a clause."""
    texts = []
    if clause.due:
        texts.append(phrases.due(clause.due.due_on))
    if clause.reported_on and not clause.confirmation:
        texts.append(phrases.reported_done(clause.reported_on))
    elif clause.done_on:
        texts.append(_("Done on %(day)s", day=day(clause.done_on)))
    if clause.sent_back:
        texts.append(sent_back(clause.sent_back))
    return " ".join(f"{text}." for text in texts)


def sent_back(times: int) -> str:
    """Why a claim was sent back is for staff; that it was, for everybody."""
    return ngettext(
        "Sent back once for better evidence",
        "Sent back %(count)s times for better evidence",
        times,
        count=number(times),
    )


def confirmed(confirmation: Confirmation) -> str:
    """Confirmed by the meeting of 20 March 2025."""
    if confirmation.by is By.MEETING and confirmation.met_on:
        return _("Confirmed %(meeting)s", meeting=meeting(confirmation))
    return _(
        "Confirmed %(how)s, %(day)s",
        how=confirmed_by(confirmation),
        day=day(confirmation.on),
    )


def confirmed_by(confirmation: Confirmation) -> str:
    """Inside the union; from outside, by an industrial hygienist of Lakeshore State University."""
    if confirmation.by is By.FROM_OUTSIDE and confirmation.role and confirmation.organisation:
        return _(
            "from outside, by %(role)s of %(organisation)s",
            role=confirmation.role,
            organisation=confirmation.organisation,
        )
    return labels.confirmed_by(confirmation.by)


def meeting(confirmation: Confirmation) -> str:
    """By the audit committee’s meeting of 20 March 2025."""
    return by_meeting(confirmation.meeting, confirmation.met_on or confirmation.on)


def without_article(name: str) -> str:
    """As a list has it, or a person types it: "the audit committee"."""
    return name[4:] if name.casefold().startswith("the ") else name


def by_meeting(name: str | None, met_on: date) -> str:
    """As the record calls the body that met: "the audit committee", "Executive Committee"."""
    on = day(met_on)
    if not name:
        return _("by the meeting of %(day)s", day=on)
    who = without_article(name)
    if who.endswith("s"):
        return _("by the %(who)s’ meeting of %(day)s", who=who, day=on)
    return _("by the %(who)s’s meeting of %(day)s", who=who, day=on)


# --- floor and silence ---


def floor_line(line: FloorLine, dated: bool = False) -> str:
    """Referred to the Board on 4 July 2024, for decision; to be decided by 1 March 2025.

    The day only where it is asked for, and known.
    """
    refers = line.action.effect is Effect.REFERS
    if refers:
        text = phrases.referral(line.action, line.referred_to)
    else:
        text = labels.floor(line.action)
    if dated and line.on:
        text = phrases.with_day(text, line.on)
    if refers and line.purpose:
        text = f"{text}, {labels.purpose(line.purpose)}"
    if refers and line.decides_by:
        text = _("%(text)s; to be decided by %(day)s", text=text, day=day(line.decides_by))
    return text


def vote_line(line: FloorLine) -> str:
    """For 4,112; against 2,087; abstained 64. Fourth sitting."""
    vote, counts = line.vote, []
    if vote and vote.votes_for is not None:
        counts.append(_("For %(count)s", count=number(vote.votes_for)))
    if vote and vote.against is not None:
        counts.append(_("against %(count)s", count=number(vote.against)))
    if vote and vote.abstained is not None:
        counts.append(_("abstained %(count)s", count=number(vote.abstained)))
    if vote and vote.voice:
        counts.append(_("by voice"))
    texts = (sentence("; ".join(counts)), sentence(line.session or ""))
    return " ".join(text for text in texts if text)


def last_word(silence: Silence) -> str:
    """Why the clock stands where it does."""
    if not silence.runs:
        return _("The clock does not run any more.") if silence.last_word else ""
    if silence.decides_by:
        on = day(silence.decides_by)
        return _("The clock waits for the decision, asked for by %(day)s.", day=on)
    if silence.over and silence.quiet_days is not None:
        return sentence(phrases.without_a_word(silence.quiet_days, silence.limit))
    if silence.next_word_by:
        return phrases.news_announced(silence.next_word_by)
    return ""
