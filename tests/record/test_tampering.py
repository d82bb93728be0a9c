"""What the database refuses, and what `verify` finds when somebody took the guards away."""

from __future__ import annotations

import enum
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.everything import record_everything
from tracker.acts import items, progress
from tracker.acts.progress import NewEntry
from tracker.record import canonical_form, ledger, ledger_tables
from tracker.record.items import Clause
from tracker.record.ledger_tables import ENDINGS
from tracker.record.money import Expense
from tracker.record.verification import verify, verify_texts
from tracker.rules.codes import Claimed
from tracker.rules.entry_preconditions import NewClaim

from .by_force import HISTORY, disarm, later
from .player import START, Player

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(engine: sa.Engine) -> Player:
    session = Session(engine, expire_on_commit=False)
    Player.begin(session)
    player = Player.begin(session)
    for move in HISTORY:
        player.play(move)
    assert sum(player.played.values()) == len(HISTORY)
    assert not [name for name in player.played if "refused" in name or "nothing" in name], (
        player.played
    )
    record_everything(player)
    session.commit()
    session.close()
    return player


def test_a_fact_is_written_once(engine: sa.Engine, played: Player) -> None:
    own = {
        table.name: [
            name for name in canonical_form.column_names(table) if name not in ("id", *ENDINGS)
        ]
        for table in ledger_tables.fact_tables()
    }
    empty = []
    for table, columns in ({"event": ["actor_id"], "text": ["words"]} | own).items():
        with engine.connect() as connection:
            if not connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar():
                empty.append(table)
                continue
            attempts = (
                [f"UPDATE {table} SET {columns[-1]} = {columns[-1]} || 'x'"]
                if table == "text"
                else [f"UPDATE {table} SET recorded_by = recorded_by + 1"]
            )
            attempts = [f"UPDATE {table} SET actor_id = 99"] if table == "event" else attempts
            attempts.append(f"DELETE FROM {table}")
            if table in own:
                attempts.append(f"UPDATE {table} SET ended_by = 1, id = id + 1000")
            attempts.append(
                f"TRUNCATE {table} CASCADE"
                if engine.dialect.name == "postgresql"
                else f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
            )
            for attempt in attempts:
                with pytest.raises(sa.exc.DatabaseError, match="written once"):
                    connection.exec_driver_sql(attempt)
                connection.rollback()
    assert empty == []


@pytest.mark.parametrize(
    ("table", "ending"),
    [
        ("assignment", "ended_by"),
        ("floor_action", "retracted_by"),
        ("entry", "retracted_by"),
        ("clause", "retracted_by"),
    ],
)
def test_what_is_over_stays_over(
    engine: sa.Engine, played: Player, table: str, ending: str
) -> None:
    with engine.connect() as connection:
        over = connection.exec_driver_sql(
            f"SELECT count(*) FROM {table} WHERE {ending} IS NOT NULL"
        ).scalar()
        assert over, f"the history leaves no row of {table} with {ending}"
        for change in (f"{ending} - 1", "NULL"):
            with pytest.raises(sa.exc.DatabaseError, match="written once"):
                connection.exec_driver_sql(
                    f"UPDATE {table} SET {ending} = {change} WHERE {ending} IS NOT NULL"
                )
            connection.rollback()


def test_a_fact_needs_its_event(engine: sa.Engine, played: Player) -> None:
    with Session(engine) as session:
        lone = Expense(item_id=played.items[0].id, category="x", amount=Decimal("1.00"))
        lone.recorded_by = played.context.body_id * ledger_tables.CHAIN + 9999
        session.add(lone)
        session.flush()  # deferred: allowed until the commit
        with pytest.raises(sa.exc.IntegrityError):
            session.commit()


NONCE = b"sixteen bytes..."
ADDED = sha256(NONCE + b"a letter").hexdigest()
# Each: what is done behind the ledger's back, and what verify must say. {c} is the chain's first
# key, {n} its last event.
TAMPERING = {
    "money changed": (
        "UPDATE estimate SET amount = amount + 1 WHERE recorded_by > {c}",
        "estimate: announced",
    ),
    "fact deleted": ("DELETE FROM review WHERE recorded_by > {c}", "found null"),
    "fact slipped into an event": (
        "INSERT INTO expense (item_id, category, amount, recorded_by) VALUES ({i}, 'x', 1, {n})",
        "announced null",
    ),
    "fact without an event": (
        "INSERT INTO expense (item_id, category, amount, recorded_by) VALUES ({i}, 'x', 1, {n} + "
        "5)",
        "without an event",
    ),
    "ending undone": (
        "UPDATE assignment SET ended_by = NULL WHERE ended_by > {c}",
        "ended_by: announced",
    ),
    "ended in silence": (
        "UPDATE release SET ended_by = {n} WHERE recorded_by > {c}",
        "ended_by: announced",
    ),
    "retraction undone": (
        "UPDATE entry SET retracted_by = NULL WHERE retracted_by > {c}",
        "retracted_by: announced",
    ),
    "retracted in silence": (
        "UPDATE review SET retracted_by = {n} WHERE recorded_by > {c}",
        "retracted_by: announced",
    ),
    "retraction moved": (
        "UPDATE entry SET retracted_by = retracted_by - 1 WHERE retracted_by > {c}",
        "retracted_by: announced",
    ),
    "event changed": (
        "UPDATE event SET effective_on = '2001-01-01' WHERE id = {n} - 2",
        "changed event",
    ),
    "event made an import": (
        "UPDATE event SET imported = NOT imported WHERE id = {n} - 2",
        "changed event",
    ),
    "day made not known": (
        "UPDATE event SET day_known = NOT day_known WHERE id = {n} - 2",
        "changed event",
    ),
    "payload changed": ("UPDATE event SET payload = '{{}}' WHERE id = {n} - 2", "changed event"),
    "event removed": ("DELETE FROM event WHERE id = {n} - 2", "gap"),
    "link broken": ("UPDATE event SET previous_hash = hash WHERE id = {n} - 2", "broken link"),
    "time set back": (
        "UPDATE event SET recorded_at = '2016-06-01 00:00:00.000000' WHERE id = {n} - 2",
        "falls",
    ),
    "head moved": (
        "UPDATE head SET event_id = event_id - 1 WHERE chain = {c} / 10000000000",
        "head is not the last",
    ),
    "head given another hash": (
        "UPDATE head SET hash = previous_hash FROM event WHERE event.id = {n} AND chain = {c} / "
        "10000000000",
        "head is not the last",
    ),
    "event added at the end": (
        "INSERT INTO event SELECT {n} + 1, recorded_at, effective_on, actor_id, kind, "
        "subject_type, subject_id, imported, day_known,"
        " payload, previous_hash, hash FROM event WHERE id = {n}",
        "broken link",
    ),
    "fact moved to another event": (
        "UPDATE review SET recorded_by = {n} WHERE id = (SELECT max(id) FROM review WHERE "
        "recorded_by BETWEEN {c} AND {n} - 1)",
        "review: announced",
    ),
    "text removed": (
        "DELETE FROM text WHERE digest = (SELECT max(words) FROM entry WHERE recorded_by > {c} "
        "AND words IN (SELECT digest FROM text WHERE words IS NOT NULL))",
        "is gone",
    ),
    "text changed": (
        "UPDATE text SET words = 'other' WHERE digest = (SELECT max(words) FROM entry WHERE "
        "recorded_by > {c} AND words IN (SELECT digest FROM text WHERE words IS NOT NULL))",
        "was changed",
    ),
    "leading bytes of a text moved into its nonce": (
        {
            "sqlite": "UPDATE text SET nonce = CAST(nonce || CAST(substr(words, 1, 3) AS BLOB) AS "
            "BLOB), words = substr(words, 4)"
            " WHERE digest = (SELECT max(words) FROM entry WHERE recorded_by > {c} AND words IN "
            "(SELECT digest FROM text WHERE words IS NOT NULL)) AND words IS NOT NULL",
            "postgresql": "UPDATE text SET nonce = nonce || convert_to(left(words, 3), 'UTF8'), "
            "words = substr(words, 4)"
            " WHERE digest = (SELECT max(words) FROM entry WHERE recorded_by > {c} AND words IN "
            "(SELECT digest FROM text WHERE words IS NOT NULL)) AND words IS NOT NULL",
        },
        "was changed",
    ),
    "a nonce moved into its text": (
        {
            "sqlite": "UPDATE text SET nonce = x'', words = "
            "CAST(CAST(x'41414141414141414141414141414141' AS TEXT) || words AS TEXT)"
            " WHERE digest = (SELECT max(words) FROM entry WHERE recorded_by > {c} AND words IN "
            "(SELECT digest FROM text WHERE words IS NOT NULL))",
            "postgresql": "UPDATE text SET nonce = '', words = repeat('A', 16) || words"
            " WHERE digest = (SELECT max(words) FROM entry WHERE recorded_by > {c} AND words IN "
            "(SELECT digest FROM text WHERE words IS NOT NULL))",
        },
        "was changed",
    ),
    "text added": (
        {
            "sqlite": f"INSERT INTO text (digest, nonce, words) VALUES ('{ADDED}', "
            f"x'{NONCE.hex()}', 'a letter')",
            "postgresql": f"INSERT INTO text (digest, nonce, words) VALUES ('{ADDED}', "
            f"'\\x{NONCE.hex()}', 'a letter')",
        },
        "named by no fact",
    ),
    "head put forward": (
        "UPDATE head SET recorded_at = '2040-01-01 00:00:00.000000' WHERE chain = {c} / "
        "10000000000",
        "the head has another time",
    ),
    "event put forward": (
        "UPDATE event SET recorded_at = '2040-01-01 00:00:00.000000' WHERE id = {n}",
        "recorded in the future",
    ),
    "event dated after its recording": (
        "UPDATE event SET effective_on = '2040-01-01' WHERE id = {n}",
        "after its recording",
    ),
    "text blanked": (
        "UPDATE text SET words = NULL, nonce = NULL WHERE digest = (SELECT max(words) FROM entry"
        " WHERE recorded_by > {c} AND words NOT IN (SELECT digest FROM erasure))",
        "no event erased",
    ),
}


def findings(session: Session, chain: int, *anchors: tuple[int, str], batch: int = 40) -> str:
    session.expire_all()
    walked = verify(session, chain, anchors, batch, now=datetime.now(UTC))
    return "\n".join(
        [f"{finding.event_id}: {finding.what}" for finding in walked] + list(verify_texts(session))
    )


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(
    engine: sa.Engine, played: Player, kind: str, strict_clock: None
) -> None:
    change, words = TAMPERING[kind]
    if isinstance(change, dict):
        change = change[engine.dialect.name]
    chain = played.context.body_id
    with Session(engine) as session:  # never committed
        assert findings(session, chain) == ""
        disarm(session.connection())
        later(session.connection())
        last = session.get_one(ledger_tables.Head, chain).event_id
        result = session.connection().exec_driver_sql(
            change.format(c=chain * ledger_tables.CHAIN, n=last, i=played.items[0].id)
        )
        assert result.rowcount >= 1
        assert words in findings(session, chain)
        assert list(verify(session, chain - 1)) == []  # the other chain is still sound


def changed(value: object) -> object:
    """Another value of the same type."""
    match value:
        case enum.Enum():
            codes = list(type(value))
            return codes[codes.index(value) - 1]
        case bool():
            return not value
        case int():
            return value + 1_000_000
        case Decimal():
            return value + 1
        case str():
            return value[:-1] + ("x" if value[-1] != "x" else "y")
    return value.replace(year=value.year - 1)  # type: ignore[union-attr,attr-defined]


def test_each_column_of_each_fact_is_proved(engine: sa.Engine, played: Player) -> None:
    """Whatever is changed or blanked in any column of any fact table is found, or refused by a
    constraint.
    """
    times_found, times_refused, never_filled = 0, 0, []
    with Session(engine) as session:
        connection = session.connection()
        disarm(connection)
        later(connection)
        for table in ledger_tables.fact_tables():
            chain = ledger_tables.INSTALLATION if table.name == "body" else played.context.body_id
            own = table.c.recorded_by.between(
                chain * ledger_tables.CHAIN, (chain + 1) * ledger_tables.CHAIN
            )
            for column in table.columns:
                row = connection.execute(
                    sa.select(table).where(own, column.is_not(None)).limit(1)
                ).first()
                if row is None:
                    never_filled.append(str(column))
                    continue
                # the same code on both; half the time
                blank = [None] if column.nullable and engine.dialect.name == "sqlite" else []
                for value in (changed(getattr(row, column.name)), *blank):
                    with connection.begin_nested() as savepoint:
                        try:
                            connection.execute(
                                sa.update(table)
                                .where(table.c.id == row.id)
                                .values({column.name: value})
                            )
                            assert findings(session, chain, batch=500), (str(column), value)
                            times_found += 1
                        except sa.exc.IntegrityError:
                            times_refused += 1
                        savepoint.rollback()
    assert times_found > 200 and times_refused < 40, (times_found, times_refused)
    never_filled = [name for name in never_filled if not name.endswith(ENDINGS)]
    assert not never_filled, " ".join(never_filled)


def test_each_column_of_an_event_is_proved(engine: sa.Engine, played: Player) -> None:
    table = ledger_tables.Event.__table__
    with Session(engine) as session:
        connection = session.connection()
        disarm(connection)
        later(connection)
        chosen = session.get_one(ledger_tables.Head, played.context.body_id).event_id - 3
        row = connection.execute(sa.select(table).where(table.c.id == chosen)).one()
        for column in table.columns:
            with connection.begin_nested() as savepoint:
                connection.execute(
                    sa.update(table)
                    .where(table.c.id == chosen)
                    .values({column.name: changed(getattr(row, column.name))})
                )
                assert findings(session, played.context.body_id), column
                savepoint.rollback()


def test_a_tail_cut_with_care_shows_only_against_an_anchor(
    engine: sa.Engine, played: Player
) -> None:
    chain = played.context.body_id
    with Session(engine) as session:
        disarm(session.connection())
        head = session.get_one(ledger_tables.Head, chain)
        anchor = (head.event_id, head.hash)
        last = session.get_one(ledger_tables.Event, head.event_id)
        for table in ledger_tables.fact_tables():
            session.connection().execute(sa.delete(table).where(table.c.recorded_by == last.id))
            for ending in ENDINGS:
                session.connection().execute(
                    sa.update(table).where(table.c[ending] == last.id).values({ending: None})
                )
        head.event_id, head.hash, _ = last.id - 1, last.previous_hash, session.delete(last)
        head.recorded_at = session.get_one(ledger_tables.Event, last.id - 1).recorded_at
        session.flush()
        assert list(verify(session, chain)) == []
        assert "cut tail" in findings(session, chain, anchor)


def test_an_erased_text_leaves_a_sound_chain(engine: sa.Engine, played: Player) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        item = player.items[0]
        clause = session.scalars(sa.select(Clause.id).where(Clause.item_id == item.id)).one()
        entry = progress.log(
            player.context,
            item,
            NewEntry(
                words="a name",
                on=player.context.today,
                claims=[NewClaim(clause_id=clause, claimed=Claimed.STARTED)],
            ),
        )
        ledger.erase(
            session,
            entry.words,
            "asked for",
            chain=player.context.body_id,
            actor_id=1,
            now=START,
            on=player.context.today,
            subject=item,
        )
        session.commit()
        text = session.get_one(ledger_tables.Text, entry.words, populate_existing=True)
        assert (text.words, text.nonce) == (None, None)
        assert list(verify(session, player.context.body_id)) == []
        assert list(verify_texts(session)) == []


def test_a_row_that_others_point_at_is_not_corrected(engine: sa.Engine, played: Player) -> None:
    from tracker.rules.refusals import Refused

    with Session(engine) as session:
        clause = session.scalars(
            sa.select(Clause).where(Clause.item_id == played.items[0].id).limit(1)
        ).one()
        context = replace(played.context, session=session)
        with pytest.raises(Refused, match="others_point_at_it"):
            items.correct(context, played.items[0], clause, clause, context.today)
