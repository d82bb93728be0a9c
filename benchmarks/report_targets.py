"""The targets of the report, and the table that says which are met."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from .report_process import Took

MANY = 1000  # items, from which on a report is long

ONE_SHOT, BARE = "one-shot WeasyPrint", "bare table of as many rows"
PLAIN = "plain way"
COLD_1, COLD_2 = "linked, cold, 1 process", "linked, cold, 2 processes"
CHANGED = "one item changed, fresh process"
CHANGED_COMMAND = "one item changed, whole command"
CHANGED_RUNNING = "one item changed, running process"
CHANGED_COLLECTED = "one item changed, running, all of it"
WORD_RUNNING = "one word changed, running process"
WORD_COLLECTED = "one word changed, running, all of it"
SAME = "nothing changed, fresh process"
SAME_COMMAND = "nothing changed, whole command"
SAME_RUNNING = "nothing changed, running process"
SAME_COLLECTED = "nothing changed, running, all of it"


def targets(items: int, form: str) -> dict[str, float]:
    """Of the ratio to the baseline."""
    if form == "short":
        return {PLAIN: 1.5}
    if items >= MANY:
        return {COLD_2: 0.25, CHANGED_RUNNING: 0.005}
    return {
        COLD_2: 0.3,
        CHANGED: 0.03,
        CHANGED_COMMAND: 0.03,
        CHANGED_RUNNING: 0.01,
        SAME: 0.01,
        SAME_COMMAND: 0.01,
        SAME_RUNNING: 0.005,
    }


def memory_target(items: int) -> float:
    """Megabytes, of the linked way."""
    return 300 if items >= MANY else 200


@dataclass
class Measure:
    """What was measured of one case, in the order of the rounds."""

    name: str
    seconds: list[float] = field(default_factory=list)
    pages: int | None = None
    laid_out: list[int] = field(default_factory=list)
    peak_mb: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One case, and whether it is as quick and as small as it is to be."""

    case: str
    seconds: float  # the median
    lowest: float
    highest: float
    ratio: float  # of the median to that of the baseline
    most: float  # of the highest
    target: float | None  # of the ratio
    pages: int | None
    laid_out: float | None  # pages that were laid out anew: the median
    most_laid_out: int | None
    peak_mb: float | None
    most_mb: float | None  # the target of the memory

    @property
    def line(self) -> str:
        span = f"{self.lowest:.3f} to {self.highest:.3f}"
        target = "" if self.target is None else f"{self.target:g}"
        laid_out = "" if self.laid_out is None else f"{self.laid_out:g} ({self.most_laid_out})"
        memory = "" if self.peak_mb is None else f"{self.peak_mb:.0f}"
        if self.peak_mb is not None and self.most_mb is not None:
            memory += f" (target {self.most_mb:g}) {verdict(self.peak_mb, self.most_mb)}"
        return (
            f"  {self.case:36}{self.seconds:9.3f} {span:>19} {self.ratio:8.4f} {self.most:8.4f} "
            f"{target:>7}  {verdict(self.ratio, self.target):6} {self.pages or '':>6} "
            f"{laid_out:>16}  {memory}"
        )


def verdict(value: float, target: float | None) -> str:
    if target is None:
        return ""
    return "met" if value <= target else "MISSED"


class Table:
    """Of one form of the report: each case against the baseline of the same run."""

    def __init__(self, title: str, baseline: str, items: int, form: str) -> None:
        self.title = title
        self.baseline = baseline
        self._targets = targets(items, form)
        self._most_mb = memory_target(items)
        self._measures: dict[str, Measure] = {}

    def of(self, name: str) -> Measure:
        return self._measures.setdefault(name, Measure(name))

    def add(self, name: str, took: Took) -> None:
        """Template and printing: a report is collected before."""
        measure = self.of(name)
        measure.seconds.append(took.template + took.printing)
        measure.pages = took.pages
        if took.laid_out is not None:
            measure.laid_out.append(took.laid_out)

    def add_seconds(self, name: str, seconds: float) -> None:
        self.of(name).seconds.append(seconds)

    def rows(self) -> Iterator[Row]:
        baseline = self._measures[self.baseline].median
        for measure in self._measures.values():
            is_linked = measure.name not in (self.baseline, PLAIN)
            yield Row(
                case=measure.name,
                seconds=measure.median,
                lowest=min(measure.seconds),
                highest=max(measure.seconds),
                ratio=measure.median / baseline,
                most=max(measure.seconds) / baseline,
                target=self._targets.get(measure.name),
                pages=measure.pages,
                laid_out=statistics.median(measure.laid_out) if measure.laid_out else None,
                most_laid_out=max(measure.laid_out, default=None),
                peak_mb=measure.peak_mb,
                most_mb=self._most_mb if is_linked else None,
            )

    def show(self, as_json: bool) -> None:
        if as_json:
            rows = [asdict(row) for row in self.rows()]
            print(json.dumps({"title": self.title, "baseline": self.baseline, "rows": rows}))
            return
        print(f"{self.title}; ratios to {self.baseline}")
        print(
            f"  {'':36}{'median s':>9} {'lowest to highest':>19} {'ratio':>8} {'most':>8} "
            f"{'target':>7}  {'':6} {'pages':>6} {'laid out (most)':>16}  peak MB"
        )
        for row in self.rows():
            print(row.line)
