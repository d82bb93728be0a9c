"""A request: its JSON, its key, and what jobs of an older version asked for."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tracker.reports.models import Paper, PrintOptions, Reading, ReportKind
from tracker.reports.requests import ReportRequest

SHORT = ReportRequest(kind=ReportKind.SHORT, convention_ids=(3,))
ALL_SAID = ReportRequest(
    kind=ReportKind.DELEGATION,
    convention_ids=(3, 4),
    item_id=5,
    delegation_id=6,
    unit_id=7,
    as_of=date(2026, 11, 30),
    reading=Reading.HAPPENED,
    filters={"verdict": "no-word", "q": "", "kind": "nbi"},
    texts=False,
    paper=Paper.A4,
    large=True,
    mono=True,
    live=True,
    edition_id=8,
    up_to=9,
)


@pytest.mark.parametrize("request_of", [SHORT, ALL_SAID])
def test_it_comes_back_from_its_json(request_of: ReportRequest) -> None:
    arguments = json.loads(json.dumps(request_of.to_arguments()))
    assert ReportRequest.from_arguments(arguments) == request_of


def test_what_is_as_usual_is_not_in_its_json() -> None:
    assert SHORT.to_arguments() == {"kind": "short", "conventions": [3]}
    assert set(ALL_SAID.to_arguments()) >= {"texts", "reading", "filters", "up_to"}


def test_the_same_request_has_the_same_key() -> None:
    same = ReportRequest(
        kind=ReportKind.SHORT, convention_ids=(3,), filters={"q": ""}, reading=Reading.KNOWN
    )
    assert same.key == SHORT.key and len(SHORT.key) == 64
    others = [SHORT.frozen(9, date(2026, 1, 1)), ALL_SAID, ReportRequest(kind=ReportKind.FULL)]
    assert len({SHORT.key, *(other.key for other in others)}) == 4


def test_the_order_of_filters_is_the_same_whoever_wrote_them() -> None:
    one = ReportRequest(kind=ReportKind.FULL, filters={"verdict": "done", "kind": "nbi"})
    other = ReportRequest(kind=ReportKind.FULL, filters={"kind": "nbi", "verdict": "done"})
    assert one.key == other.key and one.canonical == other.canonical


def test_arguments_of_older_jobs_are_understood() -> None:
    item = {"convention": 3, "form": "item", "as_of": None, "item": 5, "code": "nbi-2"}
    assert ReportRequest.from_arguments(item) == ReportRequest(
        kind=ReportKind.ITEM, convention_ids=(3,), item_id=5
    )
    copy = {
        "convention": 3,
        "form": "short",
        "as_of": "2026-11-30",
        "item": None,
        "code": None,
        "edition": 8,
        "edition_number": 1,
        "live": True,
    }
    request_of = ReportRequest.from_arguments(copy)
    assert request_of.edition_id == 8 and request_of.live
    assert request_of.as_of == date(2026, 11, 30) and request_of.convention_id == 3


def test_how_it_is_printed() -> None:
    assert ALL_SAID.options == PrintOptions(paper=Paper.A4, large=True, mono=True, texts=False)
    assert SHORT.options == PrintOptions()
