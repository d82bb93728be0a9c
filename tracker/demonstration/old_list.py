"""The old convention: its list, as it was printed, read in by the acts of an import; nothing of
what was done about it is on record.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tracker.acts import imports, items, money
from tracker.acts.act_context import ActContext
from tracker.acts.import_models import (
    Directory,
    ImportedCell,
    ImportedFloorAction,
    ImportedMover,
    ImportSource,
    ItemChanges,
    NewItem,
)
from tracker.record import ledger
from tracker.record.conventions import Convention
from tracker.rules.codes import Basis, Floor, FloorPart, Kind

from .people import BUDGET

FILE = "lakeside-items.csv"
# no field holds them; the office has opened the first to readers
OPEN_COLUMN = "Remarks"
CLOSED_COLUMN = "Staff memo"


@dataclass(frozen=True, kw_only=True)
class OldListRow:
    number: str
    title: str
    text: str
    delegation: str
    action: Floor | None  # None: the cell is blank
    cost: str | None
    amount: str | None
    remarks: str = ""
    advice: str | None = None  # of the Board
    cut_off: bool = False
    memo: str = ""


ROWS = (
    OldListRow(
        number="1",
        title="Lunch programs in summer",
        text="The Federation shall support lunch programs in the summer months.",
        delegation="Maine",
        action=Floor.ADOPTED,
        cost="Additional $2,500",
        amount="2500",
        remarks="Passed by voice.",
    ),
    OldListRow(
        number="2",
        title="A list of credit recovery vendors",
        text="The Federation shall publish a list of those who sell online credit recovery, and "
        "what they charge.",
        delegation="Oregon",
        action=Floor.ADOPTED,
        cost="Additional $8,000",
        amount="8000",
        remarks="See the magazine, spring number.",
        memo="Who wrote that piece? Ask the editor before we quote it.",
    ),
    OldListRow(
        number="3",
        title="Songbook of the labor movement",
        text="The Federation shall print a songbook.",
        delegation="Vermont",
        action=Floor.DEFEATED,
        cost="Additional $11,200",
        amount="11200",
        advice="The Board recommends its defeat.",
    ),
    OldListRow(
        number="4",
        title="Locks on classroom doors",
        text="The Federation shall ask districts for classroom doors that lock from inside, and "
        "shall lend",
        delegation="Texas",
        action=Floor.ADOPTED,
        cost=None,
        amount=None,
        remarks="Combined with a motion of the Board?",
        advice="The Board recommends its adoption.",
        cut_off=True,
    ),
    OldListRow(
        number="5",
        title="Study of a four-day week",
        text="The Federation shall study the four-day week.",
        delegation="New Mexico",
        action=Floor.REFERRED,
        cost="Additional $15,000",
        amount="15000",
    ),
    OldListRow(
        number="7",
        title="Water fountains",
        text="The Federation shall ask for two working water fountains on each floor of a school.",
        delegation="Nevada",
        action=None,
        cost=None,
        amount=None,
        remarks="Check minutes",
    ),
    OldListRow(
        number="8",
        title="Pen pals for new members",
        text="The Federation shall find a pen pal for each new member who wants one.",
        delegation="Iowa",
        action=Floor.ADOPTED,
        cost="Additional $600",
        amount="600",
    ),
    OldListRow(
        number="11",
        title="Parking at the convention",
        text="The Federation shall pay for parking at the convention.",
        delegation="Ohio",
        action=Floor.DEFEATED,
        cost="Additional $40,000",
        amount="40000",
        remarks="Division called.",
    ),
)


def read_in(
    context: ActContext,
    convention: Convention,
    units: Mapping[str, int],
    delegations: Mapping[str, int],
) -> None:
    """As the command would have read the file; `context` is one that imports."""
    first_event = ledger.next_event(context.session, context.body_id)
    target = imports.ImportTarget.of(context, convention)
    directory = Directory(units, delegations)
    for place, row in enumerate(ROWS, 2):
        imports.record_item(
            context,
            target,
            NewItem(Kind.NEW_BUSINESS_ITEM, row.number, row.number),
            _changes(row),
            directory=directory,
            source=ImportSource(FILE, place),
        )
    imports.record_list(
        context,
        FILE,
        hashlib.sha256(_as_file().encode()).hexdigest(),
        len(ROWS),
        new_rows=len(ROWS),
        changed_rows=0,
        first_event=first_event,
    )


def _changes(row: OldListRow) -> ItemChanges:
    estimate = None
    if row.cost:
        estimate = money.NewEstimate(
            sentence=row.cost, basis=Basis.ADDITIONAL, amount=Decimal(row.amount or 0)
        )
    floor: tuple[ImportedFloorAction, ...] = ()
    if row.action:
        receiver = BUDGET if row.action is Floor.REFERRED else None
        floor = (ImportedFloorAction(action=row.action, unit=receiver),)
    return ItemChanges(
        text=items.NewVersion(words=row.text, title=row.title, truncated=row.cut_off),
        movers=(ImportedMover(FloorPart.MAKER, None, row.delegation),),
        recommendation=row.advice,
        estimate=estimate,
        cells=tuple(
            ImportedCell(heading, words)
            for heading, words in ((OPEN_COLUMN, row.remarks), (CLOSED_COLUMN, row.memo))
            if words
        ),
        floor=floor,
    )


def _as_file() -> str:
    out = io.StringIO()
    csv.writer(out).writerows(
        [
            ("No.", "Title", "Text", "Moved by", "Action", "Cost", OPEN_COLUMN, CLOSED_COLUMN),
            *(
                (
                    row.number,
                    row.title,
                    row.text,
                    row.delegation,
                    row.action or "",
                    row.cost or "",
                    row.remarks,
                    row.memo,
                )
                for row in ROWS
            ),
        ]
    )
    return out.getvalue()
