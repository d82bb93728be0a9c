"""How this program speaks of itself: structured lines on standard error, one an event.

What people do is no log but the record.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import traceback

import structlog
from jinja2 import TemplateError
from sqlalchemy.exc import DBAPIError

_plain = structlog.dev.plain_traceback
"""For a person at a terminal: where it went wrong, and not what every variable held, a password
being typed among them.
"""

TOLD = (
    OSError,
    sqlite3.Error,
    TypeError,
    AttributeError,
    ImportError,
    NameError,
    MemoryError,
    RecursionError,
    TemplateError,
)
"""Errors whose words speak of the program and its files. Those of others (a number that is none, a
row that a database refuses) can hold the words of an entry: they are not logged.
"""


def without_words(exc_info: structlog.typing.ExcInfo) -> str:
    """The traceback for a log that is kept.

    Where it went wrong, and the kinds of errors; of a database's error what it is, never of which
    row.
    """
    errors: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None and len(errors) < 20:
        errors.append("".join(traceback.format_tb(error.__traceback__)) + _named(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nfrom\n".join(errors)


def _named(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, DBAPIError):
        return f"{name}: {_named(error.orig)}" if error.orig else name
    if (code := getattr(error, "sqlstate", None)) is not None:
        diagnosis = getattr(error, "diag", None)
        where = [getattr(diagnosis, part, None) for part in ("table_name", "constraint_name")]
        return " ".join(str(part) for part in (name, code, *where) if part)
    return f"{name}: {error}" if isinstance(error, TOLD) else name


def configure(level: int = logging.INFO) -> None:
    """For every process that is started: the server, its workers, the worker of jobs.

    Lines are JSON unless a person looks on.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    person = sys.stderr.isatty()
    last: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(exception_formatter=_plain)
        if person
        else structlog.processors.JSONRenderer()
    )
    errors: list[structlog.typing.Processor] = (
        [] if person else [structlog.processors.ExceptionRenderer(without_words)]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *errors, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for quiet in ("fontTools", "weasyprint", "huey", "alembic"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
