"""The form of an entry as a person fills it in: what is there already, what comes back, and the
preview of all that it will say.
"""

from __future__ import annotations

import io
import re

import sqlalchemy as sa

from tests.factories.staffed_union import ITEM, Union
from tracker.record.ledger_tables import Event
from tracker.record.money import Expense
from tracker.record.progress import Entry


def test_today_is_there_already(union: Union) -> None:
    page = union.client("dana").get(ITEM.format(4) + "/log").text
    assert re.search(rf'name="on"[^>]*value="{union.today}"', page)


def test_adding_a_file_or_a_link_leads_back_to_the_evidence(union: Union) -> None:
    page = union.client("dana").get(ITEM.format(4) + "/log").text
    assert 'id="evidence"' in page
    buttons = re.findall(r'<button[^>]*name="add"[^>]*>', page)
    assert len(buttons) == 2
    assert all(f'formaction="{ITEM.format(4)}/log#evidence"' in button for button in buttons)


def test_the_day_of_payment_is_that_of_the_act_unless_another_is_given(union: Union) -> None:
    assert union.log("dana", 1, money="amount", amount="80", paid_on="").status_code == 303
    with union.session() as session:
        paid = sa.select(Event.effective_on).join(Expense, Expense.recorded_by == Event.id)
        assert session.scalars(paid).one() == union.today


def test_the_preview_has_all_that_the_entry_will_say(union: Union) -> None:
    fields = union.form(
        1,
        "will_not_be_done",
        clauses__0__why_not="The grant was refused.",
        clauses__0__decided_by="the Board",
        clauses__0__decided_on=union.today.isoformat(),
        money="amount",
        amount="1250.50",
        paid_for="Printing",
        links__0__url="https://example.org/minutes",
        links__0__title="The minutes",
        files=[(io.BytesIO(b"%PDF-1.7 a"), "plan.pdf")],
        next_word_by="",
        preview="1",
    )
    del fields["submit"]
    page = union.client("dana").post(ITEM.format(1) + "/log", data=fields)
    assert page.status_code == 200 and union.count(Entry) == 0
    preview = re.search(r'<section class="preview".*?</section>', page.text, re.DOTALL)
    assert preview
    for words in (
        "Forty schools were asked.",
        "Will not be done",
        "The grant was refused.",
        "the Board",
        "$1,250.50 spent",
        "Printing",
        "The minutes",
        "members may open it",
        "plan.pdf",
        "staff only",
        "Nothing is recorded yet",
    ):
        assert words in preview[0], words


def test_the_preview_of_an_internal_entry_says_who_reads_it(union: Union) -> None:
    fields = union.form(
        4, reader="internal", links__0__url="https://example.org/minutes", preview="1"
    )
    del fields["submit"]
    page = union.client("dana").post(ITEM.format(4) + "/log", data=fields).text
    assert (
        "So staff will read it, and nobody else" in page and "So members will read it" not in page
    )
    assert "members may open it" not in page


def test_a_wrong_password_is_not_said_to_be_below(union: Union) -> None:
    page = union.client(None).post(
        "/sign-in", data={"email": "dana@example.org", "password": "not that one"}
    )
    assert "what you wrote is below" not in page.text and "Type the password again" in page.text
    assert 'value="dana@example.org"' in page.text
