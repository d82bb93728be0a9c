"""A small union with people of every role, written by the acts; and a client for each of them.

Tests of the staff's pages stand on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.client import Client
from tests.instances import (
    SavedInstance,
    db_kind,
    make_tables,
    restore_instance,
    save_instance,
)
from tracker.accounts import sessions
from tracker.accounts import user_accounts as accounts
from tracker.acts import act_context, assignments, bodies, conventions, floor, items, money, people
from tracker.acts.act_context import ActContext
from tracker.clock import now as clock
from tracker.engine import READING
from tracker.extensions import db
from tracker.record.bodies import Body
from tracker.record.items import Item
from tracker.record.progress import Claim, Entry, Evidence
from tracker.rules.codes import Basis, Floor, Part, Role
from tracker.rules.permissions import COMMAND_LINE

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)  # the clock of the application
PASSWORD = "horse battery staple correct"
PEOPLE = {
    "dana": (Role.STAFF, "Center for Research"),
    "ray": (Role.MANAGER, "Center for Research"),
    "hollis": (Role.STAFF, "Center for Safety"),
    "teo": (Role.MANAGER, "Center for Safety"),
    "walter": (Role.GOVERNANCE, None),
    "marisol": (Role.CONFIRMER, None),
    "ewan": (Role.AUDITOR, None),
    "joy": (Role.READER, None),
    "imani": (Role.ADMINISTRATOR, None),
}
ITEM = "/my-work/union/2026/nbi-{}"


class StaffClient(Client):
    """Each request in a context of its own, as on a server."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **options)


@dataclass(kw_only=True)
class Union:
    app: Flask
    today: date
    body_id: int
    items: dict[int, int]
    units: dict[str, int]
    people: dict[str, int]
    users: dict[str, str]  # the token of a session of each
    clauses: dict[int, list[int]]
    visitors: dict[str, StaffClient] = field(default_factory=dict)

    def client(self, who: str | None) -> StaffClient:
        """Signed in as one of PEOPLE (None: nobody)."""
        client = StaffClient(self.app, self.app.response_class)
        if who:
            uniquifier, token = self._session_of(who)
            with client.session_transaction() as session:
                session.update({"_user_id": uniquifier, "_fresh": True, sessions.TOKEN: token})
        return client

    def _session_of(self, who: str) -> tuple[str, str]:
        """That of the scene, which writes nothing; another one where it has ended."""
        with self.app.app_context():
            db.session.connection(execution_options=READING)
            account = accounts.find_account(db.session(), f"{who}@example.org")
            assert account
            uniquifier, token = account.fs_uniquifier, self.users[who]
            if not sessions.lives(db.session(), token, clock(self.app)):
                db.session.rollback()
                token = self.users[who] = sessions.begin(db.session(), account, clock(self.app))
                db.session.commit()
            db.session.rollback()
            return uniquifier, token

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.app.app_context():
            yield db.session()
            db.session.rollback()

    @contextmanager
    def context(self, who: str | None = None, seen: int | None = None) -> Iterator[ActContext]:
        """The context of one of PEOPLE, or of the command line; commits."""
        from tracker.accounts.access import _actors

        with self.app.app_context():
            actor = COMMAND_LINE
            if who:
                user_id = db.session.scalar(
                    sa.select(accounts.User.id).where(accounts.User.email == f"{who}@example.org")
                )
                actor = _actors(db.session(), user_id)[self.body_id]
                db.session.rollback()
            yield act_context.for_body(db.session(), self.body_id, actor, NOW, seen)
            db.session.commit()

    def entry(self, number: int) -> int:
        """The newest entry of an item."""
        with self.session() as session:
            entry_id = session.scalar(
                sa.select(sa.func.max(Entry.id)).where(Entry.item_id == self.items[number])
            )
            assert entry_id is not None
            return entry_id

    def claim(self, number: int) -> int:
        with self.session() as session:
            claim_id = session.scalar(
                sa.select(sa.func.max(Claim.id)).where(Claim.item_id == self.items[number])
            )
            assert claim_id is not None
            return claim_id

    def count(self, kind: Any, number: int | None = None) -> int:
        with self.session() as session:
            counted = sa.select(sa.func.count()).select_from(kind)
            return (
                session.scalar(
                    counted if number is None else counted.where(kind.item_id == self.items[number])
                )
                or 0
            )

    def files(self, number: int) -> list[int]:
        with self.session() as session:
            return list(
                session.scalars(
                    sa.select(Evidence.id).where(
                        Evidence.item_id == self.items[number], Evidence.sha256.is_not(None)
                    )
                )
            )

    # --- what people send ---

    def form(self, number: int, claimed: str = "progress", **more: Any) -> dict[str, Any]:
        """A form of an entry, as the page of an item with one clause gives it; further fields by
        name, `-` written as `__`.
        """
        fields = {
            "words": "Forty schools were asked.",
            "on": self.today.isoformat(),
            "reader": "public",
            "clauses-0-clause": str(self.clauses[number][0]),
            "clauses-0-claimed": claimed,
            "submit": "1",
        }
        return {**fields, **{name.replace("__", "-"): value for name, value in more.items()}}

    def log(self, who: str, number: int, claimed: str = "progress", **more: Any) -> TestResponse:
        return self.client(who).post(
            ITEM.format(number) + "/log", data=self.form(number, claimed, **more)
        )

    def decide(self, who: str, entry: int, decision: str = "release", **more: Any) -> TestResponse:
        fields = {
            "entries-0-entry": entry,
            "entries-0-decision": decision,
            **{name.replace("__", "-"): value for name, value in more.items()},
        }
        return self.client(who).post(f"/my-work/union/release?entry={entry}", data=fields)


def hidden_field(page: str, name: str) -> str:
    """The value of a hidden field."""
    field = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*value="([^"]*)"', page)
    assert field, f"no field {name}"
    return field[1]


_saved: dict[tuple[object, ...], tuple[SavedInstance, Union]] = {}


def build_union(app: Flask, number_of_items: int = 4, leads_release: bool = False) -> Union:
    """The small union, in the place of whatever the application's database holds.

    It is written once by each process for each engine, and copied from then on.
    """
    app.config["CLOCK"] = lambda: NOW
    key = (db_kind(app), number_of_items, leads_release)
    if key not in _saved:
        make_tables(app)
        union = _write(app, number_of_items, leads_release)
        _saved[key] = save_instance(app), _copy(union, app)
        return union
    saved, union = _saved[key]
    restore_instance(app, saved)
    return _copy(union, app)


def _copy(union: Union, app: Flask) -> Union:
    """Tests add users and items of their own."""
    return replace(union, app=app, visitors={}, users=dict(union.users), items=dict(union.items))


def _write(app: Flask, number_of_items: int, leads_release: bool) -> Union:
    """Items 1 to n of a running convention: 1 with an estimate, 2 with two clauses, 3 led by
    another unit; recorded half a year ago.
    """
    first = NOW - timedelta(days=180)
    today = NOW.date()
    with app.app_context():
        session = db.session()
        body = bodies.found_body(
            session,
            "union",
            {
                "name": "Federation of Testers",
                "time_zone": "UTC",
                "currency": "USD",
                "pages": "open",
                "leads_release": "yes" if leads_release else "no",
            },
            first,
        )
        at = act_context.for_body(session, body.id, COMMAND_LINE, first)
        convention = conventions.record(
            at,
            "2026",
            "Testville 2026",
            conventions.Dates(
                year=today.year,
                opens_on=today - timedelta(days=130),
                closes_on=today - timedelta(days=126),
            ),
        )
        units = {
            name: bodies.add_unit(at, name).id
            for name in ("Center for Research", "Center for Safety")
        }
        known, users = {}, {}
        for who, (role, unit) in PEOPLE.items():
            person = people.add(at, who.title(), units.get(unit or ""))
            account = accounts.create_account(session, f"{who}@example.org", who.title())
            people.join_account(at, person, account.id)
            people.give_role(at, person, role, units.get(unit or ""))
            known[who], users[who] = person.id, sessions.begin(session, account, NOW)
        at = replace(at, now=NOW - timedelta(days=100))
        item_ids, clauses = {}, {}
        for number in range(1, number_of_items + 1):
            item = items.register(
                at,
                convention,
                "new_business_item",
                str(number),
                items.NewVersion(
                    words=f"Do the thing number {number}.", title=f"Item number {number}"
                ),
            )
            floor.record_floor_action(at, item, Floor.ADOPTED, today - timedelta(days=127))
            if number == 1:
                money.estimate(
                    at,
                    item,
                    money.NewEstimate(
                        sentence="An additional $1,000.",
                        basis=Basis.ADDITIONAL,
                        amount=Decimal("1000.00"),
                    ),
                )
            if number == 2:
                items.enter_clauses(at, item, ["Ask the schools.", "Publish the answers."])
            assignments.assign(
                at,
                item,
                Part.LEAD,
                units["Center for Safety" if number == 3 else "Center for Research"],
                known["hollis" if number == 3 else "dana"],
            )
            item_ids[number] = item.id
            facts = at.facts(item)
            clauses[number] = [clause.id for clause in facts.clauses]
        session.commit()
        return Union(
            app=app,
            today=today,
            body_id=session.get_one(Body, body.id).id,
            items=item_ids,
            units=units,
            people=known,
            users=users,
            clauses=clauses,
        )


def give_password(session: Session, *names: str) -> None:
    """Let these of PEOPLE sign in with PASSWORD. The others have none: hashing takes its time."""
    for name in names:
        account = accounts.find_account(session, f"{name}@example.org")
        assert account
        account.password = accounts.hash_of(PASSWORD)


def item_row(session: Session, union: Union, number: int) -> Item:
    return session.get_one(Item, union.items[number])
