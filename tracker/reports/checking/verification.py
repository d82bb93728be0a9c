"""Whether a file, a number or a checksum is of an issued report, and what has changed since.

What a reader may not read is unknown to them: a closed body, a hidden convention. Of a file only
its checksum and its number come here; the frozen data of a report are its own stored JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.current_settings import current_settings
from tracker.files import store
from tracker.reading.addresses import body_path
from tracker.reading.audience import Audience
from tracker.reading.body_context import load_body_context
from tracker.reading.issued_reports import (
    FoundReport,
    IssuedReportLine,
    find_issued,
    issued_report,
)
from tracker.reading.models import BodyDetails
from tracker.reading.revision_cache import RevisionCache
from tracker.record.as_of import NOW, AsOf
from tracker.record.conventions import Convention
from tracker.record.editions import edition_record
from tracker.record.issued_reports import IssuedFile, IssuedReport, ReportSignOff
from tracker.record.ledger_tables import CHAIN, Event, Head
from tracker.record.surroundings import zone_of
from tracker.reports.collecting.collect import NotOnRecord, collect
from tracker.reports.data import PROGRESS, frozen_data, plain_data
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import FileVariant
from tracker.rules.report_changes import ReportChanges, Row, compare
from tracker.rules.report_verification import ReportCheckResult, read_checksum, result_of_file
from tracker.translation import current_locale

LONGEST_TYPED = 200  # characters

AudienceOf = Callable[[int], Audience | None]
"""By the key of a body, for whom is read; None: the body is closed to whoever asks."""

Frozen = Mapping[str, object]
"""The JSON of a report, as it was issued."""

_changes: RevisionCache[ReportChanges] = RevisionCache()


class Seal(StrEnum):
    """The head of the record from which a report was made, beside the record as it is."""

    HOLDS = auto()
    OTHER = auto()  # the code of a cover names other data, or another head
    GONE = auto()  # the record does not have that event as it was
    NOT_COMPARED = auto()  # nothing outside the record says what it was


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """The file of an issued report whose bytes, or whose checksum, came."""

    variant: FileVariant
    pages: int | None
    signed_by: str | None  # None: it was issued unsigned
    signature_time: datetime | None


@dataclass(frozen=True, kw_only=True)
class CheckedReport:
    """An issued report that whoever asks may read."""

    line: IssuedReportLine
    body_id: int
    body: BodyDetails
    signed_off: bool
    frozen: Frozen | None  # None: its files are withheld, or cannot be read

    @property
    def path(self) -> str:
        """Of its place in the list of the body's reports."""
        return f"{body_path(self.body.slug)}reports/#{self.line.number}"

    @property
    def head(self) -> Frozen:
        """Of the record from which its data were collected, as its JSON names it."""
        return _part(_part(self.frozen or {}, "report"), "head")

    @property
    def head_hash(self) -> str:
        return str(self.head.get("hash") or self.line.head_hash)

    @property
    def stands(self) -> bool:
        """Whether nothing took its place, or put something in it right, since."""
        line = self.line
        return not (line.superseded_by or line.corrected_by or line.is_withheld)


@dataclass(frozen=True, kw_only=True)
class Verification:
    result: ReportCheckResult
    sha256: str | None = None  # of the file; None: none was sent
    report: CheckedReport | None = None
    file: CheckedFile | None = None
    seal: Seal = Seal.NOT_COMPARED

    @property
    def is_of_file(self) -> bool:
        return self.sha256 is not None

    @property
    def is_genuine(self) -> bool:
        return self.result is ReportCheckResult.GENUINE

    @property
    def bears_our_number(self) -> bool:
        """Whether what it shows is another than what we issued."""
        return self.result is ReportCheckResult.ALTERED


def verify(
    session: Session, audience_of: AudienceOf, sha256: str, number_in_file: str | None
) -> Verification:
    """Of a file, by its checksum and the number that stands in it."""
    files = _files(session, sha256)
    for report in _readable(session, audience_of, find_issued(session, sha256)):
        # The checksum of its data is that of other bytes.
        if file := files.get(report.line.id):
            return Verification(
                result=ReportCheckResult.GENUINE,
                sha256=sha256,
                report=report,
                file=file,
                seal=_seal(session, report),
            )
    named = _by_number(session, audience_of, number_in_file) if number_in_file else None
    result = result_of_file(is_issued=False, bears_known_number=named is not None)
    return Verification(result=result, sha256=sha256, report=named)


def verify_typed(
    session: Session,
    audience_of: AudienceOf,
    words: str,
    *,
    data_sha256: str | None = None,
    head: str | None = None,
) -> Verification:
    """Of a number or the beginning of a checksum. The code of a cover also names the checksum of
    the data, behind the number where the installation has no address, and may name the head of the
    record.
    """
    first, _space, checksum_behind = words.strip().partition(" ")
    if not read_checksum(first) and read_checksum(checksum_behind):
        words, data_sha256 = first, checksum_behind
    report = next(_readable(session, audience_of, find_issued(session, words)), None)
    if report is None:
        return Verification(result=ReportCheckResult.UNKNOWN)
    checksum = read_checksum(words)
    is_number = "".join(words.split()).casefold() == report.line.number.casefold()
    files = _files(session, checksum) if checksum and not is_number else {}
    named = [(data_sha256, report.line.data_sha256), (head, report.head_hash)]
    is_other = any(_differs(of_code, of_report) for of_code, of_report in named)
    return Verification(
        result=ReportCheckResult.FOUND,
        report=report,
        file=files.get(report.line.id),
        seal=Seal.OTHER if is_other else _seal(session, report),
    )


def changed_since(session: Session, report: CheckedReport, now: datetime) -> ReportChanges | None:
    """Item by item, the frozen data of a report against what readers read of its conventions now;
    None where its data are withheld, or are not of items.
    """
    if report.frozen is None:
        return None
    then = [row for row in _list(report.frozen, "rows") if "code" in row]
    today = AsOf(now.astimezone(zone_of(session, report.body_id)).date())
    head = session.get_one(Head, report.body_id).hash
    key = (report.line.id, str(current_locale()))
    changes = _changes.get((report.body_id, head, today), *key)
    if changes is None and then:
        rows_now = _rows_now(session, report, now)
        if rows_now is None:
            return None
        changes = compare(then, rows_now, is_whole=_is_whole(report))
        _changes.put(changes, (report.body_id, head, today), *key)
    return changes


def _is_whole(report: CheckedReport) -> bool:
    """Whether every item of its conventions is in it."""
    data = _part(report.frozen or {}, "data")
    return data.get("kind") == PROGRESS and not data.get("selection")


def _rows_now(session: Session, report: CheckedReport, now: datetime) -> list[Row] | None:
    """None where readers read nothing of a convention now."""
    slugs = [str(part["slug"]) for part in _list(report.frozen or {}, "conventions")]
    conventions = session.scalars(
        sa.select(Convention.id).where(
            Convention.body_id == report.body_id, Convention.slug.in_(slugs)
        )
    )
    rows: list[Row] = []
    for convention_id in conventions:
        try:
            request = ReportRequest(kind=ReportKind.SHORT, convention_ids=(convention_id,))
            collected = collect(session, report.body_id, request, now)
        except NotOnRecord:
            return None
        plain = cast(Frozen, plain_data(frozen_data(collected)))
        rows += cast(list[Row], plain["rows"])
    return rows


def _by_number(session: Session, audience_of: AudienceOf, number: str) -> CheckedReport | None:
    found = [
        report
        for report in find_issued(session, number)
        if report.number.casefold() == number.casefold()
    ]
    return next(_readable(session, audience_of, found), None)


def _readable(
    session: Session, audience_of: AudienceOf, found_reports: Iterable[FoundReport]
) -> Iterator[CheckedReport]:
    """Those that whoever asks may read, and of which the public knows; those that stand first."""
    reports: list[CheckedReport] = []
    for found in found_reports:
        audience = audience_of(found.body_id)
        if audience is None:
            continue
        line = issued_report(session, found.body_id, audience, found.number)
        if line is None or line.is_being_made:
            continue
        reports.append(
            CheckedReport(
                line=line,
                body_id=found.body_id,
                body=load_body_context(session, found.body_id, NOW).body,
                signed_off=_is_signed_off(session, line),
                frozen=_frozen(line),
            )
        )
    yield from sorted(reports, key=lambda report: not report.stands)


def _files(session: Session, beginning: str) -> dict[int, CheckedFile]:
    """By report: the file whose checksum begins so."""
    files = session.scalars(sa.select(IssuedFile).where(IssuedFile.sha256.startswith(beginning)))
    return {
        file.report_id: CheckedFile(
            variant=file.variant,
            pages=file.pages,
            signed_by=file.signed_by,
            signature_time=file.signature_time,
        )
        for file in files
    }


def _is_signed_off(session: Session, line: IssuedReportLine) -> bool:
    """By a second person: the draft, or the edition whose board's copy it was."""
    report = session.get_one(IssuedReport, line.id)
    if report.edition_id is not None:
        edition = edition_record(session, report.edition_id)
        return edition is not None and edition.sign_off is not None
    signed_off = sa.select(ReportSignOff.id).where(
        ReportSignOff.body_id == report.body_id,
        ReportSignOff.request_key == report.request_key,
        ReportSignOff.data_sha256 == line.data_sha256,
    )
    return session.scalar(signed_off) is not None


def _frozen(line: IssuedReportLine) -> Frozen | None:
    """Its own JSON, whose bytes are those that were issued."""
    file = line.file(FileVariant.JSON)
    if file is None or line.is_withheld:
        return None
    try:
        frozen = json.loads(store.read(current_settings().files, file.sha256))
    except (OSError, ValueError):
        return None
    return cast(Frozen, frozen)


def _seal(session: Session, report: CheckedReport) -> Seal:
    """The head that its JSON names, beside the record as it is."""
    number, named = report.head.get("event"), report.head.get("hash")
    if not isinstance(number, int):
        return Seal.NOT_COMPARED
    event = session.get(Event, report.body_id * CHAIN + number)
    return Seal.HOLDS if event is not None and event.hash == named else Seal.GONE


def _differs(of_code: str | None, of_report: str | None) -> bool:
    """A code may name the beginning alone."""
    named = read_checksum(of_code or "")
    return bool(of_code) and not (named and (of_report or "").startswith(named))


def _part(value: Frozen, name: str) -> Frozen:
    part = value.get(name)
    return cast(Frozen, part) if isinstance(part, dict) else {}


def _list(frozen: Frozen, name: str) -> list[Row]:
    """A list of the data."""
    rows = _part(frozen, "data").get(name)
    return cast(list[Row], rows) if isinstance(rows, list) else []
