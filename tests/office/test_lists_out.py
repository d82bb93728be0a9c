"""Taking a list out by a page: who may, what is in it, and that it comes back in as the same."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

from tests.factories.staffed_union import NOW, PEOPLE, Union, item_row
from tests.office.test_imports import press, ready, stored, work
from tracker.acts import assignments, withholding
from tracker.importing.tables.sheets import read_bytes
from tracker.record.import_previews import PreviewState
from tracker.record.progress import Entry, Release
from tracker.rules.codes import Part, WithheldFor

PAGE = "/office/union/list-out"
FILE = f"{PAGE}/file"


def rows_of(union: Union, who: str, unit: str = "", form: str = "csv") -> list[dict[str, str]]:
    key = str(union.units[unit]) if unit else ""
    file = union.client(who).get(FILE, query_string={"unit": key, "format": form})
    assert file.status_code == 200, file.text
    if form == "csv":
        return list(csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"))))
    [items] = read_bytes(file.data, "list.xlsx").sheets
    return [dict(zip(items.rows[0], row, strict=True)) for row in items.rows[1:]]


def test_who_may_take_what_out_and_is_led_there(union: Union) -> None:
    for who in PEOPLE:
        client = union.client(who)
        may = who in ("walter", "ewan", "ray", "teo")
        for address in (PAGE, FILE):
            assert client.get(address).status_code == (200 if may else 403), (who, address)
    for who in ("walter", "ewan"):
        client = union.client(who)
        assert f'href="{PAGE}"' in client.get("/office/union/imports").text
        assert f'href="{PAGE}?convention=2026"' in client.get("/office").text
        assert "All items" in client.get(PAGE).text
    page = union.client("ray").get(PAGE).text
    assert f'href="{PAGE}"' in union.client("ray").get("/my-work").text
    assert "Center for Research" in page and "Center for Safety" not in page
    assert "The governance office brings the list back in" in page
    assert f'href="{PAGE}"' not in union.client("dana").get("/my-work").text
    for key in ("", str(union.units["Center for Safety"])):
        refused = union.client("ray").get(FILE, query_string={"unit": key})
        assert refused.status_code == 422 and "<h1>" in refused.text


def test_what_is_chosen_comes_as_a_file(union: Union) -> None:
    assert [row["code"] for row in rows_of(union, "walter")] == ["nbi-1", "nbi-2", "nbi-3", "nbi-4"]
    assert [row["person"] for row in rows_of(union, "ewan", form="xlsx")] == [
        "Dana",
        "Dana",
        "Hollis",
        "Dana",
    ]
    with union.context() as context:
        item = item_row(context.session, union, 1)
        unit = union.units["Center for Safety"]
        assignments.assign(context, item, Part.CONTRIBUTOR, unit)
    [first, second] = rows_of(union, "teo", "Center for Safety", "xlsx")
    assert (first["code"], second["code"]) == ("nbi-1", "nbi-3")
    assert second["sheet_of_unit"] == "Center for Safety" and second["progress"] == ""
    file = union.client("teo").get(FILE)
    assert file.headers["Content-Disposition"].endswith("union-2026-center-for-safety.xlsx")
    for wrong in ({"convention": "1999"}, {"format": "pdf"}, {"unit": "999999"}, {"unit": "x"}):
        assert union.client("walter").get(FILE, query_string=wrong).status_code == 422, wrong


def test_a_sheet_of_a_unit_has_no_word_of_any_entry(union: Union) -> None:
    """Neither what is internal, nor what was withheld, nor what waits."""
    union.log("dana", 4, words="For the staff alone.", reader="internal")
    union.log("dana", 4, words="It waits.")
    assert union.log("dana", 1, words="It was withheld.").status_code == 303
    assert union.decide("ray", union.entry(1)).status_code == 303
    entry_id = union.entry(1)
    with union.context("walter") as context:
        item = item_row(context.session, union, 1)
        entry = context.session.get_one(Entry, entry_id)
        withholding.withhold(context, item, entry, WithheldFor.MISTAKE)
    for who in ("ray", "walter"):
        for row in rows_of(union, who, "Center for Research"):
            words = " ".join(row.values())
            for closed in ("alone", "waits", "withheld"):
                assert closed not in words


def test_a_sheet_that_was_filled_in_comes_back_as_entries_that_wait(union: Union) -> None:
    """Also where the list is said to be public already."""
    rows = rows_of(union, "ray", "Center for Research")
    same = ready(union, _table(rows), "sheet.csv")
    assert "3 rows read" in union.client("walter").get(same).text
    assert stored(union, same).state is PreviewState.READY
    rows[0] |= {
        "progress": "in progress",
        "update": "Ten schools answered.",
        "updated_on": (NOW - timedelta(days=3)).date().isoformat(),
        "title": "A title that the unit may not give",
    }
    path = ready(union, _table(rows), "sheet.csv")
    assert "Ten schools answered." in union.client("walter").get(path).text
    assert press(union, path, "import", release="y").status_code == 303
    work(union)
    assert union.count(Entry, 1) == 1 and union.count(Release) == 0
    assert "A title that the unit" not in union.client("walter").get("/union/2026/nbi-1").text


def _table(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
