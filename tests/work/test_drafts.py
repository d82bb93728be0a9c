"""Drafts, and the files of forms that were not submitted.

Such files are kept for a day, or as long as the draft that they belong to.
"""

from __future__ import annotations

import io
import os
from datetime import datetime, timedelta
from pathlib import Path

from tests.factories.staffed_union import ITEM, NOW, Union
from tracker.acts import drafts
from tracker.config import Settings
from tracker.extensions import db
from tracker.record.drafts import Upload
from tracker.worker import make_worker


def log_address(number: int) -> str:
    """The address of the form of an entry on an item."""
    return ITEM.format(number) + "/log"


def save_draft(union: Union, who: str, number: int, words: str) -> None:
    fields = {**union.form(number, words=words), "draft": "1"}
    assert union.client(who).post(log_address(number), data=fields).status_code == 303


def stored_files(union: Union) -> list[Path]:
    """The files of uploads, in folders by the first digits of their hash."""
    return list(uploads_folder(union).glob("*/*/*"))


def uploads_folder(union: Union) -> Path:
    settings: Settings = union.app.config["SETTINGS"]
    return settings.uploads


def set_modified(union: Union, at: datetime) -> None:
    """Let the stored files be as if last written at this time, whatever the machine's clock."""
    for path in stored_files(union):
        os.utime(path, (at.timestamp(), at.timestamp()))


def sweep(union: Union, after: timedelta) -> int:
    """Sweep uploads away as if so much time had passed; gives back how many went."""
    with union.app.app_context():
        swept = drafts.sweep(db.session(), uploads_folder(union), NOW + after)
        db.session.commit()
        return swept


def test_files_of_a_form_without_a_draft_are_kept_a_day(union: Union) -> None:
    lost_file = (io.BytesIO(b"%PDF-1.7 lost"), "lost.pdf")
    assert union.log("dana", 4, words="", files=[lost_file]).status_code == 422

    kept_file = (io.BytesIO(b"%PDF-1.7 kept"), "kept.pdf")
    draft = {**union.form(1, files=[kept_file]), "draft": "1"}
    assert union.client("dana").post(log_address(1), data=draft).status_code == 303
    assert union.count(Upload) == 2
    assert len(stored_files(union)) == 2
    set_modified(union, NOW)

    assert sweep(union, timedelta(hours=23)) == 0
    assert union.count(Upload) == 2

    assert sweep(union, timedelta(hours=25)) == 1
    assert union.count(Upload) == 1
    assert len(stored_files(union)) == 1

    # the draft still needs its file
    assert sweep(union, timedelta(days=400)) == 0
    assert len(stored_files(union)) == 1
    assert "kept.pdf" in union.client("dana").get(log_address(1)).text


def test_a_file_that_no_form_names_goes_but_not_at_once(union: Union) -> None:
    sent_file = (io.BytesIO(b"%PDF-1.7 sent"), "sent.pdf")
    assert union.log("dana", 4, files=[sent_file]).status_code == 303
    # the entry is submitted, and the record has a copy of its own
    assert union.count(Upload) == 0
    assert len(stored_files(union)) == 1

    # a young file stays: another form may be bringing the same bytes at this moment
    set_modified(union, NOW)
    assert sweep(union, timedelta(minutes=30)) == 0
    assert len(stored_files(union)) == 1

    set_modified(union, NOW - timedelta(days=1))
    with union.app.app_context():
        make_worker(union.app).tidy()
    assert stored_files(union) == []
    evidence_id = union.files(4)[0]
    assert union.client("dana").get(f"/files/{evidence_id}").data == b"%PDF-1.7 sent"


def test_two_people_have_a_draft_each(union: Union) -> None:
    save_draft(union, "dana", 4, "Mine.")
    save_draft(union, "ray", 4, "And mine.")
    assert "Mine." in union.client("dana").get(log_address(4)).text
    assert "And mine." not in union.client("dana").get(log_address(4)).text

    # who submits loses their own draft only
    assert union.log("dana", 4).status_code == 303
    assert "And mine." in union.client("ray").get(log_address(4)).text
