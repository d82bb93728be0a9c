"""Numbers of reports, and what holds of issued reports beside each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.rules.report_issue import is_prefix, next_running, number_stem, prefix_in_force
from tracker.rules.report_states import IssuedFacts, ReportState, StateOfReport, states

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("PA", True),
        ("N-E-A2", True),
        ("pa", True),
        ("", False),
        ("-PA", False),
        ("PA-", False),
        ("P--A", False),
        ("P A", False),
        ("P/A", False),
        ("Pä", False),
        ("P" * 20, True),
        ("P" * 21, False),
    ],
)
def test_prefixes(words: str, fits: bool) -> None:
    assert is_prefix(words) == fits


def test_the_usual_prefix_is_the_slug_in_capitals() -> None:
    assert prefix_in_force("", "school-workers") == "SCHOOL-WORKERS"
    assert prefix_in_force("PA", "school-workers") == "PA"
    assert prefix_in_force("", "a-federation-of-all-workers") == "A-FEDERATION-OF-ALL"
    assert is_prefix(prefix_in_force("", "a-federation-of-al-workers"))


def test_numbers_run_within_prefix_and_convention() -> None:
    assert number_stem("PA", "2026") == "PA-2026"
    assert number_stem("PA", None) == "PA-all"
    assert next_running("PA-2026", []) == 1
    numbers = ["PA-2026-1", "PA-2026-12", "PA-2026-special-40", "PA-2025-99", "QB-2026-50"]
    assert next_running("PA-2026", numbers) == 13
    assert next_running("PA-2026-special", numbers) == 41


def report(key: int, as_of: date = DAY, **more: Any) -> IssuedFacts:
    request = {"kind": more.pop("kind", "short"), "conventions": [1], "as_of": as_of.isoformat()}
    request |= more.pop("request", {})
    return IssuedFacts(id=key, event=key, as_of=as_of, request=request, **more)


def state_of(key: int, *reports: IssuedFacts) -> StateOfReport:
    return states(reports)[key]


def test_a_later_progress_report_supersedes_be_it_the_other_form() -> None:
    both = report(1), report(2, kind="full")
    assert state_of(1, *both) == StateOfReport(state=ReportState.SUPERSEDED, superseded_by=2)
    assert state_of(2, *both).state is ReportState.NEWEST
    three = (*both, report(3))
    assert state_of(1, *three).superseded_by == 2
    assert state_of(2, *three).superseded_by == 3


@pytest.mark.parametrize(
    "other",
    [
        {"request": {"conventions": [2]}},
        {"kind": "silent"},
        {"request": {"filters": {"q": "lead"}}},
        {"request": {"reading": "happened"}},
    ],
)
def test_one_of_another_subject_supersedes_nothing(other: dict[str, Any]) -> None:
    both = report(1), report(2, **other)
    assert state_of(1, *both).state is ReportState.NEWEST
    kept = ReportState.HOLDS if "kind" in other else ReportState.NEWEST
    assert state_of(2, *both).state is kept


def test_paper_and_print_make_no_other_subject() -> None:
    both = report(1), report(2, request={"paper": "a4", "large": True, "up_to": 9, "texts": False})
    assert state_of(1, *both).superseded_by == 2


def test_one_as_of_an_earlier_day_supersedes_no_later_one() -> None:
    both = report(1), report(2, as_of=date(2026, 1, 1))
    assert state_of(1, *both).state is ReportState.NEWEST
    assert state_of(2, *both).superseded_by == 1


def test_an_erratum_corrects_and_supersedes_nothing() -> None:
    both = report(1), report(2, corrects_id=1)
    assert state_of(1, *both) == StateOfReport(state=ReportState.CORRECTED, corrected_by=(2,))
    assert state_of(2, *both).state is ReportState.ERRATUM
    later = (*both, report(3))
    assert state_of(1, *later) == StateOfReport(
        state=ReportState.SUPERSEDED, superseded_by=3, corrected_by=(2,)
    )
    assert state_of(2, *later).state is ReportState.SUPERSEDED


def test_what_is_withheld_names_what_took_its_place() -> None:
    both = report(1, is_withheld=True), report(2, replaces_id=1)
    assert state_of(1, *both) == StateOfReport(state=ReportState.WITHHELD, replaced_by=2)
    assert state_of(2, *both).state is ReportState.NEWEST


def test_one_issued_anew_has_the_place_of_the_first() -> None:
    """Withheld long after the next report: what replaces it is not newer than that."""
    three = report(1, is_withheld=True), report(2), report(3, replaces_id=1)
    assert state_of(2, *three).state is ReportState.NEWEST
    assert state_of(3, *three) == StateOfReport(state=ReportState.SUPERSEDED, superseded_by=2)


def test_an_erratum_holds_of_what_was_issued_anew_and_may_be_issued_anew_itself() -> None:
    reports = (
        report(1, is_withheld=True),
        report(2, corrects_id=1, is_withheld=True),
        report(3, replaces_id=1),
        report(4, replaces_id=2),
    )
    assert state_of(3, *reports) == StateOfReport(state=ReportState.CORRECTED, corrected_by=(4,))
    assert state_of(4, *reports).state is ReportState.ERRATUM
