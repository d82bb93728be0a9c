"""Who may come in: the permission that each route declares, and the signed-in person with the roles
held today. What one item allows is checked by its act.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from enum import StrEnum, auto
from functools import wraps
from itertools import product
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.engine import READING
from tracker.extensions import db
from tracker.reading import addresses, bodies
from tracker.reading.audience import OFFICE, PUBLIC, Audience, staff
from tracker.reading.bodies import BodyLine
from tracker.reading.models import BodyDetails
from tracker.record.people import Person, PersonAccount, RoleHeld
from tracker.record.rosters import unit_mergers
from tracker.record.surroundings import zone_of
from tracker.rules.codes import Visibility
from tracker.rules.permissions import Actor, Grant, Permission, is_permitted, is_permitted_somewhere
from tracker.rules.roles import holds_on
from tracker.rules.rosters import family

from . import members_codes

View = TypeVar("View", bound=Callable[..., Any])
# not signed in, or without a person in the body
NOBODY = Actor(-1)
OPEN = "open to all"


def open_to_all(view: View) -> View:
    """Anybody may come in. A view of a body asks `may_read` whether its pages are open."""
    view.access = OPEN  # type: ignore[attr-defined]
    return view


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Only for those who may do one of these of some item: in the body that the address names
    (`body`, its slug), else in any.

    Who is not signed in is sent to sign in, and comes back. The act itself checks the item.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **values: Any) -> Any:
            if not signed_in():
                return redirect(to_sign_in())
            if not _is_any_permitted(_actors_named(values.get("body")), permissions):
                abort(403)
            return view(*args, **values)

        checked.access = permissions  # type: ignore[attr-defined]
        return cast(View, checked)

    return declare


def requires_any_role(view: View) -> View:
    """For whoever holds a role in some body, whichever it is."""
    return requires(Permission.READ_CLOSED)(view)


def begins_reading(view: View) -> View:
    """For a view whose POST looks, checks and computes before it writes: it holds no lock until
    `writing()`."""
    view.begins_reading = True  # type: ignore[attr-defined]
    return view


@contextmanager
def writing() -> Iterator[Session]:
    """Ends the reading and begins the one transaction that writes; commits if all went well, else
    rolls back. What comes after it reads again."""
    db.session.rollback()
    g.pop("actors", None)  # roles are looked up again, under the lock
    try:
        yield db.session()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        g.pop("actors", None)
        db.session.connection(execution_options=READING)


@contextmanager
def trying() -> Iterator[Session]:
    """As `writing`, but all of it is rolled back: what would follow can be read inside, and nothing
    is kept."""
    db.session.rollback()
    g.pop("actors", None)
    try:
        yield db.session()
    finally:
        db.session.rollback()
        g.pop("actors", None)
        db.session.connection(execution_options=READING)


def begin_reading() -> None:
    """Unless the request has begun already."""
    if not db.session().in_transaction():
        db.session.connection(execution_options=READING)


def init_app(app: Flask) -> None:
    """A GET never waits for a writer: its transaction is told, before its first statement, that it
    only reads."""
    app.jinja_env.globals.update(
        signed_in=signed_in,
        to_sign_in=to_sign_in,
        only_readable_body=only_readable_body,
        reads_as=reads_as,
    )

    @app.before_request
    def _reading() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is None or request.endpoint == "static":
            return
        if request.method in ("GET", "HEAD") or hasattr(view, "begins_reading"):
            begin_reading()


def signed_in() -> bool:
    return bool(current_user and current_user.is_authenticated)


def to_sign_in() -> str:
    """The address of the sign-in page, with the way back in `next`, wholly escaped."""
    return url_for("accounts.sign_in") + "?" + urlencode({"next": _way_back()})


def _way_back() -> str:
    """The page that was asked for; of a form whose address shows no page, the one it stands on."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    if request.url_rule is None or "GET" in (request.url_rule.methods or ()):
        return request.path
    referrer = urlsplit(request.referrer or "")
    return referrer.path if referrer.netloc == request.host else "/"


def actors() -> Mapping[int, Actor]:
    """By body: the person that the account is there, with the roles held today.

    A role in a unit is held in all that were merged with it. One statement a request, two for
    people of units.
    """
    if "actors" not in g:
        g.actors = _actors(db.session(), current_user.id) if signed_in() else {}
    return cast(Mapping[int, Actor], g.actors)


def _actors(session: Session, user_id: int) -> dict[int, Actor]:
    held = sa.and_(
        RoleHeld.person_id == Person.id,
        RoleHeld.ended_by.is_(None),
        RoleHeld.retracted_by.is_(None),
    )
    rows = session.connection().execute(
        sa.select(
            Person.body_id,
            Person.id,
            RoleHeld.role,
            RoleHeld.unit_id,
            RoleHeld.from_on,
            RoleHeld.until_on,
        )
        .join(PersonAccount, PersonAccount.person_id == Person.id)
        .outerjoin(RoleHeld, held)
        .where(
            PersonAccount.user_id == user_id,
            PersonAccount.ended_by.is_(None),
            PersonAccount.retracted_by.is_(None),
        )
        .order_by(Person.id)
    )
    people: dict[int, int] = {}
    grants: dict[int, set[Grant]] = defaultdict(set)
    held_rows = rows.all()
    is_of_units = any(row.unit_id is not None for row in held_rows)
    mergers = unit_mergers(session) if is_of_units else {}
    for body_id, person_id, role, unit_id, from_on, until_on in held_rows:
        people.setdefault(body_id, person_id)
        if role is None:
            continue
        has_days = from_on is not None or until_on is not None
        if has_days and not holds_on(_today(session, body_id), from_on, until_on):
            continue
        if unit_id is None:
            grants[body_id].add(Grant(role))
        else:
            grants[body_id].update(Grant(role, key) for key in family(unit_id, mergers))
    return {
        body_id: Actor(person_id, frozenset(grants[body_id]))
        for body_id, person_id in people.items()
    }


def _today(session: Session, body_id: int) -> date:
    """In the body's zone."""
    return now().astimezone(zone_of(session, body_id)).date()


def actor_in(body_id: int) -> Actor:
    """Who acts in this body: the person's key there and the roles held today; NOBODY where the
    account has no person in it."""
    return actors().get(body_id, NOBODY)


def _actors_named(slug: str | None) -> list[Actor]:
    """The actor in the body of this slug; without a slug, those in every body.

    404 for a body that is not there, and for a closed one in which the account is nobody.
    """
    if slug is None:
        return list(actors().values())
    arrival = addresses.resolve(db.session(), slug)
    if arrival is None or not may_read(arrival.body_id, arrival.open):
        abort(404)
    return [actor_in(arrival.body_id)]


def is_permitted_anywhere(*permissions: Permission) -> bool:
    """Whether the signed-in person may do one of these of some item of some body.

    By this the navigation shows a link or not.
    """
    return _is_any_permitted(actors().values(), permissions)


def _is_any_permitted(actors_: Iterable[Actor], permissions: Iterable[Permission]) -> bool:
    return any(
        is_permitted_somewhere(actor, permission)
        for actor, permission in product(actors_, permissions)
    )


def administers_all(body_ids: Iterable[int]) -> bool:
    """Whether the signed-in person is administrator of each of these bodies."""
    return all(is_permitted(actor_in(body_id), Permission.ADMINISTER) for body_id in body_ids)


def may_read(body_id: int, open_pages: bool) -> bool:
    """Whether the pages of the body show to whoever asks."""
    return open_pages or is_permitted(actor_in(body_id), Permission.READ_CLOSED)


def may_read_convention(body_id: int, convention_id: int, visibility: Visibility) -> bool:
    """Whether the pages of the convention show to whoever asks and may read those of its body."""
    return audience_in(body_id).reads(convention_id, visibility)


class ReadsAs(StrEnum):
    """By what somebody reads a convention that is not public."""

    STAFF = auto()  # any role but that of a reader
    READER = auto()
    CODE = auto()  # of the hall


def reads_as(body_id: int) -> ReadsAs:
    """For the line on each page of a convention that is not public."""
    audience = audience_in(body_id)
    if audience.hidden:
        return ReadsAs.STAFF
    return ReadsAs.READER if audience.members else ReadsAs.CODE


def readable_bodies() -> list[BodyLine]:
    """Those whose pages show to whoever asks, by name."""
    closed_bodies = [
        body_id
        for body_id, actor in actors().items()
        if is_permitted(actor, Permission.READ_CLOSED)
    ]
    return bodies.bodies(db.session(), closed_bodies, audience_in)


def first_step() -> str | None:
    """Where somebody begins whose body has not opened its pages: the office, or their work; None
    for those who only read.
    """
    if is_permitted_anywhere(Permission.ADMINISTER, Permission.READ_ALL):
        return url_for("office.home")
    if is_permitted_anywhere(Permission.LOG, Permission.RELEASE, Permission.CONFIRM):
        return url_for("work.my_work")
    return None


def only_readable_body() -> BodyDetails | None:
    """The body that a page without one searches; None where there are several, or none."""
    lines = readable_bodies()
    return lines[0].body if len(lines) == 1 else None


def audience_in(body_id: int) -> Audience:
    """For whom a reading is made in this body.

    Governance and auditor read all; people of units also what is internal of their items; others
    the public part.
    """
    actor = actor_in(body_id)
    if is_permitted(actor, Permission.READ_ALL):
        return OFFICE
    units = frozenset(grant.unit_id for grant in actor.grants if grant.unit_id)
    if units:
        return staff(units)
    return replace(
        PUBLIC,
        hidden=is_permitted(actor, Permission.READ_HIDDEN),
        members=is_permitted(actor, Permission.READ_CLOSED),
        opened=members_codes.opened_conventions(db.session()),
    )
