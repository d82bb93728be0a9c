"""The code on the cover of an issued report: what a camera reads, and its drawing.

It leads to the page that checks a report; where the installation names no address, it holds the
number and the checksum as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from tracker.reports.models import CollectedReport

SIGNS_OF_CHECKSUM = 16
"""Of the checksum of the data, in the code: a short address is printed in larger squares."""


@dataclass(frozen=True)
class CoverCode:
    text: str  # what a camera reads
    size: int  # squares on a side, without the margin
    path: str  # SVG: the dark squares, one unit each


def cover_code(report: CollectedReport, data_sha256: str) -> CoverCode | None:
    """None of a report without a number."""
    if report.imprint is None:
        return None
    text = check_address(report, data_sha256) or f"{report.imprint.number} {data_sha256}"
    return drawn(text)


def check_address(report: CollectedReport, data_sha256: str) -> str | None:
    """Where this report is checked; None where it has no number, or there is no address."""
    if report.imprint is None or report.base_url is None:
        return None
    arguments = {"number": report.imprint.number, "data": data_sha256[:SIGNS_OF_CHECKSUM]}
    return f"{report.base_url.rstrip('/')}/verify?{urlencode(arguments)}"


def drawn(text: str) -> CoverCode:
    """A QR code with a quarter of its squares to spare."""
    import segno

    matrix = segno.make_qr(text, error="m", boost_error=False).matrix
    return CoverCode(text=text, size=len(matrix), path="".join(_bars(matrix)))


def _bars(matrix: Iterable[Iterable[int]]) -> Iterator[str]:
    """Dark squares side by side are one bar."""
    for y, row in enumerate(matrix):
        x = 0
        for dark, squares in groupby(row):
            width = len(list(squares))
            if dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
