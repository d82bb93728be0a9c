"""Which facts name a file among the stored ones, by the SHA-256 of its bytes.

Where the bytes lie is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.rules.body_mark import read_mark

from .bodies import BodySetting
from .issued_reports import IssuedFile, IssuedReport, ReportWithholding
from .ledger_tables import Erasure
from .meetings import Meeting
from .progress import Evidence, OpenedEvidence


@dataclass(frozen=True, kw_only=True)
class NamedFile:
    """A stored file, and the fact that names it."""

    sha256: str
    named_by: str  # "evidence 3"
    event: int  # that recorded the fact
    may_be_gone: bool = False  # its name was erased, or it was withheld with its report
    is_withheld: bool = False  # with its report: the fact no longer needs the bytes


def named_files(session: Session) -> Iterator[NamedFile]:
    """Evidence, the public copies of pictures, minutes, marks of bodies, and issued reports."""
    yield from _evidence_and_minutes(session)
    yield from issued_files(session)
    yield from _marks(session)


def _evidence_and_minutes(session: Session) -> Iterator[NamedFile]:
    erased = set(session.scalars(sa.select(Erasure.digest)))
    originals = sa.select(Evidence.id, Evidence.recorded_by, Evidence.title, Evidence.sha256)
    copies = sa.select(
        Evidence.id, OpenedEvidence.recorded_by, Evidence.title, OpenedEvidence.public_sha256
    ).join(Evidence, Evidence.id == OpenedEvidence.evidence_id)
    for query in (originals, copies):
        for key, event, title, sha256 in session.execute(query.order_by(Evidence.id)):
            if sha256 is not None:
                yield NamedFile(
                    sha256=sha256,
                    named_by=f"evidence {key}",
                    event=event,
                    may_be_gone=title in erased,
                )
    for meeting in session.scalars(sa.select(Meeting).order_by(Meeting.id)):
        for sha256 in (meeting.sha256, meeting.public_sha256):
            if sha256 is not None:
                yield NamedFile(
                    sha256=sha256,
                    named_by=f"meeting {meeting.id}",
                    event=meeting.recorded_by,
                    may_be_gone=meeting.file_name in erased,
                )


def issued_files(session: Session) -> Iterator[NamedFile]:
    """Of all issued reports, those whose files were withheld among them."""
    variant = sa.type_coerce(IssuedFile.variant, sa.String())  # be it one that nobody knows
    rows = session.execute(
        sa.select(
            IssuedFile.sha256,
            IssuedFile.recorded_by,
            variant,
            IssuedReport.number,
            ReportWithholding.id,
        )
        .join(IssuedReport, IssuedReport.id == IssuedFile.report_id)
        .outerjoin(ReportWithholding, ReportWithholding.report_id == IssuedReport.id)
        .order_by(IssuedFile.id)
    )
    for sha256, event, code, number, withholding in rows:
        yield NamedFile(
            sha256=sha256,
            named_by=f"report {number}, {code}",
            event=event,
            may_be_gone=withholding is not None,
            is_withheld=withholding is not None,
        )


def _marks(session: Session) -> Iterator[NamedFile]:
    """Those of today and of earlier days."""
    query = sa.select(BodySetting.recorded_by, BodySetting.value).where(BodySetting.name == "mark")
    for event, value in session.execute(query.order_by(BodySetting.id)):
        mark = read_mark(value)
        if mark is not None:
            yield NamedFile(sha256=mark.sha256, named_by="a mark", event=event)


def withheld_files(session: Session) -> list[NamedFile]:
    """Files of withheld reports whose bytes no other fact needs: they are to be gone."""
    withheld = [file for file in issued_files(session) if file.is_withheld]
    if not withheld:
        return []
    needed = {file.sha256 for file in named_files(session) if not file.is_withheld}
    return [file for file in withheld if file.sha256 not in needed]
