"""What is linked from pages that are known is the report that is laid out as a whole: the same
text, structure, links, outline, data and looks, whatever the report, and whatever changed.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.reports.conftest import TRACKER, Place, Printed
from tests.reports.printing.test_archive import findings, issue
from tracker.reports.models import CollectedReport, Paper, PrintOptions
from tracker.reports.printing.ways import PrintEngine
from tracker.translation import in_language

from . import changing
from .both_ways import BothWays
from .comparing import differences

pytestmark = pytest.mark.slow

ROUGH = (
    "Ελληνικά, кириллица, עברית, العربية, Tiếng Việt, ≤ → ✓ and 漢字\x00\x0c end.",
    "word " * 20_000,
    "W" * 4_000,
    "a\u0301\u0302\u0303" * 50 + " \u202eright to left\u202c " + "\u200d" * 40,
    '<b>bold</b> <!--unit--> <!--close--> &amp; goto:items data-page=""',
    "\n".join(f"{'  ' * (level % 40)}- level {level}" for level in range(200)),
)


@pytest.fixture(scope="module")
def both(place: Place) -> BothWays:
    return BothWays(place)


@pytest.mark.parametrize("name", ["short", "full"])
def test_of_a_convention(name: str, both: BothWays, request: pytest.FixtureRequest) -> None:
    printed: Printed = request.getfixturevalue(name)
    assert both.differences(printed.report, name) == []
    assert findings(both.file(name)) == []


@pytest.mark.parametrize("kind", ["silent", "money", "unit", "delegation", "years"])
def test_of_each_other_kind(
    both: BothWays, other_kinds: dict[str, CollectedReport], kind: str
) -> None:
    assert both.differences(other_kinds[kind], kind) == []


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("large", PrintOptions(large=True, paper=Paper.A4)),
        ("plainest", PrintOptions(mono=True, texts=False)),
        pytest.param("mono", PrintOptions(mono=True, large=True), marks=pytest.mark.soak),
        pytest.param("a4", PrintOptions(paper=Paper.A4), marks=pytest.mark.soak),
    ],
)
def test_with_each_option(both: BothWays, full: Printed, name: str, options: PrintOptions) -> None:
    assert both.differences(replace(full.report, options=options), name) == []


def test_issued_and_in_another_language(place: Place, both: BothWays, short: Printed) -> None:
    with place.app.app_context(), in_language("de"):
        assert both.differences(issue(short.report), "de") == []


def test_whatever_a_text_holds(both: BothWays, full: Printed) -> None:
    """Among them the marks by which the linked way reads a document."""
    report = full.report
    for item, words in zip(report.items, ROUGH, strict=False):
        versions = (replace(item.versions[0], words=words), *item.versions[1:])
        rough = replace(item, versions=versions, title=words[:300])
        report = replace(report, items_by_id={**report.items_by_id, item.id: rough})
    assert both.differences(report, "rough") == []


@pytest.mark.parametrize(
    ("seed", "items", "changes"),
    [
        (1, 10, 2),
        *(pytest.param(seed, 40, 12, marks=pytest.mark.soak) for seed in range(2, 6)),
        pytest.param(6, 160, 4, marks=pytest.mark.soak),
    ],
)
def test_whatever_has_changed(
    both: BothWays, full: Printed, seed: int, items: int, changes: int
) -> None:
    """Linked with what was known before, linked from nothing, and laid out as a whole."""
    chance = Random(seed)
    report = changing.with_items(full.report, items)
    both.linked(report, "before", keeps_pages=True)
    for number in range(changes):
        report = changing.change(report, chance)
        known = both.linked(report, "known", keeps_pages=True)
        plain = both.plain(report, "anew")
        assert known.laid_out is not None and known.laid_out < known.pages, (seed, number)
        assert differences(plain, both.file("known")) == [], (seed, number)
    assert both.linked(report, "anew").engine is PrintEngine.LINKED
    assert differences(both.file("known"), both.file("anew"), pictures=False) == []


@pytest.mark.soak
def test_the_demonstration(demonstration_full: Path) -> None:
    """By the command."""
    instance, plain = (
        demonstration_full.with_name("instance"),
        demonstration_full.with_name("plain"),
    )
    words = ["report", "convention", "2025", "--form", "full", "--engine", "plain"]
    subprocess.run(
        [TRACKER, "--instance", instance, *words, "--output", plain],
        capture_output=True,
        check=True,
    )
    assert differences(plain, demonstration_full) == []
