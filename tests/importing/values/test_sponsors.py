"""Sponsors of a list: delegations, and persons where the heading or the cell says so.

What can be either is asked for. All names are invented.
"""

from __future__ import annotations

import pytest

from tests.factories.import_office import Office, counts, messages, table
from tracker.importing.values import sponsors
from tracker.importing.values.sponsors import People, PeopleColumn

DELEGATIONS = {
    "Port Alberni": ["Port Alberni"],
    "Central Kootenay RD": ["Central Kootenay RD"],
    "Grand Rapids EA": ["Grand Rapids EA"],
    "Kamloops": ["Kamloops"],
    "Powell River": ["Powell River"],
    "Vancouver / Burnaby": ["Vancouver", "Burnaby"],
    "Black / Hispanic Caucus": ["Black / Hispanic Caucus"],
    "Texas and Ohio": ["Texas", "Ohio"],
    "Texas, Ohio": ["Texas", "Ohio"],
    "Capital RD and Nanaimo RD": ["Capital RD", "Nanaimo RD"],
    "Council, Northern Isles Branch; Southern Branch": [
        "Council, Northern Isles Branch",
        "Southern Branch",
    ],
    "50 dlgts": ["50 delegates"],
    "the Board": ["the Board"],
    "St. John's Church": ["St. John's Church"],
    "Lee County": ["Lee County"],
    "Stockholms krets": ["Stockholms krets"],
    "Sección 22": ["Sección 22"],
    "Committee on the Status of Women and Girls in the Workplace": [
        "Committee on the Status of Women and Girls in the Workplace"
    ],
    "OR": ["Oregon"],
    "Kamloops, Vernon, Kelowna": ["Kamloops", "Vernon", "Kelowna"],
}
PERSONS: dict[str, list[tuple[str, str | None]]] = {
    "Vermont, T. Quill": [("T. Quill", "Vermont")],
    "T. Quill, Vermont": [("T. Quill", "Vermont")],
    "Vermont / T. Quill": [("T. Quill", "Vermont")],
    "Surrey (T. Quill)": [("T. Quill", "Surrey")],
    "T. Quill of Vermont": [("T. Quill", "Vermont")],
    "Surrey: T. Quill": [("T. Quill", "Surrey")],
    "A. Park / B. Lund": [("A. Park", None), ("B. Lund", None)],
    "A. Park and B. Lund": [("A. Park", None), ("B. Lund", None)],
    "A. Park, B. Lund": [("A. Park", None), ("B. Lund", None)],
    "Quill, T.": [("T. Quill", None)],
    "Ana Roe - CA": [("Ana Roe", "California")],
    "Mary Smith-Jones, Vermont": [("Mary Smith-Jones", "Vermont")],
    "Dr. Quill": [("Dr. Quill", None)],
    "Moved by: Ana Roe": [("Ana Roe", None)],
}
EITHER = [
    "Ana Roe",
    "ana roe",
    "ANA ROE",
    "Roe, Ana",
    "Ana Roe, President",
    "Springfield, Illinois",
    "Tom Hill",
    "ana@example.org",
    "Vote by a majority of the state delegation at its meeting.",
    "Majority vote at regularly called meeting of the state delegation",
    "Vote by a majority of the delegation at its meeting",
    "It was brought in by several members of the assembly",
]


@pytest.mark.parametrize("cell", DELEGATIONS)
def test_a_column_of_sponsors_holds_delegations(cell: str) -> None:
    assert sponsors.read(cell, PeopleColumn.SPONSORS) == People(tuple(DELEGATIONS[cell]))


@pytest.mark.parametrize("cell", PERSONS)
@pytest.mark.parametrize("column", list(PeopleColumn))
def test_a_cell_that_says_that_it_is_a_person(cell: str, column: PeopleColumn) -> None:
    assert (
        sponsors.read(cell, column).persons == tuple(PERSONS[cell])
        and not sponsors.read(cell, column).delegations
    )


@pytest.mark.parametrize("cell", EITHER)
@pytest.mark.parametrize("column", [PeopleColumn.SPONSORS, PeopleColumn.BOTH])
def test_what_can_be_either_or_is_neither(cell: str, column: PeopleColumn) -> None:
    assert sponsors.read(cell, column) == People(unclear=True)


def test_among_persons_two_words_are_not_taken_for_a_place() -> None:
    assert (
        sponsors.people_in_column("Sponsor", ["Prince George", "A. Park"]) is PeopleColumn.BOTH
        and sponsors.people_in_column("Sponsor", ["Prince George", "Vermont, T. Quill"])
        is PeopleColumn.SPONSORS
    )
    assert (
        sponsors.read("Prince George", PeopleColumn.SPONSORS).delegations
        and sponsors.read("Prince George", PeopleColumn.BOTH).unclear
    )
    assert sponsors.read("Kamloops", PeopleColumn.BOTH).delegations == ("Kamloops",)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Sponsoring delegation", PeopleColumn.DELEGATIONS),
        ("State", PeopleColumn.DELEGATIONS),
        ("Submitted by (name)", PeopleColumn.PERSONS),
        ("Sponsor name", PeopleColumn.PERSONS),
        ("Name of delegation", PeopleColumn.DELEGATIONS),
        ("Submitted by", PeopleColumn.SPONSORS),
    ],
)
def test_what_a_heading_says_of_its_cells(heading: str, column: PeopleColumn) -> None:
    assert sponsors.people_in_column(heading, ["Ana Roe", "Bo Li"]) is column


def test_words_that_cannot_be_told_stay_inside_with_one_warning(office: Office) -> None:
    cells = [
        "Port Alberni",
        "Ana Roe",
        "Vermont, T. Quill",
        "A. Park / B. Lund",
        "Bo Li",
        "Vote by a majority of the state delegation at its meeting.",
    ]
    sheet = table(
        ("Year", "NBI", "Title", "Sponsor"),
        *(("2018", str(number), f"Title {number}", cell) for number, cell in enumerate(cells, 1)),
    )
    preview = office.take(sheet)
    items = office.items()
    assert [items[f"nbi-{number}"].delegations for number in range(1, 7)] == [
        ("Port Alberni",),
        (),
        ("Vermont",),
        (),
        (),
        (),
    ]
    assert [
        [(sponsor.name, sponsor.delegation) for sponsor in items[code].sponsors]
        for code in ("nbi-3", "nbi-4")
    ] == [[("T. Quill", "Vermont")], [("A. Park", None), ("B. Lund", None)]]
    assert [[source.words for source in items[f"nbi-{number}"].source] for number in (2, 5, 6)] == [
        [cells[1]],
        [cells[4]],
        [cells[5]],
    ]
    assert (
        messages(preview).count("cannot be told") == 1
        and "3 Sponsor" in messages(preview)
        and "2 other cells" in messages(preview)
    )
    assert counts(office.look(sheet)) == (0, 0, 6, 0)


def test_a_column_whose_heading_names_persons_holds_persons(office: Office) -> None:
    office.take(
        table(
            ("Year", "NBI", "Title", "Moved by (name)", "Seconder"),
            ("2018", "1", "Air", "Port Quill", "Smith"),
            ("2018", "2", "Water", "Local 12", ""),
        )
    )
    first, second = office.item("nbi-1"), office.item("nbi-2")
    assert [(sponsor.part, sponsor.name, sponsor.delegation) for sponsor in first.sponsors] == [
        ("maker", "Port Quill", None),
        ("seconder", "Smith", None),
    ]
    assert first.delegations == () and second.delegations == ("Local 12",)
