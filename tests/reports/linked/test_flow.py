"""A text is cut into units, and any stretch of them is a document again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.reports.linked.flow import Flow, NotMarked
from tracker.reports.linked.position import Position, page_beginning

TEXT = """<!--open--><!DOCTYPE html>
<html lang="en"><head><title>2 March</title></head><body><!--in-->
<!--unit--><section>Cover</section>
<!--open--><section id="list"><!--in-->
<!--unit--><h1>List</h1>
<!--open--><table><thead><tr><th>No.</th></tr></thead><tbody><!--in-->
<!--unit--><tr><td>1</td></tr>
<!--unit--><tr><td>2</td></tr>
<!--out--></tbody></table><!--close-->
<!--out--></section><!--close-->
<!--unit--><p>End</p>
<!--out--></body></html><!--close-->"""


def test_each_unit_is_one_element_in_its_frames() -> None:
    flow = Flow.of_text(TEXT)

    assert [unit.text for unit in flow.units] == [
        "<section>Cover</section>",
        "<h1>List</h1>",
        "<tr><td>1</td></tr>",
        "<tr><td>2</td></tr>",
        "<p>End</p>",
    ]
    assert [unit.frame.depth for unit in flow.units] == [0, 1, 2, 2, 0]
    assert flow.first_units == {0: 0, 1: 1, 2: 2}
    assert flow.last_units == {0: 4, 1: 3, 2: 3}


def test_a_window_has_the_frames_and_the_head_of_its_table() -> None:
    window = Flow.of_text(TEXT).window(3, 5)

    assert "<thead>" in window and '<tr data-unit="3"><td>2</td></tr>' in window
    assert "<td>1</td>" not in window and "List" not in window
    assert window.index("</table>") < window.index("</section>") < window.index("End")
    assert window.rstrip().endswith("</body></html>")


def test_what_stands_in_the_head_of_the_document_is_in_no_window_and_changes_no_unit() -> None:
    flow, next_day = Flow.of_text(TEXT), Flow.of_text(TEXT.replace("2 March", "3 March"))

    assert "March" not in flow.window(0, 5)
    assert [unit.digest for unit in flow.units] == [unit.digest for unit in next_day.units]


def test_a_frame_that_changes_changes_its_units_and_no_others() -> None:
    flow, other = Flow.of_text(TEXT), Flow.of_text(TEXT.replace("No.", "Number"))

    same = [a.digest == b.digest for a, b in zip(flow.units, other.units, strict=True)]
    assert same == [True, True, False, False, True]


def test_a_unit_with_another_text_is_another_unit() -> None:
    flow = Flow.of_text(TEXT)
    changed = flow.with_texts({4: "<p>Fin</p>"})

    assert changed.units[4].text == "<p>Fin</p>"
    assert changed.units[4].digest != flow.units[4].digest
    assert changed.units[:4] == flow.units[:4]


def test_a_unit_that_is_the_last_of_its_frame_is_another_unit() -> None:
    """Rules of style ask for the last row."""
    flow = Flow.of_text(TEXT)
    longer = Flow.of_text(
        TEXT.replace("<!--out--></tbody>", "<!--unit--><tr></tr><!--out--></tbody>")
    )

    assert [unit.ends for unit in flow.units] == [0, 0, 0, 2, 1]
    assert flow.units[3].text == longer.units[3].text
    assert flow.units[3].digest != longer.units[3].digest
    assert flow.units[2].digest == longer.units[2].digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!--open--><i><!--in--><!--unit--><p>1</p><!--open--><b><!--in--><!--out--></b><!--close-->"
        "<!--out--></i><!--close-->",
        "<html></html>",
        "<!--open--><html><!--in--><!--out--></html><!--close-->",
        "<!--open--><html><!--in--><!--unit--><p>1</p>",
        "<!--open--><html><!--in-->lost<!--unit--><p>1</p><!--out--></html><!--close-->",
        "<!--open--><i><!--in--><!--unit--><p>1</p><!--out--></i><!--close--><!--unit--><p>2</p>",
        "<!--open--><i><!--in--><!--unit--><p>1</p><!--out--></i><!--close--><!--out-->",
    ],
)
def test_marks_that_do_not_fit_are_refused(text: str) -> None:
    with pytest.raises(NotMarked):
        Flow.of_text(text)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.lists(st.sampled_from(["unit", "table"]), min_size=1, max_size=12))
def test_windows_side_by_side_hold_every_unit_once(data: st.DataObject, kinds: list[str]) -> None:
    parts = []
    for number, kind in enumerate(kinds):
        part = f"<!--unit--><p>[{number}]</p>"
        if kind == "table":
            part = f"<!--open--><b><!--in-->{part}<!--out--></b><!--close-->"
        parts.append(part)
    flow = Flow.of_text(f"<!--open--><i><!--in-->{''.join(parts)}<!--out--></i><!--close-->")
    middle = data.draw(st.integers(0, len(kinds)))

    both = flow.window(0, middle) + flow.window(middle, len(kinds))

    assert all(both.count(f"[{number}]") == 1 for number in range(len(kinds)))
    assert both.count("<b ") == both.count("</b>") == kinds.count("table")


def test_a_unit_may_begin_a_page_with_the_frames_that_it_opens() -> None:
    flow = Flow.of_text(TEXT.replace("<!--unit--><h1>List", "<!--page--><h1>List"))

    assert [unit.begins_page for unit in flow.units] == [False, True, False, False, False]
    assert [flow.frames_begun(unit.number) for unit in flow.units] == [0, 1, 1, 0, 0]
    assert page_beginning(flow, 1) == Position(1, frames=1, forced="page")
