"""Updates and claims of a row that the record does not hold: the entries that they become.

What has no day counts as of its recording, and says that its day is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.acts.import_models import ImportedEntry
from tracker.importing import remedies
from tracker.importing.codes import Followed
from tracker.importing.values.texts import normalised
from tracker.importing.vocabulary.status_words import YES
from tracker.rules.codes import Claimed, MoneySaid
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

from .row_comparison import RowComparison

CLAIMS = {
    Followed.DONE: Claimed.DONE,
    Followed.PROGRESS: Claimed.PROGRESS,
    Followed.STARTED: Claimed.STARTED,
    Followed.BLOCKED: Claimed.BLOCKED,
    Followed.WILL_NOT_BE_DONE: Claimed.WILL_NOT_BE_DONE,
}


def new_entries(comparison: RowComparison, spent: Decimal | None) -> list[ImportedEntry]:
    """The entries that the row brings, and what the newest of them claims."""
    row = comparison.row
    entries = _updates(comparison)
    claimed = _claim(comparison)
    if claimed is Claimed.DONE:
        return _with_claim_of_done(comparison, entries, spent)
    if claimed is not None:
        return _with_claim(comparison, entries, claimed)
    updates = {normalised(update.words) for update in row.updates}
    if row.followed is Followed.WORD and normalised(row.followed_words) not in updates:
        return _with_word(comparison, entries)
    return entries


def _updates(comparison: RowComparison) -> list[ImportedEntry]:
    row, item = comparison.row, comparison.recorded
    known = item.words_reported if item else frozenset()
    entries: list[ImportedEntry] = []
    for update in row.updates:
        if normalised(update.words) in known:
            continue
        on = update.on or _day_of_undated(comparison)
        if on is None:
            comparison.warn(
                _(
                    "The update has no day: it counts as of today, and says that its day is"
                    " not known."
                ),
                remedies.say_the_day_of_updates(),
                update.heading,
            )
        entries.append(_entry(comparison, update.words, on))
        comparison.add_change(update.heading, None, update.words, adds=True)
    return entries


def _entry(comparison: RowComparison, words: str, on: date | None) -> ImportedEntry:
    return ImportedEntry(words=words, on=on or comparison.context.today, day_known=on is not None)


def _day_of_undated(comparison: RowComparison) -> date | None:
    """The day that the call gives to updates without one, unless it lies before the floor acted."""
    updates_on = comparison.context.updates_on
    floor_on = min((action.on for action in comparison.row.floor if action.on), default=None)
    if updates_on is None or updates_on > comparison.context.today:
        return None
    if floor_on is not None and updates_on < floor_on:
        return None
    return updates_on


def _claim(comparison: RowComparison) -> Claimed | None:
    """What the row claims; nothing but done, where the item is confirmed as done already."""
    row, item = comparison.row, comparison.recorded
    claimed = CLAIMS.get(row.followed) if row.followed else None
    if claimed in (None, Claimed.DONE) or item is None or not item.confirmed_done:
        return claimed
    comparison.warn(
        _(
            "It is confirmed as done here: %(words)r claims nothing.",
            words=row.followed_words[:60],
        ),
        _("Reopen it first, if that is so."),
    )
    return None


def _claim_day(comparison: RowComparison) -> date | None:
    row = comparison.row
    return row.claimed_on or row.updated_on or _day_of_undated(comparison)


def _claim_heading(comparison: RowComparison) -> str:
    """Of the column that says how far the item is; "" where that cannot be told."""
    words = normalised(comparison.row.followed_words)
    for heading, published in comparison.row.published_cells:
        if normalised(published) == words:
            return heading
    return ""


def _claim_words(comparison: RowComparison) -> str:
    """As published; beside a mere yes stands what it answers."""
    words = comparison.row.followed_words
    if name_key(words) in YES:
        return f"{_claim_heading(comparison)}: {words}"
    return words


def _with_claim(
    comparison: RowComparison, entries: Sequence[ImportedEntry], claimed: Claimed
) -> list[ImportedEntry]:
    """A claim other than done: by the newest update, or by itself where it is no news of any."""
    item = comparison.recorded
    words = _claim_words(comparison)
    needs_reason = claimed in (Claimed.BLOCKED, Claimed.WILL_NOT_BE_DONE)
    if entries:
        newest = entries[-1]
        reason = newest.words if needs_reason else None
        return [*entries[:-1], replace(newest, claimed=claimed, reason=reason)]
    if item is not None:
        is_known = normalised(words) in item.words_reported
        if is_known or item.last_claim is claimed:
            return list(entries)
    entry = _entry_of_status(comparison, words)
    return [replace(entry, claimed=claimed, reason=words if needs_reason else None)]


def _with_word(comparison: RowComparison, entries: Sequence[ImportedEntry]) -> list[ImportedEntry]:
    """A status that claims nothing ("no further action"): an entry of its own."""
    item = comparison.recorded
    words = _claim_words(comparison)
    if item is not None and normalised(words) in item.words_reported:
        return list(entries)
    return [*entries, _entry_of_status(comparison, words)]


def _entry_of_status(comparison: RowComparison, words: str) -> ImportedEntry:
    on = _claim_day(comparison)
    heading = _claim_heading(comparison)
    if on is None:
        comparison.warn(
            _(
                "%(words)r has no day: it counts as of today, and says that its day is not known.",
                words=words[:60],
            ),
            remedies.say_the_day_of_updates(),
            heading,
        )
    comparison.add_change(heading, None, comparison.row.followed_words, adds=True)
    return _entry(comparison, words, on)


def _with_claim_of_done(
    comparison: RowComparison, entries: Sequence[ImportedEntry], spent: Decimal | None
) -> list[ImportedEntry]:
    """A claim of done, by the newest update or by itself; the row is its evidence."""
    row, item = comparison.row, comparison.recorded
    if item is not None and item.claimed_done:
        return list(entries)
    if entries and row.claimed_on in (None, entries[-1].on):
        before, entry = entries[:-1], entries[-1]
    else:
        on = _claim_day(comparison)
        if on is None:
            comparison.warn(
                _(
                    "It is said to be complete, and no day is given: the claim counts as of today,"
                    " and says that its day is not known."
                ),
                remedies.say_the_day_of_updates(),
            )
        before, entry = entries, _entry(comparison, _claim_words(comparison), on)
    comparison.add_change("claimed", None, Claimed.DONE.value, adds=True)
    claim = replace(
        entry,
        claimed=Claimed.DONE,
        money=_money_of_claim(comparison, spent),
        row_words=_row_as_evidence(comparison),
    )
    return [*before, claim]


def _money_of_claim(comparison: RowComparison, spent: Decimal | None) -> MoneySaid | None:
    """What a claim of done says of money: it is asked where there is an estimate above zero."""
    row, item = comparison.row, comparison.recorded
    if spent is not None:
        return MoneySaid.AMOUNT
    estimate = item.estimated if item else None
    if row.cost:
        estimate = row.cost.amount
    return MoneySaid.NOT_KNOWN_YET if estimate else None


def _row_as_evidence(comparison: RowComparison) -> str:
    hidden = comparison.context.headings_without_evidence
    return "\n".join(
        f"{heading}: {words}"
        for heading, words in comparison.row.published_cells
        if words.casefold() != "none" and heading not in hidden
    )
