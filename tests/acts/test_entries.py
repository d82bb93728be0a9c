"""What logging, releasing and sending back an entry write beyond their rules.

Who logged it, of which clauses, whose it is to correct, and which evidence a release opens.
"""

from __future__ import annotations

import sqlalchemy as sa

from tracker.acts import (
    bodies,
    progress,
)
from tracker.acts.evidence import Opening
from tracker.acts.progress import NewEntry
from tracker.record.progress import Evidence
from tracker.rules.codes import (
    Claimed,
    Role,
)
from tracker.rules.refusals import Refusal

from .staffed_body import COPY, FILE, PAGE, SHA, StaffedBody, not_allowed, opened_evidence, refused


def test_an_entry_of_the_office_says_that_it_recorded_it(office: StaffedBody) -> None:
    """Governance may log for anybody, which is shown; a unit's own people are not the office."""
    office.lead()
    assert office.log(office.context(Role.GOVERNANCE)).by_office
    assert not office.log(office.context(Role.STAFF, 2, office.research)).by_office
    assert not office.log(office.context(Role.MANAGER, 3, office.research)).by_office
    assert not office.log(office.context(Role.GOVERNANCE, importing=True)).by_office


def test_only_whose_work_it_is_logs_an_entry(office: StaffedBody) -> None:
    not_allowed(office.log, office.context(Role.STAFF, 2, office.research))
    office.lead(person=2)
    office.log(office.context(Role.STAFF, 2, office.research))
    not_allowed(office.log, office.context(Role.STAFF, 3, office.research))
    office.log(office.context(Role.MANAGER, 3, office.research))
    not_allowed(office.log, office.context(Role.MANAGER, 3, office.committee))
    for role in (Role.AUDITOR, Role.READER, Role.CONFIRMER, Role.ADMINISTRATOR):
        not_allowed(office.log, office.context(role))


def test_whose_role_has_ended_releases_nothing(office: StaffedBody) -> None:
    """That leads may release their own does not outlive their part in it."""
    office.lead()
    bodies.set_setting(office.context(Role.ADMINISTRATOR), "leads_release", "yes")
    entry = office.log(office.context(Role.STAFF, 2, office.research))
    office.lead(unit=office.committee)
    not_allowed(
        progress.release, office.context(Role.STAFF, 2, office.research), office.item, entry
    )
    not_allowed(
        progress.withdraw, office.context(Role.STAFF, 2, office.research), office.item, entry
    )


def test_an_entry_needs_words(office: StaffedBody) -> None:
    refused(
        Refusal.NEEDS_WORDS,
        progress.log,
        office.context(Role.GOVERNANCE),
        office.item,
        NewEntry(words="  ", on=office.all.today),
    )


def test_an_entry_of_no_clause_is_of_all(office: StaffedBody) -> None:
    item = office.player.items[1]  # of two clauses
    entry = progress.log(
        office.context(Role.GOVERNANCE), item, NewEntry(words="words", on=office.all.today)
    )
    facts = office.all.facts(item)
    assert [
        (claim.clause_id, claim.claimed) for claim in facts.claims if claim.entry_id == entry.id
    ] == [(clause.id, None) for clause in facts.clauses]


def test_whose_entry_is_corrected(office: StaffedBody) -> None:
    """Their own, or what a list brought once it is released; the unit's manager and the office any
    that is released.
    """
    office.lead()
    own, listed = (
        office.log(office.context(Role.STAFF, 2, office.research)),
        office.log(office.context(Role.GOVERNANCE, 3, importing=True)),
    )
    refused(
        Refusal.NOT_RELEASED,
        office.log,
        office.context(Role.STAFF, 2, office.research),
        corrects=listed.id,
    )
    refused(
        Refusal.NOT_RELEASED,
        office.log,
        office.context(Role.MANAGER, 5, office.research),
        corrects=own.id,
    )
    for entry in (own, listed):
        progress.release(office.context(Role.GOVERNANCE, 6), office.item, entry)
    for entry in (own, listed):
        office.log(office.context(Role.STAFF, 2, office.research), corrects=entry.id)
    refused(
        Refusal.NOT_YOUR_OWN_ENTRY,
        office.log,
        office.context(Role.STAFF, 4, office.research),
        corrects=own.id,
    )
    office.log(office.context(Role.MANAGER, 5, office.research), corrects=own.id)
    office.log(office.context(Role.GOVERNANCE, 5), corrects=own.id)


def test_release_settles_who_opens_the_evidence(office: StaffedBody) -> None:
    """Files are internal unless their author, or whoever releases it, opens them; both hashes of an
    image are kept.
    """
    manager = office.context(Role.GOVERNANCE, 5)
    as_asked, all_, none = (
        office.log(office.context(Role.GOVERNANCE), Claimed.DONE, evidence=[FILE, PAGE])
        for _ in range(3)
    )
    progress.release(manager, office.item, as_asked)
    assert opened_evidence(office, as_asked) == {"link": None}
    progress.release(manager, office.item, all_, Opening([], {SHA: COPY}))
    assert opened_evidence(office, all_) == {"link": None, "file": COPY}
    inside = list(
        office.session.scalars(sa.select(Evidence.id).where(Evidence.entry_id == none.id))
    )
    progress.release(manager, office.item, none, Opening(inside))
    assert opened_evidence(office, none) == {}


def test_sending_back_needs_a_reason(office: StaffedBody) -> None:
    entry = office.log(office.context(Role.GOVERNANCE))
    refused(
        Refusal.NEEDS_A_REASON,
        progress.send_back,
        office.context(Role.GOVERNANCE, 5),
        office.item,
        entry,
        " ",
    )
    progress.send_back(office.context(Role.GOVERNANCE, 5), office.item, entry, "which school?")
