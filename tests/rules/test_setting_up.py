"""The steps of an office, and the slugs of bodies."""

from __future__ import annotations

import pytest

from tracker.rules import slugs
from tracker.rules.setting_up import SetUpStep, StepState, states


def test_the_first_that_is_not_done_is_next() -> None:
    found = states({SetUpStep.ACCOUNT, SetUpStep.BODY, SetUpStep.CONVENTION})
    assert list(found) == list(SetUpStep)
    assert [step for step, state in found.items() if state is StepState.NEXT] == [SetUpStep.UNITS]
    assert found[SetUpStep.CONVENTION] is StepState.DONE
    assert found[SetUpStep.PAGES] is StepState.TO_DO


def test_nothing_is_next_when_all_is_done() -> None:
    assert set(states(set(SetUpStep)).values()) == {StepState.DONE}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Association of School Bus Staff", "association-of-school-bus-staff"),
        ("  Fédération – 2 ", "federation-2"),
        ("a" * 80, "a" * 60),
        ("教师联合会", ""),
    ],
)
def test_a_name_makes_a_slug(name: str, slug: str) -> None:
    assert slugs.slug_of(name) == slug
    assert slugs.is_slug(slug) == bool(slug)


@pytest.mark.parametrize("text", ["Our", "our union", "our--union", "-our", "our/union", "a" * 61])
def test_what_is_no_slug(text: str) -> None:
    assert not slugs.is_slug(text)


def test_only_numbered_slugs_are_for_trying() -> None:
    assert slugs.is_for_trying("made-up-12")
    for other in ("made-up", "made-up-", "made-up-0", "made-up-1-2", "we-made-up-1"):
        assert not slugs.is_for_trying(other), other
