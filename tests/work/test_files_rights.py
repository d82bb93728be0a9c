"""Who may open a stored file: each role, before and after its release, and after it was withheld;
the public gets the copy without metadata.
"""

from __future__ import annotations

import io
import os

import pytest
from PIL import Image

from tests.factories.files import photo
from tests.factories.staffed_union import Union, item_row
from tracker.acts import bodies, withholding
from tracker.record.progress import Entry
from tracker.rules.codes import WithheldFor

INSIDE = ("dana", "ray", "walter", "ewan")


def status(union: Union, who: str | None, key: int) -> int:
    return union.client(who).get(f"/files/{key}/whatever.pdf").status_code


@pytest.fixture
def logged(union: Union) -> Union:
    files = [(io.BytesIO(photo()), "open.jpg"), (io.BytesIO(b"%PDF-1.7 names"), "closed.pdf")]
    assert union.log("dana", 4, "done", files=files).status_code == 303
    return union


def test_before_release_only_those_inside(logged: Union) -> None:
    opened, closed = logged.files(4)
    for key in (opened, closed):
        assert all(status(logged, who, key) == 200 for who in INSIDE)
        assert all(
            status(logged, who, key) == 404 for who in ("hollis", "teo", "marisol", "joy", "imani")
        )
        # they may be somebody: the page offers to sign in
        page = logged.client(None).get(f"/files/{key}")
        assert page.status_code == 404 and f"/sign-in?next=%2Ffiles%2F{key}" in page.text


def test_after_release_members_get_what_was_opened_without_its_metadata(logged: Union) -> None:
    opened, closed = logged.files(4)
    assert logged.decide("ray", logged.entry(4), entries__0__opens=[str(opened)]).status_code == 303
    for who in (None, "hollis", "joy", "imani"):
        sent = logged.client(who).get(f"/files/{opened}")
        assert (
            sent.status_code == 200 and b"ACME" not in sent.data and sent.mimetype == "image/jpeg"
        )
        with Image.open(io.BytesIO(sent.data)) as copy:
            assert copy.size == (60, 40)
        assert status(logged, who, closed) == 404
    for who in (*INSIDE, "marisol"):  # the confirmer, now that it is on the desk
        assert (
            b"ACME" in logged.client(who).get(f"/files/{opened}").data
            and status(logged, who, closed) == 200
        )


def test_withheld_and_closed(logged: Union) -> None:
    opened, _ = logged.files(4)
    assert logged.decide("ray", logged.entry(4), entries__0__opens=[str(opened)]).status_code == 303
    with logged.context() as context:
        bodies.set_setting(context, "pages", "closed")
    assert status(logged, None, opened) == 404 and status(logged, "joy", opened) == 200
    key = logged.entry(4)
    with logged.context("walter") as context:
        entry = context.session.get_one(Entry, key)
        withholding.withhold(
            context, item_row(context.session, logged, 4), entry, WithheldFor.PERSONAL_DATA
        )
    assert status(logged, "joy", opened) == 404 and status(logged, "walter", opened) == 200


def test_what_is_withheld_is_closed_to_staff_of_the_unit_too(logged: Union) -> None:
    """As their page has it: only the office and the auditor read what was withheld, with whatever
    belongs to it.
    """
    opened, closed = logged.files(4)
    assert logged.decide("ray", logged.entry(4), entries__0__opens=[str(opened)]).status_code == 303
    assert all(
        status(logged, who, key) == 200
        for who in ("dana", "ray", "marisol")
        for key in (opened, closed)
    )
    key = logged.entry(4)
    with logged.context("walter") as context:
        item = item_row(context.session, logged, 4)
        withholding.withhold(
            context, item, context.session.get_one(Entry, key), WithheldFor.PERSONAL_DATA
        )
    for file in (opened, closed):
        assert all(
            status(logged, who, file) == 404 for who in ("dana", "ray", "marisol", "hollis", None)
        )
        assert all(status(logged, who, file) == 200 for who in ("walter", "ewan"))


def test_a_file_that_was_changed_is_not_sent(logged: Union) -> None:
    key = logged.files(4)[1]
    assert status(logged, "dana", key) == 200
    [path] = [
        file
        for file in logged.app.config["SETTINGS"].files.rglob("*")
        if file.is_file() and file.read_bytes() == b"%PDF-1.7 names"
    ]
    about = path.stat()
    path.write_bytes(b"%PDF-1.7 other")  # as long, and as old by its own word
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    refused = logged.client("dana").get(f"/files/{key}")
    assert (
        refused.status_code == 500
        and "not what was stored" in refused.text
        and b"other" not in refused.data
    )
    path.write_bytes(b"%PDF-1.7 names")
    assert status(logged, "dana", key) == 200


def test_a_head_that_cannot_be_kept_does_not_undo_what_was_recorded(
    union: Union, caplog: pytest.LogCaptureFixture
) -> None:
    heads = union.app.config["SETTINGS"].heads_file
    heads.unlink(missing_ok=True)
    heads.symlink_to("/dev/full")
    logged = union.log("dana", 4, "done", files=[(io.BytesIO(b"%PDF-1.7 list"), "list.pdf")])
    assert logged.status_code == 303
    page = union.client("dana").get(logged.headers["Location"])
    assert page.status_code == 200 and "half recorded" not in page.text and union.entry(4)
    assert "heads not kept" in caplog.text


def test_the_answer_is_not_kept_by_others_and_can_be_repeated(logged: Union) -> None:
    key = logged.files(4)[1]
    first = logged.client("dana").get(f"/files/{key}")
    assert (
        first.headers["Cache-Control"] == "private, no-cache"
        and first.headers["Content-Disposition"] == "inline; filename=closed.pdf"
    )
    again = logged.client("dana").get(
        f"/files/{key}", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert again.status_code == 304
    part = logged.client("dana").get(f"/files/{key}", headers={"Range": "bytes=0-3"})
    assert part.status_code == 206 and part.data == b"%PDF"
