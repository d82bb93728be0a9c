"""Tells the items' steps in the order of their days, each by the act that a person of the union
would do.

What is told is in stories/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import assignments, floor, items, money, outcomes, progress, reviews, withholding
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence, Opening
from tracker.record.items import FloorAction, Item
from tracker.record.ledger_tables import Text
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry, Evidence
from tracker.rules.codes import Claimed, Decision, Effect, EvidenceKind, MoneySaid, Part, Result
from tracker.rules.entry_preconditions import NewClaim

from . import steps
from .calendar import Calendar, FromToday, When
from .people import CONFIRMER, DEPUTY, GOVERNANCE, MANAGERS, STAFF
from .steps import ItemStory, Step

ContextMaker = Callable[[date, str], ActContext]  # of that person, on that day
# keeps a file; the SHA-256 of its public copy, where there is one
StoreFile = Callable[[steps.StoryFile], tuple[NewEvidence, str | None]]


@dataclass(kw_only=True)
class Scene:
    """One item while it is told."""

    story: ItemStory
    item: Item
    clauses: dict[int, int]  # the ids, by number
    unit: str = ""
    person: str | None = None
    # by the name, or the identity, of their step
    entries: dict[str, Entry] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def author(self) -> str:
        return self.person or STAFF.get(self.unit, GOVERNANCE)

    @property
    def releaser(self) -> str:
        return MANAGERS.get(self.unit, DEPUTY)


@dataclass(frozen=True)
class Cue:
    """Something to be done on a day, by somebody."""

    day: date
    do: Callable[[], None]


@dataclass(kw_only=True)
class Storyteller:
    session: Session
    calendar: Calendar
    at: ContextMaker
    store: StoreFile
    units: Mapping[str, int]
    people: Mapping[str, int]
    scenes: dict[tuple[str, str], Scene] = field(default_factory=dict)

    # --- the order ---

    def cues(self, story: ItemStory) -> Iterator[Cue]:
        for step in story.steps:
            yield from self._of_step(story, step)

    def _of_step(self, story: ItemStory, step: Step) -> Iterator[Cue]:
        convention = story.convention

        def day(later: int = 0) -> date:
            on = (
                FromToday(step.on.days + later)
                if isinstance(step.on, FromToday)
                else step.on + later
            )
            return self.calendar.worked(convention, on)

        def cue(do: Callable[..., None], later: int = 0, *more: date) -> Cue:
            """The scene is there by then."""
            return Cue(
                day(later),
                lambda: do(self.scenes[story.convention, story.code], step, *more, day(later)),
            )

        match step:
            case steps.EntryStep():
                yield cue(self._say, step.recorded, day())
                if step.sent_back:
                    yield cue(self._send_back, step.recorded + 1)
                elif step.withdrawn:
                    yield cue(self._withdraw, step.recorded + 1)
                elif step.released is not None and not step.internal:
                    yield cue(self._release, step.recorded + step.released)
            case steps.OutcomeStep():
                yield cue(self._change, step.recorded, day())
                if step.released is not None:
                    yield cue(self._release_change, step.released)
                    if step.confirmed is not None:
                        yield cue(self._confirm_change, step.confirmed)
            case steps.DecisionStep():
                yield cue(self._decide, step.recorded, day())
            case _:
                yield cue(self._plain)

    # --- what the floor and the office do ---

    def office(self, day: date) -> ActContext:
        return self.at(day, GOVERNANCE)

    def _plain(self, scene: Scene, step: Step, on: date) -> None:
        item, convention = scene.item, scene.story.convention

        def when(day: When | None) -> date | None:
            return None if day is None else self.calendar.day(convention, day)

        match step:
            case steps.FloorStep():
                unit = self.units.get(step.to or "")
                to = (
                    floor.Referral(
                        unit, step.purpose, when(step.decides_by), None if unit else step.to
                    )
                    if step.to
                    else None
                )
                vote = (
                    floor.VoteCount(*step.votes)
                    if step.votes
                    else floor.VoteCount(
                        by_voice=step.action.effect in (Effect.DIRECTS, Effect.REFERS)
                    )
                )
                clause = scene.clauses[step.clause] if step.clause else None
                floor.record_floor_action(
                    self.office(on),
                    item,
                    step.action,
                    on if step.day_known else None,
                    step.position,
                    clause,
                    to,
                    vote,
                    step.sitting,
                    step.note,
                )
            case steps.TextStep():
                items.add_version(
                    self.office(on),
                    item,
                    items.NewVersion(words=step.text, title=step.title, stage=step.stage),
                    on,
                )
            case steps.EstimateStep():
                amount = Decimal(step.amount) if step.amount else None
                new_estimate = money.NewEstimate(
                    sentence=step.sentence,
                    basis=step.basis,
                    amount=amount,
                    conditional=step.conditional,
                    assumption=step.assumption,
                    budget=step.budget,
                    stage=step.stage,
                )
                money.estimate(self.office(on), item, new_estimate, on)
            case steps.AssignmentStep():
                if not step.helps and step.clause is None:
                    scene.unit, scene.person = step.unit, step.person
                assignments.assign(
                    self.office(on),
                    item,
                    Part.CONTRIBUTOR if step.helps else Part.LEAD,
                    self.units[step.unit],
                    self.people[step.person] if step.person else None,
                    scene.clauses[step.clause] if step.clause else None,
                    on,
                )
            case steps.DueDateStep():
                due = self.calendar.day(convention, step.due)
                items.set_due_date(
                    self.office(on),
                    item,
                    due,
                    on,
                    scene.clauses[step.clause] if step.clause else None,
                    step.by_whom,
                    step.reason,
                )
            case steps.AppropriationStep():
                money.appropriate(
                    self.office(on), item, step.fund, Decimal(step.amount), on, step.decided_by
                )
            case steps.ExpenseStep():
                self._publish(
                    scene,
                    money.spend(self.at(on, scene.author), item, self._cost(scene, step.cost, on)),
                    on,
                )
            case steps.ExplanationStep():
                self._publish(scene, money.explain(self.at(on, scene.author), item, step.words), on)
            case steps.ReviewStep():
                self._review(scene, step, on)
            case steps.WithholdingStep():
                entry = scene.entries[step.entry]
                what = entry if step.paper is None else self._paper(entry, step.paper)
                withholding.withhold(self.office(on), item, what, step.kind)
            case steps.MergeStep():
                items.link(self.office(on), item, self.scenes[step.convention, step.code].item, on)
            case steps.NumberStep():
                items.correct_designation(
                    self.office(on), item, scene.story.kind, step.number.lower(), step.number
                )
            case steps.FloorCorrectionStep():
                wrong = self.session.scalars(
                    sa.select(FloorAction)
                    .where(FloorAction.item_id == item.id, FloorAction.retracted_by.is_(None))
                    .order_by(FloorAction.id.desc())
                ).first()
                assert wrong
                context = self.office(on)
                right = FloorAction(
                    item_id=item.id,
                    action=step.action,
                    position=wrong.position,
                    votes_for=wrong.votes_for,
                    votes_against=wrong.votes_against,
                    abstained=wrong.abstained,
                    by_voice=wrong.by_voice,
                    session=wrong.session,
                )
                items.correct(context, item, wrong, right, context.day_of(wrong))
            case _:
                raise TypeError(step)

    def _publish(self, scene: Scene, entry: Entry, day: date) -> None:
        progress.release(self.at(day, scene.releaser), scene.item, entry)

    def _decide(self, scene: Scene, step: steps.DecisionStep, on: date, day: date) -> None:
        floor.decide(
            self.office(day), scene.item, step.decision, self.units[step.unit], on, step.reason
        )
        if step.decision in (Decision.ACCEPTED, Decision.ACCEPTED_IN_PART) and not scene.unit:
            scene.unit = step.unit

    # --- what staff do ---

    def _say(self, scene: Scene, step: steps.EntryStep, on: date, day: date) -> None:
        money_said = step.money or (MoneySaid.AMOUNT if step.costs else None)
        decided_on = (
            None
            if step.decided_on is None
            else self.calendar.worked(scene.story.convention, step.decided_on)
        )
        sayings = [
            NewClaim(
                clause_id=scene.clauses[number],
                claimed=claimed,
                reason=step.because,
                money=money_said if claimed is Claimed.DONE else None,
                decided_by=step.decided_by,
                decided_on=decided_on,
            )
            for number, claimed in step.claims.items()
        ]
        kept = [self.store(paper)[0] for paper in step.papers]
        next_word_by = (
            None
            if step.next_word_by is None
            else self.calendar.day(scene.story.convention, step.next_word_by)
        )
        source, row = step.imported_from or (None, None)
        report = progress.NewEntry(
            words=step.words,
            on=on,
            claims=sayings,
            evidence=[*map(_link, step.links), *kept],
            expenses=[self._cost(scene, cost, on) for cost in step.costs],
            internal=step.internal,
            next_word_by=next_word_by,
            corrects=scene.entries[step.corrects].id if step.corrects else None,
            source=source,
            source_row=row,
        )
        context = self.at(day, GOVERNANCE if source else step.author or scene.author)
        scene.entries[step.name or str(id(step))] = progress.log(
            replace(context, importing=source is not None), scene.item, report
        )

    def _entry(self, scene: Scene, step: steps.EntryStep) -> Entry:
        return scene.entries[step.name or str(id(step))]

    def _release(self, scene: Scene, step: steps.EntryStep, day: date) -> None:
        office = Claimed.WILL_NOT_BE_DONE in step.claims.values()
        author = step.author or scene.author
        releaser = step.released_by or (
            (GOVERNANCE if author != GOVERNANCE else DEPUTY) if office else scene.releaser
        )
        progress.release(
            self.at(day, releaser), scene.item, self._entry(scene, step), self._opening(step.papers)
        )

    def _send_back(self, scene: Scene, step: steps.EntryStep, day: date) -> None:
        progress.send_back(
            self.at(day, step.released_by or scene.releaser),
            scene.item,
            self._entry(scene, step),
            step.sent_back or "",
        )

    def _withdraw(self, scene: Scene, step: steps.EntryStep, day: date) -> None:
        progress.withdraw(
            self.at(day, step.author or scene.author), scene.item, self._entry(scene, step)
        )

    def _cost(self, scene: Scene, cost: steps.StoryCost, on: date) -> money.NewExpense:
        spent_on = on if cost.on is None else self.calendar.worked(scene.story.convention, cost.on)
        return money.NewExpense(
            amount=Decimal(cost.amount),
            on=spent_on,
            category=cost.category,
            payee=cost.payee,
            note=cost.note,
        )

    # --- confirming, and what changed ---

    def waiting(
        self, scene: Scene, numbers: Sequence[int], result: Result | None, context: ActContext
    ) -> list[int]:
        """Of these clauses the newest released claims of done whose review stands there."""
        facts, _ = context.facts(scene.item)
        claim_ids: dict[int, int] = {}
        for claim in sorted(facts.claims, key=lambda claim: (claim.on, claim.event)):
            review = facts.review(claim=claim.id)
            if (
                claim.claimed is Claimed.DONE
                and facts.released(entry=claim.entry_id)
                and (review and review.result) is result
            ):
                claim_ids[claim.clause_id] = claim.id
        return [claim_ids[scene.clauses[number]] for number in numbers]

    def _review(self, scene: Scene, step: steps.ReviewStep, on: date) -> None:
        before = Result.CONFIRMED if step.result is Result.REOPENED else None
        for claim in self.waiting(scene, step.clauses, before, self.at(on, step.by or CONFIRMER)):
            reviews.review(
                self.at(on, step.by or CONFIRMER), scene.item, claim, step.result, step.reason
            )

    def meet(self, meeting: steps.ConfirmingMeeting) -> Cue:
        met_on = self.calendar.worked(meeting.convention, meeting.on)
        later = (
            FromToday(meeting.on.days + meeting.recorded)
            if isinstance(meeting.on, FromToday)
            else meeting.on + meeting.recorded
        )
        day = self.calendar.worked(meeting.convention, later)

        def confirm() -> None:
            context = self.office(day)
            claims = [
                claim
                for convention, code, numbers in meeting.claims
                for claim in self.waiting(self.scenes[convention, code], numbers, None, context)
            ]
            reviews.confirm_by_meeting(context, claims, met_on, meeting.who, meeting.minutes)

        return Cue(day, confirm)

    def _change(self, scene: Scene, step: steps.OutcomeStep, on: date, day: date) -> None:
        scene.outcomes[id(step)] = outcomes.state(
            self.at(day, step.author or scene.author),
            scene.item,
            step.level,
            step.words,
            on,
            step.tie,
            [*map(_link, step.links), *(self.store(paper)[0] for paper in step.papers)],
        )

    def _release_change(self, scene: Scene, step: steps.OutcomeStep, day: date) -> None:
        outcomes.release(
            self.at(day, scene.releaser),
            scene.item,
            scene.outcomes[id(step)],
            self._opening(step.papers),
        )

    def _confirm_change(self, scene: Scene, step: steps.OutcomeStep, day: date) -> None:
        reviews.review_outcome(
            self.at(day, CONFIRMER), scene.item, scene.outcomes[id(step)], Result.CONFIRMED
        )

    def _opening(self, papers: Sequence[steps.StoryFile]) -> Opening:
        return Opening(
            public_copies={
                shown.sha256 or "": copy for shown, copy in map(self.store, papers) if copy
            }
        )

    def _paper(self, entry: Entry, name: str) -> Evidence:
        return self.session.scalars(
            sa.select(Evidence)
            .join(Text, Text.digest == Evidence.title)
            .where(
                Evidence.entry_id == entry.id,
                Evidence.kind == EvidenceKind.FILE,
                Text.words == name,
            )
        ).one()


def _link(link: steps.StoryLink) -> NewEvidence:
    return NewEvidence(kind=EvidenceKind.LINK, title=link.title, url=link.url, internal=False)
