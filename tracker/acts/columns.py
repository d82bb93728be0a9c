"""Opening columns of a convention's lists to readers, and closing them again.

A column is closed until the office opens it.
"""

from __future__ import annotations

from collections.abc import Collection

from tracker.record.columns import columns
from tracker.record.conventions import Convention, OpenedColumn
from tracker.rules import columns as rule
from tracker.rules.permissions import Permission

from .act_context import ActContext


def open_column(context: ActContext, convention: Convention, headings: Collection[str]) -> None:
    """Their cells show on every page and report, and of every day. A guarded column opens alone."""
    context.require(Permission.GOVERN)
    with context.record("columns_opened", convention) as act:
        known = {column.heading: column for column in columns(context.session, [convention.id])}
        guards = {
            heading: rule.guard(heading, column.visibilities) for heading, column in known.items()
        }
        open_now = {heading for heading, column in known.items() if column.opening_id is not None}
        rule.open_columns(headings, guards, open_now)
        act.add(
            *[OpenedColumn(convention_id=convention.id, heading=heading) for heading in headings]
        )


def close_column(context: ActContext, convention: Convention, headings: Collection[str]) -> None:
    """From now on they show to nobody but those who read the inside, of whatever day."""
    context.require(Permission.GOVERN)
    with context.record("columns_closed", convention) as act:
        openings = {
            column.heading: column.opening_id
            for column in columns(context.session, [convention.id])
            if column.opening_id is not None
        }
        rule.close_columns(headings, openings)
        act.end(OpenedColumn, *(openings[heading] for heading in headings))
