"""Words of the figures that count what somebody leads, and of the load of units and people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.reading.led_items import LedFigure, LedItem
from tracker.reading.my_work import MyWork
from tracker.reading.unit_loads import HeldLoad, LoadFigure
from tracker.rules.codes import Verdict
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import labels
from .amounts import number
from .dates import day, days

OF_MY_WORK = (
    LedFigure.OPEN,
    LedFigure.PAST_DUE,
    LedFigure.QUIET,
    LedFigure.DUE_SOON,
    LedFigure.WAITING,
    LedFigure.REPORTED_DONE,
    LedFigure.DONE,
    LedFigure.AT_TERM,
)


class FigureLine(NamedTuple):
    figure: LedFigure
    label: str
    rows: int


def lines(work: MyWork) -> list[FigureLine]:
    """The figures beside "My work", each with the number of its rows."""
    return [
        FigureLine(figure, label(figure, work), len(work.rows(figure)))
        for figure in OF_MY_WORK
        if figure is not LedFigure.AT_TERM or work.term_ends_on
    ]


def label(figure: LedFigure, work: MyWork) -> str:
    return _label(figure, work.body.silence_days, work.term_ends_on)


def _label(figure: LedFigure, silence_days: int, term_ends_on: date | None = None) -> str:
    match figure:
        case LedFigure.OPEN:
            return _("Open")
        case LedFigure.PAST_DUE:
            return _("Open after their due date")
        case LedFigure.QUIET:
            return _("Without a word for %(days)s", days=days(silence_days))
        case LedFigure.DUE_SOON:
            return _("Due in the next 30 days")
        case LedFigure.WAITING:
            return _("With an entry that waits for release")
        case LedFigure.REPORTED_DONE:
            return labels.verdict(Verdict.REPORTED_DONE)
        case LedFigure.DONE:
            return labels.verdict(Verdict.CARRIED_OUT)
        case LedFigure.AT_TERM:
            return _(
                "Open when their term ends on %(day)s, if nothing is done",
                day=day(term_ends_on) if term_ends_on else _("a day that is not known"),
            )


def show(count: int) -> str:
    """The link from a figure to its rows."""
    return ngettext("show it", "show them", count)


def rows_heading(rows: Sequence[LedItem]) -> str:
    """The h1 of a page that shows the rows of one figure."""
    return ngettext("%(count)s item", "%(count)s items", len(rows), count=number(len(rows)))


# --- the load of units and people ---


def load_heads(silence_days: int) -> dict[LoadFigure, str]:
    """What the columns of the load are called."""
    return {
        LoadFigure.OPEN: _("Open items led"),
        LoadFigure.PAST_DUE: _("After their due date"),
        LoadFigure.QUIET: _("No word for %(days)s", days=days(silence_days)),
        LoadFigure.DUE_SOON: _("Due in 30 days"),
        LoadFigure.WAITING: _("Entries to release"),
        LoadFigure.CONTRIBUTED: _("Contributes to"),
    }


def load_label(figure: LoadFigure, silence_days: int) -> str:
    """What the rows of a figure are, below the name of whose they are."""
    if figure is LoadFigure.CONTRIBUTED:
        return _("Open items to which they contribute")
    if figure is LoadFigure.OPEN:
        return _("Open items that they lead")
    return _label(LedFigure(figure.value), silence_days)


def holder(held: HeldLoad) -> str:
    """A unit, a person in it, or what nobody has."""
    if held.holder.unit_id is None:
        return _("No unit leads them")
    if held.holder.is_unit:
        return held.unit or ""
    return held.person or _("Nobody named")


def holder_in_full(held: HeldLoad) -> str:
    """Dana, Center for Research."""
    if held.holder.unit_id is None or held.holder.is_unit:
        return holder(held)
    return _("%(person)s, %(unit)s", person=holder(held), unit=held.unit or "")


def leads(item: LedItem) -> str:
    """Dana, Center for Research; Center for Safety."""
    return "; ".join(
        ", ".join(name for name in (person, unit) if name) for unit, person in item.leads
    )


def has_left(held: HeldLoad) -> str:
    """Why a person is marked; empty where nothing is."""
    if held.person is None:
        return ""
    if held.is_closed:
        return _("The account is closed")
    if held.has_role:
        return ""
    return _("No role in this unit today")
