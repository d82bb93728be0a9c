"""A database that has grown.

Conventions of a demonstration, copied in bulk with all that is recorded and derived of their items.

It goes through no act: rows of an item, and what lists read of it, are copied under other keys;
events, units, people and texts are shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

import tracker.record
import tracker.search  # noqa: F401  (every table)
from tracker.engine import connect
from tracker.extensions import Base
from tracker.search.engines import engine_of
from tracker.search.query import Mark
from tracker.search.words import stem

TABLES = Base.metadata.tables
NOT_COPIED = {"link", "draft", "upload"}  # links lead to items of other conventions
OF_A_BODY = ("body", "body_setting", "head")  # enough of it to be there
CONVENTIONS_OF_A_BODY = 20
KEYS_BY_NAME = {  # of columns that are no foreign keys
    "head.chain": "body",
    "item_summary.change_outcome_id": "outcome",
    "item_summary.referral_id": "floor_action",
}


@dataclass(frozen=True, kw_only=True)
class Size:
    conventions: int
    items: int  # in each convention

    @property
    def all_items(self) -> int:
        return self.conventions * self.items


def grow(url: str, source: str, size: Size) -> None:
    """`source`: the slug of the convention that is copied.

    Its copies are `SOURCE-1`, `SOURCE-2` and so on, 20 in each body.
    """
    engine = connect(url)
    with engine.connect() as connection:
        _without_checks(connection)
        with connection.begin():
            convention = connection.execute(
                sa.select(TABLES["convention"].c.id).where(TABLES["convention"].c.slug == source)
            ).scalar_one()
            _fill(connection, convention, size.items)
            _repeat(connection, convention, size.conventions)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")  # as its own process does in time
    engine.dispose()


def _without_checks(connection: sa.Connection) -> None:
    """Copies hold what their originals hold: no key and no trigger needs to look at each."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        driver.autocommit = True
        driver.execute("SET session_replication_role = replica")
        driver.autocommit = False
    else:
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA synchronous = OFF")


def _of_items() -> Iterator[sa.Table]:
    for name, table in TABLES.items():
        if name not in NOT_COPIED and (name == "item" or "item_id" in table.c):
            yield table


def _of_conventions() -> Iterator[sa.Table]:
    for name, table in TABLES.items():
        if name == "convention" or ("convention_id" in table.c and name not in _item_names()):
            yield table


def _item_names() -> set[str]:
    return {"item", *NOT_COPIED, *(name for name, table in TABLES.items() if "item_id" in table.c)}


def _fill(connection: sa.Connection, convention: int, wanted: int) -> None:
    """The convention has that many items: its own, and copies of them under other numbers."""
    item = TABLES["item"]
    own = list(
        connection.scalars(
            sa.select(item.c.id).where(item.c.convention_id == convention).order_by(item.c.id)
        )
    )
    tables = list(_of_items())
    strides = _strides(connection, tables)
    rounds, rest = divmod(wanted - len(own), len(own))
    for copies, sources, first in ((rounds, own, 1), (1, own[:rest], rounds + 1)):
        if copies < 1 or not sources:
            continue
        for table in tables:
            key = table.c.id if table is item else table.c.item_id
            _copy(connection, table, key.in_(sources), first, copies, strides, renumber=True)


def _repeat(connection: sa.Connection, convention: int, copies: int) -> None:
    """The convention is there that many times more, in one body or in several."""
    item, body = TABLES["item"], TABLES["body"]
    of_items, of_conventions = list(_of_items()), list(_of_conventions())
    strides = _strides(connection, [*of_items, *of_conventions, body, TABLES["body_setting"]])
    items = sa.select(item.c.id).where(item.c.convention_id == convention)
    owner = connection.execute(
        sa.select(item.c.body_id).where(item.c.convention_id == convention).limit(1)
    ).scalar_one()
    bodies = -(-copies // CONVENTIONS_OF_A_BODY) - 1
    if bodies:
        for name in OF_A_BODY:
            table = TABLES[name]
            key = {"body": table.c.get("id"), "head": table.c.get("chain")}.get(name)
            mine = (table.c.body_id if key is None else key) == owner
            _copy(connection, table, mine, 1, bodies, strides)
    for table in of_conventions:
        key = table.c.id if table.name == "convention" else table.c.convention_id
        _copy(connection, table, key == convention, 1, copies, strides, spread=True)
    for table in of_items:
        key = table.c.id if table is item else table.c.item_id
        _copy(connection, table, key.in_(items), 1, copies, strides, spread=True)


def _strides(connection: sa.Connection, tables: list[sa.Table]) -> dict[str, int]:
    """For each table by how much the keys of a copy are higher than those of the copy before."""
    return {
        table.name: (connection.scalar(sa.select(sa.func.max(table.c.id))) or 0) + 1
        for table in tables
        if "id" in table.c
    }


def _copy(
    connection: sa.Connection,
    table: sa.Table,
    which: sa.ColumnElement[bool],
    first: int,
    copies: int,
    strides: dict[str, int],
    *,
    renumber: bool = False,
    spread: bool = False,
) -> None:
    """Copies `first` to `first + copies - 1` of these rows, in one statement."""
    number = sa.select(sa.literal(first).label("k")).cte("copy", recursive=True)
    number = number.union_all(sa.select(number.c.k + 1).where(number.c.k < first + copies - 1))
    copy = number.c.k
    in_body = (copy - 1) // CONVENTIONS_OF_A_BODY
    values = []
    for column in table.c:
        target = _target(column)
        if target == "body":
            by = in_body if spread else copy
            values.append(column + by * strides["body"] if "body" in strides else column)
        elif target in strides:
            values.append(column + copy * strides[target])
        elif column.name == "slug":
            values.append(column + "-" + sa.cast(copy, sa.Text))
        elif renumber and column.name == "number" and table.name in ("item", "item_summary"):
            values.append(sa.cast(copy, sa.Text) + "0" + column)
        else:
            values.append(column)
    connection.execute(
        sa.insert(table).from_select(
            [column.name for column in table.c],
            sa.select(*values).join_from(table, number, sa.true()).where(which),
        )
    )


def _target(column: sa.Column[object]) -> str | None:
    """The table whose key the column holds."""
    if column.name == "id" and column.primary_key:
        return column.table.name
    if column.name in ("item_id", "convention_id", "body_id"):
        return column.name.removesuffix("_id")
    if (named := KEYS_BY_NAME.get(f"{column.table.name}.{column.name}")) is not None:
        return named
    return next(
        (key.column.table.name for key in column.foreign_keys if key.column.name == "id"), None
    )


# --- the words by which items are found ---

SYLLABLES = ("ba", "co", "di", "fe", "gu", "la", "mo", "ni", "pe", "ro", "su", "ti", "va", "zo")
WORDS_OF_AN_ITEM = 12


def made_up_word(dice: Random) -> str:
    """Of some 40,000; a few of them very often, most of them seldom, as words are."""
    place = min(int(dice.paretovariate(0.7)), 38_415)
    syllables = []
    for _ in range(4):
        place, syllable = divmod(place, len(SYLLABLES))
        syllables.append(SYLLABLES[syllable])
    return "".join(syllables)


def vary_words(url: str, marked: Mapping[str, int]) -> None:
    """Gives each item words of its own in the index, and so many items those in `marked`.

    Copies share their texts, so that it is the index alone that knows of these words.
    """
    dice = Random(1)
    engine = connect(url)
    find_item = TABLES["find_item"]
    with Session(engine) as session:
        connection = session.connection()
        rows = connection.execute(
            sa.select(find_item.c.id, find_item.c.body_id, find_item.c.words, find_item.c.marks)
            .where(find_item.c.level == 0)
            .order_by(sa.desc(find_item.c.id))
        ).all()
        changes = []
        for place, (key, _body_id, words, marks) in enumerate(rows):
            own = [made_up_word(dice) for _ in range(WORDS_OF_AN_ITEM)]
            own += [word for word, items in marked.items() if place < items]
            words = f"{words} | {' '.join(own)}"
            stems = dict.fromkeys(Mark.STEM.of(stem(word, "en")) for word in own)
            marks = f"{marks} {' '.join(stems)}"
            vector = engine_of(session).vector(words, marks)
            changes.append({"key": key, "words": words, "marks": marks, "vector": vector})
        connection.execute(
            sa.update(find_item)
            .where(find_item.c.id == sa.bindparam("key"))
            .values({name: sa.bindparam(name) for name in ("words", "marks", "vector")}),
            changes,
        )
        # What a process keeps of a body is kept under this: it is no longer that of the original.
        connection.execute(sa.update(TABLES["head"]).values(hash=sha256(url.encode()).hexdigest()))
        for body_id in sorted({body_id for _key, body_id, _words, _marks in rows}):
            engine_of(session).rebuild(session, body_id)
        session.commit()
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()
