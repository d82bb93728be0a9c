"""How much of an item is printed: in counts of characters and parts, never in seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from tests.reports.conftest import Place, report_of
from tracker.reading.item_models import ItemPage, SourceCellDetails
from tracker.reports import printed_items
from tracker.reports.models import ReportKind
from tracker.reports.printed_items import (
    ONE_ITEM,
    WHOLE,
    Omitted,
    PrintLimits,
    printed_item,
    without_surplus_marks,
)

MOST_CHARACTERS = 120_000
"""Of all words of an item together, whatever comes."""


@pytest.fixture(scope="module")
def item(place: Place) -> ItemPage:
    """One with a text, clauses, a record with evidence, an outcome, and money."""
    return report_of(place, ReportKind.FULL).items[0]


@pytest.fixture(scope="module")
def hostile(item: ItemPage) -> dict[str, dict[str, Any]]:
    """What may come instead of what the item has, by what is hostile in it."""
    moment = next(moment for moment in item.record if moment.words)
    piece = next(piece for moment in item.record for piece in moment.evidence)
    clause, version = item.clauses[0], item.versions[0]
    cell = SourceCellDetails(column="c" * 500, words="w " * 900, file=None, row=1, internal=False)

    def said(words: str) -> dict[str, Any]:
        return {
            "record": (replace(moment, words=words, reason=words), *item.record),
            "versions": (replace(version, words=words),),
            "outcomes": (replace(item.outcomes[0], words=words, tie=words),),
            "clauses": (replace(clause, whole=False, words=words),),
            "source": (replace(cell, words=words),),
        }

    return {
        "word": said("w" * 1_000_000) | {"title": "W" * 1_000_000},
        "text": said("word " * 200_000),
        "paragraphs": said("x\n\n" * 300_000),
        "table": said("| a | b |\n|---|---|\n" + "| one | two |\n" * 10_000),
        "lists": said("".join("  " * level + "- x\n" for level in range(500))),
        "quotations": said(">" * 5_000 + " x"),
        "marks": said(("a" + "\u0301" * 10_000 + " ") * 30) | {"title": "a" + "\u0301" * 10_000},
        "right to left": said("שלום عليكم " * 20_000),
        "no spaces": said("漢字" * 100_000),
        "entries": {"record": (replace(moment, words="Some words. " * 80),) * 2_000},
        "floor": {"floor_record": (moment,) * 2_000, "floor_in_force": item.floor_in_force * 500},
        "clauses": {"clauses": (replace(clause, whole=False, words="To do. " * 70),) * 1_000},
        "evidence": {
            "record": tuple(replace(line, evidence=(piece,) * 500) for line in item.record),
            "clauses": (replace(clause, evidence=(piece,) * 3_000),),
        },
        "claims": {"record": (replace(moment, clauses=tuple(range(5_000))),) * 200},
        "cells": {"source": (cell,) * 3_000},
        "sponsors": {
            "sponsors": tuple(
                replace(item.sponsors[0], delegation=f"Delegation {n}") for n in range(5_000)
            )
        },
        "outcomes": {"outcomes": item.outcomes * 1_000},
        "appropriations": {
            "money": replace(item.money, appropriations=item.money.appropriations * 1_000)
        },
    }


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
    elif is_dataclass(value):
        for member in fields(value):
            yield from _strings(getattr(value, member.name))


@pytest.mark.parametrize("limits", [WHOLE, ONE_ITEM[-1]], ids=["whole", "alone"])
def test_whatever_comes_an_item_has_its_limits(
    item: ItemPage, hostile: dict[str, dict[str, Any]], limits: PrintLimits
) -> None:
    for name, changes in hostile.items():
        printed = printed_item(replace(item, **changes), limits)
        own = printed.item
        words = list(_strings(own))
        assert printed.omitted and sum(map(len, words)) <= MOST_CHARACTERS, name
        assert len(words) <= 3_000 and printed.characters <= MOST_CHARACTERS, name
        assert not any(printed_items.NO_BREAK.search(text) for text in words), name
        for parts in (own.record, own.floor_record, own.source, own.clauses, own.outcomes):
            assert len(parts) <= limits.lines or len(parts) <= printed_items.MOST_CLAUSES, name


def test_what_is_left_out_is_counted(item: ItemPage, hostile: dict[str, dict[str, Any]]) -> None:
    def omitted(name: str) -> Any:
        return printed_item(replace(item, **hostile[name]), WHOLE).omitted

    assert omitted("text")[Omitted.TEXT] == 1_000_000 - WHOLE.characters
    assert omitted("sponsors") == {Omitted.SPONSORS: 5_000 - printed_items.MOST_SPONSORS}
    assert omitted("marks")[Omitted.MARKS] >= 9_992
    for name, part, count in (
        ("entries", Omitted.LINES, 2_000),
        ("floor", Omitted.FLOOR, 2_000),
        ("clauses", Omitted.CLAUSES, 1_000),
        ("cells", Omitted.CELLS, 3_000),
        ("evidence", Omitted.EVIDENCE, 3_000),
    ):
        assert 0.9 * count < omitted(name)[part] <= count + 500 * len(item.record), name


def test_an_ordinary_item_is_itself(item: ItemPage) -> None:
    printed = printed_item(item, WHOLE)
    assert printed.item == replace(item, versions=item.versions[:1]) and not printed.omitted
    assert printed.item.record[0] is item.record[0]


def test_letters_keep_the_marks_that_languages_have() -> None:
    for words in ("Tiếng Việt", "שָׁלוֹם", "e\u0301\u0323", "ascii"):
        assert without_surplus_marks(words) == words
    assert without_surplus_marks("a" + "\u0300\u0489" * 500 + "b") == "a" + "\u0300\u0489" * 4 + "b"
