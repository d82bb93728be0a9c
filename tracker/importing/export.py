"""A convention's items as JSON for other programs, and as CSV that comes back in as the same.

They are read as the pages are, so that they cannot disagree.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.formatting.spreadsheets import marked
from tracker.reading.audience import OFFICE
from tracker.reading.item import ItemPage, pages
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN, Event
from tracker.rules import item_code
from tracker.rules.codes import Effect, Floor, Kind
from tracker.rules.item_facts import KINDS

HEADINGS = (
    "body",
    "convention",
    "as_of",
    "code",
    "kind",
    "number",
    "title",
    "text",
    "text_truncated",
    "submitted_by",
    "floor_action",
    "floor_date",
    "referred_to",
    "estimate_amount",
    "estimate_currency",
    "estimate_basis",
    "estimate_conditional",
    "estimate_assumption",
    "estimate_sentence",
    "appropriated",
    "spent",
    "spent_waiting",
    "lead",
    "person",
    "due",
    "referral_decision",
    "referral_decided_on",
    "standing",
    "verdict",
    "change",
    "merged_into",
    "url",
    "revision_of_record",
)


@dataclass(frozen=True, kw_only=True)
class ItemExport:
    """The items of a convention as of a day; `body` and `convention` are slugs.

    `base_url` is that of the instance, for the addresses of items.
    """

    body: str
    convention: str
    day: date
    pages: Sequence[ItemPage]
    base_url: str | None = None


def item_pages(session: Session, convention: Convention, as_of: AsOf) -> list[ItemPage]:
    """All items of a convention that were recorded by then, in the order of a printed list.

    They are read for the office: people are named.
    """
    item_ids = session.scalars(
        sa.select(Item.id).where(Item.convention_id == convention.id).order_by(Item.id)
    ).all()
    by_id = pages(session, convention.body_id, item_ids, as_of, OFFICE)
    return sorted(by_id.values(), key=printed_order)


def printed_order(page: ItemPage) -> tuple[int, str, object]:
    kinds = list(Kind)
    place = kinds.index(Kind(page.kind)) if page.kind in KINDS else len(kinds)
    return place, page.kind, item_code.order(page.code.partition("-")[2])


def as_data(export: ItemExport) -> dict[str, object]:
    """The contract of `export items --format json`.

    Amounts are decimal strings in the body's currency, None is nothing recorded. `spent` was
    released; `spent_waiting` belongs to entries that are not.
    """
    return {
        "body": export.body,
        "convention": export.convention,
        "as_of": export.day.isoformat(),
        "items": [_item(page, export.base_url) for page in export.pages],
    }


def _item(page: ItemPage, base_url: str | None) -> dict[str, object]:
    return {
        "code": page.code,
        "kind": page.kind,
        "number": page.number,
        "title": _title(page),
        "text": _text(page),
        "text_truncated": bool(page.text and page.text.truncated),
        "submitted_by": "; ".join(page.delegations) or None,
        "floor_actions": [
            {
                "action": action.action.value,
                "date": _day(action.on),
                "referred_to": action.referred_to,
            }
            for action in reversed(page.floor)
        ],
        "estimate": _estimate(page),
        "appropriated": _amount(page.money.appropriated),
        "spent": _amount(page.money.spent),
        "spent_waiting": _amount(page.money.spent_waiting),
        "lead": page.lead.unit if page.lead else None,
        "standing": page.standing.value,
        "verdict": page.verdict.value,
        "change": page.change.value if page.change else None,
        "confirmations": [*_confirmations(page)],
        "merged_into": _merged_into(page),
        "url": f"{(base_url or '').rstrip('/')}{page.path}",
    }


def _confirmations(page: ItemPage) -> Iterator[dict[str, object]]:
    """Of clauses by their numbers, then of outcomes by their levels; those that stand."""
    of_clauses = [("clause", clause.number, clause.confirmation) for clause in page.clauses]
    of_outcomes = [
        ("outcome", outcome.level.value, outcome.confirmation) for outcome in page.outcomes
    ]
    for of, which, confirmation in (*of_clauses, *of_outcomes):
        if confirmation is not None:
            yield {
                "of": of,
                of: which,
                "by": confirmation.by.value,
                "on": confirmation.on.isoformat(),
                "meeting": confirmation.meeting,
                "met_on": _day(confirmation.met_on),
                "role": confirmation.role,
                "organisation": confirmation.organisation,
            }


def _estimate(page: ItemPage) -> dict[str, object] | None:
    estimate = page.money.estimate
    if estimate is None:
        return None
    return {
        "amount": _amount(estimate.amount),
        "currency": page.money.currency,
        "basis": estimate.basis.value,
        "conditional": estimate.conditional,
        "assumption": estimate.assumption,
        "sentence": estimate.sentence,
    }


def as_csv(export: ItemExport, revision: int) -> str:
    """The same names, flattened, and the columns in which an office works.

    `revision` is that of the record, by which an import tells what came after the export.
    """
    return csv_of(HEADINGS, cells_of_rows(export, revision))


def csv_of(headings: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """What a spreadsheet would read as a formula is written as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: marked(row[name]) for name in headings})
    return out.getvalue()


def cells_of_rows(export: ItemExport, revision: int) -> list[dict[str, str]]:
    """The cells of each item, by heading."""
    rows = []
    for page in export.pages:
        row = _row(page, export) | {"revision_of_record": revision}
        rows.append({name: _cell(row.get(name)) for name in HEADINGS})
    return rows


def _row(page: ItemPage, export: ItemExport) -> dict[str, object]:
    """What has several values stands in one cell; what differs between clauses is left out."""
    floor = [action for action in reversed(page.floor) if action.clause is None]
    refers = [action for action in floor if action.action.effect is Effect.REFERS]
    decision = next((decision for decision in page.decisions if decision.clause is None), None)
    due_days = {clause.due.due_on if clause.due else None for clause in page.clauses}
    estimate = _estimate(page) or {}
    row = _item(page, export.base_url)
    row |= {f"estimate_{name}": value for name, value in estimate.items()}
    row |= {
        "body": export.body,
        "convention": export.convention,
        "as_of": export.day.isoformat(),
        "floor_action": "; ".join(action.action.value for action in floor),
        "floor_date": _joined([_day(action.on) or "" for action in floor]),
        "referred_to": _joined([action.referred_to or "" for action in refers]),
        "person": page.lead.person if page.lead else None,
        "due": _day(due_days.pop()) if len(due_days) == 1 else None,
        "referral_decision": decision.decision.value if decision else None,
        "referral_decided_on": _day(decision.on) if decision else None,
    }
    return row


def revision(session: Session, body_id: int, as_of: AsOf) -> int:
    """The newest event of the body that is in such an export.

    What came after it is not overwritten when the file comes back in.
    """
    newest = sa.select(sa.func.max(Event.id)).where(
        Event.id > body_id * CHAIN, Event.id < (body_id + 1) * CHAIN
    )
    if as_of.recorded is not None:
        newest = newest.where(Event.recorded_at <= as_of.recorded)
    if as_of.up_to is not None:
        newest = newest.where(Event.id <= as_of.up_to)
    return session.scalar(newest) or body_id * CHAIN


def _title(page: ItemPage) -> str | None:
    """As recorded: one that we made of the text is none."""
    return None if page.title_is_ours else page.title or None


def _text(page: ItemPage) -> str | None:
    return next((version.words for version in page.versions if version.words), None)


def _merged_into(page: ItemPage) -> str | None:
    """The item of this convention that carries the duty on, by its code.

    One that is not on record stands in the source's words.
    """
    is_merged = any(action.action is Floor.CONSOLIDATED for action in page.floor)
    if page.carried_to and is_merged:
        return page.carried_to[0].code
    for target in page.carried_to:
        if _convention_path(target.path) == _convention_path(page.path):
            return target.code
    return page.merged_into


def _convention_path(item_path: str) -> str:
    return item_path.rpartition("/")[0]


def _joined(values: list[str]) -> str:
    """One value, or each beside its action."""
    return "; ".join(values) if any(values) else ""


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
