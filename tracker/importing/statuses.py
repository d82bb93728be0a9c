"""One status cell becomes what the floor did and what was done about it: two vocabularies, told apart. The words are in `status_words`."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.rules.codes import Effect, Floor, Purpose

from .status_words import (
    ABBREVIATED,
    BESIDE,
    FLOOR,
    FOLLOWED,
    GLUED,
    MERGED,
    NO,
    NOBODY,
    REFERRED,
    SAYS_NOTHING,
    TOUCHING,
    WHOM_ENDS,
    YES,
    Followed,
)


@dataclass(frozen=True)
class FloorWord:
    """One floor action as a cell says it. `referred_to` and `merged_into` are as published."""

    action: Floor
    referred_to: str | None = None  # None: to "the appropriate committee"
    whom_said: str | None = None  # the words that name nobody
    purpose: Purpose | None = None
    merged_into: str | None = None


@dataclass(frozen=True)
class Said:
    """What a cell says; `rest` is what was not understood of it, `clear` is False where it says something that we cannot place."""

    floor: tuple[FloorWord, ...] = ()
    followed: Followed | None = None
    rest: str = ""
    clear: bool = True


NOTHING = Said()


def read(cell: str, table: Mapping[str, str] | None = None, yes_is_done: bool = False) -> Said:
    """What a cell says. `table` has the office's own translations (case-folded words to codes); `yes_is_done` for a column like "Complete?"."""
    words = _plain(cell)
    if table and (told := table.get(words)) is not None:
        return _told(told)
    if words.strip(" .") in SAYS_NOTHING:
        return NOTHING
    if yes_is_done and words in YES | NO:
        return Said(followed=Followed.DONE if words in YES else Followed.NOTHING)
    if yes_is_done and words in ("c", "d"):
        return Said(followed=Followed.DONE)
    if action := ABBREVIATED.get(words):
        return Said((FloorWord(action),))
    if action := _code(words):
        return Said((FloorWord(action),))
    floor, rest = _floor(words, _plain(cell, fold=False))
    followed, rest = _followed(rest)
    rest = _beside(rest)
    if followed is None and not floor:
        return Said(rest=rest, clear=False)
    if _contradicts(floor):
        return Said(followed=followed, rest=words, clear=False)
    return Said(floor, followed, rest)


def names_nobody(whom: str) -> bool:
    """"The appropriate committee" is no unit."""
    return bool(NOBODY.fullmatch(whom))


def _plain(cell: str, fold: bool = True) -> str:
    words = unicodedata.normalize("NFKC", cell).replace("’", "'")
    words = TOUCHING.sub(" ", GLUED.sub(r"\1 ", words))
    words = re.sub(r"[^\S\n]+", " ", words).strip()
    return words.casefold() if fold and len(words.casefold()) == len(words) else words.lower() if fold else words


def _code(words: str) -> Floor | None:
    """The code itself, as an export writes it."""
    try:
        return Floor(words.replace(" ", "_"))
    except ValueError:
        return None


def _told(codes: str) -> Said:
    """A line of the office's table: codes joined by `+`, of either vocabulary; nothing means that the cell says nothing."""
    floor: list[FloorWord] = []
    followed = None
    for code in filter(None, (each.strip() for each in codes.split("+"))):
        action, _, whom = code.partition(":")
        if floor_action := _code(action.strip().casefold()):
            floor.append(FloorWord(floor_action, referred_to=whom.strip() or None) if floor_action.effect is Effect.REFERS else
                         FloorWord(floor_action, merged_into=whom.strip() or None))
        elif action.strip().casefold() in frozenset(Followed):
            followed = Followed(action.strip().casefold())
    return Said(tuple(floor), followed)


def _floor(words: str, published: str) -> tuple[tuple[FloorWord, ...], str]:
    """The floor actions in the order of the cell, and what is left of it."""
    found: list[tuple[int, FloorWord]] = []
    rest, shown = words, published if len(published) == len(words) else words

    def take(start: int, end: int) -> None:
        nonlocal rest
        rest = rest[:start] + " " * (end - start) + rest[end:]

    for match in MERGED.finditer(rest):
        target = shown[match.start("target"):match.end("target")].strip(" .,") if match["target"] else None
        found.append((match.start(), FloorWord(Floor.CONSOLIDATED, merged_into=target or None)))
        take(match.start(), match.end())
    for action, pattern in FLOOR[:6]:  # motions and recommendations, before their words are taken for the item's own
        for match in pattern.finditer(rest):
            if action:
                found.append((match.start(), FloorWord(action)))
            take(match.start(), match.end())
    for match in list(REFERRED.finditer(rest)):
        end, whom, nobody, purpose = match.end(), None, None, None
        if match["purpose"]:
            purpose = _purpose(match["purpose"])
        if match["whom"]:
            whom = shown[match.start("whom"):match.end("whom")]
            if over := WHOM_ENDS.search(whom.casefold()):
                whom = whom[:over.start()]
                purpose, end = _purpose(over["purpose"]), match.start("whom") + (over.end("purpose") if over["purpose"] else over.start())
            whom = re.sub(r"^(?:the|el|la|le|l'|den|die|das|der) (?=[^\W\d_])", "", whom.strip(" .,:"), flags=re.I) or None
            if whom and NOBODY.fullmatch(whom):
                whom, nobody = None, whom
        remitted = match["refers"].startswith("remit") and not match["refers"].startswith("remiti")
        found.append((match.start(), FloorWord(Floor.REMITTED if remitted else Floor.REFERRED, whom, nobody, purpose)))
        take(match.start(), end)
    for action, pattern in FLOOR[6:]:
        for match in pattern.finditer(rest):
            if action:
                found.append((match.start(), FloorWord(action)))
            take(match.start(), match.end())
    once: list[FloorWord] = []
    for _, word in sorted(found, key=lambda each: each[0]):
        if word.action not in [each.action for each in once]:
            once.append(word)
    if any(each.action is Floor.POSTPONED_INDEFINITELY for each in once):  # "postponed indefinitely (tabled)" is one action
        once = [each for each in once if each.action not in (Floor.LAID_ON_THE_TABLE, Floor.POSTPONED_TO_A_TIME)]
    return tuple(once), rest


def _purpose(words: str | None) -> Purpose | None:
    if not words:
        return None
    return Purpose.REPORT if words in ("report", "study", "review", "information") else Purpose.DECISION


def _followed(rest: str) -> tuple[Followed | None, str]:
    """The first word for the follow-through rules a cell that has several, in the order of the table."""
    said = None
    for code, pattern in FOLLOWED:
        for match in pattern.finditer(rest):
            said = said or code
            rest = rest[:match.start()] + " " * (match.end() - match.start()) + rest[match.end():]
    return said, rest


def _beside(rest: str) -> str:
    """What is left without the words that add nothing."""
    left = [each for each in re.findall(r"[\w'/%.,$€£#-]+", rest) if each.strip(".,-'/#") and each.strip(".,-'/#") not in BESIDE]
    return " ".join(left)


def _contradicts(floor: tuple[FloorWord, ...]) -> bool:
    """Says that it was adopted and that it was not: somebody has to look."""
    effects = {each.action.effect for each in floor if each.action not in (Floor.RESCINDED, Floor.RECONSIDERED)}
    later = any(each.action in (Floor.RECONSIDERED, Floor.RESCINDED) for each in floor)
    return Effect.ENDS in effects and bool(effects & {Effect.DIRECTS, Effect.MERGES, Effect.REFERS}) and not later
