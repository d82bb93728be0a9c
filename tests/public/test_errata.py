"""The errata page of a body: what was corrected after it could be read outside, and what was
withheld; nothing else, and nothing that the reader may not read.
"""

from __future__ import annotations

import re
from datetime import timedelta

from tests.factories import issued_reports
from tests.factories.staffed_union import Union, item_row
from tests.statements import counting
from tests.work.test_corrections import release, say
from tracker.acts import floor, items, publications, withholding
from tracker.acts.reports import ErratumTo
from tracker.extensions import db
from tracker.record.conventions import Convention
from tracker.record.items import FloorAction
from tracker.record.progress import Entry, Withholding
from tracker.rules.codes import Floor, Visibility, WithheldFor

PAGE = "/union/errata"
NOTHING = "Nothing was corrected or withheld"


def page(union: Union, who: str | None = None) -> str:
    """Its words, with marks for what changed."""
    answer = union.client(who).get(PAGE)
    assert answer.status_code == 200
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    marked = re.sub(r"</?(?:del|ins)>", "|", main)
    return " ".join(re.sub(r"<[^>]+>", " ", marked).replace("\u00a0", " ").split())


def correct_entry(union: Union, first: str, second: str) -> None:
    entry = say(union, "dana", first)
    release(union, entry)
    release(union, say(union, "dana", second, corrects=entry))


def correct_floor_action(union: Union, number: int = 4) -> None:
    with union.context("walter") as context:
        item = item_row(context.session, union, number)
        wrong = context.session.query(FloorAction).filter_by(item_id=item.id).one()
        on = context.today - timedelta(days=127)
        floor.record_floor_action(context, item, Floor.DEFEATED, on, corrects=wrong)


def settle(union: Union, visibility: Visibility, by_edition: bool = False) -> None:
    with union.context("walter") as context:
        convention = context.session.query(Convention).one()
        publications.set_publication(context, convention, visibility, by_edition=by_edition)


def publish_edition(union: Union) -> None:
    with union.context("walter") as context:
        convention = context.session.query(Convention).one()
        edition = publications.pin_edition(context, convention)
        publications.publish_edition(context, edition)


def test_errata_of_issued_reports(union: Union) -> None:
    with union.context("walter") as context:
        convention = context.session.query(Convention).one()
        first = issued_reports.issued(context, convention).id
        for number in (9, 10):
            correction = ErratumTo(report_id=first, correction=f"Row {number}.")
            issued_reports.issued(context, convention, correction, with_files=number == 9)
    words = page(union)
    assert (
        "UNION-2026-2 Corrects UNION-2026-1 What is put right Row 9." in words
        and NOTHING not in words
    )
    assert "Row 10" not in words, "its files are not made yet"
    settle(union, Visibility.HIDDEN)
    assert NOTHING in page(union)


def test_nothing_was_corrected_and_each_page_leads_there(union: Union) -> None:
    assert NOTHING in page(union)
    for path in ("/union/", "/union/2026/", "/union/2026/nbi-1"):
        assert f'href="{PAGE}"' in union.client(None).get(path).text
    assert PAGE not in union.client(None).get("/").text


def test_an_entry_that_was_corrected_after_its_release(union: Union) -> None:
    correct_entry(union, "It covers 46 studies.", "It covers 64 studies.")
    words = page(union)
    assert "Item number 4 Testville 2026, new business item 4: entry of 30 November 2026" in words
    assert "It covers |46| studies." in words and "It covers |64| studies." in words


def test_what_was_corrected_before_its_release_is_not_told(union: Union) -> None:
    first = say(union, "dana", "It covers 46 studies.")
    release(union, say(union, "dana", "It covers 64 studies.", corrects=first))
    assert NOTHING in page(union)


def test_what_the_office_put_right_is_told_without_names(union: Union) -> None:
    correct_floor_action(union)
    with union.context("walter") as context:
        item = item_row(context.session, union, 3)
        items.correct_designation(context, item, "motion", "7A", None)
    words = page(union)
    assert "new business item 4: floor action" in words
    assert "|Adopted,|" in words and "|Defeated,|" in words
    assert "kind or number" in words and "|Motion 7A|" in words
    assert "Walter" not in words


def test_what_is_withheld_and_what_it_said_is_on_neither_side(union: Union) -> None:
    correct_entry(union, "The first of Otter.", "The second of Willow.")
    second = union.entry(4)
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        entry = context.session.get_one(Entry, second)
        withholding.withhold(context, item, entry, WithheldFor.PERSONAL_DATA)
    words = page(union)
    assert "Otter" in words and "Willow" not in words
    assert "Withheld: personal data" in words
    assert "new business item 4: an entry" in words and "Personal data Lifted No" in words
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        withholding.lift(context, item, context.session.query(Withholding).one(), "It may stand.")
    words = page(union)
    assert "Willow" in words and "Personal data Lifted 30 Nov 2026" in words
    assert "It may stand." not in words


def test_of_a_hidden_convention_only_staff_read_and_what_was_put_right_before_is_no_erratum(
    union: Union,
) -> None:
    settle(union, Visibility.HIDDEN)
    with union.context("walter") as context:
        item = item_row(context.session, union, 3)
        items.correct_designation(context, item, "motion", "7A", None)  # it was read before
        items.correct_designation(context, item, "motion", "7B", None)
    assert NOTHING in page(union) and NOTHING in page(union, "joy")
    of_staff = page(union, "ewan")
    assert (
        "Motion 7A" in of_staff and "7B" not in of_staff.partition("Where")[2].split("It said")[2]
    )
    settle(union, Visibility.PUBLIC)
    assert "Motion 7A" in page(union)


def test_by_edition_what_is_put_right_is_told_with_the_edition_that_has_it(union: Union) -> None:
    settle(union, Visibility.PUBLIC, by_edition=True)
    assert NOTHING in page(union)  # there is no edition yet
    publish_edition(union)
    correct_floor_action(union)
    correct_floor_action(union, 3)
    assert NOTHING in page(union) and "floor action" in page(union, "walter")
    publish_edition(union)
    assert page(union).count("floor action") == 2


def test_as_many_statements_for_one_correction_as_for_many(union: Union) -> None:
    client = union.client("ewan")
    sent = []
    for numbers in ((1,), (2, 3, 4)):
        for number in numbers:
            correct_floor_action(union, number)
        client.get(PAGE)
        with union.app.app_context():
            engine = db.engine
        with counting(engine) as statements:
            client.get(PAGE)
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 60
