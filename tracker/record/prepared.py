"""A SELECT that runs very often: compiled once, and run on the driver's own cursor.

Knows no table.

SQLAlchemy makes a context and a result for each execution. That costs three times what SQLite needs
for the statement, and an item's facts are some 25 statements. What a caller sees is the same:
values of the columns' types, errors of SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

AnySelect = sa.Select[*tuple[Any, ...]]
Parameters = Mapping[str, object]
Row = Sequence[Any]  # of columns of any type
Convert = Callable[[Any], object]


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    """For one kind of database."""

    sql: str
    names: tuple[str, ...]  # of all parameters, in the order of their places
    fixed: Parameters  # of those that the statement itself gives, as the driver takes them
    # of the others whose values the driver does not take as they are
    converts: Mapping[str, Convert]
    by_place: bool  # else the driver takes parameters by name

    @classmethod
    def of(cls, statement: AnySelect, dialect: Dialect) -> _Compiled:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        fixed, converts = {}, {}
        for name, bind in compiled.binds.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if not bind.required:
                fixed[name] = convert(bind.effective_value) if convert else bind.effective_value
            elif convert:
                converts[name] = convert
        return cls(
            sql=str(compiled),
            names=tuple(compiled.positiontup or compiled.binds),
            fixed=fixed,
            converts=converts,
            by_place=compiled.positiontup is not None,
        )

    def arguments(self, values: _Values) -> Sequence[object] | Parameters:
        arguments = [
            self.fixed[name] if name in self.fixed else values.of(name, self.converts.get(name))
            for name in self.names
        ]
        return arguments if self.by_place else dict(zip(self.names, arguments, strict=True))


class _Values:
    """The parameters as the driver takes them, each converted once.

    One name has one type, whichever statement it is for.
    """

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._converted: dict[str, object] = {}

    def of(self, name: str, convert: Convert | None) -> object:
        if name not in self._converted:
            value = self._parameters[name]
            self._converted[name] = convert(value) if convert else value
        return self._converted[name]


class Prepared:
    def __init__(self, statement: AnySelect) -> None:
        self.statement = statement
        self._compiled: dict[str, _Compiled] = {}  # by the name of the dialect
        self._converts: dict[str, list[tuple[int, Convert]]] = {}

    def rows(self, connection: sa.Connection, parameters: Parameters) -> Sequence[Row]:
        """All rows. Raises what SQLAlchemy raises."""
        with Reader(connection, parameters) as reader:
            return reader.rows(self)

    def compiled(self, dialect: Dialect) -> _Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _Compiled.of(self.statement, dialect)
        return self._compiled[dialect.name]

    def converts(self, dialect: Dialect, description: Sequence[Row]) -> list[tuple[int, Convert]]:
        """Of each column that the driver does not give as its type has it: its place, and how it is
        converted.
        """
        if dialect.name not in self._converts:
            columns = self.statement.selected_columns
            converts = [
                column.type.dialect_impl(dialect).result_processor(dialect, type_code)
                for column, (_name, type_code, *_sizes) in zip(columns, description, strict=True)
            ]
            self._converts[dialect.name] = [
                (place, convert) for place, convert in enumerate(converts) if convert
            ]
        return self._converts[dialect.name]


class Reader:
    """Runs prepared SELECTs one after another, on one cursor and with the same parameters.

    Close it, or use it in a `with`.
    """

    def __init__(self, connection: sa.Connection, parameters: Parameters) -> None:
        self._connection, self._dialect = connection, connection.dialect
        self._values = _Values(parameters)
        self._cursor = connection.connection.cursor()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._cursor.close()

    def rows(self, select: Prepared) -> Sequence[Row]:
        """All rows. Raises what SQLAlchemy raises.

        Those who listen for statements hear of it as of SQLAlchemy's own: some count them, others
        have rows that are to be written before anything is read.
        """
        connection, cursor, dialect = self._connection, self._cursor, self._dialect
        compiled = select.compiled(dialect)
        sql, arguments = compiled.sql, compiled.arguments(self._values)
        for listener in connection.dispatch.before_cursor_execute:
            sql, arguments = listener(connection, cursor, sql, arguments, None, False)
        try:
            cursor.execute(sql, arguments)
            rows = cursor.fetchall()
        except dialect.loaded_dbapi.Error as error:
            raise sa.exc.DBAPIError.instance(
                sql, arguments, error, dialect.loaded_dbapi.Error, hide_parameters=True
            ) from error
        if not rows:
            return ()
        rows = [list(row) for row in rows]
        for place, convert in select.converts(dialect, cursor.description):
            for row in rows:
                row[place] = convert(row[place])
        return rows
