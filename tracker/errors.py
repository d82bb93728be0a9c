"""Refusals and faults, as pages or JSON.

What is allowed is decided in `tracker.rules`; the sentences of refusals are in
`tracker.formatting.refusal_sentences`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

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
    session,
)
from flask_babel.speaklater import LazyString
from flask_login import current_user
from flask_wtf.csrf import CSRFError, validate_csrf
from markupsafe import escape
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from werkzeug.exceptions import HTTPException
from wtforms import ValidationError

from tracker import security_log
from tracker.clock import now
from tracker.engine import READING, LongActRunning
from tracker.extensions import db
from tracker.formatting import trouble_words
from tracker.formatting.dates import recent_moment
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading import addresses
from tracker.rules.permissions import NotAllowed
from tracker.rules.refusals import Refused
from tracker.security_log import SecurityEvent
from tracker.storage import StorageTrouble, trouble_of
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext

log = structlog.get_logger()


# --- pages ---


@dataclass(frozen=True, kw_only=True)
class SentForm:
    """What was sent and could not be recorded, to be sent again from the page that says so."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What somebody wrote: they can copy it from the page."""
        return tuple(value for _name, value in self.fields if " " in value.strip())


@dataclass(frozen=True, kw_only=True)
class TroubleText:
    kept: str
    to_do: str
    ask: str
    sent: SentForm | None  # None: it cannot be sent again from here


@dataclass(frozen=True, kw_only=True)
class ErrorText:
    """What an error page says: what is so, and what can be done."""

    status: int
    title: str
    text: str
    reference: str | None = None  # what the log calls it
    trouble: TroubleText | None = None  # where nothing could be stored

    @classmethod
    def of(cls, status: int, text: str | None = None, reference: str | None = None) -> ErrorText:
        """The words of this status; `text` is said in place of the usual ones."""
        title, usual_text = TEXTS.get(status, TEXTS[500 if status >= 500 else 400])
        return cls(
            status=status, title=str(title), text=text or str(usual_text), reference=reference
        )


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
        lazy_gettext("Go back and try it again in a minute."),
    ),
}


def error_response(error_text: ErrorText, **page_values: object) -> Response:
    """JSON where it is asked for, else a page; never from a cache.

    :param page_values: for the template: the body and convention that the page belongs to
    """
    if request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json":
        response = jsonify(
            error=error_text.title, message=error_text.text, reference=error_text.reference
        )
    else:
        response = make_response(_page(error_text, page_values))
    response.status_code = error_text.status
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(error_text: ErrorText, page_values: Mapping[str, object]) -> str:
    """The page; a bare one where even that cannot be made, as without a database."""
    try:
        # Refused before its view began: what stands around the page is read, and waits for no
        # writer.
        if not db.session().in_transaction():
            db.session.connection(execution_options=READING)
        return render_template("errors/page.html", error=error_text, **page_values)
    except Exception:
        log.exception("no error page")
    try:
        # without what stands around other pages, which is read from the database
        template = current_app.jinja_env.get_template("errors/bare.html")
        return template.render(error=error_text)
    except Exception:
        log.exception("no bare error page")
        return _plain_page(error_text)


def _plain_page(error_text: ErrorText) -> str:
    title = escape(error_text.title)
    paragraphs = f"<p>{escape(error_text.text)}</p>"
    if error_text.reference:
        paragraphs += f"<p>{escape(error_text.reference)}</p>"
    return f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1>{paragraphs}'


def _stale_form(error: CSRFError) -> Response:
    text = _(
        "This form was open for too long, or did not come from a page of ours. Go back, "
        "load the page again, and send it."
    )
    return error_response(ErrorText.of(400, text))


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if error.code == 403:
        _note_refusal()
    text = error.description
    if text == type(error).description or not isinstance(text, str):
        text = None
    response = error_response(ErrorText.of(error.code, text))
    headers = dict(error.get_headers())
    for name in ("Retry-After", "Allow", "WWW-Authenticate"):
        if headers.get(name):
            response.headers[name] = headers[name]
    return response


def _roll_back() -> None:
    """What was not committed goes. The page that says so only reads, and waits for no writer."""
    db.session.rollback()
    db.session.connection(execution_options=READING)


def _refused(error: Refused) -> Response:
    _roll_back()
    return error_response(ErrorText.of(409, refusal_sentence(error.code)))


def _route() -> str | None:
    """The rule of the address for the logs, not the address itself: that can hold a token."""
    return request.url_rule.rule if request.url_rule else None


def _note_refusal() -> None:
    account = current_user.id if current_user and current_user.is_authenticated else None
    security_log.record(
        SecurityEvent.REFUSED,
        account=account,
        method=request.method,
        asked=_route(),
        body=(request.view_args or {}).get("body"),
    )


def _not_allowed(error: NotAllowed) -> Response:
    _roll_back()
    _note_refusal()
    return error_response(ErrorText.of(403))


def _storage(error: OSError | DBAPIError | LongActRunning) -> Response:
    """What whoever runs the server can mend is said as that, and logged; it is no fault of the
    program.
    """
    trouble = trouble_of(error)
    if trouble is None:
        return _fault(error)
    if trouble is not StorageTrouble.BUSY:
        log.error("nothing can be stored", reason=trouble.value, exc_info=error)
    with suppress(SQLAlchemyError):
        _roll_back()
    since = _in_words(error.since) if isinstance(error, LongActRunning) else None
    was_sent = request.method not in ("GET", "HEAD")
    text = TroubleText(
        kept=trouble_words.kept(was_sent=was_sent),
        to_do=trouble_words.to_do(trouble, was_sent=was_sent),
        ask=trouble_words.ask(trouble),
        sent=_sent_form() if was_sent else None,
    )
    response = error_response(
        ErrorText(
            status=503,
            title=trouble_words.title(trouble),
            text=trouble_words.what(trouble, since),
            trouble=text,
        )
    )
    response.headers["Retry-After"] = "30"
    return response


def _in_words(since: datetime) -> str:
    """In the zone of the body that the address names; without one in UTC, which it says then."""
    slug = (request.view_args or {}).get("body")
    target = addresses.resolve(db.session(), slug) if slug else None
    if target is None:
        return f"{recent_moment(since, now())} UTC"
    return recent_moment(since.astimezone(target.zone), now().astimezone(target.zone))


NEVER_SHOWN_AGAIN = ("accounts", "security")
"""Doors whose forms hold passwords and links."""


def _sent_form() -> SentForm | None:
    """None where it may not be repeated on a page, holds files, or was not sent from a page of
    ours.
    """
    if request.blueprint in NEVER_SHOWN_AGAIN or "_user_id" not in session:
        return None
    if any(file.filename for file in request.files.values()):
        return None
    if current_app.config.get("WTF_CSRF_ENABLED", True):
        try:
            validate_csrf(request.form.get("csrf_token"))
        except ValidationError:
            return None
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name.rpartition("-")[2] != "csrf_token"
    )
    return SentForm(path=request.full_path.rstrip("?"), fields=fields)


def _fault(error: Exception) -> Response:
    """The page shows a reference that is in the log, and nothing else of it."""
    reference = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}".upper()
    log.error("fault", reference=reference, asked=_route(), method=request.method, exc_info=error)
    db.session.rollback()
    if current_app.testing and current_app.config.get("PROPAGATE_FAULTS"):
        raise error
    return error_response(ErrorText.of(500, reference=reference))


LONGEST_NAME = 100  # characters of a field's name


def _refuse_unreadable() -> None:
    """No text of a database holds a NUL, and nobody writes one.

    Names of fields are ours: short, in ASCII; what counts rows in them reads digits. A body that
    streams by (`accounts/body_limits`) is left to its view, which reads no field of it.
    """
    if "\0" in request.path:
        abort(404)
    if any("\0" in name + value for name, value in request.args.items(multi=True)):
        abort(400)
    if getattr(request, "file_stream", None) is not None:
        return
    fields = request.form.items(multi=True)
    if not all(_is_a_name(name) for name in (*request.form, *request.files)):
        abort(400)
    if any("\0" in name + value for name, value in fields):
        abort(400)


def _is_a_name(name: str | None) -> bool:
    """A part of a multipart body can come without a name, which is None then."""
    return name is not None and len(name) <= LONGEST_NAME and name.isascii()


def init_app(app: Flask) -> None:
    app.before_request(_refuse_unreadable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(DBAPIError, _storage)
    app.register_error_handler(OSError, _storage)
    app.register_error_handler(LongActRunning, _storage)
    app.register_error_handler(Exception, _fault)
