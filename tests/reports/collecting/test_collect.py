"""Collecting, on each engine: all of one moment, with the numbers of the pages.

The number of statements is the same however many items there are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tests.factories.reports import collected
from tests.statements import counting
from tracker.acts import conventions
from tracker.acts.conventions import Dates
from tracker.reading import item
from tracker.reading.audience import PUBLIC
from tracker.record import ledger, ledger_tables
from tracker.record.as_of import AsOf
from tracker.reports.collecting import collect
from tracker.reports.models import ReportKind, has_more


def test_a_report_is_collected_in_as_many_statements_as_one_item(engine: sa.Engine) -> None:
    with Session(engine) as session:
        ledger.begin(session)
        union, convention = recorded_union.running_union(session)
        small = recorded_union.RecordedUnion.begin(session)
        other = conventions.record(
            small.context,
            "2024",
            "Another",
            Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=recorded_union.CLOSES),
        )
        small.adopt(small.item(other, "1", "One item", "One act."), lead="A unit")
        session.commit()
        key, other_id = convention.id, other.id
    with Session(engine) as session, counting(engine) as many:
        collect.one_moment(session)
        report = collected(session, key, ReportKind.FULL, recorded_union.NOW)
    with Session(engine) as session, counting(engine) as one:
        collect.one_moment(session)
        collected(session, other_id, ReportKind.FULL, recorded_union.NOW)
    # The words of outcomes are asked for where there is an outcome: in the one, and not in the
    # other.
    assert len(many) == len(one) + 1 <= 75, (len(many), len(one))
    with Session(engine) as session:
        head = session.get_one(ledger_tables.Head, union.context.body_id)
        assert (report.head.event, report.head.hash) == (
            head.event_id % ledger_tables.CHAIN,
            head.hash,
        )
        assert {
            key: replace(one, today=True) for key, one in report.items_by_id.items()
        } == item.pages(
            session,
            union.context.body_id,
            [row.id for row in report.page.rows],
            AsOf(recorded_union.TODAY),
            PUBLIC,
        )
    codes = [item_page.code for item_page in report.items]
    assert codes == [*[f"nbi-{n}" for n in range(1, 10)], "sra-1"] and [
        silent.row.code for silent in report.silent
    ] == ["nbi-4"]
    assert [item_page.code for item_page in report.items if has_more(item_page)] == [
        "nbi-1",
        "nbi-2",
        "nbi-5",
        "nbi-6",
        "nbi-7",
        "nbi-9",
    ]
    assert report.fund == Decimal(60000) and [total.items for total in report.amounts] == [
        3,
        1,
        2,
    ]
    assert all(
        person not in repr(report)
        for person in ("Person 1", "Person 2", "the last page is missing", "Twelve mentors")
    )
