"""A convention's items as JSON for other programs, and as CSV that comes back in as the same; read as the pages are, so that they cannot disagree."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.reading.audience import OFFICE
from tracker.reading.item import ItemPage, pages
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN, Event
from tracker.rules import item_code
from tracker.rules.codes import Effect, Floor, Kind

from .rows.cells import marked

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


def items(session: Session, convention: Convention, as_of: AsOf) -> list[ItemPage]:
    """All items of a convention that were recorded by then, in the order of a printed list. The office's audience: people are named."""
    keys = session.scalars(
        sa.select(Item.id).where(Item.convention_id == convention.id).order_by(Item.id)
    ).all()
    kinds = {kind.value: place for place, kind in enumerate(Kind)}
    found = pages(session, convention.body_id, keys, as_of, OFFICE).values()
    return sorted(
        found,
        key=lambda page: (
            kinds.get(page.kind, len(kinds)),
            page.kind,
            item_code.order(page.code.partition("-")[2]),
        ),
    )


def as_data(
    body: str, convention: str, day: date, found: list[ItemPage], base_url: str | None = None
) -> dict[str, Any]:
    """The contract of `export items --format json`: amounts are decimal strings, None is nothing recorded. `spent` was released;
    `spent_waiting` belongs to entries that are not."""
    return {
        "body": body,
        "convention": convention,
        "as_of": day.isoformat(),
        "items": [_item(page, base_url) for page in found],
    }


def _item(page: ItemPage, base_url: str | None) -> dict[str, Any]:
    estimate = page.money.estimate
    return {
        "code": page.code,
        "kind": page.kind,
        "number": page.number,
        "title": _title(page),
        "text": _text(page),
        "text_truncated": bool(page.text and page.text.truncated),
        "submitted_by": "; ".join(page.delegations) or None,
        "floor_actions": [
            {"action": each.action.value, "date": _day(each.on), "referred_to": each.referred_to}
            for each in reversed(page.floor)
        ],
        "estimate": {
            "amount": _amount(estimate.amount),
            "currency": page.money.currency,
            "basis": estimate.basis.value,
            "conditional": estimate.conditional,
            "assumption": estimate.assumption,
            "sentence": estimate.sentence,
        }
        if estimate
        else None,
        "appropriated": _amount(page.money.appropriated),
        "spent": _amount(page.money.spent),
        "spent_waiting": _amount(page.money.spent_waiting),
        "lead": page.lead.unit if page.lead else None,
        "standing": page.standing.value,
        "verdict": page.verdict.value,
        "change": page.change.value if page.change else None,
        "merged_into": _merged_into(page),
        "url": f"{(base_url or '').rstrip('/')}{page.path}",
    }


def as_csv(
    body: str,
    convention: str,
    day: date,
    found: list[ItemPage],
    base_url: str | None,
    revision: int,
) -> str:
    """The same names, flattened, and the columns in which an office works. What a spreadsheet would read as a formula is written as text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, lineterminator="\r\n")
    writer.writeheader()
    for page in found:
        said = _item(page, base_url)
        floor = [each for each in reversed(page.floor) if each.clause is None]
        refers = [each.referred_to or "" for each in floor if each.action.effect is Effect.REFERS]
        decision = next((each for each in page.decisions if each.clause is None), None)
        dues = {clause.due.due_on if clause.due else None for clause in page.clauses}
        row = (
            said
            | {f"estimate_{name}": value for name, value in (said["estimate"] or {}).items()}
            | {
                "body": body,
                "convention": convention,
                "as_of": day.isoformat(),
                "floor_action": "; ".join(each.action.value for each in floor),
                "floor_date": _joined([_day(each.on) or "" for each in floor]),
                "referred_to": _joined(refers),
                "person": page.lead.person if page.lead else None,
                "due": _day(dues.pop()) if len(dues) == 1 else None,
                "referral_decision": decision.decision.value if decision else None,
                "referral_decided_on": _day(decision.on) if decision else None,
                "revision_of_record": revision,
            }
        )
        writer.writerow({name: marked(_cell(row.get(name))) for name in HEADINGS})
    return out.getvalue()


def revision(session: Session, body_id: int, as_of: AsOf) -> int:
    """The newest event of the body that is in such an export: what came after it is not overwritten when the file comes back in."""
    newest = sa.select(sa.func.max(Event.id)).where(
        Event.id > body_id * CHAIN, Event.id < (body_id + 1) * CHAIN
    )
    return (
        session.scalar(
            newest if as_of.recorded is None else newest.where(Event.recorded_at <= as_of.recorded)
        )
        or body_id * CHAIN
    )


def _title(page: ItemPage) -> str | None:
    """As recorded: one that we made of the text is none."""
    return None if page.title_is_ours else page.title or None


def _text(page: ItemPage) -> str | None:
    return next((version.words for version in page.versions if version.words), None)


def _merged_into(page: ItemPage) -> str | None:
    """The item of this convention that carries the duty on, by its code; one that is not on record in the source's words."""
    if page.carried_to and any(each.action is Floor.CONSOLIDATED for each in page.floor):
        return page.carried_to[0].code
    own = [
        each
        for each in page.carried_to
        if each.path.rpartition("/")[0] == page.path.rpartition("/")[0]
    ]
    return own[0].code if own else page.merged_into


def _joined(values: list[str]) -> str:
    """One value, or each beside its action."""
    return "; ".join(values) if any(values) else ""


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _cell(value: object) -> str:
    return (
        ""
        if value is None
        else {True: "yes", False: "no"}[value]
        if isinstance(value, bool)
        else str(value)
    )
