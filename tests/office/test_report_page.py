"""The office's page of reports: who may ask, who may read, what a mistyped form says, how far a
report is, what can be downloaded.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import NOW, PEOPLE, Union
from tracker.config import Settings
from tracker.extensions import db
from tracker.jobs import heartbeat
from tracker.jobs.table import Job, JobState
from tracker.reports import tasks
from tracker.worker import make_worker

PAGE = "/office/union/2026/report"


def jobs(union: Union) -> list[Job]:
    with union.session() as session:
        all_jobs = list(session.query(Job).order_by(Job.id))
        session.expunge_all()
        return all_jobs


def test_who_may_come_in(union: Union) -> None:
    for who in PEOPLE:
        may = who in ("walter", "ewan")
        assert union.client(who).get(PAGE).status_code == (200 if may else 403), who
        form = "full" if who == "ewan" else "short"  # the same request twice is one job
        assert union.client(who).post(PAGE, data={"form": form}).status_code == (
            303 if may else 403
        ), who
    assert "/sign-in" in union.client(None).get(PAGE).headers["Location"]
    assert union.client("walter").get("/office/union/1999/report").status_code == 404
    asked = ("walter", "ewan")
    assert [job.requested_by for job in jobs(union)] == [union.people[who] for who in asked]
    for who in asked:
        page = union.client(who).get(PAGE).text
        assert "Make the report" in page
        assert re.search(r"<small>Walter</small>", page) and "<small>Ewan</small>" in page


def test_the_page_of_the_convention_leads_there(union: Union) -> None:
    for who in (*PEOPLE, None):
        assert (f'href="{PAGE}"' in union.client(who).get("/union/2026/").text) == (
            who in ("walter", "ewan")
        ), who


def test_a_mistyped_form_comes_back(union: Union) -> None:
    office, today = union.client("walter"), union.today
    for fields, sentence in (
        ({"form": "item"}, "Say which item"),
        ({"form": "item", "item": "nbi-99"}, "There is no item of this code"),
        ({"form": "short", "as_of": "soon"}, "Not a valid date"),
        ({"form": "everything"}, "Not a valid choice"),
        ({"form": "short", "as_of": str(today + timedelta(days=3))}, "Choose a day from"),
        ({"form": "short", "as_of": "2001-01-01"}, "Choose a day from"),
    ):
        answer = office.post(PAGE, data=fields)
        assert answer.status_code == 422 and sentence in answer.text, fields
        for value in fields.values():
            assert value not in ("nbi-99",) or 'value="nbi-99"' in answer.text
    assert jobs(union) == []


def test_asked_for_made_and_downloaded(union: Union, app: Flask) -> None:
    office = union.client("walter")
    assert (
        office.post(
            PAGE, data={"form": "item", "item": "NBI-002", "as_of": union.today.isoformat()}
        )
        .headers["Location"]
        .endswith("#report-1")
    )
    settings: Settings = app.config["SETTINGS"]
    waits = "Waits for the worker, last seen 11:02"
    heartbeat.beat(settings, NOW - timedelta(minutes=58))
    assert waits in office.get(PAGE).text and "Load the page again" in office.get(PAGE).text
    heartbeat.beat(settings, NOW)
    waiting = office.get(PAGE).text
    assert waits not in waiting
    assert (
        "Waiting for its turn" in waiting
        and "One item, nbi-2" in waiting
        and re.search(r"<noscript>\s*<meta", waiting)
        and "js/waiting.js" in waiting
    )
    assert office.get(f"{PAGE}/1.pdf").status_code == 404
    job = jobs(union)[0]
    assert (
        set(job.decoded_arguments) == {"kind", "conventions", "as_of", "item", "code"}
        and job.decoded_arguments["item"] == union.items[2]
    )

    def look_at_the_page_meanwhile(request: object, job_id: int, progress: tasks.Progress) -> str:
        progress("layout", 2, 9)
        assert "Setting page 2 of about 9" in office.get(PAGE).text
        return made(request, job_id, progress)

    made, tasks.perform = tasks.perform, look_at_the_page_meanwhile
    try:
        with app.app_context():
            make_worker(app).perform(job.id)
    finally:
        tasks.perform = made
    done = jobs(union)[0]
    assert (
        done.state is JobState.DONE
        and done.result == f"reports/{job.id}-union-2026-nbi-2-as-of-{union.today}.pdf"
    )
    page = union.client("ewan").get(PAGE).text
    assert "Load the page again" not in page
    assert "Download" in page and "<noscript>" not in page and "js/waiting.js" not in page
    file = union.client("ewan").get(f"{PAGE}/1.pdf")
    assert (
        file.status_code == 200
        and file.data.startswith(b"%PDF")
        and file.mimetype == "application/pdf"
    )
    assert f"union-2026-nbi-2-as-of-{union.today}.pdf" in file.headers["Content-Disposition"]
    assert (
        union.client("dana").get(f"{PAGE}/1.pdf").status_code == 403
        and union.client(None).get(f"{PAGE}/1.pdf").status_code == 302
    )
    (app.config["SETTINGS"].instance / done.result).unlink()
    assert (
        union.client("ewan").get(f"{PAGE}/1.pdf").status_code == 404
        and "no longer there" in office.get(PAGE).text
    )


def test_a_report_that_failed_says_so(union: Union) -> None:
    union.client("walter").post(PAGE, data={"form": "full"})
    with union.session() as session:
        session.query(Job).update({"state": JobState.FAILED, "error": "ab12cd34"})
        session.commit()
    assert "The log has it under ab12cd34" in union.client("ewan").get(PAGE).text


def test_the_office_page_leads_to_the_reports(union: Union) -> None:
    assert (
        PAGE in union.client("walter").get("/office").text
        and "Testville 2026" in union.client("ewan").get("/office").text
    )
    assert (
        'href="/office"' in union.client("walter").get("/").text
        and 'href="/office"' not in union.client("dana").get("/").text
    )
    assert union.client("dana").get("/office").status_code == 403


@pytest.mark.parametrize(
    "result",
    [
        "secret-key",
        "../outside.pdf",
        "reports/../secret-key",
        "reports/../../outside.pdf",
        "/etc/hostname",
    ],
)
def test_a_name_that_was_written_by_force_opens_no_other_file(
    union: Union, app: Flask, result: str
) -> None:
    """A made-up backup can bring such a job: the table of jobs is outside the ledger."""
    instance = app.config["SETTINGS"].instance
    (instance / "reports").mkdir(exist_ok=True)
    for file in (instance / "secret-key", instance.parent / "outside.pdf"):
        file.write_text("a secret")
    office = union.client("walter")
    assert office.post(PAGE, data={"form": "short"}).status_code == 303
    with app.app_context():
        db.session.execute(sa.update(Job).values(state=JobState.DONE, result=result))
        db.session.commit()
    assert office.get(f"{PAGE}/1.pdf").status_code == 404
    assert "no longer there" in office.get(PAGE).text
    # so that erasing removes no other file
    assert tasks.file_of(app.config["SETTINGS"], result) is None
