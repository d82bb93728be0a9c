"""What was recorded: facts, written once. Every table is known as soon as the room is entered, so that guards and proofs miss none."""

from . import bodies, conventions, drafts, items, ledger, money, now, outcomes, people, progress

__all__ = [
    "bodies",
    "conventions",
    "drafts",
    "items",
    "ledger",
    "money",
    "now",
    "outcomes",
    "people",
    "progress",
]
