"""A SELECT that runs very often: compiled once, and run on the driver's own cursor. Knows no table.

SQLAlchemy makes a context and a result for each execution. That costs three times what SQLite needs for the statement, and an item's facts
are some 25 statements. What a caller sees is the same: values of the columns' types, errors of SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class _Compiled:
    """For one kind of database."""

    sql: str
    names: tuple[str, ...]  # of all parameters, in the order of their places
    fixed: Mapping[str, Any]  # of those that the statement itself gives, as the driver takes them
    converts: Mapping[
        str, Convert
    ]  # of the others whose values the driver does not take as they are
    by_place: bool  # else the driver takes parameters by name

    @classmethod
    def of(cls, statement: sa.Select[Any], dialect: Dialect) -> _Compiled:
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

    def arguments(self, parameters: Mapping[str, Any]) -> Sequence[Any] | Mapping[str, Any]:
        values = {**parameters, **self.fixed}
        for name, convert in self.converts.items():
            values[name] = convert(values[name])
        if self.by_place:
            return [values[name] for name in self.names]
        return {name: values[name] for name in self.names}


class Prepared:
    def __init__(self, statement: sa.Select[Any]) -> None:
        self.statement = statement
        self._compiled: dict[str, _Compiled] = {}  # by the name of the dialect
        self._converts: dict[str, list[tuple[int, Convert]]] = {}

    def rows(
        self, connection: sa.Connection, parameters: Mapping[str, Any]
    ) -> Sequence[Sequence[Any]]:
        """All rows. Raises what SQLAlchemy raises."""
        if _listened_to(connection):
            return connection.execute(self.statement, parameters).all()
        dialect = connection.dialect
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _Compiled.of(self.statement, dialect)
        compiled = self._compiled[dialect.name]
        arguments = compiled.arguments(parameters)
        cursor = connection.connection.cursor()
        try:
            cursor.execute(compiled.sql, arguments)
            found = cursor.fetchall()
            converts = self._of_columns(dialect, cursor.description)
        except dialect.loaded_dbapi.Error as error:
            raise sa.exc.DBAPIError.instance(
                compiled.sql, arguments, error, dialect.loaded_dbapi.Error, hide_parameters=True
            ) from error
        finally:
            cursor.close()
        if not converts:
            return found
        rows = [list(row) for row in found]
        for row in rows:
            for place, convert in converts:
                row[place] = convert(row[place])
        return rows

    def _of_columns(
        self, dialect: Dialect, description: Sequence[Sequence[Any]]
    ) -> list[tuple[int, Convert]]:
        """Of each column that the driver does not give as its type has it: its place, and how it is converted."""
        if dialect.name not in self._converts:
            columns = self.statement.selected_columns
            converts = [
                column.type.dialect_impl(dialect).result_processor(dialect, said[1])
                for column, said in zip(columns, description, strict=True)
            ]
            self._converts[dialect.name] = [
                (place, convert) for place, convert in enumerate(converts) if convert
            ]
        return self._converts[dialect.name]


def _listened_to(connection: sa.Connection) -> bool:
    """Whether somebody is told of each statement: whoever counts them, or has rows that are to be written before anything is read."""
    return bool(
        connection.dispatch.before_cursor_execute or connection.dispatch.after_cursor_execute
    )
