"""What is said of a mail: what became of it, and why it was not sent."""

from __future__ import annotations

from tracker.record.outgoing_mail import MailState, MailTrouble
from tracker.translation import N_
from tracker.translation import gettext as _

STATES = {
    MailState.WAITING: N_("Waits"),
    MailState.SENT: N_("Sent"),
    MailState.GIVEN_UP: N_("Given up"),
    MailState.SHOWN: N_("Shown here only"),
}
TROUBLES = {
    MailTrouble.NOT_REACHED: N_("The mail server does not answer."),
    MailTrouble.TOO_SLOW: N_("The mail server takes too long."),
    MailTrouble.NOT_ENCRYPTED: N_("The mail server cannot encrypt, or is not who it says."),
    MailTrouble.SIGN_IN_REFUSED: N_("The mail server does not know the user or the password."),
    MailTrouble.SERVER_REFUSED: N_("The mail server takes nothing from here now."),
    MailTrouble.ADDRESS_REFUSED: N_("The mail server refuses the address."),
    MailTrouble.MAIL_REFUSED: N_("The mail server refuses the mail."),
    MailTrouble.NOT_SUPPORTED: N_("The mail server cannot do what this mail needs."),
    MailTrouble.NO_ADDRESS: N_("This cannot be an address."),
    MailTrouble.LINK_OVER: N_("Its link had ended before it could be sent."),
    MailTrouble.NO_SERVER: N_("No mail server is set."),
    MailTrouble.RESTORED: N_("A backup was restored: its link is over."),
    MailTrouble.ERASED: N_("It held words that were erased."),
}


def state(code: MailState) -> str:
    return _(STATES[code])


def trouble(code: MailTrouble) -> str:
    return _(TROUBLES[code])
