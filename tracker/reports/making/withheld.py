"""What becomes of issued reports and of drafts when something that they show is taken from readers:
withheld, erased, or a name or a column that shows no longer.

What each says is collected before the act and after it, in its transaction. Where that differs an
issued report's files are withheld, and it is issued anew without it; the bytes go after the commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import report_withholding
from tracker.acts.act_context import ActContext
from tracker.acts.withholding import Subject
from tracker.config import Settings
from tracker.files import store
from tracker.jobs import queue, table
from tracker.jobs.table import Job
from tracker.record import ledger
from tracker.record.issued_reports import IssuedReport, ReportWithholding
from tracker.record.items import FloorPerson, Item
from tracker.record.ledger_tables import Text
from tracker.record.report_drafts import ReportDraft
from tracker.record.stored_files import withheld_files
from tracker.reports.collecting.collect import NotOnRecord, collect
from tracker.reports.models import CollectedReport
from tracker.reports.printing import document
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import FileVariant, WithheldFor
from tracker.rules.settings import YES
from tracker.rules.withheld_reports import (
    ReportIssuedAnew,
    TakenFromReaders,
    files_that_showed_it,
)

from . import kept_pages, sheets, tasks
from .issued_files import TEXT_FILES, as_printed


@dataclass(kw_only=True)
class WithheldReports:
    """What an act did to reports; filled once the act is recorded."""

    reports: list[ReportIssuedAnew] = field(default_factory=list)
    drafts: int = 0  # that showed it, and are gone
    _files: list[Path] = field(default_factory=list)
    _jobs: list[int] = field(default_factory=list)

    def after_commit(self, session: Session, settings: Settings) -> None:
        """Remove the bytes, and wake the worker, which makes the files of what is issued anew. It
        does both by itself where this is never called.
        """
        for file in self._files:
            file.unlink(missing_ok=True)
        kept_pages.forget(settings)
        remove_withheld_files(session, settings)
        if self._jobs:
            queue.wake(settings, *self._jobs)


@contextmanager
def withholding_from_reports(
    context: ActContext,
    settings: Settings,
    taken: TakenFromReaders,
    kind: WithheldFor | None,
) -> Iterator[WithheldReports]:
    """Around the act; whoever calls commits, and calls `after_commit` then.

    :param kind: of reason; None: nothing is withheld, a text was erased or a name shows no longer
    """
    ledger.lock(context.session, context.body_id)
    reports = [(report, content_of(context, report)) for report in _issued(context, taken)]
    drafts = [(draft, _of_draft(context, draft)) for draft in _drafts(context, taken)]
    withheld = WithheldReports()
    yield withheld
    context.session.flush()
    kept_pages.forget(settings)  # before the commit too: nothing may come between it and the end
    withheld._jobs += table.begin_again(context.session, tasks.KIND, context.body_id)
    withheld._files += sheets.forget(context.session, settings, context.body_id)
    for report, before in reports:
        files = before.files_unlike(content_of(context, report))
        if files:
            anew = report_withholding.withhold_files(context, report, kind)
            withheld.reports.append(_issued_anew(context.session, report, files, anew.report))
            withheld._jobs.append(anew.job_id)
    for draft, before in drafts:
        if before.files_unlike(_of_draft(context, draft)):
            withheld._files += _forget(context.session, settings, draft)
            withheld.drafts += 1


@contextmanager
def withholding_of(
    context: ActContext, settings: Settings, item: Item, what: Subject, kind: WithheldFor
) -> Iterator[WithheldReports]:
    """Around `acts.withholding.withhold`. A name goes wherever it stands at the item, so it may be
    on record since before the fact that is named.
    """
    _facts, linked = context.facts_with_linked(item)
    conventions = sa.select(Item.convention_id).where(Item.id.in_(linked))
    taken = TakenFromReaders(
        since=0 if isinstance(what, FloorPerson) else what.recorded_by,
        convention_ids=frozenset(context.session.scalars(conventions)),
    )
    with withholding_from_reports(context, settings, taken, kind) as withheld:
        yield withheld


@contextmanager
def change_of_setting(
    context: ActContext, settings: Settings, name: str, value: str
) -> Iterator[WithheldReports]:
    """Around `acts.bodies.set_setting`: names of people that show no longer go from reports."""
    if name != "show_names" or value == YES:
        yield WithheldReports()
        return
    with withholding_from_reports(context, settings, TakenFromReaders(), None) as withheld:
        yield withheld


def remove_withheld_files(session: Session, settings: Settings) -> int:
    """The bytes of withheld reports, but for those that another fact names; how many there were.

    After the commit; the worker does it too, where a crash came between.
    """
    files = [
        file
        for file in withheld_files(session)
        if store.path_of(settings.files, file.sha256).exists()
    ]
    for file in files:
        store.drop(settings.files, file.sha256)
    return len(files)


# --- which reports ---


def _issued(context: ActContext, taken: TakenFromReaders) -> list[IssuedReport]:
    """Those that may show it, whose files are not withheld yet."""
    is_withheld = sa.exists().where(ReportWithholding.report_id == IssuedReport.id)
    reports = context.session.scalars(
        sa.select(IssuedReport)
        .where(IssuedReport.body_id == context.body_id, ~is_withheld)
        .order_by(IssuedReport.id)
    )
    return [report for report in reports if taken.may_stand_in(report.up_to, report.convention_id)]


def _drafts(context: ActContext, taken: TakenFromReaders) -> list[ReportDraft]:
    drafts = context.session.scalars(
        sa.select(ReportDraft)
        .where(ReportDraft.body_id == context.body_id)
        .order_by(ReportDraft.job_id)
    )
    return [draft for draft in drafts if taken.may_stand_in(draft.up_to, draft.convention_id)]


def _issued_anew(
    session: Session, report: IssuedReport, files: frozenset[FileVariant], anew: IssuedReport
) -> ReportIssuedAnew:
    title = session.scalar(sa.select(Text.words).where(Text.digest == report.title))
    return ReportIssuedAnew(number=report.number, title=title or "", files=files, anew=anew.number)


def _forget(session: Session, settings: Settings, draft: ReportDraft) -> list[Path]:
    """Its job goes with it; gives back its file, which goes after the commit."""
    job = session.get(Job, draft.job_id)
    session.delete(draft)
    session.flush()
    if job is None:
        return []
    file = tasks.file_of(settings, job.result)
    session.delete(job)
    return [file] if file is not None else []


# --- what they say ---


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    """All that the files of a report are made of."""

    variants: tuple[FileVariant, ...]
    report: CollectedReport | None  # None: the record says nothing of it any more
    own_words: tuple[str | None, ...] = ()  # of the office: title, line, what an erratum puts right

    def files_unlike(self, other: ReportContent) -> frozenset[FileVariant]:
        """The files that would say something else."""
        if self == other:
            return frozenset()
        return files_that_showed_it(self.words(), other.words())

    def words(self) -> Mapping[FileVariant, str]:
        """What each file says."""
        own = "\n".join(words or "" for words in self.own_words)
        report = self.report
        if report is None:
            return dict.fromkeys(self.variants, own)
        return {
            variant: own + _words_of(as_printed(report, variant, self.variants), variant)
            for variant in self.variants
        }


def content_of(context: ActContext, report: IssuedReport) -> ReportContent:
    """Of an issued report, as its files would be made now."""
    digests = (report.title, report.line, report.correction)
    rows = context.session.execute(
        sa.select(Text.digest, Text.words).where(Text.digest.in_(digests))
    )
    words: dict[str | None, str | None] = {digest: written for digest, written in rows}
    return ReportContent(
        variants=tuple(FileVariant(code) for code in report.variants.split()),
        report=_collected(context, report.request, report.up_to, report.as_of),
        own_words=tuple(words.get(digest) for digest in digests),
    )


def _of_draft(context: ActContext, draft: ReportDraft) -> ReportContent:
    return ReportContent(
        variants=(FileVariant.REPORT, FileVariant.JSON),
        report=_collected(context, draft.request, draft.up_to, draft.as_of),
    )


def _collected(
    context: ActContext, request: str, up_to: int, as_of: date
) -> CollectedReport | None:
    """Without the list of what is withheld, and whether names show: that it says so takes nothing
    from readers.
    """
    frozen = ReportRequest.from_arguments(json.loads(request)).frozen(up_to, as_of)
    try:
        report = collect(context.session, context.body_id, frozen, context.now)
    except NotOnRecord:
        return None
    return replace(report, withheld=(), body=replace(report.body, show_names=False))


def _words_of(report: CollectedReport, variant: FileVariant) -> str:
    if variant in TEXT_FILES:
        return TEXT_FILES[variant](report)
    return document.html(report, False)
