"""How far a layout is: items done of all, as pages are finished."""

from __future__ import annotations

import pytest
import weasyprint
from weasyprint import document

from tracker.reports.printing.layout_progress import items_laid_out

PAGES = "".join(f'<p id="nbi-{number}" style="break-after: page">x</p>' for number in range(1, 5))
ANCHORS = [f"nbi-{number}" for number in range(1, 5)]


class Cancelled(Exception):
    pass


def test_items_are_done_as_the_next_begin() -> None:
    notes: list[tuple[str, int | None, int | None]] = []
    with items_laid_out(ANCHORS, lambda *note: notes.append(note)):
        pages = weasyprint.HTML(string=PAGES).render().pages
    assert len(pages) >= 4
    done = [note[1] for note in notes]
    assert done == sorted(done, key=lambda count: count or 0) and {0, 1, 2, 3, 4} == set(done)
    assert done[-1] == 4 and {(stage, of) for stage, _done, of in notes} == {("layout", 4)}


def test_without_items_it_is_not_known() -> None:
    notes = []
    with items_laid_out([], lambda *note: notes.append(note)):
        weasyprint.HTML(string=PAGES).render()
    assert set(notes) == {("layout", None, None)}


def test_a_job_that_was_cancelled_ends_at_a_page_and_leaves_nothing_behind() -> None:
    collector = document.TargetCollector

    def note(stage: str, done: int | None, of: int | None) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled), items_laid_out(ANCHORS, note):
        weasyprint.HTML(string=PAGES).render()
    assert document.TargetCollector is collector
