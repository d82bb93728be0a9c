"""Plays a written history through the acts: `DATE  what, option, option`.

The words are those of histories.toml.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
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
from tracker.record import ledger, loader, surroundings
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import FloorAction, Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry
from tracker.record.verification import Finding
from tracker.record.verification import verify as verify_chain
from tracker.rules import codes
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.facts import ClaimFact
from tracker.rules.permissions import Actor, Grant, NotAllowed
from tracker.rules.refusals import Refused
from tracker.rules.verdict import Answer, answer

DEFAULTS: dict[str, Any] = {
    "convention": "from 2017-06-30 to 2017-07-05",
    "recorded": date(2017, 6, 1),
    "kind": "new_business_item",
}
OFFICE, AUTHOR, MANAGER, CONFIRMER = 1, 7, 8, 9  # persons of the histories, by their number
LINK = records.new_link()
DAY = r"\d{4}-\d\d-\d\d"


def code(words: str) -> str:
    return words.strip().replace(" ", "_").replace("-", "_")


@dataclass(kw_only=True)
class Story:
    session: Session
    context: ActContext
    conventions: dict[str, Convention] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    entries: list[tuple[Item, Entry]] = field(default_factory=list)
    people: dict[int, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, session: Session, history: dict[str, Any]) -> Story:
        history = DEFAULTS | history
        first = datetime.combine(history["recorded"], datetime.min.time(), UTC) + timedelta(
            hours=12
        )
        story = cls(session=session, context=records.context_of_new_body(session, first))
        story.convention("2017", history["convention"])
        story.items["A"] = items.register(
            story.context,
            story.conventions["2017"],
            history["kind"],
            "1",
            items.NewVersion(words=history["name"]),
            due_on=history.get("due"),
        )
        if "clauses" in history:
            items.enter_clauses(
                story.context, story.items["A"], history["clauses"], history.get("declarations", ())
            )
        for line in history["steps"].strip().splitlines():
            if line.strip() and not line.strip().startswith("#"):
                story.step(line.strip())
        session.commit()
        return story

    def convention(self, name: str, words: str) -> None:
        days = [date.fromisoformat(day) for day in re.findall(DAY, words)]
        opens_on, closes_on = days or (None, None)
        year = re.search(r"year (\d{4})", words)
        self.conventions[name] = conventions.record(
            self.context,
            name,
            name,
            conventions.Dates(
                year=int(year[1]) if year else opens_on and opens_on.year,
                opens_on=opens_on,
                closes_on=closes_on,
                special="special" in words,
            ),
        )

    def actor(self, number: int, options: Collection[str] = ()) -> Actor:
        """With every role, unless the step says "as staff" or "as a manager": of every unit."""
        roles = {"as staff": codes.Role.STAFF, "as a manager": codes.Role.MANAGER}
        role_of_the_step = next((role for words, role in roles.items() if words in options), None)
        return Actor(
            self.person(number),
            frozenset(Grant(role_of_the_step, unit) for unit in self.units.values())
            if role_of_the_step
            else records.EVERY_ROLE,
        )

    def person(self, number: int) -> int:
        if number not in self.people:
            self.people[number] = people.add(self.context, f"Person {number}").id
        return self.people[number]

    def unit(self, name: str) -> int:
        if name not in self.units:
            self.units[name] = bodies.add_unit(self.context, name).id
        return self.units[name]

    def step(self, line: str) -> None:
        line, _, refused = line.partition("-> refused ")
        head, *options = [part.strip() for part in line.split(",")]
        on, what = date.fromisoformat(head[:10]), head[10:].strip()
        recorded = next(
            (
                date.fromisoformat(option[-10:])
                for option in options
                if re.fullmatch(f"recorded {DAY}", option)
            ),
            on,
        )
        self.at(recorded)
        before = self.context
        try:
            self.act(on, what, options)
        except (Refused, NotAllowed) as no:
            code_of_refusal = no.code if isinstance(no, Refused) else "not_allowed"
            assert code_of_refusal == refused.strip(), (line, code_of_refusal)
        else:
            assert not refused, f"not refused: {line}"
        self.context = replace(
            before,
            now=self.context.now,
            zone=self.context.zone,
            importing=False,
            actor=self.actor(OFFICE),
        )

    def at(self, day: date, actor: int = OFFICE, importing: bool | None = None) -> ActContext:
        noon = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=16)
        assert noon >= self.context.now - timedelta(hours=16), (
            f"{day}: steps are told in the order of their recording"
        )
        self.context = replace(
            self.context,
            now=max(noon, self.context.now + timedelta(seconds=1)),
            actor=self.actor(actor),
            importing=self.context.importing if importing is None else importing,
        )
        return self.context

    def act(self, on: date, what: str, options: list[str]) -> None:
        def option(pattern: str) -> str | None:
            return next(
                (match[1] for option in options if (match := re.fullmatch(pattern, option))), None
            )

        def day(pattern: str) -> date | None:
            day_in_words = option(f"{pattern} ({DAY})")
            return date.fromisoformat(day_in_words) if day_in_words else None

        item = self.items[option(r"of (\w+)") or "A"]
        numbers = [int(n) for n in (option(r"clauses? ([\d ]+)") or "").split()]
        facts = loader.load(
            self.session, self.context.body_id, [item.id], AsOf(self.context.today)
        )[item.id]
        chosen = [clause.id for clause in facts.clauses if not numbers or clause.number in numbers]
        clause = chosen[0] if numbers else None
        self.context = replace(self.context, importing="by import" in options)
        verb, _, unit = what.partition(" ")
        floor_on = None if "day not known" in options else on
        if code(what) in list(codes.Floor):
            floor.record_floor_action(
                self.context,
                item,
                codes.Floor(code(what)),
                floor_on,
                int(option(r"position (\d+)") or 1),
                clause,
            )
        elif match := re.fullmatch(r"(referred|remitted)(?: to (.+))?", what):
            purpose = codes.Purpose.REPORT if "for report" in options else codes.Purpose.DECISION
            referral = floor.Referral(
                self.unit(match[2]) if match[2] else None, purpose, day("decides by")
            )
            floor.record_floor_action(
                self.context,
                item,
                codes.Floor(match[1]),
                floor_on,
                int(option(r"position (\d+)") or 1),
                clause,
                referral,
            )
        elif match := re.fullmatch(
            r"(accepted|accepted in part|declined|reported back) by (.+)", what
        ):
            floor.decide(
                self.context,
                item,
                codes.Decision(code(match[1])),
                self.unit(match[2]),
                on,
                "minutes",
                clause,
            )
        elif verb in ("lead", "contributor"):
            person = option(r"person (\d+)")
            assignments.assign(
                self.context,
                item,
                codes.Part(verb),
                self.unit(unit),
                self.person(int(person)) if person else None,
                clause,
                on,
            )
        elif what == "no lead":
            assignments.unassign(self.context, item, codes.Part.LEAD, clause, on)
        elif what == "no change" or code(what) in list(codes.Claimed):
            claimed = None if what == "no change" else codes.Claimed(code(what))
            answer = option(r"money (\w+)")
            corrects, answers = option(r"corrects entry (\d+)"), option(r"answers entry (\d+)")
            names_decider = (
                claimed is codes.Claimed.WILL_NOT_BE_DONE and "nobody said who" not in options
            )
            sayings = [
                NewClaim(
                    clause_id=clause_id,
                    claimed=claimed,
                    reason="because",
                    money=codes.MoneySaid(answer) if answer else None,
                    decided_by="the Board" if names_decider else None,
                    decided_on=self.context.today if names_decider else None,
                )
                for clause_id in chosen
            ]
            self.context = replace(
                self.context, actor=self.actor(int(option(r"author (\d+)") or AUTHOR))
            )
            spent = option(r"spent ([\d.]+)")
            entry = progress.log(
                self.context,
                item,
                progress.NewEntry(
                    words=what,
                    on=on,
                    claims=sayings if "of no clause" not in options else (),
                    evidence=() if "no evidence" in options else (LINK,),
                    internal="internal" in options,
                    next_word_by=day("next word by"),
                    corrects=self.entries[int(corrects) - 1][1].id if corrects else None,
                    answers=self.entries[int(answers) - 1][1].id if answers else None,
                    expenses=[money.NewExpense(amount=Decimal(spent), on=on, category="print")]
                    if spent
                    else (),
                ),
            )
            self.entries.append((item, entry))
            if not {"not released", "internal"} & set(options):
                self.at(day("released") or self.context.today, MANAGER)
                progress.release(
                    replace(
                        self.context,
                        actor=self.actor(int(option(r"released by (\d+)") or MANAGER), options),
                    ),
                    item,
                    entry,
                )
        elif match := re.fullmatch(r"released entry (\d+)", what):
            owner, entry = self.entries[int(match[1]) - 1]
            progress.release(
                replace(
                    self.context, actor=self.actor(int(option(r"by (\d+)") or MANAGER), options)
                ),
                owner,
                entry,
            )
        elif match := re.fullmatch(r"withdrew entry (\d+)", what):
            progress.withdraw(
                replace(self.context, actor=self.actor(int(option(r"by (\d+)") or AUTHOR))),
                *self.entries[int(match[1]) - 1],
            )
        elif match := re.fullmatch(r"sent back entry (\d+)", what):
            progress.send_back(self.context, *self.entries[int(match[1]) - 1], "what was it?")
        elif what == "clauses entered anew":
            items.enter_clauses(self.context, item, ["This.", "That."])
        elif match := re.fullmatch(r"withheld entry (\d+)", what):
            withholding.withhold(
                self.context, *self.entries[int(match[1]) - 1], codes.WithheldFor.PERSONAL_DATA
            )
        elif what == "confirmed by a meeting":
            waiting = [claim.id for item in self.items.values() for claim in self.done(item, None)]
            meeting = meetings.NewMeeting(name="the audit committee", met_on=on, words="minutes")
            meetings.decide_by_meeting(self.context, meeting, meetings.confirmed(waiting))
        elif what in list(codes.Result):
            result = codes.Result(what)
            context = replace(self.context, actor=self.actor(int(option(r"by (\d+)") or CONFIRMER)))
            claims = [
                claim
                for claim in self.done(
                    item, codes.Result.CONFIRMED if result is codes.Result.REOPENED else None
                )
                if claim.clause_id in chosen
            ]
            claims = claims or [
                claim
                for reviewed in list(codes.Result)
                for claim in self.done(item, reviewed)
                if claim.clause_id in chosen
            ]
            assert claims, what
            for claim in claims:
                reviews.review(context, item, claim.id, result, "a reason")
        elif (match := re.fullmatch(r"outcome (.+)", what)) and match[1] != "reopened":
            outcome = outcomes.state(
                replace(self.context, actor=self.actor(AUTHOR)),
                item,
                codes.Level(code(match[1])),
                "it changed",
                on,
                None if "no tie" in options else "a count before and after",
            )
            if "not released" not in options:
                outcomes.release(replace(self.context, actor=self.actor(MANAGER)), item, outcome)
            if not {"not released", "not confirmed"} & set(options):
                reviews.review_outcome(
                    replace(
                        self.context,
                        actor=self.actor(int(option(r"confirmed by (\d+)") or CONFIRMER)),
                    ),
                    item,
                    outcome,
                    codes.Result.CONFIRMED,
                )
        elif what in ("outcome reopened", "withheld outcome"):
            newest = self.session.scalars(
                sa.select(Outcome).where(Outcome.item_id == item.id).order_by(Outcome.id.desc())
            ).first()
            assert newest
            if what == "withheld outcome":
                withholding.withhold(self.context, item, newest, codes.WithheldFor.LEGAL)
            else:
                reviews.review_outcome(
                    self.context, item, newest, codes.Result.REOPENED, reason="a reason"
                )
        elif match := re.fullmatch(r"linked to (\w+)", what):
            items.link(self.context, item, self.items[match[1]], on, clause)
        elif match := re.fullmatch(f"due ({DAY})", what):
            items.set_due_date(
                self.context, item, date.fromisoformat(match[1]), on, clause, "the Board", "later"
            )
        elif match := re.fullmatch(r"item (\w+) in (\w+)", what):
            kind = option(r"kind (\w+)") or "new_business_item"
            self.items[match[1]] = items.register(
                self.context,
                self.conventions[match[2]],
                kind,
                match[1],
                items.NewVersion(words="another"),
                awaiting_debate="by hand" in options,
            )
        elif match := re.fullmatch(r"convention (\w+)(.*)", what):
            self.convention(match[1], match[2])
        elif match := re.fullmatch(f"dates of (\\w+) from ({DAY}) to ({DAY})", what):
            opens, closes = date.fromisoformat(match[2]), date.fromisoformat(match[3])
            conventions.set_dates(
                self.context,
                self.conventions[match[1]],
                conventions.Dates(year=opens.year, opens_on=opens, closes_on=closes),
            )
        elif match := re.fullmatch(r"follow-through of (\w+) kept", what):
            conventions.open_follow_through(self.context, self.conventions[match[1]], on)
        elif match := re.fullmatch(r"setting (\w+) (\S+)", what):
            bodies.set_setting(self.context, match[1], match[2])
            self.context = replace(
                self.context, zone=surroundings.zone_of(self.session, self.context.body_id)
            )
        elif match := re.fullmatch(r"kind (\w+) added", what):
            bodies.add_kind(self.context, match[1], match[1][:3], "follows through" in options)
        elif match := re.fullmatch(r"kind corrected to (\w+)", what):
            items.correct_designation(
                self.context, item, match[1], option(r"number (\w+)") or "1", None
            )
        elif match := re.fullmatch(r"estimate ([\d.]+)", what):
            money.estimate(
                self.context,
                item,
                money.NewEstimate(
                    sentence="a sentence", basis=codes.Basis.ADDITIONAL, amount=Decimal(match[1])
                ),
                on,
            )
        elif match := re.fullmatch(r"floor action corrected to (.+)", what):
            wrong = self.session.get_one(FloorAction, facts.floor[-1].id)
            items.correct(
                self.context,
                item,
                wrong,
                FloorAction(
                    item_id=item.id, action=codes.Floor(code(match[1])), position=wrong.position
                ),
                on,
            )
        else:
            raise AssertionError(f"what is: {what}")

    def done(self, item: Item, now: codes.Result | None) -> list[ClaimFact]:
        """The released claims of done whose review stands at `now`; of each clause the newest."""
        facts = loader.load(
            self.session, self.context.body_id, [item.id], AsOf(self.context.today)
        )[item.id]
        newest_by_clause = {}
        for claim in sorted(facts.claims, key=lambda claim: (claim.on, claim.event)):
            review = facts.review(claim=claim.id)
            if (
                claim.claimed is codes.Claimed.DONE
                and facts.released(entry=claim.entry_id)
                and (review and review.result) == now
            ):
                newest_by_clause[claim.clause_id] = claim
        return list(newest_by_clause.values())

    def answers(self, as_of: AsOf) -> dict[str, Answer]:
        every = loader.load(
            self.session, self.context.body_id, [item.id for item in self.items.values()], as_of
        )
        return {
            name: answer(item.id, every) for name, item in self.items.items() if item.id in every
        }


def check(story: Story, line: str) -> tuple[str, str]:
    """`DATE [happened] [of B].

    Standing, verdict, change [, late] [, past its term] [, counts as GROUP] [, answered] [, by way
    of B] [, because CODE VALUE ...]`.
    """
    head, _, expected = line.partition(":")
    day = date.fromisoformat(head[:10])
    as_of = AsOf.happened_by(day) if "happened" in head else AsOf.known_on(day, story.context.zone)
    of = re.search(r"of (\w+)", head)
    answered = story.answers(as_of).get(of[1] if of else "A")
    if answered is None:
        return expected.strip(), "not on record"
    words = [answered.standing.code, answered.verdict, answered.change or "-"]
    words += ["late"] * answered.standing.late + ["past its term"] * any(
        clause.past_term for clause in answered.standing.clauses
    )
    words += [f"counts as {answered.group}"] * ("counts as" in expected)
    words += ["answered" if answered.decided else "unanswered"] * ("answered" in expected)
    if "by way of" in expected:
        words += [
            "by way of "
            + next(
                (name for name, item in story.items.items() if item.id == answered.by_way_of),
                "nothing in the record",
            )
        ]
    values = [
        str(value)
        for name, value in answered.reason.values
        if name in ("on", "since", "day", "done", "of")
    ]
    values += [
        f"{name} {value}"
        for name, value in answered.reason.values
        if name in ("last", "clause", "clauses", "referral", "reported_back")
    ]
    words += [" ".join(["because", answered.reason.code, *values])] * ("because" in expected)
    return ", ".join(part.strip() for part in expected.split(",")), ", ".join(words)


def verify(story: Story) -> list[Finding]:
    return list(verify_chain(story.session, story.context.body_id))


__all__ = ["Story", "check", "ledger", "verify"]
