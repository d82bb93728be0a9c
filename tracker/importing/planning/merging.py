"""Into which item each row's item was merged, where that is on record or in the file.

What would lead back to the item itself stays in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tracker.importing.problems import Problem, Severity
from tracker.importing.values import kinds
from tracker.rules import item_code
from tracker.translation import gettext as _

from .models import FieldChange, ItemKey, RowOutcome, RowPlan
from .on_record import RecordedItem

_NOT_TAKEN = (RowOutcome.REJECTED, RowOutcome.LEFT_OUT)


def linked(plans: Sequence[RowPlan], recorded: Mapping[ItemKey, RecordedItem]) -> list[RowPlan]:
    """The plans, with the item into which each row's item was merged where that can be linked."""
    known = {plan.key for plan in plans if plan.outcome not in _NOT_TAKEN}
    known |= recorded.keys()
    links = _recorded_links(recorded)
    result = []
    for plan in plans:
        words = _merged_into(plan)
        target = _named_item(plan, words, known) if words else None
        if words is None or target is None or links.get(plan.key) == target:
            result.append(plan)
        elif _leads_back(plan.key, target, links):
            result.append(replace(plan, problems=(*plan.problems, _circular(plan, words))))
        else:
            links[plan.key] = target
            result.append(_with_link(plan, target, words))
    return result


def _recorded_links(recorded: Mapping[ItemKey, RecordedItem]) -> dict[ItemKey, ItemKey]:
    key_by_id = {item.item_id: key for key, item in recorded.items()}
    return {
        key: key_by_id[target_id]
        for key, item in recorded.items()
        for target_id in item.links
        if target_id in key_by_id
    }


def _merged_into(plan: RowPlan) -> str | None:
    """The words that name the item.

    None where the row is rejected or left out, or its floor actions do not count.
    """
    if plan.outcome in _NOT_TAKEN:
        return None
    if any(kept.field == "floor_action" for kept in plan.kept):
        return None
    return next((action.merged_into for action in plan.row.floor if action.merged_into), None)


def _named_item(plan: RowPlan, words: str, known: Collection[ItemKey]) -> ItemKey | None:
    """The item that the words name: of the same convention, and of the same kind unless they say
    another."""
    kind = plan.kind
    parsed = item_code.parse(words)
    if parsed:
        prefix, number = parsed
        kind = item_code.kind_of(prefix) or kind
    else:
        number = kinds.code_of(words).normalised or item_code.normalised(words)
    key = (plan.convention or "", kind, number)
    return key if key in known else None


def _leads_back(key: ItemKey, target: ItemKey, links: Mapping[ItemKey, ItemKey]) -> bool:
    passed = {key}
    while target not in passed:
        passed.add(target)
        if target not in links:
            return False
        target = links[target]
    return True


def _circular(plan: RowPlan, words: str) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        what=_(
            "%(words)r leads back to the item itself: kept in words, and not linked.", words=words
        ),
        row=plan.number,
    )


def _with_link(plan: RowPlan, target: ItemKey, words: str) -> RowPlan:
    if plan.outcome is RowOutcome.NEW:
        return replace(plan, merges_into=target)
    change = FieldChange("merged_into", None, words)
    return replace(
        plan,
        merges_into=target,
        outcome=RowOutcome.CHANGED,
        changes=(*plan.changes, change),
    )
