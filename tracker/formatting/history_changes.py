"""Before and after, in words: what an act changed of what is derived, of a setting, of a name, of a
text. What went and what came are marked; of two texts by their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from tracker.markdown import plain
from tracker.reading.history_models import (
    Changed,
    DerivedChange,
    DerivedValue,
    DesignationThen,
    HistoryAct,
    LeadThen,
)
from tracker.record.event_rows import EventRow, RowName
from tracker.rules import codes
from tracker.rules.settings import DEFAULTS
from tracker.translation import N_
from tracker.translation import gettext as _

from . import labels, phrases
from .amounts import money
from .dates import day
from .history_facts import phrase, setting_title, setting_value

KEPT = 6  # words that stay on each side of what is other
FEWEST_SAME = 2  # words between two changes, else all is one change
MOST_LINES = 12
MOST_COMPARED = 4_000_000  # pairs of words: of longer texts the ends are shown, not what differs


class ChangeMark(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"
    QUIET = "quiet"  # our words, no value


class ChangePiece(NamedTuple):
    text: str
    mark: ChangeMark


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing before and after."""

    label: str
    before: tuple[ChangePiece, ...]
    after: tuple[ChangePiece, ...]
    label_is_needed: bool = False  # what stands there does not say of what it is


NEED_A_LABEL = (Changed.LEAD, Changed.DUE, Changed.ESTIMATED, Changed.APPROPRIATED, Changed.SPENT)
LABELS: dict[Changed, str] = {
    Changed.STANDING: N_("Standing"),
    Changed.ANSWER: N_("The item’s answer"),
    Changed.CHANGE: N_("What changed"),
    Changed.LEAD: N_("LeadThen"),
    Changed.DUE: N_("Due"),
    Changed.ESTIMATED: N_("Estimated"),
    Changed.APPROPRIATED: N_("Appropriated"),
    Changed.SPENT: N_("Spent"),
    Changed.DESIGNATION: N_("Kind and number"),
}
PARTS = (
    "claim",
    "clause",
    "evidence",
    "expense",
    "opened_evidence",
    "item",
    "person",
    "convention",
    "outside_request_subject",
)
"""Rows that come with others, which say what the act was."""


def lines(act: HistoryAct) -> list[Line]:
    """What is other after the act; else what it wrote, and what that took the place of."""
    derived = [_derived(act, one) for one in act.changes if one.of is not Changed.ANSWER]
    found = [*_texts(act), *_settings(act), *derived]
    return (found or _answer(act) or list(_facts(act)))[:MOST_LINES]


def answer(act: HistoryAct) -> str | None:
    """Carried out: what the item's answer became, where that is not all that changed."""
    became = _answer(act)
    if len(act.changes) == len(became):
        return None
    return next((as_text(line.after) for line in became), None)


def _answer(act: HistoryAct) -> list[Line]:
    return [_derived(act, one) for one in act.changes if one.of is Changed.ANSWER]


def is_nothing(lines_of_act: Sequence[Line], name: str) -> bool:
    """Whether none of several lines has a value before, or after."""
    sides: list[tuple[ChangePiece, ...]] = [getattr(line, name) for line in lines_of_act]
    return len(sides) > 1 and all(
        piece.mark is ChangeMark.QUIET for side in sides for piece in side
    )


def as_text(pieces: tuple[ChangePiece, ...]) -> str:
    """Without marks, for tables of other programs; our own words are no value."""
    return "".join(piece.text for piece in pieces if piece.mark is not ChangeMark.QUIET)


# --- what is derived ---


def _derived(act: HistoryAct, change: DerivedChange) -> Line:
    label = _(LABELS[change.of])
    if change.clause is not None:
        label = _("%(what)s, clause %(number)s", what=label, number=change.clause)
    return Line(
        label=label,
        before=_side(_value(act, change.before), ChangeMark.OUT),
        after=_side(_value(act, change.after), ChangeMark.IN),
        label_is_needed=change.of in NEED_A_LABEL,
    )


def _side(text: str | None, mark: ChangeMark) -> tuple[ChangePiece, ...]:
    if not text:
        return (ChangePiece(phrases.nothing_on_record(), ChangeMark.QUIET),)
    return (ChangePiece(text, mark),)


def _value(act: HistoryAct, value: DerivedValue) -> str | None:
    context = act.names.context
    match value:
        case codes.Standing():
            return labels.standing(value)
        case codes.Verdict():
            return labels.verdict(value)
        case codes.Change():
            return labels.change(value)
        case LeadThen(unit_id, person_id):
            names = (context.units.get(unit_id), context.people.get(person_id or 0))
            return ", ".join(name for name in names if name)
        case DesignationThen(kind, published):
            return phrases.item_name(kind, published)
        case date():
            return day(value)
        case Decimal():
            return money(value, context.body.currency)
    return None


# --- settings ---


def _settings(act: HistoryAct) -> Iterator[Line]:
    for row in act.rows.wrote:
        if row.table == "body_setting":
            name = row.text("name") or ""
            before = act.setting_before.get(name)
            if before is None and act.kind == "setting_changed":
                before = DEFAULTS.get(name)
            yield Line(
                label=setting_title(name),
                before=_side(
                    None if before is None else setting_value(name, before), ChangeMark.OUT
                ),
                after=_side(setting_value(name, row.text("value") or ""), ChangeMark.IN),
            )


# --- texts that took the place of others ---


def _texts(act: HistoryAct) -> Iterator[Line]:
    for earlier, row in _pairs(act):
        for name in row.values:
            was, is_now = earlier.text(name), row.text(name)
            is_words = row.is_text(name) and earlier.is_text(name)
            if is_words and was and is_now and was != is_now:
                before, after = diff(plain(was), plain(is_now))
                yield Line(label=_label_of(row), before=before, after=after)
            elif is_words and was != is_now:
                yield Line(
                    label=_label_of(row),
                    before=_side(was or phrases.words_erased(), ChangeMark.OUT),
                    after=_side(is_now or phrases.words_erased(), ChangeMark.IN),
                )


def _label_of(row: EventRow) -> str:
    words = TEXTS.get(row.table)
    return _(words) if words else ""


TEXTS: dict[str, str] = {
    "clause": N_("Clause"),
    "entry": N_("Words of the entry"),
    "estimate": N_("Sentence of the estimate"),
    "floor_person": N_("On the floor"),
    "person_name": N_("Name"),
    "recommendation": N_("Recommendation"),
    "source_cell": N_("Cell of a list"),
    "version": N_("Text"),
}


def _pairs(act: HistoryAct) -> Iterator[tuple[EventRow, EventRow]]:
    """What stood before, and what took its place."""
    over = {row.table: row for row in act.rows.over}
    for row in act.rows.wrote:
        earlier = act.before.get(RowName(row.table, row.id)) or over.get(row.table)
        if earlier is not None:
            yield earlier, row


def diff(was: str, is_now: str) -> tuple[tuple[ChangePiece, ...], tuple[ChangePiece, ...]]:
    """By words; what is the same and far from what is other is left out."""
    first, second = was.split(), is_now.split()
    if len(first) * len(second) > MOST_COMPARED:
        old, new = (_abridged(words, is_first=False, is_last=False) for words in (first, second))
        return (ChangePiece(old, ChangeMark.OUT),), (ChangePiece(new, ChangeMark.IN),)
    before: list[ChangePiece] = []
    after: list[ChangePiece] = []
    for code, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        is_at_an_end = i == 0 or j == len(first)
        if code == "equal" and (is_at_an_end or j - i >= FEWEST_SAME):
            text = _abridged(first[i:j], is_first=i == 0, is_last=j == len(first))
            _append(before, text, ChangeMark.SAME)
            _append(after, text, ChangeMark.SAME)
            continue
        _append(before, " ".join(first[i:j]), ChangeMark.OUT)
        _append(after, " ".join(second[k:m]), ChangeMark.IN)
    return tuple(before), tuple(after)


def _append(pieces: list[ChangePiece], text: str, mark: ChangeMark) -> None:
    """After a space; pieces of one mark are one."""
    if not text:
        return
    if not pieces:
        pieces.append(ChangePiece(text, mark))
    elif pieces[-1].mark is mark:
        pieces[-1] = ChangePiece(f"{pieces[-1].text} {text}", mark)
    elif mark is ChangeMark.SAME:
        pieces.append(ChangePiece(f" {text}", mark))
    else:
        last = pieces.pop()
        pieces += [ChangePiece(f"{last.text} ", last.mark), ChangePiece(text, mark)]


def _abridged(words: list[str], *, is_first: bool, is_last: bool) -> str:
    if len(words) <= KEPT * 2:
        return " ".join(words)
    begins = [] if is_first else words[:KEPT]
    ends = [] if is_last else words[-KEPT:]
    return " ".join([*begins, "…", *ends])


# --- facts that change nothing that is derived ---


def _facts(act: HistoryAct) -> Iterator[Line]:
    """What it wrote beside what that took the place of, or what is there no more."""
    wrote = [row for row in act.rows.wrote if row.table not in PARTS] or list(act.rows.wrote)
    replaced = [
        act.before[key] for row in wrote if (key := RowName(row.table, row.id)) in act.before
    ]
    tables = {row.table for row in wrote}
    over = [row for row in act.rows.over if not tables or row.table in tables]
    before = _phrases(act, over or replaced)
    after = _phrases(act, wrote)
    if not before and not after:
        return
    if before == after:  # a release takes back that of what it corrects
        before = ""
    yield Line(
        label="",
        before=(ChangePiece(before, ChangeMark.OUT),)
        if before
        else _side(_waits(act), ChangeMark.QUIET),
        after=(ChangePiece(after, ChangeMark.IN),)
        if after
        else (ChangePiece(_("not any more"), ChangeMark.QUIET),),
    )


def _waits(act: HistoryAct) -> str | None:
    """What was before of something that waited for the act."""
    tables = {row.table for row in act.rows.wrote}
    if "release" in tables or "sent_back" in tables:
        return _("waits for release")
    if "review" in tables:
        return _("waits for confirmation")
    if "lifting" in tables:
        return _("Withheld")
    if "withholding" in tables:
        return _("Readers may read it")
    return None


def _phrases(act: HistoryAct, rows: list[EventRow]) -> str:
    return "; ".join(dict.fromkeys(filter(None, (phrase(row, act.names) for row in rows))))
