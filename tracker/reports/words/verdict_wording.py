"""How many items of a report have each verdict, in words: in a sentence, and in a table."""

from __future__ import annotations

from tracker.formatting import convention_headline, labels, number
from tracker.reports.body_models import VerdictCounts
from tracker.rules.codes import Verdict
from tracker.translation import gettext as _
from tracker.translation import ngettext


def in_words(verdict_counts: VerdictCounts, silence_days: int) -> list[str]:
    """Each item in one of them: 2 were carried out, 1 not yet."""
    counts = verdict_counts.by_verdict
    texts = []
    if done := counts[Verdict.CARRIED_OUT]:
        texts.append(
            ngettext(
                "%(count)s was carried out", "%(count)s were carried out", done, count=number(done)
            )
        )
    texts += [
        text(counts[verdict])
        for verdict, text in convention_headline.OTHER_VERDICTS.items()
        if counts[verdict]
    ]
    if silent := counts[Verdict.NO_WORD]:
        texts.append(
            _(
                "on %(count)s there has been no word for more than %(limit)s days",
                count=number(silent),
                limit=number(silence_days),
            )
        )
    if not_due := counts[Verdict.NOT_DUE]:
        texts.append(
            ngettext(
                "%(count)s asks for no follow-through",
                "%(count)s ask for no follow-through",
                not_due,
                count=number(not_due),
            )
        )
    if undecided := counts[Verdict.NOT_DECIDED]:
        texts.append(
            ngettext(
                "%(count)s is not decided yet",
                "%(count)s are not decided yet",
                undecided,
                count=number(undecided),
            )
        )
    if unknown := counts[Verdict.DECISION_NOT_KNOWN]:
        texts.append(_("of %(count)s the floor’s decision is not known", count=number(unknown)))
    if untracked := counts[Verdict.NOT_TRACKED]:
        texts.append(
            _("of %(count)s what was done is not kept in this record", count=number(untracked))
        )
    return texts


def in_table(counts: VerdictCounts) -> list[tuple[str, str]]:
    """Each verdict that an item has, with how many have it; they add up to the items."""
    return [
        (labels.verdict(verdict), number(count))
        for verdict, count in counts.by_verdict.items()
        if count
    ]
