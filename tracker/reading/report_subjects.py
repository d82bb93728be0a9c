"""What the words of somebody who asks for a report mean: an item by its code, its number or words;
a delegation or a unit by its name, or a part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.rules.rosters import NamesInForce, name_key

from . import convention
from .addresses import AddressTarget, resolve_item
from .filters import Filters

MOST_NAMED = 6  # of those that fit


@dataclass(frozen=True, kw_only=True)
class SubjectMatch:
    """One that fits."""

    id: int
    code: str | None  # of an item
    name: str


@dataclass(frozen=True)
class SubjectMatches:
    """What fits, the first few; `count` of all."""

    shown: tuple[SubjectMatch, ...]
    count: int

    @property
    def only(self) -> SubjectMatch | None:
        """None: nothing fits, or more than one."""
        return self.shown[0] if self.count == 1 else None


def items_named(session: Session, target: AddressTarget, words: str, as_of: AsOf) -> SubjectMatches:
    """Items of the convention of `target`, in whatever spelling of the code, by their number alone,
    or by words of title, text or delegation.
    """
    convention_id = target.convention_id or 0
    by_code = resolve_item(session, target, words)
    page = convention.page(
        session,
        target.body_id,
        convention_id,
        as_of,
        Filters(words=by_code[1] if by_code else words, size=MOST_NAMED),
    )
    if page is None:
        return SubjectMatches((), 0)
    rows = [row for row in page.rows if by_code is None or row.id == by_code[0]]
    matches = [SubjectMatch(id=row.id, code=row.code, name=row.title) for row in rows]
    return SubjectMatches(tuple(matches), len(matches) if by_code else page.matching)


def rows_named(names: NamesInForce, words: str) -> SubjectMatches:
    """Delegations or units: one that has or had the name, else those of whose name the words are a
    part.
    """
    found = names.find(words)
    if found is not None:
        return SubjectMatches((_row(names, found),), 1)
    wanted = name_key(words)
    keys = sorted(
        {names.target(key) for key, name in names.shown.items() if wanted in name_key(name)},
        key=lambda key: names.shown[key],
    )
    return SubjectMatches(tuple(_row(names, key) for key in keys[:MOST_NAMED]), len(keys))


def _row(names: NamesInForce, key: int) -> SubjectMatch:
    return SubjectMatch(id=key, code=None, name=names.shown[key])
