"""The reports that the made-up union's office has issued, and the draft of the next.

Facts and jobs are written; their files are made by the worker, once it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.acts import report_withholding, reports
from tracker.acts.act_context import ActContext
from tracker.acts.reports import DraftOfReport, ErratumTo, IssueOptions
from tracker.config import Settings
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedReport
from tracker.reports import data
from tracker.reports.collecting.collect import collect
from tracker.reports.making import drafts
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.reports.words import wording
from tracker.rules.codes import FileVariant, WithheldFor

from .calendar import Calendar, When, ago
from .gatherings import FINISHED, RUNNING
from .people import DEPUTY, GOVERNANCE
from .scenes import Cue, Scene

DATA = (FileVariant.HTML, FileVariant.CSV, FileVariant.JSON)
SHORT = (FileVariant.SHORT, *DATA)
FULL = (FileVariant.SHORT, FileVariant.FULL, *DATA)
ONE_ITEM = (FileVariant.REPORT, *DATA)
REVIEW = "nbi-2"  # of research on credit recovery


@dataclass(frozen=True, kw_only=True)
class ReportStory:
    """A report of a convention, or of one item of it. `on`: the day on which it was issued."""

    convention: str
    on: When
    variants: tuple[FileVariant, ...]
    line: str | None = None
    item: str | None = None  # its code
    name: str | None = None  # by which an erratum names it
    corrects: str | None = None
    correction: str = ""
    # Something that it shows was withheld: with it went its files, and it was issued anew.
    withheld_on: When | None = None


REPORTS = (
    ReportStory(
        convention=FINISHED,
        on=206,
        variants=ONE_ITEM,
        item=REVIEW,
        line="For the delegates who moved it.",
        name="review",
        withheld_on=214,
    ),
    ReportStory(
        convention=FINISHED,
        on=217,
        variants=ONE_ITEM,
        item=REVIEW,
        corrects="review",
        correction="The first clause is due six weeks later: its extension was not in the report.",
    ),
    ReportStory(convention=RUNNING, on=ago(110), variants=SHORT),
    ReportStory(
        convention=RUNNING,
        on=ago(30),
        variants=FULL,
        line="With a section for each item, for whoever wants to read on.",
    ),
)


@dataclass(kw_only=True)
class ReportOffice:
    """What issues the reports, each on its day."""

    at: Callable[[date, str], ActContext]  # of that person, on that day
    calendar: Calendar
    conventions: Mapping[str, Convention]
    scenes: Mapping[tuple[str, str], Scene]  # by convention and code
    by_name: dict[str, IssuedReport] = field(default_factory=dict)

    def cues(self) -> Iterator[Cue]:
        for story in REPORTS:
            yield from self._cues(story)

    def ask_for_draft(self, context: ActContext, settings: Settings) -> None:
        """Of the convention whose items are being carried out, as of today."""
        request = ReportRequest(
            kind=ReportKind.SHORT, convention_ids=(self.conventions[RUNNING].id,)
        )
        drafts.ask(
            context.session, settings, request, context.body_id, context.actor_id, context.now
        )

    def _cues(self, story: ReportStory) -> Iterator[Cue]:
        issued_on = self.calendar.working_day(story.convention, story.on)
        issued: list[IssuedReport] = []

        def issue() -> None:
            issued.append(self._issue(story, issued_on))

        yield Cue(issued_on, issue)
        if story.withheld_on is None:
            return
        withheld_on = self.calendar.working_day(story.convention, story.withheld_on)

        def withhold() -> None:
            context = self.at(withheld_on, GOVERNANCE)
            anew = report_withholding.withhold_files(context, issued[0], WithheldFor.PERSONAL_DATA)
            if story.name:
                self.by_name[story.name] = anew.report

        yield Cue(withheld_on, withhold)

    def _issue(self, story: ReportStory, on: date) -> IssuedReport:
        context = self.at(on, DEPUTY)
        request = self._request(story)
        report = collect(context.session, context.body_id, request, context.now)
        checksum = data.data_sha256(report)
        draft = DraftOfReport(
            kind=request.kind.value,
            convention_ids=request.convention_ids,
            request=request.frozen(report.up_to, report.as_of).canonical,
            request_key=request.key,
            title=wording.heading(report),
            as_of=report.as_of,
            up_to=report.up_to,
            data_sha256=checksum,
        )
        erratum = None
        if story.corrects:
            erratum = ErratumTo(
                report_id=self.by_name[story.corrects].id, correction=story.correction
            )
        options = IssueOptions(variants=story.variants, line=story.line)
        issued = reports.issue(context, draft, checksum, options, erratum)
        if story.name:
            self.by_name[story.name] = issued
        return issued

    def _request(self, story: ReportStory) -> ReportRequest:
        convention_ids = (self.conventions[story.convention].id,)
        if story.item is None:
            return ReportRequest(kind=ReportKind.FULL, convention_ids=convention_ids)
        item = self.scenes[story.convention, story.item].item
        return ReportRequest(kind=ReportKind.ITEM, convention_ids=convention_ids, item_id=item.id)
