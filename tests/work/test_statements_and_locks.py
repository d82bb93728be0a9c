"""What the staff's pages cost: the same number of statements at 1 and at many items; and a reading
never waits for a writer.
"""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask

from tests.factories.staffed_union import NOW, Union, build_union, item_row
from tests.statements import counting
from tracker.accounts import sessions
from tracker.acts import act_context, progress
from tracker.acts.evidence import NewEvidence
from tracker.acts.progress import NewEntry
from tracker.extensions import db
from tracker.record.kept_summaries import kept_at_the_end
from tracker.rules.codes import Claimed, EvidenceKind, Role
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant

pytestmark = pytest.mark.slow

MANY = 200


def fill(union: Union, first: int, last: int) -> None:
    """Of each item an entry that waits, and one that is released and waits to be confirmed."""
    with union.app.app_context():
        session = db.session()
        with kept_at_the_end(session):
            at = act_context.for_body(
                session,
                union.body_id,
                Actor(
                    union.people["dana"],
                    frozenset({Grant(Role.STAFF, union.units["Center for Research"])}),
                ),
                NOW,
            )
            office = act_context.for_body(
                session,
                union.body_id,
                Actor(union.people["walter"], frozenset({Grant(Role.GOVERNANCE)})),
                NOW,
            )
            for number in range(first, last + 1):
                if number in (2, 3):
                    continue
                item = item_row(session, union, number)
                link = [
                    NewEvidence(kind=EvidenceKind.LINK, title="page", url="https://example.org")
                ]
                money = None if number != 1 else "not_known_yet"
                done = progress.log(
                    at,
                    item,
                    NewEntry(
                        words="Done.",
                        on=at.today,
                        claims=[
                            NewClaim(
                                clause_id=union.clauses[number][0],
                                claimed=Claimed.DONE,
                                money=money,
                            )
                        ],
                        evidence=link,
                    ),
                )  # type: ignore[arg-type]
                progress.release(office, item, done)
                progress.log(at, item, NewEntry(words="A word.", on=at.today))
        session.commit()


def test_as_many_statements_for_one_as_for_many(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    # each minute the use of a session is noted, by statements that belong to no page
    monkeypatch.setattr(sessions, "NOTED_EVERY", timedelta(days=1))
    union = build_union(app, MANY)
    with app.app_context():
        engine = db.engine
    fill(union, 1, 4)
    pages = (
        ("dana", "/my-work"),
        ("ray", "/my-work"),
        ("walter", "/my-work"),
        ("marisol", "/my-work"),
        ("ray", "/my-work/union/release"),
        ("marisol", "/my-work/union/confirm"),
        ("marisol", f"/my-work/union/confirm/{union.claim(1)}"),
        ("dana", "/my-work/union/2026/nbi-1/log"),
    )
    pages = tuple(
        (who, path if "confirm/" not in path else f"/my-work/union/confirm/{union.claim(1) - 1}")
        for who, path in pages
    )
    few = {}
    for page in pages:
        with counting(engine) as statements:
            assert union.client(page[0]).get(page[1]).status_code == 200, page
        few[page] = len(statements)
    fill(union, 5, MANY)
    for page in pages:
        with counting(engine) as statements:
            assert union.client(page[0]).get(page[1]).status_code == 200, page
        assert len(statements) == few[page] <= 80, (page, len(statements), few[page])


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_page_is_read_while_somebody_writes(union: Union) -> None:
    """The writer holds the lock of the body all the while. On SQLite: PostgreSQL's readers never
    wait.
    """
    holds, ends = threading.Event(), threading.Event()

    def write() -> None:
        with union.app.app_context():
            with act_context.for_body(
                db.session(),
                union.body_id,
                Actor(0, frozenset({Grant(Role.GOVERNANCE)})),
                NOW,
            ).record(
                "held", db.session().get_one(type(item_row(db.session(), union, 1)), union.items[1])
            ):
                holds.set()
                ends.wait(600)
            db.session.rollback()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert holds.wait(10)
        for who, path in (
            ("dana", "/my-work"),
            ("dana", "/my-work/union/2026/nbi-1"),
            ("dana", "/my-work/union/2026/nbi-1/log"),
            (None, "/sign-in"),
            ("ray", "/my-work/union/release"),
            ("marisol", "/my-work/union/confirm"),
            (None, "/union/2026/nbi-1"),
        ):
            assert union.client(who).get(path).status_code == 200, path
        # the page that refuses only reads, too
        assert union.client("dana").get("/my-work/union/2026/nbi-3/log").status_code == 403
        assert union.client("dana").get("/my-work/union/2026/nbi-99").status_code == 404
        wrong = union.client(None).post(
            "/sign-in", data={"email": "dana@example.org", "password": "wrong"}
        )
        assert wrong.status_code == 422  # signing in only reads
        back = union.client("dana").post(
            "/my-work/union/2026/nbi-1/log", data=union.form(1, words="")
        )
        assert back.status_code == 422  # a form that comes back has not asked for the lock
        assert writer.is_alive()  # and has held the lock all the while
    finally:
        ends.set()
        writer.join()


def test_a_packaged_file_asks_for_no_account(union: Union) -> None:
    """It would wait for whoever writes, and a page would have no style sheet meanwhile."""
    dana = union.client("dana")
    with union.app.app_context(), counting(db.engine) as sent:
        assert dana.get("/static/favicon.svg").status_code == 200
    assert sent == []
