"""The office's written histories, played through the acts on both engines, against standing,
verdict and change.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import kept_summaries
from tracker.rules.codes import Change, Standing, Verdict

from .story import Story, check, verify

HISTORIES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent.parent / "histories.toml").read_text()
)["history"]


@pytest.mark.parametrize("told", HISTORIES, ids=lambda told: told["name"])
def test_history(engine: sa.Engine, told: dict[str, Any]) -> None:
    with Session(engine) as session:
        story = Story.begin(session, told)
        wrong = [
            f"{line}\n     found: {found}"
            for line in told["expect"]
            for expected, found in [check(story, line)]
            if expected != found
        ]
        assert not wrong, "\n".join(["", *wrong, told["why"]])
        assert verify(story) == []
        for day in {
            story.context.today,
            *(date.fromisoformat(line[:10]) for line in told["expect"]),
        }:
            if day >= story.context.today:  # what is kept for lists, when midnight has passed since
                body_id = story.context.body_id
                assert list(kept_summaries.rebuild(session, body_id, day, check=True)) == []


def test_every_line_is_covered() -> None:
    said = {
        word.strip()
        for told in HISTORIES
        for line in told["expect"]
        for word in line.partition(":")[2].split(",")
    }
    for codes in (Standing, Verdict, Change):
        assert {code.value for code in codes} <= said
    assert len({told["name"] for told in HISTORIES}) == len(HISTORIES) >= 70
