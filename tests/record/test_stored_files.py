"""The bytes of issued reports: which facts name them, and what the proof says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from tests.factories import records
from tests.factories.stored_reports import issue_report, withhold_files
from tracker.acts import progress
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.proof import prove
from tracker.record.stored_files import withheld_files
from tracker.rules.codes import EvidenceKind, FileVariant

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PDF, TABLE = b"%PDF of a report", b"code,verdict"
SHA256 = {content: sha256(content).hexdigest() for content in (PDF, TABLE)}
FILES = {FileVariant.SHORT: PDF, FileVariant.CSV: TABLE}


@pytest.fixture
def context(session: Session) -> ActContext:
    return records.context_of_new_body(session, NOW)


@pytest.fixture
def convention(context: ActContext) -> Convention:
    return records.new_convention(context, 2026, date(2026, 5, 1), date(2026, 5, 3))


def problems(session: Session, *gone: bytes) -> list[str]:
    missing = {SHA256[content] for content in gone}
    proof = prove(session, (), None, lambda digest: None if digest in missing else digest)
    return [problem.what for problem in proof.problems]


def test_the_files_of_an_issued_report_are_there(
    session: Session, context: ActContext, convention: Convention
) -> None:
    report = issue_report(context, convention, FILES)
    assert problems(session) == []
    (problem,) = problems(session, PDF)
    assert f"report {report.number}, short" in problem and "is gone" in problem


def test_those_of_a_withheld_report_are_gone(
    session: Session, context: ActContext, convention: Convention
) -> None:
    withhold_files(context, issue_report(context, convention, FILES))
    assert problems(session, PDF, TABLE) == []
    (problem,) = problems(session, PDF)
    assert "csv" in problem and "was withheld, and its bytes are still there" in problem


def test_what_something_else_names_stays(
    session: Session, context: ActContext, convention: Convention
) -> None:
    """Another report that was issued with the same table, and evidence that is the same PDF."""
    withhold_files(context, issue_report(context, convention, FILES))
    issue_report(context, convention, {FileVariant.CSV: TABLE})
    assert [file.sha256 for file in withheld_files(session)] == [SHA256[PDF]]
    item = records.new_item(context, convention, "1")
    records.adopt(context, item, date(2026, 5, 2))
    _attach(context, item)
    assert withheld_files(session) == []
    assert problems(session) == []


def _attach(context: ActContext, item: Item) -> None:
    report = NewEvidence(
        kind=EvidenceKind.FILE,
        title="report.pdf",
        sha256=SHA256[PDF],
        media_type="application/pdf",
        size=len(PDF),
    )
    progress.log(
        context, item, progress.NewEntry(words="Issued.", on=context.today, evidence=[report])
    )
