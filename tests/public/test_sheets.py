"""One item's sheet: asked for by anybody, made once, and gone where what it shows was withheld."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from limits import parse
from pypdf import PdfReader

from tests.factories.staffed_union import NOW, PEOPLE, StaffClient, Union
from tracker.accounts import attempts
from tracker.acts import publications, withholding
from tracker.config import Settings
from tracker.extensions import db
from tracker.jobs.table import Job, JobState
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.progress import Entry
from tracker.reports.making import sheets
from tracker.reports.models import Report
from tracker.reports.printing import render
from tracker.reports.printing.render import RenderedReport
from tracker.rules.codes import Visibility, WithheldFor
from tracker.worker import make_worker, tidy_up

ITEM = "/union/2026/nbi-2"
SHEET, FILE = f"{ITEM}/sheet", f"{ITEM}/sheet.pdf"


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Report]]:
    """The reports that are laid out, in no time."""
    reports: list[Report] = []

    def write(report: Report, target: Path, progress: object) -> RenderedReport:
        reports.append(report)
        target.write_bytes(b"%PDF sheet")
        return RenderedReport(pages=1)

    monkeypatch.setattr(render, "write", write)
    yield reports


def jobs(union: Union) -> list[Job]:
    with union.session() as session:
        all_jobs = list(session.scalars(sa.select(Job).order_by(Job.id)))
        session.expunge_all()
        return all_jobs


def work(union: Union) -> None:
    """What the worker does."""
    with union.app.app_context():
        worker = make_worker(union.app)
    for job in jobs(union):
        worker.perform(job.id)


def settle(union: Union, visibility: Visibility, *, by_edition: bool = False) -> None:
    with union.context("walter") as at:
        convention = at.session.get_one(Convention, 1)
        publications.set_publication(at, convention, visibility, by_edition=by_edition)


def test_anybody_asks_waits_and_reads(union: Union) -> None:
    """The one test that lays out a sheet."""
    nobody = union.client(None)
    assert f'href="{SHEET}"' in nobody.get(ITEM).text
    page = nobody.get(SHEET)
    assert page.status_code == 200 and "Make the PDF" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert nobody.get(FILE).headers["Location"].endswith(SHEET), "it is not made yet"
    assert nobody.post(SHEET).headers["Location"] == SHEET
    waiting = nobody.get(SHEET).text
    assert "The sheet is being made" in waiting and "<noscript>" in waiting
    assert "js/waiting.js" in waiting and "Make the PDF" not in waiting
    assert union.client("joy").post(SHEET).status_code == 303
    (job,) = jobs(union)
    assert (job.kind, job.requested_by) == (sheets.KIND, 0)
    work(union)
    ready = nobody.get(SHEET).text
    assert f'href="{FILE}"' in ready and "<noscript>" not in ready
    file = nobody.get(FILE)
    assert file.status_code == 200 and file.mimetype == "application/pdf"
    name = f"union-2026-nbi-2-as-of-{union.today}.pdf"
    assert name in file.headers["Content-Disposition"]
    settings: Settings = union.app.config["SETTINGS"]
    reader = PdfReader(settings.instance / str(jobs(union)[0].result))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) <= 2 and "DRAFT" not in text and "Draft" not in text
    assert "Dated sheet of the public record" in " ".join(text.split())


def test_nothing_changed_is_the_same_file(union: Union, laid_out: list[Report]) -> None:
    client = union.client(None)
    for _turn in range(2):
        client.post(SHEET)
        work(union)
    assert len(jobs(union)) == 1 == len(laid_out)
    union.log("dana", 3)  # of another item
    assert client.get(FILE).status_code == 200


def test_what_is_withheld_since_is_found_no_more(union: Union, laid_out: list[Report]) -> None:
    client = union.client(None)
    union.log("dana", 4)
    union.decide("ray", union.entry(4))
    sheet, file = SHEET.replace("nbi-2", "nbi-4"), FILE.replace("nbi-2", "nbi-4")
    client.post(sheet)
    work(union)
    assert client.get(file).status_code == 200
    entry_id = union.entry(4)
    with union.context("walter") as at:
        item = at.session.get_one(Item, union.items[4])
        entry = at.session.get_one(Entry, entry_id)
        withholding.withhold(at, item, entry, WithheldFor.PERSONAL_DATA)
    assert client.get(file).status_code == 303
    assert "Make the PDF" in client.get(sheet).text
    client.post(sheet)
    work(union)
    assert len(laid_out) == 2 and client.get(file).status_code == 200


def test_of_an_earlier_day(union: Union, laid_out: list[Report]) -> None:
    client = union.client(None)
    earlier = f"?as_of={union.today - timedelta(days=30)}"
    assert f'href="{SHEET}{earlier}"' in client.get(ITEM + earlier).text
    assert client.post(SHEET + earlier).headers["Location"] == SHEET + earlier
    work(union)
    assert laid_out[0].as_of == union.today - timedelta(days=30)
    assert client.get(FILE + earlier).status_code == 200 and client.get(FILE).status_code == 303
    assert client.get(f"{SHEET}?as_of=2001-01-01").status_code == 404
    assert client.get(f"{SHEET}?as_of=never").status_code == 400


def test_what_is_not_there(union: Union) -> None:
    client = union.client(None)
    for path in ("/union/2026/nbi-99/sheet", "/union/1999/nbi-2/sheet", "/nobody/2026/nbi-2/sheet"):
        assert client.get(path).status_code == client.post(path).status_code == 404, path
        assert client.get(f"{path}.pdf").status_code == 404, path
    assert jobs(union) == []


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.HIDDEN])
def test_only_who_may_read_the_convention(
    union: Union, laid_out: list[Report], visibility: Visibility
) -> None:
    settle(union, visibility)
    assert union.client("walter").post(SHEET).status_code == 303
    work(union)
    for who in (*PEOPLE, None):
        client = union.client(who)
        may = who is not None and (who != "joy" or visibility is Visibility.MEMBERS)
        assert client.get(ITEM).status_code == (200 if may else 404), who
        assert client.get(SHEET).status_code == (200 if may else 404), who
        file = client.get(FILE)
        assert file.status_code == (200 if may else 404), who
        assert not may or file.headers["Cache-Control"] == "private, no-store"
        assert client.post(SHEET).status_code == (303 if may else 404), who
    assert len(jobs(union)) == 1


def test_by_edition_it_is_what_readers_see(union: Union, laid_out: list[Report]) -> None:
    settle(union, Visibility.PUBLIC, by_edition=True)
    client = union.client(None)
    assert client.get(SHEET).status_code == client.post(SHEET).status_code == 404, "no edition yet"
    with union.context("walter") as at:
        convention = at.session.get_one(Convention, 1)
        edition = publications.pin_edition(at, convention)
        publications.publish_edition(at, edition, None)
    client.post(SHEET)
    work(union)
    union.log("dana", 2, clauses__0__clause=str(union.clauses[2][0]))
    union.decide("ray", union.entry(2))
    union.client("walter").post(SHEET)  # who reads the record live: the sheet is the readers'
    work(union)
    assert len(laid_out) == 1 and client.get(FILE).status_code == 200


def test_too_often_says_so(
    union: Union, laid_out: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(union.app.config, "RATELIMIT_ENABLED", True)
    monkeypatch.setattr(attempts, "PER_NETWORK_MADE", parse("2 per 15 minutes"))
    here = {"REMOTE_ADDR": "203.0.113.9"}
    client = union.client(None)

    def ask(number: int, network: dict[str, str] = here) -> int:
        path = SHEET.replace("nbi-2", f"nbi-{number}")
        return client.post(path, environ_base=network).status_code

    assert [ask(1), ask(2)] == [303, 303]
    refused = client.post(SHEET.replace("nbi-2", "nbi-3"), environ_base=here)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 0
    assert "Many sheets were asked for from here" in refused.text
    assert ask(1) == 303, "what is being made is not counted"
    assert ask(3, {"REMOTE_ADDR": "203.0.113.10"}) == 303


def test_a_full_queue_says_so(union: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_WAITING", 1)
    client = union.client(None)
    assert client.post(SHEET).status_code == 303
    refused = client.post(SHEET.replace("nbi-2", "nbi-1"))
    assert refused.status_code == 429 and "being made at this moment" in refused.text


def test_one_that_failed_can_be_asked_for_again(union: Union, laid_out: list[Report]) -> None:
    client = union.client(None)
    client.post(SHEET)
    with union.session() as session:
        session.execute(sa.update(Job).values(state=JobState.FAILED, error="ab12cd34"))
        session.commit()
    assert "The log has it under ab12cd34" in client.get(SHEET).text
    client.post(SHEET)
    work(union)
    assert client.get(FILE).status_code == 200 and len(jobs(union)) == 2


def test_they_are_deleted_after_a_day(union: Union, laid_out: list[Report]) -> None:
    client: StaffClient = union.client(None)
    client.post(SHEET)
    work(union)
    settings: Settings = union.app.config["SETTINGS"]
    for at, left in ((NOW + timedelta(hours=20), 1), (NOW + timedelta(hours=30), 0)):
        with union.app.app_context():
            tidy_up(db.session(), settings, at)
            db.session.commit()
        assert len(jobs(union)) == left
    assert client.get(FILE).status_code == 303
