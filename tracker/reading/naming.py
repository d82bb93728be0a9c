"""The words by which a list names its items, with one statement for each sort of words.

Titles, texts, who brought them, to whom they were referred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.as_of import NOW, AsOf, at
from tracker.record.as_of_parameters import Bounds, as_of_with_parameters, bounds_of, parameters
from tracker.record.items import Designation, FloorAction, FloorPerson, Item, Version
from tracker.record.keys import Among
from tracker.record.ledger_tables import Text
from tracker.record.outcomes import Outcome
from tracker.record.prepared import Prepared
from tracker.record.progress import Withholding
from tracker.rules.codes import Stage

from . import addresses
from .body_context import BodyContext
from .identity import Heading, heading, published
from .models import BROUGHT_IT, ConventionDetails, ItemRef


@dataclass(frozen=True, kw_only=True)
class Naming:
    """The words of one item."""

    title: str | None  # None: nothing says it, neither a title nor a text
    title_is_ours: bool
    delegation_ids: tuple[int, ...]  # who brought it
    delegations: tuple[str, ...]
    text: str | None

    @property
    def search(self) -> str:
        """What a search looks through."""
        return " ".join(part for part in (self.title, self.text, *self.delegations) if part)


@cache
def _versions(bounds: Bounds) -> Prepared:
    title, words = aliased(Text), aliased(Text)
    return Prepared(
        sa.select(Version.item_id, Version.stage, title.words, words.words)
        .outerjoin(title, title.digest == Version.title)
        .outerjoin(words, words.digest == Version.words)
        .where(Among(Version.item_id), at(Version, as_of_with_parameters(bounds)))
        .order_by(Version.recorded_by, Version.id)
    )


def delegations(as_of: AsOf) -> sa.Select[int, int | None]:
    """Who brought which item; persons without a delegation are left out."""
    return sa.select(FloorPerson.item_id, FloorPerson.delegation_id).where(
        sa.or_(*(FloorPerson.part == part for part in BROUGHT_IT)),
        FloorPerson.delegation_id.is_not(None),
        at(FloorPerson, as_of),
    )


@cache
def _delegations(bounds: Bounds) -> Prepared:
    return Prepared(
        delegations(as_of_with_parameters(bounds))
        .where(Among(FloorPerson.item_id))
        .order_by(FloorPerson.id)
    )


@cache
def _delegation_choices(bounds: Bounds) -> Prepared:
    return Prepared(
        delegations(as_of_with_parameters(bounds))
        .join(Item, Item.id == FloorPerson.item_id)
        .where(Item.convention_id == sa.bindparam("convention"))
        .with_only_columns(FloorPerson.delegation_id)
        .distinct()
    )


def delegation_choices(session: Session, convention_id: int, as_of: AsOf) -> frozenset[int]:
    """Those that brought any item of a convention."""
    rows = _delegation_choices(bounds_of(as_of)).rows(
        session.connection(), parameters(as_of, convention=convention_id)
    )
    return frozenset(key for (key,) in rows if key is not None)


def headings(session: Session, item_ids: Collection[int], as_of: AsOf) -> dict[int, Heading]:
    """Title and text of each; an item of which neither is on record has neither."""
    newest: dict[int, dict[Stage, tuple[str | None, str | None]]] = defaultdict(dict)
    rows = _versions(bounds_of(as_of)).rows(
        session.connection(), parameters(as_of, keys=list(item_ids))
    )
    for item_id, stage, title, words in rows:
        newest[item_id][stage] = title, words
    return {item_id: heading(newest[item_id]) for item_id in item_ids}


def namings(
    session: Session, body_context: BodyContext, item_ids: Collection[int], as_of: AsOf
) -> dict[int, Naming]:
    """The words of each of these items."""
    titles = headings(session, item_ids, as_of)
    brought_by: dict[int, dict[int, str]] = defaultdict(dict)
    rows = _delegations(bounds_of(as_of)).rows(
        session.connection(), parameters(as_of, keys=list(item_ids))
    )
    for item_id, delegation_id in rows:
        name = body_context.delegations.get(delegation_id)
        if name:
            brought_by[item_id][delegation_id] = name
    return {
        item_id: Naming(
            title=title.title,
            title_is_ours=title.is_ours,
            delegation_ids=tuple(brought_by[item_id]),
            delegations=tuple(dict.fromkeys(brought_by[item_id].values())),
            text=title.text,
        )
        for item_id, title in titles.items()
    }


@cache
def _identities(bounds: Bounds) -> Prepared:
    """With every correction of kind and number that counts.

    In the order of recording: the last read wins.
    """
    return Prepared(
        sa.select(
            Item.id,
            Item.convention_id,
            sa.func.coalesce(Designation.kind, Item.kind),
            sa.func.coalesce(Designation.number, Item.number),
            sa.case(
                (Designation.id.is_not(None), Designation.as_published), else_=Item.as_published
            ),
        )
        .outerjoin(
            Designation,
            sa.and_(Designation.item_id == Item.id, at(Designation, as_of_with_parameters(bounds))),
        )
        .where(Among(Item.id), at(Item, as_of_with_parameters(bounds)))
        .order_by(Item.id, Designation.recorded_by, Designation.id)
    )


def references(
    session: Session, body_context: BodyContext, names: Mapping[int, Naming], as_of: AsOf
) -> dict[int, ItemRef]:
    """Enough of these items to name them elsewhere; one not recorded by then is left out, and one
    of a convention that is not in the context.
    """
    if not names:
        return {}
    rows = _identities(bounds_of(as_of)).rows(
        session.connection(), parameters(as_of, keys=list(names))
    )
    return {
        item_id: reference(
            item_id,
            body_context.conventions[convention_id],
            kind=kind,
            prefix=body_context.prefixes.get(kind, kind),
            number=number,
            as_published=as_published,
            title=names[item_id].title or "",
        )
        for item_id, convention_id, kind, number, as_published in rows
        if convention_id in body_context.conventions
    }


def reference(
    item_id: int,
    convention: ConventionDetails,
    *,
    kind: str,
    prefix: str,
    number: str,
    as_published: str | None,
    title: str,
) -> ItemRef:
    """`number` is the normalised one; `prefix` is that of the kind."""
    code = f"{prefix}-{number}"
    return ItemRef(
        id=item_id,
        path=addresses.item_path(convention.path, code),
        code=code,
        kind=kind,
        number=published(number, as_published),
        title=title,
        year=convention.year,
    )


@cache
def _referred_to() -> Prepared:
    return Prepared(sa.select(FloorAction.id, FloorAction.referred_to).where(Among(FloorAction.id)))


def referred_to(session: Session, floor_action_ids: Collection[int]) -> Mapping[int, str | None]:
    """As published, where the source names no unit."""
    if not floor_action_ids:
        return {}
    rows = _referred_to().rows(session.connection(), {"keys": list(floor_action_ids)})
    return {key: words for key, words in rows}


@cache
def _outcomes() -> Prepared:
    is_withheld = (
        sa.select(Withholding.id)
        .where(Withholding.outcome_id == Outcome.id, at(Withholding, NOW))
        .exists()
    )
    return Prepared(
        sa.select(Outcome.id, Text.words)
        .outerjoin(Text, Text.digest == Outcome.words)
        .where(Among(Outcome.id), ~is_withheld)
    )


def outcome_words(session: Session, outcome_ids: Collection[int]) -> Mapping[int, str | None]:
    """Not of those that are withheld today, whatever the day that is asked for."""
    if not outcome_ids:
        return {}
    rows = _outcomes().rows(session.connection(), {"keys": list(outcome_ids)})
    return {key: words for key, words in rows}
