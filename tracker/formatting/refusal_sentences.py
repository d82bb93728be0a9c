"""The sentence of a refusal: why not, and what to do."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from tracker.rules.permissions import NotAllowed
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext

REFUSAL_SENTENCES: dict[Refusal, LazyString] = {
    Refusal.DATED_AFTER_RECORDING: lazy_gettext(
        "The date lies after today. Give the day on which it happened."
    ),
    Refusal.NO_SUCH_CLAUSE: lazy_gettext(
        "The item has no such clause. Load the page again; its clauses may have been entered anew."
    ),
    Refusal.REOPEN_FIRST: lazy_gettext(
        "What it concerns is confirmed. It must be reopened first, with a reason."
    ),
    Refusal.NEEDS_EVIDENCE: lazy_gettext(
        "A clause reported done needs evidence: a link, or a file."
    ),
    Refusal.NEEDS_A_REASON: lazy_gettext("Give the reason in a sentence."),
    Refusal.NEEDS_AN_ANSWER_ABOUT_MONEY: lazy_gettext(
        "Say what it cost, that it cost nothing beyond the usual budget, or that it is not "
        "known yet."
    ),
    Refusal.NEXT_WORD_TOO_FAR: lazy_gettext(
        "Choose a day within the next 180 days, or leave it empty."
    ),
    Refusal.NOT_THERE: lazy_gettext("It is not on record. Load the page again."),
    Refusal.ALREADY_RELEASED: lazy_gettext("It is released already."),
    Refusal.ALREADY_SENT_BACK: lazy_gettext("It has been sent back already."),
    Refusal.ALREADY_WITHHELD: lazy_gettext("It is withheld already."),
    Refusal.NOT_WITHHELD: lazy_gettext("It is not withheld any more: readers read it."),
    Refusal.ALREADY_ERASED: lazy_gettext("These words are erased already."),
    Refusal.INTERNAL: lazy_gettext("It is for staff only, and is not released."),
    Refusal.NOT_RELEASED: lazy_gettext("It must be released first."),
    Refusal.NOT_YOUR_OWN: lazy_gettext(
        "What you wrote or carried out yourself is decided by somebody else."
    ),
    Refusal.NOT_YOUR_OWN_ENTRY: lazy_gettext("Only its author can do this."),
    Refusal.FOR_THE_OFFICE: lazy_gettext("The governance office does this."),
    Refusal.NOT_FROM_THERE: lazy_gettext(
        "Where it stands now, this cannot be done with it. Load the page again."
    ),
    Refusal.NOT_REFERRED: lazy_gettext("The floor did not refer it, so no decision is owed."),
    Refusal.LEADS_BACK_TO_ITSELF: lazy_gettext("The link would lead back to the item itself."),
    Refusal.CLAIMS_WERE_MADE: lazy_gettext(
        "Entries have been made about its clauses, so they stay as they are."
    ),
    Refusal.OTHERS_POINT_AT_IT: lazy_gettext(
        "Other records rest on it, so it cannot be taken back."
    ),
    Refusal.CHANGED_MEANWHILE: lazy_gettext(
        "Somebody else recorded something here while you were writing. Read it, and send your "
        "form again."
    ),
    Refusal.ALREADY_THERE: lazy_gettext("It is on record already."),
    Refusal.NEEDS_WHO_IS_ASKED: lazy_gettext(
        "Write who is asked: the name, the role and the organisation."
    ),
    Refusal.NEEDS_SOMETHING_TO_ASK: lazy_gettext("Tick at least one claim or outcome."),
    Refusal.TOO_MUCH_TO_ASK: lazy_gettext(
        "That is more than one person looks at for one answer: tick 20 at most."
    ),
    Refusal.WAITS_NO_MORE: lazy_gettext(
        "One of these was decided or withheld meanwhile. Nothing was recorded; look at what "
        "still waits, and send it again."
    ),
    Refusal.NOT_FROM_OUTSIDE: lazy_gettext(
        "You are signed in, and have a role here. This link is for somebody from outside."
    ),
    Refusal.LINK_IS_OVER: lazy_gettext("This link works no more."),
    Refusal.NOTHING_DECIDED: lazy_gettext(
        "Nothing is decided yet: choose a decision in one row at least."
    ),
    Refusal.NEEDS_MINUTES: lazy_gettext(
        "Give the minutes: a file, a link, or words that say where they are."
    ),
    Refusal.NEEDS_THE_PARTS: lazy_gettext(
        "Tick the clauses that were accepted, one at least; the others count as declined."
    ),
    Refusal.SLUG_IS_RESERVED: lazy_gettext(
        "This name is the beginning of another address here. Choose another."
    ),
    Refusal.MONEY_IS_RECORDED: lazy_gettext(
        "Amounts are on record in the present currency, so it cannot be changed any more."
    ),
    Refusal.ENDS_BEFORE_IT_BEGINS: lazy_gettext(
        "The last day lies before the first, or has passed. Choose a later one."
    ),
    Refusal.LAST_ADMINISTRATOR: lazy_gettext(
        "Nobody else is administrator here. Give the role to somebody else first."
    ),
    Refusal.ACCOUNT_IS_CLOSED: lazy_gettext(
        "The account of this address is closed. Open it again on the person’s page, or use "
        "another address."
    ),
    Refusal.OWN_SECOND_FACTOR: lazy_gettext(
        "Nobody resets their own second factor: replace it on the page of your account."
    ),
    Refusal.ACCOUNT_IS_ELSEWHERE: lazy_gettext(
        "This account belongs to people of another body, too. End the roles here; whoever runs "
        "this installation can do more."
    ),
    Refusal.ROLE_AND_UNIT: lazy_gettext(
        "A manager and staff have their role in a unit; the other roles are for the whole body."
    ),
    Refusal.NO_SUCH_KIND: lazy_gettext(
        "No item is of this kind here. Choose one that the page offers, or let the "
        "administrator add it."
    ),
    Refusal.NEEDS_A_NAME: lazy_gettext("Write a name."),
    Refusal.NAME_IS_TAKEN: lazy_gettext(
        "Another has this name, or had it, and lists that say it mean that one. Choose another."
    ),
    Refusal.NOT_A_PREFIX: lazy_gettext("Write two to eight letters, without accents, like “pet”."),
    Refusal.PREFIX_IS_TAKEN: lazy_gettext(
        "Another kind has this beginning, or is read by it. Choose other letters."
    ),
    Refusal.IS_CLOSED: lazy_gettext(
        "It was closed, or merged into another. Load the page again, and choose another."
    ),
    Refusal.HAS_OPEN_WORK: lazy_gettext(
        "It has open items, roles or decisions to make. Choose to which unit all of it goes."
    ),
    Refusal.NEEDS_WORDS: lazy_gettext("Say in a sentence what happened."),
    Refusal.NEEDS_THE_AMOUNT: lazy_gettext("Give the amount and the day on which it was paid."),
    Refusal.NEEDS_THE_DECIDER: lazy_gettext(
        "Say who decided that it will not be done, and on which day."
    ),
    Refusal.NEEDS_THE_TIE: lazy_gettext(
        "Say what ties the change to the item: named contracts, a vote, a count before and after."
    ),
    Refusal.DUE_BEFORE_ITS_ADOPTION: lazy_gettext(
        "Choose a later day: on that one the floor had not adopted it yet."
    ),
    Refusal.CUT_BELOW_NOTHING: lazy_gettext(
        "No more can be cut than was appropriated. Look at the amounts on record."
    ),
    Refusal.SAME_PERSON: lazy_gettext("Choose somebody else: they have it now."),
    Refusal.BEFORE_THEY_HAD_IT: lazy_gettext(
        "Choose a later day: on that one they did not have all of it yet."
    ),
    Refusal.NOT_A_SETTING: lazy_gettext("The setting cannot have this value."),
    Refusal.IMPORT_IS_UNDONE: lazy_gettext("This import is undone already."),
    Refusal.IMPORT_IS_TOO_OLD: lazy_gettext(
        "An older version of the program wrote this import, and did not keep which rows of the "
        "record are of it. It cannot be undone as a whole."
    ),
    Refusal.IMPORT_IS_BUILT_ON: lazy_gettext(
        "Something was recorded on top of this import, so it cannot be undone. Nothing was changed."
    ),
    Refusal.COPY_IS_YOUR_OWN: lazy_gettext(
        "You made this copy. Somebody else of governance signs it off."
    ),
    Refusal.ALREADY_SIGNED_OFF: lazy_gettext("It is signed off already."),
    Refusal.NEEDS_A_SIGN_OFF: lazy_gettext(
        "The body asks for a sign-off. A second person of governance signs the copy off first."
    ),
    Refusal.ALREADY_PUBLISHED: lazy_gettext(
        "It is published already. What was recorded since comes with the next edition."
    ),
    Refusal.REPORT_OF_HIDDEN: lazy_gettext(
        "A convention in it is hidden, and an issued report is for everybody. Settle first who "
        "reads the convention."
    ),
    Refusal.REPORT_OF_LIVE: lazy_gettext(
        "Readers read this convention by edition, and this draft is of the record as it is. Make "
        "a draft without it, or publish an edition."
    ),
    Refusal.ALREADY_ISSUED: lazy_gettext(
        "This draft is issued already. What was recorded since needs a new draft."
    ),
    Refusal.DRAFT_HAS_CHANGED: lazy_gettext(
        "Something in it was withheld, erased or unnamed since. Make the draft anew."
    ),
    Refusal.EDITION_NOT_PUBLISHED: lazy_gettext(
        "This is the board’s copy of an edition. It is issued once the edition is published."
    ),
    Refusal.REPORT_NEEDS_A_SIGN_OFF: lazy_gettext(
        "The body asks for a sign-off. A second person of governance signs the draft off first."
    ),
    Refusal.SIGN_OFF_IS_YOUR_OWN: lazy_gettext(
        "You signed this draft off. Somebody else of governance issues it."
    ),
    Refusal.NEEDS_THE_CORRECTION: lazy_gettext("Say what the erratum puts right."),
    Refusal.CORRECTS_ANOTHER: lazy_gettext(
        "An erratum is of the same conventions as the report that it corrects."
    ),
    Refusal.FILES_ARE_WITHHELD: lazy_gettext("The files of this report are withheld."),
    Refusal.FILES_ARE_THERE: lazy_gettext("The files of this report are made already."),
    Refusal.FILES_ARE_BEING_MADE: lazy_gettext("The files of this report are being made."),
    Refusal.REPORT_PREFIX_IS_TAKEN: lazy_gettext(
        "The numbers of another body’s reports begin so. Choose another prefix."
    ),
    Refusal.HOUR_IS_PAST: lazy_gettext("This hour is past. Choose a later one, or publish now."),
    Refusal.CLOCK_IS_BEHIND: lazy_gettext(
        "The clock of this machine is behind the newest event on record, so nothing can be "
        "recorded. Whoever runs the tracker must set the clock; `tracker doctor` says more."
    ),
    Refusal.CLOCK_IS_FAR_AHEAD: lazy_gettext(
        "More than 400 days have passed since anything was recorded, so the clock of this machine "
        "may be wrong. "
        "Whoever runs the tracker must look, and then run `tracker doctor --clock-is-right` once."
    ),
    Refusal.OPENS_AFTER_IT_CLOSES: lazy_gettext(
        "The convention would open after it closes. One of the two dates is wrong."
    ),
    Refusal.NO_SUCH_COLUMN: lazy_gettext(
        "The convention's lists have no such column. `tracker columns list` names those that "
        "they have."
    ),
    Refusal.COLUMN_IS_OPEN: lazy_gettext("The column is open to readers already."),
    Refusal.COLUMN_IS_CLOSED: lazy_gettext("The column is not open to readers."),
    Refusal.COLUMN_OPENS_ALONE: lazy_gettext(
        "A column that is hidden, or whose heading says that it is not for everybody, is opened "
        "by itself: name it alone."
    ),
}


def refusal_sentence(code: Refusal) -> str:
    """Why not, and what to do, in a sentence: for forms, pages and commands alike."""
    sentence = REFUSAL_SENTENCES.get(code)
    if sentence is None:
        return _("The record does not allow it (%(code)s).", code=code.value)
    return str(sentence)


def error_sentence(error: Exception) -> str:
    """The sentence for a refusal of the rules or of the roles; of any other error, its own
    words.
    """
    if isinstance(error, Refused):
        return refusal_sentence(error.code)
    if isinstance(error, NotAllowed):
        return _("Your roles do not allow this. The governance office can say whose task it is.")
    return str(error)
