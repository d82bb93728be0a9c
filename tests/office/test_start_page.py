"""The start page of the office: what waits for whoever administers the body, and who sees it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.staffed_union import NOW, PEOPLE, Union
from tests.statements import counting
from tracker.accounts import attempts, user_accounts
from tracker.accounts.attempts import Attempt
from tracker.accounts.user import OneTimeLink, User
from tracker.acts import bodies, people
from tracker.acts.act_context import for_body
from tracker.config import Settings
from tracker.extensions import db
from tracker.jobs import heartbeat
from tracker.mail.messages import MailTemplate
from tracker.record.outgoing_mail import MailState, OutgoingMail
from tracker.record.people import Person
from tracker.rules.codes import Role
from tracker.rules.permissions import COMMAND_LINE

DAY = timedelta(days=1)


def seen(union: Union, *, worker: timedelta, backup: timedelta) -> None:
    """The worker was seen, and a backup made, so long ago."""
    settings: Settings = union.app.config["SETTINGS"]
    heartbeat.beat(settings, NOW - worker)
    settings.backup_file.touch()
    at = (NOW - backup).timestamp()
    os.utime(settings.backup_file, (at, at))


@pytest.fixture
def well(union: Union) -> Union:
    """Everybody has a password, each unit that leads has a manager, somebody confirms."""
    with union.session() as session:
        session.execute(sa.update(User).values(password="a hash"))
        session.commit()
    seen(union, worker=timedelta(0), backup=timedelta(hours=1))
    return union


@contextmanager
def changing(union: Union) -> Iterator[Session]:
    with union.app.app_context():
        yield db.session()
        db.session.commit()


def card(union: Union, title: str, who: str = "imani") -> str | None:
    """The words of the card of this title on the start page, with its links."""
    for text in re.findall(r'<article class="task">.*?</article>', office(union, who), re.S):
        if title in text:
            return text
    return None


def office(union: Union, who: str = "imani") -> str:
    return union.client(who).get("/office").text


def test_where_nothing_waits_it_says_so(well: Union) -> None:
    page = office(well)
    assert "Nothing waits for you" in page and '<article class="task">' not in page


def test_whoever_does_not_administer_sees_no_tasks(union: Union) -> None:
    assert "Invitations that are over" in office(union)
    for who in PEOPLE:
        if who != "imani":
            page = office(union, who)
            assert "Invitations" not in page and "Nothing waits for you" not in page, who


def test_invitations_and_roles_without_account(well: Union) -> None:
    with changing(well) as session:
        session.execute(
            sa.update(User)
            .where(User.email.in_(["dana@example.org", "ray@example.org"]))
            .values(password=None)
        )
        dana = user_accounts.find_account(session, "dana@example.org")
        assert dana
        session.add(OneTimeLink(token_sha256="ab", user_id=dana.id, expires_at=NOW + 3 * DAY))
    with well.context() as at:
        people.give_role(at, people.add(at, "Nobody’s Account"), Role.AUDITOR)
    waits = card(well, "Invitations not taken up yet")
    assert waits and "Dana" in waits and "link until 3" in waits and "Ray" not in waits
    over = card(well, "Invitations that are over")
    assert over and "Ray" in over and f"/people/{well.people['ray']}" in over
    without = card(well, "Roles held without an account")
    assert without and "Nobody’s Account" in without and 'href="/office/union/people"' in without


def test_roles_that_end_within_thirty_days(well: Union) -> None:
    with well.context() as at:
        for name, days in (("Sooner", 30), ("Later", 31)):
            person = people.add(at, name)
            people.give_role(at, person, Role.READER, until_on=at.today + days * DAY)
    ends = card(well, "Roles that end within 30 days")
    assert ends and "Sooner" in ends and "Later" not in ends and "Reader, until 30" in ends


def test_units_without_manager_and_nobody_who_confirms(well: Union) -> None:
    with well.context() as at:
        bodies.add_unit(at, "Leads Nothing")
        for who, unit in (("teo", "Center for Safety"), ("marisol", None)):
            role, _unit = PEOPLE[who]
            person = at.session.get_one(Person, well.people[who])
            people.end_role(at, person, role, well.units.get(unit or ""))
    units = card(well, "Units that lead items and have no manager")
    assert units and "Center for Safety" in units
    assert "Center for Research" not in units and "Leads Nothing" not in units
    assert card(well, "Nobody can confirm")


def test_somebody_whose_account_is_closed_still_leads(well: Union) -> None:
    with changing(well) as session:
        session.execute(
            sa.update(User).where(User.email == "hollis@example.org").values(active=False)
        )
    title = "Items led by somebody whose account is closed"
    by_administrator = card(well, title)
    assert by_administrator and "Hollis" in by_administrator and "1 item" in by_administrator
    by_governance = card(well, title, "walter")
    leaving = f"/office/union/leaving/{well.people['hollis']}"
    assert by_governance and leaving in by_governance and leaving not in by_administrator
    with well.session():
        assert well.client("walter").get(leaving).status_code == 200


def test_a_password_that_is_tried_again_and_again(well: Union) -> None:
    with well.app.app_context():
        for number in range(10):
            attempts.failed(Attempt("joy@example.org", f"192.0.2.{number}"))
    tried = card(well, "A password is tried again and again")
    assert tried and "Joy" in tried and "10 tries" in tried and "/office/union/security" in tried


def given_up(address: str, at_days: int, state: MailState = MailState.GIVEN_UP) -> OutgoingMail:
    return OutgoingMail(
        message_id=f"<{address}-{at_days}-{state}>",
        template=MailTemplate.INVITATION.value,
        body_id=None,
        sender_name="Office",
        to_address=address,
        to_name="",
        subject="Come in",
        text=None,
        html=None,
        made_at=NOW - at_days * DAY,
        good_until=None,
        state=state,
        next_try_at=None,
        ended_at=NOW - at_days * DAY,
    )


def test_mail_that_was_given_up(well: Union) -> None:
    with changing(well) as session:
        session.add_all([given_up("a@example.org", 2), given_up("old@example.org", 31)])
        session.add(given_up("since@example.org", 5))
        session.flush()
        session.add(given_up("since@example.org", 1, MailState.SENT))
    mail = card(well, "Mail that could not be sent")
    assert mail and "a@example.org" in mail and "/office/union/mail" in mail
    assert "old@example.org" not in mail and "since@example.org" not in mail


def test_pages_that_were_never_opened(well: Union) -> None:
    with well.context() as at:
        bodies.set_setting(at, "pages", "closed")
    assert card(well, "The pages are not open yet") is None, "they were, once"
    with well.app.app_context():
        body = bodies.found_body(
            db.session(), "new", {"name": "New", "time_zone": "UTC", "currency": "USD"}, NOW
        )
        at = for_body(db.session(), body.id, COMMAND_LINE, NOW)
        imani = user_accounts.find_account(db.session(), "imani@example.org")
        assert imani
        person = people.add(at, "Imani")
        people.join_account(at, person, imani.id)
        people.give_role(at, person, Role.ADMINISTRATOR)
        db.session.commit()
    closed = card(well, "The pages are not open yet")
    assert closed and 'href="/office/new/setting-up/pages"' in closed


def test_the_worker_and_the_backup(well: Union) -> None:
    seen(well, worker=timedelta(minutes=58), backup=3 * DAY)
    worker, backup = card(well, "worker"), card(well, "backup")
    assert worker and "last seen on 30\N{NO-BREAK SPACE}November 2026, 11:02" in worker
    assert backup and "is of 27\N{NO-BREAK SPACE}November 2026" in backup
    settings: Settings = well.app.config["SETTINGS"]
    settings.backup_file.unlink()
    settings.worker_file.unlink()
    assert card(well, "No backup was made yet") and card(well, "The worker does not run<")
    for who in ("walter", "ewan"):
        assert card(well, "worker", who) is None


def statements(app: Flask, union: Union) -> int:
    client = union.client("imani")
    client.get("/office")
    with app.app_context(), counting(db.engine) as sent:
        assert client.get("/office").status_code == 200
    return len(sent)


def test_it_takes_as_many_statements_with_one_person_as_with_thirty(
    app: Flask, well: Union
) -> None:
    few = statements(app, well)
    with well.context() as at:
        for number in range(30):
            person = people.add(at, f"Person {number}")
            last = date(2026, 12, 1) + number * DAY
            people.give_role(at, person, Role.READER, until_on=last)
    assert "and 22 more" in office(well)
    assert statements(app, well) == few
