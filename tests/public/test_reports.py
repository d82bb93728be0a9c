"""The reports of a body that were issued: their list, the convention's page, the bytes of files."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.factories.issued_reports import issued
from tests.factories.staffed_union import Union, build_union, item_row
from tests.factories.stored_reports import issue_report, withhold_files
from tracker.acts import bodies
from tracker.acts.act_context import ActContext
from tracker.acts.publications import set_publication
from tracker.files import store
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedReport
from tracker.rules.codes import FileVariant, Visibility

from .conftest import words

LIST = "/union/reports/"
OWN = "/union/2026/"
NUMBER = "UNION-2026-1"
PRINTED = b"%PDF-1.7 made for a test"
STYLE = b"body { color: black }"
PAGE = (
    b'<!DOCTYPE html><html lang="en"><title>x</title><style>'
    + STYLE
    + b"</style><main><h1>Report</h1></main></html>"
)
FILES = {
    FileVariant.SHORT: PRINTED,
    FileVariant.HTML: PAGE,
    FileVariant.CSV: b"number\n1\n",
    FileVariant.JSON: b"{}",
}
FILE = f"{LIST}{NUMBER}/{NUMBER}-short.pdf"


@pytest.fixture
def union(app: Flask) -> Union:
    return build_union(app)


def folder(union: Union) -> Path:
    files: Path = union.app.config["SETTINGS"].files
    return files


def convention_of(union: Union, context: ActContext) -> Convention:
    convention_id = item_row(context.session, union, 1).convention_id
    return context.session.get_one(Convention, convention_id)


def issue(union: Union) -> str:
    with union.context("walter") as context:
        convention = convention_of(union, context)
        return issue_report(context, convention, FILES, folder(union)).number


def show(union: Union, visibility: Visibility) -> None:
    with union.context("walter") as context:
        set_publication(context, convention_of(union, context), visibility, by_edition=False)


def read(union: Union, path: str, who: str | None = None, status: int = 200) -> str:
    answer = union.client(who).get(path)
    assert answer.status_code == status, path
    return words(answer.text)


def test_the_list_says_that_there_is_none_yet(union: Union) -> None:
    assert "No report was issued yet" in read(union, LIST)
    assert "Reports" not in read(union, OWN).partition("The items")[2]
    assert 'href="/union/reports/"' in union.client(None).get(OWN).text  # in the navigation


def test_the_list_has_each_with_its_files_and_checksums(union: Union) -> None:
    assert issue(union) == NUMBER
    page = read(union, LIST)
    for sentence in (
        "1 was issued: 1 holds.",
        "The newest of this convention",
        "As of 30 November 2026",
        "Issued on 30 November 2026",
        "PDF, 1 KB",
        hashlib.sha256(PRINTED).hexdigest(),
        "Not signed, and says so",
    ):
        assert sentence in page, sentence
    html = union.client(None).get(LIST).text
    for address in (FILE, f"{LIST}{NUMBER}/", f"{LIST}{NUMBER}/{NUMBER}.csv"):
        assert f'href="{address}"' in html
    for who in (None, "walter"):
        assert NUMBER in read(union, OWN, who)  # on the page of the convention


def test_a_report_whose_files_are_being_made_shows_nowhere(union: Union) -> None:
    with union.context("walter") as context:
        issued(context, convention_of(union, context), with_files=False)
    for who in (None, "dana", "walter"):
        assert "No report was issued yet" in read(union, LIST, who)
        assert union.client(who).get(f"{LIST}{NUMBER}/").status_code == 404


def test_the_very_bytes_are_sent(union: Union) -> None:
    issue(union)
    answer = union.client(None).get(FILE)
    assert answer.data == PRINTED and answer.mimetype == "application/pdf"
    headers = answer.headers
    assert headers["ETag"] == f'"{hashlib.sha256(PRINTED).hexdigest()}"'
    assert headers["Cache-Control"] == "public, no-cache"
    assert f"{NUMBER}-short.pdf" in headers["Content-Disposition"]
    again = union.client(None).get(FILE, headers={"If-None-Match": headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    data = union.client(None).get(f"{LIST}{NUMBER}/{NUMBER}.csv")
    assert data.data == FILES[FileVariant.CSV]
    assert data.headers["Content-Disposition"].startswith("attachment")
    assert union.client(None).get(f"{LIST}{NUMBER}/{NUMBER}-full.pdf").status_code == 404
    assert union.client(None).get(f"{LIST}UNION-2026-2/").status_code == 404


def test_the_page_of_a_report_is_its_stored_bytes_and_nothing_acts(union: Union) -> None:
    """Its style sheet is named by its checksum in the policy."""
    issue(union)
    with union.app.app_context():
        answer = FlaskClient(union.app, union.app.response_class).get(f"{LIST}{NUMBER}/")
    assert answer.data == PAGE and answer.mimetype == "text/html"
    policy = answer.headers["Content-Security-Policy"]
    style = base64.b64encode(hashlib.sha256(STYLE).digest()).decode()
    assert "default-src 'none'" in policy and f"style-src 'sha256-{style}'" in policy
    assert "unsafe" not in policy


def test_a_file_that_was_changed_is_not_sent(union: Union) -> None:
    issue(union)
    path = store.path_of(folder(union), hashlib.sha256(PRINTED).hexdigest())
    path.write_bytes(PRINTED + b" and more")
    assert union.client(None).get(FILE).status_code == 404


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.HIDDEN])
def test_reports_are_read_by_whoever_reads_their_convention(
    union: Union, visibility: Visibility
) -> None:
    issue(union)
    show(union, visibility)
    readers = {"walter", "dana"} | ({"joy"} if visibility is Visibility.MEMBERS else set())
    for who in (None, "joy", "dana", "walter"):
        may = who in readers
        assert (NUMBER in read(union, LIST, who)) == may, who
        answer = union.client(who).get(FILE)
        assert answer.status_code == (200 if may else 404), who
        if may:
            assert answer.headers["Cache-Control"] == "private, no-cache"
            assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_reports_of_a_closed_body_are_closed(union: Union) -> None:
    issue(union)
    with union.context("imani") as context:
        bodies.set_setting(context, "pages", "closed")
    for path in (LIST, FILE, f"{LIST}{NUMBER}/"):
        assert union.client(None).get(path).status_code == 404
    answer = union.client("joy").get(FILE)
    assert (answer.data, answer.headers["Cache-Control"]) == (PRINTED, "private, no-cache")


def test_withheld_files_are_gone_and_their_number_stays(union: Union) -> None:
    issue(union)
    client = union.client(None)
    etag = client.get(LIST).headers["ETag"]
    with union.context("walter") as context:
        withhold_files(context, context.session.query(IssuedReport).one())
    fresh = client.get(LIST, headers={"If-None-Match": etag})
    assert fresh.status_code == 200  # what was kept of the list went with the act
    text = words(fresh.text)
    assert NUMBER in text and "the file of 1 is withheld" in text
    assert (
        "by the governance office: personal data" in text
        and "PDF" not in text.split(NUMBER)[1][:200]
    )
    for path in (FILE, f"{LIST}{NUMBER}/"):
        gone = client.get(path)
        assert gone.status_code == 410 and "are withheld" in gone.text, path


def test_a_page_of_an_earlier_day_has_no_later_report(union: Union) -> None:
    issue(union)
    assert NUMBER not in read(union, f"{OWN}?as_of=2026-11-29")
