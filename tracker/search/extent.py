"""What of a body's index is looked through: each convention as it is, or as an edition has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from tracker.record.summary import LIVE


@dataclass(frozen=True, kw_only=True)
class Extent:
    """`up_to`: by convention LIVE, or the event that the edition pins; of a convention that is not
    in it, nothing is found. None: all conventions as they are.
    """

    body_id: int
    up_to: Mapping[int, int] | None = None

    def of(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """The rows of `find_item` or `find_word` that are looked through."""
        of_body, convention = table.c.body_id == self.body_id, table.c.convention_id
        if self.up_to is None:
            return sa.and_(of_body, table.c.up_to == LIVE)
        live = [key for key, up_to in self.up_to.items() if up_to == LIVE]
        editions = [(key, up_to) for key, up_to in self.up_to.items() if up_to != LIVE]
        parts = [sa.and_(table.c.up_to == LIVE, convention.in_(live))]
        if editions:
            parts.append(sa.tuple_(convention, table.c.up_to).in_(editions))
        return sa.and_(of_body, sa.or_(*parts))
