"""Nothing but its bytes makes a file genuine; what is typed is read as people type it."""

from __future__ import annotations

import pytest

from tracker.rules.report_verification import ReportCheckResult, read_checksum, result_of_file


@pytest.mark.parametrize(
    ("is_issued", "bears_known_number", "result"),
    [
        (True, True, ReportCheckResult.GENUINE),
        (True, False, ReportCheckResult.GENUINE),  # CSV bears no number
        (False, True, ReportCheckResult.ALTERED),
        (False, False, ReportCheckResult.UNKNOWN),
    ],
)
def test_the_bytes_decide(
    is_issued: bool, bears_known_number: bool, result: ReportCheckResult
) -> None:
    assert result_of_file(is_issued=is_issued, bears_known_number=bears_known_number) is result


@pytest.mark.parametrize(
    ("words", "checksum"),
    [
        ("6d1f02be9a77", "6d1f02be9a77"),
        (" 6D1F 02be\t9a77 ", "6d1f02be9a77"),
        ("a" * 64, "a" * 64),
        ("a" * 65, None),
        ("6d1f02be9a7", None),
        ("PA-2026-1", None),
        ("\uff16d1f02be9a77", None),
        ("", None),
    ],
)
def test_a_checksum_is_read_in_groups_or_not(words: str, checksum: str | None) -> None:
    assert read_checksum(words) == checksum
