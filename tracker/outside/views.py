"""The page behind a one-time link for somebody from outside, its files, and the one answer.

Whoever has the link may read what it asks, and answer once; no account and no role is needed.
Opening it changes nothing: programs that look at links before people do use nothing up.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response

from tracker.accounts import attempts, outside_links
from tracker.accounts.access import actors, begins_reading, open_to_all, writing
from tracker.accounts.evidence import send_document
from tracker.accounts.outside_links import FoundLink
from tracker.accounts.views import attempt_of, too_many_attempts
from tracker.acts import act_context
from tracker.acts import outside_requests as acts
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.reading import outside_packet
from tracker.reading.evidence import stored_file
from tracker.reading.outside_packet import OutsidePacket
from tracker.record.outside_requests import OutsideRequest
from tracker.record.surroundings import zone_of
from tracker.rules import permissions
from tracker.rules.refusals import Refusal, Refused
from tracker.web_extensions import csrf

from .forms import PacketForm, blank_form, form_again

outside = Blueprint("outside", __name__)
ADDRESS = "/outside/<token>"
COUNTED_AS = "outside:"


@outside.after_request
def _kept_nowhere(response: Response) -> Response:
    """Neither the browser nor anybody on the way keeps the page, and no request names its
    address."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@outside.get(ADDRESS)
@open_to_all
def asked(token: str) -> ResponseReturnValue:
    """What is asked, with its evidence."""
    link = _find(token)
    packet = _packet(link)
    return _page(token, packet, blank_form(packet.asked))


@outside.get(f"{ADDRESS}/files/<int:key>")
@open_to_all
def file(token: str, key: int) -> ResponseReturnValue:
    """A file of what is asked, the internal ones included; 404 for any other."""
    link = _find(token)
    if not _packet(link).may_open(key):
        abort(404)
    document = stored_file(db.session(), key)
    if document is None or document.body_id != link.body_id or document.withheld:
        abort(404)
    return send_document(document, document.sha256)


@outside.get("/outside/sent")
@open_to_all
def sent() -> str:
    """It says nothing of what was sent."""
    return render_template("outside/sent.html")


@outside.post(ADDRESS)
@open_to_all
@begins_reading
def answer(token: str) -> ResponseReturnValue:
    """All decisions, or none; then the link is used up."""
    packet = _packet(_find(token))
    form = PacketForm(request.form)
    if not form.answers_all(packet.asked):
        return _again(token, packet, Refusal.WAITS_NO_MORE)
    if not form.check():
        return _page(token, packet, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        _record(token, form)
    except Refused as refused:
        return _again(token, _packet(_find(token)), refused.code)
    return redirect(url_for("outside.sent"), HTTPStatus.SEE_OTHER)


# the address is the secret: no cookie gives whoever sends this any right
csrf.exempt(answer)


def _record(token: str, form: PacketForm) -> None:
    at = now()
    with writing() as session:
        used = outside_links.use(session, token, at)
        if used is None:
            raise Refused(Refusal.LINK_IS_OVER)
        acts.answer(
            act_context.for_body(session, used.body_id, permissions.FROM_OUTSIDE, at),
            session.get_one(OutsideRequest, used.request_id),
            form.answers,
            actors().get(used.body_id),
        )


def _find(token: str) -> FoundLink:
    """The link, where it works; else the answer says that it is over, and nothing of why. Tries of
    links that do not work are counted.
    """
    attempt = attempt_of("", COUNTED_AS)
    seconds = attempts.begin(attempt) if attempt is not None else None
    if seconds:
        abort(too_many_attempts(seconds))
    link = outside_links.find(db.session(), token, now())
    if link is None:
        if attempt is not None:
            attempts.failed(attempt)
        abort(make_response(render_template("outside/over.html"), HTTPStatus.GONE))
    if attempt is not None:
        attempts.succeeded(attempt)
    return link


def _packet(link: FoundLink) -> OutsidePacket:
    today = now().astimezone(zone_of(db.session(), link.body_id)).date()
    return outside_packet.packet(
        db.session(), link.body_id, link.request_id, today, actors().get(link.body_id)
    )


def _again(token: str, packet: OutsidePacket, code: Refusal) -> ResponseReturnValue:
    """What still waits, with what was written of it; nothing was recorded."""
    conflicts = (Refusal.CHANGED_MEANWHILE, Refusal.WAITS_NO_MORE)
    status = HTTPStatus.CONFLICT if code in conflicts else HTTPStatus.UNPROCESSABLE_ENTITY
    form = form_again(packet.asked, request.form)
    if code is Refusal.CHANGED_MEANWHILE:
        code = Refusal.WAITS_NO_MORE
    return _page(token, packet, form, status, refusal_sentence(code))


def _page(
    token: str,
    packet: OutsidePacket,
    form: PacketForm,
    status: HTTPStatus = HTTPStatus.OK,
    page_error: str | None = None,
) -> ResponseReturnValue:
    decisions = {decision.subject.data: decision for decision in form.decision_forms}
    page = render_template(
        "outside/asked.html",
        token=token,
        packet=packet,
        form=form,
        decisions=decisions,
        body=packet.body,
        page_errors=[page_error] if page_error else [],
    )
    return page, status
