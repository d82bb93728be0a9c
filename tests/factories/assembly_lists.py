"""Lists as the office of an assembly keeps them, with made-up words: the items of one assembly as
they were published, and the sheet on which the office notes what is done about them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .workbooks import workbook

HEADINGS = (
    "year",
    "kind",
    "number",
    "text",
    "rationale_background",
    "submitted_by",
    "contact_state",
    "cost_text",
    "strategic_objective",
    "status",
    "page_address",
    "text_truncated",
)
UNCLEAR = "Passed along to the locals"  # a status that nobody knows
MISTYPED = "12"  # the number of item 21, in row 22
HALF_KNOWN = "With the printer"
HELD = 22  # rows of the working sheet
UNITS = ("Center for Lanterns", "Center for Footpaths")
LEADS = ("Orla Finch", "Pim Castellan")  # one in each unit
KINDS = (  # with how many of each the list has
    ("New Business Item", 137),
    ("Standing Rule Amendment", 10),
    ("Constitutional Amendment", 7),
    ("Bylaw Amendment", 4),
    ("Resolution amendment", 1),
)
VERBS = ("print", "survey", "repaint", "count", "lend", "map", "mend", "translate")
THINGS = ("lanterns", "footpaths", "benches", "kettles", "ferries", "greenhouses", "hand bells")
PLACES = ("harbour schools", "hill schools", "night classes", "reading rooms", "island branches")
STATUSES = (  # in turn; a blank says nothing, as in lists of the real kind
    "Adopted",
    "Adopted As Amended",
    "",
    "Adopted As Modified",
    "",
    "Defeated",
    "Referred to the Appropriate Committee",
    "",
    "Withdrawn",
    "Substitute Adopted",
    "",
    "Adopted As Modified and Referred to the Committee of Weights",
)
COSTS = (
    "",
    "This NBI can be done at a further cost of $31,000.",
    "",
    "No extra money is needed: the budget as proposed covers what this NBI asks for.",
    "",
    "An additional $4,500 would have to be found for this NBI.",
)


@dataclass(frozen=True, kw_only=True)
class AssemblyList:
    year: int
    rows: Sequence[Sequence[str]]

    def as_csv(self) -> str:
        out = io.StringIO()
        csv.writer(out).writerows([HEADINGS, *self.rows])
        return out.getvalue()


def published_list(year: int, rows: int = 159) -> AssemblyList:
    """159 items, numbered anew in each kind: with a number 6A, a letter, a number that is a
    heading, one that is missing, one that was mistyped, and texts that are cut off; or its first
    rows.
    """
    kinds = [kind for kind, count in KINDS for _ in range(count)]
    made = [_row(year, place, kind) for place, kind in enumerate(kinds)]
    numbers = dict[str, int]()
    for row in made:
        numbers[row[1]] = numbers.get(row[1], 0) + 1
        row[2] = str(numbers[row[1]])
    made[135][2], made[136][2] = "B", ""
    made[143][2] = "6A"
    made[158][2] = "Amendment 3 (I-10. The Keeping of Hand Bells)"
    made[18][9] = made[30][9] = UNCLEAR
    made[20][2] = MISTYPED
    return AssemblyList(year=year, rows=made[:rows])


def _row(year: int, place: int, kind: str) -> list[str]:
    text = (
        f"The assembly shall {VERBS[place % 8]} the {THINGS[place % 7]} of the "
        f"{PLACES[place % 5]}, beginning with district {place + 1}."
    )
    if place % 9 == 4:
        text = (
            f"With the means it has, the assembly will:\n\n1. {text}\n"
            "2. Say what it found, in “plain words”, to every branch."
        )
    is_cut = place % 11 == 7
    return [
        str(year),
        kind,
        "",
        text[:-20] if is_cut else text,
        "Old ones are dim. [...] Members have asked for it twice." if place % 20 == 3 else "",
        "By vote of the harbour delegation, at a meeting duly called." if place == 6 else "",
        {9: "VT", 40: "Vermont"}.get(place, ""),
        COSTS[place % len(COSTS)] if kind == "New Business Item" else "",
        "OS-2 Light for all" if place == 12 else "",
        STATUSES[place % len(STATUSES)],
        f"https://example.org/business/{year}-{place + 1:03}/" if place % 2 else "",
        "yes" if is_cut else "",
    ]


def working_sheet(listed: AssemblyList, today: date, month: int = 1) -> bytes:
    """An XLSX of the office: what was done about some of the items that were adopted; in each month
    something else.
    """
    adopted = [row for row in listed.rows if row[1] == KINDS[0][0] and row[9].startswith("Adopted")]
    lines: list[list[object]] = [
        ["Follow-through of the office", *[None] * 9],
        [
            "NBI no.",
            "Year",
            "Who has it",
            "Contact",
            "Status",
            "What was done",
            "On",
            "Spent",
            "Due",
            "Notes",
        ],
    ]
    for place, row in enumerate(adopted[:HELD]):
        lines.append(
            [
                int(row[2]),
                listed.year,
                UNITS[place % 2],
                LEADS[place % 2] if place % 3 else None,
                ("In progress", "Complete", "Blocked", HALF_KNOWN)[place % 4],
                f"Letters went to {place + 2 * month} districts.",
                today - timedelta(days=place % 5),
                1_000 + place if place % 4 == 1 else None,
                today + timedelta(days=200 + place),
                "Ask again in spring" if place % 6 == 0 else None,
            ]
        )
    return workbook(("Follow-through", lines), ("Telephone", [["Printer"], ["Ferry office"]]))
