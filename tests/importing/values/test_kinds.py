"""Kinds and numbers of items as lists write them. All wordings are invented."""

from __future__ import annotations

import pytest

from tracker.importing.values import kinds
from tracker.rules.codes import Kind


@pytest.mark.parametrize(
    ("cell", "number", "kind", "title"),
    [
        ("NBI #3", "3", Kind.NEW_BUSINESS_ITEM, None),
        ("3: Air quality", "3", None, "Air quality"),
        ("2018-12", "12", None, None),
        ("2.0", "2", None, None),
        ("Motion 14", "14", Kind.MOTION, None),
        ("Antrag 12", "12", Kind.MOTION, None),
        ("5)", "5", None, None),
        ("14 (a)", "14a", None, None),
        ("Resolution B-4", "b-4", Kind.RESOLUTION, None),
        ("Support for public schools", "", None, "Support for public schools"),
        ("Amendment 3 (I-10. Some Subject)", "3", None, "I-10. Some Subject"),
    ],
)
def test_a_cell_of_numbers_has_number_kind_and_title(
    cell: str, number: str, kind: Kind | None, title: str | None
) -> None:
    code = kinds.code_of(cell, 2018)
    assert (code.normalised, code.kind, code.title) == (number, kind, title)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("New Business Item", Kind.NEW_BUSINESS_ITEM),
        ("Amendments to the Bylaws", Kind.BYLAW_AMENDMENT),
        ("Constitutional Amendment", Kind.CONSTITUTIONAL_AMENDMENT),
        ("Resolution amendment", Kind.RESOLUTION_AMENDMENT),
        ("Resolutions", Kind.RESOLUTION),
        ("Moción", Kind.MOTION),
        ("Policy Statement", Kind.POLICY_STATEMENT),
        ("committee_recommendation", Kind.COMMITTEE_RECOMMENDATION),
        ("standing rule amendment", Kind.STANDING_RULE_AMENDMENT),
        ("Status", None),
    ],
)
def test_kinds(words: str, kind: Kind | None) -> None:
    assert kinds.kind_of(words) is kind
