"""Settling who may read a convention, and whether they read it live or by edition."""

from __future__ import annotations

import sqlalchemy as sa

from tracker.record.conventions import Convention
from tracker.record.publications import Publication
from tracker.rules import refusals
from tracker.rules.codes import Visibility
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext


def set_publication(
    context: ActContext, convention: Convention, visibility: Visibility, *, by_edition: bool = False
) -> Publication:
    """It holds at once, whatever day is asked for. Refused where somebody has settled it since the
    form was loaded.
    """
    context.require(Permission.GOVERN)
    with context.record("publication_set", convention) as act:
        if context.seen is not None:
            newest = context.session.connection().scalar(
                sa.select(sa.func.max(Publication.recorded_by)).where(
                    Publication.convention_id == convention.id
                )
            )
            refusals.need((newest or 0) <= context.seen, Refusal.CHANGED_MEANWHILE)
        return act.add(
            Publication(convention_id=convention.id, visibility=visibility, by_edition=by_edition)
        )
