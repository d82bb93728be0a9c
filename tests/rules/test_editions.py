"""When an edition may be signed off, published, and set for an hour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.rules.publication import (
    EditionState,
    days_without_a_newer_one,
    publish,
    schedule,
    sign_off,
)
from tracker.rules.refusals import Refusal, Refused

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
MAKER, SECOND = 1, 2
MADE = EditionState(made_by=MAKER, is_replaced=False, is_signed_off=False, is_published=False)
SIGNED = replace(MADE, is_signed_off=True)


@pytest.mark.parametrize(
    ("act", "otherwise"),
    [
        (lambda: sign_off(MADE, MAKER), Refusal.COPY_IS_YOUR_OWN),
        (lambda: sign_off(SIGNED, SECOND), Refusal.ALREADY_SIGNED_OFF),
        (lambda: sign_off(replace(MADE, is_replaced=True), SECOND), Refusal.CHANGED_MEANWHILE),
        (lambda: sign_off(replace(MADE, is_published=True), SECOND), Refusal.ALREADY_PUBLISHED),
        (lambda: publish(MADE, needs_sign_off=True), Refusal.NEEDS_A_SIGN_OFF),
        (
            lambda: publish(replace(SIGNED, is_replaced=True), needs_sign_off=True),
            Refusal.CHANGED_MEANWHILE,
        ),
        (
            lambda: publish(replace(MADE, is_published=True), needs_sign_off=False),
            Refusal.ALREADY_PUBLISHED,
        ),
        (
            lambda: schedule(MADE, needs_sign_off=True, at=NOW + timedelta(1), now=NOW),
            Refusal.NEEDS_A_SIGN_OFF,
        ),
        (lambda: schedule(MADE, needs_sign_off=False, at=NOW, now=NOW), Refusal.HOUR_IS_PAST),
    ],
)
def test_when_it_is_refused(act: Callable[[], None], otherwise: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code is otherwise


def test_when_it_is_allowed() -> None:
    sign_off(MADE, SECOND)
    publish(MADE, needs_sign_off=False)
    publish(SIGNED, needs_sign_off=True)
    schedule(SIGNED, needs_sign_off=True, at=NOW + timedelta(minutes=1), now=NOW)


def test_an_old_edition_says_that_no_newer_one_came() -> None:
    on = date(2026, 9, 1)
    assert days_without_a_newer_one(on, on + timedelta(120)) is None
    assert days_without_a_newer_one(on, on + timedelta(121)) == 121
