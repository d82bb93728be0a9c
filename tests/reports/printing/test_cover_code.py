"""The code on the cover: what a camera reads, and that the drawing is the code."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import segno

from tests.reports.conftest import Place, report_of
from tracker.reports.models import Imprint
from tracker.reports.printing import cover_code

CHECKSUM = "6d1f02be9a77c4e1" * 4
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def test_it_leads_to_the_page_that_checks(place: Place) -> None:
    draft = report_of(place)
    assert cover_code.cover_code(draft, CHECKSUM) is None
    imprint = Imprint(number="PA-2026-1", issued_on=date(2026, 9, 4))
    issued = replace(draft, imprint=imprint, base_url="https://tracker.example/")
    code = cover_code.cover_code(issued, CHECKSUM)
    assert code and code.text == (
        "https://tracker.example/verify?number=PA-2026-1&data=6d1f02be9a77c4e1"
    )
    without_address = cover_code.cover_code(replace(issued, base_url=None), CHECKSUM)
    assert without_address and without_address.text == f"PA-2026-1 {CHECKSUM}"


def test_its_drawing_is_the_code() -> None:
    text = "https://tracker.example/verify?number=PA-2026-1&data=6d1f02be9a77c4e1"
    code = cover_code.drawn(text)
    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    squares = {
        (int(x) + step, int(y))
        for x, y, width, _back in BAR.findall(code.path)
        for step in range(int(width))
    }
    assert BAR.sub("", code.path) == "" and code.size == len(matrix)
    assert squares == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
