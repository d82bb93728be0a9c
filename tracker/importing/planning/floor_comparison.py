"""Floor actions and the decision on a referral: what a row changes of them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.acts.floor import VoteCount
from tracker.acts.import_models import ImportedDecision, ImportedFloorAction
from tracker.importing.values import kinds
from tracker.rules import item_code
from tracker.rules.codes import Effect, Floor
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

from .models import KeptByHand
from .on_record import RecordedFloorAction
from .row_comparison import RowComparison

NewAndEnded = tuple[tuple[ImportedFloorAction, ...], tuple[int, ...]]
UNCHANGED: NewAndEnded = ((), ())


def floor_actions(comparison: RowComparison) -> NewAndEnded:
    """The floor actions to add, and the keys of those of earlier lists that this one omits.

    A later action stands beside an earlier one, and takes nothing away.
    """
    actions = comparison.row.floor
    recorded = comparison.recorded.floor if comparison.recorded else ()
    if not actions:
        return UNCHANGED
    if not recorded:
        comparison.add_change("floor_action", None, _codes(actions))
        return actions, ()

    new, unmentioned = _unmatched(actions, recorded, comparison.row.vote)
    ended = [action for action in unmentioned if _may_end(comparison, action)]
    if not new and not ended:
        return UNCHANGED
    if not new and _only_refer(ended) and not _some_direct(actions):
        return UNCHANGED

    before = tuple(action.action.value for action in recorded)
    newer = [
        action
        for action in recorded
        if comparison.is_newer_than_list("floor_action", action.event, by_hand=action.by_hand)
    ]
    if newer:
        comparison.kept.append(
            KeptByHand(
                field="floor_action",
                yours=before,
                in_file=_codes(actions),
                at=newer[-1].at,
                by=newer[-1].by,
            )
        )
        return UNCHANGED
    comparison.add_change("floor_action", before, _codes(actions))
    if _all_later(new, recorded):
        return tuple(new), ()
    return tuple(new), tuple(action.id for action in ended)


def _codes(actions: Sequence[ImportedFloorAction]) -> tuple[str, ...]:
    return tuple(action.action.value for action in actions)


def _unmatched(
    actions: Sequence[ImportedFloorAction],
    recorded: Sequence[RecordedFloorAction],
    vote: VoteCount | None,
) -> tuple[list[ImportedFloorAction], list[RecordedFloorAction]]:
    """What only the row has, and what only the record has."""
    unmentioned = list(recorded)
    new = []
    for action in actions:
        match = next((other for other in unmentioned if _is_same(other, action, vote)), None)
        if match:
            unmentioned.remove(match)
        else:
            new.append(action)
    return new, unmentioned


def _may_end(comparison: RowComparison, recorded: RecordedFloorAction) -> bool:
    """A list takes away only what a list has brought; in an export, the office itself does."""
    by_office = comparison.row.revision is not None
    return (
        (by_office or not recorded.by_hand)
        and recorded.action.effect not in (Effect.OPEN, Effect.UNKNOWN)
        and recorded.action is not Floor.RESCINDED
    )


def _only_refer(actions: Sequence[RecordedFloorAction]) -> bool:
    return all(action.action.effect is Effect.REFERS for action in actions)


def _some_refer(
    actions: Sequence[ImportedFloorAction] | Sequence[RecordedFloorAction],
) -> bool:
    return any(action.action.effect is Effect.REFERS for action in actions)


def _some_direct(actions: Sequence[ImportedFloorAction]) -> bool:
    return any(action.action.effect is Effect.DIRECTS for action in actions)


def _all_later(new: Sequence[ImportedFloorAction], recorded: Sequence[RecordedFloorAction]) -> bool:
    """Each follows upon what is on record: by its nature, or on a later day."""
    newest = max((action.on for action in recorded if action.on), default=None)
    for action in new:
        follows = action.action in (Floor.RESCINDED, Floor.RECONSIDERED)
        is_later = action.on is not None and newest is not None and action.on > newest
        if not follows and not is_later:
            return False
    return bool(new)


def _is_same(
    recorded: RecordedFloorAction, action: ImportedFloorAction, vote: VoteCount | None
) -> bool:
    """The same floor action: a day, a unit, a tally that the file leaves blank change nothing."""
    if recorded.action is not action.action:
        return False
    if action.on is not None and action.on != recorded.on:
        return False
    if vote is not None and vote != recorded.vote:
        return False
    if action.unit is not None:
        receiver = recorded.unit or recorded.referred_to or ""
        if name_key(receiver) != name_key(action.unit):
            return False
    return _merge_is_same(recorded.merged_into, action.merged_into)


def _merge_is_same(recorded: str | None, published: str | None) -> bool:
    """Words of the record that name no item agree with whatever the list says."""
    if published is None or recorded is None or not kinds.code_of(recorded).normalised:
        return True
    return _is_same_item(recorded, published)


def _is_same_item(one: str, two: str) -> bool:
    """ "NBI 42", "nbi-42" and "42" are one item."""
    prefix, number = item_code.parse(one) or (None, item_code.normalised(one))
    other_prefix, other_number = item_code.parse(two) or (None, item_code.normalised(two))
    same_kind = prefix is None or other_prefix is None or prefix == other_prefix
    return number == other_number and same_kind


def new_decision(comparison: RowComparison) -> ImportedDecision | None:
    """What the receiving unit decided on a referral of the row, or of the record."""
    row, item = comparison.row, comparison.recorded
    if row.decision is None or row.decided_on is None:
        return None
    recorded = item.floor if item else ()
    if not _some_refer(row.floor) and not _some_refer(recorded):
        comparison.warn(
            _("A decision on a referral, and no referral."),
            _("Give the referral in a column floor_action or referred_to."),
        )
        return None
    units = [action.unit for action in row.floor if action.unit]
    units += [action.unit for action in reversed(recorded) if action.unit]
    if not units:
        comparison.warn(
            _("A decision on a referral, and nobody to whom it was referred."),
            _("Name the unit in a column referred_to."),
        )
        return None
    value = (row.decision, row.decided_on)
    recorded_decision = item.decision if item else None
    if not comparison.takes(
        "referral_decision", value, recorded_decision, lambda decision: decision == value
    ):
        return None
    return ImportedDecision(row.decision, units[0], row.decided_on)
