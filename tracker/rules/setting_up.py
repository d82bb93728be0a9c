"""The steps by which an office is set up, and which of them comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum, auto


class SetUpStep(StrEnum):
    """In their order."""

    ACCOUNT = auto()
    BODY = auto()
    UNITS = auto()
    CONVENTION = auto()
    ITEMS = auto()
    PEOPLE = auto()
    PAGES = auto()


class StepState(StrEnum):
    DONE = auto()
    NEXT = auto()  # the first that is not done
    TO_DO = auto()


def states(done: Collection[SetUpStep]) -> Mapping[SetUpStep, StepState]:
    """Of every step; none has to wait for the one before."""
    left = [step for step in SetUpStep if step not in done]
    states = dict.fromkeys(SetUpStep, StepState.DONE) | dict.fromkeys(left, StepState.TO_DO)
    if left:
        states[left[0]] = StepState.NEXT
    return states
