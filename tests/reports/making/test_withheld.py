"""What becomes of issued reports and drafts when something that they show is taken from readers:
nothing that can still be downloaded says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.application import new_application
from tests.factories.issued_reports import DATA, draft_of
from tests.factories.recorded_union import CLOSES, LINK, RecordedUnion
from tracker.acts import (
    bodies,
    conventions,
    erasing,
    items,
    outcomes,
    reports,
    reviews,
    withholding,
)
from tracker.acts.act_context import ActContext
from tracker.acts.items import Mover, NewVersion
from tracker.acts.report_withholding import withhold_files
from tracker.acts.reports import ISSUE, IssueOptions
from tracker.config import Settings
from tracker.files import store
from tracker.jobs import table
from tracker.jobs.table import Job
from tracker.reading.audience import PUBLIC
from tracker.reading.item import page as item_page
from tracker.record.as_of import AsOf
from tracker.record.bodies import Delegation
from tracker.record.conventions import Convention
from tracker.record.issued_reports import IssuedFile, IssuedReport, ReportWithholding
from tracker.record.items import FloorPerson, Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry, Evidence, Withholding
from tracker.record.report_drafts import ReportDraft
from tracker.reports.making import sheets, tasks
from tracker.reports.making.withheld import (
    change_of_setting,
    content_of,
    remove_withheld_files,
    withholding_from_reports,
    withholding_of,
)
from tracker.reports.models import ReportKind
from tracker.rules.codes import (
    Claimed,
    FileVariant,
    FloorPart,
    Kind,
    Level,
    Result,
    Role,
    WithheldFor,
)
from tracker.rules.permissions import Actor, Grant, NotAllowed
from tracker.rules.refusals import Refused
from tracker.rules.withheld_reports import ReportIssuedAnew, TakenFromReaders

SAID, CHANGED, TITLE, NAME = "OTTERTAIL", "WILLOWHERB", "MARSHWREN", "Ada Heron"
PDF = b"%PDF of a report"
SHORT = (FileVariant.SHORT, FileVariant.CSV, FileVariant.JSON)
FULL = (FileVariant.FULL, FileVariant.CSV)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Of an application whose templates print; its own database is not asked."""
    app: Flask = new_application(tmp_path_factory.mktemp("instance"))
    with app.app_context():
        yield app.config["SETTINGS"]


@dataclass(kw_only=True)
class UnionWithReports:
    """An item with a released entry, its link, an outcome and its maker's name; a short and a full
    report of that day.
    """

    union: RecordedUnion
    settings: Settings
    item: Item
    convention_id: int
    entry: Entry
    outcome: Outcome
    short: IssuedReport
    full: IssuedReport

    @property
    def session(self) -> Session:
        return self.union.session

    @property
    def later(self) -> ActContext:
        return self.union.on(self.union.context.today + timedelta(days=1))

    def withhold(
        self, what: withholding.Subject, kind: WithheldFor = WithheldFor.LEGAL
    ) -> list[ReportIssuedAnew]:
        context = self.later
        with withholding_of(context, self.settings, self.item, what, kind) as reports_withheld:
            withholding.withhold(context, self.item, what, kind)
        return reports_withheld.reports

    def erase(self, digest: str) -> list[ReportIssuedAnew]:
        context = self.later
        taken = TakenFromReaders()
        with withholding_from_reports(context, self.settings, taken, None) as reports_withheld:
            erasing.erase(context, digest, WithheldFor.PERSONAL_DATA)
        return reports_withheld.reports

    def show_names(self, value: str) -> list[ReportIssuedAnew]:
        context = self.later
        with change_of_setting(context, self.settings, "show_names", value) as reports_withheld:
            bodies.set_setting(context, "show_names", value)
        return reports_withheld.reports

    def issue(
        self, kind: ReportKind, variants: tuple[FileVariant, ...], **of: object
    ) -> IssuedReport:
        return issue(self.union.context, self.convention, kind, variants, **of)

    @property
    def convention(self) -> Convention:
        return self.session.get_one(Convention, self.convention_id)

    @property
    def delegation_id(self) -> int:
        return self.session.scalars(
            sa.select(Delegation.id).where(Delegation.body_id == self.union.context.body_id)
        ).one()

    def said(self, report: IssuedReport) -> str:
        """What its files say, made now."""
        return "\n".join(content_of(self.union.context, report).words().values())

    def standing(self) -> list[IssuedReport]:
        withheld_ids = sa.select(ReportWithholding.report_id)
        return list(
            self.session.scalars(
                sa.select(IssuedReport).where(
                    IssuedReport.body_id == self.union.context.body_id,
                    IssuedReport.id.not_in(withheld_ids),
                )
            )
        )

    def page(self) -> str:
        """What everybody reads of the item today."""
        context = self.union.context
        return repr(
            item_page(self.session, context.body_id, self.item.id, AsOf(context.today), PUBLIC)
        )


def issue(
    context: ActContext,
    convention: Convention,
    kind: ReportKind,
    variants: tuple[FileVariant, ...],
    **of: object,
) -> IssuedReport:
    draft = draft_of(context, convention, kind, **of)
    return reports.issue(context, draft, DATA, IssueOptions(variants=variants))


@pytest.fixture
def recorded(session: Session, settings: Settings) -> Iterator[UnionWithReports]:
    union = RecordedUnion.begin(session, show_names="yes")
    convention = conventions.record(
        union.context,
        "2024",
        "Lakeside 2024",
        conventions.Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=CLOSES),
    )
    maker = Mover(FloorPart.MAKER, bodies.add_delegation(union.context, "Ohio").id, NAME)
    pool = items.register(
        union.context,
        convention,
        Kind.NEW_BUSINESS_ITEM,
        "1",
        NewVersion(words="A pool shall be built.", title="A pool"),
        movers=[maker],
    )
    union.adopt(pool, lead="Pool Committee")
    entry = union.say(
        pool, date(2024, 8, 1), SAID, Claimed.PROGRESS, evidence=replace(LINK, title=TITLE)
    )
    outcome = outcomes.state(
        union.on(date(2024, 9, 1), 1),
        pool,
        Level.CHANGE_FOLLOWED,
        CHANGED,
        date(2024, 9, 1),
        "counts",
        [LINK],
    )
    outcomes.release(union.on(date(2024, 9, 1), 2), pool, outcome)
    reviews.review_outcome(union.on(date(2024, 9, 2), 3), pool, outcome, Result.CONFIRMED)
    context = union.on(date(2024, 10, 1))
    yield UnionWithReports(
        union=union,
        settings=settings,
        item=pool,
        convention_id=convention.id,
        entry=entry,
        outcome=outcome,
        short=issue(context, convention, ReportKind.SHORT, SHORT),
        full=issue(context, convention, ReportKind.FULL, FULL),
    )
    session.rollback()


def numbers(reports_withheld: list[ReportIssuedAnew]) -> set[str]:
    return {report.number for report in reports_withheld}


def test_a_short_report_that_does_not_print_an_entry_stays(recorded: UnionWithReports) -> None:
    (anew,) = recorded.withhold(recorded.entry)
    assert anew.number == recorded.full.number and anew.files == {FileVariant.FULL}
    withholding_fact = recorded.session.scalars(sa.select(ReportWithholding)).one()
    assert withholding_fact.report_id == recorded.full.id
    assert withholding_fact.kind is WithheldFor.LEGAL


def test_it_is_issued_anew_as_of_the_same_event(recorded: UnionWithReports) -> None:
    (line,) = recorded.withhold(recorded.entry)
    anew = recorded.session.scalars(
        sa.select(IssuedReport).where(IssuedReport.number == line.anew)
    ).one()
    assert anew.replaces_id == recorded.full.id and anew.number != recorded.full.number
    assert (anew.request, anew.up_to, anew.as_of, anew.variants) == (
        recorded.full.request,
        recorded.full.up_to,
        recorded.full.as_of,
        recorded.full.variants,
    )
    jobs = recorded.session.scalars(sa.select(Job).where(Job.kind == ISSUE)).all()
    assert [job.decoded_arguments["report"] for job in jobs].count(anew.id) == 1


def test_evidence_and_an_outcome_go_from_where_they_stand(recorded: UnionWithReports) -> None:
    evidence = recorded.session.scalars(
        sa.select(Evidence).where(Evidence.entry_id == recorded.entry.id)
    ).one()
    (anew,) = recorded.withhold(evidence)
    assert anew.number == recorded.full.number
    assert numbers(recorded.withhold(recorded.outcome)) == {anew.anew, recorded.short.number}


def test_a_name_that_no_report_prints_concerns_none(recorded: UnionWithReports) -> None:
    """Reports name the delegation of who moved an item."""
    maker = recorded.session.scalars(
        sa.select(FloorPerson).where(FloorPerson.item_id == recorded.item.id)
    ).one()
    assert recorded.withhold(maker) == []


def test_what_is_withheld_again_concerns_only_what_was_issued_between(
    recorded: UnionWithReports,
) -> None:
    """To lift a withholding changes no issued report: those made since do not show it."""
    (anew,) = recorded.withhold(recorded.entry)
    context = recorded.later
    standing = recorded.session.scalars(sa.select(Withholding)).one()
    withholding.lift(context, recorded.item, standing, "They agreed.")
    newer = recorded.issue(ReportKind.FULL, FULL)
    assert numbers(recorded.withhold(recorded.entry)) >= {newer.number}
    assert recorded.full.number not in numbers(recorded.withhold(recorded.outcome))
    assert anew.anew != newer.number


def test_what_was_recorded_later_concerns_no_report(recorded: UnionWithReports) -> None:
    later = recorded.union.say(
        recorded.item, date(2024, 11, 1), "Said later.", Claimed.PROGRESS, evidence=None
    )
    assert recorded.withhold(later) == []


def test_an_erased_text_goes_from_all_that_print_it(recorded: UnionWithReports) -> None:
    assert numbers(recorded.erase(recorded.entry.words)) == {recorded.full.number}
    title = recorded.session.scalars(
        sa.text("SELECT title FROM version").columns(sa.column("title"))
    ).first()
    erased = recorded.erase(title)
    assert recorded.short.number in numbers(erased) and len(erased) == 2
    kinds = set(recorded.session.scalars(sa.select(ReportWithholding.kind)))
    assert kinds == {None}


def test_words_of_the_office_in_a_report_can_be_erased(recorded: UnionWithReports) -> None:
    draft = draft_of(recorded.later, recorded.convention)
    options = IssueOptions(variants=SHORT, line="With the figures of September.")
    with_line = reports.issue(recorded.union.context, draft, DATA, options)
    assert with_line.line is not None
    assert numbers(recorded.erase(with_line.line)) == {with_line.number}


def test_names_that_show_no_longer_go(recorded: UnionWithReports) -> None:
    assert numbers(recorded.show_names("no")) == {recorded.full.number}
    assert recorded.show_names("yes") == []
    assert len(recorded.show_names("no")) == 1  # what was issued anew and has no files yet


def test_the_bytes_go_after_the_commit_but_for_what_else_needs_them(
    recorded: UnionWithReports,
) -> None:
    session, files = recorded.session, recorded.settings.files
    sha256, table = store.keep(files, PDF), store.keep(files, b"code,verdict")
    for report, variants in (
        (recorded.full, {FileVariant.FULL: sha256, FileVariant.CSV: table}),
        (recorded.short, {FileVariant.CSV: table}),
    ):
        rows = [
            IssuedFile(
                report_id=report.id, variant=variant, sha256=digest, size=9, data_sha256=DATA
            )
            for variant, digest in variants.items()
        ]
        assert reports.record_files(recorded.union.context, report, rows)
    recorded.withhold(recorded.entry)
    assert store.digest_of(files, sha256) == sha256
    assert remove_withheld_files(session, recorded.settings) == 1
    assert store.digest_of(files, sha256) is None and store.digest_of(files, table) == table
    assert remove_withheld_files(session, recorded.settings) == 0


def test_it_follows_only_from_what_governance_or_the_administrator_does(
    recorded: UnionWithReports,
) -> None:
    for role in Role:
        context = replace(recorded.later, actor=Actor(1, frozenset({Grant(role)})))
        if role in {Role.GOVERNANCE, Role.ADMINISTRATOR}:
            continue
        with pytest.raises(NotAllowed):
            withhold_files(context, recorded.full, WithheldFor.LEGAL)


def test_files_that_were_being_made_meanwhile_are_not_recorded(recorded: UnionWithReports) -> None:
    recorded.withhold(recorded.entry)
    row = IssuedFile(
        report_id=recorded.full.id,
        variant=FileVariant.FULL,
        sha256="ab" * 32,
        size=9,
        data_sha256=DATA,
    )
    assert not reports.record_files(recorded.union.context, recorded.full, [row])


@pytest.mark.parametrize("kind", ReportKind)
def test_of_each_kind_those_go_that_say_it(recorded: UnionWithReports, kind: ReportKind) -> None:
    of = {
        ReportKind.ITEM: {"item_id": recorded.item.id},
        ReportKind.DELEGATION: {"delegation_id": recorded.delegation_id},
        ReportKind.UNIT: {"unit_id": recorded.union.unit("Pool Committee")},
    }.get(kind, {})
    report = recorded.issue(kind, (FileVariant.REPORT, FileVariant.CSV, FileVariant.JSON), **of)
    says_it = SAID in recorded.said(report)
    with_sections = {ReportKind.FULL, ReportKind.ITEM, ReportKind.DELEGATION, ReportKind.UNIT}
    assert says_it == (kind in with_sections)
    assert (report.number in numbers(recorded.withhold(recorded.entry))) == says_it
    for standing in recorded.standing():
        assert SAID not in recorded.said(standing)


def test_a_draft_that_shows_it_is_gone_with_its_file_and_all_sheets(
    recorded: UnionWithReports,
) -> None:
    session, context = recorded.session, recorded.union.context
    recorded.settings.reports.mkdir(exist_ok=True)
    for kind in (ReportKind.SHORT, ReportKind.FULL):
        draft = draft_of(context, recorded.convention, kind)
        job = table.ask_for(session, tasks.KIND, {}, context.body_id, 0, context.now)
        job.result = f"reports/{job.id}-{kind.value}.pdf"
        (recorded.settings.instance / job.result).write_bytes(PDF)
        session.add(
            ReportDraft(
                job_id=job.id,
                body_id=context.body_id,
                convention_id=recorded.convention_id,
                request=draft.request,
                request_key=draft.request_key,
                as_of=draft.as_of,
                up_to=draft.up_to,
                head_hash="",
                newest_event=draft.up_to,
                data_sha256=DATA,
                title="Progress report",
                pages=1,
                made_at=context.now,
                made_by=0,
                kept_until=context.now + timedelta(days=30),
            )
        )
    sheet = table.ask_for(session, sheets.KIND, {}, context.body_id, 0, context.now)
    sheet.state, sheet.result = table.JobState.DONE, f"reports/{sheet.id}-sheet.pdf"
    (recorded.settings.instance / sheet.result).write_bytes(PDF)
    running = table.ask_for(session, tasks.KIND, {}, context.body_id, 0, context.now)
    running.state, running.worker, running.attempts = table.JobState.RUNNING, "worker", 1
    session.flush()
    with withholding_of(
        recorded.later, recorded.settings, recorded.item, recorded.entry, WithheldFor.LEGAL
    ) as withheld_reports:
        withholding.withhold(
            recorded.union.context, recorded.item, recorded.entry, WithheldFor.LEGAL
        )
    assert withheld_reports.drafts == 1
    (left,) = session.scalars(sa.select(ReportDraft)).all()
    assert '"short"' in left.request
    session.refresh(running)
    assert running.state is table.JobState.QUEUED  # it has read what may not be read any more
    withheld_reports.after_commit(session, recorded.settings)
    assert len(list(recorded.settings.reports.glob("*-full.pdf"))) == 0
    assert len(list(recorded.settings.reports.glob("*-sheet.pdf"))) == 0
    assert len(list(recorded.settings.reports.glob("*-short.pdf"))) == 1
    next(recorded.settings.reports.glob("*-short.pdf")).unlink()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_no_file_that_can_be_downloaded_says_what_was_taken(
    recorded: UnionWithReports, seed: int
) -> None:
    """Whatever is issued, made, withheld, lifted, erased, named and not named, in any order."""
    dice, files = Random(seed), dict[int, str]()
    evidence = recorded.session.scalars(
        sa.select(Evidence).where(Evidence.entry_id == recorded.entry.id)
    ).one()
    subjects: dict[str, Entry | Outcome | Evidence] = {
        SAID: recorded.entry,
        CHANGED: recorded.outcome,
        TITLE: evidence,
    }
    texts = {SAID: recorded.entry.words, CHANGED: recorded.outcome.words, TITLE: evidence.title}
    erased: set[str] = set()

    def issue_one() -> None:
        kind = dice.choice([ReportKind.SHORT, ReportKind.FULL])
        assert recorded.later
        recorded.issue(kind, FULL if kind is ReportKind.FULL else SHORT)

    def make_files() -> None:
        for report in recorded.standing():
            files.setdefault(report.id, recorded.said(report))

    def withhold_one() -> None:
        recorded.withhold(subjects[dice.choice(sorted(subjects))])

    def lift_one() -> None:
        for standing in recorded.session.scalars(
            sa.select(Withholding).where(Withholding.ended_by.is_(None))
        ).all():
            withholding.lift(recorded.later, recorded.item, standing, "They agreed.")

    def erase_one() -> None:
        words = dice.choice(sorted(texts))
        recorded.erase(texts[words])
        erased.add(words)

    moves = [issue_one, make_files, make_files, withhold_one, lift_one, erase_one]
    moves += [lambda: recorded.show_names("no"), lambda: recorded.show_names("yes")]
    for _step in range(12):
        with suppress(Refused):
            dice.choice(moves)()
        page = recorded.page()
        gone = erased | {words for words in (*subjects, NAME) if words not in page}
        for report in recorded.standing():
            for words in gone:
                assert words not in files.get(report.id, ""), (report.number, words)
