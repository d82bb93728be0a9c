"""Problems by their cause: one line for all rows that have the same, so that none is lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.importing.problems import Problem, Remedy, Severity

_QUOTED = re.compile(r"""(?<!\w)(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?!\w)""")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Problems that differ only in the cells they quote and in numbers.

    `what` and `remedy` are those of the first; `values` are the cells that the others quote, each
    once; `rows` has each row once.
    """

    severity: Severity
    column: str | None
    what: str
    remedy: Remedy
    count: int
    rows: tuple[int, ...]
    values: tuple[str, ...]

    @property
    def message(self) -> str:
        """As a terminal shows it."""
        return f"{self.what} {self.remedy.at_terminal}".strip()


def causes(problems: Iterable[Problem]) -> list[Cause]:
    """What rejects a row first; else in the order in which they were found."""
    groups: dict[tuple[Severity, str | None, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.severity, problem.column, _common_words(problem.message)].append(problem)
    all_causes = [_cause(group) for group in groups.values()]
    return sorted(all_causes, key=lambda cause: cause.severity is not Severity.ERROR)


def _common_words(message: str) -> str:
    """The message without the words of a cell and without numbers."""
    return _NUMBER.sub("0", _QUOTED.sub("''", message))


def _cause(group: Sequence[Problem]) -> Cause:
    first = group[0]
    own_value = _first_quoted(first)
    values: dict[str, None] = {}
    rows: dict[int, None] = {}
    for problem in group:
        value = _first_quoted(problem)
        if value and value != own_value:
            values[value] = None
        if problem.row is not None:
            rows[problem.row] = None
    return Cause(
        severity=first.severity,
        column=first.column,
        what=first.what,
        remedy=first.remedy,
        count=len(group),
        rows=tuple(rows),
        values=tuple(values),
    )


def _first_quoted(problem: Problem) -> str | None:
    quoted = _QUOTED.search(problem.what)
    return quoted[0] if quoted else None
