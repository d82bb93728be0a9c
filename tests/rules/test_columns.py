"""Which columns without a field open only by themselves.

By their headings, and by what the workbook hides.
"""

from __future__ import annotations

import pytest

from tracker.rules.codes import ColumnVisibility
from tracker.rules.columns import Guard, guard, is_confidential, is_personal, open_columns
from tracker.rules.refusals import Refusal, Refused


@pytest.mark.parametrize(
    "heading",
    [
        "Confidential",
        "CONFIDENTIAL notes",
        "Staff memo",
        "Memo",
        "internal_comment",
        "Internal use",
        "Private",
        "DO NOT PUBLISH",
        "Do-not-publish: remarks",
        "Notes (don't share)",
        "Not for publication",
        "Not for the public",
        "Staff only",
        "Board only",
        "Office use only",
        "For office use",
        "non-public",
        "Off the record",
        "Sensitive",
        "Vertraulich",
        "Interne Notiz",
        "uso interno",
        "Ne pas publier",
        "Must not be printed? must not print",
    ],
)
def test_headings_that_are_not_for_everybody(heading: str) -> None:
    assert (
        is_confidential(heading) and guard(heading, {ColumnVisibility.SHOWN}) is Guard.CONFIDENTIAL
    )


@pytest.mark.parametrize(
    "heading",
    [
        "E-mail",
        "Email of maker",
        "Telephone",
        "Home address",
        "Mobile",
        "Date of birth",
        "Correo",
        "Membership no.",
    ],
)
def test_headings_that_speak_of_persons(heading: str) -> None:
    assert is_personal(heading) and guard(heading, {ColumnVisibility.SHOWN}) is Guard.PERSONAL


@pytest.mark.parametrize(
    "heading",
    [
        "Notes",
        "Remarks",
        "International affairs",
        "Secretary",
        "Secretary's recommendation",
        "Vote of no confidence",
        "Publication",
        "Public hearing",
        "Internship",
        "Memorial",
        "Restriction",
        "Addressed to",
        "Action in House",
        "Home state",
        "Staff",
        "Committee only?",
        "Published on",
        "Mailing",
    ],
)
def test_plain_headings(heading: str) -> None:
    assert guard(heading, {ColumnVisibility.SHOWN}) is None


def test_what_the_workbook_hides_goes_before_the_heading() -> None:
    assert guard("Memo", {ColumnVisibility.SHOWN, ColumnVisibility.HIDDEN}) is Guard.HIDDEN
    assert (
        guard("Notes", {ColumnVisibility.NOT_TOLD})
        is guard("Notes", {None})
        is guard("Notes", {None, ColumnVisibility.SHOWN})
        is Guard.NOT_TOLD
    )


def test_a_guarded_column_opens_alone() -> None:
    guards = {"Notes": None, "Remarks": None, "Memo": Guard.CONFIDENTIAL}
    open_columns(["Notes", "Remarks"], guards, [])
    open_columns(["Memo"], guards, ["Notes"])
    for headings, open_now, why in (
        (["Notes", "Memo"], [], Refusal.COLUMN_OPENS_ALONE),
        (["Notes"], ["Notes"], Refusal.COLUMN_IS_OPEN),
        (["Other"], [], Refusal.NO_SUCH_COLUMN),
        ([], [], Refusal.NO_SUCH_COLUMN),
    ):
        with pytest.raises(Refused) as refused:
            open_columns(headings, guards, open_now)
        assert refused.value.code is why
