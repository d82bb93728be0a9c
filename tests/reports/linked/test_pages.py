"""A page is found again where it begins at the same place and takes in the same text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tracker.reports.linked.flow import Flow
from tracker.reports.linked.pages import PageStore, tidy
from tracker.reports.linked.position import Position, inside_from, resume_from


def flow_of(*words: str) -> Flow:
    units = "".join(f"<!--unit--><p>{word}</p>" for word in words)
    return Flow.of_text(f"<!--open--><body><!--in-->{units}<!--out--></body><!--close-->")


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(tmp_path / "pages", "one version")


FLOW = flow_of("a", "b", "c", "d", "e")
BEGINS, ENDS = Position(1), Position(3, inside='{"0": null}')


def test_a_page_is_found_by_its_beginning_and_its_text(store: PageStore) -> None:
    kept = store.store(FLOW, BEGINS, ENDS, 4, b"page")

    assert store.find(FLOW, BEGINS) == kept
    assert kept.fragment.read_bytes() == b"page"
    # what stands behind has no part in it, nor has what stood before the unit before
    assert store.find(flow_of("a", "b", "c", "d", "other"), BEGINS) == kept


@pytest.mark.parametrize(
    "words",
    [
        ("other", "b", "c", "d", "e"),  # the unit before: margins between the two
        ("a", "other", "c", "d", "e"),
        ("a", "b", "c", "other", "e"),
        ("a", "b", "c"),  # the document is shorter
    ],
)
def test_another_text_is_another_page(store: PageStore, words: tuple[str, ...]) -> None:
    store.store(FLOW, BEGINS, ENDS, 4, b"page")

    assert store.find(flow_of(*words), BEGINS) is None


def test_another_beginning_is_another_page(store: PageStore) -> None:
    store.store(FLOW, BEGINS, ENDS, 4, b"page")

    for other in (
        Position(2),
        Position(1, frames=1),
        Position(1, inside='{"0": null}'),
        Position(1, forced="page"),
        Position(1, page_name="cover"),
    ):
        assert store.find(FLOW, other) is None


def test_the_last_page_is_found_only_where_the_document_ends(store: PageStore) -> None:
    kept = store.store(FLOW, BEGINS, None, 5, b"page")

    assert store.find(FLOW, BEGINS) == kept
    assert store.find(flow_of("a", "b", "c", "d", "e", "f"), BEGINS) is None


def test_a_page_is_found_at_another_number(store: PageStore) -> None:
    store.store(FLOW, BEGINS, ENDS, 4, b"page")
    longer = flow_of("new", "a", "b", "c", "d", "e")

    found = store.find(longer, Position(2))

    assert found is not None
    assert (found.begins, found.ends) == (Position(2), Position(4, inside='{"0": null}'))


def test_another_version_of_the_program_finds_nothing(store: PageStore, tmp_path: Path) -> None:
    store.store(FLOW, BEGINS, ENDS, 4, b"page")

    assert PageStore(tmp_path / "pages", "another version").find(FLOW, BEGINS) is None


def test_a_page_without_its_end_is_not_found(store: PageStore) -> None:
    kept = store.store(FLOW, BEGINS, ENDS, 4, b"page")
    kept.fragment.with_suffix(".json").write_text("{")

    assert store.find(FLOW, BEGINS) is None


def test_numbers_are_given_once(tmp_path: Path) -> None:
    stores = [PageStore(tmp_path / "pages", "one"), PageStore(tmp_path / "pages", "two")]
    ranges = [
        range(first, first + count)
        for count in (3, 140, 1)
        for store in stores
        for first in [store.allocate(count)]
    ]

    numbers = [number for one in ranges for number in one]
    assert len(set(numbers)) == len(numbers) == 2 * (3 + 140 + 1)


def test_pages_whose_numbers_would_be_given_again_are_gone(
    store: PageStore, tmp_path: Path
) -> None:
    store.store(FLOW, BEGINS, ENDS, 4, b"page")
    (tmp_path / "pages" / "next_number").unlink()

    assert PageStore(tmp_path / "pages", "one version").find(FLOW, BEGINS) is None


def test_a_page_is_not_found_where_the_last_unit_that_it_looked_at_ends_a_frame(
    store: PageStore,
) -> None:
    """The last row of a table may have to take another one with it."""
    rows = "<!--unit--><i>1</i><!--unit--><i>2</i><!--unit--><i>3</i>"
    end = "<!--unit--><p>end</p><!--unit--><p>end</p>"
    text = f"<!--open--><body><!--in--><!--open--><b><!--in-->{rows}<!--out--></b><!--close-->{end}"
    text += "<!--out--></body><!--close-->"
    kept = store.store(Flow.of_text(text), Position(0), Position(1), 2, b"page")

    assert store.find(Flow.of_text(text.replace(">end<", ">other<")), Position(0)) == kept
    shorter = text.replace("<!--unit--><i>3</i>", "")
    assert store.find(Flow.of_text(shorter), Position(0)) is None


def test_pages_that_were_not_used_for_long_are_removed(store: PageStore, tmp_path: Path) -> None:
    used, unused = (store.store(FLOW, Position(unit), ENDS, 4, b"page") for unit in (1, 2))
    for page in (used, unused):
        os.utime(page.fragment, (0, 0))
    store.find(FLOW, Position(1))

    tidy(tmp_path / "pages", days=30)

    assert used.fragment.exists() and not unused.fragment.parent.exists()


def test_margins_and_fonts_that_nobody_used_for_long_go(store: PageStore) -> None:
    unused = [store.stamp("an old head"), store.fonts / "old.subset"]
    used = [store.stamp("a head"), store.fonts / "new.subset", store.fonts / "a font file"]
    for path in [*unused, *used]:
        path.write_bytes(b"")
    for path in [*unused, used[-1]]:
        os.utime(path, (0, 0))

    tidy(store.fonts.parent, days=30)

    assert not any(path.exists() for path in unused) and all(path.exists() for path in used)


def test_a_folder_whose_numbers_run_out_is_begun_anew(store: PageStore, tmp_path: Path) -> None:
    store.store(FLOW, BEGINS, ENDS, 4, b"page")
    store.allocate(2_000_000)

    tidy(tmp_path / "pages", days=30)

    assert not (tmp_path / "pages").exists()


def test_only_the_program_may_write_into_the_folder(store: PageStore, tmp_path: Path) -> None:
    assert (tmp_path / "pages").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "resume", [None, {3: None}, {3: {0: {208: None}}}, {1: {0: None, 2: None}}]
)
def test_where_a_box_goes_on_is_kept_as_it_is(resume: dict[int, object] | None) -> None:
    assert resume_from(inside_from(resume)) == resume  # type: ignore[arg-type]
