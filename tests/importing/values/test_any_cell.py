"""Whatever a cell holds, reading it does not break."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.importing.values import costs, dates, kinds, sponsors, statuses, texts


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=200))
def test_no_sentence_breaks_the_reading(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost is None or cost.amount is None or cost.amount >= 0
    statuses.read(sentence)
    dates.read(sentence)
    kinds.code_of(sentence)
    for column in sponsors.PeopleColumn:
        sponsors.read(sentence, column)
    texts.is_cut_off(texts.repaired(sentence))
