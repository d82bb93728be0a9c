"""The settings of a body, the dates of its conventions and its own kinds, read once; and what they
were as of any event of its chain.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.settings import BodySettings
from tracker.rules.settings import read as read_settings
from tracker.rules.terms import Clock, ConventionTerm, clock

from . import bodies, conventions
from .ledger_tables import ENDINGS, Event


@dataclass(frozen=True, kw_only=True)
class SurroundingsThen:
    settings: BodySettings
    clocks: dict[int, Clock]
    kinds: frozenset[str]


class SurroundingsHistory:
    """The settings of a body, the dates of its conventions and its own kinds, as of any event."""

    def __init__(self, session: Session, body_id: int) -> None:
        self._settings = _setting_rows(session, body_id)
        self._conventions = _convention_rows(session, body_id)
        self._kinds = _kind_rows(session, body_id)
        every = [*self._settings, *self._conventions, *self._kinds]
        changes = {getattr(row, name) for row in every for name in ("recorded_by", *ENDINGS)}
        self._changes = sorted(changes - {None})
        self._known: dict[int, SurroundingsThen] = {}
        self.zone = self._settings_then(max(self._changes, default=0)).zone
        self._dated_on = _dated_on(session, body_id, self.zone)

    def value(self, name: str, event: int) -> str | None:
        """Of a setting, as of an event; None: nobody had set it."""
        values = [row.value for row in self._settings if row.name == name and _counts(row, event)]
        return values[-1] if values else None

    def as_of(self, event: int) -> SurroundingsThen:
        epoch = bisect_right(self._changes, event)
        if epoch not in self._known:
            self._known[epoch] = self._as_of(event)
        return self._known[epoch]

    def _as_of(self, event: int) -> SurroundingsThen:
        body_settings = self._settings_then(event)
        terms: dict[int, ConventionTerm] = {}
        for row in self._conventions:
            term = terms.get(row.id) or ConventionTerm(
                id=row.id, special=False, year=None, opens_on=None, closes_on=None
            )
            if _counts(row, event):
                if row.kept_from is not None:
                    term = dataclasses.replace(term, kept_from=row.kept_from)
                else:
                    term = dataclasses.replace(
                        term,
                        special=bool(row.special),
                        year=row.year,
                        opens_on=row.opens_on,
                        closes_on=row.closes_on,
                        dated_on=self._dated_on.get(row.id),
                    )
            terms[row.id] = term
        return SurroundingsThen(
            settings=body_settings,
            clocks={key: clock(term, terms.values()) for key, term in terms.items()},
            kinds=frozenset(row.code for row in self._kinds if _counts(row, event)),
        )

    def _settings_then(self, event: int) -> BodySettings:
        return read_settings({row.name: row.value for row in self._settings if _counts(row, event)})


def _counts(row: Any, event: int) -> bool:
    """Recorded by then, and neither ended nor taken back."""
    over = (row.ended_by, row.retracted_by)
    return row.recorded_by <= event and all(key is None or key > event for key in over)


def _setting_rows(session: Session, body_id: int) -> list[sa.Row[Any]]:
    row = bodies.BodySetting
    return list(
        session.connection().execute(
            sa.select(row.name, row.value, row.recorded_by, row.ended_by, row.retracted_by)
            .where(row.body_id == body_id)
            .order_by(row.recorded_by, row.id)
        )
    )


def _kind_rows(session: Session, body_id: int) -> list[sa.Row[Any]]:
    row = bodies.AddedKind
    return list(
        session.connection().execute(
            sa.select(row.code, row.recorded_by, row.ended_by, row.retracted_by).where(
                row.body_id == body_id, row.follows_through
            )
        )
    )


def _convention_rows(session: Session, body_id: int) -> list[sa.Row[Any]]:
    """What became known of the dates of conventions, and from when each is kept."""
    own, dates, kept = (
        conventions.Convention,
        conventions.ConventionDates,
        conventions.FollowThrough,
    )
    no_day, no_number = sa.cast(sa.null(), sa.Date()), sa.cast(sa.null(), sa.Integer())
    of_dates = (
        sa.select(
            own.id,
            dates.special,
            dates.year,
            dates.opens_on,
            dates.closes_on,
            no_day.label("kept_from"),
            dates.recorded_by,
            dates.ended_by,
            dates.retracted_by,
        )
        .join(dates, dates.convention_id == own.id)
        .where(own.body_id == body_id)
    )
    of_kept = (
        sa.select(
            own.id,
            sa.false(),
            no_number,
            no_day,
            no_day,
            kept.kept_from,
            kept.recorded_by,
            kept.ended_by,
            kept.retracted_by,
        )
        .join(kept, kept.convention_id == own.id)
        .where(own.body_id == body_id)
    )
    rows: list[sa.Row[Any]] = list(session.connection().execute(sa.union_all(of_dates, of_kept)))
    return sorted(rows, key=lambda row: (row.id, row.recorded_by))


def _dated_on(session: Session, body_id: int, zone: ZoneInfo) -> dict[int, date]:
    """Of each convention the day on which a closing of it was first recorded."""
    own, dates = conventions.Convention, conventions.ConventionDates
    statement = (
        sa.select(own.id, Event.recorded_at)
        .join(dates, dates.convention_id == own.id)
        .join(Event, Event.id == dates.recorded_by)
        .where(own.body_id == body_id, dates.closes_on.is_not(None))
        .order_by(dates.recorded_by.desc())
    )
    rows = session.connection().execute(statement)
    return {row.id: row.recorded_at.astimezone(zone).date() for row in rows}
