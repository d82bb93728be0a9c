"""Fact tables: entries with their claims, their evidence, their release, their review, their
withholding.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.rules.codes import By, Claimed, EvidenceKind, MoneySaid, Result, WithheldFor

from .items import OfItem


class Entry(OfItem):
    """A submitted progress entry; the date of the act is its event's.

    A correction names the entry that it replaces.
    """

    __tablename__ = "entry"
    author_id: Mapped[int]
    words: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    internal: Mapped[bool] = mapped_column(default=False)
    next_word_by: Mapped[date | None] = mapped_column(default=None)
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("entry.id"), default=None)
    by_office: Mapped[bool] = mapped_column(default=False)  # shown as "recorded by the office"
    # of an imported entry: "from FILE, row N" is made of it
    source: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    source_row: Mapped[int | None] = mapped_column(default=None)


class Claim(OfItem):
    """What an entry says of one clause; nothing claimed is a word on it all the same."""

    __tablename__ = "claim"
    __table_args__ = (sa.UniqueConstraint("entry_id", "clause_id"),)
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("entry.id"), index=True)
    clause_id: Mapped[int] = mapped_column(sa.ForeignKey("clause.id"), index=True)
    claimed: Mapped[Claimed | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    money: Mapped[MoneySaid | None] = mapped_column(default=None)
    decided_by: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    decided_on: Mapped[date | None] = mapped_column(default=None)


class Evidence(OfItem):
    """What shows it: a link, a stored file (by SHA-256 of its bytes), or the row of an imported
    list.

    Of an entry or of an outcome. Internal until a release opens it; its own date is that of what it
    shows.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        sa.CheckConstraint("(entry_id IS NULL) <> (outcome_id IS NULL)", name="one_subject"),
        sa.CheckConstraint(
            "(kind = 'link') = (url IS NOT NULL) AND (kind = 'file') = (sha256 IS NOT NULL) AND "
            "(kind = 'row') = (words IS NOT NULL)",
            name="content_of_kind",
        ),
    )
    kind: Mapped[EvidenceKind]
    # what it is called; of a file, its name
    title: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("entry.id"), index=True, default=None
    )
    outcome_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("outcome.id"), index=True, default=None
    )
    url: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    # of a row: its cells, one a line
    words: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True, default=None)
    media_type: Mapped[str | None] = mapped_column(sa.String(80), default=None)
    size: Mapped[int | None] = mapped_column(default=None)  # bytes
    internal: Mapped[bool] = mapped_column(default=True)  # as the author asks; settled at release


class OpenedEvidence(OfItem):
    """The release let members open it.

    Of an image they get a copy without its metadata; both hashes are kept.
    """

    __tablename__ = "opened_evidence"
    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"), unique=True)
    public_sha256: Mapped[str | None] = mapped_column(sa.String(64), index=True, default=None)


ONE_SUBJECT = "({0} IS NULL) <> (outcome_id IS NULL)"


class Release(OfItem):
    __tablename__ = "release"
    __table_args__ = (sa.CheckConstraint(ONE_SUBJECT.format("entry_id"), name="one_subject"),)
    entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("entry.id"), unique=True, default=None
    )
    outcome_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("outcome.id"), unique=True, default=None
    )
    # of a correction: when the first was heard
    heard_on: Mapped[date | None] = mapped_column(default=None)


class SentBack(OfItem):
    """To the author, with a reason that is for staff."""

    __tablename__ = "sent_back"
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("entry.id"), unique=True)
    reason: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))


class Review(OfItem):
    """A confirmation, a return or a reopening.

    A meeting's carries its date and its name, and where it stands in the minutes; since meetings
    are facts, it names that, too.
    """

    __tablename__ = "review"
    __table_args__ = (sa.CheckConstraint(ONE_SUBJECT.format("claim_id"), name="one_subject"),)
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"), default=None)
    outcome_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outcome.id"), default=None)
    result: Mapped[Result]
    by: Mapped[By]
    met_on: Mapped[date | None] = mapped_column(default=None)
    # which body met: "the audit committee"
    meeting: Mapped[str | None] = mapped_column(sa.String(200), default=None)
    minutes: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    reason: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    # from outside: by the link of which request, and as whom pages name who decided
    outside_request_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("outside_request.id"), default=None
    )
    outside_role: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)
    outside_organisation: Mapped[str | None] = mapped_column(
        sa.ForeignKey("text.digest"), default=None
    )
    meeting_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("meeting.id"), index=True, default=None
    )


class Withholding(OfItem):
    """The display of an entry, an outcome, one piece of evidence or the name of somebody on the
    floor stops; what it says keeps its effect.

    Ended where it was lifted: then the same may be withheld again, and one stands at most.
    """

    __tablename__ = "withholding"
    __table_args__ = (
        sa.CheckConstraint(
            "(CASE WHEN entry_id IS NULL THEN 0 ELSE 1 END) + "
            "(CASE WHEN outcome_id IS NULL THEN 0 ELSE 1 END) + "
            "(CASE WHEN evidence_id IS NULL THEN 0 ELSE 1 END) + "
            "(CASE WHEN floor_person_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_subject",
        ),
    )
    kind: Mapped[WithheldFor]
    entry_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("entry.id"), index=True, default=None
    )
    outcome_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("outcome.id"), index=True, default=None
    )
    evidence_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("evidence.id"), index=True, default=None
    )
    # the name alone: the delegation stays
    floor_person_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("floor_person.id"), index=True, default=None
    )
    # why, for governance and the auditor
    note: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)


class Lifting(OfItem):
    """Why a withholding was lifted, for governance and the auditor; its event ended that."""

    __tablename__ = "lifting"
    withholding_id: Mapped[int] = mapped_column(sa.ForeignKey("withholding.id"), index=True)
    note: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
