"""The names of months are those that Babel has, and further ones of lists."""

from __future__ import annotations

import pytest
from babel.dates import get_month_names

from tracker.importing.vocabulary.date_words import LANGUAGES, MONTHS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_of_babel_are_known(language: str) -> None:
    missing = {
        name
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for name in get_month_names(width, context=context, locale=language).values()  # type: ignore[arg-type]
        if name.casefold().strip(". ") not in MONTHS
    }
    assert not missing


def test_a_name_is_of_one_month() -> None:
    assert MONTHS["march"] == MONTHS["mrz"] == 3 and MONTHS["sept"] == 9
    assert set(MONTHS.values()) == set(range(1, 13))
