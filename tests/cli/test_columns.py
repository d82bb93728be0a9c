"""`tracker columns list|open|close`.

What readers see of a list's columns that no field holds; and what an update took off the pages.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tracker.application import open_instance
from tracker.installation import migrations

pytestmark = pytest.mark.slow

LIST = """NBI #,Title,Disposition,Goal area,Aim,Staff memo
1,Guide to air,Adopted,OS-2,Clean air,Ask the editor first
2,Safe buses,Adopted,OS-3,,Costly
"""


@pytest.fixture
def listed(command: Command, tmp_path: Path) -> Command:
    """An instance with two conventions that have the same columns."""
    assert command("init").status == 0
    for year in ("2017", "2018"):
        file = tmp_path / f"{year}.csv"
        file.write_text(LIST, "utf-8")
        done = command(
            "import", "items", file, "--body", "union", "--convention", year, "--create-conventions"
        )
        assert done.status == 0, done.err + done.out
    return command


def state(command: Command, *words: str) -> dict[str, bool]:
    return {
        f"{column['convention']}: {column['column']}": column["open"]
        for column in command("columns", "list", "--body", "union", *words, "--json").json
    }


def test_the_list_says_what_they_hold_and_who_sees_them(listed: Command) -> None:
    done = listed("columns", "list", "--body", "union", "--convention", "2018", "--json")
    assert done.json == [
        {
            "body": "union",
            "convention": "2018",
            "column": "Aim",
            "cells": 1,
            "open": False,
            "opened_on": None,
            "alone_because": None,
        },
        {
            "body": "union",
            "convention": "2018",
            "column": "Goal area",
            "cells": 2,
            "open": False,
            "opened_on": None,
            "alone_because": None,
        },
        {
            "body": "union",
            "convention": "2018",
            "column": "Staff memo",
            "cells": 2,
            "open": False,
            "opened_on": None,
            "alone_because": "confidential",
        },
    ]
    shown = listed("columns", "list", "--body", "union")
    assert (
        shown.status == 0
        and shown.out.count("Goal area") == 2
        and "alone: its heading" in shown.out
        and "do not see it" in shown.out
    )


def test_a_column_is_opened_and_closed(listed: Command) -> None:
    done = listed("columns", "open", "--body", "union", "--convention", "2018", "Goal area")
    assert (done.status, done.out) == (0, "2018: readers see 'Goal area' now, 2 cells.\n")
    assert state(listed)["2018: Goal area"] and not state(listed)["2017: Goal area"]
    assert (
        "already"
        in listed("columns", "open", "--body", "union", "--convention", "2018", "Goal area").err
    )
    # where it is still closed
    assert listed("columns", "open", "--body", "union", "Goal area").status == 0
    assert state(listed)["2017: Goal area"]
    assert listed("columns", "close", "--body", "union", "Goal area").status == 0
    assert not any(state(listed).values())
    assert "not open" in listed("columns", "close", "--body", "union", "Goal area").err
    assert listed("verify").status == 0


def test_all_leaves_out_what_opens_alone(listed: Command) -> None:
    done = listed("columns", "open", "--body", "union", "--all")
    assert done.status == 0 and "'Staff memo' stays closed" in done.out
    assert [name for name, is_open in state(listed).items() if not is_open] == [
        "2017: Staff memo",
        "2018: Staff memo",
    ]
    assert "nothing to open" in listed("columns", "open", "--body", "union", "--all").out


def test_what_opens_alone_is_named_alone(listed: Command) -> None:
    together = listed(
        "columns", "open", "--body", "union", "--convention", "2018", "Goal area", "Staff memo"
    )
    assert together.status == 1 and "by itself" in together.err and not any(state(listed).values())
    both = listed("columns", "open", "--body", "union", "Staff memo")
    assert both.status == 1 and "--convention" in both.err and "2017, 2018" in both.err
    assert (
        listed("columns", "open", "--body", "union", "--convention", "2018", "Staff memo").status
        == 0
    )
    assert state(listed)["2018: Staff memo"]


@pytest.mark.parametrize(
    "words, status, says",
    [
        (("open", "--body", "union"), 2, "--all"),
        (("open", "--body", "union", "--all", "Aim"), 2, "--all"),
        (("open", "--body", "other", "Aim"), 1, "other"),
        (("open", "--body", "union", "--convention", "2020", "Aim"), 1, "2017, 2018"),
        (("open", "--body", "union", "aim"), 1, "Goal area"),
        (("close", "--body", "union"), 2, ""),
        (("list",), 2, "--body"),
    ],
)
def test_wrong_words_are_refused(
    listed: Command, words: tuple[str, ...], status: int, says: str
) -> None:
    done = listed("columns", *words)
    assert done.status == status and says in done.err


def test_an_update_closes_what_showed_and_the_doctor_names_it(listed: Command) -> None:
    """What was recorded before the migration says nothing of how the workbook showed it."""
    with open_instance(listed.instance):
        migrations.downgrade("0003")
    assert listed("init").status == 0
    assert not any(state(listed).values())
    diagnosis = listed("doctor").out
    assert (
        "union/2018: Goal area" in diagnosis
        and "union/2018: Staff memo" in diagnosis
        and "tracker columns open" in diagnosis
    )
    reasons = json.loads(
        listed("columns", "list", "--body", "union", "--convention", "2018", "--json").out
    )
    assert {column["column"]: column["alone_because"] for column in reasons} == {
        "Aim": "not_told",
        "Goal area": "not_told",
        "Staff memo": "confidential",
    }
    assert (
        listed("columns", "open", "--body", "union", "--convention", "2018", "Goal area").status
        == 0
    )
    assert (
        "union/2018: Goal area" not in listed("doctor").out
        and "union/2017: Goal area" in listed("doctor").out
    )
