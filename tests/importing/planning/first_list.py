"""A list with follow-through, as the tests bring it in for the first time."""

from __future__ import annotations

from datetime import date

from tests.factories.import_office import Office, counts, messages, table
from tracker.acts import act_context, progress
from tracker.reading.audience import PUBLIC
from tracker.reading.item import ItemPage, pages
from tracker.record.as_of import AsOf
from tracker.record.items import Item
from tracker.record.progress import Entry
from tracker.rules.permissions import COMMAND_LINE

HEADINGS = (
    "NBI #",
    "Title",
    "Text",
    "Disposition",
    "Date",
    "Cost",
    "Dept",
    "Staff contact",
    "Due",
    "Complete?",
    "Update",
    "Updated",
    "Spent to date",
)
FIRST = (
    "1",
    "Guide to air",
    "NEA shall print a guide.",
    "Adopted",
    "2018-07-03",
    "$3,000 in additional cost",
    "Publishing",
    "Ana Roe",
    "2019-06-01",
    "",
    "Draft written",
    "2018-08-01",
    "500",
)
SECOND = (
    "2",
    "Safe buses",
    "NEA shall survey buses.",
    "Adopted as amended",
    "2018-07-04",
    "No additional cost",
    "Safety",
    "",
    "",
    "Y",
    "Survey printed",
    "2018-08-20",
    "",
)


def take_first_list(office: Office, **options: object) -> None:
    """Bring in a list of two items, of which something waits."""
    preview = office.take(
        table(HEADINGS, FIRST, SECOND),
        opened=date(2018, 7, 2),
        closed_on=date(2018, 7, 5),
        **options,
    )
    assert counts(preview) == (2, 0, 0, 0), messages(preview)


def public_page(office: Office, code: str) -> ItemPage:
    key, convention = office.item(code).id, office.convention()
    return pages(office.session, convention.body_id, [key], AsOf(office.today), PUBLIC)[key]


def release_what_waits(office: Office, code: str) -> None:
    """All that waits of an item, by the office."""
    item = office.session.get_one(Item, office.item(code).id)
    by_office = act_context.for_body(
        office.session, office.convention().body_id, COMMAND_LINE, office.now
    )
    for entry in by_office.facts(item).waiting:
        progress.release(by_office, item, office.session.get_one(Entry, entry.id))
    office.session.commit()
