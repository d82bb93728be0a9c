"""The pages of a convention by edition: what readers, staff and the office are shown of it."""

from __future__ import annotations

import io

import pytest

from tests.factories import records
from tests.factories.staffed_union import Union
from tests.statements import counting
from tracker.acts.bodies import set_setting
from tracker.acts.publications import pin_edition, publish_edition, set_publication
from tracker.extensions import db
from tracker.record.conventions import Convention
from tracker.record.publications import Edition
from tracker.rules.codes import Visibility

PAGE, ITEM = "/union/2026/", "/union/2026/nbi-{}"
READERS = (None, "joy")


def by_edition(union: Union, is_by_edition: bool = True) -> None:
    with union.context("walter") as context:
        own = context.session.query(Convention).one()
        set_publication(context, own, Visibility.PUBLIC, by_edition=is_by_edition)


def pin(union: Union) -> int:
    with union.context("walter") as context:
        return pin_edition(context, context.session.query(Convention).one()).id


def publish(union: Union, edition_id: int, line: str | None = None) -> None:
    with union.context("walter") as context:
        publish_edition(context, context.session.get_one(Edition, edition_id), line)


def say(union: Union, number: int, words: str, **more: object) -> None:
    assert union.log("dana", number, words=words, **more).status_code == 303
    opens = [str(key) for key in union.files(number)]
    released = union.decide("ray", union.entry(number), entries__0__opens=opens)
    assert released.status_code == 303


def text(union: Union, path: str, who: str | None = None, status: int = 200) -> str:
    response = union.client(who).get(path)
    assert response.status_code == status, (path, who)
    return str(response.text)


@pytest.fixture
def read(union: Union) -> Union:
    """A union with one published edition, after which more was said, and another item recorded."""
    by_edition(union)
    say(union, 1, "Forty schools were asked.")
    publish(union, pin(union), "With the answers of the north.")
    say(union, 1, "Sixty schools were asked.")
    with union.context("walter") as context:
        records.new_item(context, context.session.query(Convention).one(), "9", "Added later")
    return union


def test_before_the_first_edition_readers_are_shown_nothing(union: Union) -> None:
    by_edition(union)
    for who in READERS:
        assert "No edition yet" in text(union, PAGE, who)
        assert "Item number 1" not in text(union, PAGE, who)
        text(union, ITEM.format(1), who, 404)
        assert "Testville" not in text(union, "/union/", who)
        assert "nbi-1" not in text(union, "/union/find?q=thing", who)
    assert "Readers see no edition yet." in text(union, PAGE, "dana")


def test_readers_are_shown_the_edition(read: Union) -> None:
    for who in READERS:
        for path in (PAGE, ITEM.format(1)):
            page = text(read, path, who)
            assert "Edition of 30" in page and "With the answers of the north." in page
            assert "What was recorded since comes with the next edition." in page
        page = text(read, ITEM.format(1), who)
        assert "Forty schools" in page and "Sixty schools" not in page
        assert "Added later" not in text(read, PAGE, who)
        assert "Edition of 30" in text(read, "/union/", who)
        assert "nbi-9" not in text(read, "/union/find?q=later", who)
        assert "Sixty" not in text(read, "/union/find?q=sixty", who).replace("sixty", "")


def test_an_item_that_came_later_is_as_one_that_is_not_there(read: Union) -> None:
    for spelling in ("nbi-9", "9", "NBI-9"):
        later = text(read, f"/union/2026/{spelling}", None, 404)
        absent = text(read, f"/union/2026/{spelling.replace('9', '99')}", None, 404)
        assert later == absent.replace("99", "9"), spelling


def test_staff_read_the_record_as_it_is_and_are_told_what_readers_see(read: Union) -> None:
    for who in ("dana", "walter", "ewan", "marisol"):
        page = text(read, ITEM.format(1), who)
        assert "Sixty schools" in page
        assert "Readers see edition 1 of 30" in page
        assert "Added later" in text(read, PAGE, who)


def test_an_edition_by_its_number(read: Union) -> None:
    second = pin(read)
    text(read, f"{PAGE}?edition=2", None, 404)
    text(read, f"{PAGE}?edition=2", "dana", 404)
    assert "not published yet" in text(read, f"{PAGE}?edition=2", "walter")
    publish(read, second)
    assert "Sixty schools" in text(read, ITEM.format(1))
    for who in (*READERS, "dana"):
        page = text(read, f"{ITEM.format(1)}?edition=1", who)
        assert "Sixty schools" not in page and "There is a newer one." in page
        assert f'href="{PAGE}?edition=1"' in page
    listed = text(read, f"{PAGE}?edition=1&verdict=not_yet")
    assert f'href="{ITEM.format(1)}?edition=1"' in listed
    assert '<input type="hidden" name="edition" value="1">' in listed
    assert "edition=1" in text(read, PAGE)  # the earlier edition is named
    for number in ("0", "3", "x", "-1", "1" * 30):
        text(read, f"{PAGE}?edition={number}", None, 404)


def test_past_days_stop_at_the_edition(read: Union) -> None:
    day = (read.today).isoformat()
    assert "Sixty schools" not in text(read, f"{ITEM.format(1)}?as_of={day}")
    earlier = text(read, f"{ITEM.format(1)}?as_of=2026-11-01")
    assert "Forty schools" not in earlier and "As of the end of" in earlier


def test_a_file_opens_with_its_edition(union: Union) -> None:
    by_edition(union)
    publish(union, pin(union))
    say(union, 1, "Sixty schools.", files=[(io.BytesIO(b"%PDF-1.7 a"), "a.pdf")])
    [key] = union.files(1)
    text(union, f"/files/{key}", None, 404)
    assert union.client("dana").get(f"/files/{key}").status_code == 200
    publish(union, pin(union))
    assert union.client(None).get(f"/files/{key}").status_code == 200


def test_a_kept_page_is_not_shown_after_the_next_edition(read: Union) -> None:
    first = read.client(None).get(PAGE)
    assert read.client(None).get(PAGE).headers["ETag"] == first.headers["ETag"]
    publish(read, pin(read))
    assert "Added later" in text(read, PAGE)
    by_edition(read, False)
    assert "Edition of" not in text(read, PAGE)


def test_a_page_read_live_takes_no_statement_more(union: Union) -> None:
    def statements() -> int:
        with union.app.app_context():
            engine = db.engine
        with counting(engine) as sent:
            text(union, ITEM.format(1), "joy")
        return len(sent)

    with union.context("imani") as context:  # what was kept of the body is read anew
        set_setting(context, "silence_days", "91")
    unsettled = statements()
    by_edition(union, False)
    assert statements() == unsettled
