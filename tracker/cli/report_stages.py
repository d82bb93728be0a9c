"""How far a report is, and how long each of its stages took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from tracker.translation import gettext as _
from tracker.translation import lazy_gettext

STAGES = {
    "collect": lazy_gettext("Collecting the data"),
    "template": lazy_gettext("Writing"),
    "layout": lazy_gettext("Setting the pages"),
    "archive": lazy_gettext("Adding the data"),
    "write": lazy_gettext("Saving"),
    "sign": lazy_gettext("Signing"),
    "check": lazy_gettext("Checking the file"),
}
Note = Callable[[str, int | None, int | None], None]


@contextmanager
def noted() -> Iterator[Note]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda stage, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task(str(STAGES["collect"]), total=None)
        yield lambda stage, done, of: bar.update(
            task, description=str(STAGES[stage]), completed=done or 0, total=of
        )


@dataclass
class StageTimes:
    """Passes notes on, and measures how long each stage takes. A stage may come again."""

    note: Note
    seconds: dict[str, float] = field(default_factory=dict)
    _stage: str | None = None
    _since: float = 0.0

    def __call__(self, stage: str, done: int | None, of: int | None) -> None:
        if stage != self._stage:
            self.end()
            self._stage, self._since = stage, time.perf_counter()
        self.note(stage, done, of)

    def end(self) -> None:
        if self._stage is not None:
            spent = time.perf_counter() - self._since
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + spent
        self._stage = None

    def show(self) -> None:
        """A line for each stage, and their sum."""
        self.end()
        for stage, seconds in self.seconds.items():
            click.echo(f"{seconds:8.2f} s  {STAGES[stage]}")
        click.echo(f"{sum(self.seconds.values()):8.2f} s  {_('All stages')}")
