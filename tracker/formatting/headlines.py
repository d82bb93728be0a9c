"""Sentences about a convention: the headline that accounts for every due item, the rates' names and definitions, the chart in words."""

from __future__ import annotations

from tracker.reading.convention import ConventionPage, Counts, Figure, MoneyTotals, Segment
from tracker.reading.item_models import ConventionDetails
from tracker.reading.rates import ConventionRates
from tracker.rules.codes import Effect, Floor, Verdict
from tracker.rules.rates import YEAR

from .amounts import day, listing, number, percent, span, whole_money
from .catalog import N_, ngettext
from .catalog import gettext as _
from .sentences import sentence
from .words import floor


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


def rest(page: ConventionPage) -> list[str]:
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


# --- figures and the chart ---

FIGURES = {
    ("carried_out", "adopted"): N_("Carried out"),
    ("change_followed", "adopted"): N_("A change followed"),
    ("no_word", "adopted"): N_("No word"),
    ("reported_done", "adopted"): N_("Reported done, not yet checked"),
    ("within_the_year", "adopted"): N_("Carried out within a year"),
    ("clauses_carried_out", "adopted"): N_("Clauses carried out"),
    ("decided", "referred"): N_("Referred items decided"),
    ("carried_out", "accepted"): N_("Accepted items carried out"),
    ("change_followed", "accepted"): N_("A change followed an accepted item"),
    ("no_word", "accepted"): N_("Accepted items without a word"),
    ("reported_done", "accepted"): N_("Accepted items reported done"),
    ("within_the_year", "accepted"): N_("Accepted items carried out within a year"),
    ("clauses_carried_out", "accepted"): N_("Clauses of accepted items carried out"),
}
DEFINITIONS = {
    "carried_out": N_(
        "Every clause is done, and confirmed on evidence by somebody other than those who did it."
    ),
    "change_followed": N_(
        "A confirmed outcome says that something changed, and what ties the change to the item."
    ),
    "no_word": N_(
        "No clause is done or reported done, and nothing was put on record for longer than the rule allows."
    ),
    "reported_done": N_("All that is still open is reported done, and waits for its confirmation."),
    "within_the_year": N_("Carried out by an act at most 365 days after the convention closed."),
    "clauses_carried_out": N_("The separate acts that the items direct, done and confirmed."),
    "decided": N_(
        "The body to which the item was referred has decided, or has given the report that was asked for."
    ),
}
ADOPTED, REFERRED, ACCEPTED = N_("Adopted items"), N_("Referred items"), N_("Accepted items")
SEGMENTS = {
    "change": N_("carried out, and a change followed"),
    "done": N_("carried out"),
    "partly": N_("carried out in part"),
    "reported": N_("reported done, not yet checked"),
    "notyet": N_("not yet"),
    "no": N_("will not be done, declined or not finished"),
    "noword": N_("no word"),
}


def figure_name(found: Figure) -> str:
    return _(FIGURES[found.name, found.of])


def definition(name: str) -> str:
    """What a rate counts, in a sentence; the same on the page, in the report and on "how we count"."""
    return _(DEFINITIONS[name])


def figure_value(found: Figure) -> str:
    """55.4%; the count where no percentage is given; "no items" where none is due."""
    if found.numerator is None:
        return _("not known")
    if not found.denominator:
        return _("no items")
    return percent(found.percent) if found.percent is not None else number(found.numerator)


def figure_count(found: Figure) -> str:
    """41 of 74."""
    return _(
        "%(part)s of %(of)s", part=number(found.numerator or 0), of=number(found.denominator or 0)
    )


def segment(found: Segment) -> str:
    return _(SEGMENTS[found.code])


def chart_label(page: ConventionPage) -> str:
    """The chart in words, for those who do not see it."""
    parts = [f"{number(each.count)} {segment(each)}" for each in page.chart]
    return _(
        "%(count)s adopted items: %(parts)s",
        count=number(page.counts.adopted),
        parts=", ".join(parts),
    )


def segment_name(code: str) -> str:
    """A field of the chart in the key above many bars."""
    text = _(SEGMENTS[code])
    return text[:1].upper() + text[1:]


def worth_showing(page: ConventionPage, found: Figure) -> bool:
    """Figures of items that there are none of are left out, and those that repeat another; the report's tables have them all."""
    if found.of == "accepted":
        return bool(found.denominator) and found.name in ("carried_out", "no_word")
    if found.of == "referred":
        return bool(found.denominator)
    young = found.name == "within_the_year" and (
        page.age_days is None or page.age_days <= YEAR
    )  # it would repeat "carried out"
    return found.name != "reported_done" and not young and bool(page.counts.adopted)


def money_line(found: MoneyTotals) -> str:
    """Of $368,450 appropriated for 49 items, and $412,600 estimated for 52."""
    parts = []
    if found.appropriated is not None:
        parts.append(
            ngettext(
                "%(amount)s appropriated for %(count)s item",
                "%(amount)s appropriated for %(count)s items",
                found.appropriated_items,
                amount=whole_money(found.appropriated, found.currency),
                count=number(found.appropriated_items),
            )
        )
    if found.estimated is not None:
        parts.append(
            ngettext(
                "%(amount)s estimated for %(count)s item",
                "%(amount)s estimated for %(count)s items",
                found.estimated_items,
                amount=whole_money(found.estimated, found.currency),
                count=number(found.estimated_items),
            )
        )
    said = [_("Of %(amounts)s.", amounts=listing(parts))] if parts else []
    if found.spent_items:
        said.append(
            ngettext(
                "Expenses are on record for %(count)s item.",
                "Expenses are on record for %(count)s items.",
                found.spent_items,
                count=number(found.spent_items),
            )
        )
    if found.not_accounted_items:
        said.append(
            ngettext(
                "Of %(count)s item the money is not accounted for.",
                "Of %(count)s items the money is not accounted for.",
                found.not_accounted_items,
                count=number(found.not_accounted_items),
            )
        )
    return " ".join(said)


# --- conventions at a glance ---


def _of(each: ConventionRates, name: str, of: str) -> Figure | None:
    for found in each.figures:
        if found.name == name and found.of == of:
            return found
    return None


def glance_label(each: ConventionRates) -> str:
    parts = [f"{number(found.count)} {segment(found)}" for found in each.chart]
    return _(
        "%(convention)s, %(count)s adopted items: %(parts)s",
        convention=each.convention.name,
        count=number(each.adopted),
        parts=", ".join(parts),
    )


def glance_share(each: ConventionRates) -> str:
    """What stands at the end of a bar: the share carried out; that there is no word, where there is none of any."""
    found, no_word = _of(each, "carried_out", "adopted"), _of(each, "no_word", "adopted")
    if no_word and no_word.denominator and no_word.numerator == no_word.denominator:
        return _("no word")
    return _("%(share)s carried out", share=figure_value(found)) if found else ""


def glance_count(each: ConventionRates, name: str, of: str) -> str:
    found = _of(each, name, of)
    return figure_count(found) if found and found.denominator else _("no items")


def glance_note(each: ConventionRates) -> str:
    """What stands in place of a bar."""
    if not each.items:
        return _("No items are on record yet.")
    if not each.convention.kept:
        return _("What was done about its items is not kept in this record.")
    if each.not_known:
        return ngettext(
            "Of %(count)s item the floor’s decision is not known.",
            "Of %(count)s items the floor’s decision is not known.",
            each.not_known,
            count=number(each.not_known),
        )
    if each.not_decided:
        return ngettext(
            "%(count)s item waits for the floor’s decision.",
            "%(count)s items wait for the floor’s decision.",
            each.not_decided,
            count=number(each.not_decided),
        )
    return (
        _("No item asks for follow-through.")
        if not each.referred
        else _("Items were only referred.")
    )


def list_caption(page: ConventionPage) -> str:
    return _(
        "Items of %(convention)s, %(shown)s of %(found)s",
        convention=page.convention.name,
        shown=number(len(page.rows)),
        found=number(page.found),
    )


def range_of(page: ConventionPage) -> str:
    """1 to 50 of 131 items."""
    if not page.rows:
        return _("No item")
    first = (page.filters.page - 1) * page.filters.size + 1
    return ngettext(
        "%(first)s to %(last)s of %(found)s item",
        "%(first)s to %(last)s of %(found)s items",
        page.found,
        first=number(first),
        last=number(first + len(page.rows) - 1),
        found=number(page.found),
    )


def floor_short(actions: tuple[Floor, ...], referred_to: str | None) -> str:
    """What the floor did, in the cell of a table."""
    ordered = sorted(actions, key=lambda each: each.effect is Effect.REFERS)
    parts = [
        _("%(action)s to %(unit)s", action=floor(each), unit=referred_to)
        if each.effect is Effect.REFERS and referred_to
        else floor(each)
        for each in ordered
    ]
    return (
        "; ".join([parts[0], *(part[:1].lower() + part[1:] for part in parts[1:])])
        if parts
        else floor(Floor.UNKNOWN)
    )
