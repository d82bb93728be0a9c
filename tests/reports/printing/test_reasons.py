"""Reasons and standings as they are shown: the same on the item's page, in the list and in print.

None is denied by the record below it. An old list that is opened, and of which nothing is entered
yet, accuses nobody, by no word and no sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tests.factories.recorded_union import CLOSES
from tests.factories.reports import collected
from tests.reports.conftest import Place, Printed
from tracker.acts import assignments, conventions, floor, items, outcomes, reviews
from tracker.extensions import db
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.reports.models import ReportKind
from tracker.reports.printing import render
from tracker.rules.codes import Claimed, Floor, Level, MoneySaid, Part, Purpose, Result

LATER = datetime(2025, 9, 1, 17, tzinfo=UTC)
ACCUSING = re.compile(
    r"lapsed|failed|neglect|overdue|ignored|has been carried out yet|not finished"
    r"|nothing was done|has been decided",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Published:
    """A convention on its pages and in print."""

    app: Flask
    slug: str
    printed: Printed
    now: datetime

    def html(self, path: str) -> str:
        """The main part of a page, without the key of all fields that a chart may have."""
        self.app.config["CLOCK"] = lambda: self.now
        response = self.app.test_client().get(f"/{self.slug}/{path}")
        self.app.config["CLOCK"] = lambda: recorded_union.NOW
        assert response.status_code == 200, path
        page = response.get_data(as_text=True)
        main = page[page.index("<main") : page.index("</main>")]
        return re.sub(
            r'<ul class="legend legend--keys".*?</ul>|<select.*?</select>',
            "",
            main,
            flags=re.DOTALL,
        )

    def words(self, path: str) -> str:
        return plain(re.sub(r"<[^>]+>", " ", self.html(path)))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(text)).replace(" .", ".")


def _opened(session: Session) -> tuple[recorded_union.RecordedUnion, Convention]:
    union, convention = recorded_union.old_union(session)
    boat = union.item(convention, "4", "", "The union shall mend a boat.")
    floor.record_floor_action(union.context, boat, Floor.ADOPTED, None)
    sent = union.item(convention, "5", "", "The union shall think about boats.")
    floor.record_floor_action(
        union.context,
        sent,
        Floor.REFERRED,
        None,
        referral=floor.Referral(union.unit("Board"), Purpose.DECISION),
    )
    conventions.open_follow_through(union.on(date(2025, 3, 2)), convention, date(2018, 2, 1))
    return union, convention


def _talked(session: Session) -> tuple[recorded_union.RecordedUnion, Convention]:
    union = recorded_union.RecordedUnion.begin(session)
    convention = conventions.record(
        union.context,
        "2024",
        "Lakeside 2024",
        conventions.Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=CLOSES),
    )
    quiet, word, both, output, parted, back = (
        union.item(convention, str(n), f"Item {n}", f"Words of item {n}.") for n in range(1, 7)
    )
    items.enter_clauses(union.context, parted, ["Ask the schools.", "Publish the answers."])
    for item in (quiet, word, both, output, parted, back):
        union.adopt(item, lead="Office of Answers")
    board = floor.Referral(union.unit("Board"), Purpose.DECISION)
    floor.record_floor_action(union.context, both, Floor.REFERRED, CLOSES, 2, referral=board)
    union.say(quiet, date(2024, 9, 3), "It is begun.", Claimed.STARTED)
    done = union.say(
        output,
        date(2024, 10, 1),
        "It is printed.",
        Claimed.DONE,
        money_said=MoneySaid.NOTHING_BEYOND_THE_BUDGET,
    )
    union.confirm(output, done, date(2024, 10, 2))
    posted = outcomes.state(
        union.on(date(2024, 10, 3), 1),
        output,
        Level.OUTPUT_ONLY,
        "It was posted.",
        date(2024, 10, 3),
        None,
    )
    outcomes.release(union.on(date(2024, 10, 4), 2), output, posted)
    reviews.review_outcome(union.on(date(2024, 10, 5), 3), output, posted, Result.CONFIRMED)
    union.say(back, date(2024, 12, 1), "Stopped.", Claimed.BLOCKED)
    union.say(back, date(2025, 1, 20), "Still stopped.", Claimed.BLOCKED)
    union.say(word, date(2025, 2, 4), "No change.", None)
    union.say(quiet, date(2025, 2, 10), "No change.", None)
    union.say(both, date(2025, 2, 11), "We begin.", Claimed.STARTED)
    union.on(date(2025, 2, 11))
    late = union.item(convention, "7", "Item 7", "Words of item 7.")
    floor.record_floor_action(union.context, late, Floor.ADOPTED, CLOSES)
    assignments.assign(
        union.context, late, Part.LEAD, union.unit("Office of Answers"), on=date(2025, 2, 11)
    )
    union.say(parted, date(2025, 2, 12), "The schools are asked.", Claimed.PROGRESS, [1])
    return union, convention


def _published(place: Place, name: str) -> Published:
    with place.app.app_context(), Session(db.engine) as session:
        union, convention = {"opened": _opened, "talked": _talked}[name](session)
        session.commit()
        slug, key = session.get_one(Body, union.context.body_id).slug, convention.id
        now = {"opened": LATER, "talked": recorded_union.NOW}[name]
        report, file = (
            collected(session, key, ReportKind.FULL, now),
            place.folder / f"{name}.pdf",
        )
        return Published(place.app, slug, Printed(report, render.write(report, file), file), now)


@pytest.fixture(scope="module")
def opened(place: Place) -> Iterator[Published]:
    yield _published(place, "opened")


@pytest.fixture(scope="module")
def talked(place: Place) -> Iterator[Published]:
    yield _published(place, "talked")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "Work is under way; last reported on 10 February 2025."),
        (2, "Office of Answers has the lead; last reported on 4 February 2025."),
        (
            3,
            "Work is under way; last reported on 11 February 2025. "
            "Referred to Board; no decision is on record yet.",
        ),
        (4, "The outcome that is confirmed is output only, and no change."),
        (5, "Clause 2: 290 days without a word; the rule is 90."),
        (7, "Office of Answers has the lead; nothing is reported yet."),
        (6, "Blocked since 1 December 2024: the budget does not bear it."),
    ],
)
def test_a_reason_is_that_of_the_record_on_page_and_in_print(
    talked: Published, number: int, sentence: str
) -> None:
    page, printed = talked.words(f"2024/nbi-{number}"), plain(talked.printed.text)
    assert sentence in page and sentence in printed
    if number != 7:
        assert "nothing is reported yet" not in page


@pytest.mark.parametrize(
    "words",
    [
        "Work is under way; last reported on 10 February 2025",
        "Office of Answers has the lead; last reported on 4 February 2025",
        "Referred to Board; no decision is on record yet",
        "Clause 2: 290 days without a word",
    ],
)
def test_the_list_says_the_same(talked: Published, words: str) -> None:
    assert words in talked.words("2024/") and words in plain(talked.printed.text)


def test_the_day_of_a_reason_is_that_of_the_last_word(talked: Published) -> None:
    for number in (1, 2, 3):
        page = talked.words(f"2024/nbi-{number}")
        reported = re.search(r"last reported on (\d+ \w+ \d+)", page)
        last = re.search(r"Last word [\w ]+ ago (\d+ \w+ \d+)", page)
        assert reported and last and reported[1] == last[1], number


def test_an_outcome_that_is_output_only_is_named_as_that(talked: Published) -> None:
    page = talked.words("2024/nbi-4")
    assert (
        "What changed: nothing on record." in page
        and "1 confirmation and 1 confirmed outcome that is output only" in page
    )


def test_an_opened_list_without_a_word_accuses_nobody(opened: Published) -> None:
    for path in (
        "",
        "2017/",
        "2017/?verdict=no_word",
        "2017/?rows=chart.noword",
        "2017/nbi-1",
        "2017/nbi-4",
        "2017/nbi-5",
    ):
        assert not ACCUSING.search(opened.words(path)), (path, ACCUSING.search(opened.words(path)))
        html = opened.html(path)
        assert (
            "#s-lapsed" not in html
            and not re.search(r'class="[^"]*\bis-no\b', html)
            and 'seg--no"' not in html
        ), path
    printed = opened.printed
    without_the_key = plain(" ".join(printed.pages[:1] + printed.pages[2:])).replace(
        "Not finished when its term ended", ""
    )
    assert not ACCUSING.search(without_the_key), ACCUSING.search(without_the_key)


def test_it_says_what_the_record_holds_instead(opened: Published) -> None:
    headline = "Of 2 adopted items, none is on record as carried out, and of both there is no word."
    referred = "Of 1 referred item, no decision is on record, and there is no word of it."
    cover = plain(opened.printed.page(0))
    assert (
        headline in opened.words("2017/")
        and referred in opened.words("2017/")
        and headline in cover
        and referred in cover
    )
    html = opened.html("2017/nbi-1")
    facts = html[html.index('<dl class="facts">') : html.index("</dl>")]
    assert (
        'class="mark is-noword"' in facts
        and "#v-noword" in facts
        and "Term ended, no word" in facts
    )


def test_so_it_is_on_the_sheet_of_one_item(opened: Published) -> None:
    with opened.app.app_context(), Session(db.engine) as session:
        one = opened.printed.report.page.rows[0]
        report = collected(
            session,
            opened.printed.report.page.convention.id,
            ReportKind.ITEM,
            LATER,
            item_id=one.id,
        )
        file = opened.printed.file.with_name("sheet.pdf")
        sheet = Printed(report, render.write(report, file), file).text
    assert (
        "Term ended, no word" in plain(sheet)
        and "No word since" in sheet
        and not ACCUSING.search(sheet)
    )


@pytest.mark.slow
def test_what_lapsed_after_a_word_is_called_lapsed(place: Place) -> None:
    with place.app.app_context(), Session(db.engine) as session:
        union, convention = _opened(session)
        song = union.item(convention, "6", "", "The union shall sing.")
        floor.record_floor_action(union.context, song, Floor.ADOPTED, None)
        union.say(song, date(2025, 3, 3), "It is begun.", Claimed.STARTED)
        session.commit()
        slug, key = session.get_one(Body, union.context.body_id).slug, convention.id
        report, file = (
            collected(session, key, ReportKind.FULL, LATER),
            place.folder / "lapsed.pdf",
        )
        lapsed = Published(
            place.app, slug, Printed(report, render.write(report, file), file), LATER
        )
    page, listed = lapsed.words("2017/nbi-6"), lapsed.words("2017/")
    assert (
        "Not finished when its term ended." in page
        and "Standing Lapsed" in page
        and "The last word was of 3 March 2025." in page
    )
    assert "#s-lapsed" in lapsed.html("2017/nbi-6") and "Term ended, no word" in lapsed.words(
        "2017/nbi-1"
    )
    for text in (listed, plain(lapsed.printed.page(0))):
        assert (
            "Of 3 adopted items, none is on record as carried out. "
            "1 was not finished when its term ended and on 2 there has been no word" in text
        )
