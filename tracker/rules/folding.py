"""Text without case and accents, as names and words are compared."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"}
)


def fold(text: str) -> str:
    """Without case and accents: "Écoles" is "ecoles". To fold twice changes nothing more."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    letters = unicodedata.normalize("NFKD", decomposed)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(
        _LETTERS
    )
