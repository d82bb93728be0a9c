"""An instance as a command sees it.

Its application, its database brought up to date, and the context of acts for one body, with the
actor "command line".
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.core_application import open_core
from tracker.extensions import db
from tracker.record.as_of import AsOf, begins
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.record.surroundings import zone_of
from tracker.rules.permissions import COMMAND_LINE
from tracker.translation import gettext as _

from . import CommandProblem

if TYPE_CHECKING:
    from tracker.acts.act_context import ActContext


@contextmanager
def instance(path: Path, *, pending_allowed: bool = False, pages: bool = True) -> Iterator[Flask]:
    """The application of an instance, inside its context.

    Refuses pending migrations, and names the command. `pages`: with all that pages are made of,
    accounts among them; a command that only reads the record starts sooner without.
    """
    from tracker.installation.migrations import UnknownVersion, pending, require_known

    with _opened(path, pages) as app:
        if not pending_allowed and pending():
            try:
                require_known()
            except UnknownVersion as newer:
                raise CommandProblem(str(newer)) from newer
            raise CommandProblem(
                _(
                    "The database is of an older version: run `tracker --instance %(path)s init` "
                    "to bring it up to date.",
                    path=path,
                )
            )
        yield app


def _opened(path: Path, pages: bool) -> AbstractContextManager[Flask]:
    if not pages:
        return open_core(path)
    from tracker.application import open_instance

    return open_instance(path)


def session() -> Session:
    return db.session()


def body_of(slug: str) -> Body:
    body = session().scalar(sa.select(Body).where(Body.slug == slug))
    if body is None:
        known = ", ".join(session().scalars(sa.select(Body.slug).order_by(Body.slug))) or _(
            "none yet"
        )
        raise CommandProblem(
            _("There is no body %(slug)s. On record: %(known)s.", slug=repr(slug), known=known)
        )
    return body


def convention_of(address: str) -> Convention:
    """`nea/2017`, or `2017` where only one body has it."""
    body_slug, _slash, slug = address.rpartition("/")
    conventions = (
        session()
        .scalars(
            sa.select(Convention)
            .join(Body, Body.id == Convention.body_id)
            .where(Convention.slug == slug, sa.true() if not body_slug else Body.slug == body_slug)
            .order_by(Body.slug)
        )
        .all()
    )
    if len(conventions) == 1:
        return conventions[0]
    if conventions:
        bodies = [session().get_one(Body, convention.body_id).slug for convention in conventions]
        raise CommandProblem(
            _(
                "More than one body has %(slug)s: say %(addresses)s.",
                slug=repr(slug),
                addresses=_(" or ").join(f"{body}/{slug}" for body in bodies),
            )
        )
    known = session().execute(
        sa.select(Body.slug, Convention.slug)
        .join(Convention, Convention.body_id == Body.id)
        .order_by(Body.slug, Convention.slug)
    )
    raise CommandProblem(
        _(
            "There is no convention %(address)s. On record: %(known)s.",
            address=repr(address),
            known=", ".join("/".join(convention) for convention in known) or _("none yet"),
        )
    )


def context_for(body: Body, importing: bool = False) -> ActContext:
    from tracker.acts import act_context

    return act_context.for_body(session(), body.id, COMMAND_LINE, now(), importing=importing)


def today(body: Body) -> date:
    """In the body's zone."""
    return now().astimezone(zone_of(session(), body.id)).date()


def as_of(body: Body, day: date | None, *, happened: bool = False) -> AsOf:
    """What `--as-of` asks for.

    The record as it was known at the end of that day in the body's zone; now, unless it is given.
    `happened`: what had happened by then, which has an answer for a day before the record as well.
    """
    zone = zone_of(session(), body.id)
    today = now().astimezone(zone).date()
    if day is None or day == today:
        return AsOf(today)
    if day > today:
        raise CommandProblem(
            _(
                "%(day)s is still to come: the record is known up to %(today)s.",
                day=day,
                today=today,
            )
        )
    if happened:
        return AsOf.happened_by(day)
    began = begins(session(), body.id).astimezone(zone).date()
    if day < began:
        raise CommandProblem(
            _(
                "The record of %(body)s began on %(began)s: name that day or a later one.",
                body=body.slug,
                began=began,
            )
        )
    return AsOf.known_on(day, zone)


def echo(words: str) -> None:
    click.echo(words)
