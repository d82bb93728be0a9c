"""What a person at a terminal sees while something takes longer.

On standard error only, and only there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")


def _console() -> Console:
    return Console(stderr=True)


def working(words: str) -> AbstractContextManager[object]:
    """A sign that work goes on, for steps whose number is not known."""
    console = _console()
    return console.status(words) if console.is_terminal else nullcontext()


def steps(these: Iterable[T], words: str, total: int | None = None) -> Iterator[T]:
    """The same things, one by one, with a bar that moves with each."""
    console = _console()
    return iter(
        track(these, words, total=total, console=console, transient=True)
        if console.is_terminal
        else these
    )
