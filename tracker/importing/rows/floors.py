"""What a row says of the floor and of the follow-through, from all its columns that speak of them:
two vocabularies, each in its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from tracker.acts.floor import VoteCount
from tracker.acts.import_models import ImportedFloorAction
from tracker.importing.codes import Field, Followed
from tracker.importing.tables.columns import ALSO_AN_ACTION, Column
from tracker.importing.tables.headings import answered
from tracker.importing.values import dates, statuses
from tracker.importing.values.status_marks import FloorWord, names_nobody
from tracker.importing.values.statuses import StatusCell
from tracker.importing.vocabulary.status_words import ANSWER, NO, YES
from tracker.importing.vocabulary.vote_words import INSIDE, LABELLED, TALLY, VOICE
from tracker.rules.codes import Effect, Floor
from tracker.translation import gettext as _

from . import doubts
from .cells import Cells
from .imported_row import DatedUpdate

PERCENT = re.compile(r"%|\bper ?cent|\bprocent|\bporcentaje|\bprozent", re.I)
_NUMBER = re.compile(r"[\d.,]+\s*%?")
LOST = frozenset(
    (
        Floor.DEFEATED,
        Floor.WITHDRAWN,
        Floor.DEEMED_TO_HAVE_FAILED,
        Floor.OBJECTION_SUSTAINED,
        Floor.RULED_OUT_OF_ORDER,
    )
)
UNDONE_LATER = frozenset((Floor.RESCINDED, Floor.RECONSIDERED))


@dataclass(frozen=True, kw_only=True)
class Follow:
    """`words` are those of the cell that says how far it is, `claimed_on` the day that it says of
    that.
    """

    followed: Followed | None
    words: str
    updates: tuple[DatedUpdate, ...]
    updated_on: date | None
    claimed_on: date | None = None


@dataclass(frozen=True)
class _Told:
    """What one cell says of how far the item is."""

    followed: Followed
    words: str
    place: Field
    on: date | None = None


def what_the_floor_did(
    cells: Cells, from_text: str | None, year: int | None
) -> tuple[tuple[ImportedFloorAction, ...], VoteCount | None]:
    """Floor actions in their order, and the vote."""
    table = cells.reading.mapping.statuses
    own, mixed = cells[Field.FLOOR_ACTION], cells[Field.STATUS]
    by_office = statuses.key_of(own) in table  # goes before what the cell says by itself
    said = (None if by_office else _codes(own) or _answer(cells, own)) or statuses.read(own, table)
    said = _with_the_other_actions(cells, said)
    mixed_said = statuses.read(mixed, table)
    for which, cell, read in ((Field.FLOOR_ACTION, own, said), (Field.STATUS, mixed, mixed_said)):
        if not read.clear:
            cells.warn(
                which,
                _("%(cell)r is no floor action that we know.", cell=cell[:60]),
                _(
                    "The action stays unknown; say what it means under [statuses] in the mapping "
                    "file."
                ),
            )
        elif read.not_understood and read.floor:
            cells.keep(which)
        elif (
            which is Field.FLOOR_ACTION
            and read.followed is Followed.NOTHING
            and not mixed_said.floor
        ):  # "No action"
            cells.warn(
                which,
                _("%(cell)r: what the floor did cannot be told.", cell=cell[:60]),
                _(
                    "The action stays unknown; say what it means under [statuses] in the mapping "
                    "file."
                ),
            )
    floor = said.floor or mixed_said.floor
    which = Field.FLOOR_ACTION if said.floor else Field.STATUS
    source = cells[which]
    if not floor and from_text:
        floor = statuses.read(from_text, table).floor
    if not floor and not own and not mixed and cells.reading.mapping.floor_action:
        floor = statuses.read(cells.reading.mapping.floor_action, table).floor
    found = tuple(
        ImportedFloorAction(
            action=each.action,
            on=_day_inside(cells, which, each.day, year),
            unit=each.referred_to,
            referred_to=each.whom_said,
            purpose=each.purpose,
            merged_into=each.merged_into,
        )
        for each in floor
    )
    found = _dated(cells, _addressed(cells, found), year)
    vote = _vote(cells, source, found)
    return found, vote


def _codes(cell: str) -> StatusCell | None:
    """The codes that an export joins, in their order."""
    parts = [each.strip() for each in cell.split(";")]
    codes = frozenset(Floor)
    return (
        StatusCell(floor=tuple(FloorWord(action=Floor(part)) for part in parts))
        if cell and all(part in codes for part in parts)
        else None
    )


def _addressed(
    cells: Cells, found: tuple[ImportedFloorAction, ...]
) -> tuple[ImportedFloorAction, ...]:
    """With the receiving unit from a column of its own, and the item into which it was merged."""
    whom = cells.words(Field.REFERRED_TO)
    if whom and whom.casefold() not in YES | NO:
        refers = [each for each in found if each.action.effect is Effect.REFERS]
        if not refers and found and all(each.action in LOST for each in found):
            cells.warn(
                Field.REFERRED_TO,
                _(
                    "The floor did not adopt the item, and yet it is referred to %(whom)r.",
                    whom=whom[:60],
                ),
                _(
                    "The referral is kept as published; write it beside the floor's action if the "
                    "floor made it."
                ),
            )
            return found
        if not refers:
            found = (*found, ImportedFloorAction(action=Floor.REFERRED))
            refers = [found[-1]]
        names = (
            [each.strip() for each in whom.split(";")]
            if len(refers) > 1
            else [" ".join(whom.split())]
        )
        given = dict(zip(map(id, refers), names, strict=False))
        found = tuple(
            _to(each, given[id(each)], cells.reading.is_export)
            if given.get(id(each)) and each.unit is None
            else each
            for each in found
        )
    target = cells.words(Field.MERGED_INTO)
    if target:
        if not found and not cells[Field.REVISION]:
            found = (ImportedFloorAction(action=Floor.CONSOLIDATED),)
        found = tuple(
            replace(each, merged_into=each.merged_into or target)
            if each.action is Floor.CONSOLIDATED
            else each
            for each in found
        )
    told = cells.reading.mapping
    return tuple(
        replace(each, unit=told.unit(each.unit)[:200]) if each.unit else each for each in found
    )


def _to(floored: ImportedFloorAction, whom: str, ours: bool) -> ImportedFloorAction:
    name = whom if ours else re.sub(r"^(?:the|to the|to) (?=[^\W\d_])", "", whom, flags=re.I)
    return (
        replace(floored, referred_to=whom)
        if names_nobody(name)
        else replace(floored, unit=name, referred_to=None)
    )


def _answer(cells: Cells, own: str) -> StatusCell | None:
    column = cells.place.get(Field.FLOOR_ACTION)
    return answered(column.heading, own) if column and not cells.reading.is_export else None


def _with_the_other_actions(cells: Cells, said: StatusCell) -> StatusCell:
    """With what a yes in columns beside says: "Adopted", "Referred", "Withdrawn", each with a
    cross.
    """
    others = [
        (column, words)
        for column in cells.reading.columns
        if column.note == ALSO_AN_ACTION
        and cells.at(column).casefold().strip() in YES
        and (words := answered(column.heading, cells.at(column)))
    ]
    more = tuple(word for _column, words in others for word in words.floor)
    if not more:
        return said
    own = {word.action for word in said.floor}
    floor = (*said.floor, *(word for word in more if word.action not in own))
    if statuses.contradicts(floor):
        column = others[0][0]
        actions = ", ".join(each.action.replace("_", " ") for each in floor)
        cells.warn(
            column,
            _("Of one item: %(actions)s. What the floor did cannot be told.", actions=actions),
            _("The action stays unknown; correct one of them."),
        )
        return StatusCell()
    return StatusCell(floor=floor, followed=said.followed)


def _day_inside(cells: Cells, which: Field, words: str | None, year: int | None) -> date | None:
    """The day that a cell names beside what was done; one that cannot be told is asked for, and
    stays empty.
    """
    if not words:
        return None
    day = dates.read(words, _order(cells, which), year)
    doubt = "future" if day.on and day.on > cells.reading.today else day.doubt
    if doubt and which in cells.place:
        cells.warn(which, *doubts.of_a_day(doubt, words))
    return None if doubt else day.on


def _order(cells: Cells, which: Field) -> dates.Order | None:
    """Of a day inside a cell: as the mapping says, else as all columns of the list that prove an
    order do.
    """
    told, column = cells.reading.mapping.date_order, cells.place.get(which)
    proved = {order for order in cells.reading.orders.values() if order}
    own = cells.reading.orders.get(column.place) if column else None
    return told or own or (next(iter(proved)) if len(proved) == 1 else None)


def _dated(
    cells: Cells, found: tuple[ImportedFloorAction, ...], year: int | None
) -> tuple[ImportedFloorAction, ...]:
    """With the day of a column of its own, where the cell names none.

    One day is not also that of what the floor undid later.
    """
    cell = cells[Field.FLOOR_DATE]
    today = cells.reading.today
    if not found:
        if cell and cells.place[Field.FLOOR_DATE].field is Field.FLOOR_DATE:
            cells.keep(Field.FLOOR_DATE)
        return found
    if ";" in cell and len(cell.split(";")) == len(
        found
    ):  # an export's days, each beside its action
        days = [
            dates.read(each, cells.reading.mapping.date_order, year) for each in cell.split(";")
        ]
        if all(day.doubt is None and (day.on is None or day.on <= today) for day in days):
            return tuple(replace(each, on=day.on) for each, day in zip(found, days, strict=True))
    on = cells.day(Field.FLOOR_DATE, year, not_after=today)
    if on is None:
        return found
    if len(found) == 1:
        return (replace(found[0], on=on),)
    return tuple(
        replace(
            each,
            on=each.on or (None if each.action in UNDONE_LATER and each is not found[0] else on),
        )
        for each in found
    )


def _vote(cells: Cells, source: str, found: tuple[ImportedFloorAction, ...]) -> VoteCount | None:
    """The tally, from columns of its own, or from one cell whose order it or the mapping says;
    checked against the result.
    """
    columns = {"for": Field.VOTES_FOR, "against": Field.VOTES_AGAINST, "abstained": Field.ABSTAINED}
    numbers = {name: _count(cells[which]) for name, which in columns.items()}
    cell, column = cells[Field.VOTE], cells.place.get(Field.VOTE)
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
                _("Say votes_order in the mapping file."),
            )
        elif not re.search(r"\d", cell) and not voice and column:
            cells.keep(column)
    elif all(number is None for number in numbers.values()):
        numbers |= _labelled(source) or _tally_inside(cells, source, found)
    if all(number is None for number in numbers.values()) and not voice:
        return None
    vote = VoteCount(
        numbers["for"], numbers["against"], numbers["abstained"], voice and numbers["for"] is None
    )
    directs = any(each.action.effect is Effect.DIRECTS for each in found)
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
            _("Is the order of the numbers another? Say votes_order in the mapping file."),
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
    cells: Cells, source: str, found: tuple[ImportedFloorAction, ...]
) -> dict[str, int | None]:
    """The numbers of an outcome cell ("Carried 38-2-1").

    As votes_order says, else two of them if they bear the result out.
    """
    order = cells.reading.mapping.votes_order
    inside = (
        next((match for match in INSIDE.finditer(source) if not _are_years(match)), None)
        if found
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
        if any(each.action.effect is Effect.DIRECTS for each in found)
        else (counts[0] or 0) <= (counts[1] or 0)
    )
    if not order and len(counts) == 2 and (told_by_words or bears_out):
        return {"for": counts[0], "against": counts[1]}
    cells.warn(
        _column_of(cells, source),
        _("%(cell)r: which number is for and which against cannot be told.", cell=source[:60]),
        _("Say votes_order in the mapping file."),
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
    for found in LABELLED.finditer(cell):
        what, count = (
            (found["what"] or found["what2"]).casefold(),
            _count(found["n"] or found["n2"]),
        )
        labelled[
            "abstained"
            if what.startswith("abst")
            else "against"
            if what.startswith(("aga", "opp", "no", "nay"))
            else "for"
        ] = count
    return labelled if {"for", "against"} <= labelled.keys() else {}


def _count(cell: str | None) -> int | None:
    digits = re.sub(r"[,.\s]", "", re.sub(r"\.0+$", "", cell or ""))
    return int(digits) if digits.isdecimal() and len(digits) < 8 else None


def follow_through(cells: Cells, year: int | None, floor_on: date | None) -> Follow:
    """How far it is, and the words that report it, each with its day where it has one that can
    be.
    """
    today = cells.reading.today
    day = cells.day(Field.UPDATED_ON, None, not_before=floor_on, not_after=today)
    completed_on = cells.day(Field.COMPLETED_ON, year, not_before=floor_on, not_after=today)
    told = _beside_the_floor(cells, year)
    updates: list[DatedUpdate] = []
    for which in (Field.COMPLETE, Field.PROGRESS):
        cell = cells[which]
        if not cell or _is_number(cells, which):
            continue
        said, on, more = _how_far(cells, which, floor_on)
        if said.followed:
            told.append(_Told(said.followed, cell, which, on))
        if more or not said.clear or len(said.not_understood) > 20:
            updates.append(DatedUpdate(cells.repaired(cell), day, cells.place[which].heading))
        elif (said.followed is Followed.NOTHING and cell.casefold() not in NO) or (
            said.floor and said.followed is None
        ):
            cells.keep(which)
    if completed_on:
        _completed(cells, told, completed_on)
    claim = _settled(cells, told)
    done_on = (
        completed_on or (claim.on if claim else None)
        if claim and claim.followed is Followed.DONE
        else None
    )
    for column in cells.updates:
        cell = cells.repaired(cells.at(column)).strip()
        if cell and _NUMBER.fullmatch(cell) and not cells.reading.is_export:
            cells.keep(column)
        elif cell and not cells.says_nothing(cell):
            updates.append(
                DatedUpdate(cell, _of_heading(column, floor_on, today) or day, column.heading)
            )
    updates = _with_the_day_of_done(updates, done_on)
    claimed_on = done_on or (claim.on if claim else None)
    return Follow(
        followed=claim.followed if claim else None,
        words=claim.words if claim else "",
        updates=tuple(updates),
        updated_on=day,
        claimed_on=claimed_on,
    )


def _with_the_day_of_done(updates: list[DatedUpdate], done_on: date | None) -> list[DatedUpdate]:
    """The last update of a row may be of the day on which it was done; those before it are of
    earlier days, and so is one whose heading names a time.
    """
    if not updates or updates[-1].on or dates.names_a_time(updates[-1].heading):
        return updates
    return [*updates[:-1], replace(updates[-1], on=done_on)]


def _beside_the_floor(cells: Cells, year: int | None) -> list[_Told]:
    """What the cells of the floor's action say of the follow-through: "Adopted - in progress"."""
    told = []
    for which in (Field.STATUS, Field.FLOOR_ACTION):
        said = statuses.read(cells[which], cells.reading.mapping.statuses)
        if said.followed:
            told.append(
                _Told(
                    said.followed,
                    cells[which],
                    which,
                    _day_inside(cells, which, said.followed_day, year),
                )
            )
    return told


def _how_far(
    cells: Cells, which: Field, floor_on: date | None
) -> tuple[StatusCell, date | None, bool]:
    """What a cell of such a column says, its day, and whether it says more.

    "Yes - 3/1/2018", "No, the printer is closed".
    """
    table, today, cell = cells.reading.mapping.statuses, cells.reading.today, cells[which]
    said = statuses.read(cell, table, yes_is_done=True)
    if said.followed and said.followed_day:
        return said, _day_inside(cells, which, said.followed_day, None), False
    if which is not Field.COMPLETE or said.followed:
        return said, None, False
    if said.followed is None and dates.looks_like_a_day(
        cell
    ):  # "Completed": the day on which it was
        return (
            StatusCell(followed=Followed.DONE),
            cells.day(which, None, not_before=floor_on, not_after=today),
            False,
        )
    answer = ANSWER.fullmatch(cell.strip())
    if not answer:
        return said, None, False
    followed = Followed.DONE if answer["answer"].casefold() in YES else Followed.NOTHING
    rest = answer["rest"].strip(" ()")
    if dates.looks_like_a_day(rest):
        return StatusCell(followed=followed), _day_inside(cells, which, rest, None), False
    more = statuses.read(rest, table)
    if followed is Followed.NOTHING and more.followed not in (None, Followed.DONE):
        followed = more.followed
    return StatusCell(followed=followed), None, True


def _completed(cells: Cells, told: list[_Told], on: date) -> None:
    """A day of done says that it is done, if the heading speaks of what was and not of what shall
    be.
    """
    column = cells.place[Field.COMPLETED_ON]
    says_so = any(each.followed is Followed.DONE for each in told)
    if not says_so and re.search(r"\bcompletion\b", column.heading, re.I):
        cells.warn(
            column,
            _(
                "%(cell)r is a day of completion, and nothing says that it is complete.",
                cell=cells.at(column)[:60],
            ),
            _("The cell is kept as published; say so in a column complete."),
        )
    elif not says_so:
        told.append(_Told(Followed.DONE, cells.at(column), Field.COMPLETED_ON, on))


def _settled(cells: Cells, told: list[_Told]) -> _Told | None:
    """The one claim of a row.

    Where one cell says that it is done and another that it is not, there is none.
    """
    done = [each for each in told if each.followed is Followed.DONE]
    not_done = [each for each in told if each.followed not in (Followed.DONE, Followed.WORD)]
    if done and not_done:
        for each in (*done, *not_done):
            cells.keep(each.place)
        cells.warn(
            done[0].place,
            _(
                "%(one)r, and %(other)r: whether it is done cannot be told.",
                one=done[0].words[:40],
                other=not_done[0].words[:40],
            ),
            _("Nothing is claimed; correct one of them."),
        )
        return None
    columns_first = sorted(told, key=lambda each: each.place in (Field.STATUS, Field.FLOOR_ACTION))
    claims = [each for each in columns_first if each.followed is not Followed.NOTHING]
    return next(iter(claims or columns_first), None)


def _is_number(cells: Cells, which: Field) -> bool:
    """A number alone, as Excel's 0.75 for 75 %, reports nothing and claims nothing: it stays as
    published.

    Under "Complete?" 1 is yes.
    """
    cell, column = cells[which].strip(), cells.place[which]
    is_answer = which is Field.COMPLETE and cell in YES | NO and not PERCENT.search(column.heading)
    if not _NUMBER.fullmatch(cell) or cell.endswith("%") or is_answer:
        return False
    cells.keep(which)
    return True


def _of_heading(column: Column, floor_on: date | None, today: date) -> date | None:
    """A day in the heading itself: "DatedUpdate of 1 March 2018"."""
    on = dates.find(column.heading).on
    return on if on and on <= today and (floor_on is None or on >= floor_on) else None
