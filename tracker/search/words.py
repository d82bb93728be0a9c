"""Words as they are compared: case and accents folded, and cut to their stems.

Plain functions on text. What is stored and what is asked for go through the same ones, so that both
databases compare nothing but whole words.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

from tracker.rules.folding import fold
from tracker.rules.settings import LANGUAGES

LONGEST_WORD = 40  # characters; what follows is cut off, in texts and in queries alike

# Marks on letters: accents, and the vowel signs of Hebrew, Arabic, scripts of India, and Thai.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\u0900-\u0963\u0970-\u0dff\u0e31-\u0e4e"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_APOSTROPHES = "'’"


class Token(NamedTuple):
    """A word of a text, and where it stands."""

    word: str  # folded
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text in their order. "Teachers'" and "teacher's" lose what follows."""
    found = []
    for match in _WORD.finditer(text):
        word = _word(match[0])
        start = match.start()
        is_possessive = word == "s" and start > 1 and text[start - 1] in _APOSTROPHES
        if word and not is_possessive:
            found.append(Token(word, start, match.end()))
    return found


def words(text: str) -> list[str]:
    """Those of `tokens`; without an apostrophe in the text, their places need not be known."""
    if any(apostrophe in text for apostrophe in _APOSTROPHES):
        return [token.word for token in tokens(text)]
    return [word for word in map(_word, _WORD.findall(text)) if word]


@lru_cache(100_000)
def _word(typed: str) -> str:
    """Folded; signs that folding brought forth ("½") are left out, and marks without a letter."""
    letters = list(filter(_is_of_a_word, fold(typed)))
    while letters and not letters[0].isalnum():
        del letters[0]
    return "".join(letters[:LONGEST_WORD])


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


class _Stemmers(threading.local):
    """A stemmer keeps the word that it works on, so that each thread has its own."""

    def __init__(self) -> None:
        self.by_language: dict[str, Any] = {}

    def of(self, language: str) -> Any:
        if language not in self.by_language:
            self.by_language[language] = snowballstemmer.stemmer(LANGUAGES[language])
        return self.by_language[language]


_stemmers = _Stemmers()


@lru_cache(200_000)
def stem(word: str, language: str) -> str:
    """Of a folded word; `language` is a code of `rules.settings.LANGUAGES`."""
    stemmed: str = _stemmers.of(language).stemWord(word)
    return stemmed
