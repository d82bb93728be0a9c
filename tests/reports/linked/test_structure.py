"""What is left out of the tags and the text of a PDF, on plain data."""

from __future__ import annotations

from typing import Any

from tracker.reports.linked import structure


def test_kerning_that_is_nothing_is_left_out() -> None:
    items: list[Any] = [b"[<0001>0<0002>-12<0003>0] TJ", b"[<0001>2<>2.9653351<0002>] TJ", "/Span"]
    structure.shorten_texts(items)
    assert items == [b"[<00010002>-12<0003>] TJ", b"[<0001>4.97<0002>] TJ", "/Span"]


def test_margins_are_headers_and_footers() -> None:
    items: list[Any] = []
    for mark, y in enumerate((300, 40, 1100)):
        place = b"1 0 0 -1 68 %d Tm" % y
        items += ["/Span", {"MCID": mark}, b"BDC", b"BT", place, b"[<0001>] TJ", b"ET", b"EMC"]
    body = items[:8]
    structure.mark_artifacts(items, {1, 2}, middle=560.0)
    assert items[:8] == body
    for start, kind in ((8, b"Header"), (16, b"Footer")):
        assert items[start : start + 3] == [
            "/Artifact",
            b"<</Type/Pagination/Subtype/%s>>" % kind,
            b"BDC",
        ]
