"""What columns are called, from `headings.toml`; how a column is understood is in `columns`."""

from __future__ import annotations

import re

from tracker.importing.codes import Field

from .word_file import WordFile, alternatives, any_word

_FILE = WordFile("headings.toml")
_WORDS = _FILE.section("words")

DERIVED = _FILE.words("derived")
# phrases by the field that they name; the longest that fits a heading wins
HEADINGS = {Field(code): tuple(phrases) for code, phrases in _FILE.section("columns").items()}

ONLY_ALONE = frozenset(_WORDS["only_alone"])
NAMES_A_UNIT = frozenset(_WORDS["unit"])
NUMBER_WORDS = frozenset(_WORDS["number"])
NUMBERED = frozenset(_WORDS["numbered"])
DECISION_WORDS = frozenset(_WORDS["decision"])
FLOOR_BODIES = frozenset(_WORDS["floor"])
ADMINISTRATION = frozenset(_WORDS["administration"])

# the heading of a column of days, and of what these are the days: the first that fits
DAY_WORDS = re.compile(
    alternatives(
        r"\b(?:dates?|day|when|deadline|fecha|datum|timestamp)\b",
        r"\w{3,}datum\b",
        r"\bon$",
        r"\bon what\b",
    )
)
DAY_OF = tuple(
    (Field(code), re.compile(rf"\b{any_word(words)}\b"))
    for code, words in _FILE.section("days").items()
)
