"""Running text that a copy has spoilt or cut off."""

from __future__ import annotations

import pytest

from tracker.importing.values import texts


@pytest.mark.parametrize(
    ("copied", "repaired"),
    [
        ("o\ufb03ce Rep\u00adresentative &amp; unionâ€™s", "office Representative & union’s"),
        ("Â£5 and 100 % naïve façade", "£5 and 100 % naïve façade"),
        ("Garci?a", "Garci?a"),
        ("AT&T", "AT&T"),
    ],
)
def test_texts_are_repaired_only_where_it_is_sure(copied: str, repaired: str) -> None:
    assert texts.repaired(copied) == repaired


@pytest.mark.parametrize(
    "text",
    [
        "The review will be posted on",
        "It shall do this. It shall then go on and print in the journal "
        "what the survey of all members has shown us",
    ],
)
def test_a_text_that_ends_in_the_middle(text: str) -> None:
    assert texts.is_cut_off(text)


@pytest.mark.parametrize(
    "text", ["A short title", "It shall do this.", "", "1. One\n2. Two", "مرحبا بالعالم."]
)
def test_a_text_that_is_whole(text: str) -> None:
    assert not texts.is_cut_off(text)


def test_a_status_before_the_text() -> None:
    assert texts.status_before("Consolidated with NBI 42\nThe union shall") == (
        "Consolidated with NBI 42",
        "The union shall",
    )
    assert texts.status_before("Adopted children need help") == (None, "Adopted children need help")
    assert texts.status_before("Withdrawn") == ("Withdrawn", "")
