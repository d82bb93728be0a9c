"""The Flask extensions that commands need too, once, unbound; and the ground of the record: the
declarative base and its column types. Those of pages and forms are in `web_extensions`.

No table lives here.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypedDict, dataclass_transform

import sqlalchemy as sa
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, mapped_column


class KeyOptions(TypedDict):
    """Options of a foreign key."""

    deferrable: bool
    initially: str


# a fact is written before the event that announces it
DEFERRED: KeyOptions = {"deferrable": True, "initially": "DEFERRED"}
# SQLite makes only INTEGER keys an alias of the rowid
Key = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _instant_of(text: str | None) -> datetime | None:
    return datetime.fromisoformat(f"{text}+00:00") if text else None


class _TextInUtc(sqlite.DATETIME):
    """Read together with its zone.

    To put the zone on afterwards, by `replace`, takes four times as long as all the reading.
    """

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[str | None], datetime | None]:
        return _instant_of


class Instant(sa.TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite stores it without a zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(_TextInUtc())  # type: ignore[no-untyped-call]
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo is UTC else value.astimezone(UTC)


class Money(sa.TypeDecorator[Decimal]):
    """Exact decimal money in the body's currency: NUMERIC(14, 2), and on SQLite whole cents."""

    impl = sa.Numeric(14, 2)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(
            sa.BigInteger() if dialect.name == "sqlite" else sa.Numeric(14, 2)
        )

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | int | None:
        if value is None:
            return None
        if value != value.quantize(Decimal("0.01")):
            raise ValueError(f"{value} has fractions of a cent")
        return int(value * 100) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Decimal | int | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return Decimal(value).scaleb(-2) if dialect.name == "sqlite" else Decimal(value)


def enum_type(codes: type[enum.Enum], name: str | None = None) -> sa.Enum:
    """The column type of an enum.

    :param name: of its constraint, where it is not that of the class
    """
    names = {} if name is None else {"name": name}
    return sa.Enum(
        codes,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
        **names,
    )


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column,))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        int: Key,
        datetime: Instant,
        Decimal: Money,
        enum.Enum: enum_type(enum.Enum),
    }


# `model_class=Base` fails with MappedAsDataclass on SQLAlchemy 2.1
db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)
babel = Babel(configure_jinja=False)  # templates have the one gettext of `translation`
