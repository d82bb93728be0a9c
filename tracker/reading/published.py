"""What of an item was released, and can be withheld: for the office at a terminal.

With the numbers by which the office names each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.record.ledger_tables import Erasure, Event, FactTable, Text
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry, Evidence, Release, Withholding
from tracker.rules.codes import WithheldFor


@dataclass(frozen=True, kw_only=True)
class PublishedFact:
    kind: str  # entry, outcome or evidence: the option of the command that names it
    id: int
    on: date
    words: str | None  # None: erased
    withheld: WithheldFor | None

    def as_data(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "number": self.id,
            "on": self.on.isoformat(),
            "words": self.words,
            "withheld": self.withheld.value if self.withheld else None,
        }


def published_facts(session: Session, item_id: int) -> list[PublishedFact]:
    """Entries, then outcomes, then what shows them; each in the order of its recording."""
    of_entry = sa.select(Release.entry_id).where(
        Release.item_id == item_id, Release.entry_id.is_not(None), Release.retracted_by.is_(None)
    )
    of_outcome = sa.select(Release.outcome_id).where(
        Release.item_id == item_id, Release.outcome_id.is_not(None), Release.retracted_by.is_(None)
    )
    of_either = sa.or_(Evidence.entry_id.in_(of_entry), Evidence.outcome_id.in_(of_outcome))
    facts: list[PublishedFact] = []
    for kind, fact, text, released, withheld in (
        ("entry", Entry, Entry.words, Entry.id.in_(of_entry), Withholding.entry_id),
        ("outcome", Outcome, Outcome.words, Outcome.id.in_(of_outcome), Withholding.outcome_id),
        ("evidence", Evidence, Evidence.title, of_either, Withholding.evidence_id),
    ):
        rows = session.execute(
            _rows(fact, text, withheld)
            .where(fact.item_id == item_id, fact.retracted_by.is_(None), released)
            .order_by(fact.id)
        )
        facts += [
            PublishedFact(kind=kind, id=key, on=on, words=words, withheld=withheld_for)
            for key, on, words, withheld_for in rows
        ]
    return facts


def _rows(
    fact: type[FactTable],
    text: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    withheld: InstrumentedAttribute[int | None],
) -> sa.Select[int, date, str | None, WithheldFor]:
    """Of a table of facts: id, day, the words under the column `text`, why they are withheld."""
    standing = sa.and_(
        withheld == fact.id, Withholding.ended_by.is_(None), Withholding.retracted_by.is_(None)
    )
    return (
        sa.select(fact.id, Event.effective_on, Text.words, Withholding.kind)
        .select_from(fact)
        .join(Event, Event.id == fact.recorded_by)
        .join(Text, Text.digest == text)
        .outerjoin(Withholding, standing)
    )


def count_erasures(session: Session) -> int:
    """How many texts of the installation were ever erased."""
    return session.connection().scalar(sa.select(sa.func.count()).select_from(Erasure)) or 0
