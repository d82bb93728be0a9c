"""When somebody from outside is asked, what became of it, and who may not answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.rules import outside_requests as rules
from tracker.rules.codes import OutsideDecision, Role
from tracker.rules.outside_requests import OutsideState
from tracker.rules.permissions import Actor, Grant
from tracker.rules.refusals import Refusal, Refused

TODAY = date(2026, 11, 30)
READER = Actor(7, frozenset({Grant(Role.READER)}))


def code_of(rule: object, *arguments: object) -> Refusal | None:
    try:
        rule(*arguments)  # type: ignore[operator]
    except Refused as refused:
        return refused.code
    return None


@pytest.mark.parametrize(
    ("answered", "revoked", "has_link", "days", "expected"),
    [
        (False, False, True, 0, OutsideState.OPEN),
        (False, False, True, -1, OutsideState.EXPIRED),
        (False, False, False, 1, OutsideState.LINK_ENDED),
        (False, True, False, 1, OutsideState.REVOKED),
        (True, False, False, -1, OutsideState.ANSWERED),
    ],
)
def test_what_became_of_it(
    answered: bool, revoked: bool, has_link: bool, days: int, expected: OutsideState
) -> None:
    state = rules.state(
        is_answered=answered,
        is_revoked=revoked,
        has_link=has_link,
        last_day=TODAY + timedelta(days=days),
        today=TODAY,
    )
    assert state is expected


def test_it_works_for_thirty_days() -> None:
    assert rules.expires_on(TODAY) == date(2026, 12, 30)


def test_who_and_what_is_asked() -> None:
    assert code_of(rules.need_asked, "R. Fjelstad", "a hygienist", "Lakeshore") is None
    for missing in (("", "a", "b"), ("a", " ", "b"), ("a", "b", "")):
        assert code_of(rules.need_asked, *missing) is Refusal.NEEDS_WHO_IS_ASKED
    assert code_of(rules.need_subjects, 0) is Refusal.NEEDS_SOMETHING_TO_ASK
    assert code_of(rules.need_subjects, rules.MOST_SUBJECTS) is None
    assert code_of(rules.need_subjects, rules.MOST_SUBJECTS + 1) is Refusal.TOO_MUCH_TO_ASK


def test_only_a_return_needs_its_reason() -> None:
    for decision in (OutsideDecision.CONFIRMED, OutsideDecision.CANNOT_SAY):
        assert code_of(rules.need_reason, decision, None) is None
    assert code_of(rules.need_reason, OutsideDecision.RETURNED, " ") is Refusal.NEEDS_A_REASON
    assert code_of(rules.need_reason, OutsideDecision.RETURNED, "Two are missing.") is None


def test_who_is_not_from_outside() -> None:
    """Nobody signed in, and a mere reader, are; but not who had a part in it, or has a role."""
    assert code_of(rules.need_outsider, None, {7}) is None
    assert code_of(rules.need_outsider, READER, {8}) is None
    assert code_of(rules.need_outsider, READER, {7}) is Refusal.NOT_YOUR_OWN
    for role in set(Role) - {Role.READER}:
        assert code_of(rules.need_outsider, Actor(9, frozenset({Grant(role)})), set()) is (
            Refusal.NOT_FROM_OUTSIDE
        )
