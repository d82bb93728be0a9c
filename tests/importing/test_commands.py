"""`tracker import items` and `tracker export items` as a terminal, and as another program, sees
them: output, exit status, files.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from .commands import Run, figures, imported

GOOD = "Year,NBI,Title,Status\n2018,1,Air,Adopted\n2018,2,Water,\n"
BAD = "Year,NBI,Title,Status\n2018,1,Air,Adopted\n2018,1,Water,\n2018,,,Defeated\n"


def test_the_contract_of_the_json(tracker: Run) -> None:
    status, data = imported(tracker, GOOD, "--create-conventions")
    assert (
        status == 0
        and figures(data) == [2, 2, 0, 0, 0]
        and data["warnings"] == len(data["problems"]) == 2
    )
    assert all(
        set(problem) == {"row", "column", "severity", "message"} for problem in data["problems"]
    )
    assert (
        data["creates"]["body"] == "union"
        and {column["heading"]: column["confidence"] for column in data["columns"]}["NBI"] == "sure"
    )
    assert figures(imported(tracker, GOOD)[1]) == [2, 0, 0, 2, 0]


def test_rejects_stop_all_unless_they_are_accepted(tracker: Run) -> None:
    status, data = imported(tracker, BAD, "--create-conventions")
    assert status == 1 and figures(data) == [3, 1, 0, 0, 2]
    assert {problem["row"] for problem in data["problems"] if problem["severity"] == "error"} == {
        3,
        4,
    }
    # nothing was written
    assert (
        tracker(
            "export", "items", "--convention", "2018", "--format", "json", "--output", "o.json"
        )[0]
        == 1
    )
    status, data = imported(tracker, BAD, "--create-conventions", "--accept-rejects", "--dry-run")
    assert (
        status == 0
        and tracker(
            "export", "items", "--convention", "2018", "--format", "json", "--output", "o.json"
        )[0]
        == 1
    )
    status, data = imported(tracker, BAD, "--create-conventions", "--accept-rejects")
    assert status == 0 and figures(data) == [3, 1, 0, 0, 2]
    assert (
        tracker(
            "export", "items", "--convention", "2018", "--format", "json", "--output", "o.json"
        )[0]
        == 0
    )
    assert [item["code"] for item in json.loads(Path("o.json").read_text())["items"]] == ["nbi-1"]


def test_a_dry_run_writes_nothing_but_a_mapping_to_edit(tracker: Run) -> None:
    Path("list.csv").write_text(GOOD.replace("Title", "Whatever"), "utf-8")
    status, out, _ = tracker(
        "import", "items", "list.csv", "--body", "union", "--create-conventions", "--dry-run"
    )
    assert (
        status == 0
        and "Nothing was written" in out
        and "How each column was understood" in out
        and "None" not in out
    )
    mapping = Path("list.mapping.toml")
    assert '"NBI" = "number"' in mapping.read_text("utf-8")
    mapping.write_text(
        mapping.read_text("utf-8").replace('"Whatever" = "source"', '"Whatever" = "title"'), "utf-8"
    )
    status, data = imported(tracker, Path("list.csv"), "--create-conventions", "--mapping", mapping)
    assert (
        figures(data) == [2, 2, 0, 0, 0]
        and {column["heading"]: column["field"] for column in data["columns"]}["Whatever"]
        == "title"
    )
    status, data = imported(tracker, Path("list.csv"), "--dry-run", "--mapping", "named.toml")
    assert status == 0 and data["mapping"] == "named.toml" and Path("named.toml").exists()


@pytest.mark.parametrize(
    ("words", "status", "what"),
    [
        (("none.csv", "--body", "union"), 1, "cannot be opened"),
        (("list.csv", "--body", "union"), 1, "--create-conventions"),
        (("list.csv",), 2, "--body"),
        (("list.csv", "--body", "my-work", "--create-conventions"), 1, "another slug"),
        (("list.csv", "--body", "No Slug", "--create-conventions"), 1, "no address"),
        (
            ("list.csv", "--body", "union", "--create-conventions", "--mapping", "none.toml"),
            1,
            "mapping file",
        ),
        (
            ("list.csv", "--body", "union", "--create-conventions", "--time-zone", "Mars"),
            2,
            "time zone",
        ),
        (("list.csv", "--body", "union", "--currency", "XXQ"), 2, "currency"),
        (
            ("list.csv", "--body", "union", "--create-conventions", "--kept-from", "2999-01-01"),
            2,
            "after today",
        ),
        (
            ("list.csv", "--body", "union", "--create-conventions", "--convention", "other/2018"),
            1,
            "another body",
        ),
        (
            (
                "list.csv",
                "--body",
                "union",
                "--create-conventions",
                "--opened",
                "2018-07-05",
                "--closed-on",
                "2018-07-02",
            ),
            1,
            "Correct --opened or --closed-on.",
        ),
    ],
)
def test_what_is_wrong_is_one_line_that_says_what_to_do(
    tracker: Run, words: tuple[str, ...], status: int, what: str
) -> None:
    Path("list.csv").write_text(GOOD, "utf-8")
    code, out, err = tracker("import", "items", *words)
    assert code == status and what in err and len(err.strip().splitlines()) == 1 and not out


def test_a_convention_that_is_not_there_rejects_its_rows(tracker: Run) -> None:
    imported(tracker, GOOD, "--create-conventions")
    status, data = imported(tracker, GOOD.replace("2018", "2017"))
    assert (
        status == 1
        and figures(data) == [2, 0, 0, 0, 2]
        and "--create-conventions" in data["problems"][0]["message"]
    )


def test_dates_openings_and_closed_pages(tracker: Run) -> None:
    opened = date.today() - timedelta(days=40)
    listed = GOOD.replace("2018", str(opened.year))
    status, data = imported(
        tracker,
        listed,
        "--create-conventions",
        "--closed",
        "--opened",
        opened,
        "--closed-on",
        opened + timedelta(days=3),
        "--currency",
        "EUR",
        "--time-zone",
        "Europe/Madrid",
    )
    assert status == 0 and data["warnings"] == 0
    tracker(
        "export", "items", "--convention", opened.year, "--format", "json", "--output", "o.json"
    )
    assert {item["verdict"] for item in json.loads(Path("o.json").read_text())["items"]} == {
        "not_yet",
        "decision_not_known",
    }
    status, out, _ = tracker(
        "import",
        "items",
        "list.csv",
        "--body",
        "union",
        "--time-zone",
        "Europe/Lisbon",
        "--closed-on",
        opened + timedelta(days=4),
    )
    assert status == 0 and "Europe/Lisbon" in out and str(opened + timedelta(days=4)) in out


def test_kept_from_opens_what_was_still_running_and_names_the_others(tracker: Run) -> None:
    listed = "Year,NBI,Title,Status\n2010,1,Old,Adopted\n2017,1,Air,Adopted\n"
    status, data = imported(tracker, listed, "--create-conventions", "--kept-from", "2017-07-07")
    assert status == 0 and any(
        "2010" in problem["message"] and "not opened" in problem["message"]
        for problem in data["problems"]
    )
    for year, verdict in ((2010, "not_tracked"), (2017, "no_word")):
        tracker("export", "items", "--convention", year, "--format", "json", "--output", "o.json")
        assert [item["verdict"] for item in json.loads(Path("o.json").read_text())["items"]] == [
            verdict
        ]


def test_the_exported_csv_comes_back_in_and_an_export_of_a_day_before_is_refused(
    tracker: Run,
) -> None:
    imported(tracker, GOOD, "--create-conventions")
    assert (
        tracker(
            "export", "items", "--convention", "union/2018", "--format", "csv", "--output", "o.csv"
        )[0]
        == 0
    )
    assert figures(imported(tracker, Path("o.csv"))[1]) == [2, 0, 0, 2, 0]
    status, _, err = tracker(
        "export",
        "items",
        "--convention",
        "2018",
        "--format",
        "csv",
        "--as-of",
        "2001-01-01",
        "--output",
        "o.csv",
    )
    assert status == 1 and "began" in err
    assert (
        tracker(
            "export",
            "items",
            "--convention",
            "2018",
            "--format",
            "csv",
            "--output",
            "no/such/o.csv",
        )[0]
        == 1
    )
    assert (
        tracker("export", "items", "--convention", "1999", "--format", "csv", "--output", "o.csv")[
            0
        ]
        == 1
    )
