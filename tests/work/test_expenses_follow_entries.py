"""An expense follows its entry: released with it, returned, withdrawn, corrected and withheld with
it; on every page, report and export alike.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import records
from tests.factories.reports import collected
from tests.factories.staffed_union import ITEM, NOW, Union, hidden_field, item_row
from tests.record.player import SHORT, Player
from tracker.acts import money, progress, withholding
from tracker.acts.money import NewExpense
from tracker.importing import export
from tracker.reading import convention, item
from tracker.reading.audience import OFFICE, PUBLIC
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.ledger_tables import Event
from tracker.record.money import Expense, Explanation
from tracker.record.progress import Claim, Entry, Release
from tracker.record.verification import verify
from tracker.reports.models import ReportKind
from tracker.rules.codes import Claimed, MoneySaid, WithheldFor
from tracker.rules.entry_preconditions import NewClaim

pytestmark = pytest.mark.slow

WHAT, PAYEE = "OTTERTAIL", "WILLOWHERB"
LINK = records.new_link("a page", "https://example.org/")
SPENT = [NewExpense(amount=Decimal("999.00"), on=date(2025, 1, 1), category=WHAT, payee=PAYEE)]


@dataclass(frozen=True, kw_only=True)
class MoneyEverywhere:
    """What was spent on item 1, by surface."""

    public: Decimal | None
    in_totals: Decimal | None
    not_accounted: int
    staff: Decimal | None
    waiting: Decimal | None
    words: str  # of all that the public may read


def exported(union: Union, session: Session, own: Convention) -> export.ItemExport:
    pages = export.item_pages(session, own, AsOf(union.today))
    return export.ItemExport(body="union", convention="2026", day=union.today, pages=pages)


def money_everywhere(union: Union, as_of: AsOf | None = None) -> MoneyEverywhere:
    as_of = as_of or AsOf(union.today)
    with union.session() as session:
        own = session.scalars(sa.select(Convention)).one()
        key = union.items[1]
        public = item.page(session, union.body_id, key, as_of, PUBLIC)
        staff = item.page(session, union.body_id, key, as_of, OFFICE)
        listed = convention.page(session, union.body_id, own.id, as_of)
        assert public and staff and listed
        row = next(row for row in listed.rows if row.id == key)
        assert row.spent == public.money.spent == staff.money.spent
        assert public.money.spent_waiting is None and not public.money.explanation_waits
        pages = repr((public, listed))
        if as_of == AsOf(union.today):
            pages += repr(collected(session, own.id, ReportKind.FULL, NOW).items)
            data = export.as_data(exported(union, session, own))["items"][0]
            assert (data["spent"], data["spent_waiting"]) == tuple(
                None if amount is None else f"{amount:.2f}"
                for amount in (public.money.spent, staff.money.spent_waiting)
            )
    if as_of == AsOf(union.today):
        visitor = union.client(None)
        pages += (
            visitor.get("/union/2026/nbi-1").text
            + visitor.get("/union/2026/").text
            + visitor.get("/union/").text
        )
    return MoneyEverywhere(
        public=public.money.spent,
        in_totals=listed.money.spent,
        not_accounted=listed.money.not_accounted_items,
        staff=staff.money.spent,
        waiting=staff.money.spent_waiting,
        words=pages,
    )


def log_entry(
    union: Union,
    who: str = "dana",
    claimed: Claimed = Claimed.PROGRESS,
    spent: Collection[NewExpense] = (),
    answer: MoneySaid | None = None,
    on: date | None = None,
    **more: Any,
) -> int:
    with union.context(who) as context:
        claim = NewClaim(clause_id=union.clauses[1][0], claimed=claimed, money=answer)
        report = progress.NewEntry(
            words="Forty schools were asked.",
            on=on or union.today,
            claims=[claim],
            evidence=[LINK],
            expenses=list(spent),
            **more,
        )
        return progress.log(context, item_row(context.session, union, 1), report).id


def release(union: Union, entry: int) -> None:
    with union.context("ray") as context:
        progress.release(
            context, item_row(context.session, union, 1), context.session.get_one(Entry, entry)
        )


def send_back(union: Union, entry: int) -> None:
    with union.context("ray") as context:
        progress.send_back(
            context,
            item_row(context.session, union, 1),
            context.session.get_one(Entry, entry),
            "Say more.",
        )


def proved(union: Union) -> None:
    with union.session() as session:
        assert list(verify(session, union.body_id)) == []


def paid(union: Union, amount: str = "999.00", days_ago: int = 0) -> list[NewExpense]:
    return [
        NewExpense(
            amount=Decimal(amount),
            on=union.today - timedelta(days=days_ago),
            category=WHAT,
            payee=PAYEE,
        )
    ]


@pytest.mark.parametrize("days_ago", [0, 3])
def test_it_counts_from_the_release_of_its_entry(union: Union, days_ago: int) -> None:
    entry = log_entry(
        union, claimed=Claimed.DONE, answer=MoneySaid.AMOUNT, spent=paid(union, days_ago=days_ago)
    )
    before = money_everywhere(union)
    assert (before.public, before.in_totals, before.waiting) == (None, None, Decimal(999))
    assert "999" not in before.words and WHAT not in before.words
    staff = union.client("dana").get(ITEM.format(1)).text
    assert "is in no total" in staff and "$999.00" in staff and WHAT in staff and PAYEE in staff
    shown = union.client("ray").get("/my-work/union/release").text
    assert "$999.00" in shown and WHAT in shown and PAYEE in shown
    assert "$999.00 more is on record" in union.client("walter").get("/union/2026/").text
    assert "999" not in union.client("dana").get("/union/2026/").text
    release(union, entry)
    after = money_everywhere(union)
    assert (after.public, after.in_totals, after.waiting) == (Decimal(999), Decimal(999), None)
    assert WHAT in after.words and PAYEE not in after.words
    proved(union)


def test_of_an_internal_entry_it_never_counts(union: Union) -> None:
    log_entry(union, spent=paid(union), internal=True)
    everywhere = money_everywhere(union)
    assert (
        (everywhere.public, everywhere.in_totals, everywhere.waiting) == (None, None, Decimal(999))
        and WHAT not in everywhere.words
        and "999" not in everywhere.words
    )


def test_it_goes_back_and_is_withdrawn_with_its_entry(union: Union) -> None:
    send_back(union, log_entry(union, spent=paid(union, "888.00")))
    entry = log_entry(union, spent=paid(union, "88.80", 2))
    with union.context("dana") as context:
        progress.withdraw(
            context, item_row(context.session, union, 1), context.session.get_one(Entry, entry)
        )
    everywhere = money_everywhere(union)
    assert (
        (everywhere.public, everywhere.waiting) == (None, None)
        and WHAT not in everywhere.words
        and "88" not in repr(everywhere.in_totals)
    )
    proved(union)


def test_a_correction_brings_its_own_amounts(union: Union) -> None:
    first = log_entry(union, spent=[*paid(union, "100.00"), *paid(union, "20.00", 5)])
    release(union, first)
    second = log_entry(union, spent=paid(union, "110.00"), corrects=first)
    assert (money_everywhere(union).public, money_everywhere(union).waiting) == (
        Decimal(120),
        Decimal(110),
    )
    release(union, second)
    everywhere = money_everywhere(union)
    assert (everywhere.public, everywhere.in_totals, everywhere.waiting) == (
        Decimal(110),
        Decimal(110),
        None,
    )
    with union.session() as session:
        assert session.scalars(
            sa.select(Expense.amount).where(Expense.retracted_by.is_(None))
        ).all() == [Decimal(110)]
    third = log_entry(union, corrects=second)
    release(union, third)
    assert money_everywhere(union).public is None
    proved(union)


def test_an_internal_correction_leaves_the_amounts(union: Union) -> None:
    first = log_entry(union, spent=paid(union, "100.00"))
    release(union, first)
    log_entry(union, spent=paid(union, "5.00"), corrects=first, internal=True)
    assert (money_everywhere(union).public, money_everywhere(union).waiting) == (
        Decimal(100),
        Decimal(5),
    )


def test_what_was_known_and_had_happened_on_a_day(union: Union) -> None:
    """A release carries the day of the act that it concerns."""
    entry = log_entry(union, spent=paid(union, days_ago=9), on=union.today - timedelta(days=5))
    release(union, entry)
    day_before = union.today - timedelta(days=1)
    yesterday = AsOf.known_on(day_before, UTC)
    assert money_everywhere(union, yesterday).public is None
    for days, amount in ((9, None), (6, None), (5, Decimal(999)), (0, Decimal(999))):
        assert (
            money_everywhere(union, AsOf.happened_by(union.today - timedelta(days=days))).public
            == amount
        )


def test_a_cost_not_known_yet_changes_nothing_before_its_release(union: Union) -> None:
    first = log_entry(union, claimed=Claimed.DONE, answer=MoneySaid.NOT_KNOWN_YET)
    assert (
        money_everywhere(union).not_accounted == 0
        and "not accounted for" not in money_everywhere(union).words
    )
    release(union, first)
    assert (
        money_everywhere(union).not_accounted == 1
        and "not accounted for" in money_everywhere(union).words
    )
    second = log_entry(union, claimed=Claimed.DONE, answer=MoneySaid.AMOUNT, spent=paid(union))
    assert money_everywhere(union).not_accounted == 1
    release(union, second)
    assert money_everywhere(union).not_accounted == 0
    log_entry(union, claimed=Claimed.DONE, answer=MoneySaid.NOT_KNOWN_YET)
    assert money_everywhere(union).not_accounted == 0


def test_money_by_itself_is_an_entry(union: Union) -> None:
    with union.context("dana") as context:
        entry = money.spend(
            context, item_row(context.session, union, 1), paid(union, "4800.00")[0]
        ).id
    assert money_everywhere(union).public is None and money_everywhere(union).waiting == Decimal(
        4800
    )
    release(union, entry)
    assert (
        money_everywhere(union).public == Decimal(4800)
        and "OTTERTAIL, $4,800.00" in money_everywhere(union).words
    )
    assert "$4,800.00 spent" in union.client(None).get("/union/2026/nbi-1").text


def test_an_expense_of_the_version_before_counts_as_released(union: Union) -> None:
    """It has no entry. One whose entry was corrected then follows it now."""
    with union.context("walter") as context:
        own = item_row(context.session, union, 1)
        with context.record("spent", own, union.today) as act:
            act.add(Expense(item_id=own.id, category="printing", amount=Decimal("12.00")))
        with context.record("explained", own) as act:
            act.add(Explanation(item_id=own.id, words=act.keep_text("Paper was dearer.")))
    first = log_entry(union)
    with union.context("walter") as context:
        own = item_row(context.session, union, 1)
        with context.record("spent", own, union.today) as act:
            act.add(
                Expense(item_id=own.id, category="post", amount=Decimal("7.00"), entry_id=first)
            )
    release(union, first)
    assert (
        money_everywhere(union).public == Decimal(19)
        and "Paper was dearer." in money_everywhere(union).words
    )
    with union.context("walter") as context:  # as a correction was recorded then
        own = item_row(context.session, union, 1)
        with context.record("progress_released", own) as act:
            act.retract(Entry, first)
            act.retract(
                Claim, *context.session.scalars(sa.select(Claim.id).where(Claim.entry_id == first))
            )
            act.retract(
                Release,
                *context.session.scalars(sa.select(Release.id).where(Release.entry_id == first)),
            )
    assert money_everywhere(union).public == Decimal(12)
    proved(union)


def test_what_is_withheld_keeps_its_amount_and_loses_its_words(union: Union) -> None:
    entry = log_entry(union, spent=paid(union))
    release(union, entry)
    with union.context("walter") as context:
        withholding.withhold(
            context,
            item_row(context.session, union, 1),
            context.session.get_one(Entry, entry),
            WithheldFor.PERSONAL_DATA,
        )
    everywhere = money_everywhere(union)
    assert everywhere.public == Decimal(999) and WHAT not in everywhere.words
    assert (
        WHAT not in union.client("dana").get(ITEM.format(1)).text
        and WHAT in union.client("walter").get(ITEM.format(1)).text
    )


def test_an_explanation_is_published_by_its_release(union: Union) -> None:
    def explain(words: str) -> int:
        with union.context("dana") as context:
            return money.explain(context, item_row(context.session, union, 1), words).id

    release(union, log_entry(union, spent=paid(union, "1500.00")))
    first = explain("MARSHWREN")
    assert (
        "MARSHWREN" not in money_everywhere(union).words
        and "explanation waits" in union.client("dana").get(ITEM.format(1)).text
    )
    send_back(union, first)
    assert (
        "MARSHWREN" not in money_everywhere(union).words
        and "explanation waits" not in union.client("dana").get(ITEM.format(1)).text
    )
    second = explain("BLACKTHORN")
    release(union, second)
    page = union.client(None).get("/union/2026/nbi-1").text
    assert (
        page.count("BLACKTHORN") == 2
        and "The difference was explained" in page
        and "an explanation is on record" in page
    )
    form = union.client("dana").get(ITEM.format(1) + f"/log?corrects={second}").text
    answer = union.log(
        "dana",
        1,
        "no_change",
        words="HAWTHORN",
        seen=hidden_field(form, "seen"),
        corrects=str(second),
    )
    assert answer.status_code == 303, answer.text
    assert "HAWTHORN" not in money_everywhere(union).words
    release(union, union.entry(1))
    page = union.client(None).get("/union/2026/nbi-1").text
    assert page.count("HAWTHORN") == 2 and page.count("BLACKTHORN") == 1
    proved(union)


def test_the_form_of_a_correction_has_the_amounts_of_the_first(union: Union) -> None:
    first = log_entry(
        union,
        spent=[
            *paid(union, "1250.00"),
            NewExpense(
                amount=Decimal("30.00"), on=union.today, category="Stamps", payee="The post"
            ),
        ],
    )
    release(union, first)
    form = union.client("dana").get(ITEM.format(1) + f"/log?corrects={first}").text
    assert 'value="1250.00"' in form and f'value="{WHAT}"' in form and "$30.00, Stamps" in form
    answer = union.log(
        "dana",
        1,
        seen=hidden_field(form, "seen"),
        corrects=str(first),
        money="amount",
        amount="1,240.00",
        paid_on=union.today.isoformat(),
        paid_for=WHAT,
    )
    assert answer.status_code == 303, answer.text
    release(union, union.entry(1))
    assert money_everywhere(union).public == Decimal(1270)
    with union.session() as session:
        left = session.scalars(
            sa.select(Expense).where(Expense.retracted_by.is_(None)).order_by(Expense.id)
        ).all()
        assert [line.payee is not None for line in left] == [True, True]


STEP = st.tuples(
    st.sampled_from(["say", "inside", "correct", "release", "return", "withdraw", "spend"]),
    st.integers(0, 9),
    st.integers(-500, 500),
)


@SHORT
@given(steps=st.lists(STEP, max_size=14))
def test_the_public_total_is_that_of_what_is_released(
    engine: sa.Engine, steps: list[tuple[str, int, int]]
) -> None:
    from dataclasses import replace

    with Session(engine) as session:
        player = Player.begin(session)
        row = player.items[0]
        waits: dict[int, Decimal] = {}
        inside: dict[int, Decimal] = {}
        released: dict[int, Decimal] = {}
        corrects: dict[int, int] = {}
        for act, which, cents in steps:
            context, amount = player.context, Decimal(cents).scaleb(-2)
            other = replace(context, actor=player.actor(5))
            spent = [NewExpense(amount=amount, on=context.today, category="print")]
            there = sorted(waits) if act in ("release", "return", "withdraw") else sorted(released)
            key = there[which % len(there)] if there else None
            if act == "spend":
                waits[money.spend(context, row, spent[0]).id] = amount
            elif act in ("say", "inside"):
                entry = progress.log(
                    context,
                    row,
                    progress.NewEntry(
                        words="words", on=context.today, expenses=spent, internal=act == "inside"
                    ),
                )
                (inside if act == "inside" else waits)[entry.id] = amount
            elif key is None:
                continue
            elif act == "correct":
                entry = progress.log(
                    context,
                    row,
                    progress.NewEntry(
                        words="words", on=context.today, expenses=spent, corrects=key
                    ),
                )
                waits[entry.id], corrects[entry.id] = amount, key
            elif act == "release" and corrects.get(key, key) in (key, *released):
                progress.release(other, row, session.get_one(Entry, key))
                released.pop(corrects.get(key, 0), None)
                released[key] = waits.pop(key)
            elif act == "return":
                progress.send_back(other, row, session.get_one(Entry, key), "why")
                waits.pop(key)
            elif act == "withdraw":
                progress.withdraw(context, row, session.get_one(Entry, key))
                waits.pop(key)
        as_of = AsOf(player.context.today)
        public = item.page(session, player.context.body_id, row.id, as_of, PUBLIC)
        office = item.page(session, player.context.body_id, row.id, as_of, OFFICE)
        assert public and office
        held = [*waits.values(), *inside.values()]
        assert (
            public.money.spent
            == office.money.spent
            == (sum(released.values()) if released else None)
        )
        assert (
            office.money.spent_waiting == (sum(held) if held else None)
            and public.money.waiting == ()
        )
        assert list(verify(session, player.context.body_id)) == []
        assert session.scalar(sa.select(sa.func.count()).select_from(Event))
        session.rollback()


def test_the_command_gives_both(union: Union, tmp_path: Path) -> None:
    release(union, log_entry(union, spent=paid(union, "10.00")))
    log_entry(union, spent=paid(union, "5.00"))
    with union.session() as session:
        own = session.scalars(sa.select(Convention)).one()
        items = exported(union, session, own)
        data = json.loads(json.dumps(export.as_data(items)))
        words = export.as_csv(items, revision=0)
    assert (data["items"][0]["spent"], data["items"][0]["spent_waiting"]) == ("10.00", "5.00")
    assert ",10.00,5.00," in words.splitlines()[1]
