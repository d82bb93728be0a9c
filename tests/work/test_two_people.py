"""Two people at one thing: the second is refused under the lock, and the form comes back with both
texts.
"""

from __future__ import annotations

from tests.factories.staffed_union import ITEM, Union, hidden_field
from tracker.record.progress import Entry, Release, Review


def test_the_form_comes_back_with_both_texts(union: Union) -> None:
    seen = hidden_field(union.client("dana").get(ITEM.format(4) + "/log").text, "seen")
    assert union.log("ray", 4, words="The printer has the guide.", seen=seen).status_code == 303
    second = union.log("dana", 4, words="The guide went to the printer.", seen=seen)
    assert second.status_code == 409 and union.count(Entry) == 1
    for text in (
        "Ray recorded something about this clause while you were writing",
        "The printer has the guide.",
        "Yours, not recorded",
    ):
        assert text in second.text
    # beside the other's, and still in the form
    assert second.text.count("The guide went to the printer.") == 2
    assert (
        union.log(
            "dana", 4, words="It is printed.", seen=hidden_field(second.text, "seen")
        ).status_code
        == 303
        and union.count(Entry) == 2
    )


def test_another_clause_is_not_the_same_thing(union: Union) -> None:
    seen = hidden_field(union.client("dana").get(ITEM.format(2) + "/log").text, "seen")
    _first, second = union.clauses[2]
    both = {"clauses__1__clause": str(second), "seen": seen}
    assert union.log("ray", 2, clauses__1__claimed="", **both).status_code == 303
    assert union.log("dana", 2, "", clauses__1__claimed="progress", **both).status_code == 303
    # a word claims nothing
    assert union.log("dana", 2, "no_change", clauses__1__claimed="", **both).status_code == 303


def test_released_by_somebody_else_meanwhile(union: Union) -> None:
    assert union.log("dana", 4).status_code == 303
    page = union.client("walter").get("/my-work/union/release").text
    assert union.decide("ray", union.entry(4)).status_code == 303
    late = union.decide(
        "walter", union.entry(4), entries__0__seen=hidden_field(page, "entries-0-seen")
    )
    assert (
        late.status_code == 422
        and "Somebody else has released or returned" in late.text
        and union.count(Release) == 1
    )


def test_confirmed_by_somebody_else_meanwhile(union: Union) -> None:
    assert union.log("dana", 4, "done", links__0__url="https://example.org/a").status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    claim, marisol = union.claim(4), union.client("marisol")
    seen = hidden_field(marisol.get(f"/my-work/union/confirm/{claim}").text, "seen")
    assert (
        marisol.post(
            f"/my-work/union/confirm/{claim}", data={"decision": "confirmed", "seen": seen}
        ).status_code
        == 303
    )
    late = marisol.post(
        f"/my-work/union/confirm/{claim}",
        data={"decision": "returned", "reason": "I see no guide.", "seen": seen},
    )
    assert (
        late.status_code == 409
        and "Confirmed on" in late.text
        and "I see no guide." in late.text
        and union.count(Review) == 1
    )


def test_a_claim_that_is_off_the_desk_is_closed_to_confirmers(union: Union) -> None:
    """Decided, overtaken by another claim, corrected, or never released: by an address typed by
    hand it is as one that is not there.
    """
    marisol, secret = union.client("marisol"), "The secret of the forty schools."

    def closed(claim: int) -> bool:
        page = marisol.get(f"/my-work/union/confirm/{claim}")
        return page.status_code == 404 and secret not in page.text

    def inside(number: int) -> int:
        return marisol.get(ITEM.format(number)).status_code

    evidence = {"links__0__url": "https://example.org/a", "words": secret}
    assert union.log("dana", 4, "done", **evidence).status_code == 303
    waiting = union.claim(4)
    assert closed(waiting) and inside(4) == 403  # not released yet
    assert union.decide("ray", union.entry(4)).status_code == 303
    assert not closed(waiting) and inside(4) == 200
    assert union.log("dana", 4, "progress").status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    assert closed(waiting) and inside(4) == 403  # a later claim has overtaken it
    assert closed(union.claim(4)) and closed(10**6)
    assert union.log("dana", 4, "done", **evidence).status_code == 303
    assert union.decide("ray", union.entry(4)).status_code == 303
    decided = union.claim(4)
    for number, (decision, reason) in enumerate(
        (("returned", "Where are they?"), ("confirmed", ""))
    ):
        if number:
            assert union.log("dana", 4, "done", **evidence).status_code == 303
            assert union.decide("ray", union.entry(4)).status_code == 303
            decided = union.claim(4)
        seen = hidden_field(marisol.get(f"/my-work/union/confirm/{decided}").text, "seen")
        assert (
            marisol.post(
                f"/my-work/union/confirm/{decided}",
                data={"decision": decision, "reason": reason, "seen": seen},
            ).status_code
            == 303
        )
        assert closed(decided), decision
        late = marisol.post(f"/my-work/union/confirm/{decided}", data={"decision": "confirmed"})
        assert (
            late.status_code == 409
            and secret not in late.text
            and "Where are they?" not in late.text
        )
    assert (
        marisol.post(
            f"/my-work/union/confirm/{waiting}", data={"decision": "confirmed"}
        ).status_code
        == 404
    )
