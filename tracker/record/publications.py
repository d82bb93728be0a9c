"""Fact tables: who may read a convention, and the code that members type in the hall.

The code is no fact: it is replaced, and lies outside the ledger.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base
from tracker.rules.codes import Visibility

from .ledger_tables import FactTable


class Publication(FactTable):
    """Who may read a convention, and whether they read it live or by edition.

    The newest that is not retracted counts, of today, whatever day is asked for. A convention
    without one is public, and read live.
    """

    __tablename__ = "publication"
    convention_id: Mapped[int] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    visibility: Mapped[Visibility]
    by_edition: Mapped[bool]


class MembersCode(Base):
    """The code that opens a convention for members to whoever types it: its hash alone.

    The number of its version is kept in the session of whoever typed it, and grows with each new
    code, so that a new one closes the convention to those who typed the earlier ones.
    """

    __tablename__ = "members_code"
    convention_id: Mapped[int] = mapped_column(
        sa.ForeignKey("convention.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(200))
    made_at: Mapped[datetime]
    made_by: Mapped[int]  # the person in the body
