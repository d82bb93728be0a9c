"""As of what each convention of a body is shown: to staff the record as it is, to readers the
newest edition where they read it by edition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf

from .audience import Audience
from .body_context import BodyContext, context_as_of
from .models import ConventionDetails
from .publications import readers_as_of


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A convention as it is shown: as of what, and what surrounds it then."""

    convention: ConventionDetails
    as_of: AsOf
    body_context: BodyContext


def shown_conventions(
    session: Session, body_context: BodyContext, as_of: AsOf, audience: Audience
) -> Mapping[int, Shown]:
    """Those that the audience may read, recorded by then; of one by edition there has to be one."""
    keys = body_context.readable_keys(audience)
    return conventions_as_shown(session, body_context, as_of, keys, live=audience.hidden)


def conventions_as_shown(
    session: Session,
    body_context: BodyContext,
    as_of: AsOf,
    convention_ids: Collection[int],
    *,
    live: bool = False,
) -> Mapping[int, Shown]:
    """These, as their readers see them, or the record as it is (`live`)."""
    shown = {}
    for key, publication in body_context.publications.items():
        if key not in convention_ids:
            continue
        own = as_of if live else readers_as_of(publication, as_of)
        if own is None:
            continue
        context = body_context if own == as_of else context_as_of(session, body_context, own)
        if key in context.conventions:
            shown[key] = Shown(convention=context.conventions[key], as_of=own, body_context=context)
    return shown
