"""What the errata page of a body shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from tracker.rules.codes import WithheldFor

from .issued_reports import IssuedReportLine
from .models import BodyDetails, ConventionDetails, ItemRef
from .office_facts import RecordedFact


@dataclass(frozen=True, kw_only=True)
class EntryWords:
    """Of an entry. Without words they are withheld, or erased."""

    words: str | None
    withheld: WithheldFor | None
    on: date


@dataclass(frozen=True, kw_only=True)
class KindAndNumber:
    kind: str
    number: str | None


CorrectedValue = RecordedFact | EntryWords | KindAndNumber


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    event: int
    on: date
    item: ItemRef
    convention: ConventionDetails
    before: tuple[CorrectedValue, ...]
    after: tuple[CorrectedValue, ...]  # empty: it was never so, and nothing took its place


class WithheldSubject(StrEnum):
    ENTRY = auto()
    OUTCOME = auto()
    EVIDENCE = auto()
    NAME = auto()  # of somebody on the floor


@dataclass(frozen=True, kw_only=True)
class WithholdingLine:
    event: int
    on: date
    item: ItemRef
    convention: ConventionDetails
    subject: WithheldSubject
    kind: WithheldFor
    lifted_on: date | None


@dataclass(frozen=True, kw_only=True)
class ErrataPage:
    """The newest first."""

    body: BodyDetails
    since: date  # the day on which the record began
    corrections: tuple[CorrectionLine, ...]
    withheld: tuple[WithholdingLine, ...]
    reports: tuple[IssuedReportLine, ...]  # errata of issued reports
