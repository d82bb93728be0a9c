"""The data of a report: exactly the rows that it prints, as JSON, as CSV, and their checksum."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

import jsonschema
import pytest

from tracker.reports import data, data_rows
from tracker.reports.models import CollectedReport, Report, ReportKind

from .conftest import Place, report_of

SCHEMA = json.loads(data.SCHEMA.read_text())


@pytest.fixture(scope="module")
def reports(place: Place) -> dict[ReportKind, Report]:
    return {
        ReportKind.SHORT: report_of(place),
        ReportKind.FULL: report_of(place, ReportKind.FULL),
        ReportKind.ITEM: report_of(place, ReportKind.ITEM, item_id=place.items["nbi-1"]),
    }


def json_of(place: Place, report: Report) -> Any:
    with place.app.app_context():
        return json.loads(data.to_json(report))


def table_of(place: Place, report: Report) -> list[dict[str, str]]:
    with place.app.app_context():
        return list(csv.DictReader(io.StringIO(data.to_csv(report).removeprefix("\ufeff"))))


def test_json_is_as_its_schema_says(place: Place, reports: dict[ReportKind, Report]) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    checker = jsonschema.FormatChecker()
    validator = jsonschema.Draft202012Validator(SCHEMA, format_checker=checker)
    for report in reports.values():
        document = json_of(place, report)
        validator.validate(document)
        document["data"]["rows"][0]["estimated"] = 12.5
        assert not validator.is_valid(document)


def test_each_kind_is_as_its_schema_says(
    place: Place, other_kinds: dict[str, CollectedReport]
) -> None:
    checker = jsonschema.FormatChecker()
    for kind, report in other_kinds.items():
        with place.app.app_context():
            document = json.loads(data.to_json(report))
        jsonschema.Draft202012Validator(SCHEMA, format_checker=checker).validate(document)
        content = document["data"]
        table = table_of(place, report)
        assert content["kind"] == kind and table
        if kind == ReportKind.YEARS:
            assert not content["rows"] and len(table) == len(content["figures"])
            assert {line["at"] for line in table} == {"day", "same_age", "after_a_year"}
        else:
            codes = [(row["convention"], row["code"]) for row in content["rows"]]
            assert [(line["convention"], line["code"]) for line in table] == codes
    with place.app.app_context():
        (silent,) = data.frozen_data(other_kinds[ReportKind.SILENT]).rows
        assert silent.silent_days == 290 and silent.verdict == "no_word"
        (first, *_others) = data.frozen_data(other_kinds[ReportKind.UNIT]).rows
        assert first.leads is not None and first.given_words


def test_the_schema_names_each_member() -> None:
    """A member that is added to the rows is added to the schema."""
    names = [
        [part.name for part in fields(row)] for row in vars(data_rows).values() if is_dataclass(row)
    ]
    described = [list(part.get("properties", {})) for part in SCHEMA["$defs"].values()]
    assert all(row in described for row in names)


def test_a_row_for_each_printed_row(place: Place, reports: dict[ReportKind, Report]) -> None:
    for kind, report in reports.items():
        rows = json_of(place, report)["data"]["rows"]
        printed = [
            row
            for row in report.page.rows
            if kind is not ReportKind.ITEM or row.code == report.items[0].code
        ]
        assert [row["code"] for row in rows] == [row.code for row in printed]
        table = table_of(place, report)
        assert [row["code"] for row in table] == [row.code for row in printed]
        for row, line in zip(rows, table, strict=True):
            assert line["estimated"] == (row["estimated"] or "")
            assert line["verdict"] == row["verdict"] and line["as_of"] == "2025-03-31"
    guide = json_of(place, reports[ReportKind.ITEM])["data"]["rows"][0]
    assert (
        guide["spent"] == "8742.10"
        and guide["currency"] == "USD"
        and guide["verdict"] == "carried_out"
        and guide["verdict_words"] == "Carried out"
    )


def test_no_cell_is_a_formula(place: Place, reports: dict[ReportKind, Report]) -> None:
    report = reports[ReportKind.SHORT]
    row = replace(report.page.rows[0], title='=HYPERLINK("x")', delegations=("@here", "+1"))
    page = replace(report.page, rows=(row,))
    (line,) = table_of(place, replace(report, page=page))
    assert line["title"] == '\'=HYPERLINK("x")' and line["delegations"] == "'@here; +1"


def test_the_checksum_is_of_what_the_record_says(
    place: Place, reports: dict[ReportKind, Report]
) -> None:
    short, one = reports[ReportKind.SHORT], reports[ReportKind.ITEM]
    with place.app.app_context():
        checksum = data.data_sha256(short)
        assert checksum == data.data_sha256(reports[ReportKind.FULL]) != data.data_sha256(one)
        document = json.loads(data.to_json(short))
        assert document["report"]["data_sha256"] == checksum == data.sha256_of(document["data"])
        document["data"]["rows"][0]["verdict_words"] = "Hecho"
        assert data.sha256_of(document["data"]) == checksum
        document["data"]["rows"][0]["title"] += " "
        assert data.sha256_of(document["data"]) != checksum
        later = replace(short, head=replace(short.head, event=short.head.event + 1))
        assert data.data_sha256(later) != checksum
        assert data.data_sha256(replace(short, base_url="https://other.example")) == checksum
