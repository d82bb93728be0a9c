"""The words of a status cell that are understood: floor actions, claims, days, asides.

What the cell says by them is decided in `statuses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.importing.codes import Followed
from tracker.importing.vocabulary.status_words import (
    ABBREVIATED,
    ABBREVIATION_FIRST,
    ASIDE,
    ASIDE_FIRST,
    DAYS_INSIDE,
    FLOOR,
    FOLLOWED,
    IN_PART,
    MERGED,
    MOTIONS,
    NOBODY,
    REFERRED,
    WHOM_ENDS,
)
from tracker.rules.codes import Floor, Purpose

from . import dates

_TWO_THIRDS = re.compile(r"[23]/[34]")
_ARTICLE = re.compile(r"^(?:the|el|la|le|l'|den|die|das|der) (?=[^\W\d_])", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class FloorWord:
    """One floor action as a cell says it; names and days are as published."""

    action: Floor
    referred_to: str | None = None  # None: to "the appropriate committee"
    whom_said: str | None = None  # the words that name nobody
    purpose: Purpose | None = None
    merged_into: str | None = None
    day: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Words that are understood; without action, claim and day they say nothing of either."""

    start: int
    end: int
    floor: FloorWord | None = None
    followed: Followed | None = None
    day: str | None = None


def marks(words: str, published: str) -> list[Mark]:
    """All that is understood of a cell, in its order.

    `words` are case-folded, `published` the same words as the cell has them. The order of the
    steps counts: what one step takes, none behind it sees.
    """
    reader = _CellReader(words, published)
    reader.take_abbreviation_at_the_start()
    reader.take_merges()
    reader.take_floor_actions(MOTIONS)  # before their words are taken for the item's own
    reader.take_referrals()
    reader.take_floor_actions(FLOOR)
    reader.take_days()
    reader.take_asides(ASIDE_FIRST)
    reader.take_claims()
    reader.take_asides(ASIDE)
    return sorted(reader.marks, key=lambda mark: mark.start)


class _CellReader:
    """A cell, out of which words are taken; each pattern sees what those before it have left."""

    def __init__(self, words: str, published: str) -> None:
        self.left = words
        self.published = published
        self.marks: list[Mark] = []

    def _take(
        self,
        start: int,
        end: int,
        *,
        floor: FloorWord | None = None,
        followed: Followed | None = None,
        day: str | None = None,
    ) -> None:
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]
        self.marks.append(Mark(start=start, end=end, floor=floor, followed=followed, day=day))

    def take_abbreviation_at_the_start(self) -> None:
        """ "A/M - in progress"."""
        match = ABBREVIATION_FIRST.match(self.published)
        action = ABBREVIATED.get(match[1].casefold()) if match else None
        if match and action:
            self._take(match.start(1), match.end(1), floor=FloorWord(action=action))

    def take_merges(self) -> None:
        for match in MERGED.finditer(self.left):
            target = None
            if match["target"]:
                target = self._as_published(match, "target").strip(" .,")
            action = FloorWord(action=Floor.CONSOLIDATED, merged_into=target or None)
            self._take(match.start(), match.end(), floor=action)

    def take_floor_actions(self, patterns: Iterable[tuple[Floor | None, re.Pattern[str]]]) -> None:
        for action, pattern in patterns:
            for match in pattern.finditer(self.left):
                word = FloorWord(action=action) if action else None
                self._take(match.start(), match.end(), floor=word)

    def take_referrals(self) -> None:
        for match in REFERRED.finditer(self.left):
            end = match.end()
            whom = nobody = purpose = None
            if match["purpose"]:
                purpose = _purpose(match["purpose"])
            if match["whom"]:
                whom = self._as_published(match, "whom")
                behind = WHOM_ENDS.search(whom.casefold())
                if behind:
                    whom = whom[: behind.start()]
                    purpose = _purpose(behind["purpose"])
                    length = behind.end("purpose") if behind["purpose"] else behind.start()
                    end = match.start("whom") + length
                whom = _ARTICLE.sub("", whom.strip(" .,:")) or None
                if whom and names_nobody(whom):
                    whom, nobody = None, whom
            action = FloorWord(
                action=_referral(match["refers"]),
                referred_to=whom,
                whom_said=nobody,
                purpose=purpose,
            )
            self._take(match.start(), end, floor=action)

    def take_days(self) -> None:
        for pattern in DAYS_INSIDE:
            for match in pattern.finditer(self.left):
                if self._is_majority(match[0]):
                    continue
                if dates.read(match[0].strip(" ,-"), year=2000).doubt in (None, "order"):
                    day = self.published[match.start() : match.end()].strip(" ,-")
                    self._take(match.start(), match.end(), day=day)

    def take_claims(self) -> None:
        for code, pattern in FOLLOWED:
            for match in pattern.finditer(self.left):
                if not self._qualifies_the_floor(match):
                    self._take(match.start(), match.end(), followed=code)

    def take_asides(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Words that say neither what the floor did nor what was done."""
        for pattern in patterns:
            for match in pattern.finditer(self.left):
                self._take(match.start(), match.end())

    def _as_published(self, match: re.Match[str], group: str) -> str:
        return self.published[match.start(group) : match.end(group)]

    def _is_majority(self, words: str) -> bool:
        """ "Failed 2/3", "Failed (needed 2/3)": the majority that it needed, and no day."""
        is_defeated = any(mark.floor and mark.floor.action is Floor.DEFEATED for mark in self.marks)
        return is_defeated and bool(_TWO_THIRDS.fullmatch(words))

    def _qualifies_the_floor(self, match: re.Match[str]) -> bool:
        """ "Partially adopted": the word belongs to what the floor did, and claims nothing."""
        stands_before_action = any(
            mark.floor and 0 <= mark.start - match.end() < 2 for mark in self.marks
        )
        return stands_before_action and bool(IN_PART.fullmatch(match[0]))


def names_nobody(whom: str) -> bool:
    """ "The appropriate committee" is no unit."""
    return bool(NOBODY.fullmatch(whom))


def _referral(verb: str) -> Floor:
    """ "Remitted" gives an item back; the Spanish "remitido" refers it."""
    if verb.startswith("remit") and not verb.startswith("remiti"):
        return Floor.REMITTED
    return Floor.REFERRED


def _purpose(words: str | None) -> Purpose | None:
    if not words or words.endswith("ing"):  # "for costing" says neither
        return None
    if words in ("report", "study", "review", "information"):
        return Purpose.REPORT
    return Purpose.DECISION
