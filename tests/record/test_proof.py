"""The proof of the whole record.

What no walk along one chain comes by, what lists read, and the bytes of files.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.everything import record_everything
from tracker.record import canonical_form, kept_summaries, ledger, ledger_tables, summary
from tracker.record.meetings import Meeting
from tracker.record.progress import Evidence, OpenedEvidence
from tracker.record.proof import prove
from tracker.rules.codes import Standing

from .by_force import HISTORY, disarm, later
from .player import Player

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def played(engine: sa.Engine) -> Player:
    session = Session(engine, expire_on_commit=False)
    player = Player.begin(session)
    for move in HISTORY:
        player.play(move)
    record_everything(player)
    session.commit()
    session.close()
    return player


def as_stored(sha256: str) -> str | None:
    return sha256


def problems(
    session: Session, digest_of_file: Callable[[str], str | None] = as_stored, at: datetime = AT
) -> str:
    session.expire_all()
    return "\n".join(problem.what for problem in prove(session, (), at, digest_of_file).problems)


def force(session: Session, *statements: str) -> None:
    connection = session.connection()
    disarm(connection)
    later(connection)
    for statement in statements:
        assert connection.exec_driver_sql(statement).rowcount >= 1, statement


# What is done behind the ledger's back, and what is found. {c} is the chain's first key, {n} its
# last event.
FORCED = {
    "what a list reads": (
        ["UPDATE item_summary SET standing = 'done', verdict = 'carried_out'"],
        "standing: kept done, derived",
    ),
    "how long it holds": (
        ["UPDATE item_summary SET last_day = '9999-12-30' WHERE last_day = '9999-12-31'"],
        "last_day: kept 9999-12-30, derived 9999-12-31",
    ),
    "what lists read after midnight is gone": (
        ["DELETE FROM item_summary WHERE last_day = '9999-12-31' AND first_day > '0001-01-01'"],
        "nothing is kept from",
    ),
    "what a list reads is gone": (["DELETE FROM item_summary"], "nothing is kept"),
    "an event below every chain": (
        [
            "INSERT INTO event SELECT -5, recorded_at, effective_on, actor_id, kind, "
            "subject_type, subject_id, imported, day_known, payload,"
            " previous_hash, hash FROM event WHERE id = {n}"
        ],
        "event -5 is in no chain",
    ),
    "an event before a chain's first": (
        [
            "INSERT INTO event SELECT {c}, recorded_at, effective_on, actor_id, kind, "
            "subject_type, subject_id, imported, day_known, payload,"
            " previous_hash, hash FROM event WHERE id = {n}"
        ],
        "event {c} is in no chain",
    ),
    "a fact of an event below every chain": (
        ["UPDATE claim SET recorded_by = -5 WHERE recorded_by > {c}"],
        "is in no chain",
    ),
    "a chain of nobody's": (
        [
            "INSERT INTO head (chain, event_id, recorded_at, hash) VALUES (77, 770000000000, "
            f"'2026-01-01 00:00:00.000000', '{ledger_tables.GENESIS}')"
        ],
        "the chain belongs to no body",
    ),
    "events of nobody's chain": (
        [
            "INSERT INTO event SELECT 770000000001, recorded_at, effective_on, actor_id, kind, "
            "subject_type, subject_id, imported, day_known, payload,"
            " previous_hash, hash FROM event WHERE id = {n}"
        ],
        "the chain belongs to no body",
    ),
}


@pytest.mark.parametrize("kind", FORCED)
def test_what_was_changed_by_force_is_found(engine: sa.Engine, played: Player, kind: str) -> None:
    changes, words = FORCED[kind]
    chain = played.context.body_id
    with Session(engine) as session:  # never committed
        assert problems(session) == ""
        last = session.get_one(ledger_tables.Head, chain).event_id
        names = {"c": chain * ledger_tables.CHAIN, "n": last}
        force(session, *[change.format(**names) for change in changes])
        # while what is kept still holds
        assert words.format(**names) in problems(session, at=played.context.now)


def test_nothing_of_it_is_found_unless_asked_for(engine: sa.Engine, played: Player) -> None:
    with Session(engine) as session:
        assert prove(session).problems == ()


@pytest.mark.parametrize("days", [0, 1, 100, 400, 1000, 5000])
def test_what_was_kept_long_ago_is_no_finding(engine: sa.Engine, played: Player, days: int) -> None:
    with Session(engine) as session:
        assert problems(session, at=played.context.now + timedelta(days=days)) == ""


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_standing_that_nobody_knows_is_found(engine: sa.Engine, played: Player) -> None:
    """On SQLite, whose constraints can be switched off; PostgreSQL refuses it."""
    with Session(engine) as session:
        session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        try:
            force(session, "UPDATE item_summary SET standing = 'splendid'")
            assert "cannot be derived" in problems(session)
        finally:
            session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def stored(session: Session) -> tuple[str, str]:
    """The SHA-256 of a picture, and of its public copy."""
    original = session.scalars(
        sa.select(Evidence.sha256).where(Evidence.sha256.is_not(None))
    ).first()
    copy = session.scalars(
        sa.select(OpenedEvidence.public_sha256).where(OpenedEvidence.public_sha256.is_not(None))
    ).first()
    assert original and copy and original != copy
    return original, copy


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    ("digest", "words"), [("ef" * 32, "was changed"), (None, "is gone, and no event erased it")]
)
def test_a_file_that_was_changed_or_is_gone_is_found(
    engine: sa.Engine, played: Player, which: int, digest: str | None, words: str
) -> None:
    with Session(engine) as session:
        file = stored(session)[which]
        problems_of_files = [
            problem
            for problem in prove(
                session, (), AT, lambda sha256: digest if sha256 == file else sha256
            ).problems
        ]
        assert (
            len(problems_of_files) == 1
            and words in problems_of_files[0].what
            and file[:12] in problems_of_files[0].what
        )
        assert problems_of_files[0].chain == played.context.body_id and problems_of_files[0].event


def test_a_file_that_cannot_be_read_is_found(engine: sa.Engine, played: Player) -> None:
    def fails(_: str) -> str:
        raise PermissionError(13, "Permission denied")

    with Session(engine) as session:
        assert "cannot be read" in problems(session, fails)


def test_a_file_whose_name_was_erased_may_be_gone(engine: sa.Engine, played: Player) -> None:
    with Session(engine, expire_on_commit=False) as session:  # never committed
        player = played
        names_of_files = sa.union(
            sa.select(Evidence.title).where(Evidence.sha256.is_not(None)),
            sa.select(Meeting.file_name).where(Meeting.sha256.is_not(None)),
        )
        for name in session.scalars(names_of_files).all():
            ledger.erase(
                session,
                name,
                "asked for",
                chain=player.context.body_id,
                actor_id=1,
                now=player.context.now,
                on=player.context.today,
                subject=player.items[0],
            )
        assert problems(session, lambda _: None) == ""


def test_each_column_that_lists_read_is_proved(engine: sa.Engine, played: Player) -> None:
    other = {
        "standing": Standing.DECISION_NOT_KNOWN,
        "verdict": "not_due",
        "change": "none_found",
        "reason": "[]",
        "by_way_of": 999,
        "group": "accepted",
        "last_word": "2001-01-01",
        "quiet_since": "2001-01-01",
        "done_on": "2001-01-01",
        "clauses": 99,
        "clauses_done": 98,
        "convention_id": 999,
        "kind": "resolution",
        "number": "999",
        "as_published": "999",
        "counts_as": "done",
        "figures": " due.adopted ",
        "change_outcome_id": 999,
        "floor": "tabled",
        "floor_on": "2001-01-01",
        "referral_id": 999,
        "referred_unit_id": 999,
        "lead_unit_id": 999,
        "units": " 999 ",
        "estimate": 999,
        "appropriated": 999,
        "spent": 999,
        "entries_waiting": 999,
        "spent_waiting": 999,
    }
    with Session(engine) as session:
        item = session.scalars(
            sa.select(summary.ItemSummary.item_id).where(
                summary.ItemSummary.standing != Standing.DECISION_NOT_KNOWN,
                summary.ItemSummary.item_id.in_([item.id for item in played.items]),
            )
        ).first()
        on = played.context.now  # what is kept holds on that day
        for name in canonical_form.column_names(summary.KEPT):
            if name in ("item_id", "up_to", "sort_key", *kept_summaries.DAYS):
                continue
            change = f'"{name}" = ' + (
                f"'{other[name]}'"
                if isinstance(other.get(name), str)
                else str(other.get(name, f'NOT "{name}"'))
            )
            with session.begin_nested() as savepoint:
                session.connection().exec_driver_sql(
                    f"UPDATE item_summary SET {change} WHERE item_id = {item}"
                )
                assert f"{name}: kept" in problems(session, at=on), name
                savepoint.rollback()


# Another spelling of the very value that stands there: each row still gives its hash, and a
# comparison inside SQLite goes another way.
SPELLINGS = {
    "a day without its hyphens": "UPDATE event SET effective_on = replace(effective_on, '-', '') "
    "WHERE id = {n}",
    "a moment with a T": "UPDATE event SET recorded_at = replace(recorded_at, ' ', 'T') WHERE id "
    "= {n}",
    "another truth": "UPDATE event SET day_known = 2 WHERE id = {n} AND day_known = 1",
    "a day of a fact": "UPDATE due_date SET due_on = replace(due_on, '-', '') WHERE recorded_by > "
    "{c}",
    "words as bytes": "UPDATE item SET kind = CAST(kind AS BLOB) WHERE recorded_by > {c}",
    "a number and a letter": "UPDATE review SET recorded_by = recorded_by || 'x' WHERE "
    "recorded_by > {c}",
    "a day of what lists read": "UPDATE item_summary SET last_word = replace(last_word, '-', '') "
    "WHERE last_word IS NOT NULL",
}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", SPELLINGS)
def test_another_spelling_of_the_same_value_is_found(
    engine: sa.Engine, played: Player, kind: str
) -> None:
    """On SQLite: a column of PostgreSQL holds values of one type only."""
    chain = played.context.body_id
    with Session(engine) as session:
        last = session.get_one(ledger_tables.Head, chain).event_id
        force(session, SPELLINGS[kind].format(c=chain * ledger_tables.CHAIN, n=last))
        assert "is written otherwise" in problems(session)
