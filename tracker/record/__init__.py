"""What was recorded: facts, written once.

Every table is known as soon as the room is entered, so that guards and proofs miss none.
"""

from . import (
    bodies,
    conventions,
    drafts,
    guards,
    items,
    ledger,
    money,
    outcomes,
    people,
    progress,
    summary,
)

__all__ = [
    "bodies",
    "conventions",
    "drafts",
    "guards",
    "items",
    "ledger",
    "money",
    "outcomes",
    "people",
    "progress",
    "summary",
]
