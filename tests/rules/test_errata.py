"""What was corrected is an erratum where it could be read outside before; which words changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.codes import Visibility
from tracker.rules.errata import EditionPublished, PublicationHistory, VisibilityChange
from tracker.rules.word_changes import AROUND, LEFT_OUT, Pieces, word_changes

HIDDEN, MEMBERS, PUBLIC = Visibility


def history(
    *changes: tuple[int, Visibility, bool], editions: tuple[tuple[int, int], ...] = ()
) -> PublicationHistory:
    """Of changes (event, visibility, by edition) and editions (event, up to)."""
    return PublicationHistory(
        [
            VisibilityChange(event=event, visibility=visibility, by_edition=by_edition)
            for event, visibility, by_edition in changes
        ],
        [EditionPublished(event=event, up_to=up_to) for event, up_to in editions],
    )


LIVE_LATER = history((0, HIDDEN, False), (50, PUBLIC, False))
BY_EDITION = history((0, HIDDEN, False), (50, PUBLIC, True), editions=((51, 40), (90, 80)))


@pytest.mark.parametrize(
    ("of", "first", "until", "was_read"),
    [
        (history(), 10, 20, True),
        (LIVE_LATER, 10, 20, False),
        (LIVE_LATER, 10, 50, False),
        (LIVE_LATER, 10, 60, True),
        (LIVE_LATER, 60, 70, True),
        (history((0, MEMBERS, False)), 10, 20, True),
        (history((30, HIDDEN, False)), 10, 20, True),
        (history((30, HIDDEN, False)), 40, 50, False),
        (BY_EDITION, 10, 30, False),  # put right before the first edition was made
        (BY_EDITION, 10, 45, True),
        (BY_EDITION, 60, 70, False),  # between two editions
        (BY_EDITION, 60, 85, True),
        (BY_EDITION, 85, 99, False),  # after the newest
        (history((0, HIDDEN, False), (60, PUBLIC, False), editions=((51, 40),)), 10, 55, False),
        (history((50, HIDDEN, True), editions=((49, 40),)), 60, 70, False),
    ],
)
def test_only_what_was_read_is_an_erratum(
    of: PublicationHistory, first: int, until: int, was_read: bool
) -> None:
    assert of.was_read(first, until) is was_read


def marked(pieces: Pieces) -> str:
    return " ".join(f"[{piece.words}]" if piece.changed else piece.words for piece in pieces)


def test_words_that_changed_are_marked_and_what_is_far_from_them_is_left_out() -> None:
    before, after = word_changes("covers 46 studies", "covers 64 studies now")
    assert (marked(before), marked(after)) == ("covers [46] studies", "covers [64] studies [now]")
    far = " ".join(["same"] * 40)
    before, after = word_changes(f"{far} old", f"{far} new")
    assert marked(before) == f"{LEFT_OUT} {' '.join(['same'] * AROUND)} [old]"
    assert word_changes("the same", "the same")[0] == word_changes("the same", "the same")[1]
    assert word_changes("gone", "")[1] == ()


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_marks_take_no_words_away(before: str, after: str) -> None:
    old, new = word_changes(before, after)
    for text, pieces in ((before, old), (after, new)):
        shown = " ".join(piece.words for piece in pieces)
        if LEFT_OUT not in shown:
            assert shown.split() == text.split() or before == after
