"""The turns of phrase that several sentences share.

How an item is named, how days are said, how a sentence begins and ends.

What stands in more than one sentence or on more than one page stands here once.
"""

from __future__ import annotations

from datetime import date

from tracker.reading.models import ItemRef
from tracker.rules.codes import Floor
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import number
from .dates import day

SENTENCE_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”")


def lower(text: str) -> str:
    """With a small first letter, as inside a sentence."""
    return text[:1].lower() + text[1:]


def upper(text: str) -> str:
    """With a capital, as a heading begins."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital and a full stop. Nothing of nothing."""
    if not text or text.endswith(SENTENCE_ENDS):
        return upper(text)
    return f"{upper(text)}."


def what_this_is() -> str:
    """The product in a sentence: on the page of all bodies, and for search engines."""
    return _(
        "What conventions adopted, what was done about it, what it cost, and what changed: "
        "each answer with its evidence."
    )


# --- items ---


def item_name(kind: str, item_number: str | None) -> str:
    """New business item 2."""
    if not item_number:
        return _("%(kind)s without a number", kind=labels.kind(kind))
    return f"{labels.kind(kind)}\u00a0{item_number}"


def name_of(ref: ItemRef) -> str:
    """New business item 8: inside one convention nobody says the year."""
    return item_name(ref.kind, ref.number)


def ref_name(ref: ItemRef, beside: str = "") -> str:
    """New business item 2 of 2024, inside a sentence.

    `beside` is the address of the item that speaks: inside one convention nobody says the year.
    """
    name = lower(name_of(ref))
    same_convention = ref.path.rpartition("/")[0] == beside.rpartition("/")[0]
    if same_convention or not ref.year:
        return name
    return _("%(item)s of %(year)s", item=name, year=str(ref.year))


def carried_over_to(item: str) -> str:
    return _("Carried over to %(item)s", item=item)


def taken_on_by(item: str) -> str:
    """By another item of the same convention."""
    return _("Taken on by %(item)s", item=item)


def clause_or_item(number_of_clause: int | None) -> str:
    """Clause 2; the item, where it has only one."""
    if number_of_clause:
        return _("Clause %(number)s", number=number_of_clause)
    return _("The item")


# --- days ---


def ago(days: int) -> str:
    """3 days ago; for a day ahead, in 3 days."""
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("in %(count)s day", "in %(count)s days", -days, count=number(-days))
    return ngettext("%(count)s day ago", "%(count)s days ago", days, count=number(days))


def without_a_word(days: int, limit: int) -> str:
    """134 days without a word; the rule is 90."""
    return ngettext(
        "%(count)s day without a word; the rule is %(limit)s",
        "%(count)s days without a word; the rule is %(limit)s",
        days,
        count=number(days),
        limit=number(limit),
    )


def due(on: date) -> str:
    return _("Due %(day)s", day=day(on))


def news_announced(on: date) -> str:
    return _("News is announced for %(day)s.", day=day(on))


def reported_done(on: date) -> str:
    return _("Reported done on %(day)s", day=day(on))


def reopened(on: date) -> str:
    return _("Reopened on %(day)s", day=day(on))


def with_day(action: str, on: date) -> str:
    """Adopted on 3 July 2024."""
    return _("%(action)s on %(day)s", action=action, day=day(on))


# --- referrals ---


def referral(action: Floor, unit: str | None) -> str:
    """Referred to the Board, or Remitted to it."""
    receiver = unit or appropriate_committee()
    return _("%(action)s to %(unit)s", action=labels.floor(action), unit=receiver)


def referred_to(unit: str | None) -> str:
    return referral(Floor.REFERRED, unit)


def appropriate_committee() -> str:
    """Where the floor named no receiver."""
    return _("the appropriate committee")


# --- counts ---


def part_of(part: int, of: int) -> str:
    """41 of 74."""
    return _("%(part)s of %(of)s", part=number(part), of=number(of))


def no_items() -> str:
    """Of a rate in which no item is due: never 0%."""
    return _("no items")


def undecided(count: int) -> str:
    """Of a convention on which the floor has not decided yet."""
    return ngettext(
        "%(count)s item waits for the floor’s decision.",
        "%(count)s items wait for the floor’s decision.",
        count,
        count=number(count),
    )


def no_items_yet() -> str:
    """Of a convention."""
    return _("No items are on record yet.")


def items_come_here() -> str:
    """Of a convention whose items are not entered."""
    return _("Its items come here as they are entered.")


# --- what is not there ---


def nothing_on_record() -> str:
    return _("nothing on record")


def nobody_on_record() -> str:
    return _("nobody on record")


def not_known() -> str:
    return _("not known")


def day_not_known() -> str:
    return _("day not known")


def not_kept() -> str:
    """Of an item whose convention is an old list; without its full stop."""
    return _("What was done about it is not kept in this record")


def words_erased() -> str:
    return _("These words were erased.")


def spent_not_released(amount: str) -> str:
    """For staff, beside what is published as spent."""
    return _(
        "For staff only: %(amount)s more is on record in entries that are not released. "
        "It is in no total.",
        amount=amount,
    )


def entry_waits() -> str:
    return _("An entry waits for release")


def with_quotation(text: str, words: str) -> str:
    """The Board decided on 3 July 2024: “It is too dear”."""
    return _("%(text)s: “%(reason)s”", text=text, reason=words.rstrip())
