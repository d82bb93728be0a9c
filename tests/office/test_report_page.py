"""The office’s page of reports: who may ask and read, what a mistyped form says, how far one is,
the drafts.
"""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import NOW, PEOPLE, Union
from tracker.config import Settings
from tracker.extensions import db
from tracker.jobs import heartbeat
from tracker.jobs.table import Job, JobArguments, JobState
from tracker.jobs.worker import JobFile
from tracker.reports.making import tasks
from tracker.reports.models import Paper, Reading, ReportKind
from tracker.reports.requests import ReportRequest
from tracker.worker import make_worker

PAGE = "/office/union/reports"
SHORT = {"report": "short", "convention": "2026", "reading": "known", "says": "edition"}
SHORT |= {"paper": "letter", "size": "usual", "texts": "y"}


def jobs(union: Union) -> list[Job]:
    with union.session() as session:
        all_jobs = list(session.query(Job).order_by(Job.id))
        session.expunge_all()
        return all_jobs


def requests(union: Union) -> list[ReportRequest]:
    return [ReportRequest.from_arguments(job.decoded_arguments) for job in jobs(union)]


def test_who_may_come_in(union: Union) -> None:
    for who in PEOPLE:
        may = who in ("walter", "ewan")
        assert union.client(who).get(PAGE).status_code == (200 if may else 403), who
        kind = "full" if who == "ewan" else "short"  # the same request twice is one job
        status = union.client(who).post(PAGE, data=SHORT | {"report": kind}).status_code
        assert status == (303 if may else 403), who
    assert "/sign-in" in union.client(None).get(PAGE).headers["Location"]
    assert union.client("walter").get(f"{PAGE}?convention=1999").status_code == 404
    page = union.client("ewan").get(PAGE).text
    assert "Make a draft" in page and "by Walter, " in page and "by Ewan, " in page


def test_the_address_of_before_leads_to_the_convention_on_the_page(union: Union) -> None:
    moved = union.client("walter").get("/office/union/2026/report")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"{PAGE}?convention=2026")
    assert union.client("walter").get("/office/union/1999/report").status_code == 404
    page = union.client("walter").get(f"{PAGE}?convention=2026").text
    assert "Shown: the reports of Testville 2026." in page


def test_pages_lead_there(union: Union) -> None:
    of_convention = f'href="{PAGE}?convention=2026"'
    for who in (*PEOPLE, None):
        may = who in ("walter", "ewan")
        assert (of_convention in union.client(who).get("/union/2026/").text) == may, who
    chosen = unescape(union.client("ewan").get("/union/2026/?verdict=not_yet").text)
    assert f'{PAGE}?convention=2026&verdict=not_yet#h-make"' in chosen
    start = union.client("ewan").get("/office").text
    assert of_convention in start and f'href="{PAGE}"' in start


def test_every_option_is_in_the_request(union: Union) -> None:
    office, today = union.client("walter"), union.today
    sent = SHORT | {
        "report": "full",
        "as_of": today.isoformat(),
        "reading": "happened",
        "says": "live",
        "verdict": "no_word",
        "department": "Center for Research",
        "paper": "a4",
        "size": "large",
        "mono": "y",
    }
    del sent["texts"]
    assert office.post(PAGE, data=sent).status_code == 303
    (made,) = requests(union)
    assert made == ReportRequest(
        kind=ReportKind.FULL,
        convention_ids=made.convention_ids,
        as_of=today,
        reading=Reading.HAPPENED,
        filters={"verdict": "no_word", "department": "Center for Research"},
        texts=False,
        paper=Paper.A4,
        large=True,
        mono=True,
        live=True,
    )


@pytest.mark.parametrize("written", ["nbi-2", "NBI 002", "2"])
def test_an_item_is_named_by_code_or_number(union: Union, written: str) -> None:
    sent = SHORT | {"report": "item", "subject": written}
    assert union.client("walter").post(PAGE, data=sent).status_code == 303
    assert [made.item_id for made in requests(union)] == [union.items[2]]


def test_a_unit_is_named_by_a_part_of_its_name(union: Union) -> None:
    sent = SHORT | {"report": "unit", "subject": "safety", "convention": ""}
    assert union.client("walter").post(PAGE, data=sent).status_code == 303
    (made,) = requests(union)
    assert (made.unit_id, made.convention_ids) == (union.units["Center for Safety"], ())


def test_a_mistyped_form_comes_back(union: Union) -> None:
    office, today = union.client("walter"), union.today
    for fields, sentence in (
        ({"report": "item"}, "Say which item"),
        ({"report": "item", "subject": "nbi-99"}, "No item of this convention matches"),
        ({"report": "delegation", "subject": "Atlantis"}, "No delegation has this in its name"),
        ({"report": "unit", "subject": "Center"}, "2 match: Center for Research and Center for"),
        ({"report": "short", "subject": "26"}, "choose its report on the left"),
        ({"report": "short", "convention": ""}, "Choose one convention"),
        ({"report": "short", "convention": "1999"}, "There is no such convention"),
        ({"report": "short", "as_of": "soon"}, "This is no date"),
        ({"report": "everything"}, "Not a valid choice"),
        ({"as_of": str(today + timedelta(days=3))}, "Choose a day up to today"),
        ({"as_of": "2001-01-01"}, "Choose a day from"),
    ):
        answer = office.post(PAGE, data=SHORT | fields)
        page = unescape(answer.text)
        assert answer.status_code == 422 and sentence in page, (fields, sentence)
        written = fields.get("subject") or fields.get("as_of")
        assert written is None or f'value="{written}"' in page, fields
    assert jobs(union) == []


def test_the_filters_of_a_list_come_along(union: Union) -> None:
    page = union.client("walter").get(f"{PAGE}?convention=2026&q=forty&verdict=not_yet").text
    assert 'value="forty"' in page and 'selected value="not_yet"' in page
    assert re.search(r"<details[^>]* open>\s*<summary>Only some of the items", page)


def test_asked_for_made_and_read(union: Union, app: Flask) -> None:
    office = union.client("walter")
    sent = SHORT | {"report": "item", "subject": "NBI-002", "as_of": union.today.isoformat()}
    assert office.post(PAGE, data=sent).headers["Location"].endswith(f"{PAGE}#job-1")
    settings: Settings = app.config["SETTINGS"]
    waits = "Waits for the worker, last seen 11:02"
    heartbeat.beat(settings, NOW - timedelta(minutes=58))
    assert waits in office.get(PAGE).text and "tracker doctor" in office.get(PAGE).text
    heartbeat.beat(settings, NOW)
    waiting = office.get(PAGE).text
    assert waits not in waiting and "Waiting for its turn" in waiting
    assert "1 report is being made" in waiting and "You may leave this page" in waiting
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh" content="10"', waiting)
    assert "js/waiting.js" in waiting
    still = office.get(f"{PAGE}?still=1").text
    assert 'http-equiv="refresh"' not in still and "js/waiting.js" not in still
    assert office.get(f"{PAGE}/drafts/1.pdf").status_code == 404
    job = jobs(union)[0]

    def look_at_the_page_meanwhile(
        arguments: JobArguments, job_id: int, progress: tasks.Progress
    ) -> JobFile:
        progress("layout", 2, 9)
        assert "Laying out: 2 of 9 items." in office.get(PAGE).text
        return made(arguments, job_id, progress)

    made, tasks.perform = tasks.perform, look_at_the_page_meanwhile
    try:
        with app.app_context():
            make_worker(app).perform(job.id)
    finally:
        tasks.perform = made
    done = jobs(union)[0]
    assert done.state is JobState.DONE and done.result
    page = union.client("ewan").get(PAGE).text
    assert "1 draft" in page and "<noscript>" not in page and "js/waiting.js" not in page
    draft = f"{PAGE}/drafts/1.pdf"
    assert f'href="{draft}"' in page
    file = union.client("ewan").get(draft)
    assert file.status_code == 200 and file.data.startswith(b"%PDF")
    assert file.mimetype == "application/pdf"
    assert f"union-2026-nbi-2-as-of-{union.today}.pdf" in file.headers["Content-Disposition"]
    assert union.client("dana").get(draft).status_code == 403
    assert union.client(None).get(draft).status_code == 302
    (settings.instance / done.result).unlink()
    assert union.client("ewan").get(draft).status_code == 404
    assert "no longer there" in office.get(PAGE).text


def test_the_same_request_is_made_once(union: Union) -> None:
    ewan = union.client("ewan")
    for client in (union.client("walter"), ewan):
        assert client.post(PAGE, data=SHORT).status_code == 303
    assert len(jobs(union)) == 1
    assert "nothing else is made" in ewan.get(PAGE).text


def test_a_job_is_taken_back(union: Union) -> None:
    """By governance; the auditor takes back their own."""
    union.client("walter").post(PAGE, data=SHORT)
    union.client("ewan").post(PAGE, data=SHORT | {"report": "full"})
    assert union.client("ewan").post(f"{PAGE}/jobs/1/stop").status_code == 403
    page = union.client("ewan").get(PAGE).text
    assert f"{PAGE}/jobs/2/stop" in page and f"{PAGE}/jobs/1/stop" not in page
    assert union.client("ewan").post(f"{PAGE}/jobs/2/stop").status_code == 303
    assert "Take it back" in union.client("walter").get(PAGE).text
    walter = union.client("walter")
    for sentence in ("It was taken back", "It was over already"):
        assert walter.post(f"{PAGE}/jobs/1/stop").status_code == 303
        assert sentence in walter.get(PAGE).text
    assert [job.state for job in jobs(union)] == [JobState.CANCELLED, JobState.CANCELLED]
    assert union.client("walter").post(f"{PAGE}/jobs/9/stop").status_code == 404


def test_a_report_that_failed_says_so_and_is_made_again(union: Union) -> None:
    union.client("walter").post(PAGE, data=SHORT)
    failed = {"state": JobState.FAILED, "error": "ab12cd34", "finished_at": NOW}
    with union.session() as session:
        session.query(Job).update(failed)
        session.commit()
    page = union.client("ewan").get(PAGE).text
    assert "The log has it under ab12cd34" in page and "1 report could not be made" in page
    assert union.client("ewan").post(f"{PAGE}/jobs/1/again").status_code == 303
    first, second = requests(union)
    assert first == second


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
    assert office.post(PAGE, data=SHORT).status_code == 303
    with app.app_context():
        db.session.execute(sa.update(Job).values(state=JobState.DONE, result=result))
        db.session.commit()
    assert office.get(f"{PAGE}/drafts/1.pdf").status_code == 404
    # so that erasing removes no other file
    assert tasks.file_of(app.config["SETTINGS"], result) is None
