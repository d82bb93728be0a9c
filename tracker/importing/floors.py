"""What a row says of the floor and of the follow-through, from all its columns that speak of them: two vocabularies, each in its place."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from tracker.acts.floor import Vote
from tracker.rules.codes import Effect, Floor

from . import dates, doubts, statuses
from .cells import Cells, Floored, Update
from .columns import Column, answered
from .heading_words import Field
from .status_words import NO, YES, Followed
from .statuses import Said
from .vote_words import IN_STATUS, LABELLED, TALLY, VOICE

UNDONE_LATER = frozenset((Floor.RESCINDED, Floor.RECONSIDERED))


@dataclass(frozen=True)
class Follow:
    """`words` are those of the cell that says how far it is."""

    followed: Followed | None
    words: str
    updates: tuple[Update, ...]
    updated_on: date | None


def what_the_floor_did(cells: Cells, from_text: str | None, year: int | None) -> tuple[tuple[Floored, ...], Vote | None, Followed | None, str]:
    """Floor actions in their order, the vote, and what the same cell says of the follow-through, with its words."""
    table = cells.reading.told.statuses
    own, mixed = cells[Field.FLOOR_ACTION], cells[Field.STATUS]
    said = _codes(own) or _answer(cells, own) or statuses.read(own, table)
    mixed_said = statuses.read(mixed, table)
    for which, cell, read in ((Field.FLOOR_ACTION, own, said), (Field.STATUS, mixed, mixed_said)):
        if not read.clear:
            cells.warn(which, _("%(cell)r is no floor action that we know.", cell=cell[:60]),
                       _("The action stays unknown; say what it means under [statuses] in the mapping file."))
        elif read.rest and read.floor:
            cells.keep(which)
    followed, words = (mixed_said.followed, mixed) if mixed_said.followed else (said.followed, own)
    floor = said.floor or mixed_said.floor
    which = Field.FLOOR_ACTION if said.floor else Field.STATUS
    source = cells[which]
    if not floor and from_text:
        floor = statuses.read(from_text, table).floor
    if not floor and not own and not mixed and cells.reading.told.floor_action:
        floor = statuses.read(cells.reading.told.floor_action, table).floor
    found = tuple(Floored(each.action, _day_inside(cells, which, each.day, year), each.referred_to, each.whom_said, each.purpose, each.merged_into)
                  for each in floor)
    found = _dated(cells, _addressed(cells, found), year)
    vote = _vote(cells, source, found)
    return found, vote, followed, words


def _codes(cell: str) -> Said | None:
    """The codes that an export joins, in their order."""
    parts = [each.strip() for each in cell.split(";")]
    codes = frozenset(Floor)
    return Said(tuple(statuses.FloorWord(Floor(each)) for each in parts)) if cell and all(each in codes for each in parts) else None


def _addressed(cells: Cells, found: tuple[Floored, ...]) -> tuple[Floored, ...]:
    """With the receiving unit from a column of its own, and the item into which it was merged."""
    whom = cells.words(Field.REFERRED_TO)
    if whom and whom.casefold() not in YES | NO:
        refers = [each for each in found if each.action.effect is Effect.REFERS]
        if not refers:
            found = (*found, Floored(Floor.REFERRED))
            refers = [found[-1]]
        names = [each.strip() for each in whom.split(";")] if len(refers) > 1 else [" ".join(whom.split())]
        given = dict(zip(map(id, refers), names, strict=False))
        found = tuple(_to(each, given[id(each)], cells.reading.ours) if given.get(id(each)) and each.unit is None else each for each in found)
    target = cells.words(Field.MERGED_INTO)
    if target:
        if not found and not cells[Field.REVISION]:
            found = (Floored(Floor.CONSOLIDATED),)
        found = tuple(replace(each, target=each.target or target) if each.action is Floor.CONSOLIDATED else each for each in found)
    units = cells.reading.told.units
    return tuple(replace(each, unit=units.get(each.unit.casefold(), each.unit)[:200]) if each.unit else each for each in found)


def _to(floored: Floored, whom: str, ours: bool) -> Floored:
    name = whom if ours else re.sub(r"^(?:the|to the|to) (?=[^\W\d_])", "", whom, flags=re.I)
    return replace(floored, whom_said=whom) if statuses.names_nobody(name) else replace(floored, unit=name, whom_said=None)


def _answer(cells: Cells, own: str) -> Said | None:
    column = cells.place.get(Field.FLOOR_ACTION)
    return answered(column.heading, own) if column and not cells.reading.ours else None


def _day_inside(cells: Cells, which: Field, words: str | None, year: int | None) -> date | None:
    """The day that a cell names beside what was done; one that cannot be told is asked for, and stays empty."""
    if not words:
        return None
    day = dates.read(words, _order(cells, which), year)
    doubt = "future" if day.on and day.on > cells.reading.today else day.doubt
    if doubt and which in cells.place:
        cells.warn(which, *doubts.of_a_day(doubt, words))
    return None if doubt else day.on


def _order(cells: Cells, which: Field) -> dates.Order | None:
    """Of a day inside a cell: as the mapping says, else as all columns of the list that prove an order do."""
    told, column = cells.reading.told.date_order, cells.place.get(which)
    proved = {order for order in cells.reading.orders.values() if order}
    own = cells.reading.orders.get(column.place) if column else None
    return told or own or (next(iter(proved)) if len(proved) == 1 else None)


def _dated(cells: Cells, found: tuple[Floored, ...], year: int | None) -> tuple[Floored, ...]:
    """With the day of a column of its own, where the cell names none. One day is not also that of what the floor undid later."""
    cell = cells[Field.FLOOR_DATE]
    today = cells.reading.today
    if not found:
        if cell and cells.place[Field.FLOOR_DATE].field is Field.FLOOR_DATE:
            cells.keep(Field.FLOOR_DATE)
        return found
    if ";" in cell and len(cell.split(";")) == len(found):  # an export's days, each beside its action
        days = [dates.read(each, cells.reading.told.date_order, year) for each in cell.split(";")]
        if all(day.doubt is None and (day.on is None or day.on <= today) for day in days):
            return tuple(replace(each, on=day.on) for each, day in zip(found, days, strict=True))
    on = cells.day(Field.FLOOR_DATE, year, not_after=today)
    if on is None:
        return found
    if len(found) == 1:
        return (replace(found[0], on=on),)
    return tuple(replace(each, on=each.on or (None if each.action in UNDONE_LATER and each is not found[0] else on)) for each in found)


def _vote(cells: Cells, source: str, found: tuple[Floored, ...]) -> Vote | None:
    """The tally, from columns of its own, or from one cell whose order it or the mapping says; checked against the result."""
    columns = {"for": Field.VOTES_FOR, "against": Field.VOTES_AGAINST, "abstained": Field.ABSTAINED}
    numbers = {name: _count(cells[which]) for name, which in columns.items()}
    cell, column = cells[Field.VOTE], cells.place.get(Field.VOTE)
    voice = bool(VOICE.search(cell) or VOICE.search(source))
    if cell and all(each is None for each in numbers.values()):
        numbers |= _tally(cell, cells.reading.told.votes_order)
        if all(each is None for each in numbers.values()) and re.search(r"\d", cell):
            cells.warn(Field.VOTE, _("%(cell)r: which number is for and which against cannot be told.", cell=cell[:60]),
                       _("Say votes_order in the mapping file."))
        elif not re.search(r"\d", cell) and not voice and column:
            cells.keep(column)
    elif all(each is None for each in numbers.values()):
        numbers |= _labelled(source) or ({"for": _count(inside[1]), "against": _count(inside[2])} if (inside := IN_STATUS.search(source)) else {})
    if all(each is None for each in numbers.values()) and not voice:
        return None
    vote = Vote(numbers["for"], numbers["against"], numbers["abstained"], voice and numbers["for"] is None)
    directs = any(each.action.effect is Effect.DIRECTS for each in found)
    if directs and vote.votes_for is not None and vote.votes_against is not None and vote.votes_for < vote.votes_against:
        cells.warn(column or Field.VOTES_FOR, _("%(one)s for and %(two)s against, and yet adopted.", one=vote.votes_for, two=vote.votes_against),
                   _("Is the order of the numbers another? Say votes_order in the mapping file."))
    return vote


def _tally(cell: str, order: tuple[str, ...]) -> dict[str, int | None]:
    if labelled := _labelled(cell):
        return labelled
    plain = TALLY.fullmatch(cell.strip(" ().")) if not re.search(r"[^\W\d_]{3,}", cell) else None
    if not plain:
        return {}
    counts = [_count(each) for each in plain.groups() if each]
    if order and len(order) == len(counts):
        return dict(zip(order, counts, strict=True))
    return {"for": counts[0], "against": counts[1]} if len(counts) == 2 and not order else {}


def _labelled(cell: str) -> dict[str, int | None]:
    """ "38 for, 40 against": each number beside its word."""
    labelled: dict[str, int | None] = {}
    for found in LABELLED.finditer(cell):
        what, count = (found["what"] or found["what2"]).casefold(), _count(found["n"] or found["n2"])
        labelled["abstained" if what.startswith("abst") else "against" if what.startswith(("aga", "opp", "no", "nay")) else "for"] = count
    return labelled if {"for", "against"} <= labelled.keys() else {}


def _count(cell: str | None) -> int | None:
    digits = re.sub(r"[,.\s]", "", re.sub(r"\.0+$", "", cell or ""))
    return int(digits) if digits.isdecimal() and len(digits) < 8 else None


def follow_through(cells: Cells, year: int | None, floor_on: date | None) -> Follow:
    """How far it is, and the words that report it, each with its day where it has one that can be."""
    table = cells.reading.told.statuses
    updates: list[Update] = []
    followed, words = None, ""
    day = cells.day(Field.UPDATED_ON, None, not_before=floor_on, not_after=cells.reading.today)
    for which in (Field.COMPLETE, Field.PROGRESS):
        cell = cells[which]
        if not cell:
            continue
        said = statuses.read(cell, table, yes_is_done=True)
        if said.followed is None and dates.looks_like_a_day(cell) and which is Field.COMPLETE:  # "Completed": the day on which it was
            day = cells.day(which, None, not_before=floor_on, not_after=cells.reading.today) or day
            said = Said(followed=Followed.DONE)
        if followed in (None, Followed.NOTHING) and said.followed:
            followed, words = said.followed, cell
        if not said.clear or (said.rest and len(said.rest) > 20):
            updates.append(Update(cells.repaired(cell), day, cells.place[which].heading))
        elif (said.followed is Followed.NOTHING and cell.casefold() not in NO) or (said.floor and said.followed is None):
            cells.keep(which)
    for column in cells.updates:
        cell = cells.repaired(cells.at(column)).strip()
        if cell and not cells.says_nothing(cell):
            updates.append(Update(cell, _of_heading(column, floor_on, cells.reading.today) or day, column.heading))
    return Follow(followed, words, tuple(updates), day)


def _of_heading(column: Column, floor_on: date | None, today: date) -> date | None:
    """A day in the heading itself: "Update of 1 March 2018"."""
    on = dates.find(column.heading).on
    return on if on and on <= today and (floor_on is None or on >= floor_on) else None
