"""Mutable, outside the ledger: drafts of progress entries, and the files of forms that are not
submitted yet.

None of it is a fact.
"""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base


class Draft(Base):
    """One person's unfinished entry on one item; the next save takes its place."""

    __tablename__ = "draft"
    __table_args__ = (sa.UniqueConstraint("person_id", "item_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"), index=True)
    # JSON: under "form", the names and values of the form as they were sent
    fields: Mapped[str] = mapped_column(sa.Text)
    saved_at: Mapped[datetime]

    @property
    def form_fields(self) -> list[tuple[str, str]]:
        """Names and values, in the order of the form; a name may come several times."""
        return form_fields_of(self.fields)


def form_fields_of(fields: str) -> list[tuple[str, str]]:
    """What `Draft.fields` holds."""
    return [(name, str(value)) for name, value in json.loads(fields).get("form", ())]


About = tuple[int | None, int | None]
"""Which entry a form corrects, and which it takes up again after it was sent back; twice None: it
is a new one.
"""


def about(fields: str) -> About:
    """Of what a draft holds (`Draft.fields`)."""
    values = dict(form_fields_of(fields))
    return _key(values.get("corrects", "")), _key(values.get("again", ""))


def _key(value: str) -> int | None:
    return int(value) if value.isdecimal() else None


class Upload(Base):
    """A file that came with a form; its bytes lie under their SHA-256 in the uploads of the
    instance.

    Kept a day, or as long as its draft.
    """

    __tablename__ = "upload"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("item.id"))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(80))
    size: Mapped[int]  # bytes
    uploaded_at: Mapped[datetime]
    draft_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("draft.id", ondelete="CASCADE"), index=True, default=None
    )
