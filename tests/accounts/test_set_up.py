"""How an office begins: the one-time link, the first account, and what strangers see before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.staffed_union import StaffClient
from tracker import security_log
from tracker.accounts import account_list, user_accounts
from tracker.accounts.first_run import set_up_links
from tracker.accounts.user import SetUpLink, User
from tracker.acts import bodies
from tracker.clock import now
from tracker.extensions import db
from tracker.record.as_of import NOW as ALL
from tracker.record.bodies import Body
from tracker.record.surroundings import settings
from tracker.rules.codes import Role

PASSWORD = "seven quiet lamps beneath"
ACCOUNT = {"name": "Noor Castell", "email": "Noor@example.org", "password": PASSWORD}
BODY = {
    "body_name": "Association of School Bus Staff",
    "slug": "",
    "time_zone": "America/Chicago",
    "currency": "usd",
}
STEPS = "/office/association-of-school-bus-staff/setting-up"


@contextmanager
def session_of(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session()
        db.session.rollback()


def visitor(app: Flask) -> StaffClient:
    return StaffClient(app, app.response_class)


def make_link(app: Flask, slug: str | None = None) -> str:
    with session_of(app) as session:
        body = session.scalar(sa.select(Body).where(Body.slug == slug)) if slug else None
        token = set_up_links.make(session, now(), body)
        session.commit()
    return f"/account/set-up/{token}"


def found_body(app: Flask, slug: str = "union") -> None:
    with session_of(app) as session:
        bodies.found_body(session, slug, {"name": "Our union"}, now())
        session.commit()


def test_without_the_link_a_stranger_learns_nothing(app: Flask) -> None:
    make_link(app)
    page = visitor(app).get("/").text
    assert "This office is not set up" in page
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    assert "<form" not in main and "href" not in main and "tracker" not in main
    assert visitor(app).get("/account/set-up/guessed").status_code == 410
    assert visitor(app).post("/account/set-up/guessed", data=ACCOUNT | BODY).status_code == 410


def test_the_first_account_founds_the_body_and_holds_both_roles(app: Flask) -> None:
    link = make_link(app)
    client = visitor(app)
    page = client.get(link)
    assert page.status_code == 200 and "The office begins here" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "strict-origin"
    answer = client.post(link, data=ACCOUNT | BODY)
    assert answer.status_code == 303 and answer.headers["Location"] == STEPS
    assert "Five steps are left" in client.get(STEPS).text  # signed in
    with session_of(app) as session:
        account = user_accounts.find_account(session, "noor@example.org")
        assert account
        held = account_list.roles_of_account(session, account.id, now())
        assert {role.role for role in held} == {Role.ADMINISTRATOR, Role.GOVERNANCE}
        body = session.scalars(sa.select(Body)).one()
        stored = settings(session, body.id, ALL)
        assert (stored.name, stored.currency) == (BODY["body_name"], "USD")
        assert str(stored.zone) == "America/Chicago" and not stored.open
    assert visitor(app).get("/association-of-school-bus-staff/").status_code == 404
    with app.app_context():
        lines = list(security_log.newest_first(app.config["SETTINGS"].security_log))
    assert "office_set_up" in [line["event"] for line in lines]
    assert link.rpartition("/")[2] not in str(lines)


def test_opening_the_link_uses_nothing_up_and_its_use_does(app: Flask) -> None:
    link = make_link(app)
    for _ in range(2):
        assert visitor(app).get(link).status_code == 200
    assert visitor(app).post(link, data=ACCOUNT | BODY).status_code == 303
    assert visitor(app).get(link).status_code == 410
    again = visitor(app).post(link, data=ACCOUNT | BODY | {"email": "other@example.org"})
    assert again.status_code == 410
    # a new link is over as well: there is an account
    assert visitor(app).get(make_link(app)).status_code == 410
    with session_of(app) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(User)) == 1


def test_a_new_link_stops_the_old_one_and_each_expires(app: Flask) -> None:
    old = make_link(app)
    link = make_link(app)
    assert visitor(app).get(old).status_code == 410
    assert visitor(app).get(link).status_code == 200
    with session_of(app) as session:
        stored = session.scalars(sa.select(SetUpLink)).one()
        assert stored.token_sha256 not in link and len(stored.token_sha256) == 64
        session.execute(sa.update(SetUpLink).values(expires_at=now() - timedelta(seconds=1)))
        session.commit()
    assert visitor(app).get(link).status_code == 410


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "Write your name"),
        ({"email": "no address"}, "This can be no e-mail address"),
        ({"password": "short"}, "The password is too short"),
        ({"password": "school bus staff association"}, "the name of your organisation"),
        ({"time_zone": ""}, "Choose the time zone"),
        ({"currency": "dollars"}, "three letters of a currency"),
        ({"slug": "Our union"}, "small letters, digits and single hyphens"),
        ({"slug": "office"}, "address"),
        ({"slug": "made-up-1"}, "address"),
        ({"body_name": ""}, "Write the name of the organisation"),
    ],
)
def test_a_wrong_form_comes_back_filled_in(
    app: Flask, wrong: dict[str, str], sentence: str
) -> None:
    link = make_link(app)
    answer = visitor(app).post(link, data=ACCOUNT | BODY | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    if "name" not in wrong:
        assert 'value="Noor Castell"' in answer.text
    assert PASSWORD not in answer.text
    with session_of(app) as session:
        assert session.scalar(sa.select(User.id)) is None
        assert session.scalar(sa.select(Body.id)) is None
    assert visitor(app).get(link).status_code == 200  # it is not used up


def test_it_leads_on_where_a_command_made_the_body(app: Flask) -> None:
    found_body(app)
    link = make_link(app, "union")
    page = visitor(app).get(link).text
    assert "Our union" in page and "Name of the organisation" not in page
    answer = visitor(app).post(link, data=ACCOUNT)
    assert answer.headers["Location"] == "/office/union/setting-up"


def test_a_link_that_founds_a_body_is_over_once_there_is_one(app: Flask) -> None:
    link = make_link(app)
    found_body(app)
    assert visitor(app).get(link).status_code == 410
    assert visitor(app).post(link, data=ACCOUNT | BODY).status_code == 410


def test_guesses_are_counted(app: Flask) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    answers = [visitor(app).post("/account/set-up/guessed").status_code for _ in range(12)]
    assert answers[:10] == [410] * 10 and answers[-1] == 429
