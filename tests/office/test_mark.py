"""The mark of a body: put on its pages, served, printed, proved, and taken away."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories.reports import collected
from tests.factories.staffed_union import NOW, PEOPLE, Union, hidden_field
from tests.files.test_marks import png, svg
from tracker.acts import bodies
from tracker.config import Settings
from tracker.extensions import db
from tracker.files import store
from tracker.record import proof
from tracker.record.conventions import Convention
from tracker.reports.collecting import collect
from tracker.reports.models import ReportKind
from tracker.reports.printing import document

CONVENTIONS = sa.select(Convention.id)
PAGE = "/office/union/settings"
SHOWN = re.compile(r'<img class="bodymark"\s+src="(/marks/[^"]+)"')


def send(union: Union, content: bytes | None, who: str = "imani", seen: str = "") -> TestResponse:
    """Chooses a file; without one, the mark is taken away."""
    client = union.client(who)
    fields: dict[str, object] = {"mark-seen": seen or seen_by(union)}
    if content is None:
        fields["remove"] = "1"
    else:
        fields["mark-value"] = (io.BytesIO(content), "mark")
    return client.post(f"{PAGE}/mark", data=fields)


def seen_by(union: Union) -> str:
    return hidden_field(union.client("imani").get(PAGE).text, "mark-seen")


def address(union: Union, path: str = "/union/2026/", who: str | None = None) -> str | None:
    """That of the mark on a page."""
    page = union.client(who).get(path)
    assert page.status_code == 200, path
    found = SHOWN.search(page.text)
    return found[1] if found else None


def test_only_the_administrator_changes_it(union: Union) -> None:
    for who in PEOPLE:
        assert send(union, svg(), who).status_code == (303 if who == "imani" else 403), who
    for who in ("walter", "ewan"):
        page = union.client(who).get(PAGE).text
        assert "Use this mark" not in page and SHOWN.search(page), who


def test_it_shows_on_the_pages_of_the_body_and_of_past_days(union: Union) -> None:
    assert address(union) is None
    assert send(union, svg()).status_code == 303
    where = address(union)
    assert where is not None
    yesterday = (union.today - timedelta(days=1)).isoformat()
    paths = ("/union/", "/union/2026/nbi-4", f"/union/2026/?as_of={yesterday}")
    assert {address(union, path) for path in paths} == {where}
    assert address(union, "/office", "imani") == where
    assert address(union, "/how-we-count") is None, "it belongs to no body"


def test_it_is_served_so_that_nothing_in_it_can_act(union: Union) -> None:
    for content, media_type in ((svg(), "image/svg+xml"), (png(), "image/png")):
        assert send(union, content).status_code == 303
        where = address(union)
        answer = union.client(None).get(where or "")
        assert answer.status_code == 200 and answer.mimetype == media_type
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        etag = answer.headers["ETag"]
        again = union.client(None).get(where or "", headers={"If-None-Match": etag})
        assert again.status_code == 304


def test_another_takes_its_place_and_it_can_be_taken_away(union: Union) -> None:
    send(union, svg())
    first = address(union) or ""
    send(union, png())
    second = address(union) or ""
    assert first != second and union.client(None).get(first).status_code == 404
    page = union.client("imani").get(PAGE).text
    assert "Take the mark away" in page and "SVG from" in page
    assert send(union, None).status_code == 303
    assert address(union) is None and union.client(None).get(second).status_code == 404
    assert "Take the mark away" not in union.client("imani").get(PAGE).text
    again = send(union, None)
    assert again.status_code == 422 and "It is so already" in again.text


def test_what_cannot_be_a_mark_says_why(union: Union) -> None:
    for content, words in (
        (b"", "Choose a file"),
        (b"GIF89a", "no whole SVG or PNG"),
        (svg(b"<script/>"), "holds a script"),
    ):
        answer = send(union, content)
        assert answer.status_code == 422 and words in answer.text, words
    assert address(union) is None
    # the digest of bytes that nobody has sent names no file
    forged = union.client("imani").post(PAGE, data={"mark-value": f"svg 1x1 {'ab' * 32}"})
    assert forged.status_code == 422 and address(union) is None


def test_two_at_once(union: Union) -> None:
    seen = seen_by(union)
    send(union, svg())
    answer = send(union, png(), seen=seen)
    assert answer.status_code == 409 and "Somebody changed it" in answer.text
    assert (address(union) or "").endswith(".svg")


def test_that_of_a_closed_body_is_for_its_readers(union: Union) -> None:
    send(union, svg())
    with union.context() as at:
        bodies.set_setting(at, "pages", "closed")
    where = address(union, "/union/", "joy") or ""
    assert union.client(None).get(where).status_code == 404
    answer = union.client("joy").get(where)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_file_that_was_changed_is_not_served_and_the_proof_names_it(
    app: Flask, union: Union
) -> None:
    send(union, svg())
    where = address(union) or ""
    settings: Settings = app.config["SETTINGS"]
    sha256 = where.rpartition("/")[2].removesuffix(".svg")

    def problems() -> str:
        proved = proof.prove(
            db.session(), [], NOW, lambda digest: store.digest_of(settings.files, digest)
        )
        return " ".join(problem.what for problem in proved.problems)

    with app.app_context():
        assert "mark" not in problems()
        store.path_of(settings.files, sha256).write_bytes(b"<svg/>")
        assert f"the file of a mark ({sha256[:12]}) was changed" in problems()
    assert union.client(None).get(where).status_code == 404


@pytest.mark.parametrize("content", [svg(), png()], ids=["svg", "png"])
def test_it_stands_on_the_cover_of_reports(app: Flask, union: Union, content: bytes) -> None:
    send(union, content)
    with app.app_context():
        convention = next(iter(db.session.scalars(CONVENTIONS)))
        for kind in (ReportKind.SHORT, ReportKind.FULL):
            db.session.rollback()
            collect.one_moment(db.session())
            report = collected(db.session(), convention, kind, NOW)
            html = document.html(report, contents=False)
            assert '<img class="bodymark" src="data:image/' in html
