"""Cells of running text: what a copy has spoilt is repaired where that is sure, and what it cut off is noticed."""

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


def repaired(words: str) -> str:
    """Ligatures, soft hyphens, entities and double-encoded letters put right where only one reading is possible; all else as published."""
    if not words or (words.isascii() and "&" not in words and "  " not in words):
        return words
    for ligature, letters in LIGATURES.items():
        words = words.replace(ligature, letters)
    words = (
        words.replace("\u00ad", "")
        .replace("\u200b", "")
        .replace("\ufeff", "")
        .replace("\u00a0", " ")
    )
    words = ENTITY.sub(lambda found: html.unescape(found[0]).replace("\u00a0", " "), words)
    if MOJIBAKE.search(words):
        words = _undone(words)
    return unicodedata.normalize("NFC", words)


def _undone(words: str) -> str:
    """Text that was read in the wrong encoding once, if undoing that gives text without a loss."""
    try:
        once = words.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return re.sub(r"[\u0080-\uffff]+", lambda run: _run(run[0]), words)
    return once


def _run(run: str) -> str:
    try:
        return run.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return run


def cut_off(words: str) -> bool:
    """Ends in the middle of a sentence: on a word that nothing can end on, or without any stop where the text has had stops before."""
    words = words.rstrip()
    if not words or ENDS_WELL.search(words):
        return False
    last = words.rsplit("\n", 1)[-1]
    if HANGING.search(words):
        return True
    mark = re.compile(r"\s*(?:[-•*+]|\d+[.)]|[a-z][.)])\s")
    if mark.match(last):
        others = [line for line in words.splitlines()[:-1] if mark.match(line)]
        return bool(others) and all(re.search(r"[.;,!?]\s*$", line) for line in others)
    return (
        len(words) > 60
        and bool(re.search(r"[.!?]\s", words))
        and not re.search(r"[.!?][\"”’)]*\s*\n", words[-200:])
    )


def status_before(words: str) -> tuple[str | None, str]:
    """A status that a page printed at the head of the text, and the text without it; (None, the text) where there is none."""
    found = STATUS_FIRST.match(words)
    if not found:
        return None, words
    status, rest = found["status"].strip(), words[found.end() :].strip()
    between = words[found.end("status") : found.end()]
    alone = not rest or "\n" in between or between.strip() in (".", ":", ";", "-", "–", "—")
    return (status, rest) if alone else (None, words)


def delegation(words: str) -> str:
    """A state by its name, be it written as an abbreviation; all else as published. "50 dlgts" is "50 delegates"."""
    words = re.sub(r"\s+", " ", words).strip(" .,;")
    if state := STATES.get(words.replace(".", "")) or NAMES_OF_STATES.get(words.casefold()):
        return state
    return re.sub(r"\b(?:dlgts?|delgs?|dels)\b\.?", "delegates", words, flags=re.I)


def normalised(words: str | None) -> str:
    """Words without what two spellings of the same differ in: white space, and the form of accents."""
    return " ".join(unicodedata.normalize("NFC", words or "").split())


def name_key(name: str) -> str:
    """A name as it is compared with others: normalised, and its case folded."""
    return normalised(name).casefold()
