"""The history of a body, of a convention and of an item: who recorded what, and what it changed;
each act at an address of its own; the whole selection as CSV and JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import SpooledTemporaryFile

from flask import Response, abort, render_template, send_file, url_for

from tracker.accounts.access import requires
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting import history_words
from tracker.formatting.history_words import ActGroup
from tracker.reading import addresses
from tracker.reading import history as reading
from tracker.reading.history_models import HistoryAct
from tracker.reading.item_models import ItemPage
from tracker.reading.models import ItemRef
from tracker.record import anchors
from tracker.rules.permissions import Permission

from .blueprint import OfficeTarget, find_body, office
from .history_export import as_csv, as_json
from .history_filters import HistoryForm

ADDRESS = "/office/<body>/history"
MOST_IN_A_FILE = 10_000  # acts, the newest of the selection
IN_MEMORY = 1_000_000  # bytes of a file; a larger one lies on the disk while it is sent
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True, kw_only=True)
class KeptSeal:
    """The newest head of the chain that is kept outside the database."""

    number: int
    at: datetime | None  # in the body's zone
    is_same: bool  # the record has the same hash at this number


@office.get(ADDRESS)
@requires(Permission.READ_ALL)
def history(body: str) -> str:
    found = find_body(body)
    form = HistoryForm(found)
    form.validate()
    page = reading.history(
        db.session(),
        found.context,
        form.filters,
        history_words.kinds_of(ActGroup.CORRECTIONS),
        history_words.kinds_of(ActGroup.WITHHOLDING),
    )
    form.offer(page.counts)
    return render_template(
        "office/history.html",
        body=found.context.body,
        form=form,
        page=page,
        groups=ActGroup,
        address=form.address,
        most_in_a_file=MOST_IN_A_FILE,
        kept=_kept_seal(found),
        newest=reading.newest_number(db.session(), found.body_id),
        read_at=now().astimezone(found.context.settings.zone),
    )


@office.get(f"{ADDRESS}/<int:number>")
@requires(Permission.READ_ALL)
def history_act(body: str, number: int) -> str:
    found = find_body(body)
    event = reading.act_of(db.session(), found.context, number)
    if event is None:
        abort(404)
    return render_template(
        "office/history_act.html",
        body=found.context.body,
        event=event,
        act=event.act,
        kept=_kept_seal(found),
    )


@office.get(f"{ADDRESS}.csv")
@requires(Permission.READ_ALL)
def history_csv(body: str) -> Response:
    found = find_body(body)
    return _download(found, as_csv(_selection(found)), "csv")


@office.get(f"{ADDRESS}.json")
@requires(Permission.READ_ALL)
def history_json(body: str) -> Response:
    found = find_body(body)
    return _download(found, as_json(_selection(found), found.context.body.slug), "json")


def _selection(found: OfficeTarget) -> Iterator[HistoryAct]:
    """The acts that the filters of the address choose; 404 where they cannot be read."""
    form = HistoryForm(found)
    if not form.validate():
        abort(404)
    every = reading.every_act(db.session(), found.context, form.filters)
    return islice(every, MOST_IN_A_FILE)


def _download(found: OfficeTarget, lines: Iterator[str], ending: str) -> Response:
    """Written whole before it is sent: what it is read from is of this request."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (it is closed with the answer)
    file.writelines(line.encode() for line in lines)
    file.seek(0)
    name = f"{found.context.body.slug}-history.{ending}"
    return send_file(file, MEDIA_TYPES[ending], as_attachment=True, download_name=name)


def _kept_seal(found: OfficeTarget) -> KeptSeal | None:
    """None where no head is kept, or the file cannot be read."""
    try:
        head = anchors.newest(current_settings().heads_file, found.body_id)
    except OSError:
        return None
    if head is None:
        return None
    zone = found.context.settings.zone
    return KeptSeal(
        number=history_words.sequence(head.event_id),
        at=head.at.astimezone(zone) if head.at else None,
        is_same=reading.hash_of(db.session(), head.event_id) == head.hash,
    )


def history_address(item: ItemRef | ItemPage) -> str:
    """The address of all acts on an item."""
    body, convention_slug, code = addresses.slugs_of_item(item.path)
    return url_for("office.history", body=body, convention=convention_slug, item=code)
