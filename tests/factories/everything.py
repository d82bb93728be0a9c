"""One body in which each fact table has rows: what tampering and constraints are tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa

from tests.factories import records
from tracker.acts import (
    assignments,
    bodies,
    columns,
    conventions,
    floor,
    items,
    meetings,
    money,
    outcomes,
    outside_requests,
    people,
    progress,
    publications,
    reviews,
    rosters,
    withholding,
)
from tracker.acts.act_context import ActContext
from tracker.acts.conventions import Dates
from tracker.acts.evidence import NewEvidence, Opening
from tracker.acts.items import Mover, NewVersion
from tracker.acts.meetings import MinutesFile, NewMeeting, ReferralAnswer
from tracker.acts.money import NewEstimate, NewExpense
from tracker.acts.outside_requests import NewAnswer, WhoIsAsked
from tracker.acts.progress import NewEntry
from tracker.record import ledger
from tracker.record.bodies import Fund
from tracker.record.conventions import Convention, ListImport
from tracker.record.issued_reports import (
    IssuedFile,
    IssuedReport,
    ReportSignOff,
    ReportWithholding,
)
from tracker.record.items import FloorPerson, Item, Recommendation, SourceCell
from tracker.record.outside_requests import OutsideRequestSubject
from tracker.record.progress import Evidence, Withholding
from tracker.record.publications import Edition
from tracker.rules import permissions
from tracker.rules.codes import (
    Basis,
    Claimed,
    ColumnVisibility,
    Decision,
    EvidenceKind,
    FileVariant,
    Floor,
    FloorPart,
    Level,
    MoneySaid,
    OutsideDecision,
    Part,
    Result,
    Role,
    Stage,
    Visibility,
    WithheldFor,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.rosters import Roster

from ..record.player import Player

SHA = "ab" * 32
HYGIENIST = WhoIsAsked(name="R. Fjelstad", role="a hygienist", organisation="Lakeshore")
SHOWN = [
    records.new_link(),
    records.new_file(sha256=SHA),
    NewEvidence(kind=EvidenceKind.ROW, title="list.csv, row 7", words="Status: complete"),
]


def record_everything(player: Player) -> None:
    """Adds to a played body one fact of each kind, with each of its columns filled at least
    once.
    """
    session, convention, (research, committee) = player.session, player.conventions[0], player.units
    context = player.context = replace(
        player.context, now=player.context.now + timedelta(days=1), actor=player.actor(1)
    )
    confirmer, manager, today = (
        replace(context, actor=player.actor(9)),
        replace(context, actor=player.actor(5)),
        context.today,
    )
    delegation = bodies.add_delegation(context, "Ohio").id
    _record_rosters(context)
    conventions.set_dates(
        context,
        convention,
        Dates(year=2017, opens_on=date(2017, 6, 30), closes_on=date(2017, 7, 5), published_items=9),
    )
    conventions.rename(context, convention, "The 2017 Assembly", "Boston")
    bodies.add_kind(context, "charge", "chg", follows_through=True)
    bodies.close_kind(context, bodies.add_kind(context, "plea", "ple", follows_through=False))
    fund = bodies.add_fund(
        context,
        convention,
        Fund(convention_id=convention.id, name="Contingency", amount=Decimal("150000.00")),
    )
    bodies.revise_fund(context, fund, "Contingency and reserve", Decimal("160000.00"))
    person = people.add(context, "Ana Ruiz", research)
    people.rename(context, person, "Ana Ruiz-Castle")
    people.rename(context, person, "Ana Castle")
    people.join_account(context, person, 77)
    people.give_role(context, person, Role.MANAGER, research)
    people.give_role(context, person, Role.STAFF, research)
    people.end_role(context, person, Role.STAFF, research)
    first = context.today + timedelta(days=1)
    last = context.today + timedelta(days=30)
    people.give_role(context, person, Role.READER, from_on=first, until_on=last)

    item = items.register(
        context,
        convention,
        "charge",
        "6a",
        NewVersion(
            words="The text",
            title="The title",
            rationale="The reason",
            stage=Stage.AS_PUBLISHED,
            truncated=True,
        ),
        "6-A",
        [Mover(FloorPart.MAKER, delegation, "A. Maker")],
        date(2017, 12, 1),
    )
    items.enter_clauses(
        context, item, ["Do it.", "Declares."], declarations=[2], addressees=["the Board"]
    )
    clause = context.facts(item).clauses[0].id
    items.correct_designation(context, item, "charge", "7a", "7-A")
    floor.record_floor_action(
        context,
        item,
        Floor.ADOPTED_AS_MODIFIED,
        today,
        1,
        clause,
        vote=floor.VoteCount(10, 3, 1, by_voice=True),
        session="Third",
        note="loud",
    )
    floor.record_floor_action(
        context,
        item,
        Floor.REFERRED,
        today,
        2,
        None,
        floor.Referral(committee, decides_by=date(2018, 3, 1), referred_to="the committee"),
    )
    meetings.decide_by_meeting(
        context,
        NewMeeting(name="Board", met_on=today, unit_id=committee, url="https://minutes.example/1"),
        [
            ReferralAnswer(
                item_id=item.id,
                decision=Decision.ACCEPTED_IN_PART,
                reason="the second half",
                clause_ids=(clause,),
            )
        ],
    )
    items.link(context, item, player.items[0], clause_id=context.facts(item).clauses[1].id)
    assignments.assign(context, item, Part.LEAD, research, person.id, clause)
    items.set_due_date(context, item, date(2018, 2, 1), None, clause, "the Board", "more time")
    money.estimate(
        context,
        item,
        NewEstimate(
            sentence="Would cost $12,500.",
            basis=Basis.ADDITIONAL,
            amount=Decimal("12500.00"),
            conditional=True,
            assumption="if asked",
            budget="2018-2020",
            stage=Stage.AS_ADOPTED,
        ),
    )
    money.appropriate(context, item, "Contingency", Decimal("9000.00"), today, "the Board")
    money.explain(context, item, "Less paper was needed.")
    with context.record("source_kept", item) as act:
        act.add(Recommendation(item_id=item.id, words=act.keep_text("Adopt")))
        act.add(
            SourceCell(
                item_id=item.id,
                heading="Notes",
                words=act.keep_text("see minutes"),
                file_name="list.csv",
                source_row=7,
                visibility=ColumnVisibility.HIDDEN,
            )
        )
    columns.open_column(context, convention, ["Notes"])
    columns.close_column(context, convention, ["Notes"])
    publications.set_publication(context, convention, Visibility.MEMBERS, by_edition=True)
    publications.set_publication(context, convention, Visibility.PUBLIC)
    _record_editions(replace(context, actor=player.actor(2)), context, convention)
    with context.record("list_imported", convention) as act:
        act.add(
            ListImport(
                body_id=context.body_id,
                file_name="list.csv",
                sha256=SHA,
                rows=73,
                new_rows=9,
                changed_rows=14,
                first_event=act.key,
            )
        )

    sent = progress.log(
        context, item, NewEntry(words="A draft", on=today, source="list.csv", source_row=7)
    )
    progress.send_back(manager, item, sent, "unclear")
    report = NewEntry(
        words="All of it is done",
        on=today,
        claims=[
            NewClaim(clause_id=clause, claimed=Claimed.DONE, reason=None, money=MoneySaid.AMOUNT)
        ],
        evidence=SHOWN,
        expenses=[
            NewExpense(
                amount=Decimal("8000.00"),
                on=today,
                category="print",
                payee="A. Payee",
                note="receipt 7",
            )
        ],
        next_word_by=today + timedelta(days=60),
    )
    entry = progress.log(context, item, report)
    progress.release(manager, item, entry, Opening([], {SHA: "cd" * 32}))
    claim = context.facts(item).claims[-1].id
    reviews.review(confirmer, item, claim, Result.RETURNED, "show the bill")
    again = progress.log(
        context,
        item,
        replace(
            report,
            expenses=(),
            claims=[
                NewClaim(
                    clause_id=clause,
                    claimed=Claimed.DONE,
                    reason=None,
                    money=MoneySaid.NOT_KNOWN_YET,
                )
            ],
            corrects=entry.id,
        ),
    )
    progress.release(manager, item, again)
    revoked = outside_requests.ask(context, HYGIENIST, [context.facts(item).claims[-1].id])
    outside_requests.revoke(context, revoked)
    _record_meetings(context, context.facts(item).claims[-1].id)
    wont = progress.log(
        context,
        item,
        NewEntry(
            words="No",
            on=today,
            claims=[
                NewClaim(
                    clause_id=context.facts(item).clauses[1].id,
                    claimed=Claimed.WILL_NOT_BE_DONE,
                    reason="moot",
                    money=None,
                    decided_by="the Board",
                    decided_on=today,
                )
            ],
        ),
    )
    progress.release(manager, item, wont)
    outcome = outcomes.state(
        context, item, Level.CHANGE_FOLLOWED, "Fewer", today, "a count before and after", SHOWN[:1]
    )
    outcomes.release(manager, item, outcome)
    reviews.review_outcome(confirmer, item, outcome, Result.CONFIRMED)
    _record_outside(context, manager, item)
    ledger.erase(
        session,
        wont.words,
        "asked for",
        chain=context.body_id,
        actor_id=1,
        now=context.now,
        on=today,
        subject=item,
    )
    withholding.withhold(context, item, wont, WithheldFor.LEGAL)
    withholding.withhold(context, item, outcome, WithheldFor.MISTAKE)
    shown = session.query(Evidence).filter_by(entry_id=again.id).order_by(Evidence.id).first()
    assert shown
    withholding.withhold(context, item, shown, WithheldFor.PERSONAL_DATA)
    maker = session.query(FloorPerson).filter_by(item_id=item.id).one()
    withholding.withhold(context, item, maker, WithheldFor.LEGAL, "Counsel asked for it.")
    _record_reports(replace(context, actor=player.actor(2)), convention)
    lifted = session.query(Withholding).filter_by(evidence_id=shown.id).one()
    withholding.lift(context, item, lifted, "They agreed.")
    player.items.append(item)


def _record_editions(maker: ActContext, second: ActContext, convention: Convention) -> None:
    """One that was made anew, signed off, set for an hour and published by the worker; and one
    that was published by hand.
    """
    publications.pin_edition(maker, convention)
    edition = publications.pin_edition(maker, convention)
    publications.sign_edition(second, edition, "As the board has it.", SHA)
    hour = maker.now + timedelta(minutes=1)
    publications.schedule_edition(maker, edition, hour)
    publications.schedule_edition(maker, edition, hour, "With the answers of May.")
    publications.publish_at_its_hour(replace(maker, now=hour), edition)
    publications.publish_edition(second, publications.pin_edition(maker, convention), "Again.")


def _record_reports(context: ActContext, convention: Convention) -> None:
    """One that was signed off and issued, its erratum, and one that replaces it, withheld; with
    files.
    """
    edition = context.session.query(Edition).first()
    assert edition

    def issue(act: ledger.Act, running: int, **more: int | str | None) -> IssuedReport:
        return act.add(
            IssuedReport(
                body_id=context.body_id,
                convention_id=convention.id,
                number=f"B{context.body_id}-2017-{running}",
                running=running,
                kind="short",
                request='{"kind": "short"}',
                request_key=SHA,
                title=act.keep_text("Progress report"),
                as_of=context.today,
                up_to=edition.up_to,
                data_sha256=f"{running:064x}",
                variants="short csv",
                on_convention_page=True,
                **more,  # type: ignore[arg-type]
            )
        )

    with context.record("report_signed_off", convention) as act:
        act.add(
            ReportSignOff(
                body_id=context.body_id,
                request_key=SHA,
                data_sha256=SHA,
                note=act.keep_text("Agreed."),
            )
        )
    with context.record("report_issued", convention) as act:
        first = issue(act, 1, line=act.keep_text("With May."), edition_id=edition.id)
    with context.record("report_issued", convention) as act:
        issue(act, 2, corrects_id=first.id, correction=act.keep_text("Row 9 was missing."))
    with context.record("report_issued", convention) as act:
        issue(act, 3, replaces_id=first.id)
        act.add(ReportWithholding(report_id=first.id, kind=WithheldFor.LEGAL))
    with context.record("report_files_made", convention) as act:
        act.add(
            IssuedFile(
                report_id=first.id,
                variant=FileVariant.SHORT,
                sha256=SHA,
                size=9,
                data_sha256=SHA,
                pages=2,
                signed_by="The office",
                signature_time=context.now,
            )
        )


def _record_outside(context: ActContext, manager: ActContext, item: Item) -> None:
    """Somebody from outside confirms an outcome, and cannot say of another."""
    stated = [
        outcomes.state(context, item, Level.NONE_FOUND, words, context.today)
        for words in ("Looked", "Looked again")
    ]
    for outcome in stated:
        outcomes.release(manager, item, outcome)
    keys = [outcome.id for outcome in stated]
    request = outside_requests.ask(context, HYGIENIST, outcome_ids=keys)
    subject_ids = context.session.scalars(
        sa.select(OutsideRequestSubject.id)
        .where(OutsideRequestSubject.outside_request_id == request.id)
        .order_by(OutsideRequestSubject.id)
    )
    decisions = (OutsideDecision.CONFIRMED, OutsideDecision.CANNOT_SAY)
    outside_requests.answer(
        replace(context, actor=permissions.FROM_OUTSIDE),
        request,
        [
            NewAnswer(subject_id=key, decision=decision, reason="counted")
            for key, decision in zip(subject_ids, decisions, strict=True)
        ],
    )


def _record_meetings(context: ActContext, claim_id: int) -> None:
    """One whose minutes are a file, with what it confirmed."""
    minutes = MinutesFile(
        name="minutes.png", sha256=SHA, media_type="image/png", size=9, public_sha256="cd" * 32
    )
    meeting = NewMeeting(
        name="the audit committee",
        met_on=context.today,
        unit_id=bodies.add_unit(context, "Audit committee").id,
        words="page 3",
        file=minutes,
        open=True,
    )
    meetings.decide_by_meeting(context, meeting, meetings.confirmed([claim_id], "point 4"))


def _record_rosters(context: ActContext) -> None:
    """Units and delegations with another name, closed, and merged into another."""
    add = {Roster.UNITS: bodies.add_unit, Roster.DELEGATIONS: bodies.add_delegation}
    for roster, add_row in add.items():
        first, second, third = (add_row(context, name).id for name in ("Media", "Press", "Radio"))
        rosters.rename(context, roster, first, "Public words")
        rosters.merge(context, roster, second, first)
        rosters.close(context, roster, third)
        rosters.reopen(context, roster, third)
        rosters.close(context, roster, third)
