"""One status cell becomes what the floor did, and what was done about it.

The words are in `vocabulary/statuses.toml`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tracker.importing.codes import Followed
from tracker.importing.vocabulary.status_words import (
    ABBREVIATED,
    FOLLOWED,
    GLUED,
    LATER,
    NO,
    SAYS_NOTHING,
    TOUCHING,
    WHITE_SPACE,
    YES,
)
from tracker.rules.codes import Decision, Effect, Floor

from .status_marks import FloorWord, Mark, marks
from .status_parts import CellPart, cell_parts, claims, floor_is_spoken_of


@dataclass(frozen=True, kw_only=True)
class StatusCell:
    """What a status cell says."""

    floor: tuple[FloorWord, ...] = ()
    followed: Followed | None = None
    not_understood: str = ""  # words of the cell that are left over
    clear: bool = True  # False: it says something that we cannot place
    followed_day: str | None = None  # of what is claimed, as published


NOTHING = StatusCell()
# of several claims in a cell the first in this order rules; a word that claims nothing comes last
_RANK = {code: place for place, (code, _pattern) in enumerate(FOLLOWED)}
_RANK[Followed.WORD] = len(_RANK)


def read(
    cell: str, table: Mapping[str, str] | None = None, yes_is_done: bool = False
) -> StatusCell:
    """What a cell says.

    `table` has the office's own translations, of case-folded words to codes; `yes_is_done` is
    for a column like "Complete?".
    """
    words = _plain(cell)
    translation = table.get(key_of(cell)) if table else None
    if translation is not None:
        return _translated(translation)
    if words.strip(" .") in SAYS_NOTHING:
        return NOTHING
    if yes_is_done and words in YES | NO:
        return StatusCell(followed=Followed.DONE if words in YES else Followed.NOTHING)
    if yes_is_done and words in ("c", "d"):
        return StatusCell(followed=Followed.DONE)
    action = ABBREVIATED.get(words) or _floor_code(words)
    if action:
        return StatusCell(floor=(FloorWord(action=action),))
    return _in_words(words, _spaced(cell))


def key_of(cell: str) -> str:
    """The words of a cell as a mapping's table has them: without case, and with single spaces."""
    return " ".join(_plain(cell).split())


def is_known(code: str) -> bool:
    """A code that a mapping's table may give to a cell.

    It is of the floor, of the follow-through, or of a receiving unit's decision.
    """
    code = code.partition(":")[0].strip().casefold()
    return bool(_floor_code(code) or _follow_code(code) or _decision(code))


def decision_in_table(cell: str, table: Mapping[str, str]) -> Decision | None:
    """What a receiving unit decided, as the office's table translates the cell."""
    for code in table.get(key_of(cell), "").split("+"):
        decision = _decision(code.strip().casefold())
        if decision:
            return decision
    return None


def contradicts(floor: Sequence[FloorWord]) -> bool:
    """Says that it was adopted and that it was not: somebody has to look."""
    changed_later = (Floor.RESCINDED, Floor.RECONSIDERED)
    if any(word.action in changed_later for word in floor):
        return False
    effects = {word.action.effect for word in floor}
    goes_on = effects & {Effect.DIRECTS, Effect.MERGES, Effect.REFERS}
    return Effect.ENDS in effects and bool(goes_on)


@lru_cache(4096)
def _spaced(cell: str) -> str:
    """A cell with words apart that a copy has glued together."""
    words = unicodedata.normalize("NFKC", cell).replace("’", "'")
    words = TOUCHING.sub(" ", GLUED.sub(r"\1 ", words))
    return WHITE_SPACE.sub(" ", words).strip()


def _plain(cell: str) -> str:
    """The same without case, at the same length, so that places in it are places in the cell."""
    words = _spaced(cell)
    folded = words.casefold()
    return folded if len(folded) == len(words) else words.lower()


def _floor_code(words: str) -> Floor | None:
    """A floor action by its code, as an export writes it."""
    try:
        return Floor(words.replace(" ", "_"))
    except ValueError:
        return None


def _follow_code(words: str) -> Followed | None:
    try:
        return Followed(words)
    except ValueError:
        return None


def _decision(words: str) -> Decision | None:
    try:
        return Decision(words.replace(" ", "_"))
    except ValueError:
        return None


def _translated(codes: str) -> StatusCell:
    """A line of the office's table: codes joined by `+`, of either vocabulary.

    An empty line means that the cell says nothing.
    """
    floor: list[FloorWord] = []
    followed = None
    for code_and_whom in codes.split("+"):
        code, _colon, whom = code_and_whom.partition(":")
        action = _floor_code(code.strip().casefold())
        if action is None:
            followed = _follow_code(code.strip().casefold()) or followed
        elif action.effect is Effect.REFERS:
            floor.append(FloorWord(action=action, referred_to=whom.strip() or None))
        else:
            floor.append(FloorWord(action=action, merged_into=whom.strip() or None))
    return StatusCell(floor=tuple(floor), followed=followed)


@lru_cache(4096)
def _in_words(words: str, published: str) -> StatusCell:
    """A cell is read part by part.

    Its first part decides whether the floor is spoken of: not in "Grant application rejected". A
    later part counts where it is understood as a whole: "Adopted; grant application rejected" is
    adopted.
    """
    marks_of_cell = marks(words, published if len(published) == len(words) else words)
    parts_of_cell = cell_parts(words, marks_of_cell)
    accepted = [part for part in parts_of_cell if part.floor and not part.not_understood]
    if not floor_is_spoken_of(parts_of_cell, accepted):
        accepted = []
    floor = _floor_words(accepted, marks_of_cell)
    claim = _claim(parts_of_cell, with_floor=bool(floor))
    followed = claim.followed if claim else None
    left = " ".join(word for part in parts_of_cell for word in part.not_understood)
    names_an_action = any(part.floor for part in parts_of_cell)
    if not floor and (claim is None or names_an_action):
        return StatusCell(followed=followed, not_understood=left or words, clear=False)
    if contradicts(floor):
        return StatusCell(followed=followed, not_understood=words, clear=False)
    return StatusCell(
        floor=floor,
        followed=followed,
        not_understood=left,
        followed_day=_day_of(claim, marks_of_cell) if claim else None,
    )


def _claim(parts_of_cell: Sequence[CellPart], *, with_floor: bool) -> Mark | None:
    """Of several claims the one that rules."""
    claims_of_cell = [claim for part in parts_of_cell for claim in claims(part, with_floor)]
    ranked = [(_RANK[claim.followed], claim) for claim in claims_of_cell if claim.followed]
    if not ranked:
        return None
    return min(ranked, key=lambda rank_and_claim: rank_and_claim[0])[1]


def _floor_words(
    accepted: Sequence[CellPart], marks_of_cell: Sequence[Mark]
) -> tuple[FloorWord, ...]:
    """The floor actions in the order of the cell, each once, with its day."""
    by_action: dict[Floor, FloorWord] = {}
    for part in accepted:
        for mark in part.marks:
            if mark.floor and mark.floor.action not in by_action:
                day = _day_of(mark, marks_of_cell)
                by_action[mark.floor.action] = replace(mark.floor, day=day)
    if Floor.POSTPONED_INDEFINITELY in by_action:
        # "postponed indefinitely (tabled)" is one action
        by_action.pop(Floor.LAID_ON_THE_TABLE, None)
        by_action.pop(Floor.POSTPONED_TO_A_TIME, None)
    words = tuple(by_action.values())
    days = [word.day for word in words if word.day]
    if len(days) == 1 and not by_action.keys() & LATER:
        # "adopted and referred on 4 July": one day for both
        return tuple(replace(word, day=days[0]) for word in words)
    return words


def _day_of(mark: Mark, marks_of_cell: Sequence[Mark]) -> str | None:
    """The day that stands after an action or a claim, and before the next.

    A day at the head of the cell belongs to the first.
    """
    actions_and_claims = [other for other in marks_of_cell if other.floor or other.followed]
    starts_behind = [other.start for other in actions_and_claims if other.start > mark.start]
    next_start = min(starts_behind, default=None)
    days_behind = [
        other.day
        for other in marks_of_cell
        if other.day
        and other.start > mark.start
        and (next_start is None or other.start < next_start)
    ]
    if not days_behind and mark is actions_and_claims[0]:
        days_behind = [
            other.day for other in marks_of_cell if other.day and other.start < mark.start
        ]
    return days_behind[0] if len(days_behind) == 1 else None
