"""Since when who could read each convention of a body, and which editions of it were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.rules.codes import Visibility
from tracker.rules.errata import EditionPublished, PublicationHistory, VisibilityChange

from .conventions import Convention
from .ledger_tables import Event
from .publications import Edition, EditionPublication, Publication

FROM_THE_BEGINNING = 0  # an event before all others


def publication_histories(session: Session, body_id: int) -> Mapping[int, PublicationHistory]:
    """By convention; in two statements."""
    changes: dict[int, list[VisibilityChange]] = defaultdict(list)
    rows = session.connection().execute(_changes(), {"body": body_id})
    for convention_id, key, with_it, visibility, by_edition in rows:
        # what was settled with the recording of the convention held for all that came with it
        is_first = with_it and not changes[convention_id]
        changes[convention_id].append(
            VisibilityChange(
                event=FROM_THE_BEGINNING if is_first else key,
                visibility=visibility,
                by_edition=by_edition,
            )
        )
    editions: dict[int, list[EditionPublished]] = defaultdict(list)
    published = (
        sa.select(Edition.convention_id, EditionPublication.recorded_by, Edition.up_to)
        .join(Edition, Edition.id == EditionPublication.edition_id)
        .join(Convention, Convention.id == Edition.convention_id)
        .where(Convention.body_id == body_id)
        .order_by(EditionPublication.recorded_by)
    )
    for convention_id, key, up_to in session.connection().execute(published):
        editions[convention_id].append(EditionPublished(event=key, up_to=up_to))
    return {
        convention_id: PublicationHistory(changes[convention_id], editions[convention_id])
        for convention_id in {*changes, *editions}
    }


def _changes() -> sa.Select[int, int, bool, Visibility, bool]:
    """The third column: whether it was settled at the instant of the convention's recording."""
    settled, recorded = aliased(Event), aliased(Event)
    return (
        sa.select(
            Publication.convention_id,
            Publication.recorded_by,
            settled.recorded_at == recorded.recorded_at,
            Publication.visibility,
            Publication.by_edition,
        )
        .join(Convention, Convention.id == Publication.convention_id)
        .join(settled, settled.id == Publication.recorded_by)
        .join(recorded, recorded.id == Convention.recorded_by)
        .where(Convention.body_id == sa.bindparam("body"))
        .order_by(Publication.recorded_by, Publication.id)
    )
