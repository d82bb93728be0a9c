"""Fact tables: who from outside is asked to confirm what, by a one-time link, and what they
answered. Beside them, mutable and outside the ledger, the link itself.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base
from tracker.rules.codes import OutsideDecision

from .items import OfItem
from .ledger_tables import FactTable


class OutsideRequest(FactTable):
    """Somebody from outside is asked about some claims of done and outcomes; revoked: it has ended.

    Who made it is the actor of its event, and counts as the one who released what it is about.
    """

    __tablename__ = "outside_request"
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    # who is asked; for staff
    name: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    # published: "an industrial hygienist", of "Lakeshore State University"
    role: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    organisation: Mapped[str] = mapped_column(sa.ForeignKey("text.digest"))
    expires_on: Mapped[date]  # the last day on which the link works, in the body's zone


class OutsideRequestSubject(OfItem):
    """One claim of done, or one outcome, that a request is about; it ends with its request."""

    __tablename__ = "outside_request_subject"
    __table_args__ = (
        sa.CheckConstraint("(claim_id IS NULL) <> (outcome_id IS NULL)", name="one_subject"),
    )
    outside_request_id: Mapped[int] = mapped_column(sa.ForeignKey("outside_request.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("claim.id"), default=None)
    outcome_id: Mapped[int | None] = mapped_column(sa.ForeignKey("outcome.id"), default=None)


class OutsideAnswer(OfItem):
    """What they said of one of these. "I cannot say" decides nothing: there is no review of it."""

    __tablename__ = "outside_answer"
    subject_id: Mapped[int] = mapped_column(
        sa.ForeignKey("outside_request_subject.id"), unique=True
    )
    decision: Mapped[OutsideDecision]
    # for staff
    note: Mapped[str | None] = mapped_column(sa.ForeignKey("text.digest"), default=None)


class OutsideLink(Base):
    """Lets its bearer answer one request, once. It goes when it is used, or revoked.

    Only the hash of its token is kept.
    """

    __tablename__ = "outside_link"
    token_sha256: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    outside_request_id: Mapped[int] = mapped_column(
        sa.ForeignKey("outside_request.id"), unique=True
    )
    # where it was mailed to; None: whoever made it hands it over
    address: Mapped[str | None] = mapped_column(sa.String(320), default=None)
