"""Each row of a list with the item that it speaks of, and what it would write of that item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.acts.import_models import ItemChanges
from tracker.importing import remedies
from tracker.importing.problems import Problem, Severity
from tracker.importing.rows.file_reading import FileReading
from tracker.importing.rows.imported_row import ImportedRow
from tracker.record.as_of import AsOf
from tracker.record.loader import load
from tracker.rules import item_preconditions, refusals
from tracker.rules.item_facts import Facts
from tracker.translation import gettext as _

from .comparison import compare
from .further_rows import claimed_once, compare_further, contradiction
from .models import ItemKey, RowOutcome, RowPlan, code_of
from .on_record import RecordedItem
from .options import RowField, RowPlace
from .row_comparison import ListContext
from .unnumbered_items import UnnumberedItems

# what two rows that say the same of the same item may differ in
_BESIDE_THE_ITEM = frozenset(
    (
        "row_number",
        "sheet",
        "problems",
        "published_cells",
        "revision",
        "convention",
        "meeting_is_blank",
        "named_by",
    )
)
_COMPARED = tuple(field.name for field in fields(ImportedRow) if field.name not in _BESIDE_THE_ITEM)


class RowPlanner:
    """The plans of a list's rows, made one after the other; `recorded` is what the record holds.

    `undone`: the titles of items without a number whose import was undone.
    """

    def __init__(
        self,
        recorded: Mapping[ItemKey, RecordedItem],
        reading: FileReading,
        updates_on: date | None,
        file_wins: frozenset[RowField] = frozenset(),
        undone: Mapping[ItemKey, str] | None = None,
    ) -> None:
        self.plans: list[RowPlan] = []
        self._recorded = recorded
        self._reading = reading
        self._context = ListContext.of(reading.columns, reading.today, updates_on, file_wins)
        self._unnumbered = UnnumberedItems(recorded, undone or {})
        # places in `plans` of the rows on an item that were not rejected
        self._places: dict[ItemKey, list[int]] = defaultdict(list)

    def add(self, row: ImportedRow, slug: str | None, problem: Problem | None) -> None:
        """Plans the next row; `problem` says why it has no convention, where `slug` is None."""
        problems = (*row.problems, problem) if problem else row.problems
        plan = RowPlan(
            row=row,
            outcome=RowOutcome.REJECTED,
            convention=slug,
            item_number=row.number,
            problems=problems,
        )
        if slug is not None and not _has_error(problems):
            plan = self._compared(self._numbered(plan, slug))
            if plan.outcome is not RowOutcome.REJECTED:
                self._places[plan.key].append(len(self.plans))
        self.plans.append(plan)

    def _numbered(self, plan: RowPlan, slug: str) -> RowPlan:
        """The plan with the number and the code of its item."""
        row = plan.row
        number, near = row.number, None
        if not number:
            number, near = self._unnumbered.number_of(slug, row)
        code = code_of(row.kind, number)
        plan = replace(plan, outcome=RowOutcome.SAME, item_number=number, code=code)
        if near is None:
            return plan
        warning = Problem(
            severity=Severity.WARNING,
            what=_(
                "It has no number, and its title is nearly that of another: %(near)r.",
                near=near[:80],
            ),
            to_do=_("If it is the same item, write the title as it is there."),
            row=row.row_number,
        )
        return replace(plan, problems=(*plan.problems, warning))

    def _compared(self, plan: RowPlan) -> RowPlan:
        """The plan beside the record and the rows above it on the same item."""
        recorded = self._recorded.get(plan.key)
        earlier = [self.plans[place] for place in self._places[plan.key]]
        if any(_says_the_same(above.row, plan.row) for above in earlier):
            return plan
        if earlier:
            contradicted = contradiction(earlier[0].row, plan.row)
            if contradicted:
                return _contradicting(plan, earlier[0].row, contradicted)
            plan = compare_further(plan, earlier, recorded, self._reading, self._context)
        else:
            plan = compare(plan, plan.row, recorded, self._context)
        outcome = _outcome_of(plan.writes)
        if recorded is None and not earlier:
            outcome = RowOutcome.NEW
        return replace(plan, outcome=outcome, item_id=recorded.item_id if recorded else None)

    def claim_once(self) -> None:
        """Where further rows follow, takes from the first a claim whose update is on record."""
        for key, places in self._places.items():
            recorded = self._recorded.get(key)
            if recorded is None or len(places) < 2:
                continue
            first = self.plans[places[0]]
            row = claimed_once(first.row, recorded)
            if row is not first.row:
                compared = compare(first, row, recorded, self._context)
                self.plans[places[0]] = replace(
                    compared,
                    outcome=_outcome_of(compared.writes),
                    kept=first.kept,
                    problems=first.problems,
                )


def _has_error(problems: Collection[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _outcome_of(changes: ItemChanges) -> RowOutcome:
    return RowOutcome.SAME if changes.is_empty else RowOutcome.CHANGED


def _says_the_same(one: ImportedRow, two: ImportedRow) -> bool:
    """Whether two rows say the same of the same item."""
    return all(getattr(one, name) == getattr(two, name) for name in _COMPARED)


def _contradicting(plan: RowPlan, first: ImportedRow, name: str) -> RowPlan:
    """The row is rejected: a row above says something else of the item itself."""
    what = {"title": _("title"), "text": _("text")}.get(name) or _("content")
    problem = Problem(
        severity=Severity.ERROR,
        what=_(
            "Number %(number)s stands in row %(other)s too, with another %(what)s.",
            number=plan.row.published or plan.item_number,
            other=first.row_number,
            what=what,
        ),
        to_do=_("Correct the number, or leave one of the rows out."),
        row=plan.number,
    )
    return replace(plan, outcome=RowOutcome.REJECTED, problems=(*plan.problems, problem))


def with_rows_left_out(
    plans: Sequence[RowPlan], left_out: Collection[RowPlace]
) -> Sequence[RowPlan]:
    """The plans; of the rows that are left out, and of others on the same items, none writes."""
    if not left_out:
        return plans
    keys = {plan.key for plan in plans if (plan.sheet, plan.number) in left_out}
    return [
        replace(plan, outcome=RowOutcome.LEFT_OUT, writes=ItemChanges(), changes=(), kept=())
        if plan.key in keys and plan.outcome is not RowOutcome.REJECTED
        else plan
        for plan in plans
    ]


def with_decisions_allowed(
    session: Session, body_id: int | None, plans: Sequence[RowPlan], today: date
) -> list[RowPlan]:
    """The plans; a row that decides on a referral that is not in force any more is rejected."""
    item_ids = [
        plan.item_id
        for plan in plans
        if plan.item_id and plan.writes.decision and not plan.writes.floor
    ]
    if not item_ids or body_id is None:
        return list(plans)
    facts_by_id = load(session, body_id, item_ids, AsOf(today))
    allowed = []
    for plan in plans:
        decision = plan.writes.decision
        if (
            decision is None
            or plan.item_id is None
            or plan.item_id not in item_ids
            or _may_decide(facts_by_id, plan.item_id, decision.on)
        ):
            allowed.append(plan)
        else:
            allowed.append(_without_referral(plan))
    return allowed


def _may_decide(facts_by_id: Mapping[int, Facts], item_id: int, on: date) -> bool:
    try:
        item_preconditions.decide(facts_by_id[item_id], facts_by_id, None, on)
    except refusals.Refused:
        return False
    return True


def _without_referral(plan: RowPlan) -> RowPlan:
    problem = Problem(
        severity=Severity.ERROR,
        what=_("A decision on a referral, and no referral is in force on that day."),
        to_do=remedies.mend_the_day_of_a_decision(),
        row=plan.number,
    )
    return replace(
        plan,
        outcome=RowOutcome.REJECTED,
        writes=ItemChanges(),
        changes=(),
        problems=(*plan.problems, problem),
    )
