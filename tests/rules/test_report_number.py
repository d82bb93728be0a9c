"""The number of a report in a file, wherever the pieces are cut in which it comes."""

from __future__ import annotations

import pytest

from tracker.rules.report_number import LONGEST_NUMBER, MARKER, NumberInFile

FILE = f"%PDF-1.7 ... {MARKER}PA-port-alder-2026-1</dc:identifier> ... {MARKER}OTHER-1<".encode()


def number_in(*pieces: bytes) -> str | None:
    finder = NumberInFile()
    for piece in pieces:
        finder.feed(piece)
    return finder.number


@pytest.mark.parametrize("cut", range(len(FILE)))
def test_it_is_found_wherever_the_file_is_cut(cut: int) -> None:
    assert number_in(FILE[:cut], FILE[cut:]) == "PA-port-alder-2026-1"


def test_it_is_found_in_pieces_of_one_byte() -> None:
    assert number_in(*(bytes([byte]) for byte in FILE)) == "PA-port-alder-2026-1"


def test_it_may_be_the_end_of_the_file() -> None:
    assert number_in(b"... TrackerRep", b"ort:PA-2026-", b"1") == "PA-2026-1"


def test_what_is_no_number_is_none() -> None:
    longest = b"A" * LONGEST_NUMBER
    assert number_in(b"") is None
    assert number_in(b"no marker", b"at all") is None
    assert number_in(b"TrackerReport:", b"<") is None
    assert number_in(b"TrackerReport:\xff\xfe") is None
    assert number_in(b"TrackerReport:", longest, b"<") == longest.decode()
    assert number_in(b"TrackerReport:", longest, b"A", b"<") is None
    assert number_in(b"TrackerReport:" + longest * 1000 + b"<") is None
