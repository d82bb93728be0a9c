"""Cells of running text: what a copy has spoilt is repaired where that is sure, what it cut off is noticed, and people are told apart."""
from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field

from .text_words import (
    BETWEEN_NAMES,
    ENDS_WELL,
    ENTITY,
    GROUP,
    HANGING,
    LABEL,
    LIGATURES,
    MOJIBAKE,
    NAMES,
    STATES,
    STATUS_FIRST,
)


@dataclass(frozen=True)
class People:
    """Who stood for an item on the floor: delegations by their names, persons by theirs, with the delegation of each where it is said."""

    delegations: tuple[str, ...] = ()
    persons: tuple[tuple[str, str | None], ...] = ()
    contacts: tuple[tuple[str, str | None], ...] = field(default=())


def repaired(words: str) -> str:
    """Ligatures, soft hyphens, entities and double-encoded letters put right where only one reading is possible; all else as published."""
    if not words or (words.isascii() and "&" not in words and "  " not in words):
        return words
    for ligature, letters in LIGATURES.items():
        words = words.replace(ligature, letters)
    words = words.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "").replace("\u00a0", " ")
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
    return len(words) > 60 and bool(re.search(r"[.!?]\s", words)) and not re.search(r"[.!?][\"”’)]*\s*\n", words[-200:])


def status_before(words: str) -> tuple[str | None, str]:
    """A status that a page printed at the head of the text, and the text without it; (None, the text) where there is none."""
    found = STATUS_FIRST.match(words)
    if not found:
        return None, words
    status, rest = found["status"].strip(), words[found.end():].strip()
    between = words[found.end("status"):found.end()]
    alone = not rest or "\n" in between or between.strip() in (".", ":", ";", "-", "–", "—")
    return (status, rest) if alone else (None, words)


def delegation(words: str) -> str:
    """A state by its name, be it written as an abbreviation; all else as published. "50 dlgts" is "50 delegates"."""
    words = re.sub(r"\s+", " ", words).strip(" .,;")
    if state := STATES.get(words.replace(".", "")) or NAMES.get(words.casefold()):
        return state
    return re.sub(r"\b(?:dlgts?|delgs?|dels)\b\.?", "delegates", words, flags=re.I)


def people(cell: str) -> People:
    """Makers and sponsors of one cell: lines, semicolons and labels part them; a hyphenated name is one name."""
    delegations: list[str] = []
    persons: list[tuple[str, str | None]] = []
    contacts: list[tuple[str, str | None]] = []
    for label, part in _labelled(cell):
        for each in re.split(r"\s*[;\n]\s*|\s+&\s+(?=[A-Z]\w+ [A-Z])", part):
            each = each.strip(" ,")
            if not each:
                continue
            name, group = _one(each)
            if name is None:
                delegations.append(delegation(group or each))
            elif "contact" in label:
                contacts.append((name, group))
            else:
                persons.append((name, group))
    return People(tuple(dict.fromkeys(delegations)), tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(contacts)))


def _labelled(cell: str) -> list[tuple[str, str]]:
    parts, label, start = [], "", 0
    for found in LABEL.finditer(cell):
        parts.append((label, cell[start:found.start()]))
        label, start = found["label"].casefold(), found.end()
    return [(label, part.strip(" ,;\n")) for label, part in [*parts, (label, cell[start:])] if part.strip(" ,;\n")]


def _one(words: str) -> tuple[str | None, str | None]:
    """A person and a delegation, or a delegation alone (no person)."""
    if words.replace(".", "") in STATES or words.casefold() in NAMES:
        return None, words
    if match := re.fullmatch(r"(?P<name>.+?)(?:\s+[-–—]\s+|\s*,\s*|\s*\()(?P<state>[^,()]+?)\)?", words):
        state = match["state"].strip()
        if state.replace(".", "") in STATES or state.casefold() in NAMES:
            return (None, words) if GROUP.search(match["name"]) else (match["name"].strip(), delegation(state))
        if GROUP.search(state) and not GROUP.search(match["name"]) and _like_a_name(match["name"]):
            return match["name"].strip(), delegation(state)
    if GROUP.search(words) or re.search(r"\d", words) or not _like_a_name(words):
        return None, words
    return words, None


def _like_a_name(words: str) -> bool:
    parts = words.replace(",", " ").split()
    return 2 <= len(parts) <= 5 and all(part[0].isupper() or not part[0].isascii() or part.casefold() in BETWEEN_NAMES for part in parts)
