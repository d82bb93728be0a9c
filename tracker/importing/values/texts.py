"""Cells of running text.

What copying has spoilt is repaired where that is sure, and a text that it cut off is recognised.
"""

from __future__ import annotations

import html
import re
import unicodedata

from tracker.importing.vocabulary.name_words import NAMES_OF_STATES, STATES
from tracker.importing.vocabulary.text_words import (
    ENDS_IN_MID_SENTENCE,
    ENDS_LIKE_A_SENTENCE,
    ENTITY,
    LIGATURES,
    MOJIBAKE,
    STATUS_FIRST,
)

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")  # soft hyphen, space of no width, byte order mark
# "- ", "1. ", "a) "
_LIST_MARK = re.compile(r"\s*(?:[-•*+]|\d+[.)]|[a-z][.)])\s")


def repaired(words: str) -> str:
    """The words with ligatures, soft hyphens, entities and double-encoded letters put right.

    That is done where only one reading is possible; all else stays as published.
    """
    if words.isascii() and "&" not in words:
        return words  # it can hold none of these
    for ligature, letters in LIGATURES.items():
        words = words.replace(ligature, letters)
    words = _INVISIBLE.sub("", words).replace("\u00a0", " ")
    words = ENTITY.sub(lambda entity: html.unescape(entity[0]).replace("\u00a0", " "), words)
    if MOJIBAKE.search(words):
        words = _decoded_again(words)
    return unicodedata.normalize("NFC", words)


def _decoded_again(words: str) -> str:
    """Text in UTF-8 that was once decoded as Windows-1252, decoded as it should have been.

    Where that fails for the whole text, it is tried for each run of letters that are not ASCII.
    """
    try:
        return words.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return re.sub(r"[\u0080-\uffff]+", lambda run: _run_decoded_again(run[0]), words)


def _run_decoded_again(run: str) -> str:
    """The run as it should have been decoded; unchanged where it is not UTF-8."""
    try:
        return run.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return run


def is_cut_off(words: str) -> bool:
    """Whether a text ends in the middle of a sentence.

    It does where its last word is one that ends no sentence ("of", "the"), or where it ends without
    a stop though its earlier sentences, or the earlier points of its last list, have one.
    """
    words = words.rstrip()
    if not words or ENDS_LIKE_A_SENTENCE.search(words):
        return False
    if ENDS_IN_MID_SENTENCE.search(words):
        return True
    if _LIST_MARK.match(words.rsplit("\n", 1)[-1]):
        return _earlier_points_have_stops(words)
    if len(words) <= 60:
        return False  # too short to tell
    has_stops = re.search(r"[.!?]\s", words)
    # what stands after it may be a line of its own: a name, a date
    line_before_ends_with_stop = re.search(r"[.!?][\"”’)]*\s*\n", words[-200:])
    return bool(has_stops) and not line_before_ends_with_stop


def _earlier_points_have_stops(words: str) -> bool:
    """Whether a text whose last line is a point of a list has earlier points, all with a stop."""
    earlier_lines = words.splitlines()[:-1]
    earlier_points = [line for line in earlier_lines if _LIST_MARK.match(line)]
    if not earlier_points:
        return False
    return all(re.search(r"[.;,!?]\s*$", point) for point in earlier_points)


def status_before(words: str) -> tuple[str | None, str]:
    """A status that a page printed at the head of a text, and the text without it.

    (None, the whole text) where there is none.
    """
    match = STATUS_FIRST.match(words)
    if not match:
        return None, words
    text = words[match.end() :].strip()
    separator = words[match.end("status") : match.end()]
    is_separate = "\n" in separator or separator.strip() in (".", ":", ";", "-", "–", "—")
    if text and not is_separate:
        return None, words  # "Adopted children need help": the beginning of the text itself
    return match["status"].strip(), text


def delegation(words: str) -> str:
    """The name of a delegation: a state by its full name, "50 dlgts" as "50 delegates".

    All else is as published.
    """
    words = re.sub(r"\s+", " ", words).strip(" .,;")
    state = STATES.get(words.replace(".", "")) or NAMES_OF_STATES.get(words.casefold())
    if state:
        return state
    return re.sub(r"\b(?:dlgts?|delgs?|dels)\b\.?", "delegates", words, flags=re.I)


def normalised(words: str | None) -> str:
    """Words with single spaces, and with accents in composed form (NFC)."""
    return " ".join(unicodedata.normalize("NFC", words or "").split())
