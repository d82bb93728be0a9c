"""Fact tables: reports that were issued, the files of each, the sign-off of a draft, and the
withholding of an issued report's files.

Who reads what of them, and in which state a report is, is not here.
"""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.rules.codes import FileVariant, WithheldFor

from .ledger_tables import FactTable


class IssuedReport(FactTable):
    """A report under a number that no other ever has: its request, and what its data were.

    The data are collected again as of the event `up_to`, and `data_sha256` proves that they are
    those that were issued. Of one that is issued anew, without what was withheld, its files alone
    have it.
    """

    __tablename__ = "issued_report"
    __table_args__ = (
        sa.CheckConstraint(
            "(corrects_id IS NULL) = (correction IS NULL)", name="erratum_has_words"
        ),
        sa.CheckConstraint("corrects_id IS NULL OR replaces_id IS NULL", name="one_purpose"),
    )
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    # None: of several conventions
    convention_id: Mapped[int | None] = mapped_column(sa.ForeignKey("convention.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(120), unique=True)  # PA-2026-1
    running: Mapped[int]  # the last part of the number
    kind: Mapped[str] = mapped_column(sa.String(40))  # of report
    request: Mapped[str] = mapped_column(sa.Text)  # canonical JSON
    request_key: Mapped[str] = mapped_column(sa.String(64))  # its SHA-256
    title: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    as_of: Mapped[date]
    up_to: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    data_sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    variants: Mapped[str] = mapped_column(sa.String(80))  # codes of `FileVariant`, by spaces
    on_convention_page: Mapped[bool]
    line: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    # an erratum: which report it corrects, and what is put right
    corrects_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("issued_report.id"), index=True, default=None
    )
    correction: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    # issued anew in place of one whose files were withheld
    replaces_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("issued_report.id"), unique=True, default=None
    )
    # whose board's copy was its draft
    edition_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("edition.id"), index=True, default=None
    )


class IssuedFile(FactTable):
    """One file of an issued report, by the SHA-256 of its bytes, which lie among the stored
    files.
    """

    __tablename__ = "issued_file"
    __table_args__ = (sa.UniqueConstraint("report_id", "variant"),)
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("issued_report.id"), index=True)
    variant: Mapped[FileVariant]
    sha256: Mapped[str] = mapped_column(sa.String(64), index=True)
    size: Mapped[int]  # bytes
    data_sha256: Mapped[str] = mapped_column(sa.String(64), index=True)  # of the data in it
    pages: Mapped[int | None] = mapped_column(default=None)  # of a PDF
    # what the certificate of its signature names; None: it is not signed
    signed_by: Mapped[str | None] = mapped_column(sa.String(300), default=None)
    signature_time: Mapped[datetime | None] = mapped_column(default=None)


class ReportSignOff(FactTable):
    """A second person of governance agreed with a draft: with its request and its data."""

    __tablename__ = "report_sign_off"
    __table_args__ = (sa.UniqueConstraint("body_id", "request_key", "data_sha256"),)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    request_key: Mapped[str] = mapped_column(sa.String(64))
    data_sha256: Mapped[str] = mapped_column(sa.String(64))
    note: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)


class ReportWithholding(FactTable):
    """The files of an issued report are gone: something that they show was withheld or erased."""

    __tablename__ = "report_withholding"
    report_id: Mapped[int] = mapped_column(sa.ForeignKey("issued_report.id"), unique=True)
    # None: a text or a name in it was erased
    kind: Mapped[WithheldFor | None] = mapped_column(default=None)
