"""Text, movers, estimate and cells without a field: what a row changes of them."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.acts.import_models import ImportedCell, ImportedMover
from tracker.acts.items import NewVersion
from tracker.acts.money import NewEstimate
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.values.texts import normalised
from tracker.rules.codes import ColumnVisibility, FloorPart, Stage
from tracker.rules.rosters import name_key

from .on_record import EstimateValue, Movers, RecordedValue
from .row_comparison import LONGEST_HEADING, RowComparison

LONGEST_BUDGET = 120  # characters of the name of a budget


def new_version(comparison: RowComparison) -> NewVersion | None:
    """The text as it will be, where the row changes anything of it."""
    row, item = comparison.row, comparison.recorded
    if item is None:
        return NewVersion(
            words=row.text,
            title=row.title,
            rationale=row.rationale,
            stage=Stage.AS_PUBLISHED,
            truncated=_is_cut_off(row),
        )
    takes_title = comparison.takes_words("title", row.title, item.title)
    takes_text = comparison.takes_words("text", row.text, item.text)
    takes_rationale = comparison.takes_words("rationale", row.rationale, item.rationale)

    was_truncated = bool(item.truncated and item.truncated.value)
    truncated = was_truncated
    if takes_text:  # a new text is whole or cut off by itself
        truncated = _is_cut_off(row)
        if truncated != was_truncated:
            comparison.add_change("text_truncated", was_truncated, truncated)
    elif comparison.takes(
        "text_truncated", row.truncated, item.truncated, lambda value: value == row.truncated
    ):
        truncated = bool(row.truncated)
    elif not takes_title and not takes_rationale:
        return None

    return NewVersion(
        words=row.text if takes_text else _words(item.text),
        title=row.title if takes_title else _words(item.title),
        rationale=row.rationale if takes_rationale else _words(item.rationale),
        stage=item.stage or Stage.AS_PUBLISHED,
        truncated=truncated,
    )


def _is_cut_off(row: ImportedRow) -> bool:
    """As a column of the list says, else as the text itself seems to be."""
    return row.seems_cut_off if row.truncated is None else row.truncated


def _words(recorded: RecordedValue[str] | None) -> str | None:
    return recorded.value if recorded else None


def movers(comparison: RowComparison) -> tuple[ImportedMover, ...]:
    """Who brought the item to the floor, of the parts that the row changes.

    Sponsors are not taken where each of their delegations is on record in any part.
    """
    row = comparison.row
    changed: list[ImportedMover] = []
    delegations = {name_key(delegation) for delegation in row.delegations}
    if not delegations <= _recorded_delegations(comparison):
        sponsors = tuple(("", delegation) for delegation in row.delegations)
        changed += _movers_of_part(comparison, FloorPart.SPONSOR, sponsors)
    for part, people in (
        (FloorPart.MAKER, row.makers),
        (FloorPart.SECONDER, row.seconders),
        (FloorPart.CONTACT, row.contacts),
    ):
        named = tuple((name, delegation or "") for name, delegation in people)
        changed += _movers_of_part(comparison, part, named)
    return tuple(changed)


def _recorded_delegations(comparison: RowComparison) -> set[str]:
    item = comparison.recorded
    if item is None:
        return set()
    return {
        name_key(delegation)
        for recorded in item.movers.values()
        for _name, delegation in recorded.value
        if delegation
    }


def _movers_of_part(
    comparison: RowComparison, part: FloorPart, people: Sequence[tuple[str, str]]
) -> list[ImportedMover]:
    value = tuple(sorted(people))
    item = comparison.recorded
    recorded = item.movers.get(part) if item else None
    if not comparison.takes(
        part.value, value, recorded, lambda movers: _by_key(movers) == _by_key(value)
    ):
        return []
    return [ImportedMover(part, name or None, delegation or None) for name, delegation in people]


def _by_key(people: Movers) -> list[tuple[str, str]]:
    return [(name_key(name), name_key(delegation)) for name, delegation in people]


def new_estimate(comparison: RowComparison) -> NewEstimate | None:
    """The estimate, where its sentence is another, or a column of its own says another value."""
    row, item = comparison.row, comparison.recorded
    if row.sentence is None or row.cost is None:
        return None
    cost = row.cost
    recorded = item.estimate if item else None

    def is_same(estimate: EstimateValue) -> bool:
        sentence, amount, basis, conditional, assumption, _budget, _stage = estimate
        if normalised(sentence) != normalised(row.sentence):
            return False
        same_by_column = {
            "amount": amount == cost.amount,
            "basis": basis == cost.basis,
            "conditional": conditional == cost.conditional,
            "assumption": normalised(assumption) == normalised(cost.assumption),
        }
        return all(same_by_column[column] for column in row.cost_columns)

    value = (row.sentence, cost.amount, cost.basis, cost.conditional, cost.assumption)
    if not comparison.takes("estimate", value, recorded, is_same):
        return None
    return NewEstimate(
        sentence=row.sentence,
        basis=cost.basis,
        amount=cost.amount,
        conditional=cost.conditional,
        assumption=cost.assumption,
        budget=(cost.budget or "")[:LONGEST_BUDGET] or None,
        stage=recorded.value[-1] if recorded else Stage.AS_PUBLISHED,
    )


def new_cells(comparison: RowComparison) -> tuple[ImportedCell, ...]:
    """Cells for which the record has no field, where it does not hold the same; of each heading
    the newest counts.

    A cell that waits for an answer of the office is kept of a new item, or where its heading is on
    record already: else it changes nothing.
    """
    row, item = comparison.row, comparison.recorded
    waiting = [
        (heading, words)
        for heading, words in row.undecided_cells
        if item is None or heading[:LONGEST_HEADING] in item.cells
    ]
    cells = []
    for published_heading, words in dict.fromkeys((*row.cells, *waiting)):
        heading = published_heading[:LONGEST_HEADING]
        recorded = item.cells.get(heading) if item else None
        if recorded is not None and normalised(recorded.value) == normalised(words):
            continue
        comparison.add_change(heading, recorded.value if recorded else None, words)
        visibility = comparison.context.visibility.get(heading, ColumnVisibility.NOT_TOLD)
        cells.append(ImportedCell(heading, words, visibility))
    return tuple(cells)
