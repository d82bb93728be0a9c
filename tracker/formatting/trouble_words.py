"""What is said where nothing can be stored: what is wrong and kept, what to do, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.storage import StorageTrouble
from tracker.translation import N_
from tracker.translation import gettext as _


@dataclass(frozen=True, kw_only=True)
class TroubleWords:
    title: str
    what: str
    to_do: str
    ask: str


_MENDED = N_("Wait until it is mended, then send it again. Reading may work all the while.")

WORDS: dict[StorageTrouble, TroubleWords] = {
    StorageTrouble.DISK_FULL: TroubleWords(
        title=N_("The disk is full"),
        what=N_("The disk of the server is full."),
        to_do=_MENDED,
        ask=N_("Whoever runs this server must make room; “tracker doctor” says how much is free."),
    ),
    StorageTrouble.READ_ONLY: TroubleWords(
        title=N_("Nothing can be written here"),
        what=N_("The server may not write to its files: they are set to be read only."),
        to_do=_MENDED,
        ask=N_(
            "Whoever runs this server must give its files back to it; “tracker doctor” names them."
        ),
    ),
    StorageTrouble.UNREACHABLE: TroubleWords(
        title=N_("The database does not answer"),
        what=N_("The database cannot be opened."),
        to_do=N_("Try again in a few minutes."),
        ask=N_("Whoever runs this server must see to it; “tracker doctor” says what is wrong."),
    ),
    StorageTrouble.BUSY: TroubleWords(
        title=N_("Busy for a moment"),
        what=N_("Somebody is recording a great deal, as when a list is imported."),
        to_do=N_("Send it again in a minute; reading works all the while."),
        ask=N_(
            "The governance office knows whether a list is being imported, and how long it takes."
        ),
    ),
}


def title(trouble: StorageTrouble) -> str:
    return _(WORDS[trouble].title)


def what(trouble: StorageTrouble, since: str | None = None) -> str:
    """What is wrong. `since`: a moment in words, of what goes on for long."""
    if since is not None:
        return _(
            "Somebody is recording a great deal, as when a list is imported, since %(moment)s.",
            moment=since,
        )
    return _(WORDS[trouble].what)


def kept(*, was_sent: bool) -> str:
    if was_sent:
        return _("Nothing of this was recorded. All that was on record before is untouched.")
    return _("All that is on record is untouched.")


def to_do(trouble: StorageTrouble, *, was_sent: bool) -> str:
    if was_sent:
        return _(WORDS[trouble].to_do)
    return _("Load the page again in a few minutes.")


def ask(trouble: StorageTrouble) -> str:
    return _(WORDS[trouble].ask)
