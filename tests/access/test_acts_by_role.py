"""Every act as every role, in and out of the unit: allowed exactly where the printed table
says so.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import tracker.acts
from tests.factories import issued_reports, records
from tests.factories.staffed_union import NOW, Union
from tracker.accounts.permissions_page import ACTS, REOPENING
from tracker.acts import (
    act_context,
    assignments,
    bodies,
    columns,
    conventions,
    corrections,
    drafts,
    due_dates,
    erasing,
    filling_in,
    floor,
    handing_on,
    import_previews,
    imports,
    items,
    meeting_drafts,
    meetings,
    money,
    outcomes,
    outside_requests,
    own_words,
    people,
    progress,
    publications,
    reports,
    reviews,
    rosters,
    trials,
    undoing,
    withholding,
)
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import Opening
from tracker.acts.import_models import Directory, ImportedCell, ImportSource, ItemChanges
from tracker.acts.items import NewVersion
from tracker.acts.progress import NewEntry
from tracker.config import Settings
from tracker.extensions import db
from tracker.jobs.table import Job, JobState
from tracker.record import ledger
from tracker.record.bodies import AddedKind, Fund
from tracker.record.conventions import Convention, ListImport
from tracker.record.import_previews import ImportPreview, OwnWord, WordOf
from tracker.record.issued_reports import IssuedReport
from tracker.record.items import Item, Recommendation
from tracker.record.outcomes import Outcome
from tracker.record.people import Person
from tracker.record.progress import Claim, Entry, Withholding
from tracker.record.publications import Edition
from tracker.rules.codes import (
    Basis,
    Claimed,
    Decision,
    Floor,
    FloorPart,
    Level,
    Part,
    Result,
    Role,
    Visibility,
    WithheldFor,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import (
    COMMAND_LINE,
    TABLE,
    Actor,
    Grant,
    NotAllowed,
    Permission,
    Where,
)
from tracker.rules.refusals import Refused
from tracker.rules.rosters import Roster

LINK = records.new_link()
WHO_IS_ASKED = outside_requests.WhoIsAsked(
    name="R. Fjelstad", role="a hygienist", organisation="Lakeshore"
)
DEPT = own_words.WordSaid(of=WordOf.HEADING, key="dept", words="Dept", meaning="lead")


@dataclass(kw_only=True)
class RecordedActs:
    """Item 4 of the union with an entry that waits, one that is released and claims it done, and
    outcomes; in a session that is rolled back.
    """

    union: Union
    session: Session
    at: ActContext
    item: Item
    other: Item
    convention: Convention
    waiting: Entry
    done: Entry
    claim: Claim
    outcome: Outcome
    released: Outcome

    @property
    def today(self) -> date:
        return self.at.today

    @property
    def unit(self) -> int:
        return self.union.units["Center for Research"]

    def person(self, who: str) -> Person:
        return self.session.get_one(Person, self.union.people[who])


@pytest.fixture
def scene(union: Union) -> Iterator[RecordedActs]:
    with union.app.app_context():
        session = db.session()
        at = act_context.for_body(session, union.body_id, COMMAND_LINE, NOW)
        item, other = session.get_one(Item, union.items[4]), session.get_one(Item, union.items[2])
        # none of those who try
        author = replace(at, actor=Actor(union.people["joy"], frozenset({Grant(Role.GOVERNANCE)})))
        office = replace(
            at, actor=Actor(union.people["walter"], frozenset({Grant(Role.GOVERNANCE)}))
        )
        clause = union.clauses[4][0]
        done = progress.log(
            author,
            item,
            NewEntry(
                words="Done.",
                on=at.today,
                claims=[NewClaim(clause_id=clause, claimed=Claimed.DONE)],
                evidence=[LINK],
            ),
        )
        progress.release(office, item, done)
        waiting = progress.log(author, item, NewEntry(words="A word.", on=at.today))
        outcome, released = (
            outcomes.state(author, item, Level.NONE_FOUND, "Looked.", at.today) for _ in range(2)
        )
        outcomes.release(office, item, released)
        claim = next(claim for claim in at.facts(item).claims if claim.entry_id == done.id)
        session.commit()
        yield RecordedActs(
            union=union,
            session=session,
            at=at,
            item=item,
            other=other,
            convention=session.get_one(Convention, item.convention_id),
            waiting=waiting,
            done=done,
            claim=session.get_one(Claim, claim.id),
            outcome=outcome,
            released=released,
        )
        session.rollback()
        db.session.remove()


def _empty_unit(at: RecordedActs) -> int:
    return bodies.add_unit(at.at, "A new unit").id


def _closed_unit(at: RecordedActs) -> int:
    unit_id = _empty_unit(at)
    rosters.close(at.at, Roster.UNITS, unit_id)
    return unit_id


def _fund(at: RecordedActs) -> Fund:
    return Fund(convention_id=at.convention.id, name="Contingency")


def _kind(at: RecordedActs, is_closed: bool = False) -> AddedKind:
    kind = bodies.add_kind(at.at, "pledge", "ple", True)
    if is_closed:
        bodies.close_kind(at.at, kind)
    return kind


CALLS: dict[str, Callable[[ActContext, RecordedActs], object]] = {
    "bodies.found_body": lambda d, s: bodies.found_body(
        d.session, "another", {"name": "Another"}, d.now, d.actor
    ),
    "bodies.set_setting": lambda d, s: bodies.set_setting(d, "silence_days", "60"),
    "bodies.add_unit": lambda d, s: bodies.add_unit(d, "A new unit"),
    "bodies.add_delegation": lambda d, s: bodies.add_delegation(d, "Ohio"),
    "rosters.rename": lambda d, s: rosters.rename(
        d, Roster.UNITS, s.union.units["Center for Safety"], "Center for Care"
    ),
    "rosters.close": lambda d, s: rosters.close(d, Roster.UNITS, _empty_unit(s)),
    "rosters.merge": lambda d, s: rosters.merge(
        d, Roster.UNITS, _empty_unit(s), s.union.units["Center for Safety"]
    ),
    "rosters.reopen": lambda d, s: rosters.reopen(d, Roster.UNITS, _closed_unit(s)),
    "bodies.add_fund": lambda d, s: bodies.add_fund(
        d, s.convention, Fund(convention_id=s.convention.id, name="Contingency")
    ),
    "bodies.add_kind": lambda d, s: bodies.add_kind(d, "pledge", "ple", True),
    "bodies.revise_fund": lambda d, s: bodies.revise_fund(
        d, bodies.add_fund(s.at, s.convention, _fund(s)), "Reserve", None
    ),
    "bodies.close_kind": lambda d, s: bodies.close_kind(d, _kind(s)),
    "bodies.reopen_kind": lambda d, s: bodies.reopen_kind(d, _kind(s, is_closed=True)),
    "trials.take_away": lambda d, s: trials.take_away(d),
    "people.add": lambda d, s: people.add(d, "Somebody"),
    "people.rename": lambda d, s: people.rename(d, s.person("joy"), "Joy Renamed"),
    "people.join_account": lambda d, s: people.join_account(d, people.add(s.at, "Somebody"), 99),
    "people.give_role": lambda d, s: people.give_role(d, s.person("joy"), Role.AUDITOR),
    "people.end_role": lambda d, s: people.end_role(d, s.person("joy"), Role.READER),
    "conventions.record": lambda d, s: conventions.record(
        d, "2030", "Thirty", conventions.Dates(year=2030)
    ),
    "conventions.rename": lambda d, s: conventions.rename(d, s.convention, "Another name", None),
    "conventions.set_dates": lambda d, s: conventions.set_dates(
        d, s.convention, conventions.Dates(year=2026)
    ),
    "conventions.open_follow_through": lambda d, s: conventions.open_follow_through(
        d, s.convention, s.today
    ),
    "columns.open_column": lambda d, s: columns.open_column(d, s.convention, [_with_cell(s)]),
    "columns.close_column": lambda d, s: columns.close_column(d, s.convention, [_opened(s)]),
    "publications.set_publication": lambda d, s: publications.set_publication(
        d, s.convention, Visibility.HIDDEN
    ),
    "publications.pin_edition": lambda d, s: publications.pin_edition(d, s.convention),
    "publications.sign_edition": lambda d, s: publications.sign_edition(d, _edition(s)),
    "publications.publish_edition": lambda d, s: publications.publish_edition(d, _edition(s)),
    "publications.schedule_edition": lambda d, s: publications.schedule_edition(
        d, _edition(s), s.at.now + timedelta(days=1)
    ),
    "publications.stop_schedule": lambda d, s: publications.stop_schedule(d, _scheduled(s)),
    "publications.publish_at_its_hour": lambda d, s: publications.publish_at_its_hour(
        replace(d, now=d.now + timedelta(days=1)), _scheduled(s)
    ),
    "reports.sign_off": lambda d, s: reports.sign_off(
        d, issued_reports.draft_of(s.at, s.convention), issued_reports.DATA
    ),
    "reports.issue": lambda d, s: issued_reports.issued(d, s.convention, with_files=False),
    "reports.make_files_again": lambda d, s: reports.make_files_again(d, _given_up(s)),
    "reports.record_files": lambda d, s: _record_files(d, s),
    "import_previews.upload": lambda d, s: _sent_list(d, s),
    "import_previews.choose": lambda d, s: import_previews.choose(d, _sent_list(s.at, s), "{}", 1),
    "import_previews.leave_out": lambda d, s: import_previews.leave_out(
        d, _sent_list(s.at, s), "{}", 1
    ),
    "import_previews.confirm": lambda d, s: import_previews.confirm(
        d, _sent_list(s.at, s), "{}", 1
    ),
    "import_previews.drop": lambda d, s: import_previews.drop(d, _sent_list(s.at, s), _uploads(s)),
    "own_words.add": lambda d, s: own_words.add(_in_a_name(d, s), DEPT),
    "own_words.change": lambda d, s: own_words.change(d, _own_word(s), "person", 1),
    "own_words.remove": lambda d, s: own_words.remove(d, _own_word(s), 1),
    "own_words.say_of_a_list": lambda d, s: own_words.say_of_a_list(
        _in_a_name(d, s), DEPT, "list.csv"
    ),
    "imports.record_list": lambda d, s: imports.record_list(d, "list.csv", "0" * 64, 3),
    "imports.record_item": lambda d, s: imports.record_item(
        d,
        imports.ImportTarget.of(d, s.convention),
        s.item,
        ItemChanges(),
        directory=Directory(),
        source=ImportSource("list.csv", 2),
    ),
    "imports.link_merged": lambda d, s: imports.link_merged(d, s.item, s.other, s.today),
    "undoing.undo_import": lambda d, s: undoing.undo_import(d, _empty_import(s.at)),
    "items.register": lambda d, s: items.register(
        d, s.convention, "motion", "77", NewVersion(words="Words.")
    ),
    "items.add_version": lambda d, s: items.add_version(
        d, s.item, NewVersion(words="Other words.")
    ),
    "items.set_movers": lambda d, s: items.set_movers(
        d, s.item, [items.Mover(FloorPart.MAKER, name="Somebody")]
    ),
    "items.recommend": lambda d, s: items.recommend(d, s.item, "Adopt it."),
    "items.enter_clauses": lambda d, s: items.enter_clauses(d, s.other, ["One.", "Two."]),
    "items.set_due_date": lambda d, s: items.set_due_date(d, s.item, s.today + timedelta(days=9)),
    "due_dates.extend": lambda d, s: due_dates.extend(
        d, s.item, s.today + timedelta(days=9), "the Board", "More time is needed."
    ),
    "items.link": lambda d, s: items.link(d, s.item, s.other),
    "items.correct_designation": lambda d, s: items.correct_designation(
        d, s.item, "motion", "4", None
    ),
    "items.correct": lambda d, s: items.correct(
        d,
        s.item,
        _recommended(s),
        Recommendation(item_id=s.item.id, words=s.waiting.words),
        s.today,
    ),
    "corrections.take_back": lambda d, s: corrections.take_back(d, s.item, _recommended(s)),
    "filling_in.fill_in": lambda d, s: filling_in.fill_in(
        d, s.item, filling_in.FilledIn(lead=(s.unit, None))
    ),
    "floor.record_floor_action": lambda d, s: floor.record_floor_action(
        d, s.item, Floor.RECONSIDERED, s.today
    ),
    "floor.decide": lambda d, s: floor.decide(d, s.item, Decision.DECLINED, s.unit, s.today),
    "money.estimate": lambda d, s: money.estimate(
        d, s.item, money.NewEstimate(sentence="Nothing.", basis=Basis.NONE)
    ),
    "money.appropriate": lambda d, s: money.appropriate(
        d, s.item, "Fund", Decimal("5.00"), s.today
    ),
    "money.spend": lambda d, s: money.spend(
        d, s.item, money.NewExpense(amount=Decimal("5.00"), on=s.today)
    ),
    "money.explain": lambda d, s: money.explain(d, s.item, "Twelve more asked."),
    "assignments.assign": lambda d, s: assignments.assign(d, s.item, Part.CONTRIBUTOR, s.unit),
    "assignments.unassign": lambda d, s: assignments.unassign(d, s.item, Part.LEAD),
    "handing_on.hand_on": lambda d, s: handing_on.hand_on(
        d, s.union.people["dana"], s.unit, None, _parts_of_dana(s)
    ),
    "drafts.save": lambda d, s: drafts.save(d, s.item, {"form": []}, []),
    "drafts.take": lambda d, s: drafts.take(
        d, s.item, Path(s.union.app.instance_path) / "uploads", "a.txt", b"words"
    ),
    "progress.log": lambda d, s: progress.log(d, s.item, NewEntry(words="A word.", on=s.today)),
    "progress.withdraw": lambda d, s: progress.withdraw(d, s.item, s.waiting),
    "progress.release": lambda d, s: progress.release(d, s.item, s.waiting, Opening()),
    "progress.send_back": lambda d, s: progress.send_back(d, s.item, s.waiting, "Why?"),
    "reviews.review": lambda d, s: reviews.review(d, s.item, s.claim.id, Result.CONFIRMED),
    "meeting_drafts.save": lambda d, s: meeting_drafts.save(d, [("met_on", "")], None),
    "meeting_drafts.take": lambda d, s: meeting_drafts.take(
        d, Path(s.union.app.instance_path) / "uploads", "a.txt", b"words"
    ),
    "meetings.decide_by_meeting": lambda d, s: meetings.decide_by_meeting(
        d,
        meetings.NewMeeting(name="the Board", met_on=s.today, words="Point 3"),
        meetings.confirmed([s.claim.id]),
    ),
    "reviews.review_outcome": lambda d, s: reviews.review_outcome(
        d, s.item, s.released, Result.CONFIRMED
    ),
    "outside_requests.ask": lambda d, s: outside_requests.ask(d, WHO_IS_ASKED, [s.claim.id]),
    "outside_requests.revoke": lambda d, s: outside_requests.revoke(
        d, outside_requests.ask(s.at, WHO_IS_ASKED, [s.claim.id])
    ),
    "outcomes.state": lambda d, s: outcomes.state(
        d, s.item, Level.NONE_FOUND, "Looked again.", s.today
    ),
    "outcomes.release": lambda d, s: outcomes.release(d, s.item, s.outcome),
    "erasing.erase": lambda d, s: erasing.erase(d, s.done.words, WithheldFor.PERSONAL_DATA),
    "withholding.withhold": lambda d, s: withholding.withhold(
        d, s.item, s.done, WithheldFor.MISTAKE
    ),
    "withholding.lift": lambda d, s: withholding.lift(d, s.item, _withheld(s), "They agreed."),
    "reviews.reopen": lambda d, s: reviews.review(
        d, s.item, _confirmed(s), Result.REOPENED, "Two are missing."
    ),
}
# parts of acts, readings, the worker's own, what concerns one's own draft, and what no role may:
# the answer by a one-time link (tests/acts/test_outside_requests.py)
NOT_ACTS = {
    "reports.issue_anew",
    "reports.ask_for_files",
    # what follows from withholding and from erasing (tests/reports/making/test_withheld.py)
    "report_withholding.withhold_files",
    "outside_requests.answer",
    "outside_requests.subjects_of",
    "meetings.confirmed",
    "meeting_drafts.find",
    "meeting_drafts.drop",
    "meeting_drafts.as_minutes",
    "meeting_drafts.forget_files",
    "people.actor_of",
    "people.administrators",
    "import_previews.keep_mapping",
    "own_words.note_use",
    "import_previews.needs_file",
    "import_previews.sweep",
    "clock.confirm",
    "drafts.find",
    "drafts.submitted",
    "drafts.taken_up",
    "drafts.uploads",
    "drafts.drop",
    "drafts.as_evidence",
    "drafts.sweep",
    "assignments.write_assignment",
    "corrections.recording",
    "handing_on.items_of",
    "evidence.write_evidence",
    "evidence.open_evidence",
    "expenses.write_expenses",
    "floor.assumed_day",
    "floor.write_decision",
    "floor.write_what_was_decided",
    "floor.write_floor_action",
    "import_rows.days_of",
    "item_addresses.taken",
    "item_addresses.is_taken",
    "item_addresses.next_unnumbered",
    "item_addresses.undone",
    "item_addresses.undone_item",
    "items.replace_movers",
    "items.write_due_date",
    "items.write_item",
    "items.write_link",
    "items.write_movers",
    "items.write_version",
    "money.write_appropriation",
    "money.write_estimate",
    "progress.record_other_expenses",
    "progress.write_entry",
    "people.without_account",
    "act_context.for_body",
    "withholding.find",
    "withholding.standing_withholding",
}


def _parts_of_dana(s: RecordedActs) -> list[int]:
    dana = s.union.people["dana"]
    return [
        part.assignment.id
        for item_id in s.session.scalars(handing_on.items_of(s.at.body_id, dana))
        for part in handing_on._parts(s.at, s.session.get_one(Item, item_id), dana)
    ]


def _recommended(s: RecordedActs) -> Recommendation:
    with s.at.record("recommended", s.item) as act:
        return act.add(Recommendation(item_id=s.item.id, words=act.keep_text("Adopt.")))


def _edition(s: RecordedActs) -> Edition:
    return publications.pin_edition(s.at, s.convention)


def _scheduled(s: RecordedActs) -> Edition:
    edition = _edition(s)
    publications.schedule_edition(s.at, edition, s.at.now + timedelta(days=1))
    return edition


def _given_up(s: RecordedActs) -> IssuedReport:
    """A report whose job for its files failed."""
    report = issued_reports.issued(s.at, s.convention, with_files=False)
    s.session.execute(sa.update(Job).values(state=JobState.FAILED))
    return report


def _record_files(context: ActContext, s: RecordedActs) -> None:
    report = issued_reports.issued(s.at, s.convention, with_files=False)
    reports.record_files(context, report, [issued_reports.file_of(report)])


def _with_cell(s: RecordedActs) -> str:
    meeting = imports.ImportTarget.of(s.at, s.convention)
    imports.record_item(
        s.at,
        meeting,
        s.item,
        ItemChanges(cells=(ImportedCell("Goal area", "OS-2"),)),
        directory=Directory(),
        source=ImportSource("list.csv", 2),
    )
    return "Goal area"


def _opened(s: RecordedActs) -> str:
    columns.open_column(s.at, s.convention, [_with_cell(s)])
    return "Goal area"


def _uploads(s: RecordedActs) -> Path:
    settings: Settings = s.union.app.config["SETTINGS"]
    return settings.uploads


def _sent_list(context: ActContext, s: RecordedActs) -> ImportPreview:
    """A list that this actor sends."""
    return import_previews.upload(_in_a_name(context, s), _uploads(s), "list.csv", b"Number,Title")


def _in_a_name(context: ActContext, s: RecordedActs) -> ActContext:
    """Of somebody who is there, where nobody acts."""
    if context.actor_id == 0:
        return replace(context, actor=replace(context.actor, person_id=s.union.people["walter"]))
    return context


def _own_word(s: RecordedActs) -> OwnWord:
    return own_words.add(_in_a_name(s.at, s), DEPT)


def _empty_import(context: ActContext) -> ListImport:
    first = ledger.next_event(context.session, context.body_id)
    return imports.record_list(context, "list.csv", "0" * 64, 0, first_event=first)


def _confirmed(s: RecordedActs) -> int:
    confirmer = replace(
        s.at, actor=Actor(s.union.people["marisol"], frozenset({Grant(Role.CONFIRMER)}))
    )
    reviews.review(confirmer, s.item, s.claim.id, Result.CONFIRMED)
    return s.claim.id


def _withheld(s: RecordedActs) -> Withholding:
    withholding.withhold(s.at, s.item, s.done, WithheldFor.MISTAKE)
    key = withholding.standing_withholding(s.at, s.done)
    return s.session.get_one(Withholding, key)


def test_no_act_is_left_out() -> None:
    acts = set()
    for module in pkgutil.iter_modules(tracker.acts.__path__):
        room = import_module(f"tracker.acts.{module.name}")
        acts |= {
            f"{module.name}.{name}"
            for name, function in inspect.getmembers(room, inspect.isfunction)
            if not name.startswith("_") and function.__module__ == room.__name__
        }
    assert acts - NOT_ACTS == set(ACTS)
    assert set(CALLS) == {*ACTS, "reviews.reopen"}


def actors(union: Union) -> Iterator[tuple[str, Actor, bool]]:
    """Each role, by a person who has no other; of unit roles one inside the item's unit and one
    outside.
    """
    for role in Role:
        if role in (Role.STAFF, Role.MANAGER):
            inside, outside = ("dana", "hollis") if role is Role.STAFF else ("ray", "teo")
            yield (
                f"{role} of the unit",
                Actor(
                    union.people[inside],
                    frozenset({Grant(role, union.units["Center for Research"])}),
                ),
                True,
            )
            yield (
                f"{role} of another unit",
                Actor(
                    union.people[outside],
                    frozenset({Grant(role, union.units["Center for Safety"])}),
                ),
                False,
            )
        else:
            yield role.value, Actor(union.people["imani"], frozenset({Grant(role)})), True
    yield "nobody", Actor(-1), True


def allowed(permission: Permission, actor: Actor, inside: bool) -> bool:
    return any(
        (where := TABLE[permission].get(grant.role)) is Where.ANYWHERE
        or (where is not None and inside)
        for grant in actor.grants
    )


def test_each_act_as_each_role(scene: RecordedActs) -> None:
    for name, call in CALLS.items():
        permission = (ACTS | {"reviews.reopen": REOPENING})[name][1][0]
        for who, actor, inside in actors(scene.union):
            may = True
            try:
                call(replace(scene.at, actor=actor), scene)
            except NotAllowed:
                may = False
            except Refused:
                pass  # the role allows it, the rules of the record do not
            finally:
                scene.session.rollback()
            assert may == allowed(permission, actor, inside), (name, who)
