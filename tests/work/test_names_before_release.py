"""Pages that release words say before the act whom they name, and refuse nothing for it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from tests.factories.import_office import table
from tests.factories.staffed_union import Union, item_row
from tests.office.item_page_forms import PAGE
from tests.work.test_expenses_follow_entries import log_entry, release
from tests.work.test_list_release import DAY, HEADINGS, question_of, take
from tracker.acts import outcomes
from tracker.acts.expenses import NewExpense
from tracker.record.progress import Release
from tracker.rules.codes import Level

QUEUE = "/my-work/union/release"
NOTICE = "names a person or a firm"
WORDS = "Walter drew it up; ask rosa@example.org or 202-555-0142."


def notices(page: str) -> list[str]:
    """What stands in each notice."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", part).split())
        for part in re.findall(r'class="notice[^"]*".*?</div>', page, re.DOTALL)
    ]


def test_an_entry_that_names_nobody_has_no_notice(union: Union) -> None:
    union.log("dana", 4, words="Forty schools were asked, for $1,250.00, by 2026-11-30.")
    assert NOTICE not in union.client("walter").get(QUEUE).text


def test_an_entry_says_whom_it_names_and_where_and_is_released_all_the_same(union: Union) -> None:
    paid = NewExpense(
        amount=Decimal("20.00"),
        on=union.today - timedelta(days=1),
        category="Printing",
        payee="Rosa Tamarin",
    )
    entry = log_entry(union, spent=[paid])
    union.log("dana", 2, words=WORDS)
    page = union.client("walter").get(QUEUE).text
    of_expense, of_words = notices(page)
    assert "A payee who may be a person: Rosa Tamarin (staff alone read who was paid)" in of_expense
    for line in (
        "A person of this record: Walter (in the words)",
        "An e-mail address: rosa@example.org (in the words)",
        "A telephone number: 202-555-0142 (in the words)",
    ):
        assert line in of_words
    asked = union.client("walter").get(f"{QUEUE}?all=1").text
    question = asked.partition('id="h-asks"')[2].partition("</section>")[0]
    assert "rosa@example.org" in question and "Rosa Tamarin" in question
    release(union, entry)
    assert union.decide("walter", union.entry(2)).status_code == 303
    assert union.count(Release) == 2


def test_the_question_before_a_list_names_each_entry_that_names_somebody(union: Union) -> None:
    content = table(
        HEADINGS,
        ["1", "Item number 1", WORDS, DAY, "", ""],
        ["3", "Item number 3", "The third was begun.", DAY, "", ""],
    )
    address = take(union, content, "named.csv")
    [notice] = notices(union.client("walter").get(question_of(union, address)).text)
    assert "rosa@example.org" in notice and "Item number 1" in notice
    assert "Item number 3" not in notice


def test_a_stated_outcome_says_whom_it_names(union: Union) -> None:
    with union.context("ray") as context:
        outcomes.state(
            context,
            item_row(context.session, union, 4),
            Level.CHANGE_FOLLOWED,
            "Calls fell, says Acme GmbH.",
            union.today,
            "Counted by Walter.",
        )
    page = union.client("walter").get(PAGE.format(4)).text
    [notice] = [words for words in notices(page) if "A firm" in words]
    assert "A firm: Acme GmbH (in the words)" in notice
    assert "A person of this record: Walter (in what ties the change to the item)" in notice
