"""The figures of a convention are those of the rule, each with exactly its rows.

Every due item is accounted for.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tests.factories.recorded_union import TODAY, ZONE
from tests.factories.scenes import Scene, scene
from tests.statements import counting
from tracker.acts import conventions
from tracker.reading import bodies, convention, rates
from tracker.reading.convention import ConventionPage, Filters
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.fact_selects import ALWAYS
from tracker.record.kept_summaries import rebuild
from tracker.record.loader import load
from tracker.rules.rates import cohort, counted
from tracker.rules.verdict import answer

DAYS = [AsOf(TODAY), AsOf.known_on(date(2024, 12, 31), ZONE)]


def _page(
    session: Session, recorded: Scene, as_of: AsOf = DAYS[0], **filters: Any
) -> ConventionPage:
    page = convention.page(
        session, recorded.body_id, recorded.convention_id, as_of, Filters(**filters)
    )
    assert page is not None
    return page


@pytest.mark.parametrize("as_of", DAYS, ids=["now", "december"])
def test_the_figures_are_those_of_the_rule(session: Session, recorded: Scene, as_of: AsOf) -> None:
    page = _page(session, recorded, as_of, size=0)
    every = load(session, recorded.body_id, [row.id for row in page.rows], as_of)
    known = next(iter(every.values())).clock
    rule = cohort(known, {row.id: counted(answer(row.id, every)) for row in page.rows})
    assert rule is not None
    for figure in page.figures:
        if figure.of == "referred":
            rate = rule.decided
        else:
            rate = getattr(getattr(rule, figure.of), figure.name)
        assert (figure.numerator, figure.denominator, figure.percent) == (
            rate.part,
            rate.of,
            rate.share,
        ), figure


def test_each_figure_opens_exactly_its_rows(session: Session, recorded: Scene) -> None:
    page = _page(session, recorded)
    assert page.figures and page.chart
    for figure in page.figures:
        if figure.name != "clauses_carried_out":
            assert _page(session, recorded, rows=figure.rows).matching == figure.numerator, figure
    for field in page.chart:
        assert _page(session, recorded, rows=field.rows).matching == field.count, field


def test_every_item_counts_once(session: Session, recorded: Scene) -> None:
    page = _page(session, recorded)
    counts = page.counts
    assert (
        counts.items
        == counts.adopted
        + counts.referred
        + counts.not_decided
        + counts.not_known
        + counts.not_tracked
        + counts.not_due
    )
    assert sum(page.verdicts.values()) == sum(field.count for field in page.chart) == counts.adopted
    assert sum(page.referred_verdicts.values()) == counts.referred
    assert abs(sum((field.length for field in page.chart), Decimal(0)) - 100) < 1


def test_find_by_number_words_and_delegation(session: Session, recorded: Scene) -> None:
    assert [row.number for row in _page(session, recorded, words="NBI 2").rows] == ["2"]
    assert [row.number for row in _page(session, recorded, words="0004").rows] == ["4"]
    assert [row.number for row in _page(session, recorded, words="pension guide").rows] == ["1"]
    assert [row.number for row in _page(session, recorded, words="ohio").rows] == ["1"]
    assert [row.number for row in _page(session, recorded, delegation="Ohio council").rows] == ["1"]
    assert _page(session, recorded, words="nothing has this").matching == 0


def test_pages_of_the_list_and_its_order(session: Session, recorded: Scene) -> None:
    first = _page(session, recorded, size=4)
    assert (len(first.rows), first.pages, first.matching) == (4, 3, 12)
    assert [row.number for row in first.rows] == ["1", "2", "3", "4"]
    # the standing rule amendment comes last
    assert [row.number for row in _page(session, recorded, size=4, page=99).rows][-1] == "1"
    assert _page(session, recorded, order="spent").rows[0].number == "1"


def test_an_old_list_has_no_rates(engine: sa.Engine) -> None:
    with Session(engine) as session:
        union, old = recorded_union.old_union(session)
        session.commit()
        page = convention.page(session, union.context.body_id, old.id, AsOf(TODAY))
        assert page is not None
        assert (
            page.figures,
            page.chart,
            page.convention.kept,
            page.counts.not_tracked,
            page.counts.not_known,
        ) == ((), (), False, 1, 1)


def test_fewer_items_than_were_published_give_counts_and_no_percentages(engine: sa.Engine) -> None:
    with Session(engine) as session:
        recorded = scene(session)
        own = session.get_one(Convention, recorded.convention_id)
        conventions.set_dates(
            recorded.union.context,
            own,
            conventions.Dates(
                year=2024,
                opens_on=date(2024, 6, 12),
                closes_on=recorded_union.CLOSES,
                published_items=40,
            ),
        )
        session.commit()
        page = _page(session, recorded)
        assert page.counts.missing == 28
        assert all(figure.percent is None for figure in page.figures)
        assert all(field.percent is None for field in page.chart)


@pytest.mark.parametrize(
    ("as_of", "most"), [(DAYS[0], 15), (DAYS[1], 17 + len(ALWAYS))], ids=["now", "december"]
)
def test_the_number_of_statements_does_not_grow_with_the_rows(
    session: Session, recorded: Scene, as_of: AsOf, most: int
) -> None:
    # As on a day on which something was recorded; else what midnight overtook is loaded, too.
    list(rebuild(session, recorded.body_id, TODAY))
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    for size in (3, 0):
        with counting(engine) as sent:
            _page(session, recorded, as_of, size=size)
        assert len(sent) <= most
        with counting(engine) as glance:
            bodies.page(session, recorded.body_id, as_of)
        assert len(glance) <= most


def test_what_no_filter_changes_is_counted_once(session: Session, recorded: Scene) -> None:
    """While nothing is recorded: other filters of the same list ask for their rows alone."""
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    convention._cache.clear()
    with counting(engine) as first:
        _page(session, recorded)
    with counting(engine) as then:
        page = _page(session, recorded, order="word")
    sums = [statement for statement in first if "sum(" in statement.lower()]
    assert sums and not [statement for statement in then if "sum(" in statement.lower()]
    assert page.counts.items == len(page.rows) == page.matching


def test_at_a_glance_counts_as_the_convention_does(session: Session, recorded: Scene) -> None:
    [line] = rates.rates(session, recorded.body_id, AsOf(TODAY))
    page = _page(session, recorded)
    assert (line.figures, line.chart, line.items, line.adopted, line.referred) == (
        page.figures,
        page.chart,
        page.counts.items,
        page.counts.adopted,
        page.counts.referred,
    )
