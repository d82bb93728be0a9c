"""Withholding, erasure and whether names show are judged by today, whatever day is asked for.

In both readings of a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.recorded_union import CLOSES, LINK, NOW, TODAY, ZONE, RecordedUnion
from tests.factories.reports import collected
from tracker.acts import assignments, bodies, conventions, outcomes, progress, reviews, withholding
from tracker.reading import convention, item
from tracker.reading.audience import OFFICE, PUBLIC, staff
from tracker.record import ledger
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Claim, Entry, Evidence
from tracker.reports.models import ReportKind
from tracker.rules.codes import Claimed, Level, Part, Result, WithheldFor

SAID, CHANGED, TITLE, NAME = "OTTERTAIL", "WILLOWHERB", "MARSHWREN", "Person 1"
ASKED = date(2024, 10, 1)
DAYS = [
    AsOf(TODAY),
    AsOf.known_on(ASKED, ZONE),
    AsOf.happened_by(ASKED),
    replace(AsOf.known_on(ASKED, ZONE), happened=True),
]


@dataclass(kw_only=True)
class RecordedItem:
    union: RecordedUnion
    item: Item
    convention_id: int
    entry: Entry
    outcome: Outcome

    def pages(self, session: Session, as_of: AsOf, audience: item.Audience = PUBLIC) -> str:
        """The page of the item, and of its convention."""
        body_id = self.union.context.body_id
        return repr(
            (
                item.page(session, body_id, self.item.id, as_of, audience),
                convention.page(session, body_id, self.convention_id, as_of),
            )
        )

    def printed(self, session: Session, day: date) -> str:
        return repr(collected(session, self.convention_id, ReportKind.FULL, NOW, as_of=day))


@pytest.fixture
def recorded(session: Session) -> Iterator[RecordedItem]:
    """An entry with evidence, and a confirmed change; both before the day that is asked for."""
    union = RecordedUnion.begin(session)
    own = conventions.record(
        union.context,
        "2024",
        "Lakeside 2024",
        conventions.Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=CLOSES),
    )
    pool = union.item(own, "1", "A pool", "A pool shall be built.")
    union.adopt(pool, lead="Pool Committee")
    assignments.assign(
        union.on(date(2024, 7, 1)),
        pool,
        Part.LEAD,
        union.unit("Pool Committee"),
        union.people[1],
        on=date(2024, 7, 1),
    )
    entry = union.say(
        pool, date(2024, 8, 1), SAID, Claimed.DONE, evidence=replace(LINK, title=TITLE)
    )
    union.confirm(pool, entry, date(2024, 8, 2))
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
    yield RecordedItem(union=union, item=pool, convention_id=own.id, entry=entry, outcome=outcome)
    session.rollback()


@pytest.mark.parametrize("as_of", DAYS)
def test_what_is_withheld_today_is_withheld_of_every_day(
    session: Session, recorded: RecordedItem, as_of: AsOf
) -> None:
    before = recorded.pages(session, as_of)
    assert all(words in before for words in (SAID, CHANGED, TITLE))
    context = recorded.union.on(date(2025, 3, 1))
    withholding.withhold(context, recorded.item, recorded.entry, WithheldFor.PERSONAL_DATA)
    withholding.withhold(context, recorded.item, recorded.outcome, WithheldFor.PERSONAL_DATA)
    after = recorded.pages(session, as_of)
    assert not any(words in after for words in (SAID, CHANGED, TITLE)) and "personal_data" in after
    assert SAID in recorded.pages(session, as_of, OFFICE)


@pytest.mark.parametrize("as_of", DAYS)
def test_so_is_one_piece_of_evidence(session: Session, recorded: RecordedItem, as_of: AsOf) -> None:
    evidence = session.scalars(
        sa.select(Evidence).where(Evidence.entry_id == recorded.entry.id)
    ).one()
    withholding.withhold(
        recorded.union.on(date(2025, 3, 1)), recorded.item, evidence, WithheldFor.LEGAL
    )
    after = recorded.pages(session, as_of)
    assert TITLE not in after and SAID in after
    early = recorded.pages(session, AsOf.known_on(date(2024, 7, 2), ZONE))
    assert "legal" not in early  # nothing of it stood there on that day


def test_the_report_of_an_earlier_day_as_well(session: Session, recorded: RecordedItem) -> None:
    assert SAID in recorded.printed(session, ASKED)
    context = recorded.union.on(date(2025, 3, 1))
    withholding.withhold(context, recorded.item, recorded.entry, WithheldFor.PERSONAL_DATA)
    withholding.withhold(context, recorded.item, recorded.outcome, WithheldFor.PERSONAL_DATA)
    printed = recorded.printed(session, ASKED)
    assert not any(words in printed for words in (SAID, CHANGED, TITLE))
    assert printed.count("WithheldLine(") == 2  # they are listed


@pytest.mark.parametrize("as_of", DAYS)
def test_what_was_erased_is_gone_of_every_day(
    session: Session, recorded: RecordedItem, as_of: AsOf
) -> None:
    context = recorded.union.on(date(2025, 3, 1))
    ledger.erase(
        session,
        recorded.entry.words,
        "asked",
        chain=context.body_id,
        actor_id=0,
        now=context.now,
        on=context.today,
        subject=recorded.item,
    )
    assert SAID not in recorded.pages(session, as_of) and SAID not in recorded.printed(
        session, ASKED
    )


@pytest.mark.parametrize("as_of", DAYS)
def test_names_show_as_the_body_says_today(
    session: Session, recorded: RecordedItem, as_of: AsOf
) -> None:
    assert NAME not in recorded.pages(session, as_of)
    bodies.set_setting(recorded.union.on(date(2025, 3, 1)), "show_names", "yes")
    assert NAME in recorded.pages(session, as_of) and NAME in recorded.printed(session, ASKED)
    bodies.set_setting(recorded.union.on(date(2025, 3, 2)), "show_names", "no")
    assert NAME not in recorded.pages(session, as_of) and NAME not in recorded.printed(
        session, ASKED
    )
    assert NAME in recorded.pages(session, as_of, OFFICE)


def test_other_settings_are_those_of_the_day(session: Session, recorded: RecordedItem) -> None:
    bodies.set_setting(recorded.union.on(date(2025, 3, 1)), "silence_days", "30")
    page = item.page(
        session,
        recorded.union.context.body_id,
        recorded.item.id,
        AsOf.known_on(ASKED, ZONE),
        PUBLIC,
    )
    assert page and page.silence.limit == 90


@pytest.mark.parametrize("as_of", DAYS)
def test_who_led_it_once_does_not_read_the_internal_part_of_that_day(
    session: Session, recorded: RecordedItem, as_of: AsOf
) -> None:
    """Internal reading is judged by the units of today.

    Those that have the item now read every day, those that had it read none.
    """
    inside = "INTERNALWORDS"
    day = date(2024, 9, 10)
    progress.log(
        recorded.union.on(day, 1),
        recorded.item,
        progress.NewEntry(words=inside, on=day, claims=[], internal=True),
    )
    before, after = recorded.union.unit("Pool Committee"), recorded.union.unit("Board")
    assert inside in recorded.pages(session, as_of, staff(frozenset({before})))
    assignments.assign(
        recorded.union.on(date(2025, 2, 1)), recorded.item, Part.LEAD, after, on=date(2025, 2, 1)
    )
    assert inside not in recorded.pages(session, as_of, staff(frozenset({before})))
    assert inside in recorded.pages(session, as_of, staff(frozenset({after})))


def test_why_it_was_reopened_is_for_staff(session: Session, recorded: RecordedItem) -> None:
    """The public reads that it was, on every day, in both readings."""
    why = "REOPENEDBECAUSE"
    claim = session.scalars(sa.select(Claim).where(Claim.entry_id == recorded.entry.id)).one()
    reviews.review(
        recorded.union.on(date(2024, 9, 20), 3), recorded.item, claim.id, Result.REOPENED, why
    )
    for as_of in DAYS:
        shown = recorded.pages(session, as_of)
        assert "reopened" in shown and why not in shown
        assert why in recorded.pages(session, as_of, OFFICE)
        assert why in recorded.pages(
            session, as_of, staff(frozenset({recorded.union.unit("Pool Committee")}))
        )
    assert why not in recorded.printed(session, TODAY)
