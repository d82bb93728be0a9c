"""Which edition of a convention a page shows: the newest, where whoever asks reads it by edition,
or the one that the address names.
"""

from __future__ import annotations

from dataclasses import replace

from flask import request
from werkzeug.exceptions import NotFound

from tracker.accounts.access import actor_in, audience_in
from tracker.extensions import db
from tracker.reading.addresses import AddressTarget
from tracker.reading.publications import edition_as_of
from tracker.record.as_of import AsOf
from tracker.record.editions import EditionRecord, Editions, editions_of
from tracker.rules.permissions import Permission, is_permitted
from tracker.translation import gettext as _

from .dates import PageDay, ShownEdition


def readers_day(target: AddressTarget, page_day: PageDay) -> PageDay | None:
    """The day of a page of the convention, as whoever asks is shown it. None: they read it by
    edition, and there is none yet.

    Raises NotFound for the number of an edition that there is not. No statement, where the
    convention is read live.
    """
    assert target.convention_id is not None
    text = request.args.get("edition", "").strip()
    reads_live = not target.by_edition or audience_in(target.body_id).hidden
    if not text and reads_live:
        return page_day
    editions = editions_of(db.session(), target.convention_id)
    if text:
        return _named(target, page_day, editions, text)
    newest = editions.newest
    if newest is None:
        return None
    shown = edition_as_of(newest.on, newest.up_to, page_day.as_of)
    return replace(
        page_day,
        as_of=shown,
        text="" if shown.is_kept else page_day.text,
        edition=_shown(newest, editions, is_named=False),
    )


def _named(target: AddressTarget, page_day: PageDay, editions: Editions, text: str) -> PageDay:
    edition = editions.numbered(int(text)) if text.isdecimal() and len(text) < 7 else None
    may_see = edition is not None and (
        edition.publication is not None
        or is_permitted(actor_in(target.body_id), Permission.READ_ALL)
    )
    if edition is None or not may_see:
        raise NotFound(_("There is no such edition."))
    return replace(
        page_day,
        as_of=AsOf(edition.on, up_to=edition.up_to),
        text="",
        edition=_shown(edition, editions, is_named=True),
    )


def _shown(edition: EditionRecord, editions: Editions, *, is_named: bool) -> ShownEdition:
    return ShownEdition(
        number=edition.number,
        on=edition.on,
        line=edition.publication.line if edition.publication else None,
        is_named=is_named,
        is_published=edition.publication is not None,
        is_newest=editions.newest is not None and editions.newest.number == edition.number,
        earlier=tuple(
            published.number
            for published in editions.published
            if published.number < edition.number
        ),
    )
