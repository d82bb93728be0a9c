"""What holds of issued reports beside each other: which is the newest, superseded, corrected,
withheld; derived from what was issued, never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto

PROGRESS = ("short", "full")
"""Kinds of one and the same report: their data are the same."""

HOW_PRINTED = ("as_of", "up_to", "texts", "paper", "large", "mono", "live", "edition")
"""Parts of a request that do not change what a report is about."""


class ReportState(StrEnum):
    NEWEST = auto()  # progress report of its subject
    HOLDS = auto()  # of another kind
    ERRATUM = auto()  # it holds, and corrects another
    CORRECTED = auto()  # an erratum puts something in it right
    SUPERSEDED = auto()  # a later one of the same subject was issued
    WITHHELD = auto()  # its files are gone


@dataclass(frozen=True, kw_only=True)
class IssuedFacts:
    """What the rules ask of an issued report."""

    id: int
    event: int  # that issued it
    as_of: date
    request: Mapping[str, object]  # as JSON keeps it
    corrects_id: int | None = None
    replaces_id: int | None = None
    is_withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class StateOfReport:
    """The state, and the keys of the reports that it names."""

    state: ReportState
    superseded_by: int | None = None
    corrected_by: tuple[int, ...] = ()  # the oldest first
    replaced_by: int | None = None


@dataclass
class _Relations:
    by_id: dict[int, IssuedFacts] = field(default_factory=dict)
    corrected_by: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    replaced_by: dict[int, int] = field(default_factory=dict)

    def first_of(self, report: IssuedFacts) -> IssuedFacts:
        """The report whose place it takes, from the first on; itself, where it replaces none."""
        while report.replaces_id is not None and report.replaces_id in self.by_id:
            report = self.by_id[report.replaces_id]
        return report

    def is_erratum(self, report: IssuedFacts) -> bool:
        return self.first_of(report).corrects_id is not None

    def place(self, report: IssuedFacts) -> tuple[date, int]:
        """Its place among those of its subject; one issued anew has that of the first."""
        return report.as_of, self.first_of(report).event


def subject_of(request: Mapping[str, object]) -> str:
    """Equal for reports of the same subject: the same kind, conventions, item, selection."""
    kind = "progress" if request.get("kind") in PROGRESS else request.get("kind")
    about = sorted(
        (name, repr(value))
        for name, value in request.items()
        if name != "kind" and name not in HOW_PRINTED
    )
    return repr((kind, about))


def states(reports: Collection[IssuedFacts]) -> dict[int, StateOfReport]:
    """The state of each, by its key; `reports` are all of a body, or of one convention."""
    relations = _Relations(by_id={report.id: report for report in reports})
    for report in sorted(reports, key=lambda report: report.event):
        corrected = relations.by_id.get(relations.first_of(report).corrects_id or 0)
        if corrected is not None and not report.is_withheld:
            relations.corrected_by[relations.first_of(corrected).id].append(report.id)
        if report.replaces_id is not None:
            relations.replaced_by[report.replaces_id] = report.id
    by_subject: dict[str, list[IssuedFacts]] = defaultdict(list)
    for report in reports:
        by_subject[subject_of(report.request)].append(report)
    return {
        report.id: state
        for of_subject in by_subject.values()
        for report, state in _states_of_subject(of_subject, relations)
    }


def _states_of_subject(
    reports: list[IssuedFacts], relations: _Relations
) -> Iterable[tuple[IssuedFacts, StateOfReport]]:
    """The newest that is no erratum and not withheld supersedes all before it."""
    ordered = sorted(reports, key=relations.place, reverse=True)
    later: IssuedFacts | None = None
    for report in ordered:
        is_erratum = relations.is_erratum(report)
        yield report, _state(report, later, is_erratum, relations)
        if not is_erratum and not report.is_withheld:
            later = report


def _state(
    report: IssuedFacts, later: IssuedFacts | None, is_erratum: bool, relations: _Relations
) -> StateOfReport:
    corrected_by = tuple(relations.corrected_by.get(relations.first_of(report).id, ()))
    if report.is_withheld:
        state = ReportState.WITHHELD
    elif later is not None:
        state = ReportState.SUPERSEDED
    elif corrected_by:
        state = ReportState.CORRECTED
    elif is_erratum:
        state = ReportState.ERRATUM
    elif report.request.get("kind") in PROGRESS:
        state = ReportState.NEWEST
    else:
        state = ReportState.HOLDS
    return StateOfReport(
        state=state,
        superseded_by=later.id if later is not None and not report.is_withheld else None,
        corrected_by=corrected_by,
        replaced_by=relations.replaced_by.get(report.id),
    )
