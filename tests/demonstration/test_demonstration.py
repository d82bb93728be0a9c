"""The made-up union: it loads, it shows every code, its record is sound, and the past of it can be
asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker import demonstration
from tracker.accounts import user_accounts as accounts
from tracker.acts.reports import ISSUE
from tracker.config import Settings
from tracker.demonstration.people import PEOPLE
from tracker.files import store
from tracker.jobs.table import Job
from tracker.reading.audience import OFFICE
from tracker.reading.issued_reports import issued_reports
from tracker.record import kept_summaries
from tracker.record.as_of import AsOf, begins
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.record.import_previews import ImportPreview, PreviewState
from tracker.record.items import FloorAction, Item
from tracker.record.ledger_tables import INSTALLATION, Event
from tracker.record.loader import load
from tracker.record.money import Estimate
from tracker.record.outcomes import Outcome
from tracker.record.people import PersonAccount, RoleHeld
from tracker.record.progress import Entry, Evidence, OpenedEvidence, Review, SentBack, Withholding
from tracker.record.verification import verify, verify_texts
from tracker.reports.making import tasks
from tracker.rules import codes
from tracker.rules.item_facts import Facts
from tracker.rules.rates import Cohort, cohort, counted
from tracker.rules.report_states import ReportState
from tracker.rules.verdict import Answer, answer

pytestmark = pytest.mark.slow

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
TODAY = NOW.astimezone(ZONE).date()
# seconds that loading may take on two slow cores; here it is 1.5 on SQLite and 2.5 on PostgreSQL
BUDGET = 20


class Loaded(NamedTuple):
    session: Session
    accounts: list[demonstration.DemoAccount]
    settings: Settings
    body: int


@pytest.fixture(scope="module")
def loaded(engine: sa.Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    with pytest.MonkeyPatch.context() as patch, Session(engine) as session:
        # hashing is slow, and needs an application
        patch.setattr(accounts, "hash_of", lambda password: f"hash of {len(password)} characters")
        settings = Settings(
            instance=tmp_path_factory.mktemp("instance"), secret_key="k" * 40, database_url="unused"
        )
        assert demonstration.is_empty(session) and not demonstration.is_demonstration(session)
        demo_accounts = demonstration.load(session, NOW, settings)
        session.commit()
        yield Loaded(session, demo_accounts, settings, session.scalars(sa.select(Body.id)).one())


def facts(loaded: Loaded, as_of: AsOf) -> dict[int, Facts]:
    return load(
        loaded.session, loaded.body, loaded.session.scalars(sa.select(Item.id)).all(), as_of
    )


def answers(loaded: Loaded, as_of: AsOf) -> dict[int, Answer]:
    every = facts(loaded, as_of)
    return {key: answer(key, every) for key in every}


def test_it_is_a_demonstration(loaded: Loaded) -> None:
    assert demonstration.is_demonstration(loaded.session) and not demonstration.is_empty(
        loaded.session
    )
    assert demonstration.age(loaded.session, NOW + timedelta(days=40)).days == 40
    with pytest.raises(demonstration.NotEmpty):
        demonstration.load(loaded.session, NOW, loaded.settings)


def test_every_standing_verdict_and_change(loaded: Loaded) -> None:
    item_states = answers(loaded, AsOf(TODAY)).values()
    assert {state.standing.code for state in item_states} == set(codes.Standing)
    assert {state.verdict for state in item_states} == set(codes.Verdict)
    assert {state.change for state in item_states} == {None, *codes.Change}


def test_it_holds_every_code_and_each_kind_of_fact(loaded: Loaded) -> None:
    def column(column: sa.SQLColumnExpression[object]) -> set[object]:
        return set(loaded.session.scalars(sa.select(column).distinct()))

    assert column(Estimate.basis) == set(codes.Basis) and column(Estimate.conditional) == {
        True,
        False,
    }
    assert column(Outcome.level) == set(codes.Level)
    assert column(Review.by) >= set(codes.By) and column(Review.result) == set(codes.Result)
    assert {action.effect for action in column(FloorAction.action)} >= set(codes.Effect) - {
        codes.Effect.UNKNOWN
    }  # type: ignore[attr-defined]
    assert column(RoleHeld.role) == set(codes.Role)
    claims = {
        claim.claimed for fact in facts(loaded, AsOf(TODAY)).values() for claim in fact.claims
    }
    assert claims == {None, *codes.Claimed}
    decisions = {
        decision.decision
        for fact in facts(loaded, AsOf(TODAY)).values()
        for decision in fact.decisions
    }
    assert decisions == set(codes.Decision)
    for fact in (Withholding, SentBack, Evidence):
        assert loaded.session.scalar(sa.select(sa.func.count()).select_from(fact))
    assert (
        column(Withholding.kind)
        and None in column(Withholding.entry_id)
        and None in column(Withholding.evidence_id)
    )
    assert column(Entry.corrects_id) - {None} and column(Entry.source) - {None}


def test_something_waits_for_everybody(loaded: Loaded) -> None:
    """For the manager and the office to release; for the confirmer, who released none of it, to
    confirm.
    """
    every = facts(loaded, AsOf(TODAY))
    assert sum(len(item_facts.waiting) for item_facts in every.values()) >= 3
    confirmer = _person(loaded, codes.Role.CONFIRMER)
    reported = [
        claim
        for item_facts in every.values()
        for claim in item_facts.claims
        if claim.claimed is codes.Claimed.DONE
        and (release := item_facts.released(entry=claim.entry_id))
        and not item_facts.review(claim=claim.id)
        and confirmer not in (claim.actor, release.actor)
    ]
    assert len(reported) >= 3


def _person(loaded: Loaded, role: codes.Role) -> int:
    return loaded.session.scalars(sa.select(RoleHeld.person_id).where(RoleHeld.role == role)).one()


def test_a_list_waits_to_be_looked_at(loaded: Loaded) -> None:
    """With rows of each kind, something to correct, and a word of the body's own."""
    [preview] = loaded.session.scalars(sa.select(ImportPreview))
    summary = json.loads(preview.summary or "")
    assert preview.state is PreviewState.READY
    assert all(
        summary[name] for name in ("new", "changed", "same", "rejected", "kept", "own_words")
    )
    assert summary["unclear_statuses"] == ["Sent over"]
    assert store.path_of(loaded.settings.uploads, preview.sha256).exists()


def test_reports_of_each_state_and_a_draft_to_be_made(loaded: Loaded) -> None:
    """Their files are the worker's: the demonstration asks for them."""
    reports = issued_reports(loaded.session, loaded.body, OFFICE)
    assert {report.state for report in reports} >= {
        ReportState.NEWEST,
        ReportState.SUPERSEDED,
        ReportState.CORRECTED,
        ReportState.ERRATUM,
        ReportState.WITHHELD,
    }
    assert all(report.number.startswith("FSW-") for report in reports)
    kinds = loaded.session.scalars(sa.select(Job.kind)).all()
    assert kinds.count(ISSUE) == len(reports) and kinds.count(tasks.KIND) == 1


def test_the_record_is_sound(loaded: Loaded) -> None:
    for chain in (INSTALLATION, loaded.body):
        assert list(verify(loaded.session, chain)) == []
    assert list(verify_texts(loaded.session)) == []
    assert list(kept_summaries.rebuild(loaded.session, loaded.body, TODAY, check=True)) == []
    assert loaded.session.scalar(sa.select(sa.func.max(Event.recorded_at))) == NOW
    for sha256 in {
        *loaded.session.scalars(sa.select(Evidence.sha256)),
        *loaded.session.scalars(sa.select(OpenedEvidence.public_sha256)),
    } - {None}:
        assert sha256 and store.unchanged(loaded.settings.files, sha256)


def rates(loaded: Loaded, closed_years_ago: int) -> Cohort | None:
    convention = loaded.session.scalars(
        sa.select(Convention).where(Convention.slug == str(TODAY.year - closed_years_ago))
    ).one()
    every = facts(loaded, AsOf(TODAY))
    mine = [
        key for key, item_facts in every.items() if item_facts.item.convention_id == convention.id
    ]
    return cohort(every[mine[0]].clock, {key: counted(answer(key, every)) for key in mine})


def test_the_demonstration_has_rates_of_two_conventions(loaded: Loaded) -> None:
    running, finished, old = rates(loaded, 0), rates(loaded, 1), rates(loaded, 4)
    assert old is None
    for figures in (running, finished):
        assert (
            figures
            and figures.adopted.due > 10
            and figures.adopted.carried_out.share
            and figures.adopted.within_the_year
            and figures.referred >= 3
        )
    assert finished and finished.adopted.change_followed.part and finished.adopted.no_word.part


def test_the_past_can_be_asked_for(loaded: Loaded) -> None:
    """Recorded over two years.

    Half a year ago the answers were others, and most items of the running convention were there.
    """
    assert (NOW - begins(loaded.session, loaded.body)).days >= 729
    then, today = (
        answers(loaded, AsOf.known_on(TODAY - timedelta(days=182), ZONE)),
        answers(loaded, AsOf(TODAY)),
    )
    assert len(then) > 45 and sum(then[key].verdict is not today[key].verdict for key in then) > 10
    assert answers(loaded, AsOf.known_on(TODAY - timedelta(days=720), ZONE)).keys() < then.keys()


def test_accounts_of_every_role(loaded: Loaded) -> None:
    assert {account.role for account in loaded.accounts} == set(codes.Role)
    invited = sum(somebody.is_invited for somebody in PEOPLE)
    joined = loaded.session.scalar(sa.select(sa.func.count()).select_from(PersonAccount))
    assert len({account.password for account in loaded.accounts}) == len(loaded.accounts)
    assert invited and joined == len(loaded.accounts) + invited
    assert all(
        (account.role in (codes.Role.MANAGER, codes.Role.STAFF)) == bool(account.units)
        for account in loaded.accounts
    )


@pytest.mark.parametrize(
    "now", ["2027-07-19T12:00:00+00:00", "2028-02-29T03:00:00+00:00", "2026-11-29T23:50:00-05:00"]
)
def test_it_loads_on_whatever_day(
    now: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closing on 31 December, a leap day, a Sunday near midnight.

    No act is refused, and nothing is recorded after the loading.
    """
    from tracker.engine import connect
    from tracker.extensions import Base

    monkeypatch.setattr(accounts, "hash_of", lambda password: "hash")
    engine = connect(f"sqlite:///{tmp_path / 'record.sqlite3'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        demonstration.load(
            session,
            datetime.fromisoformat(now),
            Settings(instance=tmp_path, secret_key="k" * 40, database_url="unused"),
        )
        assert session.scalars(
            sa.select(sa.func.max(Event.recorded_at))
        ).one() == datetime.fromisoformat(now)
    engine.dispose()
