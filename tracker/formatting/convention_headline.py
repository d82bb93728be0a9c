"""The large sentence about a convention, and what stands around it: together they account for every item that is due."""

from __future__ import annotations

from tracker.reading.convention import (
    ConventionPage,
    Counts,
    Figure,
)
from tracker.reading.item_models import (
    ConventionDetails,
)
from tracker.rules.codes import (
    Effect,
    Verdict,
)
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .amounts import listing, number
from .dates import day, span
from .phrases import sentence


def dates(convention: ConventionDetails) -> str:
    """Place and dates, or that they are not known."""
    parts = [convention.place] if convention.place else []
    if convention.opens_on and convention.closes_on:
        parts.append(span(convention.opens_on, convention.closes_on))
    elif convention.closes_on:
        parts.append(_("closed on %(day)s", day=day(convention.closes_on)))
    else:
        year = (
            str(convention.year)
            if convention.year and str(convention.year) not in convention.name
            else ""
        )
        parts.append(_("%(year)s, dates not known", year=year) if year else _("dates not known"))
    return ", ".join(parts)


def opening(page: ConventionPage) -> str:
    """What the floor had before it, in a sentence each."""
    said, counts = [sentence(dates(page.convention))], page.counts
    if counts.items and page.convention.kept:
        said.append(_considered(counts))
    elif counts.items:
        said.append(
            ngettext(
                "%(count)s item is on record.",
                "%(count)s items are on record.",
                counts.items,
                count=number(counts.items),
            )
        )
    if counts.missing:
        said.append(
            _("%(published)s were published.", published=number(counts.items + counts.missing))
        )
    return " ".join(said)


def _considered(counts: Counts) -> str:
    """Of 131 items on record, 74 were adopted and 22 referred; 34 ask for no follow-through, and of 1 the floor’s decision is not known."""
    parts = [_("%(count)s adopted", count=number(counts.adopted))] if counts.adopted else []
    parts += (
        [_("%(count)s only referred", count=number(counts.referred))] if counts.referred else []
    )
    if counts.not_due:
        parts.append(
            ngettext(
                "%(count)s that asks for no follow-through",
                "%(count)s that ask for no follow-through",
                counts.not_due,
                count=number(counts.not_due),
            )
        )
    parts += (
        [_("%(count)s not decided yet", count=number(counts.not_decided))]
        if counts.not_decided
        else []
    )
    parts += (
        [_("%(count)s of which the floor’s decision is not known", count=number(counts.not_known))]
        if counts.not_known
        else []
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


def answer(page: ConventionPage) -> str:
    """The one large sentence."""
    counts = page.counts
    if not counts.items:
        return _("No items are on record yet.")
    if page.convention.kept and counts.adopted:
        return _adopted(page)
    if page.convention.kept and counts.referred:
        return _referred(page)
    if counts.need_unknown and counts.need_unknown > _floor_count(page, Effect.DIRECTS):
        return _(
            "Of %(items)s items, %(need)s need follow-through; for %(unknown)s the floor’s decision is not known.",
            items=number(counts.items),
            need=number(counts.need_follow_through),
            unknown=number(counts.need_unknown),
        )
    adopted, referred = _floor_count(page, Effect.DIRECTS), _floor_count(page, Effect.REFERS)
    if counts.not_decided and not adopted and not referred:
        return ngettext(
            "%(count)s item waits for the floor’s decision.",
            "%(count)s items wait for the floor’s decision.",
            counts.not_decided,
            count=number(counts.not_decided),
        )
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
    counts, done = page.counts, page.verdicts.get(Verdict.CARRIED_OUT, 0)
    of = number(counts.adopted)
    items = (
        ngettext(
            "Of %(of)s adopted item on record",
            "Of %(of)s adopted items on record",
            counts.adopted,
            of=of,
        )
        if counts.missing
        else ngettext("Of %(of)s adopted item", "Of %(of)s adopted items", counts.adopted, of=of)
    )
    if not done and page.unheard == counts.adopted == 2:
        return _(
            "%(items)s, none is on record as carried out, and of both there is no word.",
            items=items,
        )
    if not done and page.unheard == counts.adopted:
        return ngettext(
            "%(items)s, none is on record as carried out, and there is no word of it.",
            "%(items)s, none is on record as carried out, and of all %(of)s there is no word.",
            counts.adopted,
            items=items,
            of=of,
        )
    if not done:
        return _("%(items)s, none is on record as carried out.", items=items)
    text = ngettext(
        "%(items)s, %(done)s was carried out",
        "%(items)s, %(done)s were carried out",
        done,
        items=items,
        done=number(done),
    )
    if page.changed:
        return ngettext(
            "%(text)s; after %(count)s of them a change followed.",
            "%(text)s; after %(count)s of them a change followed.",
            page.changed,
            text=text,
            count=number(page.changed),
        )
    return f"{text}."


def _referred(page: ConventionPage) -> str:
    decided = figure(page, "decided", "referred")
    part = decided.numerator if decided and decided.numerator is not None else 0
    if not part:
        return _referred_undecided(page)
    return ngettext(
        "%(part)s of %(of)s referred item has been decided.",
        "%(part)s of %(of)s referred items have been decided.",
        page.counts.referred,
        part=number(part),
        of=number(page.counts.referred),
    )


def _referred_undecided(page: ConventionPage) -> str:
    """The record speaks of itself: what it does not hold is not on record, never undone."""
    count, of = page.counts.referred, number(page.counts.referred)
    if page.referred_unheard == count:
        return ngettext(
            "Of %(of)s referred item, no decision is on record, and there is no word of it.",
            "Of %(of)s referred items, none is on record as decided, and there is no word of any.",
            count,
            of=of,
        )
    return ngettext(
        "Of %(of)s referred item, no decision is on record.",
        "Of %(of)s referred items, none is on record as decided.",
        count,
        of=of,
    )


def figure(page: ConventionPage, name: str, of: str) -> Figure | None:
    return next((each for each in page.figures if (each.name, each.of) == (name, of)), None)


def besides(page: ConventionPage) -> list[str]:
    """What the large sentence leaves out, so that both together account for every item that is due."""
    counts, said = page.counts, []
    if not counts.items:
        return [_("Its items come here as they are entered.")]
    if not page.convention.kept:
        said += [
            _(
                "The floor’s decisions are here. What was done about them is not kept in this record."
            ),
            *_not_kept(page),
        ]
    parts = _others(page) if counts.adopted and page.unheard < counts.adopted else []
    if parts:
        said.append(sentence(listing(parts)))
    if counts.adopted and counts.referred:
        said.append(_referred(page))
    if counts.missing:
        said.append(
            _(
                "%(convention)s published %(published)s items; this record has %(items)s. So counts are given, and no percentages.",
                convention=page.convention.name,
                published=number(counts.items + counts.missing),
                items=number(counts.items),
            )
        )
    return said


def _not_kept(page: ConventionPage) -> list[str]:
    """The items of an old list that were neither adopted nor referred, or of which that is not known."""
    counts = page.counts
    said = []
    if counts.not_known:
        said.append(
            ngettext(
                "Of %(count)s the floor’s decision is not known.",
                "Of %(count)s the floor’s decision is not known.",
                counts.not_known,
                count=number(counts.not_known),
            )
        )
    rest_of = (
        counts.items
        - counts.not_known
        - _floor_count(page, Effect.DIRECTS)
        - _floor_count(page, Effect.REFERS)
    )
    if rest_of > 0:
        said.append(
            ngettext(
                "%(count)s was not adopted, or was merged into another.",
                "%(count)s were not adopted, or were merged into another.",
                rest_of,
                count=number(rest_of),
            )
        )
    return said


def _others(page: ConventionPage) -> list[str]:
    found = page.verdicts
    limit = number(page.convention.body.silence_days)

    def part(code: Verdict) -> str:
        count = found[code]
        shown = number(count)
        return {
            Verdict.PARTLY_CARRIED_OUT: ngettext(
                "%(count)s was carried out in part",
                "%(count)s were carried out in part",
                count,
                count=shown,
            ),
            Verdict.REPORTED_DONE: ngettext(
                "%(count)s is reported done and not yet checked",
                "%(count)s are reported done and not yet checked",
                count,
                count=shown,
            ),
            Verdict.NOT_YET: _("%(count)s not yet", count=shown),
            Verdict.WILL_NOT_BE_DONE: _("%(count)s will not be done", count=shown),
            Verdict.DECLINED: ngettext(
                "%(count)s was declined", "%(count)s were declined", count, count=shown
            ),
            Verdict.UNFINISHED: ngettext(
                "%(count)s was not finished when its term ended",
                "%(count)s were not finished when their term ended",
                count,
                count=shown,
            ),
            Verdict.NO_WORD: _(
                "on %(count)s there has been no word for more than %(limit)s days",
                count=shown,
                limit=limit,
            ),
        }[code]

    order = (
        Verdict.PARTLY_CARRIED_OUT,
        Verdict.REPORTED_DONE,
        Verdict.NOT_YET,
        Verdict.WILL_NOT_BE_DONE,
        Verdict.DECLINED,
        Verdict.UNFINISHED,
        Verdict.NO_WORD,
    )
    return [part(code) for code in order if found.get(code)]


def term(page: ConventionPage) -> str:
    """How long the term of the items still runs."""
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
