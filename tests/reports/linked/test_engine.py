"""The walk from page to page gives the pages of a document in one go, and lays out the few that a
change has touched.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Sequence
from pathlib import Path

import pytest
import weasyprint

from tracker.reports.linked import engine
from tracker.reports.linked.engine import LaidOut, first_pages, lay_out_document
from tracker.reports.linked.flow import Flow
from tracker.reports.linked.layout import LayoutRequest, LayoutTask, Stretch, prepared
from tracker.reports.linked.pages import PageStore
from tracker.reports.linked.position import Position
from tracker.reports.linked.processes import PageTask, Watch
from tracker.reports.linked.structure import VARIANT
from tracker.reports.printing.fetchers import BASE, FONT_CONFIGURATION, packaged_only

SHEET = """
@font-face { font-family: X; src: url("public-sans-latin-400.ttf"); }
@page { size: 80mm 60mm; margin: 8mm; }
html { font: 9pt/1.4 X; } h1, h2, p { margin: 0; } h1 { margin-top: 9mm; } h2 { margin-top: 4mm; }
h1, h2 { font-size: 12pt; break-after: avoid; }
p { orphans: 2; widows: 2; } .whole, tr { break-inside: avoid; } table { width: 100%; }
.cover { break-after: page; } .rows tr:last-child { break-before: avoid; }
.index a::after { content: " (" attr(data-page) ")"; }"""

REQUEST = LayoutRequest((SHEET,), packaged_only, BASE, VARIANT, FONT_CONFIGURATION)
ITEMS = 24


class HereAndNow:
    """Does in this process what others would do, one task after the other."""

    def __init__(self, store: PageStore, count: int = 1) -> None:
        self.count = count
        self.tasks: list[PageTask] = []
        self._store = store

    def run(self, tasks: Sequence[PageTask], watch: Watch) -> None:
        self.tasks += tasks
        for task in tasks:
            for made in task.perform(REQUEST, self._store):
                watch(made)


def item(number: int, sentences: int) -> str:
    words = "Forty locals were asked what they need. " * sentences
    return (
        f'<!--unit--><div class="item" id="i{number}"><h2>Item {number}</h2>'
        f"<p>{words}</p><p class='whole'>It was done.<br/>{words[:80]}</p></div>"
    )


def document(lengths: Sequence[int]) -> str:
    rows = "".join(
        f"<!--unit--><tr><td>{number}</td><td>Item {number}{' and more' * length}</td></tr>"
        for number, length in enumerate(lengths)
    )
    items = "".join(item(number, length) for number, length in enumerate(lengths))
    index = ", ".join(
        f'<a href="goto:i{number}" data-to="#i{number}" data-page="">{number}</a>'
        for number in range(len(lengths))
    )
    return (
        '<!--open--><html lang="en"><head><title>All</title></head><body><!--in-->'
        '<!--unit--><div class="cover"><h1>All items</h1></div>'
        "<!--open--><section><!--in--><!--unit--><h1>At a glance</h1>"
        '<!--open--><table class="rows"><thead><tr><th>No.</th><th>Item</th></tr></thead><tbody>'
        f"<!--in-->{rows}<!--out--></tbody></table><!--close--><!--out--></section><!--close-->"
        f"<!--open--><section><!--in--><!--unit--><h1>One by one</h1>{items}<!--out--></section>"
        f'<!--close--><!--unit--><section class="index"><h1>Index</h1><p>{index}</p></section>'
        "<!--out--></body></html><!--close-->"
    )


def lengths(seed: int = 3) -> list[int]:
    dice = random.Random(seed)
    return [dice.choice((1, 2, 3, 5, 9)) for _number in range(ITEMS)]


def laid_out(text: str, store: PageStore, count: int = 1) -> LaidOut:
    return lay_out_document(text, store, HereAndNow(store, count), lambda done, of: None)


def anchors_in_one_go(text: str) -> dict[str, int]:
    """Of WeasyPrint alone, without anything of ours but the sheet."""
    setting = prepared(REQUEST)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = weasyprint.HTML(
            string=text, base_url=setting.base_url, url_fetcher=setting.fetcher
        ).render(stylesheets=list(setting.sheets), font_config=setting.fonts, pdf_variant=VARIANT)
    numbers: dict[str, int] = {}
    for number, page in enumerate(whole.pages, 1):
        for name in page.anchors:
            numbers.setdefault(name, number)
    return numbers | {"pages": len(whole.pages)}


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(tmp_path / "pages", "tests")


@pytest.mark.parametrize("count", [1, 2])
def test_pages_are_those_of_the_document_in_one_go(store: PageStore, count: int) -> None:
    text = document(lengths())

    result = laid_out(text, store, count)

    whole = anchors_in_one_go(text)
    assert first_pages(result.pages) | {"pages": len(result.pages)} == whole
    assert whole["pages"] > 20


def test_nothing_is_laid_out_again(store: PageStore) -> None:
    first = laid_out(document(lengths()), store)

    again = laid_out(document(lengths()), store)

    assert again.made == 0 and again.pages == first.pages


@pytest.mark.parametrize("seed", range(3))
def test_after_a_change_few_pages_are_laid_out_and_all_are_right(
    store: PageStore, seed: int
) -> None:
    before = lengths()
    first = laid_out(document(before), store)
    dice = random.Random(seed)
    after = list(before)
    match seed % 3:
        case 0:
            after[dice.randrange(ITEMS)] += dice.choice((1, 4))
        case 1:
            del after[dice.randrange(ITEMS)]
        case 2:
            after.insert(dice.randrange(ITEMS), 2)
    text = document(after)

    result = laid_out(text, store)

    whole = anchors_in_one_go(text)
    assert first_pages(result.pages) | {"pages": len(result.pages)} == whole
    if seed % 3 == 0:  # else the number of each item behind it is another
        assert 0 < result.made < len(first.pages) / 2


def test_the_index_has_the_numbers_of_the_pages(store: PageStore) -> None:
    """Its text is known late, so that it is kept by its numbers: other numbers are other pages."""
    before = lengths()
    laid_out(document(before), store)
    longer = [before[0] + 30, *before[1:]]

    running = HereAndNow(store)
    result = lay_out_document(document(longer), store, running, lambda done, of: None)

    numbers = first_pages(result.pages)
    texts = [task.flow.units[-1].text for task in running.tasks if isinstance(task, LayoutTask)]
    assert f'data-to="#i7" data-page="{numbers["i7"]}"' in texts[-1]


def test_a_stretch_goes_on_until_it_meets_the_next_one(store: PageStore) -> None:
    flow = Flow.of_text(document(lengths()))
    middle = next(unit.number for unit in flow.units if 'id="i12"' in unit.text)
    later = LayoutTask(flow, Stretch(Position(middle), len(flow.units)))
    earlier = LayoutTask(flow, Stretch(Position(0), middle))

    speculated = list(later.perform(REQUEST, store))
    made = list(earlier.perform(REQUEST, store))

    assert made[-1].end >= middle, "it went on to where the other began"
    assert len(speculated) + len(made) < len(laid_out(document(lengths()), store).pages) + 4


def test_where_a_page_begins_in_any_case_the_document_is_cut(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHARACTERS_OF_PAGE", 300)  # these pages are small
    marked = '<!--unit--><div class="item" id="i{0}">'
    text = document(lengths())
    for number in (8, 16):
        text = text.replace(
            marked.format(number),
            f'<!--page--><div style="break-before: page" class="item" id="i{number}">',
        )
    running = HereAndNow(store, 2)

    result = lay_out_document(text, store, running, lambda done, of: None)

    whole = anchors_in_one_go(text)
    assert first_pages(result.pages) | {"pages": len(result.pages)} == whole
    stretches = [task.stretch for task in running.tasks if isinstance(task, LayoutTask)]
    assert len([stretch for stretch in stretches if stretch.begins.forced == "page"]) >= 2
    assert result.made <= len(result.pages) + 1, "none is laid out twice, but for the index"


def test_a_stretch_before_one_that_has_not_begun_ends_with_its_unit(store: PageStore) -> None:
    flow = Flow.of_text(document(lengths()))

    made = list(LayoutTask(flow, Stretch(Position(0), 10)).perform(REQUEST, store))

    assert made[-1].begin < 10 <= made[-1].end


def test_progress_counts_items(store: PageStore) -> None:
    notes: list[tuple[int, int]] = []

    lay_out_document(
        document(lengths()), store, HereAndNow(store), lambda done, of: notes.append((done, of))
    )

    assert notes[-1] == (ITEMS, ITEMS) and notes[0][0] == 0
    assert [done for done, _of in notes] == sorted(done for done, _of in notes)


def test_whoever_stops_it_stops_it(store: PageStore) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        lay_out_document(document(lengths()), store, HereAndNow(store), stop)
