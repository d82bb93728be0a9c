"""What has changed since a report, item by item, and what is no change."""

from __future__ import annotations

from typing import Any

from tracker.rules.report_changes import COMPARED, AdoptedCounts, Row, compare


def row(code: str = "NB-1", **members: object) -> Row:
    usual: dict[str, Any] = {
        "convention": "port-alder",
        "code": code,
        "title": "Night buses",
        "verdict": "not_yet",
        "verdict_words": "Not yet",
        "group": "adopted",
        "due": True,
        "change": None,
        "silent_days": 10,
        "spent": None,
    }
    return usual | members


def test_the_same_rows_are_no_change() -> None:
    changes = compare([row(), row("NB-2")], [row("NB-2"), row()], is_whole=True)
    assert changes.changed == () and (changes.same, changes.of) == (2, 2)


def test_sentences_and_days_that_go_on_are_no_change() -> None:
    later = row(verdict_words="Pas encore", silent_days=99, reason_values={"days": 99})
    assert compare([row()], [later], is_whole=True).same == 1


def test_each_part_that_differs_is_named() -> None:
    for name in COMPARED:
        (changed,) = compare([row()], [row(**{name: "other"})], is_whole=True).changed
        assert changed.parts == (name,)


def test_what_is_new_or_gone_is_said_once() -> None:
    changes = compare([row("NB-1"), row("NB-2")], [row("NB-2"), row("NB-3")], is_whole=True)
    gone, new = changes.changed
    assert gone.now is None and gone.row["code"] == "NB-1"
    assert new.then is None and new.row["code"] == "NB-3"
    assert changes.same == 1


def test_what_a_selection_left_out_is_not_new() -> None:
    changes = compare([row("NB-1")], [row("NB-1"), row("NB-2")], is_whole=False)
    assert changes.changed == () and changes.now.due == 1


def test_items_of_two_conventions_are_not_mixed_up() -> None:
    other = row(convention="grant-falls", verdict="carried_out")
    assert compare([row(), other], [other, row()], is_whole=True).changed == ()


def test_the_headline_counts_adopted_items_that_are_due() -> None:
    then = [row("NB-1"), row("NB-2"), row("NB-3", group="referred"), row("NB-4", due=False)]
    now = [
        row("NB-1", verdict="carried_out", change="change_followed"),
        row("NB-2", verdict="carried_out", change="none_found"),
        row("NB-3", group="referred", verdict="carried_out"),
        row("NB-4", due=False, verdict="carried_out"),
    ]
    changes = compare(then, now, is_whole=True)
    assert changes.then == AdoptedCounts(due=2, carried_out=0, change_followed=0)
    assert changes.now == AdoptedCounts(due=2, carried_out=2, change_followed=1)
