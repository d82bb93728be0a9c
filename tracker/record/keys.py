"""Many keys as one parameter of a statement: an array, and on SQLite a JSON text.

Knows no table.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType


class Keys(sa.TypeDecorator[Collection[int]]):
    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        kind = sa.Text() if dialect.name == "sqlite" else sa.ARRAY(sa.BigInteger())
        return dialect.type_descriptor(kind)

    def process_bind_param(
        self, value: Collection[int] | None, dialect: Dialect
    ) -> str | list[int]:
        keys = list(value or ())
        if dialect.name == "sqlite":
            return str(keys)  # a list of numbers is JSON as it is
        return keys


class Among(FunctionElement[bool]):
    """Whether a key is one of those that the parameter `keys` holds.

    However many they are, the SQL is the same: it is prepared once. An `IN` is written anew for
    each number of keys.
    """

    name = "among"
    type = sa.Boolean()
    inherit_cache = True

    def __init__(self, key: sa.SQLColumnExpression[int]) -> None:
        super().__init__(key, sa.bindparam("keys", type_=Keys))

    def self_group(self, against: OperatorType | None = None) -> Self:
        """As it stands: on SQLite it would become `(key IN (...)) = 1`, for which no index is
        asked.
        """
        return self


@compiles(Among)
def _any_of_array(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    key, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{key} = ANY ({keys})"


@compiles(Among, "sqlite")
def _in_json(element: Among, compiler: SQLCompiler, **options: Any) -> str:
    key, keys = (compiler.process(part, **options) for part in element.clauses)
    return f"{key} IN (SELECT value FROM json_each({keys}))"
