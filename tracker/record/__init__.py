"""What was recorded: facts, written once.

Every table is known as soon as the room is entered, so that guards and proofs miss none.
"""

from . import (
    bodies,
    conventions,
    drafts,
    guards,
    import_previews,
    issued_reports,
    items,
    kept_summaries,
    ledger,
    money,
    outcomes,
    outgoing_mail,
    outside_requests,
    people,
    progress,
    publications,
    report_drafts,
    summary,
)

__all__ = [
    "bodies",
    "conventions",
    "drafts",
    "guards",
    "import_previews",
    "issued_reports",
    "items",
    "kept_summaries",
    "ledger",
    "money",
    "outcomes",
    "outgoing_mail",
    "outside_requests",
    "people",
    "progress",
    "publications",
    "report_drafts",
    "summary",
]
