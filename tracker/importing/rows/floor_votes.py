"""The tally of a floor action: from columns of its own, or from inside a cell."""

from __future__ import annotations

import re

from tracker.acts.floor import VoteCount
from tracker.acts.import_models import ImportedFloorAction
from tracker.importing import remedies
from tracker.importing.codes import Field
from tracker.importing.values import dates
from tracker.importing.vocabulary.vote_words import INSIDE, LABELLED, TALLY, VOICE
from tracker.rules.codes import Effect
from tracker.translation import gettext as _

from .cells import Cells


def read_vote(
    cells: Cells, source: str, actions: tuple[ImportedFloorAction, ...]
) -> VoteCount | None:
    """The tally, from columns of its own, or from one cell whose order it or the mapping says;
    checked against the result.
    """
    columns = {"for": Field.VOTES_FOR, "against": Field.VOTES_AGAINST, "abstained": Field.ABSTAINED}
    numbers = {name: _count(cells[field]) for name, field in columns.items()}
    cell, column = cells[Field.VOTE], cells.columns_by_field.get(Field.VOTE)
    voice = bool(VOICE.search(cell) or VOICE.search(source))
    if cell and all(number is None for number in numbers.values()):
        numbers |= _tally(cell, cells.reading.mapping.votes_order)
        if all(number is None for number in numbers.values()) and re.search(r"\d", cell):
            cells.warn(
                Field.VOTE,
                _(
                    "%(cell)r: which number is for and which against cannot be told.",
                    cell=cell[:60],
                ),
                remedies.say_the_order_of_votes(),
            )
        elif not re.search(r"\d", cell) and not voice and column:
            cells.keep(column)
    elif all(number is None for number in numbers.values()):
        numbers |= _labelled(source) or _tally_inside(cells, source, actions)
    if all(number is None for number in numbers.values()) and not voice:
        return None
    vote = VoteCount(
        numbers["for"], numbers["against"], numbers["abstained"], voice and numbers["for"] is None
    )
    directs = any(action.action.effect is Effect.DIRECTS for action in actions)
    if (
        directs
        and vote.votes_for is not None
        and vote.votes_against is not None
        and vote.votes_for < vote.votes_against
    ):
        cells.warn(
            column or Field.VOTES_FOR,
            _(
                "%(one)s for and %(two)s against, and yet adopted.",
                one=vote.votes_for,
                two=vote.votes_against,
            ),
            remedies.doubt_the_order_of_votes(),
        )
    return vote


def _tally(cell: str, order: tuple[str, ...]) -> dict[str, int | None]:
    if labelled := _labelled(cell):
        return labelled
    plain = TALLY.fullmatch(cell.strip(" ().")) if not re.search(r"[^\W\d_]{3,}", cell) else None
    if not plain:
        return {}
    counts = [_count(group) for group in plain.groups() if group]
    if order and len(order) == len(counts):
        return dict(zip(order, counts, strict=True))
    return {"for": counts[0], "against": counts[1]} if len(counts) == 2 and not order else {}


def _tally_inside(
    cells: Cells, source: str, actions: tuple[ImportedFloorAction, ...]
) -> dict[str, int | None]:
    """The numbers of an outcome cell ("Carried 38-2-1").

    As votes_order says, else two of them if they bear the result out.
    """
    order = cells.reading.mapping.votes_order
    inside = (
        next((match for match in INSIDE.finditer(source) if not _are_years(match)), None)
        if actions
        else None
    )
    if inside is None or (inside["mark"].strip() in (",", ";") and not order):
        return {}
    counts = [_count(number) for number in inside.group("one", "two", "three") if number]
    is_day = dates.read(inside[0], year=2000)
    if is_day.on or is_day.doubt == "order":  # "approved 3/1"
        if order and len(order) == len(counts):
            cells.warn(
                _column_of(cells, source),
                _("%(cell)r may be a day: it is not taken as a vote.", cell=inside[0]),
                _("Give the votes in columns votes_for and votes_against."),
            )
        return {}
    if len(order) == len(counts):
        return dict(zip(order, counts, strict=True))
    told_by_words = inside["mark"] == " to "
    bears_out = (
        (counts[0] or 0) > (counts[1] or 0)
        if any(action.action.effect is Effect.DIRECTS for action in actions)
        else (counts[0] or 0) <= (counts[1] or 0)
    )
    if not order and len(counts) == 2 and (told_by_words or bears_out):
        return {"for": counts[0], "against": counts[1]}
    cells.warn(
        _column_of(cells, source),
        _("%(cell)r: which number is for and which against cannot be told.", cell=source[:60]),
        remedies.say_the_order_of_votes(),
    )
    return {}


def _are_years(match: re.Match[str]) -> bool:
    return (
        all(re.fullmatch(r"(?:19|20)\d\d|\d\d", number) for number in match.group("one", "two"))
        and len(match["one"]) == 4
    )


def _column_of(cells: Cells, source: str) -> Field:
    return Field.FLOOR_ACTION if source == cells[Field.FLOOR_ACTION] else Field.STATUS


def _labelled(cell: str) -> dict[str, int | None]:
    """ "38 for, 40 against": each number beside its word."""
    labelled: dict[str, int | None] = {}
    for match in LABELLED.finditer(cell):
        what = (match["what"] or match["what2"]).casefold()
        count = _count(match["n"] or match["n2"])
        labelled[_side(what)] = count
    return labelled if {"for", "against"} <= labelled.keys() else {}


def _count(cell: str | None) -> int | None:
    digits = re.sub(r"[,.\s]", "", re.sub(r"\.0+$", "", cell or ""))
    return int(digits) if digits.isdecimal() and len(digits) < 8 else None


def _side(word: str) -> str:
    """The side that a word of a tally names, in any inflection."""
    if word.startswith("abst"):
        return "abstained"
    if word.startswith(("aga", "opp", "no", "nay")):
        return "against"
    return "for"
