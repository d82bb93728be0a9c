"""A small union whose record has one of most things, for the tests of the report.

An old convention, and one of 2024 as of the spring of 2025.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import records
from tracker.acts import (
    assignments,
    bodies,
    conventions,
    floor,
    items,
    money,
    outcomes,
    people,
    progress,
    reviews,
    withholding,
)
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.acts.items import Mover, NewVersion
from tracker.record.bodies import Fund
from tracker.record.conventions import Convention
from tracker.record.items import Clause, Item
from tracker.record.progress import Claim, Entry
from tracker.rules.codes import (
    Basis,
    Claimed,
    Decision,
    Floor,
    FloorPart,
    Kind,
    Level,
    MoneySaid,
    Part,
    Purpose,
    Result,
    WithheldFor,
)
from tracker.rules.entry_preconditions import NewClaim

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2025, 3, 31, 17, tzinfo=UTC)
TODAY = NOW.astimezone(ZONE).date()
CLOSES = date(2024, 6, 14)
PDF = records.new_file(
    "Guide, as printed", "51ac09e4" * 8, media_type="application/pdf", size=1_900_000
)
LINK = records.new_link("Minutes of the committee")


@dataclass
class RecordedUnion:
    """Writes by the acts, each on its day. `context.now` only goes forward."""

    session: Session
    context: ActContext
    units: dict[str, int] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)

    @classmethod
    def begin(
        cls, session: Session, on: datetime = datetime(2024, 6, 1, 15, tzinfo=UTC), **settings: str
    ) -> RecordedUnion:
        body_settings = {
            "name": "Federation of School Workers",
            "time_zone": "America/Chicago",
            "pages": "open",
        } | settings
        union = cls(session, records.context_of_new_body(session, on, **body_settings))
        union.people = [people.add(union.context, f"Person {n}").id for n in range(4)]
        return union

    def on(self, day: date, who: int = 0) -> ActContext:
        """The context on a day, of one of four people who may do all."""
        noon = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=17)
        self.context = replace(
            self.context,
            now=max(noon, self.context.now + timedelta(seconds=1)),
            actor=replace(self.context.actor, person_id=self.people[who]),
        )
        return self.context

    def unit(self, name: str) -> int:
        if name not in self.units:
            self.units[name] = bodies.add_unit(self.context, name).id
        return self.units[name]

    def item(
        self,
        convention: Convention,
        number: str,
        title: str,
        words: str,
        kind: str = Kind.NEW_BUSINESS_ITEM,
        by: str | None = None,
        cost: tuple[str, str | None] | None = None,
    ) -> Item:
        movers = [Mover(FloorPart.MAKER, bodies.add_delegation(self.context, by).id)] if by else []
        item = items.register(
            self.context,
            convention,
            kind,
            number,
            NewVersion(words=words, title=title or None),
            movers=movers,
        )
        if cost:
            money.estimate(
                self.context,
                item,
                money.NewEstimate(
                    sentence=cost[0],
                    basis=Basis.ADDITIONAL if cost[1] else Basis.UNKNOWN,
                    amount=Decimal(cost[1]) if cost[1] else None,
                ),
            )
        return item

    def adopt(self, item: Item, action: Floor = Floor.ADOPTED, lead: str | None = None) -> None:
        floor.record_floor_action(self.on(CLOSES), item, action, CLOSES)
        if lead:
            assignments.assign(self.context, item, Part.LEAD, self.unit(lead), on=CLOSES)

    def say(
        self,
        item: Item,
        day: date,
        words: str,
        claimed: Claimed | None,
        clauses: list[int] | None = None,
        evidence: NewEvidence | None = LINK,
        money_said: MoneySaid | None = None,
        spent: str | None = None,
    ) -> Entry:
        """Logged by one, released by another."""
        is_decided = claimed is Claimed.WILL_NOT_BE_DONE
        claims = [
            NewClaim(
                clause_id=clause.id,
                claimed=claimed,
                reason="the budget does not bear it",
                money=money_said,
                decided_by="the Board" if is_decided else None,
                decided_on=day if is_decided else None,
            )
            for clause in self.clauses(item)
            if not clauses or clause.number in clauses
        ]
        expenses = (
            [money.NewExpense(amount=Decimal(spent), on=day, category="printing")] if spent else []
        )
        entry = progress.log(
            self.on(day, 1),
            item,
            progress.NewEntry(
                words=words,
                on=day,
                claims=claims,
                evidence=[evidence] if evidence else [],
                expenses=expenses,
            ),
        )
        progress.release(self.on(day, 2), item, entry)
        return entry

    def clauses(self, item: Item) -> list[Clause]:
        return list(
            self.session.scalars(
                sa.select(Clause)
                .where(
                    Clause.item_id == item.id,
                    Clause.ended_by.is_(None),
                    Clause.retracted_by.is_(None),
                )
                .order_by(Clause.number)
            )
        )

    def confirm(
        self, item: Item, entry: Entry, day: date, result: Result = Result.CONFIRMED
    ) -> None:
        for claim in self.session.scalars(sa.select(Claim).where(Claim.entry_id == entry.id)).all():
            reviews.review(self.on(day, 3), item, claim.id, result, "the last page is missing")


def old_union(session: Session) -> tuple[RecordedUnion, Convention]:
    """A convention of which nothing was kept: its term was over when it was recorded."""
    union = RecordedUnion.begin(session, datetime(2025, 3, 1, 15, tzinfo=UTC))
    convention = conventions.record(
        union.context, "2017", "2017 Assembly", conventions.Dates(year=2017)
    )
    for number, words, action in (
        ("1", "The union shall print a calendar.", Floor.ADOPTED),
        ("2", "The union shall buy a boat.", Floor.DEFEATED),
        ("3", "The union shall ask why.", None),
    ):
        item = union.item(convention, number, "", words)
        if action:
            floor.record_floor_action(union.context, item, action, None)
    return union, convention


def running_union(session: Session, **settings: str) -> tuple[RecordedUnion, Convention]:
    """Ten items of the convention of 2024.

    With most verdicts, money, a referral, something withheld, a name from right to left.
    """
    union = RecordedUnion.begin(session, **settings)
    context = union.context
    convention = conventions.record(
        context,
        "2024",
        "Lakeside 2024",
        conventions.Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=CLOSES),
        "Lakeside",
    )
    bodies.add_fund(
        context,
        convention,
        Fund(convention_id=convention.id, name="Contingency fund", amount=Decimal("60000.00")),
    )
    guide = union.item(
        convention,
        "1",
        "Guide to pension options for support staff",
        "The Section shall publish a guide to the pension options of support staff, "
        "in plain words and in large print.\n\n"
        "It shall be mailed to every member who leaves work in 2025.",
        by="Ohio council",
        cost=("Additional cost $9,000.", "9000"),
    )
    items.enter_clauses(
        context,
        guide,
        ["Publish a guide to the pension options.", "Mail it to every member who leaves work."],
    )
    ramp = union.item(
        convention,
        "2",
        "Ramp at the section’s office",
        "A ramp shall be built at the office.",
        by="חבר הסניף",
        cost=("$6,200 more.", "6200"),
    )
    choir = union.item(convention, "3", "A choir", "The section shall have a choir.")
    silent = union.item(
        convention,
        "4",
        "Register of retired interpreters",
        "A register shall be kept of <b>retired</b> interpreters & signers.",
    )
    board = union.item(convention, "5", "Lower dues for members over 80", "Dues shall be lowered.")
    study = union.item(
        convention,
        "6",
        "Study of rail discounts",
        "A study shall be made.",
        cost=("It would cost about seven thousand.", None),
    )
    archive = union.item(
        convention,
        "7",
        "Archive of local minutes",
        "An archive of minutes shall be made.",
        cost=("$1,500.", "1500"),
    )
    blank = union.item(
        convention,
        "8",
        "",
        "An item of whose fate the minutes say nothing at all, and which has no title of its own.",
    )
    rule = union.item(
        convention,
        "1",
        "Standing rule 4",
        "Amend standing rule 4.",
        kind=Kind.STANDING_RULE_AMENDMENT,
    )
    mentors = union.item(convention, "9", "Mentors for new retirees", "Mentors shall be found.")
    for item, lead in (
        (guide, "Pension Committee"),
        (ramp, "House Committee"),
        (silent, None),
        (study, "Executive Committee"),
        (archive, "History Committee"),
        (mentors, "Membership Committee"),
    ):
        union.adopt(item, lead=lead)
    union.adopt(choir, Floor.DEFEATED)
    union.adopt(rule)
    floor.record_floor_action(
        union.context,
        board,
        Floor.REFERRED,
        CLOSES,
        referral=floor.Referral(union.unit("Board"), Purpose.DECISION),
    )
    assert blank.id
    money.appropriate(
        union.context, guide, "Contingency fund", Decimal("9000"), CLOSES, "Budget Committee"
    )
    union.say(
        study, date(2024, 9, 14), "A study of 2022 exists.", Claimed.WILL_NOT_BE_DONE, evidence=None
    )
    first = union.say(
        guide,
        date(2024, 9, 20),
        "The text is **printed**. <script>alert(1)</script>",
        Claimed.DONE,
        [1],
        PDF,
        MoneySaid.AMOUNT,
        "8742.10",
    )
    union.confirm(guide, first, date(2024, 9, 28), Result.RETURNED)
    again = union.say(
        guide,
        date(2024, 10, 4),
        "The guide as printed is attached.",
        Claimed.DONE,
        None,
        PDF,
        MoneySaid.NOTHING_BEYOND_THE_BUDGET,
    )
    union.confirm(guide, again, date(2024, 10, 12))
    outcome = outcomes.state(
        union.on(date(2024, 12, 1), 1),
        guide,
        Level.CHANGE_FOLLOWED,
        "Calls to the pension line fell from 214 to 96 a quarter.",
        date(2024, 11, 30),
        "the count before and after",
    )
    outcomes.release(union.on(date(2024, 12, 2), 2), guide, outcome)
    reviews.review_outcome(union.on(date(2024, 12, 9), 3), guide, outcome, Result.CONFIRMED)
    floor.decide(
        union.on(date(2024, 12, 10)),
        board,
        Decision.DECLINED,
        union.unit("Board"),
        date(2024, 11, 9),
        "the budget does not bear it",
    )
    built = union.say(
        ramp,
        date(2024, 12, 12),
        "Built.",
        Claimed.DONE,
        money_said=MoneySaid.AMOUNT,
        spent="7100.00",
    )
    union.confirm(ramp, built, date(2024, 12, 20))
    withheld = union.say(mentors, date(2025, 2, 3), "Twelve mentors are found.", Claimed.PROGRESS)
    withholding.withhold(union.on(date(2025, 2, 9)), mentors, withheld, WithheldFor.PERSONAL_DATA)
    union.say(
        mentors, date(2025, 3, 1), "Twenty mentors are found.", Claimed.PROGRESS, evidence=None
    )
    union.say(
        archive,
        date(2025, 3, 19),
        "Forty boxes are scanned.",
        Claimed.DONE,
        money_said=MoneySaid.NOT_KNOWN_YET,
    )
    return union, convention
