"""Names in force: renamed, closed, merged, and found by whatever they were called."""

from __future__ import annotations

import pytest

from tracker.rules.refusals import Refusal, Refused
from tracker.rules.rosters import NamesInForce, in_force, need_free

MEDIA, PRESS, RADIO, CARE = 1, 2, 3, 4


@pytest.fixture
def names() -> NamesInForce:
    """Press was merged into Radio, which was merged into Media, once called Papers."""
    return in_force(
        [
            (1, MEDIA, "Papers"),
            (2, PRESS, "Press"),
            (3, RADIO, "Radio"),
            (4, CARE, "Care"),
            (7, MEDIA, "Media"),
        ],
        closed=[CARE],
        mergers={PRESS: RADIO, RADIO: MEDIA},
    )


def test_what_is_merged_is_shown_under_the_name_of_what_has_it(names: NamesInForce) -> None:
    assert names.shown == {MEDIA: "Media", PRESS: "Media", RADIO: "Media", CARE: "Care"}
    assert names.offered == {MEDIA: "Media"}
    assert names.family(PRESS) == names.family(MEDIA) == {MEDIA, PRESS, RADIO}
    assert names.family(CARE) == {CARE}
    assert names.earlier(PRESS) == ("Press", "Radio", "Papers")
    assert names.earlier(MEDIA) == ("Papers",)


def test_a_name_is_that_of_its_event(names: NamesInForce) -> None:
    assert names.name_at(MEDIA, 6) == "Papers" and names.name_at(MEDIA, 7) == "Media"
    assert names.name_at(PRESS, 99) == "Press"  # its own, whatever it was merged into


@pytest.mark.parametrize("name", ["Media", "papers", " RADIO ", "Press"])
def test_every_name_finds_what_has_it_now(names: NamesInForce, name: str) -> None:
    assert names.find(name) == MEDIA


def test_a_name_that_is_shown_no_more_has_one_in_its_place(names: NamesInForce) -> None:
    assert names.now_called("press") == "Media"
    assert names.now_called("Care") == "Care" and names.now_called("Never heard") == "Never heard"
    assert names.find("Never heard") is None


def test_a_name_in_force_wins_over_one_that_was_given_up() -> None:
    """Names of the time before it was looked after: one is now called what the other was."""
    given = [(1, 1, "Media"), (2, 2, "Press"), (3, 1, "Words"), (4, 2, "Media")]
    names = in_force(given, [], {})
    assert names.find("Media") == 2
    holder = names.holder("media")
    assert holder is not None and holder.id == 2


def test_names_that_others_have_or_had_are_taken(names: NamesInForce) -> None:
    for name, code in (
        ("media", Refusal.NAME_IS_TAKEN),
        ("Papers", Refusal.NAME_IS_TAKEN),
        ("care", Refusal.NAME_IS_TAKEN),
        ("   ", Refusal.NEEDS_A_NAME),
    ):
        with pytest.raises(Refused) as refused:
            need_free(names, name)
        assert refused.value.code is code
    need_free(names, "Papers", other_than=MEDIA)  # its own, of before
