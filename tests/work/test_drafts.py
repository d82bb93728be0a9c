"""What is kept of forms that were not submitted: a day, or as long as their draft; what nobody
names goes.
"""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

from tests.factories.staffed_union import ITEM, NOW, Union
from tracker.acts import drafts
from tracker.config import Settings
from tracker.extensions import db
from tracker.record.drafts import Upload
from tracker.worker import make_worker


def kept(union: Union) -> set[str]:
    return {path.name for path in folder(union).glob("*/*/*")}


def folder(union: Union) -> Path:
    settings: Settings = union.app.config["SETTINGS"]
    return settings.uploads


def sweep(union: Union, after: timedelta) -> int:
    with union.app.app_context():
        gone = drafts.sweep(db.session(), folder(union), NOW + after)
        db.session.commit()
        return gone


def test_files_of_a_form_are_kept_a_day(union: Union) -> None:
    assert (
        union.log(
            "dana", 4, words="", files=[(io.BytesIO(b"%PDF-1.7 lost"), "lost.pdf")]
        ).status_code
        == 422
    )
    draft = {**union.form(1, files=[(io.BytesIO(b"%PDF-1.7 kept"), "kept.pdf")]), "draft": "1"}
    assert union.client("dana").post(ITEM.format(1) + "/log", data=draft).status_code == 303
    assert union.count(Upload) == 2 and len(kept(union)) == 2
    assert sweep(union, timedelta(hours=23)) == 0 and union.count(Upload) == 2
    assert (
        sweep(union, timedelta(hours=25)) == 1
        and union.count(Upload) == 1
        and len(kept(union)) == 1
    )
    # the draft still needs it
    assert sweep(union, timedelta(days=400)) == 0 and len(kept(union)) == 1
    assert "kept.pdf" in union.client("dana").get(ITEM.format(1) + "/log").text


def test_bytes_that_nobody_names_go_but_not_at_once(union: Union) -> None:
    assert (
        union.log("dana", 4, files=[(io.BytesIO(b"%PDF-1.7 sent"), "sent.pdf")]).status_code == 303
    )
    assert len(kept(union)) == 1 and union.count(Upload) == 0  # submitted: the record has its own
    # another form may be bringing the same bytes at this moment
    for path in folder(union).glob("*/*/*"):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert sweep(union, timedelta(minutes=30)) == 0
    with union.app.app_context():
        for path in folder(union).glob("*/*/*"):
            os.utime(path, (0, 0))
        make_worker(union.app).tidy()
    assert kept(union) == set()
    assert union.client("dana").get(f"/files/{union.files(4)[0]}").data == b"%PDF-1.7 sent"


def test_two_people_have_a_draft_each(union: Union) -> None:
    for who, words in (("dana", "Mine."), ("ray", "And mine.")):
        assert (
            union.client(who)
            .post(ITEM.format(4) + "/log", data={**union.form(4, words=words), "draft": "1"})
            .status_code
            == 303
        )
    assert "And mine." not in union.client("dana").get(ITEM.format(4) + "/log").text
    assert union.log("dana", 4).status_code == 303
    assert "And mine." in union.client("ray").get(ITEM.format(4) + "/log").text
