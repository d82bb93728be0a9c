"""A prepared SELECT says what SQLAlchemy's own way says.

Values, errors; and who listens to statements is told of it.
"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.record.player import Player, history
from tracker.engine import READING
from tracker.record import as_of_parameters, fact_selects
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.prepared import Prepared


@pytest.fixture(scope="module")
def played(engine: sa.Engine) -> Player:
    session = Session(engine)
    player = Player.begin(session)
    for seed in (3, 5, 8):
        for move in history(seed):
            player.play(move)
    session.commit()
    session.close()
    return player


@pytest.mark.parametrize("words", [False, True], ids=["facts", "with words"])
@pytest.mark.parametrize("day", ["today", "known on", "happened by"])
def test_a_prepared_select_has_the_rows_of_sqlalchemy(
    engine: sa.Engine, played: Player, day: str, words: bool
) -> None:
    today = played.context.today
    as_of = {
        "today": AsOf(today),
        "known on": played.seen[len(played.seen) // 2][0],
        "happened by": AsOf.happened_by(date(2017, 9, 1)),
    }[day]
    with engine.execution_options(**READING).connect() as connection:
        assert _compared(connection, as_of, words) > 10


def _compared(connection: sa.Connection, as_of: AsOf, words: bool) -> int:
    """How many rows of facts are the same both ways."""
    keys = connection.scalars(sa.select(Item.id)).all()
    parameters = as_of_parameters.parameters(as_of, keys=keys, key=keys[0])
    rows = 0
    shapes, bounds = (
        (fact_selects.TABLES if words else fact_selects.ALWAYS),
        as_of_parameters.bounds_of(as_of),
    )
    for shape, alone in product(shapes, (False, True)):
        select = fact_selects.fact_select(shape, bounds, words, alone).select
        usual = [tuple(row) for row in connection.execute(select.statement, parameters)]
        ours = [tuple(row) for row in select.rows(connection, parameters)]
        assert ours == usual
        assert [[type(value) for value in row] for row in ours] == [
            [type(value) for value in row] for row in usual
        ]
        rows += len(ours)
    return rows


def test_an_error_is_one_of_sqlalchemys(engine: sa.Engine) -> None:
    nowhere = Prepared(sa.select(sa.column("id")).select_from(sa.table("nowhere")))
    with (
        engine.execution_options(**READING).connect() as connection,
        pytest.raises(sa.exc.DatabaseError, match="nowhere"),
    ):
        nowhere.rows(connection, {})


def test_who_listens_is_told(engine: sa.Engine) -> None:
    statements: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    with engine.execution_options(**READING).connect() as connection:
        one = Prepared(sa.select(sa.literal(1)))
        assert [tuple(row) for row in one.rows(connection, {})] == [(1,)] and not statements
        sa.event.listen(connection, "before_cursor_execute", listen)
        assert [tuple(row) for row in one.rows(connection, {})] == [(1,)]
        assert len(statements) == 1 and statements[0].startswith("SELECT")
