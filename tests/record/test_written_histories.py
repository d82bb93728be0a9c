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


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history["name"])
def test_a_written_history_has_its_answers(engine: sa.Engine, history: dict[str, Any]) -> None:
    with Session(engine) as session:
        story = Story.begin(session, history)
        wrong = [
            f"{line}\n     found: {actual}"
            for line in history["expect"]
            for expected, actual in [check(story, line)]
            if expected != actual
        ]
        assert not wrong, "\n".join(["", *wrong, history["why"]])
        assert verify(story) == []
        for day in {
            story.context.today,
            *(date.fromisoformat(line[:10]) for line in history["expect"]),
        }:
            if day >= story.context.today:  # what is kept for lists, when midnight has passed since
                body_id = story.context.body_id
                assert list(kept_summaries.rebuild(session, body_id, day, check=True)) == []


def test_every_line_is_covered() -> None:
    expected_words = {
        word.strip()
        for history in HISTORIES
        for line in history["expect"]
        for word in line.partition(":")[2].split(",")
    }
    for codes in (Standing, Verdict, Change):
        assert {code.value for code in codes} <= expected_words
    assert len({history["name"] for history in HISTORIES}) == len(HISTORIES) >= 70
