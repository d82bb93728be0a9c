"""What came back to its author: each return is answered by itself, an answer takes the place of
what it answers, and a draft is no second thing to do.
"""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from tests.factories.staffed_union import ITEM, Union, hidden_field
from tracker.record.drafts import Draft, Upload
from tracker.record.progress import Entry
from tracker.rules.refusals import Refusal, Refused

from .work_of import work_of


def logged(union: Union, who: str, number: int, **more: str) -> int:
    assert union.log(who, number, **more).status_code == 303
    return union.entry(number)


def sent_back(union: Union, number: int, reason: str, who: str = "dana", **more: str) -> int:
    entry = logged(union, who, number, **more)
    assert (
        union.decide(
            "ray" if number != 3 else "teo", entry, "return", entries__0__reason=reason
        ).status_code
        == 303
    )
    return entry


def to_answer(union: Union, who: str = "dana") -> list[tuple[str, str]]:
    """The reasons of the returns on "My work", each with where its button leads."""
    page = union.client(who).get("/my-work").text
    return [
        (words, where)
        for words, where in re.findall(
            r'<p>“([^”]*)” [^<]*</p>\s*<div class="task__act">'
            r'\s*<a class="btn btn--main" href="([^"]+)"',
            page,
        )
    ]


def test_each_of_two_returns_is_answered_by_itself(union: Union) -> None:
    first = sent_back(union, 4, "Which schools?")
    second = sent_back(union, 4, "In which year?")
    log = ITEM.format(4) + "/log?again="
    assert to_answer(union) == [
        ("Which schools?", f"{log}{first}"),
        ("In which year?", f"{log}{second}"),
    ]
    assert work_of(union, "dana").things == len(work_of(union, "dana").tasks)
    answer = logged(union, "dana", 4, again=str(first))
    assert to_answer(union) == [("In which year?", f"{log}{second}")]  # also while the answer waits
    assert union.decide("ray", answer).status_code == 303
    assert to_answer(union) == [("In which year?", f"{log}{second}")]
    logged(union, "dana", 4, again=str(second))
    assert to_answer(union) == []


def test_an_entry_about_something_else_answers_nothing(union: Union) -> None:
    sent_back(union, 4, "Which schools?")
    assert union.decide("ray", logged(union, "dana", 4)).status_code == 303
    assert [words for words, _ in to_answer(union)] == ["Which schools?"]


def test_an_answer_that_comes_back_is_the_one_to_answer(union: Union) -> None:
    first = sent_back(union, 4, "Which schools?")
    again = sent_back(union, 4, "Still: which?", again=str(first))
    assert to_answer(union) == [("Still: which?", f"{ITEM.format(4)}/log?again={again}")]
    last = logged(union, "dana", 4, again=str(again), words="The schools of the north.")
    assert to_answer(union) == []
    assert union.client("dana").post(f"{ITEM.format(4)}/entries/{last}/withdraw").status_code == 303
    # what was withdrawn answers nothing
    assert [words for words, _ in to_answer(union)] == ["Still: which?"]
    last = logged(union, "dana", 4, again=str(again), words="The schools of the north.")
    assert union.decide("ray", last).status_code == 303 and to_answer(union) == []
    public = union.client(None).get("/union/2026/nbi-4").text
    assert "The schools of the north." in public and "Forty schools were asked." not in public


def test_an_author_withdraws_what_came_back(union: Union) -> None:
    entry = sent_back(union, 4, "Which schools?")
    assert (
        f"{ITEM.format(4)}/entries/{entry}/withdraw"
        in union.client("dana").get(ITEM.format(4)).text
    )
    assert union.client("ray").post(f"{ITEM.format(4)}/entries/{entry}/withdraw").status_code in (
        403,
        409,
        422,
    )
    assert (
        union.client("dana").post(f"{ITEM.format(4)}/entries/{entry}/withdraw").status_code == 303
    )
    assert to_answer(union) == []


def test_the_answer_to_a_returned_correction_takes_its_place(union: Union) -> None:
    first = logged(union, "dana", 4, words="Forty schools were asked.")
    assert union.decide("ray", first).status_code == 303
    correction = sent_back(
        union, 4, "Say how many.", corrects=str(first), words="Schools were asked."
    )
    form = union.client("dana").get(f"{ITEM.format(4)}/log?again={correction}").text
    assert "Schools were asked." in form and "You correct the entry of" in form
    answer = logged(
        union,
        "dana",
        4,
        again=hidden_field(form, "again"),
        corrects=hidden_field(form, "corrects"),
        words="Forty-one schools were asked.",
    )
    with union.session() as session:
        assert session.get_one(Entry, answer).corrects_id == first
    assert (
        "In the place of the entry of"
        in union.client("ray").get(f"/my-work/union/release?entry={answer}").text
    )
    assert to_answer(union) == [] and union.decide("ray", answer).status_code == 303
    public = union.client(None).get("/union/2026/nbi-4").text
    assert (
        "Forty-one schools" in public
        and public.count("counts as never said") == 1
        and "Schools were asked." not in public
    )
    with union.session() as session:
        stands = session.scalars(
            sa.select(Entry.id).where(Entry.item_id == union.items[4], Entry.retracted_by.is_(None))
        ).all()
        assert first not in stands and answer in stands


def test_one_answer_to_one_return(union: Union) -> None:
    """Two windows: the second answer is refused, and its words come back in the form."""
    entry = sent_back(union, 4, "Which schools?")
    logged(union, "dana", 4, again=str(entry))
    second = union.log("dana", 4, again=str(entry), words="In another window.")
    assert second.status_code in (409, 422) and "In another window." in second.text
    assert union.count(Entry, 4) == 2


def test_nobody_answers_for_others(union: Union) -> None:
    entry = sent_back(union, 3, "Which schools?", who="hollis")
    foreign = union.log("dana", 4, again=str(entry))
    assert foreign.status_code == 422  # of another item
    assert to_answer(union, "dana") == [] and len(to_answer(union, "hollis")) == 1


def test_what_comes_back_to_the_office_is_with_the_office(union: Union) -> None:
    """It recorded it for others, and leads nothing."""
    entry = sent_back(union, 3, "From whom is that?", who="walter")
    assert to_answer(union, "walter") == [
        ("From whom is that?", f"{ITEM.format(3)}/log?again={entry}")
    ]
    assert to_answer(union, "hollis") == []
    logged(union, "walter", 3, again=str(entry))
    assert to_answer(union, "walter") == []


def test_an_answer_to_what_was_never_read_is_news(union: Union) -> None:
    """The item does not count as without a word while it waits; nor is it called a correction when
    it is released.
    """
    entry = sent_back(union, 4, "Which schools?")
    assert "No word since" in union.client(None).get("/union/2026/nbi-4").text
    answer = logged(union, "dana", 4, again=str(entry))
    assert "waits for release" in union.client(None).get("/union/2026/nbi-4").text
    assert "No word since" not in union.client(None).get("/union/2026/nbi-4").text
    assert union.decide("ray", answer).status_code == 303


def draft(union: Union, number: int, **more: str) -> None:
    data = {**union.form(number, **more), "draft": "1"}
    assert union.client("dana").post(ITEM.format(number) + "/log", data=data).status_code == 303


def test_a_draft_and_its_due_item_are_one_thing(union: Union) -> None:
    before = work_of(union, "dana").tasks
    assert [task.why for task in before] == ["silent", "silent", "silent"]
    draft(union, 4)
    tasks = work_of(union, "dana").tasks
    assert [task.why for task in tasks] == ["silent", "silent", "silent"] and [
        bool(task.draft_on) for task in tasks
    ].count(True) == 1
    page = union.client("dana").get("/my-work").text
    assert (
        "Three things wait for you" in page
        and "Your draft of" in page
        and page.count(f'href="{ITEM.format(4)}/log"') == 1
    )


def test_a_draft_and_the_return_that_it_answers_are_one_thing(union: Union) -> None:
    first, second = sent_back(union, 4, "Which schools?"), sent_back(union, 4, "In which year?")
    draft(union, 4, again=str(second), words="In 2026, as I")
    tasks = [task for task in work_of(union, "dana").tasks if task.why == "returned"]
    assert [(task.entry, bool(task.draft_on)) for task in tasks] == [(first, False), (second, True)]
    assert "draft" not in [task.why for task in work_of(union, "dana").tasks]
    # the draft, not the entry anew
    assert "In 2026, as I" in union.client("dana").get(f"{ITEM.format(4)}/log?again={second}").text
    assert (
        "In 2026, as I" not in union.client("dana").get(f"{ITEM.format(4)}/log?again={first}").text
    )
    logged(union, "dana", 4, again=str(first))
    assert union.count(Draft) == 1  # it answers the other
    logged(union, "dana", 4, again=str(second), words="In 2026, as I heard.")
    assert union.count(Draft) == 0 and union.count(Upload) == 0 and to_answer(union) == []


def test_a_draft_of_something_else_is_a_thing_of_its_own(union: Union) -> None:
    sent_back(union, 4, "Which schools?")
    draft(union, 4, words="Besides, a")
    assert sorted(
        task.why for task in work_of(union, "dana").tasks if task.item.code == "nbi-4"
    ) == [
        "draft",
        "returned",
    ]


def test_only_what_came_back_can_be_answered(union: Union) -> None:
    waits = logged(union, "dana", 4)
    assert union.log("dana", 4, again=str(waits)).status_code == 422
    with union.context("dana") as context, pytest.raises(Refused) as no:
        from tracker.acts import progress

        from ..factories.staffed_union import item_row

        progress.log(
            context,
            item_row(context.session, union, 4),
            progress.NewEntry(words="Again.", on=union.today, answers=waits),
        )
    assert no.value.code is Refusal.NOT_THERE
