"""What "My work" says is to be done, and in which order; to whom what came back goes."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

from tests.factories.staffed_union import ITEM, Union, item_row
from tracker.acts import assignments, items, progress
from tracker.acts.progress import NewEntry
from tracker.rules.codes import Part

from .work_of import work_of


def test_due_and_silent_come_with_their_days(union: Union) -> None:
    with union.context("walter") as context:
        items.set_due_date(
            context, item_row(context.session, union, 1), union.today + timedelta(days=8)
        )
        items.set_due_date(
            context,
            item_row(context.session, union, 2),
            union.today - timedelta(days=3),
            clause_id=union.clauses[2][1],
        )
    tasks = work_of(union, "dana").tasks
    assert [(task.why, task.days) for task in tasks] == [("due", -3), ("due", 8), ("silent", -10)]
    assert tasks[0].clause == 2 and tasks[0].clause_words == "Publish the answers."
    page = union.client("dana").get("/my-work").text
    assert (
        "Was due 3 days ago" in page
        and "Due in 8 days" in page
        and "100 days without a word; the rule is 90" in page
    )
    assert "overdue" not in page.casefold()


def test_a_word_ends_the_silence_and_an_announced_one_too(union: Union) -> None:
    assert [task.why for task in work_of(union, "hollis").tasks] == ["silent"]
    assert (
        union.log(
            "hollis", 3, "no_change", next_word_by=(union.today + timedelta(days=170)).isoformat()
        ).status_code
        == 303
    )
    # it waits for others now
    assert work_of(union, "hollis").tasks == () and work_of(union, "hollis").led[0].waits
    assert union.decide("teo", union.entry(3)).status_code == 303
    assert work_of(union, "hollis").tasks == ()
    assert work_of(union, "hollis", union.today + timedelta(days=120)).tasks == ()
    later = work_of(union, "hollis", union.today + timedelta(days=165)).tasks
    assert [(task.why, task.days) for task in later] == [("silent", 5)]


def test_each_person_sees_their_own_work(union: Union) -> None:
    assert (
        len(work_of(union, "dana").led) == 3
        and len(work_of(union, "ray").led) == 3
        and len(work_of(union, "hollis").led) == 1
    )
    assert work_of(union, "walter").led == () and work_of(union, "marisol").led == ()
    with union.context("walter") as context:
        assignments.assign(
            context,
            item_row(context.session, union, 4),
            Part.LEAD,
            union.units["Center for Research"],
            union.people["ray"],
        )
    assert len(work_of(union, "dana").led) == 2  # another person of her unit has the lead now


def test_what_comes_back_of_a_list_goes_to_the_lead(union: Union) -> None:
    with union.context() as context:
        at = replace(context, importing=True)
        progress.log(
            at,
            item_row(context.session, union, 4),
            NewEntry(words="From the sheet.", on=union.today, source="list.csv", source_row=5),
        )
    waiting = work_of(union, "ray").to_release
    assert [(entry.source, entry.person) for entry in waiting] == [("list.csv, row 5", None)]
    assert (
        union.decide(
            "ray", union.entry(4), "return", entries__0__reason="Of which year?"
        ).status_code
        == 303
    )
    for who, there in (("dana", True), ("ray", True), ("hollis", False), ("walter", False)):
        assert ("Of which year?" in union.client(who).get("/my-work").text) is there, who


def test_three_clicks_at_most(union: Union) -> None:
    """From the page to the form of an item in one; and its form in one more."""
    page = union.client("dana").get("/my-work").text
    forms = set(re.findall(r'href="(/my-work/union/2026/nbi-\d/log)"', page))
    assert forms == {ITEM.format(number) + "/log" for number in (1, 2, 4)}


def test_twenty_files_and_no_more(union: Union) -> None:
    many = union.log(
        "dana", 4, files=[(io.BytesIO(f"%PDF-1.7 {n}".encode()), f"{n}.pdf") for n in range(21)]
    )
    assert many.status_code == 422 and "An entry takes 20 files" in many.text


def test_the_confirmer_reads_what_is_on_the_desk(union: Union) -> None:
    assert union.client("marisol").get(ITEM.format(4)).status_code == 403
    assert (
        union.log("dana", 4, "done", files=[(io.BytesIO(b"%PDF-1.7 a"), "names.pdf")]).status_code
        == 303
    )
    assert union.decide("ray", union.entry(4)).status_code == 303
    page = union.client("marisol").get(ITEM.format(4)).text
    assert "names.pdf" in page and "Dana" in page and "Log progress" not in page
