"""A status cell in parts: what stands between two separators, and what each part says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.importing.codes import Followed
from tracker.importing.vocabulary.status_words import (
    AND,
    BESIDE,
    BY,
    HOW_DONE,
    NUMBER_ALONE,
    OTHER_BODIES,
    SEPARATOR,
)
from tracker.rules.codes import Effect

from .status_marks import FloorWord, Mark

_PERCENTAGE = re.compile(r"\d+ ?%")


@dataclass(frozen=True, kw_only=True)
class CellPart:
    """What stands between two separators of a cell."""

    start: int
    words: str
    marks: tuple[Mark, ...]
    not_understood: tuple[str, ...]  # its words
    joined_by: str = ""  # what joins it to the part before: "and", ","; "" after a full stop

    @property
    def floor(self) -> tuple[FloorWord, ...]:
        return tuple(mark.floor for mark in self.marks if mark.floor)

    @property
    def effects(self) -> frozenset[Effect]:
        return frozenset(word.action.effect for word in self.floor)

    @property
    def says_something(self) -> bool:
        return bool(self.not_understood) or any(mark.floor or mark.followed for mark in self.marks)


def cell_parts(words: str, marks: Sequence[Mark]) -> list[CellPart]:
    """A cell between its separators; one inside understood words is none."""
    unmarked = words
    for mark in marks:
        unmarked = unmarked[: mark.start] + "\0" * (mark.end - mark.start) + unmarked[mark.end :]
    parts_so_far: list[CellPart] = []
    start, joined_by = 0, ""
    for separator in [*SEPARATOR.finditer(unmarked), None]:
        end = separator.start() if separator else len(words)
        inside = tuple(mark for mark in marks if start <= mark.start < end)
        not_understood = _words_that_add_something(unmarked[start:end].replace("\0", " "))
        is_a_number = not inside and NUMBER_ALONE.fullmatch(" ".join(not_understood))
        if is_a_number and not any(part.floor for part in parts_so_far):
            not_understood = ()  # the number of the item, before its status
        parts_so_far.append(
            CellPart(
                start=start,
                words=words[start:end],
                marks=inside,
                not_understood=not_understood,
                joined_by=joined_by,
            )
        )
        if separator:
            start, joined_by = separator.end(), (separator["weak"] or "").strip()
    return parts_so_far


def _words_that_add_something(words: str) -> tuple[str, ...]:
    """All words but those that add nothing."""
    tokens = re.findall(r"[\w'/%.,$€£#-]+", words)
    return tuple(
        token for token in tokens if token.strip(".,-'/#") and token.strip(".,-'/#") not in BESIDE
    )


def floor_is_spoken_of(parts: Sequence[CellPart], accepted: Sequence[CellPart]) -> bool:
    """Whether the floor did what the cell says.

    It did not where the cell begins with something else, or where another body comes with the
    decision. `accepted` are the parts that are understood as a whole.
    """
    first = next((part for part in parts if part.says_something), None)
    if first is None or first not in accepted:
        return False
    was_referred = False
    for part in parts:
        if part in accepted:
            if was_referred and Effect.DIRECTS in part.effects and part.joined_by not in AND:
                return False  # "Referred to the Board (approved 3/1)": which of the two did?
            was_referred = was_referred or Effect.REFERS in part.effects
        elif part.not_understood and not part.floor and _is_of_another_body(part):
            return False
    return True


def _is_of_another_body(part: CellPart) -> bool:
    """ "Approved (Board)", "Approved, signed by the governor"."""
    others = [word for word in part.not_understood if word.strip(".,'") in OTHER_BODIES]
    claims_something = any(mark.followed for mark in part.marks)
    if len(others) == len(part.not_understood) and not claims_something:
        return True
    return bool(others) and bool(part.joined_by) and bool(BY.search(part.words))


def claims(part: CellPart, with_floor: bool) -> list[Mark]:
    """What a part says of the follow-through.

    That it is done, or never will be, it must say as a whole: not "survey of members done". A
    percentage beside the floor's action (`with_floor`) is that of the votes.
    """
    claims_of_part = []
    for mark in part.marks:
        if mark.followed is None:
            continue
        start, end = mark.start - part.start, mark.end - part.start
        if with_floor and _PERCENTAGE.fullmatch(part.words[start:end]):
            continue
        needs_whole_part = mark.followed in (Followed.DONE, Followed.WILL_NOT_BE_DONE)
        says_how = not _words_that_add_something(part.words[:start]) and HOW_DONE.match(
            part.words[end:]
        )
        if not needs_whole_part or not part.not_understood or says_how:
            claims_of_part.append(mark)
    return claims_of_part
