"""A list of items as a union has published it comes in whole, and nobody is accused by it.

Collected only where the list is there (published_list.py).
"""

from __future__ import annotations

import csv
import json
import os
import re
from pathlib import Path

from pypdf import PdfReader

from tracker import config, create_app
from tracker.extensions import db

from .commands import Run, figures, imported
from .published_list import PUBLISHED_LIST


def test_the_published_list_comes_in_whole_and_again_changes_nothing(tracker: Run) -> None:
    first, second = (
        imported(tracker, PUBLISHED_LIST, "--create-conventions", body="nea")[1] for _ in range(2)
    )
    assert figures(first) == [73, 73, 0, 0, 0] and figures(second) == [73, 0, 0, 73, 0]
    tracker("export", "items", "--convention", "2017", "--format", "json", "--output", "o.json")
    items = {item["code"]: item for item in json.loads(Path("o.json").read_text("utf-8"))["items"]}
    assert items["nbi-2"]["text_truncated"] and items["nbi-2"]["estimate"]["amount"] == "31000.00"
    assert {value["verdict"] for value in items.values()} <= {
        "not_tracked",
        "decision_not_known",
        "not_decided",
        "not_due",
    }
    assert [item["action"] for item in items["nbi-86"]["floor_actions"]] == [
        "adopted_as_modified",
        "referred",
    ]


def test_the_published_list_given_out_comes_back_in(tracker: Run) -> None:
    imported(
        tracker, PUBLISHED_LIST, "--create-conventions", "--kept-from", "2017-07-07", body="nea"
    )
    years = {row["year"] for row in csv.DictReader(PUBLISHED_LIST.open(newline=""))}
    assert years
    for year in years:
        assert (
            tracker(
                "export", "items", "--convention", year, "--format", "csv", "--output", "o.csv"
            )[0]
            == 0
        )
        data = imported(tracker, Path("o.csv"), body="nea")[1]
        assert data["read"] == data["same"], data["changes"]


def test_the_published_list_opened_with_nothing_entered_accuses_nobody(tracker: Run) -> None:
    """Its pages and its printed report say what the record holds, by word and by sign."""
    imported(
        tracker, PUBLISHED_LIST, "--create-conventions", "--kept-from", "2017-07-07", body="nea"
    )
    app = create_app(config.read(Path(os.environ["TRACKER_INSTANCE"])))
    client = app.test_client()
    listed = client.get("/nea/2017/").get_data(as_text=True)
    codes = dict.fromkeys(re.findall(r'href="(/nea/2017/nbi-\w+)"', listed))
    pages = {path: client.get(path).get_data(as_text=True) for path in ("/nea/2017/", *codes)}
    assert (
        len(pages) > 30
        and "Of 14 adopted items, none is on record as carried out, and of all 14 there is no word."
        in listed
    )
    for path, page in pages.items():
        main = re.sub(
            r"<select.*?</select>",
            "",
            page[page.index("<main") : page.index("</main>")],
            flags=re.DOTALL,
        )
        assert "#s-lapsed" not in main and not re.search(r'class="[^"]*\bis-no\b', main), path
        assert not re.search(
            r"\blapsed\b|none has been|not finished|overdue|neglect", main, re.IGNORECASE
        ), path
    unheard = [path for path, page in pages.items() if "Term ended, no word" in page]
    # adopted, and only referred
    assert len(unheard) == 16 and all("No word since" in pages[path] for path in unheard)
    assert tracker("report", "convention", "2017", "--form", "full", "--output", "o.pdf")[0] == 0
    cover = " ".join(PdfReader("o.pdf").pages[0].extract_text().split())
    assert (
        "none is on record as carried out, and of all 14 there is no word" in cover
        and "has been carried out" not in cover
    )
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
