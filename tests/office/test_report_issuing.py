"""The page of a draft: signed off, issued, as an erratum; what waits says so."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import (
    NOW,
    PEOPLE,
    Union,
    build_union,
    hidden_field,
    item_row,
)
from tracker.acts import bodies, people
from tracker.acts.publications import set_publication
from tracker.jobs.table import Job, JobState
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedReport, ReportSignOff
from tracker.reports.making import issued_files
from tracker.reports.making.tasks import Progress
from tracker.reports.models import CollectedReport
from tracker.reports.printing import render
from tracker.reports.printing.render import RenderedReport
from tracker.rules.codes import Role, Visibility
from tracker.worker import make_worker

from .test_report_page import PAGE, SHORT

DRAFT = f"{PAGE}/drafts/1"
ISSUE = {"issue-where": "both", "issue-files": ["short"], "issue-corrects": ""}
NUMBER = "UNION-2026-1"


@pytest.fixture(autouse=True)
def _laid_out_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(report: CollectedReport, target: Path, progress: Progress) -> RenderedReport:
        target.write_bytes(f"%PDF {report.status} {report.imprint}".encode())
        return RenderedReport(pages=3)

    monkeypatch.setattr(render, "write", write)


@pytest.fixture
def union(app: Flask) -> Union:
    """With a draft of the short form, which the auditor has made."""
    union = build_union(app)
    assert union.client("ewan").post(PAGE, data=SHORT).status_code == 303
    perform(union)
    return union


def perform(union: Union) -> None:
    """All jobs that wait."""
    with union.session() as session:
        waiting = list(session.scalars(sa.select(Job.id).where(Job.state == JobState.QUEUED)))
    with union.app.app_context():
        for job_id in waiting:
            make_worker(union.app).perform(job_id)


def ask_for_sign_off(union: Union) -> None:
    """Joy, a reader until now, is of governance as Walter is."""
    with union.context("imani") as context:
        bodies.set_setting(context, "sign_off", "yes")
        person = context.session.get_one(people.Person, union.people["joy"])
        people.give_role(context, person, Role.GOVERNANCE)


def issued(union: Union) -> list[str]:
    with union.session() as session:
        return list(session.scalars(sa.select(IssuedReport.number).order_by(IssuedReport.id)))


def test_governance_issues_and_the_auditor_reads(union: Union) -> None:
    for who in PEOPLE:
        status = union.client(who).get(DRAFT).status_code
        assert status == (200 if who in ("walter", "ewan") else 403), who
    assert "Issue UNION-2026-1" in union.client("walter").get(DRAFT).text
    assert "Issue UNION-2026-1" not in union.client("ewan").get(DRAFT).text
    for who in PEOPLE:
        for act in ("issue", "sign-off"):
            if who != "walter":
                assert union.client(who).post(f"{DRAFT}/{act}", data=ISSUE).status_code == 403
    assert union.client("walter").get(f"{PAGE}/drafts/9").status_code == 404
    assert issued(union) == []


def test_it_gets_its_number_and_then_its_files(union: Union) -> None:
    walter = union.client("walter")
    page = unescape(walter.get(DRAFT).text)
    for sentence in (f"{NUMBER}, when it is issued", "3 pages", "the body asks for none"):
        assert sentence in page, sentence
    assert walter.post(f"{DRAFT}/issue", data=ISSUE | {"issue-line": "For all."}).status_code == 303
    assert issued(union) == [NUMBER]
    page = walter.get(PAGE).text
    assert "Its files are being made" in page and 'data-busy="yes"' in page
    assert "No report was issued yet" in union.client(None).get("/union/reports/").text
    perform(union)
    page = union.client(None).get("/union/reports/").text
    assert NUMBER in page and "For all." in page
    file = union.client(None).get(f"/union/reports/{NUMBER}/{NUMBER}-short.pdf")
    assert file.status_code == 200 and NUMBER.encode() in file.data
    assert "Its files are being made" not in walter.get(PAGE).text
    draft = walter.get(DRAFT).text
    assert f'href="/union/reports/#{NUMBER}"' in draft and "Issue UNION" not in draft
    again = walter.post(f"{DRAFT}/issue", data=ISSUE)
    assert again.status_code == 409 and "issued already" in again.text


def test_a_number_that_somebody_else_took_meanwhile_is_said(union: Union) -> None:
    """Two people at once: what was written stays, and the page says which number it gets now."""
    walter = union.client("walter")
    seen = hidden_field(walter.get(DRAFT).text, "issue-number")
    assert walter.post(PAGE, data=SHORT | {"report": "full"}).status_code == 303
    perform(union)
    with union.session() as session:
        other = session.scalar(sa.select(sa.func.max(Job.id)))
    assert walter.post(f"{PAGE}/drafts/{other}/issue", data=ISSUE).status_code == 303
    sent = ISSUE | {"issue-number": seen, "issue-line": "Kept words"}
    late = walter.post(f"{DRAFT}/issue", data=sent)
    assert late.status_code == 409 and 'value="Kept words"' in late.text
    assert hidden_field(late.text, "issue-number") == "UNION-2026-2"
    assert issued(union) == [NUMBER]


def test_where_the_body_asks_a_second_person_signs_it_off(union: Union) -> None:
    ask_for_sign_off(union)
    walter, joy = union.client("walter"), union.client("joy")
    assert "Drafts that wait to be signed off" in joy.get("/office").text
    page = unescape(walter.get(DRAFT).text)
    assert "Sign it off?" in page and "once somebody else of governance" in page
    refused = walter.post(f"{DRAFT}/issue", data=ISSUE | {"issue-line": "Kept words"})
    assert refused.status_code == 422 and "asks for a sign-off" in refused.text
    signed = joy.post(f"{DRAFT}/sign-off", data={"sign-off-note": "As agreed."})
    assert signed.status_code == 303
    assert joy.post(f"{DRAFT}/sign-off", data={}).status_code == 409
    with union.session() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(ReportSignOff)) == 1
    own = joy.post(f"{DRAFT}/issue", data=ISSUE)
    assert own.status_code == 422 and "You signed this draft off" in unescape(own.text)
    page = unescape(walter.get(DRAFT).text)
    assert "by Joy, " in page and "As agreed." in page
    assert "Drafts that wait to be issued" in walter.get("/office").text
    assert walter.post(f"{DRAFT}/issue", data=ISSUE).status_code == 303
    assert issued(union) == [NUMBER]
    assert "Drafts that wait" not in walter.get("/office").text


def test_an_erratum_names_what_it_corrects(union: Union) -> None:
    walter = union.client("walter")
    walter.post(f"{DRAFT}/issue", data=ISSUE)
    perform(union)
    with union.session() as session:
        key = session.scalars(sa.select(IssuedReport.id)).one()
    assert walter.post(PAGE, data=SHORT | {"report": "full"}).status_code == 303
    perform(union)
    with union.session() as session:
        job_id = session.scalar(sa.select(sa.func.max(Job.id)))
    draft = f"{PAGE}/drafts/{job_id}"
    assert f"Yes, to {NUMBER}" in walter.get(draft).text
    assert f"{NUMBER}, which stays on the page and says so" in walter.get(draft).text
    for fields, sentence in (
        ({"issue-corrects": str(key)}, "Say what the erratum puts right"),
        ({"issue-correction": "Item 2"}, "choose of which report"),
        ({"issue-corrects": "99", "issue-correction": "Item 2"}, "There is no such report"),
        ({"issue-files": []}, "Choose one to print at least"),
    ):
        answer = walter.post(f"{draft}/issue", data=ISSUE | fields)
        assert answer.status_code == 422 and sentence in answer.text, fields
    erratum = {"issue-corrects": str(key), "issue-correction": "Page 6: $2,905, not $2,095"}
    assert walter.post(f"{draft}/issue", data=ISSUE | erratum).status_code == 303
    perform(union)
    page = unescape(union.client(None).get("/union/reports/").text)
    assert "Page 6: $2,905, not $2,095" in page and "Corrected in one place by" in page


def test_files_that_could_not_be_made_are_made_again(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    walter = union.client("walter")
    walter.post(f"{DRAFT}/issue", data=ISSUE)
    with union.session() as session:
        job = session.scalars(sa.select(Job).where(Job.kind == issued_files.KIND)).one()
        session.execute(
            sa.update(Job).where(Job.id == job.id).values(state="failed", finished_at=NOW)
        )
        report = session.scalars(sa.select(IssuedReport.id)).one()
        session.commit()
    page = walter.get(PAGE).text
    again = f"{PAGE}/issued/{report}/files"
    assert "could not be made" in page and f'action="{again}"' in page
    assert again not in union.client("ewan").get(PAGE).text
    assert walter.post(again).status_code == 303
    perform(union)
    assert NUMBER in union.client(None).get("/union/reports/").text
    assert walter.post(f"{PAGE}/issued/99/files").status_code == 404


def test_what_cannot_be_issued_says_why(union: Union) -> None:
    with union.context("walter") as context:
        convention_id = item_row(context.session, union, 1).convention_id
        convention = context.session.get_one(Convention, convention_id)
        set_publication(context, convention, Visibility.HIDDEN, by_edition=False)
    walter = union.client("walter")
    page = walter.get(DRAFT).text
    assert "A convention in it is hidden" in page and "Issue UNION" not in page
    refused = walter.post(f"{DRAFT}/issue", data=ISSUE)
    assert refused.status_code == 422 and issued(union) == []


def test_a_report_of_all_conventions_gets_the_number_that_the_page_says(union: Union) -> None:
    """The body has one: it is a report of that."""
    walter = union.client("walter")
    sent = SHORT | {"report": "unit", "subject": "Research", "convention": ""}
    assert walter.post(PAGE, data=sent).status_code == 303
    perform(union)
    with union.session() as session:
        job_id = session.scalar(sa.select(sa.func.max(Job.id)))
    draft = f"{PAGE}/drafts/{job_id}"
    seen = hidden_field(walter.get(draft).text, "issue-number")
    fields = ISSUE | {"issue-number": seen, "issue-files": ["report"]}
    assert walter.post(f"{draft}/issue", data=fields).status_code == 303
    assert issued(union) == [seen] == [NUMBER]
