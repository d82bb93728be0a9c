"""How this program speaks of itself: structured lines on standard error, one an event. What people do is no log but the record."""
from __future__ import annotations

import logging
import sys

import structlog

_plain = structlog.dev.plain_traceback
"""Where it went wrong, and not what every variable held: a password being typed among them."""


def configure(level: int = logging.INFO) -> None:
    """For every process that is started: the server, its workers, the worker of jobs. Lines are JSON unless a person looks on."""
    shared: list[structlog.typing.Processor] = [structlog.contextvars.merge_contextvars, structlog.stdlib.add_log_level,
                                                structlog.processors.TimeStamper(fmt="iso", utc=True)]
    person = sys.stderr.isatty()
    last: structlog.typing.Processor = structlog.dev.ConsoleRenderer(exception_formatter=_plain) if person else structlog.processors.JSONRenderer()
    errors: list[structlog.typing.Processor] = [] if person else [structlog.processors.format_exc_info]
    structlog.configure(processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
                        logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger, cache_logger_on_first_use=True)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *errors, last]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for quiet in ("fontTools", "weasyprint", "huey", "alembic"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
