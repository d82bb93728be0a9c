"""What a row says of the floor, from all its columns that speak of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.acts.floor import VoteCount
from tracker.acts.import_models import ImportedFloorAction
from tracker.importing import remedies
from tracker.importing.codes import Field, Followed
from tracker.importing.tables.columns import ALSO_AN_ACTION
from tracker.importing.tables.headings import answered
from tracker.importing.values import dates, statuses
from tracker.importing.values.status_marks import FloorWord, names_nobody
from tracker.importing.values.statuses import StatusCell
from tracker.importing.vocabulary.status_words import NO, YES
from tracker.rules.codes import Effect, Floor
from tracker.translation import gettext as _

from .cell_days import day_inside
from .cells import Cells
from .floor_votes import read_vote

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


def read_floor(
    cells: Cells, from_text: str | None, year: int | None
) -> tuple[tuple[ImportedFloorAction, ...], VoteCount | None]:
    """What the floor did with the item: its actions in their order, and the vote.

    `from_text` is a status that was printed at the head of the item's text.
    """
    table = cells.reading.mapping.statuses
    own, mixed = cells[Field.FLOOR_ACTION], cells[Field.STATUS]
    by_office = statuses.key_of(own) in table  # goes before what the cell says by itself
    own_words = None
    if not by_office:
        own_words = _codes(own) or _answer(cells, own)
    if own_words is None:
        own_words = statuses.read(own, table)
    own_words = _with_the_other_actions(cells, own_words)
    status_words = statuses.read(mixed, table)
    _note_what_is_unclear(cells, own_words, status_words)
    floor = own_words.floor or status_words.floor
    field = Field.FLOOR_ACTION if own_words.floor else Field.STATUS
    source = cells[field]
    if not floor and from_text:
        floor = statuses.read(from_text, table).floor
    if not floor and not own and not mixed and cells.reading.mapping.floor_action:
        floor = statuses.read(cells.reading.mapping.floor_action, table).floor
    actions = tuple(
        ImportedFloorAction(
            action=word.action,
            on=day_inside(cells, field, word.day, year),
            unit=word.referred_to,
            referred_to=word.whom_said,
            purpose=word.purpose,
            merged_into=word.merged_into,
        )
        for word in floor
    )
    actions = _dated(cells, _addressed(cells, actions), year)
    vote = read_vote(cells, source, actions)
    return actions, vote


def _note_what_is_unclear(cells: Cells, own_words: StatusCell, status_words: StatusCell) -> None:
    """Warns of a cell from which no floor action can be told, and keeps one that is understood in
    part.
    """
    is_no_action = own_words.followed is Followed.NOTHING  # "No action"
    for field, words in ((Field.FLOOR_ACTION, own_words), (Field.STATUS, status_words)):
        cell = cells[field][:60]
        if not words.clear:
            _warn_of_action(cells, field, _("%(cell)r is no floor action that we know.", cell=cell))
        elif words.not_understood and words.floor:
            cells.keep(field)
        elif field is Field.FLOOR_ACTION and is_no_action and not status_words.floor:
            _warn_of_action(
                cells, field, _("%(cell)r: what the floor did cannot be told.", cell=cell)
            )


def _warn_of_action(cells: Cells, field: Field, what: str) -> None:
    cells.warn(
        field,
        what,
        remedies.say_what_the_status_means(),
    )


def _codes(cell: str) -> StatusCell | None:
    """The codes that an export joins, in their order."""
    codes = [code.strip() for code in cell.split(";")]
    if not cell or not all(code in frozenset(Floor) for code in codes):
        return None
    return StatusCell(floor=tuple(FloorWord(action=Floor(code)) for code in codes))


def _with_receivers(
    actions: Sequence[ImportedFloorAction], names: Sequence[str], is_export: bool
) -> tuple[ImportedFloorAction, ...]:
    """Each referral in turn goes to the next name, unless it names its unit itself."""
    next_name = iter(names)
    addressed = []
    for action in actions:
        name = next(next_name, None) if action.action.effect is Effect.REFERS else None
        if name and action.unit is None:
            action = _to(action, name, is_export)
        addressed.append(action)
    return tuple(addressed)


def _addressed(
    cells: Cells, actions: tuple[ImportedFloorAction, ...]
) -> tuple[ImportedFloorAction, ...]:
    """With the receiving unit from a column of its own, and the item into which it was merged."""
    whom = cells.words(Field.REFERRED_TO)
    if whom and whom.casefold() not in YES | NO:
        refers = [action for action in actions if action.action.effect is Effect.REFERS]
        if not refers and actions and all(action.action in LOST for action in actions):
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
            return actions
        if not refers:
            actions = (*actions, ImportedFloorAction(action=Floor.REFERRED))
            refers = [actions[-1]]
        if len(refers) > 1:
            names = [name.strip() for name in whom.split(";")]
        else:
            names = [" ".join(whom.split())]
        actions = _with_receivers(actions, names, cells.reading.is_export)
    target = cells.words(Field.MERGED_INTO)
    if target:
        if not actions and not cells[Field.REVISION]:
            actions = (ImportedFloorAction(action=Floor.CONSOLIDATED),)
        actions = tuple(
            replace(action, merged_into=action.merged_into or target)
            if action.action is Floor.CONSOLIDATED
            else action
            for action in actions
        )
    mapping = cells.reading.mapping
    return tuple(
        replace(action, unit=mapping.unit(action.unit)[:200]) if action.unit else action
        for action in actions
    )


def _to(floored: ImportedFloorAction, whom: str, ours: bool) -> ImportedFloorAction:
    name = whom if ours else re.sub(r"^(?:the|to the|to) (?=[^\W\d_])", "", whom, flags=re.I)
    return (
        replace(floored, referred_to=whom)
        if names_nobody(name)
        else replace(floored, unit=name, referred_to=None)
    )


def _answer(cells: Cells, own: str) -> StatusCell | None:
    column = cells.columns_by_field.get(Field.FLOOR_ACTION)
    return answered(column.heading, own) if column and not cells.reading.is_export else None


def _with_the_other_actions(cells: Cells, status: StatusCell) -> StatusCell:
    """With what a yes in columns beside says: "Adopted", "Referred", "Withdrawn", each with a
    cross.
    """
    others = []
    for column in cells.reading.columns:
        if column.note != ALSO_AN_ACTION or cells.at(column).casefold().strip() not in YES:
            continue
        words = answered(column.heading, cells.at(column))
        if words:
            others.append((column, words))
    more = tuple(word for _column, words in others for word in words.floor)
    if not more:
        return status
    own = {word.action for word in status.floor}
    floor = (*status.floor, *(word for word in more if word.action not in own))
    if statuses.contradicts(floor):
        column = others[0][0]
        actions = ", ".join(word.action.replace("_", " ") for word in floor)
        cells.warn(
            column,
            _("Of one item: %(actions)s. What the floor did cannot be told.", actions=actions),
            _("The action stays unknown; correct one of them."),
        )
        return StatusCell()
    return StatusCell(floor=floor, followed=status.followed)


def _dated(
    cells: Cells, actions: tuple[ImportedFloorAction, ...], year: int | None
) -> tuple[ImportedFloorAction, ...]:
    """With the day of a column of its own, where the cell names none.

    One day is not also that of what the floor undid later.
    """
    cell = cells[Field.FLOOR_DATE]
    today = cells.reading.today
    if not actions:
        if cell and cells.columns_by_field[Field.FLOOR_DATE].field is Field.FLOOR_DATE:
            cells.keep(Field.FLOOR_DATE)
        return actions
    words_of_days = cell.split(";")
    if len(words_of_days) > 1 and len(words_of_days) == len(actions):
        # An export's days, each beside its action.
        date_order = cells.reading.mapping.date_order
        days = [dates.read(words, date_order, year) for words in words_of_days]
        if all(day.doubt is None and (day.on is None or day.on <= today) for day in days):
            return tuple(
                replace(action, on=day.on) for action, day in zip(actions, days, strict=True)
            )
    on = cells.day(Field.FLOOR_DATE, year, not_after=today)
    if on is None:
        return actions
    if len(actions) == 1:
        return (replace(actions[0], on=on),)
    dated_actions = []
    for place, action in enumerate(actions):
        undone_later = action.action in UNDONE_LATER and place > 0
        dated_actions.append(replace(action, on=action.on or (None if undone_later else on)))
    return tuple(dated_actions)
