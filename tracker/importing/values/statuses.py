"""One status cell becomes what the floor did and what was done about it: two vocabularies, told apart. The words are in `status_words`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tracker.importing.codes import Followed
from tracker.importing.vocabulary.status_words import (
    ABBREVIATED,
    ABBREVIATION_FIRST,
    AND,
    ASIDE,
    ASIDE_FIRST,
    BESIDE,
    BY,
    DAYS_INSIDE,
    FLOOR,
    FOLLOWED,
    GLUED,
    HOW_DONE,
    LATER,
    MERGED,
    NO,
    NOBODY,
    NUMBER_ALONE,
    OTHER_BODIES,
    REFERRED,
    SAYS_NOTHING,
    SEPARATOR,
    TOUCHING,
    WHOM_ENDS,
    YES,
)
from tracker.rules.codes import Decision, Effect, Floor, Purpose

from . import dates


@dataclass(frozen=True, kw_only=True)
class FloorWord:
    """One floor action as a cell says it. `referred_to`, `merged_into` and `day` are as published."""

    action: Floor
    referred_to: str | None = None  # None: to "the appropriate committee"
    whom_said: str | None = None  # the words that name nobody
    purpose: Purpose | None = None
    merged_into: str | None = None
    day: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatusCell:
    """What a cell says; `rest` is what was not understood of it, `clear` is False where it says something that we cannot place."""

    floor: tuple[FloorWord, ...] = ()
    followed: Followed | None = None
    rest: str = ""
    clear: bool = True
    followed_day: str | None = None  # as published


NOTHING = StatusCell()
_RANK: dict[Followed | None, int] = {
    code: place for place, (code, _pattern) in enumerate(FOLLOWED)
}  # of several claims in a cell the first rules
_RANK[Followed.WORD] = len(_RANK)  # a word that claims nothing comes last


def read(
    cell: str, table: Mapping[str, str] | None = None, yes_is_done: bool = False
) -> StatusCell:
    """What a cell says. `table` has the office's own translations (case-folded words to codes); `yes_is_done` for a column like "Complete?"."""
    words = _plain(cell)
    if table and (told := table.get(key_of(cell))) is not None:
        return _told(told)
    if words.strip(" .") in SAYS_NOTHING:
        return NOTHING
    if yes_is_done and words in YES | NO:
        return StatusCell(followed=Followed.DONE if words in YES else Followed.NOTHING)
    if yes_is_done and words in ("c", "d"):
        return StatusCell(followed=Followed.DONE)
    if action := ABBREVIATED.get(words):
        return StatusCell(floor=(FloorWord(action=action),))
    if action := _code(words):
        return StatusCell(floor=(FloorWord(action=action),))
    return _in_words(words, _plain(cell, fold=False))


def key_of(cell: str) -> str:
    """The words of a cell as a mapping's table has them: without case, and with single spaces."""
    return " ".join(_plain(cell).split())


def is_known(code: str) -> bool:
    """A code that a mapping's table may give to a cell: of the floor, of the follow-through, or of a receiving unit's decision."""
    action = code.partition(":")[0].strip().casefold()
    return bool(_code(action)) or action in frozenset(Followed) or _decision(action) is not None


def decision_told(cell: str, table: Mapping[str, str]) -> Decision | None:
    """What a receiving unit decided, as the office's table translates the cell."""
    codes = table.get(key_of(cell), "").split("+")
    return next(
        (decision for code in codes if (decision := _decision(code.strip().casefold()))), None
    )


def _decision(words: str) -> Decision | None:
    words = words.replace(" ", "_")
    return Decision(words) if words in frozenset(Decision) else None


def names_nobody(whom: str) -> bool:
    """ "The appropriate committee" is no unit."""
    return bool(NOBODY.fullmatch(whom))


@lru_cache(4096)
def _plain(cell: str, fold: bool = True) -> str:
    words = unicodedata.normalize("NFKC", cell).replace("’", "'")
    words = TOUCHING.sub(" ", GLUED.sub(r"\1 ", words))
    words = re.sub(r"[^\S\n]+", " ", words).strip()
    return (
        words.casefold()
        if fold and len(words.casefold()) == len(words)
        else words.lower()
        if fold
        else words
    )


def _code(words: str) -> Floor | None:
    """The code itself, as an export writes it."""
    try:
        return Floor(words.replace(" ", "_"))
    except ValueError:
        return None


def _told(codes: str) -> StatusCell:
    """A line of the office's table: codes joined by `+`, of either vocabulary; nothing means that the cell says nothing."""
    floor: list[FloorWord] = []
    followed = None
    for code in filter(None, (each.strip() for each in codes.split("+"))):
        action, _, whom = code.partition(":")
        if floor_action := _code(action.strip().casefold()):
            floor.append(
                FloorWord(action=floor_action, referred_to=whom.strip() or None)
                if floor_action.effect is Effect.REFERS
                else FloorWord(action=floor_action, merged_into=whom.strip() or None)
            )
        elif action.strip().casefold() in frozenset(Followed):
            followed = Followed(action.strip().casefold())
    return StatusCell(floor=tuple(floor), followed=followed)


@dataclass(frozen=True, kw_only=True)
class _Mark:
    """Words of a cell that are understood: a floor action, a claim, a day, or something that says nothing of either."""

    start: int
    end: int
    floor: FloorWord | None = None
    followed: Followed | None = None
    day: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Part:
    """What stands between two separators of a cell. `left` are its words that nobody understood; `joined_by` is "" after a full stop."""

    start: int
    words: str
    marks: tuple[_Mark, ...]
    left: tuple[str, ...]
    joined_by: str = ""

    @property
    def floor(self) -> tuple[FloorWord, ...]:
        return tuple(mark.floor for mark in self.marks if mark.floor)

    @property
    def effects(self) -> frozenset[Effect]:
        return frozenset(word.action.effect for word in self.floor)

    @property
    def says_something(self) -> bool:
        return bool(self.left) or any(mark.floor or mark.followed for mark in self.marks)


@lru_cache(4096)
def _in_words(words: str, published: str) -> StatusCell:
    """A cell is read part by part. Its first part decides whether the floor is spoken of: not in "Grant application rejected".
    A later part counts where it is understood as a whole: "Adopted; grant application rejected" is adopted."""
    marks = _marks(words, published if len(published) == len(words) else words)
    parts = _parts(words, marks)
    accepted = [part for part in parts if part.floor and not part.left]
    if not _speaks_of_the_floor(parts, accepted):
        accepted = []
    floor = _floor_words(accepted, marks)
    claims = [mark for part in parts for mark in _claims(part, bool(floor))]
    claim = min(claims, key=lambda mark: _RANK.get(mark.followed, 0), default=None)
    followed = claim.followed if claim else None
    rest = " ".join(word for part in parts for word in part.left)
    if not floor and (claim is None or any(part.floor for part in parts)):
        return StatusCell(followed=followed, rest=rest or words, clear=False)
    if contradicts(floor):
        return StatusCell(followed=followed, rest=words, clear=False)
    return StatusCell(
        floor=floor,
        followed=followed,
        rest=rest,
        followed_day=_day_of(claim, marks) if claim else None,
    )


_TWO_THIRDS = re.compile(r"[23]/[34]")
_IN_PART = re.compile(
    r"(?:partial(?:ly)?|partly|parcial(?:mente)?|partiel(?:lement)?|teilweise|delvis|"
    r"substantially|mostly|nearly|almost|half) ?"
)


def _qualifies_the_floor(match: re.Match[str], marks: Sequence[_Mark]) -> bool:
    """ "Partially adopted": the word belongs to what the floor did, and claims nothing of what was done."""
    after = (mark for mark in marks if mark.floor and 0 <= mark.start - match.end() < 2)
    return bool(_IN_PART.fullmatch(match[0])) and any(after)


def _marks(words: str, shown: str) -> list[_Mark]:
    """All that is understood of a cell, in its order; the first pattern that fits a place takes it."""
    rest, marks = words, []

    def take(
        start: int,
        end: int,
        floor: FloorWord | None = None,
        followed: Followed | None = None,
        day: str | None = None,
    ) -> None:
        nonlocal rest
        rest = rest[:start] + " " * (end - start) + rest[end:]
        marks.append(_Mark(start=start, end=end, floor=floor, followed=followed, day=day))

    first = ABBREVIATION_FIRST.match(shown)
    if first and (abbreviated := ABBREVIATED.get(first[1].casefold())):
        take(first.start(1), first.end(1), FloorWord(action=abbreviated))
    for match in MERGED.finditer(rest):
        target = (
            shown[match.start("target") : match.end("target")].strip(" .,")
            if match["target"]
            else None
        )
        take(
            match.start(),
            match.end(),
            FloorWord(action=Floor.CONSOLIDATED, merged_into=target or None),
        )
    for action, pattern in FLOOR[
        :6
    ]:  # motions and recommendations, before their words are taken for the item's own
        for match in pattern.finditer(rest):
            take(match.start(), match.end(), FloorWord(action=action) if action else None)
    for match in list(REFERRED.finditer(rest)):
        end, whom, nobody, purpose = match.end(), None, None, None
        if match["purpose"]:
            purpose = _purpose(match["purpose"])
        if match["whom"]:
            whom = shown[match.start("whom") : match.end("whom")]
            if over := WHOM_ENDS.search(whom.casefold()):
                whom = whom[: over.start()]
                purpose, end = (
                    _purpose(over["purpose"]),
                    match.start("whom")
                    + (over.end("purpose") if over["purpose"] else over.start()),
                )
            whom = (
                re.sub(
                    r"^(?:the|el|la|le|l'|den|die|das|der) (?=[^\W\d_])",
                    "",
                    whom.strip(" .,:"),
                    flags=re.I,
                )
                or None
            )
            if whom and NOBODY.fullmatch(whom):
                whom, nobody = None, whom
        remitted = match["refers"].startswith("remit") and not match["refers"].startswith("remiti")
        take(
            match.start(),
            end,
            FloorWord(
                action=Floor.REMITTED if remitted else Floor.REFERRED,
                referred_to=whom,
                whom_said=nobody,
                purpose=purpose,
            ),
        )
    for action, pattern in FLOOR[6:]:
        for match in pattern.finditer(rest):
            take(match.start(), match.end(), FloorWord(action=action) if action else None)
    for pattern in DAYS_INSIDE:
        for match in pattern.finditer(rest):
            is_defeated = any(mark.floor and mark.floor.action is Floor.DEFEATED for mark in marks)
            if is_defeated and _TWO_THIRDS.fullmatch(match[0]):
                continue  # "Failed 2/3", "Failed (needed 2/3)": the majority that it needed
            if dates.read(match[0].strip(" ,-"), year=2000).doubt in (None, "order"):
                take(
                    match.start(), match.end(), day=shown[match.start() : match.end()].strip(" ,-")
                )
    for pattern in ASIDE_FIRST:
        for match in pattern.finditer(rest):
            take(match.start(), match.end())
    for code, pattern in FOLLOWED:
        for match in pattern.finditer(rest):
            if not _qualifies_the_floor(match, marks):
                take(match.start(), match.end(), followed=code)
    for pattern in ASIDE:
        for match in pattern.finditer(rest):
            take(match.start(), match.end())
    return sorted(marks, key=lambda mark: mark.start)


def _parts(words: str, marks: Sequence[_Mark]) -> list[_Part]:
    """A cell between its separators; one inside understood words is none."""
    unmarked = words
    for mark in marks:
        unmarked = unmarked[: mark.start] + "\0" * (mark.end - mark.start) + unmarked[mark.end :]
    parts: list[_Part] = []
    start, joined_by = 0, ""
    for separator in [*SEPARATOR.finditer(unmarked), None]:
        end = separator.start() if separator else len(words)
        inside = tuple(mark for mark in marks if start <= mark.start < end)
        left = _left(unmarked[start:end].replace("\0", " "))
        if (
            not inside
            and NUMBER_ALONE.fullmatch(" ".join(left))
            and not any(part.floor for part in parts)
        ):
            left = ()  # the number of the item, before its status
        parts.append(
            _Part(start=start, words=words[start:end], marks=inside, left=left, joined_by=joined_by)
        )
        if separator:
            start, joined_by = separator.end(), (separator["weak"] or "").strip()
    return parts


def _left(words: str) -> tuple[str, ...]:
    """What is left without the words that add nothing."""
    found = re.findall(r"[\w'/%.,$€£#-]+", words)
    return tuple(
        word for word in found if word.strip(".,-'/#") and word.strip(".,-'/#") not in BESIDE
    )


def _speaks_of_the_floor(parts: Sequence[_Part], accepted: Sequence[_Part]) -> bool:
    """Whether the floor did what the cell says: not where it begins with something else, or where another body comes with the decision."""
    spoke = next((part for part in parts if part.says_something), None)
    if spoke is None or spoke not in accepted:
        return False
    referred = False
    for part in parts:
        if part in accepted:
            if referred and Effect.DIRECTS in part.effects and part.joined_by not in AND:
                return False  # "Referred to the Board (approved 3/1)": which of the two did?
            referred = referred or Effect.REFERS in part.effects
        elif part.left and not part.floor:
            others = [word for word in part.left if word.strip(".,'") in OTHER_BODIES]
            is_name = len(others) == len(part.left) and not any(
                mark.followed for mark in part.marks
            )
            if is_name or (others and part.joined_by and BY.search(part.words)):
                return False  # "Approved (Board)", "Approved, signed by the governor"
    return True


def _floor_words(accepted: Sequence[_Part], marks: Sequence[_Mark]) -> tuple[FloorWord, ...]:
    """The floor actions in the order of the cell, each once, with its day."""
    said = [(mark, mark.floor) for part in accepted for mark in part.marks if mark.floor]
    once: list[FloorWord] = []
    for mark, word in said:
        if word.action not in [each.action for each in once]:
            once.append(replace(word, day=_day_of(mark, marks)))
    if any(
        each.action is Floor.POSTPONED_INDEFINITELY for each in once
    ):  # "postponed indefinitely (tabled)" is one action
        once = [
            each
            for each in once
            if each.action not in (Floor.LAID_ON_THE_TABLE, Floor.POSTPONED_TO_A_TIME)
        ]
    days = [each.day for each in once if each.day]
    if len(days) == 1 and not any(
        each.action in LATER for each in once
    ):  # "adopted and referred on 4 July": one day for both
        once = [replace(each, day=days[0]) for each in once]
    return tuple(once)


def _day_of(mark: _Mark, marks: Sequence[_Mark]) -> str | None:
    """The day that stands after an action or a claim and before the next; at the head of the cell it belongs to the first."""
    said = [other for other in marks if other.floor or other.followed]
    after = min((other.start for other in said if other.start > mark.start), default=None)
    behind = [
        other.day
        for other in marks
        if other.day and other.start > mark.start and (after is None or other.start < after)
    ]
    before = (
        [other.day for other in marks if other.day and other.start < mark.start]
        if mark is said[0]
        else []
    )
    days = behind or before
    return days[0] if len(days) == 1 else None


def _claims(part: _Part, with_floor: bool) -> list[_Mark]:
    """What a part says of the follow-through. That it is done, or never will be, it must say as a whole: not "survey of members done"."""
    claims = []
    for mark in part.marks:
        if mark.followed is None or (
            with_floor
            and re.fullmatch(r"\d+ ?%", part.words[mark.start - part.start : mark.end - part.start])
        ):
            continue  # a percentage beside the floor's action is that of the votes
        strict = mark.followed in (Followed.DONE, Followed.WILL_NOT_BE_DONE) and bool(part.left)
        before, after = part.words[: mark.start - part.start], part.words[mark.end - part.start :]
        if not strict or (not _left(before) and HOW_DONE.match(after)):
            claims.append(mark)
    return claims


def _purpose(words: str | None) -> Purpose | None:
    if not words or words.endswith("ing"):  # "for costing" says neither
        return None
    return (
        Purpose.REPORT
        if words in ("report", "study", "review", "information")
        else Purpose.DECISION
    )


def contradicts(floor: tuple[FloorWord, ...]) -> bool:
    """Says that it was adopted and that it was not: somebody has to look."""
    effects = {
        each.action.effect
        for each in floor
        if each.action not in (Floor.RESCINDED, Floor.RECONSIDERED)
    }
    later = any(each.action in (Floor.RECONSIDERED, Floor.RESCINDED) for each in floor)
    return (
        Effect.ENDS in effects
        and bool(effects & {Effect.DIRECTS, Effect.MERGES, Effect.REFERS})
        and not later
    )
