"""Signs, marks and dates as markup, made once for each that pages show by the dozen; and the
addresses of packaged files.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from markupsafe import Markup

from .build import build
from .dates import day, short_day
from .script_root import script_root


def asset(name: str) -> str:
    """The address of a packaged file; it changes with the build, so that browsers may keep what
    they have.
    """
    return _asset(name, script_root())


@cache
def _asset(name: str, under: str) -> str:
    return f"{under}/static/{name}?v={build()}"


def icon(name: str) -> Markup:
    """A sign of icons.svg, hidden from screen readers: its word stands beside it."""
    return _icon(name, script_root())


@cache
def _icon(name: str, under: str) -> Markup:
    return Markup('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        _asset("icons.svg", under), name
    )


def dated(on: date) -> Markup:
    """A date with its machine form."""
    return _dated(on, day(on))


def dated_short(on: date) -> Markup:
    return _dated(on, short_day(on))


@lru_cache(4096)
def _dated(on: date, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(on.isoformat(), words)
