"""Editions are made, signed off and published; nobody publishes what another made anew."""

from __future__ import annotations

from datetime import timedelta

from tracker.acts import bodies, publications
from tracker.acts.act_context import ActContext
from tracker.reading.publications import PublishedEdition, visibility_of
from tracker.record import ledger_tables
from tracker.record.editions import Editions, due, editions_of
from tracker.record.verification import verify
from tracker.rules.codes import Role
from tracker.rules.refusals import Refusal

from .staffed_body import StaffedBody, refused


def governance(office: StaffedBody, number: int = 1, days: int = 30, **more: int) -> ActContext:
    return office.context(Role.GOVERNANCE, number, days=days, **more)


def editions(office: StaffedBody) -> Editions:
    return editions_of(office.session, office.convention.id)


def newest_event(office: StaffedBody) -> int:
    office.session.expire_all()
    return office.session.get_one(ledger_tables.Head, office.all.body_id).event_id


def ask_for_sign_off(office: StaffedBody) -> None:
    bodies.set_setting(office.context(Role.ADMINISTRATOR, days=30), "sign_off", "yes")


def test_an_edition_stops_at_the_newest_event(office: StaffedBody) -> None:
    head = newest_event(office)
    first = publications.pin_edition(governance(office), office.convention)
    assert (first.number, first.up_to) == (1, head)
    assert visibility_of(office.session, office.all.body_id)[office.convention.id].edition is None
    publications.publish_edition(governance(office), first, "The first.")
    office.log(governance(office, days=31))
    second = publications.pin_edition(governance(office, days=31), office.convention)
    state = visibility_of(office.session, office.all.body_id)[office.convention.id]
    today = governance(office).today
    assert state.edition == PublishedEdition(number=1, up_to=head, on=today, line="The first.")
    assert (second.number, second.up_to) == (2, newest_event(office) - 1)
    found = editions(office)
    assert found.pinned and found.pinned.id == second.id and found.next_number == 2
    assert found.newest and found.newest.publication and not found.newest.publication.by_worker
    assert list(verify(office.session, office.all.body_id)) == []


def test_made_anew_it_has_to_be_signed_off_again(office: StaffedBody) -> None:
    ask_for_sign_off(office)
    first = publications.pin_edition(governance(office), office.convention)
    refused(Refusal.COPY_IS_YOUR_OWN, publications.sign_edition, governance(office), first)
    refused(Refusal.NEEDS_A_SIGN_OFF, publications.publish_edition, governance(office), first)
    publications.sign_edition(governance(office, 2), first, "Agreed.", "ab" * 32)
    hour = governance(office).now + timedelta(hours=3)
    publications.schedule_edition(governance(office), first, hour)
    again = publications.pin_edition(governance(office), office.convention)
    found = editions(office)
    assert (again.number, found.published) == (1, ())
    assert found.pinned and (found.pinned.sign_off, found.pinned.schedule) == (None, None)
    assert due(office.session, hour + timedelta(days=1)) == []
    for act in (publications.publish_edition, publications.sign_edition):
        refused(Refusal.CHANGED_MEANWHILE, act, governance(office, 2), first)
    refused(Refusal.NEEDS_A_SIGN_OFF, publications.publish_edition, governance(office), again)
    publications.sign_edition(governance(office, 2), again)
    publications.publish_edition(governance(office), again)
    refused(Refusal.ALREADY_PUBLISHED, publications.publish_edition, governance(office), again)


def test_what_another_did_since_the_form_was_loaded_is_not_lost(office: StaffedBody) -> None:
    edition = publications.pin_edition(governance(office), office.convention)
    seen = newest_event(office)
    publications.sign_edition(governance(office, 2), edition)
    late = governance(office, seen=seen)
    refused(Refusal.CHANGED_MEANWHILE, publications.pin_edition, late, office.convention)
    refused(Refusal.CHANGED_MEANWHILE, publications.publish_edition, late, edition)
    refused(Refusal.ALREADY_SIGNED_OFF, publications.sign_edition, governance(office, 3), edition)
    office.log(governance(office))  # elsewhere in the body
    publications.publish_edition(governance(office, seen=newest_event(office) - 1), edition)
    refused(Refusal.CHANGED_MEANWHILE, publications.pin_edition, late, office.convention)


def test_the_worker_publishes_at_the_hour_that_stands(office: StaffedBody) -> None:
    edition = publications.pin_edition(governance(office), office.convention)
    hour = governance(office).now + timedelta(hours=3)
    publications.schedule_edition(governance(office), edition, hour, "An earlier line.")
    publications.schedule_edition(governance(office), edition, hour, "For the council.")
    late = governance(office, days=32)
    assert due(office.session, governance(office).now) == []
    refused(Refusal.NOT_FROM_THERE, publications.publish_at_its_hour, governance(office), edition)
    publications.stop_schedule(governance(office), edition)
    assert due(office.session, late.now) == []
    refused(Refusal.NOT_THERE, publications.stop_schedule, governance(office), edition)
    refused(Refusal.NOT_FROM_THERE, publications.publish_at_its_hour, late, edition)
    publications.schedule_edition(governance(office), edition, hour, "For the council.")
    [(body_id, record)] = due(office.session, late.now)
    assert (body_id, record.id) == (office.all.body_id, edition.id)
    publications.publish_at_its_hour(late, edition)
    newest = editions(office).newest
    assert newest and newest.publication and newest.publication.by_worker
    assert (newest.publication.line, newest.publication.at) == ("For the council.", late.now)
    assert due(office.session, late.now) == []


def test_the_worker_waits_where_a_sign_off_is_asked_for_by_then(office: StaffedBody) -> None:
    edition = publications.pin_edition(governance(office), office.convention)
    hour = governance(office).now + timedelta(hours=3)
    publications.schedule_edition(governance(office), edition, hour)
    ask_for_sign_off(office)
    late = governance(office, days=32)
    refused(Refusal.NEEDS_A_SIGN_OFF, publications.publish_at_its_hour, late, edition)
    publications.sign_edition(governance(office, 2, days=32), edition)
    publications.publish_at_its_hour(late, edition)
