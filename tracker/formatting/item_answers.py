"""The two answers of an item in words.

The line of its verdict and of what changed, why, and how far it got.

The sentence for the reason of a verdict is in `item_reasons`.
"""

from __future__ import annotations

from tracker.markdown import plain
from tracker.reading.convention import ItemListRow
from tracker.reading.item_models import ItemPage, ProgressStep
from tracker.rules.codes import Change, Level, Standing, Verdict
from tracker.rules.reasons import ReasonCode
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import labels, phrases
from .amounts import listing, number
from .dates import day, short_day
from .item_reasons import REASONS, AnsweredItem, no_answer
from .phrases import lower, ref_name, sentence
from .reason_values import count_of, date_of

STEPS = {
    "adopted": N_("Adopted"),
    "referred": N_("Referred"),
    "decided": N_("Decided"),
    "assigned": N_("Assigned"),
    "reported": N_("Reported done"),
    "confirmed": N_("Confirmed"),
    "change": N_("Change"),
}


# --- the lines of the answers ---


def verdict_line(item: AnsweredItem) -> str:
    """The first answer in full, without its full stop."""
    reason = item.reason
    done, of = number(count_of(reason, "done")), number(count_of(reason, "of"))
    match item.verdict:
        case Verdict.CARRIED_OUT if item.late:
            return _("Carried out, after its due date")
        case Verdict.PARTLY_CARRIED_OUT if count_of(reason, "of"):
            return _("Carried out in part: %(done)s of %(of)s clauses", done=done, of=of)
        case Verdict.NO_WORD if since := date_of(reason, "since"):
            return _no_word_since(day(since))
        case Verdict.NO_WORD:
            return _("No word on record")
        case Verdict.NOT_YET if reason.code is ReasonCode.SOME_DONE:
            return _("Not yet: %(done)s of %(of)s clauses done", done=done, of=of)
        case Verdict.NOT_YET if item.by_way_of:
            target = ref_name(item.by_way_of, item.path)
            return _("Not yet: carried over to %(item)s", item=target)
        case Verdict.NOT_DUE if item.by_way_of:
            target = ref_name(item.by_way_of, item.path)
            return _("No follow-through due: by way of %(item)s", item=target)
    return labels.verdict(item.verdict)


def verdict_short(item: AnsweredItem) -> str:
    """The first answer as a list has it."""
    since = date_of(item.reason, "since")
    if item.verdict is Verdict.NO_WORD and since:
        return _no_word_since(short_day(since))
    if item.verdict is Verdict.CARRIED_OUT and item.late:
        return _("Carried out, late")
    return labels.verdict(item.verdict)


def _no_word_since(since: str) -> str:
    return _("No word since %(day)s", day=since)


def change_line(code: Change) -> str:
    """What changed: nothing on record."""
    return _("What changed: %(change)s", change=lower(labels.change(code)))


# --- why ---


def why(item: AnsweredItem) -> str:
    """The reason of the verdict, in one or two sentences.

    In a list, in a few words without a full stop.
    """
    text = _reason(item)
    if isinstance(item, ItemListRow):
        return text
    texts = [sentence(text)]
    if item.of_the_part_accepted:
        texts.append(_("This is of the part that was accepted."))
    for outcome in item.outcomes:
        if outcome.id == item.change_outcome and outcome.words:
            texts.append(sentence(plain(outcome.words)))
    return " ".join([*texts, *_no_change(item)])


def _reason(item: AnsweredItem) -> str:
    """With the referral that is still to be answered, and the item that carries the duty on."""
    code = item.reason.code
    text = REASONS[code](item)
    owes_answer = bool(item.reason.values.get("referral"))
    if owes_answer and code is not ReasonCode.QUIET and not _names_referral(item):
        text = _("%(text)s. %(referral)s", text=text, referral=no_answer(item))
    carried_over = item.standing is Standing.CARRIED_OVER and code is not ReasonCode.CARRIED_ON
    if carried_over and item.by_way_of:
        text = f"{phrases.carried_over_to(ref_name(item.by_way_of, item.path))}. {text}"
    return text


def _names_referral(item: AnsweredItem) -> bool:
    """Where the reason goes on with what is left, which was referred."""
    return (
        isinstance(item, ItemPage)
        and item.reason.code is ReasonCode.SOME_DONE
        and item.standing_reason.code is ReasonCode.REFERRED
    )


def _no_change(item: ItemPage) -> list[str]:
    """Why outcomes that are on record say nothing of a change."""
    if item.change is not Change.NOTHING_ON_RECORD or item.by_way_of:
        return []
    confirmed = {outcome.level for outcome in item.outcomes if outcome.confirmation}
    if Level.TIE_NOT_SHOWN in confirmed:
        return [
            _("It is confirmed that something changed; what ties that to the item is not shown.")
        ]
    if Level.OUTPUT_ONLY in confirmed:
        return [_("The outcome that is confirmed is output only, and no change.")]
    if any(not outcome.waiting for outcome in item.outcomes):
        return [_("An outcome is stated, and not confirmed yet.")]
    return []


# --- on what they rest ---


def follows_from(item: ItemPage) -> str:
    """Three confirmations and no confirmed outcome."""
    if item.standing is Standing.CARRIED_OVER and item.by_way_of:
        target = ref_name(item.by_way_of, item.path)
        return _("what is on record of %(item)s", item=target)
    texts = _confirmations_and_claims(item) or [_other_ground(item)]
    if item.change:
        texts += _confirmed_outcomes(item)
    return listing(texts)


def _confirmations_and_claims(item: ItemPage) -> list[str]:
    confirmed = sum(clause.confirmation is not None for clause in item.clauses)
    claimed = sum(clause.standing is Standing.REPORTED_DONE for clause in item.clauses)
    texts = []
    if confirmed:
        texts.append(
            ngettext(
                "%(count)s confirmation",
                "%(count)s confirmations",
                confirmed,
                count=number(confirmed),
            )
        )
    if claimed:
        texts.append(
            ngettext(
                "%(count)s claim that waits to be confirmed",
                "%(count)s claims that wait to be confirmed",
                claimed,
                count=number(claimed),
            )
        )
    return texts


def _other_ground(item: ItemPage) -> str:
    """Where nothing was confirmed, and nothing is reported done."""
    if item.silence.last_word:
        return _("what is on record below")
    if item.floor:
        return _("the floor’s decision")
    return _("what the source says")


def _confirmed_outcomes(item: ItemPage) -> list[str]:
    """The confirmed ones; of those that say nothing of a change, what they are."""
    levels = [outcome.level for outcome in item.outcomes if outcome.confirmation]
    answering = levels.count(Level.CHANGE_FOLLOWED) + levels.count(Level.NONE_FOUND)
    output, untied = levels.count(Level.OUTPUT_ONLY), levels.count(Level.TIE_NOT_SHOWN)
    texts = []
    if answering:
        texts.append(
            ngettext(
                "%(count)s confirmed outcome",
                "%(count)s confirmed outcomes",
                answering,
                count=number(answering),
            )
        )
    if output:
        texts.append(
            ngettext(
                "%(count)s confirmed outcome that is output only",
                "%(count)s confirmed outcomes that are output only",
                output,
                count=number(output),
            )
        )
    if untied:
        texts.append(
            ngettext(
                "%(count)s confirmed outcome whose tie to the item is not shown",
                "%(count)s confirmed outcomes whose tie to the item is not shown",
                untied,
                count=number(untied),
            )
        )
    return texts or [_("no confirmed outcome")]


def waiting(item: ItemPage) -> str:
    """How many entries wait for release, beside the one that the reason speaks of."""
    count = item.waiting
    if item.reason.code is ReasonCode.WAITS_FOR_RELEASE:
        count -= 1
    if count <= 0:
        return ""
    return ngettext(
        "One entry waits for release.",
        "%(count)s entries wait for release.",
        count,
        count=number(count),
    )


# --- how far it got ---


def step_name(step: ProgressStep) -> str:
    return _(STEPS[step.code])


def step_date(step: ProgressStep, is_open: bool) -> str:
    """Its day; what is not reached, of an item that is still open, is "not yet"."""
    if step.reached:
        return day(step.on) if step.on else phrases.day_not_known()
    if step.code == "change" and step.none_found:
        return lower(labels.change(Change.NONE_FOUND))
    if step.code == "change":
        return phrases.nothing_on_record()
    if step.clauses:
        return _("%(part)s of %(of)s clauses", part=number(step.clauses), of=number(step.of))
    if is_open:
        return lower(labels.verdict(Verdict.NOT_YET))
    return phrases.nothing_on_record()
