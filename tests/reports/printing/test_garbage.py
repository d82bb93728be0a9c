"""The collector's thresholds are those of before once nobody lays out a report."""

from __future__ import annotations

import gc

import pytest

from tracker.reports.printing import garbage


def test_thresholds_are_raised_and_put_back() -> None:
    before = gc.get_threshold()
    with garbage.collected_seldom():
        assert gc.get_threshold() == garbage.THRESHOLDS
        assert gc.isenabled()
    assert gc.get_threshold() == before


def test_the_first_who_leaves_does_not_put_them_back_for_the_others() -> None:
    before = gc.get_threshold()
    first, second = garbage.collected_seldom(), garbage.collected_seldom()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == garbage.THRESHOLDS
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before


def test_they_are_put_back_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError), garbage.collected_seldom():
        raise ValueError
    assert gc.get_threshold() == before
