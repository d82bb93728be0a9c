"""Releasing entries by the pages of staff: many together, who may, and what it says before."""

from __future__ import annotations

import re

from flask import Flask

from tests.factories.staffed_union import ITEM, Union, build_union, hidden_field
from tracker.acts import people
from tracker.record.people import Person
from tracker.record.progress import Release, Review
from tracker.rules.codes import Role


def test_many_are_released_together_or_none(union: Union) -> None:
    for number in (1, 2, 4):
        assert (
            union.log(
                "dana",
                number,
                clauses__1__clause="" if number != 2 else str(union.clauses[2][1]),
                clauses__1__claimed="",
            ).status_code
            == 303
        )
    page = union.client("walter").get("/my-work/union/release").text
    assert "3 entries wait for you" in page
    fields = {
        f"entries-{n}-{name}": hidden_field(page, f"entries-{n}-{name}")
        for n in range(3)
        for name in ("entry", "seen")
    }
    unsaid = union.client("walter").post("/my-work/union/release", data=fields)
    assert unsaid.status_code == 422 and "Choose for one entry at least" in unsaid.text
    wrong = union.client("walter").post(
        "/my-work/union/release",
        data={**fields, "entries-0-decision": "release", "entries-1-decision": "return"},
    )
    assert wrong.status_code == 422 and union.count(Release) == 0
    asks = union.client("walter").post("/my-work/union/release", data={**fields, "all": "1"})
    assert (
        asks.status_code == 200
        and "Shall these 3 entries become public?" in asks.text
        and union.count(Release) == 0
    )
    for number in (1, 2, 4):
        assert (
            f"Item number {number}"
            in asks.text.partition("Shall these")[2].partition("</section>")[0]
        )
    assert (
        union.client("walter")
        .post("/my-work/union/release", data={**fields, "all": "sure"})
        .status_code
        == 303
        and union.count(Release) == 3
    )


def test_my_work_leads_to_the_question_before_all_are_released(union: Union) -> None:
    address = "/my-work/union/release?all=1"
    manager = union.client("ray")
    assert union.log("dana", 1).status_code == 303
    assert f'href="{address}"' not in manager.get("/my-work").text  # there is one alone
    assert union.log("dana", 4).status_code == 303
    assert f'href="{address}"' in manager.get("/my-work").text
    page = manager.get(address).text
    assert "Shall these 2 entries become public?" in page and union.count(Release) == 0
    fields = {
        f"entries-{n}-{name}": hidden_field(page, f"entries-{n}-{name}")
        for n in range(2)
        for name in ("entry", "seen")
    }
    manager.post("/my-work/union/release", data={**fields, "all": "sure"})
    assert union.count(Release) == 2
    assert "Nothing waits for release" in manager.get(address).text
    read = union.client("ewan").get(address)
    assert read.status_code == 200 and "become public?" not in read.text


def test_before_all_are_released_it_says_what_members_may_open_and_what_was_spent(
    union: Union,
) -> None:
    assert (
        union.log(
            "dana",
            1,
            money="amount",
            amount="1250.50",
            links__0__url="https://example.org/minutes",
            links__0__title="The minutes",
        ).status_code
        == 303
    )
    assert union.log("dana", 4).status_code == 303
    page = union.client("walter").get("/my-work/union/release").text
    fields = {
        f"entries-{n}-{name}": hidden_field(page, f"entries-{n}-{name}")
        for n in range(2)
        for name in ("entry", "seen")
    }
    opens = re.findall(r'name="(entries-\d-opens)"\s+value="(\d+)"', page)
    asks = union.client("walter").post(
        "/my-work/union/release",
        data={
            **fields,
            **dict(opens),
            "entries-1-decision": "return",
            "entries-1-reason": "Which schools?",
            "all": "1",
        },
    )
    question = asks.text.partition("Shall this one entry")[2].partition("</section>")[0]
    asked_words = " ".join(re.sub("<[^>]+>", "", question).split())
    assert "Progress. $1,250.50 spent, paid on" in asked_words
    assert asked_words.count("Members may open: The minutes.") == 1
    assert ".." not in asked_words
    assert "Item number 4" not in asked_words
    assert "Which schools?" in asks.text  # a return among them is kept as it was chosen


def test_what_was_written_of_an_entry_that_is_gone_is_shown(union: Union) -> None:
    """Somebody else decides of it meanwhile: neither the reason nor the other choices are lost, and
    nothing else is said to be there.
    """
    for number in (1, 4):
        assert union.log("dana", number).status_code == 303
    first = union.entry(1)
    page = union.client("walter").get("/my-work/union/release").text
    fields = {
        f"entries-{n}-{name}": hidden_field(page, f"entries-{n}-{name}")
        for n in range(2)
        for name in ("entry", "seen")
    }
    place = next(n for n in range(2) if fields[f"entries-{n}-entry"] == str(first))
    assert union.decide("ray", first).status_code == 303
    late = union.client("walter").post(
        "/my-work/union/release",
        data={
            **fields,
            f"entries-{place}-decision": "return",
            f"entries-{place}-reason": "Ask all of them.",
            f"entries-{1 - place}-decision": "release",
        },
    )
    assert late.status_code == 422
    assert "Ask all of them." in late.text and "your other choices are below" in late.text
    alone = union.client("walter").post(
        f"/my-work/union/release?entry={first}",
        data={
            "entries-0-entry": str(first),
            "entries-0-decision": "return",
            "entries-0-reason": "Ask all of them.",
        },
    )
    assert (
        alone.status_code == 422
        and "Ask all of them." in alone.text
        and "choices are below" not in alone.text
    )


def test_recorded_by_the_office_for_others(union: Union) -> None:
    assert "recorded by the office" in union.client("walter").get(ITEM.format(3) + "/log").text
    assert union.log("walter", 3).status_code == 303
    assert "Recorded by the office" in union.client("teo").get("/my-work/union/release").text
    own = union.decide("walter", union.entry(3))
    # the author releases nothing of their own
    assert own.status_code == 422 and "no longer in the list" in own.text
    assert union.decide("teo", union.entry(3)).status_code == 303


def test_what_will_not_be_done_is_released_by_the_office(union: Union) -> None:
    lacking = union.log("dana", 4, "will_not_be_done")
    assert lacking.status_code == 422 and all(
        text in lacking.text
        for text in ("Say why it will not", "Say who decided that", "on which day that was decided")
    )
    assert (
        union.log(
            "dana",
            4,
            "will_not_be_done",
            clauses__0__why_not="No money.",
            clauses__0__decided_by="The Board",
            clauses__0__decided_on=union.today.isoformat(),
        ).status_code
        == 303
    )
    assert union.decide("ray", union.entry(4)).status_code == 422
    assert "will not be done" in union.client("walter").get("/my-work/union/release").text
    assert union.decide("walter", union.entry(4)).status_code == 303
    assert "Will not be done" in union.client(None).get("/union/2026/nbi-4").text


def test_a_one_person_office(app: Flask) -> None:
    """Leads release their own; the office, too, what it recorded itself.

    A second person confirms.
    """
    union = build_union(app, leads_release=True)
    assert "you may release it yourself" in union.client("dana").get(ITEM.format(4) + "/log").text
    assert union.log("dana", 4, "done", links__0__url="https://example.org/a").status_code == 303
    assert "For you to release" in union.client("dana").get("/my-work").text
    assert union.decide("dana", union.entry(4)).status_code == 303
    assert (
        union.log("walter", 3).status_code == 303
        and union.decide("walter", union.entry(3)).status_code == 303
    )
    assert union.client("dana").get("/my-work/union/confirm").status_code == 403
    assert (
        union.client("marisol")
        .post(f"/my-work/union/confirm/{union.claim(4)}", data={"decision": "confirmed"})
        .status_code
        == 303
    )


def test_the_releaser_does_not_confirm(union: Union) -> None:
    with union.context() as context:
        people.give_role(
            context, context.session.get_one(Person, union.people["ray"]), Role.CONFIRMER
        )
    assert union.log("dana", 4, "done", links__0__url="https://example.org/a").status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    page = union.client("ray").get(f"/my-work/union/confirm/{union.claim(4)}").text
    assert "Somebody else confirms this" in page and 'value="confirmed"' not in page
    assert "waits for somebody else" in union.client("ray").get("/my-work/union/confirm").text
    forced = union.client("ray").post(
        f"/my-work/union/confirm/{union.claim(4)}", data={"decision": "confirmed"}
    )
    assert forced.status_code == 422 and union.count(Review) == 0
