"""The issued reports of a body, with their files and what holds of each today: those that a reader
may read; and which report a number, or a checksum, names.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from tracker.record.issued_reports import IssuedFile, IssuedReport, ReportWithholding
from tracker.record.ledger_tables import CHAIN, Event, Text
from tracker.record.publications import Edition
from tracker.rules.codes import FileVariant, Visibility, WithheldFor
from tracker.rules.report_states import IssuedFacts, ReportState, StateOfReport, states

from .audience import Audience
from .publications import PublicationState, visibility_of

HEX = frozenset("0123456789abcdef")
SHORTEST_CHECKSUM = 12  # signs of a SHA-256 by which a report is looked for


@dataclass(frozen=True, kw_only=True)
class IssuedFileLine:
    variant: FileVariant
    sha256: str
    size: int  # bytes
    data_sha256: str  # of the data in it
    pages: int | None
    signed_by: str | None  # None: it is not signed
    signature_time: datetime | None


@dataclass(frozen=True, kw_only=True)
class ReportRef:
    """Enough of another report to name it and to lead there."""

    id: int
    number: str
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class IssuedReportLine:
    """One issued report."""

    id: int
    number: str
    kind: str  # a code of report
    title: str  # empty where it was erased
    convention_id: int | None  # None: of several
    convention_ids: tuple[int, ...]  # empty: all of the body
    request: Mapping[str, object]  # as JSON keeps it
    request_key: str
    as_of: date
    up_to: int  # the event at which its data are frozen
    head_hash: str  # of that event
    data_sha256: str | None  # None: issued anew, and its files are not made yet
    issued_on: date
    issued_at: datetime
    issued_by: int  # the person of the body; 0: the command line
    event: int  # that issued it
    edition_number: int | None  # whose board's copy was its draft
    on_convention_page: bool
    line: str | None  # of the office, for readers
    correction: str | None  # what an erratum puts right
    variants: tuple[FileVariant, ...]  # that were asked for
    files: tuple[
        IssuedFileLine, ...
    ]  # none: they are being made; of what is withheld they are gone
    state: ReportState
    corrects: ReportRef | None
    replaces: ReportRef | None
    superseded_by: ReportRef | None
    corrected_by: tuple[ReportRef, ...]  # the oldest first
    replaced_by: ReportRef | None
    withheld_on: date | None
    withheld_for: WithheldFor | None  # None: not withheld, or something in it was erased

    @property
    def is_withheld(self) -> bool:
        return self.state is ReportState.WITHHELD

    @property
    def is_being_made(self) -> bool:
        return not self.files and not self.is_withheld

    @property
    def head_event(self) -> int:
        """The number, within the body's chain, of the event at which its data are frozen."""
        return self.up_to % CHAIN

    def file(self, variant: FileVariant) -> IssuedFileLine | None:
        return next((file for file in self.files if file.variant is variant), None)


def issued_reports(
    session: Session, body_id: int, audience: Audience, convention_id: int | None = None
) -> tuple[IssuedReportLine, ...]:
    """Those that the audience may read, the newest first; of one convention where it is named.

    Whoever reads everything (governance, the auditor) reads those whose files are being made, too.
    Three statements, whatever their number.
    """
    rows = _rows(session, IssuedReport.body_id == body_id)
    if not rows:
        return ()
    publications = visibility_of(session, body_id)
    files = _files(session, IssuedReport.body_id == body_id)
    readable = [
        row
        for row in rows
        if _may_read(row, publications, audience)
        and (audience.everything or row.withheld_on or files.get(row.report.id))
    ]
    lines = _lines(readable, files)
    if convention_id is not None:
        lines = [line for line in lines if line.convention_id == convention_id]
    return tuple(lines)


def issued_report(
    session: Session, body_id: int, audience: Audience, number: str
) -> IssuedReportLine | None:
    """By its number, however its letters are written; None where the audience may not read it."""
    lines = issued_reports(session, body_id, audience)
    wanted = number.strip().casefold()
    return next((line for line in lines if line.number.casefold() == wanted), None)


@dataclass(frozen=True, kw_only=True)
class FoundReport:
    """An issued report that a number or a checksum names; of whatever body, for whomever it is."""

    body_id: int
    number: str
    variant: FileVariant | None = None  # the file that a checksum is of


def find_issued(session: Session, words: str) -> tuple[FoundReport, ...]:
    """By its number, by the checksum of its data, or that of a file: whole, or its first twelve
    signs or more.

    Whoever asks looks next whether somebody may read it (`issued_report`).
    """
    wanted = "".join(words.split()).lower()
    numbered = session.connection().execute(
        sa.select(IssuedReport.body_id, IssuedReport.number).where(
            sa.func.lower(IssuedReport.number) == wanted
        )
    )
    found = [FoundReport(body_id=body_id, number=number) for body_id, number in numbered]
    if found or len(wanted) < SHORTEST_CHECKSUM or not set(wanted) <= HEX:
        return tuple(found)
    of_files = session.connection().execute(
        sa.select(IssuedReport.body_id, IssuedReport.number, IssuedFile.variant)
        .join(IssuedFile, IssuedFile.report_id == IssuedReport.id)
        .where(IssuedFile.sha256.startswith(wanted))
        .order_by(IssuedFile.id)
    )
    of_data = session.connection().execute(
        sa.select(IssuedReport.body_id, IssuedReport.number)
        .join(IssuedFile, IssuedFile.report_id == IssuedReport.id)
        .where(IssuedFile.data_sha256.startswith(wanted))
        .distinct()
    )
    return (
        *(
            FoundReport(body_id=body_id, number=number, variant=of)
            for body_id, number, of in of_files
        ),
        *(FoundReport(body_id=body_id, number=number) for body_id, number in of_data),
    )


@dataclass(frozen=True, kw_only=True)
class _Row:
    report: IssuedReport
    issued: Event
    head_hash: str
    title: str | None
    line: str | None
    correction: str | None
    edition_number: int | None
    withheld_on: date | None
    withheld_for: WithheldFor | None
    request: Mapping[str, object]

    @property
    def convention_ids(self) -> tuple[int, ...]:
        ids = self.request.get("conventions", ())
        return tuple(ids) if isinstance(ids, (list, tuple)) else ()


def _rows(session: Session, *where: sa.ColumnElement[bool]) -> list[_Row]:
    issued, head, withheld = (aliased(Event) for _ in range(3))
    title, line, correction = (aliased(Text) for _ in range(3))
    rows = session.execute(
        sa.select(IssuedReport, issued, head.hash, title.words, line.words, correction.words)
        .add_columns(Edition.number, withheld.effective_on, ReportWithholding.kind)
        .join(issued, issued.id == IssuedReport.recorded_by)
        .join(head, head.id == IssuedReport.up_to)
        .join(title, title.digest == IssuedReport.title)
        .outerjoin(line, line.digest == IssuedReport.line)
        .outerjoin(correction, correction.digest == IssuedReport.correction)
        .outerjoin(Edition, Edition.id == IssuedReport.edition_id)
        .outerjoin(ReportWithholding, ReportWithholding.report_id == IssuedReport.id)
        .outerjoin(withheld, withheld.id == ReportWithholding.recorded_by)
        .where(*where)
        .order_by(IssuedReport.recorded_by.desc(), IssuedReport.id.desc())
    )
    return [
        _Row(
            report=report,
            issued=event,
            head_hash=head_hash,
            title=title_words,
            line=line_words,
            correction=correction_words,
            edition_number=edition_number,
            withheld_on=withheld_on,
            withheld_for=withheld_for,
            request=json.loads(report.request),
        )
        for (
            report,
            event,
            head_hash,
            title_words,
            line_words,
            correction_words,
            edition_number,
            withheld_on,
            withheld_for,
        ) in rows
    ]


def _files(
    session: Session, where: sa.ColumnElement[bool]
) -> Mapping[int, tuple[IssuedFileLine, ...]]:
    """By report, in the order of `FileVariant`."""
    rows = session.scalars(
        sa.select(IssuedFile)
        .join(IssuedReport, IssuedReport.id == IssuedFile.report_id)
        .where(where)
    )
    by_report: dict[int, list[IssuedFileLine]] = defaultdict(list)
    for file in rows:
        by_report[file.report_id].append(
            IssuedFileLine(
                variant=file.variant,
                sha256=file.sha256,
                size=file.size,
                data_sha256=file.data_sha256,
                pages=file.pages,
                signed_by=file.signed_by,
                signature_time=file.signature_time,
            )
        )
    order = list(FileVariant)
    return {
        report_id: tuple(sorted(lines, key=lambda file: order.index(file.variant)))
        for report_id, lines in by_report.items()
    }


def _may_read(row: _Row, publications: Mapping[int, PublicationState], audience: Audience) -> bool:
    """Whether the audience may read every convention of it, of today."""
    keys: Iterable[int] = row.convention_ids or publications
    return all(
        audience.reads(
            key, publications[key].visibility if key in publications else Visibility.HIDDEN
        )
        for key in keys
    )


def _lines(
    rows: list[_Row], files: Mapping[int, tuple[IssuedFileLine, ...]]
) -> list[IssuedReportLine]:
    """What holds of each follows from those that are read."""
    held = states(
        [
            IssuedFacts(
                id=row.report.id,
                event=row.report.recorded_by,
                as_of=row.report.as_of,
                request=row.request,
                corrects_id=row.report.corrects_id,
                replaces_id=row.report.replaces_id,
                is_withheld=row.withheld_on is not None,
            )
            for row in rows
        ]
    )
    refs = {
        row.report.id: ReportRef(
            id=row.report.id, number=row.report.number, issued_on=row.issued.effective_on
        )
        for row in rows
    }
    return [_line(row, files.get(row.report.id, ()), held[row.report.id], refs) for row in rows]


def _line(
    row: _Row,
    files: tuple[IssuedFileLine, ...],
    held: StateOfReport,
    refs: Mapping[int, ReportRef],
) -> IssuedReportLine:
    report = row.report

    def ref(key: int | None) -> ReportRef | None:
        return refs.get(key) if key is not None else None

    return IssuedReportLine(
        id=report.id,
        number=report.number,
        kind=report.kind,
        title=row.title or "",
        convention_id=report.convention_id,
        convention_ids=row.convention_ids,
        request=row.request,
        request_key=report.request_key,
        as_of=report.as_of,
        up_to=report.up_to,
        head_hash=row.head_hash,
        data_sha256=report.data_sha256 or (files[0].data_sha256 if files else None),
        issued_on=row.issued.effective_on,
        issued_at=row.issued.recorded_at,
        issued_by=row.issued.actor_id,
        event=row.issued.id,
        edition_number=row.edition_number,
        on_convention_page=report.on_convention_page,
        line=row.line,
        correction=row.correction,
        variants=tuple(FileVariant(code) for code in report.variants.split()),
        files=files,
        state=held.state,
        corrects=ref(report.corrects_id),
        replaces=ref(report.replaces_id),
        superseded_by=ref(held.superseded_by),
        corrected_by=tuple(refs[key] for key in held.corrected_by),
        replaced_by=ref(held.replaced_by),
        withheld_on=row.withheld_on,
        withheld_for=row.withheld_for,
    )
