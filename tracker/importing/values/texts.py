"""Cells of running text.

What a copy has spoilt is repaired where that is sure, and what it cut off is noticed.
"""

from __future__ import annotations

import html
import re
import unicodedata

from tracker.importing.vocabulary.name_words import NAMES_OF_STATES, STATES
from tracker.importing.vocabulary.text_words import (
    ENDS_WELL,
    ENTITY,
    HANGING,
    LIGATURES,
    MOJIBAKE,
    STATUS_FIRST,
)

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")  # soft hyphen, space of no width, byte order mark
_LIST_MARK = re.compile(r"\s*(?:[-•*+]|\d+[.)]|[a-z][.)])\s")


def repaired(words: str) -> str:
    """The words with ligatures, soft hyphens, entities and double-encoded letters put right.

    That is done where only one reading is possible; all else stays as published.
    """
    if not words or (words.isascii() and "&" not in words and "  " not in words):
        return words
    for ligature, letters in LIGATURES.items():
        words = words.replace(ligature, letters)
    words = _INVISIBLE.sub("", words).replace("\u00a0", " ")
    words = ENTITY.sub(lambda entity: html.unescape(entity[0]).replace("\u00a0", " "), words)
    if MOJIBAKE.search(words):
        words = _decoded_again(words)
    return unicodedata.normalize("NFC", words)


def _decoded_again(words: str) -> str:
    """UTF-8 that was read as Windows-1252: the whole text, else each run of such letters."""
    try:
        return words.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return re.sub(r"[\u0080-\uffff]+", lambda run: _run_decoded_again(run[0]), words)


def _run_decoded_again(run: str) -> str:
    try:
        return run.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return run


def cut_off(words: str) -> bool:
    """Whether a text ends in the middle of a sentence.

    It does on a word that nothing can end on, or without any stop where it has had stops before.
    """
    words = words.rstrip()
    if not words or ENDS_WELL.search(words):
        return False
    if HANGING.search(words):
        return True
    lines = words.splitlines()
    if _LIST_MARK.match(words.rsplit("\n", 1)[-1]):
        points_before = [line for line in lines[:-1] if _LIST_MARK.match(line)]
        return bool(points_before) and all(
            re.search(r"[.;,!?]\s*$", point) for point in points_before
        )
    has_stops = re.search(r"[.!?]\s", words)
    lines_end_with_stops = re.search(r"[.!?][\"”’)]*\s*\n", words[-200:])
    return len(words) > 60 and bool(has_stops) and not lines_end_with_stops


def status_before(words: str) -> tuple[str | None, str]:
    """A status that a page printed at the head of a text, and the text without it.

    (None, the whole text) where there is none.
    """
    match = STATUS_FIRST.match(words)
    if not match:
        return None, words
    status, text = match["status"].strip(), words[match.end() :].strip()
    between = words[match.end("status") : match.end()]
    stands_alone = not text or "\n" in between or between.strip() in (".", ":", ";", "-", "–", "—")
    return (status, text) if stands_alone else (None, words)


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
    """Words without what two spellings of them differ in: white space, the form of accents."""
    return " ".join(unicodedata.normalize("NFC", words or "").split())


def name_key(name: str) -> str:
    """A name as it is compared with others: normalised, and its case folded."""
    return normalised(name).casefold()
