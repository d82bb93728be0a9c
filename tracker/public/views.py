"""The pages of delegates.

Bodies, a body's conventions, a convention, an item; how we count; accessibility. All of it from
readings.
"""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker.accounts.access import (
    actor_in,
    audience_in,
    first_step,
    open_to_all,
    readable_bodies,
)
from tracker.clock import now
from tracker.extensions import db
from tracker.formatting import convention_rates, day, definitions
from tracker.forms.list_pages import list_page, page_address
from tracker.reading import addresses, bodies, convention, item, rates
from tracker.reading.addresses import AddressTarget
from tracker.reading.body_context import load_body_context
from tracker.reading.errata import errata as find_errata
from tracker.reading.filters import read_filters
from tracker.reading.find import find as find_items
from tracker.record.as_of import AsOf
from tracker.rules import item_code
from tracker.rules.permissions import Permission, is_permitted
from tracker.translation import gettext as _

from . import dates, editions, freshness, lists, reports, searches
from .answers import find_target, missing, not_found, page_response
from .dates import PageDay

COUNTED = (*((name, "adopted") for name in rates.NAMES), ("decided", "referred"))
public = Blueprint("public", __name__)


def _before_the_record(target: AddressTarget, page_day: PageDay) -> Response | None:
    """A day before the record began has no answer."""
    if not page_day.text:
        return None
    body_context = load_body_context(db.session(), target.body_id, AsOf(page_day.today))
    if page_day.as_of.on >= body_context.record_began:
        return None
    text = _(
        "The record of %(body)s began on %(first)s. What was known on %(day)s is not in it.",
        body=body_context.body.name,
        first=day(body_context.record_began),
        day=day(page_day.as_of.on),
    )
    return not_found(target, body_context, text)


def _early_response(target: AddressTarget, page_day: PageDay, etag: str | None) -> Response | None:
    """What is kept of the page, or that its day has no answer; None: the page is to be made."""
    kept_response = freshness.kept_response(etag)
    if kept_response is not None:
        return kept_response
    return _before_the_record(target, page_day)


@public.get("/")
@open_to_all
def home() -> ResponseReturnValue:
    lines = readable_bodies()
    has_body = bool(lines) or bodies.any_founded(db.session())
    is_open = any(line.body.open for line in lines)
    return render_template(
        "public/bodies.html",
        bodies=lines,
        has_body=has_body,
        is_open=is_open,
        next_path=first_step(),
    )


@public.get("/how-we-count")
@open_to_all
def how_we_count() -> ResponseReturnValue:
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
def accessibility() -> ResponseReturnValue:
    return render_template("public/accessibility.html")


@public.get("/<body>/")
@open_to_all
def body(body: str) -> ResponseReturnValue:
    target = find_target(body)
    page_day = dates.page_day(target)
    etag = freshness.tag(target, page_day.today)
    early_response = _early_response(target, page_day, etag)
    if early_response is not None:
        return early_response
    body_page = bodies.page(
        db.session(), target.body_id, page_day.as_of, audience_in(target.body_id)
    )
    return page_response(
        "public/body.html",
        target,
        etag,
        permanent=body_page.body.path,
        page=body_page,
        body=body_page.body,
        page_day=page_day,
    )


@public.get("/<body>/find", strict_slashes=False)
@open_to_all
def find(body: str) -> ResponseReturnValue:
    target = find_target(body)
    page_day = dates.page_day(target)
    etag = freshness.tag(target, page_day.today)
    early_response = _early_response(target, page_day, etag)
    if early_response is not None:
        return early_response
    results = find_items(
        db.session(),
        target.body_id,
        searches.read_words(request.args),
        as_of=page_day.as_of,
        audience=audience_in(target.body_id),
        filters=searches.read_filters(request.args),
    )
    if results.leads_to is not None:
        return redirect(results.leads_to + page_day.suffix)
    return page_response(
        "public/find.html",
        target,
        etag,
        keep=False,
        results=results,
        body=results.body,
        page_day=page_day,
        find_addresses=searches.FindAddresses(body=body, results=results, as_of=page_day.text),
    )


@public.get("/<body>/errata", strict_slashes=False)
@open_to_all
def errata(body: str) -> ResponseReturnValue:
    target = find_target(body)
    today = target.today(now())
    etag = freshness.tag(target, today)
    kept_response = freshness.kept_response(etag)
    if kept_response is not None:
        return kept_response
    page = find_errata(db.session(), target.body_id, today, audience_in(target.body_id))
    longest = max(len(page.corrections), len(page.withheld), len(page.reports))
    list_of_page = list_page(longest)
    return page_response(
        "public/errata.html",
        target,
        etag,
        permanent=url_for("public.errata", body=body),
        page=page,
        body=page.body,
        list_page=list_of_page,
        page_address=page_address,
    )


@public.get("/<body>/<convention_slug>/")
@open_to_all
def convention_page(body: str, convention_slug: str) -> ResponseReturnValue:
    target = find_target(body, convention_slug)
    if target.convention_id is None:
        return missing(target)
    page_day = dates.page_day(target)
    etag = freshness.tag(target, page_day.today)
    early_response = _early_response(target, page_day, etag)
    if early_response is not None:
        return early_response
    shown = editions.readers_day(target, page_day)
    if shown is None:
        return _no_edition(target, etag)
    page_day = shown
    filters = read_filters(request.args)
    page = convention.page(
        db.session(),
        target.body_id,
        target.convention_id,
        page_day.as_of,
        filters,
        audience_in(target.body_id),
    )
    if page is None:
        return missing(
            target, _("The convention was not yet recorded on %(day)s.", day=day(page_day.as_of.on))
        )
    code = _one_code(page)
    if code is not None:
        return redirect(f"{page.path}{code}{page_day.suffix}")

    reads_all = is_permitted(actor_in(target.body_id), Permission.READ_ALL)
    spent_waiting = None
    if reads_all:
        spent_waiting = convention.spent_waiting(
            db.session(), target.body_id, target.convention_id, page_day.as_of
        )
    list_addresses = lists.ListAddresses(page, page_day.arguments)
    return page_response(
        "public/convention.html",
        target,
        etag,
        permanent=page.path,
        page=page,
        convention=page.convention,
        body=page.convention.body,
        page_day=page_day,
        list_addresses=list_addresses,
        pills=list_addresses.pills(),
        reads_all=reads_all,
        spent_waiting=spent_waiting,
        issued_reports=reports.of_convention_page(target, page.as_of if page_day.text else None),
    )


def _no_edition(target: AddressTarget, etag: str | None) -> Response:
    """Of a convention that readers read by edition, before its first."""
    body_context = load_body_context(db.session(), target.body_id, AsOf(target.today(now())))
    details = body_context.conventions[target.convention_id or 0]
    return page_response(
        "public/no_edition.html",
        target,
        etag,
        permanent=details.path,
        convention=details,
        body=body_context.body,
    )


def _one_code(page: convention.ConventionPage) -> str | None:
    """The code of the one item that was looked for by its code or number, and by nothing else."""
    filters = page.filters
    other_filters = (
        filters.verdict or filters.delegation or filters.unit or filters.kind or filters.rows
    )
    if not filters.words or other_filters or page.matching != 1:
        return None
    row = page.rows[0]
    is_a_code = item_code.parse(filters.words, row.year) is not None
    if is_a_code or item_code.normalised(filters.words) == row.normalised:
        return row.code
    return None


@public.get("/<body>/<convention_slug>/<spelling>")
@public.get("/<body>/<convention_slug>/<spelling>/")
@open_to_all
def item_page(body: str, convention_slug: str, spelling: str) -> ResponseReturnValue:
    target = find_target(body, convention_slug)
    page_day = dates.page_day(target)
    etag = freshness.tag(target, page_day.today)
    kept_response = freshness.kept_response(etag)
    if kept_response is not None:
        return kept_response
    resolved, shown = None, None
    if target.convention_id is not None:
        shown = editions.readers_day(target, page_day)
        resolved = addresses.resolve_item(db.session(), target, spelling)
    if resolved is None or shown is None:
        return missing(target)
    item_id, code = resolved
    is_elsewhere = code != spelling or request.path.endswith("/")
    address = url_for("public.item_page", body=body, convention_slug=convention_slug, spelling=code)
    address = address.rstrip("/") + shown.suffix
    if is_elsewhere and shown.edition is None:
        return redirect(address, 301)
    no_record = _before_the_record(target, shown)
    if no_record is not None:
        return no_record
    audience = audience_in(target.body_id)
    page = item.page(db.session(), target.body_id, item_id, shown.as_of, audience)
    if page is None and shown.edition is not None:
        return missing(target)  # nor is it told whether it was recorded since
    if page is None:
        return missing(
            target, _("The item was not yet recorded on %(day)s.", day=day(shown.as_of.on))
        )
    if is_elsewhere:
        return redirect(address, 301)
    return page_response(
        "public/item.html",
        target,
        etag,
        permanent=page.path,
        page=page,
        convention=page.convention,
        body=page.body,
        page_day=shown,
    )
