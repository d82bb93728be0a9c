"""What is told of an act beside its sentence: clauses, people and settings that it is about, its
words, what was spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tracker.reading.history_models import HistoryAct
from tracker.record.event_rows import EventRow, RowName
from tracker.rules import codes
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels, phrases
from .amounts import listing, money, number
from .history_facts import (
    LONGEST,
    claim_words,
    free_text,
    own_name,
    person_of,
    phrase,
    setting_title,
)


def about(act: HistoryAct) -> Iterator[str]:
    """Clauses, a person, a unit, a setting: whatever its sentence is about."""
    yield _claims(act)
    names = act.names
    for row in (*act.rows.wrote, *act.rows.over):
        if row.table in ("due_date", "assignment", "floor_action", "referral_decision"):
            if (clause := names.clauses.get(row.key("clause_id") or 0)) is not None:
                yield _("clause %(number)s", number=clause)
        elif row.table == "body_setting" and act.kind == "setting_changed":
            yield setting_title(row.text("name") or "")
        elif row.table in ("unit", "delegation", "fund", "person"):
            yield free_text(row, "name") or ""
        elif row.table in ("role_held", "person_account", "person_name"):
            yield person_of(row, names) or ""
        elif row.table in ("unit_name", "unit_closing", "unit_merger"):
            yield own_name(names.context.unit_names.rows, row.key("unit_id"))
        elif row.table in ("delegation_name", "delegation_closing", "delegation_merger"):
            yield own_name(names.context.delegation_names.rows, row.key("delegation_id"))
        elif row.table == "withholding":
            kind = row.values["kind"]
            yield labels.withheld(kind) if isinstance(kind, codes.WithheldFor) else ""
    subject = names.rows.get(act.subject)
    if subject and subject.table in ("fund", "list_import", "added_kind"):
        yield phrase(subject, names)
    elif subject and subject.table == "edition":
        yield number(subject.key("number") or 0)


def _claims(act: HistoryAct) -> str:
    """Clauses 1 and 2 reported done, clause 3 progress: of an entry, or of a review."""
    names, by_words = act.names, dict[str, list[str]]()
    is_review = any(row.table == "review" for row in act.rows.wrote)
    for row in _claims_of(act):
        clause = names.clauses.get(row.key("clause_id") or 0)
        words = "" if is_review else claim_words(row, names)
        by_words.setdefault(words, []).extend([number(clause)] if clause else [])
    parts = []
    for words, numbers in by_words.items():
        clauses = ""
        if numbers:
            clauses = ngettext(
                "clause %(clauses)s", "clauses %(clauses)s", len(numbers), clauses=listing(numbers)
            )
        parts.append(" ".join(filter(None, (clauses, words))))
    return "; ".join(filter(None, parts))


def _claims_of(act: HistoryAct) -> Iterator[EventRow]:
    entries: set[int | None] = set()
    for row in act.rows.wrote or act.rows.over:
        if row.table == "entry":
            entries.add(row.id)
        elif row.table in ("release", "sent_back"):
            entries.add(row.key("entry_id"))
        elif row.table == "review":
            claim = act.names.rows.get(RowName("claim", row.key("claim_id") or 0))
            if claim:
                yield claim
    entries.discard(None)
    if entries:
        for row in act.names.rows.values():
            if row.table == "claim" and row.key("entry_id") in entries:
                yield row


QUOTED = (
    ("entry", "words"),
    ("outcome", "words"),
    ("review", "reason"),
    ("review", "minutes"),
    ("sent_back", "reason"),
    ("due_date", "reason"),
    ("referral_decision", "reason"),
    ("floor_action", "note"),
    ("withholding", "note"),
    ("lifting", "note"),
    ("edition_publication", "line"),
    ("edition_schedule", "line"),
    ("edition_sign_off", "note"),
    ("issued_report", "line"),
    ("issued_report", "correction"),
    ("report_sign_off", "note"),
    ("recommendation", "words"),
)


def quotations(act: HistoryAct) -> Iterator[str]:
    """Words of the act; of a release those of what it released, of a review those of its
    outcome.
    """
    rows = list(act.rows.wrote)
    for row in act.rows.wrote:
        for column, table in (("entry_id", "entry"), ("outcome_id", "outcome")):
            named = act.names.rows.get(RowName(table, row.key(column) or 0))
            is_told = row.table in ("release", "review", "withholding", "sent_back")
            if is_told and named and named not in rows:
                rows.append(named)
        piece = act.names.rows.get(RowName("evidence", row.key("evidence_id") or 0))
        if row.table == "withholding" and piece:
            yield free_text(piece, "title") or ""
    for row in rows:
        for table, column in QUOTED:
            if row.table != table:
                continue
            if row.is_erased(column):
                yield phrases.words_erased()
            elif text := free_text(row, column, LONGEST):
                yield f"“{text}”"


def sums(act: HistoryAct) -> Iterator[str]:
    """Spent: $1,912.50; two pieces of evidence."""
    entries = {row.key("entry_id") for row in act.rows.wrote if row.table == "release"}
    rows = [row for row in act.rows.wrote if row.table == "expense"]
    rows += [
        row
        for row in act.names.rows.values()
        if row.table == "expense" and row.key("entry_id") in entries - {None}
    ]
    spent = [amount for row in rows if isinstance(amount := row.values["amount"], Decimal)]
    if spent:
        currency = act.names.context.body.currency
        yield _("Spent: %(amount)s", amount=money(sum(spent, Decimal(0)), currency))
    pieces = sum(row.table == "evidence" for row in act.rows.wrote)
    if pieces:
        yield ngettext("%(num)s piece of evidence", "%(num)s pieces of evidence", pieces)
