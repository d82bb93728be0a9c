"""One item while it is read: its facts, its answer and its surroundings; and what several parts of a page ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tracker.record.as_of import AsOf
from tracker.rules import facts as shapes
from tracker.rules.codes import EvidenceKind
from tracker.rules.facts import Facts
from tracker.rules.item_state import ItemState
from tracker.rules.reasons import Reason as Ruled
from tracker.rules.verdict import Answer

from .audience import Audience
from .body_context import BodyContext
from .identity import Identity
from .item_models import EvidenceDetails, NamedReason, Value

UNITS = ("unit", "referred_unit")
"""Values of a reason that are units."""


@dataclass(frozen=True)
class ItemContext:
    """An item, its facts loaded with words."""

    facts: Facts
    state: ItemState
    near: BodyContext
    every: Mapping[int, Facts]  # of all items that links join with it
    names: Mapping[int, Identity]
    audience: Audience
    as_of: AsOf
    units_today: frozenset[int]  # that lead or contribute now, whatever day is asked for

    @property
    def answer(self) -> Answer:
        return self.state.answer

    @cached_property
    def inside(self) -> bool:
        """Whether this audience reads the internal part: a unit that led the item on the day asked for, and leads it no
        longer, does not."""
        return self.audience.inside(self.units_today)

    @cached_property
    def withheld(self) -> dict[tuple[str, int], shapes.WithholdingFact]:
        """By what is withheld: ("entry", id), ("outcome", id), ("evidence", id)."""
        return {
            (what, key): withholding
            for withholding in self.facts.withholdings
            for what, key in (
                ("entry", withholding.entry_id),
                ("outcome", withholding.outcome_id),
                ("evidence", withholding.evidence_id),
            )
            if key is not None
        }

    def hidden(self, what: str, key: int) -> bool:
        """Withheld, but for those who read that too."""
        return (what, key) in self.withheld and not self.audience.withheld

    def words_of(self, entry: shapes.EntryFact) -> str | None:
        """None where they are withheld, or erased."""
        return None if self.hidden("entry", entry.id) else entry.words

    def person(self, key: int | None) -> str | None:
        return (
            self.near.people.get(key) or None
            if key is not None and (self.audience.names or self.near.settings.show_names)
            else None
        )

    def unit(self, key: int | None) -> str | None:
        return self.near.units.get(key) if key is not None else None

    def author_unit(self, person: int) -> str | None:
        """The unit of whoever wrote it; else that which leads the item."""
        lead = self.state.lead
        return self.unit(self.near.unit_of_person.get(person)) or self.unit(
            lead.unit_id if lead else None
        )

    def clause_number(self, key: int | None) -> int | None:
        """None for the whole item, and where it has one clause only: then nobody counts them."""
        if key is None or len(self.facts.clauses) < 2:
            return None
        return next((each.number for each in self.facts.clauses if each.id == key), None)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.near.settings.zone).date()

    @cached_property
    def _opened(self) -> set[int]:
        return {opened.evidence_id for opened in self.facts.opened_evidence}

    def column_open(self, heading: str) -> bool:
        """Whether readers may see what the list says under this heading."""
        return (self.facts.item.convention_id, heading) in self.near.open_columns

    def _row_for_readers(self, words: str) -> str | None:
        """A list's row without the cells of closed columns. None: they cannot be told from the others."""
        closed = [cell for cell in self.facts.source_cells if not self.column_open(cell.heading)]
        kept = f"\n{words}\n"
        for cell in closed:
            kept = kept.replace(f"\n{cell.heading}: {cell.words}\n", "\n")
        if any(f"\n{cell.heading}: " in kept for cell in closed):
            return None
        return kept.strip("\n")

    def evidence(
        self, *, entry: int | None = None, outcome: int | None = None
    ) -> tuple[EvidenceDetails, ...]:
        """Of an entry or an outcome, what this audience may open."""
        subject, key = ("entry", entry) if entry is not None else ("outcome", outcome)
        if key is None or self.hidden(subject, key):
            return ()
        return tuple(
            self._evidence(piece)
            for piece in self.facts.evidence
            if (piece.entry_id, piece.outcome_id) == (entry, outcome)
            and (self.inside or piece.id in self._opened)
            and not self.hidden("evidence", piece.id)
        )

    def _evidence(self, piece: shapes.EvidenceFact) -> EvidenceDetails:
        path = {
            EvidenceKind.LINK: piece.url,
            EvidenceKind.FILE: f"/files/{piece.id}",
            EvidenceKind.ROW: None,
        }[piece.kind]
        words = piece.words if piece.kind is EvidenceKind.ROW else None
        if words is not None and not self.inside:
            words = self._row_for_readers(words)
        return EvidenceDetails(
            piece.id,
            piece.title or piece.url or "",
            path,
            piece.kind is EvidenceKind.FILE,
            words,
            piece.media_type,
            piece.size,
            piece.sha256,
            piece.on if piece.day_known else None,
            piece.id not in self._opened,
        )

    def reason(self, ruled: Ruled) -> NamedReason:
        """With names in place of ids; `today` and `limit` are there to count days by."""
        values: dict[str, Value] = {
            "today": self.as_of.on,
            "limit": self.near.settings.silence_days,
        }
        for name, value in ruled.values:
            if name in UNITS and isinstance(value, int):
                values[name] = self.unit(value) or ""
            elif name == "target" and isinstance(value, int):
                if value in self.names:
                    values[name] = self.names[value].ref
            else:
                values[name] = value
        return NamedReason(ruled.code, values)


def source_of(entry: shapes.EntryFact) -> str | None:
    """Of an imported entry: the list from which it is, and its row."""
    if entry.source and entry.source_row:
        return f"{entry.source}, row {entry.source_row}"
    return entry.source or None
