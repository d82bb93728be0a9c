"""Macros that are asked for the same again and again.

What one printed is kept in the memory of the process, until other things need the room, or words
were erased.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import _lru_cache_wrapper, lru_cache
from weakref import WeakSet

from jinja2.runtime import Macro
from markupsafe import Markup

from tracker.markdown import forget_kept
from tracker.templating import forget_escaped
from tracker.translation import Language, current_language

from .script_root import script_root

# Answers of one macro, of about 2 KB each; what was not asked for the longest goes first.
MANY = 1024

_kept: WeakSet[_lru_cache_wrapper[Markup]] = WeakSet()  # the caches of all macros


def remembered(macro: Macro) -> Callable[..., Markup]:
    """The macro, which prints only what it has not printed for equal values, in the same language
    and under the same root of addresses.

    Its values must be hashable. It may depend on nothing else: not on the reader, nor on the clock.
    It belongs at the end of a template that others import: such a template is run once in a
    process, so that what is kept lives as long as the process.
    """

    @lru_cache(MANY, typed=True)  # by type as well: markup equals the same signs as text
    def kept(_language: Language, _root: str, *values: Hashable) -> Markup:
        return Markup(macro(*values))

    _kept.add(kept)

    def call(*values: Hashable) -> Markup:
        return kept(current_language(), script_root(), *values)

    return call


def forget_printed() -> None:
    """Drops all that macros printed, and all words that were rendered or escaped."""
    for cache in _kept:
        cache.cache_clear()
    forget_kept()
    forget_escaped()
