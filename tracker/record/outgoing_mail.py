"""The outbox: each mail that is to leave, and what became of it. Mutable, outside the ledger.

A row is written in the transaction that causes the mail. What it says is kept until it has left, or
is given up, and not longer: afterwards no link of a mail can be read here.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.extensions import Base


class MailState(StrEnum):
    WAITING = auto()
    SENT = auto()  # a mail server has taken it
    GIVEN_UP = auto()
    SHOWN = auto()  # in a made-up installation without a mail server: it stands on its page only


class MailTrouble(StrEnum):
    """Why a mail could not be sent, at its newest try."""

    NOT_REACHED = auto()  # nothing answers at the server's address, or it hung up
    TOO_SLOW = auto()
    NOT_ENCRYPTED = auto()  # the server cannot, or is not who it says
    SIGN_IN_REFUSED = auto()
    SERVER_REFUSED = auto()  # it takes nothing from us now
    ADDRESS_REFUSED = auto()
    MAIL_REFUSED = auto()
    NOT_SUPPORTED = auto()  # by the server: an address outside ASCII, an encryption
    NO_ADDRESS = auto()  # what was typed cannot be one
    LINK_OVER = auto()  # the mail would have come too late
    NO_SERVER = auto()  # none was set for three days
    RESTORED = auto()  # it waited when the backup was made that was restored
    ERASED = auto()  # it held words that were erased


def _codes(kind: type[StrEnum], name: str) -> sa.Enum:
    """The name of the constraint is that of the schema, whatever the class is called."""
    return sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda codes: [code.value for code in codes],
    )


class OutgoingMail(Base):
    """One mail to one address.

    `message_id` is made with the row: however often it is sent, it is the same mail.
    """

    __tablename__ = "outgoing_mail"
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    message_id: Mapped[str] = mapped_column(sa.String(300), unique=True)
    template: Mapped[str] = mapped_column(sa.String(60))  # its folder in templates/mail
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    sender_name: Mapped[str] = mapped_column(sa.String(200))
    to_address: Mapped[str] = mapped_column(sa.String(320), index=True)
    to_name: Mapped[str] = mapped_column(sa.String(200))
    subject: Mapped[str] = mapped_column(sa.String(300))
    text: Mapped[str | None] = mapped_column(sa.Text)  # plain; None once it is over
    html: Mapped[str | None] = mapped_column(sa.Text)  # None once it is over
    made_at: Mapped[datetime]
    good_until: Mapped[datetime | None]  # when its link ends: it is not worth sending any more
    state: Mapped[MailState] = mapped_column(_codes(MailState, "state"))
    # while it waits: when it may be tried; while it is being sent: when it counts as left behind
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)  # sent, or given up
    trouble: Mapped[MailTrouble | None] = mapped_column(
        _codes(MailTrouble, "trouble"), default=None
    )
    said: Mapped[str | None] = mapped_column(sa.String(300), default=None)  # by the mail server


ENDED = {"text": None, "html": None, "next_try_at": None}
"""What a mail that is over holds no longer: its words, and with them its link."""
