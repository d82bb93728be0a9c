"""The large sentence about a convention, and what stands around it.

Together they account for every item that is due.

A page has `opening` (what the floor had before it), `answer` (the large sentence) and `besides`
(what the large sentence leaves out).
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.reading.convention import ConventionPage, Counts
from tracker.reading.models import ConventionDetails
from tracker.rules.codes import Effect, Verdict
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import phrases
from .amounts import listing, number
from .convention_rates import find_figure
from .dates import day, span
from .phrases import sentence


def dates(convention: ConventionDetails) -> str:
    """Place and dates, or that they are not known."""
    parts = [convention.place] if convention.place else []
    if convention.opens_on and convention.closes_on:
        parts.append(span(convention.opens_on, convention.closes_on))
    elif convention.closes_on:
        parts.append(_("closed on %(day)s", day=day(convention.closes_on)))
    elif convention.year and str(convention.year) not in convention.name:
        parts.append(_("%(year)s, dates not known", year=str(convention.year)))
    else:
        parts.append(_("dates not known"))
    return ", ".join(parts)


# --- what the floor had before it ---


def opening(page: ConventionPage) -> str:
    """Place, dates and number of items, in a sentence each."""
    counts = page.counts
    texts = [sentence(dates(page.convention))]
    if counts.items and page.convention.kept:
        texts.append(_items_by_duty(counts))
    elif counts.items:
        texts.append(
            ngettext(
                "%(count)s item is on record.",
                "%(count)s items are on record.",
                counts.items,
                count=number(counts.items),
            )
        )
    if counts.missing:
        published = number(counts.items + counts.missing)
        texts.append(_("%(published)s were published.", published=published))
    return " ".join(texts)


def _items_by_duty(counts: Counts) -> str:
    """131 items on record: 74 adopted, 22 only referred, and 35 that ask for no follow-through."""
    parts = []
    if counts.adopted:
        parts.append(_("%(count)s adopted", count=number(counts.adopted)))
    if counts.referred:
        parts.append(_("%(count)s only referred", count=number(counts.referred)))
    if counts.not_due:
        parts.append(
            ngettext(
                "%(count)s that asks for no follow-through",
                "%(count)s that ask for no follow-through",
                counts.not_due,
                count=number(counts.not_due),
            )
        )
    if counts.not_decided:
        parts.append(_("%(count)s not decided yet", count=number(counts.not_decided)))
    if counts.not_known:
        parts.append(
            _(
                "%(count)s of which the floor’s decision is not known",
                count=number(counts.not_known),
            )
        )
    return ngettext(
        "%(count)s item on record: %(parts)s.",
        "%(count)s items on record: %(parts)s.",
        counts.items,
        count=number(counts.items),
        parts=listing(parts),
    )


def _floor_count(page: ConventionPage, effect: Effect) -> int:
    return sum(count for action, count in page.floor.items() if action.effect is effect)


# --- the large sentence ---


def answer(page: ConventionPage) -> str:
    """What became of the items."""
    counts = page.counts
    if not counts.items:
        return phrases.no_items_yet()
    if page.convention.kept and counts.adopted:
        return _adopted(page)
    if page.convention.kept and counts.referred:
        return _referred(page)
    return _floor_decisions(page)


def _floor_decisions(page: ConventionPage) -> str:
    """Of a convention of which no item is due: what the floor decided."""
    counts = page.counts
    adopted, referred = _floor_count(page, Effect.DIRECTS), _floor_count(page, Effect.REFERS)
    if counts.need_unknown and counts.need_unknown > adopted:
        return _(
            "Of %(items)s items, %(need)s need follow-through; "
            "for %(unknown)s the floor’s decision is not known.",
            items=number(counts.items),
            need=number(counts.need_follow_through),
            unknown=number(counts.need_unknown),
        )
    if counts.not_decided and not adopted and not referred:
        return phrases.undecided(counts.not_decided)
    if referred:
        return _(
            "Of %(items)s items, %(adopted)s were adopted and %(referred)s referred.",
            items=number(counts.items),
            adopted=number(adopted),
            referred=number(referred),
        )
    return _(
        "Of %(items)s items, %(adopted)s were adopted.",
        items=number(counts.items),
        adopted=number(adopted),
    )


def _adopted(page: ConventionPage) -> str:
    """Of 74 adopted items, 41 were carried out; after 12 of them a change followed."""
    done = page.verdicts.get(Verdict.CARRIED_OUT, 0)
    items = _of_adopted_items(page.counts)
    if not done:
        return _none_carried_out(page, items)
    text = ngettext(
        "%(items)s, %(done)s was carried out",
        "%(items)s, %(done)s were carried out",
        done,
        items=items,
        done=number(done),
    )
    if not page.changed:
        return f"{text}."
    return _(
        "%(text)s; after %(count)s of them a change followed.",
        text=text,
        count=number(page.changed),
    )


def _of_adopted_items(counts: Counts) -> str:
    """Where the record has fewer items than were published, the sentence says of which it
    speaks.
    """
    of = number(counts.adopted)
    if counts.missing:
        return ngettext(
            "Of %(of)s adopted item on record",
            "Of %(of)s adopted items on record",
            counts.adopted,
            of=of,
        )
    return ngettext("Of %(of)s adopted item", "Of %(of)s adopted items", counts.adopted, of=of)


def _none_carried_out(page: ConventionPage, items: str) -> str:
    adopted = page.counts.adopted
    if page.unheard != adopted:
        return _("%(items)s, none is on record as carried out.", items=items)
    if adopted == 2:
        return _(
            "%(items)s, none is on record as carried out, and of both there is no word.",
            items=items,
        )
    return ngettext(
        "%(items)s, none is on record as carried out, and there is no word of it.",
        "%(items)s, none is on record as carried out, and of all %(of)s there is no word.",
        adopted,
        items=items,
        of=number(adopted),
    )


def _referred(page: ConventionPage) -> str:
    decided = find_figure(page, "decided", "referred")
    if not decided or not decided.numerator:
        return _none_decided(page)
    return ngettext(
        "%(part)s of %(of)s referred item has been decided.",
        "%(part)s of %(of)s referred items have been decided.",
        page.counts.referred,
        part=number(decided.numerator),
        of=number(page.counts.referred),
    )


def _none_decided(page: ConventionPage) -> str:
    """The record speaks of itself: what it does not hold is not on record, never undone."""
    referred, of = page.counts.referred, number(page.counts.referred)
    if page.referred_unheard == referred:
        return ngettext(
            "Of %(of)s referred item, no decision is on record, and there is no word of it.",
            "Of %(of)s referred items, none is on record as decided, and there is no word of any.",
            referred,
            of=of,
        )
    return ngettext(
        "Of %(of)s referred item, no decision is on record.",
        "Of %(of)s referred items, none is on record as decided.",
        referred,
        of=of,
    )


# --- what the large sentence leaves out ---


def besides(page: ConventionPage) -> list[str]:
    """With the large sentence they account for every item that is due."""
    counts = page.counts
    if not counts.items:
        return [phrases.items_come_here()]
    texts = []
    if not page.convention.kept:
        texts.append(
            _(
                "The floor’s decisions are here. What was done about them is not kept in this "
                "record."
            )
        )
        texts += _neither_adopted_nor_referred(page)
    if counts.adopted and page.unheard < counts.adopted:
        parts = _other_verdicts(page)
        texts += [sentence(listing(parts))] if parts else []
    if counts.adopted and counts.referred:
        texts.append(_referred(page))
    if counts.missing:
        texts.append(
            _(
                "%(convention)s published %(published)s items; this record has %(items)s. "
                "So counts are given, and no percentages.",
                convention=page.convention.name,
                published=number(counts.items + counts.missing),
                items=number(counts.items),
            )
        )
    return texts


def _neither_adopted_nor_referred(page: ConventionPage) -> list[str]:
    """Of an old list: the items that were neither, or of which that is not known."""
    not_known = page.counts.not_known
    texts = []
    if not_known:
        texts.append(_("Of %(count)s the floor’s decision is not known.", count=number(not_known)))
    adopted, referred = _floor_count(page, Effect.DIRECTS), _floor_count(page, Effect.REFERS)
    others = page.counts.items - not_known - adopted - referred
    if others > 0:
        texts.append(
            ngettext(
                "%(count)s was not adopted, or was merged into another.",
                "%(count)s were not adopted, or were merged into another.",
                others,
                count=number(others),
            )
        )
    return texts


def _other_verdicts(page: ConventionPage) -> list[str]:
    """Of the adopted items that were not carried out, how many have each verdict."""
    texts = [
        text(page.verdicts[verdict])
        for verdict, text in OTHER_VERDICTS.items()
        if page.verdicts.get(verdict)
    ]
    if without_a_word := page.verdicts.get(Verdict.NO_WORD):
        texts.append(
            _(
                "on %(count)s there has been no word for more than %(limit)s days",
                count=number(without_a_word),
                limit=number(page.convention.body.silence_days),
            )
        )
    return texts


def _in_part(count: int) -> str:
    return ngettext(
        "%(count)s was carried out in part",
        "%(count)s were carried out in part",
        count,
        count=number(count),
    )


def _reported_done(count: int) -> str:
    return ngettext(
        "%(count)s is reported done and not yet checked",
        "%(count)s are reported done and not yet checked",
        count,
        count=number(count),
    )


def _not_yet(count: int) -> str:
    return _("%(count)s not yet", count=number(count))


def _will_not_be_done(count: int) -> str:
    return _("%(count)s will not be done", count=number(count))


def _declined(count: int) -> str:
    return ngettext("%(count)s was declined", "%(count)s were declined", count, count=number(count))


def _unfinished(count: int) -> str:
    return ngettext(
        "%(count)s was not finished when its term ended",
        "%(count)s were not finished when their term ended",
        count,
        count=number(count),
    )


# In the order in which they are said; "no word", which needs the body's rule, comes last.
OTHER_VERDICTS: dict[Verdict, Callable[[int], str]] = {
    Verdict.PARTLY_CARRIED_OUT: _in_part,
    Verdict.REPORTED_DONE: _reported_done,
    Verdict.NOT_YET: _not_yet,
    Verdict.WILL_NOT_BE_DONE: _will_not_be_done,
    Verdict.DECLINED: _declined,
    Verdict.UNFINISHED: _unfinished,
}


def term(page: ConventionPage) -> str:
    """How long the term of the items still runs; empty where no term is known."""
    left = page.term_left_days
    if left is None or not page.convention.kept:
        return ""
    if left < 0:
        return ngettext(
            "%(count)s day after their term ended",
            "%(count)s days after their term ended",
            -left,
            count=number(-left),
        )
    return ngettext(
        "%(count)s day before their term ends",
        "%(count)s days before their term ends",
        left,
        count=number(left),
    )
