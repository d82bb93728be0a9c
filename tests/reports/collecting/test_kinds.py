"""Reports of one delegation, one unit, several conventions, items without a word, money; and of a
selection. On each engine: every figure is that of the public page of the same day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tests.factories.recorded_union import NOW, TODAY, ZONE, RecordedUnion
from tests.factories.reports import collected
from tests.statements import counting
from tracker.acts import assignments, bodies, conventions, floor, items, money, rosters
from tracker.acts.conventions import Dates
from tracker.acts.items import Mover
from tracker.acts.publications import pin_edition, publish_edition, set_publication
from tracker.reading import bodies as body_pages
from tracker.reading import convention
from tracker.reading.convention import ConventionPage, Filters
from tracker.reading.same_age import WhyLeftOut
from tracker.record import ledger
from tracker.record.as_of import AsOf
from tracker.record.bodies import Delegation, Fund, Unit
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.reports.body_models import COUNT_COLUMNS, ListReport, YearsReport
from tracker.reports.collecting.collect import NotOnRecord, collect, one_moment
from tracker.reports.models import CollectedReport, MoneySource, Reading, ReportKind
from tracker.reports.requests import OF_SEVERAL, ReportRequest
from tracker.rules.codes import Claimed, Floor, FloorPart, Kind, Part, Visibility
from tracker.rules.rosters import Roster

WINTER = date(2024, 12, 14)  # the closing of the second convention


@dataclass
class TwoConventions:
    """The small union with a second convention, at which Ohio moved two items and a unit of the
    first leads one.
    """

    session: Session
    union: RecordedUnion
    first: Convention
    second: Convention

    @property
    def body_id(self) -> int:
        return self.union.context.body_id

    def key(self, name: str) -> int:
        own = sa.select(Delegation.id).where(
            Delegation.body_id == self.body_id, Delegation.name == name
        )
        return self.session.scalars(own).one()

    def of(self, kind: ReportKind, **options: Any) -> CollectedReport:
        return collect(self.session, self.body_id, ReportRequest(kind=kind, **options), NOW)

    def of_delegation(self, name: str = "Ohio council", **options: Any) -> ListReport:
        key = options.pop("delegation_id", None) or self.key(name)
        report = self.of(ReportKind.DELEGATION, delegation_id=key, **options)
        assert isinstance(report, ListReport)
        return report

    def of_unit(self, name: str, **options: Any) -> ListReport:
        report = self.of(ReportKind.UNIT, unit_id=self.union.unit(name), **options)
        assert isinstance(report, ListReport)
        return report

    def years(self, **options: Any) -> YearsReport:
        report = self.of(ReportKind.YEARS, **options)
        assert isinstance(report, YearsReport)
        return report

    def page(self, own: Convention, **filters: Any) -> ConventionPage:
        page = convention.page(
            self.session, self.body_id, own.id, AsOf(TODAY), Filters(size=0, **filters)
        )
        assert page
        return page


@pytest.fixture
def two(session: Session) -> Iterator[TwoConventions]:
    union, first = recorded_union.running_union(session)
    context = union.on(TODAY - timedelta(days=3))
    second = conventions.record(
        context, "winter", "Winter 2024", Dates(year=2024, closes_on=WINTER), "Lakeside"
    )
    ohio = session.scalars(
        sa.select(Delegation.id).where(
            Delegation.body_id == context.body_id, Delegation.name == "Ohio council"
        )
    ).one()
    for number, lead in (("1", "Pension Committee"), ("2", None)):
        item = items.register(
            context,
            second,
            Kind.NEW_BUSINESS_ITEM,
            number,
            items.NewVersion(words="It shall be written.", title=f"Guide {number} of the winter"),
            movers=[Mover(FloorPart.MAKER, ohio)],
        )
        floor.record_floor_action(context, item, Floor.ADOPTED, WINTER)
        if lead:
            assignments.assign(context, item, Part.LEAD, union.unit(lead), on=WINTER)
    yield TwoConventions(session, union, first, second)


def codes(report: ListReport) -> list[list[str]]:
    return [[row.code for row in group.page.rows] for group in report.groups]


# --- one delegation, one unit ---


def test_of_a_delegation_its_rows_are_those_of_the_public_lists(two: TwoConventions) -> None:
    report = two.of_delegation()
    assert codes(report) == [["nbi-1", "nbi-2"], ["nbi-1"]]
    for group, own in zip(report.groups, (two.second, two.first), strict=True):
        assert group.page.rows == two.page(own, delegation="Ohio council").rows
        assert replace(group.page, rows=()) == replace(
            two.page(own),
            rows=(),
            matching=group.page.matching,
            filters=group.page.filters,
            today=False,
            pages=group.page.pages,
        )
        assert sum(group.counts.column(name) for name in COUNT_COLUMNS) == len(group.page.rows)
    assert report.counts.items == 3 == len(report.items_by_id)
    assert [item.code for item in report.items] == ["nbi-1", "nbi-2", "nbi-1"]
    chosen = two.of_delegation(convention_ids=(two.first.id,))
    assert codes(chosen) == [["nbi-1"]]


def test_a_delegation_is_found_by_its_key_whatever_it_is_called(two: TwoConventions) -> None:
    key, context = two.key("Ohio council"), two.union.on(TODAY - timedelta(days=2))
    rosters.rename(context, Roster.DELEGATIONS, key, "Ohio Council of Locals")
    other = bodies.add_delegation(context, "Great Lakes")
    rosters.merge(context, Roster.DELEGATIONS, key, other.id)
    by_old, by_new = (two.of_delegation(delegation_id=own) for own in (key, other.id))
    assert by_old.groups == by_new.groups and codes(by_new) == [["nbi-1", "nbi-2"], ["nbi-1"]]
    assert by_new.subject == "Great Lakes"
    assert by_new.also_called == ("Ohio Council of Locals", "Ohio council")
    before = two.of_delegation(delegation_id=key, as_of=TODAY - timedelta(days=3))
    assert before.subject == "Ohio council" and codes(before) == codes(by_new)
    with pytest.raises(NotOnRecord) as missing:
        two.of_delegation(delegation_id=999)
    assert missing.value.what == "delegation"


def test_of_a_unit_each_part_has_its_day(two: TwoConventions) -> None:
    report = two.of_unit("Board")
    assert codes(report) == [[], ["nbi-5"]]
    (part,) = report.parts.values()
    assert not part.leads and part.referral and part.referral.on == recorded_union.CLOSES
    assert [line.on for line in part.decisions] == [date(2024, 11, 9)]
    assert not part.owes_a_decision
    leads = two.of_unit("Pension Committee")
    assert codes(leads) == [["nbi-1"], ["nbi-1"]]
    assert sorted(part.led_from for part in leads.parts.values() if part.led_from) == [
        recorded_union.CLOSES,
        WINTER,
    ]
    for group, own in zip(leads.groups, (two.second, two.first), strict=True):
        assert group.page.rows == two.page(own, unit="Pension Committee").rows


def test_a_unit_that_handed_an_item_on_is_named_as_who_led_it_once(two: TwoConventions) -> None:
    ramp = two.session.get_one(Item, two.page(two.first, words="nbi-2").rows[0].id)
    context = two.union.on(TODAY - timedelta(days=1))
    assignments.assign(context, ramp, Part.LEAD, two.union.unit("History Committee"))
    report = two.of_unit("House Committee")
    assert codes(report) == [[], ["nbi-2"]]
    (part,) = report.parts.values()
    assert part.led_once and not part.leads and part.led_from == recorded_union.CLOSES


def test_a_selection_says_which_it_is_and_of_how_many(two: TwoConventions) -> None:
    everything = two.of_delegation()
    done = two.of_delegation(filters={"verdict": "carried_out"})
    assert codes(done) == [[], ["nbi-1"]] and done.selection
    assert (done.selection.items, done.selection.of) == (1, everything.counts.items)
    assert everything.selection is None
    report = collected(
        two.session, two.first.id, ReportKind.SHORT, NOW, filters={"verdict": "carried_out"}
    )
    listed = two.page(two.first, verdict="carried_out")
    assert report.page.rows == listed.rows and report.selection
    assert (report.selection.items, report.selection.of) == (
        listed.matching,
        listed.counts.items,
    )
    assert report.page.figures == two.page(two.first).figures
    assert list(report.items_by_id) == [row.id for row in listed.rows]
    spent = [row.spent for row in listed.rows if row.spent is not None]
    assert {total.code: total.sum for total in report.amounts}["spent"] == sum(spent)


# --- several conventions ---


def test_conventions_at_the_same_age_are_those_of_the_public_page_of_that_day(
    two: TwoConventions,
) -> None:
    report = two.years()
    age = (TODAY - WINTER).days
    assert report.same_age.age == age and not report.same_age.left_out
    assert [one.rates.convention.name for one in report.same_age.conventions] == [
        "Winter 2024",
        "Lakeside 2024",
    ]
    for one in report.same_age.conventions:
        day = one.rates.as_of
        assert one.rates.convention.closes_on
        assert (day - one.rates.convention.closes_on).days == one.age == age
        as_of = AsOf.known_on(day, ZONE)
        public = body_pages.page(two.session, two.body_id, as_of).conventions
        (same,) = [own for own in public if own.convention.id == one.rates.convention.id]
        assert (same.figures, same.chart, same.adopted) == (
            one.rates.figures,
            one.rates.chart,
            one.rates.adopted,
        )
    assert report.at_present == tuple(
        body_pages.page(two.session, two.body_id, AsOf(TODAY)).conventions
    )
    assert [one.is_younger for one in report.after_a_year.conventions] == [True, True]


def test_what_cannot_be_measured_is_left_out_and_says_why(two: TwoConventions) -> None:
    context = two.union.on(TODAY - timedelta(days=2))
    conventions.record(context, "old", "An old one", Dates(year=2015, closes_on=date(2015, 7, 1)))
    conventions.record(context, "undated", "Undated", Dates(year=2025))
    ahead = Dates(year=2025, opens_on=date(2025, 6, 1), closes_on=date(2025, 6, 5))
    conventions.record(context, "ahead", "Ahead", ahead)
    left_out = {line.convention.slug: line.why for line in two.years().same_age.left_out}
    assert left_out == {
        "old": WhyLeftOut.NOT_KEPT,
        "undated": WhyLeftOut.NO_CLOSING,
        "ahead": WhyLeftOut.NOT_CLOSED,
    }
    # In the reading "known", the second had that age before it was recorded.
    of_first = two.years(as_of=TODAY - timedelta(days=5)).same_age
    assert [one.rates.convention.slug for one in of_first.conventions] == ["2024"]


# --- items without a word, and money ---


def test_items_without_a_word_are_those_of_the_public_list(two: TwoConventions) -> None:
    report = collected(two.session, two.first.id, ReportKind.SILENT, NOW)
    assert report.page.rows == two.page(two.first, verdict="no_word").rows
    assert [line.row.code for line in report.silent] == ["nbi-4"]
    assert list(report.items_by_id) == [line.row.id for line in report.silent]


def test_each_item_with_money_is_in_one_group_and_the_sums_add_up(two: TwoConventions) -> None:
    context = two.union.on(TODAY - timedelta(days=1))
    second = bodies.add_fund(
        context, two.first, Fund(convention_id=two.first.id, name="Relief", amount=None)
    )
    ramp, guide = (
        two.session.get_one(Item, two.page(two.first, words=code).rows[0].id)
        for code in ("nbi-2", "nbi-1")
    )
    money.appropriate(context, ramp, "Relief", Decimal("5000"), WINTER, "Budget Committee")
    money.appropriate(context, guide, "Relief", Decimal("100"), WINTER, "Budget Committee")
    bodies.revise_fund(context, second, "Relief fund", None)
    report = collected(two.session, two.first.id, ReportKind.MONEY, NOW)
    groups = {(group.source, group.fund): group for group in report.money_groups}
    assert [item.code for item in groups[MoneySource.FUND, "Relief fund"].items] == ["nbi-2"]
    assert [item.code for item in groups[MoneySource.SEVERAL, None].items] == ["nbi-1"]
    assert [item.code for item in groups[MoneySource.NONE, None].items] == ["nbi-7"]
    public = two.page(two.first).money
    sums = {total.code: (total.sum, total.items) for total in report.amounts}
    assert sums == {
        "estimated": (public.estimated, public.estimated_items),
        "appropriated": (public.appropriated, public.appropriated_items),
        "spent": (public.spent, public.spent_items),
    }
    for code, (amount, _items) in sums.items():
        parts = [getattr(group, code).amount for group in report.money_groups]
        assert sum(part for part in parts if part is not None) == amount
    assert sum(group.not_accounted_for for group in report.money_groups) == 1
    contingency, relief = report.funds
    assert (contingency.items, contingency.appropriated) == (1, Decimal(9000))
    assert contingency.left == Decimal(51000)
    assert (relief.name, relief.items, relief.appropriated, relief.left) == (
        "Relief fund",
        2,
        Decimal(5100),
        None,
    )


# --- frozen, and in as many statements ---

ALL = (ReportKind.SHORT, ReportKind.SILENT, ReportKind.MONEY, *OF_SEVERAL)


def requests(two: TwoConventions) -> list[ReportRequest]:
    keys: dict[ReportKind, dict[str, Any]] = {
        ReportKind.DELEGATION: {"delegation_id": two.key("Ohio council")},
        ReportKind.UNIT: {"unit_id": two.union.unit("Pension Committee")},
    }
    return [
        ReportRequest(
            kind=kind,
            convention_ids=() if kind in OF_SEVERAL else (two.first.id,),
            reading=reading,
            **keys.get(kind, {}),
        )
        for kind in ALL
        for reading in Reading
    ]


def test_what_is_recorded_after_the_event_changes_nothing(two: TwoConventions) -> None:
    set_publication(two.union.context, two.second, Visibility.PUBLIC, by_edition=True)
    publish_edition(two.union.context, pin_edition(two.union.context, two.second))
    asked = requests(two)
    drafts = [collect(two.session, two.body_id, request, NOW) for request in asked]
    union = two.union
    late = union.item(two.first, "77", "Later", "It shall be later.", by="Vermont")
    union.adopt(late, lead="Pension Committee")
    union.say(late, TODAY, "It is begun.", Claimed.STARTED)
    winter = two.session.get_one(Item, two.page(two.second, words="nbi-2").rows[0].id)
    union.say(winter, TODAY, "It is written.", Claimed.DONE)
    publish_edition(union.context, pin_edition(union.context, two.second))
    rosters.rename(union.context, Roster.DELEGATIONS, two.key("Ohio council"), "Ohio")
    for request, draft in zip(asked, drafts, strict=True):
        again = collect(two.session, two.body_id, request.frozen(draft.up_to, draft.as_of), NOW)
        assert _without_publications(again) == _without_publications(draft), request.kind


def _without_publications(report: CollectedReport) -> str:
    """Which edition of a convention is the newest is of today, on every page."""
    return re.sub(r"publication=PublicationState\(.*?set_hour=\w+\)", "", repr(report))


def test_a_report_is_in_as_many_statements_however_many_items(engine: sa.Engine) -> None:
    with Session(engine) as session:
        ledger.begin(session)
        union, _own = recorded_union.running_union(session)
        few = RecordedUnion.begin(session)
        own = conventions.record(
            few.context, "2024", "Small", Dates(year=2024, closes_on=recorded_union.CLOSES)
        )
        one = few.item(own, "1", "A guide", "A guide.", by="Ohio council", cost=("$5.", "5"))
        few.adopt(one, lead="Pension Committee")
        session.commit()
        bodies_of = [small.context.body_id for small in (few, union)]
    counts: dict[tuple[ReportKind, int], int] = {}
    for body_id in bodies_of:
        with Session(engine) as session:
            conventions_of = session.scalars(
                sa.select(Convention.id).where(Convention.body_id == body_id)
            ).all()
            delegation = session.scalars(
                sa.select(Delegation.id).where(Delegation.body_id == body_id)
            ).first()
            unit = session.scalars(
                sa.select(Unit.id).where(Unit.body_id == body_id, Unit.name == "Pension Committee")
            ).first()
        for kind in ALL:
            request = ReportRequest(
                kind=kind,
                convention_ids=tuple(conventions_of),
                delegation_id=delegation,
                unit_id=unit,
            )
            with Session(engine) as session, counting(engine) as sent:
                one_moment(session)
                collect(session, body_id, request, NOW)
            counts[kind, body_id] = len(sent)
    few_id, many_id = bodies_of
    for kind in ALL:
        # the words of outcomes are asked for where there is an outcome
        assert counts[kind, many_id] <= counts[kind, few_id] + 1, counts
