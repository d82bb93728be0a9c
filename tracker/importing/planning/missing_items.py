"""Items that earlier lists of a convention brought and this list does not have.

They stay, and are named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tracker.importing.problems import Problem, Severity
from tracker.translation import ngettext

from .models import ItemKey, RowPlan, code_of
from .on_record import RecordedItem

MOST_NAMED = 8


def missing_items(
    plans: Sequence[RowPlan], recorded: Mapping[ItemKey, RecordedItem]
) -> list[tuple[str, str]]:
    """Convention and code of each, of the conventions that the list speaks of as a whole."""
    conventions = {plan.convention for plan in plans if plan.convention and not _is_part(plan)}
    listed = {plan.item_id for plan in plans}
    for plan in plans:
        if plan.convention and plan.key in recorded:
            listed.add(recorded[plan.key].item_id)
    missing = []
    for (slug, kind, number), item in recorded.items():
        is_former_key = (kind, number) != (item.kind, item.number)
        if slug not in conventions or is_former_key:
            continue
        if item.imported and item.item_id not in listed:
            missing.append((slug, code_of(kind, number)))
    return missing


def _is_part(plan: RowPlan) -> bool:
    """The sheet of one unit has its items only."""
    return plan.row.is_of_a_unit


def problems_of(missing: Sequence[tuple[str, str]]) -> list[Problem]:
    """One for each convention."""
    codes_by_convention: dict[str, list[str]] = defaultdict(list)
    for slug, code in missing:
        codes_by_convention[slug].append(code)
    return [_problem(slug, codes) for slug, codes in codes_by_convention.items()]


def _problem(slug: str, codes: Sequence[str]) -> Problem:
    named = ", ".join(codes[:MOST_NAMED])
    more = len(codes) - MOST_NAMED
    if more > 0:
        named = ngettext(
            "%(named)s and %(num)s more", "%(named)s and %(num)s more", more, named=named
        )
    return Problem(
        severity=Severity.WARNING,
        what=ngettext(
            "%(num)s item of %(convention)s that an earlier list brought is not in this one:"
            " %(named)s.",
            "%(num)s items of %(convention)s that earlier lists brought are not in this one:"
            " %(named)s.",
            len(codes),
            convention=slug,
            named=named,
        ),
        to_do=ngettext("It stays as it is.", "They stay as they are.", len(codes)),
    )
