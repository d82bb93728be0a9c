"""Rates of a cohort: what is counted where, what is left out and named, and when no rate is given
at all.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf, begins
from tracker.record.loader import load
from tracker.rules.rates import Cohort, Rate, cohort, counted
from tracker.rules.verdict import answer

from .story import Story

MANY = """
2017-07-02  item B in 2017
2017-07-02  item C in 2017
2017-07-02  item D in 2017
2017-07-02  item E in 2017
2017-07-02  item F in 2017
2017-07-02  item G in 2017
2017-07-04  adopted
2017-07-04  adopted, of B
2017-07-04  referred to Review Committee, of C
2017-07-04  referred to Review Committee, of D
2017-07-04  defeated, of E
2017-07-04  adopted, of F
2017-07-05  linked to A, of F
2017-07-10  lead Research
2017-08-01  done
2017-08-05  confirmed
2017-09-01  accepted by Review Committee, of C
2018-06-01  convention 2018 from 2018-06-30 to 2018-07-05
2018-07-01  item N in 2018
2018-07-02  adopted, of N
2018-07-03  linked to N, of B
2018-07-10  done, of C
2018-07-11  confirmed, of C
2018-08-01  done, of N
2018-08-02  confirmed, of N
"""


def rates(
    session: Session,
    history: dict[str, Any],
    day: date,
    published: int | None = None,
    convention: str = "2017",
) -> Cohort | None:
    story = Story.begin(session, {"name": "rates", **history})
    every = load(
        session,
        story.context.body_id,
        [item.id for item in story.items.values()],
        AsOf.known_on(day, story.context.zone),
    )
    mine = [
        key
        for key, facts in every.items()
        if facts.item.convention_id == story.conventions[convention].id
    ]
    return cohort(
        every[mine[0]].clock, {key: counted(answer(key, every)) for key in mine}, published
    )


def test_rates_of_a_recorded_cohort(engine: sa.Engine) -> None:
    with Session(engine) as session:
        figures = rates(session, {"steps": MANY}, date(2018, 9, 1))
        assert figures
        # A; B by way of N. F is superseded in the same convention, E was defeated
        assert figures.adopted.due == 2
        assert figures.adopted.carried_out == Rate(2, 2, Decimal(100))
        # N's act came 392 days after the closing
        assert figures.adopted.within_the_year == Rate(1, 2, Decimal(50))
        assert (figures.referred, figures.decided) == (2, Rate(1, 2, Decimal(50)))
        # C; a year and five days after the closing
        assert (figures.accepted.due, figures.accepted.carried_out.part) == (
            1,
            1,
        )
        assert figures.accepted.within_the_year == Rate(0, 1, Decimal(0))
        assert len(figures.not_known) == 1  # G
        assert figures.adopted.clauses_carried_out == Rate(2, 2, Decimal(100))


def test_when_no_rate_is_given(engine: sa.Engine) -> None:
    with Session(engine) as session:
        none = rates(session, {"steps": "2017-07-04  defeated"}, date(2017, 9, 1))
        assert none and none.adopted.carried_out == Rate(0, 0, None)  # "no items", never 0 %
        short = rates(session, {"steps": "2017-07-04  adopted"}, date(2017, 9, 1), published=3)
        assert short and short.missing == 2 and short.adopted.carried_out == Rate(0, 1, None)
        undated = rates(
            session, {"steps": "2017-07-04  adopted", "convention": "year 2017"}, date(2017, 9, 1)
        )
        assert undated and undated.adopted.within_the_year is None
        old = {"steps": "2017-07-04  adopted, recorded 2019-03-01", "recorded": date(2019, 3, 1)}
        assert rates(session, old, date(2019, 4, 1)) is None


def test_the_record_begins(engine: sa.Engine) -> None:
    with Session(engine) as session:
        story = Story.begin(session, {"name": "begins", "steps": ""})
        assert begins(session, story.context.body_id).date() == date(2017, 6, 1)
