"""A list of today is made by the database, one of an earlier day in Python: both say the same.

They are counted, filtered and ordered alike, and name the lead that the item's page names.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories.recorded_union import CLOSES, TODAY, RecordedUnion
from tests.record.player import SHORT, Move, Player, moves
from tracker.acts import assignments, conventions, floor, items
from tracker.reading import bodies, convention, item
from tracker.reading.audience import PUBLIC
from tracker.reading.convention import ConventionPage, Filters
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.rules.codes import Decision, Floor, Part, Verdict
from tracker.rules.rates import FIGURES

ORDERS = ("number", "word", "spent")


def _page(
    session: Session,
    of: Convention,
    as_of: AsOf,
    filters: Filters = Filters(),  # noqa: B008
) -> ConventionPage:
    page = convention.page(session, of.body_id, of.id, as_of, filters)
    assert page is not None
    return page


def _filters(dice: Random, shown: ConventionPage) -> Filters:
    """One or two of the filters, now and then of what nothing has."""
    chosen = {
        "words": dice.choice(["item", "ITEM 1", "nbi 1", "2", "nothing has this"]),
        "verdict": dice.choice([*Verdict, "no such"]),
        "unit": dice.choice([*shown.units, "no such"]),
        "kind": dice.choice([*shown.kinds, "no such"]),
        "rows": dice.choice([*sorted(FIGURES), "no.such", "%"]),
    }
    names = dice.sample(list(chosen), dice.randint(1, 2))
    return Filters(
        **{name: str(chosen[name]) for name in names},
        order=dice.choice(ORDERS),
        size=dice.choice([0, 1, 50]),
        page=dice.choice([1, 2]),
    )


@pytest.mark.slow
@SHORT
@given(history=moves, seed=st.integers(0, 2**32))
def test_today_by_the_database_and_in_python(
    engine: sa.Engine, history: list[Move], seed: int
) -> None:
    """On the day itself, and on days ahead, for which nothing has been written since."""
    dice = Random(seed)
    with Session(engine) as session:
        player = Player.begin(session)
        player.look = lambda: None  # type: ignore[method-assign]
        for move in history:
            player.play(move)
        session.flush()
        zone, body_id = player.context.zone, player.context.body_id
        for ahead in (0, dice.randint(1, 120), dice.randint(121, 1500)):
            day = player.context.today + timedelta(days=ahead)
            as_of, known_on = AsOf(day), AsOf.known_on(day, zone)
            for own in player.conventions:
                plain = _page(session, own, as_of)
                every_filters = [Filters(order=order) for order in ORDERS]
                every_filters += [_filters(dice, plain) for _ in range(4)]
                for filters in every_filters:
                    one = _page(session, own, as_of, filters)
                    other = _page(session, own, known_on, filters)
                    assert one == replace(other, today=True), filters
            glance = bodies.page(session, body_id, as_of)
            assert glance == replace(bodies.page(session, body_id, known_on), today=True)
        session.rollback()


def _convention(session: Session) -> tuple[RecordedUnion, Convention]:
    union = RecordedUnion.begin(session)
    own = conventions.record(
        union.context,
        "2024",
        "Our 2024",
        conventions.Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=CLOSES),
    )
    return union, own


@pytest.mark.parametrize("known", [False, True], ids=["today", "known on the day"])
def test_the_lead_is_the_one_of_the_page(engine: sa.Engine, known: bool) -> None:
    """Of the first clause that anybody leads; the filter finds the item by the lead of each."""
    with Session(engine) as session:
        union, own = _convention(session)
        act = union.item(own, "1", "Two acts", "Do one, and the other.")
        items.enter_clauses(union.context, act, ["Do one.", "Do the other."])
        union.adopt(act)
        first, second = union.clauses(act)
        for day, clause, unit in ((2, first, "A unit"), (3, second, "B unit")):
            context = union.on(date(2024, 7, day))
            assignments.assign(context, act, Part.LEAD, union.unit(unit), clause_id=clause.id)
        session.flush()
        as_of = AsOf.known_on(TODAY, union.context.zone) if known else AsOf(TODAY)
        page = item.page(session, own.body_id, act.id, as_of, PUBLIC)
        assert page is not None and page.lead is not None
        assert (
            [row.lead for row in _page(session, own, as_of).rows] == [page.lead.unit] == ["A unit"]
        )
        for unit in ("A unit", "B unit"):
            assert _page(session, own, as_of, Filters(unit=unit)).matching == 1
        assert _page(session, own, as_of).units == ("A unit", "B unit")
        assert _page(session, own, as_of, Filters(unit="C unit")).matching == 0


@pytest.mark.parametrize("known", [False, True], ids=["today", "known on the day"])
def test_a_referral_that_was_accepted_and_then_declined_has_no_lead(
    engine: sa.Engine, known: bool
) -> None:
    with Session(engine) as session:
        union, own = _convention(session)
        act = union.item(own, "1", "It was referred", "Decide this.")
        committee = union.unit("A committee")
        floor.record_floor_action(
            union.on(date(2024, 6, 20)),
            act,
            Floor.REFERRED,
            CLOSES,
            referral=floor.Referral(committee),
        )
        for day, decision in ((1, Decision.ACCEPTED), (9, Decision.DECLINED)):
            on = date(2024, 9, day)
            floor.decide(union.on(on), act, decision, committee, on, "Minutes", None)
        session.flush()
        as_of = AsOf.known_on(TODAY, union.context.zone) if known else AsOf(TODAY)
        page = item.page(session, own.body_id, act.id, as_of, PUBLIC)
        assert page is not None and page.verdict is Verdict.DECLINED
        [row] = _page(session, own, as_of).rows
        assert (row.lead, page.lead) == (None, None)
        assert _page(session, own, as_of).units == ()
        before = AsOf.known_on(date(2024, 9, 5), union.context.zone)
        assert [row.lead for row in _page(session, own, before).rows] == ["A committee"]


def test_the_order_is_that_of_a_printed_list(engine: sa.Engine) -> None:
    numbers = ["10", "a", "6a", "6", "2", "b", "unnumbered-1", "100"]
    with Session(engine) as session:
        union, own = _convention(session)
        for number in numbers:
            union.item(own, number, f"Item {number}", "Do it.")
        union.item(own, "1", "A rule", "Change it.", kind="standing_rule_amendment")
        session.flush()
        for as_of in (AsOf(TODAY), AsOf.known_on(TODAY, union.context.zone)):
            assert [row.normalised for row in _page(session, own, as_of).rows] == [
                *["a", "b", "2", "6", "6a", "10", "100", "unnumbered-1"],
                "1",
            ]
