"""The pages of delegates.

Bodies, a body's conventions, a convention, an item; how we count; accessibility. All of it from
readings.
"""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from tracker.accounts.access import actor_in, actors, audience_in, may_read, open_to_all
from tracker.clock import now
from tracker.errors import answer, trouble
from tracker.extensions import db
from tracker.formatting import convention_rates, day, definitions
from tracker.reading import addresses, bodies, convention, item, rates
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.record.as_of import AsOf
from tracker.rules import item_code
from tracker.rules.permissions import Permission, is_permitted
from tracker.translation import gettext as _

from . import dates, freshness, lists
from .dates import Asked

COUNTED = (*((name, "adopted") for name in rates.NAMES), ("decided", "referred"))
public = Blueprint("public", __name__)


def _arrive(body: str, convention_slug: str | None = None) -> AddressTarget:
    """404 for a body that is not there, and the same for a closed one whose pages the reader may
    not see: the page offers to sign in.
    """
    arrival = addresses.resolve(db.session(), body, convention_slug)
    if arrival is None or not may_read(arrival.body_id, arrival.open):
        abort(404)
    return arrival


def _page(template: str, arrival: AddressTarget, etag: str | None, **shown: Any) -> Response:
    return freshness.with_tag(make_response(render_template(template, **shown)), arrival, etag)


def _missing(arrival: AddressTarget, text: str | None = None) -> Response:
    """A 404 that offers the find of the convention, if it is one's."""
    body_context = load_body_context(db.session(), arrival.body_id, AsOf(arrival.today(now())))
    return answer(
        trouble(404, text),
        body=body_context.body,
        convention=body_context.conventions.get(arrival.convention_id or 0),
    )


def _before_the_record(arrival: AddressTarget, asked: Asked) -> Response | None:
    """A day before the record began has no answer."""
    if not asked.text:
        return None
    body_context = load_body_context(db.session(), arrival.body_id, AsOf(asked.today))
    if asked.as_of.on >= body_context.record_began:
        return None
    text = _(
        "The record of %(body)s began on %(first)s. What was known on %(day)s is not in it.",
        body=body_context.body.name,
        first=day(body_context.record_began),
        day=day(asked.as_of.on),
    )
    return answer(
        trouble(404, text),
        body=body_context.body,
        convention=body_context.conventions.get(arrival.convention_id or 0),
    )


@public.get("/")
@open_to_all
def home() -> Any:
    also = [
        body_id
        for body_id, actor in actors().items()
        if is_permitted(actor, Permission.READ_CLOSED)
    ]
    bodies_page = bodies.bodies(db.session(), also)
    return render_template("public/bodies.html", bodies=bodies_page)


@public.get("/how-we-count")
@open_to_all
def how_we_count() -> Any:
    return render_template(
        "public/how_we_count.html",
        meanings=definitions.VERDICTS.items(),
        changes=definitions.CHANGES.items(),
        rates=[
            (convention_rates.FIGURES[name, of], definitions.RATES[name]) for name, of in COUNTED
        ],
    )


@public.get("/accessibility")
@open_to_all
def accessibility() -> Any:
    return render_template("public/accessibility.html")


@public.get("/<body>/")
@open_to_all
def body(body: str) -> Any:
    arrival = _arrive(body)
    asked = dates.asked(arrival)
    etag = freshness.tag(arrival, asked.today)
    if already := freshness.answered(etag):
        return already
    if early := _before_the_record(arrival, asked):
        return early
    body_page = bodies.page(db.session(), arrival.body_id, asked.as_of)
    return _page(
        "public/body.html",
        arrival,
        etag,
        permanent=body_page.body.path,
        page=body_page,
        body=body_page.body,
        asked=asked,
    )


@public.get("/<body>/<convention_slug>/")
@open_to_all
def convention_page(body: str, convention_slug: str) -> Any:
    arrival = _arrive(body, convention_slug)
    if arrival.convention_id is None:
        return _missing(arrival)
    asked = dates.asked(arrival)
    etag = freshness.tag(arrival, asked.today)
    if already := freshness.answered(etag):
        return already
    if early := _before_the_record(arrival, asked):
        return early
    filters = lists.read(request.args)
    page = convention.page(
        db.session(), arrival.body_id, arrival.convention_id, asked.as_of, filters
    )
    if page is None:
        return _missing(
            arrival, _("The convention was not yet recorded on %(day)s.", day=day(asked.as_of.on))
        )
    if (code := _one_code(page)) is not None:
        return redirect(f"{page.path}{code}{asked.suffix}")

    def address(**changes: Any) -> str:
        return f"{page.path}{lists.query(page.filters, asked.text, **changes)}"

    def address_of_rows(rows: str) -> str:
        return f"{page.path}{lists.rows_query(page.filters, rows, asked.text)}#items"

    reads_all = is_permitted(actor_in(arrival.body_id), Permission.READ_ALL)
    waiting = (
        convention.spent_waiting(db.session(), arrival.body_id, arrival.convention_id, asked.as_of)
        if reads_all
        else None
    )
    return _page(
        "public/convention.html",
        arrival,
        etag,
        permanent=page.path,
        page=page,
        convention=page.convention,
        body=page.convention.body,
        asked=asked,
        address=address,
        address_of_page=lambda number: address(page=number) + "#items",
        address_of_rows=address_of_rows,
        pills=lists.pills(page, asked.text),
        reads_all=reads_all,
        spent_waiting=waiting,
    )


def _one_code(page: convention.ConventionPage) -> str | None:
    """Somebody who finds by code or number, and by nothing else, is led to the one item that has
    it.
    """
    filters = page.filters
    alone = filters.words and not (
        filters.verdict or filters.delegation or filters.unit or filters.kind or filters.rows
    )
    if not alone or page.found != 1:
        return None
    row = page.rows[0]
    exact = (
        item_code.parse(filters.words, row.year) is not None
        or item_code.normalised(filters.words) == row.normalised
    )
    return row.code if exact else None


@public.get("/<body>/<convention_slug>/<spelling>")
@public.get("/<body>/<convention_slug>/<spelling>/")
@open_to_all
def item_page(body: str, convention_slug: str, spelling: str) -> Any:
    arrival = _arrive(body, convention_slug)
    asked = dates.asked(arrival)
    etag = freshness.tag(arrival, asked.today)
    if already := freshness.answered(etag):
        return already
    resolved = (
        addresses.resolve_item(db.session(), arrival, spelling)
        if arrival.convention_id is not None
        else None
    )
    if resolved is None:
        return _missing(arrival)
    item_id, code = resolved
    if code != spelling or request.path.endswith("/"):
        return redirect(
            url_for(
                "public.item_page", body=body, convention_slug=convention_slug, spelling=code
            ).rstrip("/")
            + asked.suffix,
            301,
        )
    if early := _before_the_record(arrival, asked):
        return early
    shown = item.page(
        db.session(), arrival.body_id, item_id, asked.as_of, audience_in(arrival.body_id)
    )
    if shown is None:
        return _missing(
            arrival, _("The item was not yet recorded on %(day)s.", day=day(asked.as_of.on))
        )
    return _page(
        "public/item.html",
        arrival,
        etag,
        permanent=shown.path,
        page=shown,
        convention=shown.convention,
        body=shown.body,
        asked=asked,
    )
