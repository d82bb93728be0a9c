"""The two answers of an item in words: the line of its verdict and of what changed, why, and how far it got."""

from __future__ import annotations

from tracker.reading.convention import (
    ItemListRow,
)
from tracker.reading.item_models import (
    ItemPage,
    ProgressStep,
)
from tracker.rules.codes import (
    Change,
    Level,
    Standing,
    Verdict,
)
from tracker.rules.reasons import ReasonCode
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import listing, number
from .dates import day, short_day
from .item_reasons import REASONS, AnsweredItem, count_of, date_of, no_answer
from .markdown import plain
from .phrases import lower, ref_name, sentence


def verdict_line(shown: AnsweredItem) -> str:
    """The first answer in full, without its full stop."""
    reason = shown.reason
    match shown.verdict:
        case Verdict.CARRIED_OUT if shown.late:
            return _("Carried out, after its due date")
        case Verdict.PARTLY_CARRIED_OUT if count_of(reason, "of"):
            return _(
                "Carried out in part: %(done)s of %(of)s clauses",
                done=number(count_of(reason, "done")),
                of=number(count_of(reason, "of")),
            )
        case Verdict.NO_WORD if since := date_of(reason, "since"):
            return _("No word since %(day)s", day=day(since))
        case Verdict.NO_WORD:
            return _("No word on record")
        case Verdict.NOT_YET if reason.code is ReasonCode.SOME_DONE:
            return _(
                "Not yet: %(done)s of %(of)s clauses done",
                done=number(count_of(reason, "done")),
                of=number(count_of(reason, "of")),
            )
        case Verdict.NOT_YET if shown.by_way_of:
            return _(
                "Not yet: carried over to %(item)s", item=ref_name(shown.by_way_of, shown.path)
            )
        case Verdict.NOT_DUE if shown.by_way_of:
            return _(
                "No follow-through due: by way of %(item)s",
                item=ref_name(shown.by_way_of, shown.path),
            )
    return labels.verdict(shown.verdict)


def verdict_short(shown: AnsweredItem) -> str:
    """The first answer as a list has it."""
    since = date_of(shown.reason, "since")
    if shown.verdict is Verdict.NO_WORD and since:
        return _("No word since %(day)s", day=short_day(since))
    if shown.verdict is Verdict.CARRIED_OUT and shown.late:
        return _("Carried out, late")
    return labels.verdict(shown.verdict)


def why(shown: AnsweredItem) -> str:
    """The reason of the verdict, in one or two sentences; in a list, in a few words without a full stop."""
    text = REASONS[shown.reason.code](shown)
    if (
        shown.reason.values.get("referral")
        and shown.reason.code is not ReasonCode.QUIET
        and not _names_referral(shown)
    ):
        text = _("%(text)s. %(referral)s", text=text, referral=no_answer(shown))
    if (
        shown.standing is Standing.CARRIED_OVER
        and shown.by_way_of
        and shown.reason.code is not ReasonCode.CARRIED_ON
    ):
        text = _(
            "Carried over to %(item)s. %(text)s",
            item=ref_name(shown.by_way_of, shown.path),
            text=text,
        )
    if isinstance(shown, ItemListRow):
        return text
    said = [sentence(text)] + (
        [_("This is of the part that was accepted.")] if shown.of_the_part_accepted else []
    )
    outcome = next((each.words for each in shown.outcomes if each.id == shown.change_outcome), None)
    return " ".join([*said, *([sentence(plain(outcome))] if outcome else []), *_no_change(shown)])


def _names_referral(shown: AnsweredItem) -> bool:
    """Where the reason goes on with what is left, which was referred."""
    return (
        isinstance(shown, ItemPage)
        and shown.reason.code is ReasonCode.SOME_DONE
        and shown.standing_reason.code is ReasonCode.REFERRED
    )


def _no_change(shown: ItemPage) -> list[str]:
    """Why outcomes that are on record say nothing of a change."""
    if shown.change is not Change.NOTHING_ON_RECORD or shown.by_way_of:
        return []
    confirmed = {each.level for each in shown.outcomes if each.confirmation}
    if Level.TIE_NOT_SHOWN in confirmed:
        return [
            _("It is confirmed that something changed; what ties that to the item is not shown.")
        ]
    if Level.OUTPUT_ONLY in confirmed:
        return [_("The outcome that is confirmed is output only, and no change.")]
    return (
        [_("An outcome is stated, and not confirmed yet.")]
        if any(not each.waiting for each in shown.outcomes)
        else []
    )


def follows_from(shown: ItemPage) -> str:
    """On what both answers rest: three confirmations and no confirmed outcome."""
    if shown.standing is Standing.CARRIED_OVER and shown.by_way_of:
        return _("what is on record of %(item)s", item=ref_name(shown.by_way_of, shown.path))
    done = sum(each.confirmation is not None for each in shown.clauses)
    claims = sum(each.standing is Standing.REPORTED_DONE for each in shown.clauses)
    parts = (
        [ngettext("%(count)s confirmation", "%(count)s confirmations", done, count=number(done))]
        if done
        else []
    )
    if claims:
        parts.append(
            ngettext(
                "%(count)s claim that waits to be confirmed",
                "%(count)s claims that wait to be confirmed",
                claims,
                count=number(claims),
            )
        )
    if not parts:
        floor = _("the floor’s decision") if shown.floor else _("what the source says")
        parts.append(_("what is on record below") if shown.silence.last_word else floor)
    return listing(parts + (_outcomes(shown) if shown.change else []))


def _outcomes(shown: ItemPage) -> list[str]:
    """The confirmed ones; of those that say nothing of a change, what they are."""
    levels = [each.level for each in shown.outcomes if each.confirmation]
    telling = sum(level in (Level.CHANGE_FOLLOWED, Level.NONE_FOUND) for level in levels)
    output, untied = levels.count(Level.OUTPUT_ONLY), levels.count(Level.TIE_NOT_SHOWN)
    parts = (
        [
            ngettext(
                "%(count)s confirmed outcome",
                "%(count)s confirmed outcomes",
                telling,
                count=number(telling),
            )
        ]
        if telling
        else []
    )
    if output:
        parts.append(
            ngettext(
                "%(count)s confirmed outcome that is output only",
                "%(count)s confirmed outcomes that are output only",
                output,
                count=number(output),
            )
        )
    if untied:
        parts.append(
            ngettext(
                "%(count)s confirmed outcome whose tie to the item is not shown",
                "%(count)s confirmed outcomes whose tie to the item is not shown",
                untied,
                count=number(untied),
            )
        )
    return parts or [_("no confirmed outcome")]


def waiting(shown: ItemPage) -> str:
    """How many entries wait for release, beside the one that the reason speaks of."""
    count = shown.waiting - (shown.reason.code is ReasonCode.WAITS_FOR_RELEASE)
    return (
        ngettext(
            "One entry waits for release.",
            "%(count)s entries wait for release.",
            count,
            count=number(count),
        )
        if count > 0
        else ""
    )


def change_line(code: Change) -> str:
    """What changed: nothing on record."""
    return _("What changed: %(change)s", change=lower(labels.change(code)))


def step_name(found: ProgressStep) -> str:
    return {
        "adopted": _("Adopted"),
        "referred": _("Referred"),
        "decided": _("Decided"),
        "assigned": _("Assigned"),
        "reported": _("Reported done"),
        "confirmed": _("Confirmed"),
        "change": _("Change"),
    }[found.code]


def step_date(found: ProgressStep, open_: bool) -> str:
    """Its day; what is not reached, of an item that is still open, is "not yet"."""
    if not found.reached:
        if found.code == "change":
            return _("looked for, none found") if found.none_found else _("nothing on record")
        if found.clauses:
            return _("%(part)s of %(of)s clauses", part=number(found.clauses), of=number(found.of))
        return _("not yet") if open_ else _("nothing on record")
    return day(found.on) if found.on else _("day not known")
