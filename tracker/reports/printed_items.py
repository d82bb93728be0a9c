"""How much of an item is printed: what is beyond the limits is left out before the layout, and
counted, so that nothing that is on record can hold up a report.

Plain data in, plain data out. What is left out is on the item's page; its words are in
`words.omission_wording`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from tracker.markdown import paragraphs, plain
from tracker.reading.item_models import (
    ClauseDetails,
    ItemPage,
    Moment,
    OutcomeDetails,
    SourceCellDetails,
)
from tracker.reading.models import (
    DecisionLine,
    EvidenceDetails,
    FloorLine,
    Sponsor,
    VersionDetails,
)
from tracker.reading.money_models import AppropriationLine, MoneyDetails

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

MARKS_OF_ONE_LETTER = 8
LONGEST_WORD = 500  # characters without a place where a line can be broken
MOST_PARAGRAPHS = 200  # of a text
MOST_CLAUSES = 60
MOST_OUTCOMES = 30
MOST_APPROPRIATIONS = 40
MOST_SPONSORS = 200
MOST_FLOOR_LINES = 20
EVIDENCE_OF_A_CLAUSE, EVIDENCE_OF_A_LINE = 20, 10

TITLE = 300  # characters
CLAUSE = 700
QUOTED = 500
EXPLANATION = 800
OUTCOME, TIE = 1200, 600
SHORT = 200
COLUMN = 60

ROW = 150
"""Characters for which a row of a table counts, besides its words."""

PIECE = 40
"""Characters for which a piece of evidence counts."""

NUMBER = 6
"""Characters of the number of a clause in a heading."""

NO_BREAK = re.compile(
    r"[^\s\-\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
    rf"{{{LONGEST_WORD + 1},}}"
)
"""A word too long. Scripts without spaces can be broken anywhere."""


@dataclass(frozen=True)
class PrintLimits:
    """How much of what can be long is printed."""

    characters: int  # of an item's text
    entry: int  # characters of an entry
    lines: int  # of a record
    room: int  # characters of each part of its section; rows count for some


WHOLE = PrintLimits(characters=12_000, entry=1_500, lines=120, room=10_000)
ONE_ITEM = (
    PrintLimits(characters=6_000, entry=700, lines=40, room=6_000),
    PrintLimits(characters=3_000, entry=300, lines=16, room=3_000),
    PrintLimits(characters=1_500, entry=160, lines=8, room=1_500),
    PrintLimits(characters=700, entry=80, lines=4, room=900),
)
"""Tried in this order, until one item alone fits on two pages."""


class Omitted(StrEnum):
    """Of what some is left out."""

    TEXT = auto()  # characters of the item's text
    LINES = auto()  # of the record
    WORDS = auto()  # characters of other words
    MARKS = auto()  # over and under letters
    SPONSORS = auto()
    CLAUSES = auto()
    OUTCOMES = auto()
    APPROPRIATIONS = auto()
    EVIDENCE = auto()
    FLOOR = auto()  # lines of what the floor did
    CELLS = auto()  # of the source


@dataclass(frozen=True)
class PrintedItem:
    """What is printed of an item, and how much of what is not."""

    item: ItemPage
    omitted: Mapping[Omitted, int]
    characters: int  # that are printed; rows count for some


def printed_item(item: ItemPage, limits: PrintLimits) -> PrintedItem:
    """An item within the limits: each part of its section has its own room."""
    room = _Room(limits)
    shortened = replace(
        item,
        title=room.beginning(item.title, TITLE),
        sponsors=room.first(item.sponsors, MOST_SPONSORS, Omitted.SPONSORS, room.sponsor),
        floor_in_force=item.floor_in_force[:MOST_FLOOR_LINES],
        versions=room.versions(item.versions),
        decisions=room.first(item.decisions, limits.lines, None, room.decision),
        clauses=room.first(item.clauses, MOST_CLAUSES, Omitted.CLAUSES, room.clause),
        outcomes=room.first(item.outcomes, MOST_OUTCOMES, Omitted.OUTCOMES, room.outcome),
        money=room.money(item.money),
        record=room.first(item.record, limits.lines, Omitted.LINES, room.moment, rooms=3),
        floor_record=room.first(item.floor_record, limits.lines, Omitted.FLOOR, room.moment),
        source=room.first(item.source, limits.lines, Omitted.CELLS, room.cell),
    )
    omitted = {part: count for part, count in room.omitted.items() if count}
    return PrintedItem(shortened, omitted, room.used)


def without_surplus_marks(text: str) -> str:
    """Letters with so many marks over and under them that nobody reads them lose some."""
    if text.isascii() or _marks().isdisjoint(text):
        return text
    return _surplus_marks().sub(r"\1", text)


@cache
def _marks() -> frozenset[str]:
    return frozenset(
        chr(code)
        for code in (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
        if unicodedata.category(chr(code)) in ("Mn", "Me")
    )


@cache
def _surplus_marks() -> re.Pattern[str]:
    marks = "".join(sorted(_marks()))
    return re.compile(f"([{marks}]{{{MARKS_OF_ONE_LETTER}}})[{marks}]+")


Part = TypeVar("Part")
Details = TypeVar("Details", bound="DataclassInstance")


def _changed(details: Details, **values: object) -> Details:
    """Itself where nothing is shortened, as it is with most."""
    if all(getattr(details, name) is value for name, value in values.items()):
        return details
    return replace(details, **values)


class _Room:
    """Of one item: how many characters are printed, and what is left out."""

    def __init__(self, limits: PrintLimits) -> None:
        self.limits = limits
        self.used = 0
        self.omitted: Counter[Omitted] = Counter()

    def first(
        self,
        parts: tuple[Part, ...],
        most: int,
        omitted: Omitted | None,
        shortened: Callable[[Part], Part],
        rooms: int = 1,
    ) -> tuple[Part, ...]:
        """As many as the limit and the room allow. `omitted`: None where they are in no list."""
        kept: list[Part] = []
        full = self.used + rooms * self.limits.room
        for part in parts[:most]:
            if self.used >= full:
                break
            kept.append(shortened(part))
        if omitted:
            self.omitted[omitted] += len(parts) - len(kept)
        return tuple(kept)

    def beginning(self, words: str, most: int, omitted: Omitted = Omitted.WORDS) -> str:
        """The words, or their beginning with an ellipsis."""
        if not words.isascii():
            readable = without_surplus_marks(words)
            self.omitted[Omitted.MARKS] += len(words) - len(readable)
            words = readable
        kept = words
        if len(words) > LONGEST_WORD:
            kept = NO_BREAK.sub(lambda word: f"{word[0][: LONGEST_WORD - 1]}…", words)
        if len(kept) > most:
            kept = f"{kept[: most - 1].rsplit(' ', 1)[0]}…"
        if kept is not words:
            self.omitted[omitted] += len(words) - len(kept)
        self.used += len(kept)
        return kept

    def optional(self, words: str | None, most: int) -> str | None:
        return None if words is None else self.beginning(words, most)

    def marked_up(self, words: str | None, most: int) -> str | None:
        """Markdown; where it is too long the beginning of its words, without marks."""
        if words is None:
            return None
        if len(words) <= min(most, LONGEST_WORD) and words.isascii():
            self.used += len(words)
            return words
        readable = plain(words)
        kept = self.beginning(readable, most)
        return words if kept is readable else kept

    def evidence(
        self, pieces: tuple[EvidenceDetails, ...], most: int
    ) -> tuple[EvidenceDetails, ...]:
        self.used += PIECE * min(len(pieces), most)
        self.omitted[Omitted.EVIDENCE] += max(0, len(pieces) - most)
        return pieces[:most]

    def versions(self, versions: tuple[VersionDetails, ...]) -> tuple[VersionDetails, ...]:
        """The one that counts; the others are not printed."""
        if not versions or versions[0].words is None:
            return versions[:1]
        words = self.text(versions[0].words)
        return (_changed(versions[0], words=words),)

    def text(self, words: str) -> str:
        """As published, from its beginning; the marks of its paragraphs stay."""
        kept = without_surplus_marks(words[: 2 * self.limits.characters])
        self.omitted[Omitted.MARKS] += len(words[: 2 * self.limits.characters]) - len(kept)
        readable = len(words) - self.omitted[Omitted.MARKS]
        kept = NO_BREAK.sub(lambda word: f"{word[0][: LONGEST_WORD - 1]}…", kept)
        kept = kept[: self.limits.characters]
        parts = paragraphs(kept)
        if len(parts) > MOST_PARAGRAPHS:
            kept = "\n\n".join(parts[:MOST_PARAGRAPHS])
        self.omitted[Omitted.TEXT] += max(0, readable - len(kept))
        self.used += len(kept) + PIECE * min(len(parts), MOST_PARAGRAPHS)
        return kept

    def sponsor(self, sponsor: Sponsor) -> Sponsor:
        self.used += PIECE
        return sponsor

    def decision(self, decision: DecisionLine) -> DecisionLine:
        return _changed(decision, reason=self.optional(decision.reason, QUOTED))

    def clause(self, clause: ClauseDetails) -> ClauseDetails:
        self.used += ROW + min(len(clause.words or ""), CLAUSE)  # its column is narrow
        will_not, due = clause.will_not, clause.due
        if will_not is not None:
            will_not = _changed(will_not, reason=self.optional(will_not.reason, QUOTED))
        if due is not None:
            due = _changed(due, reason=self.optional(due.reason, SHORT))
        return _changed(
            clause,
            words=self.optional(clause.words, CLAUSE),
            will_not=will_not,
            due=due,
            evidence=self.evidence(clause.evidence, EVIDENCE_OF_A_CLAUSE),
        )

    def outcome(self, outcome: OutcomeDetails) -> OutcomeDetails:
        self.used += ROW
        return _changed(
            outcome,
            words=self.marked_up(outcome.words, OUTCOME),
            tie=self.optional(outcome.tie, TIE),
        )

    def money(self, money: MoneyDetails) -> MoneyDetails:
        estimate, explanation = money.estimate, money.explanation
        if estimate is not None:
            estimate = _changed(estimate, sentence=self.optional(estimate.sentence, QUOTED))
        if explanation is not None:
            words = self.marked_up(explanation.words, EXPLANATION)
            explanation = _changed(explanation, words=words or "")
        return _changed(
            money,
            estimate=estimate,
            explanation=explanation,
            appropriations=self.first(
                money.appropriations,
                MOST_APPROPRIATIONS,
                Omitted.APPROPRIATIONS,
                self.appropriation,
            ),
        )

    def appropriation(self, line: AppropriationLine) -> AppropriationLine:
        self.used += ROW
        return _changed(line, decided_by=self.optional(line.decided_by, SHORT))

    def moment(self, moment: Moment) -> Moment:
        """One line of the record."""
        self.used += ROW + NUMBER * len(moment.clauses)
        self.used += NUMBER * sum(len(numbers) for _code, numbers in moment.claims)
        return _changed(
            moment,
            words=self.marked_up(moment.words, self.limits.entry),
            reason=self.marked_up(moment.reason, self.limits.entry),
            evidence=self.evidence(moment.evidence, EVIDENCE_OF_A_LINE),
            floor=self.floor_line(moment.floor) if moment.floor else None,
        )

    def floor_line(self, line: FloorLine) -> FloorLine:
        return _changed(line, note=self.optional(line.note, QUOTED))

    def cell(self, cell: SourceCellDetails) -> SourceCellDetails:
        self.used += ROW
        return _changed(
            cell,
            column=self.beginning(cell.column, COLUMN),
            words=self.beginning(cell.words, self.limits.entry),
        )
