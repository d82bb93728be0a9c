"""Random histories, several days, every audience: a list says of an item what its page says.

So do the printed report, the export and the command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given, reject, settings
from sqlalchemy.orm import Session

from tests.factories.reports import collected
from tests.record.player import SETTINGS, Move, Player, history, moves
from tests.record.story import LINK
from tracker.acts import assignments, bodies, floor, items, money, outcomes, progress, reviews
from tracker.acts.expenses import NewExpense
from tracker.importing import export
from tracker.reading import convention, item, rates
from tracker.reading.audience import OFFICE, PUBLIC, Audience, staff
from tracker.reading.convention import ConventionPage, Filters, ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.reports.models import ReportKind
from tracker.rules.codes import (
    Claimed,
    Decision,
    Floor,
    FloorPart,
    Kind,
    Level,
    Part,
    Purpose,
    Result,
    Verdict,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.reasons import ReasonCode
from tracker.rules.refusals import Refused

pytestmark = pytest.mark.slow
COMPARED: Counter[str] = Counter()
SHORT = settings(SETTINGS, max_examples=max(SETTINGS.max_examples // 3, 1))


def of_row(row: ItemListRow) -> dict[str, object]:
    """What a list says of an item, by the names that a page has for it."""
    return {
        "path": row.path,
        "code": row.code,
        "kind": row.kind,
        "number": row.number,
        "title": (row.title, row.title_is_ours),
        "delegations": row.delegations,
        "floor": row.floor,
        "floor_on": row.floor_on,
        "referred_to": row.referred_to,
        "lead": row.lead,
        "lead_ended": row.lead_ended,
        "standing": row.standing,
        "unheard": row.unheard,
        "late": row.late,
        "past_term": row.past_term,
        "verdict": row.verdict,
        "reason": (row.reason.code, dict(row.reason.values)),
        "due": row.due,
        "change": row.change,
        "change_words": row.change_words,
        "by_way_of": row.by_way_of,
        "done_on": row.done_on,
        "last_word": row.last_word,
        "estimate": row.estimate,
        "appropriated": row.appropriated,
        "spent": row.spent,
        "not_accounted_for": row.not_accounted_for,
    }


def of_page(page: ItemPage) -> dict[str, object]:
    outcome = next(
        (statement for statement in page.outcomes if statement.id == page.change_outcome), None
    )
    withheld = outcome is not None and outcome.withheld
    return {
        "path": page.path,
        "code": page.code,
        "kind": page.kind,
        "number": page.number,
        "title": (page.title, page.title_is_ours),
        "delegations": page.delegations,
        "floor": tuple(line.action for line in page.floor_in_force),
        "floor_on": page.floor_in_force[0].on if page.floor_in_force else None,
        "referred_to": next(
            (line.referred_to for line in page.floor_in_force if line.referred_to), None
        ),
        "lead": page.lead.unit if page.lead else None,
        "lead_ended": page.lead_ended,
        "standing": page.standing,
        "unheard": page.unheard,
        "late": page.late,
        "past_term": page.past_term,
        "verdict": page.verdict,
        "reason": (page.reason.code, dict(page.reason.values)),
        "due": page.due,
        "change": page.change,
        "change_words": outcome.words if outcome and not withheld else None,
        "by_way_of": page.by_way_of,
        "done_on": page.done_on,
        "last_word": page.silence.last_word,
        "estimate": page.money.estimate.amount if page.money.estimate else None,
        "appropriated": page.money.appropriated,
        "spent": page.money.spent,
        "not_accounted_for": page.money.not_accounted_for,
    }


def of_export(data: dict[str, Any]) -> dict[str, object]:
    def amount(words: str | None) -> Decimal | None:
        return None if words is None else Decimal(words)

    return {
        "path": data["url"],
        "code": data["code"],
        "kind": data["kind"],
        "number": data["number"],
        "delegations": tuple(data["submitted_by"].split("; ")) if data["submitted_by"] else (),
        "lead": data["lead"],
        "standing": data["standing"],
        "verdict": data["verdict"],
        "change": data["change"],
        "estimate": amount(data["estimate"]["amount"]) if data["estimate"] else None,
        "appropriated": amount(data["appropriated"]),
        "spent": amount(data["spent"]),
    }


def differences(where: str, row: dict[str, object], other: dict[str, object]) -> Iterator[str]:
    for name in row.keys() & other.keys():
        COMPARED[f"{where} {name}"] += row[name] not in (None, (), False)
        if row[name] != other[name]:
            yield f"{where}, {row['code']}, {name}: list {row[name]!r}, {where} {other[name]!r}"


def listed(session: Session, own: Convention, as_of: AsOf, **filters: Any) -> ConventionPage:
    page = convention.page(session, own.body_id, own.id, as_of, Filters(size=0, **filters))
    assert page is not None
    return page


def disagreements(
    session: Session, own: Convention, as_of: AsOf, audience: Audience
) -> Iterator[str]:
    """Of one convention, as of a day: each field of each row, wherever else it is shown."""
    page = listed(session, own, as_of)
    rows = {row.id: of_row(row) for row in page.rows}
    pages = item.pages(session, own.body_id, list(rows), as_of, audience)
    assert pages.keys() == rows.keys()
    for key, row in rows.items():
        yield from differences("page", row, of_page(pages[key]))
    items = export.item_pages(session, own, as_of)
    exported = export.as_data(export.ItemExport(body="", convention="", day=as_of.on, pages=items))[
        "items"
    ]
    assert [exported_item["code"] for exported_item in exported] == [
        row["code"] for row in rows.values()
    ]
    for row, data in zip(rows.values(), exported, strict=True):
        yield from differences("export", row, of_export(data))
    glance = next(
        glance
        for glance in rates.rates(session, own.body_id, as_of)
        if glance.convention.id == own.id
    )
    if glance.figures != page.figures or glance.chart != page.chart:
        yield f"rates: {glance.figures} {glance.chart}, list {page.figures} {page.chart}"
    if audience is PUBLIC:
        yield from lost_by_filters(session, own, as_of, page, pages)


def lost_by_filters(
    session: Session,
    own: Convention,
    as_of: AsOf,
    every: ConventionPage,
    pages: dict[int, ItemPage],
) -> Iterator[str]:
    """Each choice that a filter offers finds exactly the items of which the page says so."""
    units = {key: {page.lead.unit if page.lead else None} for key, page in pages.items()}
    for key, page in pages.items():
        units[key] |= {clause.lead.unit for clause in page.clauses if clause.lead}
    for unit in every.units:
        yield from _lost(
            "department",
            unit,
            listed(session, own, as_of, unit=unit),
            {key for key, names in units.items() if unit in names},
        )
    for delegation in every.delegations:
        wanted = {key for key, page in pages.items() if delegation in page.delegations}
        shown = listed(session, own, as_of, delegation=delegation)
        yield from _lost("delegation", delegation, shown, wanted)
    for verdict in Verdict:
        wanted = {key for key, page in pages.items() if page.verdict is verdict}
        shown = listed(session, own, as_of, verdict=verdict.value)
        yield from _lost("answer", verdict.value, shown, wanted)


def _lost(name: str, value: str, page: ConventionPage, wanted: set[int]) -> Iterator[str]:
    shown = {row.id for row in page.rows}
    if shown != wanted or page.matching != len(wanted):
        yield f"filter {name} {value}: list {sorted(shown)}, pages {sorted(wanted)}"


def play(session: Session, story: list[Move]) -> Player:
    """With delegations, an appropriation and a lead that ended, which the moves do not make."""
    player = Player.begin(session)
    context = player.context
    brought = [bodies.add_delegation(context, name).id for name in ("Ohio", "Vermont")]
    for number, own in enumerate(player.items[:3]):
        movers = [items.Mover(FloorPart.MAKER, key) for key in brought[: 1 + number % 2]]
        items.set_movers(context, own, [*movers, items.Mover(FloorPart.SECONDER, brought[1])])
        money.appropriate(context, own, "Contingency fund", Decimal(5000 + number), context.today)
    assignments.assign(context, player.items[2], Part.LEAD, player.units[0])
    assignments.unassign(context, player.items[2], Part.LEAD, on=context.today)
    change = ("The fund was opened.", context.today, "a vote")
    outcome = outcomes.state(context, player.items[1], Level.CHANGE_FOLLOWED, *change)
    outcomes.release(replace(context, actor=player.actor(5)), player.items[1], outcome)
    confirmer = replace(context, actor=player.actor(9))
    reviews.review_outcome(confirmer, player.items[1], outcome, Result.CONFIRMED)
    player.look()
    for move in story:
        player.play(move)
    session.commit()
    session.expire_all()
    return player


@pytest.fixture(scope="module")
def each_field_had_something_to_say() -> Iterator[None]:
    """Looks, after the histories, whether any field of a page was never more than empty."""
    yield
    empty = {name for name, count in COMPARED.items() if not count and name.startswith("page")}
    assert not empty, COMPARED


@pytest.mark.usefixtures("each_field_had_something_to_say")
@SHORT
@given(story=moves)
@example(story=history(6))  # some items are past their term, some without a word ever
@example(story=history(9))  # some were done late
def test_lists_and_pages_say_the_same(engine: sa.Engine, story: list[Move]) -> None:
    with Session(engine) as session:
        player = play(session, story)
        today = player.context.today
        later = [AsOf(today), AsOf(today + timedelta(days=91)), AsOf(max(today, date(2019, 1, 1)))]
        days = [
            *later,
            player.seen[0][0],
            player.seen[len(player.seen) // 2][0],
            player.seen[-1][0],
        ]
        audiences = [PUBLIC, OFFICE, staff(frozenset(player.units[:1]))]
        different = [
            f"{as_of.on}: {difference}"
            for place, as_of in enumerate(days)
            for own in player.conventions
            for difference in disagreements(session, own, as_of, audiences[place % len(audiences)])
        ]
        assert not different, "\n".join(dict.fromkeys(different))


@SHORT
@given(story=moves)
def test_the_printed_report_has_the_rows_of_the_list(engine: sa.Engine, story: list[Move]) -> None:
    with Session(engine) as session:
        player = play(session, story)
        for own in player.conventions:
            report = collected(session, own.id, ReportKind.FULL, player.context.now)
            rows = listed(session, own, AsOf(player.context.today)).rows
            assert report.page.rows == rows
            different: list[str] = []
            for row in rows:
                page = report.items_by_id[row.id]
                different += differences("report", of_row(row), of_page(page))
            assert not different, "\n".join(different)


def unreleased(player: Player, own: Item, internal: bool) -> None:
    """An entry with claims, money and a link, and an outcome; nobody has released them."""
    context = replace(player.context, actor=player.actor(7))
    facts = context.facts(own)
    claims = [NewClaim(clause_id=facts.clauses[0].id, claimed=Claimed.PROGRESS)]
    expenses = [NewExpense(amount=Decimal("12.50"), on=context.today)]
    entry = progress.NewEntry(
        words="Nobody has released this.",
        on=context.today,
        claims=claims,
        evidence=[LINK],
        expenses=expenses,
        internal=internal,
    )
    progress.log(context, own, entry)
    outcomes.state(context, own, Level.CHANGE_FOLLOWED, "An effect.", context.today, "a vote")


@SHORT
@given(story=moves)
@pytest.mark.parametrize("internal", [True, False], ids=["internal", "waits"])
def test_what_nobody_released_changes_no_public_field(
    engine: sa.Engine, story: list[Move], internal: bool
) -> None:
    with Session(engine) as session:
        player = play(session, story)
        as_of, own = AsOf(player.context.today), player.items[0]
        place = player.conventions[0]

        def public() -> tuple[ItemPage, ItemListRow, ConventionPage]:
            page = item.page(session, own.body_id, own.id, as_of, PUBLIC)
            shown = listed(session, place, as_of)
            assert page is not None
            return page, next(row for row in shown.rows if row.id == own.id), shown

        page, row, before = public()
        try:
            unreleased(player, own, internal)
        except Refused:
            reject()  # the item takes no entry any more
        page_then, row_then, after = public()
        waits_already = page.reason.code is ReasonCode.WAITS_FOR_RELEASE
        says_that_it_waits = not internal and (page.verdict is Verdict.NO_WORD or waits_already)
        usual = {"newest_event": page.newest_event, "waiting": page.waiting}
        if says_that_it_waits:  # then "an entry of DATE waits for release"
            usual |= {"verdict": page.verdict, "reason": page.reason}
            assert page_then.verdict is Verdict.NOT_YET
        else:
            assert row_then == row
            assert replace(after, rows=()) == replace(before, rows=())
        assert replace(page_then, **usual) == page
        assert page_then.waiting == page.waiting + (not internal)


# --- the two that a newcomer saw ---


def test_each_clause_led_by_another_unit(engine: sa.Engine) -> None:
    """Clause 1 is led by A, and later clause 2 by B: the item is found by both.

    List and page name the same lead.
    """
    with Session(engine) as session:
        player = Player.begin(session)
        own = player.items[1]
        one, two = (clause.id for clause in player.context.facts(own).clauses[:2])
        assignments.assign(player.context, own, Part.LEAD, player.units[0], clause_id=one)
        player.context = replace(player.context, now=player.context.now + timedelta(days=3))
        assignments.assign(player.context, own, Part.LEAD, player.units[1], clause_id=two)
        session.commit()
        place, as_of = player.conventions[1], AsOf(player.context.today)
        assert not list(disagreements(session, place, as_of, PUBLIC))
        page = listed(session, place, as_of)
        (row,) = (row for row in page.rows if row.id == own.id)
        assert row.lead == "Research" and {"Research", "Review Committee"} <= set(page.units)
        for unit in ("Research", "Review Committee"):
            assert own.id in {row.id for row in listed(session, place, as_of, unit=unit).rows}


def test_a_referral_accepted_and_then_declined_leaves_nobody_in_the_lead(engine: sa.Engine) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        place = player.conventions[0]
        own = items.register(
            player.context, place, Kind.NEW_BUSINESS_ITEM, "90", items.NewVersion(words="Refer")
        )
        to = floor.Referral(player.units[1], Purpose.DECISION)
        floor.record_floor_action(
            player.context, own, Floor.REFERRED, player.context.today, referral=to
        )
        for decision in (Decision.ACCEPTED, Decision.DECLINED):
            player.context = replace(player.context, now=player.context.now + timedelta(days=3))
            floor.decide(
                player.context, own, decision, player.units[1], player.context.today, "minutes"
            )
        session.commit()
        as_of = AsOf(player.context.today)
        (row,) = (row for row in listed(session, place, as_of).rows if row.id == own.id)
        page = item.page(session, own.body_id, own.id, as_of, PUBLIC)
        assert page is not None and row.lead is None and page.lead is None
        assert not list(disagreements(session, place, as_of, PUBLIC))
