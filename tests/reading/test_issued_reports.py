"""What a reader reads of the issued reports of a body, and which report a checksum names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import records
from tests.factories.issued_reports import DATA, issued
from tests.statements import counting
from tracker.acts import publications, reports
from tracker.acts.act_context import ActContext
from tracker.acts.reports import ErratumTo
from tracker.reading.audience import OFFICE, PUBLIC, Audience
from tracker.reading.issued_reports import (
    FoundReport,
    IssuedReportLine,
    find_issued,
    issued_report,
    issued_reports,
)
from tracker.record.conventions import Convention
from tracker.record.issued_reports import ReportWithholding
from tracker.rules.codes import FileVariant, Visibility, WithheldFor
from tracker.rules.report_states import ReportState

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
MEMBER = Audience(members=True)
_minutes = count()


@pytest.fixture
def session(engine: sa.Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def context(session: Session) -> ActContext:
    context = records.context_of_new_body(session, START, pages="open")
    return replace(context, now=START + timedelta(minutes=next(_minutes)))


@pytest.fixture
def convention(context: ActContext) -> Convention:
    return records.new_convention(context, 2026)


def read(context: ActContext, audience: Audience = PUBLIC) -> list[IssuedReportLine]:
    return list(issued_reports(context.session, context.body_id, audience))


def test_the_newest_comes_first_and_names_the_others(
    context: ActContext, convention: Convention
) -> None:
    first = issued(context, convention)
    erratum = issued(context, convention, ErratumTo(report_id=first.id, correction="Row 9."))
    newest = issued(context, convention)
    lines = read(context)
    assert [line.number for line in lines] == [newest.number, erratum.number, first.number]
    assert [line.state for line in lines] == [
        ReportState.NEWEST,
        ReportState.SUPERSEDED,
        ReportState.SUPERSEDED,
    ]
    corrected = lines[2]
    assert corrected.superseded_by and corrected.superseded_by.number == newest.number
    assert [ref.number for ref in corrected.corrected_by] == [erratum.number]
    assert lines[1].corrects and lines[1].corrects.number == first.number
    assert lines[1].correction == "Row 9."
    [file] = lines[0].files
    assert (file.variant, file.data_sha256, lines[0].data_sha256) == (
        FileVariant.SHORT,
        DATA,
        DATA,
    )
    assert lines[0].title == "Progress report" and lines[0].issued_on == context.today


def test_readers_see_nothing_of_it_before_its_files_are_made(
    context: ActContext, convention: Convention
) -> None:
    before = issued(context, convention)
    being_made = issued(context, convention, with_files=False)
    [line] = read(context)
    assert (line.number, line.state) == (before.number, ReportState.NEWEST)
    office = read(context, OFFICE)
    assert [line.number for line in office] == [being_made.number, before.number]
    assert office[0].is_being_made and not office[1].is_being_made
    assert office[1].state is ReportState.SUPERSEDED


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.PUBLIC, [PUBLIC, MEMBER, OFFICE]),
        (Visibility.MEMBERS, [MEMBER, OFFICE]),
        (Visibility.HIDDEN, [OFFICE]),
    ],
)
def test_who_reads_it(
    context: ActContext,
    convention: Convention,
    visibility: Visibility,
    readers: list[Audience],
) -> None:
    """It is of today: what is hidden after it was issued is read no more."""
    report = issued(context, convention)
    publications.set_publication(context, convention, visibility)
    for audience in (PUBLIC, MEMBER, OFFICE):
        expected = [report.number] if audience in readers else []
        assert [line.number for line in read(context, audience)] == expected
        line = issued_report(context.session, context.body_id, audience, report.number.lower())
        assert bool(line) == (audience in readers)


def test_what_is_withheld_keeps_its_number_and_checksums(
    context: ActContext, convention: Convention
) -> None:
    report = issued(context, convention)
    with context.record("withheld", convention) as act:
        act.add(ReportWithholding(report_id=report.id, kind=WithheldFor.LEGAL))
        anew = reports.issue_anew(context, act, report)
    [line] = read(context)
    assert (line.number, line.state) == (report.number, ReportState.WITHHELD)
    assert (line.withheld_on, line.withheld_for) == (context.today, WithheldFor.LEGAL)
    assert line.files and line.replaced_by is None, "what replaces it is not made yet"
    office = read(context, OFFICE)
    assert office[1].replaced_by and office[1].replaced_by.number == anew.number
    assert office[0].replaces and office[0].data_sha256 is None


def test_found_by_number_or_checksum(context: ActContext, convention: Convention) -> None:
    report = issued(context, convention)
    [file] = read(context)[0].files
    session = context.session
    by_number = (FoundReport(body_id=context.body_id, number=report.number),)
    assert find_issued(session, f" {report.number.lower()} ") == by_number
    of_file = (replace(by_number[0], variant=FileVariant.SHORT),)
    for signs in (64, 40, 12):
        assert find_issued(session, file.sha256[:signs]) == of_file
    grouped = " ".join(file.sha256[start : start + 4] for start in range(0, 64, 4))
    assert find_issued(session, grouped.upper()) == of_file
    assert by_number[0] in find_issued(session, DATA)
    for nothing in (file.sha256[:11], "", "%", f"{'%' * 12}", "PA-1999-1"):
        assert find_issued(session, nothing) == ()


def test_as_many_statements_for_one_as_for_many(
    engine: sa.Engine, context: ActContext, convention: Convention
) -> None:
    figures = []
    for _ in range(2):
        for _ in range(4):
            issued(context, convention)
        context.session.expire_all()
        with counting(engine) as statements:
            assert read(context)
        figures.append(len(statements))
    assert figures[0] == figures[1] <= 3
