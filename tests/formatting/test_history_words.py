"""Each code of an act that stands in the program has words; texts are compared by their words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tracker
from tracker.formatting.history_changes import ChangeMark, ChangePiece, diff
from tracker.formatting.history_words import ACTS, GROUPS, ActGroup, kinds_of
from tracker.record.ledger_tables import IMPORT_UNDONE
from tracker.record.list_imports import FACTS_RESTORED
from tracker.rules.codes import Result
from tracker.rules.rosters import Roster

SOURCES = Path(tracker.__file__).parent
RECORDING = ("record", "recording", "_taking_back", "record_other_expenses")
"""What records an act under a code that its call names."""
NAMED = {"IMPORT_UNDONE": IMPORT_UNDONE, "FACTS_RESTORED": FACTS_RESTORED}
VALUES = {
    "result": list(Result),
    "reviewed": ["claims", "outcomes"],
    "roster.table": [roster.table for roster in Roster],
}
"""What stands within the f-strings that are codes."""


def codes_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else ""
        name = function.id if isinstance(function, ast.Name) else name
        if name not in (*RECORDING, "Event"):
            continue
        named = [word.value for word in node.keywords if word.arg == "kind"]
        for argument in (*named, *([] if named else node.args)):
            yield from _codes(argument)


def _codes(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(code)):
            yield code
        case ast.Name(id=name) if name in NAMED:
            yield NAMED[name]
        case ast.JoinedStr(values=parts):
            codes = [""]
            for part in parts:
                if isinstance(part, ast.Constant):
                    choices = [str(part.value)]
                else:
                    assert isinstance(part, ast.FormattedValue)
                    choices = VALUES[ast.unparse(part.value)]
                codes = [f"{code}{choice}" for code in codes for choice in choices]
            yield from codes


def test_each_code_of_an_act_has_words() -> None:
    """A new act needs a line in `formatting/history_words.ACTS`."""
    files = [
        *SOURCES.glob("acts/*.py"),
        SOURCES / "record/ledger.py",
        *SOURCES.glob("installation/*.py"),
    ]
    found = {code for file in files for code in codes_in(file.read_text(encoding="utf-8"))}
    assert {"claim_returned", "unit_merged", "import_undone", "spent", "body_founded"} <= found
    assert len(found) > 60
    assert found - set(ACTS) == set(), "acts without words"


def test_each_group_has_a_name_and_acts() -> None:
    assert set(GROUPS) == set(ActGroup)
    assert all(kinds_of(group) for group in ActGroup)


def test_texts_are_compared_by_their_words() -> None:
    before, after = diff("The review covers 46 studies.", "The review covers 64 studies.")
    assert before == (
        ChangePiece("The review covers ", ChangeMark.SAME),
        ChangePiece("46", ChangeMark.OUT),
        ChangePiece(" studies.", ChangeMark.SAME),
    )
    assert after[1] == ChangePiece("64", ChangeMark.IN)
    long = " ".join(f"word{number}" for number in range(40))
    before, after = diff(f"{long} old {long}", f"{long} new {long}")
    assert "…" in before[0].text and len(before[0].text.split()) == 7
    assert [piece.mark for piece in after] == [ChangeMark.SAME, ChangeMark.IN, ChangeMark.SAME]
    assert diff("All", "Nothing") == (
        (ChangePiece("All", ChangeMark.OUT),),
        (ChangePiece("Nothing", ChangeMark.IN),),
    )


def test_endless_texts_are_not_compared() -> None:
    was, is_now = diff("word " * 200_000, "word " * 199_999)
    assert len(was) == len(is_now) == 1 and len(was[0].text) < 1_000
