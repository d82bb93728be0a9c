"""The confirmer's desk: an outcome beside its evidence is confirmed or returned, by whom it may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import records
from tests.factories.staffed_union import PEOPLE, Union, hidden_field, item_row
from tracker.acts import assignments, outcomes, reviews
from tracker.record.outcomes import Outcome
from tracker.record.progress import Review
from tracker.rules.codes import Level, Part, Result

QUEUE = "/my-work/union/confirm"


@pytest.fixture
def stated(union: Union) -> tuple[Union, int]:
    """An outcome of item 4, stated by its lead and released by the manager."""
    with union.context("dana") as context:
        item = item_row(context.session, union, 4)
        outcome = outcomes.state(
            context,
            item,
            Level.CHANGE_FOLLOWED,
            "Calls fell by a third.",
            union.today - timedelta(days=2),
            "A count before and after.",
            [records.new_link()],
        )
        key = outcome.id
    with union.context("ray") as context:
        item = item_row(context.session, union, 4)
        outcomes.release(context, item, context.session.get_one(Outcome, key))
    return union, key


def test_it_waits_on_the_desk_and_counts_once_it_is_confirmed(stated: tuple[Union, int]) -> None:
    union, key = stated
    confirmer = union.client("marisol")
    address = f"{QUEUE}/outcomes/{key}"
    assert "1 outcome waits" in confirmer.get("/my-work").text
    desk = confirmer.get(QUEUE).text
    assert "One outcome waits for you" in desk and f'href="{address}"' in desk
    page = confirmer.get(address).text
    for words in ("Calls fell by a third.", "A count before and after.", "https://example.org"):
        assert words in page
    public = union.client(None).get("/union/2026/nbi-4").text
    assert "Not confirmed yet, so it does not count as the answer." in public
    fields = {"seen": hidden_field(page, "seen"), "decision": "confirmed", "reason": "Counted."}
    sent = confirmer.post(address, data=fields)
    assert sent.status_code == 303 and sent.headers["Location"] == QUEUE
    public = union.client(None).get("/union/2026/nbi-4").text
    assert "Not confirmed yet" not in public and "Confirmed inside the union" in public
    assert "Nothing waits to be confirmed" in confirmer.get(QUEUE).text
    assert confirmer.get(address).status_code == 404


def test_a_decision_that_cannot_be_recorded_comes_back(stated: tuple[Union, int]) -> None:
    union, key = stated
    confirmer = union.client("marisol")
    address = f"{QUEUE}/outcomes/{key}"
    seen = hidden_field(confirmer.get(address).text, "seen")
    for fields, sentence in (
        ({"reason": "kept"}, "Choose one of the two"),
        ({"decision": "returned"}, "Say what the evidence does not show yet"),
        ({"decision": "nothing", "reason": "kept"}, "Choose one of the two"),
    ):
        answer = confirmer.post(address, data={"seen": seen, **fields})
        assert answer.status_code == 422 and sentence in answer.text
        assert fields.get("reason", "") in answer.text
    assert union.count(Review, 4) == 0
    fields = {"seen": seen, "decision": "returned", "reason": "One month is too short."}
    assert confirmer.post(address, data=fields).status_code == 303
    assert "Not confirmed yet" in union.client(None).get("/union/2026/nbi-4").text


def test_two_decide(stated: tuple[Union, int]) -> None:
    """Whoever is second reads what was decided, and keeps the words."""
    union, key = stated
    confirmer = union.client("marisol")
    address = f"{QUEUE}/outcomes/{key}"
    seen = hidden_field(confirmer.get(address).text, "seen")
    with union.context("marisol") as context:
        item = item_row(context.session, union, 4)
        outcome = context.session.get_one(Outcome, key)
        reviews.review_outcome(context, item, outcome, Result.CONFIRMED)
    fields = {"seen": seen, "decision": "returned", "reason": "Mine, kept."}
    late = confirmer.post(address, data=fields)
    assert late.status_code == 409
    assert "It has been decided" in late.text and "Mine, kept." in late.text


def test_who_worked_on_it_does_not_confirm_it(stated: tuple[Union, int]) -> None:
    union, key = stated
    address = f"{QUEUE}/outcomes/{key}"
    with union.context() as context:
        item = item_row(context.session, union, 4)
        research = union.units["Center for Research"]
        assignments.assign(context, item, Part.CONTRIBUTOR, research, union.people["marisol"])
    confirmer = union.client("marisol")
    assert "Outcomes for somebody else" in confirmer.get(QUEUE).text
    assert "Somebody else confirms this" in confirmer.get(address).text
    sent = confirmer.post(address, data={"seen": "", "decision": "confirmed"})
    assert sent.status_code == 422 and union.count(Review, 4) == 0
    for who in PEOPLE:
        reads = who in ("marisol", "walter", "ewan")
        assert union.client(who).get(address).status_code == (200 if reads else 403), who
        decided = union.client(who).post(address, data={"decision": "confirmed"}).status_code
        assert decided == (422 if who == "marisol" else 403), who
    assert "Outcomes for you to read" in union.client("ewan").get(QUEUE).text
