"""Refusals and faults, said to people: pages, JSON, and the exit status and line of a command.

What is allowed is decided elsewhere.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from flask import (
    Flask,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
)
from flask_babel.speaklater import LazyString
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from tracker import security_log
from tracker.engine import READING
from tracker.extensions import db
from tracker.rules.permissions import NotAllowed
from tracker.rules.preconditions import Refusal, Refused
from tracker.security_log import SecurityEvent
from tracker.storage import StorageTrouble, trouble_of
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext

log = structlog.get_logger()

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
    Refusal.SLUG_IS_RESERVED: lazy_gettext(
        "This name is the beginning of another address here. Choose another."
    ),
    Refusal.MONEY_IS_RECORDED: lazy_gettext(
        "Amounts are on record in the present currency, so it cannot be changed any more."
    ),
    Refusal.ROLE_AND_UNIT: lazy_gettext(
        "A manager and staff have their role in a unit; the other roles are for the whole body."
    ),
    Refusal.NO_SUCH_KIND: lazy_gettext(
        "No item is of this kind here. Choose one that the page offers, or let the "
        "administrator add it."
    ),
    Refusal.NEEDS_WORDS: lazy_gettext("Say in a sentence what happened."),
    Refusal.NEEDS_THE_AMOUNT: lazy_gettext("Give the amount and the day on which it was paid."),
    Refusal.NEEDS_THE_DECIDER: lazy_gettext(
        "Say who decided that it will not be done, and on which day."
    ),
    Refusal.NEEDS_THE_TIE: lazy_gettext(
        "Say what ties the change to the item: named contracts, a vote, a count before and after."
    ),
    Refusal.NOT_A_SETTING: lazy_gettext("The setting cannot have this value."),
    Refusal.CLOCK_IS_BEHIND: lazy_gettext(
        "The clock of this machine is behind the newest event on record, so nothing can be "
        "recorded. "
        "Whoever runs the tracker must set the clock; `tracker doctor` says more."
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


STORAGE_TITLES = {
    StorageTrouble.DISK_FULL: lazy_gettext("The disk is full"),
    StorageTrouble.READ_ONLY: lazy_gettext("Nothing can be written here"),
    StorageTrouble.UNREACHABLE: lazy_gettext("The database does not answer"),
}
STORAGE = {
    StorageTrouble.DISK_FULL: lazy_gettext("The disk of the server is full."),
    StorageTrouble.READ_ONLY: lazy_gettext(
        "The server may not write to its files: they are set to be read only."
    ),
    StorageTrouble.UNREACHABLE: lazy_gettext("The database cannot be opened."),
}


# --- pages ---


@dataclass(frozen=True)
class Trouble:
    """What an error page says: what is so, and what can be done."""

    status: int
    title: str
    text: str
    reference: str | None = None  # what the log calls it


TEXTS: dict[int, tuple[LazyString, LazyString]] = {
    400: (
        lazy_gettext("This could not be read"),
        lazy_gettext(
            "The address or the form is not as it should be. Go back, load the page again, and "
            "repeat it."
        ),
    ),
    401: (lazy_gettext("Sign in first"), lazy_gettext("This page is for people with a role.")),
    403: (
        lazy_gettext("This is for people with another role"),
        lazy_gettext(
            "Your account may not do this here. The governance office can say whose task it is."
        ),
    ),
    404: (
        lazy_gettext("This page does not exist"),
        lazy_gettext("The address may be mistyped, or the item may have another number."),
    ),
    405: (
        lazy_gettext("This cannot be done here"),
        lazy_gettext(
            "The address is right, but it is not meant for this. Go back and use the form of "
            "the page."
        ),
    ),
    409: (
        lazy_gettext("Somebody was quicker"),
        lazy_gettext(
            "It was changed while you were writing. Go back and load the page again; your words "
            "are still in the form."
        ),
    ),
    413: (
        lazy_gettext("This is too large"),
        lazy_gettext(
            "A form takes a million characters at most, and a file 25 MB. Send less, or a link "
            "to where it lies."
        ),
    ),
    429: (lazy_gettext("Too many attempts"), lazy_gettext("Wait a minute, then try again.")),
    500: (
        lazy_gettext("That did not work"),
        lazy_gettext(
            "The fault is ours, and it is in the log. Nothing was half recorded. Try it again; "
            "if it stays so, tell us."
        ),
    ),
    503: (
        lazy_gettext("Busy for a moment"),
        lazy_gettext(
            "Somebody is recording a great deal. Go back and send it again in a minute; reading "
            "works all the while."
        ),
    ),
}


def trouble(status: int, text: str | None = None, reference: str | None = None) -> Trouble:
    title, usual = TEXTS.get(status, TEXTS[500 if status >= 500 else 400])
    return Trouble(status, str(title), text or str(usual), reference)


def answer(trouble: Trouble, **context: Any) -> Response:
    """JSON where it is asked for, else a page; never from a cache.

    `around`: the body and convention that the page belongs to.
    """
    if request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json":
        response = jsonify(error=trouble.title, message=trouble.text, reference=trouble.reference)
    else:
        response = make_response(_page(trouble, context))
    response.status_code = trouble.status
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(trouble: Trouble, context: dict[str, Any]) -> str:
    """The page; a bare one where even that cannot be made, as without a database."""
    try:
        # Refused before its view began: what stands around the page is read, and waits for no
        # writer.
        if not db.session().in_transaction():
            db.session.connection(execution_options=READING)
        return render_template("errors/page.html", trouble=trouble, **context)
    except Exception:
        log.exception("no error page")
        escaped = [
            escape(part) for part in (trouble.title, trouble.text, trouble.reference) if part
        ]
        return (
            f'<!doctype html><html lang="en"><title>{escaped[0]}</title><h1>{escaped[0]}</h1>'
            + "".join(f"<p>{part}</p>" for part in escaped[1:])
        )


def _stale_form(error: CSRFError) -> Response:
    return answer(
        trouble(
            400,
            _(
                "This form was open for too long, or did not come from a page of ours. Go back, "
                "load the page again, and send it."
            ),
        )
    )


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if error.code == 403:
        _note_refusal()
    usual = error.description == type(error).description
    response = answer(
        trouble(
            error.code,
            None if usual or not isinstance(error.description, str) else error.description,
        )
    )
    for name in ("Retry-After", "Allow", "WWW-Authenticate"):
        if value := dict(error.get_headers()).get(name):
            response.headers[name] = value
    return response


def _let_go() -> None:
    """What was not committed goes. The page that says so only reads, and waits for no writer."""
    db.session.rollback()
    db.session.connection(execution_options=READING)


def _refused(error: Refused) -> Response:
    _let_go()
    return answer(trouble(409, refusal_sentence(error.code)))


def _note_refusal() -> None:
    """The template of the address, not the address itself: that can hold a token."""
    account = current_user.id if current_user and current_user.is_authenticated else None
    asked = request.url_rule.rule if request.url_rule else None
    security_log.record(
        SecurityEvent.REFUSED,
        account=account,
        method=request.method,
        asked=asked,
        body=(request.view_args or {}).get("body"),
    )


def _not_allowed(error: NotAllowed) -> Response:
    _let_go()
    _note_refusal()
    return answer(trouble(403))


def _storage(error: OSError | DBAPIError) -> Response:
    """What whoever runs the server can mend is said as that, and logged; it is no fault of the
    program.
    """
    if isinstance(error, OperationalError) and "locked" in str(error.orig).lower():
        return _busy()
    trouble = trouble_of(error)
    if trouble is None:
        return _fault(error)
    log.error("nothing can be stored", reason=trouble.value, exc_info=error)
    with suppress(SQLAlchemyError):
        db.session.rollback()
    return answer(
        Trouble(
            503,
            str(STORAGE_TITLES[trouble]),
            _(
                "%(what)s Nothing of this was recorded. Whoever runs this site must mend it; "
                "send it again when that is done.",
                what=str(STORAGE[trouble]),
            ),
        )
    )


def _busy() -> Response:
    _let_go()
    response = answer(trouble(503))
    response.headers["Retry-After"] = "30"
    return response


def _fault(error: Exception) -> Response:
    """The page shows a reference that is in the log, and nothing else of it."""
    reference = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
    # the address itself can hold a token
    asked = request.url_rule.rule if request.url_rule else None
    log.error("fault", reference=reference, asked=asked, method=request.method, exc_info=error)
    db.session.rollback()
    if current_app.testing and current_app.config.get("PROPAGATE_FAULTS"):
        raise error
    return answer(trouble(500, reference=reference))


LONGEST_NAME = 100  # characters of a field's name


def _readable() -> None:
    """No text of a database holds a NUL, and nobody writes one.

    Names of fields are ours: short, in ASCII; what counts rows in them reads digits.

    A part of a multipart body can come without a name, which is None then.
    """
    fields = (*request.args.items(multi=True), *request.form.items(multi=True))
    if "\0" in request.path:
        abort(404)
    if any(
        name is None or len(name) > LONGEST_NAME or not name.isascii()
        for name in (*request.form, *request.files)
    ):
        abort(400)
    if any("\0" in name + value for name, value in fields):
        abort(400)


def init_app(app: Flask) -> None:
    app.before_request(_readable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(DBAPIError, _storage)
    app.register_error_handler(OSError, _storage)
    app.register_error_handler(Exception, _fault)
