"""The import of a list, undone: nothing of it is on record on any day, and the list can come in
again.
"""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, counts, table
from tracker.acts import act_context, floor, imports, items, progress, undoing
from tracker.acts.act_context import ActContext
from tracker.reading.addresses import resolve, resolve_item
from tracker.record import kept_summaries
from tracker.record.as_of import AsOf
from tracker.record.conventions import ListImport
from tracker.record.items import Item
from tracker.record.ledger_tables import Event
from tracker.record.list_imports import EventRange, built_on
from tracker.record.loader import load
from tracker.record.summary import ItemSummary
from tracker.record.verification import verify
from tracker.rules.codes import Floor, FloorPart, Kind
from tracker.rules.permissions import COMMAND_LINE
from tracker.rules.refusals import Refusal, Refused
from tracker.search.index import rebuild

HEADINGS = ("NBI #", "Title", "Text", "Disposition", "Date", "Maker", "Dept", "Update", "Updated")
BUSES = ("1", "Safe buses", "NEA shall survey buses.", "Adopted", "2018-07-04", "Ohio", "Safety")
ATLAS = ("2", "Heating", "NEA shall draw an atlas.", "Referred", "2018-07-04", "Iowa", "Research")
NO_UPDATE = ("", "")
OPTIONS = {"opened": date(2018, 7, 2), "closed_on": date(2018, 7, 5)}
FIRST = table(HEADINGS, (*BUSES, "Survey printed", "2018-08-20"), (*ATLAS, *NO_UPDATE))


@pytest.fixture
def office(session: Session) -> Office:
    return Office(session)


def context_of(office: Office) -> ActContext:
    body_id = office.convention().body_id
    return act_context.for_body(office.session, body_id, COMMAND_LINE, office.now)


def newest_import(office: Office) -> ListImport:
    return office.session.scalars(
        sa.select(ListImport)
        .where(ListImport.body_id == office.convention().body_id)
        .order_by(ListImport.id.desc())
        .limit(1)
    ).one()


def undo(office: Office, list_import: ListImport | None = None) -> None:
    office.now += timedelta(seconds=1)
    undoing.undo_import(context_of(office), list_import or newest_import(office))
    office.session.commit()


def need_sound(office: Office) -> None:
    """The chain holds, and what lists and Find read is what follows from the facts."""
    session, body_id = office.session, office.convention().body_id
    assert list(verify(session, body_id)) == []
    assert list(kept_summaries.rebuild(session, body_id, office.today, check=True)) == []
    assert list(rebuild(session, body_id, check=True)) == []


def address(office: Office, code: str) -> int | None:
    target = resolve(office.session, office.body, "2018")
    assert target is not None
    found = resolve_item(office.session, target, code)
    return found[0] if found else None


def known_after(office: Office, event: int) -> AsOf:
    """As the record stood right after an event."""
    at = office.session.get_one(Event, event).recorded_at
    return AsOf(office.today, recorded=at)


def test_nothing_of_it_is_on_record_on_any_day(office: Office) -> None:
    office.take(FIRST, **OPTIONS)
    body_id, imported = office.convention().body_id, newest_import(office)
    keys = list(office.session.scalars(sa.select(Item.id).where(Item.body_id == body_id)))
    then = known_after(office, imported.recorded_by)
    assert len(load(office.session, body_id, keys, then)) == 2
    undo(office)
    for as_of in (AsOf(office.today), then, AsOf.happened_by(date(2018, 8, 30))):
        assert load(office.session, body_id, keys, as_of, words=True) == {}
    assert office.items() == {} and address(office, "nbi-1") is None
    kept = sa.select(sa.func.count()).where(ItemSummary.item_id.in_(keys))
    assert office.session.scalar(kept) == 0
    assert "Safe buses" not in office.export()
    need_sound(office)


def test_the_list_comes_in_again_under_the_same_addresses(office: Office) -> None:
    unnumbered = ("", "Parking", "NEA shall pay.", *BUSES[3:], *NO_UPDATE)
    other = ("", "Pen pals", "NEA shall write.", *BUSES[3:], *NO_UPDATE)
    office.take(table(HEADINGS, (*BUSES, *NO_UPDATE), unnumbered, other), **OPTIONS)
    before = {code: page.id for code, page in office.items().items()}
    undo(office)
    again = table(HEADINGS, other, unnumbered, (*BUSES, *NO_UPDATE), (*ATLAS, *NO_UPDATE))
    assert counts(office.take(again)) == (4, 0, 0, 0)
    after = {code: page.id for code, page in office.items().items()}
    assert before.items() <= after.items()
    assert office.item("nbi-unnumbered-1").title == "Parking"
    assert counts(office.look(again)) == (0, 0, 4, 0)
    need_sound(office)
    undo(office)
    assert office.items() == {}
    need_sound(office)


def test_a_number_that_is_free_again_is_taken_by_hand(office: Office) -> None:
    office.take(FIRST, **OPTIONS)
    key = office.item("nbi-1").id
    undo(office)
    text = items.NewVersion(title="Safe trains")
    context = context_of(office)
    item = items.register(context, office.convention(), Kind.NEW_BUSINESS_ITEM, "1", text)
    office.session.commit()
    assert item.id == key and office.item("nbi-1").title == "Safe trains"
    with pytest.raises(Refused) as refused:
        items.register(context, office.convention(), Kind.NEW_BUSINESS_ITEM, "1", text)
    assert refused.value.code is Refusal.ALREADY_THERE
    need_sound(office)


def test_what_it_replaced_counts_again_on_its_own_day(office: Office) -> None:
    office.take(FIRST, **OPTIONS)
    first = newest_import(office)
    before = office.item("nbi-1")
    facts_before = load(office.session, first.body_id, [before.id], AsOf(office.today))[before.id]
    changed = ("1", "Safer buses", "NEA shall survey.", "Referred", "2018-07-03", "Utah", "Safety")
    office.take(table(HEADINGS, (*changed, "Nothing yet", "2018-08-25")))
    second = newest_import(office)
    assert office.item("nbi-1").title == "Safer buses"
    undo(office)
    for as_of in (
        AsOf(office.today),
        known_after(office, second.recorded_by),
        AsOf.happened_by(date(2018, 8, 30)),
    ):
        facts = load(office.session, first.body_id, [before.id], as_of)[before.id]
        assert [(fact.action, fact.on) for fact in facts.floor] == [
            (fact.action, fact.on) for fact in facts_before.floor
        ]
        assert len(facts.entries_ever) == len(facts_before.entries_ever)
    after = office.item("nbi-1")
    assert (after.title, after.sponsors) == (before.title, before.sponsors)
    need_sound(office)
    undo(office, first)  # what the undoing wrote anew is nobody's work
    assert office.items() == {}
    need_sound(office)


def test_refused_where_something_was_built_on_it(office: Office) -> None:
    office.take(FIRST, **OPTIONS)
    imported, context = newest_import(office), context_of(office)
    key, other = office.item("nbi-1").id, office.item("nbi-2").id
    item = office.session.get_one(Item, key)
    entry = progress.NewEntry(words="Asked.", on=office.today)
    progress.log(context, item, entry)
    by_hand = items.register(
        context, office.convention(), Kind.MOTION, "9", items.NewVersion(title="Ours")
    )
    items.link(context, by_hand, office.session.get_one(Item, other))
    office.session.commit()
    with pytest.raises(Refused) as refused:
        undo(office)
    assert refused.value.code is Refusal.IMPORT_IS_BUILT_ON
    office.session.rollback()
    events = EventRange.of(imported)
    assert events is not None
    assert [tuple(fact) for fact in built_on(office.session, events)] == [
        (key, "claim", 1),
        (key, "entry", 1),
        (by_hand.id, "link", 1),
    ]
    assert office.item("nbi-1").title == "Safe buses"


def test_a_correction_of_what_it_changed_is_built_on_it(office: Office) -> None:
    office.take(FIRST, **OPTIONS)
    more = table(HEADINGS, ("1", *BUSES[1:5], "Utah", "Safety", *NO_UPDATE))
    office.take(more)
    context = context_of(office)
    item = office.session.get_one(Item, office.item("nbi-1").id)
    events = EventRange.of(newest_import(office))
    assert events is not None and built_on(office.session, events) == []
    floor.record_floor_action(context, item, Floor.RESCINDED, office.today)
    assert built_on(office.session, events) == []  # on the item of another import
    mover = items.Mover(FloorPart.SPONSOR, None, "A. Member")
    items.set_movers(context, item, [mover])
    assert [fact.table for fact in built_on(office.session, events)] == ["floor_person"]


def test_undone_once(office: Office) -> None:
    office.take(FIRST, **OPTIONS)
    undo(office)
    with pytest.raises(Refused) as refused:
        undo(office)
    assert refused.value.code is Refusal.IMPORT_IS_UNDONE


def test_two_at_once(office: Office) -> None:
    """One waits for the other at the lock, and is told."""
    office.take(FIRST, **OPTIONS)
    key, body_id = newest_import(office).id, office.convention().body_id
    office.session.rollback()
    engine, barrier, ends = office.session.get_bind(), Barrier(2), list[str]()

    def try_it() -> None:
        with Session(engine) as session:
            now = office.now + timedelta(seconds=1)
            context = act_context.for_body(session, body_id, COMMAND_LINE, now)
            list_import = session.get_one(ListImport, key)
            session.expunge(list_import)  # as it was when it was looked at
            session.rollback()
            barrier.wait(timeout=60)
            try:
                undoing.undo_import(context, list_import)
                session.commit()
                ends.append("undone")
            except Refused as refused:
                ends.append(refused.code)

    threads = [Thread(target=try_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(ends) == [Refusal.IMPORT_IS_UNDONE, "undone"]
    need_sound(office)


def test_an_older_import_does_not_say_what_it_wrote(office: Office) -> None:
    office.take(FIRST, **OPTIONS)
    imports.record_list(context_of(office), "old.csv", "0" * 64, 3)
    with pytest.raises(Refused) as refused:
        undo(office)
    assert refused.value.code is Refusal.IMPORT_IS_TOO_OLD
