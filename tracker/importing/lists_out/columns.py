"""The columns of the lists that go out: what each holds, who may change it, what can be chosen.

Their names are those by which an import knows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from tracker.importing.tables.column_reader import NOTES_OF_A_UNIT


class Holds(StrEnum):
    WORDS = auto()
    DAY = auto()
    AMOUNT = auto()
    WHOLE_NUMBER = auto()


class ChoiceList(StrEnum):
    """From which words a cell is chosen."""

    YES_OR_NO = auto()
    FLOOR_ACTIONS = auto()
    DECISIONS = auto()
    BASES = auto()
    PROGRESS = auto()
    UNITS = auto()
    PEOPLE = auto()


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """`is_open`: whoever fills the list in may change its cells; the others are locked."""

    name: str
    holds: Holds = Holds.WORDS
    is_open: bool = False
    choices: ChoiceList | None = None
    only_these: bool = True  # else a cell may hold other words than the choices, or several
    width: int = 16  # characters


WHOLE_LIST = (
    ListColumn(name="code", width=10),
    ListColumn(name="title", is_open=True, width=40),
    ListColumn(name="text", is_open=True, width=60),
    ListColumn(name="text_truncated", is_open=True, choices=ChoiceList.YES_OR_NO),
    ListColumn(name="submitted_by", is_open=True, width=24),
    ListColumn(
        name="floor_action",
        is_open=True,
        choices=ChoiceList.FLOOR_ACTIONS,
        only_these=False,
        width=24,
    ),
    ListColumn(name="floor_date", holds=Holds.DAY, is_open=True, only_these=False),
    ListColumn(
        name="referred_to", is_open=True, choices=ChoiceList.UNITS, only_these=False, width=24
    ),
    ListColumn(name="referral_decision", is_open=True, choices=ChoiceList.DECISIONS, width=18),
    ListColumn(name="referral_decided_on", holds=Holds.DAY, is_open=True),
    ListColumn(name="lead", is_open=True, choices=ChoiceList.UNITS, only_these=False, width=24),
    ListColumn(name="person", is_open=True, choices=ChoiceList.PEOPLE, only_these=False, width=20),
    ListColumn(name="due", holds=Holds.DAY, is_open=True),
    ListColumn(name="appropriated", holds=Holds.AMOUNT, is_open=True),
    ListColumn(name="spent", holds=Holds.AMOUNT, is_open=True),
    ListColumn(name="spent_waiting", holds=Holds.AMOUNT),
    ListColumn(name="estimate_amount", holds=Holds.AMOUNT, is_open=True),
    ListColumn(name="estimate_currency"),
    ListColumn(name="estimate_basis", is_open=True, choices=ChoiceList.BASES),
    ListColumn(name="estimate_conditional", is_open=True, choices=ChoiceList.YES_OR_NO),
    ListColumn(name="estimate_assumption", is_open=True, width=24),
    ListColumn(name="estimate_sentence", is_open=True, width=40),
    ListColumn(name="merged_into", is_open=True),
    ListColumn(name="standing"),
    ListColumn(name="verdict"),
    ListColumn(name="change"),
    ListColumn(name="convention"),
    ListColumn(name="kind", width=22),
    ListColumn(name="number", width=10),
    ListColumn(name="body"),
    ListColumn(name="as_of", holds=Holds.DAY),
    ListColumn(name="url", width=30),
    ListColumn(name="revision_of_record", holds=Holds.WHOLE_NUMBER, width=20),
)

UNIT_SHEET = (
    ListColumn(name="code", width=10),
    ListColumn(name="title", width=40),
    ListColumn(name="text", width=60),
    ListColumn(name="standing", width=18),
    ListColumn(name="lead", width=24),
    ListColumn(name="person", width=20),
    ListColumn(name="due", holds=Holds.DAY),
    ListColumn(name="progress", is_open=True, choices=ChoiceList.PROGRESS),
    ListColumn(name="update", is_open=True, width=60),
    ListColumn(name="updated_on", holds=Holds.DAY, is_open=True),
    ListColumn(name="spent", holds=Holds.AMOUNT, is_open=True),
    ListColumn(name=NOTES_OF_A_UNIT, is_open=True, width=40),
    ListColumn(name="convention"),
    ListColumn(name="kind", width=22),
    ListColumn(name="number", width=10),
    ListColumn(name="sheet_of_unit", width=24),
    ListColumn(name="revision_of_record", holds=Holds.WHOLE_NUMBER, width=20),
)
