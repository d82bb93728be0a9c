"""The pages of history: who reads them, what they show and lead to, all of it as a file."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.factories.staffed_union import PEOPLE, Union, item_row
from tracker.acts import bodies, erasing, floor, withholding
from tracker.current_settings import current_settings
from tracker.record.items import FloorAction
from tracker.record.progress import Entry
from tracker.rules.codes import Floor, WithheldFor

PAGE = "/office/union/history"
OF_ITEM = f"{PAGE}?convention=2026&item=nbi-4"
READERS = ("walter", "ewan")  # governance and the auditor


@pytest.fixture
def told(union: Union) -> Union:
    """Item 4: an entry that was released, then withheld; a floor action corrected."""
    assert union.log("dana", 4, "started", words="Asked by Ms Quill.").status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    entry_id = union.entry(4)
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        withholding.withhold(
            context,
            item,
            context.session.get_one(Entry, entry_id),
            WithheldFor.PERSONAL_DATA,
        )
        wrong = context.session.query(FloorAction).filter_by(item_id=item.id).one()
        floor.record_floor_action(
            context, item, Floor.ADOPTED_AS_AMENDED, context.day_of(wrong), corrects=wrong
        )
    return union


def test_who_reads_it(told: Union) -> None:
    for who in PEOPLE:
        for path in (PAGE, OF_ITEM, f"{PAGE}/1", f"{PAGE}.csv", f"{PAGE}.json"):
            status = told.client(who).get(path).status_code
            assert status == (200 if who in READERS else 403), (who, path)
    assert told.client(None).get(PAGE).status_code == 302


def test_the_acts_on_an_item_in_words(told: Union) -> None:
    page = told.client("ewan").get(OF_ITEM).text
    assert "New business item" in page and "Item number 4" in page
    assert "Released an entry of Dana: started" in page
    assert "Withheld the words of an entry: personal data" in page
    # the auditor reads what was withheld
    assert "Asked by Ms Quill." in page and "Withheld from readers; you may read it." in page
    assert re.search(r"<del>Silent</del>.*?<ins>Under way</ins>", page, re.S)
    assert re.search(r"<del>Adopted, .*?</del>.*?<ins>Adopted as amended, ", page, re.S)
    assert "Only corrections, 1" in page and "Only withholding, 1" in page
    assert "Manager, Center for Research" in page and "Command line" in page


def test_erased_words_say_so(told: Union) -> None:
    entry_id = told.entry(4)
    with told.context() as context:
        digest = context.session.get_one(Entry, entry_id).words
        erasing.erase(context, digest, WithheldFor.LEGAL)
    page = told.client("walter").get(OF_ITEM).text
    assert "Ms Quill" not in page and "These words were erased." in page
    assert "Erased a text" in page
    acts = json.loads(told.client("walter").get(f"{PAGE}.json").text)["acts"]
    entries = [row for act in acts for row in act["rows"]["wrote"] if row["table"] == "entry"]
    assert [row["words"] for row in entries] == [None]


def test_filters(told: Union) -> None:
    auditor = told.client("ewan")
    page = auditor.get(f"{OF_ITEM}&kind=corrections").text
    assert "Corrected what was typed wrong" in page and "Released an entry" not in page
    page = auditor.get(f"{OF_ITEM}&who={told.people['ray']}").text
    assert "Released an entry" in page and "Submitted an entry" not in page
    page = auditor.get(f"{PAGE}?since=2030-01-01").text
    assert "No act is of this kind" in page
    page = auditor.get(f"{PAGE}?kind=people").text
    assert "Gave a role: Dana" in page and "Released an entry" not in page


def test_what_cannot_be_read_comes_back_with_what_to_do(told: Union) -> None:
    auditor = told.client("ewan")
    page = auditor.get(f"{PAGE}?item=nbi-4").text
    assert "Choose its convention, too." in page and 'value="nbi-4"' in page
    page = auditor.get(f"{PAGE}?convention=2026&item=nbi-99").text
    assert "This convention has no such item." in page and 'value="nbi-99"' in page
    assert "This body has no such convention." in auditor.get(f"{PAGE}?convention=1999").text
    assert auditor.get(f"{PAGE}?since=yesterday").status_code == 200
    assert auditor.get(f"{PAGE}.csv?convention=1999").status_code == 404
    assert auditor.get(f"{PAGE}/99999").status_code == 404
    assert auditor.get("/office/nobody/history").status_code == 404


def test_a_setting_shows_its_value_before_and_after(told: Union) -> None:
    with told.context("imani") as context:
        bodies.set_setting(context, "silence_days", "60")
    page = told.client("walter").get(f"{PAGE}?kind=settings").text
    assert "Changed a setting: Days without a word" in page
    assert re.search(r"<del>90 days</del>.*?<ins>60 days</ins>", page, re.S)
    settings = told.client("walter").get("/office/union/settings").text
    assert f"{PAGE}?kind=settings" in settings
    assert f"{PAGE}?kind=settings" not in told.client("imani").get("/office/union/settings").text


def test_the_whole_selection_as_a_file(told: Union, monkeypatch: pytest.MonkeyPatch) -> None:
    auditor = told.client("ewan")
    sheet = auditor.get(OF_ITEM.replace("?", ".csv?"))
    assert sheet.headers["Content-Disposition"] == "attachment; filename=union-history.csv"
    rows = list(csv.DictReader(io.StringIO(sheet.text.lstrip("\ufeff"))))
    acts = json.loads(auditor.get(OF_ITEM.replace("?", ".json?")).text)["acts"]
    assert [row["number"] for row in rows] == [str(act["number"]) for act in acts]
    assert {row["item"] for row in rows} == {"/union/2026/nbi-4"}
    released = next(row for row in rows if row["act"] == "progress_released")
    assert (released["before"], released["after"]) == ("Standing: Silent", "Standing: Under way")
    assert released["who"] == "Ray" and len(released["hash"]) == 64
    assert all(set(row) - {"rows"} == set(rows[0]) for row in acts)
    monkeypatch.setattr("tracker.office.history.MOST_IN_A_FILE", 2)
    shown = json.loads(auditor.get(OF_ITEM.replace("?", ".json?")).text)["acts"]
    assert shown == acts[:2]
    assert "CSV and JSON have the newest 2 of them" in auditor.get(OF_ITEM).text


def test_an_act_has_an_address_with_its_seal_and_neighbours(told: Union) -> None:
    auditor = told.client("ewan")
    acts = json.loads(auditor.get(f"{PAGE}.json").text)["acts"]
    newest, before = acts[0], acts[1]
    page = auditor.get(f"{PAGE}/{newest['number']}").text
    assert newest["hash"] in page and before["hash"] in page
    assert f'{PAGE}/{before["number"]}"' in page and "after it" not in page
    assert "The act was read again just now: it gives its seal." in page


def test_nothing_is_claimed_that_nobody_checked(told: Union) -> None:
    """A head that is kept outside is compared; another says that the record is not as it was."""
    auditor = told.client("ewan")
    with told.app.app_context():
        heads: Path = current_settings().heads_file
    kept = heads.read_text() if heads.exists() else None
    newest = json.loads(auditor.get(f"{PAGE}.json").text)["acts"][0]
    line = f"2026-11-30T12:00:00+00:00 {told.body_id} {newest['number']} "
    try:
        heads.write_text(line + newest["hash"] + "\n")
        page = auditor.get(PAGE).text
        assert "that is kept outside the database is that of the record" in page
        heads.write_text(line + "0" * 64 + "\n")
        assert "The record is not as it was." in auditor.get(PAGE).text
        heads.unlink()
        assert "No seal of this record is kept outside" in auditor.get(PAGE).text
    finally:
        if kept is not None:
            heads.write_text(kept)


def test_it_is_reached_from_the_pages_of_whoever_reads_it(told: Union) -> None:
    of_item = "/office/union/history?convention=2026&amp;item=nbi-4"
    pages = {
        "/office": f'"{PAGE}"',
        "/office/union/2026/convention": f"{PAGE}?convention=2026",
        "/office/union/2026/items/nbi-4": of_item,
        "/union/2026/nbi-4": of_item,
    }
    for path, address in pages.items():
        for who in READERS:
            assert address in told.client(who).get(path).text, (path, who)
    for who in ("ray", "dana", "joy"):
        assert PAGE not in told.client(who).get("/union/2026/nbi-4").text
    assert PAGE not in told.client("ray").get("/office/union/2026/items/nbi-4").text
