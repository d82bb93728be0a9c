"""Plays random histories through the acts.

Many days, some acts back-dated; what a rule refuses is rolled back.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import records
from tracker.acts import (
    assignments,
    bodies,
    conventions,
    floor,
    items,
    meetings,
    money,
    outcomes,
    people,
    progress,
    reviews,
    withholding,
)
from tracker.acts.act_context import ActContext
from tracker.acts.conventions import Dates
from tracker.acts.meetings import NewMeeting
from tracker.record import canonical_form, kept_summaries, ledger_tables, summary
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import FloorAction, Item, ReferralDecision
from tracker.record.loader import load
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry
from tracker.rules.codes import (
    Basis,
    Claimed,
    Decision,
    Floor,
    Kind,
    Level,
    MoneySaid,
    Part,
    Purpose,
    Result,
    WithheldFor,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.facts import ClaimFact, EntryFact
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import Actor, NotAllowed
from tracker.rules.refusals import Refused

from .story import LINK

# The same histories each time; with EXAMPLES=400 (`make soak`) others, and many.
SETTINGS = settings(
    max_examples=int(os.environ.get("EXAMPLES", "12")),
    derandomize="EXAMPLES" not in os.environ,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Half as many histories.
SHORT = settings(SETTINGS, max_examples=SETTINGS.max_examples // 2)

START = datetime(2017, 7, 3, 12, tzinfo=UTC)
KINDS = [Kind.NEW_BUSINESS_ITEM, Kind.NEW_BUSINESS_ITEM, Kind.BYLAW_AMENDMENT, Kind.MOTION]
FLOOR = [
    Floor.ADOPTED,
    Floor.ADOPTED,
    Floor.ADOPTED_AS_MODIFIED,
    Floor.CONSOLIDATED,
    Floor.DEFEATED,
    Floor.RESCINDED,
    Floor.RECONSIDERED,
    Floor.UNKNOWN,
]
Move = tuple[int, int, int, int, int, int]
moves = st.integers(0, 2**32).map(lambda seed: history(seed))
ACTS = {
    0: 2,
    1: 1,
    2: 1,
    3: 3,
    4: 3,
    5: 2,
    6: 3,
    7: 3,
    8: 3,
    9: 3,
    10: 4,
    11: 4,
    12: 4,
    13: 4,
    14: 3,
    15: 3,
    16: 2,
    17: 2,
    18: 2,
    19: 1,
    20: 2,
}


def history(seed: int, weights: dict[int, int] = ACTS) -> list[Move]:
    """Moves drawn evenly: hypothesis itself prefers small numbers, and would seldom review or
    correct.
    """
    dice = Random(seed)
    acts = dice.choices(list(weights), list(weights.values()), k=dice.randint(6, 26))
    return [
        (
            act,
            dice.randint(0, 3),
            dice.randint(0, 11),
            dice.randint(0, 11),
            dice.choice([0, 0, 1, 5, 30, 95]),
            dice.choice([0, 0, 3, 40]),
        )
        for act in acts
    ]


KeptValues = tuple[object, ...]


def kept_values(item_summary: summary.ItemSummary) -> KeptValues:
    """All that is kept for lists, but for how long it is sure to hold."""
    return tuple(
        getattr(item_summary, name)
        for name in canonical_form.column_names(summary.KEPT)
        if name not in ("item_id", *kept_summaries.DAYS)
    )


@dataclass(kw_only=True)
class Player:
    session: Session
    context: ActContext
    conventions: list[Convention] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    seen: list[tuple[AsOf, dict[int, KeptValues], dict[int, Facts]]] = field(default_factory=list)
    played: Counter[str] = field(default_factory=Counter)

    @classmethod
    def begin(cls, session: Session) -> Player:
        context = records.context_of_new_body(session, START)
        player = cls(session=session, context=context)
        player.people = [people.add(context, f"Person {n}").id for n in range(10)]
        for year in (2017, 2018):
            player.conventions.append(
                records.new_convention(context, year, date(year, 6, 30), date(year, 7, 5))
            )
        player.units = [
            bodies.add_unit(context, unit).id for unit in ("Research", "Review Committee")
        ]
        for n, kind in enumerate(KINDS):
            item = items.register(
                context,
                player.conventions[n % 2],
                kind,
                str(n + 1),
                items.NewVersion(words=f"Item {n}"),
                due_on=date(2017, 12, 31) if n else None,
            )
            if n % 2:
                items.enter_clauses(
                    context, item, ["Do this.", "Do that.", "Declares."][: 1 + n], declarations=[3]
                )
            player.items.append(item)
        for n, item in enumerate(player.items[:3]):
            floor.record_floor_action(
                context,
                item,
                Floor.REFERRED if n == 2 else Floor.ADOPTED,
                context.today,
                referral=floor.Referral(player.units[1]) if n == 2 else None,
            )
        player.look()
        return player

    def actor(self, number: int) -> Actor:
        return self.author(self.people[number])

    def author(self, person: int) -> Actor:
        return Actor(person, records.EVERY_ROLE)

    def look(self) -> None:
        """Remember what is kept, and the facts as known at this moment."""
        head = self.session.get_one(
            ledger_tables.Head, self.context.body_id, populate_existing=True
        )
        as_of = AsOf(self.context.today, recorded=head.recorded_at)
        keys = [item.id for item in self.items]
        kept = summary.current(self.session, keys, self.context.today)
        self.seen.append(
            (
                as_of,
                {key: kept_values(item_summary) for key, item_summary in kept.items()},
                load(self.session, self.context.body_id, keys, as_of),
            )
        )

    def play(self, move: Move) -> None:
        act, which, a, b, days, back = move
        self.context = replace(
            self.context,
            now=self.context.now + timedelta(days=days, hours=3),
            actor=self.actor(1 + b % 3),
            importing=a == 11,
        )
        savepoint = self.session.begin_nested()
        try:
            name = self.act(act, self.items[which], a, b, self.context.today - timedelta(days=back))
            savepoint.commit()
            self.played[name] += 1
            self.look()
        except (Refused, NotAllowed) as no:
            savepoint.rollback()
            self.played[f"refused {no}"] += 1
        except (LookupError, ZeroDivisionError):
            savepoint.rollback()
            self.played["nothing to do"] += 1

    def act(self, act: int, item: Item, a: int, b: int, on: date) -> str:
        context, session = self.context, self.session
        facts = context.facts(item)
        clause = facts.clauses[a % len(facts.clauses)].id
        one = clause if b % 3 == 0 else None
        waiting = [entry for entry in facts.entries if not facts.released(entry=entry.id)]
        if act == 0:
            floor.record_floor_action(
                context, item, FLOOR[b % 8], None if a > 5 else on, 1 + a % 2, clause_id=one
            )
            return "floor, day not known" if a > 5 else "floor"
        if act in (1, 2):
            to = floor.Referral(
                self.units[b % 2],
                list(Purpose)[a % 2],
                context.today + timedelta(days=100) if b == 7 else None,
            )
            floor.record_floor_action(context, item, list(Floor)[4 + a % 2], on, 1 + b % 2, one, to)
            return "refer"
        if act in (3, 4):
            if not any(action.unit_id for action in facts.floor):
                floor.record_floor_action(
                    context,
                    item,
                    Floor.REFERRED,
                    on,
                    3,
                    None,
                    floor.Referral(self.units[1], list(Purpose)[b % 2]),
                )
            floor.decide(context, item, list(Decision)[a % 4], self.units[1], on, "minutes", one)
            return f"decide {list(Decision)[a % 4]}"
        if act == 5:
            if b == 11:
                assignments.unassign(context, item, Part.LEAD, on=on)
            else:
                assignments.assign(
                    context,
                    item,
                    Part.CONTRIBUTOR if b == 10 else Part.LEAD,
                    self.units[a % 2],
                    self.people[1 + a % 3] if b % 2 else None,
                    one,
                    on,
                )
            return "assign"
        if act in (6, 7):
            claimed = [None, *Claimed][b % 6]
            progress.log(
                context,
                item,
                progress.NewEntry(
                    words="words",
                    on=on,
                    claims=[self.saying(clause, claimed)],
                    evidence=[LINK],
                    internal=a == 0,
                    next_word_by=context.today + timedelta(days=120) if a == 1 else None,
                ),
            )
            return "log"
        if act in (8, 9):
            if waiting:
                entry = session.get_one(Entry, waiting[a % len(waiting)].id)
            else:
                entry = progress.log(
                    context,
                    item,
                    progress.NewEntry(
                        words="words",
                        on=on,
                        claims=[self.saying(clause, list(Claimed)[b % 5])],
                        evidence=[LINK],
                    ),
                )
            if a == 5:
                progress.send_back(replace(context, actor=self.actor(5)), item, entry, "what?")
            else:
                progress.release(replace(context, actor=self.actor(5)), item, entry)
            return "release"
        # made common: where there is nothing to review, something is done first
        if act in (10, 11, 12, 13):
            claims = [
                claim
                for claim in facts.claims
                if claim.claimed is Claimed.DONE and facts.released(entry=claim.entry_id)
            ]
            if not claims:
                entry = progress.log(
                    context,
                    item,
                    progress.NewEntry(
                        words="done",
                        on=on,
                        claims=[self.saying(clause, Claimed.DONE)],
                        evidence=[LINK],
                    ),
                )
                progress.release(replace(context, actor=self.actor(5)), item, entry)
                claims = [
                    claim for claim in context.facts(item).claims if claim.entry_id == entry.id
                ]
            return self.review(item, context.facts(item), claims[a % len(claims)], a, b)
        if act in (14, 15):
            return self.correct(item, facts, a, b, on)
        if act == 16:
            items.link(context, item, self.items[b % len(self.items)], on, one)
            return "link"
        if act == 17:
            if a < 8:
                outcome = outcomes.state(
                    context, item, list(Level)[b % 4], "effect", on, "a count before and after"
                )
                outcomes.release(replace(context, actor=self.actor(5)), item, outcome)
                reviews.review_outcome(
                    replace(context, actor=self.actor(9)),
                    item,
                    session.get_one(Outcome, outcome.id),
                    Result.CONFIRMED,
                )
                return "outcome"
            money.estimate(
                context,
                item,
                money.NewEstimate(
                    sentence="costs $0.90", basis=Basis.ADDITIONAL, amount=Decimal(a) / 10
                ),
                on,
            )
            entry = money.spend(
                context, item, money.NewExpense(amount=Decimal("12.34"), on=on, category="print")
            )
            if b % 2:
                progress.release(replace(context, actor=self.actor(5)), item, entry)
            return "money"
        if act == 18:
            if a < 4:
                bodies.set_setting(context, "silence_days", str(30 * (1 + b % 4)))
            elif a < 7:
                conventions.set_dates(
                    context,
                    self.conventions[b % 2],
                    Dates(
                        year=2017 + b % 2,
                        opens_on=date(2017 + b % 2, 6, 30),
                        closes_on=date(2017 + b % 2, 7, 5 + a) if b % 4 else None,
                    ),
                )
            elif a < 9:
                conventions.open_follow_through(context, self.conventions[b % 2], on)
            else:
                items.set_due_date(
                    context, item, context.today + timedelta(days=60), on, one, "the Board", "later"
                )
            return "calendar"
        if act == 20:
            return self.put_right(item, facts, waiting, a, b)
        if a < 4:
            items.enter_clauses(
                context, item, ["This.", "That."], declarations=[2] if b % 2 else ()
            )
            return "clauses"
        released = [entry for entry in facts.entries if facts.released(entry=entry.id)]
        withholding.withhold(
            context,
            item,
            session.get_one(Entry, released[a % len(released)].id),
            list(WithheldFor)[b % 4],
        )
        return "withhold"

    def saying(self, clause: int, claimed: Claimed | None) -> NewClaim:
        return NewClaim(
            clause_id=clause,
            claimed=claimed,
            reason="because",
            money=MoneySaid.NOT_KNOWN_YET,
            decided_by="the Board",
            decided_on=self.context.today,
        )

    def review(self, item: Item, facts: Facts, claim: ClaimFact, a: int, b: int) -> str:
        before = facts.review(claim=claim.id)
        result = (
            Result.REOPENED
            if before
            else [Result.CONFIRMED, Result.CONFIRMED, Result.RETURNED][b % 3]
        )
        context = self.context if a == 0 else replace(self.context, actor=self.actor(9))
        if result is Result.CONFIRMED and a % 3 == 1:
            meeting = NewMeeting(name="the Board", met_on=context.today, words="minutes")
            meetings.decide_by_meeting(context, meeting, meetings.confirmed([claim.id]))
        else:
            reviews.review(context, item, claim.id, result, "a reason")
        return str(result)

    def put_right(self, item: Item, facts: Facts, waiting: list[EntryFact], a: int, b: int) -> str:
        context, session = self.context, self.session
        if a < 4 and waiting:
            entry = session.get_one(Entry, waiting[b % len(waiting)].id)
            progress.withdraw(replace(context, actor=self.author(entry.author_id)), item, entry)
            return "withdraw"
        if a < 6:
            items.correct_designation(context, item, KINDS[b % 4], str(10 + b), None)
            return "correct kind"
        if a < 9 and facts.outcomes:
            outcome = session.get_one(Outcome, facts.outcomes[b % len(facts.outcomes)].id)
            reviews.review_outcome(
                replace(context, actor=self.actor(9)),
                item,
                outcome,
                Result.REOPENED,
                reason="a reason",
            )
            return "outcome reopened"
        bodies.set_setting(context, "leads_release", "yes" if b % 2 else "no")
        return "who releases"

    def correct(self, item: Item, facts: Facts, a: int, b: int, on: date) -> str:
        context, session = self.context, self.session
        if a < 5 and facts.entries:
            wrong = facts.entries[b % len(facts.entries)]
            sayings = [
                self.saying(claim.clause_id, claim.claimed)
                for claim in facts.claims
                if claim.entry_id == wrong.id
            ]
            entry = progress.log(
                context,
                item,
                progress.NewEntry(
                    words="better words", on=on, claims=sayings, evidence=[LINK], corrects=wrong.id
                ),
            )
            if a != 4:
                progress.release(replace(context, actor=self.actor(5)), item, entry)
            return "correct entry"
        if facts.decisions:
            decided = session.get_one(
                ReferralDecision, facts.decisions[b % len(facts.decisions)].id
            )
            items.correct(
                context,
                item,
                decided,
                ReferralDecision(
                    item_id=item.id,
                    clause_id=decided.clause_id,
                    decision=list(Decision)[b % 3],
                    unit_id=decided.unit_id,
                ),
                on,
            )
            return "correct decision"
        action = session.get_one(FloorAction, facts.floor[b % len(facts.floor)].id)
        items.correct(
            context,
            item,
            action,
            FloorAction(
                item_id=item.id,
                clause_id=action.clause_id,
                action=FLOOR[a % 8],
                position=action.position,
            ),
            on,
        )
        return "correct floor"
