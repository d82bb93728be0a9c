"""Mutable, outside the ledger: lists that came by a page and are looked at before they are written,
how an office understood lists of a shape, and what words mean in the lists of a body.

None of it is a fact. What was imported is (`conventions.ListImport`).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base
from tracker.jobs.table import Job


class PreviewState(StrEnum):
    READING = auto()  # the worker reads the file
    READY = auto()  # it can be looked at
    UNREADABLE = auto()  # the file, or what was said of it, cannot be used: `trouble`
    WRITING = auto()  # it was confirmed, and the worker writes it
    IMPORTED = auto()


class ImportPreview(Base):
    """One file with what the office said of it, and what an import of it would do.

    Its bytes lie under their SHA-256 in the uploads of the instance, until it is over.
    """

    __tablename__ = "import_preview"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))  # who sent the file
    file_name: Mapped[str] = mapped_column(sa.String(200))
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    uploaded_at: Mapped[datetime]
    # JSON of what the office said (importing/reviewing/choices.py)
    choices: Mapped[str] = mapped_column(sa.Text, default="{}")
    version: Mapped[int] = mapped_column(default=1)  # one more with each change
    # the name of the constraint is that of the schema, whatever the class is called
    state: Mapped[PreviewState] = mapped_column(
        sa.Enum(
            PreviewState,
            name="state",
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda codes: [code.value for code in codes],
        ),
        default=PreviewState.READING,
    )
    job_id: Mapped[int | None] = mapped_column(sa.ForeignKey(Job.id), default=None)
    # JSON of what is shown of the whole list (importing/reviewing/shown.py)
    summary: Mapped[str | None] = mapped_column(sa.Text, default=None)
    # rows that are left out, as a CSV with the reasons
    rejected: Mapped[str | None] = mapped_column(sa.Text, default=None, deferred=True)
    # JSON: the rows that were otherwise when it was confirmed than when it was looked at
    differs: Mapped[str | None] = mapped_column(sa.Text, default=None)
    trouble: Mapped[str | None] = mapped_column(sa.Text, default=None)  # a sentence


class ImportPreviewRow(Base):
    """A row of the file that brings or changes something, or in which a value is kept."""

    __tablename__ = "import_preview_row"
    __table_args__ = (sa.UniqueConstraint("preview_id", "place"),)
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    preview_id: Mapped[int] = mapped_column(sa.ForeignKey("import_preview.id", ondelete="CASCADE"))
    place: Mapped[int]  # in the order of the page: what is changed, then what is new
    key: Mapped[str] = mapped_column(sa.String(200))  # of its sheet and number
    outcome: Mapped[str] = mapped_column(sa.String(20))
    keeps: Mapped[bool]  # a value that somebody changed by hand
    digest: Mapped[str] = mapped_column(sa.String(64))  # of what it would write
    content: Mapped[str] = mapped_column(sa.Text)  # JSON of what is shown


class KeptMapping(Base):
    """How an office understood a list, for the next one with the same headings."""

    __tablename__ = "kept_mapping"
    __table_args__ = (sa.UniqueConstraint("body_id", "shape"),)
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    shape: Mapped[str] = mapped_column(sa.String(64))  # SHA-256 of the headings
    mapping: Mapped[str] = mapped_column(sa.Text)  # JSON
    kept_at: Mapped[datetime]


class WordOf(StrEnum):
    HEADING = auto()
    STATUS = auto()


class OwnWord(Base):
    """What a heading, or a word of a status, means in every list of a body, as its office says."""

    __tablename__ = "own_word"
    __table_args__ = (sa.UniqueConstraint("body_id", "of", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    of: Mapped[str] = mapped_column(sa.String(20))  # WordOf
    key: Mapped[str] = mapped_column(sa.String(300))  # the words as lists are compared with them
    words: Mapped[str] = mapped_column(sa.String(300))  # as they were written
    meaning: Mapped[str] = mapped_column(sa.String(60))  # a field; a code of a status
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))  # who said it last
    said_at: Mapped[datetime]
    # the list on whose page it was said; None: by hand
    said_of: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    version: Mapped[int] = mapped_column(default=1)  # one more with each change
    used_in: Mapped[int] = mapped_column(default=0)  # lists that were imported with it
    used_at: Mapped[datetime | None] = mapped_column(default=None)  # the last of them
    used_of: Mapped[str | None] = mapped_column(sa.String(200), default=None)
